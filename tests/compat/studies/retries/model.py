from codeable_models import CClass, CBundle, add_links
from metamodels.guidance_metamodel import decision, practice, force, negative, add_decision_option_link

# Retries: s1 only
retry_decision = CClass(decision, "How often is a call repeated?")
never = CClass(practice, "Never")
backoff = CClass(practice, "Exponential Backoff")
add_decision_option_link(retry_decision, never, "Fail at once")
add_decision_option_link(retry_decision, backoff, "With growing pauses")
load = CClass(force, "Load")
backoff.add_links(load, role_name="forces", stereotype_instances=negative)
retries_view = CBundle("Retries", elements=retry_decision.class_object.get_connected_elements())
