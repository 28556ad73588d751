"""Source s44: An Operating Model for Data Products.

Part of the grey-literature study *Data as a Product* (Tom van Eijk, replication package, Apache-2.0, 2023).
"""

from codeable.dsl import *
from models.communication import *
from models.infrastructure import *

s44 = CClass(source, "s44", values={
    "title": "An Operating Model for Data Products",
    "url": "https://towardsdatascience.com/an-operating-model-for-data-products-fba6b268f698",
    "archive url": "https://bit.ly/data-as-a-product-s44",
    "author type": "Practitioner Audience Article",
    "type": "Practitioner",
    "example": True,
    "source code": False})

add_links({s44: [
    infrastructure_decision, master_data_management,
    communication_decision, event_streaming, unified_batch_stream,
]}, role_name="contained_code")
