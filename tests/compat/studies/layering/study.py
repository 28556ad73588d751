# The order of the three imports matters: the view takes what is there by then.
import zoning
import brief_views
import added_later
from plant_uml_renderer import PlantUMLGenerator

generator = PlantUMLGenerator()
generator.directory = "_generated"
generator.generate_object_models("layers", [brief_views.zones, {}, brief_views.instances, {}])
