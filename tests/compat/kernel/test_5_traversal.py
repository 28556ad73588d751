"""Section 5: `get_connected_elements`, its options, phases and exact order."""

import pytest
from codeable_models import (
    CBundle,
    CClass,
    CEnum,
    CMetaclass,
    CObject,
    CStereotype,
    add_links,
)

from tests.compat.kernel.test_5_1_options import starts


def metaclasses(names):
    return [CMetaclass(name) for name in names]


def relate(source, target):
    return source.association(target, "* -> *")


def test_5_2_an_exclusive_stop_as_start_gives_nothing():
    a, b = metaclasses("ab")
    relate(a, b)
    assert a.get_connected_elements(stop_elements_exclusive=[a]) == []


def test_5_2_an_inclusive_stop_as_start_is_still_expanded():
    a, b = metaclasses("ab")
    relate(a, b)
    assert a.get_connected_elements(stop_elements_inclusive=[a]) == [a, b]


def test_5_2_depth_first_order():
    a, b, c, d, e = metaclasses("abcde")
    relate(a, b)
    relate(a, c)
    relate(b, d)
    relate(d, e)
    assert a.get_connected_elements() == [a, b, d, e, c]


def test_5_2_inclusive_stops_are_in_the_result_but_not_expanded():
    a, b, c, d = metaclasses("abcd")
    relate(a, b)
    relate(b, c)
    relate(a, d)
    assert a.get_connected_elements(stop_elements_inclusive=b) == [a, b, d]


def test_5_2_exclusive_stops_are_neither_in_the_result_nor_expanded():
    a, b, c, d = metaclasses("abcd")
    relate(a, b)
    relate(b, c)
    relate(a, d)
    assert a.get_connected_elements(stop_elements_exclusive=b) == [a, d]


def test_5_2_both_kinds_of_stops_together():
    a, b, c, d, e = metaclasses("abcde")
    for target in (b, c, d):
        relate(a, target)
    relate(b, e)
    relate(c, e)
    found = a.get_connected_elements(stop_elements_inclusive=[b, d], stop_elements_exclusive=[c, d])
    assert found == [a, b]


def test_5_2_a_stopped_element_can_be_reached_around():
    a, b, c = metaclasses("abc")
    relate(a, b)
    relate(b, c)
    relate(c, a)
    assert a.get_connected_elements(stop_elements_exclusive=b) == [a, c]
    assert a.get_connected_elements(stop_elements_inclusive=b) == [a, b, c]


def test_5_2_a_phase_lists_its_neighbours_before_any_is_expanded():
    """`c` is a neighbour of `a` and of `b`: it is reached from `b`, which comes before it in the list."""
    a, b, c, d = metaclasses("abcd")
    relate(a, b)
    relate(a, c)
    relate(b, d)
    relate(d, c)
    assert a.get_connected_elements() == [a, b, d, c]


def test_5_2_the_result_is_a_new_list():
    a = CMetaclass("a")
    a.get_connected_elements().clear()
    assert a.get_connected_elements() == [a]


def test_5_2_add_options_only_filter_traversal_passes_through():
    a, b = metaclasses("ab")
    inner = CBundle("inner", elements=[a, b])
    assert a.get_connected_elements() == [a]
    assert a.get_connected_elements(process_bundles=True) == [a, b]
    assert a.get_connected_elements(process_bundles=True, add_bundles=True) == [a, inner, b]
    assert a.get_connected_elements(add_bundles=True) == [a, inner]


def test_5_2_the_start_is_filtered_too():
    a = CMetaclass("a")
    stereotype, bundle = CStereotype("S", extended=a), CBundle("B", elements=a)
    relation = relate(a, a)
    assert stereotype.get_connected_elements() == []
    assert stereotype.get_connected_elements(add_stereotypes=True) == [stereotype]
    assert bundle.get_connected_elements(process_bundles=True) == [a]
    assert bundle.get_connected_elements(add_bundles=True) == [bundle]
    assert relation.get_connected_elements() == []
    assert relation.get_connected_elements(add_associations=True) == [relation]


def test_5_2_a_chain_far_deeper_than_the_recursion_limit_is_traversed():
    metaclass = CMetaclass("M")
    metaclass.association(metaclass, "[from] * -> [to] *")
    chain = [CClass(metaclass, str(number)) for number in range(5000)]
    for number in range(1, 5000):
        add_links({chain[number - 1]: chain[number]}, role_name="to")
    assert chain[0].class_object.get_connected_elements() == [cl.class_object for cl in chain]


def test_5_3_every_bundlable_begins_with_its_bundles_in_order():
    for kind, start in starts().items():
        if kind in ("stereotype", "association", "link", "bundle", "package", "layer"):
            continue
        second, first = CBundle("2"), CBundle("1")
        start.bundles = [second, first]
        neighbour = CEnum("E", bundles=first)
        found = start.get_connected_elements(add_bundles=True, process_bundles=True)
        assert found[:3] == [start, second, first]
        assert neighbour in found


def test_5_3_classifier_superclasses_then_subclasses_then_associations():
    top1, top2, sub1, sub2, other1, other2, start = metaclasses(["t1", "t2", "s1", "s2", "o1", "o2", "start"])
    back = relate(other2, start)
    relate(start, start)
    relate(start, other1)
    sub2.superclasses = start
    sub1.superclasses = start
    start.superclasses = [top2, top1]
    bundle = CBundle("B", elements=start)
    found = start.get_connected_elements(add_bundles=True)
    assert found == [start, bundle, top2, top1, sub2, sub1, other2, other1]
    assert back.source is other2


@pytest.mark.parametrize("make", [lambda n, m: CClass(m, n), lambda n, _: CStereotype(n)])
def test_5_3_all_kinds_of_classifiers_expand_alike(make):
    metaclass = CMetaclass("M")
    start, top, sub, other = (make(name, metaclass) for name in ("start", "top", "sub", "other"))
    start.superclasses, sub.superclasses = top, start
    relate(other, start)
    options = {} if isinstance(start, CClass) else {"add_stereotypes": True}
    assert start.get_connected_elements(**options) == [start, top, sub, other]


def test_5_3_metaclass_ends_with_its_stereotypes():
    a, b = metaclasses("ab")
    relate(a, b)
    first, second = CStereotype("1", extended=a), CStereotype("2", extended=a)
    sub = CStereotype("sub", superclasses=first)
    of_b = CStereotype("of b", extended=b)
    assert a.get_connected_elements(add_stereotypes=True) == [a, b, of_b, first, sub, second]
    assert a.get_connected_elements() == [a, b]


def test_5_3_stereotype_reaches_what_it_extends_only_with_process_stereotypes():
    a, b = metaclasses("ab")
    relation = relate(a, b)
    stereotype = CStereotype("S", extended=[b, a])
    on_relation = CStereotype("R", extended=relation, superclasses=stereotype)
    assert stereotype.get_connected_elements(add_stereotypes=True) == [stereotype, on_relation]
    # The association is a neighbour of R; reached first, it has no neighbours of its own and is filtered out.
    assert stereotype.get_connected_elements(process_stereotypes=True) == [b, a]
    found = stereotype.get_connected_elements(process_stereotypes=True, add_stereotypes=True)
    assert found == [stereotype, on_relation, b, a]


def test_5_3_process_stereotypes_from_a_metaclass_leads_to_other_metaclasses():
    a, b = metaclasses("ab")
    stereotype = CStereotype("S", extended=[a, b])
    assert a.get_connected_elements() == [a]
    assert a.get_connected_elements(process_stereotypes=True) == [a, b]
    assert a.get_connected_elements(process_stereotypes=True, add_stereotypes=True) == [a, stereotype, b]


def test_5_3_bundle_elements_in_order_only_with_process_bundles():
    a, b, c = metaclasses("abc")
    relate(b, c)
    enum = CEnum("E")
    inner = CBundle("inner", elements=[enum])
    bundle = CBundle("B", elements=[b, inner, a])
    assert bundle.get_connected_elements(process_bundles=True) == [b, c, enum, a]
    found = bundle.get_connected_elements(process_bundles=True, add_bundles=True)
    assert found == [bundle, b, c, inner, enum, a]
    assert inner.get_connected_elements(add_bundles=True) == [inner, bundle]


def objects_graph():
    cl = CClass(CMetaclass("M"), "C")
    relation = cl.association(cl, "[from] * -> [to] *", superclasses=cl)
    return cl, relation, [CObject(cl, name) for name in "abcde"]


def test_5_3_object_reaches_the_opposite_ends_of_its_links_in_order():
    _, _, (a, b, c, d, e) = objects_graph()
    add_links({a: c, b: a, c: d}, role_name="to")
    add_links({a: e}, role_name="to")
    assert a.get_connected_elements() == [a, c, d, b, e]
    assert d.get_connected_elements() == [d, c, a, b, e]


def test_5_3_links_are_reached_only_as_ends_of_other_links_or_in_bundles():
    _, _, (a, b, c, d, _) = objects_graph()
    [link] = add_links({a: b}, role_name="to")
    assert a.get_connected_elements(add_links=True) == [a, b]
    add_links({c: link}, role_name="to")
    assert c.get_connected_elements(add_links=True) == [c, link]
    assert c.get_connected_elements() == [c]
    bundle = CBundle("B", elements=[link, d])
    assert d.get_connected_elements(process_bundles=True, add_links=True) == [d, link, c]
    assert link.get_connected_elements(add_links=True, add_bundles=True) == [link, bundle, c]
    assert link.get_connected_elements() == [c]


def test_5_3_class_objects_are_traversed_instead_of_classes():
    metaclass = CMetaclass("M")
    metaclass.association(metaclass, "[from] * -> [to] *")
    a, b, c = (CClass(metaclass, name) for name in "abc")
    add_links({a: b, c: a}, role_name="to")
    assert a.class_object.get_connected_elements() == [a.class_object, b.class_object, c.class_object]
    assert a.get_connected_elements() == [a]
    found = a.class_object.get_connected_elements(stop_elements_exclusive=[b, c.class_object])
    assert found == [a.class_object, b.class_object]


def test_5_3_metaclasses_classes_and_objects_are_not_neighbours_of_each_other():
    metaclass = CMetaclass("M")
    cl = CClass(metaclass, "C")
    obj = CObject(cl, "o")
    assert metaclass.get_connected_elements() == [metaclass]
    assert cl.get_connected_elements() == [cl]
    assert obj.get_connected_elements() == [obj]


def test_5_3_associations_are_reached_only_as_subclasses_through_bundles_or_as_start():
    a, b, c = metaclasses("abc")
    relation = a.association(b, "* -> *", superclasses=c)
    assert a.get_connected_elements(add_associations=True) == [a, b]
    assert c.get_connected_elements(add_associations=True) == [c, relation]
    assert relation.get_connected_elements(add_associations=True) == [relation, c]
    bundle = CBundle("B", elements=[relation, a])
    assert bundle.get_connected_elements(process_bundles=True) == [c, a, b]


def test_5_3_an_association_between_associations_superclass_and_subclass():
    a, b = metaclasses("ab")
    top, sub = relate(a, b), relate(a, b)
    sub.superclasses = top
    assert top.get_connected_elements(add_associations=True) == [top, sub]
    assert sub.get_connected_elements(add_associations=True) == [sub, top]


def test_5_4_worked_example_d_is_reached_from_b_before_c():
    a = CMetaclass("A")
    b, c = CMetaclass("B", superclasses=a), CMetaclass("C", superclasses=a)
    d = CMetaclass("D")
    relate(a, d)
    relate(d, b)
    assert a.get_connected_elements() == [a, b, d, c]


def test_5_4_a_deleted_element_is_no_neighbour():
    a, b, c = metaclasses("abc")
    relate(a, b)
    relate(b, c)
    b.delete()
    assert a.get_connected_elements() == [a]
