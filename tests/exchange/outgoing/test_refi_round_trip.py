"""A project of any texts: out in REFI-QDA, obeying its rules, and in again, equal to the character."""

import os
import subprocess
import sys
from collections.abc import Iterable
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent
from uuid import NAMESPACE_URL, uuid5

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from codeable.exchange.exported import ExportOptions
from codeable.exchange.outgoing.refi_project import export_qdpx, project_files
from codeable.exchange.outgoing.study_project import project_of
from codeable.exchange.outgoing.zip_bytes import zip_bytes
from codeable.exchange.project import (
    Coder,
    Coding,
    Project,
    ProjectCode,
    ProjectLink,
    ProjectMemo,
    ProjectPassage,
    ProjectSource,
)
from codeable.exchange.readers.refi.reader import read_qdpx
from tests.exchange.projects import imported, planned
from tests.exchange.refi_rules import broken_rules_of_project
from tests.exchange.studies import EXCHANGED, coded, loaded
from tests.tools import examples

_CHARACTERS = st.one_of(
    st.sampled_from("ab \t\n🙂é\u0301👩\u200d💻א\u2028\u00a0\x0c\x1b<&>\"'[]#>*`\ufeff"),
    st.characters(exclude_categories=("Cs",), exclude_characters="\r\0"),
)
_TEXTS = st.text(_CHARACTERS, max_size=12)
_PASSAGES = _TEXTS.filter(lambda text: bool(text.strip()))
_NAMES = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp", "Cn", "Co")), min_size=1, max_size=8
)


def key(*parts: object) -> str:
    return str(uuid5(NAMESPACE_URL, repr(parts)))


@st.composite
def projects(draw: st.DrawFn) -> Project:
    """Nested codes with coders, sources with passages, memos and links."""
    names = draw(st.lists(_NAMES, min_size=1, max_size=4))
    coders = tuple(
        Coder(key("coder", number), f"Coder {number}") for number in range(draw(st.integers(0, 2)))
    )
    coder = st.sampled_from([None, *(each.key for each in coders)])
    memos = st.lists(st.builds(ProjectMemo, _PASSAGES.map(str.strip), st.just(""), coder), max_size=1).map(
        tuple
    )
    codes: list[ProjectCode] = []
    for number, name in enumerate(names):
        parent = codes[-1].key if codes and draw(st.booleans()) else None
        kind = draw(st.sampled_from(["pattern", "force", None]))
        codes.append(
            ProjectCode(
                key("code", number), name, parent, kind=kind, identifier=f"c{number}", memos=draw(memos)
            )
        )
    code = st.sampled_from([each.key for each in codes])
    sources = []
    for number in range(draw(st.integers(0, 2))):
        text, passages = "", []
        for selected in draw(st.lists(_PASSAGES, max_size=3)):
            text += "§\n\n"
            codings = draw(st.lists(st.builds(Coding, code, coder), max_size=3, unique=True))
            by = {each.coder for each in codings}
            one = by.pop() if len(by) == 1 else None if by else draw(coder)
            passages.append(
                ProjectPassage(len(text), len(text) + len(selected), tuple(codings), one, memos=draw(memos))
            )
            text += selected
        sources.append(
            ProjectSource(key("source", number), f"Source {number}", text, tuple(passages), memos=draw(memos))
        )
    links = draw(st.lists(st.builds(ProjectLink, code, code, _NAMES, st.just("option"), _TEXTS), max_size=2))
    return Project("any", coders=coders, codes=tuple(codes), sources=tuple(sources), links=tuple(links))


@given(projects())
@settings(max_examples=examples(40), deadline=None)
def test_any_project_comes_back(project: Project) -> None:
    """Codes, nesting, kinds, coders, passages to the character, memos, links."""
    files, _ = project_files(project)
    data = zip_bytes(files)
    assert broken_rules_of_project(data) == []
    with TemporaryDirectory() as folder:
        path = Path(folder, "any.qdpx")
        path.write_bytes(data)
        found = read_qdpx(path)
    assert found.coders == project.coders
    assert [evolve(each, place="") for each in found.codes] == list(project.codes)
    assert [evolve(each, place="") for each in found.links] == list(project.links)
    assert [without_place(each) for each in found.sources] == list(project.sources)


def test_a_study_comes_back_as_notes_and_modules(tmp_path: Path) -> None:
    """Codes, nesting, descriptions, links, passages to the character and coders; the second time nothing."""
    project = project_of(coded(tmp_path / "old"))
    path = tmp_path / "study.qdpx"
    path.write_bytes(zip_bytes(project_files(project)[0]))
    new = tmp_path / "new"
    imported(read_qdpx(path), new)
    again = project_of(loaded(new))
    assert in_words(again) == in_words(project)
    assert planned(read_qdpx(path), new).changes == ()


def test_a_study_that_came_back_is_exported_as_the_same_bytes(tmp_path: Path) -> None:
    """Also orders, memos, and who marked a passage without a code, which another coder has coded."""
    changed = {"Data Mesh": "data-mesh", ", gossip": "", ', "memo": "Read again."': ""}
    files = dict(EXCHANGED)
    for (old, new), name in product(changed.items(), files):
        files[name] = files[name].replace(old, new)
    files["sources/ben/s_10.md"] = """
        # s 10
        # coding

        > Nobody codes this.

        > The log is durable,
        > and e\u0301 stays.
        """
    files["sources/anna/s_10.md"] += "\n        > Nobody codes this.\n        "
    study = coded(tmp_path / "old", files)
    path = tmp_path / "study.qdpx"
    path.write_bytes(export_qdpx(study, ExportOptions()).only)
    copy = tmp_path / "new"
    imported(read_qdpx(path), copy)
    again = loaded(copy)
    assert export_qdpx(again, ExportOptions()).only == path.read_bytes()
    project = read_qdpx(path)
    names = {each.key: each.name for each in project.coders}
    source = next(each for each in project.sources if each.identifier == "s10")
    assert [[names[each] for each in passage.marked_by] for passage in source.passages] == [
        ["ben"],
        ["anna", "ben"],
    ]


def in_words(project: Project) -> dict[str, list[object]]:
    """What must come back, by identifiers and names; in what order a study has it may differ."""
    names = {each.key: each.identifier for each in (*project.codes, *project.sources)}
    coders = {None: None} | {each.key: each.name for each in project.coders}

    def codings(those: Iterable[Coding]) -> list[tuple[object, ...]]:
        return sorted((names[each.code], str(coders[each.coder])) for each in those)

    return {
        "codes": sorted(
            (
                names[each.key],
                each.name,
                str(each.kind or "code"),
                str(names.get(each.parent or "")),
                each.description,
            )
            for each in project.codes
        ),
        "links": sorted(
            (names[each.origin], names[each.target], each.kind, each.text, sorted(each.values.items()))
            for each in project.links
        ),
        "sources": sorted(
            (names[each.key], each.kind, each.metadata.get("title", ""), codings(each.codings))
            for each in project.sources
        ),
        "passages": sorted(
            (
                names[source.key],
                source.text[each.start : each.end],
                str(each.speaker),
                codings(each.codings),
                [(memo.name, memo.text) for memo in each.memos],
            )
            for source in project.sources
            for each in source.passages
        ),
    }


def without_place(source: ProjectSource) -> ProjectSource:
    return evolve(source, place="", passages=tuple(evolve(each, place="") for each in source.passages))


@pytest.mark.slow
def test_every_hash_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    """No set decides an order."""
    script = tmp_path / "digest.py"
    script.write_text(
        dedent(
            """
            import hashlib, sys
            from pathlib import Path
            from codeable.exchange.exported import ExportOptions
            from codeable.exchange.outgoing.refi_codebook import export_qdc
            from codeable.exchange.outgoing.refi_project import export_qdpx
            from tests.exchange.studies import coded
            study = coded(Path(sys.argv[1]))
            data = export_qdc(study, ExportOptions()).only + export_qdpx(study, ExportOptions()).only
            print(hashlib.sha256(data).hexdigest())
            """
        )
    )
    root = Path(__file__).parents[3]
    found = set()
    for seed in ("0", "1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}
        command = [sys.executable, str(script), str(tmp_path / seed)]
        found.add(subprocess.run(command, env=environment, capture_output=True, check=True).stdout)
    assert len(found) == 1
