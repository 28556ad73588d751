"""What a study writes as REFI-QDA comes back as it was."""

from pathlib import Path

import pytest
from attrs import evolve

from codeable.coded.coded_study import CodedStudy
from codeable.exchange.exported import ExportOptions
from codeable.exchange.incoming.refi import read_qdc, read_qdpx
from codeable.exchange.outgoing.refi_codebook import export_qdc
from codeable.exchange.outgoing.refi_project import export_qdpx
from codeable.exchange.outgoing.study_project import project_of
from codeable.exchange.project import Project, ProjectCode, ProjectPassage, ProjectSource
from tests.exchange.studies import coded


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
