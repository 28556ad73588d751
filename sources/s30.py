"""Source s30: Recipe for building your first Data Product in a Data Mesh.

Part of the grey-literature study *Data as a Product* (Tom van Eijk, replication package, Apache-2.0, 2023).
"""

from codeable.dsl import *
from models.communication import *
from models.infrastructure import *

s30 = CClass(source, "s30", values={
    "title": "Recipe for building your first Data Product in a Data Mesh",
    "url": "https://medium.com/google-cloud/recipe-for-building-your-first-data-product-in-a-data-mesh-78b52338ef59",
    "archive url": "https://bit.ly/data-as-a-product-s30",
    "tiny url": "https://tinyurl.com/data-as-a-product-s30",
    "author type": "Practitioner",
    "type": "Practitioner Audience Article",
    "example": True,
    "source code": False})

add_links({s30: [
    infrastructure_decision, infrastructure_as_code, containerisation, orchestration,
    templated_data_pipeline,
    communication_decision, data_integration_service, cloud_infrastructure_layer,
    unified_batch_stream, pub_sub,
]}, role_name="contained_code")
