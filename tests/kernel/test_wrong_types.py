"""Whatever is given, the kernel takes it or refuses it with a CException: it never fails in another way."""

import pytest

from codeable.kernel import (
    CAssociation,
    CAttribute,
    CBundle,
    CClass,
    CEnum,
    CException,
    CLayer,
    CLink,
    CMetaclass,
    CNamedElement,
    CObject,
    CStereotype,
    add_links,
    delete_links,
    set_links,
)
from codeable.kernel.link_functions import LinkKeywordsContext
from codeable.kernel.predicates import get_links, set_keyword_args

from .conftest import small_vocabulary


class Unhelpful:
    """Equal to nothing, without a hash, and its repr fails."""

    __hash__ = None

    def __eq__(self, other: object) -> bool:
        return False

    def __repr__(self) -> str:
        raise RuntimeError


def deleted(element):
    element.delete()
    return element


def in_itself() -> list[object]:
    value: list[object] = []
    value.append(value)
    return value


class World:
    """One of each kind of element."""

    def __init__(self) -> None:
        words = small_vocabulary()
        self.metaclass, self.association, self.stereotype = words.source, words.contains, words.option
        self.extension = CStereotype("E", extended=words.practice)
        self.cl = CClass(words.practice, "a", attributes={"x": 1})
        self.source = CClass(words.source, "s4")
        self.object = CObject(self.cl, "o")
        self.class_association = self.cl.association(self.cl, "* -> *")
        (self.link,) = self.source.add_links(self.cl, role_name="contained_code")
        self.bundle, self.layer, self.enum = CBundle("b"), CLayer("l"), CEnum("e", values=["a"])
        self.attribute = CAttribute(type=str)
        self.values = {
            "none": None, "number": 3, "text": "x", "float": 1.5, "list": [], "list of None": [None],
            "list of numbers": [3], "nested": [[3]], "in itself": in_itself(),
            "dict of itself": {"x": in_itself()}, "tuple": ("x",), "set": {"x"}, "dict": {},
            "dict of numbers": {3: 4}, "dict by name": {"x": Unhelpful()}, "object": object(),
            "unhelpful": Unhelpful(), "list of unhelpful": [Unhelpful()], "type": int, "other type": dict,
            "function": len, "metaclass": words.practice, "class": self.cl, "classes": [self.cl, self.cl],
            "class object": self.cl.class_object, "an object": self.object, "link": self.link,
            "association": self.association, "stereotype": self.extension, "bundle": self.bundle,
            "layer": self.layer, "enum": self.enum, "attribute": self.attribute,
            "deleted class": deleted(CClass(words.practice, "gone")),
            "deleted metaclass": deleted(CMetaclass("gone")), "deleted bundle": deleted(CBundle("gone")),
            "deleted class object": deleted(CClass(words.practice, "gone")).class_object,
            "definitions": {self.cl: [self.source]}, "bad definitions": {self.cl: 3},
        }  # fmt: skip


VALUES = sorted(World().values)

CALLS = {
    f"{subject}.{name} =": lambda w, v, subject=subject, name=name: setattr(getattr(w, subject), name, v)
    for subject, names in {
        "metaclass": "attributes superclasses bundles stereotypes name",
        "cl": "attributes superclasses bundles metaclass stereotype_instances values tagged_values name",
        "object": "classifier values bundles name",
        "link": "classifier values bundles stereotype_instances tagged_values label name",
        "stereotype": "attributes superclasses bundles extended default_values",
        "extension": "extended default_values",
        "association": "superclasses bundles stereotypes attributes multiplicity source_multiplicity"
        " role_name source_role_name aggregation derived_from stereotype_instances tagged_values",
        "class_association": "derived_from stereotypes superclasses stereotype_instances",
        "bundle": "elements bundles",
        "layer": "sub_layer super_layer",
        "enum": "values",
        "attribute": "type default",
    }.items()
    for name in names.split()
}
CALLS |= {
    f"{subject}.{name}()": lambda w, v, subject=subject, name=name: getattr(getattr(w, subject), name)(v)
    for subject, names in {
        "metaclass": "get_attribute is_classifier_of_type has_subclass has_superclass association get_classes"
        " get_class get_stereotypes get_stereotype add_class remove_class",
        "cl": "association instance_of get_value delete_value get_tagged_value delete_tagged_value"
        " get_objects get_object get_links_for_association add_links delete_links",
        "object": "instance_of get_value delete_value get_links_for_association add_links delete_links",
        "link": "get_opposite_object instance_of add_links delete_links get_value get_tagged_value",
        "extension": "get_default_value delete_default_value association",
        "association": "get_opposite_classifier get_attribute",
        "bundle": "add remove",
        "enum": "is_legal_value",
    }.items()
    for name in names.split()
}
CALLS |= {
    "set_value by name": lambda w, v: w.source.set_value(v, "x"),
    "set_value": lambda w, v: w.source.set_value("title", v),
    "set_value of": lambda w, v: w.source.set_value("title", "x", v),
    "set_tagged_value": lambda w, v: w.link.set_tagged_value("x", v),
    "set_tagged_value of": lambda w, v: w.link.set_tagged_value("x", "y", v),
    "set_default_value": lambda w, v: w.extension.set_default_value("x", v),
    "set_default_value of": lambda w, v: w.extension.set_default_value("x", "y", v),
    "get_elements": lambda w, v: w.bundle.get_elements(type=v, name=v),
    "get_connected_elements": lambda w, v: w.cl.get_connected_elements(stop_elements_inclusive=v),
    "get_linked by role": lambda w, v: w.cl.get_linked(role_name=v),
    "get_linked by association": lambda w, v: w.cl.get_linked(association=v),
    "add_links": lambda w, v: add_links(v),
    "add_links by role": lambda w, v: add_links({w.source: w.cl}, role_name=v),
    "add_links by association": lambda w, v: add_links({w.source: w.cl}, association=v),
    "add_links with stereotypes": lambda w, v: set_links(
        {w.source: w.cl}, association=w.association, stereotype_instances=v
    ),
    "add_links with tagged values": lambda w, v: set_links(
        {w.source: w.cl}, association=w.association, tagged_values=v
    ),
    "set_links": lambda w, v: set_links(v),
    "delete_links": lambda w, v: delete_links(v),
    "delete_links by role": lambda w, v: delete_links({w.source: w.cl}, role_name=v),
    "get_links": lambda w, v: get_links(v),
    "link keywords": lambda w, v: LinkKeywordsContext(association=v),
    "CNamedElement": lambda w, v: CNamedElement(v),
    "CMetaclass": lambda w, v: CMetaclass(v, stereotypes=v),
    "CClass": lambda w, v: CClass(v),
    "CClass with attributes": lambda w, v: CClass(w.metaclass, attributes={"x": v}),
    "CObject": lambda w, v: CObject(v),
    "CEnum": lambda w, v: CEnum("e", values=v),
    "CAttribute": lambda w, v: CAttribute(type=v),
    "CAttribute with default": lambda w, v: CAttribute(default=v),
    "CAttribute with both": lambda w, v: CAttribute(type=v, default="x"),
    "CAssociation": lambda w, v: CAssociation(v, w.metaclass),
    "CAssociation to": lambda w, v: CAssociation(w.metaclass, v),
    "CAssociation with descriptor": lambda w, v: CAssociation(w.metaclass, w.metaclass, v),
    "CAssociation with name": lambda w, v: CAssociation(w.metaclass, w.metaclass, name=v),
    "CLink": lambda w, v: CLink(v, w.object, w.object),
    "set_keyword_args": lambda w, v: set_keyword_args(w.bundle, ["elements"], elements=v),
}


@pytest.mark.sampled(8)
@pytest.mark.parametrize("call", CALLS)
def test_anything_is_taken_or_refused_with_a_message(call):
    for name in VALUES:
        world = World()
        try:
            CALLS[call](world, world.values[name])
        except CException as refused:
            assert isinstance(refused.value, str), name
            assert refused.value, name
        except Exception as failed:
            pytest.fail(f"{call} with {name}: {failed!r}")
