"""Section 2.4: default filling, the order of construction, and changes to attributes."""

import pytest
from codeable_models import CAttribute, CClass, CMetaclass, CObject, CStereotype, add_links

from tests.compat.kernel.expecting import refusal


class Level:
    """A classifier kind with a maker of classifiers and of their instances."""

    def __init__(self, kind):
        self.kind = kind
        self.metaclass = CMetaclass("M")
        self.relation = None

    def classifier(self, name, **keywords):
        if self.kind in ("class", "link"):
            return CClass(self.metaclass, name, **keywords)
        if self.kind == "metaclass":
            return CMetaclass(name, **keywords)
        return CStereotype(name, **keywords)

    def instance(self, classifier):
        if self.kind == "class":
            return CObject(classifier, "i")
        if self.kind == "metaclass":
            return CClass(classifier, "i")
        if self.kind == "link":
            obj = CObject(CClass(self.metaclass, "ends"), "o")
            relation = obj.classifier.association(obj.classifier, "* -> *", superclasses=classifier)
            return add_links({obj: obj}, association=relation)[0]
        classifier.extended = self.metaclass
        return CClass(self.metaclass, "i", stereotype_instances=classifier)

    def values(self, instance):
        return instance.tagged_values if self.kind == "stereotype" else instance.values

    def set(self, instance, *args):
        return (instance.set_tagged_value if self.kind == "stereotype" else instance.set_value)(*args)

    def get(self, instance, *args):
        return (instance.get_tagged_value if self.kind == "stereotype" else instance.get_value)(*args)


@pytest.fixture(params=["class", "metaclass", "stereotype"])
def level(request):
    return Level(request.param)


@pytest.fixture(params=["class", "metaclass", "stereotype", "link"])
def any_level(request):
    return Level(request.param)


def test_2_4_default_filling_covers_every_classifier_on_the_path_shadowed_ones_too(any_level):
    level = any_level
    top = level.classifier("top", attributes={"a": 1, "t": "top", "none": int})
    bottom = level.classifier("bottom", attributes={"a": 2, "b": 0}, superclasses=top)
    instance = level.instance(bottom)
    assert level.values(instance) == {"a": 2, "b": 0, "t": "top"}
    assert level.get(instance, "a", top) == 1
    assert level.get(instance, "a", bottom) == 2
    assert level.get(instance, "none") is None


def test_2_4_class_objects_get_defaults_too():
    cl = CClass(CMetaclass("M", attributes={"a": 1}), "C")
    assert cl.class_object.values == {"a": 1}


def test_2_4_objects_get_defaults_before_values():
    cl = CClass(CMetaclass("M"), "C", attributes={"a": 1, "b": 2})
    obj = CObject(cl, "o", values={"b": 5})
    assert list(obj.values.items()) == [("a", 1), ("b", 5)]
    with refusal():
        CObject(cl, "p", values={"a": "wrong"})
    assert cl.objects[1].values == {"a": 1, "b": 2}


def test_2_4_object_values_are_assigned_last_whatever_the_order_of_keywords():
    cl = CClass(CMetaclass("M"), "C", attributes={"a": int})
    with refusal():
        CObject(cl, "o", values={"a": 1}, unknown=2)
    assert cl.objects == []


def test_2_4_classes_get_defaults_after_values():
    metaclass = CMetaclass("M", attributes={"a": 1, "b": 2})
    cl = CClass(metaclass, "C", values={"b": 5})
    assert list(cl.values.items()) == [("b", 5), ("a", 1)]
    with refusal():
        CClass(metaclass, "D", values={"a": "wrong"})
    assert metaclass.classes[1].values == {}


def test_2_4_classes_get_defaults_after_stereotype_instances():
    metaclass = CMetaclass("M", attributes={"a": 1, "b": 2})
    stereotype = CStereotype("S", extended=metaclass, default_values={"a": 9})
    assert CClass(metaclass, "C", stereotype_instances=stereotype).values == {"a": 9, "b": 2}


def test_2_4_a_list_default_is_the_same_list_in_the_attribute_and_in_all_instances(any_level):
    classifier = any_level.classifier("c", attributes={"a": ["x", 1]})
    default = classifier.get_attribute("a").default
    assert default == ["x", 1]
    for _ in range(2):
        assert any_level.get(any_level.instance(classifier), "a") is default


def test_2_4_the_list_given_as_default_can_change_without_changing_the_default():
    given = ["x"]
    cl = CClass(CMetaclass("M"), "C", attributes={"a": given})
    given.append("y")
    assert CObject(cl).get_value("a") == cl.get_attribute("a").default == ["x"]


def test_2_4_assigning_attributes_removes_the_slots_of_names_that_disappear(level):
    top = level.classifier("top", attributes={"a": int, "b": int})
    bottom = level.classifier("bottom", superclasses=top)
    direct, indirect = level.instance(top), level.instance(bottom)
    for instance in (direct, indirect):
        level.set(instance, "a", 1)
        level.set(instance, "b", 2)
    top.attributes = {"b": int}
    assert level.values(direct) == {"b": 2}
    with refusal():
        level.get(direct, "a")
    top.attributes = {"b": int, "a": int}
    assert level.get(direct, "a") is None


@pytest.mark.parametrize("kind", ["class", "metaclass"])
def test_2_4_disappearing_names_lose_their_slots_in_indirect_instances_too(kind):
    level = Level(kind)
    top = level.classifier("top", attributes={"a": int})
    bottom = level.classifier("bottom", superclasses=top)
    indirect = level.instance(bottom)
    level.set(indirect, "a", 1)
    top.attributes = {}
    top.attributes = {"a": int}
    assert level.get(indirect, "a") is None


def test_2_4_disappearing_tagged_values_are_removed_only_in_direct_extended_instances():
    level = Level("stereotype")
    top = level.classifier("top", attributes={"a": int})
    bottom = level.classifier("bottom", superclasses=top)
    direct, indirect = level.instance(top), level.instance(bottom)
    for instance in (direct, indirect):
        level.set(instance, "a", 1)
    top.attributes = {}
    assert level.values(indirect) == {"a": 1}
    top.attributes = {"a": int}
    assert level.get(direct, "a") is None
    assert level.get(indirect, "a") == 1


def test_2_4_slots_of_names_that_stay_are_kept_even_if_type_or_default_changed(level):
    classifier = level.classifier("c", attributes={"a": int, "b": 1})
    instance = level.instance(classifier)
    level.set(instance, "a", 7)
    classifier.attributes = {"b": "text", "a": str}
    assert level.values(instance) == {"a": 7, "b": 1}
    assert level.get(instance, "a") == 7


def test_2_4_a_dropped_attribute_keeps_its_name_and_classifier(level):
    classifier = level.classifier("c", attributes={"a": int})
    dropped = classifier.get_attribute("a")
    classifier.attributes = {"b": int}
    assert (dropped.name, dropped.classifier) == ("a", classifier)
    classifier.delete()
    assert (dropped.name, dropped.classifier) == ("a", classifier)


def test_2_4_assigning_a_default_to_a_dropped_attribute_stores_it_and_raises_if_there_are_instances(level):
    classifier = level.classifier("c", attributes={"a": int})
    dropped = classifier.get_attribute("a")
    classifier.attributes = {"b": int}
    dropped.default = 1
    assert dropped.default == 1
    level.instance(classifier)
    with refusal():
        dropped.default = 2
    assert dropped.default == 2


def test_2_4_state_after_a_bad_attributes_entry(level):
    classifier = level.classifier("c", attributes={"kept": int, "lost": int, "gone": int})
    instance = level.instance(classifier)
    for name in ("kept", "lost", "gone"):
        level.set(instance, name, 1)
    with refusal():
        classifier.attributes = {"new": 5, "kept": int, "bad": {}, "lost": int}
    assert classifier.attribute_names == ["new", "kept"]
    assert level.values(instance) == {"kept": 1, "lost": 1}
    assert level.get(instance, "new") is None
    with refusal():
        level.get(instance, "lost")


def test_2_4_attributes_with_a_default_fill_empty_slots_of_all_instances(level):
    top = level.classifier("top", attributes={"a": int})
    bottom = level.classifier("bottom", superclasses=top)
    direct, indirect = level.instance(top), level.instance(bottom)
    level.set(direct, "a", 7)
    top.attributes = {"a": 1, "b": "new"}
    assert level.values(direct) == {"a": 7, "b": "new"}
    assert level.values(indirect) == {"a": 1, "b": "new"}


def test_2_4_setting_a_default_fills_empty_slots_only(level):
    top = level.classifier("top", attributes={"a": int})
    bottom = level.classifier("bottom", superclasses=top)
    full, empty, below = level.instance(top), level.instance(top), level.instance(bottom)
    level.set(full, "a", 7)
    top.get_attribute("a").default = 3
    assert [level.values(i) for i in (full, empty, below)] == [{"a": 7}, {"a": 3}, {"a": 3}]
    top.get_attribute("a").default = 4
    assert [level.values(i) for i in (full, empty, below)] == [{"a": 7}, {"a": 3}, {"a": 3}]
    top.get_attribute("a").default = None
    assert level.values(empty) == {"a": 3}


def test_2_4_links_get_later_defaults_and_lose_values_as_other_instances_do():
    level = Level("link")
    classifier = level.classifier("c", attributes={"a": int, "b": int})
    link = level.instance(classifier)
    level.set(link, "b", 2)
    classifier.get_attribute("a").default = 1
    assert link.values == {"a": 1, "b": 2}
    classifier.attributes = {"a": int, "c": "new"}
    assert link.values == {"a": 1, "c": "new"}


def test_2_4_links_at_class_level_get_later_defaults_from_metaclasses():
    metaclass, top = CMetaclass("M"), CMetaclass("Top", attributes={"a": int})
    relation = metaclass.association(metaclass, "* -> *", superclasses=top)
    cl = CClass(metaclass, "C")
    [link] = add_links({cl: cl}, association=relation)
    top.attributes = {"b": 5}
    assert link.values == {"b": 5}


def test_2_4_a_class_above_an_association_can_change_its_attributes():
    cl = CClass(CMetaclass("M"), "C", attributes={"a": int})
    cl.association(cl, "* -> *", superclasses=cl)
    obj = CObject(cl, "o", values={"a": 1})
    cl.attributes = {"b": 2}
    assert obj.values == {"b": 2}


def test_2_4_adding_a_superclass_later_gives_existing_instances_no_defaults(level):
    top = level.classifier("top", attributes={"a": 1})
    bottom = level.classifier("bottom")
    instance = level.instance(bottom)
    bottom.superclasses = top
    assert level.values(instance) == {}
    assert level.get(instance, "a") is None


def test_2_4_deleting_a_superclass_makes_its_attributes_unknown(level):
    top = level.classifier("top", attributes={"a": 1})
    bottom = level.classifier("bottom", attributes={"b": 2}, superclasses=top)
    instance = level.instance(bottom)
    top.delete()
    assert level.values(instance) == {"b": 2}
    with refusal():
        level.get(instance, "a")
    with refusal():
        level.set(instance, "a", 1)
    with refusal():
        level.get(instance, "a", top)


def test_2_4_attributes_are_added_in_dict_order_and_earlier_objects_dropped(level):
    classifier = level.classifier("c", attributes={"a": int})
    first = classifier.get_attribute("a")
    attribute = CAttribute(type=str)
    classifier.attributes = {"z": attribute, "a": int}
    assert classifier.attribute_names == ["z", "a"]
    assert classifier.get_attribute("z") is attribute
    assert classifier.get_attribute("a") is not first


def test_2_4_adding_an_attribute_object_already_there_keeps_it(level):
    attribute = CAttribute(type=int, default=3)
    classifier = level.classifier("c", attributes={"a": attribute})
    instance = level.instance(classifier)
    classifier.attributes = {"a": attribute, "b": int}
    assert classifier.get_attribute("a") is attribute
    assert level.values(instance) == {"a": 3}


def test_2_4_class_object_exists_before_defaults_and_its_metaclass_is_checked_first():
    deleted = CMetaclass("M")
    deleted.delete()
    with refusal():
        CClass(deleted, 5)
    assert deleted.classes == []


def test_2_4_association_name_keyword_is_stored_before_the_descriptor_and_checked_before_other_keywords():
    metaclass, stereotype = CMetaclass("M"), CStereotype("S")
    with refusal():
        metaclass.association(metaclass, "* -> *", stereotypes=stereotype, name=5)
    assert stereotype.extended == []
    assert metaclass.association(metaclass, "label: * -> *", name=5).name == "label"
