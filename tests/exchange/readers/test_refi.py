"""Codebooks and projects of REFI-QDA come in as the tools write them."""

from pathlib import Path

from codeable.exchange.readers.refi.reader import read_qdc, read_qdpx
from tests.exchange.tool_files import (
    code,
    codes_of,
    coding,
    element,
    guid,
    note_reference,
    qdc,
    qde,
    selection,
    text_element,
    text_source,
    write_zip,
)


def test_a_codebook_gives_nested_codes_with_descriptions(tmp_path: Path) -> None:
    path = tmp_path / "codes.qdc"
    sub = code("Event Bus", text_element("Description", "a bus\nfor events"), color="#00ff00")
    path.write_bytes(qdc(code("Patterns", sub, isCodable="false"), code("Cost"), origin="ATLAS.ti"))
    project = read_qdc(path)
    assert (project.name, project.origin) == ("codes", "ATLAS.ti")
    assert [(each.name, each.parent, each.description, each.is_codable) for each in project.codes] == [
        ("Patterns", None, "", False),
        ("Event Bus", guid("Patterns"), "a bus\nfor events", True),
        ("Cost", None, "", True),
    ]
    (colours,) = project.not_taken_over
    assert (colours.what, colours.named, colours.is_loss) == ("colours of codes", ("Event Bus",), False)


def test_a_project_gives_texts_passages_coders_and_memos(tmp_path: Path) -> None:
    text = "We use events.\nThey scale.\n"
    users = element("Users", element("User", guid=guid("anna"), name="Anna"))
    first = selection(text, "use events", coding("Event Bus", note_reference("why"), user="anna"))
    second = selection(text, "They scale.", coding("Cost"), note_reference("doubt"), user="anna")
    source = text_source("Talk", first, second, path="internal://a.txt")
    notes = [
        element("Note", text_element("PlainTextContent", words), guid=guid(name), name=name)
        for name, words in {"why": "Because.", "doubt": "Really?", "all": "A project."}.items()
    ]
    path = write_zip(
        tmp_path / "study.qdpx",
        {
            "project.qde": qde(
                users,
                codes_of(code("Event Bus"), code("Cost")),
                element("Sources", source),
                element("Notes", *notes),
            ),
            "sources/a.txt": text,
        },
    )
    project = read_qdpx(path)
    assert [each.name for each in project.coders] == ["Anna"]
    (talk,) = project.sources
    assert (talk.name, talk.text) == ("Talk", text)
    one, two = talk.passages
    assert text[one.start : one.end] == "use events"
    assert [(each.code, each.coder, each.memos[0].text) for each in one.codings] == [
        (guid("Event Bus"), guid("anna"), "Because.")
    ]
    assert (two.coder, two.codings[0].coder) == (guid("anna"), guid("anna"))
    assert [each.text for each in two.memos] == ["Really?"]
    assert [each.text for each in project.memos] == ["A project."]
    assert project.not_taken_over == () == project.messages
