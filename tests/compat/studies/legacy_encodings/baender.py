from codeable_models import CClass
from metamodels.guidance_metamodel import *

# Seite 2
from sicherung import backup_decision
tapes = CClass(practice, "Bänder")
add_decision_option_link(backup_decision, tapes, "alt")  # ohne Zeilenende am Schluss