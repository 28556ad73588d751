"""The nearest declared name, among few and among very many."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeable.spelling import Spellings

NAMES = ["data_catalogue", "rest_apis", "event_streaming", "master_data_management", "VMs", "communication"]
DECLARED = Spellings({name: name for name in NAMES})


def is_slip(one: str, other: str) -> bool:
    return Spellings({other: other}).slip(one) == other


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("data_catalog", "data_catalogue"),
        ("rest_api", "rest_apis"),
        ("Event_Streaming", "event_streaming"),
        ("communicaton", "communication"),
        ("mdm", None),
        ("streaming_event", "event_streaming"),
        ("streaming_of_event", None),
        ("caching", None),
        ("ETL_communications", "communication"),
        ("management", None),
        ("data_management", "master_data_management"),
        ("vms", "VMs"),
        ("data_lineage", None),
        ("dm", None),
        ("", None),
    ],
)
def test_the_nearest_name_is_one_that_is_near(name: str, nearest: str | None) -> None:
    assert DECLARED.nearest(name) == nearest


@pytest.mark.parametrize(
    ("one", "other"),
    [("caching", "caches"), ("encrypting", "encryption"), ("policy", "policies"), ("re_use", "reuse"),
     ("trustworty", "trustworthy"), ("comunication", "communication"), ("Cost", "cost"),
     ("qeury", "query"), ("ulr", "url")],
)  # fmt: skip
def test_a_small_slip_is_one_in_both_directions(one: str, other: str) -> None:
    assert is_slip(one, other) and is_slip(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("structured_data", "unstructured_data"), ("synchronous", "asynchronous"), ("input_port", "output_port"),
     ("s_16", "s_17"), ("sql", "sqs"), ("storage_decision", "sharing_decision"), ("cost", "cast_iron")],
)  # fmt: skip
def test_other_names_are_no_slips(one: str, other: str) -> None:
    assert not is_slip(one, other)


def test_of_several_names_that_hold_it_none_is_proposed() -> None:
    names = ("product_catalogue", "service_catalogue")
    assert Spellings({name: name for name in names}).nearest("catalogue") is None


def test_of_two_that_are_equally_near_the_first_counts() -> None:
    assert Spellings({"costs": "first", "cost": "second"}).nearest("costing") == "first"


def test_nothing_is_near_when_there_is_nothing() -> None:
    assert Spellings({}).nearest("cost") is None


def test_a_name_that_nobody_writes_is_not_compared() -> None:
    spellings = Spellings({"a" * 500: "long"})
    assert spellings.nearest("a" * 500) is None
    assert spellings.nearest("a" * 199) is None


def test_a_name_is_found_among_very_many_that_share_its_words() -> None:
    many = {f"data_product_number_{number}": str(number) for number in range(2_000)}
    assert Spellings({**many, "data_catalogue": "it"}).nearest("data_catalog") == "it"


@given(st.lists(st.text("abc_", min_size=4, max_size=9), min_size=1, max_size=9), st.integers(0, 99))
def test_a_name_that_is_there_is_the_nearest_to_itself(names: list[str], index: int) -> None:
    name = names[index % len(names)]
    assert Spellings({one: one for one in names}).nearest(name) == name
