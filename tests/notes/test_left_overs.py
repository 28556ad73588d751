"""What was left in a note when the template was copied counts nowhere."""

from codeable.notes import read_text
from codeable.notes.left_overs import without_left_overs

_TRACE = "**AXIAL CODING TRACE:**\n```python\n{}\n```\n"
_EXAMPLE = 'add_links({s30: [api_style, graph_api]}, role_name="contained_code")'
_OPTION = 'add_decision_option_link(api_style, graph_api, "Ask for what is needed")'


def _template(*statements: str) -> str:
    return "# s\n\n## url\n## title\n# coding\n\n" + _TRACE.format("\n".join(statements))


def _note(*statements: str) -> str:
    return "# s\n2\n## title\nT\n# coding\n> A.\n\n" + _TRACE.format("\n".join(statements))


def _read(template: str, note: str):  # type: ignore[no-untyped-def]
    read = without_left_overs([read_text(template, "s_.md"), read_text(note, "s_2.md")])
    return read[1]


def test_a_statement_of_the_template_counts_nowhere() -> None:
    note = _read(_template(_EXAMPLE, _OPTION), _note("cache", _EXAMPLE, _OPTION))
    assert [one.source for one in note.statements] == ["cache"]
    assert len(note.outside) == 3
    assert [(one.kind, one.span.line) for one in note.problems] == [("left-over", 11), ("left-over", 12)]


def test_blanks_and_line_ends_make_no_difference() -> None:
    written = _EXAMPLE.replace("[api_style, ", "[api_style,\n                 ")
    note = _read(_template(_EXAMPLE), _note(written))
    assert (note.statements, [one.kind for one in note.problems]) == ((), ["left-over"])


def test_what_the_coder_changed_is_no_left_over() -> None:
    note = _read(
        _template(_EXAMPLE, _OPTION), _note(_EXAMPLE.replace("s30", "s2"), _OPTION.replace("Ask", "Say"))
    )
    assert (len(note.statements), note.problems) == (3, ())


def test_a_bare_name_is_no_left_over() -> None:
    note = _read(_template("cache", "'''\nqueue\n'''"), _note("cache", "queue"))
    assert (len(note.statements), note.problems) == (2, ())


def test_the_declaration_of_the_template_gives_way_to_the_head() -> None:
    declaration = 's = CClass(source, "s", values={"title": ""})'
    note = _read(_template(declaration), _note(declaration))
    assert (note.identifier, note.declared_source) == ("s2", None)
    assert [one.kind for one in note.problems] == ["left-over"]


def test_a_broken_statement_of_the_template_is_reported_as_left_over_only() -> None:
    note = _read(_template("add_links({s30: [x}"), _note("add_links({s30: [x}"))
    assert [one.kind for one in note.problems] == ["left-over"]


def test_without_a_template_nothing_is_left_over() -> None:
    notes = [read_text(_note(_OPTION), "s_2.md")]
    assert without_left_overs(notes) == tuple(notes)
