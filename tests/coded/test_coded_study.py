"""What reports are made of: codes by name, and files as seen from the study."""

from pathlib import Path

import pytest

import codeable
from codeable.coded.coded_study import CodedStudy
from codeable.errors import CodeableError
from codeable.registry import UnknownNameError
from tests.studies import write_study


def _coded(folder: Path) -> CodedStudy:
    note = """
        # s 14
        # coding
        > Pods carry everything.

        **AXIAL CODING TRACE:**
        ``` python
        add_links({s14: [pods, meshes]}, role_name="contained_code")
        ```
        """
    write_study(folder)
    renames = '[tool.codeable.renames]\npods = "k8s"\nmeshes = "service_mesh"\n'
    write_study(folder, {"sources/s_14.md": note, "pyproject.toml": renames})
    study = codeable.load(folder)
    return CodedStudy(study, study.notes_of("s14"))


class TestCodesByName:
    @pytest.mark.parametrize("name", ["k8s", "pods", "K8s", "models.infrastructure:k8s"])
    def test_identifier_earlier_name_and_display_name_lead_to_a_code(self, name: str, tmp_path: Path) -> None:
        assert _coded(tmp_path).code_named(name).name == "k8s"

    @pytest.mark.parametrize("name", ["meshes", "service_mesh"])
    def test_a_code_that_only_notes_know_is_found(self, name: str, tmp_path: Path) -> None:
        assert _coded(tmp_path).code_named(name).kind == "dropped"

    def test_what_is_no_code_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(CodeableError, match=r"source s14 .* is no code"):
            _coded(tmp_path).code_named("s14")

    def test_an_unknown_name_is_said_with_the_nearest(self, tmp_path: Path) -> None:
        with pytest.raises(UnknownNameError, match="did you mean 'versioning'"):
            _coded(tmp_path).code_named("version")


def test_files_are_named_as_seen_from_the_study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    coded = _coded(tmp_path / "study")
    for here in (tmp_path, tmp_path / "study" / "sources"):
        monkeypatch.chdir(here)
        assert [coded.file_of(each.passage.path) for each in coded.passages] == ["sources/s_14.md"]


def test_definitions_in_notes_are_found_under_current_names(tmp_path: Path) -> None:
    note = """
        # s 14
        # coding
        > Pods carry everything.

        **OPEN CODING TRACE:**

        Familiar options: pods
        Definition: a group of containers
        Definition of versioning: what changed, and when
        """
    write_study(tmp_path)
    renames = '[tool.codeable.renames]\npods = "k8s"\n'
    write_study(tmp_path, {"sources/s_14.md": note, "pyproject.toml": renames})
    study = codeable.load(tmp_path)
    coded = CodedStudy(study, study.notes_of("s14"))
    found = {code.name: [each.text for each in coded.definitions_of(code)] for code in coded.codes}
    assert {name: texts for name, texts in found.items() if texts} == {
        "k8s": ["a group of containers"],
        "versioning": ["what changed, and when"],
    }


def test_a_note_that_names_no_source_counts_nowhere_and_is_named(tmp_path: Path) -> None:
    write_study(tmp_path)
    write_study(tmp_path, {"sources/interview.md": "# coding\n> Pods carry everything.\n"})
    study = codeable.load(tmp_path)
    message = "1 note names no source: sources/interview.md; what is in it counts nowhere"
    assert study.tables.passages.messages == (message,)


def test_a_note_outside_the_study_is_named_as_seen_from_it(tmp_path: Path) -> None:
    write_study(tmp_path / "study", {"pyproject.toml": '[tool.codeable]\nnotes = ["../notes"]\n'})
    write_study(tmp_path, {"notes/s_14.md": "# s 14\n# coding\n> Pods."})
    study = codeable.load(write_study(tmp_path / "study"))
    coded = CodedStudy(study, study.notes_of("s14"))
    assert [coded.file_of(each.passage.path) for each in coded.passages] == ["../notes/s_14.md"]


def test_one_code_that_only_notes_know_is_said_in_the_singular(tmp_path: Path) -> None:
    (message,) = _coded(tmp_path).messages
    assert message.startswith(
        "1 code of the notes is not in the modules: service_mesh; `codeable notes build`"
    )


def test_two_notes_of_one_source_and_coder_are_said(tmp_path: Path) -> None:
    write_study(tmp_path)
    note = "# s 14\n# coding\n> Pods carry everything.\n"
    write_study(tmp_path, {"sources/s_14.md": note, "sources/more/s_14.md": note.replace("Pods", "Ships")})
    table = codeable.load(tmp_path).tables.passages
    (message,) = table.messages
    assert message == (
        "1 note is about a source of which the same coder has another note: sources/more/s_14.md; "
        "the passages of all count, `codeable check` says what to do"
    )
