from codeable_models import CBundle


# one view per decision, as in the second paper
def view_of(decision_):
    return CBundle(f"View of: {decision_.name}", elements=decision_.class_object.get_connected_elements())
