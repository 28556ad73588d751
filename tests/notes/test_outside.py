"""Statements that count nowhere are in the record, with a problem at their place."""

import pytest

from codeable.notes import FieldNote, read_text

_DECLARED = 'cache = CClass(pattern, "Cache")'


def _note(text: str, identifier: str = "2") -> FieldNote:
    return read_text(f"# s {identifier}\n# coding\n> A.\n\n{text}")


def _outside(note: FieldNote) -> tuple[list[str], list[str]]:
    assert all(
        any(one.span.start <= each.span.start <= each.span.end <= one.span.end for one in note.problems)
        for each in note.outside
    )
    return [one.source for one in note.outside], [one.kind for one in note.problems]


@pytest.mark.parametrize(
    "statement",
    [
        _DECLARED,
        'cache = CClas(pattern, "Cache")',
        'add_decision_option_link(read_decision, cache, "Use a cache")',
        "add_force_relations({cache: {speed: positive}})",
        'add_links({s2: [cache]}, role_name="contained_code")',
        'cache.add_links(queue, role_name="to", stereotype_instances=uses)',
    ],
)
@pytest.mark.parametrize("language", ["python", "", "text"])
def test_statements_in_a_fence_outside_every_trace(statement: str, language: str) -> None:
    note = _note(f"```{language}\n{statement}\n```\n\n**AXIAL CODING TRACE:**\n```python\nbus\n```\n")
    sources, kinds = _outside(note)
    assert len(sources) == 1
    assert kinds[-1:] == ["outside-trace"]
    assert [one.source for one in note.statements] == ["bus"]
    assert [one.text for one in note.statements[0].evidence] == ["A."]


def test_a_fence_of_statements_is_no_value_of_the_metadata() -> None:
    text = '# s 1\n## references\n\n```python\ns1 = CClass(source, "s1")\n```\n# coding\n'
    note = read_text(text)
    assert note.metadata["references"].value == ""
    assert [type(one) for one in note.outside] != []
    assert note.statements == ()


@pytest.mark.parametrize("code", ["import numpy", "x = Cache(10)", "topology.add_link(a, b)", "select 1"])
def test_code_of_the_source_is_a_passage(code: str) -> None:
    note = _note(f"```python\n{code}\n```\n")
    assert [one.kind for one in note.passages] == ["quotation", "code"]
    assert (note.outside, note.problems) == ((), ())


@pytest.mark.parametrize("place", ["**AXIAL CODING TRACE:**\n", "**OPEN CODING TRACE:**\n", ""])
@pytest.mark.parametrize("written", ["{}", "- {}", "1. {}", "`{}`", "* `{}`"])
def test_statements_without_a_fence(place: str, written: str) -> None:
    sources, kinds = _outside(_note(f"{place}added:\n{written.format(_DECLARED)}\n"))
    assert (sources, kinds) == ([written.format(_DECLARED)], ["outside-fence"])


@pytest.mark.parametrize(
    ("language", "block"),
    [
        ("pyhton", _DECLARED),
        ("ython", "'''\nbus\n'''\n# already added:"),
        ("pythonn:", "bus"),
        ("text", "'''\nmessage_bus\n'''\n# already added: queue"),
        ("sql", _DECLARED),
    ],
)
def test_statements_in_a_fence_of_another_language_are_read_in_an_axial_trace(
    language: str, block: str
) -> None:
    note = _note(f"**AXIAL CODING TRACE:**\n```{language}\n{block}\n```\n")
    assert len(note.statements) == 1
    (problem,) = note.problems
    assert (problem.kind, problem.suggestion) == ("fence-language", "python")


@pytest.mark.parametrize(
    "opening",
    [f"``` python {_DECLARED}", f"```{_DECLARED}", "```pyhton message_cache", "``` near_cache, bus"],
)
def test_statements_on_the_line_of_the_opening_fence(opening: str) -> None:
    note = _note(f"**AXIAL CODING TRACE:**\n{opening}\nqueue\n```\n")
    (problem,) = note.problems
    (edit,) = problem.edits
    assert problem.kind == "repaired"
    assert len(note.statements) > 1
    fixed = note.text[: edit.start] + edit.replacement + note.text[edit.end :]
    assert [one.source for one in read_text(fixed).statements] == [one.source for one in note.statements]


@pytest.mark.parametrize("block", ["ls", "select 1", "{key: value}"])
def test_a_fence_of_another_language_in_an_axial_trace(block: str) -> None:
    note = _note(f"**AXIAL CODING TRACE:**\n```text\n{block}\n```\n")
    assert (note.statements, note.problems) == ((), ())


def test_codes_that_a_statement_adds_to_another_source() -> None:
    note = _note(
        "**AXIAL CODING TRACE:**\n```python\n"
        'add_links({s30: [cache, queue], s2: [bus]}, role_name="contained_code")\n```\n'
    )
    assert _outside(note) == (["cache", "queue"], ["another-source"])
    assert [one.source for one in note.statements] == ["bus"]
    assert note.problems[0].message == "2 codes added to s30, but this is the note of s2: this counts nowhere"


@pytest.mark.parametrize("source", ["s2", "s", "own"])
def test_the_own_source_has_several_names(source: str) -> None:
    note = _note(
        '**AXIAL CODING TRACE:**\n```python\nown = CClass(source, "s2")\n'
        f'add_links({{{source}: cache}}, role_name="contained_code")\n```\n'
    )
    assert note.outside == ()


def test_a_slip_in_the_prose_changes_no_evidence() -> None:
    note = _note("**AXIAL CODING TRACE:**\nadd codes to s1:\n```python\ncache\n```\n")
    assert note.outside == ()


def test_a_merge_conflict_is_the_only_problem_of_a_note() -> None:
    text = (
        '**AXIAL CODING TRACE:**\n```python\nbus = CClass(pattern, "Bus")\n<<<<<<< HEAD\n'
        'cache = CClass(pattern, "Cache")\n=======\ncache = CClass(pattern, "Caches")\nx = (\n>>>>>>> other\n'
        "queue\n```\n"
    )
    note = _note(text)
    assert [one.source for one in note.statements] == ['bus = CClass(pattern, "Bus")', "queue"]
    assert len(note.outside) >= 2
    assert [(one.kind, one.message) for one in note.problems] == [
        ("merge-conflict", "merge conflict not resolved, lines 8–13")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "```python\n  near_cache,\n  far_cache\n# none\n```\n",
        "add codes to s2:\n```\n'''\ncache, queue\n'''\n```\n",
        "added:\n```text\ncache\n```\n",
    ],
)
def test_a_list_of_codes_outside_every_trace(text: str) -> None:
    _, kinds = _outside(_note(text))
    assert kinds == ["outside-trace"]
    assert [one.kind for one in _note(text).passages if one.kind == "code"] == []


@pytest.mark.parametrize(
    "code", ["```python\ndf\n```", "```\nmy_table\n```", "```python\nimport my_module\n```"]
)
def test_names_in_code_of_the_source_are_no_list_of_codes(code: str) -> None:
    assert _note(code).outside == ()


def test_a_list_of_codes_without_a_fence() -> None:
    sources, kinds = _outside(_note("**AXIAL CODING:**\nadd codes to s2:\n'''\ncache\nqueue\nbus\n'''\n"))
    assert (sources, kinds) == (["cache", "queue", "bus"], ["outside-fence"])


def test_a_statement_among_the_metadata() -> None:
    note = read_text('# s 1\n## references\nA book\ns1 = CClass(source, "s1")\n# coding\n')
    assert note.metadata["references"].value == "A book"
    assert _outside(note) == (['s1 = CClass(source, "s1")'], ["outside-fence"])


def test_codes_added_to_another_source_without_a_fence() -> None:
    note = _note('add_links({s30: [a_code]}, role_name="contained_code")\n')
    assert _outside(note) == (["a_code"], ["outside-fence"])


@pytest.mark.parametrize("place", ["**AXIAL CODING TRACE:**\nadd codes to s2:\n\n", ""])
@pytest.mark.parametrize(
    ("block", "sources"),
    [
        (f"> ``` python\n> {_DECLARED}\n> ```", [_DECLARED]),
        ("> ``` python\n> '''\n> near_cache\n> far_cache\n> '''\n> ```", ["near_cache", "far_cache"]),
        ("> add codes to s2:\n> near_cache, far_cache", ["near_cache", "far_cache"]),
        (f">{_DECLARED}", [_DECLARED]),
    ],
)
def test_statements_in_a_quotation(place: str, block: str, sources: list[str]) -> None:
    note = _note(place + block + "\n")
    assert _outside(note) == (sources, ["outside-fence"])
    assert "in a quotation" in note.problems[0].message


def test_a_quotation_of_other_python_is_a_passage() -> None:
    assert _note("> ``` python\n> import numpy\n> run(numpy)\n> ```\n").problems == ()


@pytest.mark.parametrize(
    "text",
    [
        "add codes to s2:\n- near_cache\n- far_cache",
        "add codes to s2:\n\n1. near_cache\n2. far_cache",
        "add codes to s2: near_cache, far_cache",
        "added:\n`near_cache`, `far_cache`",
        "added to s2:\nnear_cache\nfar_cache",
        "near_cache\nfar_cache",
        "'''\nnear_cache\nfar_cache\n'''",
        "``python\nnear_cache\nfar_cache\n``",
        "added:\n´´´\n'''\nnear_cache, far_cache\n'''\n´´´",
    ],
)
@pytest.mark.parametrize("heading", ["**AXIAL CODING TRACE:**\n", ""])
def test_a_list_of_codes_without_the_marks_of_a_fence(heading: str, text: str) -> None:
    note = _note(f"{heading}{text}\n")
    sources, kinds = _outside(note)
    assert [source.strip("-12.` ") for source in sources] == ["near_cache", "far_cache"]
    assert kinds == ["outside-fence"]


@pytest.mark.parametrize(
    "text",
    [
        "**OPEN CODING TRACE:**\nNew options:\nnear_cache\nfar_cache",
        "**OPEN CODING TRACE:**\nnear_cache, far_cache",
        "**AXIAL CODING TRACE:**\nadd codes to s2: none",
        "**AXIAL CODING TRACE:**\nnothing new",
        "> event_streaming",
        "We call it event_streaming.",
    ],
)
def test_texts_that_are_no_list_of_codes(text: str) -> None:
    assert _note(f"{text}\n").outside == ()
