from codeable_models import CClass, add_links
from metamodels.guidance_metamodel import decision, practice, force, positive, negative, add_decision_option_link

# Chaos experiments; three teams asked
blast_decision = CClass(decision, "Where are faults injected?")
staging = CClass(practice, "In a Copy of Production")
production = CClass(practice, "In Production")
add_decision_option_link(blast_decision, staging, "Nobody is hurt")
add_decision_option_link(blast_decision, production, "Nothing is missed")
trust = CClass(force, "Trust in the result")
production.add_links(trust, role_name="forces", stereotype_instances=positive)
staging.add_links(trust, role_name="forces", stereotype_instances=negative)

stop_decision = CClass(decision, "Who stops an experiment?")
automatic = CClass(practice, "An Alarm")
add_decision_option_link(stop_decision, automatic, "within seconds")
