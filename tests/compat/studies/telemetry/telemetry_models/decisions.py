from codeable_models import CClass, CBundle, add_links
from metamodels.guidance_metamodel import decision, practice, pattern, force, category, design_solution, \
    do_nothing_design_solution, design_solution_dependencies, decision_solution_relation, very_positive, positive, \
    neutral, negative, very_negative, uses, can_use, can_be_combined_with, can_be_realized_with, variant, includes, \
    leads_to, optional_next, consider_if_not_decided_yet, decide_for_some_instances_of, add_decision_option_link, \
    add_stereotyped_link_with_how_tagged_value
from metamodels.domain_metamodel import domain_metaclass
from metamodels.GT_coding import code

from telemetry_models.domain_model import workload, signal

# everything that we code is a code
for classifier in [decision, design_solution, force, design_solution_dependencies, domain_metaclass]:
    classifier.superclasses = classifier.superclasses + [code]

# ---------------------------------------------------------------------------
# Collection of telemetry
# ---------------------------------------------------------------------------
collection = CClass(category, "Collection")
collection.add_links(workload, role_name="context", stereotype_instances=decide_for_some_instances_of)

# MEMO s3, s7: both say "agent", but s7 means a sidecar. Kept apart until a third source decides it.
collection_decision = CClass(decision, "How is telemetry collected?")
collection_decision.add_links(collection)
collection_decision.add_links(signal, role_name="context")

agent = CClass(pattern, "Node Agent")
sidecar = CClass(pattern, "Telemetry Sidecar")
library = CClass(practice, "Instrument by a Library",
                 values={"description": "calls in the code of the service"})   # not the same as auto-instrumentation!
nothing = CClass(do_nothing_design_solution, "Collect nothing")
add_decision_option_link(collection_decision, agent, "One collector per machine")
add_decision_option_link(collection_decision, sidecar, "One collector beside each service")
add_decision_option_link(collection_decision, library, "The service sends it itself")
add_decision_option_link(collection_decision, nothing)

sidecar_variant_of_agent = agent.add_links(sidecar, role_name="to", stereotype_instances=variant)[0]
agent_uses_library = library.add_links(agent, role_name="from", stereotype_instances=can_use)[0]
library_realized_by_sidecar = add_stereotyped_link_with_how_tagged_value(
    sidecar, library, can_be_combined_with, "for what a proxy cannot see")

# forces. The impacts follow table 3 of the protocol.
overhead = CClass(force, "Runtime overhead")
coverage = CClass(force, "Coverage of all services")
effort = CClass(force, "Effort of the teams")
impacts = {agent: {overhead: positive, coverage: very_positive, effort: positive},
           sidecar: {overhead: very_negative, coverage: positive},
           library: {overhead: neutral, coverage: negative, effort: very_negative}}
for solution in impacts:
    for f in impacts[solution]:
        add_links({solution: f}, role_name="forces", stereotype_instances=impacts[solution][f])

# ---------------------------------------------------------------------------
# Storage
# ---------------------------------------------------------------------------
storage_decision = CClass(decision, "Where are traces kept?")
tail_sampling = CClass(practice, "Tail-Based Sampling")
trace_store = CClass(pattern, "Trace Store")
# TODO: ask the authors of s7 whether the store is shared
object_storage = CClass(practice, "Object Storage")
add_decision_option_link(storage_decision, trace_store, "Indexed, for weeks")
add_decision_option_link(storage_decision, object_storage, "Cheap, for years")
trace_store_with_sampling = trace_store.add_links(
    tail_sampling, role_name="to", stereotype_instances=can_be_realized_with)[0]
agent.add_links(storage_decision, role_name="next decision", stereotype_instances=optional_next)
sidecar.add_links(storage_decision, role_name="next decision", stereotype_instances=consider_if_not_decided_yet)

# ---------------------------------------------------------------------------
# Views
# ---------------------------------------------------------------------------
_all = CBundle("All Decisions", elements=collection_decision.class_object.get_connected_elements(
    stop_elements_exclusive=[signal.class_object]))
collection_view = CBundle("Collection Decision", elements=collection_decision.class_object.get_connected_elements(
    stop_elements_inclusive=[storage_decision.class_object],
    stop_elements_exclusive=[collection.class_object, signal.class_object]))
storage_view = CBundle("Storage Decision", elements=[
    storage_decision.class_object, trace_store.class_object, object_storage.class_object,
    tail_sampling.class_object])
telemetry_views = [_all, {}, collection_view, {}, storage_view, {"render_empty_attributes": True}]
