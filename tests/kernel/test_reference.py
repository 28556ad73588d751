"""The iterative walks give what their recursive definitions give, on random models."""

from hypothesis import given, settings
from hypothesis import strategies as st

from codeable.kernel import CBundle, CClass, CMetaclass, CStereotype
from tests.tools import examples

SIZE = 7
numbers = st.integers(0, SIZE - 1)
pairs = st.lists(st.tuples(numbers, numbers), max_size=10)
some = st.sets(numbers, max_size=2)


def path(classifier) -> list:
    found = [classifier]
    for superclass in classifier.superclasses:
        found += [one for one in path(superclass) if one not in found]
    return found


@given(st.lists(st.lists(numbers, unique=True, max_size=3), min_size=SIZE, max_size=SIZE))
@settings(deadline=None)
def test_the_class_path_is_that_of_the_recursive_definition(above):
    metaclasses: list[CMetaclass] = []
    for number, superclasses in enumerate(above):
        chosen = [metaclasses[one] for one in superclasses if one < number]
        metaclasses.append(CMetaclass(str(number), superclasses=chosen))
    for metaclass in metaclasses:
        assert metaclass.class_path == path(metaclass)
        assert metaclass.all_superclasses == set(path(metaclass)[1:])
        assert metaclass.all_subclasses == {one for one in metaclasses if metaclass in path(one)[1:]}


def phases(element, process_bundles, process_stereotypes):
    yield element.bundles
    if isinstance(element, (CMetaclass, CStereotype)):
        opposite = [one.get_opposite_classifier(element) for one in element.associations]
        yield [*element.superclasses, *element.subclasses, *opposite]
    if isinstance(element, CMetaclass):
        yield element.stereotypes
    if isinstance(element, CStereotype) and process_stereotypes:
        yield element.extended
    if isinstance(element, CBundle) and process_bundles:
        yield element.elements
    if hasattr(element, "links"):
        yield [link.get_opposite_object(element) for link in element.links]


def expand(element, found, inclusive, exclusive, process_bundles, process_stereotypes):
    for phase in phases(element, process_bundles, process_stereotypes):
        for neighbour in [one for one in phase if one not in exclusive]:
            if neighbour not in found:
                found.append(neighbour)
                if neighbour not in inclusive:
                    expand(neighbour, found, inclusive, exclusive, process_bundles, process_stereotypes)


def connected(start, inclusive, exclusive, **process):
    if start in exclusive:
        return []
    found = [start]
    expand(start, found, inclusive, exclusive, **process)
    return found


@given(above=pairs, associated=pairs, extended=pairs, bundled=pairs, nested=pairs, inclusive=some,
       exclusive=some, process_bundles=st.booleans(), process_stereotypes=st.booleans())  # fmt: skip
@settings(deadline=None, max_examples=examples(200))
def test_connected_classifiers_come_in_the_order_of_the_recursive_definition(
    above, associated, extended, bundled, nested, inclusive, exclusive, process_bundles, process_stereotypes
):
    metaclasses = [CMetaclass(str(number)) for number in range(SIZE)]
    stereotypes = [CStereotype(str(number)) for number in range(SIZE)]
    bundles = [CBundle(str(number)) for number in range(SIZE)]
    for low, high in {(min(pair), max(pair)) for pair in above if pair[0] != pair[1]}:
        metaclasses[low].superclasses = [*metaclasses[low].superclasses, metaclasses[high]]
    for source, target in associated:
        metaclasses[source].association(metaclasses[target], "* -> *")
    for stereotype, metaclass in dict.fromkeys(extended):
        stereotypes[stereotype].extended = [*stereotypes[stereotype].extended, metaclasses[metaclass]]
    for bundle, element in dict.fromkeys(bundled):
        bundles[bundle].add((metaclasses + stereotypes)[element * 2])
    for bundle, inner in dict.fromkeys(nested):
        bundles[bundle].add(bundles[inner])
    stops = {
        "inclusive": [(metaclasses + stereotypes + bundles)[one * 3] for one in inclusive],
        "exclusive": [(metaclasses + stereotypes + bundles)[one * 3] for one in exclusive],
    }
    process = {"process_bundles": process_bundles, "process_stereotypes": process_stereotypes}
    for start in (metaclasses[0], stereotypes[0], bundles[0]):
        options = {f"stop_elements_{name}": stop for name, stop in stops.items()}
        found = start.get_connected_elements(add_bundles=True, add_stereotypes=True, **options, **process)
        assert found == connected(start, **stops, **process)


@given(linked=pairs, bundled=some, inclusive=some, exclusive=some)
@settings(deadline=None)
def test_connected_objects_come_in_the_order_of_the_recursive_definition(
    linked, bundled, inclusive, exclusive
):
    metaclass = CMetaclass("M")
    association = metaclass.association(metaclass, "[from] * -> [to] *")
    classes = [CClass(metaclass, str(number)) for number in range(SIZE)]
    for source, target in dict.fromkeys(linked):
        classes[source].add_links(classes[target], association=association, role_name="to")
    bundle = CBundle("b", elements=[classes[one].class_object for one in bundled])
    stops = {
        "inclusive": [classes[one].class_object for one in inclusive],
        "exclusive": [classes[one].class_object for one in exclusive],
    }
    options = {f"stop_elements_{name}": stop for name, stop in stops.items()}
    for cl in classes:
        start = cl.class_object
        found = start.get_connected_elements(add_bundles=True, process_bundles=True, **options)
        assert found == connected(start, **stops, process_bundles=True, process_stereotypes=False)
    assert bundle.elements == [classes[one].class_object for one in bundled]
