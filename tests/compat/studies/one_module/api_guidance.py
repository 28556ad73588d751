"""A CodeableModels study: one module with everything, and the generator at its end."""

import sys

from codeable_models import CBundle, CClass, add_links
from metamodels.guidance_metamodel import *
from plant_uml_renderer import PlantUMLGenerator

api_versions = CClass(category, "API Versions")
evolution = CClass(decision, "How to evolve an API without breaking its clients?")
evolution.add_links(api_versions)

versioning = CClass(practice, "Semantic Versioning", values={"description": "Major.Minor.Patch"})
two_in_production = CClass(pattern, "Two in Production", values={"aka": "Parallel Versions"})
no_versions = CClass(do_nothing_design_solution, "Do nothing about versions")
add_decision_option_link(evolution, versioning, "Tell clients by the number what has changed")
add_decision_option_link(evolution, two_in_production, "Run the old version and the new one side by side")
add_decision_option_link(evolution, no_versions)

compatibility = CClass(force, "Backward compatibility")
effort = CClass(force, "Effort of maintenance")
add_links({versioning: compatibility}, role_name="forces", stereotype_instances=positive)
add_links({two_in_production: compatibility}, role_name="forces", stereotype_instances=very_positive)
add_links({two_in_production: effort}, role_name="forces", stereotype_instances=very_negative, label="per version")

versions_in_parallel = two_in_production.add_links(versioning, role_name="to", stereotype_instances=can_use)[0]
add_stereotyped_link_with_how_tagged_value(no_versions, versioning, rules_out, "there is nothing to count")

retirement = CClass(decision, "When is an old version retired?")
add_links({two_in_production: retirement}, role_name="next decision", stereotype_instances=mandatory_next)
CClass(practice, "Limited Lifetime Guarantee")
limited = practice.get_class("Limited Lifetime Guarantee")
add_decision_option_link(retirement, limited, "Say \"how long\" when it starts")

_all = CBundle("All of the API guidance", elements=evolution.class_object.get_connected_elements())
options_only = CBundle("Options", elements=[evolution, versioning, two_in_production, no_versions])
forces_only = CBundle("Forces", elements=[versioning, two_in_production, compatibility, effort])
views = [_all, {}, options_only, {}, forces_only, {"render_empty_attributes": True}]

if __name__ == "__main__":
    generator = PlantUMLGenerator()
    generator.directory = sys.argv[1] if len(sys.argv) > 1 else "../_generated"
    generator.object_model_renderer.name_break_length = 45
    generator.generate_object_models("api guidance", views)
