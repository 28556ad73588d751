"""Random small models: sections 2.2 and 5 written down literally, and the kernel must agree."""

from contextlib import suppress

from codeable_models import (
    CAssociation,
    CBundle,
    CClass,
    CClassifier,
    CException,
    CLink,
    CMetaclass,
    CObject,
    CStereotype,
    add_links,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tools import examples

RANDOM = st.randoms(use_true_random=True)
SOME = settings(max_examples=examples(60), deadline=None)


def path(classifier):
    """Section 2.2, literally."""
    result = [classifier]
    for superclass in classifier.superclasses:
        for entry in path(superclass):
            if entry not in result:
                result.append(entry)
    return result


@SOME
@given(RANDOM)
def test_2_2_class_path_agrees_with_its_definition(random):
    classifiers = []
    for number in range(random.randrange(1, 12)):
        above = random.sample(classifiers, k=min(number, random.randrange(4)))
        classifiers.append(CMetaclass(str(number), superclasses=above))
    for classifier in classifiers:
        assert classifier.class_path == path(classifier)
        assert classifier.all_superclasses == set(path(classifier)) - {classifier}
        assert classifier.all_subclasses == {c for c in classifiers if classifier in path(c)} - {classifier}


class Model:
    """Elements of every kind, grown by random steps; a step that the kernel refuses is left out."""

    def __init__(self, random):
        self.choose = random.choice
        self.metaclasses = [CMetaclass(f"m{number}") for number in range(4)]
        self.stereotypes = [CStereotype(f"s{number}") for number in range(3)]
        self.bundles = [CBundle(f"b{number}") for number in range(3)]
        self.classes = [CClass(self.metaclasses[number % 2], f"c{number}") for number in range(4)]
        self.objects = [CObject(self.classes[number % 2], f"o{number}") for number in range(4)]
        self.relations, self.links = [], []
        for first, second, *_ in (self.metaclasses, self.classes):
            self.relations.append(first.association(second, "* -> *", superclasses=first))
        steps = [self.inherit, self.associate, self.derive, self.extend, *[self.bundle] * 2, *[self.link] * 3]
        for _ in range(random.randrange(60)):
            with suppress(CException):
                self.choose(steps)()

    @property
    def elements(self):
        class_objects = [cl.class_object for cl in self.classes]
        classifiers = [*self.metaclasses, *self.stereotypes, *self.classes, *self.relations]
        return [*classifiers, *self.bundles, *self.objects, *self.links, *class_objects]

    def group(self):
        return self.choose([self.metaclasses, self.stereotypes, self.classes])

    def inherit(self):
        group = self.group()
        sub = self.choose(group)
        sub.superclasses = [*sub.superclasses, self.choose(group)]

    def associate(self):
        group = self.group()
        self.relations.append(self.choose(group).association(self.choose(group), "* -> *"))

    def derive(self):
        """Puts an association below a classifier or another association."""
        relation = self.choose(self.relations)
        above = self.choose([*self.metaclasses, *self.classes, *self.relations])
        relation.superclasses = [*relation.superclasses, above]

    def extend(self):
        stereotype = self.choose(self.stereotypes)
        kind = self.choose([self.metaclasses, self.metaclasses, self.relations])
        stereotype.extended = [*stereotype.extended, self.choose(kind)]

    def bundle(self):
        self.choose(self.bundles).add(self.choose(self.elements))

    def link(self):
        ends = [*self.choose([self.objects, self.classes]), *self.links]
        definitions = {self.choose(ends): self.choose(ends)}
        self.links += add_links(definitions, association=self.choose(self.relations))


def neighbours(element, phase, options):
    """Section 5.3: the neighbours of a phase, in order."""
    if phase == 1:
        return element.bundles
    if phase == 2:
        if isinstance(element, CClassifier):
            opposite = [a.get_opposite_classifier(element) for a in element.associations]
            return [*element.superclasses, *element.subclasses, *opposite]
        if isinstance(element, CBundle):
            return element.elements if options.get("process_bundles") else []
        if isinstance(element, CObject):
            return [link.get_opposite_object(element) for link in element.links]
        return []
    if isinstance(element, CMetaclass):
        return element.stereotypes
    if isinstance(element, CStereotype) and options.get("process_stereotypes"):
        return element.extended
    return []


def connected(start, options):
    """Section 5.2, literally."""
    inclusive = options.get("stop_elements_inclusive", [])
    exclusive = options.get("stop_elements_exclusive", [])
    if start in exclusive:
        return []
    result = [start]

    def expand(element):
        for phase in (1, 2, 3):
            for neighbour in [n for n in neighbours(element, phase, options) if n not in exclusive]:
                if neighbour not in result:
                    result.append(neighbour)
                    if neighbour not in inclusive and neighbour not in exclusive:
                        expand(neighbour)

    expand(start)
    filtered = {
        "add_bundles": CBundle,
        "add_stereotypes": CStereotype,
        "add_associations": CAssociation,
        "add_links": CLink,
    }
    hidden = tuple(kind for option, kind in filtered.items() if not options.get(option))
    return [element for element in result if not isinstance(element, hidden)]


def allowed(start):
    options = ["add_bundles", "process_bundles"]
    if isinstance(start, (CMetaclass, CBundle, CStereotype)):
        options += ["add_stereotypes", "process_stereotypes"]
    if isinstance(start, (CMetaclass, CClass, CAssociation)):
        options += ["add_associations"]
    if isinstance(start, CObject):
        options += ["add_links"]
    return options


@SOME
@given(RANDOM)
def test_5_2_get_connected_elements_agrees_with_its_definition(random):
    elements = Model(random).elements
    start = random.choice(elements)
    options = {name: random.random() < 0.5 for name in allowed(start)}
    options["stop_elements_inclusive"] = random.sample(elements, k=random.randrange(3))
    options["stop_elements_exclusive"] = random.sample(elements, k=random.randrange(3))
    assert start.get_connected_elements(**options) == connected(start, options)


@SOME
@given(RANDOM)
def test_5_2_every_element_of_a_random_model_agrees_with_all_options_and_with_none(random):
    for start in Model(random).elements:
        options = dict.fromkeys(allowed(start), True)
        assert start.get_connected_elements(**options) == connected(start, options)
        assert start.get_connected_elements() == connected(start, {})
