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
        status, out, err = run(capsys)
        assert (status, out) == (0, "0 errors, 0 warnings in 1 note and 2 modules\n")
        assert err == "Next: codeable notes build  writes what the notes say into the modules\n"

    def test_a_warning_does_not_fail(self, study: Path, capsys: pytest.CaptureFixture[str]) -> None:
        swap_types(study / "sources/s_7.md")
        status, out, _ = run(capsys, "--select", "C204")
        assert status == 0
        assert out.startswith(
            "sources/s_7.md:17:5: warning C204 'author type' is \"Blog Post\", a source type; "
            "the header says \"Practitioner\". Swapped with 'type'? "
            "[suggestion: exchange the two: 'author type' is \"Practitioner\", 'type' is \"Blog Post\"]\n"
        )

    def test_an_error_fails(self, study: Path, capsys: pytest.CaptureFixture[str]) -> None:
        edit(study / "sources/s_7.md", "object_store\n", 'object_store = CClass(practice, "x)\n')
        status, out, _ = run(capsys)
        assert status == 1
        assert " error C101 " in out

    @pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
    def test_a_merge_conflict_in_a_module_is_a_diagnostic_and_the_only_one(
        self, study: Path, capsys: pytest.CaptureFixture[str], form: str
    ) -> None:
        edit(study / "models/storage.py", "database = ", "<<<<<<< HEAD\n=======\n>>>>>>> anna\ndatabase = ")
        edit(study / "sources/s_7.md", "object_store\n", 'object_store = CClass(practice, "x)\n')
        status, out, _ = run(capsys, "--format", form)
        assert status == 1
        assert out.count("merge conflict not resolved, lines 5–7") == 1
        assert "C113" in out
        assert "C101 " not in out

    def test_another_error_of_a_module_is_shown_as_before(
        self, study: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        edit(study / "models/storage.py", "database = ", "database = = ")
        status, out, err = run(capsys, "--format", "json")
        assert (status, out) == (1, "")
        assert "models/storage.py:5: SyntaxError" in err

    def test_marks_of_a_merge_that_python_reads_are_a_merge_conflict_too(
        self, study: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        edit(study / "models/storage.py", "database = ", '"""\n<<<<<<< HEAD\n>>>>>>> anna\n"""\ndatabase = ')
        _, out, _ = run(capsys)
        assert out.startswith("models/storage.py:6:1: error C113 merge conflict not resolved, lines 6–7")

    def test_json_is_nothing_but_json(self, study: Path, capsys: pytest.CaptureFixture[str]) -> None:
        swap_types(study / "sources/s_7.md")
        swap_types(study / "sources/s7.py")
        _, out, _ = run(capsys, "--format", "json")
        (record,) = json.loads(out)["diagnostics"]
        assert record["code"] == "C204"
        assert record["file"] == "sources/s_7.md"
        assert [one["file"] for one in record["related"]] == ["sources/s7.py"]

    def test_a_folder_of_notes_is_checked_without_a_model(
        self, study: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        status, out, _ = run(capsys, "sources")
        assert status == 1
        assert "C301 'storage_decision' is used (2 times) but declared nowhere (loses 2 options)" in out
        assert "0 errors" in out
        assert "in 1 note\n" in out

    def test_a_loss_fails_unless_the_settings_weigh_its_rule(
        self, study: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        edit(study / "sources/s_7.md", "object_store\n", "object_store, ledger\n")
        assert run(capsys, "--rule", "C301")[0] == 1
        (study / "pyproject.toml").write_text('[tool.codeable.check.severity]\nC301 = "warning"\n', "utf-8")
        status, out, _ = run(capsys, "--rule", "C301")
        assert (status, "C301 'ledger' is used but declared nowhere" in out) == (0, True)

    def test_a_broken_module_is_reported_with_its_line(
        self, study: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        edit(study / "models/storage.py", "database = CClass(practice", "database = CClas(practice")
        status, _, err = run(capsys)
        assert status == 1
        assert "storage.py" in err
        assert "5" in err

    def test_what_is_not_there_is_reported(self, study: Path, capsys: pytest.CaptureFixture[str]) -> None:
        status, _, err = run(capsys, "sources/s_8.md")
        assert status == 2
        assert "did you mean 's_7.md'" in err

    def test_a_wrong_code_is_wrong_usage(self, study: Path, capsys: pytest.CaptureFixture[str]) -> None:
        status, _, err = run(capsys, "--select", "Z9")
        assert status == 2
        assert "'Z9'" in err

    def test_a_module_is_not_taken_for_a_note(self, study: Path, capsys: pytest.CaptureFixture[str]) -> None:
        status, _, err = run(capsys, "models/storage.py")
        assert (status, "is a module, no field note" in err) == (2, True)

    def test_two_studies_are_wrong_usage(self, study: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (study / "other" / "models").mkdir(parents=True)
        status, _, err = run(capsys, ".", "other")
        assert (status, "one study at a time" in err) == (2, True)

    def test_a_study_is_compared_with_the_notes_that_are_named(
        self, study: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        notes = study / "elsewhere"
        notes.mkdir()
        (study / "sources/s_7.md").rename(notes / "s_7.md")
        assert run(capsys, ".", "elsewhere")[1] == "0 errors, 0 warnings in 1 note and 2 modules\n"

    def test_notes_are_where_the_settings_say(self, study: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (study / "read here ünï").mkdir()
        (study / "sources/s_7.md").rename(study / "read here ünï" / "s 7 漢.md")
        (study / "pyproject.toml").write_text(
            '[tool.codeable]\nnotes = ["read here ünï"]\n', encoding="utf-8"
        )
        assert run(capsys)[1] == "0 errors, 0 warnings in 1 note and 2 modules\n"

    def test_a_folder_that_holds_neither_is_wrong_usage(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.chdir(tmp_path)
        assert run(capsys)[0] == 2

    def test_an_error_that_the_settings_make_a_warning_does_not_fail(
        self, study: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        edit(study / "sources/s_7.md", "object_store\n", 'object_store = CClass(practice, "x)\n')
        (study / "pyproject.toml").write_text(
            '[tool.codeable.check]\nseverity = { C101 = "warning" }\nper-file = { "sources/*" = ["C5"] }\n',
            encoding="utf-8",
        )
        status, out, _ = run(capsys)
        assert (status, " warning C101 " in out) == (0, True)

    def test_a_mistake_in_the_settings_is_wrong_usage(
        self, study: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (study / "pyproject.toml").write_text('[tool.codeable.check]\nseverity = "x"\n', encoding="utf-8")
        assert run(capsys)[0] == 2

    def test_diagnostics_are_reported_in_natural_order_of_their_files(
        self, study: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (study / "notes").mkdir()
        for number in (10, 9):
            (study / f"notes/s_{number}.md").write_text(f"# s {number}\n", encoding="utf-8")
        _, out, _ = run(capsys, "notes", "--select", "C408", "--all")
        assert out.index("s_9.md") < out.index("s_10.md")

    def test_the_rules_can_be_listed(self, capsys: pytest.CaptureFixture[str]) -> None:
        status, out, _ = run(capsys, "--rules")
        assert status == 0
        assert "C204  warning  types-swapped" in out
        assert "C109  warning  suppression-without-effect" in out


class TestFixing:
    def test_a_swap_is_fixed_in_note_and_module_and_every_other_byte_is_kept(
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

    def test_only_what_is_selected_is_fixed(self, study: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (study / "pyproject.toml").write_text('[tool.codeable.renames]\ndb = "database"\n', encoding="utf-8")
        note, module = study / "sources/s_7.md", study / "models/storage.py"
        edit(note, "\ndatabase\n", "\ndb\n")
        edit(module, '"Database"', '" Database"')
        run(capsys, "--fix", "--select", "C208")
        assert b"\ndb\n" in note.read_bytes()
        run(capsys, "--fix", "--ignore", "C208")
        assert b"\ndatabase\n" in note.read_bytes()
        assert b'"Database"' in module.read_bytes()

    def test_what_is_suppressed_is_not_fixed(self, study: Path, capsys: pytest.CaptureFixture[str]) -> None:
        module = study / "models/storage.py"
        edit(module, '"Database")', '" Database")  # codeable: ignore[C208] set apart on purpose')
        assert "nothing to fix" in run(capsys, "--fix")[1]

    def test_a_program_gets_nothing_but_its_format(
        self, study: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        swap_types(study / "sources/s_7.md")
        _, out, err = run(capsys, "--fix", "--format", "json")
        assert json.loads(out) == {"diagnostics": []}
        assert err == "sources/s_7.md: 2 changes\n"

    def test_a_difference_tells_of_errors_by_the_exit_status(
        self, study: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        edit(study / "sources/s_7.md", "object_store\n", 'object_store = CClass(practice, "x)\n')
        assert run(capsys, "--diff")[0] == 1

    def test_with_nothing_to_fix_no_file_is_touched(
        self, study: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        stamps = {path: path.stat().st_mtime_ns for path in study.rglob("*") if path.is_file()}
        assert "nothing to fix" in run(capsys, "--fix")[1]
        assert {path: path.stat().st_mtime_ns for path in stamps} == stamps
