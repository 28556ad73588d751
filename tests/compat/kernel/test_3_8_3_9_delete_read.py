"""Sections 3.8 and 3.9: deleting and reading links."""

import pytest
from codeable_models import CClass, CMetaclass, CObject, CStereotype, add_links, delete_links

from tests.compat.kernel.expecting import refusal


class World:
    """Objects of a class with two self-associations."""

    def __init__(self, first="[from] * -> [to] *", second="[f] * -> [t] *"):
        self.cl = CClass(CMetaclass("M"), "C")
        self.first, self.second = self.cl.association(self.cl, first), self.cl.association(self.cl, second)
        self.a, self.b, self.c, self.d = (CObject(self.cl, name) for name in "abcd")

    def pairs(self):
        links = dict.fromkeys(link for o in (self.a, self.b, self.c, self.d) for link in o.links)
        return [f"{link.source}{link.target}" for link in links]


@pytest.fixture
def world():
    return World()


def test_3_8_deletes_from_either_end(world):
    add_links({world.a: [world.b, world.c, world.d]}, role_name="to")
    delete_links({world.a: world.b})
    delete_links({world.c: world.a})
    assert world.pairs() == ["ad"]


def test_3_8_the_deleted_link_is_deleted(world):
    [link] = add_links({world.a: world.b}, role_name="to")
    delete_links({world.a: world.b})
    assert link.is_deleted
    assert world.a.links == world.b.links == []


def test_3_8_none_matching_raises(world):
    add_links({world.a: world.b}, role_name="to")
    for definitions in ({world.a: world.c}, {world.a: [world.b, world.c]}, {world.c: world.d}):
        with refusal():
            delete_links(definitions)
    assert world.pairs() == ["ab"]


def test_3_8_several_matching_raise_as_ambiguous(world):
    add_links({world.a: world.b}, role_name="to")
    add_links({world.a: world.b}, role_name="t")
    with refusal():
        delete_links({world.a: world.b})
    assert len(world.a.links) == 2


def test_3_8_the_two_directions_between_a_pair_are_ambiguous(world):
    add_links({world.a: world.b, world.b: world.a}, role_name="to")
    for keywords in ({}, {"association": world.first}):
        with refusal():
            delete_links({world.a: world.b}, **keywords)


def test_3_8_association_restricts_the_search(world):
    add_links({world.a: world.b}, role_name="to")
    [stays] = add_links({world.a: world.b}, role_name="t")
    delete_links({world.a: world.b}, association=world.first)
    assert world.a.links == [stays]
    with refusal():
        delete_links({world.a: world.b}, association=world.first)


def test_3_8_forward_wants_the_target_role_and_reverse_the_source_role(world):
    add_links({world.a: world.b, world.b: world.a}, role_name="to")
    delete_links({world.a: world.b}, role_name="to")
    assert world.pairs() == ["ba"]
    with refusal():
        delete_links({world.a: world.b}, role_name="to")
    delete_links({world.a: world.b}, role_name="from")
    assert world.pairs() == []


def test_3_8_role_name_must_fit_the_direction(world):
    add_links({world.a: world.b}, role_name="to")
    for role in ("from", "t", "missing"):
        with refusal():
            delete_links({world.a: world.b}, role_name=role)
    delete_links({world.b: world.a}, role_name="from")
    assert world.pairs() == []


def test_3_8_for_a_self_link_the_source_role_decides(world):
    add_links({world.a: world.a}, association=world.first)
    with refusal():
        delete_links({world.a: world.a}, role_name="to")
    delete_links({world.a: world.a}, role_name="from")
    assert world.a.links == []


def test_3_8_a_self_link_is_one_match_without_role_name(world):
    add_links({world.a: world.a}, association=world.first)
    delete_links({world.a: world.a})
    assert world.a.links == []


@pytest.mark.parametrize("nothing", [None, []])
def test_3_8_no_targets_delete_nothing(world, nothing):
    add_links({world.a: world.b}, role_name="to")
    assert delete_links({world.a: nothing}) is None
    assert world.pairs() == ["ab"]


def test_3_8_a_deleted_element_has_no_links_so_its_pairs_fail(world):
    add_links({world.a: world.b}, role_name="to")
    world.b.delete()
    with refusal():
        delete_links({world.a: world.b})
    with refusal():
        delete_links({world.b: world.a})
    assert delete_links({world.b: []}) is None


def test_3_8_classes_and_class_objects_are_the_same_ends():
    metaclass = CMetaclass("M")
    metaclass.association(metaclass, "[from] * -> [to] *")
    a, b, c = (CClass(metaclass, name) for name in "abc")
    add_links({a: [b, c]}, role_name="to")
    delete_links({a.class_object: b.class_object})
    a.delete_links(c)
    assert a.links == b.links == c.links == []


def test_3_8_levels_of_targets_are_checked(world):
    with refusal():
        delete_links({world.a: world.cl})


# association, links made, links deleted, accepted. The last column says why, in the terms of section 3.7.
BOUNDS = [
    ("* -> 1..*", {"a": "bc"}, {"a": "b"}, True),  # one remains
    ("* -> 2..*", {"a": "bcd"}, {"a": "b"}, True),  # two remain
    ("* -> 2..*", {"a": "bcd"}, {"d": "a"}, True),
    ("* -> 2..*", {"a": "bc"}, {"a": "b"}, True),  # excused: nothing remains at b, which needs nothing
    ("* -> 2..*", {"a": "bc"}, {"b": "a"}, True),
    ("1..* -> 2..*", {"a": "bc", "d": "bc"}, {"a": "b"}, False),  # one remains at b
    ("1..* -> 2..*", {"a": "bc", "d": "bc"}, {"b": "a"}, False),
    ("* -> 2..*", {"a": "bc", "d": "bc"}, {"a": "b"}, False),
    ("1 -> *", {"a": "b"}, {"a": "b"}, True),  # excused: nothing remains at a, which needs nothing
    ("1 -> *", {"a": "bc"}, {"a": "b"}, False),
    ("1 -> 1", {"a": "b"}, {"a": "b"}, False),
    ("0..1 -> 1", {"a": "b"}, {"a": "b"}, True),
    ("1..* -> *", {"a": "bc"}, {"a": "b"}, False),
    ("1..* -> *", {"a": "bc"}, {"b": "a"}, False),
    ("1..* -> *", {"a": "c", "b": "c"}, {"a": "c"}, True),
    ("2 -> *", {"a": "c", "b": "c"}, {"a": "c"}, True),
    ("2 -> *", {"a": "cd", "b": "cd"}, {"a": "c"}, False),
]


@pytest.mark.parametrize(("descriptor", "made", "deleted", "accepted"), BOUNDS)
def test_3_8_multiplicities_are_checked_with_one_link_less(descriptor, made, deleted, accepted):
    metaclass = CMetaclass("M")
    source, target = CClass(metaclass, "S"), CClass(metaclass, "T")
    relation = source.association(target, descriptor)
    names = set("".join(made.values()))
    objects = {name: CObject(target if name in names else source, name) for name in "abcd"}
    read = lambda table: {objects[k]: [objects[v] for v in vs] for k, vs in table.items()}  # noqa: E731
    links = add_links(read(made), association=relation)
    if accepted:
        delete_links(read(deleted))
        assert sum(link.is_deleted for link in links) == 1
    else:
        with refusal():
            delete_links(read(deleted))
        assert not any(link.is_deleted for link in links)


def test_3_8_links_deleted_earlier_in_the_call_count_no_more():
    metaclass = CMetaclass("M")
    source, target = CClass(metaclass, "S"), CClass(metaclass, "T")
    relation = source.association(target, "* -> 2..*")
    a, x, b, c, d = (CObject(cl, name) for cl, name in zip([source] * 2 + [target] * 3, "axbcd", strict=True))
    links = add_links({a: [b, c, d], x: [b, c, d]}, association=relation)
    with refusal():
        delete_links({a: [b, c]})
    assert not any(link.is_deleted for link in links)
    delete_links({a: b})
    with refusal():
        delete_links({a: c})
    assert a.linked == [c, d]


def test_3_8_the_same_pair_twice_in_a_call_raises_as_none(world):
    [link] = add_links({world.a: world.b}, role_name="to")
    with refusal():
        delete_links({world.a: [world.b, world.b]})
    with refusal():
        delete_links({world.a: world.b, world.b: world.a})
    assert world.a.links == [link]


def test_3_8_the_direction_of_the_matching_link_counts_not_of_the_last_examined():
    world = World("[from] * -> [to] 1..*")
    add_links({world.a: world.b, world.d: [world.b, world.a]}, role_name="to")
    with refusal():
        delete_links({world.a: world.b})
    assert world.pairs() == ["ab", "da", "db"]
    world = World("[from] 1..* -> [to] *")
    add_links({world.a: world.b, world.c: world.b, world.d: world.a}, role_name="to")
    delete_links({world.a: world.b})
    assert world.pairs() == ["da", "cb"]


def test_3_8_self_association_counts_only_links_at_the_respective_end():
    world = World("[parent] 1..2 -> [child] *")
    add_links({world.a: [world.b, world.c], world.c: world.d}, role_name="child")
    with refusal():
        delete_links({world.a: world.c})
    assert world.pairs() == ["ab", "ac", "cd"]


def test_3_8_links_deleted_earlier_in_a_failing_call_come_back_in_their_order(world):
    old = add_links({world.a: [world.b, world.c, world.d]}, role_name="to")
    with refusal():
        delete_links({world.a: [world.c, world.b], world.d: world.b})
    assert world.a.links == old
    assert [o.links for o in (world.b, world.c, world.d)] == [[old[0]], [old[1]], [old[2]]]
    assert not any(link.is_deleted for link in old)


def test_3_8_what_hung_on_a_link_comes_back_too(world):
    world.first.superclasses = world.cl
    stereotype = CStereotype("S", extended=world.first, attributes={"tag": str})
    keywords = {"role_name": "to", "stereotype_instances": stereotype, "tagged_values": {"tag": "x"}}
    [link] = add_links({world.a: world.b}, **keywords)
    [upon] = add_links({world.c: link}, role_name="t")
    with refusal():
        delete_links({world.a: [world.b, world.d]})
    assert (link.stereotype_instances, link.tagged_values, link.links) == ([stereotype], {"tag": "x"}, [upon])
    assert stereotype.extended_instances == [link]
    assert world.c.links == [upon]


def test_3_9_links_are_in_order_of_attachment_to_this_element_and_a_new_list(world):
    first = add_links({world.b: world.a, world.c: world.a}, role_name="to")
    second = add_links({world.a: [world.d, world.b]}, role_name="t")
    assert world.a.links == [*first, *second]
    assert world.b.links == [first[0], second[1]]
    world.a.links.clear()
    assert len(world.a.links) == 4


def test_3_9_linked_are_the_opposite_ends_with_repetitions(world):
    add_links({world.a: [world.b, world.a]}, role_name="to")
    add_links({world.b: world.a}, role_name="t")
    assert world.a.linked == [world.b, world.a, world.b]
    assert world.b.linked == [world.a, world.a]
    world.a.linked.clear()
    assert len(world.a.linked) == 3


def test_3_9_get_links_for_association_filters_by_identity(world):
    [one] = add_links({world.a: world.b}, role_name="to")
    [other] = add_links({world.a: world.b}, role_name="t")
    assert world.a.get_links_for_association(world.first) == [one]
    assert world.a.get_links_for_association(world.second) == [other]
    assert world.a.get_links_for_association(world.cl.association(world.cl, "* -> *")) == []
    world.a.get_links_for_association(world.first).clear()
    assert world.a.get_links_for_association(world.first) == [one]


def test_3_9_get_linked_without_keywords_is_linked(world):
    add_links({world.a: [world.b, world.c]}, role_name="to")
    assert world.a.get_linked() == world.a.linked == [world.b, world.c]


def test_3_9_get_linked_by_association(world):
    add_links({world.a: world.b}, role_name="to")
    add_links({world.a: world.c}, role_name="t")
    assert world.a.get_linked(association=world.first) == [world.b]
    assert world.a.get_linked(association=world.second) == [world.c]


def test_3_9_get_linked_by_role_name_means_the_role_of_the_opposite_end(world):
    add_links({world.a: [world.b, world.c], world.d: world.a}, role_name="to")
    assert world.a.get_linked(role_name="to") == [world.b, world.c]
    assert world.a.get_linked(role_name="from") == [world.d]
    assert world.b.get_linked(role_name="from") == [world.a]
    assert world.b.get_linked(role_name="to") == []
    assert world.a.get_linked(role_name="missing") == []


def test_3_9_get_linked_by_role_name_over_several_associations():
    world = World("[x] * -> [to] *", "[y] * -> [to] *")
    add_links({world.a: world.b}, association=world.first)
    add_links({world.a: world.c}, association=world.second)
    assert world.a.get_linked(role_name="to") == [world.b, world.c]


def test_3_9_get_linked_by_association_and_role_name_applies_both():
    world = World("[x] * -> [to] *", "[y] * -> [to] *")
    add_links({world.a: world.b, world.d: world.a}, association=world.first)
    add_links({world.a: world.c}, association=world.second)
    assert world.a.get_linked(association=world.first, role_name="to") == [world.b]
    assert world.a.get_linked(association=world.second, role_name="to") == [world.c]
    assert world.a.get_linked(association=world.second, role_name="x") == []


def test_3_9_get_linked_of_a_self_link_in_either_role(world):
    add_links({world.a: world.a}, association=world.first)
    assert world.a.get_linked(role_name="to") == [world.a]
    assert world.a.get_linked(role_name="from") == [world.a]


def test_3_9_a_deleted_element_has_no_links(world):
    add_links({world.a: world.b}, role_name="to")
    world.a.delete()
    assert world.a.links == world.a.linked == world.b.links == []
