from codeable_models import CClass, add_links
from metamodels.GT_coding import source, reference
from telemetry_models.decisions import *
from telemetry_models.domain_model import *

# s3: found by the second query ("trace collector" AND architecture)
s3 = CClass(source, "s3", values={
    "title": "Collectors, and where to put them",
    "url": "https://example.org/collectors",
    "author type": "Practitioner",
    "type": "Blog Post",
    "example": True})
add_links({s3: [
    collection_decision, agent, sidecar,
    sidecar_variant_of_agent,     # "a sidecar is just an agent with one client"
    overhead, coverage, signal]}, role_name="contained_code")

# s7: its first half repeats s3; coded from page 4 on
s7 = CClass(source, "s7", values={
    "title": "Five years of traces",
    "url": "https://example.org/five-years",
    "author type": "Practitioner",
    "type": "Practitioner Book",
    "example": False})
s7_manual = CClass(reference, "s7-r1", values={"bibliographic reference": "N.N. (2021): Manual of the store."})
add_links({s7: s7_manual}, role_name="referenced")
add_links({s7: [storage_decision, trace_store, trace_store_with_sampling, tail_sampling, object_storage,
                agent, library, effort]}, role_name="contained_code")

# s10
s10 = CClass(source, "s10", values={"title": "Sampling after the fact", "type": "Video"})
add_links({s10: [tail_sampling, trace_store_with_sampling, collection_decision]}, role_name="contained_code")
