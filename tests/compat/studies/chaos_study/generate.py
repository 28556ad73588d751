from plant_uml_renderer import PlantUMLGenerator
from metamodels.guidance_metamodel import decision
from view_tools import view_of
from chaos_model import *

# corrected when the paper was printed already
automatic.set_value("aka", "Kill Switch")

generator = PlantUMLGenerator()
generator.directory = "_generated"
views = []
for each in decision.classes:
    views += [view_of(each), {}]
generator.generate_object_models("chaos", views)
