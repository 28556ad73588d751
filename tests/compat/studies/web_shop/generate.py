from plant_uml_renderer import PlantUMLGenerator
from shop_components import shop_views
from shop_deployment import deployment_view

generator = PlantUMLGenerator()
generator.directory = "_generated"
generator.generate_object_models("shop", shop_views)
generator.generate_object_models("deployment", [deployment_view, {}])
