"""A study with a coding metamodel of its own: interviews beside documents, statements with a weight."""

from codeable.dsl import *

code.attributes = {"memo": str}
source.superclasses = []
source.attributes = {"title": str, "url": str, "type": str, "year": int}

role = CEnum("Role", values=["Architect", "Developer", "Manager"])
interview = CMetaclass(
    "Interview",
    superclasses=source,
    attributes={"role": role, "minutes": 60, "recorded": True, "topics": list},
)
statement_kind = CStereotype(
    "Kind of Statement", extended=code.associations[0], attributes={"quote": str}
)
opinion = CStereotype("Opinion", superclasses=statement_kind)
experience = CStereotype(
    "Experience", superclasses=statement_kind, attributes={"project": str}
)
quality = CStereotype("Quality", extended=force)
deployment = CClass(
    decision, "How is it deployed?", values={"memo": "asked in every interview"}
)
containers = CClass(practice, "Containers")
orchestration = CClass(
    pattern, "Orchestration", superclasses=containers, attributes={"replicas": 2}
)
serverless = CClass(pattern, "Serverless")

add_decision_option_link(deployment, containers, "Pack it")
add_decision_option_link(deployment, orchestration, "Pack and place it")
add_decision_option_link(deployment, serverless)

effort = CClass(force, "Effort", stereotype_instances=quality)
cost = CClass(force, "Cost")

containers_on_effort = containers.add_links(
    effort, role_name="forces", stereotype_instances=positive
)[0]
add_force_relations({serverless: {cost: negative}})
orchestration_includes = orchestration.add_links(
    containers, role_name="to", stereotype_instances=includes
)[0]

all_of_it = CBundle(
    "Everything",
    elements=[deployment, containers, orchestration, serverless, effort, cost],
)

solution = serverless
