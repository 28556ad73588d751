"""Sections 2.2 and 2.3: the class path, and reading and writing values along it."""

import pytest
from codeable_models import CClass, CMetaclass, CObject, CStereotype, add_links

from tests.compat.kernel.expecting import refusal


def test_2_2_class_path_is_pre_order_and_not_c3():
    t = CMetaclass("T")
    m1 = CMetaclass("M1", superclasses=t)
    b = CMetaclass("B", superclasses=[t, m1])
    assert b.class_path == [b, t, m1]


def test_2_2_class_path_goes_deep_before_wide():
    t = CMetaclass("T")
    m1, m2 = CMetaclass("M1", superclasses=t), CMetaclass("M2", superclasses=t)
    b = CMetaclass("B", superclasses=[m1, m2])
    assert b.class_path == [b, m1, t, m2]
    assert t.class_path == [t]


def test_2_2_class_path_is_a_new_list():
    b = CMetaclass("B", superclasses=CMetaclass("T"))
    b.class_path.clear()
    assert len(b.class_path) == 2


def test_2_2_class_path_of_an_association_goes_through_its_superclasses():
    t = CMetaclass("T")
    m = CMetaclass("M", superclasses=t)
    relation = m.association(m, "* -> *", superclasses=m)
    assert relation.class_path == [relation, m, t]


def test_2_2_class_path_of_a_deep_chain():
    chain = [CMetaclass("0")]
    for number in range(1, 3000):
        chain.append(CMetaclass(str(number), superclasses=chain[-1]))
    assert chain[-1].class_path == chain[::-1]
    assert chain[-1].has_superclass(chain[0])
    assert len(chain[0].all_subclasses) == 2999


class Values:
    """An element of a kind, with the classifiers on its path, and its value functions under common names."""

    def __init__(self, kind):
        attributes = {"a": int, "shared": int}
        other = {"b": int, "shared": int}
        self.kind = kind
        if kind in ("object", "link"):
            metaclass = CMetaclass("M")
            self.top = CClass(metaclass, "top", attributes=other)
            self.bottom = CClass(metaclass, "bottom", attributes=attributes, superclasses=self.top)
            self.off = CClass(metaclass, "off", attributes=attributes)
            self.element = CObject(self.bottom, "o")
            if kind == "link":
                relation = self.bottom.association(self.bottom, "* -> *", superclasses=self.bottom)
                [self.element] = add_links({self.element: self.element}, association=relation)
        elif kind in ("class", "class object"):
            self.top = CMetaclass("top", attributes=other)
            self.bottom = CMetaclass("bottom", attributes=attributes, superclasses=self.top)
            self.off = CMetaclass("off", attributes=attributes)
            self.element = CClass(self.bottom, "c")
            if kind == "class object":
                self.element = self.element.class_object
        elif kind == "default values":
            self.top = CMetaclass("top", attributes=other)
            self.bottom = CMetaclass("bottom", attributes=attributes, superclasses=self.top)
            self.off = CMetaclass("off", attributes=attributes)
            self.element = CStereotype("s", extended=self.bottom)
        else:
            metaclass = CMetaclass("M")
            relation = metaclass.association(metaclass, "* -> *")
            extended = metaclass if kind == "tagged class" else relation
            self.top = CStereotype("top", attributes=other)
            self.bottom = CStereotype(
                "bottom", attributes=attributes, superclasses=self.top, extended=extended
            )
            self.off = CStereotype("off", attributes=attributes)
            cl = CClass(metaclass, "c")
            self.element = {
                "tagged class": lambda: cl,
                "tagged link": lambda: add_links({cl: cl}, association=relation)[0],
                "tagged association": lambda: cl.association(cl, "* -> *", derived_from=relation),
            }[kind]()
            self.element.stereotype_instances = self.bottom
        self.noun = {"default values": "default_value"}.get(
            kind, "tagged_value" if "tagged" in kind else "value"
        )

    def get(self, *args):
        return getattr(self.element, f"get_{self.noun}")(*args)

    def set(self, *args):
        return getattr(self.element, f"set_{self.noun}")(*args)

    def delete(self, *args):
        return getattr(self.element, f"delete_{self.noun}")(*args)

    @property
    def every(self):
        return getattr(self.element, f"{self.noun}s")

    @every.setter
    def every(self, values):
        setattr(self.element, f"{self.noun}s", values)


KINDS = [
    "object",
    "link",
    "class",
    "class object",
    "default values",
    "tagged class",
    "tagged link",
    "tagged association",
]


@pytest.fixture(params=KINDS)
def values(request):
    return Values(request.param)


def test_2_3_get_value_of_an_empty_slot_is_none(values):
    assert values.get("a") is None
    assert values.get("b") is None
    assert values.every == {}


def test_2_3_get_value_finds_the_first_classifier_on_the_path(values):
    values.set("shared", 1, values.bottom)
    values.set("shared", 2, values.top)
    assert values.get("shared") == 1
    assert values.get("shared", values.top) == 2


def test_2_3_an_undeclared_name_raises(values):
    for name in ("missing", None, 3):
        with refusal():
            values.get(name)
        with refusal():
            values.set(name, 1)
        with refusal():
            values.delete(name)


def test_2_3_an_explicit_classifier_must_itself_declare_the_attribute(values):
    for call in (values.get, values.delete):
        with refusal():
            call("b", values.bottom)
        with refusal():
            call("a", values.top)
    with refusal():
        values.set("b", 1, values.bottom)


def test_2_3_an_explicit_classifier_may_be_off_the_path(values):
    assert values.get("a", values.off) is None
    values.set("a", 5, values.off)
    assert values.get("a", values.off) == 5
    assert values.get("a") is None
    assert values.every == {}
    assert values.delete("a", values.off) == 5


def test_2_3_set_value_returns_none_and_stores_at_the_first_declaration(values):
    assert values.set("shared", 3) is None
    assert values.get("shared", values.bottom) == 3
    assert values.get("shared", values.top) is None
    values.set("b", 4)
    assert values.get("b", values.top) == 4


def test_2_3_delete_value_returns_the_old_value_or_none(values):
    values.set("a", 3)
    assert values.delete("a") == 3
    assert values.delete("a") is None
    assert values.get("a") is None


def test_2_3_delete_value_looks_at_the_same_slot_as_get_value(values):
    values.set("shared", 2, values.top)
    assert values.delete("shared") is None
    assert values.delete("shared", values.top) == 2


def test_2_3_values_walk_the_path_in_slot_order_and_are_a_new_dict(values):
    values.set("b", 1)
    values.set("shared", 2)
    values.set("a", 3)
    assert list(values.every.items()) == [("shared", 2), ("a", 3), ("b", 1)]
    values.every.clear()
    assert len(values.every) == 3


def test_2_3_values_let_a_filled_slot_show_through_an_empty_one(values):
    values.set("shared", 7, values.top)
    assert values.every == {"shared": 7}
    assert values.get("shared") is None


def test_2_3_values_skip_a_name_already_collected(values):
    values.set("shared", 1, values.bottom)
    values.set("shared", 2, values.top)
    assert values.every == {"shared": 1}


def test_2_3_setting_values_keeps_existing_others(values):
    values.every = {"a": 1, "b": 2}
    values.every = {"b": 3}
    assert values.every == {"a": 1, "b": 3}


@pytest.mark.parametrize("nothing", [None, {}])
def test_2_3_setting_values_to_nothing_does_nothing(values, nothing):
    values.set("a", 1)
    values.every = nothing
    assert values.every == {"a": 1}


@pytest.mark.parametrize("bad", ["text", 3, ["a"], [("a", 1)], True])
def test_2_3_setting_values_to_no_dict_raises(values, bad):
    with refusal():
        values.every = bad


def test_2_3_a_value_of_the_wrong_type_raises_and_changes_nothing(values):
    values.set("a", 1)
    with refusal():
        values.set("a", "text")
    with refusal():
        values.set("a", None)
    assert values.get("a") == 1


def test_2_3_on_a_deleted_element_everything_raises(values):
    values.set("a", 1)
    values.element.delete()
    for call in (
        lambda: values.get("a"),
        lambda: values.get("a", values.off),
        lambda: values.set("a", 1),
        lambda: values.delete("a"),
        lambda: values.every,
        lambda: setattr(values, "every", {"a": 1}),
        lambda: setattr(values, "every", {}),
        lambda: setattr(values, "every", None),
    ):
        with refusal():
            call()


def test_2_3_a_deleted_classifier_as_argument_raises(values):
    values.off.delete()
    with refusal():
        values.get("a", values.off)


@pytest.mark.parametrize("bad", ["text", 3])
def test_2_3_something_that_is_no_classifier_as_argument_raises(values, bad):
    with refusal():
        values.get("a", bad)
