"""A list that contains itself is a value like any other: kept, shown in messages, read and drawn."""

import pytest

from codeable.kernel import CAttribute, CClass, CEnum, CException, CMetaclass, CStereotype
from codeable.kernel.describe import describe


def in_itself() -> list[object]:
    value: list[object] = []
    value.append(value)
    return value


def deep(depth: int = 10_000) -> list[object]:
    value: list[object] = []
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize("make", [in_itself, deep])
def test_such_a_list_is_a_value_of_a_list_attribute(make) -> None:
    value = make()
    source = CMetaclass("Source", attributes={"notes": list})
    s4 = CClass(source, "s4", values={"notes": value})
    assert s4.get_value("notes") is value
    assert CMetaclass("Source", attributes={"notes": value}).get_attribute("notes").type is list


@pytest.mark.parametrize("make", [in_itself, deep])
def test_a_message_names_the_outer_lists(make) -> None:
    value = make()
    for call in (
        lambda: CClass(CMetaclass("Source", attributes={"title": str}), "s4", values={"title": value}),
        lambda: CMetaclass("Source", attributes={"title": CAttribute(type=str, default=value)}),
        lambda: CMetaclass("Source", superclasses=value),
        lambda: CMetaclass("Source").association(value),
        lambda: CStereotype("Option", extended=value),
        lambda: CMetaclass(value),
    ):
        with pytest.raises(CException) as caught:
            call()
        assert caught.value.value.count("a list of 1, beginning with") == 3
        assert len(caught.value.value.splitlines()) == 1


def test_a_deep_tuple_of_sets_is_described_too() -> None:
    value: object = "inside"
    for _ in range(5_000):
        value = frozenset([(value,)])
    assert describe([value]).startswith(
        "a list of 1, beginning with a frozenset of 1, beginning with a tuple of 1"
    )


def test_an_enumeration_compares_such_lists() -> None:
    first, second = in_itself(), in_itself()
    impact = CEnum("Impact", values=["+", first])
    assert impact.is_legal_value(first)
    assert not impact.is_legal_value(second)
