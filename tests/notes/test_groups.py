"""The evidence of a statement: the passages since the previous group of traces."""

from codeable.notes import FieldNote, read_text

HEAD = "# s 1\n**AXIAL CODING TRACE:**\n```\ns1 = CClass(source, 's1')\n```\n# coding\n"


def axial(code: str) -> str:
    return f"**AXIAL CODING TRACE:**\n```python\n{code}\n```\n"


def opened(text: str = "hm") -> str:
    return f"**OPEN CODING TRACE:**\n{text}\n\n"


def evidence(note: FieldNote) -> dict[str, list[str]]:
    return {one.source: [passage.text for passage in one.evidence] for one in note.statements}


def test_a_statement_rests_on_the_passages_before_its_trace() -> None:
    note = read_text(f"{HEAD}> one\n\n> two\n\n{axial('a')}> three\n\n{axial('b')}")
    assert evidence(note) == {"s1 = CClass(source, 's1')": [], "a": ["one", "two"], "b": ["three"]}


def test_traces_with_no_passage_between_them_share_their_evidence() -> None:
    note = read_text(f"{HEAD}> one\n\n{opened()}{axial('a')}{opened()}{axial('b')}> two\n\n{axial('c')}")
    assert evidence(note)["a"] == evidence(note)["b"] == ["one"]
    assert evidence(note)["c"] == ["two"]


def test_the_traces_of_one_group_have_one_number() -> None:
    note = read_text(f"{HEAD}> one\n\n{opened()}{axial('a')}> two\n\n{opened()}")
    groups = [trace.group for trace in (*note.open_traces, *note.axial_traces)]
    assert groups == [2, 3, 1, 2]


def test_an_open_trace_rests_on_passages_too() -> None:
    note = read_text(f"{HEAD}> one\n\n{opened()}")
    assert [passage.text for passage in note.open_traces[0].evidence] == ["one"]


def test_traces_before_coding_have_no_evidence() -> None:
    note = read_text(f"# s 1\nSome text.\n\n{axial('a')}# coding\n{axial('b')}")
    assert evidence(note) == {"a": [], "b": []}
    assert [trace.in_metadata for trace in note.axial_traces] == [True, False]


def test_text_before_coding_is_no_evidence_for_what_follows() -> None:
    note = read_text(f"# s 1\nSome text.\n\n# coding\n> one\n\n{axial('a')}")
    assert evidence(note) == {"a": ["one"]}


def test_an_image_and_quoted_code_are_evidence() -> None:
    note = read_text(f"{HEAD}> one\n\n![A](https://x.org/a.png)\n\n```\nx = 1\n```\n\n{axial('a')}")
    assert [passage.kind for passage in note.statements[-1].evidence] == ["quotation", "image", "code"]


def test_an_image_between_two_traces_parts_them() -> None:
    note = read_text(f"{HEAD}> one\n\n{axial('a')}![A](https://x.org/a.png)\n\n{axial('b')}")
    assert [passage.kind for passage in note.statements[-1].evidence] == ["image"]


def test_a_comment_between_two_traces_does_not_part_them() -> None:
    note = read_text(f"{HEAD}> one\n\n{opened()}<!-- aside -->\n\n{axial('a')}")
    assert evidence(note)["a"] == ["one"]


def test_a_trace_right_after_another_group_without_passages_has_the_same_evidence() -> None:
    note = read_text(f"{HEAD}{axial('a')}> one\n\n{axial('b')}")
    assert evidence(note)["a"] == []
    assert evidence(note)["b"] == ["one"]


def test_a_trace_heading_right_below_a_quotation_is_not_part_of_it() -> None:
    note = read_text(f"{HEAD}> one\n{axial('a')}")
    assert evidence(note)["a"] == ["one"]
