"""Section 1.7: classifiers, their hierarchy and their associations."""

import pytest
from codeable_models import (
    CAssociation,
    CAttribute,
    CBundle,
    CClass,
    CClassifier,
    CEnum,
    CMetaclass,
    CObject,
    CStereotype,
    add_links,
)

from tests.compat.kernel.expecting import refusal

ONE_METACLASS = CMetaclass("M")
KINDS = {
    "metaclass": CMetaclass,
    "stereotype": CStereotype,
    "class": lambda name=None, **keywords: CClass(ONE_METACLASS, name, **keywords),
}


@pytest.fixture(params=KINDS)
def make(request):
    return KINDS[request.param]


def diamond(make):
    """Bottom below left and right, both below top."""
    top = make("top")
    left, right = make("left", superclasses=top), make("right", superclasses=top)
    return top, left, right, make("bottom", superclasses=[right, left])


def test_1_7_assigning_attributes_on_a_bare_classifier_raises():
    with refusal():
        CClassifier("C").attributes = {"a": int}
    with refusal():
        CClassifier("C", attributes={"a": int})


def test_1_7_attributes_are_in_definition_order_and_a_new_list(make):
    classifier = make("C", attributes={"b": int, "a": "x", "c": CAttribute(type=bool)})
    assert [a.name for a in classifier.attributes] == classifier.attribute_names == ["b", "a", "c"]
    assert all(isinstance(a, CAttribute) for a in classifier.attributes)
    classifier.attributes.clear()
    classifier.attribute_names.clear()
    assert classifier.attribute_names == ["b", "a", "c"]
    assert len(classifier.attributes) == 3


@pytest.mark.parametrize("nothing", [None, {}])
def test_1_7_attributes_set_to_nothing_removes_all(make, nothing):
    classifier = make("C", attributes={"b": int})
    classifier.attributes = nothing
    assert classifier.attributes == []
    assert classifier.attribute_names == []


@pytest.mark.parametrize("bad", ["text", 3, [int], int, ("a", int), CEnum("E")])
def test_1_7_attributes_set_to_no_dict_raises(make, bad):
    with refusal():
        make("C").attributes = bad


def test_1_7_get_attribute_looks_at_this_classifier_only(make):
    top = make("top", attributes={"a": int})
    sub = make("sub", attributes={"b": int}, superclasses=top)
    assert sub.get_attribute("b") is sub.attributes[0]
    assert sub.get_attribute("a") is None
    assert sub.attribute_names == ["b"]


@pytest.mark.parametrize("name", ["missing", None, 3, 1.5, ("a",)])
def test_1_7_get_attribute_of_an_unknown_or_strange_name_is_none(make, name):
    assert make("C", attributes={"a": int}).get_attribute(name) is None


def test_1_7_superclasses_are_in_declared_order_and_a_new_list(make):
    a, b = make("a"), make("b")
    c = make("c", superclasses=[b, a])
    assert c.superclasses == [b, a]
    c.superclasses.clear()
    assert c.superclasses == [b, a]


@pytest.mark.parametrize("as_iterable", [list, tuple, iter, dict.fromkeys, lambda xs: (x for x in xs)])
def test_1_7_superclasses_accept_any_iterable(make, as_iterable):
    a, b = make("a"), make("b")
    c = make("c")
    c.superclasses = as_iterable([b, a])
    assert c.superclasses == [b, a]
    assert a.subclasses == b.subclasses == [c]


def test_1_7_superclasses_accept_one_classifier(make):
    top = make("top")
    assert make("c", superclasses=top).superclasses == [top]


@pytest.mark.parametrize("nothing", [None, []])
def test_1_7_superclasses_set_to_nothing_clears(make, nothing):
    top = make("top")
    sub = make("sub", superclasses=top)
    sub.superclasses = nothing
    assert sub.superclasses == []
    assert top.subclasses == []


@pytest.mark.parametrize("bad", ["text", 3, object(), True])
def test_1_7_superclasses_set_to_anything_else_raises(make, bad):
    with refusal():
        make("C").superclasses = bad
    with refusal():
        make("C").superclasses = [bad]


def test_1_7_superclass_must_be_of_the_same_python_type():
    for kind, other in [(a, b) for a in KINDS for b in KINDS if a != b]:
        with refusal():
            KINDS[kind]("C").superclasses = [KINDS[other]("D")]


def test_1_7_superclass_of_a_class_may_have_any_metaclass():
    top = CClass(CMetaclass("other"), "top")
    assert CClass(CMetaclass("M"), "sub", superclasses=top).superclasses == [top]


def test_1_7_deleted_none_and_repeated_superclasses_raise(make):
    deleted, top = make("deleted"), make("top")
    deleted.delete()
    for bad in (deleted, [deleted], [None], [top, top]):
        with refusal():
            make("C").superclasses = bad


def test_1_7_reassigning_moves_to_the_end_of_the_superclasses_subclasses(make):
    top = make("top")
    a, b, c = (make(name, superclasses=top) for name in "abc")
    assert top.subclasses == [a, b, c]
    a.superclasses = [top]
    assert top.subclasses == [b, c, a]
    top.subclasses.clear()
    assert top.subclasses == [b, c, a]


def test_1_7_cyclic_inheritance_raises(make):
    top, left, right, bottom = diamond(make)
    for cycle in (bottom, left, top, [right]):
        with refusal():
            top.superclasses = cycle
        assert top.superclasses == []
    assert bottom.class_path == [bottom, right, top, left]


def test_1_7_all_superclasses_and_all_subclasses_are_transitive_without_self(make):
    top, left, right, bottom = diamond(make)
    assert bottom.all_superclasses == {top, left, right}
    assert left.all_superclasses == {top}
    assert top.all_superclasses == set()
    assert top.all_subclasses == {left, right, bottom}
    assert left.all_subclasses == {bottom}
    assert bottom.all_subclasses == set()


def test_1_7_all_superclasses_and_all_subclasses_are_new_sets(make):
    top, left, right, bottom = diamond(make)
    for name, element, expected in [
        ("all_superclasses", bottom, {top, left, right}),
        ("all_subclasses", top, {left, right, bottom}),
    ]:
        found = getattr(element, name)
        assert {*expected} == found
        found.add(element)
        assert found == {*expected, element}
        assert getattr(element, name).union({element}) == {*expected, element}
        assert getattr(element, name) == expected


def test_1_7_is_classifier_of_type(make):
    top, left, right, bottom = diamond(make)
    assert bottom.is_classifier_of_type(bottom)
    assert bottom.is_classifier_of_type(top)
    assert bottom.is_classifier_of_type(left)
    assert not top.is_classifier_of_type(bottom)
    assert not left.is_classifier_of_type(right)


def test_1_7_has_subclass_and_has_superclass_are_transitive_and_strict(make):
    top, left, right, bottom = diamond(make)
    assert top.has_subclass(bottom)
    assert top.has_subclass(left)
    assert bottom.has_superclass(top)
    assert not top.has_subclass(top)
    assert not top.has_superclass(top)
    assert not left.has_superclass(right)
    assert not bottom.has_subclass(top)


def test_1_7_has_subclass_and_has_superclass_of_none_is_false(make):
    assert make("C").has_subclass(None) is False
    assert make("C").has_superclass(None) is False


def test_1_7_associations_are_in_creation_order_source_or_target_self_association_once(make):
    a, b = make("a"), make("b")
    first = a.association(b, "* -> *")
    loop = a.association(a, "* -> *")
    back = b.association(a, "* -> *")
    assert a.associations == [first, loop, back]
    assert b.associations == [first, back]
    a.associations.clear()
    assert a.associations == [first, loop, back]


def test_1_7_all_associations_are_the_own_ones_followed_by_those_of_all_superclasses(make):
    top, left, right, bottom = diamond(make)
    other = make("other")
    of_top, of_left = top.association(other, "* -> *"), left.association(other, "* -> *")
    own, shared = bottom.association(other, "* -> *"), bottom.association(top, "* -> *")
    assert bottom.all_associations[:2] == [own, shared]
    assert len(bottom.all_associations) == 4
    assert set(bottom.all_associations) == {own, shared, of_top, of_left}
    assert right.all_associations == [of_top, shared]


def test_1_7_association_creates_and_returns_one_with_self_as_source(make):
    a, b = make("a"), make("b")
    relation = a.association(b, "uses: [from] 1 -> [to] *", aggregation=True)
    assert isinstance(relation, CAssociation)
    assert (relation.source, relation.target, relation.name) == (a, b, "uses")
    assert relation.aggregation
    assert a.association(b).multiplicity == "*"


def test_1_7_association_target_must_be_of_the_same_one_of_the_three_types():
    for kind, other in [(a, b) for a in KINDS for b in KINDS if a != b]:
        with refusal():
            KINDS[kind]("C").association(KINDS[other]("D"), "* -> *")


def test_1_7_association_of_another_classifier_does_not_check_its_target():
    classifier, metaclass = CClassifier("C"), CMetaclass("M")
    relation = classifier.association(metaclass, "* -> *")
    assert classifier.associations == metaclass.associations == [relation]


def test_1_7_association_cannot_be_the_target(make):
    relation = make("A").association(make("B"), "* -> *")
    with refusal():
        make("C").association(relation, "* -> *")


@pytest.mark.parametrize("bad", [None, "text", 3])
def test_1_7_association_with_no_classifier_raises(make, bad):
    with refusal():
        make("C").association(bad, "* -> *")


def test_1_7_association_on_a_deleted_end_is_created_and_registered_there(make):
    deleted, other = make("deleted"), make("other")
    deleted.delete()
    out, back = deleted.association(other, "* -> *"), other.association(deleted, "* -> *")
    assert deleted.associations == [out, back]
    assert other.associations == [out, back]


def test_1_7_delete_leaves_bundles_superclasses_and_subclasses(make):
    bundle = CBundle("B")
    top, other = make("top"), make("other")
    middle = make("middle", superclasses=top, bundles=bundle)
    bottom = make("bottom", superclasses=[middle, other])
    middle.delete()
    assert (middle.name, middle.is_deleted) == (None, True)
    assert (bundle.elements, middle.bundles) == ([], [])
    assert (top.subclasses, middle.superclasses, middle.subclasses) == ([], [], [])
    assert bottom.superclasses == [other]


def test_1_7_delete_deletes_every_association(make):
    a, b = make("a"), make("b")
    out, back, loop = a.association(b, "* -> *"), b.association(a, "* -> *"), a.association(a, "* -> *")
    stays = b.association(b, "* -> *")
    a.delete()
    assert [x.is_deleted for x in (out, back, loop, stays)] == [True, True, True, False]
    assert b.associations == [stays]
    assert a.associations == []


def test_1_7_delete_detaches_the_own_attributes(make):
    classifier = make("C", attributes={"a": int, "b": "x"})
    a, b = classifier.attributes
    classifier.delete()
    assert classifier.attributes == []
    assert [(x.name, x.classifier) for x in (a, b)] == [(None, None)] * 2


def test_1_7_association_accepts_associations_and_its_levels_classes_as_superclasses():
    metaclass, other = CMetaclass("M"), CMetaclass("N")
    relation, top = metaclass.association(metaclass, "* -> *"), metaclass.association(metaclass, "* -> *")
    relation.superclasses = [top, other]
    assert relation.superclasses == [top, other]
    assert other.subclasses == [relation]
    cl = CClass(metaclass, "C")
    class_relation = cl.association(cl, "* -> *", superclasses=[cl, relation])
    assert class_relation.superclasses == [cl, relation]


@pytest.mark.parametrize("level", ["metaclass", "class"])
def test_1_7_association_refuses_superclasses_of_another_level(level):
    metaclass = CMetaclass("M")
    cl = CClass(metaclass, "C")
    end, wrong = (metaclass, cl) if level == "metaclass" else (cl, metaclass)
    relation = end.association(end, "* -> *")
    for bad in (wrong, CStereotype("S"), CEnum("E"), [None], "text"):
        with refusal():
            relation.superclasses = bad


def test_1_7_stereotype_association_accepts_class_superclasses():
    stereotype, cl = CStereotype("S"), CClass(CMetaclass("M"), "C")
    assert stereotype.association(stereotype, "* -> *", superclasses=cl).superclasses == [cl]


def test_1_7_a_class_above_an_association_lists_objects_only_of_classes():
    cl = CClass(CMetaclass("M"), "C")
    relation = cl.association(cl, "[from] * -> [to] *", superclasses=cl)
    first, second = CObject(cl, "1"), CObject(cl, "2")
    assert cl.all_objects == [first, second]
    add_links({first: second}, association=relation)
    assert cl.objects == [first, second]
