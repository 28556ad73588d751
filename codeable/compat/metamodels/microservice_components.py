"""Components of microservices, with their bundles."""

from codeable.compat.metamodels import is_earlier as _is_earlier
from codeable.compat.metamodels import without_later as _without_later
from codeable.compat.metamodels.component import *
from codeable.kernel import CBundle
from codeable.metamodels.microservice_components import *

_later = _without_later(
    transactional_outbox_message_relay,
    middleware_service,
    discovery_service,
    configuration_service,
    api_gateway,
    backends_for_frontends_gateway,
    web_browser,
    service_client_in_web_ui,
    ui,
    application,
    mobile_application,
    local_file_based_data_store,
    replicated,
    monitoring_dashboard,
    monitoring_data_provider,
    circuit_breaker,
    load_balancer,
    contains,
    kafka_protocol,
)
if _is_earlier():
    web_ui.superclasses = facade

_component_side = component_type.get_connected_elements(add_stereotypes=True, stop_elements_exclusive=_later)
_connector_side = connector_type.get_connected_elements(add_stereotypes=True, stop_elements_exclusive=_later)
_all = CBundle(
    "_all",
    elements=[
        *component.get_connected_elements(add_stereotypes=True, stop_elements_exclusive=_later),
        *_connector_side,
    ],
)
component_stereotypes = CBundle("Component Stereotypes", elements=_component_side)
connector_stereotypes = CBundle("Connector Stereotypes", elements=[component, *_connector_side])
microservice_metamodel_views = [
    _all,
    {},
    component_stereotypes,
    {"render_attributes": False},
    connector_stereotypes,
    {"render_attributes": False},
]
