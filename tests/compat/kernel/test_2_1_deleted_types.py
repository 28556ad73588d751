"""Section 2.1: attributes whose type is a deleted element."""

import pytest
from codeable_models import CAttribute, CClass, CMetaclass, CObject, CStereotype

from tests.compat.kernel.expecting import refusal


class Holder:
    """Instances of a class, a metaclass and a stereotype with an attribute `gone` of a type deleted since."""

    def __init__(self):
        other = CMetaclass("Other")
        self.type = CClass(other, "Type")
        value = CObject(self.type, "value")
        self.attribute = CAttribute(type=self.type)
        entries = lambda attribute: {"gone": attribute, "kept": str}  # noqa: E731
        self.metaclass = CMetaclass("M", attributes=entries(CAttribute(type=self.type)))
        self.stereotype = CStereotype(
            "S", extended=self.metaclass, attributes=entries(CAttribute(type=self.type))
        )
        self.cl = CClass(
            self.metaclass, "C", attributes=entries(self.attribute), stereotype_instances=self.stereotype
        )
        self.obj = CObject(self.cl, "o", values={"gone": value, "kept": "k"})
        self.cl.values = {"gone": value, "kept": "k"}
        self.cl.tagged_values = {"gone": value, "kept": "k"}
        self.stereotype.default_values = {"gone": value, "kept": "k"}
        self.value = value
        self.type.delete()


@pytest.fixture
def holder():
    return Holder()


def test_2_1_deleted_type_getters_raise(holder):
    with refusal():
        _ = holder.attribute.type
    with refusal():
        _ = holder.attribute.default


def test_2_1_deleted_type_setting_a_default_raises_and_setting_none_works(holder):
    with refusal():
        holder.attribute.default = holder.value
    holder.attribute.default = None


def test_2_1_deleted_type_str_and_repr_work(holder):
    assert "CAttribute type = " in str(holder.attribute)
    assert "CAttribute type = " in repr(holder.attribute)


def test_2_1_deleted_type_values_of_that_attribute_raise(holder):
    for element, kind in [
        (holder.obj, "value"),
        (holder.cl, "value"),
        (holder.cl, "tagged_value"),
        (holder.stereotype, "default_value"),
    ]:
        with refusal():
            getattr(element, f"get_{kind}")("gone")
        with refusal():
            getattr(element, f"set_{kind}")("gone", holder.value)
        with refusal():
            getattr(element, f"delete_{kind}")("gone")


def test_2_1_deleted_type_other_attributes_work(holder):
    assert holder.obj.get_value("kept") == "k"
    holder.cl.set_tagged_value("kept", "new")
    assert holder.stereotype.delete_default_value("kept") == "k"


def test_2_1_deleted_type_the_dict_getters_still_show_the_stored_value(holder):
    shown = {"gone": holder.value, "kept": "k"}
    assert holder.obj.values == holder.cl.values == holder.cl.tagged_values == shown


def test_2_1_deleted_type_creating_an_instance_raises_and_it_stays_registered(holder):
    with refusal():
        CObject(holder.cl, "new")
    assert [o.name for o in holder.cl.objects] == ["o", "new"]
    with refusal():
        CClass(holder.metaclass, "new")
    assert [c.name for c in holder.metaclass.classes] == ["C", "new"]


def test_2_1_deleted_type_applying_the_stereotype_raises():
    other = CMetaclass("M2")
    stereotype = CStereotype("S2", extended=other, attributes={"gone": CAttribute(type=other)})
    gone = CClass(CMetaclass("X"), "gone")
    stereotype.attributes = {"gone": gone}
    gone.delete()
    cl = CClass(other, "C")
    with refusal():
        cl.stereotype_instances = stereotype


def test_2_1_deleted_type_assigning_attributes_that_contain_it_raises_while_instances_exist(holder):
    empty = CMetaclass("empty")
    empty.attributes = {"gone": holder.attribute}
    inhabited = CMetaclass("inhabited")
    CClass(inhabited, "I")
    with refusal():
        inhabited.attributes = {"gone": holder.attribute}


def test_2_1_deleted_type_dropping_it_on_a_metaclass_or_stereotype_with_instances_raises_and_keeps_them(
    holder,
):
    for classifier in (holder.metaclass, holder.stereotype):
        with refusal():
            classifier.attributes = {"kept": str}
        assert classifier.attribute_names == ["gone", "kept"]


def test_2_1_deleted_type_dropping_it_on_a_class_removes_slot_and_attribute(holder):
    holder.cl.attributes = {"kept": str}
    assert holder.cl.attribute_names == ["kept"]
    assert holder.obj.values == {"kept": "k"}


def test_2_1_deleted_type_creating_classifiers_and_subclassing_works(holder):
    sub = CClass(CMetaclass("N"), "sub", superclasses=holder.cl)
    assert sub.class_path == [sub, holder.cl]
    sub_metaclass = CMetaclass("SubM", superclasses=holder.metaclass)
    assert sub_metaclass.superclasses == [holder.metaclass]
