from plant_uml_renderer import PlantUMLGenerator
from tests_model import tests_view

generator = PlantUMLGenerator()
generator.directory = "_generated"
generator.generate_object_models("tests", [tests_view, {}])
