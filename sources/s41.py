"""Source s41: What is Data as a Product, and What to Consider Implementing It?

Part of the grey-literature study *Data as a Product* (Tom van Eijk, replication package, Apache-2.0, 2023).
"""

from codeable.dsl import *
from models.communication import *
from models.forces import *

s41 = CClass(source, "s41", values={
    "title": "What is Data as a Product, and What to Consider Implementing It?",
    "url": "https://mastheadata.com/what-is-data-as-a-product-and-what-to-consider-implementing-it/",
    "archive url": "https://bit.ly/data-as-a-product-s41",
    "tiny url": "https://tinyurl.com/data-as-a-product-s41",
    "author type": "Practitioner",
    "type": "Practitioner Audience Article",
    "example": True,
    "source code": False})

add_links({s41: [
    communication_decision, event_streaming, unified_batch_stream, pub_sub, snapshots_etl, cqrs,
    fast_data_propagation, handle_large_data_volumes, limit_recipients,
    addressability_of_subscriptions, control_over_data_schema,
]}, role_name="contained_code")
