"""Section 1.9: associations."""

import pytest
from codeable_models import CAssociation, CBundle, CClass, CEnum, CMetaclass, CObject, CStereotype, add_links

from tests.compat.kernel.expecting import refusal


@pytest.fixture
def ends():
    return CMetaclass("A"), CMetaclass("B")


@pytest.fixture
def relation(ends):
    return ends[0].association(ends[1], "label: [from] 1 -> [to] *")


def test_1_9_source_and_target_are_plain_and_kept_after_deletion(ends, relation):
    assert (relation.source, relation.target) == ends
    relation.delete()
    assert (relation.source, relation.target) == ends
    assert relation.is_deleted


def test_1_9_name_and_role_names(relation):
    assert (relation.name, relation.source_role_name, relation.role_name) == ("label", "from", "to")


def test_1_9_defaults(ends):
    relation = CAssociation(*ends)
    assert relation.name is None
    assert relation.role_name is relation.source_role_name is None
    assert (relation.multiplicity, relation.source_multiplicity) == ("*", "1")
    assert (relation.lower_multiplicity, relation.upper_multiplicity) == (0, -1)
    assert (relation.source_lower_multiplicity, relation.source_upper_multiplicity) == (1, 1)
    assert relation.aggregation is False
    assert relation.composition is False
    assert relation.derived_from is None
    assert relation.stereotypes == relation.stereotype_instances == relation.derived_associations == []
    assert relation.tagged_values == {}
    assert relation.superclasses == []


def test_1_9_star_multiplicity_is_minus_one():
    assert CAssociation.STAR_MULTIPLICITY == -1


def test_1_9_role_names_are_unchecked(relation):
    relation.role_name, relation.source_role_name = 3, ""
    assert (relation.role_name, relation.source_role_name) == (3, "")


def test_1_9_multiplicity_is_stored_verbatim(relation):
    relation.multiplicity, relation.source_multiplicity = " 1 .. 2 ", " *"
    assert (relation.multiplicity, relation.source_multiplicity) == (" 1 .. 2 ", " *")


def test_1_9_multiplicity_is_stored_even_when_malformed(relation):
    with refusal():
        relation.multiplicity = "1..x"
    with refusal():
        relation.source_multiplicity = "-1"
    assert (relation.multiplicity, relation.source_multiplicity) == ("1..x", "-1")


@pytest.mark.parametrize(("flag", "other"), [("aggregation", "composition"), ("composition", "aggregation")])
def test_1_9_setting_one_flag_clears_the_other(relation, flag, other):
    setattr(relation, other, True)
    setattr(relation, flag, True)
    assert getattr(relation, flag) is True
    assert getattr(relation, other) is False


@pytest.mark.parametrize(("flag", "other"), [("aggregation", "composition"), ("composition", "aggregation")])
def test_1_9_clearing_one_flag_leaves_the_other(relation, flag, other):
    setattr(relation, other, True)
    setattr(relation, flag, False)
    assert getattr(relation, other) is True
    assert getattr(relation, flag) is False


def test_1_9_get_opposite_classifier(ends, relation):
    assert relation.get_opposite_classifier(ends[0]) is ends[1]
    assert relation.get_opposite_classifier(ends[1]) is ends[0]
    loop = ends[0].association(ends[0], "* -> *")
    assert loop.get_opposite_classifier(ends[0]) is ends[0]


@pytest.mark.parametrize("bad", [None, "text", CMetaclass("C"), CStereotype("S")])
def test_1_9_get_opposite_classifier_raises_for_another(relation, bad):
    with refusal():
        relation.get_opposite_classifier(bad)


def test_1_9_attributes_are_an_empty_list_and_cannot_be_set(relation):
    assert relation.attributes == []
    for value in ({"a": int}, {}, None, []):
        with refusal():
            relation.attributes = value


def test_1_9_ends_is_always_none(relation):
    assert relation.ends is None


def test_1_9_str_is_the_label_or_nothing(ends, relation):
    assert str(relation) == "label"
    assert str(CAssociation(*ends)) == ""


def test_1_9_repr_shows_label_and_ends(relation):
    assert repr(relation) == "CAssociation name = label, source = A -> target = B"


def test_1_9_stereotypes_raise_for_a_class_level_association():
    cl = CClass(CMetaclass("M"), "C")
    relation = cl.association(cl, "* -> *")
    for value in (None, [], CStereotype("S"), "text"):
        with refusal():
            relation.stereotypes = value
    assert relation.stereotypes == []


def test_1_9_delete_deletes_exactly_its_registered_links():
    metaclass = CMetaclass("M")
    relation = metaclass.association(metaclass, "[from] * -> [to] *")
    other = metaclass.association(metaclass, "[f] * -> [t] *")
    a, b = CClass(metaclass, "a"), CClass(metaclass, "b")
    mine = [*add_links({a: [a, b]}, role_name="to"), *add_links({b: a}, role_name="to")]
    [stays] = add_links({a: b}, role_name="t")
    relation.delete()
    assert [link.is_deleted for link in mine] == [True] * 3
    assert not stays.is_deleted
    assert a.links == b.links == [stays]
    assert not other.is_deleted


def test_1_9_delete_deletes_links_whose_source_end_is_a_link():
    metaclass = CMetaclass("M")
    relation = metaclass.association(metaclass, "[from] * -> [to] *", superclasses=metaclass)
    upon = metaclass.association(metaclass, "[noted] * -> [note] *")
    a, note = CClass(metaclass, "a"), CClass(metaclass, "note")
    [link] = add_links({a: a}, association=relation)
    [second] = add_links({link: note}, role_name="note")
    assert second.association is upon
    upon.delete()
    assert second.is_deleted
    assert not link.is_deleted
    assert link.links == note.links == []


def test_1_9_delete_leaves_ends_stereotypes_and_bundles(ends, relation):
    stereotype, bundle, top = CStereotype("S"), CBundle("B"), CMetaclass("T")
    relation.stereotypes, relation.bundles, relation.superclasses = stereotype, bundle, top
    relation.delete()
    assert ends[0].associations == ends[1].associations == []
    assert stereotype.extended == bundle.elements == top.subclasses == []
    assert relation.stereotypes == relation.bundles == relation.superclasses == []


def test_1_9_delete_leaves_stereotype_instances_and_its_origin():
    metaclass = CMetaclass("M")
    origin = metaclass.association(metaclass, "* -> *")
    stereotype, cl = CStereotype("S", extended=origin), CClass(metaclass, "C")
    derived = cl.association(cl, "* -> *", derived_from=origin, stereotype_instances=stereotype)
    derived.delete()
    assert stereotype.extended_instances == []
    assert origin.derived_associations == []


def test_1_9_delete_resets_derived_from_of_what_is_derived():
    metaclass = CMetaclass("M")
    origin = metaclass.association(metaclass, "* -> *")
    cl = CClass(metaclass, "C")
    first, second = (cl.association(cl, "* -> *", derived_from=origin) for _ in range(2))
    origin.delete()
    assert first.derived_from is second.derived_from is None
    assert not first.is_deleted
    assert origin.derived_associations == []


def test_1_9_constructor_does_not_check_its_ends():
    cl, enum = CClass(CMetaclass("M"), "C"), CMetaclass("N")
    relation = CAssociation(cl, enum, "* -> *")
    assert (relation.source, relation.target) == (cl, enum)
    assert cl.associations == enum.associations == [relation]


def test_1_9_enum_is_no_end():
    with refusal():
        CMetaclass("M").association(CEnum("E"), "* -> *")


def test_1_9_objects_are_no_ends():
    cl = CClass(CMetaclass("M"), "C")
    with refusal():
        cl.association(CObject(cl, "o"), "* -> *")
