# python generate.py, from the repository's root
from CodeableModels.codeable_models.internal.commons import get_links
from CodeableModels.plant_uml_renderer import PlantUMLGenerator
from study.decisions import log_view, log_classes, structured

generator = PlantUMLGenerator()
generator.directory = "_generated"
generator.generate_object_models("logging", [log_view, {}, log_classes, {
    "excluded_links": [link for link in get_links([structured]) if link.label]}])
