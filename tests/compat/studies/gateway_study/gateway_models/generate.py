from plant_uml_renderer import PlantUMLGenerator
from gateway_models.gateway import *

generator = PlantUMLGenerator()
generator.directory = "../_generated"
generator.generate_object_models("gateway", [gateway_view, {}])
