from plant_uml_renderer import plant_uml_generator
from queue_model import queue_view

generator = plant_uml_generator.PlantUMLGenerator()
generator.directory = "_generated"
generator.generate_object_models("queue", [queue_view, {}])
