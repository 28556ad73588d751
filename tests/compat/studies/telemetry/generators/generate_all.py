# run me in this folder
import os

from codeable_models.internal.commons import get_links
from plant_uml_renderer import PlantUMLGenerator
from map_models.coverage import coverage_table
from telemetry_models.decisions import *
from telemetry_models.sources import *

generator = PlantUMLGenerator(delete_gen_dir_during_init=True)
generator.object_model_renderer.name_break_length = 45
generator.object_model_renderer.left_to_right = True
generator.generate_object_models("telemetry", telemetry_views)
generator.generate_object_models("relations", [
    collection_view, {"excluded_links": set(get_links([agent, sidecar])) - set(get_links([library]))}])
os.makedirs("../_generated/tables", exist_ok=True)
with open("../_generated/tables/coverage.txt", "w") as f:
    f.write(coverage_table())
