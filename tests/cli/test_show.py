"""The command show: everything that is known of one element, down to the passages of the notes."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import on_a_terminal, run
from tests.cli.test_notes_commands import DATA, MODELS, SOURCES
from tests.studies import SMALL, write_study

EXPECTED = Path(__file__).parent / "expected"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def _notes() -> None:
    renames = '[tool.codeable.renames]\nold_gateway = "api_gateway"\n'
    write_study(Path(), {"models/routing.py": MODELS, "sources/all.py": SOURCES, "pyproject.toml": renames})
    for name in ("p_2", "s_3", "s_12"):
        shutil.copy(DATA / f"{name}.md", "sources")


class TestModel:
    @pytest.mark.parametrize(
        "name",
        ["k8s", "infrastructure_decision", "s6", "orchestration", "k8s_uses_orchestration", "security"],
    )
    def test_all_that_is_known_is_shown(self, name: str, capsys: pytest.CaptureFixture[str]) -> None:
        write_study(Path())
        assert run("show", name) == 0
        assert capsys.readouterr().out == (EXPECTED / f"show_{name}.txt").read_text("utf-8")

    def test_a_display_name_and_another_folder_will_do(self, capsys: pytest.CaptureFixture[str]) -> None:
        write_study(Path("other"))
        assert run("show", "How can we manage the infrastructure?", "--study", "other") == 0
        assert "infrastructure_decision" in capsys.readouterr().out

    @pytest.mark.parametrize("name", ["k8", "infrastructure", "manage the"])
    def test_an_unknown_name_is_told_with_the_nearest(
        self, name: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        write_study(Path())
        assert run("show", name) == 2
        assert "did you mean " in capsys.readouterr().err

    def test_values_stereotypes_aliases_and_bundles_are_shown(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        text = """
            from codeable.dsl import *
            d = CClass(decision, "How?", values={"recommendation": "Ask"}, stereotype_instances=single_answer)
            again = d
            first_part = CBundle("First part", elements=[d])
            """
        write_study(Path(), {"models/a.py": text})
        run("show", "d")
        run("show", "first_part")
        shown = capsys.readouterr().out
        for line in (
            "  also called     again",
            "  stereotypes     Single Answers",
            "  values          recommendation: Ask",
            "  bundles         first_part (First part)",
            "first_part  'First part', bundle",
            "  elements        d (How?)",
            "  figures         first_part",
        ):
            assert line in shown.splitlines()

    def test_of_several_with_one_name_the_qualified_one_is_shown(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        text = "from codeable.dsl import *\nx = CClass(practice, {name!r})\n"
        files = {f"models/{name}.py": text.format(name=name.upper()) for name in ("a", "b")}
        write_study(Path(), files)
        assert run("show", "x") == 2
        assert run("show", "models.b:x") == 0
        assert capsys.readouterr().out.startswith("x  'B', practice\n")


@pytest.mark.usefixtures("_notes")
class TestEvidence:
    def test_a_code_is_followed_to_its_passages(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("show", "api_gateway") == 0
        assert capsys.readouterr().out == (EXPECTED / "show_api_gateway.txt").read_text("utf-8")

    def test_a_source_is_shown_with_its_passages_and_the_codes_at_each(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run("show", "s3") == 0
        assert capsys.readouterr().out == (EXPECTED / "show_s3.txt").read_text("utf-8")

    def test_a_source_without_a_note_says_so(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("show", "s5") == 0
        assert "no field note is about it" in capsys.readouterr().out

    @pytest.mark.parametrize("columns", [60, 200])
    @pytest.mark.parametrize("name", ["api_gateway", "s3"])
    def test_a_terminal_shows_the_beginnings_of_passages_in_lines_that_fit(
        self, name: str, columns: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        note = Path("sources/s_3.md")
        note.write_text(note.read_text().replace("> Why a gateway", "> Why a gateway " + "so " * 900 + "END"))
        run("show", name)
        assert "END" in capsys.readouterr().out
        on_a_terminal(monkeypatch, columns)
        monkeypatch.setenv("NO_COLOR", "1")
        run("show", name)
        shown = capsys.readouterr().out
        assert "END" not in shown
        assert " …\n" in shown.replace("\x1b[0m", "")
        assert max(map(len, shown.splitlines())) <= columns + 10  # what sets bold and dim counts, too
        run("show", name, "--full")
        assert "END" in capsys.readouterr().out

    def test_an_old_name_and_a_display_name_will_do(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert [run("show", name) for name in ("old_gateway", "API Gateway")] == [0, 0]
        assert capsys.readouterr().out.count("api_gateway  'API Gateway', pattern") == 2

    def test_a_code_of_the_notes_that_the_model_lacks_is_shown(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run("show", "bulkhead") == 0
        assert capsys.readouterr().out.startswith(
            "bulkhead, not in the model\n  declared  nowhere\n  figures   none\n"
        )

    def test_a_force_tells_what_acts_on_it(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("show", "latency") == 0
        assert "impacts         -   api_gateway (API Gateway)" in capsys.readouterr().out


def test_a_code_shows_the_links_of_the_studys_own_associations(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = """
from codeable.dsl import *
stakeholder = CMetaclass("Stakeholder", superclasses=code)
decision.association(stakeholder, "affects: [decisions] * -> [affected] *")
how, cloud = CClass(decision, "How?"), CClass(practice, "Cloud")
add_decision_option_link(how, cloud, "Rent it")
clients = CClass(stakeholder, "Clients")
how.add_links(clients, role_name="affected")
"""
    folder = str(write_study(tmp_path, {"models/m.py": model}))
    assert run("show", "how", "--study", folder) == 0
    assert "  links           affects, to clients (Clients)\n" in capsys.readouterr().out
    assert run("show", "clients", "--study", folder) == 0
    assert "  links           affects, from how (How?)\n" in capsys.readouterr().out


@pytest.mark.usefixtures("_notes")
class TestJson:
    @pytest.mark.parametrize("name", ["api_gateway", "s3", "routing_decision", "latency", "bulkhead"])
    def test_it_is_plain_and_the_same_each_time(self, name: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("show", name, "--format", "json") == 0
        first = capsys.readouterr().out
        run("show", name, "--format", "json")
        assert capsys.readouterr().out == first
        assert json.loads(first)["identifier"] == name

    def test_a_code_has_its_links_figures_and_passages(self, capsys: pytest.CaptureFixture[str]) -> None:
        run("show", "api_gateway", "--format", "json")
        assert capsys.readouterr().out == (EXPECTED / "show_api_gateway.json").read_text("utf-8")

    def test_files_are_told_from_the_folder_of_the_study(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir("sources")
        run("show", "s3", "--format", "json")
        shown = json.loads(capsys.readouterr().out)
        assert shown["file"] == "sources/all.py"
        assert {passage["file"] for passage in shown["passages"]} == {"sources/s_3.md"}


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("infrastructure_decision", "contexts", []),
        ("infrastructure_decision", "category", None),
        ("k8s_uses_orchestration", "to", "orchestration"),
        ("k8s_uses_orchestration", "stereotypes", ["Uses"]),
        ("security", "impacts", [{"solution": "orchestration", "force": "security", "impact": "--"}]),
        ("s6", "codes", ["versioning", "k8s", "k8s_uses_orchestration"]),
        ("s6", "values", {"title": "The Definitive Guide"}),
        ("part", "elements", ["k8s", "orchestration"]),
        ("k8s", "bundles", ["part"]),
    ],
)
def test_json_says_what_the_model_says(
    name: str, key: str, value: object, capsys: pytest.CaptureFixture[str]
) -> None:
    part = """
        from codeable.dsl import *
        from models.infrastructure import *
        part = CBundle("Part", elements=[k8s, orchestration])
        """
    write_study(Path(), {**SMALL, "models/part.py": part})
    assert run("show", name, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)[key] == value


def test_numbers_that_cannot_be_written_are_shown_by_their_type(capsys: pytest.CaptureFixture[str]) -> None:
    text = """
        from codeable.dsl import *
        m = CMetaclass("M", attributes={"size": 1, "share": 1.5, "of": float})
        x = CClass(m, "X", values={"size": 10**5000, "share": float("nan")})
        """
    write_study(Path(), {"models/a.py": text})
    assert run("show", "x") == 0
    assert "size: <int>" in capsys.readouterr().out
    assert run("show", "x", "--format", "json") == 0
    values = json.loads(capsys.readouterr().out)["values"]
    assert values == {"size": "<int>", "share": "nan"}


def test_elements_in_a_list_are_shown_by_their_names(capsys: pytest.CaptureFixture[str]) -> None:
    text = """
        from codeable.dsl import *
        bus = CClass(pattern, "Event Bus")
        m = CMetaclass("M", attributes={"parts": list})
        x = CClass(m, "X", values={"parts": [bus, 1, [bus], object()]})
        """
    write_study(Path(), {"models/a.py": text})
    shown = "Event Bus, 1, [Event Bus], <object object>"
    assert run("show", "x") == 0
    assert f"parts: {shown}\n" in capsys.readouterr().out
    assert run("show", "x", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["values"] == {"parts": f"[{shown}]"}


def test_on_a_terminal_the_title_is_bold_and_names_are_no_markup(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_study(
        Path(), {"models/a.py": 'from codeable.dsl import *\nx = CClass(practice, "[red]x[/red] :smile:")'}
    )
    on_a_terminal(monkeypatch, 80)
    assert run("show", "x") == 0
    assert capsys.readouterr().out.startswith("\x1b[1mx  '[red]x[/red] :smile:', practice\x1b[0m\n")


@pytest.mark.sampled(2)
@pytest.mark.parametrize("words", [["show", "größe"], ["render", "--list", "--view", "größe"]])
def test_a_name_is_utf_8_also_where_the_locale_is_ascii(words: list[str]) -> None:
    write_study(Path(), {"models/a.py": 'from codeable.dsl import *\ngröße = CClass(decision, "G")'})
    done = subprocess.run(
        [sys.executable, "-m", "codeable", *words],
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"gr\\xf6\\xdfe")


class TestSubcodes:
    @pytest.fixture(autouse=True)
    def _study(self) -> None:
        text = """
            from codeable.dsl import *
            messaging = CClass(practice, "Messaging")
            topics = CClass(practice, "Topics", superclasses=messaging)
            s1, s2 = CClass(source, "s1"), CClass(source, "s2")
            add_links({s1: topics, s2: [messaging, topics]}, role_name="contained_code")
            """
        write_study(Path(), {"models/a.py": text})

    def test_a_code_has_the_evidence_of_its_sub_codes_too(self, capsys: pytest.CaptureFixture[str]) -> None:
        run("show", "messaging")
        lines = capsys.readouterr().out.splitlines()
        assert "  sub-codes       topics (Topics)" in lines
        assert "evidence: 1 source, 2 with its sub-codes, 0 passages" in lines
        assert "  its sub-code topics (Topics): s1, s2" in lines

    def test_a_sub_code_names_the_code_above(self, capsys: pytest.CaptureFixture[str]) -> None:
        run("show", "topics")
        lines = capsys.readouterr().out.splitlines()
        assert "  sub-code of     messaging (Messaging)" in lines
        assert "evidence: 2 sources, 0 passages" in lines

    def test_json_has_both(self, capsys: pytest.CaptureFixture[str]) -> None:
        run("show", "messaging", "--format", "json")
        shown = json.loads(capsys.readouterr().out)
        assert (shown["subcodes"], shown["evidence_of_subcodes"]) == (["topics"], {"topics": ["s1", "s2"]})


class TestCoders:
    NOTE = "# s 1\n# coding\n\n> Topics decouple.\n\n**AXIAL CODING TRACE:**\n```python\ntopics\n```\n"

    @pytest.fixture(autouse=True)
    def _study(self) -> None:
        files = {
            "models/a.py": """
                from codeable.dsl import *
                topics = CClass(practice, "Topics")
                s1 = CClass(source, "s1")
                """,
            "notes/anna/s1.md": self.NOTE,
            "notes/ben/s1.md": self.NOTE,
            "pyproject.toml": """
                [tool.codeable]
                notes = ["notes"]
                [tool.codeable.coders]
                anna = "notes/anna"
                ben = "notes/ben"
                """,
        }
        write_study(Path(), files)

    def test_a_code_shows_who_coded_each_passage(self, capsys: pytest.CaptureFixture[str]) -> None:
        run("show", "topics")
        lines = capsys.readouterr().out.splitlines()
        assert "evidence: 1 source, 2 passages (anna 1, ben 1)" in lines
        assert "    notes/anna/s1.md:4  coded by anna" in lines
        assert "    notes/ben/s1.md:4  coded by ben" in lines

    def test_a_source_shows_who_coded_it(self, capsys: pytest.CaptureFixture[str]) -> None:
        run("show", "s1")
        assert "notes/ben/s1.md: 1 passage, coded by ben" in capsys.readouterr().out.splitlines()

    def test_json_has_the_coder_of_each_passage(self, capsys: pytest.CaptureFixture[str]) -> None:
        run("show", "topics", "--format", "json")
        (evidence,) = json.loads(capsys.readouterr().out)["evidence"]
        assert [one["coder"] for one in evidence["passages"]] == ["anna", "ben"]
