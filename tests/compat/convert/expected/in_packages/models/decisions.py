"""The decisions and their options."""

from codeable.dsl import *
from models.domain_model import consumer, contract_parties, data_product, domain_team

communication = CClass(category, "Communication")

add_links(
    {communication: data_product},
    role_name="context",
    stereotype_instances=decide_for_all_instances_of,
)

communication_decision = CClass(decision, "How can data products communicate?")

add_links({communication: communication_decision}, role_name="decisions")
add_links({communication_decision: contract_parties}, role_name="context")

event_streaming = CClass(practice, "Event Streaming")
pub_sub = CClass(pattern, "Pub/Sub")
event_bus = CClass(pattern, "Event Bus of the whole “Müller & Søn” company")

add_decision_option_link(
    communication_decision, event_streaming, "Messaging through events"
)
add_decision_option_link(
    communication_decision, pub_sub, "Use pub/sub to communicate new events"
)
add_decision_option_link(
    communication_decision, event_bus, "Location for all streaming event data"
)
streaming_realized_with_bus = event_streaming.add_links(
    event_bus, role_name="to", stereotype_instances=can_be_realized_with
)[0]
pub_sub_variant_of_streaming = event_streaming.add_links(
    pub_sub, role_name="to", stereotype_instances=variant
)[0]
bus_uses_pub_sub = event_bus.add_links(
    pub_sub, role_name="to", stereotype_instances=uses
)[0]
add_stereotyped_link_with_how_tagged_value(
    pub_sub, event_streaming, leads_to, "topics become streams"
)

fast_propagation = CClass(force, "Fast data propagation")
coupling = CClass(
    force, "Coupling", values={"description": "of producers and consumers"}
)

add_force_relations(
    {
        pub_sub: {fast_propagation: very_positive, coupling: positive},
        event_bus: {coupling: negative},
    }
)

storage_decision = CClass(
    decision, "Where is the data stored?", values={"recommendation": "near its team"}
)

add_links(
    {event_streaming: storage_decision},
    role_name="next decision",
    stereotype_instances=optional_next,
)

log_storage = CClass(practice, "Keep the log")

add_decision_option_link(storage_decision, log_storage, "Never throw an event away")

_all = CBundle(
    "All",
    elements=[
        communication_decision.class_object,
        communication.class_object,
        contract_parties.class_object,
        domain_team.class_object,
        consumer.class_object,
        event_streaming.class_object,
        event_bus.class_object,
        pub_sub.class_object,
        fast_propagation.class_object,
        coupling.class_object,
        storage_decision.class_object,
        log_storage.class_object,
    ],
)
communication_view = CBundle(
    "Communication Decision",
    elements=[
        communication_decision.class_object,
        event_streaming.class_object,
        pub_sub.class_object,
        event_bus.class_object,
        coupling.class_object,
        fast_propagation.class_object,
    ],
)

all_view = _all
