"""Source s6: Data Products: The Definitive Guide.

Part of the grey-literature study *Data as a Product* (Tom van Eijk, replication package, Apache-2.0, 2023).
"""

from codeable.dsl import *
from models.forces import *
from models.infrastructure import *

s6 = CClass(source, "s6", values={
    "title": "Data Products: The Definitive Guide",
    "url": "https://lakefs.io/blog/data-products/",
    "archive url": "https://bit.ly/data-as-a-product-s6",
    "tiny url": "https://tinyurl.com/data-as-a-product-s6",
    "author type": "Practitioner",
    "type": "Practitioner Audience Article",
    "example": False,
    "source code": False})

add_links({s6: [
    infrastructure_decision, infrastructure_as_code, ci_cd_process, versioning, k8s,
    compliance, provenance,
]}, role_name="contained_code")
