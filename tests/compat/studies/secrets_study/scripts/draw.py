import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))

from src.plant_uml_renderer import PlantUMLGenerator
from src.secret_models import secrets_view

PlantUMLGenerator().generate_object_models("secrets", [secrets_view, {}])
