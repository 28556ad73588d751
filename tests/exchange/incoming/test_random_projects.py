"""Random projects come into a study whole, come again without a change, and are what a build would make."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import codeable
from codeable.exchange.project import (
    Coder,
    Coding,
    Project,
    ProjectCode,
    ProjectMemo,
    ProjectPassage,
    ProjectSource,
)
from codeable.notes.build import apply, build
from codeable.notes.files import notes_of_study
from codeable.settings import read_settings
from tests.exchange.projects import planned

_NAMES = st.sampled_from(
    [
        *("Event Bus", "event bus", "Event-Bus", "import", "class", "practice", "s1", "P7", "1st", "", " "),
        *("größe", "数据", "🙂", "a" * 300, 'it\'s "so" \\ #', "'''", '"""', "x\ny", "<b>", "\u202e", "\0"),
        *("CClass", "{0}", "...", "# coding", "> x", "```", "**MEMO:**", "../x", "con", "Anna", "anna"),
        *("__init__", "print(1)", "\ud800"),
    ]
)
_TEXTS = st.lists(
    st.sampled_from(
        [
            *("> ", "\\", "# coding\n", "```\n", "<!-- ", "**MEMO:** x\n", "**OPEN CODING TRACE:**\n"),
            *("\n\n", "  ", "\t", "\u2028", "Operator\n", "one ", "two ", "ü", "e\u0301", "🙂", "bus_2 "),
            *("\0", "\ud800"),
        ]
    ),
    max_size=12,
).map("".join)
_VALUES = _TEXTS.map(lambda text: " ".join(text.split()))
_MEMO = st.builds(ProjectMemo, _TEXTS, _NAMES, st.sampled_from([None, "u1"]))
_MEMOS = st.lists(_MEMO, max_size=2).map(tuple)


@st.composite
def _projects(draw: st.DrawFn) -> Project:
    coders = (Coder("u1", draw(_NAMES)), Coder("u2", draw(_NAMES)))
    codes: list[ProjectCode] = []
    for number in range(draw(st.integers(0, 5))):
        parents = [None, *(each.key for each in codes)]
        parent = draw(st.sampled_from(parents))
        codes.append(ProjectCode(f"c{number}", draw(_NAMES), parent, draw(_TEXTS), memos=draw(_MEMOS)))
    keys = st.sampled_from([*(each.key for each in codes), "unknown"])
    codings = st.lists(st.builds(Coding, keys, st.sampled_from([None, "u1", "u2"]), _MEMOS), max_size=2).map(
        tuple
    )
    sources = []
    for number in range(draw(st.integers(0, 3))):
        text = draw(_TEXTS)
        place = st.integers(-1, len(text) + 1)
        passages = st.builds(
            ProjectPassage, place, place, codings, st.sampled_from([None, "u2"]), memos=_MEMOS
        )
        sources.append(
            ProjectSource(
                f"d{number}",
                draw(_NAMES),
                text,
                tuple(draw(st.lists(passages, max_size=4))),
                draw(codings),
                kind=draw(st.sampled_from(["s", "p"])),
                metadata=draw(st.dictionaries(_NAMES, _VALUES, max_size=2)),
                memos=draw(_MEMOS),
            )
        )
    return Project(draw(_NAMES), "x.qdpx", coders=coders, codes=tuple(codes), sources=tuple(sources))


@pytest.mark.slow
@given(_projects())
@settings(max_examples=60, deadline=None, phases=(Phase.explicit, Phase.generate))
def test_a_random_project_comes_in_and_changes_nothing_again(project: Project) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "study")
        done = planned(project, folder)
        assert not [each for each in done.not_taken_over if "a field note would not" in each.reason]
        apply(done.changes, folder)
        study = codeable.load(folder)
        assert {*done.codes.identifiers.values()} <= {each.identifier for each in study.declarations}
        notes = notes_of_study(folder, read_settings(folder))
        built = build(notes, folder)
        assert (built.changes, built.left_out) == ((), ())
        again = planned(project, folder)
        assert ([each.path for each in again.changes], again.differences) == ([], ())
