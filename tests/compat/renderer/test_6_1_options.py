"""Section 6.1: attributes and options of the renderers."""

from importlib import import_module

import pytest
from codeable_models import CAttribute, CBundle, CClass, CEnum, CMetaclass, CObject, CStereotype

from tests.compat.kernel.expecting import refusal
from tests.compat.renderer import models
from tests.compat.renderer.rendering import body

DEFAULTS = {
    "directory": "./gen",
    "plant_uml_jar_path": "../libs/plantuml.jar",
    "render_png": True,
    "render_svg": True,
    "name_break_length": 25,
    "name_padding": "",
    "ID": 0,
}


def without(lines, *parts):
    return [line for line in lines if not any(part in line for part in parts)]


@pytest.mark.parametrize("kind", ["ClassModelRenderer", "ObjectModelRenderer"])
def test_6_1_defaults(either, kind):
    renderer = getattr(either, kind)()
    assert {name: getattr(renderer, name) for name in DEFAULTS} == DEFAULTS
    style = import_module("plant_uml_renderer.model_renderer").ModelStyle
    assert renderer.style is style.PLAIN
    direction = {"current": "left_to_right", "older": "top_to_bottom"}[either.text_format]
    assert getattr(renderer, direction) is False


@pytest.mark.parametrize("kind", ["ClassModelRenderer", "ObjectModelRenderer"])
def test_6_1_constructor_keywords(either, kind):
    make = getattr(either, kind)
    renderer = make(directory="d", plant_uml_jar_path="j", genSVG=False, genPNG=False)
    assert (renderer.directory, renderer.plant_uml_jar_path) == ("d", "j")
    assert (renderer.render_png, renderer.render_svg) == (True, True)
    for keyword in ("style", "name_padding", "unknown"):
        with refusal():
            make(**{keyword: None})


def test_6_1_renderers_derive_from_model_renderer(either):
    module = import_module("plant_uml_renderer.model_renderer")
    assert issubclass(either.ClassModelRenderer, module.ModelRenderer)
    assert issubclass(either.ObjectModelRenderer, module.ModelRenderer)
    assert callable(module.get_encoded_name)
    assert isinstance(module.RenderingContext, type)


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("plant_uml_generator", "PlantUMLGenerator"),
        ("class_model_renderer", "ClassModelRenderer"),
        ("object_model_renderer", "ObjectModelRenderer"),
    ],
)
def test_6_1_one_module_per_class(either, module, name):
    submodule = import_module(f"plant_uml_renderer.{module}")
    assert getattr(submodule, name) is getattr(either, name)


def test_6_1_model_styles(current):
    style = import_module(f"{current.__name__}.model_renderer").ModelStyle
    names = ["PLAIN", "HANDWRITTEN", "PLAIN_HELVETICA", "ORIGINAL"]
    assert [style[name].value for name in names] == [0, 1, 2, 3]


@pytest.mark.parametrize("kind", ["class", "object"])
def test_6_1_unknown_options_raise(either, kind):
    for option in ("render", "excluded", "style", "name_break_length"):
        with refusal():
            body(either, kind, [], {option: True})


def test_6_1_options_of_the_other_kind_raise(either):
    for option in ("render_attribute_values", "excluded_links", "render_empty_attributes"):
        with refusal():
            body(either, "class", [], {option: True})
    for option in ("render_associations", "excluded_associations", "render_inheritance"):
        with refusal():
            body(either, "object", [], {option: True})


def test_6_1_render_associations(either):
    everything = body(either, "class", models.extensions())
    assert body(either, "class", models.extensions(), {"render_associations": True}) == everything
    found = body(either, "class", models.extensions(), {"render_associations": False})
    assert found == without(everything, "  -->  ", " o-- ")
    assert len(found) == len(everything) - 2


def test_6_1_render_inheritance(either):
    everything = body(either, "class", models.inheritance())
    found = body(either, "class", models.inheritance(), {"render_inheritance": False})
    assert found == everything[:4]


def test_6_1_render_attributes_also_leaves_out_enum_values(either):
    found = body(either, "class", models.attributes(), {"render_attributes": False})
    heads = [
        line.rstrip("{") for line in body(either, "class", models.attributes()) if line.startswith("class")
    ]
    assert found == heads
    assert len(found) == 4


def test_6_1_excluded_and_included_associations(either):
    everything = body(either, "class", models.associations())

    def rendered(**options):
        elements = models.associations()
        relations = elements[0].associations
        given = {name: [relations[index] for index in indexes] for name, indexes in options.items()}
        return body(either, "class", elements, given)

    assert rendered(excluded_associations=[]) == everything
    assert rendered(excluded_associations=[0, 2]) == without(everything, "uses", "owns")
    assert rendered(included_associations=[0, 4]) == [
        line for line in everything if "class" in line or "uses" in line or "next" in line
    ]
    assert rendered(included_associations=[]) == everything[:2]
    assert rendered(included_associations=[0, 2], excluded_associations=[2]) == [
        *everything[:2],
        everything[2],
    ]


def test_6_1_included_associations_none_is_no_filter(either):
    assert len(body(either, "class", models.associations(), {"included_associations": None})) == 8


def test_6_1_extended_relations(either):
    everything = body(either, "class", models.extensions())
    extended = [line for line in everything if "extended" in line]

    def rendered(**options):
        elements = models.extensions()
        given = {k: [elements[i] for i in v] if isinstance(v, list) else v for k, v in options.items()}
        return [line for line in body(either, "class", elements, given) if "extended" in line]

    assert rendered(render_extended_relations=False) == []
    assert rendered(excluded_extended_classes=[1]) == extended[1:]
    assert rendered(included_extended_classes=[1]) == extended[:1]
    assert rendered(included_extended_classes=[]) == rendered(included_extended_classes=None) == extended
    assert rendered(included_extended_classes=[1, 2], excluded_extended_classes=[2]) == extended[:1]


def test_6_1_render_metaclass_as_stereotype(current):
    lines = body(current, "class", models.stereotyped_classes(), {"render_metaclass_as_stereotype": True})
    ends = [line[line.index(" as ") :] for line in lines]
    assert ends == [
        " as __1_A <<Widget>><<Sub>><<Plain>> ",
        " as __2_B <<Widget>><<Plain>> ",
        " as __3_C <<Widget>> ",
    ]


def test_6_1_render_tagged_values(current):
    off = {"render_tagged_values": False}
    assert (
        body(current, "class", models.stereotyped_classes(), off)[0]
        == 'class "<b>A</b>" as __1_A <<Sub>><<Plain>> '
    )
    as_objects = body(current, "object", models.stereotyped_classes(), off)
    assert as_objects[0] == 'class "<b>A : Widget</b>" as __1_A <<Sub>><<Plain>>  {'
    derived = body(current, "class", models.derived_associations(), off)
    assert derived[2].endswith('__2_Y: "holds\\n<<Option>>\\n<<Extra>>"')
    links = body(current, "object", models.stereotyped_links(), off)
    assert [line.partition(": ")[2] for line in links[5:]] == [
        "<<K>>\\n<<L>>",
        "<<K>>",
        "<<K>>\\nl",
        "<<K>>\\nl",
    ]


def test_6_1_render_attribute_values(either):
    found = body(either, "object", models.values(), {"render_attribute_values": False})
    heads = [
        line.removesuffix(" {")
        for line in body(either, "object", models.values())
        if line.startswith("class")
    ]
    assert found == heads


def test_6_1_render_empty_attributes_shows_what_has_no_value(either):
    found = body(either, "object", models.values(), {"render_empty_attributes": True})
    assert found[1] == 'shared = "None"'
    assert found[9:13] == ["empty = None", "no items = None", "t = 7", "}"]


def test_6_1_association_names_as_fallback_labels(either):
    fallback = {"render_association_names_when_no_label_is_given": True}
    lines = [
        line for line in body(either, "object", models.links(), fallback) if not line.startswith("class")
    ]
    labels = [line.partition(": ")[2].strip().strip('"') for line in lines]
    assert labels == ["first", "one", "first", "two", "inherited", "first"]


def test_6_1_excluded_links(either):
    elements = models.links()
    everything = body(either, "object", elements)
    excluded = [link for link in elements[0].links if link.association.name == "first"]
    found = body(either, "object", elements, {"excluded_links": excluded})
    assert found == [*everything[:3], *everything[6:8]]


@pytest.mark.parametrize("bad", ["object", "class object", "bundle", None, "text"])
def test_6_6_class_models_take_classifiers_and_enums_only(either, bad):
    cl = CClass(CMetaclass("M"), "C")
    known = {"object": CObject(cl, "o"), "class object": cl.class_object, "bundle": CBundle("B")}
    with refusal():
        body(either, "class", [cl, known.get(bad, bad)])


@pytest.mark.parametrize("bad", [CMetaclass("M"), CStereotype("S"), CEnum("E"), CBundle("B"), None, "text"])
def test_6_6_object_models_take_classes_and_objects_only(either, bad):
    with refusal():
        body(either, "object", [CObject(CClass(CMetaclass("M"), "C"), "o"), bad])


def test_6_6_an_attribute_of_another_type_raises(either):
    for attribute in (None, CAttribute(type=dict)):
        with refusal():
            body(either, "class", [CClass(CMetaclass("M"), "C", attributes={"a": attribute})])


@pytest.mark.parametrize("value", ["with (parentheses)", "(", ")", ["(a)"]])
def test_6_5_parentheses_in_values_raise(either, value):
    cl = CClass(CMetaclass("M"), "C", attributes={"a": type(value)})
    obj = CObject(cl, "o", values={"a": value})
    with refusal():
        body(either, "object", [obj])
    assert len(body(either, "object", [obj], {"render_attribute_values": False})) == 1


def test_6_5_parentheses_in_tagged_values_raise(current):
    metaclass = CMetaclass("M")
    stereotype = CStereotype("S", extended=metaclass, attributes={"t": "a (b)"})
    cl = CClass(metaclass, "C", stereotype_instances=stereotype)
    for kind in ("class", "object"):
        with refusal():
            body(current, kind, [cl])
        assert body(current, kind, [cl], {"render_tagged_values": False})


def test_6_5_parentheses_in_names_and_labels_do_not_raise(either):
    metaclass = CMetaclass("M (m)")
    metaclass.association(metaclass, "rel (r): [from] * -> [to] *")
    a, b = CClass(metaclass, "A (a)"), CClass(metaclass, "B")
    a.add_links(b, role_name="to", label="label (l)")
    assert any("label (l)" in line for line in body(either, "object", [a, b]))
    assert any("rel (r)" in line for line in body(either, "class", [metaclass]))


def test_6_5_nothing_is_escaped(either):
    cl = CClass(CMetaclass("M"), 'C "q" <b>', attributes={"a": str})
    obj = CObject(cl, "o\\", values={"a": 'v "q" \\ <i>'})
    text = "\n".join(body(either, "object", [obj]))
    assert 'o\\ : C "q" <b>' in text
    assert 'a = "v "q" \\ <i>"' in text
