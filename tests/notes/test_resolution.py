"""Notes are chronological: what a coder states later counts; between coders nothing replaces anything."""

from attrs import evolve

from codeable.notes import FieldNote, read_text
from codeable.notes.resolution import Versions, resolve


def note(number: int, *codes: str, coder: str | None = None) -> FieldNote:
    code = "\n".join(codes)
    text = f"# s {number}\n# coding\n> x\n**AXIAL CODING TRACE:**\n```python\n{code}\n```\n"
    return evolve(read_text(text, f"s_{number}.md"), coder=coder)


def option(text: str) -> str:
    return f'add_decision_option_link(d, a, "{text}")'


def text_of(*notes: FieldNote, coders: tuple[str, ...] = ()) -> Versions[str]:
    return resolve(notes, {}, coders).options["d", "a"]


def test_the_last_statement_about_an_option_counts() -> None:
    found = text_of(note(1, option("old")), note(2, option("new")))
    assert found.counts.value == "new"
    assert [(one.value, later.source) for one, later in found.replaced] == [("old", "s2")]


def test_an_option_without_a_text_replaces_no_text() -> None:
    found = text_of(note(1, option("old")), note(2, "add_decision_option_link(d, a)"))
    assert found.counts.value == "old"
    assert list(found.replaced) == []


def test_two_texts_in_one_note_are_no_change_over_time() -> None:
    found = text_of(note(1, option("one"), option("two")))
    assert found.counts.value == "two"
    assert list(found.replaced) == []
    assert [(one.value, other.value) for one, other in found.within_one_note] == [("one", "two")]


def test_texts_that_differ_in_blanks_only_are_one_text() -> None:
    assert list(text_of(note(1, option("a  b")), note(2, option("a b "))).replaced) == []


def test_the_coder_whom_the_settings_name_first_counts() -> None:
    notes = note(1, option("of anna"), coder="anna"), note(1, option("of ben"), coder="ben")
    assert text_of(*notes, coders=("anna", "ben")).counts.value == "of anna"
    found = text_of(*notes, coders=("ben", "anna"))
    assert found.counts.value == "of ben"
    assert list(found.replaced) == []
    assert [(one.value, other.value) for one, other in found.between_coders] == [("of ben", "of anna")]


def test_a_coder_replaces_only_statements_of_the_same_coder() -> None:
    notes = [
        note(1, option("first"), coder="anna"),
        note(1, option("other"), coder="ben"),
        note(2, option("second"), coder="anna"),
    ]
    found = text_of(*notes, coders=("anna", "ben"))
    assert found.counts.value == "second"
    assert [(one.value, later.value) for one, later in found.replaced] == [("first", "second")]


def test_an_impact_a_relation_and_a_name_are_resolved_alike() -> None:
    found = resolve(
        [
            note(
                1,
                "a = CClass(practice, 'A')",
                "add_force_relations({a: {f: positive}})",
                "a.add_links(b, role_name='to', stereotype_instances=uses)",
            ),
            note(
                2,
                "a = CClass(practice, 'Another')",
                "add_force_relations({a: {f: negative}})",
                "add_links({b: a}, role_name='from', stereotype_instances=can_use)",
            ),
        ],
        {},
    )
    assert found.impacts["a", "f"].counts.value == "negative"
    assert found.relations["a", "b", "to"].counts.value == ("can_use",)
    assert found.names["a"].counts.value == "Another"
    assert list(found.kinds["a"].replaced) == []


def test_an_impact_that_the_vocabulary_does_not_have_replaces_nothing() -> None:
    found = resolve(
        [
            note(1, "add_force_relations({a: {f: positive}})"),
            note(2, "add_force_relations({a: {f: nice}})"),
        ],
        {},
    )
    assert found.impacts["a", "f"].counts.value == "positive"


def test_renames_are_followed() -> None:
    notes = note(1, option("old")), note(2, 'add_decision_option_link(d, new_a, "new")')
    found = resolve(notes, {"a": "new_a"})
    assert list(found.options) == [("d", "new_a")]
