"""Source s20: Intuit’s Data Mesh Strategy.

Part of the grey-literature study *Data as a Product* (Tom van Eijk, replication package, Apache-2.0, 2023).
"""

from codeable.dsl import *
from models.communication import *
from models.forces import *
from models.infrastructure import *

s20 = CClass(source, "s20", values={
    "title": "Intuit’s Data Mesh Strategy",
    "url": "https://medium.com/intuit-engineering/intuits-data-mesh-strategy-778e3edaa017",
    "archive url": "https://bit.ly/data-as-a-product-s20",
    "tiny url": "https://tinyurl.com/data-as-a-product-s20",
    "author type": "Practitioner",
    "type": "Practitioner Audience Article",
    "example": True,
    "source code": False})

add_links({s20: [
    infrastructure_decision, orchestration,
    communication_decision, event_streaming, unified_batch_stream, event_bus,
    consistency, periodic_execution,
]}, role_name="contained_code")
