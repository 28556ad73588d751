"""The sources with their codes."""

from codeable.dsl import *
from models.decisions import (
    bus_uses_pub_sub,
    communication_decision,
    coupling,
    event_bus,
    event_streaming,
    fast_propagation,
    pub_sub,
    pub_sub_variant_of_streaming,
)
from models.domain_model import data_product

s14 = CClass(
    source,
    "s14",
    values={
        "title": "Data Product Pyramid",
        "url": "https://example.org/pyramid",
        "author type": "Practitioner",
        "type": "Practitioner Audience Article",
        "example": True,
        "source code": False,
    },
)
s4 = CClass(
    source,
    "s4",
    values={
        "title": "What is a “Data Product”?",
        "url": "https://example.org/what",
        "author type": "Mixed",
        "type": "Blog Post",
        "example": False,
    },
)
s4_book = CClass(
    reference,
    "s4-r1",
    values={"bibliographic reference": "Someone (2020): Data. Press."},
)

add_links({s4: s4_book}, role_name="referenced")
add_links(
    {
        s14: [
            communication_decision,
            event_streaming,
            pub_sub,
            pub_sub_variant_of_streaming,
            coupling,
        ],
    },
    role_name="contained_code",
)
add_links(
    {
        s4: [
            communication_decision,
            event_bus,
            event_streaming,
            bus_uses_pub_sub,
            data_product,
            fast_propagation,
        ],
    },
    role_name="contained_code",
)
