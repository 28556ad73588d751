"""The chain of evidence: from a code to its passages, through renames, over every source."""

from pathlib import Path

import pytest
from attrs import evolve

from codeable.loading import load_folder
from codeable.notes import FieldNote, read_text
from codeable.notes.evidence import ChainOfEvidence
from codeable.registry import Registry, UnknownNameError
from tests.studies import write_study

STUDY = {
    "models/a.py": """
        from codeable.dsl import *

        d_decision = CClass(decision, "D?")
        event_streaming = CClass(practice, "Event Streaming")
        master = CClass(practice, "Master Data")
        speed = CClass(force, "Speed")
        add_decision_option_link(d_decision, event_streaming, "Use events")
        add_force_relations({event_streaming: {speed: very_positive}})
        """,
    "sources/s2.py": """
        from codeable.dsl import *
        from models.a import *

        s2 = CClass(source, "s2", values={"title": "Two"})
        add_links({s2: [event_streaming, speed]}, role_name="contained_code")
        """,
    "sources/s10.py": """
        from codeable.dsl import *
        from models.a import *

        s10 = CClass(source, "s10", values={"title": "Ten"})
        add_links({s10: [event_streaming]}, role_name="contained_code")
        """,
    "sources/s11.py": """
        from codeable.dsl import *
        from models.a import *

        s11 = CClass(source, "s11", values={"title": "Eleven"})
        add_links({s11: [event_streaming, master]}, role_name="contained_code")
        """,
}
OPTION = 'add_decision_option_link(d_decision, event_streaming, "Use events")'
RENAMES = {"mdm": "md", "md": "master"}


def note(number: int, *groups: tuple[str, str]) -> FieldNote:
    traces = "".join(
        f"> {passage}\n\n**AXIAL CODING TRACE:**\n```python\n{code}\n```\n\n" for passage, code in groups
    )
    return read_text(f"# s {number}\n## title\nNote {number}\n\n# coding\n\n{traces}", f"s{number}.md")


NOTES = [
    note(
        2, ("Streams are fast.", "event_streaming\nspeed"), ("Nothing.", "x"), ("Again.", "event_streaming")
    ),
    note(10, ("Ten.", f'{OPTION}\nmdm = CClass(practice, "MDM")')),
    note(12, ("Twelve.", "event_streaming, md")),
]


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    folder = tmp_path_factory.mktemp("study")
    write_study(folder, STUDY)
    return load_folder(folder)


@pytest.fixture
def chain(study: Registry) -> ChainOfEvidence:
    return ChainOfEvidence(study, NOTES, RENAMES)


def test_passages_come_in_the_order_of_sources_and_notes(study: Registry) -> None:
    found = ChainOfEvidence(study, NOTES, RENAMES).passages_of("event_streaming")
    assert [(one.source, one.path, one.line, one.end_line, one.text) for one in found] == [
        ("s2", "s2.md", 7, 7, "Streams are fast."),
        ("s2", "s2.md", 22, 22, "Again."),
        ("s10", "s10.md", 7, 7, "Ten."),
        ("s12", "s12.md", 7, 7, "Twelve."),
    ]


def test_a_passage_names_every_place_that_speaks_of_the_code(chain: ChainOfEvidence) -> None:
    passages = chain.passages_of("event_streaming")
    assert [[str(span) for span in one.mentions] for one in passages[:2]] == [["s2.md:11:1"], ["s2.md:26:1"]]


def test_a_code_is_found_by_identifier_display_name_and_element(
    study: Registry, chain: ChainOfEvidence
) -> None:
    by_name = chain.passages_of("Event Streaming")
    assert chain.passages_of(study["event_streaming"]) == by_name == chain.passages_of("event_streaming")


def test_a_source_that_shares_its_name_with_a_code_keeps_its_title(tmp_path: Path) -> None:
    twin = 'from codeable.dsl import *\ns11 = CClass(practice, "S 11")\n'
    study = load_folder(write_study(tmp_path, {**STUDY, "models/b.py": twin}))
    evidence = ChainOfEvidence(study, (), {}).chain_of("master").evidence
    assert [(one.source, one.title) for one in evidence] == [("s11", "Eleven")]


def test_a_decision_and_a_force_have_passages_too(chain: ChainOfEvidence) -> None:
    assert [one.text for one in chain.passages_of("d_decision")] == ["Ten."]
    assert [one.text for one in chain.passages_of("speed")] == ["Streams are fast."]


def test_an_old_name_is_followed_to_the_code_of_today(chain: ChainOfEvidence) -> None:
    assert chain.chain_of("mdm").identifier == "master"
    assert [one.text for one in chain.passages_of("mdm")] == ["Ten.", "Twelve."]


def test_a_trace_shows_every_rename_and_its_uses(chain: ChainOfEvidence) -> None:
    renamed = chain.chain_of("master").renamed
    assert [(one.old, one.new, str(one.last_use), str(one.first_use)) for one in renamed] == [
        ("mdm", "md", "s10.md:12:1", "s12.md:11:18"),
        ("md", "master", "s12.md:11:18", "None"),
    ]


def test_a_trace_shows_where_the_code_was_declared(chain: ChainOfEvidence) -> None:
    trace = chain.chain_of("master")
    assert [(one.identifier, one.metaclass, one.display_name, str(one.span)) for one in trace.declared] == [
        ("mdm", "practice", "MDM", "s10.md:12:1")
    ]
    assert trace.span is not None
    assert (Path(trace.span.path).name, trace.span.line) == ("a.py", 5)


def test_a_trace_shows_what_the_code_is_part_of(chain: ChainOfEvidence) -> None:
    trace = chain.chain_of("event_streaming")
    assert [(one.decision, one.text) for one in trace.option_of] == [("d_decision", "Use events")]
    assert [(one.force, one.impact) for one in trace.forces] == [("speed", "++")]
    assert [one.solution for one in chain.chain_of("d_decision").options] == ["event_streaming"]
    assert [(one.solution, one.impact) for one in chain.chain_of("speed").impacts] == [
        ("event_streaming", "++")
    ]


def test_a_chain_knows_where_the_notes_state_an_option_and_an_impact(study: Registry) -> None:
    impacts = (
        "add_force_relations({event_streaming: {speed: positive,\n                   d_force: negative}})"
    )
    notes = [note(2, ("One.", OPTION)), note(10, ("Ten.", f"{OPTION}\n{impacts}"))]
    found = ChainOfEvidence(study, notes, {}).chain_of("event_streaming")
    assert [str(span) for span in found.places_of(found.option_of[0])] == ["s2.md:11:1", "s10.md:11:1"]
    assert [str(span) for span in found.places_of(found.forces[0])] == ["s10.md:12:40"]


def test_a_trace_shows_which_sources_only_the_model_or_only_the_notes_name(chain: ChainOfEvidence) -> None:
    evidence = chain.chain_of("event_streaming").evidence
    assert [(one.source, one.title, one.in_model, bool(one.mentions)) for one in evidence] == [
        ("s2", "Two", True, True),
        ("s10", "Ten", True, True),
        ("s11", "Eleven", True, False),
        ("s12", "Note 12", False, True),
    ]


def test_a_code_that_the_model_has_dropped_is_followed_in_the_notes(chain: ChainOfEvidence) -> None:
    trace = chain.chain_of("x")
    assert (trace.kind, trace.span, [one.text for one in trace.passages]) == ("dropped", None, ["Nothing."])


def test_the_figures_are_those_that_are_given(chain: ChainOfEvidence) -> None:
    assert chain.chain_of("speed", ["overview"]).figures == ("overview",)


def test_an_unknown_code_is_an_error_with_the_nearest_name(chain: ChainOfEvidence) -> None:
    with pytest.raises(UnknownNameError, match="event_streaming"):
        chain.passages_of("event_steaming")


def test_renames_in_a_circle_end(study: Registry) -> None:
    chain = ChainOfEvidence(study, NOTES, {"x": "y", "y": "x"})
    assert [one.text for one in chain.passages_of("x")] == ["Nothing."]


def test_a_study_without_notes_has_no_passages(study: Registry) -> None:
    assert ChainOfEvidence(study, [], {}).passages_of("event_streaming") == ()


def test_two_notes_about_one_source_are_both_followed(study: Registry) -> None:
    notes = [note(2, ("One.", "speed")), note(2, ("Two.", "speed"))]
    chain = ChainOfEvidence(study, notes, {})
    assert [one.text for one in chain.passages_of("speed")] == ["One.", "Two."]


def test_a_passage_is_shown_on_one_line(chain: ChainOfEvidence) -> None:
    assert str(chain.passages_of("speed")[0]) == "s2  s2.md:7  Streams are fast."


def test_a_passage_shows_itself_as_a_quotation(chain: ChainOfEvidence) -> None:
    passage = chain.passages_of("speed")[0]
    assert repr(passage) == "s2  s2.md:7\n> Streams are fast."
    assert passage._repr_html_() == (
        "<blockquote>\n<p>Streams are fast.</p>\n<footer>s2  s2.md:7</footer>\n</blockquote>"
    )


def test_a_passage_with_markup_and_control_characters_shows_safely(study: Registry) -> None:
    notes = [note(2, ("a <b>\x1b[31m\n> c", "speed"))]
    (passage,) = ChainOfEvidence(study, notes, {}).passages_of("speed")
    assert repr(passage) == "s2  s2.md:7-8\n> a <b>\\x1b[31m\n> c"
    assert "<p>a &lt;b&gt;\\x1b[31m<br>\nc</p>" in passage._repr_html_()


def test_a_chain_shows_itself_as_a_table_of_steps(chain: ChainOfEvidence) -> None:
    shown = chain.chain_of("event_streaming", ["overview"])
    steps = [(one["step"], one["name"], one["text"]) for one in shown.to_dicts()]
    assert steps[5:] == [
        ("evidence", "s12", "Twelve."),
        ("option of", "d_decision", "Use events"),
        ("force", "speed", "++"),
        ("figure", "overview", None),
    ]
    assert repr(shown).startswith("chain of evidence of event_streaming (Event Streaming)\n  step")
    assert " at 0x" not in repr(shown)
    assert "<table>" in shown._repr_html_()


def test_a_chain_shows_the_declarations_of_notes_and_the_renames(chain: ChainOfEvidence) -> None:
    steps = [(one["step"], one["name"], one["text"]) for one in chain.chain_of("master").to_dicts()]
    assert steps[1:4] == [
        ("declared", "s10", "mdm, practice 'MDM'"),
        ("renamed", "mdm", "to md"),
        ("renamed", "md", "to master"),
    ]


def test_the_repository_itself_answers() -> None:
    import codeable

    study = codeable.load(Path(__file__).parents[2])
    passages = study.passages_of("event_streaming")
    assert {passage.source for passage in passages} == {"s41", "s44"}
    trace = study.chain_of_evidence("mdm")
    assert (trace.identifier, trace.renamed[0].old) == ("master_data_management", "mdm")
    assert "infrastructure_decision" in trace.figures


def coded(coder: str | None, path: str, *groups: tuple[str, str]) -> FieldNote:
    return evolve(read_text(note(2, *groups).text, path), coder=coder)


class TestCoders:
    BOTH = ("Streams are fast.", "event_streaming")

    def test_a_passage_that_two_coders_coded_is_there_once_for_each(self, study: Registry) -> None:
        notes = [
            coded("anna", "anna/s2.md", self.BOTH, ("Anna's.", "speed")),
            coded("ben", "ben/s2.md", self.BOTH),
        ]
        found = ChainOfEvidence(study, notes, {})
        passages = found.passages_of("event_streaming")
        assert [(one.coder, one.path, one.text) for one in passages] == [
            ("anna", "anna/s2.md", "Streams are fast."),
            ("ben", "ben/s2.md", "Streams are fast."),
        ]
        assert found.chain_of("event_streaming").evidence[0].coders == ("anna", "ben")
        assert [one.coder for one in found.passages_of("speed")] == ["anna"]

    @pytest.mark.parametrize("coder", ["anna", None])
    def test_a_passage_in_two_notes_of_one_coder_is_there_once(
        self, coder: str | None, study: Registry
    ) -> None:
        notes = [coded(coder, "a/s2.md", self.BOTH), coded(coder, "b/s2.md", self.BOTH)]
        assert len(ChainOfEvidence(study, notes, {}).passages_of("event_streaming")) == 1

    def test_two_passages_of_one_note_with_one_text_are_two(self, study: Registry) -> None:
        notes = [coded("anna", "a/s2.md", self.BOTH, self.BOTH)]
        assert len(ChainOfEvidence(study, notes, {}).passages_of("event_streaming")) == 2

    def test_a_passage_shows_who_coded_and_who_speaks(self, study: Registry) -> None:
        said = "> Expert B:\n\n> It is fast."
        text = f"# p 2\n# coding\n\n{said}\n\n**AXIAL CODING TRACE:**\n```python\nspeed\n```\n"
        found = ChainOfEvidence(study, [evolve(read_text(text, "p2.md"), coder="anna")], {})
        (passage,) = found.passages_of("speed")
        assert (passage.speaker, passage.coder) == ("Expert B", "anna")
        assert repr(passage) == "p2  p2.md:6  said by Expert B  coded by anna\n> It is fast."


class TestThoughts:
    TEXT = """
# s 2
# coding

> Streams are fast.

**OPEN CODING TRACE:**
New force: speed
Definition: How fast it is.

**AXIAL CODING TRACE:**
```python
speed
mdm = CClass(practice, "MDM", values={"description": "One master.", "memo": "Too broad?"})
```

**MEMO:** Compare with event_streaming.

**MEMO:** This is a nice passage.

> Nothing.
"""

    def thoughts(self, study: Registry, code: str) -> list[tuple[str, str, int]]:
        notes = [read_text(self.TEXT.lstrip(), "s2.md")]
        chain = ChainOfEvidence(study, notes, RENAMES).chain_of(code)
        return [(one.kind, one.text, one.span.line) for one in chain.thoughts]

    def test_definitions_and_memos_of_a_code_are_in_its_chain(self, study: Registry) -> None:
        assert self.thoughts(study, "master") == [
            ("definition", "One master.", 13),
            ("memo", "Too broad?", 13),
            ("memo", "This is a nice passage.", 18),
        ]
        assert self.thoughts(study, "speed") == [
            ("definition", "How fast it is.", 8),
            ("memo", "This is a nice passage.", 18),
        ]
        assert self.thoughts(study, "event_streaming") == [("memo", "Compare with event_streaming.", 16)]

    def test_another_code_has_none(self, study: Registry) -> None:
        assert self.thoughts(study, "d_decision") == []

    def test_they_are_no_evidence(self, study: Registry) -> None:
        found = ChainOfEvidence(study, [read_text(self.TEXT.lstrip(), "s2.md")], {})
        assert [one.text for one in found.passages_of("speed")] == ["Streams are fast."]


class TestSubcodes:
    @pytest.fixture
    def messaging(self, tmp_path: Path) -> Registry:
        files = {
            "models/a.py": """
                from codeable.dsl import *
                messaging = CClass(practice, "Messaging")
                topics = CClass(practice, "Topics", superclasses=messaging)
                queues = CClass(practice, "Queues", superclasses=messaging)
                s1, s2 = CClass(source, "s1"), CClass(source, "s2")
                add_links({s1: topics, s2: [messaging, topics]}, role_name="contained_code")
                """
        }
        return load_folder(write_study(tmp_path, files))

    def test_a_chain_has_the_evidence_of_the_codes_below(self, messaging: Registry) -> None:
        chain = ChainOfEvidence(messaging, [], {}).chain_of("messaging")
        assert [(one.code, one.sources) for one in chain.subcodes] == [
            ("topics", ("s1", "s2")),
            ("queues", ()),
        ]
        assert [one.source for one in chain.evidence] == ["s2"]
        assert chain.sources_with_subcodes == ("s2", "s1")

    def test_a_chain_names_the_codes_above(self, messaging: Registry) -> None:
        assert ChainOfEvidence(messaging, [], {}).chain_of("topics").supercodes == ("messaging",)

    def test_its_table_has_both(self, messaging: Registry) -> None:
        chains = ChainOfEvidence(messaging, [], {})
        steps = [(one["step"], one["name"], one["text"]) for one in chains.chain_of("messaging").to_dicts()]
        assert ("evidence of sub-code", "s1", "topics") in steps
        assert ("sub-code of", "messaging", None) in [
            (one["step"], one["name"], one["text"]) for one in chains.chain_of("topics").to_dicts()
        ]


@pytest.mark.parametrize(
    "statement",
    [
        'add_decision_option_link(speed, master, "A force is no decision")',
        'add_decision_option_link(d_decision, speed, "A force is no option")',
        "add_force_relations({speed: {master: positive}})",
        "add_force_relations({master: {d_decision: positive}})",
    ],
)
def test_a_statement_that_the_vocabulary_refuses_is_no_evidence(statement: str, study: Registry) -> None:
    chain = ChainOfEvidence(study, [note(2, ("Nothing about it.", statement))], {})
    assert [chain.passages_of(code) for code in ("speed", "master", "d_decision")] == [(), (), ()]


def test_of_impacts_those_that_fit_count(study: Registry) -> None:
    statement = "add_force_relations({master: {d_decision: positive, speed: positive}})"
    chain = ChainOfEvidence(study, [note(2, ("Fast.", statement))], {})
    assert [len(chain.passages_of(code)) for code in ("speed", "master", "d_decision")] == [1, 1, 0]
