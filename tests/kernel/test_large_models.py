"""Nothing recurses with the size of a model, and hubs are answered without looking through their links."""

import gc
import itertools
import weakref

import pytest

from codeable.kernel import (
    CBundle,
    CClass,
    CException,
    CMetaclass,
    CObject,
    add_links,
    delete_links,
    set_links,
)
from tests.tools import examples

DEEP = examples(100_000)  # 10,000, far beyond the limit of recursion; 100,000 in continuous integration
HUB = 3_000
deep = pytest.mark.no_cover  # so many rounds of the same lines, which smaller models run too


@pytest.fixture
def chained():
    metaclass = CMetaclass("M")
    return metaclass, metaclass.association(metaclass, "[before] * -> [after] *")


@deep
def test_a_long_chain_of_linked_classes_is_traversed_in_order(chained):
    metaclass, association = chained
    classes = [CClass(metaclass, str(number)) for number in range(DEEP)]
    add_links(dict(itertools.pairwise(classes)), association=association, role_name="after")
    found = classes[0].class_object.get_connected_elements()
    assert found == [one.class_object for one in classes]
    classes[0].delete()
    assert len(classes[1].links) == 1


@deep
def test_a_long_chain_of_links_on_links_is_deleted_with_its_first(chained):
    metaclass, association = chained
    association.superclasses = metaclass
    start, end = CClass(metaclass, "start"), CClass(metaclass, "end")
    first = last = start.add_links(end, association=association, role_name="after")[0]
    for _ in range(DEEP):
        last = end.add_links(last, association=association, role_name="after")[0]
    first.delete()
    assert last.is_deleted
    assert end.links == []


@deep
@pytest.mark.parametrize("from_the_top", [True, False])
def test_very_deep_inheritance_is_built_from_either_end_and_read(from_the_top):
    metaclass = CMetaclass("M")
    classes = [CClass(metaclass, str(number)) for number in range(DEEP)]
    pairs = list(zip(classes[1:], classes, strict=False))
    for sub, top in pairs if from_the_top else reversed(pairs):
        sub.superclasses = top
    assert classes[-1].class_path == classes[::-1]
    assert len(classes[0].all_subclasses) == DEEP - 1
    assert classes[-1].has_superclass(classes[0])
    assert CObject(classes[-1], "o").instance_of(classes[0])
    assert len(classes[0].get_connected_elements()) == DEEP
    with pytest.raises(CException):
        classes[0].superclasses = classes[-1]


@deep
def test_bundles_nested_very_deep_are_traversed():
    bundles = [CBundle(str(number)) for number in range(DEEP)]
    for outer, inner in itertools.pairwise(bundles):
        outer.add(inner)
    assert bundles[0].get_connected_elements(process_bundles=True, add_bundles=True) == bundles


@pytest.mark.slow
def test_a_large_model_that_is_dropped_is_freed():
    def build() -> list[weakref.ref]:
        metaclass = CMetaclass("M")
        association = metaclass.association(metaclass, "[before] * -> [after] *")
        classes = [CClass(metaclass, str(number)) for number in range(20_000)]
        links = add_links(dict(itertools.pairwise(classes)), association=association, role_name="after")
        classes[0].class_object.get_connected_elements()
        return [weakref.ref(each) for each in (metaclass, association, classes[0], links[-1])]

    dropped = build()
    gc.collect()
    assert [each() for each in dropped] == [None] * 4


def test_two_hubs_linked_with_the_same_many_elements_refuse_a_repeated_link(chained):
    metaclass, association = chained
    hubs = [CClass(metaclass, f"hub {number}") for number in range(60)]
    spokes = [CClass(metaclass, f"spoke {number}") for number in range(60)]
    add_links(dict.fromkeys(hubs, spokes), association=association, role_name="after")
    for hub, spoke in zip(hubs, spokes, strict=True):
        with pytest.raises(CException):
            hub.add_links(spoke, association=association, role_name="after")
        assert spoke.add_links(hub, association=association, role_name="after"), (
            "the opposite is another link"
        )
    assert len(hubs[0].links) == 61


def test_a_hub_counts_its_links_by_association_and_end():
    metaclass = CMetaclass("M")
    many = metaclass.association(metaclass, "many: [x] * -> [y] *")
    few = metaclass.association(metaclass, f"few: [of] * -> [on] 0..{HUB}")
    hub = CClass(metaclass, "hub")
    others = [CClass(metaclass, str(number)) for number in range(HUB)]
    hub.add_links(others, association=many, role_name="y")
    for other in others:
        hub.add_links(other, association=few, role_name="on")
    with pytest.raises(CException):
        hub.add_links(hub, association=few, role_name="on")
    assert len(hub.links) == 2 * HUB
    delete_links({hub: others[:10]}, association=few)
    hub.add_links(others[:10], association=few, role_name="on")
    assert len(hub.get_links_for_association(few)) == HUB


def test_a_hub_with_links_to_itself_is_kept_in_order(chained):
    metaclass, association = chained
    other = metaclass.association(metaclass, "other: [x] * -> [y] *")
    hub = CClass(metaclass, "hub")
    spokes = [CClass(metaclass, str(number)) for number in range(40)]
    hub.add_links([hub, *spokes], association=association, role_name="after")
    with pytest.raises(CException):
        hub.add_links(hub, association=association, role_name="after")
    hub.add_links(hub, association=other, role_name="y")
    delete_links({hub: hub}, association=association)
    assert hub.linked == [*spokes, hub]
    (again,) = hub.add_links(hub, association=association, role_name="after")
    assert hub.links[-1] is again
    again.delete()
    assert hub.linked == [*spokes, hub]


def test_set_links_clears_a_hub():
    metaclass = CMetaclass("M")
    association = metaclass.association(metaclass, "[one] 0..1 -> [many] *")
    hub = CClass(metaclass, "hub")
    spokes = [CClass(metaclass, str(number)) for number in range(HUB)]
    set_links({hub: spokes}, association=association)
    set_links({hub: spokes[::-1]}, association=association)
    assert hub.linked == spokes[::-1]
    set_links({hub: []}, association=association)
    assert hub.links == spokes[0].links == []


def test_elements_leave_large_collections_from_the_middle(chained):
    metaclass, _ = chained
    classes = [CClass(metaclass, str(number)) for number in range(20_000)]
    view = CBundle("view", elements=classes)
    for one in classes[5_000:15_000]:
        one.delete()
    rest = classes[:5_000] + classes[15_000:]
    assert metaclass.classes == rest
    assert view.elements == rest


def test_instances_are_found_by_name_among_many(chained):
    metaclass, _ = chained
    classes = [CClass(metaclass, str(number)) for number in range(20_000)]
    assert [metaclass.get_class(one.name) for one in classes] == classes
    assert metaclass.get_class("x") is None


class TestFindingByName:
    @pytest.fixture
    def metaclass(self):
        metaclass = CMetaclass("M")
        for number in range(100):
            CClass(metaclass, f"c{number % 50}")
        assert len(metaclass.get_classes("c0")) == 2
        return metaclass

    def test_a_class_made_later_is_found_last(self, metaclass):
        made = CClass(metaclass, "c0")
        assert metaclass.get_classes("c0")[2:] == [made]

    def test_a_renamed_class_is_found_under_its_new_name_in_the_old_order(self, metaclass):
        renamed = metaclass.classes[0]
        renamed.name = "c1"
        assert len(metaclass.get_classes("c0")) == 1
        assert metaclass.get_classes("c1")[0] is renamed

    def test_a_class_renamed_to_what_no_other_is_called_is_found_by_that_alone(self, metaclass):
        for renamed in metaclass.classes[:50]:
            former, renamed.name = renamed.name, f"new {renamed.name}"
            assert metaclass.get_classes(renamed.name) == [renamed]
            assert renamed not in metaclass.get_classes(former)

    def test_a_class_that_was_taken_out_is_not_found_by_its_new_name(self, metaclass):
        removed = metaclass.classes[0]
        metaclass.remove_class(removed)
        removed.name = "x"
        assert metaclass.get_class("x") is None

    def test_a_class_renamed_to_something_that_is_no_string_is_found_by_it(self, metaclass):
        metaclass.classes[3].name = ["a"]
        assert metaclass.get_class(["a"]) is metaclass.classes[3]
        assert metaclass.get_class("c3") is metaclass.classes[53]

    def test_a_deleted_class_is_not_found(self, metaclass):
        first, second = metaclass.get_classes("c0")
        first.delete()
        assert metaclass.get_classes("c0") == [second]

    def test_a_class_that_moved_is_found_in_its_new_metaclass_only(self, metaclass):
        moved = metaclass.get_class("c0")
        moved.metaclass = CMetaclass("N")
        assert moved not in metaclass.get_classes("c0")
        assert moved.metaclass.get_class("c0") is moved

    def test_unnamed_classes_are_found(self, metaclass):
        unnamed = CClass(metaclass)
        assert metaclass.get_classes(None) == [unnamed]

    def test_objects_are_found_alike(self, metaclass):
        cl = metaclass.classes[0]
        objects = [CObject(cl, str(number)) for number in range(100)]
        assert cl.get_object("70") is objects[70]
        objects[70].name = "x"
        assert cl.get_object("70") is None
        assert cl.get_object("x") is objects[70]
