"""The fields `x_` of CodeableModels, which published programs read. They can be read, and nothing else."""

import copy

import pytest

from codeable.kernel import *
from codeable.kernel.exception import PrivateNameError

PROPERTIES = {
    CBundlable: "bundles",
    CBundle: "elements",
    CLayer: "sub_layer super_layer",
    CEnum: "values",
    CClassifier: "attributes attribute_names superclasses subclasses all_superclasses all_subclasses"
    " class_path associations all_associations",
    CMetaclass: "classes all_classes stereotypes",
    CStereotype: "extended extended_instances all_extended_instances default_values",
    CClass: "metaclass class_object objects all_objects values links linked stereotype_instances"
    " tagged_values",
    CObject: "classifier class_object_class values links linked",
    CAssociation: "multiplicity source_multiplicity lower_multiplicity upper_multiplicity"
    " source_lower_multiplicity source_upper_multiplicity aggregation composition stereotypes"
    " stereotype_instances tagged_values derived_from derived_associations",
    CLink: "association source target role_name source_role_name stereotype_instances tagged_values",
    CAttribute: "name classifier type default",
}
"""The public properties, by the class that has them."""


@pytest.fixture
def model():
    component = CMetaclass("Component", attributes={"language": str})
    calls = component.association(component, "calls: [caller] * -> [callee] *")
    kind = CStereotype(
        "Kind", extended=component, attributes={"note": str}, default_values={"language": "Go"}
    )
    fast = CStereotype("Fast", extended=calls, attributes={"via": str})
    shop = CClass(component, "Shop", stereotype_instances=kind, tagged_values={"note": "n"})
    billing = CClass(component, "Billing", superclasses=shop, attributes={"port": 80})
    link = shop.add_links(
        billing, role_name="callee", stereotype_instances=fast, tagged_values={"via": "queue"}
    )[0]
    return [
        component,
        calls,
        kind,
        fast,
        shop,
        billing,
        link,
        shop.association(billing, "own: * -> *", derived_from=calls, stereotype_instances=fast),
        CObject(billing, "b1"),
        shop.class_object,
        CBundle("view", elements=[shop, billing.class_object]),
        CLayer("Logic", sub_layer=CLayer("Data")),
        CEnum("Impact", values=["+", "-"]),
        billing.get_attribute("port"),
    ]


def test_every_property_can_be_read_under_its_private_name(model):
    read = 0
    for element in model:
        for cls, names in PROPERTIES.items():
            for name in names.split() if isinstance(element, cls) else ():
                has_none = name == "default_values" and element.name == "Fast"  # extends an association
                if (cls, name) not in {(CLink, "source"), (CLink, "target")} and not has_none:
                    assert getattr(element, f"{name}_") == getattr(element, name), (element, name)
                    read += 1
    assert read > 150


def test_the_ends_of_a_link_are_class_objects_under_their_private_names(model):
    link = next(element for element in model if isinstance(element, CLink))
    assert link.source_ is link.source.class_object
    assert link.target_ is link.target.class_object
    assert link.source_.class_object_class_ is link.source


def test_lists_are_lists_of_the_moment_and_dicts_show_themselves_so(model):
    component, shop, billing = model[0], model[4], model[5]
    assert component.classes_ + [1] == [shop, billing, 1]  # noqa: RUF005
    assert isinstance(shop.subclasses_, list) and shop.subclasses_[0] is billing
    assert dict(shop.tagged_values_) == {"note": "n"}
    assert shop.all_subclasses_ == {billing}
    copied = copy.copy(component.classes_)
    copied.append("mine")
    assert component.classes == [shop, billing]


def test_assigning_names_what_to_assign_instead(model):
    shop = model[4]
    with pytest.raises(PrivateNameError, match="assign 'superclasses'") as raised:
        shop.superclasses_ = []
    assert "Shop" in raised.value.value
    assert isinstance(raised.value, AttributeError)
    with pytest.raises(CException, match="can only be read; like 'subclasses'"):
        shop.subclasses_ = []


@pytest.mark.parametrize(
    "change",
    [
        lambda found: found.append(1),
        lambda found: found.extend([1]),
        lambda found: found.insert(0, 1),
        lambda found: found.remove(found[0]),
        lambda found: found.pop(),
        lambda found: found.clear(),
        lambda found: found.sort(key=str),
        lambda found: found.reverse(),
        lambda found: found.__setitem__(0, 1),
        lambda found: found.__delitem__(0),
        lambda found: found.__iadd__([1]),
        lambda found: found.__imul__(2),
    ],
)
def test_a_change_of_the_list_is_refused_instead_of_lost(model, change):
    view = next(element for element in model if type(element) is CBundle)
    before = view.elements
    with pytest.raises(CException, match="assign 'elements'"):
        change(view.elements_)
    assert view.elements == before


def test_reading_never_fails(model):
    names = {(cls, name) for cls, listed in PROPERTIES.items() for name in listed.split()}
    fast = next(element for element in model if element.name == "Fast")
    assert dict(fast.default_values_) == {}
    language = CEnum("Language", values=["Go"])
    attribute = CAttribute(type=language)
    language.delete()
    assert attribute.type_ is language and attribute.default_ is None
    for element in model:
        if not isinstance(element, CAttribute):
            element.delete()
    read = [
        getattr(element, f"{name}_") for element in model for cls, name in names if isinstance(element, cls)
    ]
    assert len(read) > 150


def test_what_only_this_kernel_keeps_has_no_private_name(model):
    for element in model:
        assert not hasattr(element, "code_")
        assert not hasattr(element, "metaclasses_")


def test_completion_does_not_list_them(model):
    for element in model:
        listed = dir(element)
        assert "superclasses_" not in listed and "class_object_class_" not in listed
        assert ("superclasses" in listed) == isinstance(element, CClassifier)
    assert "check_attribute_value_type_" in dir(model[-1])
