"""The sources with their codes."""

from codeable_models import CClass, add_links
from metamodels.GT_coding import reference, source
from study_models.decisions import *
from study_models.domain_model import data_product, domain_team

s14 = CClass(source, "s14", values={
    "title": "Data Product Pyramid",
    "url": "https://example.org/pyramid",
    "author type": "Practitioner",
    "type": "Practitioner Audience Article",
    "example": True,
    "source code": False})
s4 = CClass(source, "s4", values={
    "title": "What is a “Data Product”?",
    "url": "https://example.org/what",
    "author type": "Mixed",
    "type": "Blog Post",
    "example": False})
s4_book = CClass(reference, "s4-r1", values={"bibliographic reference": "Someone (2020): Data. Press."})
add_links({s4: s4_book}, role_name="referenced")

add_links({
    s14: [communication_decision, event_streaming, pub_sub, pub_sub_variant_of_streaming, coupling],
    s4: [communication_decision, event_bus, event_streaming, bus_uses_pub_sub, data_product,
         fast_propagation],
}, role_name="contained_code")
