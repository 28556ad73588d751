"""Reports as text, as JSON and as annotations."""

import json
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve

from codeable.checks import Diagnostic, Edit, Related, Report
from codeable.checks.formats import as_github, as_json, as_lines, as_sarif, as_text, text
from codeable.checks.formats.text import paragraph
from codeable.kernel.place import Span
from tests.checks.cases import span
from tests.tools import calls_of

DIAGNOSTIC = Diagnostic(
    "C204",
    "warning",
    "'author type' is swapped",
    span("sources/s44.md", 2, 5, 2, 13),
    "exchange the two",
    (Related(span("sources/s44.py", 9), "swapped here too"),),
)
TEXTS = {"sources/s44.md": "s44 = 1\n    author type: Blog\n"}


class TestText:
    def test_a_diagnostic_is_reported_with_its_line_a_marker_and_the_correction(self) -> None:
        assert as_text(Report((DIAGNOSTIC,), TEXTS)) == (
            "sources/s44.md:2:5: warning C204 'author type' is swapped\n"
            "    |     author type: Blog\n"
            "    |     ^^^^^^^^\n"
            "    = exchange the two\n"
            "    sources/s44.py:9: swapped here too\n"
        )

    def test_in_a_pipe_a_diagnostic_is_one_line_that_nothing_is_cut_from(self) -> None:
        long = evolve(DIAGNOSTIC, message=f"'{'x' * 5_000}'\nis swapped")
        end = "is swapped [suggestion: exchange the two] [sources/s44.py:9: swapped here too]"
        assert as_lines(Report((long, DIAGNOSTIC), TEXTS)).splitlines() == [
            f"sources/s44.md:2:5: warning C204 '{'x' * 5_000}' {end}",
            f"sources/s44.md:2:5: warning C204 'author type' {end}",
        ]

    def test_places_of_which_the_same_is_said_are_on_one_line(self) -> None:
        related = tuple(Related(span("a.md", line), "also here") for line in range(1, 14))
        one = evolve(DIAGNOSTIC, related=(*related, Related(span("b.md", 1), "declared here")))
        last = [f"a.md:{line}" for line in range(1, 11)]
        assert as_text(Report((one,), TEXTS)).splitlines()[-2:] == [
            f"    also here: {', '.join(last)} and 3 more",
            "    b.md:1: declared here",
        ]
        assert "a.md:12, a.md:13] [b.md:1: declared here]" in as_lines(Report((one,), TEXTS))

    def test_a_file_that_cannot_be_shown_is_reported_without_its_line(self) -> None:
        assert as_text(Report((DIAGNOSTIC,))).splitlines()[1] == "    = exchange the two"

    def test_what_could_steer_a_terminal_is_made_visible(self) -> None:
        diagnostic = Diagnostic("C101", "error", "bad \x1b[2J name", span("a.md", 1, 1, 1, 4))
        text = as_text(Report((diagnostic,), {"a.md": "\x1b]0;x\x07\n"}))
        assert "\x1b" not in text
        assert "\x07" not in text

    def test_a_message_about_an_endless_name_is_cut(self) -> None:
        diagnostic = Diagnostic("C301", "warning", "x" * 200_000, span("a.md", 1))
        assert len(as_text(Report((diagnostic,)))) < 1_100

    def test_blanks_of_every_kind_are_shown_as_blanks(self) -> None:
        diagnostic = Diagnostic("C301", "warning", "here", span("a.md", 1, 3, 1, 4))
        assert (
            as_text(Report((diagnostic,), {"a.md": "a\u00a0b\u3000c\tä\n"})).splitlines()[1]
            == "    | a b c ä"
        )

    def test_a_long_line_is_cut_around_the_diagnostic(self) -> None:
        diagnostic = Diagnostic("C101", "error", "here", span("a.md", 1, 5001, 1, 5004))
        excerpt, marker = as_text(
            Report((diagnostic,), {"a.md": "x" * 5000 + "abc" + "y" * 5000})
        ).splitlines()[1:]
        assert excerpt.index("abc") == marker.index("^^^")
        assert len(excerpt) < 120

    def test_the_marker_stands_under_wide_and_combining_characters(self) -> None:
        diagnostic = Diagnostic("C101", "error", "here", span("a.md", 1, 4, 1, 5))
        marker = as_text(Report((diagnostic,), {"a.md": "漢e\u0301x"})).splitlines()[2]
        assert marker == "    |    ^"

    def test_the_part_of_a_line_that_is_shown_is_as_wide_as_the_terminal(self) -> None:
        diagnostic = Diagnostic("C101", "error", "here", span("a.md", 1, 101, 1, 104))
        excerpt = paragraph(diagnostic, ["x" * 100 + "abc" + "y" * 100], 40).splitlines()[1]
        assert "abc" in excerpt
        assert len(excerpt) == 40

    def test_a_place_behind_the_end_of_its_line_still_has_a_marker(self) -> None:
        diagnostic = Diagnostic("C104", "warning", "open", span("a.md", 1, 9))
        assert as_text(Report((diagnostic,), {"a.md": "abc\n"})).splitlines()[2] == "    |    ^"


def test_a_report_can_be_sent_to_another_process() -> None:
    report = Report((DIAGNOSTIC,), TEXTS)
    assert pickle.loads(pickle.dumps(report)) == report


def test_json_is_a_list_of_objects_with_the_promised_keys() -> None:
    (record,) = json.loads(as_json(Report((DIAGNOSTIC,))))["diagnostics"]
    assert record == {
        "code": "C204",
        "rule": "types-swapped",
        "severity": "warning",
        "message": "'author type' is swapped",
        "file": "sources/s44.md",
        "line": 2,
        "column": 5,
        "end_line": 2,
        "end_column": 13,
        "suggestion": "exchange the two",
        "related": [{"file": "sources/s44.py", "line": 9, "message": "swapped here too"}],
        "loses": [],
        "fixable": False,
    }


def test_json_of_nothing_is_an_empty_list() -> None:
    assert json.loads(as_json(Report(()))) == {"diagnostics": []}


@pytest.mark.parametrize("character", ["\x1b", "\x9b", "\u202e", "\ud800", "\r"])
def test_no_format_for_reading_lets_a_note_steer_the_terminal(character: str) -> None:
    diagnostic = Diagnostic(
        "C208", "warning", f"a{character}b", span(f"a{character}.md", 1), f"c{character}d"
    )
    assert character not in as_text(Report((diagnostic,))) + as_github(Report((diagnostic,)))


@pytest.mark.parametrize("character", ["\x1b", "\x9b", "\u202e", "\u2028", "\ud800", '"', "\\"])
def test_json_brings_every_text_across(character: str) -> None:
    diagnostic = Diagnostic("C208", "warning", f"a{character}b", span("a.md", 1))
    reported = as_json(Report((diagnostic,)))
    assert all(one.isprintable() or one == "\n" for one in reported)
    assert json.loads(reported)["diagnostics"][0]["message"] == f"a{character}b"


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("plain", "::plain\n"),
        ("50 % of\nlines", "::50 %25 of%0Alines\n"),
        ("a::error::b", "::a::error::b\n"),
    ],
)
def test_an_annotation_is_one_line_whatever_the_message(message: str, expected: str) -> None:
    diagnostic = Diagnostic("C101", "error", message, span("a,b.md", 3, 1, 3, 2))
    reported = as_github(Report((diagnostic,)))
    assert reported.endswith(expected)
    assert reported.startswith("::error file=a%2Cb.md,line=3,col=1,endLine=3,endColumn=2,title=C101")


class TestGitHub:
    def test_a_path_begins_at_the_root_of_the_repository(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / ".git").mkdir()
        (tmp_path / "deep/study/sources").mkdir(parents=True)
        monkeypatch.chdir(tmp_path / "deep/study")
        assert as_github(Report((DIAGNOSTIC,))).startswith("::warning file=deep/study/sources/s44.md,line=2,")

    def test_a_file_outside_the_current_folder_is_in_its_repository_too(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for folder in ("repository/.git", "repository/notes", "elsewhere"):
            (tmp_path / folder).mkdir(parents=True)
        monkeypatch.chdir(tmp_path / "elsewhere")
        one = evolve(DIAGNOSTIC, span=span(str(tmp_path / "repository/notes/s_1.md"), 1))
        assert "file=notes/s_1.md," in as_github(Report((one,)))

    def test_without_a_repository_a_path_begins_at_the_current_folder(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        assert "file=sources/s44.md," in as_github(Report((DIAGNOSTIC,)))

    def test_information_is_a_notice(self) -> None:
        assert as_github(Report((evolve(DIAGNOSTIC, severity="info"),))).startswith("::notice ")


def on_one_line(number: int) -> Report:
    """A report of so many diagnostics, all of them on one line."""
    found = [
        Diagnostic(
            "C301",
            "warning",
            f"'code_{index}' is used but declared nowhere",
            Span("a.md", 1, 17 * index + 1, 1, 17 * index + 16, 17 * index, 17 * index + 15),
            edits=(Edit("a.md", 17 * index, 17 * index + 15, "x"),),
        )
        for index in range(number)
    ]
    return Report(tuple(found), {"a.md": "undeclared_code, " * number})


@pytest.mark.parametrize("form", [as_text, as_lines, as_json, as_github, as_sarif])
def test_the_work_grows_as_the_diagnostics_on_one_line_do(form: Callable[[Report], str]) -> None:
    few, many = on_one_line(50), on_one_line(200)
    form(few)
    assert calls_of(lambda: form(many)) < 5 * calls_of(lambda: form(few))


def test_of_a_long_line_only_the_part_that_is_shown_is_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[int] = []
    monkeypatch.setattr(text, "on_one_line", lambda part: copied.append(len(part)) or part)
    assert as_text(on_one_line(200))
    assert max(copied) <= 100
