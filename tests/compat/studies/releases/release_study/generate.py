import os

from plant_uml_renderer import PlantUMLGenerator

from . import more
from .decisions import releases_view


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    generator = PlantUMLGenerator()
    generator.directory = os.path.join(here, "..", "_generated")
    generator.generate_object_models("releases", [releases_view, {}])
