"""Every error says what was wrong, with which element, made where, what was expected, and what is nearest."""

import re
from pathlib import Path

import pytest

from codeable import dsl
from codeable.kernel import (
    CAssociation,
    CAttribute,
    CBundle,
    CClass,
    CEnum,
    CException,
    CLayer,
    CMetaclass,
    CObject,
    CStereotype,
    add_links,
    delete_links,
    place_of,
)
from codeable.kernel.predicates import get_links

from .conftest import small_vocabulary

HERE = Path(__file__).name


def message_of(call) -> str:
    with pytest.raises(CException) as caught:
        call()
    assert isinstance(caught.value.value, str)
    assert str(caught.value) == repr(caught.value.value) == repr(caught.value)
    return caught.value.value


def test_an_element_is_named_by_kind_name_and_the_line_where_it_was_made(words):
    versioning = CClass(words.practice, "Versioning")
    message = message_of(lambda: versioning.get_value("status"))
    assert f"class 'Versioning' of Practice (tests/kernel/{HERE}:{place_of(versioning).line})" in message


def test_a_misspelt_attribute_gets_the_nearest_names_and_all_that_are_known(words):
    message = message_of(lambda: CClass(words.source, "s4", values={"titel": "What is a Data Product?"}))
    assert "no attribute 'titel'" in message
    assert "did you mean 'title'?" in message
    assert "'title', 'url', 'example'" in message


def test_an_attribute_that_the_chosen_classifier_does_not_declare_gets_those_that_it_does(words):
    source = CClass(words.source, "s4")
    message = message_of(lambda: source.get_value("titel", words.source))
    assert "no attribute 'titel' is declared by the metaclass 'Source'" in message
    assert "did you mean 'title'?" in message


def test_a_misspelt_keyword_gets_the_nearest_and_all_legal_ones(words):
    message = message_of(lambda: CClass(words.practice, "Versioning", valeus={}))
    assert "CClass has no keyword argument 'valeus'; did you mean 'values'?" in message
    assert "'stereotype_instances'" in message


def test_a_misspelt_role_gets_the_nearest_and_the_possible_associations(words):
    s4, versioning = CClass(words.source, "s4"), CClass(words.practice, "Versioning")
    message = message_of(lambda: add_links({s4: versioning}, role_name="contained_cod"))
    assert "no association links class 's4' of Source" in message
    assert "to class 'Versioning' of Practice" in message
    assert "in the role 'contained_cod'; did you mean 'contained_code'?" in message
    assert "association from 'Code' to 'Source'" in message
    assert "[contained_code] -> [evidence]" in message


def test_the_possible_associations_are_those_that_fit_both_ends():
    versioning, cost = CClass(dsl.practice, "Versioning"), CClass(dsl.force, "Cost")
    message = message_of(lambda: add_links({versioning: cost}, role_name="no such role"))
    assert "possible are: association 'has force' from 'Design Solution' to 'Force'" in message
    assert "(codeable.metamodels.guidance)" in message
    assert "'is dependent on'" not in message


def test_a_role_that_exists_is_not_offered_as_the_one_that_was_meant():
    codes, sources = CMetaclass("Code"), CMetaclass("Source")
    codes.association(sources, "[contained_code] * -> [evidence] *")
    with pytest.raises(CException) as raised:
        add_links({CClass(sources, "s1"): CClass(codes, "Versioning")}, role_name="evidence")
    assert "did you mean" not in raised.value.value
    assert "[contained_code] -> [evidence]" in raised.value.value


def test_a_misspelt_tagged_value_gets_the_nearest_name(words):
    how, versioning = CClass(words.decision, "How?"), CClass(words.practice, "Versioning")
    message = message_of(
        lambda: how.add_links(versioning, stereotype_instances=words.option, tagged_values={"nam": "x"})
    )
    assert "no tagged value 'nam'" in message
    assert "did you mean 'name'?" in message


def test_a_wrong_value_is_shown_with_its_type_and_the_type_expected(words):
    s4 = CClass(words.source, "s4")
    assert "the value of attribute 'title' must be a str, not 4, an int" in message_of(
        lambda: s4.set_value("title", 4)
    )


def test_a_value_outside_an_enumeration_gets_the_legal_ones():
    metaclass = CMetaclass("M", attributes={"impact": CEnum("Impact", values=["+", "-"])})
    message = message_of(lambda: CClass(metaclass, "c", values={"impact": "?"}))
    assert "one of '+', '-' (enumeration 'Impact'" in message


def test_unsetting_with_none_points_to_delete(words):
    s4 = CClass(words.source, "s4")
    assert "delete" in message_of(lambda: s4.set_value("title", None))


def test_a_repeated_link_names_both_ends_and_where_the_first_one_was_made(words):
    s4, versioning = CClass(words.source, "s4"), CClass(words.practice, "Versioning")
    first = s4.add_links(versioning, role_name="contained_code")[0]
    message = message_of(lambda: s4.add_links(versioning, role_name="contained_code"))
    assert f"`Versioning -> s4` (tests/kernel/{HERE}:{place_of(first).line})" in message


def test_an_ambiguous_link_lists_the_associations_and_the_way_out(words):
    words.decision.association(words.solution, "context: [for] * -> [of] *")
    how, versioning = CClass(words.decision, "How?"), CClass(words.practice, "Versioning")
    message = message_of(lambda: how.add_links(versioning))
    assert "association 'options' from 'Decision' to 'Design Solution'" in message
    assert "association 'context' from 'Decision' to 'Design Solution'" in message
    assert "choose with 'association' or 'role_name'" in message


def test_a_multiplicity_is_shown_with_the_number_that_breaks_it():
    metaclass = CMetaclass("M")
    metaclass.association(metaclass, "[one] 0..1 -> [many] *")
    a, b, c = (CClass(metaclass, name) for name in "abc")
    a.add_links(c, role_name="many")
    message = message_of(lambda: b.add_links(c, role_name="many"))
    assert "class 'c' of M" in message
    assert "would have 2 sources" in message
    assert "'0..1'" in message


def test_elements_of_two_vocabularies_are_distinguished_though_they_have_the_same_names():
    ours, theirs = small_vocabulary(), small_vocabulary()
    s4, versioning = CClass(ours.source, "s4"), CClass(theirs.practice, "Versioning")
    message = message_of(lambda: s4.add_links(versioning, role_name="contained_code"))
    assert "two vocabularies" in message


def test_a_stereotype_of_another_vocabulary_is_named():
    ours, theirs = small_vocabulary(), small_vocabulary()
    ours.practice.stereotypes = CStereotype("Proven")
    theirs.practice.stereotypes = proven = CStereotype("Proven")
    assert "two vocabularies" in message_of(
        lambda: CClass(ours.practice, "Versioning", stereotype_instances=proven)
    )


def test_a_value_of_another_vocabulary_is_named():
    ours, theirs = small_vocabulary(), small_vocabulary()
    ours.source.attributes = {"about": ours.code}
    s4 = CClass(ours.source, "s4")
    assert "two vocabularies" in message_of(
        lambda: s4.set_value("about", CClass(theirs.practice, "Versioning"))
    )


def test_elements_that_merely_cannot_be_linked_are_not_said_to_be_of_two_vocabularies(words):
    one, other = CClass(words.source, "s4"), CClass(words.source, "s6")
    assert "two vocabularies" not in message_of(lambda: one.add_links(other))


def test_a_deleted_element_is_said_to_be_deleted(words):
    s4, versioning = CClass(words.source, "s4"), CClass(words.practice, "Versioning")
    versioning.delete()
    message = message_of(lambda: s4.add_links(versioning, role_name="contained_code"))
    assert "deleted class" in message
    assert "it has been deleted" in message


def test_very_long_and_hostile_values_are_cut_and_cannot_break_the_message(words):
    class Hostile:
        def __repr__(self) -> str:
            raise RuntimeError

    s4 = CClass(words.source, "s4")
    assert len(message_of(lambda: s4.set_value("example", "x" * 100_000))) < 500
    assert "Hostile" in message_of(lambda: s4.add_links(Hostile()))


def test_many_targets_are_listed_in_part(words):
    s4 = CClass(words.source, "s4")
    targets = [CClass(words.source, f"t{number}") for number in range(50)]
    assert "and 45 more" in message_of(lambda: s4.add_links(targets))


@pytest.mark.parametrize(
    ("call", "texts"),
    [
        (lambda w: CClass(w.practice, 7), ["name of a class", "7"]),
        (lambda w: CClass("practice", "Versioning"), ["metaclass of class 'Versioning'", "'practice'"]),
        (lambda w: CObject(w.practice, "o"), ["expected a class", "metaclass 'Practice'"]),
        (lambda w: CBundle("b", elements=["x"]), ["elements of bundle 'b'", "'x'"]),
        (lambda w: CBundle("b", bundles=3), ["'bundles' of bundle 'b'", "3, an int"]),
        (lambda w: CBundle("b").remove(w.code), ["metaclass 'Code'", "is not in bundle 'b'"]),
        (lambda w: CLayer("l", sub_layer=w.code), ["layer 'l'", "metaclass 'Code'"]),
        (lambda w: CEnum("e", values=("a",)), ["'values' of enumeration 'e'", "a tuple"]),
        (lambda w: setattr(w.code, "superclasses", "Source"), ["superclass of metaclass 'Code'", "'Source'"]),
        (lambda w: setattr(w.code, "superclasses", w.practice), ["go round in a circle"]),
        (lambda w: setattr(w.code, "attributes", ["a"]), ["'attributes' of metaclass 'Code'", "a list"]),
        (lambda w: CAttribute(type=int, default="x"), ["the default", "'x'", "an int"]),
        (lambda w: setattr(w.option, "extended", 3), ["'extended' of stereotype 'Option'"]),
        (lambda w: setattr(w.option, "extended", [w.options, w.code]), ["associations only", "'Code'"]),
        (lambda w: setattr(w.option, "default_values", {}), ["stereotype 'Option'", "no default values"]),
        (lambda w: CStereotype("S", default_values={}), ["assign 'extended' before"]),
        (lambda w: w.code.association("x", "1 -> 1"), ["target of an association", "'x'"]),
        (lambda w: w.code.association(w.code, "1 - 1"), ["no arrow", "'1 - 1'", "<*>-"]),
        (lambda w: w.code.association(w.code, "1 -> many"), ["'many' is no multiplicity", "'0..1'"]),
        (lambda w: w.options.get_opposite_classifier(w.source), ["at neither end"]),
        (lambda w: CAssociation(w.code, None), ["ends of the association", "None"]),
        (lambda w: add_links([w.code]), ["links are defined by a dict"]),
        (lambda w: add_links({w.code: []}), ["link source", "metaclass 'Code'"]),
        (lambda w: CClass(w.code, "c").add_links(("x",)), ["cannot be linked", "a tuple"]),
        (lambda w: add_links({}, association="options"), ["expected an association", "'options'"]),
        (lambda w: delete_links({}, label="x", tagged_values={}), ["no keyword argument 'tagged_values'"]),
        (lambda w: get_links([3]), ["3, an int"]),
        (lambda w: w.code.get_connected_elements(add_link=True), ["no keyword argument 'add_link'"]),
        (
            lambda w: w.code.get_connected_elements(stop_elements_inclusive="x"),
            ["'stop_elements_inclusive'", "'x'"],
        ),
    ],
)  # fmt: skip
def test_a_refused_call_says_what_was_wrong_and_with_what(words, call, texts):
    message = message_of(lambda: call(words))
    for text in texts:
        assert text in message
    assert not re.search(r" object at 0x", message), "an address is of no use to the reader"
