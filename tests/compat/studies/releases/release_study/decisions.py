"""How teams release."""
from codeable_models import CClass, CBundle, add_links
from metamodels.guidance_metamodel import (
    decision, practice, force,  # what we code
    positive, negative, very_positive,
    leads_to, add_decision_option_link, add_stereotyped_design_solution_link,
)

# Interview 4 calls it "rollout", all others "release"
release_decision = CClass(decision, "How does a version reach its users?")
canary = CClass(practice, "Canary Release")
blue_green = CClass(practice, "Blue-Green Deployment")
flags = CClass(practice, "Feature Flags")
add_decision_option_link(release_decision, canary, "To few users first")
add_decision_option_link(release_decision, blue_green, "To all users at once, with a way back")
add_decision_option_link(release_decision, flags, "Dark, switched on later")

risk = CClass(force, "Risk of an outage")
cost = CClass(force, "Cost of the machines")
add_links({canary: risk}, role_name="forces", stereotype_instances=very_positive)
add_links({blue_green: risk}, role_name="forces", stereotype_instances=positive)
add_links({blue_green: cost}, role_name="forces", stereotype_instances=negative)  # twice the machines
add_stereotyped_design_solution_link(flags, canary, leads_to)

releases_view = CBundle("Releases", elements=release_decision.class_object.get_connected_elements())
