"""After any operations, failing ones included, both ends of every relation agree."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, rule

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
from tests.tools import examples

some = st.integers(0, 3)


class Model(RuleBasedStateMachine):
    classes = Bundle("classes")
    bundles = Bundle("bundles")

    def __init__(self) -> None:
        super().__init__()
        self.metaclass = CMetaclass("M")
        self.tree = self.metaclass.association(self.metaclass, "tree: [parent] 0..1 -> [child] *")
        self.net = self.metaclass.association(self.metaclass, "net: [from] * -> [to] *")
        self.net.superclasses = self.metaclass
        self.stereotype = CStereotype("S", extended=[self.tree, self.net], attributes={"text": "t"})
        self.all_classes: list[CClass] = []
        self.all_bundles: list[CBundle] = []
        self.all_links = []

    def snapshot(self):
        return (
            [(each.name, each.is_deleted, each.bundles, each.links) for each in self.all_classes],
            [(each.elements, each.bundles) for each in self.all_bundles],
            [(each.is_deleted, each.stereotype_instances, each.links) for each in self.all_links],
            self.stereotype.extended_instances,
            list(self.tree._registered_links()),
            list(self.net._registered_links()),
        )

    def attempt(self, call):
        """Carry out a call; when it is refused, nothing may have changed."""
        before = self.snapshot()
        try:
            return call() or []
        except CException:
            assert self.snapshot() == before
            return []

    @rule(target=classes)
    def make_class(self):
        self.all_classes.append(CClass(self.metaclass, f"c{len(self.all_classes)}"))
        return self.all_classes[-1]

    @rule(target=bundles)
    def make_bundle(self):
        self.all_bundles.append(CBundle(f"b{len(self.all_bundles)}"))
        return self.all_bundles[-1]

    @rule(sources=st.lists(classes, min_size=1, max_size=3), others=st.lists(classes, max_size=3),
          to_link=st.booleans(), tree=st.booleans(), replace=st.booleans(), marked=st.booleans())  # fmt: skip
    def link(self, sources, others, to_link, tree, replace, marked):
        if to_link and self.all_links:
            others = [*others, self.all_links[-1]]
        made = self.attempt(
            lambda: (set_links if replace else add_links)(
                dict.fromkeys(sources, others),
                association=self.tree if tree else self.net,
                stereotype_instances=self.stereotype if marked else None,
            )
        )
        self.all_links += made

    @rule(source=classes, others=st.lists(classes, min_size=1, max_size=2))
    def unlink(self, source, others):
        self.attempt(lambda: delete_links({source: others}))

    @rule(position=some)
    def delete_link(self, position):
        if position < len(self.all_links):
            self.all_links[position].delete()

    @rule(element=classes | bundles, into=st.lists(bundles, max_size=3))
    def assign_bundles(self, element, into):
        self.attempt(lambda: setattr(element, "bundles", into))

    @rule(bundle=bundles, elements=st.lists(classes | bundles, max_size=4), bad=st.booleans())
    def assign_elements(self, bundle, elements, bad):
        self.attempt(lambda: setattr(bundle, "elements", [*elements, None] if bad else elements))

    @rule(bundle=bundles, element=classes | bundles, adding=st.booleans())
    def add_or_remove(self, bundle, element, adding):
        self.attempt(lambda: (bundle.add if adding else bundle.remove)(element))

    @rule(target=classes, element=consumes(classes), kept=st.booleans())
    def delete_class(self, element, kept):
        element.delete()
        return element if kept else multiple()

    @rule(bundle=bundles)
    def delete_bundle(self, bundle):
        bundle.delete()

    @invariant()
    def bundles_and_elements_agree(self):
        elements = [*self.all_classes, *self.all_bundles]
        for bundle in self.all_bundles:
            assert bundle.elements == list(dict.fromkeys(bundle.elements))
            for element in bundle.elements:
                assert bundle in element.bundles
        for element in elements:
            for bundle in element.bundles:
                assert element in bundle.elements

    @invariant()
    def links_are_known_to_both_ends_and_to_their_association_or_deleted(self):
        registered = [*self.tree._registered_links(), *self.net._registered_links()]
        for link in self.all_links:
            ends = (link.source, link.target)
            if link.is_deleted:
                assert link not in registered
                assert all(link not in end.links for end in ends)
                assert link not in self.stereotype.extended_instances
            else:
                assert link in registered
                assert all(end.links.count(link) == 1 for end in ends)
                assert not any(end.is_deleted for end in ends)
                assert (link in self.stereotype.extended_instances) == bool(link.stereotype_instances)
        assert all(link in self.all_links for link in registered)
        assert all(link in registered for each in self.all_classes for link in each.links)

    @invariant()
    def the_multiplicity_holds(self):
        for each in self.all_classes:
            parents = [link for link in each.links if link.association is self.tree and link.target is each]
            assert len(parents) <= 1

    @invariant()
    def deleted_elements_have_nothing(self):
        for each in [*self.all_classes, *self.all_bundles]:
            if each.is_deleted and isinstance(each, CClass):
                assert each.name is None
                assert each.links == []
                assert each not in self.metaclass.classes


Model.TestCase.settings = settings(max_examples=examples(60), stateful_step_count=30, deadline=None)
test_both_ends_agree_after_random_operations = Model.TestCase
