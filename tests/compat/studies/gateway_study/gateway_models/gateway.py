"""API gateways; as published."""
from codeable_models import CClass, CBundle, add_links
from metamodels.guidance_metamodel import *
from domain_models.gateway_domain import api_client, backend
import domain_models.gateway_domain as domain

# s1 and s2 agree on everything here
gateway_decision = CClass(decision, "Who routes calls?")
gateway_decision.add_links([api_client, backend], role_name="context")
one_gateway = CClass(pattern, "One Gateway")
per_client = CClass(pattern, "Backend for Frontend")
add_decision_option_link(gateway_decision, one_gateway, "One for all clients")
add_decision_option_link(gateway_decision, per_client, "One for each client")
assert domain.backend is backend
gateway_view = CBundle("Gateway", elements=gateway_decision.class_object.get_connected_elements())
