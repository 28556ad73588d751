# Réponses du second entretien « à chaud »
from codeable_models import CClass
from metamodels.guidance_metamodel import practice, add_decision_option_link
from sicherung import backup_decision

answers = CClass(practice, "Réplication")
add_decision_option_link(backup_decision, answers, "« toujours »")
