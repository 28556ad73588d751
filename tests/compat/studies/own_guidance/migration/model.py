"""How monoliths are taken apart."""
from codeable_models import CBundle, CClass, add_links
from metamodels.GT_coding import code
from metamodels.guidance_metamodel import (
    add_decision_option_link, add_stereotyped_link_with_how_tagged_value, conflicts_with, decision, design_solution,
    design_solution_dependencies, force, migrates_to, negative, pattern, positive, practice, tested_by, uses)

for c in (decision, design_solution, force, design_solution_dependencies):
    c.superclasses = c.superclasses + [code]

# i2 answers this at length, i5 in one word
split_decision = CClass(decision, "How is the monolith split?", values={"recommendation": "slowly"})
strangler = CClass(pattern, "Strangler Fig")
big_bang = CClass(practice, "Rewrite")
add_decision_option_link(split_decision, strangler, "Piece by piece",
                         option_description="Each piece is replaced while the rest keeps running.")
add_decision_option_link(split_decision, big_bang, "At once")   # nobody said why

strangler_conflicts = strangler.add_links(big_bang, role_name="to", stereotype_instances=conflicts_with)[0]
big_bang_to_strangler = add_stereotyped_link_with_how_tagged_value(big_bang, strangler, migrates_to, "after a year")

data_decision = CClass(decision, "Who owns the data afterwards?")
per_service = CClass(pattern, "Database per Service")
shared = CClass(practice, "Shared Database")
add_decision_option_link(data_decision, per_service, option_description="Joins move into the services.")
add_decision_option_link(data_decision, shared, "As before")
per_service_tested = per_service.add_links(strangler, role_name="to", stereotype_instances=tested_by)[0]

risk = CClass(force, "Risk")
for solution, impact in ((strangler, positive), (big_bang, negative), (shared, negative)):
    add_links({solution: risk}, role_name="forces", stereotype_instances=impact)
strangler.add_links(data_decision, role_name="next decision")

split_view = CBundle("Splitting", elements=split_decision.class_object.get_connected_elements(
    stop_elements_inclusive=[data_decision.class_object]))
data_view = CBundle("Data", elements=[data_decision, per_service, shared, risk])
