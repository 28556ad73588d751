from codeable_models import *
from metamodels.guidance_metamodel import *
from words import *                      # hides uses
practice_names = ["Session", "Token"]    # practice itself stays

# How users are known to services
login_decision = CClass(decision, "How is a user known?")
session, token = (CClass(practice, name) for name in practice_names)
add_decision_option_link(login_decision, session, "The server remembers")
add_decision_option_link(login_decision, token, "The client carries it")
add_decision_option_link(login_decision, uses)


def relate():
    # late import: words hides the stereotype at module level
    from metamodels.guidance_metamodel import uses as uses_relation, leads_to
    token.add_links(uses, role_name="to", stereotype_instances=uses_relation)
    session.add_links(token, role_name="to", stereotype_instances=leads_to)


relate()

try:
    # older copies have it under this name
    from metamodels.guidance_metamodel import can_be_realized_by
except ImportError:
    can_be_realized_by = can_use
token.add_links(session, role_name="to", stereotype_instances=can_be_realized_by)

theft = CClass(force, "Theft")
add_links({session: theft, token: theft}, role_name="forces", stereotype_instances=neutral)
