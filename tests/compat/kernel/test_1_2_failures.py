"""Section 1.2, rules 3 and 5: what stays after a constructor or a setter failed."""

import pytest
from codeable_models import (
    CBundle,
    CClass,
    CEnum,
    CLayer,
    CMetaclass,
    CObject,
    CStereotype,
    add_links,
)

from tests.compat.kernel.expecting import failure, refusal


def test_1_2_rule_3_class_with_repeated_superclass_stays_with_name_and_first_superclass():
    metaclass = CMetaclass("M")
    top = CClass(metaclass, "T")
    with refusal():
        CClass(metaclass, "C", superclasses=[top, top])
    cl = metaclass.get_class("C")
    assert cl.name == "C"
    assert cl.superclasses == [top]
    assert top.subclasses == [cl]


def test_1_2_rule_3_stereotype_with_repeated_extension_stays_in_its_bundle_and_extends_once():
    metaclass, bundle = CMetaclass("M"), CBundle("B")
    with refusal():
        CStereotype("S", bundles=bundle, extended=[metaclass, metaclass])
    [stereotype] = bundle.elements
    assert stereotype.name == "S"
    assert stereotype.extended == [metaclass]
    assert metaclass.stereotypes == [stereotype]


def test_1_2_rule_3_class_with_repeated_stereotype_instance_keeps_the_first():
    metaclass = CMetaclass("M")
    stereotype = CStereotype("S", extended=metaclass)
    with refusal():
        CClass(metaclass, "C", stereotype_instances=[stereotype, stereotype])
    cl = metaclass.get_class("C")
    assert cl.stereotype_instances == [stereotype]
    assert stereotype.extended_instances == [cl]


def test_1_2_rule_3_metaclass_with_repeated_stereotype_keeps_the_first():
    stereotype = CStereotype("S")
    with refusal():
        CMetaclass("M", stereotypes=[stereotype, stereotype])
    [metaclass] = stereotype.extended
    assert metaclass.name == "M"
    assert metaclass.stereotypes == [stereotype]


def test_1_2_rule_3_element_constructed_with_a_repeated_bundle_stays_in_it():
    bundle = CBundle("B")
    with refusal():
        CEnum("E", bundles=[bundle, bundle])
    [enum] = bundle.elements
    assert enum.bundles == [bundle]


@pytest.mark.parametrize("bad", [None, "text", 3, "deleted"])
def test_1_2_rule_3_bundle_constructed_with_a_bad_element_keeps_those_before_it(bad):
    first, last, deleted = CEnum("1"), CEnum("2"), CEnum("3")
    deleted.delete()
    with refusal():
        CBundle("B", elements=[first, deleted if bad == "deleted" else bad, last])
    [bundle] = first.bundles
    assert (bundle.name, bundle.elements, last.bundles) == ("B", [first], [])


@pytest.mark.parametrize(
    "keywords", [{"unknown": 1}, {"values": {"missing": 1}}, {"attributes": {"a": None, "b": dict}}]
)
def test_1_2_rule_3_class_joins_its_metaclass_before_its_keywords_are_looked_at(keywords):
    metaclass = CMetaclass("M")
    with refusal():
        CClass(metaclass, "C", **keywords)
    assert [cl.name for cl in metaclass.classes] == ["C"]


def test_1_2_rule_3_class_joins_its_metaclass_before_its_name_is_looked_at():
    metaclass = CMetaclass("M")
    with refusal():
        CClass(metaclass, 5)
    assert len(metaclass.classes) == 1


@pytest.mark.parametrize("bad", [None, "M", CClass(CMetaclass("M"), "C"), CStereotype("S")])
def test_1_2_rule_3_class_of_no_metaclass_joins_nothing(bad):
    bundle = CBundle("B")
    with refusal():
        CClass(bad, "C", bundles=bundle)
    assert bundle.elements == []


def test_1_2_rule_3_object_joins_its_class_after_name_and_keyword_checks():
    cl = CClass(CMetaclass("M"), "C")
    with refusal():
        CObject(cl, 5)
    with refusal():
        CObject(cl, "o", unknown=1)
    with refusal():
        CObject(cl, "o", values={}, unknown=1)
    with refusal():
        CObject(cl, "o", bundles=["no bundle"])
    assert cl.objects == []


def test_1_2_rule_3_object_joins_its_class_before_defaults_and_values():
    cl = CClass(CMetaclass("M"), "C", attributes={"a": 1, "b": str, "c": str})
    with refusal():
        CObject(cl, "o", values={"b": "set", "missing": 2, "c": "not reached"})
    [stays] = cl.objects
    assert stays.name == "o"
    assert stays.values == {"a": 1, "b": "set"}


def test_1_2_rule_3_object_whose_default_filling_fails_stays_registered():
    gone = CClass(CMetaclass("M"), "Gone")
    cl = CClass(CMetaclass("M"), "C", attributes={"a": gone})
    gone.delete()
    with refusal():
        CObject(cl, "o")
    assert [o.name for o in cl.objects] == ["o"]


@pytest.mark.parametrize(
    "keywords",
    [
        {"unknown": 1},
        {"multiplicity": "x"},
        {"stereotypes": "no stereotype"},
        {"attributes": {}},
        {"name": 3},
        {"superclasses": [None]},
    ],
)
def test_1_2_rule_3_association_joins_its_ends_only_after_everything_succeeded(keywords):
    source, target = CMetaclass("A"), CMetaclass("B")
    with refusal():
        source.association(target, "1 -> *", **keywords)
    assert source.associations == []
    assert target.associations == []


def test_1_2_rule_3_association_with_a_bad_descriptor_joins_nothing():
    source, target = CMetaclass("A"), CMetaclass("B")
    with refusal():
        source.association(target, "1 to *")
    assert source.associations == target.associations == []


class Relation:
    """An element whose relation `name` can be assigned, with three legal entries."""

    def __init__(self, name):
        self.name = name
        metaclass = CMetaclass("M")
        if name == "superclasses":
            self.entries = [CClass(metaclass, n) for n in "abc"]
            self.element = CClass(metaclass, "E")
        elif name == "CMetaclass.stereotypes":
            self.entries = [CStereotype(n) for n in "abc"]
            self.element = metaclass
        elif name == "CAssociation.stereotypes":
            self.entries = [CStereotype(n) for n in "abc"]
            self.element = metaclass.association(metaclass, "* -> *")
        elif name == "extended":
            self.entries = [CMetaclass(n) for n in "abc"]
            self.element = CStereotype("E")
        elif name == "extended (associations)":
            self.entries = [metaclass.association(metaclass, "* -> *") for _ in "abc"]
            self.element = CStereotype("E")
        elif name == "CClass.stereotype_instances":
            self.entries = [CStereotype(n, extended=metaclass) for n in "abc"]
            self.element = CClass(metaclass, "E")
        elif name == "CLink.stereotype_instances":
            relation = metaclass.association(metaclass, "* -> *")
            self.entries = [CStereotype(n, extended=relation) for n in "abc"]
            cl = CClass(metaclass, "E")
            [self.element] = add_links({cl: cl}, association=relation)
        elif name == "CAssociation.stereotype_instances":
            relation = metaclass.association(metaclass, "* -> *")
            self.entries = [CStereotype(n, extended=relation) for n in "abc"]
            cl = CClass(metaclass, "E")
            self.element = cl.association(cl, "* -> *", derived_from=relation)
        self.attribute = name.split(".")[-1].split()[0]

    def assign(self, value):
        setattr(self.element, self.attribute, value)

    def read(self):
        return getattr(self.element, self.attribute)

    def opposite(self, entry):
        names = {
            "superclasses": "subclasses",
            "stereotypes": "extended",
            "extended": "stereotypes",
            "stereotype_instances": "extended_instances",
        }
        return getattr(entry, names[self.attribute])


RELATIONS = [
    "superclasses",
    "CMetaclass.stereotypes",
    "CAssociation.stereotypes",
    "extended",
    "extended (associations)",
    "CClass.stereotype_instances",
    "CLink.stereotype_instances",
    "CAssociation.stereotype_instances",
]


@pytest.mark.parametrize("name", RELATIONS)
@pytest.mark.parametrize("bad", [7, "text", {"a": 1}])
def test_1_2_rule_5_old_relations_are_dropped_before_the_outer_type_is_looked_at(name, bad):
    relation = Relation(name)
    relation.assign(relation.entries[:2])
    with refusal():
        relation.assign(bad)
    assert relation.read() == []
    assert [relation.opposite(entry) for entry in relation.entries] == [[], [], []]


@pytest.mark.parametrize("name", RELATIONS)
@pytest.mark.parametrize("bad", ["None", "text", "repeated", "deleted"])
def test_1_2_rule_5_entries_before_a_bad_one_stay(name, bad):
    relation = Relation(name)
    first, second, third = relation.entries
    relation.assign(third)
    deleted = Relation(name).entries[0]
    deleted.delete()
    entry = {"None": None, "text": "text", "repeated": second, "deleted": deleted}[bad]
    with refusal():
        relation.assign([second, entry, first])
    assert relation.read() == [second]
    assert relation.opposite(second) == [relation.element]
    assert relation.opposite(first) == relation.opposite(third) == []


@pytest.mark.parametrize("name", RELATIONS)
def test_1_2_rule_5_a_new_list_is_assigned_in_its_order(name):
    relation = Relation(name)
    first, second, third = relation.entries
    relation.assign([third, first])
    relation.assign([second, third])
    assert relation.read() == [second, third]
    assert relation.opposite(first) == []
    assert relation.opposite(third) == [relation.element]


@pytest.mark.parametrize("side", ["sub_layer", "super_layer"])
@pytest.mark.parametrize("bad", ["text", 3, [], CBundle("B")])
def test_1_2_rule_5_layer_setters_check_first_and_change_nothing(side, bad):
    layer, partner = CLayer("L"), CLayer("P")
    setattr(layer, side, partner)
    with refusal():
        setattr(layer, side, bad)
    assert getattr(layer, side) is partner


def test_1_2_rule_5_enum_values_check_first_and_change_nothing():
    enum = CEnum("E", values=["a"])
    with refusal():
        enum.values = ("b",)
    assert enum.values == ["a"]


def test_1_2_rule_5_derived_from_checks_first_and_changes_nothing():
    metaclass = CMetaclass("M")
    origin = metaclass.association(metaclass, "* -> *")
    cl = CClass(metaclass, "C")
    derived = cl.association(cl, "* -> *", derived_from=origin)
    for bad in ("text", metaclass, derived):
        with refusal():
            derived.derived_from = bad
    assert derived.derived_from is origin
    assert origin.derived_associations == [derived]


def test_1_2_rule_5_metaclass_and_classifier_setters_change_nothing_on_failure():
    metaclass, deleted = CMetaclass("M"), CMetaclass("deleted")
    cl = CClass(metaclass, "C")
    obj, deleted_class = CObject(cl, "o"), CClass(metaclass, "deleted")
    deleted.delete()
    deleted_class.delete()
    for bad in (None, "text", cl, deleted):
        with refusal():
            cl.metaclass = bad
    for bad in (None, "text", metaclass, deleted_class):
        with refusal():
            obj.classifier = bad
    assert (cl.metaclass, metaclass.classes) == (metaclass, [cl])
    assert (obj.classifier, cl.objects) == (cl, [obj])


def test_1_2_rule_5_value_dicts_keep_what_was_set_before_the_bad_entry():
    metaclass = CMetaclass("M", attributes={"a": int, "b": int, "c": int})
    stereotype = CStereotype("S", extended=metaclass, attributes={"a": int, "b": int, "c": int})
    cl = CClass(metaclass, "C", attributes={"a": int, "b": int, "c": int}, stereotype_instances=stereotype)
    obj = CObject(cl, "o")
    targets = [(obj, "values"), (cl, "values"), (cl, "tagged_values"), (stereotype, "default_values")]
    for element, name in targets:
        setattr(element, name, {"c": 9})
        with refusal():
            setattr(element, name, {"a": 1, "b": "wrong", "c": 3})
        assert getattr(element, name) == {"a": 1, "c": 9}


def test_1_2_rule_5_class_object_classifier_cannot_be_set():
    metaclass = CMetaclass("M")
    cl = CClass(metaclass, "C")
    with refusal():
        cl.class_object.classifier = CMetaclass("N")
    with failure(AttributeError):
        cl.class_object.classifier = CClass(metaclass, "D")
    assert cl.class_object.classifier is metaclass
    assert metaclass.classes[0] is cl
