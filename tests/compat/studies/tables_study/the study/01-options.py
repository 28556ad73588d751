import csv
import os
import sys
sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "shared code"))  # as in all our files

import makers
from codeable_models import CBundle, CClass
from metamodels.guidance_metamodel import decision, add_decision_option_link
from plant_uml_renderer import PlantUMLGenerator

# the options stand in a table that the coders share
table_decision = CClass(decision, "How are schemas changed?")
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "options.csv")) as file:
    for row in csv.reader(file):
        add_decision_option_link(table_decision, makers.make(row), row[2])
table_view = CBundle("Schemas", elements=table_decision.class_object.get_connected_elements())

generator = PlantUMLGenerator()
generator.directory = "_generated"
generator.generate_object_models("schemas", [table_view, {}])
