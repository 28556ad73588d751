"""Random calls on elements with few and with many links: sections 3.4 to 3.9 written down literally."""

from codeable_models import CClass, CException, CMetaclass, CObject, add_links, delete_links, set_links
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tools import examples

MULTIPLICITIES = ["*", "1", "0..1", "1..*", "0..2", "2..40", "0..39", "1..41"]


class RefusedError(Exception):
    """The literal procedure raises."""


class Reference:
    """All links as triples of association, source and target, in order of creation."""

    def __init__(self, links):
        self.links = links

    def count(self, element, association, as_source):
        return sum(a is association and element is (s if as_source else t) for a, s, t in self.links)

    def test(self, element, n, m, association, as_source):
        """Section 3.7: the multiplicity at the other end counts for an element."""
        target = (association.lower_multiplicity, association.upper_multiplicity)
        source = (association.source_lower_multiplicity, association.source_upper_multiplicity)
        (lower, upper), (other_lower, _) = (target, source) if as_source else (source, target)
        violated = n < lower or (upper != -1 and n > upper)
        if violated and not (m == 0 and other_lower == 0):
            raise RefusedError

    def add(self, definitions, association, forward, replace):
        """Sections 3.4, 3.5 and 3.7."""
        cleared = set()
        for source, targets in definitions.items():
            for element in [source, *targets] if replace else []:
                if element not in cleared:
                    cleared.add(element)
                    self.links = [x for x in self.links if x[0] is not association or element not in x[1:]]
            for target in targets:
                ends = (source, target) if forward else (target, source)
                if (association, *ends) in self.links:
                    raise RefusedError
                self.links = [*self.links, (association, *ends)]
        for source, targets in definitions.items():
            n = self.count(source, association, forward)
            if not targets:
                self.test(source, n, 0, association, forward)
            for target in targets:
                m = self.count(target, association, not forward)
                self.test(source, n, m, association, forward)
                self.test(target, m, n, association, not forward)

    def delete(self, definitions, association, role):
        """Section 3.8."""
        for source, targets in definitions.items():
            for target in targets:
                matches = [x for x in self.links if self.matches(x, source, target, association, role)]
                if len(matches) != 1:
                    raise RefusedError
                [link] = matches
                forward = link[1] is source
                n = self.count(source, link[0], forward) - 1
                m = self.count(target, link[0], not forward) - 1
                self.test(source, n, m, link[0], forward)
                self.test(target, m, n, link[0], not forward)
                self.links = [x for x in self.links if x is not link]

    @staticmethod
    def matches(link, source, target, association, role):
        a, s, t = link
        if association is not None and a is not association:
            return False
        if s is t:
            return s is source and s is target and role in (None, a.source_role_name)
        forward = s is source and t is target and role in (None, a.role_name)
        return forward or (s is target and t is source and role in (None, a.source_role_name))

    def of(self, element):
        return [link for link in self.links if element in link[1:]]


class World:
    """Objects of one class, the first with many links, and two associations with random multiplicities."""

    def __init__(self, random):
        self.random = random
        cl = CClass(CMetaclass("M"), "C")
        self.objects = [CObject(cl, str(number)) for number in range(44)]
        self.associations = [cl.association(cl, f"[from{n}] * -> [to{n}] *") for n in (1, 2)]
        hub, *others = self.objects
        made = add_links({hub: others[: random.choice([0, 3, 38, 40])]}, role_name="to1")
        made += add_links({hub: others[:2]}, role_name="from1")
        made += add_links(dict.fromkeys(others[: random.choice([0, 36])], hub), role_name="to2")
        self.reference = Reference([triple(link) for link in made])
        for association in self.associations:
            association.multiplicity = random.choice(MULTIPLICITIES)
            association.source_multiplicity = random.choice(MULTIPLICITIES)

    def definitions(self):
        """Few sources and targets, the hub often among them."""
        few = [self.objects[0], self.objects[0], *self.random.sample(self.objects, k=4)]
        chosen = [self.random.choice(few) for _ in range(self.random.choice([1, 1, 2]))]
        return {source: self.random.choices(few, k=self.random.choice([0, 1, 1, 2])) for source in chosen}

    def step(self):
        """One call on the kernel and on the reference, which must agree."""
        choose = self.random.choice
        index, forward = choose([0, 1]), choose([True, False])
        association, role = self.associations[index], f"{'to' if forward else 'from'}{index + 1}"
        definitions = self.definitions()
        call = choose([add_links, set_links, delete_links])
        before = self.reference.links
        try:
            if call is delete_links:
                keywords = choose([{}, {"association": association}, {"role_name": role}])
                self.reference.delete(definitions, keywords.get("association"), keywords.get("role_name"))
            else:
                keywords = {"role_name": role}
                self.reference.add(definitions, association, forward, call is set_links)
            refused = False
        except RefusedError:
            refused, self.reference.links = True, before
        try:
            call(definitions, **keywords)
            assert not refused
        except CException:
            assert refused
        self.compare()

    def compare(self):
        for element in self.objects:
            links = self.reference.of(element)
            assert [triple(link) for link in element.links] == links
            assert element.linked == [t if s is element else s for _, s, t in links]
        for association in self.associations:
            hub = self.objects[0]
            mine = [(s, t) for a, s, t in self.reference.of(hub) if a is association]
            given = {"association": association, "role_name": association.role_name}
            assert hub.get_linked(**given) == [t for s, t in mine if s is hub]
            assert len(hub.get_links_for_association(association)) == len(mine)


def triple(link):
    return (link.association, link.source, link.target)


@settings(max_examples=examples(60), deadline=None)
@given(st.randoms(use_true_random=True))
def test_3_4_to_3_9_random_calls_agree_with_their_definition(random):
    world = World(random)
    world.compare()
    for _ in range(12):
        world.step()
