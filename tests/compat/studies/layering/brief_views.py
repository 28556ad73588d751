from codeable_models import CBundle
from metamodels.guidance_metamodel import pattern
from zoning import zone_decision

# what was known at the time of the first paper
zones = CBundle("Zones", elements=zone_decision.class_object.get_connected_elements())
instances = CBundle("Patterns", elements=[zone_decision] + pattern.classes)
