"""Section 1.5: bundles, packages and the membership of elements."""

import pytest
from codeable_models import (
    CBundlable,
    CBundle,
    CClass,
    CEnum,
    CLayer,
    CMetaclass,
    CObject,
    CPackage,
    CStereotype,
    add_links,
)

from tests.compat.kernel.expecting import refusal

BUNDLABLES = {
    "bundlable": lambda: CBundlable("e"),
    "bundle": lambda: CBundle("e"),
    "package": lambda: CPackage("e"),
    "layer": lambda: CLayer("e"),
    "enum": lambda: CEnum("e"),
    "metaclass": lambda: CMetaclass("e"),
    "stereotype": lambda: CStereotype("e"),
    "class": lambda: CClass(CMetaclass("M"), "e"),
    "class object": lambda: CClass(CMetaclass("M"), "e").class_object,
    "object": lambda: CObject(CClass(CMetaclass("M"), "C"), "e"),
    "association": lambda: CMetaclass("M").association(CMetaclass("N"), "* -> *"),
    "link": lambda: new_link(),
}


def new_link():
    metaclass = CMetaclass("M")
    metaclass.association(metaclass, "[from] * -> [to] *")
    return add_links({CClass(metaclass): CClass(metaclass)}, role_name="to")[0]


@pytest.fixture(params=BUNDLABLES)
def element(request):
    return BUNDLABLES[request.param]()


def test_1_5_bundles_are_in_order_of_joining_and_a_new_list(element):
    first, second, third = CBundle("1"), CBundle("2"), CBundle("3")
    second.add(element)
    first.elements = [element]
    third.add(element)
    assert element.bundles == [second, first, third]
    element.bundles.clear()
    assert element.bundles == [second, first, third]


def test_1_5_bundles_set_to_one_bundle_or_a_list(element):
    first, second, third = CBundle("1"), CPackage("2"), CLayer("3")
    element.bundles = first
    assert element.bundles == [first]
    element.bundles = [third, second]
    assert element.bundles == [third, second]
    assert (first.elements, second.elements, third.elements) == ([], [element], [element])


@pytest.mark.parametrize("nothing", [None, []])
def test_1_5_bundles_set_to_nothing_leaves_all_bundles(element, nothing):
    bundles = [CBundle(str(number)) for number in range(5)]
    element.bundles = bundles
    element.bundles = nothing
    assert element.bundles == []
    assert [bundle.elements for bundle in bundles] == [[]] * 5


def test_1_5_bundles_reassigned_while_in_several_leaves_every_old_one(element):
    bundles = [CBundle(str(number)) for number in range(5)]
    element.bundles = bundles
    element.bundles = [bundles[3]]
    assert [bundle.elements for bundle in bundles] == [[], [], [], [element], []]


@pytest.mark.parametrize("bad", ["text", 3, (CBundle("B"),), {CBundle("B")}, CEnum("E"), object()])
def test_1_5_bundles_set_to_neither_bundle_nor_list_raises(element, bad):
    with refusal():
        element.bundles = bad


@pytest.mark.parametrize("bad", [None, "text", 3, CEnum("E"), CMetaclass("M")])
def test_1_5_bundles_list_entry_that_is_no_bundle_raises(element, bad):
    with refusal():
        element.bundles = [CBundle("B"), bad]


def test_1_5_bundles_deleted_bundle_raises(element):
    deleted = CBundle("B")
    deleted.delete()
    with refusal():
        element.bundles = deleted
    with refusal():
        element.bundles = [CBundle("C"), deleted]


def test_1_5_bundles_listed_twice_raises(element):
    bundle = CBundle("B")
    with refusal():
        element.bundles = [bundle, bundle]


def test_1_5_delete_of_an_element_leaves_all_bundles(element):
    bundles = [CBundle(str(number)) for number in range(4)]
    element.bundles = bundles
    element.delete()
    assert element.bundles == []
    assert [bundle.elements for bundle in bundles] == [[]] * 4
    assert element.is_deleted


def test_1_5_elements_are_in_insertion_order_and_a_new_list():
    bundle = CBundle("B")
    elements = [make() for make in BUNDLABLES.values()]
    for element in elements:
        bundle.add(element)
    assert bundle.elements == elements
    bundle.elements.clear()
    assert bundle.elements == elements


def test_1_5_elements_set_to_one_element_or_a_list(element):
    bundle, enum = CBundle("B"), CEnum("E")
    bundle.elements = element
    assert bundle.elements == [element]
    bundle.elements = [enum, element]
    assert bundle.elements == [enum, element]
    assert element.bundles == enum.bundles == [bundle]


@pytest.mark.parametrize("nothing", [None, []])
def test_1_5_elements_set_to_nothing_empties(element, nothing):
    bundle = CBundle("B", elements=[element, CEnum("E")])
    bundle.elements = nothing
    assert bundle.elements == []
    assert element.bundles == []


def test_1_5_elements_that_drop_out_leave_the_bundle():
    first, second, third = CEnum("1"), CEnum("2"), CEnum("3")
    bundle = CBundle("B", elements=[first, second])
    bundle.elements = [third, second]
    assert (first.bundles, second.bundles, third.bundles) == ([], [bundle], [bundle])
    first.delete()
    second.delete()
    assert bundle.elements == [third]


@pytest.mark.parametrize("bad", ["text", 3, (CEnum("E"),), {CEnum("E")}, object()])
def test_1_5_elements_set_to_another_type_raises(bad):
    with refusal():
        CBundle("B").elements = bad


@pytest.mark.parametrize("bad", [None, "text", 3])
def test_1_5_elements_entry_that_is_none_or_no_bundlable_raises(bad):
    with refusal():
        CBundle("B").elements = [CEnum("E"), bad]


def test_1_5_elements_deleted_entry_raises(element):
    element.delete()
    with refusal():
        CBundle("B").elements = [element]
    with refusal():
        CBundle("B").elements = element


def test_1_5_elements_element_occurring_twice_is_silently_kept_once():
    first, second = CEnum("1"), CEnum("2")
    bundle = CBundle("B", elements=[first, second, first])
    assert bundle.elements == [first, second]
    assert first.bundles == [bundle]


def test_1_5_add_appends_and_returns_none(element):
    bundle, enum = CBundle("B"), CEnum("E")
    assert bundle.add(enum) is None
    assert bundle.add(element) is None
    assert bundle.elements == [enum, element]
    assert element.bundles == [bundle]


@pytest.mark.parametrize("bad", [None, "text", 3, [], object()])
def test_1_5_add_raises_for_none_and_for_what_is_no_bundlable(bad):
    with refusal():
        CBundle("B").add(bad)


def test_1_5_add_raises_for_an_element_already_contained(element):
    bundle = CBundle("B", elements=element)
    with refusal():
        bundle.add(element)
    assert bundle.elements == [element]
    assert element.bundles == [bundle]


def test_1_5_add_does_not_test_for_deletion(element):
    element.delete()
    bundle = CBundle("B")
    bundle.add(element)
    assert bundle.elements == [element]
    assert element.bundles == [bundle]


def test_1_5_remove_takes_the_element_out_and_returns_none(element):
    enum = CEnum("E")
    bundle, other = CBundle("B", elements=[element, enum]), CBundle("O", elements=[element])
    assert bundle.remove(element) is None
    assert bundle.elements == [enum]
    assert element.bundles == [other]


@pytest.mark.parametrize("bad", [None, "text", 3, CEnum("elsewhere")])
def test_1_5_remove_raises_for_none_for_no_bundlable_and_for_what_is_not_contained(bad):
    with refusal():
        CBundle("B", elements=[CEnum("E")]).remove(bad)


def test_1_5_bundles_nest_and_cycles_are_not_prevented():
    inner = CBundle("inner")
    outer = CBundle("outer", elements=inner)
    inner.add(outer)
    inner.add(inner)
    assert inner.elements == [outer, inner]
    assert inner.bundles == [outer, inner]


def test_1_5_delete_of_a_bundle_releases_its_elements_and_leaves_its_own_bundles():
    first, second, outer, other = CEnum("1"), CMetaclass("2"), CBundle("outer"), CBundle("other")
    bundle = CBundle("B", elements=[first, second], bundles=outer)
    other.add(first)
    bundle.delete()
    assert bundle.elements == []
    assert (first.bundles, second.bundles, outer.elements) == ([other], [], [])
    assert not first.is_deleted
    assert not second.is_deleted
