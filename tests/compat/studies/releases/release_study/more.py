# What came after the first paper. Same decision, one more option.
from codeable_models import CClass
from metamodels.guidance_metamodel import practice, add_decision_option_link
from . import decisions
from .decisions import release_decision

shadow = CClass(practice, "Shadow Traffic")
add_decision_option_link(release_decision, shadow, "To nobody, with copies of requests")
# the view of the first paper does not have it
assert shadow.class_object not in decisions.releases_view.elements
