"""Sections 3.1 and 3.2: the link functions and what a definition may be."""

import pytest
from codeable_models import (
    CBundle,
    CClass,
    CEnum,
    CLink,
    CMetaclass,
    CObject,
    CStereotype,
    add_links,
    delete_links,
    set_links,
)

from tests.compat.kernel.expecting import refusal


class World:
    """Elements of both levels, with an association and a link at each."""

    def __init__(self):
        self.metaclass = CMetaclass("M")
        self.meta_relation = self.metaclass.association(
            self.metaclass, "[from] * -> [to] *", superclasses=self.metaclass
        )
        self.a, self.b, self.c = (CClass(self.metaclass, name) for name in "abc")
        self.relation = self.a.association(self.a, "[f] * -> [t] *", superclasses=self.a)
        self.o, self.p, self.q = (CObject(self.a, name) for name in "opq")
        self.class_object = self.b.class_object
        [self.class_link] = add_links({self.c: self.c}, association=self.meta_relation)
        [self.link] = add_links({self.q: self.q}, association=self.relation)
        self.stereotype = CStereotype("S", extended=self.meta_relation, attributes={"tag": str})


@pytest.fixture
def world():
    return World()


def test_3_1_add_links_returns_the_new_links_in_definition_order(world):
    links = add_links({world.b: [world.a, world.c], world.a: world.b}, role_name="to")
    assert all(isinstance(link, CLink) for link in links)
    ends = [(link.source, link.target) for link in links]
    assert ends == [(world.b, world.a), (world.b, world.c), (world.a, world.b)]


def test_3_1_set_links_replaces_and_add_links_adds(world):
    add_links({world.a: world.b}, role_name="to")
    [new] = set_links({world.a: world.c}, role_name="to")
    assert world.a.linked == [world.c]
    assert world.a.links == [new]


def test_3_1_set_links_with_do_add_links_only_adds(world):
    add_links({world.a: world.b}, role_name="to")
    set_links({world.a: world.a}, do_add_links=True, role_name="to")
    assert world.a.linked == [world.b, world.a]


def test_3_1_delete_links_returns_none(world):
    add_links({world.a: world.b}, role_name="to")
    assert delete_links({world.a: world.b}, role_name="to") is None
    assert world.a.links == []


def test_3_1_methods_are_the_functions_with_one_source(world):
    [link] = world.a.add_links([world.b], role_name="from", label="l")
    assert (link.source, link.target, link.label) == (world.b, world.a, "l")
    [link_of_objects] = world.o.add_links(world.p, role_name="t")
    assert link_of_objects.source is world.o
    assert world.a.delete_links(world.b) is None
    assert world.o.delete_links([world.p]) is None
    assert world.a.links == world.o.links == []


def test_3_1_keywords_of_add_links(world):
    [link] = add_links(
        {world.a: world.b},
        association=world.meta_relation,
        role_name="to",
        stereotype_instances=[world.stereotype],
        label="text",
        tagged_values={"tag": "t"},
    )
    assert (link.label, link.stereotype_instances, link.tagged_values) == (
        "text",
        [world.stereotype],
        {"tag": "t"},
    )


@pytest.mark.parametrize("keyword", ["name", "values", "bundles", "roleName", "stereotypes"])
def test_3_1_other_keywords_raise(world, keyword):
    for call in (add_links, set_links, delete_links):
        with refusal():
            call({world.a: world.c}, role_name="to", **{keyword: None})
    with refusal():
        world.a.add_links(world.c, role_name="to", **{keyword: None})
    for element in (world.a, world.a.class_object, world.o, world.link):
        with refusal():
            element.get_linked(**{keyword: None})


@pytest.mark.parametrize("keyword", ["stereotype_instances", "tagged_values"])
@pytest.mark.parametrize("value", [None, [], {}])
def test_3_1_delete_links_refuses_stereotypes_and_tagged_values_whatever_their_value(world, keyword, value):
    add_links({world.a: world.b}, role_name="to")
    with refusal():
        delete_links({world.a: world.b}, **{keyword: value})
    assert len(world.a.links) == 1


def test_3_1_delete_links_ignores_a_label(world):
    add_links({world.a: world.b}, role_name="to", label="one")
    delete_links({world.a: world.b}, label="another")
    assert world.a.links == []


@pytest.mark.parametrize("bad", ["text", 0, [], CMetaclass("M")])
def test_3_1_association_must_be_an_association(world, bad):
    for call in (add_links, set_links, delete_links):
        with refusal():
            call({world.a: world.b}, association=bad)
    for element in (world.a, world.o, world.link):
        with refusal():
            element.get_linked(association=bad)


def test_3_1_association_none_is_not_given(world):
    assert len(add_links({world.a: world.b}, association=None, role_name="to")) == 1
    delete_links({world.a: world.b}, association=None)


def test_3_1_get_linked_accepts_the_five_names_and_uses_two(world):
    [link] = world.a.add_links(world.b, role_name="to")
    keywords = {"stereotype_instances": world.stereotype, "label": "x", "tagged_values": {"tag": "t"}}
    assert world.a.get_linked(association=world.meta_relation, role_name="to", **keywords) == [world.b]
    assert link.label is None


@pytest.mark.parametrize("bad", [None, "text", [], 3, ("a", "b"), set()])
def test_3_2_definitions_must_be_a_dict(bad):
    for call in (add_links, set_links, delete_links):
        with refusal():
            call(bad)


@pytest.mark.parametrize(
    "bad", [None, "text", 3, CMetaclass("M"), CEnum("E"), CBundle("B"), CStereotype("S")]
)
def test_3_2_keys_must_be_classes_objects_or_links(world, bad):
    for call in (add_links, set_links, delete_links):
        with refusal():
            call({bad: []}, association=world.meta_relation)
        with refusal():
            call({bad: [world.a]})


@pytest.mark.parametrize("bad", ["text", 3, CMetaclass("M"), CEnum("E"), ("a",), {"a"}, object(), True])
def test_3_2_targets_must_be_classes_objects_or_links(world, bad):
    for call in (add_links, set_links, delete_links):
        with refusal():
            call({world.a: bad}, role_name="to")
        with refusal():
            call({world.a: [world.b, bad]}, role_name="to")
    assert world.a.links == []


def test_3_2_a_none_entry_is_no_target(world):
    with refusal():
        add_links({world.a: [None]}, role_name="to")


@pytest.mark.parametrize("as_other", [tuple, set, frozenset, iter])
def test_3_2_a_tuple_or_set_of_targets_is_not_a_list(world, as_other):
    with refusal():
        add_links({world.a: as_other([world.b])}, role_name="to")


@pytest.mark.parametrize("nothing", [None, []])
def test_3_2_none_and_the_empty_list_are_no_targets(world, nothing):
    assert add_links({world.a: nothing}, role_name="to") == []


def test_3_2_an_empty_dict_makes_nothing():
    assert add_links({}) == []
    assert set_links({}) == []
    assert delete_links({}) is None


def test_3_2_of_a_class_and_its_class_object_as_keys_the_later_value_counts(world):
    links = add_links({world.a: world.b, world.a.class_object: world.c}, role_name="to")
    assert [link.target for link in links] == [world.c]
    assert world.b.links == []


# source, target, allowed
LEVELS = [
    ("a", "b", True),
    ("a", "class_object", True),
    ("class_object", "a", True),
    ("a", "class_link", True),
    ("a", "o", False),
    ("a", "link", False),
    ("o", "p", True),
    ("o", "link", True),
    ("o", "a", False),
    ("o", "class_object", False),
    ("o", "class_link", False),
    ("class_link", "a", True),
    ("class_link", "class_link", True),
    ("class_link", "class_object", False),
    ("class_link", "o", False),
    ("class_link", "link", False),
    ("link", "o", True),
    ("link", "link", True),
    ("link", "a", False),
    ("link", "class_link", False),
]


@pytest.mark.parametrize(("source", "target", "allowed"), LEVELS)
def test_3_2_level_of_targets(world, source, target, allowed):
    source, target = getattr(world, source), getattr(world, target)
    class_level = source in (world.a, world.class_object, world.class_link)
    relation = world.meta_relation if class_level else world.relation
    before = list(source.links)
    for keywords in ({"association": relation}, {"role_name": relation.role_name}):
        if allowed:
            [link] = add_links({source: target}, **keywords)
            assert link in source.links
            link.delete()
        else:
            with refusal():
                add_links({source: target}, **keywords)
            assert source.links == before


def test_3_2_a_link_whose_association_ends_at_neither_level_has_no_legal_target(world):
    world.class_link.association.target = CStereotype("S")
    for target in (world.a, world.o, world.class_object, world.class_link, world.link):
        with refusal():
            add_links({world.class_link: target}, association=world.meta_relation)


def test_3_2_a_link_between_objects_takes_a_class_object_for_an_object(world):
    """Only the later search for an association finds that it does not fit, unless one is given explicitly."""
    with refusal():
        add_links({world.link: world.class_object}, role_name="t")
    [link] = add_links({world.link: world.class_object}, association=world.relation)
    assert link.get_opposite_object(world.link) is world.class_object


def test_3_2_everything_is_checked_before_any_link_changes(world):
    add_links({world.a: world.b}, role_name="to")
    with refusal():
        set_links({world.a: world.c, world.b: "text"}, role_name="to")
    assert world.a.linked == [world.b]


@pytest.mark.parametrize("call", [add_links, set_links])
def test_3_2_a_deleted_source_or_target_raises(world, call):
    deleted = CClass(world.metaclass, "deleted")
    deleted.delete()
    for definitions in ({deleted: world.a}, {world.a: deleted}, {world.a: [world.b, deleted]}, {deleted: []}):
        with refusal():
            call(definitions, role_name="to")
    assert world.a.links == world.b.links == []
