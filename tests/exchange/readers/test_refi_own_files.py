"""What a study writes as REFI-QDA comes back as it was."""

import random
from pathlib import Path

import pytest
from attrs import evolve

from codeable.coded.coded_study import CodedStudy
from codeable.exchange.exported import ExportOptions
from codeable.exchange.outgoing.refi_codebook import export_qdc
from codeable.exchange.outgoing.refi_project import export_qdpx, project_files
from codeable.exchange.outgoing.study_project import project_of
from codeable.exchange.project import Coding, Project, ProjectCode, ProjectPassage, ProjectSource
from codeable.exchange.readers.refi.reader import read_qdc, read_qdpx
from tests.exchange.studies import coded
from tests.exchange.tool_files import write_zip


def without_places(project: Project) -> Project:
    """A project without what a file of its own cannot have: places, and what is not taken over."""

    def passage(each: ProjectPassage) -> ProjectPassage:
        return evolve(each, place="")

    def source(each: ProjectSource) -> ProjectSource:
        return evolve(each, place="", passages=tuple(map(passage, each.passages)))

    def code(each: ProjectCode) -> ProjectCode:
        return evolve(each, place="")

    return evolve(
        project,
        file="",
        origin="",
        codes=tuple(map(code, project.codes)),
        sources=tuple(map(source, project.sources)),
        links=tuple(evolve(each, place="") for each in project.links),
        not_taken_over=(),
    )


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> CodedStudy:
    return coded(tmp_path_factory.mktemp("exchanged"))


def test_a_project_comes_back_as_it_was(study: CodedStudy, tmp_path: Path) -> None:
    ((name, data),) = export_qdpx(study, ExportOptions()).files.items()
    (tmp_path / name).write_bytes(data)
    project = read_qdpx(tmp_path / name)
    assert (project.not_taken_over, project.messages) == ((), ())
    ours, theirs = without_places(project_of(study)), without_places(project)
    assert theirs.codes == ours.codes
    assert theirs.sources == ours.sources
    assert theirs == ours


def test_a_codebook_comes_back_with_its_kinds(study: CodedStudy, tmp_path: Path) -> None:
    ((name, data),) = export_qdc(study, ExportOptions()).files.items()
    (tmp_path / name).write_bytes(data)
    project = read_qdc(tmp_path / name)
    ours = project_of(study).codes
    assert [(each.name, each.kind, each.key) for each in project.codes] == [
        (each.name, each.kind, each.key) for each in ours
    ]
    assert project.not_taken_over == ()


PIECES = [*"a \né🙂数\u2028\t\x0c\u200fש&\ufeff#", "e\u0301", "👩‍👩‍👧", "]]>"]


def test_passages_of_any_text_come_back_to_the_character(tmp_path: Path) -> None:
    code = ProjectCode("c0000000-0000-4000-8000-000000000000", "Code")
    for seed in range(40):
        chance = random.Random(seed)
        text = "".join(chance.choices(PIECES, k=30))
        spans = {tuple(sorted(chance.sample(range(len(text)), 2))) for _ in range(4)}
        passages = [
            ProjectPassage(start, end, (Coding(code.key),))
            for start, end in sorted(spans)
            if text[start:end].strip()
        ]
        source = ProjectSource("a0000000-0000-4000-8000-000000000000", "Talk", text, tuple(passages))
        files, _ = project_files(Project("P", codes=(code,), sources=(source,)))
        (read,) = read_qdpx(write_zip(tmp_path / "a.qdpx", files)).sources
        assert [read.text[each.start : each.end] for each in read.passages] == [
            text[each.start : each.end] for each in passages
        ]
        assert read.text == text
