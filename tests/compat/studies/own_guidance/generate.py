from plant_uml_renderer import PlantUMLGenerator
from migration.interviews import *

generator = PlantUMLGenerator()
generator.directory = "_generated"
generator.generate_object_models("migration", [split_view, {}, data_view, {}])
