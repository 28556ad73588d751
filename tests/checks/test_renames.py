"""The renames of the settings: followed, judged (C307), and carried out where nothing can go wrong."""

from pathlib import Path

import pytest

from codeable.checks import check
from codeable.checks.fixes import fixed_files, write_fixes
from codeable.loading import load_folder
from codeable.notes import read_note
from codeable.notes.files import note_files_of_study
from tests.checks.cases import codes, in_study, note, reported, source
from tests.checks.test_rules_model import MODEL

FILES = {"models/a.py": MODEL, "sources/s7.py": source("how", "a", "b"), "sources/s_7.md": note(MODEL)}


def settings(*lines: str) -> dict[str, str]:
    return {"pyproject.toml": "\n".join(["[tool.codeable.renames]", *lines, ""])}


def fixed(folder: Path, files: dict[str, str]) -> dict[str, str]:
    """The files that the fixes change, as they are then, by their names."""
    in_study(folder, files)
    loaded = load_folder(folder)
    notes = [read_note(path) for path in note_files_of_study(folder, loaded.settings)]
    report = check(notes, loaded)
    changed = fixed_files(report)
    write_fixes(changed)
    return {Path(one.path).name: Path(one.path).read_text(encoding="utf-8") for one in changed}


class TestAstray:
    @pytest.mark.parametrize(
        ("lines", "circle"),
        [
            (['x = "y"', 'y = "x"'], "x → y → x"),
            (['x = "y"', 'y = "z"', 'z = "x"'], "x → y → z → x"),
            (['a = "a"'], "a → a"),
        ],
    )
    def test_a_circle_is_one_error(self, lines: list[str], circle: str, tmp_path: Path) -> None:
        found = in_study(tmp_path, {**FILES, **settings(*lines)})
        assert [(one.code, one.severity) for one in found] == [("C307", "error")]
        assert reported(found, "C307") == [f"pyproject.toml:2:1 the renames lead in a circle: {circle}"]

    def test_a_name_that_leads_into_a_circle_is_left_as_it_is(self, tmp_path: Path) -> None:
        found = in_study(tmp_path, {**FILES, **settings('a = "x"', 'x = "y"', 'y = "x"')})
        assert codes(found) == ["C307", "C307"]
        assert fixed(tmp_path, {}) == {}

    def test_a_new_name_that_is_declared_nowhere_is_reported_with_the_nearest(self, tmp_path: Path) -> None:
        model = MODEL.replace("b = ", "streaming = ").replace("how, b", "how, streaming")
        files = {**FILES, "models/a.py": model, "sources/s7.py": source("how", "a", "streaming")}
        found = in_study(tmp_path, {**files, **settings('"b" = "steaming"'), "sources/s_7.md": note("a")})
        (diagnostic,) = [one for one in found if one.code == "C307"]
        assert diagnostic.message == "'b' is renamed to 'steaming', which is declared nowhere"
        assert diagnostic.suggestion == 'did you mean b = "streaming"?'

    def test_an_old_name_that_the_model_still_has_is_reported(self, tmp_path: Path) -> None:
        found = in_study(tmp_path, {**FILES, **settings('b = "a"')})
        assert "C307" in codes(found)
        assert reported(found, "C307") == [
            "pyproject.toml:2:1 'b' is renamed to 'a', but the model still declares 'b'"
        ]

    @pytest.mark.parametrize("new", ["practice", "CClass"])
    def test_a_name_that_no_code_can_have_is_reported_and_not_written(self, new: str, tmp_path: Path) -> None:
        found = in_study(tmp_path, {**FILES, **settings(f'b = "{new}"')})
        assert f"'{new}' cannot be the name of a code" in reported(found, "C307")[0]
        assert fixed(tmp_path, {}) == {}

    @pytest.mark.parametrize("lines", [['old = "a"'], ['older = "old"', 'old = "a"']])
    def test_a_rename_to_a_code_is_not_reported_whether_direct_or_in_a_chain(
        self, lines: list[str], tmp_path: Path
    ) -> None:
        assert in_study(tmp_path, {**FILES, **settings(*lines)}) == []

    @pytest.mark.parametrize(
        "text", ['[tool.codeable]\nrenames = { x = "y", y = "x" }\n', '[tool.codeable]\nrenames.x = "x"\n']
    )
    def test_every_way_to_write_the_settings_is_reported(self, text: str, tmp_path: Path) -> None:
        assert codes(in_study(tmp_path, {**FILES, "pyproject.toml": text})) == ["C307"]

    def test_a_comment_in_the_settings_suppresses(self, tmp_path: Path) -> None:
        lines = ["# codeable: ignore[C307] b is to go next week", 'b = "a"']
        assert "C307" not in codes(in_study(tmp_path, {**FILES, **settings(*lines)}))


class TestCarriedOut:
    def test_a_note_gets_the_new_name_wherever_a_trace_has_the_old_one(self, tmp_path: Path) -> None:
        body = """
        old = CClass(practice, "A")
        old, b
        add_decision_option_link(how, old, "Do A, old habits")
        add_force_relations({old: {f: positive}})
        old.add_links(b, role_name="to")
        '''
        old
        older
        '''
        """
        trace = "**OPEN CODING TRACE:**\n\nFamiliar options: old, older, very_old\n"
        files = {
            **FILES,
            **settings('old = "a"'),
            "sources/s_7.md": note(body, coding=f"> The old way.\n\n{trace}"),
        }
        after = fixed(tmp_path, files)
        assert list(after) == ["s_7.md"]
        assert after["s_7.md"] == (
            files["sources/s_7.md"]
            .replace("old = C", "a = C").replace("old, b", "a, b").replace("how, old", "how, a")
            .replace("{old:", "{a:").replace("old.add", "a.add").replace("\nold\n", "\na\n")
            .replace("options: old", "options: a")
        )  # fmt: skip

    def test_a_chain_is_carried_out_to_its_end(self, tmp_path: Path) -> None:
        files = {**FILES, **settings('older = "old"', 'old = "a"'), "sources/s_7.md": note("older\nold\nb")}
        assert "\na\na\nb\n" in fixed(tmp_path, files)["s_7.md"]

    def test_a_second_run_changes_nothing(self, tmp_path: Path) -> None:
        files = {**FILES, **settings('old = "a"'), "sources/s_7.md": note("old\nb")}
        assert fixed(tmp_path, files) != {}
        assert fixed(tmp_path, {}) == {}

    def test_two_things_that_the_notes_declare_are_not_made_one(self, tmp_path: Path) -> None:
        body = 'old = CClass(practice, "Old")\na = CClass(practice, "A")\nold'
        assert fixed(tmp_path, {**FILES, **settings('old = "a"'), "sources/s_7.md": note(body)}) == {}

    def test_what_breaks_is_left_alone(self, tmp_path: Path) -> None:
        files = {**FILES, **settings('old = "a"'), "sources/s_7.md": note("add_links({old: ['b]})\nb")}
        assert fixed(tmp_path, files) == {}

    def test_modules_get_the_new_name_when_it_is_free(self, tmp_path: Path) -> None:
        module = 'from codeable.dsl import *\nfrom models.a import b, a\n\ns7 = CClass(source, "s7")\n'
        held = 'add_links({s7: [b, a]}, role_name="contained_code")\n'
        files = {
            **FILES,
            **settings('b = "bus"'),
            "sources/s7.py": module + held,
            "sources/s_7.md": note("b"),
        }
        after = fixed(tmp_path, files)
        assert sorted(after) == ["a.py", "s7.py", "s_7.md"]
        assert 'bus = CClass(pattern, "B")' in after["a.py"]
        assert 'add_decision_option_link(how, bus, "Do B")' in after["a.py"]
        assert "import bus, a" in after["s7.py"]
        assert "C307" not in codes(in_study(tmp_path, {}))

    @pytest.mark.parametrize(
        "line",
        [
            '__all__ = ["how", "a", "b"]',
            "print(f'{b} or b')",
            "def use(bus): return b, bus",
            "x = globals().get('b')",
            "bus = 1",
            "x = {'bus': 1}",
        ],
    )
    def test_modules_that_use_the_old_name_in_another_way_or_the_new_one_are_left_alone(
        self, line: str, tmp_path: Path
    ) -> None:
        files = {
            **FILES,
            **settings('b = "bus"'),
            "models/a.py": f"{MODEL}{line}\n",
            "sources/s_7.md": note("a"),
        }
        assert fixed(tmp_path, files) == {}

    @pytest.mark.parametrize(
        ("line", "after"),
        [
            ("def use(b): return dict(b=b), how.b", "def use(b): return dict(b=b), how.b"),
            ("x = f'{b!r:>9}'", "x = f'{bus!r:>9}'"),
            ("def use(): return b  # b", "def use(): return bus  # b"),
        ],
    )
    def test_only_what_is_the_name_of_the_code_is_changed(
        self, line: str, after: str, tmp_path: Path
    ) -> None:
        files = {**FILES, **settings('b = "bus"'), "models/a.py": f"{MODEL}{line}\n"}
        assert fixed(tmp_path, files)["a.py"].endswith(f"\n{after}\n")

    def test_a_module_of_that_name_keeps_its_name(self, tmp_path: Path) -> None:
        declaring = source("how", "b").replace("models.a import *", "models.b import b, how")
        files = {"models/b.py": MODEL, "sources/s7.py": declaring}
        after = fixed(tmp_path, {**files, **settings('b = "bus"')})
        assert "from models.b import bus, how" in after["s7.py"]
        assert 'bus = CClass(pattern, "B")' in after["b.py"]

    def test_two_old_names_of_one_code_are_left_to_the_user(self, tmp_path: Path) -> None:
        files = {**FILES, **settings('a = "bus"', 'b = "bus"'), "sources/s_7.md": note("how")}
        assert fixed(tmp_path, files) == {}

    def test_names_behind_letters_beyond_ascii_are_found(self, tmp_path: Path) -> None:
        model = MODEL + 'ä = "Ö"; x = [b]\n'
        files = {**FILES, **settings('b = "bus"'), "models/a.py": model, "sources/s_7.md": note("a")}
        files["sources/s7.py"] = source("how", "a")
        assert 'ä = "Ö"; x = [bus]\n' in fixed(tmp_path, files)["a.py"]
