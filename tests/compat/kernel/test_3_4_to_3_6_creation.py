"""Sections 3.4 to 3.6: removal by `set_links`, creation of links, and links to links."""

import pytest
from codeable_models import CBundle, CClass, CMetaclass, CObject, CStereotype, add_links, set_links

from tests.compat.kernel.expecting import refusal


class Graph:
    """Five classes of one metaclass with two self-associations."""

    def __init__(self):
        self.metaclass = CMetaclass("M")
        self.relation = self.metaclass.association(self.metaclass, "[from] * -> [to] *")
        self.other = self.metaclass.association(self.metaclass, "[f] * -> [t] *")
        self.a, self.b, self.c, self.d, self.e = (CClass(self.metaclass, name) for name in "abcde")
        self.stereotype = CStereotype("S", extended=self.relation, attributes={"tag": str, "weight": 1})


@pytest.fixture
def graph():
    return Graph()


def pairs(*elements):
    links = dict.fromkeys(link for element in elements for link in element.links)
    return [f"{link.source}{link.target}" for link in links]


def test_3_4_set_links_removes_the_links_of_source_and_targets_in_either_direction(graph):
    add_links({graph.a: [graph.b, graph.c], graph.d: graph.a, graph.e: [graph.b, graph.d]}, role_name="to")
    set_links({graph.a: graph.b}, role_name="to")
    assert pairs(graph.a, graph.b, graph.c, graph.d, graph.e) == ["ab", "ed"]


def test_3_4_links_of_other_associations_stay(graph):
    add_links({graph.a: [graph.b, graph.c]}, role_name="t")
    set_links({graph.a: graph.b}, role_name="to")
    set_links({graph.a: []}, association=graph.relation)
    assert pairs(graph.a) == ["ab", "ac"]
    assert graph.a.get_links_for_association(graph.relation) == []


def test_3_4_each_element_is_cleared_at_most_once_so_links_of_this_call_survive(graph):
    add_links({graph.e: [graph.a, graph.b, graph.c]}, role_name="to")
    set_links({graph.a: [graph.b, graph.c], graph.b: [graph.c, graph.a]}, role_name="to")
    assert pairs(graph.a, graph.b, graph.c) == ["ab", "ac", "ba", "bc"]
    assert graph.e.links == []


@pytest.mark.parametrize("nothing", [None, []])
def test_3_4_set_links_without_targets_removes_all_of_the_association(graph, nothing):
    add_links({graph.a: graph.b, graph.c: graph.a}, role_name="to")
    assert set_links({graph.a: nothing}, association=graph.relation) == []
    assert graph.a.links == graph.b.links == graph.c.links == []


def test_3_4_removed_links_are_deleted(graph):
    [old] = add_links({graph.a: graph.b}, role_name="to")
    set_links({graph.a: graph.b}, role_name="to")
    assert old.is_deleted
    assert len(graph.a.links) == len(graph.b.links) == 1


def test_3_5_links_are_appended_to_source_then_target_and_once_for_a_self_link(graph):
    links = add_links({graph.a: [graph.b, graph.a, graph.c]}, role_name="to")
    assert graph.a.links == links
    assert graph.b.links == links[:1]
    assert graph.c.links == links[2:]


def test_3_5_a_repeated_target_raises_and_leaves_nothing(graph):
    with refusal():
        add_links({graph.a: [graph.b, graph.b]}, role_name="to")
    assert graph.a.links == graph.b.links == []


def test_3_5_a_link_already_there_raises(graph):
    [link] = add_links({graph.a: graph.b}, role_name="to")
    with refusal():
        add_links({graph.a: [graph.c, graph.b]}, role_name="to")
    with refusal():
        add_links({graph.b: graph.a}, role_name="from")
    assert graph.a.links == graph.b.links == [link]
    assert graph.c.links == []


def test_3_5_the_same_pair_of_another_association_is_no_duplicate(graph):
    add_links({graph.a: graph.b}, role_name="to")
    add_links({graph.a: graph.b}, role_name="t")
    assert pairs(graph.a) == ["ab", "ab"]


def test_3_5_the_opposite_link_of_a_self_association_is_no_duplicate(graph):
    add_links({graph.a: graph.b}, role_name="to")
    add_links({graph.a: graph.b}, role_name="from")
    add_links({graph.c: [graph.d]}, role_name="to")
    add_links({graph.d: [graph.c]}, role_name="to")
    assert pairs(graph.a, graph.c) == ["ab", "ba", "cd", "dc"]


def test_3_5_label_stereotypes_and_tagged_values_are_given_to_every_link(graph):
    links = add_links(
        {graph.a: [graph.b, graph.c]},
        role_name="to",
        tagged_values={"tag": "x"},
        label="l",
        stereotype_instances=graph.stereotype,
    )
    for link in links:
        assert link.label == "l"
        assert link.stereotype_instances == [graph.stereotype]
        assert link.tagged_values == {"tag": "x", "weight": 1}


@pytest.mark.parametrize(
    "keywords",
    [
        {"stereotype_instances": "no stereotype"},
        {"stereotype_instances": CStereotype("not compatible")},
        {"tagged_values": {"missing": 1}},
        {"tagged_values": "no dict"},
    ],
)
@pytest.mark.parametrize("call", [add_links, set_links])
def test_3_5_failing_stereotypes_or_tagged_values_leave_everything_as_it_was(graph, keywords, call):
    old = add_links({graph.a: [graph.b, graph.d], graph.b: graph.c}, role_name="to")
    with refusal():
        call({graph.a: graph.c, graph.b: graph.d}, role_name="to", **keywords)
    assert pairs(graph.a, graph.b, graph.c, graph.d) == ["ab", "ad", "bc"]
    assert graph.a.links == old[:2]
    assert not any(link.is_deleted for link in old)


@pytest.mark.parametrize("call", [add_links, set_links])
def test_3_5_repeated_deleted_or_missing_stereotypes_raise_and_leave_nothing(graph, call):
    deleted = CStereotype("deleted", extended=graph.relation)
    deleted.delete()
    s = graph.stereotype
    for bad in ([s, s], [s, deleted], deleted, [s, None], (s,)):
        with refusal():
            call({graph.a: graph.b}, role_name="to", stereotype_instances=bad)
        assert graph.a.links == graph.b.links == s.extended_instances == []


@pytest.mark.parametrize("nothing", [None, []])
def test_3_5_no_stereotypes_are_none(graph, nothing):
    [link] = add_links({graph.a: graph.b}, role_name="to", stereotype_instances=nothing, tagged_values=None)
    assert link.stereotype_instances == []


def test_3_5_failing_tagged_value_of_the_second_target_leaves_nothing(graph):
    with refusal():
        add_links(
            {graph.a: [graph.b, graph.c]},
            role_name="to",
            stereotype_instances=graph.stereotype,
            tagged_values={"tag": "fine", "weight": "wrong"},
        )
    assert graph.a.links == graph.b.links == graph.stereotype.extended_instances == []


class Notes:
    """Links that carry values and are the ends of other links, at one level."""

    def __init__(self, level):
        metaclass = CMetaclass("M", attributes={"text": str} if level == "class" else {})
        note = CMetaclass("Note") if level == "class" else CClass(metaclass, "Note")
        end = metaclass if level == "class" else CClass(metaclass, "End", attributes={"text": str})
        self.end, self.note = end, note
        self.relation = end.association(end, "[from] * -> [to] *", superclasses=end)
        self.remark = note.association(end, "[note] * -> [noted] *")
        make = CClass if level == "class" else CObject
        self.a, self.b = make(end, "a"), make(end, "b")
        self.n, self.m = make(note, "n"), make(note, "m")
        [self.link] = add_links({self.a: self.b}, role_name="to")


@pytest.fixture(params=["class", "object"])
def notes(request):
    return Notes(request.param)


def test_3_6_a_link_is_target_of_links(notes):
    [remark] = add_links({notes.n: notes.link})
    assert (remark.association, remark.source, remark.target) == (notes.remark, notes.n, notes.link)
    assert notes.n.linked == [notes.link]
    assert notes.link.linked == [notes.n]


def test_3_6_a_link_is_source_of_links(notes):
    remarks = notes.link.add_links([notes.n, notes.m], role_name="note")
    assert [r.source for r in remarks] == [notes.n, notes.m]
    assert [r.target for r in remarks] == [notes.link] * 2
    assert notes.link.get_linked(role_name="note") == [notes.n, notes.m]


def test_3_6_links_and_ordinary_elements_are_mixed_targets(notes):
    remarks = add_links({notes.n: [notes.a, notes.link, notes.b]}, role_name="noted")
    assert notes.n.linked == [notes.a, notes.link, notes.b]
    assert notes.link.links == [remarks[1]]


def test_3_6_a_link_to_a_link_to_a_link(notes):
    notes.remark.superclasses = notes.end
    [remark] = add_links({notes.n: notes.link})
    [second] = add_links({notes.m: remark})
    assert second.target is remark
    notes.link.delete()
    assert remark.is_deleted
    assert second.is_deleted
    assert notes.n.links == notes.m.links == []


def test_3_6_a_link_carries_values_and_is_a_value(notes):
    notes.link.set_value("text", "on the link")
    assert notes.link.values == {"text": "on the link"}
    holder = CClass(CMetaclass("H", attributes={"of": notes.end, "exact": notes.relation}), "h")
    holder.values = {"of": notes.link, "exact": notes.link}
    assert holder.get_value("of") is notes.link


def test_3_6_a_link_whose_association_has_no_superclass_fits_no_end(notes):
    notes.relation.superclasses = []
    with refusal():
        add_links({notes.n: notes.link})


def test_3_6_superclasses_can_be_given_after_the_association(notes):
    notes.relation.superclasses = []
    notes.relation.superclasses = [*notes.relation.superclasses, notes.end]
    assert add_links({notes.n: notes.link})[0].target is notes.link


def test_3_6_a_link_is_a_bundle_element(notes):
    bundle = CBundle("B", elements=[notes.link, notes.a])
    notes.link.delete()
    assert bundle.elements == [notes.a]


@pytest.mark.parametrize("make", [CMetaclass, lambda: CClass(CMetaclass()), CStereotype])
def test_3_6_an_association_cannot_be_the_target_of_association(notes, make):
    with refusal():
        make().association(notes.relation, "* -> *")
