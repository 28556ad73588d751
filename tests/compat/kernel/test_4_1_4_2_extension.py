"""Sections 4.1 and 4.2: extension, and stereotype instances."""

import pytest
from codeable_models import CBundle, CClass, CEnum, CMetaclass, CObject, CStereotype, add_links

from tests.compat.kernel.expecting import refusal


def association(name="", end=None):
    end = end or CMetaclass("End")
    return end.association(end, f"{name}: * -> *")


def class_level_association():
    return association(end=CClass(CMetaclass("M"), "C"))


SETTERS = {
    "extended metaclasses": (lambda: CStereotype("S"), "extended", lambda: CMetaclass("M"), "stereotypes"),
    "extended associations": (lambda: CStereotype("S"), "extended", association, "stereotypes"),
    "metaclass stereotypes": (lambda: CMetaclass("M"), "stereotypes", lambda: CStereotype("S"), "extended"),
    "association stereotypes": (association, "stereotypes", lambda: CStereotype("S"), "extended"),
}


class Setter:
    def __init__(self, name):
        make, self.attribute, make_entry, self.opposite_attribute = SETTERS[name]
        self.element = make()
        self.entries = [make_entry() for _ in range(3)]

    def assign(self, value):
        setattr(self.element, self.attribute, value)

    def read(self):
        return getattr(self.element, self.attribute)

    def opposite(self):
        return [getattr(entry, self.opposite_attribute) for entry in self.entries]


@pytest.fixture(params=SETTERS)
def setter(request):
    return Setter(request.param)


def test_4_1_list_order_is_kept_and_both_ends_know(setter):
    first, second, third = setter.entries
    setter.assign([third, first])
    assert setter.read() == [third, first]
    assert setter.opposite() == [[setter.element], [], [setter.element]]
    setter.read().clear()
    setter.opposite()[0].clear()
    assert setter.read() == [third, first]
    assert second not in setter.read()


def test_4_1_single_value(setter):
    setter.assign(setter.entries[1])
    assert setter.read() == [setter.entries[1]]
    assert setter.opposite() == [[], [setter.element], []]


@pytest.mark.parametrize("nothing", [None, []])
def test_4_1_none_and_the_empty_list_empty(setter, nothing):
    setter.assign(setter.entries)
    setter.assign(nothing)
    assert setter.read() == []
    assert setter.opposite() == [[], [], []]


@pytest.mark.parametrize("bad", [None, "text", 3, CEnum("E"), CBundle("B"), CClass(CMetaclass("M"), "C")])
def test_4_1_an_entry_of_another_kind_raises(setter, bad):
    with refusal():
        setter.assign([bad])
    with refusal():
        setter.assign([setter.entries[0], bad])


def test_4_1_a_deleted_or_repeated_entry_raises(setter):
    first, second, _ = setter.entries
    second.delete()
    for value in ([first, second], [second], second, [first, first]):
        with refusal():
            setter.assign(value)


@pytest.mark.parametrize("bad", ["text", 3, CEnum("E"), {"a": 1}, True])
def test_4_1_any_other_input_raises(setter, bad):
    with refusal():
        setter.assign(bad)


@pytest.mark.parametrize("as_other", [tuple, set, iter, dict.fromkeys])
def test_4_1_tuples_and_sets_raise(setter, as_other):
    with refusal():
        setter.assign(as_other(setter.entries))
    assert setter.read() == []


def test_4_1_extended_is_all_metaclasses_or_all_associations_as_the_first_entry_is():
    metaclass, relation = CMetaclass("M"), association()
    for entries in ([metaclass, relation], [relation, metaclass]):
        stereotype = CStereotype("S")
        with refusal():
            stereotype.extended = entries
        assert stereotype.extended == entries[:1]


def test_4_1_extended_associations_are_not_checked_to_be_at_metaclass_level():
    relation = class_level_association()
    assert CStereotype("S", extended=relation).extended == [relation]
    assert CStereotype("S", extended=[relation]).extended == [relation]


@pytest.mark.parametrize("value", [None, [], "one", "list", "text"])
def test_4_1_stereotypes_of_a_class_level_association_raise_whatever_is_assigned(value):
    stereotype = CStereotype("S")
    relation = class_level_association()
    with refusal():
        relation.stereotypes = {"one": stereotype, "list": [stereotype]}.get(value, value) if value else value
    assert relation.stereotypes == stereotype.extended == []


def test_4_1_stereotypes_of_a_class_level_association_stay_when_the_assignment_is_refused():
    relation = class_level_association()
    stereotype = CStereotype("S", extended=relation)
    with refusal():
        relation.stereotypes = None
    assert relation.stereotypes == [stereotype]


def test_4_1_through_the_stereotypes_setters_one_stereotype_may_extend_both_kinds():
    metaclass, relation, stereotype = CMetaclass("M"), association(), CStereotype("S")
    metaclass.stereotypes = stereotype
    relation.stereotypes = [stereotype]
    assert stereotype.extended == [metaclass, relation]


def test_4_1_extended_lists_only_the_own_extensions():
    metaclass, other = CMetaclass("M"), CMetaclass("N")
    top = CStereotype("top", extended=metaclass)
    sub = CStereotype("sub", extended=other, superclasses=top)
    assert (top.extended, sub.extended) == ([metaclass], [other])
    assert metaclass.stereotypes == [top]


class Carrier:
    """A class, link or derived association, with stereotypes compatible with it and others."""

    def __init__(self, kind):
        self.kind = kind
        top = CMetaclass("Top")
        metaclass = CMetaclass("M", superclasses=top)
        above = metaclass.association(metaclass, "* -> *")
        relation = metaclass.association(metaclass, "* -> *", superclasses=above)
        cl = CClass(metaclass, "C")
        other = CMetaclass("Other")
        if kind == "class":
            self.extendable = metaclass
            self.incompatible = [other, relation, CMetaclass("Sub", superclasses=metaclass)]
            self.make = lambda: CClass(metaclass, "D")
        elif kind == "link":
            self.extendable = relation
            self.incompatible = [metaclass, above, association(end=other)]
            self.make = lambda: add_links({CClass(metaclass): cl}, association=relation)[0]
        else:
            self.extendable = relation
            self.incompatible = [metaclass, above, association(end=other)]
            self.make = lambda: cl.association(cl, "* -> *", derived_from=relation)
        self.element = self.make()
        self.top_metaclass = top
        self.stereotypes = [CStereotype(name, extended=self.extendable) for name in "abc"]


@pytest.fixture(params=["class", "link", "association"])
def carrier(request):
    return Carrier(request.param)


def test_4_2_order_is_kept_and_a_new_list_returned(carrier):
    a, b, c = carrier.stereotypes
    carrier.element.stereotype_instances = [c, a]
    assert carrier.element.stereotype_instances == [c, a]
    carrier.element.stereotype_instances.clear()
    assert carrier.element.stereotype_instances == [c, a]
    assert [s.extended_instances for s in (a, b, c)] == [[carrier.element], [], [carrier.element]]


def test_4_2_single_value_and_nothing(carrier):
    a = carrier.stereotypes[0]
    carrier.element.stereotype_instances = a
    assert carrier.element.stereotype_instances == [a]
    for nothing in (None, []):
        carrier.element.stereotype_instances = [a]
        carrier.element.stereotype_instances = nothing
        assert carrier.element.stereotype_instances == a.extended_instances == []


@pytest.mark.parametrize("bad", [None, "text", 3, CMetaclass("M"), CClass(CMetaclass("M"), "C")])
def test_4_2_an_entry_that_is_no_stereotype_raises(carrier, bad):
    with refusal():
        carrier.element.stereotype_instances = [carrier.stereotypes[0], bad]
    assert carrier.element.stereotype_instances == carrier.stereotypes[:1]


@pytest.mark.parametrize("as_other", [tuple, set, iter])
def test_4_2_a_tuple_or_set_raises(carrier, as_other):
    with refusal():
        carrier.element.stereotype_instances = as_other(carrier.stereotypes)


def test_4_2_deleted_and_repeated_entries_raise(carrier):
    a, b, _ = carrier.stereotypes
    b.delete()
    for value in ([a, b], b, [a, a]):
        with refusal():
            carrier.element.stereotype_instances = value


def test_4_2_incompatible_stereotypes_raise(carrier):
    for extended in carrier.incompatible:
        with refusal():
            carrier.element.stereotype_instances = CStereotype("S", extended=extended)
    with refusal():
        carrier.element.stereotype_instances = CStereotype("extends nothing")


def test_4_2_a_sub_stereotype_is_compatible_through_any_transitive_super_stereotype(carrier):
    middle = CStereotype("middle", superclasses=[CStereotype("other"), carrier.stereotypes[0]])
    sub = CStereotype("sub", superclasses=middle)
    carrier.element.stereotype_instances = sub
    assert carrier.element.stereotype_instances == [sub]


def test_4_2_a_super_stereotype_of_what_extends_is_not_compatible(carrier):
    top = CStereotype("top")
    carrier.stereotypes[0].superclasses = top
    with refusal():
        carrier.element.stereotype_instances = top


def test_4_2_a_class_is_compatible_with_what_extends_a_superclass_of_its_metaclass():
    carrier = Carrier("class")
    stereotype = CStereotype("S", extended=carrier.top_metaclass)
    carrier.element.stereotype_instances = stereotype
    assert carrier.element.stereotype_instances == [stereotype]


def test_4_2_an_association_without_origin_is_never_compatible():
    carrier = Carrier("association")
    carrier.element.derived_from = None
    with refusal():
        carrier.element.stereotype_instances = carrier.stereotypes[0]
    relation = carrier.extendable
    with refusal():
        relation.stereotype_instances = carrier.stereotypes[0]


def test_4_2_objects_have_no_stereotype_instances():
    obj = CObject(CClass(CMetaclass("M"), "C"), "o")
    assert not hasattr(obj, "stereotype_instances")


def test_4_2_extended_instances_are_in_order_of_application_and_a_new_list(carrier):
    stereotype = carrier.stereotypes[0]
    elements = [carrier.make(), carrier.make(), carrier.element]
    for element in elements:
        element.stereotype_instances = stereotype
    assert stereotype.extended_instances == elements
    elements[0].stereotype_instances = stereotype
    assert stereotype.extended_instances == [*elements[1:], elements[0]]
    stereotype.extended_instances.clear()
    assert len(stereotype.extended_instances) == 3


def test_4_2_extended_instances_mix_links_and_associations():
    metaclass = CMetaclass("M")
    relation = metaclass.association(metaclass, "* -> *")
    stereotype = CStereotype("S", extended=relation)
    a, b = CClass(metaclass, "a"), CClass(metaclass, "b")
    derived = [a.association(b, "* -> *", derived_from=relation) for _ in range(2)]
    links = add_links({a: [a, b]}, association=relation)
    mixed = [links[1], derived[0], links[0], derived[1]]
    for element in mixed:
        element.stereotype_instances = stereotype
    assert stereotype.extended_instances == mixed


def test_4_2_all_extended_instances_are_the_own_first_then_those_of_all_sub_stereotypes():
    metaclass = CMetaclass("M")
    top = CStereotype("top", extended=metaclass)
    left, right = CStereotype("left", superclasses=top), CStereotype("right", superclasses=top)
    bottom = CStereotype("bottom", superclasses=[left, right])
    in_bottom, in_left, in_right = (CClass(metaclass, stereotype_instances=s) for s in (bottom, left, right))
    direct = [CClass(metaclass, stereotype_instances=top) for _ in range(2)]
    assert top.all_extended_instances[:2] == top.extended_instances == direct
    assert set(top.all_extended_instances[2:]) == {in_bottom, in_left, in_right}
    assert len(top.all_extended_instances) == 5
    assert bottom.all_extended_instances == [in_bottom]


def test_4_2_stereotype_delete_removes_it_from_what_it_extends_and_from_what_carries_it(carrier):
    a, b, _ = carrier.stereotypes
    carrier.element.stereotype_instances = [a, b]
    sub = CStereotype("sub", superclasses=a)
    a.delete()
    assert carrier.element.stereotype_instances == [b]
    assert a not in carrier.extendable.stereotypes
    assert (a.extended, a.extended_instances, sub.superclasses) == ([], [], [])
    assert not carrier.element.is_deleted


def test_4_2_deleting_a_carrier_leaves_its_stereotypes(carrier):
    carrier.element.stereotype_instances = carrier.stereotypes
    carrier.element.delete()
    assert [s.extended_instances for s in carrier.stereotypes] == [[], [], []]
    assert carrier.element.stereotype_instances == []
