"""Sections 6.4 to 6.7 and 6.9: whole texts of models, byte for byte."""

import pytest

from tests.compat.renderer import models
from tests.compat.renderer.conftest import expected_text
from tests.compat.renderer.rendering import body, render

CASES = [(kind, make) for kind, makers in models.MODELS.items() for make in makers]
NAMES = [
    f"{make.__name__}{'_as_objects' if make.__name__ == 'stereotyped_classes' else ''}" for _, make in CASES
]
NAMES = [
    name.removesuffix("_as_objects") if kind == "class" else name
    for name, (kind, _) in zip(NAMES, CASES, strict=True)
]


@pytest.mark.parametrize(
    ("kind", "make", "name"), [(*c, n) for c, n in zip(CASES, NAMES, strict=True)], ids=NAMES
)
def test_6_text_is_exactly(either, kind, make, name):
    assert render(either, kind, make()) == expected_text(either.text_format, name)


@pytest.mark.parametrize("kind", ["class", "object"])
def test_6_9_worked_example(either, kind):
    renderer = getattr(either, f"{kind.capitalize()}ModelRenderer")()
    elements = models.worked_example()[kind == "object"]
    name = {"class": "worked_example_classes", "object": "worked_example_objects"}[kind]
    text = getattr(renderer, f"render_{kind}_model")(elements)
    assert text == expected_text(either.text_format, name)


@pytest.mark.parametrize("kind", ["class", "object"])
def test_6_2_an_empty_model_is_the_frame(either, kind):
    assert render(either, kind, []) == "@startuml\n@enduml\n"


def test_6_4_numbers_start_at_1_for_every_call(either):
    elements = models.inheritance()
    assert render(either, "class", elements) == render(either, "class", elements)
    assert body(either, "class", elements[1:2])[0].endswith(" as __1_Top")


def test_6_4_a_class_and_its_class_object_share_one_identifier(either):
    main, knob = models.worked_example_objects()
    main.name = "Renamed"
    lines = body(either, "object", [main, main.class_object, knob], {"render_attribute_values": False})
    assert [line.count(" as __1_Renamed") for line in lines[:2]] == [1, 1]
    assert " as __2_Knob" in lines[2]


def test_6_6_classes_in_an_object_model_are_their_class_objects(either):
    classes = models.stereotyped_classes()
    objects = [cl.class_object for cl in classes]
    assert render(either, "object", classes) == render(either, "object", objects)
