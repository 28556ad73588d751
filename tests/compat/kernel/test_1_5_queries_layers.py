"""Section 1.5: queries of bundles, layers, and the all-or-nothing setters of the membership."""

import pytest
from codeable_models import (
    CBundle,
    CClass,
    CClassifier,
    CEnum,
    CLayer,
    CMetaclass,
    CPackage,
    CStereotype,
)

from tests.compat.kernel.expecting import refusal


@pytest.fixture
def mixed():
    metaclass = CMetaclass("a")
    elements = [
        metaclass,
        CEnum("b"),
        CClass(metaclass, "a"),
        CEnum(),
        CClass(metaclass, "b"),
        CBundle("a"),
        CStereotype(),
    ]
    return CBundle("B", elements=elements)


def picked(bundle, *positions):
    return [bundle.elements[position] for position in positions]


def test_1_5_get_elements_without_filter_is_all_in_bundle_order(mixed):
    assert mixed.get_elements() == mixed.elements


def test_1_5_get_elements_by_type_is_an_isinstance_test(mixed):
    assert mixed.get_elements(type=CEnum) == picked(mixed, 1, 3)
    assert mixed.get_elements(type=CClassifier) == picked(mixed, 0, 2, 4, 6)
    assert mixed.get_elements(type=CLayer) == []


def test_1_5_get_elements_by_a_tuple_of_types(mixed):
    assert mixed.get_elements(type=(CEnum, CBundle)) == picked(mixed, 1, 3, 5)


def test_1_5_get_elements_type_none_is_no_filter(mixed):
    assert mixed.get_elements(type=None) == mixed.elements


def test_1_5_get_elements_by_name(mixed):
    assert mixed.get_elements(name="a") == picked(mixed, 0, 2, 5)
    assert mixed.get_elements(name="zzz") == []


def test_1_5_get_elements_name_none_selects_the_unnamed(mixed):
    assert mixed.get_elements(name=None) == picked(mixed, 3, 6)


def test_1_5_get_elements_by_name_and_type(mixed):
    assert mixed.get_elements(name="a", type=CClassifier) == picked(mixed, 0, 2)
    assert mixed.get_elements(type=CEnum, name=None) == picked(mixed, 3)


@pytest.mark.parametrize("keyword", ["names", "types", "kind"])
def test_1_5_get_elements_other_keywords_raise(mixed, keyword):
    with refusal():
        mixed.get_elements(**{keyword: None})
    with refusal():
        mixed.get_element(**{keyword: None})


def test_1_5_get_element_is_the_first_or_none(mixed):
    assert mixed.get_element(name="b") is mixed.elements[1]
    assert mixed.get_element(name="b", type=CClass) is mixed.elements[4]
    assert mixed.get_element(name="zzz") is None
    assert mixed.get_element() is mixed.elements[0]
    assert CBundle("empty").get_element() is None


@pytest.mark.parametrize("make", [CPackage, CLayer])
def test_1_5_packages_and_layers_are_bundles_with_elements(make):
    enum = CEnum("E")
    bundle = make("P", elements=[enum])
    assert bundle.get_element(name="E") is enum
    assert enum.bundles == [bundle]


@pytest.mark.parametrize("side", ["sub_layer", "super_layer"])
def test_1_5_layer_relations_are_none_at_first(side):
    assert getattr(CLayer("L"), side) is None


def test_1_5_layer_relation_is_kept_consistent_at_both_ends():
    upper, lower = CLayer("upper"), CLayer("lower")
    upper.sub_layer = lower
    assert lower.super_layer is upper
    lower.super_layer = None
    assert upper.sub_layer is None
    lower.super_layer = upper
    assert upper.sub_layer is lower
    upper.sub_layer = None
    assert lower.super_layer is None


def test_1_5_layer_assignment_detaches_the_own_previous_partner():
    upper, lower, new = CLayer("upper"), CLayer("lower"), CLayer("new")
    upper.sub_layer = lower
    upper.sub_layer = new
    assert lower.super_layer is None
    assert new.super_layer is upper
    new.super_layer = lower
    assert upper.sub_layer is None
    assert lower.sub_layer is new


def test_1_5_layer_assignment_detaches_the_new_partners_previous_partner():
    upper, lower, thief = CLayer("upper"), CLayer("lower"), CLayer("thief")
    upper.sub_layer = lower
    thief.sub_layer = lower
    assert upper.sub_layer is None
    assert lower.super_layer is thief
    rival = CLayer("rival")
    rival.super_layer = thief
    assert lower.super_layer is None
    assert thief.sub_layer is rival


def test_1_5_layer_assigning_the_same_partner_again_changes_nothing():
    upper, lower = CLayer("upper"), CLayer("lower")
    upper.sub_layer = lower
    upper.sub_layer = lower
    lower.super_layer = upper
    assert (upper.sub_layer, lower.super_layer) == (lower, upper)


def test_1_5_layers_form_a_chain_by_keywords():
    bottom = CLayer("bottom")
    middle = CLayer("middle", sub_layer=bottom)
    top = CLayer("top", sub_layer=middle)
    assert (top.sub_layer, middle.sub_layer, bottom.sub_layer) == (middle, bottom, None)
    assert (top.super_layer, middle.super_layer, bottom.super_layer) == (None, top, middle)


def test_1_5_layer_accepts_a_deleted_layer():
    layer, deleted = CLayer("L"), CLayer("D")
    deleted.delete()
    layer.sub_layer = deleted
    assert layer.sub_layer is deleted
    assert deleted.super_layer is layer


def test_1_5_layer_delete_releases_neither_relation():
    top, middle, bottom = CLayer("top"), CLayer("middle"), CLayer("bottom")
    middle.super_layer, middle.sub_layer = top, bottom
    middle.delete()
    assert (middle.super_layer, middle.sub_layer) == (top, bottom)
    assert top.sub_layer is bottom.super_layer is middle


@pytest.mark.parametrize(
    "bad", ["text", 3, ["entry", None], ["entry", "text"], ["entry", "entry"], ["entry", "deleted"]]
)
def test_1_5_failing_bundles_setter_of_an_existing_element_changes_nothing(bad):
    old, entry, deleted = CBundle("old"), CBundle("new"), CBundle("deleted")
    deleted.delete()
    element = CEnum("E", bundles=old)
    known = {"entry": entry, "deleted": deleted}
    value = [known.get(part, part) for part in bad] if isinstance(bad, list) else bad
    with refusal():
        element.bundles = value
    assert element.bundles == [old]
    assert (old.elements, entry.elements) == ([element], [])


@pytest.mark.parametrize("bad", ["text", 3, ["entry", None], ["entry", "text"], ["entry", "deleted"]])
def test_1_5_failing_elements_setter_of_an_existing_bundle_changes_nothing(bad):
    old, entry, deleted = CEnum("old"), CEnum("new"), CEnum("deleted")
    deleted.delete()
    bundle = CBundle("B", elements=old)
    known = {"entry": entry, "deleted": deleted}
    value = [known.get(part, part) for part in bad] if isinstance(bad, list) else bad
    with refusal():
        bundle.elements = value
    assert bundle.elements == [old]
    assert (old.bundles, entry.bundles) == ([bundle], [])
