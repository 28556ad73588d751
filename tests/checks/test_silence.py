"""Findings silenced in place."""

from codeable.checks import Finding, Place
from codeable.checks.silence import apply_silences

KNOWN = frozenset({"C108", "C109", "C401", "C103"})


def left(finding: Finding | None, text: str, known: frozenset[str] = KNOWN) -> list[str]:
    findings = [finding] if finding is not None else []
    return [one.code for one in apply_silences(findings, {"a.py": text}, known)]


def at(line: int, code: str = "C401") -> Finding:
    return Finding(code, "warning", "found", Place("a.py", line, 1, line, 5))


def test_a_comment_on_the_line_silences_the_finding() -> None:
    assert left(at(1), "x = 1  # codeable: ignore[C401] decided later\n") == []


def test_a_comment_alone_on_the_line_above_silences_the_finding() -> None:
    assert left(at(2), "# codeable: ignore[C401] decided later\nx = 1\n") == []


def test_a_comment_beside_other_code_does_not_reach_the_next_line() -> None:
    assert left(at(2), "y = 2  # codeable: ignore[C401] decided later\nx = 1\n") == ["C401", "C109"]


def test_a_comment_for_another_rule_silences_nothing() -> None:
    assert left(at(1), "x = 1  # codeable: ignore[C103] because\n") == ["C401", "C109"]


def test_one_comment_can_silence_two_rules() -> None:
    assert left(at(1), "x = 1  # codeable: ignore[C103, c401] because\n") == []


def test_a_comment_of_html_silences_in_a_note() -> None:
    assert left(at(2, "C103"), "<!-- codeable: ignore[C103] lost -->\n![x](y\n") == []


def test_a_comment_without_a_reason_is_a_finding() -> None:
    assert left(at(1), "x = 1  # codeable: ignore[C401]\n") == ["C108"]


def test_a_comment_that_silences_nothing_is_a_finding() -> None:
    assert left(None, "x = 1  # codeable: ignore[C401] decided later\n") == ["C109"]


def test_a_comment_for_a_rule_that_did_not_run_is_left_alone() -> None:
    assert left(None, "x = 1  # codeable: ignore[C402] decided later\n") == []
