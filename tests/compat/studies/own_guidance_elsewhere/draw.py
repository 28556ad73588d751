from plant_uml_renderer import PlantUMLGenerator
from study.caching import caching_view

generator = PlantUMLGenerator()
generator.directory = "_generated"
generator.generate_object_models("caching", [caching_view, {}])
