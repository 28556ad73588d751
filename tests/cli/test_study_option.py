"""How a command finds its study: named, in the current folder, or in the nearest folder above."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from codeable.errors import CodeableError
from codeable.render.command import render_command
from codeable.settings import study_above
from codeable.study_option import study_and_paths, study_folder
from tests.studies import write_study

BOTH = {"models/a.py": "", "sources/s1.py": ""}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "home"
    (home / "deep/deeper").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.chdir(home / "deep/deeper")
    return home


class TestStudyAbove:
    @pytest.mark.parametrize(
        ("files", "is_found"),
        [
            (BOTH, True),
            ({"pyproject.toml": "[tool.codeable]"}, True),
            ({"models/a.py": ""}, False),
            ({"pyproject.toml": "[project]"}, False),
        ],
    )
    def test_is_found_by_settings_or_by_both_folders(
        self, home: Path, files: dict[str, str], is_found: bool
    ) -> None:
        write_study(home / "deep", files)
        assert (study_above(Path()) == home / "deep") is is_found

    def test_the_nearest_is_taken(self, home: Path) -> None:
        write_study(home, BOTH)
        write_study(home / "deep", BOTH)
        assert study_above(Path()) == home / "deep"

    def test_the_root_of_the_repository_is_looked_at_and_nothing_above_it(self, home: Path) -> None:
        write_study(home, BOTH)
        write_study(home / "deep", {".git/HEAD": ""})
        assert study_above(Path()) is None
        write_study(home / "deep", BOTH)
        assert study_above(Path()) == home / "deep"

    def test_nothing_above_the_home_folder_is_looked_at(self, home: Path) -> None:
        write_study(home.parent, BOTH)
        assert study_above(Path()) is None
        assert study_above(home) is None


class TestStudyFolder:
    def test_the_named_folder_is_taken(self, home: Path) -> None:
        assert study_folder(Path("named")) == Path("named")

    def test_the_current_folder_comes_first_and_is_not_told(
        self, home: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        write_study(home / "deep", BOTH)
        write_study(Path(), {"models/a.py": ""})
        assert study_folder(None) == Path()
        assert capsys.readouterr() == ("", "")

    def test_a_study_above_is_told_on_stderr(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        write_study(home / "deep", BOTH)
        assert study_folder(None) == home / "deep"
        assert capsys.readouterr() == ("", f"study: {home / 'deep'}\n")

    def test_without_any_it_is_the_current_folder(self, home: Path) -> None:
        assert study_folder(None) == Path()


class TestStudyAndPaths:
    def test_a_folder_that_is_a_study_is_the_study(self, home: Path) -> None:
        write_study(Path("study"), BOTH)
        paths = [Path("notes.md"), Path("study")]
        assert study_and_paths(None, paths) == (Path("study"), [Path("notes.md")])

    def test_paths_alone_name_no_study(self, home: Path) -> None:
        write_study(Path(), BOTH)
        assert study_and_paths(None, [Path("notes.md")]) == (None, [Path("notes.md")])

    def test_nothing_named_is_the_study_here(self, home: Path) -> None:
        write_study(Path(), BOTH)
        assert study_and_paths(None, []) == (Path(), [])

    def test_two_studies_are_refused(self, home: Path) -> None:
        write_study(Path("study"), BOTH)
        with pytest.raises(CodeableError, match="one study at a time"):
            study_and_paths(Path("other"), [Path("study")])


class TestRender:
    def run(self, *arguments: str) -> Result:
        return CliRunner().invoke(render_command, arguments, standalone_mode=False)

    @pytest.mark.parametrize("words", [["study"], ["-C", "study"], ["--study", "study"]])
    def test_the_study_is_named_by_argument_or_option(self, home: Path, words: list[str]) -> None:
        write_study(
            Path("study"), BOTH | {"models/a.py": 'from codeable.dsl import *\nb = CBundle("Mine")\n'}
        )
        assert "Mine" in self.run("--list", *words).output

    def test_the_study_is_named_once(self, home: Path) -> None:
        assert isinstance(self.run("a", "-C", "b").exception, CodeableError)

    @pytest.mark.parametrize("words", [[""], ["-C", ""], ["--out", ""]])
    def test_an_empty_name_is_refused(self, home: Path, words: list[str]) -> None:
        assert "the path is empty" in str(self.run(*words).exception)


def test_a_current_folder_that_has_been_removed_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    with pytest.raises(
        CodeableError, match="the current folder has been removed; name the study with --study"
    ):
        study_folder(None)
