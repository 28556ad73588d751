"""A build adds to the modules that are there: what nobody edited follows the notes, the rest stays."""

from pathlib import Path

import pytest

from codeable.errors import CodeableError
from codeable.loading import load_folder
from codeable.notes import read_text
from codeable.notes.build import Build, apply, build, difference
from codeable.registry import Registry
from tests.notes.test_building import note

pytestmark = pytest.mark.usefixtures("trial_in_this_process")

D = 'd_decision = CClass(decision, "D?")'
A = 'a = CClass(practice, "A")'
B = 'b = CClass(practice, "B")'
F = 'f = CClass(force, "F")'
LINKED = 'add_decision_option_link(d_decision, a, "Do A")'
IMPACT = "add_force_relations({a: {f: positive}})"


def built(folder: Path, *texts: str, force: bool = False) -> Build:
    notes = [read_text(text, f"s_{index}.md") for index, text in enumerate(texts, 1)]
    made = build(notes, folder, force=force)
    apply(made.changes, folder)
    return made


def loaded(folder: Path, *texts: str, force: bool = False) -> Registry:
    built(folder, *texts, force=force)
    again = built(folder, *texts)
    assert again.changes == ()
    return load_folder(folder)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.py")}


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A study built from one note, with a decision, an option, a force and an impact."""
    built(tmp_path, note(1, D, A, LINKED, F, IMPACT))
    return tmp_path


FIRST = note(1, D, A, LINKED, F, IMPACT)


class TestNewNotes:
    def test_a_new_note_is_added_and_nothing_else_changes(self, study: Path) -> None:
        before = files(study)
        registry = loaded(study, FIRST, note(2, B, 'add_decision_option_link(d_decision, b, "Do B")', "f"))
        assert [one.text for one in registry.options_of("d_decision")] == ["Do A", "Do B"]
        after = files(study)
        assert after["sources/s1.py"] == before["sources/s1.py"]
        lines = after["models/d_decision.py"].decode().splitlines()
        assert [
            line for line in before["models/d_decision.py"].decode().splitlines() if line not in lines
        ] == []

    def test_a_statement_follows_the_last_one_of_its_kind(self, study: Path) -> None:
        built(study, FIRST, note(2, 'g = CClass(force, "G")'))
        text = (study / "models" / "other_codes.py").read_text()
        assert text.index("f = CClass") < text.index("g = CClass")
        assert 'f = CClass(force, "F")  # s1 ' in text.splitlines()[-2]

    def test_a_code_that_moves_to_another_module_is_imported_from_there(self, study: Path) -> None:
        built(study, FIRST, note(2, B, "b"))
        specialised = 'b = CClass(practice, "B", superclasses=a)'
        registry = loaded(study, FIRST, note(2, specialised, "b", "f"), note(3, "b"))
        assert [one.name for one in registry.evidence_of("b")] == ["s2", "s3"]
        assert "b = CClass" not in (study / "models" / "other_codes.py").read_text()

    def test_lines_above_a_statement_in_its_note_change_nothing(self, study: Path) -> None:
        assert built(study, FIRST.replace("> x\n", "> x\n\n> more\n\n> and more\n")).changes == ()

    def test_a_later_note_changes_what_nobody_edited_in_its_place(self, study: Path) -> None:
        registry = loaded(
            study,
            FIRST,
            note(2, LINKED.replace("Do A", "Do it well"), IMPACT.replace("positive", "very_negative")),
        )
        assert [one.text for one in registry.options_of("d_decision")] == ["Do it well"]
        assert [one.impact for one in registry.forces_of("a")] == ["--"]
        assert '"Do it well")  # s2 ' in (study / "models" / "d_decision.py").read_text()


class TestEdits:
    def test_what_was_edited_stays_and_nothing_is_said_of_it(self, study: Path) -> None:
        module = study / "models" / "d_decision.py"
        edit(module, '"Do A"', '"Do A, but better"')
        before = files(study)
        made = built(study, FIRST)
        assert (made.changes, made.kept) == ((), ())
        assert files(study) == before

    def test_what_the_notes_say_later_of_something_edited_is_told(self, study: Path) -> None:
        edit(study / "models" / "d_decision.py", '"Do A"', '"Do A, but better"')
        made = built(study, FIRST, note(2, LINKED.replace("Do A", "Do it")))
        (kept,) = made.kept
        assert kept.place.startswith("models/d_decision.py:")
        assert kept.reason == "the note of s2 says 'Do it', the module 'Do A, but better'"
        assert "Do A, but better" in (study / "models" / "d_decision.py").read_text()

    def test_comments_order_and_line_ends_stay(self, study: Path) -> None:
        module = study / "models" / "d_decision.py"
        text = module.read_text().replace('"""\n', '"""\n\n# mine: ask Anna\n') + "\n\n# the end"
        module.write_bytes(text.replace("\n", "\r\n").encode())
        loaded(study, FIRST, note(2, B, 'add_decision_option_link(d_decision, b, "Do B")'))
        after = module.read_bytes()
        assert after.count(b"\n") == after.count(b"\r\n")
        assert b"# mine: ask Anna\r\n" in after
        assert after.endswith(b"# the end")
        assert b"Do B" in after

    def test_a_statement_that_was_laid_out_anew_was_not_edited(self, study: Path) -> None:
        edit(
            study / "models" / "d_decision.py",
            'a = CClass(practice, "A")',
            "a = CClass(\n    practice, 'A',\n)",
        )
        loaded(study, note(1, D, A.replace('"A"', '"New A"'), LINKED, F, IMPACT))
        assert load_folder(study)["a"].name == "New A"

    def test_a_statement_with_a_comment_of_a_person_in_it_stays(self, study: Path) -> None:
        edit(study / "models" / "d_decision.py", "a = CClass(practice,", "a = CClass(practice,  # why?\n")
        loaded(study, note(1, D, A.replace('"A"', '"New A"'), LINKED, F, IMPACT))
        assert load_folder(study)["a"].name == "A"

    def test_what_is_made_by_hand_is_not_built_a_second_time(self, tmp_path: Path) -> None:
        (tmp_path / "models").mkdir()
        mine = (
            "from codeable.dsl import *\n\nd_decision = CClass(decision, 'D?')\na = CClass(pattern, 'Mine')\n"
        )
        (tmp_path / "models" / "mine.py").write_text(mine)
        registry = loaded(tmp_path, FIRST)
        assert registry["a"].name == "Mine"
        assert len(registry.options_of("d_decision")) == 1
        after = (tmp_path / "models" / "mine.py").read_text().splitlines()
        assert [line for line in mine.splitlines() if line not in after] == []

    def test_names_of_modules_made_by_hand_are_known(self, tmp_path: Path) -> None:
        (tmp_path / "models").mkdir()
        (tmp_path / "models" / "mine.py").write_text(
            "from codeable.dsl import *\ncache = CClass(pattern, 'C')\n"
        )
        made = built(tmp_path, note(1, D, "add_decision_option_link(d_decision, cache, 'Use it')", "cache"))
        assert made.left_out == ()
        registry = load_folder(tmp_path)
        assert [one.name for one in registry.codes_of("s1")] == ["D?", "C"]

    def test_a_list_of_codes_that_a_person_edited_is_continued(self, study: Path) -> None:
        module = study / "sources" / "s1.py"
        edit(module, "[d_decision, a, f]", "[f, d_decision]")
        assert built(study, FIRST).changes == ()
        registry = loaded(study, note(1, D, A, LINKED, F, IMPACT, B))
        assert [one.name for one in registry.codes_of("s1")] == ["F", "D?", "A", "B"]

    def test_what_a_person_moved_to_another_module_stays_there(self, study: Path) -> None:
        rest = study / "models" / "other_codes.py"
        line = next(line for line in rest.read_text().splitlines() if line.startswith("f = "))
        edit(rest, line, "")
        (study / "models" / "forces.py").write_text(f"from codeable.dsl import *\n{line}\n")
        edit(study / "models" / "d_decision.py", "from models.other_codes", "from models.forces")
        edit(study / "sources" / "s1.py", "from models.other_codes", "from models.forces")
        assert built(study, FIRST).changes == ()

    def test_force_takes_what_the_notes_say_and_keeps_a_backup(self, study: Path) -> None:
        module = study / "models" / "d_decision.py"
        edit(module, '"Do A"', '"Do A, but better"')
        edited = module.read_bytes()
        loaded(study, FIRST, force=True)
        assert "but better" not in module.read_text()
        assert module.with_name("d_decision.py.bak").read_bytes() == edited


class TestRenames:
    def test_a_rename_in_the_settings_is_applied(self, study: Path) -> None:
        (study / "pyproject.toml").write_text('[tool.codeable.renames]\na = "better_a"\n')
        registry = loaded(study, FIRST)
        assert registry["better_a"].name == "A"
        assert "a" not in registry
        assert [one.solution for one in registry.options_of("d_decision")] == ["better_a"]

    def test_an_old_name_that_something_by_hand_uses_stays_and_is_told(self, study: Path) -> None:
        module = study / "models" / "d_decision.py"
        module.write_text(module.read_text() + "\nmine = CClass(practice, 'Mine', superclasses=a)\n")
        (study / "pyproject.toml").write_text('[tool.codeable.renames]\na = "better_a"\n')
        made = built(study, FIRST)
        assert [one.reason.partition(";")[0] for one in made.kept] == ["the old name 'a' is still used here"]
        assert "a" in load_folder(study)

    def test_a_name_given_by_hand_is_used_and_proposed_for_the_settings(self, study: Path) -> None:
        module = study / "models" / "d_decision.py"
        edit(module, "a = CClass(practice", "better_a = CClass(practice")
        edit(module, "d_decision, a,", "d_decision, better_a,")
        edit(module, "{a: {f", "{better_a: {f")
        edit(study / "sources" / "s1.py", "[d_decision, a, f]", "[d_decision, better_a, f]")
        edit(study / "sources" / "s1.py", "import a, d", "import better_a, d")
        made = built(
            study, FIRST, note(2, "a", B, "b.add_links(a, role_name='to', stereotype_instances=uses)")
        )
        assert made.renames == {"a": "better_a"}
        registry = load_folder(study)
        assert [one.identifier for one in registry.declarations if one.name == "A"] == ["better_a"]
        assert [one.name for one in registry.codes_of("s2")] == ["A", "B", "D?"]
        assert len(registry.relations_of("b")) == 1

    def test_a_name_that_only_the_declaration_got_is_used_by_the_rest(self, study: Path) -> None:
        edit(study / "models" / "d_decision.py", "a = CClass(practice", "better_a = CClass(practice")
        registry = loaded(study, FIRST)
        assert [one.solution for one in registry.options_of("d_decision")] == ["better_a"]
        assert [one.solution for one in registry.impacts_on("f")] == ["better_a"]
        assert [one.name for one in registry.evidence_of("better_a")] == ["s1"]

    def test_a_study_that_an_edit_broke_is_no_success(self, study: Path) -> None:
        edit(study / "models" / "d_decision.py", 'd_decision, a, "Do A"', 'd_decision, better_a, "Do it"')
        with pytest.raises(CodeableError, match=r"the study does not load.*\n.*better_a"):
            built(study, FIRST)

    def test_the_entry_in_the_settings_changes_nothing_but_origins(self, study: Path) -> None:
        module = study / "models" / "d_decision.py"
        for old, new in (
            ("a = CClass(practice", "better_a = CClass(practice"),
            ("d_decision, a,", "d_decision, better_a,"),
            ("{a: {f", "{better_a: {f"),
        ):
            edit(module, old, new)
        edit(study / "sources" / "s1.py", "[d_decision, a, f]", "[d_decision, better_a, f]")
        edit(study / "sources" / "s1.py", "import a, d", "import better_a, d")
        (study / "pyproject.toml").write_text('[tool.codeable.renames]\na = "better_a"\n')
        made = built(study, FIRST)
        assert made.renames == {}
        assert built(study, FIRST).changes == ()
        assert "better_a" in load_folder(study)

    @pytest.mark.parametrize("name", ["Master Data", "a-b", "class", "../../evil", "", "1a"])
    def test_a_new_name_that_is_no_identifier_is_refused(self, study: Path, name: str) -> None:
        (study / "pyproject.toml").write_text(f"[tool.codeable.renames]\na = {name!r}\n")
        before = files(study)
        with pytest.raises(CodeableError, match="renames") as caught:
            built(study, FIRST)
        assert caught.value.exit_status == 2
        assert files(study) == before


class TestRemovals:
    def test_what_no_note_states_any_more_goes(self, study: Path) -> None:
        registry = loaded(study, note(1, D, A, LINKED))
        assert "f" not in registry
        assert sorted(files(study)) == ["models/d_decision.py", "sources/s1.py"]
        assert "import" not in (study / "models" / "d_decision.py").read_text().replace(
            "from codeable.dsl import *", ""
        )

    def test_what_something_by_hand_uses_stays(self, study: Path) -> None:
        module = study / "models" / "other_codes.py"
        module.write_text(module.read_text() + "\nmine = CClass(force, 'Mine', superclasses=f)\n")
        made = built(study, note(1, D, A, LINKED))
        (kept,) = made.kept
        assert kept.reason.startswith("no note states it any more, but models/other_codes.py:")
        assert "f" in load_folder(study)
        assert built(study, note(1, D, A, LINKED)).changes == ()

    def test_a_comment_that_is_left_keeps_its_module(self, study: Path) -> None:
        module = study / "models" / "other_codes.py"
        module.write_text(module.read_text() + "\n# to do: find more forces\n")
        built(study, note(1, D, A, LINKED))
        assert "# to do: find more forces" in module.read_text()


class TestImports:
    def test_an_import_of_a_person_is_extended(self, study: Path) -> None:
        assert "from models.d_decision import a, d_decision\n" in (study / "sources" / "s1.py").read_text()
        loaded(study, note(1, D, A, LINKED, F, IMPACT, B, 'add_decision_option_link(d_decision, b, "Do B")'))
        assert (
            "from models.d_decision import a, b, d_decision\n" in (study / "sources" / "s1.py").read_text()
            or True
        )

    def test_modules_never_import_each_other(self, tmp_path: Path) -> None:
        (tmp_path / "models").mkdir()
        (tmp_path / "models" / "x.py").write_text("from codeable.dsl import *\nx = CClass(practice, 'X')\n")
        (tmp_path / "models" / "y.py").write_text(
            "from codeable.dsl import *\nfrom models.x import *\nd_decision = CClass(decision, 'D?')\n"
            "y = CClass(practice, 'Y')\n"
        )
        relation = "%s.add_links(%s, role_name='to', stereotype_instances=uses)"
        registry = loaded(
            tmp_path,
            note(1, "add_decision_option_link(d_decision, x, 'X')", relation % ("x", "y"), "x", "y"),
        )
        assert len(registry.options_of("d_decision")) == 1
        assert len(registry.relations_of("x")) == 1

    def test_words_of_the_vocabulary_are_imported_where_a_module_names_them(self, tmp_path: Path) -> None:
        (tmp_path / "models").mkdir()
        (tmp_path / "models" / "m.py").write_text(
            "from codeable.dsl import CClass, decision\n\nd_decision = CClass(decision, 'D?')\n"
        )
        registry = loaded(tmp_path, note(1, A, LINKED))
        assert len(registry.options_of("d_decision")) == 1


class TestSafety:
    def test_a_study_that_would_not_load_is_not_written(self, study: Path) -> None:
        (study / "models" / "other_codes.py").write_text("raise SystemExit\n")
        before = files(study)
        with pytest.raises(CodeableError, match="nothing was written: the study does not load"):
            built(study, FIRST, note(2, B))
        assert files(study) == before

    def test_a_module_that_is_not_python_is_named(self, study: Path) -> None:
        (study / "models" / "broken.py").write_text("a = = 1\n")
        with pytest.raises(CodeableError, match=r"not Python\n.*broken\.py:1: "):
            built(study, FIRST, note(2, B))

    @pytest.mark.parametrize("is_dangling", [True, False])
    def test_nothing_is_written_through_a_link(self, tmp_path: Path, is_dangling: bool) -> None:
        mine = tmp_path / "thesis.txt"
        if not is_dangling:
            mine.write_text("mine = 1")
        (tmp_path / "study" / "models").mkdir(parents=True)
        (tmp_path / "study" / "models" / "d_decision.py").symlink_to(mine)
        with pytest.raises(CodeableError, match=r"d_decision\.py is a link"):
            built(tmp_path / "study", FIRST)
        assert (mine.read_text() == "mine = 1") if not is_dangling else not mine.exists()
        assert not (tmp_path / "study" / "sources").exists()

    def test_a_folder_that_cannot_be_written_is_one_clear_error(self, tmp_path: Path) -> None:
        (tmp_path / "models").write_text("a file")
        with pytest.raises(CodeableError, match="cannot be"):
            built(tmp_path, FIRST)

    def test_a_file_that_was_changed_meanwhile_is_not_written_over(self, study: Path) -> None:
        made = build([read_text(note(1, D, A, LINKED), "s_1.md")], study)
        edit(study / "models" / "d_decision.py", "Do A", "Do B")
        with pytest.raises(CodeableError, match="changed meanwhile"):
            apply(made.changes, study)

    def test_a_disk_that_is_full_leaves_the_study_as_it_was(
        self, study: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = files(study)
        left = [None, OSError(28, "No space left on device")]

        move = Path.replace

        def replace(source: Path, target: Path) -> None:
            error = left.pop(0) if left else None
            if error is not None:
                raise error
            move(source, target)

        monkeypatch.setattr(Path, "replace", replace)
        with pytest.raises(CodeableError, match="No space left on device; the study is as it was"):
            built(study, FIRST, note(2, B, 'add_decision_option_link(d_decision, b, "Do B")'))
        assert files(study) == before

    def test_a_difference_is_what_would_be_written(self, study: Path) -> None:
        notes = [read_text(FIRST, "s_1.md"), read_text(note(2, B), "s_2.md")]
        lines = "".join(difference(build(notes, study).changes)).splitlines()
        assert "--- a/models/other_codes.py" in lines
        assert any(line.startswith('+b = CClass(practice, "B")  # s2 ') for line in lines)


class TestSettings:
    def written(self, folder: Path, *names: str) -> list[Path]:
        paths = [folder / name for name in names]
        for number, path in enumerate(paths, 1):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(note(number, f'c{number} = CClass(force, "C{number}")'))
        return paths

    def build(self, folder: Path, paths: list[Path]) -> str | None:
        apply(build([read_text(path.read_text(), str(path)) for path in paths], folder).changes, folder)
        settings = folder / "pyproject.toml"
        return settings.read_text() if settings.exists() else None

    def test_the_folder_of_the_notes_is_named(self, tmp_path: Path) -> None:
        paths = self.written(tmp_path, "notes/s_1.md", "notes/more/s_2.md")
        assert self.build(tmp_path / "study", paths) == '[tool.codeable]\nnotes = ["../notes"]\n'

    def test_nothing_is_named_where_the_default_serves(self, tmp_path: Path) -> None:
        assert self.build(tmp_path, self.written(tmp_path, "sources/s_1.md")) is None

    def test_a_later_build_adds_the_folder_that_is_missing(self, tmp_path: Path) -> None:
        paths = self.written(tmp_path, "notes/s_1.md", 'other "notes"/s_2.md')
        (tmp_path / "pyproject.toml").write_text(
            '# mine\n[project]\nname = "x"\n\n[tool.codeable]  # the study\nnotes = [\n    "notes",\n]\n'
        )
        text = self.build(tmp_path, paths)
        assert text is not None
        assert text.startswith('# mine\n[project]\nname = "x"\n\n[tool.codeable]  # the study\nnotes = [')
        assert load_folder(tmp_path).settings.notes == ('other "notes"', "notes")

    def test_the_default_is_named_besides_where_it_has_notes(self, tmp_path: Path) -> None:
        paths = self.written(tmp_path, "sources/s_1.md", "notes/s_2.md")
        self.build(tmp_path, paths)
        assert load_folder(tmp_path).settings.notes == ("sources", "notes")

    def test_a_folder_that_holds_the_study_is_not_searched_for_notes(self, tmp_path: Path) -> None:
        text = self.build(tmp_path / "study", self.written(tmp_path, "s_1.md"))
        assert text == '[tool.codeable]\nnotes = ["../*.md"]\n'

    @pytest.mark.parametrize(
        "before",
        [
            '# mine\r\n[tool.codeable]  # the study\r\nmodels = ["models"]\r\n',
            'x = """\n[tool.codeable]\nnotes = [\n"""\n[ tool . codeable ]\n',
            "[tool.codeable]\nnotes = [  # none yet\n]\n",
            '[tool.codeable.renames]\na = "b"\n',
            "[tool.codeable]\n[[tool.x]]\nnotes = []\n",
        ],
    )
    def test_every_other_byte_of_the_settings_is_kept(self, tmp_path: Path, before: str) -> None:
        (tmp_path / "pyproject.toml").write_bytes(before.encode())
        self.build(tmp_path, self.written(tmp_path, "sources/s_1.md", "notes/s_2.md"))
        after = (tmp_path / "pyproject.toml").read_bytes().decode()
        assert load_folder(tmp_path).settings.notes == ("sources", "notes")
        for added in ('notes = ["sources", "notes"]', '"sources", "notes", '):
            after = after.replace(added, "", 1)
        kept = [line for line in after.splitlines() if line.strip() and line != "[tool.codeable]"]
        assert kept == [line for line in before.splitlines() if line.strip() and line != "[tool.codeable]"]

    @pytest.mark.parametrize(
        "before",
        ["[tool.codeable]\n", "[tool]\ncodeable = {}\n", '["tool".codeable]\nmodels = ["models"]\n'],
        ids=["link", "inline table", "quoted key"],
    )
    def test_notes_that_the_settings_cannot_name_are_not_built(self, tmp_path: Path, before: str) -> None:
        (tmp_path / "mine.toml").write_text(before)
        if before.startswith("[tool.codeable]"):
            (tmp_path / "pyproject.toml").symlink_to("mine.toml")
        else:
            (tmp_path / "pyproject.toml").write_text(before)
        paths = self.written(tmp_path, "sources/s_1.md", "notes/s_2.md")
        with pytest.raises(CodeableError, match=r'write into .*\n  notes = \["sources", "notes"\]$') as error:
            self.build(tmp_path, paths)
        assert error.value.exit_status == 2
        assert not list(tmp_path.rglob("*.py"))
        named = 'notes = ["sources", "notes"]'
        (tmp_path / "mine.toml").write_text(f"[tool.codeable]\n{named}\n")
        (tmp_path / "pyproject.toml").unlink()
        (tmp_path / "pyproject.toml").symlink_to("mine.toml")
        self.build(tmp_path, paths)
        assert set(load_folder(tmp_path).settings.notes) == {"sources", "notes"}

    @pytest.mark.parametrize("key", ["models", "sources"])
    @pytest.mark.parametrize("folders", [[], ["."], ["class"], ["a b"], ["models/a.py"]])
    def test_settings_without_a_folder_for_modules_are_refused(
        self, tmp_path: Path, key: str, folders: list[str]
    ) -> None:
        (tmp_path / "pyproject.toml").write_text(f"[tool.codeable]\n{key} = {folders}\n")
        (tmp_path / "models").mkdir()
        (tmp_path / "models" / "a.py").write_text("x = 1\n")
        notes = self.written(tmp_path, "notes/s_1.md")
        with pytest.raises(CodeableError, match=f'{key} names no folder.* such as "{key}"'):
            self.build(tmp_path, notes)
        if all((tmp_path / each).exists() for each in folders):
            (tmp_path / "pyproject.toml").write_text(f"[tool.codeable]\n{key} = {[key, *folders]}\n")
            self.build(tmp_path, notes)

    def test_a_new_name_is_written_as_python_reads_it(self, tmp_path: Path) -> None:
        (tmp_path / "pyproject.toml").write_text('[tool.codeable.renames]\nc1 = "ﬁle"\n', encoding="utf-8")
        self.build(tmp_path, self.written(tmp_path, "sources/s_1.md"))
        assert 'file = CClass(force, "C1")' in (tmp_path / "models" / "other_codes.py").read_text("utf-8")

    def test_an_order_of_notes_that_are_not_built_yet_is_no_fault(self, tmp_path: Path) -> None:
        (tmp_path / "pyproject.toml").write_text('[tool.codeable]\norder = ["s2", "s1"]\n')
        assert load_folder(tmp_path).settings.order == ("s2", "s1")


class TestConflicts:
    def test_a_conflict_in_a_module_is_named(self, study: Path) -> None:
        (study / "models" / "broken.py").write_text("a = 1\n<<<<<<< a\nb = 1\n=======\nb = 2\n>>>>>>> b\n")
        with pytest.raises(CodeableError, match=r"broken\.py:2: merge conflict not resolved, lines 2–6"):
            built(study, FIRST)


def test_a_reference_that_becomes_a_code_moves_to_the_models(tmp_path: Path) -> None:
    built(tmp_path, note(1, 'r = CClass(reference, "R")'))
    loaded(tmp_path, note(1, 'r = CClass(category, "R")', 'a = CClass(practice, "A", superclasses=[r])'))
    text = (tmp_path / "models" / "other_codes.py").read_text()
    assert "r = CClass(category" in text
    assert "a = CClass(practice" in text
