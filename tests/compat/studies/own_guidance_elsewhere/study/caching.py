from codeable_models import CBundle, CClass, add_links
import study.vocabulary.guidance as g
from study.vocabulary.guidance import decision, practice, monitors, replaces

# first sketch, from a whiteboard
cache_decision = CClass(decision, "Where is it cached?")
near = CClass(practice, "Near the Client")
far = CClass(practice, "Near the Data")
g.add_decision_option_link(cache_decision, near, "Fast")
g.add_decision_option_link(cache_decision, far, "Fresh", option_description="Invalidated by the writer.")
near.add_links(far, role_name="to", stereotype_instances=replaces)
far.add_links(near, role_name="to", stereotype_instances=monitors)
staleness = CClass(g.force, "Staleness")
add_links({near: staleness}, role_name="forces", stereotype_instances=g.negative)
caching_view = CBundle("Caching", elements=cache_decision.class_object.get_connected_elements())
