"""Section 1.9: associations."""

import pytest
from codeable_models import CAssociation, CBundle, CClass, CEnum, CMetaclass, CObject, CStereotype, add_links

from tests.compat.kernel.expecting import refusal


@pytest.fixture
def ends():
    return CMetaclass("A"), CMetaclass("B")


@pytest.fixture
def relation(ends):
    return ends[0].association(ends[1], "label: [from] 1 -> [to] *")


def test_1_9_source_and_target_are_plain_and_kept_after_deletion(ends, relation):
    assert (relation.source, relation.target) == ends
    relation.delete()
    assert (relation.source, relation.target) == ends
    assert relation.is_deleted


def test_1_9_name_and_role_names(relation):
    assert (relation.name, relation.source_role_name, relation.role_name) == ("label", "from", "to")


def test_1_9_defaults(ends):
    relation = CAssociation(*ends)
    assert relation.name is None
    assert relation.role_name is relation.source_role_name is None
    assert (relation.multiplicity, relation.source_multiplicity) == ("*", "1")
    assert (relation.lower_multiplicity, relation.upper_multiplicity) == (0, -1)
    assert (relation.source_lower_multiplicity, relation.source_upper_multiplicity) == (1, 1)
    assert relation.aggregation is False
    assert relation.composition is False
    assert relation.derived_from is None
    assert relation.stereotypes == relation.stereotype_instances == relation.derived_associations == []
    assert relation.tagged_values == {}
    assert relation.superclasses == []


def test_1_9_star_multiplicity_is_minus_one():
    assert CAssociation.STAR_MULTIPLICITY == -1


def test_1_9_role_names_are_unchecked(relation):
    relation.role_name, relation.source_role_name = 3, ""
    assert (relation.role_name, relation.source_role_name) == (3, "")


def test_1_9_multiplicity_is_stored_verbatim(relation):
    relation.multiplicity, relation.source_multiplicity = " 1 .. 2 ", " *"
    assert (relation.multiplicity, relation.source_multiplicity) == (" 1 .. 2 ", " *")


def test_1_9_multiplicity_is_stored_even_when_malformed(relation):
    with refusal():
        relation.multiplicity = "1..x"
    with refusal():
        relation.source_multiplicity = "-1"
    assert (relation.multiplicity, relation.source_multiplicity) == ("1..x", "-1")


@pytest.mark.parametrize(("flag", "other"), [("aggregation", "composition"), ("composition", "aggregation")])
def test_1_9_setting_one_flag_clears_the_other(relation, flag, other):
    setattr(relation, other, True)
    setattr(relation, flag, True)
    assert getattr(relation, flag) is True
    assert getattr(relation, other) is False


@pytest.mark.parametrize(("flag", "other"), [("aggregation", "composition"), ("composition", "aggregation")])
def test_1_9_clearing_one_flag_leaves_the_other(relation, flag, other):
    setattr(relation, other, True)
    setattr(relation, flag, False)
    assert getattr(relation, other) is True
    assert getattr(relation, flag) is False


def test_1_9_get_opposite_classifier(ends, relation):
    assert relation.get_opposite_classifier(ends[0]) is ends[1]
    assert relation.get_opposite_classifier(ends[1]) is ends[0]
    loop = ends[0].association(ends[0], "* -> *")
    assert loop.get_opposite_classifier(ends[0]) is ends[0]


@pytest.mark.parametrize("bad", [None, "text", CMetaclass("C"), CStereotype("S")])
def test_1_9_get_opposite_classifier_raises_for_another(relation, bad):
    with refusal():
        relation.get_opposite_classifier(bad)


def test_1_9_attributes_are_an_empty_list_and_cannot_be_set(relation):
    assert relation.attributes == []
    for value in ({"a": int}, {}, None, []):
        with refusal():
            relation.attributes = value


def test_1_9_ends_is_always_none(relation):
    assert relation.ends is None


def test_1_9_str_is_the_label_or_nothing(ends, relation):
    assert str(relation) == "label"
    assert str(CAssociation(*ends)) == ""


def test_1_9_repr_shows_label_and_ends(relation):
    assert repr(relation) == "CAssociation name = label, source = A -> target = B"


def test_1_9_stereotypes_raise_for_a_class_level_association():
    cl = CClass(CMetaclass("M"), "C")
    relation = cl.association(cl, "* -> *")
    for value in (None, [], CStereotype("S"), "text"):
        with refusal():
            relation.stereotypes = value
    assert relation.stereotypes == []


def test_1_9_delete_deletes_exactly_its_registered_links():
    metaclass = CMetaclass("M")
    relation = metaclass.association(metaclass, "[from] * -> [to] *")
    other = metaclass.association(metaclass, "[f] * -> [t] *")
    a, b = CClass(metaclass, "a"), CClass(metaclass, "b")
    mine = [*add_links({a: [a, b]}, role_name="to"), *add_links({b: a}, role_name="to")]
    [stays] = add_links({a: b}, role_name="t")
    relation.delete()
    assert [link.is_deleted for link in mine] == [True] * 3
    assert not stays.is_deleted
    assert a.links == b.links == [stays]
    assert not other.is_deleted


def test_1_9_delete_deletes_links_whose_source_end_is_a_link():
    metaclass = CMetaclass("M")
    relation = metaclass.association(metaclass, "[from] * -> [to] *", superclasses=metaclass)
    upon = metaclass.association(metaclass, "[noted] * -> [note] *")
    a, note = CClass(metaclass, "a"), CClass(metaclass, "note")
    [link] = add_links({a: a}, association=relation)
    [second] = add_links({link: note}, role_name="note")
    assert second.association is upon
    upon.delete()
    assert second.is_deleted
    assert not link.is_deleted
    assert link.links == note.links == []


def test_1_9_delete_leaves_ends_stereotypes_and_bundles(ends, relation):
    stereotype, bundle, top = CStereotype("S"), CBundle("B"), CMetaclass("T")
    relation.stereotypes, relation.bundles, relation.superclasses = stereotype, bundle, top
    relation.delete()
    assert ends[0].associations == ends[1].associations == []
    assert stereotype.extended == bundle.elements == top.subclasses == []
    assert relation.stereotypes == relation.bundles == relation.superclasses == []


def test_1_9_delete_leaves_stereotype_instances_and_its_origin():
    metaclass = CMetaclass("M")
    origin = metaclass.association(metaclass, "* -> *")
    stereotype, cl = CStereotype("S", extended=origin), CClass(metaclass, "C")
    derived = cl.association(cl, "* -> *", derived_from=origin, stereotype_instances=stereotype)
    derived.delete()
    assert stereotype.extended_instances == []
    assert origin.derived_associations == []


def test_1_9_delete_resets_derived_from_of_what_is_derived():
    metaclass = CMetaclass("M")
    origin = metaclass.association(metaclass, "* -> *")
    cl = CClass(metaclass, "C")
    first, second = (cl.association(cl, "* -> *", derived_from=origin) for _ in range(2))
    origin.delete()
    assert first.derived_from is second.derived_from is None
    assert not first.is_deleted
    assert origin.derived_associations == []


def test_1_9_constructor_does_not_check_its_ends():
    cl, enum = CClass(CMetaclass("M"), "C"), CMetaclass("N")
    relation = CAssociation(cl, enum, "* -> *")
    assert (relation.source, relation.target) == (cl, enum)
    assert cl.associations == enum.associations == [relation]


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


def test_1_9_enum_is_no_end():
    with refusal():
        CMetaclass("M").association(CEnum("E"), "* -> *")


def test_1_9_objects_are_no_ends():
    cl = CClass(CMetaclass("M"), "C")
    with refusal():
        cl.association(CObject(cl, "o"), "* -> *")
