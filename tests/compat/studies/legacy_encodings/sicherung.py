# -*- coding: windows-1252 -*-
# Übersetzt aus den Protokollen; „Zitate“ stehen wörtlich – Müller, 3. März
from codeable_models import CClass, CBundle, add_links
from metamodels.guidance_metamodel import (decision, practice,
                                           force, negative, positive,  # Kräfte
                                           add_decision_option_link)

backup_decision = CClass(decision, "Wie wird gesichert – täglich?")   # Frage 1
snapshot = CClass(practice, "Größere „Snapshots“")
copies = CClass(practice, "Kopien außer Haus")
add_decision_option_link(backup_decision, snapshot, "schnell, aber groß")
add_decision_option_link(backup_decision, copies, "sicher")	# Tab davor
price = CClass(force, "Preis (€)")
add_links({snapshot: price}, role_name="forces", stereotype_instances=negative)
add_links({copies: price}, role_name="forces", stereotype_instances=positive)
backup_view = CBundle("Sicherung", elements=backup_decision.class_object.get_connected_elements())
