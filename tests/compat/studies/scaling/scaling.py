"""Scaling: the model is built by functions, one per chapter, when the file is run."""
import sys

from codeable_models import CClass, CBundle, add_links


def chapter_1(model):
    # Chapter 1: scaling out
    from metamodels.guidance_metamodel import decision, practice, add_decision_option_link
    model["scale_decision"] = CClass(decision, "How does it scale?")
    for name, text in (("Scale Out", "More machines"), ("Scale Up", "Larger machines")):
        solution = model[name] = CClass(practice, name)
        add_decision_option_link(model["scale_decision"], solution, text)
    return model


def chapter_2(model):
    # Chapter 2: what it costs
    from metamodels.guidance_metamodel import force, positive, negative
    money = CClass(force, "Money")
    add_links({model["Scale Out"]: money}, role_name="forces", stereotype_instances=positive)
    add_links({model["Scale Up"]: money}, role_name="forces", stereotype_instances=negative)
    return money


def draw(view):
    from plant_uml_renderer import PlantUMLGenerator
    generator = PlantUMLGenerator()
    generator.directory = "_generated"
    generator.generate_object_models("scaling", [view, {}])


if __name__ == "__main__":
    model = chapter_1({})
    money = chapter_2(model)
    scale_decision = model["scale_decision"]
    # the only view
    scaling_view = CBundle("Scaling", elements=scale_decision.class_object.get_connected_elements())
    draw(scaling_view)
