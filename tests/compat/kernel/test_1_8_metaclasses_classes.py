"""Section 1.8: metaclasses and classes."""

import pytest
from codeable_models import CBundle, CClass, CEnum, CMetaclass, CObject, CStereotype, add_links

from tests.compat.kernel.expecting import refusal


def test_1_8_classes_are_the_direct_instances_in_creation_order_and_a_new_list():
    metaclass = CMetaclass("M")
    sub = CMetaclass("Sub", superclasses=metaclass)
    b, a, _ = CClass(metaclass, "b"), CClass(metaclass, "a"), CClass(sub, "c")
    assert metaclass.classes == [b, a]
    metaclass.classes.clear()
    assert metaclass.classes == [b, a]


def test_1_8_all_classes_are_direct_ones_then_those_of_all_sub_metaclasses():
    metaclass = CMetaclass("M")
    left, right = CMetaclass("left", superclasses=metaclass), CMetaclass("right", superclasses=metaclass)
    bottom = CMetaclass("bottom", superclasses=[left, right])
    in_bottom, in_left, in_right = CClass(bottom, "b"), CClass(left, "l"), CClass(right, "r")
    direct = [CClass(metaclass, "1"), CClass(metaclass, "2")]
    assert metaclass.all_classes[:2] == direct
    assert len(metaclass.all_classes) == 5
    assert set(metaclass.all_classes[2:]) == {in_bottom, in_left, in_right}
    assert left.all_classes == [in_left, in_bottom]


def test_1_8_all_classes_associations_below_contribute_nothing():
    metaclass = CMetaclass("M")
    relation = metaclass.association(metaclass, "* -> *", superclasses=metaclass)
    cl = CClass(metaclass, "C")
    add_links({cl: cl}, association=relation)
    assert metaclass.all_classes == [cl]


def test_1_8_get_classes_and_get_class_by_name():
    metaclass = CMetaclass("M")
    sub = CMetaclass("Sub", superclasses=metaclass)
    first, unnamed, second = CClass(metaclass, "x"), CClass(metaclass), CClass(metaclass, "x")
    CClass(sub, "below")
    assert metaclass.get_classes("x") == [first, second]
    assert metaclass.get_class("x") is first
    assert metaclass.get_classes(None) == [unnamed]
    assert metaclass.get_class(None) is unnamed
    assert metaclass.get_classes("below") == []
    assert metaclass.get_class("below") is None


def test_1_8_get_classes_among_many_follows_later_names_deletion_and_moves():
    metaclass, other = CMetaclass("M"), CMetaclass("N")
    classes = [CClass(metaclass, f"c{number % 50}") for number in range(100)]
    assert metaclass.get_classes("c3") == [classes[3], classes[53]]
    classes[3].name = "renamed"
    classes[4].name = None
    classes[5].delete()
    classes[6].metaclass = other
    late = CClass(metaclass, "c3")
    assert metaclass.get_classes("c3") == [classes[53], late]
    assert metaclass.get_class("renamed") is classes[3]
    assert metaclass.get_classes(None) == [classes[4]]
    assert metaclass.get_classes("c5") == [classes[55]]
    assert metaclass.get_classes("c6") == [classes[56]]
    classes[3].name = ["no", "text"]
    assert metaclass.get_classes("renamed") == []
    assert metaclass.get_classes(["no", "text"]) == [classes[3]]


def test_1_8_get_stereotypes_and_get_stereotype_by_name():
    metaclass = CMetaclass("M")
    first, unnamed, second = (CStereotype(name, extended=metaclass) for name in ("x", None, "x"))
    assert metaclass.get_stereotypes("x") == [first, second]
    assert metaclass.get_stereotype("x") is first
    assert metaclass.get_stereotypes(None) == [unnamed]
    assert metaclass.get_stereotype(None) is unnamed
    assert metaclass.get_stereotypes("missing") == []
    assert metaclass.get_stereotype("missing") is None


@pytest.mark.parametrize("bad", [None, "text", CMetaclass("N"), CEnum("E"), CStereotype("S")])
def test_1_8_add_class_raises_for_what_is_no_class(bad):
    with refusal():
        CMetaclass("M").add_class(bad)


def test_1_8_add_class_raises_for_duplicates_and_remove_class_for_non_members():
    metaclass, other = CMetaclass("M"), CMetaclass("N")
    cl = CClass(metaclass, "C")
    with refusal():
        metaclass.add_class(cl)
    with refusal():
        other.remove_class(cl)
    other.add_class(cl)
    assert other.classes == [cl]
    other.remove_class(cl)
    assert (other.classes, metaclass.classes) == ([], [cl])


def test_1_8_metaclass_delete_deletes_direct_classes_only():
    metaclass = CMetaclass("M")
    sub = CMetaclass("Sub", superclasses=metaclass)
    first, second, below = CClass(metaclass, "1"), CClass(metaclass, "2"), CClass(sub, "b")
    metaclass.delete()
    assert [cl.is_deleted for cl in (first, second, below)] == [True, True, False]
    assert metaclass.classes == []
    assert (below.metaclass, sub.superclasses) == (sub, [])


def test_1_8_metaclass_delete_leaves_its_stereotypes():
    metaclass, other = CMetaclass("M"), CMetaclass("N")
    stereotype = CStereotype("S", extended=[metaclass, other])
    metaclass.delete()
    assert stereotype.extended == [other]
    assert metaclass.stereotypes == []
    assert not stereotype.is_deleted


@pytest.mark.parametrize("bad", [None, "text", 3, CStereotype("S"), CClass(CMetaclass("M"), "C"), CEnum("E")])
def test_1_8_metaclass_of_a_class_must_be_a_metaclass(bad):
    metaclass = CMetaclass("M")
    cl = CClass(metaclass, "C")
    with refusal():
        cl.metaclass = bad
    assert cl.metaclass is metaclass
    assert metaclass.classes == [cl]


def test_1_8_deleted_metaclass_raises_and_changes_nothing():
    metaclass, deleted = CMetaclass("M"), CMetaclass("N")
    cl = CClass(metaclass, "C")
    deleted.delete()
    with refusal():
        cl.metaclass = deleted
    assert (cl.metaclass, metaclass.classes) == (metaclass, [cl])
    cl.delete()
    assert metaclass.classes == []
    with refusal():
        CClass(deleted, "D")


def test_1_8_metaclass_assignment_moves_the_class_and_its_class_object():
    old, new = CMetaclass("old", attributes={"a": 1}), CMetaclass("new", attributes={"b": int})
    cl, existing = CClass(old, "C"), CClass(new, "E")
    cl.metaclass = new
    assert (old.classes, new.classes) == ([], [existing, cl])
    assert cl.metaclass is cl.class_object.classifier is new
    cl.set_value("b", 2)
    assert cl.values == {"b": 2}
    assert cl.instance_of(new)
    assert not cl.instance_of(old)


def test_1_8_class_object_belongs_to_class_and_metaclass():
    metaclass = CMetaclass("M")
    cl = CClass(metaclass, "C")
    assert isinstance(cl.class_object, CObject)
    assert cl.class_object is cl.class_object
    assert cl.class_object.classifier is metaclass
    assert cl.class_object.class_object_class is cl


def test_1_8_class_object_has_the_name_at_construction_time():
    cl = CClass(CMetaclass("M"), "C")
    cl.name = "renamed"
    assert cl.class_object.name == "C"
    assert CClass(CMetaclass("M")).class_object.name is None


def test_1_8_class_object_survives_deletion_of_its_class():
    cl = CClass(CMetaclass("M"), "C")
    class_object = cl.class_object
    cl.delete()
    assert cl.class_object is class_object
    assert class_object.class_object_class is cl
    assert class_object.name is None
    assert class_object.is_deleted


def test_1_8_objects_are_direct_instances_and_all_objects_add_those_of_subclasses():
    metaclass = CMetaclass("M")
    top = CClass(metaclass, "top")
    left, right = CClass(metaclass, "left", superclasses=top), CClass(metaclass, "right", superclasses=top)
    bottom = CClass(metaclass, "bottom", superclasses=[left, right])
    in_bottom, in_left, in_right = CObject(bottom, "b"), CObject(left, "l"), CObject(right, "r")
    direct = [CObject(top, "1"), CObject(top, "2")]
    assert top.objects == direct
    assert top.all_objects[:2] == direct
    assert len(top.all_objects) == 5
    assert set(top.all_objects[2:]) == {in_bottom, in_left, in_right}
    top.objects.clear()
    assert top.objects == direct


def test_1_8_get_objects_and_get_object_by_name_among_direct_instances():
    top = CClass(CMetaclass("M"), "top")
    sub = CClass(top.metaclass, "sub", superclasses=top)
    first, unnamed, second = CObject(top, "x"), CObject(top), CObject(top, "x")
    CObject(sub, "below")
    assert top.get_objects("x") == [first, second]
    assert top.get_object("x") is first
    assert top.get_objects(None) == [unnamed]
    assert top.get_object(None) is unnamed
    assert top.get_objects("below") == []
    assert top.get_object("below") is None


def test_1_8_a_class_delegates_links_to_its_class_object():
    metaclass = CMetaclass("M")
    relation = metaclass.association(metaclass, "[from] * -> [to] *")
    a, b = CClass(metaclass, "a"), CClass(metaclass, "b")
    [link] = a.add_links(b, role_name="to")
    assert a.links == a.class_object.links == [link]
    assert a.linked == a.class_object.linked == [b]
    assert a.get_linked(role_name="to") == a.class_object.get_linked(role_name="to") == [b]
    assert (
        a.get_links_for_association(relation) == a.class_object.get_links_for_association(relation) == [link]
    )
    b.delete_links(a, role_name="from")
    assert a.links == b.links == []


def test_1_8_a_class_delegates_values_to_its_class_object():
    cl = CClass(CMetaclass("M", attributes={"a": int}), "C")
    cl.set_value("a", 1)
    assert cl.class_object.get_value("a") == 1
    cl.class_object.set_value("a", 2)
    assert (cl.get_value("a"), cl.values) == (2, {"a": 2})
    assert cl.class_object.delete_value("a") == 2
    assert cl.values == {}


def test_1_8_there_is_no_set_links_method():
    cl = CClass(CMetaclass("M"), "C")
    assert not hasattr(cl, "set_links")
    assert not hasattr(CObject(cl, "o"), "set_links")


def test_1_8_class_delete():
    metaclass, bundle = CMetaclass("M"), CBundle("B")
    metaclass.association(metaclass, "[from] * -> [to] *")
    stereotype = CStereotype("S", extended=metaclass)
    top = CClass(metaclass, "top")
    cl = CClass(metaclass, "C", stereotype_instances=stereotype, superclasses=top, bundles=bundle)
    sub = CClass(metaclass, "sub", superclasses=cl)
    obj, below = CObject(cl, "o"), CObject(sub, "b")
    [link] = add_links({cl: sub}, role_name="to")
    cl.delete()
    assert (cl.name, cl.is_deleted, cl.metaclass) == (None, True, None)
    assert (obj.is_deleted, below.is_deleted) == (True, False)
    assert (cl.objects, cl.stereotype_instances, stereotype.extended_instances) == ([], [], [])
    assert metaclass.classes == [top, sub]
    assert (bundle.elements, top.subclasses, sub.superclasses) == ([], [], [])
    assert (link.is_deleted, sub.links, cl.class_object.is_deleted) == (True, [], True)
