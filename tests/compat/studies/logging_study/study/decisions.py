from CodeableModels.codeable_models import CClass, CBundle, add_links
from CodeableModels.metamodels.guidance_metamodel import *   # all of it

# Observed in 9 of 11 projects
log_decision = CClass(decision, "What do services log?")
structured = CClass(practice, "Structured Logging")
plain = CClass(practice, "Plain Text")
add_decision_option_link(log_decision, structured, "Fields")
add_decision_option_link(log_decision, plain, "Lines")
add_stereotyped_link_with_role_tagged_value(structured, plain, realizes, "successor")
searching = CClass(force, "Searching")
add_links({structured: searching}, role_name="forces", stereotype_instances=very_positive)
add_links({plain: searching}, role_name="forces", stereotype_instances=negative)

log_view = CBundle("Logging", elements=log_decision.class_object.get_connected_elements())
log_classes = CBundle("Logging by classes", elements=[log_decision, structured, plain, searching])
