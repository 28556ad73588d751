"""Output on a terminal: wrapped there, whole in a pipe, literal everywhere."""

import os
import pty
import subprocess
import sys
import textwrap
from collections.abc import Sequence

import pytest

from codeable.terminal import cell_len, facts, indented, one_line, plain, rendered, table, write

LONG = "How can the parts of a system communicate? " * 10
ROWS: Sequence[Sequence[str]] = [["event_streaming", LONG.strip(), "3"], ["k8s", "K8s", "12"]]


def on_a_terminal(code: str, columns: int, **environment: str) -> str:
    """What a program writes to a terminal of so many columns."""
    parent, child = pty.openpty()
    env = {**os.environ, "COLUMNS": str(columns), "TERM": "xterm-256color", **environment}
    env.pop("NO_COLOR", None) if "NO_COLOR" not in environment else None
    program = [sys.executable, "-c", "from codeable.terminal import *\n" + textwrap.dedent(code)]
    process = subprocess.Popen(program, stdout=child, env=env)
    os.close(child)
    found = b""
    try:
        while part := os.read(parent, 65536):
            found += part
    except OSError:  # Linux says so at the end of a terminal
        pass
    assert process.wait() == 0
    os.close(parent)
    return found.decode().replace("\r\n", "\n")


class TestWidths:
    @pytest.mark.parametrize(
        ("text", "columns"),
        [("", 0), ("plain", 5), ("数", 2), ("e\u0301", 1), ("👨\u200d👩\u200d👧\u200d👦", 2), ("🇩🇪", 2)],
    )
    def test_are_those_of_terminals(self, text: str, columns: int) -> None:
        assert cell_len(text) == columns

    def test_a_long_text_is_cut_between_characters(self) -> None:
        assert one_line("数数数数", 5) == "数数…"
        assert one_line("one\n two\x1b[m") == "one two\\x1b[m"


class TestWithoutTerminal:
    def test_nothing_is_wrapped_cut_or_coloured(self, capsys: pytest.CaptureFixture[str]) -> None:
        write(
            plain(LONG, "bold red"), table(["code", "text", "n"], ROWS, right=["n"]), facts([("a", [LONG])])
        )
        title, _, row, last, fact = capsys.readouterr().out.splitlines()
        assert title == LONG.rstrip()
        assert row == f"event_streaming  {LONG.strip()}   3"
        assert last.split() == ["k8s", "K8s", "12"]
        assert fact == f"  a  {LONG.rstrip()}"

    def test_no_line_ends_with_blanks(self) -> None:
        assert rendered(table(["a", "b"], [["1", "long"], ["2", ""]])) == "a  b\n1  long\n2"

    def test_forced_colour_does_not_wrap(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("FORCE_COLOR", "1")
        monkeypatch.setenv("COLUMNS", "60")
        write(LONG)
        assert capsys.readouterr().out.count("\n") == 1

    def test_what_goes_to_stderr_stays_out_of_stdout(self, capsys: pytest.CaptureFixture[str]) -> None:
        write("found", stderr=True)
        assert capsys.readouterr() == ("", "found\n")


class TestOnATerminal:
    CODE = f"""
        write(plain('title', 'bold'))
        write(table(['code', 'text'], {[row[:2] for row in ROWS]!r}, whole=['code']))
    """

    @pytest.mark.parametrize("columns", [60, 200])
    def test_lines_are_wrapped_at_its_width(self, columns: int) -> None:
        lines = on_a_terminal(self.CODE, columns, NO_COLOR="1").splitlines()
        assert max(map(cell_len, lines)) <= columns
        assert len(lines) == (13 if columns == 60 else 6)
        assert "event_streaming  How can the parts" in "\n".join(lines)

    def test_styles_are_shown(self) -> None:
        assert on_a_terminal("write(plain('title', 'bold red'))", 60) == "\x1b[1;31mtitle\x1b[0m\n"

    def test_there_is_no_colour_where_none_is_wanted(self) -> None:
        assert "31" not in on_a_terminal("write(plain('title', 'bold red'))", 60, NO_COLOR="1")


@pytest.mark.parametrize("text", ["[bold]x[/bold]", ":smile:", "[link=https://example.org]x", "\\[x]"])
def test_nothing_in_a_text_is_markup(text: str) -> None:
    assert rendered(text, table(["a"], [[text]], heads=False), facts([("b", [text])])) == (
        f"{text}\n{text}\n  b  {text}"
    )


def test_control_characters_are_spelt_out() -> None:
    assert rendered("a\x1b[2J\u202eb\x00") == "a\\x1b[2J\\u202eb\\x00"


def test_a_fact_goes_on_further_in() -> None:
    assert rendered(facts([("codes", ["one two three four", "five"])]), width=20) == (
        "  codes  one two\n           three\n           four\n         five"
    )


def test_a_passage_is_cut_between_words() -> None:
    shown = rendered(indented("one three five seven", 0, most_lines=1), width=12)
    assert shown == "one three …"


def test_a_word_longer_than_a_line_is_broken_and_not_cut() -> None:
    assert "".join(rendered(plain("x" * 100), width=40).split()) == "x" * 100


def test_starting_without_output_does_not_import_rich() -> None:
    code = "import sys, codeable.cli.group, codeable.terminal; sys.exit('rich' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
