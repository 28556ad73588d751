from plant_uml_renderer import PlantUMLGenerator
from messaging_model import messaging_views
from second_model import second_views

generator = PlantUMLGenerator()
generator.directory = "_generated"
generator.generate_object_models("first", messaging_views)
generator.generate_object_models("second", second_views)
