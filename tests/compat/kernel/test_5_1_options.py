"""Section 5.1: the options of `get_connected_elements`."""

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


def starts():
    """One element of every kind."""
    metaclass = CMetaclass("metaclass")
    relation = metaclass.association(metaclass, "[from] * -> [to] *")
    cl = CClass(metaclass, "class")
    return {
        "metaclass": metaclass,
        "stereotype": CStereotype("stereotype"),
        "class": cl,
        "association": relation,
        "object": CObject(cl, "object"),
        "class object": CClass(metaclass, "of class object").class_object,
        "link": add_links({CClass(metaclass): CClass(metaclass)}, association=relation)[0],
        "bundle": CBundle("bundle"),
        "package": CPackage("package"),
        "layer": CLayer("layer"),
        "enum": CEnum("enum"),
        "bundlable": CBundlable("bundlable"),
    }


OPTIONS = {
    "add_bundles": set(starts()),
    "process_bundles": set(starts()),
    "stop_elements_inclusive": set(starts()),
    "stop_elements_exclusive": set(starts()),
    "add_stereotypes": {"metaclass", "stereotype", "bundle", "package", "layer"},
    "process_stereotypes": {"metaclass", "stereotype", "bundle", "package", "layer"},
    "add_associations": {"metaclass", "class", "association"},
    "add_links": {"object", "class object", "link"},
}


@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize("kind", starts())
def test_5_1_option_is_allowed_on(option, kind):
    start = starts()[kind]
    value = [] if option.startswith("stop") else True
    if kind in OPTIONS[option]:
        assert isinstance(start.get_connected_elements(**{option: value}), list)
    else:
        with refusal():
            start.get_connected_elements(**{option: value})


@pytest.mark.parametrize("kind", starts())
def test_5_1_unknown_options_raise_and_there_are_no_positional_ones(kind):
    start = starts()[kind]
    with refusal():
        start.get_connected_elements(add_objects=True)
    with pytest.raises(TypeError):
        start.get_connected_elements([])


@pytest.mark.parametrize("option", ["stop_elements_inclusive", "stop_elements_exclusive"])
@pytest.mark.parametrize("bad", [None, "text", 3, ["text"], [None], (CEnum("E"),), {CEnum("E")}])
@pytest.mark.parametrize("kind", starts())
def test_5_1_stop_elements_are_one_bundlable_or_a_list_of_them(option, bad, kind):
    with refusal():
        starts()[kind].get_connected_elements(**{option: bad})


@pytest.mark.parametrize("option", ["stop_elements_inclusive", "stop_elements_exclusive"])
def test_5_1_one_stop_element_is_the_same_as_a_list_of_it(option):
    a, b, c = CMetaclass("a"), CMetaclass("b"), CMetaclass("c")
    a.association(b, "* -> *")
    b.association(c, "* -> *")
    assert a.get_connected_elements(**{option: b}) == a.get_connected_elements(**{option: [b]})


@pytest.mark.parametrize("truthy", [1, "yes", [0]])
def test_5_1_bool_options_are_not_type_checked(truthy):
    a = CMetaclass("a")
    bundle = CBundle("B", elements=a)
    assert a.get_connected_elements(add_bundles=truthy) == [a, bundle]
    assert a.get_connected_elements(add_bundles=0) == [a]
