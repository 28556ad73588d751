"""Cached properties of classifiers are rebuilt when the vocabulary changes."""

import pytest

from codeable.kernel import CAttribute, CClass, CEnum, CException, CMetaclass, CObject, CStereotype


@pytest.fixture
def linked(words):
    """A source and two practices, one of them linked: the association has been found once."""
    s4, a, b = CClass(words.source, "s4"), CClass(words.practice, "a"), CClass(words.practice, "b")
    s4.add_links(a, role_name="contained_code")
    return s4, a, b


def test_a_renamed_role(words, linked):
    s4, _, b = linked
    words.contains.source_role_name = "code"
    with pytest.raises(CException):
        s4.add_links(b, role_name="contained_code")
    s4.add_links(b, role_name="code")
    words.contains.role_name = "found in"
    assert b.get_linked(role_name="found in") == [s4]
    with pytest.raises(CException):
        CClass(words.practice, "c").add_links(s4, role_name="evidence")


def test_another_end(words, linked):
    s4, _, b = linked
    words.contains.source = words.decision
    with pytest.raises(CException):
        s4.add_links(b, role_name="contained_code")
    words.contains.source = words.code
    words.contains.target = words.decision
    with pytest.raises(CException):
        s4.add_links(b, role_name="contained_code")


def test_another_superclass(words, linked):
    s4, _, b = linked
    words.practice.superclasses = []
    with pytest.raises(CException):
        s4.add_links(b, role_name="contained_code")
    words.practice.superclasses = words.solution
    assert s4.add_links(b, role_name="contained_code")


def test_a_deleted_and_a_further_association(words, linked):
    s4, a, b = linked
    words.contains.delete()
    assert a.links == s4.links == []
    with pytest.raises(CException):
        s4.add_links(b, role_name="contained_code")
    words.code.association(words.source, "[contained_code] * -> [evidence] *")
    s4.add_links(b, role_name="contained_code")
    words.code.association(words.source, "[contained_code] * -> [evidence] *")
    with pytest.raises(CException):
        s4.add_links(a, role_name="contained_code")


def test_a_deleted_superclass_in_the_middle(words, linked):
    s4, _, b = linked
    words.solution.delete()
    assert words.practice.class_path == [words.practice]
    with pytest.raises(CException):
        s4.add_links(b, role_name="contained_code")


def test_attributes_assigned_again(words):
    s4 = CClass(words.source, "s4", values={"title": "t"})
    words.source.attributes = {"author": str}
    with pytest.raises(CException):
        s4.get_value("title")
    s4.set_value("author", "a")
    assert s4.values == {"author": "a"}


def test_attributes_of_a_superclass(words):
    a = CClass(words.practice, "a")
    words.code.attributes = {"status": "new"}
    assert a.get_value("status") == "new"
    words.code.attributes = {}
    assert a.values == {}


def test_a_default_changed_on_the_attribute(words):
    first = CClass(words.source, "first")
    words.source.get_attribute("title").default = "untitled"
    assert first.get_value("title") == "untitled"
    assert CClass(words.source, "second").get_value("title") == "untitled"
    words.source.get_attribute("title").default = None
    assert CClass(words.source, "third").get_value("title") is None


def test_a_default_of_an_attribute_that_sits_on_two_classifiers():
    shared = CAttribute(type=str)
    one, two = CMetaclass("one", attributes={"x": shared}), CMetaclass("two", attributes={"x": shared})
    CClass(one, "before"), CClass(two, "before")
    shared.default = "d"
    assert CClass(one, "after").get_value("x") == CClass(two, "after").get_value("x") == "d"
    two.delete()
    shared.default = "e"
    assert CClass(one, "last").get_value("x") == "e"


def test_a_type_that_is_deleted_after_it_was_used():
    impact = CEnum("Impact", values=["+"])
    metaclass = CMetaclass("M", attributes={"impact": impact})
    c = CClass(metaclass, "c", values={"impact": "+"})
    impact.delete()
    with pytest.raises(CException):
        c.get_value("impact")
    assert c.values == {"impact": "+"}
    with pytest.raises(CException):
        CClass(metaclass, "d")
    assert [str(each) for each in metaclass.classes] == ["c", "d"]


def test_an_extension_that_is_taken_back_and_given_by_a_superclass(words):
    how, a, b, c = CClass(words.decision, "How?"), *(CClass(words.practice, name) for name in "abc")
    how.add_links(a, stereotype_instances=words.option)
    words.option.extended = []
    with pytest.raises(CException):
        how.add_links(b, stereotype_instances=words.option)
    words.option.superclasses = CStereotype("General", extended=words.options)
    assert how.add_links(b, stereotype_instances=words.option)
    words.option.superclasses = []
    with pytest.raises(CException):
        how.add_links(c, stereotype_instances=words.option)


def test_superclasses_of_classes_reach_their_objects(words):
    base = CClass(words.practice, "base", attributes={"port": 80})
    sub = CClass(words.practice, "sub")
    first = CObject(sub, "first")
    with pytest.raises(CException):
        first.get_value("port")
    sub.superclasses = base
    assert first.get_value("port") is None
    assert CObject(sub, "second").get_value("port") == 80


def test_superclasses_of_an_association_reach_its_links(words):
    how, a = CClass(words.decision, "How?"), CClass(words.practice, "a")
    (link,) = how.add_links(a)
    with pytest.raises(CException):
        link.set_value("title", "t")
    words.options.superclasses = words.source
    link.set_value("title", "t")
    assert link.values == {"title": "t"}
