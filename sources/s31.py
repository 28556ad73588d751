"""Source s31: Build a data mesh on Google Cloud with Dataplex, now generally available.

Part of the grey-literature study *Data as a Product* (Tom van Eijk, replication package, Apache-2.0, 2023).
"""

from codeable.dsl import *
from models.forces import *
from models.infrastructure import *

s31 = CClass(source, "s31", values={
    "title": "Build a data mesh on Google Cloud with Dataplex, now generally available",
    "url": "https://cloud.google.com/blog/products/data-analytics/build-a-data-mesh-on-google-cloud-with-dataplex-now-generally-available",
    "archive url": "https://bit.ly/data-as-a-product-s31",
    "tiny url": "https://tinyurl.com/data-as-a-product-s31",
    "author type": "Practitioner",
    "type": "Practitioner Audience Article",
    "example": True,
    "source code": False})

add_links({s31: [
    infrastructure_decision, centrally_manage_monitor_govern_data,
    data_productivity, analytics_agility, manual_toil, security, data_quality, discovery,
]}, role_name="contained_code")
