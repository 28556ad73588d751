"""Sections 7.1, 7.2 and 7.4: associations with labels, ends and order."""

import pytest

# metamodel, identifier, label, source, source role, source multiplicity, arrow, target, role, multiplicity
ASSOCIATIONS = """
guidance   | solutions_known_uses_relation         | used in           | design_solution | solutions       | * | ->   | known_use        | knownUses        | *
guidance   | category_decisions_relation           |                   | category        | category        | 1 | <>-  | decision         | decisions        | *
guidance   | force_impact_relation                 | has force         | design_solution | solutions       | * | ->   | force            | forces           | *
guidance   | category_hierarchy_relation           | has sub-category  | category        | parent category | 1 | <*>- | category         | sub category     | *
guidance   | design_solution_dependencies          | is dependent on   | design_solution | from            | * | ->   | design_solution  | to               | *
guidance   | solutions_to_next_decisions_relation  | is next           | design_solution | prior solution  | * | ->   | decision         | next decision    | *
guidance   | decision_solution_relation            | has               | decision        |                 | * | ->   | design_solution  |                  | *
guidance   | decision_category_to_contexts_relation | has context      | category        | category        | * | ->   | domain_metaclass | context          | *
guidance   | decision_to_contexts_relation         | has context       | decision        | decision        | * | ->   | domain_metaclass | context          | *
component  | connectors_relation                   | connected to      | component       | source          | * | ->   | component        | target           | *
activity   | edge_relation                         | next              | activity_node   | source          | * | ->   | activity_node    | target           | *
deployment | deployment_node_relation              | connected to      | deployment_node | from            | * | ->   | deployment_node  | to               | *
deployment | deployment_relation                   | deployed on       | component       | components      | * | ->   | deployment_node  | deployment_nodes | *
"""  # noqa: E501
CASES = [[cell.strip() or None for cell in line.split("|")] for line in ASSOCIATIONS.strip().splitlines()]


def ends(relation):
    arrow = "<>-" if relation.aggregation else "<*>-" if relation.composition else "->"
    source = [relation.source, relation.source_role_name, relation.source_multiplicity]
    return [relation.name, *source, arrow, relation.target, relation.role_name, relation.multiplicity]


@pytest.mark.parametrize("case", CASES, ids=[case[1] for case in CASES])
def test_7_association_has_its_label_and_ends(metamodels, case):
    (
        metamodel,
        identifier,
        label,
        source,
        source_role,
        source_multiplicity,
        arrow,
        target,
        role,
        multiplicity,
    ) = case
    module = getattr(metamodels, metamodel)
    source, target = getattr(module, source), getattr(module, target)
    expected = [label, source, source_role, source_multiplicity, arrow, target, role, multiplicity]
    assert ends(getattr(module, identifier)) == expected


def test_7_1_the_association_of_domain_class_groups_has_neither_identifier_nor_label(metamodels):
    domain = metamodels.domain
    [relation] = domain.domain_metaclass_group.associations
    group, single = domain.domain_metaclass_group, domain.domain_metaclass
    assert ends(relation) == [None, group, "collection", "*", "<>-", single, "class", "*"]
    assert relation not in vars(domain).values()


# classifier: its associations in order
ORDERS = {
    "design_solution": [
        "solutions_known_uses_relation",
        "force_impact_relation",
        "design_solution_dependencies",
        "solutions_to_next_decisions_relation",
        "decision_solution_relation",
    ],
    "decision": [
        "category_decisions_relation",
        "solutions_to_next_decisions_relation",
        "decision_solution_relation",
        "decision_to_contexts_relation",
    ],
    "category": [
        "category_decisions_relation",
        "category_hierarchy_relation",
        "decision_category_to_contexts_relation",
    ],
    "known_use": ["solutions_known_uses_relation"],
    "force": ["force_impact_relation"],
}


@pytest.mark.parametrize("classifier", ORDERS)
def test_7_2_associations_are_in_order_of_definition(metamodels, classifier):
    guidance = metamodels.guidance
    found = getattr(guidance, classifier).associations
    assert found == [getattr(guidance, identifier) for identifier in ORDERS[classifier]]


def test_7_2_associations_of_domain_classes(metamodels):
    guidance, domain = metamodels.guidance, metamodels.domain
    [of_groups] = domain.domain_metaclass_group.associations
    assert domain.domain_metaclass.associations == [
        of_groups,
        guidance.decision_category_to_contexts_relation,
        guidance.decision_to_contexts_relation,
    ]


def test_7_4_associations_of_components_and_nodes(metamodels):
    d, c = metamodels.deployment, metamodels.component
    assert c.component.associations == [c.connectors_relation, d.deployment_relation]
    assert d.deployment_node.associations == [d.deployment_node_relation, d.deployment_relation]


@pytest.mark.parametrize(
    ("name", "identifiers"),
    [
        ("force_impact_metaclasses", ["design_solution", "force"]),
        ("design_solution_dependencies_metaclasses", ["design_solution", "design_solution"]),
        ("solutions_to_next_decisions_relation_metaclasses", ["design_solution", "decision"]),
        ("decision_category_to_contexts_relation_metaclasses", ["category", "domain_metaclass"]),
    ],
)
def test_7_2_lists_of_metaclasses_are_source_and_target(metamodels, name, identifiers):
    guidance = metamodels.guidance
    assert getattr(guidance, name) == [getattr(guidance, identifier) for identifier in identifiers]
