"""Sections 4.2 to 4.4: tagged values, and default values of stereotypes."""

import pytest
from codeable_models import CClass, CMetaclass, CStereotype, add_links

from tests.compat.kernel.expecting import refusal


class Carrier:
    """A class, link or derived association, and a maker of stereotypes for it."""

    def __init__(self, kind):
        metaclass = CMetaclass("M")
        relation = metaclass.association(metaclass, "* -> *")
        self.extendable = metaclass if kind == "class" else relation
        self.make = {
            "class": lambda: CClass(metaclass, "C"),
            "link": lambda: add_links({CClass(metaclass): CClass(metaclass)}, association=relation)[0],
            "association": lambda: CClass(metaclass).association(
                CClass(metaclass), "* -> *", derived_from=relation
            ),
        }[kind]
        self.element = self.make()

    def stereotype(self, name, **keywords):
        return CStereotype(name, extended=self.extendable, **keywords)


@pytest.fixture(params=["class", "link", "association"])
def carrier(request):
    return Carrier(request.param)


def test_4_2_applying_assigns_all_defaults_each_in_the_declaring_stereotypes_slot(carrier):
    top = CStereotype("top", attributes={"a": 1, "t": "top", "no default": int})
    sub = carrier.stereotype("sub", attributes={"a": 2}, superclasses=top)
    element = carrier.element
    element.stereotype_instances = sub
    assert element.tagged_values == {"a": 2, "t": "top"}
    assert element.get_tagged_value("a", sub) == 2
    assert element.get_tagged_value("a", top) == 1


def test_4_2_applying_overwrites_tagged_values_of_attributes_that_have_a_default(carrier):
    element = carrier.element
    stereotype = carrier.stereotype("S", attributes={"with": 1, "without": int})
    element.set_tagged_value("with", 5, stereotype)
    element.stereotype_instances = stereotype
    assert element.tagged_values == {"with": 1}
    element.tagged_values = {"with": 7, "without": 8}
    element.stereotype_instances = [stereotype]
    assert element.tagged_values == {"with": 1, "without": 8}


def test_4_2_tagged_values_survive_removal_and_are_invisible_meanwhile(carrier):
    element = carrier.element
    stereotype = carrier.stereotype("S", attributes={"a": int})
    element.stereotype_instances = stereotype
    element.set_tagged_value("a", 3)
    element.stereotype_instances = []
    assert element.tagged_values == {}
    with refusal():
        element.get_tagged_value("a")
    element.stereotype_instances = stereotype
    assert element.tagged_values == {"a": 3}


def test_4_3_path_is_each_stereotype_instance_with_its_class_path(carrier):
    top = CStereotype("top", attributes={"n": str, "t": str})
    first = carrier.stereotype("first", attributes={"n": str}, superclasses=top)
    second = carrier.stereotype("second", attributes={"n": str, "s": str}, superclasses=top)
    element = carrier.element
    element.stereotype_instances = [second, first]
    for stereotype in (first, second, top):
        element.set_tagged_value("n", stereotype.name, stereotype)
    assert element.get_tagged_value("n") == "second"
    element.set_tagged_value("s", "S")
    element.set_tagged_value("t", "T")
    assert list(element.tagged_values.items()) == [("n", "second"), ("s", "S"), ("t", "T")]
    element.stereotype_instances = [first, second]
    assert element.get_tagged_value("n") == "first"


def test_4_3_without_stereotypes_every_name_is_unknown(carrier):
    for call in (carrier.element.get_tagged_value, carrier.element.delete_tagged_value):
        with refusal():
            call("a")
    with refusal():
        carrier.element.set_tagged_value("a", 1)
    assert carrier.element.tagged_values == {}


def test_4_3_an_explicit_stereotype_need_not_be_applied(carrier):
    other = CStereotype("not applied", attributes={"a": int})
    element = carrier.element
    assert element.get_tagged_value("a", other) is None
    element.set_tagged_value("a", 4, other)
    assert element.get_tagged_value("a", other) == 4
    assert element.tagged_values == {}
    assert element.delete_tagged_value("a", stereotype=other) == 4


def test_4_3_each_element_has_its_own_tagged_values(carrier):
    stereotype = carrier.stereotype("S", attributes={"a": int})
    other = carrier.make()
    for element, value in ((carrier.element, 1), (other, 2)):
        element.stereotype_instances = stereotype
        element.set_tagged_value("a", value)
    assert (carrier.element.tagged_values, other.tagged_values) == ({"a": 1}, {"a": 2})


def test_4_3_changing_attributes_removes_and_fills(carrier):
    top = carrier.stereotype("top", attributes={"a": int, "kept": int})
    sub = CStereotype("sub", superclasses=top)
    below = carrier.make()
    carrier.element.stereotype_instances, below.stereotype_instances = top, sub
    for element in (carrier.element, below):
        element.tagged_values = {"a": 1, "kept": 2}
    top.attributes = {"kept": 9, "new": "n"}
    assert carrier.element.tagged_values == {"kept": 2, "new": "n"}
    assert below.tagged_values == {"a": 1, "kept": 2, "new": "n"}


class Extension:
    """Metaclasses Top above M, and N, with attributes of the same names, and a stereotype on M."""

    def __init__(self, **keywords):
        self.top = CMetaclass("Top", attributes={"a": int, "t": int})
        self.metaclass = CMetaclass("M", attributes={"a": int, "m": int}, superclasses=self.top)
        self.other = CMetaclass("N", attributes={"a": int, "n": str})
        self.stereotype = CStereotype("S", extended=[self.metaclass, self.other], **keywords)
        self.relation = self.metaclass.association(self.metaclass, "* -> *")


def test_4_4_path_is_each_extended_metaclass_with_its_class_path():
    e = Extension()
    s = e.stereotype
    for metaclass, value in ((e.other, 3), (e.top, 2), (e.metaclass, 1)):
        s.set_default_value("a", value, metaclass)
    assert s.get_default_value("a") == 1
    s.default_values = {"n": "N", "t": 5}
    assert list(s.default_values.items()) == [("a", 1), ("t", 5), ("n", "N")]


def test_4_4_path_includes_what_the_superclasses_extend_but_storage_is_not_inherited():
    e = Extension(default_values={"m": 1})
    sub = CStereotype("sub", superclasses=e.stereotype)
    assert sub.default_values == {}
    assert sub.get_default_value("m") is None
    sub.set_default_value("t", 3)
    assert sub.default_values == {"t": 3}
    assert e.stereotype.default_values == {"m": 1}


@pytest.mark.parametrize("value", [None, {}, {"a": 1}, "text"])
def test_4_4_with_nothing_extended_assigning_raises(value):
    with refusal():
        CStereotype("S").default_values = value


def test_4_4_with_nothing_extended_single_values_raise_and_the_getter_is_empty():
    s = CStereotype("S")
    for call in (
        lambda: s.get_default_value("a"),
        lambda: s.set_default_value("a", 1),
        lambda: s.delete_default_value("a"),
    ):
        with refusal():
            call()
    assert s.default_values == {}


@pytest.mark.parametrize("inherited", [False, True])
def test_4_4_with_an_association_extended_everything_raises(inherited):
    s = CStereotype("S", extended=Extension().relation)
    if inherited:
        s = CStereotype("sub", superclasses=s, extended=CMetaclass("M", attributes={"a": int}))
    for call in (
        lambda: s.get_default_value("a"),
        lambda: s.set_default_value("a", 1),
        lambda: s.delete_default_value("a"),
        lambda: s.default_values,
        lambda: setattr(s, "default_values", {"a": 1}),
        lambda: setattr(s, "default_values", None),
        lambda: setattr(s, "default_values", {}),
    ):
        with refusal():
            call()


@pytest.mark.parametrize("bad", [{"missing": 1}, {"a": "wrong type"}, {"a": None}, "text", 3, ["a"]])
def test_4_4_unknown_attribute_wrong_type_and_no_dict_raise(bad):
    e = Extension()
    with refusal():
        e.stereotype.default_values = bad
    assert e.stereotype.default_values == {}


def test_4_4_keywords_extended_must_precede_default_values():
    e = Extension()
    assert CStereotype(extended=e.metaclass, default_values={"m": 1}).default_values == {"m": 1}
    with refusal():
        CStereotype(default_values={"m": 1}, extended=e.metaclass)
    assert CStereotype(superclasses=e.stereotype, default_values={"m": 1}).default_values == {"m": 1}


def test_4_4_default_values_reach_classes_when_the_stereotype_is_applied():
    e = Extension(default_values={"a": 1, "t": 2})
    cl = CClass(e.metaclass, "C")
    assert cl.values == {}
    cl.stereotype_instances = e.stereotype
    assert cl.values == {"a": 1, "t": 2}
    assert cl.get_value("t", e.top) == 2
    assert cl.get_value("a", e.top) is None


def test_4_4_names_that_the_metaclass_does_not_declare_are_skipped():
    e = Extension(default_values={"m": 1, "n": "N"})
    assert CClass(e.metaclass, stereotype_instances=e.stereotype).values == {"m": 1}
    assert CClass(e.other, stereotype_instances=e.stereotype).values == {"n": "N"}


def test_4_4_only_what_is_unset_is_filled():
    e = Extension(default_values={"a": 1, "m": 2})
    cl = CClass(e.metaclass, "C", values={"m": 7})
    cl.stereotype_instances = e.stereotype
    assert cl.values == {"m": 7, "a": 1}


def test_4_4_during_construction_stereotype_defaults_win_over_metaclass_defaults():
    metaclass = CMetaclass("M", attributes={"a": 1, "b": 2, "c": 3})
    stereotype = CStereotype("S", extended=metaclass, default_values={"a": 10, "b": 20})
    cl = CClass(metaclass, "C", values={"b": 5}, stereotype_instances=stereotype)
    assert cl.values == {"b": 5, "a": 10, "c": 3}
    later = CClass(metaclass, "D")
    later.stereotype_instances = stereotype
    assert later.values == {"a": 1, "b": 2, "c": 3}


def test_4_4_values_keyword_after_stereotype_instances_overwrites():
    e = Extension(default_values={"m": 1})
    assert CClass(e.metaclass, stereotype_instances=e.stereotype, values={"m": 4}).values == {"m": 4}


def test_4_4_stereotypes_are_taken_in_order_along_their_class_paths_and_the_first_wins():
    metaclass = CMetaclass("M", attributes=dict.fromkeys("abc", int))
    top = CStereotype("top", extended=metaclass, default_values={"a": 1, "b": 1, "c": 1})
    first = CStereotype("first", superclasses=top, default_values={"a": 2})
    second = CStereotype("second", extended=metaclass, default_values={"a": 3, "b": 3})
    assert CClass(metaclass, stereotype_instances=[first, second]).values == {"a": 2, "b": 1, "c": 1}
    assert CClass(metaclass, stereotype_instances=[second, first]).values == {"a": 3, "b": 3, "c": 1}


def test_4_4_a_default_stored_for_another_classifier_goes_to_the_first_declaration():
    e = Extension()
    e.stereotype.set_default_value("a", 5, e.top)
    cl = CClass(e.metaclass, stereotype_instances=e.stereotype)
    assert cl.get_value("a", e.metaclass) == 5
    assert cl.get_value("a", e.top) is None


def test_4_4_a_name_declared_by_several_counts_once_with_the_first_filled_slot():
    e = Extension()
    e.stereotype.set_default_value("a", 7, e.other)
    assert CClass(e.metaclass, stereotype_instances=e.stereotype).values == {"a": 7}
    e.stereotype.set_default_value("a", 8, e.top)
    assert CClass(e.other, stereotype_instances=e.stereotype).values == {"a": 8}


def test_4_4_a_filled_slot_of_a_superclass_does_not_count_as_set():
    e = Extension(default_values={"a": 1})
    cl = CClass(e.metaclass)
    cl.set_value("a", 9, e.top)
    cl.stereotype_instances = e.stereotype
    assert cl.get_value("a", e.metaclass) == 1
    assert cl.get_value("a", e.top) == 9


def test_4_4_a_value_of_the_wrong_type_for_the_first_declaration_raises():
    text, number = CMetaclass("T", attributes={"a": str}), CMetaclass("I", attributes={"a": int})
    stereotype = CStereotype("S", extended=[text, number])
    stereotype.set_default_value("a", "text", text)
    cl = CClass(number, "C")
    with refusal():
        cl.stereotype_instances = stereotype
    assert cl.stereotype_instances == [stereotype]


def test_4_4_changing_default_values_later_does_not_affect_existing_classes():
    e = Extension(default_values={"a": 1})
    cl = CClass(e.metaclass, stereotype_instances=e.stereotype)
    e.stereotype.default_values = {"a": 2, "m": 3}
    assert cl.values == {"a": 1}
    cl.stereotype_instances = e.stereotype
    assert cl.values == {"a": 1, "m": 3}


def test_4_4_a_stereotype_extending_both_kinds_raises_after_it_has_been_applied():
    e = Extension(default_values={"a": 1})
    e.relation.stereotypes = e.stereotype
    cl = CClass(e.metaclass, "C")
    with refusal():
        cl.stereotype_instances = e.stereotype
    assert cl.stereotype_instances == [e.stereotype]
    [link] = add_links({cl: cl}, association=e.relation)
    link.stereotype_instances = e.stereotype
    assert link.stereotype_instances == [e.stereotype]


def test_4_4_links_take_no_default_values_from_stereotypes():
    e = Extension()
    e.relation.superclasses = e.metaclass
    stereotype = CStereotype("R", extended=e.relation)
    cl = CClass(e.metaclass, "C")
    [link] = add_links({cl: cl}, association=e.relation, stereotype_instances=stereotype)
    assert link.values == {}
