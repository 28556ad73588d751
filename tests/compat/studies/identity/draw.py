from plant_uml_renderer import *
from views import *

generator = PlantUMLGenerator()
generator.directory = "_generated"
generator.generate_object_models("identity", [identity_view, {}, token_view, {}])
