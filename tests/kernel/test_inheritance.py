"""Inheritance cannot go round in a circle; every list that depends on it has one order."""

import itertools

import pytest

from codeable.kernel import CClass, CException, CMetaclass, CObject, CStereotype


@pytest.mark.parametrize("kind", [CMetaclass, CStereotype])
@pytest.mark.parametrize("length", [1, 2, 3, 7])
def test_a_circle_is_refused_whatever_its_length(kind, length):
    chain = [kind(str(number)) for number in range(length)]
    for sub, top in itertools.pairwise(chain):
        sub.superclasses = top
    with pytest.raises(CException):
        chain[-1].superclasses = chain[0]
    assert chain[-1].superclasses == []
    assert chain[0].class_path == chain


def test_entries_before_the_one_that_closes_a_circle_stay():
    top, sub, other = CMetaclass("top"), CMetaclass("sub"), CMetaclass("other")
    sub.superclasses = top
    with pytest.raises(CException):
        top.superclasses = [other, sub]
    assert top.superclasses == [other]
    assert sub.class_path == [sub, top, other]


def test_a_diamond_is_no_circle():
    top, left, right, bottom = (CMetaclass(name) for name in "tlrb")
    left.superclasses = right.superclasses = top
    bottom.superclasses = [left, right]
    assert bottom.class_path == [bottom, left, top, right]
    top.superclasses = []
    with pytest.raises(CException):
        top.superclasses = bottom


def test_instances_come_in_the_order_of_subclasses_and_of_creation():
    top = CMetaclass("top")
    subs = [CMetaclass(str(number), superclasses=top) for number in range(20)]
    made = [CClass(sub, f"{sub}.{number}") for number in range(2) for sub in subs]
    assert top.all_classes == [one for sub in subs for one in made if one.metaclass is sub]
    classes = [CClass(top, str(number), superclasses=made[0]) for number in range(20)]
    objects = [CObject(one, "o") for one in reversed(classes)]
    assert made[0].all_objects == objects[::-1]


def test_inherited_associations_come_in_the_order_of_the_class_path():
    top, left, right, bottom = (CMetaclass(name) for name in "tlrb")
    left.superclasses = right.superclasses = top
    bottom.superclasses = [left, right]
    made = {one: one.association(top, "* -> *") for one in (top, right, left, bottom)}
    assert bottom.all_associations == [made[bottom], made[left], made[top], made[right]]
