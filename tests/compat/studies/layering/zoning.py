from codeable_models import CClass
from metamodels.guidance_metamodel import decision, pattern, add_decision_option_link

zone_decision = CClass(decision, "Which zones are there?")
dmz = CClass(pattern, "Demilitarized Zone")
flat = CClass(pattern, "Flat Network")
add_decision_option_link(zone_decision, dmz, "Two walls")
add_decision_option_link(zone_decision, flat, "None")
