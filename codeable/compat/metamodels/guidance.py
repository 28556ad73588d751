"""Architectural guidance, with its functions, bundles and views."""

from codeable.compat.metamodels import in_order as _in_order
from codeable.compat.metamodels import is_earlier as _is_earlier
from codeable.compat.metamodels.domain import domain_metamodel
from codeable.kernel import (  # noqa: F401 - studies take them from here
    CAssociation,
    CBundle,
    CClass,
    CLink,
    CMetaclass,
    CStereotype,
    add_links,
)
from codeable.metamodels.domain import domain_metaclass
from codeable.metamodels.guidance import (  # noqa: F401
    alternative_to,
    can_be_combined_with,
    can_be_realized_by,
    can_be_realized_with,
    can_include,
    can_use,
    category,
    category_decisions_relation,
    category_hierarchy_relation,
    consider_if_not_decided_yet,
    context_relations_type,
    decide_for_all_instances_of,
    decide_for_some_instances_of,
    decision,
    decision_category_to_contexts_relation,
    decision_solution_relation,
    decision_to_contexts_relation,
    decision_type,
    design_solution,
    design_solution_dependencies,
    design_solution_dependency_type,
    design_solution_domain_metaclass,
    do_nothing_design_solution,
    enables,
    extension,
    force,
    force_impact_relation,
    force_impact_type,
    has_variant,
    includes,
    influences,
    is_a,
    known_use,
    leads_to,
    mandatory_next,
    model_element,
    multiple_answers,
    negative,
    neutral,
    next_decision,
    option,
    optional_next,
    pattern,
    positive,
    positive_and_negative,
    practice,
    realizes,
    requires,
    rules_out,
    single_answer,
    solutions_known_uses_relation,
    solutions_to_next_decisions_relation,
    solutions_to_next_decisions_relation_type,
    uses,
    variant,
    very_negative,
    very_positive,
)

# The bundled metamodel has this attribute only, and texts show the attributes of stereotypes.
option.attributes = {"name": str}

force_impact_metaclasses = [design_solution, force]
design_solution_dependencies_metaclasses = [design_solution, design_solution]
solutions_to_next_decisions_relation_metaclasses = [design_solution, decision]
decision_category_to_contexts_relation_metaclasses = [category, domain_metaclass]

_all = CBundle("Guidance Meta Model", elements=model_element.get_connected_elements())
guidance_metamodel_hierarchy = CBundle(
    "Guidance Meta Model Hierarchy",
    elements=model_element.get_connected_elements(stop_elements_exclusive=domain_metaclass),
)
guidance_metamodel_details = CBundle(
    "Guidance Meta Model Details",
    elements=design_solution.get_connected_elements(
        stop_elements_inclusive=domain_metaclass,
        stop_elements_exclusive=[model_element, do_nothing_design_solution, practice, pattern],
    ),
)
force_impact_type_bundle = CBundle(
    "Force Impact Types",
    elements=[*force_impact_metaclasses, force_impact_type, *force_impact_type.subclasses],
)
if _is_earlier():
    _dependency_types = _in_order(
        design_solution_dependency_type,
        [
            requires,
            uses,
            can_use,
            can_be_combined_with,
            can_be_realized_with,
            variant,
            extension,
            is_a,
            realizes,
            includes,
            alternative_to,
            rules_out,
            influences,
            leads_to,
            enables,
        ],
    )
else:
    _dependency_types = [
        each
        for each in design_solution_dependency_type.subclasses
        if each not in (can_be_realized_with, variant)
    ]
design_solution_dependency_type_bundle = CBundle(
    "Design Solution Dependency Types",
    elements=[*design_solution_dependencies_metaclasses, design_solution_dependency_type, *_dependency_types],
)
solution_to_next_decisions_relation_type_bundle = CBundle(
    "Solutions To Next Decisions Relation Types",
    elements=[
        *solutions_to_next_decisions_relation_metaclasses,
        solutions_to_next_decisions_relation_type,
        *solutions_to_next_decisions_relation_type.subclasses,
    ],
)
context_relations_type_bundle = CBundle(
    "Decision Category To Contexts Relation Types",
    elements=[
        *decision_category_to_contexts_relation_metaclasses,
        context_relations_type,
        *context_relations_type.subclasses,
    ],
)
guidance_metamodel_views = [
    _all,
    {},
    guidance_metamodel_hierarchy,
    {"render_associations": False},
    guidance_metamodel_details,
    {},
    domain_metamodel,
    {},
    force_impact_type_bundle,
    {},
    design_solution_dependency_type_bundle,
    {},
    solution_to_next_decisions_relation_type_bundle,
    {},
    context_relations_type_bundle,
    {},
]


def add_stereotyped_link_with_how_tagged_value(
    link_from: CClass, link_to: CClass, stereotype_instance: CStereotype, tag_value: str
) -> CLink:
    """Relate two solutions, with the tagged value `how`."""
    link = _add_dependency(link_from, link_to, stereotype_instance)
    link.set_tagged_value("how", tag_value)
    return link


def add_stereotyped_link_with_role_tagged_value(
    link_from: CClass, link_to: CClass, stereotype_instance: CStereotype, tag_value: str
) -> CLink:
    """Relate two solutions, with the tagged value `role`."""
    link = _add_dependency(link_from, link_to, stereotype_instance)
    link.set_tagged_value("role", tag_value)
    return link


def add_stereotyped_design_solution_link(
    from_design_solution: CClass, to_design_solution: CClass, stereotype_instance: CStereotype
) -> None:
    """Relate two solutions by a stereotype."""
    _add_dependency(from_design_solution, to_design_solution, stereotype_instance)


def add_decision_option_link(
    decision_: CClass,
    design_solution_: CClass,
    option_name: str | None = None,
    option_description: str | None = None,
) -> CLink:
    """Make a solution an option of a decision. Unlike `codeable.dsl`, it does not check the kinds."""
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
    """Make a solution an option of a decision for all that specialises the two."""
    return decision_.association(
        design_solution_,
        multiplicity="*",
        source_multiplicity="1",
        derived_from=decision_solution_relation,
        stereotype_instances=option,
        tagged_values=_option_texts(option_name, option_description),
    )


def _option_texts(name: str | None, description: str | None) -> dict[str, str]:
    """The tagged values of an option. The first description declares the attribute."""
    if description is not None and option.get_attribute("description") is None:
        option.attributes = {
            **{each: option.get_attribute(each) for each in option.attribute_names},
            "description": str,
        }
    given = {"name": name, "description": description}
    return {attribute: text for attribute, text in given.items() if text is not None}


def _add_dependency(link_from: CClass, link_to: CClass, stereotype_instance: CStereotype) -> CLink:
    return add_links({link_from: link_to}, role_name="to", stereotype_instances=stereotype_instance)[0]
