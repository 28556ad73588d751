"""The command find: passages of the field notes."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.running import on_a_terminal, run
from tests.reports.studies import CODED
from tests.studies import write_study


@pytest.fixture(autouse=True)
def _study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write_study(tmp_path, CODED))


def test_passages_are_shown_whole_with_place_and_codes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("find", "cost", "--source", "s10") == 0
    assert capsys.readouterr().out.splitlines() == [
        "s10  sources/anna/s_10.md:4-5  coded by anna",
        "  The log is durable,",
        "  and its costs are low.",
        "    codes: cost, log_bus",
        "",
        "1 passage with 'cost', source s10 (in 1 source)",
    ]


def test_passages_without_codes_are_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("find", "cheap") == 0
    assert "    no code\n" in capsys.readouterr().out


def test_a_terminal_has_the_words_highlighted_in_lines_that_fit(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    on_a_terminal(monkeypatch, 40)
    assert run("find", "cost", "cafe", "--coder", "ben") == 0
    out = capsys.readouterr().out
    assert "\x1b[1;35mcafé\x1b[0m" in out
    assert "\x1b[1;35mCosts\x1b[0m" in out
    monkeypatch.setenv("NO_COLOR", "1")
    run("find", "cost", "--coder", "ben")
    lines = capsys.readouterr().out.replace("\x1b[1m", "").replace("\x1b[2m", "").replace("\x1b[0m", "")
    assert max(map(len, lines.splitlines())) <= 40


def test_options_narrow_the_search(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("find", "--code", "bus", "--and", "Cost", "--kind", "force", "--coder", "anna") == 0
    shown = capsys.readouterr()
    assert shown.out.count("codes: ") == 1
    assert "1 more passage with sub-codes (log_bus)" in shown.err
    assert run("find", "--code", "bus", "--code", "log_bus", "--subcodes") == 0
    assert capsys.readouterr().out.count("codes: ") == 3


def test_json_has_codes_and_places_of_the_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("find", "cost", "--coder", "ben", "--format", "json") == 0
    (passage,) = json.loads(capsys.readouterr().out)["passages"]
    assert passage["codes"] == [
        {"identifier": "event_bus", "name": "Event Bus", "kind": "pattern"},
        {"identifier": "gossip", "name": "gossip", "kind": "dropped"},
    ]
    (start, end), file = passage["matches"][0], passage["file"]
    assert (passage["text"][start:end], file) == ("Costs", "sources/ben/s_2.md")


def test_csv_has_a_row_for_each_passage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("find", "--code", "cost", "--format", "csv") == 0
    first, *_ = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (first["file"], first["line"], first["codes"]) == ("sources/anna/s_2.md", "4", "cost; event_bus")
    assert first["text"] == "The café's bus has high Costs & <script>alert(1)</script>."


def test_a_spreadsheet_runs_no_passage(capsys: pytest.CaptureFixture[str]) -> None:
    note = Path("sources/anna/s_10.md")
    note.write_text(note.read_text().replace("The log is durable,", "=1+1 is durable,"))
    assert run("find", "durable", "--excel") == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out.removeprefix("\ufeff")))
    assert row["text"].startswith("'=1+1")


@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_nothing_found_is_said_and_has_exit_status_1(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("find", "durabel", "--format", form) == 1
    shown = capsys.readouterr()
    assert shown.err == "no passage has a word that begins with 'durabel'; did you mean 'durable'?\n"
    assert form != "json" or json.loads(shown.out)["passages"] == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "say what to look for"),
        ([""], "the word '' is empty"),
        (["--code", "event_buss"], "did you mean 'event_bus'"),
        (["--source", "s22"], "did you mean 's2'"),
        (["--coder", "ana"], "did you mean 'anna'"),
        (["--kind", "forces"], "did you mean 'force'"),
        (["bus", "--excel", "--format", "json"], "--excel is about CSV"),
    ],
)
def test_a_wrong_word_is_refused(words: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("find", *words) == 2
    assert message in capsys.readouterr().err


class TestOtherLocales:
    """A pipe of Windows, say, has no UTF-8: what programs read is UTF-8 all the same."""

    def piped(self, monkeypatch: pytest.MonkeyPatch, *command: str) -> str:
        """What a command writes into a pipe that takes ASCII only."""
        written = io.BytesIO()
        monkeypatch.setattr("sys.stdout", io.TextIOWrapper(written, "ascii", "backslashreplace"))
        run(*command)
        return written.getvalue().decode("utf-8")

    def test_csv_has_the_texts_as_they_are(self, monkeypatch: pytest.MonkeyPatch) -> None:
        text = self.piped(monkeypatch, "find", "cafe", "--coder", "ben", "--format", "csv")
        (row,) = csv.DictReader(io.StringIO(text, newline=""))
        assert row["text"] == "The café's bus has high Costs & <script>alert(1)</script>."

    @pytest.mark.parametrize("command", ["find cafe", "list", "show s2"])
    def test_json_can_be_read(self, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
        text = self.piped(monkeypatch, *command.split(), "--format", "json")
        assert "café" in json.dumps(json.loads(text), ensure_ascii=False)


def test_csv_on_a_terminal_has_no_control_characters(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    note = tmp_path / "sources" / "ben" / "s_2.md"
    note.write_text(note.read_text(encoding="utf-8").replace("has high", "has\x1b[2J high"), encoding="utf-8")
    on_a_terminal(monkeypatch, 80)
    run("find", "cafe", "--coder", "ben", "--format", "csv")
    assert "has\\x1b[2J high" in capsys.readouterr().out
