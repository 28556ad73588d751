"""Link functions and the setters of bundles and elements take effect as a whole or not at all."""

import pytest

from codeable.kernel import (
    CBundle,
    CClass,
    CException,
    CMetaclass,
    CStereotype,
    add_links,
    delete_links,
    set_links,
)


@pytest.fixture
def hierarchy():
    """A metaclass whose classes form a tree: at most one parent each."""
    metaclass = CMetaclass("M")
    tree = metaclass.association(metaclass, "tree: [parent] 0..1 -> [child] *")
    stereotype = CStereotype("S", extended=tree, attributes={"text": str, "kind": "plain"})
    return metaclass, tree, stereotype


def state(*elements):
    """All that a failing call could have left behind."""
    found = []
    for element in elements:
        found.append(element.links)
        found += [(link, link.is_deleted, link.stereotype_instances, link.tagged_values, link.label)
                  for link in element.links]  # fmt: skip
    return found


def test_links_of_earlier_sources_are_taken_back_when_a_later_source_fails(words):
    s4, s6, a, b = (CClass(words.source, "s4"), CClass(words.source, "s6"),
                    CClass(words.practice, "a"), CClass(words.practice, "b"))  # fmt: skip
    b.delete()
    with pytest.raises(CException):
        add_links({s4: a, s6: b}, role_name="contained_code")
    assert s4.links == a.links == []


def test_links_are_taken_back_when_a_stereotype_does_not_fit(words):
    how, a = CClass(words.decision, "How?"), CClass(words.practice, "a")
    wrong = CStereotype("Wrong", extended=words.contains)
    with pytest.raises(CException):
        how.add_links(a, stereotype_instances=[words.option, wrong])
    assert how.links == a.links == words.option.extended_instances == []


@pytest.mark.parametrize("bad", ["repeated", "deleted", "text", "in a list"])
def test_links_are_taken_back_when_a_stereotype_cannot_be_applied(words, bad):
    how, a = CClass(words.decision, "How?"), CClass(words.practice, "a")
    gone = CStereotype("Gone", extended=words.options)
    gone.delete()
    given = {"repeated": [words.option] * 2, "deleted": gone, "text": "Option", "in a list": [3]}[bad]
    with pytest.raises(CException):
        how.add_links(a, stereotype_instances=given)
    assert how.links == a.links == words.option.extended_instances == []


@pytest.mark.parametrize("tagged", [{"name": "x", "nam": "y"}, {"name": 3}, ["name"]])
def test_links_are_taken_back_when_tagged_values_do_not_fit(words, tagged):
    how, a = CClass(words.decision, "How?"), CClass(words.practice, "a")
    with pytest.raises(CException):
        how.add_links(a, stereotype_instances=words.option, tagged_values=tagged)
    assert how.links == a.links == words.option.extended_instances == []


def test_links_are_taken_back_when_a_multiplicity_is_broken(hierarchy):
    metaclass, _, stereotype = hierarchy
    a, b, c = (CClass(metaclass, name) for name in "abc")
    a.add_links(c, role_name="child", stereotype_instances=stereotype)
    before = state(a, b, c), stereotype.extended_instances
    with pytest.raises(CException):
        add_links({b: [a, c]}, role_name="child", stereotype_instances=stereotype)
    assert (state(a, b, c), stereotype.extended_instances) == before


def test_set_links_restores_what_it_removed_in_its_old_order(hierarchy):
    metaclass, tree, stereotype = hierarchy
    metaclass.association(metaclass, "other: [x] * -> [y] *")
    a, b, c, d = (CClass(metaclass, name) for name in "abcd")
    a.add_links(b, role_name="child", stereotype_instances=stereotype, tagged_values={"text": "t"}, label="l")
    a.add_links(c, role_name="y")
    a.add_links(d, role_name="child")
    first = a.links[0]
    CBundle("view", elements=first)
    before = state(a, b, c, d), stereotype.extended_instances, first.bundles
    with pytest.raises(CException):
        set_links({a: c, b: c}, association=tree)
    assert (state(a, b, c, d), stereotype.extended_instances, first.bundles) == before


def test_set_links_that_succeeds_removes_the_old_links_and_what_hung_on_them(hierarchy):
    metaclass, tree, stereotype = hierarchy
    tree.superclasses = metaclass
    a, b, c = (CClass(metaclass, name) for name in "abc")
    old = a.add_links(b, association=tree, stereotype_instances=stereotype)[0]
    note = metaclass.association(metaclass, "note: [of] * -> [on] *")
    hanging = c.add_links(old, association=note)[0]
    (new,) = set_links({a: c}, association=tree)
    assert (a.links, b.links, c.links) == ([new], [], [new])
    assert old.is_deleted
    assert hanging.is_deleted
    assert stereotype.extended_instances == []


def test_links_on_links_are_restored_with_them(hierarchy):
    metaclass, tree, _ = hierarchy
    tree.superclasses = metaclass
    note = metaclass.association(metaclass, "note: [of] * -> [on] *")
    a, b, c = (CClass(metaclass, name) for name in "abc")
    old = a.add_links(b, association=tree)[0]
    hanging = c.add_links(old, association=note)[0]
    with pytest.raises(CException):
        set_links({a: [c, c]}, association=tree)
    assert (a.links, old.links, c.links) == ([old], [hanging], [hanging])
    assert not old.is_deleted
    assert not hanging.is_deleted


def test_a_link_that_a_call_removes_cannot_be_a_source_of_the_same_call(hierarchy):
    metaclass, tree, _ = hierarchy
    tree.superclasses = metaclass
    a, b, c = (CClass(metaclass, name) for name in "abc")
    old = a.add_links(b, association=tree)[0]
    with pytest.raises(CException):
        set_links({a: [], old: c}, association=tree)
    assert a.links == [old]
    assert not old.is_deleted


def test_delete_links_deletes_nothing_when_a_later_one_is_missing(words):
    s4, a, b, c = (CClass(words.source, "s4"), *(CClass(words.practice, name) for name in "abc"))
    s4.add_links([a, b], role_name="contained_code")
    before = state(s4, a, b)
    with pytest.raises(CException):
        delete_links({s4: [a, b, c]})
    assert state(s4, a, b) == before


def test_delete_links_deletes_nothing_when_a_later_multiplicity_is_broken():
    metaclass = CMetaclass("M")
    metaclass.association(metaclass, "[whole] * -> [part] 2..*")
    a, other, *parts = (CClass(metaclass, name) for name in "aobcd")
    add_links({a: parts, other: parts}, role_name="part")
    with pytest.raises(CException):
        delete_links({a: parts})
    assert len(a.links) == 3
    delete_links({a: parts[0]})
    assert a.linked == parts[1:]


def test_a_link_can_be_named_only_once_in_delete_links(words):
    s4, a = CClass(words.source, "s4"), CClass(words.practice, "a")
    s4.add_links(a, role_name="contained_code")
    with pytest.raises(CException):
        delete_links({s4: [a, a]})
    assert len(s4.links) == 1


@pytest.mark.parametrize("bad", [3, None, "deleted", "repeated"])
def test_a_failing_assignment_of_bundles_changes_nothing(bad):
    one, two, element = CBundle("one"), CBundle("two"), CBundle("x")
    element.bundles = one
    deleted = CBundle("deleted")
    deleted.delete()
    entry = {"deleted": deleted, "repeated": two}.get(bad, bad)
    with pytest.raises(CException):
        element.bundles = [two, entry]
    assert (element.bundles, one.elements, two.elements) == ([one], [element], [])


@pytest.mark.parametrize("bad", [3, None, "deleted"])
def test_a_failing_assignment_of_elements_changes_nothing(bad):
    view, old, new, deleted = (CBundle(name) for name in ("view", "old", "new", "deleted"))
    view.elements = old
    deleted.delete()
    with pytest.raises(CException):
        view.elements = [new, deleted if bad == "deleted" else bad]
    assert (view.elements, old.bundles, new.bundles) == ([old], [view], [])


def test_an_interruption_takes_links_back_too(words, monkeypatch):
    from codeable.kernel.link_arguments import LinkFactory

    s4, a, b = CClass(words.source, "s4"), CClass(words.practice, "a"), CClass(words.practice, "b")
    make, made = LinkFactory.make, []

    def interrupted(self, source, target):
        if made:
            raise KeyboardInterrupt
        made.append(make(self, source, target))
        return made[0]

    monkeypatch.setattr(LinkFactory, "make", interrupted)
    with pytest.raises(KeyboardInterrupt):
        s4.add_links([a, b], role_name="contained_code")
    assert s4.links == a.links == b.links == []
