"""A rename changes every place of a name and nothing else, or nothing at all, with the reason."""

from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from codeable.names.modules import Module
from codeable.names.renaming.answers import answers_of
from codeable.names.renaming.named_study import NamedStudy
from codeable.names.renaming.refusals import RenameRefusedError
from codeable.names.renaming.rename import planned_rename
from codeable.names.renaming.settings_edits import settings_edits
from codeable.notes import read_text
from codeable.notes.decoding import edited
from codeable.settings import Settings
from tests.names.studies import (
    HEAD,
    MODEL,
    NOTE,
    SETTINGS,
    SOURCE,
    STUDY,
    carried_out,
    files_in,
    study_in,
    written,
)
from tests.notes.test_building import note
from tests.notes.test_building_random import slipped

USED_IN_FUNCTION = "from models.a import *\ndef f(event_bus): return bus\n"


class TestRewritten:
    def test_every_place_has_the_new_name_and_every_other_byte_stays(self, tmp_path: Path) -> None:
        study = written(tmp_path, STUDY)
        plan = planned_rename("bus", "event_bus", study)
        expected = {name: replaced(text.encode()).decode() for name, text in STUDY.items()}
        assert carried_out(plan, study) == expected
        assert expected["models/a.py"].count("event_bus") == 3
        assert len(plan.edits) == 13
        assert plan.left == ()

    @pytest.mark.parametrize("notes", ["rewritten", "kept"])
    def test_the_study_says_the_same_and_back_it_has_the_same_bytes(self, notes: str, tmp_path: Path) -> None:
        study = written(tmp_path, STUDY)
        before, said = files_in(tmp_path), answers_of(study.registry, {"bus": "event_bus"})
        carried_out(planned_rename("bus", "event_bus", study, notes=notes), study)
        renamed = study_in(tmp_path)
        assert answers_of(renamed.registry) == said
        carried_out(planned_rename("event_bus", "bus", renamed, notes=notes), renamed)
        assert files_in(tmp_path) == before

    def test_the_way_in_which_a_file_is_written_stays(self, tmp_path: Path) -> None:
        files = {
            "models/a.py": b"\xef\xbb\xbf" + MODEL.replace("\n", "\r\n").encode(),
            "sources/s_1.md": NOTE.replace("fast", "naïve").replace("\n", "\r\n").encode("cp1252"),
            "pyproject.toml": SETTINGS.replace("\n", "\r\n").encode("utf-8-sig"),
        }
        study = written(tmp_path, STUDY | files)
        before = files_in(tmp_path)
        carried_out(planned_rename("bus", "event_bus", study), study)
        after = files_in(tmp_path)
        assert all(after[name] == replaced(data) for name, data in before.items() if name in files)

    def test_a_name_in_an_unusual_form_is_the_same_name(self, tmp_path: Path) -> None:
        files = {"models/a.py": MODEL.replace("bus = ", "ﬁle = bus = "), "pyproject.toml": ""}
        study = written(tmp_path, STUDY | files)
        assert "data = bus = " in carried_out(planned_rename("file", "data", study), study)["models/a.py"]

    def test_places_that_stay_are_told_with_the_reason(self, tmp_path: Path) -> None:
        broken = "\n**AXIAL CODING TRACE:**\n```python\nadd_decision_option_link(how, bus, 'the bus)\n```\n"
        files = {"models/a.py": MODEL + 'x = ["bus"]\n', "sources/s_1.md": NOTE + broken}
        study = written(tmp_path, STUDY | files)
        plan = planned_rename("bus", "event_bus", study)
        assert [str(one).replace(f"{tmp_path}/", "") for one in plan.left] == [
            "sources/s_1.md:31: 'bus' is in a string that is not closed",
            "models/a.py:10: the string 'bus' is no code",
        ]
        assert "(how, event_bus, 'the bus)" in carried_out(plan, study)["sources/s_1.md"]

    def test_a_module_named_after_the_code_keeps_its_name(self, tmp_path: Path) -> None:
        files = {"models/bus.py": MODEL, "sources/s1.py": SOURCE.replace("models.a", "models.bus")}
        study = written(tmp_path, {**files, "sources/s_1.md": NOTE})
        plan = planned_rename("bus", "event_bus", study)
        assert plan.messages == ("bus.py keeps its name: imports name it",)
        assert "from models.bus import event_bus, how" in carried_out(plan, study)["sources/s1.py"]

    def test_a_name_that_prose_cannot_show_is_told(self, tmp_path: Path) -> None:
        memo = NOTE.replace("Is bus", "Is event_bus").replace("bus, queue", "event_bus, queue")
        study = written(tmp_path, {"sources/s_1.md": memo, "pyproject.toml": "[tool.codeable]\n"})
        plan = planned_rename("event_bus", "Bus2", study)
        assert [one.span.line for one in plan.left] == [11, 14]
        assert "Is Bus2 a queue?" in carried_out(plan, study)["sources/s_1.md"]


STAYS = (
    b"a_bus", b"omnibus", b"the bus", b"The bus", b"# bus", b"bus\r\n\r\n", b"bus\n\n", b"bus: a_", b"Is bus",
    b'"bus")', b'"bus"}',
)  # fmt: skip
"""Where `bus` is no identifier of the study."""


def replaced(data: bytes) -> bytes:
    """A file of the study with the new name."""
    for stays in STAYS:
        data = data.replace(stays, stays.replace(b"us", b"\0"))
    return data.replace(b"bus", b"event_bus").replace(b"\0", b"us")


class TestKept:
    def test_a_name_that_nothing_declares_is_refused(self, tmp_path: Path) -> None:
        note = NOTE + "\n**AXIAL CODING TRACE:**\n\n``` python\nnowhere\n```\n"
        study = written(tmp_path, STUDY | {"sources/s_1.md": note})
        assert planned_rename("nowhere", "somewhere", study).edits
        with pytest.raises(RenameRefusedError, match="'nowhere' is declared nowhere, so no entry"):
            planned_rename("nowhere", "somewhere", study, notes="kept")

    def test_a_name_that_only_the_text_of_a_module_declares_is_renamed(self, tmp_path: Path) -> None:
        note = NOTE + "\n**AXIAL CODING TRACE:**\n\n``` python\nqueue\n```\n"
        study = written(tmp_path, STUDY | {"sources/s_1.md": note})
        path, module = next(iter(study.modules.items()))
        edited = Module(path, f'{module.text}\nqueue = CClass(pattern, "Queue")\n')
        unsaved = evolve(study, modules={**study.modules, path: edited})
        plan = planned_rename("queue", "message_queue", unsaved, notes="kept")
        assert {Path(edit.path).name for edit in plan.edits} == {Path(path).name, "pyproject.toml"}

    def test_the_notes_stay_and_the_settings_lead_to_the_new_name(self, tmp_path: Path) -> None:
        study = written(tmp_path, STUDY)
        changed = carried_out(planned_rename("bus", "event_bus", study, notes="kept"), study)
        assert sorted(changed) == ["models/a.py", "pyproject.toml", "sources/s1.py"]
        assert (
            'omnibus = "event_bus"\nbus = "event_bus"\n\n[tool.codeable.figures.one]'
            in changed["pyproject.toml"]
        )
        assert study_in(tmp_path).names.current("omnibus") == "event_bus"

    def test_a_name_that_no_note_has_needs_no_entry(self, tmp_path: Path) -> None:
        study = written(tmp_path, STUDY)
        changed = carried_out(planned_rename("queue", "line", study, notes="kept"), study)
        assert list(changed) == ["models/a.py", "pyproject.toml"]
        study = study_in(tmp_path)
        assert list(carried_out(planned_rename("how", "how_to", study), study)) == [
            "models/a.py", "sources/s1.py", "sources/s_1.md", "pyproject.toml",
        ]  # fmt: skip

    def test_the_entry_is_written_as_the_settings_are(self) -> None:
        new = '[tool.codeable.renames]\nbus = "event_bus"\n'
        assert after("") == new
        assert after('[project]\nname = "x"') == f'[project]\nname = "x"\n\n{new}'
        for case in (Path(__file__).parent / "settings.txt").read_text("utf-8").split("\n======\n")[1:]:
            before, expected = case.rstrip("\n").split("------\n")
            assert after(before) == f"{expected}\n"
            assert after(before.replace("\n", "\r\n")) == f"{expected}\n".replace("\n", "\r\n")

    @pytest.mark.parametrize(
        "settings", ["x = ", "tool = 1", "tool.codeable = 1", "tool.codeable.renames = []"]
    )
    def test_settings_that_are_broken_are_left_alone(self, settings: str) -> None:
        assert settings_edits("a.toml", settings, {"bus": "event_bus"}, {"bus": "event_bus"}) is None


def after(before: str) -> str:
    """The settings after a rename that keeps the notes."""
    edits = settings_edits("a.toml", before, {"bus": "event_bus"}, {"bus": "event_bus"})
    assert edits is not None
    return edited(before, [one.change for one in edits])


class TestRefused:
    def test_the_message_says_why_and_what_to_do(self, tmp_path: Path) -> None:
        cases = (Path(__file__).parent / "refusals.txt").read_text("utf-8").split("\n\n")[1:]
        study = written(tmp_path, STUDY)
        for case in cases:
            (old, new), why = case.splitlines()[0].split(" → "), " ".join(case.splitlines()[1:])
            with pytest.raises(RenameRefusedError) as refusal:
                planned_rename(old, new, study)
            assert str(refusal.value).replace(f"{tmp_path}/", "") == why

    @pytest.mark.parametrize(
        ("name", "text", "why"),
        [
            (
                "models/b.py",
                HEAD + "bus = 1\n",
                "several modules have a 'bus' of their own: models/a.py:4 and ",
            ),
            ("models/b.py", HEAD + "event_bus = 1\n", "'event_bus' is taken: models/b.py:2 uses it for"),
            (
                "models/b.py",
                USED_IN_FUNCTION,
                "models/b.py uses the name 'event_bus' for something of its own",
            ),
            ("models/a.py", MODEL + "f'{bus} bus'\n", "models/a.py:10: 'bus' is in an f-string, beside text"),
            ("sources/s_2.md", "# s 2\n<<<<<<< a\n", "sources/s_2.md:2: "),
            ("sources/s_2.md", NOTE.replace("bus = C", "event_bus = C"), "'event_bus' is taken: pattern "),
        ],
    )
    @pytest.mark.sampled(1)
    def test_what_is_in_the_way_is_named_with_its_place(
        self, name: str, text: str, why: str, tmp_path: Path
    ) -> None:
        study = written(tmp_path, STUDY | {name: text})
        before = files_in(tmp_path)
        with pytest.raises(RenameRefusedError) as refusal:
            planned_rename("bus", "event_bus", study)
        assert str(refusal.value).replace(f"{tmp_path}/", "").startswith(why)
        assert files_in(tmp_path) == before

    def test_a_module_that_is_no_python_is_named(self, tmp_path: Path) -> None:
        study = written(tmp_path, STUDY)
        broken = NamedStudy(
            study.folder, study.settings, study.settings_text, study.notes, {"a.py": Module("a.py", "x = (")}
        )
        with pytest.raises(RenameRefusedError, match=r"a\.py is not Python; correct it first"):
            planned_rename("bus", "event_bus", broken)


@given(st.lists(slipped, max_size=7), st.sampled_from(["a", "b", "f", "d1"]))
def test_a_note_with_slips_is_the_same_again_after_a_rename_there_and_back(
    lines: list[str], old: str
) -> None:
    text = note(1, "a = CClass(practice, 'A')", *lines)

    def renamed(text: str, old: str, new: str) -> str | None:
        read = read_text(text, "s_1.md")
        study = NamedStudy(Path(), Settings(), "", (read,), {})
        try:
            return planned_rename(old, new, study).text_after("s_1.md", text)
        except RenameRefusedError:
            return None

    there = renamed(text, old, "a_new_name")
    if there is not None:
        assert renamed(there, "a_new_name", old) == text
