from plant_uml_renderer import PlantUMLGenerator
from model import retries_view

generator = PlantUMLGenerator()
generator.directory = "_generated"
generator.generate_object_models("retries", [retries_view, {}])
