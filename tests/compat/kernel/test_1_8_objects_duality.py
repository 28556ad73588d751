"""Section 1.8: objects, and the duality of a class and its class object."""

import pytest
from codeable_models import CBundle, CClass, CEnum, CMetaclass, CObject, CStereotype, add_links

from tests.compat.kernel.expecting import refusal


@pytest.mark.parametrize("bad", [None, "text", 3, CMetaclass("M"), CStereotype("S"), CEnum("E")])
def test_1_8_object_constructor_wants_a_class(bad):
    with refusal():
        CObject(bad, "o")


def test_1_8_object_constructor_refuses_a_deleted_class():
    cl = CClass(CMetaclass("M"), "C")
    cl.delete()
    with refusal():
        CObject(cl, "o")


def test_1_8_object_constructor_accepts_an_association():
    cl = CClass(CMetaclass("M"), "C")
    relation = cl.association(cl, "* -> *")
    assert CObject(relation, "o").classifier is relation


def test_1_8_classifier_assignment_moves_between_objects_lists():
    metaclass = CMetaclass("M")
    old, new = CClass(metaclass, "old"), CClass(metaclass, "new")
    obj, existing = CObject(old, "o"), CObject(new, "e")
    obj.classifier = new
    assert (old.objects, new.objects) == ([], [existing, obj])
    assert obj.classifier is new


def test_1_8_values_are_kept_under_the_old_classifier_and_become_invisible():
    metaclass = CMetaclass("M")
    old, new = (CClass(metaclass, name, attributes={"a": int}) for name in ("old", "new"))
    obj = CObject(old, "o", values={"a": 1})
    obj.classifier = new
    assert obj.values == {}
    assert obj.get_value("a") is None
    obj.classifier = old
    assert obj.values == {"a": 1}


@pytest.mark.parametrize("bad", [None, "text", CMetaclass("M"), CEnum("E"), "association", "deleted"])
def test_1_8_classifier_must_be_a_class_that_is_not_deleted(bad):
    cl = CClass(CMetaclass("M"), "C")
    if bad == "association":
        bad = cl.association(cl, "* -> *")
    elif bad == "deleted":
        bad = CClass(CMetaclass("M"), "D")
        bad.delete()
    obj = CObject(cl, "o")
    with refusal():
        obj.classifier = bad
    assert (obj.classifier, cl.objects) == (cl, [obj])
    obj.delete()
    assert cl.objects == []


def test_1_8_classifier_of_a_link_cannot_be_assigned():
    cl = CClass(CMetaclass("M"), "C")
    relation = cl.association(cl, "* -> *")
    o = CObject(cl, "o")
    [link] = add_links({o: o}, association=relation)
    for value in (cl, relation, None):
        with refusal():
            link.classifier = value
    assert link.classifier is relation


def test_1_8_class_object_class_of_an_ordinary_object_is_none():
    assert CObject(CClass(CMetaclass("M"), "C"), "o").class_object_class is None


class World:
    """One element of every kind that `instance_of` knows, at both levels."""

    def __init__(self):
        self.top_metaclass, self.other_metaclass = CMetaclass("TM"), CMetaclass("OM")
        self.metaclass = CMetaclass("M", superclasses=self.top_metaclass)
        self.meta_relation = self.metaclass.association(
            self.metaclass, "* -> *", superclasses=self.top_metaclass
        )
        self.top, self.other = CClass(self.metaclass, "T"), CClass(self.metaclass, "O")
        self.cl = CClass(self.metaclass, "C", superclasses=self.top)
        self.relation = self.cl.association(self.cl, "* -> *", superclasses=self.top)
        self.obj = CObject(self.cl, "o")
        [self.class_link] = add_links({self.cl: self.cl}, association=self.meta_relation)
        [self.link] = add_links({self.obj: self.obj}, association=self.relation)
        self.class_object = self.cl.class_object
        self.stereotype = CStereotype("S")


INSTANCE_OF = [
    ("obj", "cl", True),
    ("obj", "top", True),
    ("obj", "other", False),
    ("obj", "metaclass", "raises"),
    ("obj", "relation", "raises"),
    ("obj", "stereotype", "raises"),
    ("class_object", "metaclass", True),
    ("class_object", "top_metaclass", True),
    ("class_object", "other_metaclass", False),
    ("class_object", "cl", "raises"),
    ("class_object", "meta_relation", "raises"),
    ("cl", "metaclass", True),
    ("cl", "top_metaclass", True),
    ("cl", "other_metaclass", False),
    ("cl", "top", "raises"),
    ("cl", "stereotype", "raises"),
    ("class_link", "meta_relation", True),
    ("class_link", "top_metaclass", True),
    ("class_link", "metaclass", False),
    ("class_link", "relation", False),
    ("class_link", "cl", "raises"),
    ("link", "relation", True),
    ("link", "top", True),
    ("link", "cl", False),
    ("link", "meta_relation", False),
    ("link", "metaclass", "raises"),
]


@pytest.mark.parametrize(("element", "classifier", "expected"), INSTANCE_OF)
def test_1_8_instance_of(element, classifier, expected):
    world = World()
    element, classifier = getattr(world, element), getattr(world, classifier)
    if expected == "raises":
        with refusal():
            element.instance_of(classifier)
    else:
        assert element.instance_of(classifier) is expected


@pytest.mark.parametrize("element", ["obj", "class_object", "cl", "class_link", "link"])
@pytest.mark.parametrize("bad", [None, "text", 3, CEnum("E")])
def test_1_8_instance_of_raises_for_none_and_for_no_classifier(element, bad):
    with refusal():
        getattr(World(), element).instance_of(bad)


@pytest.mark.parametrize("element", ["obj", "class_object", "cl", "class_link", "link"])
def test_1_8_instance_of_is_false_for_a_deleted_element_whatever_is_asked(element):
    world = World()
    element = getattr(world, element)
    element.delete()
    for classifier in (world.cl, world.metaclass, world.relation, None, "text"):
        assert element.instance_of(classifier) is False


def test_1_8_object_delete():
    cl = CClass(CMetaclass("M"), "C")
    cl.association(cl, "[from] * -> [to] *")
    bundle = CBundle("B")
    obj, other = CObject(cl, "o", bundles=bundle), CObject(cl, "p")
    out, back = add_links({obj: other, other: obj}, role_name="to")
    obj.delete()
    assert (obj.name, obj.is_deleted, obj.classifier) == (None, True, None)
    assert (cl.objects, bundle.elements, other.links) == ([other], [], [])
    assert out.is_deleted
    assert back.is_deleted


class Pair:
    def __init__(self):
        metaclass = CMetaclass("M")
        self.relation = metaclass.association(metaclass, "[from] * -> [to] *")
        self.a, self.b = CClass(metaclass, "a"), CClass(metaclass, "b")


def test_1_8_ends_of_links_are_shown_as_classes_but_opposite_objects_are_class_objects():
    pair = Pair()
    [link] = add_links({pair.a: pair.b}, role_name="to")
    assert (link.source, link.target) == (pair.a, pair.b)
    assert pair.a.linked == [pair.b]
    assert pair.b.get_linked(role_name="from") == [pair.a]
    assert link.get_opposite_object(pair.a) is pair.b.class_object
    assert link.get_opposite_object(pair.b.class_object) is pair.a.class_object


def test_1_8_a_class_object_can_be_source_key_and_target():
    pair = Pair()
    [link] = add_links({pair.a.class_object: pair.b.class_object}, role_name="to")
    assert (link.source, link.target) == (pair.a, pair.b)
    assert pair.a.links == pair.b.links == [link]
    [back] = pair.b.class_object.add_links(pair.a, role_name="to")
    assert pair.a.linked == [pair.b, pair.b]
    assert pair.a.class_object.get_linked(role_name="from") == [pair.b]
    assert back.source is pair.b


def test_1_8_a_class_object_can_be_put_into_bundles():
    pair = Pair()
    bundle = CBundle("B", elements=[pair.a.class_object, pair.b])
    assert bundle.elements == [pair.a.class_object, pair.b]
    assert pair.a.class_object.bundles == [bundle]
    assert pair.a.bundles == []


def test_1_8_a_class_object_is_not_among_the_objects_of_any_class():
    pair = Pair()
    assert pair.a.objects == pair.a.all_objects == []
