"""A project of any texts: out in REFI-QDA, obeying its rules, and in again, equal to the character."""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent
from uuid import NAMESPACE_URL, uuid5

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from codeable.exchange.incoming.refi import read_qdpx
from codeable.exchange.outgoing.refi_project import project_files
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
from tests.exchange.refi_rules import broken_rules_of_project
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
    root = Path(__file__).parents[2]
    found = set()
    for seed in ("0", "1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}
        command = [sys.executable, str(script), str(tmp_path / seed)]
        found.add(subprocess.run(command, env=environment, capture_output=True, check=True).stdout)
    assert len(found) == 1
