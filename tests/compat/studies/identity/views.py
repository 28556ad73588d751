import codeable_models as cm, metamodels.guidance_metamodel
import metamodels.guidance_metamodel as guidance; from identity_model import login_decision, theft, token, session

if metamodels.guidance_metamodel is guidance:
    from identity_model import uses as uses_practice
identity_view = cm.CBundle("Identity", elements=login_decision.class_object.get_connected_elements())
token_view = cm.CBundle("Token", elements=[token, uses_practice, theft])
assert len(guidance.decision.classes) == 1
