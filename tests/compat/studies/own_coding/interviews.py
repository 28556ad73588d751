"""A study with a coding metamodel of its own: interviews beside documents, statements with a weight."""

from codeable_models import CAttribute, CBundle, CClass, CEnum, CMetaclass, CStereotype, add_links
from metamodels.domain_metamodel import domain_metaclass
from metamodels.guidance_metamodel import (
    add_decision_option_link,
    decision,
    design_solution,
    design_solution_dependencies,
    force,
    force_impact_relation,
    includes,
    negative,
    pattern,
    positive,
    practice,
)

role = CEnum("Role", values=["Architect", "Developer", "Manager"])
source = CMetaclass("Source", attributes={"title": str, "url": str, "type": str, "year": int})
interview = CMetaclass("Interview", superclasses=source, attributes={
    "role": role, "minutes": CAttribute(default=60), "recorded": True, "topics": list})
code = CMetaclass("Code", attributes={"memo": str})
contains_codes = code.association(source, "contains codes: [contained_code] * -> [evidence] *")
statement_kind = CStereotype("Kind of Statement", extended=contains_codes, attributes={"quote": str})
opinion = CStereotype("Opinion", superclasses=statement_kind)
experience = CStereotype("Experience", superclasses=statement_kind, attributes={"project": str})
quality = CStereotype("Quality", extended=force)
for classifier in [decision, domain_metaclass, design_solution, force, design_solution_dependencies]:
    classifier.superclasses = classifier.superclasses + [code]

deployment = CClass(decision, "How is it deployed?", values={"memo": "asked in every interview"})
containers = CClass(practice, "Containers")
orchestration = CClass(pattern, "Orchestration", superclasses=containers, attributes={"replicas": 2})
serverless = CClass(pattern, "Serverless")
for solution, text in [(containers, "Pack it"), (orchestration, "Pack and place it"), (serverless, None)]:
    add_decision_option_link(deployment, solution, text)
effort, cost = CClass(force, "Effort", stereotype_instances=quality), CClass(force, "Cost")
containers_on_effort = add_links(
    {containers: effort}, association=force_impact_relation, stereotype_instances=positive)[0]
add_links({serverless: [cost]}, association=force_impact_relation, stereotype_instances=[negative])
orchestration_includes = orchestration.add_links(containers, role_name="to", stereotype_instances=includes)[0]

i1 = CClass(interview, "Interview 1", values={"role": "Architect", "title": "First", "topics": ["cost", "people"]})
i2 = CClass(interview, "Interview 2", values={"role": "Developer", "minutes": 45, "recorded": False})
d1 = CClass(source, "d1", values={"title": "A page", "url": "https://example.org/d1", "year": 2021})
add_links({i1: [deployment, containers, orchestration_includes]}, role_name="contained_code")
add_links({i2: serverless}, role_name="contained_code", stereotype_instances=experience,
          tagged_values={"quote": "It just \"scales\"\nby itself", "project": "shop"})
add_links({d1: containers}, role_name="contained_code", stereotype_instances=opinion, label="page 3")

all_of_it = CBundle("Everything")
all_of_it.elements = [deployment, containers, orchestration, serverless, effort, cost]
with_sources = CBundle("With Sources", elements=[i1, i2, d1, containers, serverless, deployment, orchestration])
