"""Section 1.6: enums."""

import pytest
from codeable_models import CEnum

from tests.compat.kernel.expecting import refusal


def test_1_6_values_are_a_new_list_in_order():
    enum = CEnum("E", values=["b", "a", "c"])
    assert enum.values == ["b", "a", "c"]
    enum.values.append("x")
    assert enum.values == ["b", "a", "c"]


def test_1_6_the_list_given_can_change_without_changing_the_enum():
    given = ["a", "b"]
    enum = CEnum("E", values=given)
    given.append("c")
    assert enum.values == ["a", "b"]
    assert not enum.is_legal_value("c")


@pytest.mark.parametrize("nothing", [None, []])
def test_1_6_values_none_is_the_empty_list(nothing):
    assert CEnum("E", values=nothing).values == []
    enum = CEnum("E", values=["a"])
    enum.values = nothing
    assert enum.values == []


def test_1_6_an_enum_without_values_has_none():
    assert CEnum("E").values == []


@pytest.mark.parametrize("bad", [{"a"}, ("a",), "ab", 3, {"a": 1}, iter(["a"])])
def test_1_6_values_must_be_a_list(bad):
    with refusal():
        CEnum("E", values=bad)


def test_1_6_contents_are_unchecked():
    assert CEnum("E", values=[1, "a", None, 1.5]).values == [1, "a", None, 1.5]


def test_1_6_is_legal_value_is_a_membership_test():
    enum = CEnum("E", values=["a", 2])
    assert enum.is_legal_value("a")
    assert enum.is_legal_value(2)
    assert not enum.is_legal_value("b")
    assert not enum.is_legal_value(None)
    assert not CEnum("E").is_legal_value("a")


def test_1_6_is_legal_value_of_something_unhashable():
    assert not CEnum("E", values=["a"]).is_legal_value(["a"])
    assert CEnum("E", values=[["a"]]).is_legal_value(["a"])


def test_1_6_values_can_be_replaced():
    enum = CEnum("E", values=["a"])
    enum.values = ["b"]
    assert enum.values == ["b"]
    assert not enum.is_legal_value("a")


def test_1_6_delete_empties_the_values():
    enum = CEnum("E", values=["a"])
    enum.delete()
    assert enum.values == []
    assert enum.name is None
