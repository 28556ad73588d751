"""Section 2.1: types, defaults and inference."""

import pytest
from codeable_models import CAttribute, CBundle, CClass, CEnum, CMetaclass, CObject, CStereotype, add_links

from tests.compat.kernel.expecting import failure, refusal


class World:
    """Classes, objects and links, some of them deleted, to be used as types and values."""

    def __init__(self):
        self.top_metaclass = CMetaclass("TM")
        self.metaclass = CMetaclass("M", superclasses=self.top_metaclass)
        self.top = CClass(self.metaclass, "T")
        self.cl = CClass(self.metaclass, "C", superclasses=self.top)
        self.other = CClass(CMetaclass("OM"), "O")
        self.relation = self.cl.association(self.cl, "* -> *", superclasses=self.top)
        self.obj, self.other_obj = CObject(self.cl, "o"), CObject(self.other, "p")
        [self.link] = add_links({self.obj: self.obj}, association=self.relation)
        self.enum = CEnum("E", values=["a", "b", 3])
        self.stereotype = CStereotype("S")
        self.class_object = self.cl.class_object


@pytest.fixture
def world():
    return World()


PLAIN_DEFAULTS = [
    ("", str),
    ("x", str),
    (True, bool),
    (0, int),
    (7, int),
    (1.5, float),
    ([], list),
    ([1, "a"], list),
]


@pytest.mark.parametrize(("default", "inferred"), PLAIN_DEFAULTS)
def test_2_1_type_is_inferred_from_a_plain_default(default, inferred):
    attribute = CAttribute(default=default)
    assert attribute.type is inferred
    assert attribute.default == default
    entry = CMetaclass("M", attributes={"a": default}).get_attribute("a")
    assert (entry.type, entry.default) == (inferred, default)


@pytest.mark.parametrize(
    ("default", "inferred"),
    [("obj", "cl"), ("class_object", "metaclass"), ("link", "relation"), ("cl", "metaclass")],
)
def test_2_1_type_is_inferred_from_an_element_as_default(world, default, inferred):
    attribute = CAttribute(default=getattr(world, default))
    assert attribute.type is getattr(world, inferred)
    assert attribute.default is getattr(world, default)


@pytest.mark.parametrize(
    "bad", [{}, {"a": 1}, (1,), {1}, CMetaclass("M"), CEnum("E"), CBundle("B"), dict, object(), b"x"]
)
def test_2_1_default_of_unknown_type_raises(bad):
    with refusal():
        CAttribute(default=bad)


@pytest.mark.parametrize("name", ["obj", "cl", "link", "class_object"])
def test_2_1_deleted_element_as_default_raises(world, name):
    element = getattr(world, name)
    element.delete()
    with refusal():
        CAttribute(default=element)


def test_2_1_entry_attribute_is_used_as_is():
    attribute = CAttribute(type=int, default=3)
    assert CMetaclass("M", attributes={"a": attribute}).attributes[0] is attribute


@pytest.mark.parametrize("plain", [str, bool, int, float, list])
def test_2_1_entry_plain_type_gives_an_attribute_without_default(plain):
    attribute = CMetaclass("M", attributes={"a": plain}).get_attribute("a")
    assert attribute.type is plain
    assert attribute.default is None


@pytest.mark.parametrize("name", ["enum", "cl", "metaclass", "relation", "stereotype"])
def test_2_1_entry_enum_or_classifier_is_the_type(world, name):
    element = getattr(world, name)
    attribute = CMetaclass("M", attributes={"a": element}).get_attribute("a")
    assert attribute.type is element
    assert attribute.default is None


def test_2_1_entry_object_is_a_default(world):
    attribute = CMetaclass("M", attributes={"a": world.obj}).get_attribute("a")
    assert (attribute.type, attribute.default) == (world.cl, world.obj)


@pytest.mark.parametrize("name", ["cl", "metaclass", "relation", "stereotype"])
def test_2_1_entry_deleted_classifier_raises(world, name):
    element = getattr(world, name)
    element.delete()
    with refusal():
        CMetaclass("N", attributes={"a": element})


@pytest.mark.parametrize("bad", [{}, (1,), dict, set, object(), CBundle("B"), b"x"])
def test_2_1_entry_of_unknown_type_raises(bad):
    with refusal():
        CMetaclass("M", attributes={"a": bad})


def test_2_1_entry_none_gives_neither_type_nor_default():
    attribute = CMetaclass("M", attributes={"a": None}).get_attribute("a")
    assert (attribute.type, attribute.default) == (None, None)


@pytest.mark.parametrize("name", ["cl", "enum", "metaclass"])
def test_2_1_type_set_to_a_deleted_element_raises(world, name):
    element = getattr(world, name)
    element.delete()
    with refusal():
        CAttribute().type = element
    with refusal():
        CAttribute(type=element)


# default, type, accepted: the type is assigned after the default
TYPE_AFTER_DEFAULT = [
    ("a", "enum", True),
    (3, "enum", True),
    ("z", "enum", False),
    ("obj", "cl", True),
    ("obj", "top", True),
    ("obj", "other", False),
    ("cl", "metaclass", True),
    ("cl", "top_metaclass", True),
    ("other", "metaclass", False),
    (1, "cl", False),
    (1, int, True),
    (True, int, True),
    (1, bool, False),
    (1, float, False),
    (1.5, float, True),
    ("x", str, True),
    ("x", list, False),
    ([1], list, True),
]


@pytest.mark.parametrize(("default", "kind", "accepted"), TYPE_AFTER_DEFAULT)
def test_2_1_type_set_with_an_existing_default(world, default, kind, accepted):
    if isinstance(default, str):
        default = getattr(world, default, default)
    kind = getattr(world, kind) if isinstance(kind, str) else kind
    attribute = CAttribute(default=default)
    inferred = attribute.type
    if accepted:
        attribute.type = kind
        assert attribute.type is kind
    else:
        with refusal():
            attribute.type = kind
        assert attribute.type is inferred
    assert attribute.default == default


def test_2_1_type_set_to_none_clears_it_where_there_is_no_default():
    attribute = CAttribute(type=int)
    attribute.type = None
    assert attribute.type is None


def test_2_1_type_set_to_none_fails_where_there_is_a_default():
    attribute = CAttribute(default=3)
    with failure(TypeError):
        attribute.type = None
    assert (attribute.type, attribute.default) == (int, 3)


def test_2_1_default_set_to_none_clears_and_keeps_the_type(world):
    attribute = CAttribute(default=3)
    attribute.default = None
    assert (attribute.type, attribute.default) == (int, None)
    typed = CAttribute(type=world.cl, default=world.obj)
    world.cl.delete()
    typed.default = None


# type, default, accepted: the default is assigned after the type
DEFAULT_AFTER_TYPE = [
    ("enum", "a", True),
    ("enum", "z", False),
    ("enum", 3, True),
    ("cl", "obj", True),
    ("top", "obj", True),
    ("other", "obj", False),
    ("cl", "cl", False),
    ("cl", 3, False),
    ("metaclass", "cl", True),
    ("top_metaclass", "cl", True),
    ("metaclass", "other", False),
    ("metaclass", "obj", False),
    (int, True, True),
    (int, 1, True),
    (int, "x", False),
    (float, 1, False),
    (float, 1.5, True),
    (bool, 1, False),
    (str, "x", True),
    (str, 1, False),
    (list, [], True),
    (list, (), False),
]


@pytest.mark.parametrize(("kind", "default", "accepted"), DEFAULT_AFTER_TYPE)
def test_2_1_default_set_with_an_existing_type(world, kind, default, accepted):
    if isinstance(default, str):
        default = getattr(world, default, default)
    attribute = CAttribute(type=getattr(world, kind) if isinstance(kind, str) else kind)
    if accepted:
        attribute.default = default
        assert attribute.default == default
    else:
        with refusal():
            attribute.default = default
        assert attribute.default is None


def test_2_1_default_set_with_a_deleted_type_raises(world):
    attribute = CAttribute(type=world.cl)
    world.cl.delete()
    with refusal():
        attribute.default = world.other_obj


def test_2_1_default_given_before_its_type_conforms_in_either_order(world):
    assert CAttribute(default=world.obj, type=world.cl).type is world.cl
    assert CAttribute(type=world.cl, default=world.obj).default is world.obj


# attribute type, values accepted, values refused
VALUE_CHECKS = {
    "str": (str, ["", "x"], [1, 1.5, True, ["x"], None]),
    "int": (int, [0, -3], ["1", 1.5, True, [1], None]),
    "float": (float, [1.5, 1], ["1", True, [1], None]),
    "bool": (bool, [True, False], [0, 1, "True", None]),
    "list": (list, [[], [1, "a"]], ["x", (1,), {1}, 1, None]),
    "enum": ("enum", ["a", "b"], ["z", 3, None, True, ["a"]]),
    "class": ("top", ["obj", "link"], ["other_obj", "cl", "x", 1, None]),
    "metaclass": ("top_metaclass", ["cl", "class_object"], ["other", "obj", "metaclass", "link", 1, None]),
    "association": ("relation", ["link"], ["obj", "cl", "x", None]),
    "no type": (None, [], ["x", 1, None, "obj", [1], True]),
}
CHECKED = [
    (kind, value, ok)
    for kind, (_, good, bad) in VALUE_CHECKS.items()
    for ok in (True, False)
    for value in (good if ok else bad)
]


@pytest.mark.parametrize(("kind", "value", "accepted"), CHECKED)
def test_2_1_value_check(world, kind, value, accepted):
    if isinstance(value, str):
        value = getattr(world, value, value)
    kind = VALUE_CHECKS[kind][0]
    kind = getattr(world, kind) if isinstance(kind, str) else kind
    element = CClass(CMetaclass("N", attributes={"x": kind}), "N")
    if accepted:
        element.set_value("x", value)
        assert element.get_value("x") is value
    else:
        with refusal():
            element.set_value("x", value)
        assert element.values == {}


@pytest.mark.parametrize("bad", [{}, (1,), CMetaclass("M"), CEnum("E"), int, object()])
def test_2_1_value_of_unknown_type_raises(bad):
    element = CClass(CMetaclass("N", attributes={"x": str}), "N")
    with refusal():
        element.set_value("x", bad)


@pytest.mark.parametrize("name", ["obj", "cl", "link", "class_object"])
def test_2_1_deleted_element_as_value_raises(world, name):
    element = getattr(world, name)
    kind = element.metaclass if name == "cl" else element.classifier
    holder = CClass(CMetaclass("N", attributes={"x": kind}), "N")
    element.delete()
    with refusal():
        holder.set_value("x", element)


def test_2_1_int_for_a_float_is_stored_unconverted():
    element = CClass(CMetaclass("N", attributes={"x": float}), "N")
    element.set_value("x", 3)
    assert type(element.get_value("x")) is int


def test_2_1_lists_as_values_are_stored_by_reference():
    element, value = CClass(CMetaclass("N", attributes={"x": list}), "N"), [object(), {}]
    element.set_value("x", value)
    assert element.get_value("x") is value
