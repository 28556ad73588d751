"""`codeable check` as a user meets it."""

import json
from pathlib import Path

import pytest

from codeable.cli import main


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stopped:
        main(["check", *arguments])
    output = capsys.readouterr()
    return int(stopped.value.code or 0), output.out, output.err


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_bytes().decode("utf-8")
    assert old in text
    path.write_bytes(text.replace(old, new).encode("utf-8"))


def swap_types(path: Path) -> None:
    edit(
        path,
        '"author type": "Practitioner",\n    "type": "Blog Post"',
        '"author type": "Blog Post",\n    "type": "Practitioner"',
    )


class TestChecking:
    def test_a_study_with_nothing_to_find_passes(
        self, study: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(capsys) == (0, "0 errors, 0 warnings in 1 note and 2 modules\n", "")

    def test_a_warning_does_not_fail(self, study: Path, capsys: pytest.CaptureFixture[str]) -> None:
        swap_types(study / "sources/s_7.md")
        status, out, _ = run(capsys, "--select", "C204")
        assert status == 0
        assert out.startswith(
            "sources/s_7.md:17:5: warning C204 'author type' is \"Blog Post\", a source type; "
            "the header says \"Practitioner\". Swapped with 'type'?\n"
        )

    def test_an_error_fails(self, study: Path, capsys: pytest.CaptureFixture[str]) -> None:
        edit(study / "sources/s_7.md", "object_store\n", 'object_store = CClass(practice, "x"]\n')
        status, out, _ = run(capsys)
        assert status == 1
        assert " error C101 " in out

    def test_json_is_nothing_but_json(self, study: Path, capsys: pytest.CaptureFixture[str]) -> None:
        swap_types(study / "sources/s_7.md")
        swap_types(study / "sources/s7.py")
        _, out, _ = run(capsys, "--format", "json")
        (record,) = json.loads(out)
        assert record["code"] == "C204"
        assert [Path(one["file"]).name for one in record["related"]] == ["s7.py"]

    def test_a_folder_of_notes_is_checked_without_a_model(
        self, study: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        status, out, _ = run(capsys, "sources")
        assert status == 0
        assert "in 1 note\n" in out

    def test_a_broken_module_is_told_with_its_line(
        self, study: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        edit(study / "models/storage.py", "database = CClass(practice", "database = CClas(practice")
        status, _, err = run(capsys)
        assert status == 1
        assert "storage.py" in err
        assert "5" in err

    def test_what_is_not_there_is_told(self, study: Path, capsys: pytest.CaptureFixture[str]) -> None:
        status, _, err = run(capsys, "sources/s_8.md")
        assert status == 2
        assert "did you mean 's_7.md'" in err

    def test_a_wrong_code_is_wrong_usage(self, study: Path, capsys: pytest.CaptureFixture[str]) -> None:
        status, _, err = run(capsys, "--select", "Z9")
        assert status == 2
        assert "'Z9'" in err

    def test_the_rules_can_be_listed(self, capsys: pytest.CaptureFixture[str]) -> None:
        status, out, _ = run(capsys, "--rules")
        assert status == 0
        assert "C204  warning  types-swapped" in out


class TestMending:
    def test_a_swap_is_mended_in_note_and_module_and_every_other_byte_is_kept(
        self, study: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        before = {path: path.read_bytes() for path in (study / "sources").iterdir()}
        for path in before:
            swap_types(path)
        status, out, _ = run(capsys, "--fix")
        assert status == 0
        assert "0 errors, 0 warnings" in out
        assert {path: path.read_bytes() for path in before} == before

    def test_line_ends_and_byte_order_mark_are_kept(
        self, study: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        note = study / "sources/s_7.md"
        right = b"\xef\xbb\xbf" + note.read_bytes().replace(b"\n", b"\r\n")
        swap_types(note)
        note.write_bytes(b"\xef\xbb\xbf" + note.read_bytes().replace(b"\n", b"\r\n"))
        run(capsys, "--fix", "--select", "C204")
        assert note.read_bytes() == right

    def test_a_blank_at_the_edge_of_a_name_is_taken_away(
        self, study: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        module = study / "models/storage.py"
        right = module.read_bytes()
        edit(module, '"Database"', '" Database"')
        status, out, _ = run(capsys, "--fix")
        assert (status, module.read_bytes()) == (0, right)
        assert "storage.py: 1 change\n" in out

    def test_diff_shows_the_change_and_writes_nothing(
        self, study: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        module = study / "models/storage.py"
        edit(module, '"Database"', '" Database"')
        before = module.read_bytes()
        status, out, _ = run(capsys, "--fix", "--diff")
        assert status == 0
        assert '-database = CClass(practice, " Database")\n+database = CClass(practice, "Database")\n' in out
        assert module.read_bytes() == before

    def test_a_rename_of_the_settings_is_carried_out_in_notes(
        self, study: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (study / "pyproject.toml").write_text('[tool.codeable.renames]\ndb = "database"\n', encoding="utf-8")
        note = study / "sources/s_7.md"
        right = note.read_bytes()
        edit(note, "\ndatabase\n", "\ndb\n")
        assert run(capsys)[1] == "0 errors, 0 warnings in 1 note and 2 modules\n"
        run(capsys, "--fix")
        assert note.read_bytes() == right

    def test_a_rename_reaches_modules_only_when_the_new_name_is_free(
        self, study: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (study / "pyproject.toml").write_text(
            '[tool.codeable.renames]\nobject_store = "database"\n',
            encoding="utf-8",
        )
        before = (study / "models/storage.py").read_bytes()
        run(capsys, "--fix")
        assert (study / "models/storage.py").read_bytes() == before

    def test_with_nothing_to_mend_no_file_is_touched(
        self, study: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        stamps = {path: path.stat().st_mtime_ns for path in study.rglob("*") if path.is_file()}
        assert "nothing to mend" in run(capsys, "--fix")[1]
        assert {path: path.stat().st_mtime_ns for path in stamps} == stamps
