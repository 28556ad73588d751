from codeable_models import CClass, CBundle, add_links
from metamodels.guidance_metamodel import *

# Tests between services
contract_decision = CClass(decision, "How are contracts tested?")
consumer_driven = CClass(practice, "Consumer-Driven Contracts")
schema = CClass(practice, "Schema Checks")
end_to_end = CClass(practice, "End-to-End Tests")
for option_, text in ((consumer_driven, "By examples of the client"), (schema, "By types"), (end_to_end, "All at once")):
    add_decision_option_link(contract_decision, option_, text)
speed = CClass(force, "Speed of the build")
add_links({schema: speed}, role_name="forces", stereotype_instances=very_positive)
add_links({end_to_end: speed}, role_name="forces", stereotype_instances=very_negative)
consumer_driven.add_links(schema, role_name="to", stereotype_instances=includes)

# each element once, whatever way leads to it
connected = set(contract_decision.class_object.get_connected_elements()) | {speed.class_object}
tests_view = CBundle("Tests", elements=list(connected))
fast_view = CBundle("Fast ones", elements=list({schema, consumer_driven, speed}))
