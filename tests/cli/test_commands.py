"""The commands list and init, as they are called."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import codeable
from codeable.notes import read_note
from tests.cli.running import on_a_terminal, run
from tests.studies import SMALL, write_study

EXPECTED = Path(__file__).parent / "expected"
COMPONENTS = """
    from codeable.dsl import *
    from codeable.metamodels.microservice_components import *
    from codeable.metamodels.deployment import deployment_relation, device

    orders = CClass(component, "Orders", stereotype_instances=service)
    broker = CClass(component, "Broker", stereotype_instances=[message_broker, replicated])
    rack = CClass(device, "The Rack")
    orders.add_links(broker, role_name="target", label="orders", stereotype_instances=publisher,
        tagged_values={"publishes": ["placed", "paid"]})
    add_links({orders: rack}, association=deployment_relation)
    """
HOSTILE = "bad\\x1b[2J\\x07\\u202ename"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


class TestList:
    def test_sources_decisions_options_and_codes_are_listed_with_their_evidence(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        write_study(Path(), {**SMALL, "pyproject.toml": '[project]\nname = "small"'})
        assert run("list") == 0
        assert capsys.readouterr().out == (EXPECTED / "list.txt").read_text("utf-8")

    def test_another_folder_is_listed_by_its_name(self, capsys: pytest.CaptureFixture[str]) -> None:
        write_study(Path("other"))
        assert run("list", "-C", "other") == 0
        assert capsys.readouterr().out.startswith("other\n")

    def test_it_is_listed_as_json(self, capsys: pytest.CaptureFixture[str]) -> None:
        write_study(Path(), {**SMALL, "pyproject.toml": '[project]\nname = "small"'})
        assert run("list", "--format", "json") == 0
        assert capsys.readouterr().out == (EXPECTED / "list.json").read_text("utf-8")

    @pytest.mark.parametrize(
        ("what", "identifiers"),
        [
            ("sources", ["s6", "s14"]),
            ("decisions", ["infrastructure_decision"]),
            ("patterns", ["orchestration"]),
            ("bundles", []),
        ],
    )
    def test_one_list_is_chosen(
        self, what: str, identifiers: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        write_study(Path())
        run("list", what, "--format", "json")
        listed = json.loads(capsys.readouterr().out)
        assert listed.keys() == {"study", what}
        assert [each["identifier"] for each in listed[what]] == identifiers
        run("list", what)
        shown = capsys.readouterr().out
        assert (f"{what.capitalize()} ({len(identifiers)})" if identifiers else f"no {what}") in shown

    @pytest.mark.parametrize("columns", [40, 60, 80, 200])
    def test_lines_fit_the_terminal(
        self, columns: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        on_a_terminal(monkeypatch, columns)
        monkeypatch.setenv("NO_COLOR", "1")
        text = """
            from codeable.dsl import *
            d = CClass(decision, "A question that is quite long and needs more than one line to be asked?")
            p = CClass(practice, "A practice whose name is long, with more words, and a word " + "x" * 90)
            add_decision_option_link(d, p, "What choosing it means, told at some length, so that it wraps")
            made = [CClass(source, f"s{i}", values={"title": f"Title {i} " * 12}) for i in range(60)]
            add_links({p: made}, role_name="evidence")
            """
        write_study(Path(), {"models/a.py": text})
        assert run("list") == 0
        assert max(map(len, capsys.readouterr().out.splitlines())) <= columns

    def test_control_characters_in_names_do_not_reach_the_terminal(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        text = f"""
            from codeable.dsl import *
            x = CClass(practice, "{HOSTILE}")
            d = CClass(decision, "{HOSTILE} d")
            """
        write_study(Path(), {"models/a.py": text})
        run("list")
        run("list", "--format", "json")
        run("show", "x")
        run("show", "x", "--format", "json")
        run("show", "bad\x1b[2J\x07\u202enam")
        shown = capsys.readouterr()
        assert not set("\x1b\x07\u202e") & set(shown.out + shown.err)
        assert "bad\\x1b[2J" in shown.out
        assert "bad\\x1b[2J" in shown.err

    def test_a_study_of_components_is_listed_by_stereotypes_and_links(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        write_study(Path(), {"models/shop.py": COMPONENTS, "pyproject.toml": '[project]\nname = "shop"'})
        assert run("list") == 0
        assert capsys.readouterr().out == (
            "shop\n\nClasses (3)\n"
            "  broker  Component  1 link   «Message Broker» «Replicated»\n"
            "  orders  Component  2 links  «Service»\n"
            "  rack    Device     1 link   -                              The Rack\n"
        )
        run("list", "classes", "--format", "json")
        first, *_ = json.loads(capsys.readouterr().out)["classes"]
        assert first == {
            "identifier": "broker",
            "name": "Broker",
            "metaclass": "Component",
            "stereotypes": ["Message Broker", "Replicated"],
            "links": 1,
        }

    def test_a_component_is_shown_with_its_links(self, capsys: pytest.CaptureFixture[str]) -> None:
        write_study(Path(), {"models/shop.py": COMPONENTS})
        assert run("show", "orders") == 0
        shown = capsys.readouterr().out
        assert "stereotypes     Service\n" in shown
        assert "links           Publisher, to broker (Broker): orders (publishes: placed, paid)\n" in shown
        assert "                deployed on, to rack (The Rack)\n" in shown
        assert run("show", "rack") == 0
        assert "links           deployed on, from orders (Orders)\n" in capsys.readouterr().out
        run("show", "broker", "--format", "json")
        assert json.loads(capsys.readouterr().out)["links"] == [
            {
                "source": "orders",
                "target": "broker",
                "association": "connected to",
                "stereotypes": "Publisher",
                "label": "orders",
                "values": "publishes: placed, paid",
            }
        ]

    def test_stereotypes_without_a_name_are_not_listed_and_truth_is_yes_or_no(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        text = """
            from codeable.dsl import *
            from codeable.metamodels.component import *
            mark = CStereotype(extended=component)
            kind = CStereotype("Call", extended=connectors_relation, attributes={"secure": bool})
            a = CClass(component, "A", stereotype_instances=mark)
            b = CClass(component, "B")
            a.add_links(b, role_name="target", stereotype_instances=kind, tagged_values={"secure": True})
            """
        write_study(Path(), {"models/a.py": text})
        run("list")
        run("show", "a")
        shown = capsys.readouterr().out
        assert "None" not in shown
        assert "links           Call, to b (B): (secure: yes)\n" in shown

    def test_a_study_that_declares_nothing_says_so(self, capsys: pytest.CaptureFixture[str]) -> None:
        write_study(Path(), {"models/a.py": ""})
        assert run("list") == 0
        assert "It declares nothing yet." in capsys.readouterr().out

    def test_a_folder_without_a_study_is_told_without_a_traceback(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run("list") == 2
        assert capsys.readouterr().err.endswith("`codeable init` starts a study there\n")

    def test_a_broken_module_is_told_without_a_traceback(self, capsys: pytest.CaptureFixture[str]) -> None:
        write_study(Path(), {"models/a.py": "x = 1/0"})
        assert run("list") == 1
        assert capsys.readouterr().err == "models/a.py:1: ZeroDivisionError: division by zero\n    x = 1/0\n"


@pytest.mark.parametrize("words", [["list"], ["show", "x"], ["check"], ["render"]])
def test_a_value_that_ends_the_program_is_no_success(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    text = """
        from codeable.dsl import *
        class Leaving(str):
            def leave(self, *_): raise SystemExit(0)
            __str__ = __format__ = isprintable = encode = translate = replace = split = leave
        x = CClass(decision, Leaving("x"))
        """
    write_study(Path(), {"models/a.py": text})
    assert run(*words) == 1
    assert capsys.readouterr().err == ("a value in the study ends the program (SystemExit) when it is read\n")


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    "words", [["list"], ["show", "k8s"], ["check", "--rules"], ["list", "--format", "json"]]
)
def test_a_reader_that_went_away_ends_a_command_without_a_word(words: list[str]) -> None:
    write_study(Path())
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "codeable", *words], stdout=writer, stderr=subprocess.PIPE, check=False
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, b"")


class TestCheck:
    def test_a_study_above_is_checked_with_its_notes(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write_study(Path())
        monkeypatch.chdir("models")
        assert run("check") == 0
        told = capsys.readouterr()
        assert " in 0 notes and 4 modules\n" in told.out
        above, following = told.err.splitlines()
        assert above == f"study: {Path.cwd().parent}"
        assert following.startswith(f"Next: codeable render -C {Path.cwd().parent}  ")

    @pytest.mark.parametrize("words", [["study"], ["-C", "study"], ["--study", "study"]])
    def test_a_study_is_named_by_its_folder(
        self, words: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        write_study(Path("study"))
        assert run("check", *words) == 0
        assert " in 0 notes and 4 modules\n" in capsys.readouterr().out

    def test_before_the_first_build_the_notes_are_checked_on_their_own(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        run("init")
        run("notes", "new", "s1", "--title", "First")
        with Path("sources/s_1.md").open("a") as note:
            note.write(
                "\n> Text.\n\n**AXIAL CODING TRACE:**\n```python\nspeed = CClass(force, 'Speed')\n```\n"
            )
        capsys.readouterr()
        run("check")
        shown = capsys.readouterr().out
        assert "C404" in shown
        assert "C501" not in shown

    def test_the_rules_are_listed_one_on_a_line(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("check", "--rules") == 0
        lines = capsys.readouterr().out.splitlines()
        assert all(re.match(r"C\d{3}  (error|warning|info) ", line) for line in lines)
        assert lines == sorted(lines)


@pytest.mark.parametrize(
    "words", [["check"], ["init"], ["list"], ["render"], ["notes", "list"], ["compat", "run"], ["convert"]]
)
def test_an_empty_name_is_not_the_current_folder(words: list[str]) -> None:
    write_study(Path())
    before = sorted(Path().rglob("*"))
    assert run(*words, "") == 2
    assert sorted(Path().rglob("*")) == before


@pytest.mark.parametrize(
    "words", [["list"], ["check"], ["show", "k8s"], ["render"], ["engines"], ["notes", "list"]]
)
def test_every_command_names_its_study_in_one_way(
    words: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("codeable.cli.engines.engine_states", lambda *_: ())  # to ask PlantUML takes seconds
    write_study(Path("study"))
    assert run(*words, "-C", "study") == 0
    assert run(*words, "--study", "missing") == 2
    assert run(*words, "--study", "") == 2
    assert "the path is empty" in capsys.readouterr().err


class TestInit:
    @pytest.mark.parametrize("name", ["models", "sources", "pyproject.toml"])
    def test_nothing_is_written_through_a_link_that_leads_nowhere(
        self, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "study").mkdir()
        (tmp_path / "study" / name).symlink_to(tmp_path / "nowhere")
        assert run("init", str(tmp_path / "study")) == 2
        assert name in capsys.readouterr().err
        assert [path.name for path in (tmp_path / "study").iterdir()] == [name]
        assert not (tmp_path / "nowhere").exists()

    def test_an_empty_folder_becomes_a_study_with_an_empty_note(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run("init") == 0
        study = codeable.load()
        assert (list(study), study.check().diagnostics) == ([], ())
        assert read_note("sources/s_.md").is_template
        assert sorted(path.name for path in Path().iterdir()) == [
            "diagrams",
            "models",
            "pyproject.toml",
            "sources",
        ]
        assert "Next: codeable notes new s1 " in capsys.readouterr().out
        assert run("check") == 0
        assert capsys.readouterr().err.startswith("Next: codeable notes new s1 ")

    def test_the_settings_have_an_example_of_a_figure_that_can_be_drawn(self) -> None:
        run("init")
        settings = Path("pyproject.toml")
        started = settings.read_text("utf-8")
        example = started[started.index("# [tool.codeable.figures.") :]
        settings.write_text(started + example.replace("# ", ""), "utf-8")
        Path("models/storage.py").write_text(
            "from codeable.dsl import *\n"
            "storage_decision = CClass(decision, 'Where?')\n"
            "add_decision_option_link(storage_decision, CClass(practice, 'Store'), 'Keep files')\n",
            "utf-8",
        )
        assert run("render", "--figure", "storage") == 0
        assert Path("paper/figures/storage.pdf").read_bytes().startswith(b"%PDF-")

    def test_the_first_source_follows_with_nothing_in_its_way(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        run("init")
        assert run("notes", "new", "s1", "--title", "The first one", "--url", "https://e.org/1") == 0
        assert run("notes", "build") == 0
        assert codeable.load().sources.names == ["s1"]
        assert run("notes", "new", "s2", "--title", "The second one") == 0
        assert run("notes", "build") == 0
        assert codeable.load().sources.names == ["s1", "s2"]
        assert run("render") == 0

    def test_a_folder_that_is_not_there_is_made(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("init", "deep/My Study") == 0
        assert codeable.load("deep/My Study").name == "my-study"
        assert "codeable notes new s1 -C 'deep/My Study'" in capsys.readouterr().out

    def test_a_folder_that_looks_like_an_option_is_told_so_that_the_next_command_finds_it(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run("init", "--", "-x") == 0
        assert "codeable notes new s1 -C -x " in capsys.readouterr().out

    def test_a_git_folder_with_a_readme_becomes_a_study(self) -> None:
        write_study(Path(), {".git/HEAD": "ref: refs/heads/main", "README.md": "# Mine", "LICENSE": "x"})
        assert run("init") == 0
        assert Path("README.md").read_text() == "# Mine"
        assert codeable.load().settings.notes == ()

    def test_settings_that_are_there_are_left_alone(self) -> None:
        write_study(Path(), {"pyproject.toml": '[project]\nname = "mine"\n'})
        assert run("init") == 0
        assert Path("pyproject.toml").read_text() == '[project]\nname = "mine"\n'
        assert codeable.load().name == "mine"

    @pytest.mark.parametrize(
        ("files", "told"),
        [
            ({"models/a.py": ""}, "has models/ already"),
            ({"sources": ""}, "has sources already"),
            ({"sources/s1.py": "", "sources/s1.md": "# s 1"}, "has sources/ already"),
            ({"diagrams/a.svg": ""}, "has diagrams/ already"),
            ({"pyproject.toml": "[tool.codeable]"}, "holds a study already"),
        ],
    )
    def test_nothing_is_overwritten(
        self, files: dict[str, str], told: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        write_study(Path(), files)
        before = sorted(Path().rglob("*"))
        assert run("init") == 2
        assert told in capsys.readouterr().err
        assert sorted(Path().rglob("*")) == before

    def test_a_second_time_changes_nothing(self) -> None:
        assert run("init") == 0
        before = {path: path.stat().st_mtime_ns for path in Path().rglob("*")}
        assert run("init") == 2
        assert {path: path.stat().st_mtime_ns for path in Path().rglob("*")} == before

    def test_a_file_in_the_place_of_the_folder_is_told(self, capsys: pytest.CaptureFixture[str]) -> None:
        Path("file").write_text("")
        assert run("init", "file/sub") == 2
        assert "file is a file; a study is started in a folder" in capsys.readouterr().err

    def test_a_folder_that_cannot_be_written_is_told_and_left_as_it_was(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        move = Path.replace

        def move_until_full(path: Path, target: Path) -> Path:
            if path.name.startswith(".s_.md"):
                raise OSError(28, "No space left on device")
            return move(path, target)

        monkeypatch.setattr(Path, "replace", move_until_full)
        assert run("init") == 1
        assert "cannot be written into" in capsys.readouterr().err
        assert not [path for path in Path().rglob("*") if path.is_file()]
        monkeypatch.setattr(Path, "replace", move)
        assert run("init") == 0

    def test_a_folder_that_cannot_be_looked_into_is_told(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(path: Path) -> bool:
            raise PermissionError(13, "Permission denied", str(path))

        monkeypatch.setattr(Path, "exists", refuse)
        assert run("init", "locked/study") == 2
        assert capsys.readouterr().err == "a study cannot be started in locked/study: Permission denied\n"


class TestInitFromNotes:
    """`codeable init` in a folder that holds field notes."""

    NOTE = """
        # s 1
        ## title
        First
        # coding

        > Keep files.

        **AXIAL CODING TRACE:**
        ```python
        storage_decision = CClass(decision, "Where is the data kept?")
        object_store = CClass(practice, "Object Store")
        add_decision_option_link(storage_decision, object_store, "Keep files")
        ```
        """

    @pytest.mark.parametrize(
        ("path", "setting"),
        [
            ("sources/s_1.md", ()),
            ("notes/s_1.md", ("notes",)),
            ("field notes/anna/s_1.md", ("field notes",)),
            ("s_1.md", ("*.md",)),
        ],
    )
    def test_the_study_is_built_from_them(
        self, path: str, setting: tuple[str, ...], capsys: pytest.CaptureFixture[str]
    ) -> None:
        write_study(Path(), {path: self.NOTE, "README.md": "# Read me"})
        assert run("init") == 0
        shown = capsys.readouterr().out
        assert shown.startswith(f"Started a study in {Path.cwd()}:\n")
        assert "1 source, 1 decision" in shown
        study = codeable.load()
        assert study.settings.notes == setting
        assert [one.text for one in study.passages_of("object_store")] == ["Keep files."]
        assert study.options_of("storage_decision")[0].text == "Keep files"
        assert not Path("sources/s_.md").exists()

    def test_pages_that_are_no_notes_are_not_named(self) -> None:
        write_study(Path(), {"s_1.md": self.NOTE, "protocol.md": "# How we code", "s_.md": "# s\n## title"})
        assert run("init") == 0
        assert codeable.load().settings.notes == ("s_.md", "s_1.md")

    def test_the_notes_of_another_study_are_left_to_it(self) -> None:
        write_study(Path(), {"other/sources/s_1.md": self.NOTE, "other/pyproject.toml": "[tool.codeable]"})
        assert run("init") == 0
        assert Path("sources/s_.md").is_file()
        assert codeable.load().sources.names == []

    def test_an_empty_note_of_ones_own_is_the_form(self) -> None:
        write_study(Path(), {"sources/s_.md": "# s\n## mood\n"})
        assert run("init") == 0
        assert Path("sources/s_.md").read_text() == "# s\n## mood\n"
        assert run("notes", "new", "s1") == 0
        assert Path("sources/s_1.md").read_text() == "# s 1\n## mood\n"


def test_the_module_is_the_console_script() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "codeable", "list", "-C", "missing"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert "there is no folder" in done.stderr


def test_a_diagnostic_goes_on_further_in_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    on_a_terminal(monkeypatch, 50)
    monkeypatch.setenv("NO_COLOR", "1")
    text = "from codeable.dsl import *\nlong_pattern_name = CClass(pattern, 'Long')\n"
    write_study(Path(), {"models/a.py": text})
    assert run("check", "--select", "C407") == 0
    heading, first, *others, blank, last = re.sub(r"\x1b\[\d*m", "", capsys.readouterr().out).splitlines()
    assert (heading, blank) == ("Warnings", "")
    assert first.startswith("models/a.py:2:1: warning C407 ")
    assert all(line.startswith("    ") for line in others)
    assert last.startswith("0 errors, 1 warning")
