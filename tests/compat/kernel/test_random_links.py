"""Random small metamodels: section 3.3 written down literally, and the kernel must agree."""

from contextlib import suppress

from codeable_models import CClass, CException, CLink, CMetaclass, CObject, add_links
from hypothesis import event, given, settings
from hypothesis import strategies as st

from tests.tools import examples

NOTHING = None
REFUSED = "refused"
ROLES = ["", "[x] ", "[y] "]


def above(classifier):
    """Its transitive superclasses, in the order of the class path."""
    result = {}
    for superclass in classifier.superclasses:
        result |= {superclass: None, **above(superclass)}
    return result


def is_type(classifier, other):
    return classifier is other or other in above(classifier)


def classifier_of(element):
    if isinstance(element, CLink):
        return element.association
    return element.metaclass if isinstance(element, CClass) else element.classifier


def is_at_class_level(element):
    return isinstance(element, CClass) or element.class_object_class is not None


def is_legal_target(source, target):
    """The table of section 3.2."""
    is_link = isinstance(target, CLink)
    is_class_level_link = is_link and isinstance(target.association.source, CMetaclass)
    if isinstance(source, CLink):
        if isinstance(source.association.target, CMetaclass):
            return is_class_level_link if is_link else isinstance(target, CClass)
        return not is_class_level_link if is_link else isinstance(target, CObject)
    if is_at_class_level(source):
        return is_class_level_link if is_link else is_at_class_level(target)
    return not is_class_level_link if is_link else not is_at_class_level(target)


def candidates_of_class(targets):
    """Step 2, second row; an empty list stands for raising."""
    choices = []
    for target in targets:
        if isinstance(target, CLink):
            choices.append([c for c in above(target.association) if isinstance(c, CMetaclass)])
        else:
            choices.append([classifier_of(target), *above(classifier_of(target))])
    common = [c for c in choices[0] if all(c in choice for choice in choices)]
    return [c for c in common if not any(c in above(other) for other in common)]


def candidates_of_object(targets):
    """Step 2, third row: all that the unspecified choice can lead to; `REFUSED` stands for raising."""
    possible = [classifier_of(targets[0])]
    for target in targets[1:]:
        own = classifier_of(target)
        following = []
        for candidate in possible:
            if candidate is REFUSED or is_type(own, candidate):
                following.append(candidate)
            elif is_type(candidate, own):
                following.append(own)
            else:
                following += [c for c in above(candidate) if is_type(own, c)] or [REFUSED]
        possible = list(dict.fromkeys(following))
    return possible


def fits(candidate, end, end_role, role):
    given_role = role is not None
    return (
        (given_role or candidate is not NOTHING)
        and (not given_role or role == end_role)
        and (candidate is NOTHING or is_type(candidate, end))
    )


def matches(sc, candidates, associations, role):
    """Step 5."""
    found = []
    for association in associations:
        for candidate in candidates:
            if is_type(sc, association.source) and fits(
                candidate, association.target, association.role_name, role
            ):
                found.append((association, candidate, True))
            elif is_type(sc, association.target) and fits(
                candidate, association.source, association.source_role_name, role
            ):
                found.append((association, candidate, False))
    return found


def resolve(definitions, fixed, role, bound=False):
    """Every possible outcome: refused, or the association and whether it is forward, for each source."""
    if not definitions:
        return [[]]
    (source, targets), *rest = definitions
    if not targets:
        alternatives = [[NOTHING]]
    elif not isinstance(source, CLink) and is_at_class_level(source):
        alternatives = [candidates_of_class(targets)]
    else:
        alternatives = [[] if c is REFUSED else [c] for c in candidates_of_object(targets)]
    outcomes = []
    for candidates in alternatives:
        if not candidates:
            outcomes.append(REFUSED)
            continue
        sc = classifier_of(source)
        if fixed is not None and not bound:
            if is_type(sc, fixed.source):
                candidates, sc = [fixed.target], fixed.source
            elif is_type(sc, fixed.target):
                candidates, sc = [fixed.source], fixed.target
        inherited = [a for c in [sc, *above(sc)] for a in c.associations]
        found = matches(sc, candidates, [fixed] if fixed else list(dict.fromkeys(inherited)), role)
        if len(found) != 1:
            outcomes.append(REFUSED)
            continue
        [(association, candidate, forward)] = found
        later = resolve(rest, association, role, bound or candidate is not NOTHING)
        outcomes += [REFUSED if o == REFUSED else [(association, forward), *o] for o in later]
    return outcomes


def links_to_make(definitions, outcome):
    """The association and ends of the new links; refused where one would be a duplicate."""
    made = []
    for (source, targets), (association, forward) in zip(definitions, outcome, strict=True):
        for target in targets:
            ends = (source, target) if forward else (target, source)
            link = (association, *map(as_class, ends))
            old = [(link.association, link.source, link.target) for link in source.links]
            if link in made or link in old:
                return REFUSED
            made.append(link)
    return made


def as_class(element):
    return getattr(element, "class_object_class", None) or element


class Metamodel:
    """Classifiers of one level with inheritance, associations, elements and links, drawn at random."""

    def __init__(self, random, class_level):
        self.random = random
        metaclass = CMetaclass("M")
        self.classifiers = []
        for name in "ABCDE":
            classifier = CMetaclass(name) if class_level else CClass(metaclass, name)
            number = min(len(self.classifiers), random.randrange(3))
            classifier.superclasses = random.sample(self.classifiers, k=number)
            self.classifiers.append(classifier)
        make = CClass if class_level else CObject
        self.elements = [make(c, c.name.lower() + n) for c in self.classifiers for n in "12"]
        self.class_objects = [cl.class_object for cl in self.elements[:2]] if class_level else []
        self.relations, self.links = [], []
        for _ in range(random.randrange(1, 6)):
            self.relate()
        for _ in range(random.randrange(5)):
            self.link()

    def relate(self):
        choose = self.random.choice
        descriptor = f"{choose(ROLES)}* -> {choose(ROLES)}*"
        relation = choose(self.classifiers).association(choose(self.classifiers), descriptor)
        if self.random.random() < 0.5:
            relation.superclasses = choose([*self.classifiers, *self.relations])
        self.relations.append(relation)

    def change(self):
        """One change of associations, roles, ends, superclasses or the classifier of an element."""
        choose = self.random.choice
        relation, classifier, element = (
            choose(self.relations),
            choose(self.classifiers),
            choose(self.elements),
        )
        kind = "metaclass" if isinstance(element, CClass) else "classifier"
        changes = [
            self.relate,
            self.link,
            lambda: setattr(relation, "role_name", choose([None, "x", "y"])),
            lambda: setattr(relation, "source_role_name", choose([None, "x", "y"])),
            lambda: setattr(relation, choose(["source", "target"]), classifier),
            lambda: setattr(relation, "superclasses", choose([None, classifier])),
            lambda: setattr(classifier, "superclasses", self.random.sample(self.classifiers, k=1)),
            lambda: setattr(element, kind, classifier),
        ]
        with suppress(CException):
            choose(changes)()

    def link(self):
        """One link by an explicit association, so that there are links to be ends."""
        relation = self.random.choice(self.relations)
        with suppress(CException):
            self.links += add_links(
                {self.any(relation.source): self.any(relation.target)}, association=relation
            )

    def any(self, classifier=None):
        """Any element; with a classifier mostly one of that type."""
        elements = [*self.links, *self.elements, *self.class_objects]
        fitting = [e for e in elements if classifier and is_type(classifier_of(e), classifier)]
        return self.random.choice(fitting if fitting and self.random.random() < 0.95 else elements)

    def definitions(self):
        """One to three sources; a class and its class object are not both among them."""
        choose = self.random.choice
        relation = choose(self.relations)
        definitions = {}
        for _ in range(choose([1, 1, 2, 3])):
            end, opposite = choose([(relation.source, relation.target), (relation.target, relation.source)])
            source = self.any(end)
            targets = dict.fromkeys(self.any(opposite) for _ in range(choose([0, 1, 1, 1, 2, 3])))
            definitions[as_class(source)] = source, list(targets)
        return list(definitions.values())


def agree(metamodel, definitions, association, role):
    """The kernel does what the literal procedure allows, and after a refusal everything is as before."""
    keywords = {"association": association} if association else {}
    if role is not None:
        keywords["role_name"] = role
    if all(is_legal_target(s, t) for s, targets in definitions for t in targets):
        outcomes = resolve(definitions, association, role)
        expected = [REFUSED if o == REFUSED else links_to_make(definitions, o) for o in outcomes]
    else:
        expected = [REFUSED]
    before = [(element, element.links) for element in [*metamodel.elements, *metamodel.links]]
    try:
        made = add_links(dict(definitions), **keywords)
        actual = [(link.association, link.source, link.target) for link in made]
    except CException:
        actual = REFUSED
        assert before == [(element, element.links) for element, _ in before]
    assert actual in expected
    event("refused" if actual == REFUSED else f"{len(actual)} links")


def ask(metamodel):
    """One random call."""
    choose = metamodel.random.choice
    association, role = choose([None, choose(metamodel.relations)]), choose([None, None, "x", "y"])
    agree(metamodel, metamodel.definitions(), association, role)


@settings(max_examples=examples(250), deadline=None)
@given(st.randoms(use_true_random=True))
def test_3_3_resolution_agrees_with_its_definition(random):
    ask(Metamodel(random, class_level=random.random() < 0.5))


@settings(max_examples=examples(60), deadline=None)
@given(st.randoms(use_true_random=True))
def test_3_3_resolution_agrees_when_the_metamodel_changes_between_calls(random):
    metamodel = Metamodel(random, class_level=random.random() < 0.5)
    for _ in range(10):
        if random.random() < 0.4:
            metamodel.change()
        ask(metamodel)
