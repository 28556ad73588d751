from codeable_models import CClass, CBundle; from metamodels.guidance_metamodel import *; from plant_uml_renderer import PlantUMLGenerator  # one line
edge_decision = CClass(decision, "Where is it computed?"); edge = CClass(practice, "At the Edge"); add_decision_option_link(edge_decision, edge, "near")
if True:
	from metamodels.guidance_metamodel import force as quality; latency = CClass(quality, "Latency")	# a tab
edge.add_links(latency, role_name="forces", stereotype_instances=very_positive)
center = CClass(practice, "In the Center"); add_decision_option_link(edge_decision, center, "far")
# the views are made where they are drawn
first = PlantUMLGenerator(); first.directory = "_generated"
first.generate_object_models("edge", [CBundle("Options", elements=[edge_decision, edge, center]), {}, CBundle("Edge", elements=[edge, latency]), {}]); late = CClass(practice, "Later")
generator = PlantUMLGenerator(); generator.object_model_renderer.left_to_right = True
generator.directory = "_generated"
generator.generate_object_models("all", [CBundle("All of it", elements=edge_decision.class_object.get_connected_elements()), {}])
print("done", late)
