"""Whatever a note holds: no rule fails, no diagnostic is reported twice, and every place lies in its file."""

from hypothesis import given, settings
from hypothesis import strategies as st

from codeable.checks import check
from codeable.checks.formats import FORMATS
from codeable.lines import Lines
from codeable.notes import read_text
from tests.tools import examples

LINES = [
    *("# s", "# s 7", "7", "# p 7", "## url", "## title", "## colour", "## source type", "## author type"),
    *("Blog Post", "Practitioner", "# coding", "> Text.", "text", "![a](b", "[a](b", "<!-- x", "-->"),
    *("<!-- codeable: ignore[C4] -->", "# codeable: ignore[C301, C999] why", "add codes to s9:"),
    *("**OPEN CODING TRACE:**", "**AXIAL CODING TRACE:**", "Familiar options: a, b_c"),
    *("``` python", "```", "'''", "a", "a, b", "b_c.a", "\x1b[2J", "\u202e", "\x00", "\t", "  a"),
    'a = CClass(practice, " A")',
    'a = CClass(force, "B")',
    'a = CClass(practice, "A"',
    'd_decision = CClass(decision, "D?")',
    's7 = CClass(source, "s8", values={"author type": "Blog Post", "type": "Practitioner"})',
    'add_decision_option_link(d_decision, a, "Do")',
    'add_decision_option_link(d_decison, "a", b)',
    "add_force_relations({a: {b: positive}, b: {a: negative}})",
    "add_force_relations({a: b})",
    'add_links({a: [d_decision]}, role_name="next decision", stereotype_instances=mandatory_next)',
    'add_links({d_decision: [d_decision]}, role_name="next decision", stereotype_instances=mandatory_next)',
    'add_links({s9: [a]}, role_name="contained_code")',
    "data quality = CClass(force, 'x')",
    "__import__('os').system('x')",
    "é漢 = CClass(force, '\\ud800 ')",
]
NOTES = st.lists(
    st.tuples(st.sampled_from(["\n", "\r\n", "\r"]), st.lists(st.sampled_from(LINES), max_size=30)),
    max_size=3,
)


@settings(max_examples=examples(150), deadline=None)
@given(NOTES)
def test_whatever_notes_hold_each_diagnostic_is_reported_once_at_a_place_that_there_is(
    notes: list[tuple[str, list[str]]],
) -> None:
    read = [read_text(newline.join(lines), f"s_{index}.md") for index, (newline, lines) in enumerate(notes)]
    report = check(read)
    for diagnostic in report.diagnostics:
        place = diagnostic.span
        lines = Lines(place.path, report.texts[place.path]).lines
        assert (place.line, place.column) <= (place.end_line, place.end_column)
        assert 1 <= place.line <= len(lines) + 1
        if place.line <= len(lines):
            assert 1 <= place.column <= len(lines[place.line - 1]) + 1
    reported = [(diagnostic.code, diagnostic.span, diagnostic.message) for diagnostic in report.diagnostics]
    assert len(reported) == len(set(reported))
    for form in FORMATS.values():
        form(report)


@settings(max_examples=examples(80), deadline=None)
@given(NOTES)
def test_whatever_is_fixed_no_diagnostic_asks_for_it_again(notes: list[tuple[str, list[str]]]) -> None:
    read = [read_text(newline.join(lines), f"s_{index}.md") for index, (newline, lines) in enumerate(notes)]
    report = check(read)
    fixed = []
    for note in read:
        text = note.text
        edits = {edit for one in report.diagnostics for edit in one.edits if edit.path == note.path}
        for edit in sorted(edits, reverse=True):
            text = text[: edit.start] + edit.replacement + text[edit.end :]
        fixed.append(read_text(text, note.path))
    assert not [edit for one in check(fixed).diagnostics for edit in one.edits]
