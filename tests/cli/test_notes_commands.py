"""The commands notes list, notes show and notes build, as they are called."""

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.cli.running import run

EXPECTED = Path(__file__).parent / "expected"
DATA = Path(__file__).parents[1] / "notes" / "data"
MODELS = '''"""A model."""

from codeable.dsl import *

routing_decision = CClass(decision, "How are calls routed?")
api_gateway = CClass(pattern, "API Gateway")
latency = CClass(force, "Latency")
add_decision_option_link(routing_decision, api_gateway, "Send every call through one door")
add_force_relations({api_gateway: {latency: negative}})
'''
SOURCES = '''"""Sources."""

from codeable.dsl import *
from models.routing import *

s3 = CClass(source, "s3", values={"title": "Gateways in front of many services"})
s5 = CClass(source, "s5", values={"title": "A source without a note"})
add_links({s3: [api_gateway, routing_decision], s5: [api_gateway]}, role_name="contained_code")
'''


@pytest.fixture(autouse=True)
def _study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("models", "sources"):
        Path(folder).mkdir()
    Path("models/routing.py").write_text(MODELS)
    Path("sources/all.py").write_text(SOURCES)
    for name in ("p_2", "s_3", "s_12"):
        shutil.copy(DATA / f"{name}.md", "sources")
    Path("pyproject.toml").write_text('[tool.codeable.renames]\nold_gateway = "api_gateway"\n')


class TestNotesList:
    def test_every_note_is_told_on_one_line(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("notes", "list") == 0
        assert capsys.readouterr().out == (EXPECTED / "notes_list.txt").read_text("utf-8")

    def test_coders_are_listed_where_there_are_some(self, capsys: pytest.CaptureFixture[str]) -> None:
        Path("sources/s_8.md").write_text("# s 8\n## coder\nanna\n## title\nMore\n# coding\n")
        assert run("notes", "list") == 0
        lines = [line.split() for line in capsys.readouterr().out.splitlines()]
        assert lines[0][:2] == ["source", "coder"]
        assert ["s8", "anna"] in [line[:2] for line in lines]

    def test_a_folder_of_notes_can_be_named(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("notes", "list", str(DATA)) == 0
        assert capsys.readouterr().out.splitlines()[-1] == "3 notes, and the empty one for new notes"

    def test_a_study_without_notes_is_told_where_they_would_be(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        for path in Path("sources").glob("*.md"):
            path.unlink()
        assert run("notes", "list") == 0
        assert "*.md beside the sources" in capsys.readouterr().out

    def test_a_missing_file_is_an_error(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("notes", "list", "nowhere.md") == 2
        assert "nowhere.md" in capsys.readouterr().err


class TestNotesShow:
    def test_a_note_is_shown_with_all_that_it_holds(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("notes", "show", "s3") == 0
        shown, _, findings = capsys.readouterr().out.rpartition("\n\n")
        assert shown + "\n" == (EXPECTED / "notes_show.txt").read_text("utf-8")
        assert "27:5  warning C204 " in findings

    def test_a_note_can_be_named_by_its_file(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("notes", "show", str(DATA / "p_2.md")) == 0
        assert capsys.readouterr().out.startswith("p2  Interview with an operator\n")

    def test_a_file_of_the_study_is_compared_with_the_study(self, capsys: pytest.CaptureFixture[str]) -> None:
        run("notes", "show", "s3")
        by_name = capsys.readouterr().out
        assert run("notes", "show", str(Path("sources/s_3.md").absolute())) == 0
        assert capsys.readouterr().out == by_name

    def test_an_unknown_source_is_an_error_with_the_nearest(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("notes", "show", "s33") == 2
        assert "did you mean 's3'" in capsys.readouterr().err

    def test_two_notes_about_one_source_have_to_be_told_apart(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        shutil.copy("sources/s_3.md", "sources/again.md")
        assert run("notes", "show", "s3") == 2
        assert "name the file" in capsys.readouterr().err

    def test_a_study_that_does_not_load_still_shows_its_notes(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        Path("models/routing.py").write_text("1/0\n")
        assert run("notes", "show", "s3") == 0
        assert "Gateways" in capsys.readouterr().out

    def test_hostile_text_cannot_steer_the_terminal(self, capsys: pytest.CaptureFixture[str]) -> None:
        Path("sources/s_9.md").write_text(
            "# s 9\n## title\nred\x1b[31m\n## odd\x1b[2J\u202efield\nvalue\n"
            "# coding\n**OPEN CODING TRACE:**\n\x07\n"
        )
        assert run("notes", "show", "s9") == 0
        assert run("notes", "list") == 0
        out = capsys.readouterr().out
        assert not set("\x1b\x07\u202e") & set(out)
        assert "odd\\x1b[2j\\u202efield" in out


class TestNotesMemos:
    NOTE = """\
# s 9
## coder
anna

# coding

> Files are cheap.

**OPEN CODING TRACE:**
New option: object_store

**MEMO (kinds):** Is object_store a *practice* at all?
Ask Ben.

**AXIAL CODING TRACE:**
```python
object_store = CClass(practice, "Object Store", values={"memo": "Too broad?"})
```
"""

    def test_memos_are_listed_with_place_coder_and_codes(self, capsys: pytest.CaptureFixture[str]) -> None:
        Path("sources/s_9.md").write_text(self.NOTE)
        assert run("notes", "memos") == 0
        assert (
            capsys.readouterr().out
            == """\
s9  sources/s_9.md:12  by anna  object_store  (kinds)
  Is object_store a *practice* at all?
  Ask Ben.

s9  sources/s_9.md:17  by anna  object_store
  Too broad?

2 memos
"""
        )

    def test_they_are_listed_as_json(self, capsys: pytest.CaptureFixture[str]) -> None:
        Path("s_9.md").write_text(self.NOTE)
        assert run("notes", "memos", "s_9.md", "--format", "json") == 0
        (first, second) = json.loads(capsys.readouterr().out)["memos"]
        assert first == {
            "source": "s9",
            "coder": "anna",
            "file": "s_9.md",
            "line": 12,
            "codes": ["object_store"],
            "title": "kinds",
            "text": "Is object_store a *practice* at all?\nAsk Ben.",
        }
        assert (second["line"], second["text"]) == (17, "Too broad?")

    def test_a_study_without_memos_says_what_one_is(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("notes", "memos") == 0
        assert "**MEMO:**" in capsys.readouterr().out

    def test_a_note_shows_its_memos_among_its_traces(self, capsys: pytest.CaptureFixture[str]) -> None:
        Path("sources/s_9.md").write_text(self.NOTE)
        run("notes", "show", "s9")
        lines = capsys.readouterr().out.splitlines()
        assert "  sources/s_9.md  coded by anna" in lines
        assert "2 traces, 1 memo" in lines
        assert any(
            re.match(r" +12-13 +memo +Is object_store a \*practice\* at all\? Ask Ben\.", line)
            for line in lines
        )


class TestNotesBuild:
    def test_files_and_what_was_left_out_are_told(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("notes", "build", "sources", "--out", "built") == 1
        said, next_ = capsys.readouterr()
        assert "models/routing_decision.py  written\n" in said
        assert "'circuit_breaker'" in said
        assert "statements left out\n" in said
        assert next_.startswith("Next: codeable check -C built ")

    def test_everything_that_check_says_a_build_loses_is_lost(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        run("notes", "build", "sources", "--out", "built")
        lost = re.search(r"; (\d+) statements left out", capsys.readouterr().out)
        assert lost is not None
        run("check", "-C", "built", "--format", "json")
        found = json.loads(capsys.readouterr().out)["diagnostics"]
        assert sum(len(one["loses"]) for one in found) == int(lost[1])

    def test_a_second_run_says_that_nothing_changed(self, capsys: pytest.CaptureFixture[str]) -> None:
        run("notes", "build", "sources", "--out", "built")
        capsys.readouterr()
        run("notes", "build", "-C", "built")
        assert "0 files written, 6 unchanged" in capsys.readouterr().out

    def test_a_difference_is_shown_and_nothing_written(self, capsys: pytest.CaptureFixture[str]) -> None:
        run("notes", "build", "sources", "--out", "built", "--diff")
        assert "+++ b/models/routing_decision.py" in capsys.readouterr().out
        assert not Path("built").exists()

    def test_what_was_edited_by_hand_stays_and_what_the_notes_say_is_told(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        run("notes", "build", "sources", "--out", "built")
        path = Path("built/models/routing_decision.py")
        path.write_text(path.read_text().replace("How are calls routed?", "By which way?"))
        edited = path.read_text()
        run("notes", "build", "-C", "built")
        assert "By which way?" in path.read_text()
        note = Path("sources/s_3.md")
        note.write_text(note.read_text().replace("How are calls routed?", "Where do calls go?"))
        capsys.readouterr()
        run("notes", "build", "-C", "built")
        assert path.read_text() == edited
        assert (
            "the note of s3 says 'Where do calls go?', the module 'By which way?'" in capsys.readouterr().out
        )
        run("notes", "build", "-C", "built", "--force")
        assert "Where do calls go?" in path.read_text()
        assert path.with_name("routing_decision.py.bak").read_text() == edited

    def test_what_would_change_is_counted_beside_the_difference(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        run("notes", "build")
        capsys.readouterr()
        assert run("notes", "build", "--diff") == 1
        said, beside = capsys.readouterr()
        assert said == ""
        assert re.fullmatch(r"nothing would change; \d+ statements left out, see `codeable check`\n", beside)

    def test_a_build_beside_modules_made_by_hand_adds_what_they_lack(self) -> None:
        before = Path("models/routing.py").read_text()
        run("notes", "build")
        after = Path("models/routing.py").read_text().splitlines()
        assert [line for line in before.splitlines() if line not in after] == []
        assert run("list") == 0

    def test_files_that_are_no_notes_are_an_error(self, capsys: pytest.CaptureFixture[str]) -> None:
        Path("readme.md").write_text("# Read me\n")
        assert run("notes", "build", "readme.md", "--out", "built") == 1
        assert "readme.md: it has no heading" in capsys.readouterr().err

    def test_out_has_to_be_a_folder(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("notes", "build", "sources", "--out", "pyproject.toml") == 2
        assert "pyproject.toml is a file" in capsys.readouterr().err

    def test_without_notes_there_is_nothing_to_build(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("notes", "build", "--out", "built") == 1
        assert "no field note of a source is there" in capsys.readouterr().err

    @pytest.mark.parametrize("words", [["-C", "built"], ["--study", "built"]])
    def test_a_study_that_was_built_is_named_as_in_every_command(
        self, words: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        run("notes", "build", "sources", "--out", "built")
        capsys.readouterr()
        run("notes", "build", "sources", *words)
        assert "0 files written, 6 unchanged" in capsys.readouterr().out

    def test_without_a_study_the_one_above_is_built(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        run("notes", "build", "sources", "--out", "built")
        monkeypatch.chdir("built/models")
        capsys.readouterr()
        run("notes", "build", "../../sources")
        assert "0 files written, 6 unchanged" in capsys.readouterr().out

    def test_a_folder_without_a_study_is_not_written_into(self, capsys: pytest.CaptureFixture[str]) -> None:
        Path("empty").mkdir()
        assert run("notes", "build", "sources", "-C", "empty") == 2
        assert "--out DIR makes a new one" in capsys.readouterr().err

    def test_one_folder_is_named(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("notes", "build", "sources", "-C", ".", "--out", "built") == 2
        assert "give one of them" in capsys.readouterr().err
