"""The field notes of an import: what is in them, and what is added to those that are there."""

from collections import Counter
from pathlib import Path
from textwrap import dedent

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from codeable.exchange.incoming.notes import PlannedNotes, planned_notes
from codeable.exchange.incoming.planned import ImportOptions, PlannedCodes, PlannedSources, StudyBefore
from codeable.exchange.project import Coder, Coding, Project, ProjectMemo, ProjectPassage, ProjectSource
from codeable.notes import FieldNote, read_text
from codeable.notes.mentions import codes_mentioned
from codeable.registry import Registry
from codeable.settings import Settings
from tests.exchange.projects import passage
from tests.tools import examples

CODES = PlannedCodes({"a": "event_bus", "b": "cost", "c": "größe"})
CODERS = (Coder("u1", "Anna"), Coder("u2", "Ben Ö."))


def planned(
    *sources: ProjectSource,
    notes: tuple[FieldNote, ...] = (),
    known: bool = False,
    coder: str | None = None,
    **in_settings: object,
) -> PlannedNotes:
    """The plan for some sources, whose keys are their identifiers."""
    keys = {source.key: source.key for source in sources}
    of_study = PlannedSources(keys, dict.fromkeys(keys, "the same identifier") if known else {})
    study = StudyBefore(Registry.of({}), Settings(**in_settings), notes, Path("study"))  # type: ignore[arg-type]
    project = Project("P", coders=CODERS, sources=sources)
    return planned_notes(project, study, ImportOptions(coder=coder), CODES, of_study)


def coded(note: FieldNote) -> list[tuple[str, tuple[str, ...]]]:
    """The passages of a note with their codes."""
    codes: dict[object, list[str]] = {}
    for code, mentions in codes_mentioned(note, {}).items():
        for each in {each: None for _, statement in mentions for each in statement.evidence}:
            codes.setdefault(each, []).append(code)
    return [(each.text, tuple(sorted(codes.get(each, ())))) for each in note.passages]


def note(text: str, path: str = "study/sources/s1.md") -> FieldNote:
    """A note that is there."""
    return read_text(dedent(text).lstrip("\n"), path)


_PIECES = st.sampled_from(
    [
        *("> ", "\\", "# coding\n", "```\n", "<!-- ", "**MEMO:** x\n", "**AXIAL CODING TRACE:**\n"),
        *("\n", "\n\n", "  ", "\t", "\f", "\u2028", "Operator\n", "Interviewer:\n", "one ", "two "),
        *("ü", "e\u0301", "🙂", "👩\u200d🔬", "שלום", "𝒳", "event_bus ", "x = CClass(force, 'X')\n"),
    ]
)
_CODINGS = st.lists(
    st.builds(Coding, st.sampled_from("abc"), st.sampled_from([None, "u1", "u2"])), max_size=3
)


@st.composite
def _sources(draw: st.DrawFn) -> ProjectSource:
    text = draw(st.lists(_PIECES, min_size=1, max_size=15).map("".join))
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    drawn = draw(st.lists(st.tuples(places, _CODINGS), max_size=5))
    passages = tuple(
        ProjectPassage(*sorted(place), tuple(codings), "u1" if not codings else None)
        for place, codings in drawn
        if text[slice(*sorted(place))].strip()
    )
    return ProjectSource(draw(st.sampled_from(["s1", "p1"])), "Title", text, passages, tuple(draw(_CODINGS)))


@given(_sources())
@settings(max_examples=20, deadline=None)
def test_every_passage_comes_back_to_the_character(source: ProjectSource) -> None:
    made = planned(source)
    assert made.not_taken_over == ()
    names = {None: None, "u1": "Anna", "u2": "Ben Ö."}
    expected: Counter[tuple[str | None, str, str]] = Counter()
    places: dict[tuple[int, int], set[tuple[str | None, str]]] = {}
    for each in source.passages:
        of_place = places.setdefault((each.start, each.end), set())
        of_place |= {(names[one.coder], CODES.identifiers[one.code]) for one in each.codings}
    for (start, end), codes in places.items():
        expected.update((coder, source.text[start:end].strip(), code) for coder, code in codes)
    found = Counter(
        (each.coder, text, code) for each in made.notes for text, codes in coded(each) for code in codes
    )
    assert found == expected
    whole = {
        (each.coder, code)
        for each in made.notes
        for code, mentions in codes_mentioned(each, {}).items()
        if any(not statement.evidence for _, statement in mentions)
    }
    assert whole == {(names[one.coder], CODES.identifiers[one.code]) for one in source.codings}
    again = planned(source, notes=made.notes, known=True)
    assert (again.new, again.changed, again.differences) == ((), (), ())


def test_what_is_new_goes_behind_the_last_trace_of_a_note() -> None:
    there = note(
        """
        # s 1
        ## title
        Title

        # coding

        > We pay.

        **AXIAL CODING TRACE:**

        add codes to s1:
        ``` python
        cost
        ```

        **MEMO:** much

        > Not coded.
        """
    )
    text = "We pay. We wait. Not coded. Again."
    source = ProjectSource(
        "s1",
        "Title",
        text,
        (
            passage(text, "We pay.", Coding("a"), Coding("b")),
            passage(text, "We wait.", Coding("c")),
            passage(text, "Again."),
        ),
        codings=(Coding("b"),),
        memos=(ProjectMemo("Read twice."),),
    )
    made = planned(source, notes=(there,), known=True)
    assert made.notes[0].text == dedent(
        """\
        # s 1
        ## title
        Title

        # coding

        **MEMO:** Read twice.

        **AXIAL CODING TRACE:**

        add codes to s1:
        ``` python
        '''
            cost
        '''
        ```

        > We pay.

        **AXIAL CODING TRACE:**

        add codes to s1:
        ``` python
        cost
        ```

        add codes to s1:
        ``` python
        '''
            event_bus
        '''
        ```

        **MEMO:** much

        > We wait.

        **AXIAL CODING TRACE:**

        add codes to s1:
        ``` python
        '''
            größe
        '''
        ```

        > Not coded.

        > Again.
        """
    )
    assert (made.passages, made.codings) == (2, 3)
    assert made.differences == ()  # what a person adds is no matter


def test_a_memo_about_a_source_that_is_in_the_note_of_another_coder_is_not_added() -> None:
    text = "We pay. We wait."
    notes = tuple(
        evolve(note(f"# s 1\n## title\nT\n\n# coding\n{memo}", f"study/sources/{name}/s1.md"), coder=name)
        for name, memo in {"Anna": "\n**MEMO:** Whose?\n", "Ben Ö.": ""}.items()
    )
    by_ben = (passage(text, "We wait.", Coding("a", "u2")),)
    source = ProjectSource("s1", "T", text, by_ben, memos=(ProjectMemo("Whose?"), ProjectMemo("Why?")))
    made = planned(source, notes=notes, known=True)
    assert [[memo.text for memo in each.memos] for each in made.notes] == [["Whose?"], ["Why?"]]


_GROUPS = st.lists(st.tuples(st.integers(1, 3), st.sets(st.sampled_from("abc"))), min_size=1, max_size=5)


@given(_GROUPS, st.lists(st.sets(st.sampled_from("abc")), min_size=15, max_size=15))
@settings(max_examples=examples(25))
def test_further_codes_of_passages_that_share_traces_come_in_once(
    groups: list[tuple[int, set[str]]], added: list[set[str]]
) -> None:
    """A passage that shares its traces is quoted again; its codes are those of all quotations."""
    lines, wanted = ["# s 1\n## title\nT\n\n# coding\n"], {}
    for size, codes in groups:
        for _ in range(size):
            wanted[f"Passage {len(wanted)}."] = codes | added[len(wanted)]
            lines.append(f"> Passage {len(wanted) - 1}.\n")
        if codes:
            named = ", ".join(CODES.identifiers[each] for each in sorted(codes))
            lines.append(f"**AXIAL CODING TRACE:**\n``` python\n'''{named}'''\n```\n")
    there = note("\n".join(lines))
    already = dict(coded(there))
    for text, codes in wanted.items():  # without a trace, a passage is in the next group
        codes |= {each for each in "abc" if CODES.identifiers[each] in already[text]}
    text = " ".join(wanted)
    source = ProjectSource(
        "s1",
        "T",
        text,
        tuple(passage(text, one, *map(Coding, sorted(codes))) for one, codes in wanted.items()),
    )
    made = planned(source, notes=(there,), known=True)
    found: dict[str, set[str]] = {}
    for one, names in coded(made.notes[0]):
        found.setdefault(one, set()).update(names)
    assert found == {one: {CODES.identifiers[each] for each in codes} for one, codes in wanted.items()}
    assert (made.not_taken_over, made.differences) == ((), ())
    again = planned(source, notes=made.notes, known=True)
    assert (again.changed, again.differences, again.codings) == ((), (), 0)


def test_a_file_that_does_not_say_who_coded_is_known_as_the_work_of_who_has_its_passages() -> None:
    """After an import people write their name into the notes, or name it when they import again."""
    text = "We pay. We wait."
    source = ProjectSource("s1", "T", text, (passage(text, "We pay.", Coding("a")),))
    more = evolve(source, passages=(*source.passages, passage(text, "We wait.", Coding("b"))))
    (first,) = planned(source).notes
    named = evolve(first, coder="Jo")
    assert planned(source, notes=(named,), known=True).new == ()
    plan = planned(more, notes=(named,), known=True)
    assert (plan.new, plan.changed, plan.passages) == ((), (first.path,), 1)
    assert "in the notes of Jo, and so is what is new. --coder names somebody else." in plan.messages[0]
    assert planned(source, notes=(first,), known=True, coder="Jo").new == ()
    plan = planned(more, notes=(first,), known=True, coder="Jo")
    assert (plan.new, plan.passages) == ((), 1)
    assert "which stay so; write Jo below their `## coder`" in plan.messages[0]
    # Another person, who is named, or whose passages are others.
    assert len(planned(more, notes=(named,), known=True, coder="Kim").new) == 1
    other = evolve(source, passages=(passage(text, "wait.", Coding("b")),))
    assert len(planned(other, notes=(named,), known=True).new) == 1
    assert len(planned(other, notes=(first,), known=True, coder="Kim").new) == 1


def test_the_first_coder_takes_the_empty_note_of_a_bibliography() -> None:
    text = "We pay. We wait."
    codings = Coding("a", "u1"), Coding("b", "u2")
    source = ProjectSource("s1", "T", text, (passage(text, "We pay.", *codings),))
    empty = note(
        """
        # s 1
        ## title
        T
        **AXIAL CODING TRACE**: source and references
        ``` python
        s1 = CClass(source, "s1", values={"title": "T"})
        ```
        # coding

        **MEMO:** Read it.
        """
    )
    plan = planned(source, notes=(empty,), known=True)
    assert (plan.changed, [(each.path, each.coder) for each in plan.notes]) == (
        (empty.path,),
        [(empty.path, "Anna"), ("study/sources/ben_ö/s1.md", "Ben Ö.")],
    )
    assert read_text(plan.notes[0].text).coder == "Anna"
    used = note("# s 1\n\n# coding\n\n> We wait.\n")
    assert [each.coder for each in planned(source, notes=(used,), known=True).notes] == [
        None,
        "Anna",
        "Ben Ö.",
    ]


def test_what_a_file_no_longer_says_is_a_difference_and_codes_of_the_study_alone_are_none() -> None:
    trace = "\n\n**AXIAL CODING TRACE:**\n\nadd codes to s1:\n``` python\n{}\n```\n\n"
    passages = {"One.": "cost, event_bus, my_own", "Two.": "cost", "Three.": "my_own", "Four.": "cost"}
    coded = "".join(f"> {text}{trace.format(codes)}" for text, codes in passages.items())
    there = note(f"# s 1\n## title\nT\n\n# coding\n\n{coded}> Five.\n")
    text = "One. Two."
    source = ProjectSource(
        "s1", "T", text, (passage(text, "One.", Coding("b")), passage(text, "Two.", Coding("b")))
    )
    made = planned(source, notes=(there,), known=True)
    assert (made.new, made.changed) == ((), ())
    assert [(one.what, one.in_study) for one in made.differences] == [
        ("codes of a passage of s1", "event_bus"),
        ("passage of s1", "Four."),
    ]
