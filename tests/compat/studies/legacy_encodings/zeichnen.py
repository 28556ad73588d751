from plant_uml_renderer import PlantUMLGenerator
from entretien import *
import baender
from sicherung import backup_view

generator = PlantUMLGenerator()
generator.directory = "_generated"
generator.generate_object_models("sicherung", [backup_view, {}])
