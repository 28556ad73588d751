"""The note of a project that gives identifiers and kinds back."""

import json

import pytest
from attrs import evolve

from codeable.exchange.own_note import OWN_NOTE, is_own_note, own_note, with_own_note
from codeable.exchange.project import (
    Coder,
    Coding,
    Project,
    ProjectCode,
    ProjectLink,
    ProjectMemo,
    ProjectPassage,
    ProjectSource,
)

OF_STUDY = Project(
    "mesh",
    coders=(Coder("u", "anna"),),
    codes=(
        ProjectCode("1", "Bus\nline", kind="pattern", identifier="bus", values={"aka": "Broker"}),
        ProjectCode("2", "x → y", kind="relation", identifier="uses_log", memos=(ProjectMemo("m"),)),
    ),
    sources=(
        ProjectSource(
            "s",
            "T",
            "Expert:\nYes.",
            (ProjectPassage(8, 12, (Coding("1", "u"), Coding("2")), speaker="Expert"),),
            identifier="p1",
            kind="p",
            memos=(ProjectMemo("Text", "Open coding"), ProjectMemo("Z", "Idea"), ProjectMemo("Z", "Idea")),
        ),
    ),
    links=(
        ProjectLink("1", "1", "same", "option", "same", {"description": "first"}),
        ProjectLink("1", "1", "same", "relation", "same", {"how": "second"}, code="2"),
    ),
)
IN_FILE = Project(
    "mesh",
    coders=(Coder("u", "anna"),),
    codes=(
        ProjectCode("1", "Bus line"),
        ProjectCode("2", "x → y", memos=(ProjectMemo("m", "Memo (2)"),)),
    ),
    sources=(
        ProjectSource(
            "s",
            "T",
            "Expert:\nYes.",
            (ProjectPassage(8, 12, (Coding("1", "u"), Coding("2"))),),
            memos=(
                ProjectMemo("Text", "Open coding (3)"),
                ProjectMemo("Z", "Idea"),
                ProjectMemo("Z", "Idea (2)"),
            ),
        ),
    ),
    links=(ProjectLink("1", "1", "same"), ProjectLink("1", "1", "same")),
)
NOTE = own_note(OF_STUDY, {"1": "Bus line"})


def test_it_gives_back_what_a_file_has_no_place_for() -> None:
    """Identifiers, kinds, values, names, what links are, and speakers."""
    assert is_own_note(NOTE)
    assert is_own_note(f"\ufeff{NOTE}".replace("\n", "\r\n"))
    assert not is_own_note("A note of ours about codeable.")
    for note in (NOTE, f"\ufeff{NOTE}".replace("\n", "\r\n")):
        assert with_own_note(IN_FILE, note) == OF_STUDY


def test_what_was_changed_in_another_tool_stays() -> None:
    """A new name, a new code, and a link that is gone."""
    codes = (evolve(IN_FILE.codes[0], name="Message Bus"), ProjectCode("3", "New"), IN_FILE.codes[1])
    found = with_own_note(evolve(IN_FILE, codes=codes, links=()), NOTE)
    assert [(each.name, each.identifier) for each in found.codes] == [
        ("Message Bus", "bus"),
        ("New", None),
        ("x → y", "uses_log"),
    ]
    assert found.links == ()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[" * 100_000,
        "[]",
        "null",
        '{"format": 2}',
        '{"format": [1]}',
        f'{{"format": {"9" * 5000}}}',
    ],
)
def test_a_note_that_is_broken_or_newer_is_told(content: str) -> None:
    """The rest of the project is read all the same."""
    found = with_own_note(IN_FILE, f"{NOTE.partition(chr(10))[0]}\n{content}")
    (told,) = found.not_taken_over
    assert told.named == (OWN_NOTE,)
    assert evolve(found, not_taken_over=()) == IN_FILE


def test_wrong_types_are_left_out() -> None:
    """Nothing of a hostile note goes on but texts and known words."""
    hostile = {
        "format": 1,
        "codes": {"1": {"identifier": 3, "kind": "kernel", "values": {"aka": [1], "x": "y"}}, "2": "x"},
        "sources": {"s": {"kind": "q", "speakers": {"8": None}, "written": "T", "name": ""}},
        "links": [None, 3, {"origin": "1", "target": "1", "name": "same", "code": "nobody", "text": 1}],
    }
    found = with_own_note(IN_FILE, f"x\n{json.dumps(hostile)}")
    assert found.codes[0] == evolve(IN_FILE.codes[0], values={"x": "y"})
    assert found.links == IN_FILE.links
    assert (found.sources[0].kind, found.sources[0].name) == ("s", "T")
    assert found.sources[0].passages == IN_FILE.sources[0].passages
    for part in ("codes", "sources", "links"):
        assert with_own_note(IN_FILE, f"x\n{json.dumps({'format': 1, part: 7})}").links == IN_FILE.links
