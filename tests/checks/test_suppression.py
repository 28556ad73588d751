"""Suppressions: comments that suppress a diagnostic in place."""

from pathlib import Path

import pytest

from codeable.checks import Diagnostic
from codeable.checks.suppression import apply_suppressions
from tests.checks.cases import codes, in_notes, in_study, note, span
from tests.tools import calls_of

KNOWN = frozenset({"C108", "C109", "C401", "C103"})
OTHERS = frozenset({"C402"})


def left(diagnostic: Diagnostic | None, text: str, known: frozenset[str] = KNOWN) -> list[str]:
    diagnostics = [diagnostic] if diagnostic is not None else []
    return [one.code for one in apply_suppressions(diagnostics, {"a.py": text}, known, OTHERS)]


def at(line: int, code: str = "C401") -> Diagnostic:
    return Diagnostic(code, "warning", "found", span("a.py", line, 1, line, 5))


def test_a_comment_on_the_line_suppresses_the_diagnostic() -> None:
    assert left(at(1), "x = 1  # codeable: ignore[C401] decided later\n") == []


def test_a_comment_alone_on_the_line_above_suppresses_the_diagnostic() -> None:
    assert left(at(2), "# codeable: ignore[C401] decided later\nx = 1\n") == []


def test_a_comment_beside_other_code_does_not_reach_the_next_line() -> None:
    assert left(at(2), "y = 2  # codeable: ignore[C401] decided later\nx = 1\n") == ["C401", "C109"]


def test_a_comment_for_another_rule_suppresses_nothing() -> None:
    assert left(at(1), "x = 1  # codeable: ignore[C103] because\n") == ["C401", "C109"]


def test_one_comment_can_suppress_two_rules() -> None:
    assert left(at(1), "x = 1  # codeable: ignore[C103, c401] because\n") == []


def test_a_comment_of_html_suppresses_in_a_note() -> None:
    assert left(at(2, "C103"), "<!-- codeable: ignore[C103] lost -->\n![x](y\n") == []


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\r", " -->\r\n", " \t\n", " --\r\n"])
def test_a_comment_without_a_reason_is_a_diagnostic(end: str) -> None:
    assert left(at(1), f"x = 1  # codeable: ignore[C401]{end}") == ["C108"]


def test_a_comment_that_suppresses_nothing_is_a_diagnostic() -> None:
    assert left(None, "x = 1  # codeable: ignore[C401] decided later\n") == ["C109"]


def test_a_comment_for_a_rule_that_did_not_run_is_left_alone() -> None:
    assert left(None, "x = 1  # codeable: ignore[C402] decided later\n") == []


class TestInAStudy:
    """Comments where users write them."""

    MODEL = 'how = CClass(\n    decision,\n    "How?",\n)'

    @pytest.mark.parametrize(
        "model",
        [
            f"{MODEL}  # codeable: ignore[C401, C407] decided later\n",
            f"# codeable: ignore[C401, C407] decided later\n{MODEL}\n",
            f"    # codeable: ignore[C401, C407]: decided later\n{MODEL}\n".lstrip(),
            MODEL.replace("(\n", "(  # codeable: ignore[C401, C407] decided later\n") + "\n",
        ],
    )
    def test_any_line_of_a_statement_will_do(self, model: str, tmp_path: Path) -> None:
        assert in_study(tmp_path, {"models/a.py": model}) == []

    def test_a_comment_in_a_block_of_a_trace_suppresses_there(self) -> None:
        body = "# codeable: ignore[C404] used in the second round\nf = CClass(force, 'F')"
        assert in_notes(note(body)) == []

    def test_a_comment_before_a_trace_does_not_reach_into_its_block(self) -> None:
        text = note("f = CClass(force, 'F')", coding="<!-- codeable: ignore[C404] later -->\n> Text.")
        assert codes(in_notes(text)) == ["C109", "C404"]

    def test_a_comment_for_a_code_that_does_not_exist_is_reported(self) -> None:
        text = note("f = CClass(force, 'F')  # codeable: ignore[C999] later")
        (diagnostic,) = [one for one in in_notes(text) if one.code == "C109"]
        assert diagnostic.message.startswith("no rule has the code C999")


def test_the_work_grows_as_the_suppressions_do() -> None:
    def work(number: int) -> int:
        text = "x = 1  # codeable: ignore[C401] decided later\n" * number
        found = [at(line) for line in range(1, number + 1)]
        return calls_of(lambda: apply_suppressions(found, {"a.py": text}, KNOWN, OTHERS))

    assert work(400) < 5 * work(100)


def test_each_of_many_suppressions_has_its_diagnostic() -> None:
    text = "x = 1  # codeable: ignore[C401] decided later\n" * 1_000
    found = [at(line) for line in range(1, 1_001)]
    assert apply_suppressions(found, {"a.py": text}, KNOWN, OTHERS) == []
