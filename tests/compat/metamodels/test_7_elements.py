"""Sections 7.1, 7.2 and 7.4: metaclasses and stereotypes, their names, attributes, relations and order."""

import pytest
from codeable_models import CMetaclass, CStereotype

from tests.compat.metamodels.conftest import NAMES
from tests.compat.metamodels.tables_of_metamodels import rows

TABLES = {name: rows(name) for name in NAMES}
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


def elements(metamodels, metamodel):
    """Each element of a metamodel, with its line of the table."""
    for row in TABLES[metamodel]:
        yield row, getattr(module(metamodels, metamodel), row.identifier)


@pytest.mark.parametrize("metamodel", NAMES)
def test_7_elements_are_of_their_kinds_and_have_their_display_names(metamodels, metamodel):
    found = {row.identifier: (type(each), each.name) for row, each in elements(metamodels, metamodel)}
    assert found == {
        row.identifier: (KINDS[row.kind], row.name(metamodels.generation)) for row in TABLES[metamodel]
    }


@pytest.mark.parametrize("metamodel", NAMES)
def test_7_elements_have_their_superclasses_in_order(metamodels, metamodel):
    found = {row.identifier: each.superclasses for row, each in elements(metamodels, metamodel)}
    assert found == {row.identifier: superclasses(metamodels, row) for row in TABLES[metamodel]}


@pytest.mark.parametrize("metamodel", NAMES)
def test_7_elements_have_their_attributes_in_order_without_defaults(metamodels, metamodel):
    found = {
        row.identifier: [(a.name, a.type, a.default) for a in each.attributes]
        for row, each in elements(metamodels, metamodel)
    }
    assert found == {
        row.identifier: [(name, kind, None) for name, kind in row.attributes.items()]
        for row in TABLES[metamodel]
    }


@pytest.mark.parametrize("metamodel", NAMES)
def test_7_stereotypes_extend_what_the_table_says(metamodels, metamodel):
    stereotypes = [(row, each) for row, each in elements(metamodels, metamodel) if row.kind == "stereotype"]
    found = {row.identifier: each.extended for row, each in stereotypes}
    assert found == {
        row.identifier: [find(metamodels, identifier) for identifier in row.extended]
        for row, _ in stereotypes
    }


@pytest.mark.parametrize("metamodel", NAMES)
def test_7_order_of_definition_shows_in_subclasses_and_stereotypes(metamodels, metamodel):
    """For every element: those of this table which name it, in the order of the table."""
    table = [row for row in TABLES[metamodel] if row.exists_in(metamodels.generation)]
    own = [getattr(module(metamodels, metamodel), row.identifier) for row in table]
    for above in {e: None for row in table for e in superclasses(metamodels, row)}:
        below = [e for e, row in zip(own, table, strict=True) if above in superclasses(metamodels, row)]
        assert [e for e in above.subclasses if e in own] == below
    for extended in {find(metamodels, i): None for row in table for i in row.extended}:
        names = [row.identifier for row in table if extended in [find(metamodels, i) for i in row.extended]]
        found = [e for e in extended.stereotypes if e in own]
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
