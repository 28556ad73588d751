"""Keeping secrets. Two authors; initials stand before each memo."""
import src.codeable_models.internal.commons as c
from src.codeable_models import CClass
from .codeable_models import CBundle, add_links
from src.metamodels.guidance_metamodel import (decision, pattern, practice, force,
                                               positive, very_negative)
from .metamodels import guidance_metamodel as gm

# [AB] "vault" is a product name in s2, a pattern in s5
secret_decision = CClass(decision, "Where do secrets live?")
vault = CClass(pattern, "Secret Store")
variables = CClass(practice, "Environment Variables")
# [CD] agreed, see minutes of 3 May
gm.add_decision_option_link(secret_decision, vault, "Apart, with leases")
gm.add_decision_option_link(secret_decision, variables, "With the process")
leaks = CClass(force, "Leaks")
add_links({vault: leaks}, role_name="forces", stereotype_instances=positive)
add_links({variables: leaks}, role_name="forces", stereotype_instances=very_negative)
vault.add_links(variables, role_name="to", stereotype_instances=gm.can_use)

assert c.is_cclass(vault)
secrets_view = CBundle("Secrets", elements=[e for e in secret_decision.class_object.get_connected_elements()
                                            if c.is_cnamedelement(e)])
