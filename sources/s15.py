"""Source s15: Deploying Data Products at the speed of the business.

Part of the grey-literature study *Data as a Product* (Tom van Eijk, replication package, Apache-2.0, 2023).
"""

from codeable.dsl import *
from models.communication import *
from models.forces import *
from models.infrastructure import *

s15 = CClass(source, "s15", values={
    "title": "Deploying Data Products at the speed of the business",
    "url": "http://dataception.com/Data-Mesh-Deploying-Data-Products-at-the-speed-of-the-business.html#TechnicalArchitecture",
    "archive url": "https://bit.ly/data-as-a-product-s15",
    "tiny url": "https://tinyurl.com/data-as-a-product-s15",
    "author type": "Practitioner",
    "type": "Practitioner Audience Article",
    "example": True,
    "source code": False})

add_links({s15: [
    infrastructure_decision, infrastructure_as_code, versioning, containerisation,
    communication_decision, cloud_infrastructure_layer, end_to_end,
    discoverability, re_use, time_to_market, duplication,
]}, role_name="contained_code")
