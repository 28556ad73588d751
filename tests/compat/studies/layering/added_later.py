from codeable_models import CClass
from metamodels.guidance_metamodel import pattern, add_decision_option_link, alternative_to
from zoning import zone_decision, flat

# 2022-11: from the reviewers' comments
zero_trust = CClass(pattern, "Zero Trust")
add_decision_option_link(zone_decision, zero_trust, "Every call is checked")
zero_trust.add_links(flat, role_name="to", stereotype_instances=alternative_to)
