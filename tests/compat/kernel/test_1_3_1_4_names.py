"""Sections 1.3 and 1.4: exceptions, names and deletion."""

import pytest
from codeable_models import (
    CBundlable,
    CBundle,
    CClass,
    CEnum,
    CException,
    CLayer,
    CMetaclass,
    CNamedElement,
    CObject,
    CPackage,
    CStereotype,
)

NAMED = {
    "CNamedElement": CNamedElement,
    "CBundlable": CBundlable,
    "CBundle": CBundle,
    "CPackage": CPackage,
    "CLayer": CLayer,
    "CEnum": CEnum,
    "CMetaclass": CMetaclass,
    "CStereotype": CStereotype,
    "CClass": lambda name: CClass(CMetaclass("M"), name),
    "CObject": lambda name: CObject(CClass(CMetaclass("M"), "C"), name),
}


@pytest.mark.parametrize("value", ["text", "quo'te", "both'\"", "", 5, None, ["a"]])
def test_1_3_exception_holds_its_value_and_shows_its_repr(value):
    error = CException(value)
    assert error.value == value
    assert str(error) == repr(value)
    assert repr(error) == repr(value)


def test_1_3_exception_can_be_raised_and_caught():
    with pytest.raises(Exception, match="text") as caught:
        raise CException("text")
    assert caught.value.value == "text"


@pytest.mark.parametrize("kind", NAMED)
def test_1_4_new_element_has_its_name_and_is_not_deleted(kind):
    element = NAMED[kind]("some name")
    assert element.name == "some name"
    assert element.is_deleted is False


@pytest.mark.parametrize("kind", NAMED)
def test_1_4_delete_takes_the_name_marks_and_returns_none(kind):
    element = NAMED[kind]("some name")
    assert element.delete() is None
    assert element.name is None
    assert element.is_deleted is True


@pytest.mark.parametrize("kind", NAMED)
def test_1_4_delete_is_a_no_op_when_already_deleted(kind):
    element = NAMED[kind]("some name")
    element.delete()
    element.name = "again"
    assert element.delete() is None
    assert element.name == "again"


@pytest.mark.parametrize("kind", NAMED)
def test_1_4_str_is_the_name(kind):
    element = NAMED[kind]("some name")
    assert str(element) == "some name"
    assert f"{element}" == "some name"
    element.name = None
    assert str(element) == ""


@pytest.mark.parametrize("kind", NAMED)
def test_1_4_repr_is_the_default_one_with_the_name_appended(kind):
    element = NAMED[kind]("some name")
    assert repr(element) == object.__repr__(element) + ": some name"
    element.name = None
    assert repr(element) == object.__repr__(element)


@pytest.mark.parametrize("kind", NAMED)
def test_1_4_name_and_is_deleted_are_plain_attributes(kind):
    element = NAMED[kind]("some name")
    element.name = "other"
    assert element.name == "other"
    element.is_deleted = True
    element.delete()
    assert element.name == "other"


def test_1_4_texts_of_any_kind_are_names():
    for name in ("", " ", "größer ∞", "a\nb", 'quote " mark'):
        assert CNamedElement(name).name == name
        assert str(CNamedElement(name)) == name
