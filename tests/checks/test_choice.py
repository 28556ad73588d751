"""`codeable check --errors`, `--rule`, `--note` and `--all`, on a study with several notes."""

import json
import re
from pathlib import Path

import pytest

from tests.checks.cases import note
from tests.checks.test_command import run
from tests.cli.running import on_a_terminal


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Twelve notes whose declarations lack the tiny URL, one of which is broken, and one that says little."""
    monkeypatch.chdir(tmp_path)
    for number in range(1, 13):
        broken = 'x = CClass(practice, "X)' if number == 3 else ""
        declared = (
            f's{number} = CClass(source, "s{number}", values={{"title": "Storage for data products", '
            '"url": "https://example.org/7", "author type": "Practitioner", "type": "Blog Post"})'
        )
        text = note(declared, broken, number=number, url="https://example.org/7", tiny_url="https://t.co/1")
        Path(f"s_{number}.md").write_text(text, encoding="utf-8")
    return tmp_path


LACKING = "the declaration in the trace"


class TestParts:
    def test_errors_only(self, notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
        status, out, _ = run(capsys, ".", "--errors")
        assert status == 1
        assert " error C101 " in out
        assert LACKING not in out

    @pytest.mark.parametrize("rule", ["C202", "c202", "missing-metadata", "Missing-Metadata", "C204,C202"])
    def test_one_rule_by_its_code_or_its_name(
        self, rule: str, notes: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        status, out, _ = run(capsys, ".", "--rule", rule)
        assert status == 0
        assert "lacks 'tiny url': 12 notes, s1 … s12" in out
        assert "C101" not in out

    @pytest.mark.parametrize("name", ["s3", "s_3.md", "./s_3.md"])
    def test_one_note_by_its_source_or_its_file(
        self, name: str, notes: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        status, out, _ = run(capsys, ".", "--note", name)
        assert status == 1
        assert {line.partition(":")[0] for line in out.splitlines() if re.match(r"s_\d+", line)} == {"s_3.md"}

    def test_a_note_without_errors_passes(self, notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(capsys, ".", "--note", "s4", "--format", "json")[0] == 0

    def test_a_diagnostic_elsewhere_that_is_about_the_note_counts(
        self, notes: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        for number in (1, 2):
            Path(f"s_{number}.md").write_text(note("cache", number=number), encoding="utf-8")
        out = run(capsys, ".", "--note", "s2", "--rule", "undeclared-code", "--format", "json")[1]
        assert [one["file"] for one in json.loads(out)["diagnostics"]] == ["s_1.md"]

    def test_only_what_is_asked_for_is_fixed(self, notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
        for number in (1, 2):
            text = Path(f"s_{number}.md").read_text(encoding="utf-8")
            Path(f"s_{number}.md").write_text(
                text + note('a = CClass(practice, " A")')[-60:], encoding="utf-8"
            )
        run(capsys, ".", "--fix", "--note", "s2", "--rule", "C208")
        assert '" A"' in Path("s_1.md").read_text(encoding="utf-8")
        assert '"A"' in Path("s_2.md").read_text(encoding="utf-8")

    @pytest.mark.parametrize(
        ("option", "name", "message"),
        [
            ("--rule", "C999", "no rule has the code or name 'C999'"),
            ("--rule", "", "no rule has the code or name ''"),
            ("--rule", "C101,", "no rule has the code or name ''"),
            ("--note", "", "has the name ''"),
            ("--rule", "missing-metdata", "did you mean 'missing-metadata'"),
            ("--note", "s33", "no source or file that is checked has the name 's33'; did you mean 's3'"),
        ],
    )
    def test_a_name_that_nothing_has_is_wrong_usage(
        self, option: str, name: str, message: str, notes: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        status, _, err = run(capsys, ".", option, name)
        assert (status, message in err) == (2, True)


class TestAll:
    def test_equal_diagnostics_are_one_line(self, notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
        out = run(capsys, ".", "--select", "C202")[1]
        assert out.count(LACKING) == 1
        assert "s_1.md:" in out.splitlines()[0]

    def test_each_has_a_line_with_all(self, notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
        out = run(capsys, ".", "--select", "C202", "--all")[1]
        assert out.count(LACKING) == 12

    def test_programs_get_one_diagnostic_for_each_place(
        self, notes: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        out = run(capsys, ".", "--select", "C202", "--format", "json")[1]
        assert len(json.loads(out)["diagnostics"]) == 12

    def test_a_table_by_rule_is_at_the_end(self, notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
        *_, head, first, second, blank, last = run(capsys, ".", "--select", "C101,C202")[1].splitlines()
        assert head.split() == ["rule", "name", "times", "severity", "loses"]
        assert first.split()[:4] == ["C101", "block-not-python", "1", "error"]
        assert second.split() == ["C202", "missing-metadata", "12", "warning"]
        assert blank == ""
        assert last.startswith("1 error, 12 warnings")

    def test_the_next_command_is_named(self, notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
        following = {
            ("--select", "C101"): "codeable check . --watch ",
            ("--errors",): "codeable check . --watch ",
            ("--rule", "C101"): "codeable check . --watch ",
            ("--select", "C202"): "codeable check . --fix ",
            ("--select", "C301"): "codeable notes build . --out DIR ",
        }
        for options, command in following.items():
            assert run(capsys, ".", *options)[2].startswith(f"Next: {command}")


@pytest.mark.parametrize("columns", [60, 100, 200])
def test_a_terminal_shows_sections_within_its_width(
    columns: int, notes: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    on_a_terminal(monkeypatch, columns)
    out = re.sub(r"\x1b\[[\d;]*m", "", run(capsys, ".")[1])
    assert max(map(len, out.splitlines())) <= columns
    headings = [line for line in out.splitlines() if line.startswith(("Lost", "Errors", "Warnings"))]
    assert [heading.split()[0].rstrip(":") for heading in headings] == ["Lost", "Warnings"]
    assert "s1 … s12" in " ".join(out.split())
