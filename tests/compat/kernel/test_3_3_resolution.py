"""Section 3.3: finding the association and the direction."""

import pytest
from codeable_models import CClass, CMetaclass, CObject, add_links, set_links

from tests.compat.kernel.expecting import refusal


def ends(links):
    return [(link.source, link.target) for link in links]


class Classes:
    """Metaclasses A, B, C with associations A-B (twice) and B-C, and two classes of each."""

    def __init__(self):
        self.a, self.b, self.c = CMetaclass("A"), CMetaclass("B"), CMetaclass("C")
        self.first = self.a.association(self.b, "first: [a1] * -> [b1] *")
        self.second = self.a.association(self.b, "second: [a2] * -> [b2] *")
        self.bc = self.b.association(self.c, "bc: [b3] * -> [c3] *")
        self.a1, self.a2 = CClass(self.a, "a1"), CClass(self.a, "a2")
        self.b1, self.b2 = CClass(self.b, "b1"), CClass(self.b, "b2")
        self.c1, self.c2 = CClass(self.c, "c1"), CClass(self.c, "c2")


@pytest.fixture
def world():
    return Classes()


def test_3_3_step_6_a_single_match_is_taken_forward(world):
    [link] = add_links({world.b1: world.c1})
    assert link.association is world.bc
    assert ends([link]) == [(world.b1, world.c1)]


def test_3_3_step_5_reverse_match(world):
    links = add_links({world.c1: [world.b1, world.b2]})
    assert ends(links) == [(world.b1, world.c1), (world.b2, world.c1)]


def test_3_3_step_6_no_match_raises(world):
    with refusal():
        add_links({world.a1: world.c1})
    with refusal():
        add_links({world.a1: world.b1}, role_name="missing")


def test_3_3_step_6_two_matches_are_ambiguous(world):
    with refusal():
        add_links({world.a1: world.b1})
    assert world.a1.links == []


def test_3_3_step_5_role_name_decides_between_associations_and_directions(world):
    assert add_links({world.a1: world.b1}, role_name="b2")[0].association is world.second
    [link] = add_links({world.b1: world.a1}, role_name="a1")
    assert (link.association, link.source) == (world.first, world.a1)


def test_3_3_step_4_an_explicit_association_decides(world):
    [forward] = add_links({world.a1: world.b1}, association=world.second)
    [reverse] = add_links({world.b1: world.a2}, association=world.second)
    assert ends([forward, reverse]) == [(world.a1, world.b1), (world.a2, world.b1)]


def test_3_3_step_4_inherited_associations_are_searched():
    world = Classes()
    sub = CMetaclass("SubB", superclasses=world.b)
    sub_c = CMetaclass("SubC", superclasses=world.c)
    one, other = CClass(sub), CClass(sub_c)
    assert ends(add_links({one: other})) == [(one, other)]
    assert ends(add_links({other: world.b1})) == [(world.b1, other)]


def test_3_3_step_5_reverse_counts_only_where_forward_does_not_match():
    metaclass = CMetaclass("M")
    relation = metaclass.association(metaclass, "* -> *")
    a, b = CClass(metaclass, "a"), CClass(metaclass, "b")
    assert ends(add_links({a: b})) == [(a, b)]
    assert ends(add_links({b: a}, association=relation)) == [(b, a)]


def test_3_3_role_names_select_the_direction_of_a_self_association():
    metaclass = CMetaclass("M")
    relation = metaclass.association(metaclass, "[from] * -> [to] *")
    a, b = CClass(metaclass, "a"), CClass(metaclass, "b")
    assert ends(add_links({a: b}, role_name="to")) == [(a, b)]
    assert ends(add_links({a: b}, role_name="from")) == [(b, a)]
    assert ends(add_links({b: b}, association=relation, role_name="from")) == [(b, b)]


def test_3_3_a_role_name_at_the_sources_own_end_raises_except_for_self_associations(world):
    with refusal():
        add_links({world.b1: world.c1}, association=world.bc, role_name="b3")
    with refusal():
        add_links({world.c1: world.b1}, association=world.bc, role_name="c3")


def test_3_3_sources_without_targets_need_association_or_role_name(world):
    for nothing in (None, []):
        with refusal():
            set_links({world.b1: nothing})
        assert set_links({world.b1: nothing}, role_name="c3") == []
        assert set_links({world.b1: nothing}, association=world.bc) == []


def test_3_3_a_role_name_alone_must_be_unique_for_a_source_without_targets(world):
    world.b.association(world.c, "[x] * -> [c3] *")
    with refusal():
        set_links({world.b1: []}, role_name="c3")


def test_3_3_the_association_found_first_is_fixed_for_the_whole_call(world):
    world.a.association(world.c, "[a4] * -> [c4] *")
    with refusal():
        add_links({world.b1: world.c1, world.a1: world.c1})
    assert world.c1.links == []
    assert ends(add_links({world.a1: world.c1})) == [(world.a1, world.c1)]


def test_3_3_each_source_has_its_own_direction(world):
    assert ends(add_links({world.b1: world.c1, world.c2: [world.b1, world.b2]})) == [
        (world.b1, world.c1),
        (world.b1, world.c2),
        (world.b2, world.c2),
    ]


def test_3_3_a_fixed_association_settles_what_would_be_ambiguous(world):
    sub = CMetaclass("SubB", superclasses=world.b)
    sub.association(world.c, "* -> *")
    in_sub = CClass(sub, "sub")
    with refusal():
        add_links({in_sub: world.c2})
    links = add_links({world.b1: world.c1, in_sub: world.c2})
    assert [link.association for link in links] == [world.bc, world.bc]


def test_3_3_with_explicit_association_the_first_sources_targets_are_not_compared_with_it(world):
    [link] = add_links({world.b1: world.a1}, association=world.bc)
    assert ends([link]) == [(world.b1, world.a1)]
    [reverse] = add_links({world.c1: world.a1}, association=world.bc)
    assert ends([reverse]) == [(world.a1, world.c1)]


def test_3_3_with_explicit_association_the_targets_of_further_sources_are_compared(world):
    with refusal():
        add_links({world.b1: world.a1, world.b2: world.a1}, association=world.bc)
    assert world.b1.links == []


def test_3_3_with_explicit_association_the_first_sources_targets_are_compared_with_each_other(world):
    with refusal():
        add_links({world.b1: [world.c1, world.a1]}, association=world.bc)


def test_3_3_with_explicit_association_the_source_must_be_of_one_end(world):
    with refusal():
        add_links({world.a1: world.c1}, association=world.bc)


def test_3_3_an_association_found_by_role_name_is_unchecked_until_a_source_with_targets_is_bound(world):
    links = add_links({world.b1: None, world.b2: world.a2}, role_name="c3")
    assert ends(links) == [(world.b2, world.a2)]
    assert links[0].association is world.bc
    with refusal():
        add_links({world.b1: world.c1, world.b2: world.a1}, role_name="c3")


def test_3_3_an_explicit_association_is_bound_by_a_source_without_targets_too(world):
    with refusal():
        set_links({world.b1: [], world.b2: world.a1}, association=world.bc)
    assert ends(set_links({world.b1: [], world.b2: world.c1}, association=world.bc)) == [(world.b2, world.c1)]


def test_3_3_after_a_source_without_targets_the_explicit_association_still_takes_two_directions(world):
    links = add_links({world.c1: [], world.b1: world.c1, world.c2: world.b2}, association=world.bc)
    assert ends(links) == [(world.b1, world.c1), (world.b2, world.c2)]


def test_3_3_a_deleted_association_raises_when_the_first_link_is_made(world):
    world.bc.delete()
    with refusal():
        add_links({world.b1: world.c1}, association=world.bc)
    assert add_links({world.b1: []}, association=world.bc) == []


class Lattice:
    """Metaclass S associated with Top and with Other; Left and Right below both of these."""

    def __init__(self):
        self.s, self.top, self.other = CMetaclass("S"), CMetaclass("Top"), CMetaclass("Other")
        self.left = CMetaclass("Left", superclasses=[self.top, self.other])
        self.right = CMetaclass("Right", superclasses=[self.other, self.top])
        self.source = CClass(self.s, "s")
        self.in_left, self.in_right = CClass(self.left, "l"), CClass(self.right, "r")


def test_3_3_class_candidates_are_the_common_part_of_the_class_paths():
    lattice = Lattice()
    relation = lattice.s.association(lattice.top, "* -> *")
    links = add_links({lattice.source: [lattice.in_left, lattice.in_right]})
    assert [link.association for link in links] == [relation, relation]


def test_3_3_class_targets_without_a_common_metaclass_raise_even_with_an_association(world):
    relation = world.a.association(world.b, "* -> *")
    for keywords in ({}, {"association": relation}):
        with refusal():
            add_links({world.a1: [world.b1, world.c1]}, **keywords)


def test_3_3_only_the_most_specific_candidates_are_kept():
    lattice = Lattice()
    to_top = lattice.s.association(lattice.top, "* -> *")
    [link] = add_links({lattice.source: lattice.in_left})
    assert link.association is to_top
    lattice.s.association(lattice.left, "* -> *")
    with refusal():
        add_links({lattice.source: lattice.in_left})
    assert add_links({lattice.source: [lattice.in_right]})[0].association is to_top


def test_3_3_pairs_are_counted_two_candidates_fitting_one_association_are_ambiguous():
    lattice = Lattice()
    root = CMetaclass("Root")
    lattice.top.superclasses = lattice.other.superclasses = root
    relation = lattice.s.association(root, "[from] * -> [to] *")
    targets = [lattice.in_left, lattice.in_right]
    for keywords in ({}, {"role_name": "to"}):
        with refusal():
            add_links({lattice.source: targets}, **keywords)
    assert len(add_links({lattice.source: targets}, association=relation)) == 2
    assert len(add_links({CClass(lattice.s): lattice.in_left})) == 1


def test_3_3_two_candidates_stay_ambiguous_for_further_sources_of_a_fixed_association():
    lattice = Lattice()
    root = CMetaclass("Root")
    lattice.top.superclasses = lattice.other.superclasses = root
    relation = lattice.s.association(root, "* -> *")
    targets = [lattice.in_left, lattice.in_right]
    with refusal():
        add_links({lattice.source: lattice.in_left, CClass(lattice.s): targets})
    with refusal():
        add_links({lattice.source: targets, CClass(lattice.s): targets}, association=relation)


def test_3_3_link_targets_of_classes_stand_for_the_metaclasses_above_their_association(world):
    world.bc.superclasses = world.b
    [link] = add_links({world.b1: world.c1})
    [noted] = add_links({world.a1: [link, world.b2]}, role_name="b1")[:1]
    assert noted.target is link
    [plain] = add_links({world.a1: add_links({world.b2: world.c1})}, role_name="b2")
    with refusal():
        add_links({world.b1: [plain]}, association=world.bc)


class Objects:
    """Classes with Top above Left and Right, Left above Bottom, and an association from S to Top."""

    def __init__(self):
        metaclass = CMetaclass("M")
        self.s, self.root = CClass(metaclass, "S"), CClass(metaclass, "Root")
        self.top = CClass(metaclass, "Top", superclasses=self.root)
        self.left, self.right = (CClass(metaclass, name, superclasses=self.top) for name in ("Left", "Right"))
        self.bottom = CClass(metaclass, "Bottom", superclasses=self.left)
        self.unrelated = CClass(metaclass, "Unrelated")
        self.source = CObject(self.s, "s")
        self.o = {
            name: CObject(getattr(self, name), name)
            for name in ("root", "top", "left", "right", "bottom", "unrelated")
        }


@pytest.mark.parametrize(
    ("names", "lowest_common"),
    [
        (["left"], "left"),
        (["bottom", "left"], "left"),
        (["left", "bottom"], "left"),
        (["left", "right"], "top"),
        (["bottom", "right"], "top"),
        (["bottom", "root"], "root"),
        (["root", "bottom"], "root"),
        (["left", "right", "top"], "top"),
        (["left", "top", "root"], "root"),
    ],
)
def test_3_3_object_candidate_is_generalised_target_by_target(names, lowest_common):
    world = Objects()
    world.top.superclasses = []
    if "root" in names:
        world.top.superclasses = world.root
    fitting = world.s.association(getattr(world, lowest_common), "* -> *")
    assert len(add_links({world.source: [world.o[name] for name in names]})) == len(names)
    for link in world.source.links:
        assert link.association is fitting


def test_3_3_an_association_to_a_class_below_the_common_one_does_not_fit():
    world = Objects()
    world.s.association(world.left, "* -> *")
    with refusal():
        add_links({world.source: [world.o["left"], world.o["top"]]})
    with refusal():
        add_links({world.source: [world.o["left"], world.o["right"]]})
    assert len(add_links({world.source: [world.o["left"], world.o["bottom"]]})) == 2


def test_3_3_object_targets_without_a_common_class_raise_even_with_an_association():
    world = Objects()
    relation = world.s.association(world.top, "* -> *")
    targets = [world.o["left"], world.o["unrelated"]]
    for keywords in ({}, {"association": relation}):
        with refusal():
            add_links({world.source: targets}, **keywords)
    assert len(add_links({world.source: world.o["unrelated"]}, association=relation)) == 1


def test_3_3_link_as_target_of_an_object_has_its_association_as_classifier():
    world = Objects()
    inner = world.s.association(world.s, "[f] * -> [t] *", superclasses=world.top)
    outer = world.s.association(world.top, "* -> *")
    [link] = add_links({world.source: world.source}, association=inner)
    assert add_links({world.source: [world.o["top"], link]})[1].association is outer
