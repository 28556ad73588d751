"""Projects as NVivo, ATLAS.ti and MAXQDA write them become studies whose passages are what was selected."""

from collections.abc import Callable
from pathlib import Path

import pytest

import codeable
from codeable.exchange.readers.refi.reader import read_qdpx
from tests.exchange.projects import imported, planned
from tests.exchange.tool_files import (
    Positions,
    code,
    codes_of,
    coding,
    element,
    guid,
    qde,
    selection,
    text_element,
    text_source,
    write_zip,
)

TEXT = (
    "Interviewer: Why events? 🙂\nAnna: We use an event bus, because services must not know each other.\n\n"
    "> quoted line\nIt was “the best decision” — größe matters. e\u0301tude.\n"
)
CODED = {
    "We use an event bus": ("Event Bus", "anna"),
    "event bus, because services": ("Größe", "anna"),
    "services must not know each other": ("Event Bus", "ben"),
    "> quoted line\nIt was": ("class", "ben"),
    "the best decision": ("class", "anna"),
    "größe matters. e\u0301tude.": ("Größe", "ben"),
}
CODERS = {"anna": "Anna Müller", "ben": "BN"}
SHARED = (
    element("Users", *(element("User", guid=guid(key), name=name) for key, name in CODERS.items())),
    codes_of(
        code(
            "Patterns", code("Event Bus", text_element("Description", "a bus\nof events")), isCodable="false"
        ),
        code("class"),
        code("Größe"),
    ),
)


def selections(positions: Positions, name: str | None = None) -> list[str]:
    return [
        selection(
            TEXT,
            text,
            coding(code_name, user=user),
            positions=positions,
            user=user,
            name=name.format(text) if name else None,
        )
        for text, (code_name, user) in CODED.items()
    ]


def nvivo() -> dict[str, str | bytes]:
    marks = selections(Positions(utf_16=True, line_end=2))
    source = text_source("Talk", *marks, path="internal://t.txt", richTextPath="internal://t.docx")
    return {
        "project.qde": qde(*SHARED, element("Sources", source), origin="NVivo 14"),
        "Sources/t.txt": TEXT.replace("\n", "\r\n").encode("utf-8-sig"),
        "Sources/t.docx": b"PK\x03\x04",
    }


def atlas_ti() -> dict[str, str | bytes]:
    marks = selections(Positions(inclusive=True), name="1:7 {:.30}")
    source = text_source("Talk", *marks, path=f"internal:/{guid('t').upper()}.txt")
    version = "urn:QDA-XML:project:1:0"
    return {
        "My study.qde": qde(*SHARED, element("Sources", source), origin="ATLAS.ti", namespace=version),
        f"sources/{guid('t')}.txt": TEXT,
    }


def maxqda() -> dict[str, str | bytes]:
    beside = element("Representation", *selections(Positions()), guid=guid("r"), plainTextPath="r.txt")
    source = element("PDFSource", beside, guid=guid("Talk"), name="Talk", path="internal://p.pdf")
    return {
        "project.qde": qde(*SHARED, element("Sources", source), origin="MAXQDA 2022"),
        "sources/r.txt": TEXT.replace("\n", "\r\n"),
        "sources/p.pdf": b"%PDF-1.4",
    }


@pytest.mark.parametrize(
    "files",
    [nvivo, pytest.param(atlas_ti, marks=pytest.mark.slow), pytest.param(maxqda, marks=pytest.mark.slow)],
)
def test_the_project_of_a_tool_becomes_a_study(
    tmp_path: Path, files: Callable[[], dict[str, str | bytes]]
) -> None:
    project = read_qdpx(write_zip(tmp_path / "study.qdpx", files()))
    done = imported(project, tmp_path / "study")
    assert done.is_complete
    assert "Positions of selections are read" in " ".join(done.messages)
    study = codeable.load(tmp_path / "study")
    identifiers = {"Event Bus": "event_bus", "class": "class_code", "Größe": "grösse"}
    assert {
        (passage.text, passage.coder, name)
        for name, identifier in identifiers.items()
        for passage in study.passages_of(identifier)
    } == {(text, CODERS[user], name) for text, (name, user) in CODED.items()}
    assert study["event_bus"].superclasses == [study["patterns"]]
    assert study["event_bus"].values["description"] == "a bus\nof events"
    assert planned(project, tmp_path / "study").changes == ()
