from codeable_models import CBundle, CClass
from metamodels.guidance_metamodel import practice, add_decision_option_link
from messaging_model import ordering, fifo

# asked only in the second round
by_clock = CClass(practice, "By the Clock")
add_decision_option_link(ordering, by_clock, "of the sender")
_all = CBundle("_all", elements=[ordering, fifo, by_clock])
delivery = CBundle("delivery of the second round", elements=[by_clock, ordering])   # yes, the name of a decision
second_views = [_all, {}, delivery, {}]
