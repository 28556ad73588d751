"""Communication between data products: the decision, its options and their forces.

Part of the grey-literature study *Data as a Product* (Tom van Eijk, replication package, Apache-2.0, 2023).
"""

from codeable.dsl import *
from models.forces import *

communication_decision = CClass(decision, "How can data products communicate?")

event_streaming = CClass(practice, "Event Streaming")
add_decision_option_link(communication_decision, event_streaming, "Messaging through events")

data_integration_service = CClass(practice, "Data Integration Service")
add_decision_option_link(communication_decision, data_integration_service,
                         "Use a data integration service for ingestion")

cloud_infrastructure_layer = CClass(pattern, "Cloud Infrastructure Layer")
add_decision_option_link(communication_decision, cloud_infrastructure_layer,
                         "Create a cloud infrastructure layer to help data products connect")

unified_batch_stream = CClass(pattern, "Create a component for unified batch and stream data processing")
add_decision_option_link(communication_decision, unified_batch_stream,
                         "Schedule stream and batch processing jobs")

event_bus = CClass(pattern, "Event Bus")
add_decision_option_link(communication_decision, event_bus, "Location for all streaming event data")

pub_sub = CClass(pattern, "Pub/Sub")
add_decision_option_link(communication_decision, pub_sub, "Use pub/sub to communicate new events")

end_to_end = CClass(pattern, "End-to-end connection")
add_decision_option_link(communication_decision, end_to_end, "Connect data products end-to-end")

snapshots_etl = CClass(practice, "Send snapshots via ETL")
add_decision_option_link(communication_decision, snapshots_etl, "Generate ETL snapshots")

cqrs = CClass(pattern, "CQRS")
add_decision_option_link(communication_decision, cqrs,
                         "Process data indirectly, not point-to-point")

add_force_relations({
    unified_batch_stream: {
        periodic_execution: positive,
    },
    pub_sub: {
        fast_data_propagation: positive,
        handle_large_data_volumes: very_positive,
        limit_recipients: positive,
        addressability_of_subscriptions: positive,
    },
    snapshots_etl: {
        control_over_data_schema: negative,
    },
})
