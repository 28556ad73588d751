"""A CodeableModels study: one module with everything, and the generator at its end."""

from codeable.dsl import *

code.attributes = {}

api_versions = CClass(category, "API Versions")
evolution = CClass(decision, "How to evolve an API without breaking its clients?")

add_links({api_versions: evolution}, role_name="decisions")

versioning = CClass(
    practice, "Semantic Versioning", values={"description": "Major.Minor.Patch"}
)
two_in_production = CClass(
    pattern, "Two in Production", values={"aka": "Parallel Versions"}
)
no_versions = CClass(do_nothing_design_solution, "Do nothing about versions")

add_decision_option_link(
    evolution, versioning, "Tell clients by the number what has changed"
)
add_decision_option_link(
    evolution, two_in_production, "Run the old version and the new one side by side"
)
add_decision_option_link(evolution, no_versions)

compatibility = CClass(force, "Backward compatibility")
effort = CClass(force, "Effort of maintenance")

add_force_relations(
    {
        versioning: {compatibility: positive},
        two_in_production: {compatibility: very_positive},
    }
)
add_links(
    {two_in_production: effort},
    role_name="forces",
    stereotype_instances=very_negative,
    label="per version",
)
versions_in_parallel = two_in_production.add_links(
    versioning, role_name="to", stereotype_instances=can_use
)[0]
add_stereotyped_link_with_how_tagged_value(
    no_versions, versioning, rules_out, "there is nothing to count"
)

retirement = CClass(decision, "When is an old version retired?")

add_links(
    {two_in_production: retirement},
    role_name="next decision",
    stereotype_instances=mandatory_next,
)

limited = CClass(practice, "Limited Lifetime Guarantee")

add_decision_option_link(retirement, limited, 'Say "how long" when it starts')

_all = CBundle(
    "All of the API guidance",
    elements=[
        evolution.class_object,
        api_versions.class_object,
        versioning.class_object,
        compatibility.class_object,
        two_in_production.class_object,
        effort.class_object,
        retirement.class_object,
        limited.class_object,
        no_versions.class_object,
    ],
)
options_only = CBundle(
    "Options", elements=[evolution, versioning, two_in_production, no_versions]
)
forces_only = CBundle(
    "Forces", elements=[versioning, two_in_production, compatibility, effort]
)

all_view = _all
