"""Sections 1.9.1 and 1.9.2: multiplicity strings and association descriptors."""

import pytest
from codeable_models import CAssociation, CMetaclass

from tests.compat.kernel.expecting import refusal


@pytest.fixture
def ends():
    return CMetaclass("A"), CMetaclass("B")


@pytest.fixture
def relation(ends):
    return ends[0].association(ends[1], "label: [from] 1 -> [to] *")


# text, lower, upper
MULTIPLICITIES = [
    ("*", 0, -1),
    (" * ", 0, -1),
    ("1", 1, 1),
    (" 3 ", 3, 3),
    ("0", 0, 0),
    ("+2", 2, 2),
    ("1_000", 1000, 1000),
    ("0..1", 0, 1),
    ("1..*", 1, -1),
    ("1 .. 2", 1, 2),
    (" 1..2 ", 1, 2),
    ("1.. * ", 1, -1),
    ("1..0", 1, 0),
    ("0..0", 0, 0),
    ("5..1_0", 5, 10),
    ("2..+3", 2, 3),
]

MALFORMED = [
    "",
    " ",
    "a",
    "-1",
    "1.5",
    "*..2",
    "*..*",
    "1..",
    "..3",
    "..",
    "1...2",
    "-1..2",
    "1..-2",
    "1..2..3",
    "1 2",
    "**",
]


@pytest.mark.parametrize(("text", "lower", "upper"), MULTIPLICITIES)
def test_1_9_1_multiplicity(relation, text, lower, upper):
    relation.multiplicity = text
    assert (relation.lower_multiplicity, relation.upper_multiplicity) == (lower, upper)
    relation.source_multiplicity = text
    assert (relation.source_lower_multiplicity, relation.source_upper_multiplicity) == (lower, upper)


@pytest.mark.parametrize("text", MALFORMED)
def test_1_9_1_malformed_multiplicity_raises(ends, relation, text):
    with refusal():
        relation.multiplicity = text
    with refusal():
        relation.source_multiplicity = text
    with refusal():
        CAssociation(*ends, multiplicity=text)
    with refusal():
        CAssociation(*ends, source_multiplicity=text)


@pytest.mark.parametrize("bad", [None, 1, -1, ["1"], b"1", 1.0])
def test_1_9_1_multiplicity_must_be_a_text(relation, bad):
    with refusal():
        relation.multiplicity = bad
    with refusal():
        relation.source_multiplicity = bad


# descriptor: label, source role, source multiplicity, role, multiplicity, aggregation, composition
DESCRIPTORS = {
    "1 -> *": (None, None, "1", None, "*", False, False),
    "1->*": (None, None, "1", None, "*", False, False),
    "  1   ->   *  ": (None, None, "1", None, "*", False, False),
    "0..1 <>- 1..*": (None, None, "0..1", None, "1..*", True, False),
    "0..1 <*>- 1..*": (None, None, "0..1", None, "1..*", False, True),
    "[a] 1 -> [b] *": (None, "a", "1", "b", "*", False, False),
    "[a]1->[b]*": (None, "a", "1", "b", "*", False, False),
    "[a b] 1 -> [ c ] *": (None, "a b", "1", " c ", "*", False, False),
    "[a] -> [b]": (None, "a", "1", "b", "*", False, False),
    "2 -> [b]": (None, None, "2", "b", "*", False, False),
    "[a] -> 2": (None, "a", "1", None, "2", False, False),
    "label: 1 -> *": ("label", None, "1", None, "*", False, False),
    "  two words  :1 -> *": ("two words", None, "1", None, "*", False, False),
    ": 1 -> *": ("", None, "1", None, "*", False, False),
    "agrees on: [participants] * ->[contracts] *": (
        "agrees on",
        "participants",
        "*",
        "contracts",
        "*",
        False,
        False,
    ),
    "[api] 1 <*>- [contract] 1": (None, "api", "1", "contract", "1", False, True),
    "uses: [conversations] * -> [messages]*": ("uses", "conversations", "*", "messages", "*", False, False),
    "1 ignored -> 2 ignored too": (None, None, "1", None, "2", False, False),
    "[a] 1 ignored -> [b] 2 ignored": (None, "a", "1", "b", "2", False, False),
    "1 .. 2 -> *": (None, None, "1", None, "*", False, False),
    "before [a] 3 -> junk [b]4": (None, "a", "3", "b", "4", False, False),
    "[a] [b] 1 -> 1": None,
    "[a:b] 1 -> 1": None,
    "x: y: 1 -> *": None,
    "": None,
    " ": None,
    "->": None,
    " -> ": None,
    "[] -> []": None,
    "1->1:": None,
    "1 - *": None,
    "1 <- *": None,
    "1 <> *": None,
    "1 1": None,
    "1 -> ": None,
    " <>- 1": None,
    "a -> b": None,
    "-1 -> *": None,
    "label": None,
    "label:": None,
}


@pytest.mark.parametrize("descriptor", [d for d, parts in DESCRIPTORS.items() if parts])
def test_1_9_2_descriptor(ends, descriptor):
    r = ends[0].association(ends[1], descriptor)
    assert DESCRIPTORS[descriptor] == (
        r.name,
        r.source_role_name,
        r.source_multiplicity,
        r.role_name,
        r.multiplicity,
        r.aggregation,
        r.composition,
    )


@pytest.mark.parametrize("descriptor", [d for d, parts in DESCRIPTORS.items() if not parts])
def test_1_9_2_malformed_descriptor_raises(ends, descriptor):
    with refusal():
        ends[0].association(ends[1], descriptor)
    with refusal():
        CAssociation(*ends, descriptor)


def test_1_9_2_the_first_plain_arrow_wins_over_the_others_anywhere(ends):
    relation = ends[0].association(ends[1], "1 <>- 2 -> 3")
    assert (relation.source_multiplicity, relation.multiplicity) == ("1", "3")
    assert not relation.aggregation
    aggregated = ends[0].association(ends[1], "1 <*>- <>- 3")
    assert (aggregated.aggregation, aggregated.composition) == (True, False)
    assert (aggregated.source_multiplicity, aggregated.multiplicity) == ("1", "3")


def test_1_9_2_none_is_no_descriptor(ends):
    assert ends[0].association(ends[1], None).multiplicity == "*"


def test_1_9_2_descriptor_label_wins_over_name_keyword(ends):
    assert ends[0].association(ends[1], "from descriptor: 1 -> *", name="given").name == "from descriptor"
    assert ends[0].association(ends[1], ": 1 -> *", name="given").name == ""
    assert ends[0].association(ends[1], "1 -> *", name="given").name == "given"


def test_1_9_2_other_keywords_win_over_the_descriptor(ends):
    relation = ends[0].association(
        ends[1],
        "[a] 1 <>- [b] *",
        role_name="r",
        multiplicity="7",
        source_role_name="s",
        source_multiplicity="8",
        composition=True,
    )
    assert (relation.role_name, relation.multiplicity) == ("r", "7")
    assert (relation.source_role_name, relation.source_multiplicity) == ("s", "8")
    assert (relation.aggregation, relation.composition) == (False, True)


@pytest.mark.parametrize("bad", [1, ["1 -> *"], b"1 -> *"])
def test_1_9_2_descriptor_that_is_no_text_raises(ends, bad):
    with refusal():
        ends[0].association(ends[1], bad)
