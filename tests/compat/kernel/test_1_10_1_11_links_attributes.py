"""Sections 1.10 and 1.11: links and attributes as elements."""

import pytest
from codeable_models import (
    CAttribute,
    CBundle,
    CClass,
    CEnum,
    CLink,
    CMetaclass,
    CObject,
    CStereotype,
    add_links,
)

from tests.compat.kernel.expecting import failure, refusal


class ClassLevel:
    """Two classes, a link between them, and a link from that link to a third class."""

    def __init__(self):
        self.metaclass = CMetaclass("M")
        self.relation = self.metaclass.association(
            self.metaclass, "rel: [from] * -> [to] *", superclasses=self.metaclass
        )
        self.upon = self.metaclass.association(self.metaclass, "[noted] * -> [note] *")
        self.a, self.b, self.note = (CClass(self.metaclass, name) for name in ("a", "b", "n"))
        [self.link] = add_links({self.a: self.b}, role_name="to")
        [self.second] = add_links({self.link: self.note}, role_name="note")


def objects(attributes=None):
    cl = CClass(CMetaclass("M"), "C")
    top = CClass(cl.metaclass, "Top", attributes=attributes or {})
    relation = cl.association(cl, "[from] * -> [to] *", superclasses=top)
    return relation, CObject(cl, "o"), CObject(cl, "p")


def test_1_10_a_link_knows_association_ends_and_roles():
    world = ClassLevel()
    link = world.link
    assert link.association is link.classifier is world.relation
    assert (link.source, link.target) == (world.a, world.b)
    assert (link.source_role_name, link.role_name) == ("from", "to")
    assert link.label is None
    assert link.name is None


def test_1_10_role_names_are_read_only():
    link = ClassLevel().link
    for name in ("role_name", "source_role_name"):
        with pytest.raises(AttributeError):
            setattr(link, name, "x")


def test_1_10_label_is_plain_and_unchecked():
    link = ClassLevel().link
    link.label = 17
    assert link.label == 17


def test_1_10_association_is_kept_and_classifier_none_after_deletion():
    world = ClassLevel()
    world.link.delete()
    assert world.link.association is world.relation
    assert world.link.classifier is None
    assert (world.link.source, world.link.target) == (world.a, world.b)


def test_1_10_direct_construction_registers_with_nobody():
    relation, o, p = objects()
    link = CLink(relation, o, p)
    assert (link.source, link.target, link.association) == (o, p, relation)
    assert o.links == p.links == []
    with failure(ValueError):
        link.delete()


def test_1_10_direct_construction_takes_class_objects_and_shows_classes():
    world = ClassLevel()
    link = CLink(world.relation, world.a.class_object, world.b.class_object)
    assert (link.source, link.target) == (world.a, world.b)
    assert world.a.links == [world.link]


def test_1_10_direct_construction_fills_default_values_and_takes_stereotypes():
    relation, o, p = objects({"weight": 3, "note": str})
    assert CLink(relation, o, p).values == {"weight": 3}
    world = ClassLevel()
    stereotype = CStereotype("S", extended=world.relation)
    ends = (world.a.class_object, world.b.class_object)
    assert CLink(world.relation, *ends, stereotype_instances=stereotype).stereotype_instances == [stereotype]


@pytest.mark.parametrize("bad", [None, "text", CMetaclass("M"), CStereotype("S"), CEnum("E")])
def test_1_10_direct_construction_wants_an_association(bad):
    _, o, p = objects()
    with refusal():
        CLink(bad, o, p)


def test_1_10_direct_construction_refuses_a_deleted_association():
    relation, o, p = objects()
    relation.delete()
    with refusal():
        CLink(relation, o, p)


def test_1_10_get_opposite_object_yields_the_raw_other_end():
    world = ClassLevel()
    assert world.link.get_opposite_object(world.a) is world.b.class_object
    assert world.link.get_opposite_object(world.a.class_object) is world.b.class_object
    assert world.link.get_opposite_object(world.b) is world.a.class_object
    assert world.second.get_opposite_object(world.note) is world.link
    assert world.second.get_opposite_object(world.link) is world.note.class_object


def test_1_10_get_opposite_object_of_a_self_link_is_the_same_object():
    relation, o, _ = objects()
    [link] = add_links({o: o}, association=relation)
    assert link.get_opposite_object(o) is o


@pytest.mark.parametrize("bad", [None, "text"])
def test_1_10_get_opposite_object_raises_for_neither_end(bad):
    world = ClassLevel()
    for other in (bad, world.note, world.note.class_object, world.link):
        with refusal():
            world.link.get_opposite_object(other)


def test_1_10_is_class_link_looks_at_the_source_end():
    world = ClassLevel()
    relation, o, p = objects()
    [of_objects] = add_links({o: p}, association=relation)
    assert world.link.is_class_link()
    assert not of_objects.is_class_link()
    assert not world.second.is_class_link()
    assert CLink(world.link.association, world.link.source, world.link.target).is_class_link()


def test_1_10_instance_of_a_metaclass_raises_for_a_link_that_starts_at_a_link():
    world = ClassLevel()
    world.upon.superclasses = world.metaclass
    assert world.link.instance_of(world.metaclass)
    with refusal():
        world.second.instance_of(world.metaclass)
    assert world.second.instance_of(world.upon)


def test_1_10_class_object_class_of_a_link_is_none():
    assert ClassLevel().link.class_object_class is None


def test_1_10_a_link_has_the_values_of_the_superclasses_of_its_association():
    relation, o, p = objects({"weight": 3, "note": str})
    [link] = add_links({o: p}, association=relation)
    assert link.get_value("weight") == 3
    link.set_value("note", "x")
    assert link.values == {"weight": 3, "note": "x"}
    assert link.delete_value("weight") == 3
    link.values = {"weight": 5}
    assert link.values == {"note": "x", "weight": 5}
    with refusal():
        link.get_value("missing")


def test_1_10_a_link_has_links_of_its_own():
    world = ClassLevel()
    assert world.link.links == [world.second]
    assert world.link.linked == [world.note]
    assert world.note.linked == [world.link]
    assert world.link.get_linked(role_name="note") == [world.note]
    assert world.link.get_links_for_association(world.upon) == [world.second]
    world.link.delete_links(world.note, role_name="note")
    assert world.link.links == world.note.links == []


def test_1_10_a_link_can_be_put_into_bundles():
    world = ClassLevel()
    bundle = CBundle("B", elements=[world.link])
    assert world.link.bundles == [bundle]


def test_1_10_delete_leaves_stereotypes_ends_and_bundles_and_deletes_links_to_the_link():
    world = ClassLevel()
    bundle, stereotype = CBundle("B", elements=world.link), CStereotype("S", extended=world.relation)
    world.link.stereotype_instances = stereotype
    world.link.delete()
    assert world.link.is_deleted
    assert world.second.is_deleted
    assert world.a.links == world.b.links == world.note.links == []
    assert bundle.elements == stereotype.extended_instances == world.link.stereotype_instances == []
    assert (world.second.source, world.second.target) == (world.link, world.note)


def test_1_10_delete_of_a_self_link_leaves_its_one_end():
    relation, o, p = objects()
    loop, other = add_links({o: [o, p]}, association=relation)
    loop.delete()
    assert o.links == [other]
    assert other.source is o


def test_1_10_str_shows_the_ends_between_backquotes():
    assert str(ClassLevel().link) == "`a -> b`"


def test_1_10_repr_shows_default_repr_and_the_reprs_of_the_ends():
    world = ClassLevel()
    expected = f"`CLink {object.__repr__(world.link)} source = {world.a!r} -> target = {world.b!r}`"
    assert repr(world.link) == expected


def test_1_11_name_and_classifier_are_none_until_attached():
    attribute = CAttribute(type=int, default=3)
    assert (attribute.name, attribute.classifier) == (None, None)
    metaclass = CMetaclass("M", attributes={"a": attribute})
    assert (attribute.name, attribute.classifier) == ("a", metaclass)
    assert metaclass.get_attribute("a") is attribute


def test_1_11_name_and_classifier_are_read_only():
    attribute = CAttribute(type=int)
    for name in ("name", "classifier"):
        with pytest.raises(AttributeError):
            setattr(attribute, name, "x")


def test_1_11_a_second_classifier_overwrites_both():
    attribute = CAttribute(type=int)
    CMetaclass("M", attributes={"a": attribute})
    other = CMetaclass("N", attributes={"b": attribute})
    assert (attribute.name, attribute.classifier) == ("b", other)


def test_1_11_keywords_are_applied_in_the_given_order():
    enum = CEnum("E", values=["a"])
    assert CAttribute(type=enum, default="a").default == "a"
    assert CAttribute(default="a", type=enum).type is enum
    with refusal():
        CAttribute(default="z", type=enum)


def test_1_11_str_and_repr_show_type_and_default():
    assert str(CAttribute()) == repr(CAttribute()) == "CAttribute type = None, default = None"
    attribute = CAttribute(type=int, default=3)
    assert str(attribute) == repr(attribute) == f"CAttribute type = {int}, default = 3"


def test_1_11_public_helpers_return_none_or_raise():
    metaclass = CMetaclass("M")
    attribute = CAttribute(type=metaclass)
    assert attribute.check_attribute_type_is_not_deleted() is None
    number = CAttribute(type=int)
    assert number.check_attribute_value_type_("a", 3) is None
    with refusal():
        number.check_attribute_value_type_("a", "text")
    metaclass.delete()
    with refusal():
        attribute.check_attribute_type_is_not_deleted()
