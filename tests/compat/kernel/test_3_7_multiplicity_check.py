"""Section 3.7: multiplicities are checked after each call, and a failing call leaves nothing."""

import pytest
from codeable_models import CClass, CMetaclass, CObject, add_links, set_links

from tests.compat.kernel.expecting import refusal


class Ends:
    """Classes A and B with objects, an association between them, and one from A to itself."""

    def __init__(self, descriptor, level="object"):
        if level == "object":
            metaclass = CMetaclass("M")
            self.a_type, self.b_type, self.make = CClass(metaclass, "A"), CClass(metaclass, "B"), CObject
        else:
            self.a_type, self.b_type, self.make = CMetaclass("A"), CMetaclass("B"), CClass
        self.relation = self.a_type.association(self.b_type, descriptor)
        self.a1, self.a2, self.a3 = (self.make(self.a_type, f"a{n}") for n in (1, 2, 3))
        self.b1, self.b2, self.b3 = (self.make(self.b_type, f"b{n}") for n in (1, 2, 3))

    def definitions(self, text):
        """Reads "a1:b1,b2 a2:" as a dict of elements."""
        parts = [part.split(":") for part in text.split()]
        return {
            getattr(self, key): [getattr(self, t) for t in targets.split(",") if t] for key, targets in parts
        }


# descriptor, definitions, accepted
CHECKS = [
    ("1 -> *", "a1:b1", True),
    ("1 -> *", "a1:b1,b2,b3", True),
    ("1 -> *", "a1:b1 a2:b1", False),
    ("1 -> *", "b1:a1 b2:a1", True),
    ("1 -> *", "b1:a1,a2", False),
    ("1 -> *", "a1:", True),
    ("1 -> 1", "a1:b1 a2:b2", True),
    ("1 -> 1", "a1:b1,b2", False),
    ("1 -> 1", "a1:", False),
    ("* -> 1..2", "a1:b1", True),
    ("* -> 1..2", "a1:b1,b2", True),
    ("* -> 1..2", "a1:b1,b2,b3", False),
    ("* -> 2..3", "a1:b1", False),
    ("* -> 2..3", "a1:b1,b2", True),
    ("* -> 2..3", "b1:a1 b2:a1", True),
    ("* -> 2..3", "b1:a1", False),
    ("2 -> *", "a1:b1", False),
    ("2 -> *", "a1:b1 a2:b1", True),
    ("2 -> *", "b1:a1,a2", True),
    ("0..1 -> *", "b1:a1,a2", False),
    ("0..1 -> 0..1", "a1:b1 a2:b2 a3:b3", True),
    ("0 -> *", "a1:b1", False),
    ("* -> 0", "a1:b1", False),
    ("* -> 2..1", "a1:b1", False),
    ("* -> 2..1", "a1:b1,b2", False),
]


@pytest.mark.parametrize("level", ["object", "class"])
@pytest.mark.parametrize("call", [add_links, set_links])
@pytest.mark.parametrize(("descriptor", "text", "accepted"), CHECKS)
def test_3_7_bounds(descriptor, text, accepted, call, level):
    world = Ends(descriptor, level)
    definitions = world.definitions(text)
    if accepted:
        assert len(call(definitions, association=world.relation)) == sum(map(len, definitions.values()))
    else:
        with refusal():
            call(definitions, association=world.relation)
        assert all(
            not element.links for element in (world.a1, world.a2, world.a3, world.b1, world.b2, world.b3)
        )


def test_3_7_links_made_earlier_count():
    world = Ends("* -> 0..2")
    add_links(world.definitions("a1:b1,b2"))
    with refusal():
        add_links(world.definitions("a1:b3"))
    assert world.a1.linked == [world.b1, world.b2]
    with refusal():
        add_links(world.definitions("b3:a1"))
    assert set_links(world.definitions("a1:b3"))[0].target is world.b3


def test_3_7_links_of_other_associations_do_not_count():
    world = Ends("1 -> [to] 1")
    world.a_type.association(world.b_type, "* -> [t] *")
    add_links(world.definitions("a1:b1,b2,b3"), role_name="t")
    assert len(add_links(world.definitions("a1:b1"), role_name="to")) == 1


# A source without targets: n = 0, m = 0. The other multiplicity's lower bound decides on the excuse.
EMPTY = [
    ("0..1 -> 1", True),
    ("* -> 1..*", True),
    ("1 -> 1", False),
    ("1 -> 0..1", True),
    ("1..* -> 2", False),
]


@pytest.mark.parametrize(("descriptor", "accepted"), EMPTY)
def test_3_7_a_source_without_targets_is_excused_if_the_other_lower_bound_is_zero(descriptor, accepted):
    world = Ends(descriptor)
    if accepted:
        assert set_links({world.a1: None}, association=world.relation) == []
    else:
        with refusal():
            set_links({world.a1: None}, association=world.relation)


@pytest.mark.parametrize(
    ("descriptor", "accepted"), [("1 -> 0..1", True), ("1 -> *", True), ("1 -> 1", False)]
)
def test_3_7_reverse_a_source_without_targets_is_measured_by_the_source_multiplicity(descriptor, accepted):
    world = Ends(descriptor)
    if accepted:
        assert set_links({world.b1: None}, association=world.relation) == []
    else:
        with refusal():
            set_links({world.b1: None}, association=world.relation)


def test_3_7_the_excuse_covers_the_upper_bound_too():
    """With add_links and no targets n counts links made earlier, and m is 0."""
    world = Ends("* -> *")
    add_links(world.definitions("a1:b1,b2,b3"))
    world.relation.multiplicity = "0..2"
    assert add_links({world.a1: []}, association=world.relation) == []
    world.relation.source_multiplicity = "1..*"
    with refusal():
        add_links({world.a1: []}, association=world.relation)


def test_3_7_the_excuse_needs_that_nothing_is_linked_at_the_other_end():
    world = Ends("* -> 1")
    with refusal():
        add_links(world.definitions("a1:b1,b2"))


def test_3_7_set_links_that_leaves_an_old_partner_below_its_lower_bound_is_not_noticed():
    world = Ends("1 -> 1")
    add_links(world.definitions("a1:b1"))
    set_links(world.definitions("a1:b2"))
    assert world.b1.links == []


def test_3_7_unlinked_instances_are_not_checked():
    world = Ends("1 -> 1..*")
    assert len(add_links(world.definitions("a1:b1"))) == 1
    assert world.b2.links == []


class Tree:
    def __init__(self, descriptor="[parent] 0..1 -> [child] *"):
        cl = CClass(CMetaclass("M"), "Node")
        self.relation = cl.association(cl, descriptor)
        self.root, self.left, self.right, self.leaf = (
            CObject(cl, name) for name in ("root", "left", "right", "leaf")
        )


def test_3_7_self_association_only_links_at_the_respective_end_count():
    tree = Tree()
    add_links({tree.root: [tree.left, tree.right]}, role_name="child")
    add_links({tree.left: tree.leaf}, role_name="child")
    assert tree.left.get_linked(role_name="parent") == [tree.root]
    with refusal():
        add_links({tree.right: tree.leaf}, role_name="child")


def test_3_7_self_association_a_hierarchy_can_be_built_bottom_up():
    tree = Tree()
    add_links({tree.leaf: tree.left}, role_name="parent")
    add_links({tree.left: tree.root}, role_name="parent")
    add_links({tree.right: tree.root}, role_name="parent")
    assert tree.root.get_linked(role_name="child") == [tree.left, tree.right]
    with refusal():
        add_links({tree.leaf: tree.right}, role_name="parent")


def test_3_7_self_link_counts_once_at_each_end():
    tree = Tree("[parent] 1 -> [child] 1")
    assert len(add_links({tree.root: tree.root}, role_name="child")) == 1


@pytest.mark.parametrize("call", [add_links, set_links])
def test_3_7_a_failing_check_restores_every_link_and_its_order(call):
    world = Ends("* -> 0..2")
    old = add_links(world.definitions("a1:b1,b2 a2:b1 a3:b3"))
    with refusal():
        call(world.definitions("a2:b2 a1:b1,b2,b3 a3:b1"))
    assert [link for a in (world.a1, world.a2, world.a3) for link in a.links] == old
    assert world.b1.links == [old[0], old[2]]
    assert world.b2.links == [old[1]]
    assert not any(link.is_deleted for link in old)


def test_3_7_a_later_source_without_match_leaves_nothing_of_earlier_ones():
    world = Ends("* -> *")
    other = CObject(CClass(CMetaclass("M"), "Other"), "x")
    [old] = add_links(world.definitions("a1:b3"))
    for call in (add_links, set_links):
        with refusal():
            call({world.a1: world.b1, world.a2: other}, association=world.relation)
        assert world.a1.links == world.b3.links == [old]
    assert world.b1.links == []


def test_3_7_a_later_deleted_source_or_target_leaves_nothing_of_earlier_ones():
    world = Ends("* -> *")
    world.a3.delete()
    for call in (add_links, set_links):
        with refusal():
            call({world.a1: world.b1, world.a3: world.b2})
        with refusal():
            call({world.b1: world.a1, world.b2: [world.a2, world.a3]})
    assert world.a1.links == world.b1.links == world.b2.links == []


def test_3_7_set_links_restores_links_to_links_and_their_values():
    cl = CClass(CMetaclass("M"), "C", attributes={"x": int})
    relation = cl.association(cl, "[from] * -> [to] 0..1", superclasses=cl)
    a, b, c = (CObject(cl, name) for name in "abc")
    [link] = add_links({a: b}, role_name="to")
    [upon] = add_links({c: link}, role_name="to")
    link.set_value("x", 7)
    link.label = "label"
    with refusal():
        set_links({a: [b, c]}, association=relation)
    assert a.links == b.links == [link]
    assert link.links == c.links == [upon]
    assert (link.values, link.label, link.is_deleted, upon.is_deleted) == ({"x": 7}, "label", False, False)
