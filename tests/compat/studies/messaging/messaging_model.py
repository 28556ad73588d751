from codeable_models import CClass, CBundle, add_links
from metamodels.guidance_metamodel import *

# Messaging; the views are at the end, as in all our modules
delivery = CClass(decision, "How is a message delivered?")
ordering = CClass(decision, "In which order?")
once, twice = CClass(practice, "At Most Once"), CClass(practice, "At Least Once")
fifo, any_order = CClass(practice, "First In, First Out"), CClass(practice, "Any Order")
add_decision_option_link(delivery, once, "may be lost")
add_decision_option_link(delivery, twice, "may come twice")
add_decision_option_link(ordering, fifo, "per key")
add_decision_option_link(ordering, any_order)
twice.add_links(ordering, role_name="next decision", stereotype_instances=mandatory_next)
twice.add_links(any_order, role_name="to", stereotype_instances=leads_to)
losses = CClass(force, "Losses")
once.add_links(losses, role_name="forces", stereotype_instances=very_negative)
twice.add_links(losses, role_name="forces", stereotype_instances=positive)

_all = CBundle("_all", elements=delivery.class_object.get_connected_elements())
_delivery = CBundle("_delivery", elements=[delivery.class_object, once.class_object, twice.class_object])
Delivery = CBundle("Delivery", elements=[delivery, once, twice, losses])    # capital D: with the force
# a view for each decision, by a comprehension
messaging_views = [_all, {}, _delivery, {}, Delivery, {}]
for each in (delivery, ordering):
    messaging_views += [CBundle(f"Options of: {each.name}", elements=[
        each.class_object, *each.class_object.get_linked(association=decision_solution_relation)]), {}]
messaging_views += [CBundle("two", elements=[once, twice]), {}, CBundle("two", elements=[twice, any_order]), {}]
