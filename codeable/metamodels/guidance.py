"""Architectural guidance: decisions with their options, practices, patterns, forces, and relations.

Traversals and diagrams follow the order of the declarations. Two relations have two names each, because
earlier and later published studies name them differently.
"""

from collections.abc import Mapping

from codeable.kernel import CAssociation, CClass, CException, CLink, CMetaclass, CStereotype, add_links
from codeable.kernel.class_objects import represented
from codeable.metamodels.argument_checks import check_force_relations, check_kind, check_specialises
from codeable.metamodels.domain import domain_metaclass

model_element = CMetaclass("Model Element", attributes={"aka": str, "description": str})
category = CMetaclass("Category", superclasses=model_element)
design_solution = CMetaclass(
    "Design Solution", superclasses=model_element, attributes={"background reading": str}
)
design_solution_domain_metaclass = CMetaclass(
    "Design Solution / Domain Class", superclasses=[design_solution, domain_metaclass]
)
practice = CMetaclass("Practice", superclasses=design_solution)
pattern = CMetaclass("Pattern", superclasses=practice)
known_use = CMetaclass("Known Use", superclasses=model_element, attributes={"reference": str})
solutions_known_uses_relation = design_solution.association(
    known_use, "used in: [solutions] * -> [knownUses] *"
)

decision = CMetaclass("Decision", superclasses=design_solution, attributes={"recommendation": str})
decision_type = CStereotype("Decision Type", extended=decision)
single_answer = CStereotype("Single Answers", superclasses=decision_type)
multiple_answers = CStereotype("Multiple Answers", superclasses=decision_type)
category_decisions_relation = category.association(decision, "[category] 1 <>- [decisions] *")

force = CMetaclass("Force", superclasses=model_element)
force_impact_relation = design_solution.association(force, "has force: [solutions] * -> [forces] *")
force_impact_type = CStereotype("Force Impact Type", extended=force_impact_relation)
very_positive = CStereotype("++", superclasses=force_impact_type)
positive = CStereotype("+", superclasses=force_impact_type)
neutral = CStereotype("o", superclasses=force_impact_type)
negative = CStereotype("-", superclasses=force_impact_type)
very_negative = CStereotype("--", superclasses=force_impact_type)
positive_and_negative = CStereotype("+/-", superclasses=force_impact_type)

category_hierarchy_relation = category.association(
    category, "has sub-category: [parent category] 1 <*>- [sub category] *"
)

design_solution_dependencies = design_solution.association(
    design_solution, "is dependent on: [from] * -> [to] *"
)
design_solution_dependency_type = CStereotype(
    "Design Solution Dependency Type",
    extended=design_solution_dependencies,
    attributes={"how": str, "role": str},
)
requires = CStereotype("Requires", superclasses=design_solution_dependency_type)
uses = CStereotype("Uses", superclasses=design_solution_dependency_type)
can_use = CStereotype("Can Use", superclasses=design_solution_dependency_type)
can_be_combined_with = CStereotype("Can Be Combined With", superclasses=design_solution_dependency_type)
can_be_realized_by = CStereotype("Can be Realized By", superclasses=design_solution_dependency_type)
has_variant = CStereotype("Has Variant", superclasses=design_solution_dependency_type)
extension = CStereotype("Extension", superclasses=design_solution_dependency_type)
is_a = CStereotype("Is-a", superclasses=design_solution_dependency_type)
realizes = CStereotype("Realizes", superclasses=design_solution_dependency_type)
includes = CStereotype("Includes", superclasses=design_solution_dependency_type)
can_include = CStereotype("Can Include", superclasses=design_solution_dependency_type)
alternative_to = CStereotype("Alternative To", superclasses=design_solution_dependency_type)
rules_out = CStereotype("Rules Out", superclasses=design_solution_dependency_type)
influences = CStereotype("Influences", superclasses=design_solution_dependency_type)
leads_to = CStereotype("Leads To", superclasses=design_solution_dependency_type)
enables = CStereotype("Enables", superclasses=design_solution_dependency_type)

solutions_to_next_decisions_relation = design_solution.association(
    decision, "is next: [prior solution] * -> [next decision] *"
)
solutions_to_next_decisions_relation_type = CStereotype(
    "Solutions To Decisions Relation Type", extended=solutions_to_next_decisions_relation
)
mandatory_next = CStereotype("Mandatory Next", superclasses=solutions_to_next_decisions_relation_type)
optional_next = CStereotype("Optional Next", superclasses=solutions_to_next_decisions_relation_type)
next_decision = CStereotype("Next", superclasses=solutions_to_next_decisions_relation_type)
consider_if_not_decided_yet = CStereotype(
    "Consider If Not Decided Yet", superclasses=solutions_to_next_decisions_relation_type
)

decision_solution_relation = decision.association(design_solution, "has: * -> *")
option = CStereotype(
    "Option", extended=decision_solution_relation, attributes={"name": str, "description": str}
)

decision_category_to_contexts_relation = category.association(
    domain_metaclass, "has context: [category] * -> [context] *"
)
decision_to_contexts_relation = decision.association(
    domain_metaclass, "has context: [decision] * -> [context] *"
)
context_relations_type = CStereotype(
    "Decision Category To Contexts Relation Type",
    extended=[decision_category_to_contexts_relation, decision_to_contexts_relation],
)
decide_for_all_instances_of = CStereotype("decide for all instances of", superclasses=context_relations_type)
decide_for_some_instances_of = CStereotype(
    "decide for some instances of", superclasses=context_relations_type
)

do_nothing_design_solution = CMetaclass("Do Nothing", superclasses=design_solution)

# Earlier studies name `can_be_realized_by` and `has_variant` so. The two are last and change no order.
can_be_realized_with = CStereotype("Can be Realized With", superclasses=design_solution_dependency_type)
variant = CStereotype("Variant", superclasses=design_solution_dependency_type)


def add_decision_option_link(
    decision_: CClass,
    design_solution_: CClass,
    option_name: str | None = None,
    option_description: str | None = None,
) -> CLink:
    """Make a solution an option of a decision.

    Args:
        decision_: The decision.
        design_solution_: The practice, the pattern, or any other design solution.
        option_name: The meaning of the choice; diagrams show it on the arrow.
        option_description: More about the choice; diagrams show it below `option_name`, smaller.

    Returns:
        The link between the two, with the stereotype `option`.

    Raises:
        CException: One of the two is of another kind, the decision has this option already, or a text is no
            string.

    Example:
        >>> how = CClass(decision, "How can data products communicate?")
        >>> str(add_decision_option_link(how, CClass(pattern, "Event Bus"), "Share one bus"))
        '`How can data products communicate? -> Event Bus`'
    """
    check_kind(decision_, decision, "add_decision_option_link", "the decision")
    check_kind(design_solution_, design_solution, "add_decision_option_link", "the option")
    return add_links(
        {decision_: design_solution_},
        association=decision_solution_relation,
        stereotype_instances=option,
        tagged_values=_option_texts(option_name, option_description),
    )[0]


def add_decision_option_association(
    decision_: CClass,
    design_solution_: CClass,
    option_name: str | None = None,
    option_description: str | None = None,
) -> CAssociation:
    """Make a solution an option of a decision for everything that specialises the two.

    Args:
        decision_: The decision.
        design_solution_: The practice, the pattern, or any other design solution.
        option_name: The meaning of the choice.
        option_description: More about the choice.

    Returns:
        An association between the two classes, derived from `decision_solution_relation`.

    Raises:
        CException: One of the two is of another kind, or a text is no string.

    Example:
        >>> how = CClass(decision, "How can data products communicate?")
        >>> add_decision_option_association(how, CClass(pattern, "Event Bus")).derived_from.name
        'has'
    """
    check_kind(decision_, decision, "add_decision_option_association", "the decision")
    check_kind(design_solution_, design_solution, "add_decision_option_association", "the option")
    made: CAssociation = represented(decision_).association(
        represented(design_solution_),
        multiplicity="*",
        source_multiplicity="1",
        derived_from=decision_solution_relation,
        stereotype_instances=option,
        tagged_values=_option_texts(option_name, option_description),
    )
    return made


def add_stereotyped_design_solution_link(
    from_design_solution: CClass, to_design_solution: CClass, stereotype_instance: CStereotype
) -> CLink:
    """Relate two solutions, for example `can_use` or `leads_to`.

    Args:
        from_design_solution: Where the relation starts.
        to_design_solution: Where it leads.
        stereotype_instance: The relation's stereotype, one of those of `design_solution_dependencies`.

    Returns:
        The link, which is a code: a source can be linked to it.

    Raises:
        CException: A class is no design solution, the stereotype belongs to another relation, or the two
            are related in this direction already.

    Example:
        >>> bus, pub_sub = CClass(pattern, "Event Bus"), CClass(pattern, "Pub/Sub")
        >>> str(add_stereotyped_design_solution_link(bus, pub_sub, can_use))
        '`Event Bus -> Pub/Sub`'
    """
    return _add_dependency(
        "add_stereotyped_design_solution_link",
        from_design_solution,
        to_design_solution,
        stereotype_instance,
        {},
    )


def add_stereotyped_link_with_how_tagged_value(
    link_from: CClass, link_to: CClass, stereotype_instance: CStereotype, tag_value: str
) -> CLink:
    """Relate two solutions and say how, in the tagged value `how` of the relation.

    Args:
        link_from: Where the relation starts.
        link_to: Where it leads.
        stereotype_instance: The relation's stereotype.
        tag_value: The text of `how`.

    Returns:
        The link.

    Raises:
        CException: As for `add_stereotyped_design_solution_link`; or the tagged value is no string.

    Example:
        >>> bus, pub_sub = CClass(pattern, "Event Bus"), CClass(pattern, "Pub/Sub")
        >>> add_stereotyped_link_with_how_tagged_value(bus, pub_sub, uses, "per topic").tagged_values
        {'how': 'per topic'}
    """
    return _add_dependency(
        "add_stereotyped_link_with_how_tagged_value",
        link_from,
        link_to,
        stereotype_instance,
        {"how": tag_value},
    )


def add_stereotyped_link_with_role_tagged_value(
    link_from: CClass, link_to: CClass, stereotype_instance: CStereotype, tag_value: str
) -> CLink:
    """Relate two solutions and name the role, in the tagged value `role` of the relation.

    Args:
        link_from: Where the relation starts.
        link_to: Where it leads.
        stereotype_instance: The relation's stereotype.
        tag_value: The text of `role`.

    Returns:
        The link.

    Raises:
        CException: As for `add_stereotyped_design_solution_link`; or the tagged value is no string.

    Example:
        >>> bus, pub_sub = CClass(pattern, "Event Bus"), CClass(pattern, "Pub/Sub")
        >>> add_stereotyped_link_with_role_tagged_value(bus, pub_sub, uses, "broker").tagged_values
        {'role': 'broker'}
    """
    return _add_dependency(
        "add_stereotyped_link_with_role_tagged_value",
        link_from,
        link_to,
        stereotype_instance,
        {"role": tag_value},
    )


def add_force_relations(relations: Mapping[CClass, Mapping[CClass, CStereotype]]) -> list[CLink]:
    """Link solutions to the forces on which they have an impact; all of the links are made, or none.

    Args:
        relations: The impacts, as `{solution: {force: impact}}`; an impact is one of `very_positive`,
            `positive`, `neutral`, `negative`, `very_negative`, `positive_and_negative`.

    Returns:
        The links, in the order given.

    Raises:
        CException: A solution, a force or an impact is of another kind, or a link exists already.

    Example:
        >>> bus, coupling = CClass(pattern, "Event Bus"), CClass(force, "Coupling")
        >>> [str(link) for link in add_force_relations({bus: {coupling: positive}})]
        ['`Event Bus -> Coupling`']
    """
    check_force_relations(relations, design_solution, force, force_impact_type, globals())
    links: list[CLink] = []
    try:
        for solution, impacts in relations.items():
            for force_, impact in impacts.items():
                links += add_links(
                    {solution: force_}, association=force_impact_relation, stereotype_instances=impact
                )
    except CException:
        for link in reversed(links):
            link.delete()
        raise
    return links


def _option_texts(name: str | None, description: str | None) -> dict[str, str]:
    given = {"name": name, "description": description}
    return {attribute: text for attribute, text in given.items() if text is not None}


def _add_dependency(
    call: str, start: CClass, end: CClass, stereotype: CStereotype, tagged_values: dict[str, str]
) -> CLink:
    check_kind(start, design_solution, call, "the start of the relation")
    check_kind(end, design_solution, call, "the end of the relation")
    check_specialises(stereotype, design_solution_dependency_type, globals(), call, "the stereotype")
    return add_links(
        {start: end},
        association=design_solution_dependencies,
        role_name="to",
        stereotype_instances=stereotype,
        tagged_values=tagged_values,
    )[0]
