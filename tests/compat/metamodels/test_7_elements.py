"""Sections 7.1, 7.2 and 7.4: metaclasses and stereotypes, their names, attributes, relations and order."""

import pytest
from codeable_models import CMetaclass, CStereotype

from tests.compat.metamodels.conftest import NAMES
from tests.compat.metamodels.tables_of_metamodels import rows

SECTIONS = {"domain": "7.1", "guidance": "7.2"}
TABLES = {name: rows(name) for name in NAMES}
CASES = [
    pytest.param(name, row, id=f"{SECTIONS.get(name, '7.4')}-{row.identifier}")
    for name in NAMES
    for row in TABLES[name]
]
KINDS = {"metaclass": CMetaclass, "stereotype": CStereotype}


def module(metamodels, name):
    return getattr(metamodels, name)


def find(metamodels, identifier):
    """An element by its identifier, in whichever metamodel has it."""
    return next(
        vars(module(metamodels, n))[identifier] for n in NAMES if hasattr(module(metamodels, n), identifier)
    )


def superclasses(metamodels, row):
    """A superclass marked `†` is one in the current generation only."""
    listed = [s for s in row.superclasses if not s.startswith("†") or metamodels.generation == "current"]
    return [find(metamodels, identifier.removeprefix("†").strip()) for identifier in listed]


@pytest.mark.parametrize(("metamodel", "row"), CASES)
def test_7_element_is_of_its_kind_and_has_its_display_name(metamodels, metamodel, row):
    element = getattr(module(metamodels, metamodel), row.identifier)
    assert type(element) is KINDS[row.kind]
    assert element.name == row.name(metamodels.generation)


@pytest.mark.parametrize(("metamodel", "row"), CASES)
def test_7_element_has_its_superclasses_in_order(metamodels, metamodel, row):
    element = getattr(module(metamodels, metamodel), row.identifier)
    assert element.superclasses == superclasses(metamodels, row)


@pytest.mark.parametrize(("metamodel", "row"), CASES)
def test_7_element_has_its_attributes_in_order_without_defaults(metamodels, metamodel, row):
    element = getattr(module(metamodels, metamodel), row.identifier)
    assert [(a.name, a.type, a.default) for a in element.attributes] == [
        (name, kind, None) for name, kind in row.attributes.items()
    ]


@pytest.mark.parametrize(
    ("metamodel", "row"), [case for case in CASES if case.values[1].kind == "stereotype"]
)
def test_7_stereotype_extends(metamodels, metamodel, row):
    element = getattr(module(metamodels, metamodel), row.identifier)
    assert element.extended == [find(metamodels, identifier) for identifier in row.extended]


@pytest.mark.parametrize("metamodel", NAMES)
def test_7_order_of_definition_shows_in_subclasses_and_stereotypes(metamodels, metamodel):
    """For every element: those of this table which name it, in the order of the table."""
    table = [row for row in TABLES[metamodel] if row.exists_in(metamodels.generation)]
    elements = [getattr(module(metamodels, metamodel), row.identifier) for row in table]
    for above in {e: None for row in table for e in superclasses(metamodels, row)}:
        below = [e for e, row in zip(elements, table, strict=True) if above in superclasses(metamodels, row)]
        assert [e for e in above.subclasses if e in elements] == below
    for extended in {find(metamodels, i): None for row in table for i in row.extended}:
        names = [row.identifier for row in table if extended in [find(metamodels, i) for i in row.extended]]
        found = [e for e in extended.stereotypes if e in elements]
        assert found == [find(metamodels, name) for name in names]


@pytest.mark.parametrize("metamodel", NAMES)
def test_7_the_table_names_every_metaclass_and_stereotype_declared_there(current, metamodel):
    """Further public names are those of other metamodels, which are re-exported."""
    declared = {find(current, row.identifier) for name in NAMES for row in TABLES[name]}
    found = {
        v for k, v in vars(module(current, metamodel)).items() if isinstance(v, CMetaclass | CStereotype)
    }
    assert found <= declared


def test_7_2_both_generations_offer_the_names_of_both(metamodels):
    guidance = metamodels.guidance
    assert guidance.can_be_realized_by is not guidance.can_be_realized_with
    assert guidance.has_variant is not guidance.variant
    assert (guidance.variant.name, guidance.has_variant.name) == ("Variant", "Has Variant")
    assert guidance.can_include.name == "Can Include"


def test_7_2_guidance_reexports_the_domain_metamodel(metamodels):
    assert metamodels.guidance.domain_metaclass is metamodels.domain.domain_metaclass
    assert metamodels.guidance.domain_metamodel is metamodels.domain.domain_metamodel


def test_7_4_microservice_components_star_import_the_component_metamodel(metamodels):
    for name in ("component", "component_type", "connectors_relation", "connector_type"):
        assert getattr(metamodels.microservice_components, name) is getattr(metamodels.component, name)
    assert metamodels.deployment.component is metamodels.component.component


def test_7_each_run_has_metaclasses_of_its_own(current, older):
    for name in NAMES:
        for row in TABLES[name]:
            assert getattr(module(current, name), row.identifier) is not getattr(
                module(older, name), row.identifier
            )


def test_7_nothing_is_a_code_of_ours(metamodels):
    guidance = metamodels.guidance
    assert guidance.decision.all_superclasses == {guidance.design_solution, guidance.model_element}
    assert guidance.design_solution_dependencies.superclasses == []
    assert guidance.force.superclasses == [guidance.model_element]
    assert metamodels.domain.domain_metaclass.superclasses == []
