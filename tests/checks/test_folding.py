"""What costs most is reported first, and equal diagnostics are folded."""

from collections.abc import Sequence

from attrs import evolve

from codeable.checks import Diagnostic, Report, Severity
from codeable.checks.folding import digest
from codeable.checks.formats import as_lines, summary
from codeable.notes.build.plan import LeftOut
from tests.checks.cases import span


def lacking(number: int, severity: Severity = "warning") -> Diagnostic:
    message = f"the declaration in the trace of s{number} lacks 'tiny url'"
    return Diagnostic("C202", severity, message, span(f"s_{number}.md", 9, 1, 9, 5))


def report(diagnostics: Sequence[Diagnostic]) -> Report:
    files = {one.span.path for one in diagnostics}
    return Report(tuple(diagnostics), sources={file: file[:-3].replace("_", "") for file in files})


def lost(*kinds: str) -> tuple[LeftOut, ...]:
    return tuple(LeftOut(kind, "x", span("s_1.md", 1), "why") for kind in kinds)  # type: ignore[arg-type]


def messages(diagnostics: Sequence[Diagnostic], *, unfold: bool = False) -> list[str]:
    found = digest(report(diagnostics), unfold=unfold)
    return [fold.message for section in found.sections for fold in section.folds]


class TestFolding:
    def test_the_same_of_many_sources_is_one_line_with_their_number(self) -> None:
        found = [lacking(number) for number in range(1, 48)]
        assert messages(found) == ["the declaration in the trace lacks 'tiny url': 47 notes, s1 … s47"]

    def test_up_to_three_notes_are_named(self) -> None:
        found = [lacking(number) for number in (10, 9)]
        assert messages(found) == ["the declaration in the trace lacks 'tiny url': 2 notes, s9, s10"]

    def test_unfolded_each_place_has_its_message(self) -> None:
        found = [lacking(1), lacking(2)]
        assert messages(found, unfold=True) == [one.message for one in found]

    def test_one_place_keeps_its_message(self) -> None:
        assert messages([lacking(1)]) == [lacking(1).message]

    def test_another_severity_or_suggestion_is_another_diagnostic(self) -> None:
        found = [lacking(1), lacking(2, "error"), evolve(lacking(3), suggestion="add it")]
        assert len(messages(found)) == 3

    def test_a_name_that_contains_that_of_the_source_is_kept(self) -> None:
        found = [
            evolve(lacking(1), message="s10 is joined to s1"),
            evolve(lacking(2), message="s10 is joined to s2"),
        ]
        assert messages(found) == ["s10 is joined to the source: 2 notes, s1, s2"]

    def test_several_places_in_one_note_are_counted(self) -> None:
        found = [evolve(lacking(1), message="open", span=span("s_1.md", line)) for line in (3, 9, 12)]
        assert messages(found) == ["open: 3 times in s1"]

    def test_places_in_modules_are_called_modules(self) -> None:
        found = [evolve(lacking(1), message="open", span=span(f"models/{name}.py", 1)) for name in "ab"]
        assert messages(found) == ["open: 2 modules, models/a, models/b"]


class TestLists:
    """What differs in the names of codes only is a list, where there is much to read."""

    def undeclared(self, number: int, times: str = "") -> Diagnostic:
        message = f"'code_{number}' is used{times} but declared nowhere"
        return Diagnostic(
            "C301", "warning", message, span(f"s_{number}.md", number, 1, number, 7), "declare it"
        )

    def test_many_are_listed_with_their_places(self) -> None:
        found = [self.undeclared(number, " (3 times)" if number % 2 else "") for number in range(1, 13)]
        (line,) = as_lines(report(found)).splitlines()
        assert line.startswith(
            "s_1.md:1:1: warning C301 '…' is used but declared nowhere: 12 times [suggestion: declare it] "
            "code_1 (s_1.md:1), code_2 (s_2.md:2), "
        )
        assert line.endswith(" code_12 (s_12.md:12)")

    def test_a_few_are_shown_one_by_one(self) -> None:
        found = [self.undeclared(number) for number in range(1, 11)]
        assert messages(found) == [one.message for one in found]

    def test_the_part_that_is_asked_for_is_shown_one_by_one(self) -> None:
        found = [self.undeclared(number) for number in range(1, 13)]
        assert len(as_lines(report(found), whole=True).splitlines()) == 12

    def test_the_name_that_differs_is_listed(self) -> None:
        found = [
            evolve(self.undeclared(number), message=f"the options 'first' and 'code_{number}' have one text")
            for number in range(1, 13)
        ]
        (line,) = as_lines(report(found)).splitlines()
        assert " code_1 (s_1.md:1), code_2 (s_2.md:2), " in line

    def test_a_suggestion_about_the_code_itself_is_shown_once(self) -> None:
        found = [
            evolve(self.undeclared(number), suggestion=f"link(DECISION, code_{number})")
            for number in range(12)
        ]
        assert "[suggestion: link(DECISION, …)]" in as_lines(report(found))

    def test_a_suggestion_of_its_own_keeps_a_diagnostic_out_of_the_list(self) -> None:
        found = [self.undeclared(number) for number in range(12)]
        found[3] = evolve(found[3], suggestion="did you mean 'code_33'?")
        assert messages(found) == ["'…' is used but declared nowhere: 11 times", found[3].message]


def test_each_place_of_an_error_is_named_in_a_pipe() -> None:
    found = [Diagnostic("C101", "error", "broken", span(f"s_{number}.md", 5)) for number in range(1, 6)]
    assert as_lines(report(found)) == (
        "s_1.md:5:1: error C101 broken: 5 notes, s1 … s5 s_1.md:5, s_2.md:5, s_3.md:5, s_4.md:5, s_5.md:5\n"
    )


class TestOrder:
    def test_what_costs_something_is_first_then_errors_warnings_and_information(self) -> None:
        found = [
            Diagnostic("C304", "info", "worth knowing", span("s_1.md", 1)),
            Diagnostic("C401", "warning", "doubtful", span("s_1.md", 2)),
            Diagnostic("C302", "error", "wrong", span("s_1.md", 3)),
            Diagnostic("C301", "warning", "lost", span("s_1.md", 4), loses=lost("option")),
            Diagnostic(
                "C101", "error", "much lost", span("s_1.md", 5), loses=lost("option", "code", "option")
            ),
        ]
        assert messages(found) == ["much lost", "lost", "wrong", "doubtful", "worth knowing"]

    def test_a_note_that_is_lost_costs_more_than_some_links(self) -> None:
        found = [
            Diagnostic("C301", "warning", "links", span("s_1.md", 1), loses=lost(*["evidence"] * 60)),
            Diagnostic("C209", "error", "note", span("s_2.md", 1), loses=lost("note")),
        ]
        assert messages(found) == ["note", "links"]

    def test_what_is_lost_is_said_with_its_kinds(self) -> None:
        found = [
            Diagnostic("C101", "error", "broken", span("s_1.md", 5), loses=lost("code", "option", "option")),
            Diagnostic("C110", "error", "cut", span("s_1.md", 9), loses=lost("evidence", "evidence")),
        ]
        assert as_lines(report(found)).splitlines() == [
            "s_1.md:5:1: error C101 broken (loses 1 code, 2 options)",
            "s_1.md:9:1: error C110 cut (loses 2 evidence links)",
        ]
        assert summary(report(found)) == ("2 errors, 0 warnings (loses 1 code, 2 options, 2 evidence links)")


def test_information_is_no_warning() -> None:
    found = Report((Diagnostic("C304", "info", "worth knowing", span("s_1.md", 1)),))
    assert summary(found) == "0 errors, 0 warnings, 1 for information"


def test_two_thousand_diagnostics_are_folded_at_once() -> None:
    found = [lacking(number) for number in range(2_000)]
    assert messages(found) == ["the declaration in the trace lacks 'tiny url': 2000 notes, s0 … s1999"]
