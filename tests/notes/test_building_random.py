"""Random small studies with random slips: a build always loads, loses nothing silently, and is repeatable."""

import random
import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codeable.loading import load_folder
from codeable.notes import FieldNote, read_text
from codeable.notes.build import apply, build
from codeable.notes.model import (
    CodeMention,
    DeclarationStatement,
    ForceStatement,
    OptionStatement,
    RelationStatement,
)
from tests.notes.test_building import note
from tests.tools import examples

NAMES = ["d1", "d2", "a", "b", "c", "f", "g", "r1", "book"]
KINDS = ["decision", "practice", "pattern", "force", "category", "reference"]
SLIPS = ["", "", "", "", "drop", "swap", "double", "comma", "letter", "blank"]

name = st.sampled_from(NAMES)
text = st.sampled_from(["Do it", "Do “that”", "it's", 'a "b"', "ä\\n", "# no comment"])
statements = st.one_of(
    st.builds("{} = CClass({}, {!r})".format, name, st.sampled_from(KINDS), text),
    st.builds(
        "{} = CClass({}, {!r}, superclasses=[{}, {}])".format,
        name, st.sampled_from(KINDS), text, name, name,
    ),
    st.builds("{} = CClass(pattern, {!r}, values={{'aka': {!r}}})".format, name, text, text),
    st.builds("add_decision_option_link({}, {}, {!r})".format, name, name, text),
    st.builds("{} = add_decision_option_link({}, {})".format, name, name, name),
    st.builds(
        "add_force_relations({{{}: {{{}: {}, {}: positive}}}})".format,
        name, name, st.sampled_from(["positive", "very_negative", "nice"]), name,
    ),
    st.builds(
        "{}.add_links({}, role_name='to', stereotype_instances={})".format,
        name, name, st.sampled_from(["uses", "can_use", "is_a", "usess", "positive"]),
    ),
    st.builds("{} = {}.add_links({}, role_name='to', stereotype_instances=uses)[0]".format, name, name, name),
    st.builds(
        "add_links({{{}: [{}, {}]}}, role_name='to', stereotype_instances=uses)".format, name, name, name
    ),
    st.builds("add_links({{{}: [{}]}}, role_name='next decision')".format, name, name),
    st.builds("add_links({{s1: [{}]}}, role_name='referenced')".format, name),
    name,
    st.builds("'''\n{}, {}\n'''".format, name, name),
)  # fmt: skip


def with_slip(statement: str, slip: str, seed: int) -> str:
    at = random.Random(seed).randrange(len(statement))
    before, here, after = statement[:at], statement[at], statement[at + 1 :]
    changed = {
        "": here, "drop": "", "swap": after[:1] + here, "double": here * 2,
        "comma": ",", "letter": "x", "blank": here + " ",
    }[slip]  # fmt: skip
    return before + changed + (after[1:] if slip == "swap" else after)


slipped = st.builds(with_slip, statements, st.sampled_from(SLIPS), st.integers(0, 99))
studies = st.lists(st.lists(slipped, max_size=7), min_size=1, max_size=4)


@pytest.fixture(autouse=True)
def _untried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests load each study themselves: the trial before it is written would hide what is wrong."""
    monkeypatch.setattr("codeable.notes.build.why_not_loaded", lambda *_: None)


def read(codes: list[list[str]]) -> list[FieldNote]:
    return [read_text(note(number, *lines), f"s_{number}.md") for number, lines in enumerate(codes, 1)]


def built(notes: list[FieldNote], folder: Path) -> tuple[object, ...]:
    made = build(notes, folder)
    apply(made.changes, folder)
    return made.left_out


@pytest.mark.slow
@settings(max_examples=examples(300), deadline=None, suppress_health_check=list(HealthCheck))
@given(studies, studies)
def test_every_build_loads_and_the_second_changes_nothing(
    first: list[list[str]], then: list[list[str]]
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        for codes in (first, [*first, *then], then):
            notes = read(codes)
            built(notes, folder)
            load_folder(folder)
            assert build(notes, folder).changes == ()


@settings(max_examples=examples(300), deadline=None, suppress_health_check=list(HealthCheck))
@given(studies)
def test_every_statement_is_built_replaced_or_left_out(codes: list[list[str]]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        notes = read(codes)
        made = build(notes, folder)
        apply(made.changes, folder)
        study = load_folder(folder)
        lost = {
            (one.span.path, line)
            for one in made.left_out
            for line in range(one.span.line, one.span.end_line + 1)
        }
        options = {(one.decision, one.solution) for d in study.decisions for one in study.options_of(d)}
        for each in notes:
            source = study[str(each.identifier)]
            codes_of = {study.name_of(code) for code in study.codes_of(source)}
            for one in each.statements:
                lines = {(each.path, line) for line in range(one.span.line, one.span.end_line + 1)}
                if lines & lost:
                    continue
                if isinstance(one, DeclarationStatement):
                    assert one.identifier.name in study
                elif isinstance(one, OptionStatement):
                    assert (one.decision.name, one.solution.name) in options
                elif isinstance(one, ForceStatement):
                    for impact in one.impacts:
                        forces = {each.force for each in study.forces_of(impact.solution.name)}
                        assert impact.force.name in forces
                elif isinstance(one, CodeMention):
                    assert one.code.name in codes_of
                elif not isinstance(one, RelationStatement):
                    assert re.fullmatch("Other.*", type(one).__name__)
