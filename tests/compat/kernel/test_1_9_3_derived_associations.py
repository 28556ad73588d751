"""Section 1.9.3: associations between classes that are derived from one between their metaclasses."""

import pytest
from codeable_models import CClass, CMetaclass, CObject, CStereotype

from tests.compat.kernel.expecting import failure, refusal


class Derivation:
    """Metaclasses A -> B with an origin, and three levels of classes below each other on both sides."""

    def __init__(self, origin="* -> *"):
        self.a, self.b = CMetaclass("A"), CMetaclass("B")
        self.origin = self.a.association(self.b, origin)
        self.sources, self.targets = self.levels(self.a), self.levels(self.b)

    @staticmethod
    def levels(metaclass):
        top = CClass(metaclass, "top")
        middle = CClass(metaclass, "middle", superclasses=top)
        return top, middle, CClass(metaclass, "bottom", superclasses=middle)

    def derive(self, descriptor, source=0, target=None):
        """Derives an association between the classes of these levels (0: top)."""
        target = source if target is None else target
        relation = self.sources[source].association(self.targets[target], descriptor)
        relation.derived_from = self.origin
        return relation


def test_1_9_3_derived_from_relates_both_ends():
    d = Derivation()
    first, second = d.derive("* -> *"), d.derive("* -> *")
    assert first.derived_from is second.derived_from is d.origin
    assert d.origin.derived_associations == [first, second]
    assert d.origin.derived_from is None


def test_1_9_3_derived_associations_is_the_live_list():
    d = Derivation()
    live = d.origin.derived_associations
    relation = d.derive("* -> *")
    assert live == [relation]
    assert live is d.origin.derived_associations
    relation.derived_from = None
    assert live == []


def test_1_9_3_none_detaches():
    d = Derivation()
    relation = d.derive("* -> *")
    relation.derived_from = None
    assert relation.derived_from is None
    assert d.origin.derived_associations == []
    relation.derived_from = None
    assert relation.derived_from is None


def test_1_9_3_a_new_origin_replaces_the_previous_one():
    d = Derivation()
    other = d.a.association(d.b, "* -> *")
    relation = d.derive("* -> *")
    existing = d.sources[1].association(d.targets[1], "* -> *", derived_from=other)
    relation.derived_from = other
    assert d.origin.derived_associations == []
    assert other.derived_associations == [existing, relation]


@pytest.mark.parametrize("bad", ["text", 3, CMetaclass("M"), CClass(CMetaclass("M"), "C"), []])
def test_1_9_3_origin_must_be_an_association(bad):
    d = Derivation()
    relation = d.derive("* -> *")
    with refusal():
        relation.derived_from = bad
    assert relation.derived_from is d.origin


def test_1_9_3_own_ends_must_be_classes_and_those_of_the_origin_metaclasses():
    d = Derivation()
    class_level = d.sources[0].association(d.targets[0], "* -> *")
    meta_level = d.a.association(d.b, "* -> *")
    with refusal():
        class_level.derived_from = d.sources[0].association(d.targets[0], "* -> *")
    with refusal():
        meta_level.derived_from = d.origin
    with refusal():
        meta_level.derived_from = class_level


def test_1_9_3_ends_may_be_instances_of_sub_metaclasses():
    d = Derivation()
    sub_a, sub_b = CMetaclass("SubA", superclasses=d.a), CMetaclass("SubB", superclasses=d.b)
    relation = CClass(sub_a).association(CClass(sub_b), "* -> *", derived_from=d.origin)
    assert d.origin.derived_associations == [relation]


@pytest.mark.parametrize("wrong", ["source", "target", "reversed", "above"])
def test_1_9_3_ends_of_other_metaclasses_and_reversal_are_refused(wrong):
    d = Derivation()
    other = CClass(CMetaclass("other"), "other")
    above_metaclass = CMetaclass("above")
    d.a.superclasses = above_metaclass
    source, target = {
        "source": (other, d.targets[0]),
        "target": (d.sources[0], other),
        "reversed": (d.targets[0], d.sources[0]),
        "above": (CClass(above_metaclass), d.targets[0]),
    }[wrong]
    relation = source.association(target, "* -> *")
    with refusal():
        relation.derived_from = d.origin
    assert relation.derived_from is None
    assert d.origin.derived_associations == []


# origin, derived, accepted
BOUNDS = [
    ("* -> *", "1 -> 3", True),
    ("* -> *", "* -> *", True),
    ("* -> 1..3", "* -> 1..3", True),
    ("* -> 1..3", "* -> 2", True),
    ("* -> 1..3", "* -> 0..2", False),
    ("* -> 1..3", "* -> 1..4", False),
    ("* -> 1..3", "* -> 1..*", False),
    ("* -> 1..*", "* -> *", False),
    ("* -> 1..*", "* -> 1..*", True),
    ("1 -> *", "1 -> *", True),
    ("1 -> *", "0..1 -> *", False),
    ("1 -> *", "1..2 -> *", False),
    ("0..1 -> *", "* -> *", False),
    ("1..3 -> *", "3 -> *", True),
    ("1..3 -> *", "4 -> *", False),
]


@pytest.mark.parametrize(("origin", "derived", "accepted"), BOUNDS)
def test_1_9_3_multiplicities_must_lie_within_those_of_the_origin(origin, derived, accepted):
    d = Derivation(origin)
    if accepted:
        assert d.derive(derived).derived_from is d.origin
    else:
        relation = d.sources[0].association(d.targets[0], derived)
        with refusal():
            relation.derived_from = d.origin
        assert (relation.derived_from, d.origin.derived_associations) == (None, [])


@pytest.mark.parametrize("arrow", ["->", "<>-", "<*>-"])
@pytest.mark.parametrize("own", ["->", "<>-", "<*>-"])
def test_1_9_3_aggregation_and_composition_flags_must_be_equal(arrow, own):
    d = Derivation(f"* {arrow} *")
    if arrow == own:
        assert d.derive(f"* {own} *").derived_from is d.origin
    else:
        with refusal():
            d.derive(f"* {own} *")
        assert d.origin.derived_associations == []


def test_1_9_3_upper_bounds_of_parallel_associations_are_added():
    d = Derivation("* -> 0..3")
    d.derive("* -> 0..2")
    d.derive("* -> 0..1")
    with refusal():
        d.derive("* -> 0..1")
    d = Derivation("0..3 -> *")
    d.derive("0..2 -> *")
    with refusal():
        d.derive("0..2 -> *")


def test_1_9_3_an_unbounded_summand_makes_the_sum_unbounded():
    d = Derivation("* -> 0..3")
    first = d.derive("* -> 0..1")
    first.multiplicity = "*"
    with refusal():
        d.derive("* -> 0..1")
    d = Derivation("* -> *")
    d.derive("* -> *")
    assert d.derive("* -> 5").derived_from is d.origin


def test_1_9_3_associations_below_at_both_ends_count_for_the_one_above():
    d = Derivation("* -> 0..3")
    d.derive("* -> 0..2", source=1)
    with refusal():
        d.derive("* -> 0..2", source=0)
    d.derive("* -> 0..1", source=0)


def test_1_9_3_associations_strictly_above_at_both_ends_are_checked_again():
    d = Derivation("* -> 0..3")
    d.derive("* -> 0..2", source=0)
    with refusal():
        d.derive("* -> 0..2", source=1)
    d.derive("* -> 0..1", source=1)


def test_1_9_3_the_lower_bound_of_an_association_above_is_checked_again_too():
    d = Derivation("* -> 1..9")
    above = d.derive("* -> 1..2", source=0)
    above.multiplicity = "0..2"
    with refusal():
        d.derive("* -> 1", source=1)


@pytest.mark.parametrize(("source", "target"), [(1, 0), (0, 1)])
def test_1_9_3_an_association_above_at_one_end_only_is_not_checked_again(source, target):
    d = Derivation("* -> 0..3")
    d.derive("* -> 0..2", source=0)
    assert d.derive("* -> 0..3", source=source, target=target).derived_from is d.origin


def test_1_9_3_an_association_below_at_one_end_counts_for_the_one_above():
    d = Derivation("* -> 0..3")
    d.derive("* -> 0..2", source=1, target=0)
    with refusal():
        d.derive("* -> 0..2", source=0)


def test_1_9_3_unrelated_classes_do_not_count():
    d = Derivation("* -> 0..3")
    d.derive("* -> 0..3")
    other_source, other_target = CClass(d.a), CClass(d.b)
    assert other_source.association(other_target, "* -> 0..3", derived_from=d.origin).derived_from is d.origin


def test_1_9_3_assigning_the_origin_again_counts_twice():
    d = Derivation("* -> 0..2")
    d.derive("* -> 0..1", source=0)
    lower = d.derive("* -> 0..1", source=1)
    with refusal():
        lower.derived_from = d.origin
    assert lower.derived_from is d.origin
    d = Derivation("* -> 0..3")
    upper = d.derive("* -> 0..1", source=0)
    lower = d.derive("* -> 0..1", source=1)
    lower.derived_from = d.origin
    assert d.origin.derived_associations == [upper, lower]
    upper.derived_from = d.origin
    assert d.origin.derived_associations == [lower, upper]


@pytest.mark.parametrize(("bound", "accepted"), [(10, False), (11, True)])
def test_1_9_3_with_three_levels_the_middle_one_counts_twice(bound, accepted):
    """At the last step the top is checked with 1 of its own, 5 added, and 5 as the sum of those below."""
    d = Derivation(f"* -> 0..{bound}")
    d.derive("* -> 0..1", source=0)
    d.derive("* -> 0..5", source=1)
    if accepted:
        d.derive("* -> 0..1", source=2)
    else:
        with refusal():
            d.derive("* -> 0..1", source=2)


@pytest.mark.parametrize(("bound", "accepted"), [(6, False), (7, True)])
def test_1_9_3_with_three_levels_and_the_middle_one_last_it_counts_once(bound, accepted):
    d = Derivation(f"0..{bound} -> *")
    d.derive("0..1 -> *", source=2)
    d.derive("0..1 -> *", source=0)
    if accepted:
        d.derive("0..5 -> *", source=1)
    else:
        with refusal():
            d.derive("0..5 -> *", source=1)


def test_1_9_3_a_deleted_association_is_accepted_as_origin():
    d = Derivation()
    d.origin.delete()
    assert d.derive("* -> *").derived_from is d.origin


def test_1_9_3_a_deleted_class_as_own_end_fails():
    d = Derivation()
    relation = d.sources[0].association(d.targets[0], "* -> *")
    d.sources[0].delete()
    with failure(AttributeError):
        relation.derived_from = d.origin


def test_1_9_3_keywords_multiplicities_must_precede_derived_from():
    d = Derivation("1 -> 1")
    source, target = d.sources[0], d.targets[0]
    assert source.association(target, multiplicity="1", derived_from=d.origin).derived_from is d.origin
    d = Derivation("1 -> 1")
    with refusal():
        d.sources[0].association(d.targets[0], derived_from=d.origin, multiplicity="1")


def test_1_9_3_keywords_the_descriptor_precedes_derived_from():
    d = Derivation("1 <>- 1")
    assert d.sources[0].association(d.targets[0], "1 <>- 1", derived_from=d.origin).derived_from is d.origin


def test_1_9_3_keywords_derived_from_must_precede_stereotype_instances():
    d = Derivation()
    stereotype = CStereotype("S", extended=d.origin)
    source, target = d.sources[0], d.targets[0]
    relation = source.association(target, "* -> *", derived_from=d.origin, stereotype_instances=stereotype)
    assert relation.stereotype_instances == [stereotype]
    with refusal():
        source.association(target, "* -> *", stereotype_instances=stereotype, derived_from=d.origin)


def test_1_9_3_links_of_a_derived_association_are_ordinary_links():
    d = Derivation()
    relation = d.derive("[from] * -> [to] *")
    source, target = CObject(d.sources[0]), CObject(d.targets[0])
    [link] = source.add_links(target, role_name="to")
    assert link.association is relation
