"""Section 1.2: the classes and their constructors."""

import pytest
from codeable_models import (
    CAssociation,
    CAttribute,
    CBundlable,
    CBundle,
    CClass,
    CClassifier,
    CEnum,
    CException,
    CLayer,
    CLink,
    CMetaclass,
    CNamedElement,
    CObject,
    CPackage,
    CStereotype,
    add_links,
)

from tests.compat.kernel.expecting import refusal

PARENTS = [
    (CBundlable, CNamedElement),
    (CBundle, CBundlable),
    (CPackage, CBundle),
    (CLayer, CBundle),
    (CEnum, CBundlable),
    (CClassifier, CBundlable),
    (CMetaclass, CClassifier),
    (CStereotype, CClassifier),
    (CClass, CClassifier),
    (CAssociation, CClassifier),
    (CObject, CBundlable),
    (CLink, CObject),
    (CException, Exception),
]


@pytest.mark.parametrize(("child", "parent"), PARENTS)
def test_1_2_class_hierarchy(child, parent):
    assert issubclass(child, parent)


@pytest.mark.parametrize("outside", [CAttribute, CException])
def test_1_2_attribute_and_exception_stand_outside_the_hierarchy(outside):
    assert not issubclass(outside, CNamedElement)


def test_1_2_a_class_is_no_object_and_an_object_no_classifier():
    assert not issubclass(CClass, CObject)
    assert not issubclass(CObject, CClassifier)


class Setting:
    """Some elements that keywords can name."""

    def __init__(self):
        self.metaclass = CMetaclass("M", attributes={"size": int})
        self.relation = self.metaclass.association(self.metaclass, "[from] * -> [to] *")
        self.cl = CClass(self.metaclass, "C", attributes={"x": int})
        self.bundle = CBundle("B")
        self.stereotype = CStereotype("S", extended=self.metaclass, attributes={"tag": str})
        self.relation_stereotype = CStereotype("R", extended=self.relation, attributes={"tag": str})
        self.layer = CLayer("L")

    def make(self, kind, **keywords):
        return self.makers()[kind](**keywords)

    def makers(self):
        return {
            "CNamedElement": lambda **kw: CNamedElement("n", **kw),
            "CBundlable": lambda **kw: CBundlable("n", **kw),
            "CBundle": lambda **kw: CBundle("n", **kw),
            "CPackage": lambda **kw: CPackage("n", **kw),
            "CLayer": lambda **kw: CLayer("n", **kw),
            "CEnum": lambda **kw: CEnum("n", **kw),
            "CMetaclass": lambda **kw: CMetaclass("n", **kw),
            "CStereotype": lambda **kw: CStereotype("n", **kw),
            "CClass": lambda **kw: CClass(self.metaclass, "n", **kw),
            "CObject": lambda **kw: CObject(self.cl, "n", **kw),
            "CMetaclass.association": lambda **kw: CAssociation(
                self.metaclass, self.metaclass, "* -> *", **kw
            ),
            "CClass.association": lambda **kw: CAssociation(self.cl, self.cl, "* -> *", **kw),
            "CLink": lambda **kw: CLink(self.relation, self.cl.class_object, self.cl.class_object, **kw),
        }


# kind, keyword, value made from the setting, value then read
LEGAL_KEYWORDS = [
    ("CBundlable", "bundles", lambda s: s.bundle, lambda s: [s.bundle]),
    ("CBundle", "elements", lambda s: [s.cl], lambda s: [s.cl]),
    ("CBundle", "bundles", lambda s: s.bundle, lambda s: [s.bundle]),
    ("CPackage", "elements", lambda s: [s.cl], lambda s: [s.cl]),
    ("CPackage", "bundles", lambda s: s.bundle, lambda s: [s.bundle]),
    ("CLayer", "sub_layer", lambda s: s.layer, lambda s: s.layer),
    ("CLayer", "super_layer", lambda s: s.layer, lambda s: s.layer),
    ("CLayer", "elements", lambda s: [s.cl], lambda s: [s.cl]),
    ("CLayer", "bundles", lambda s: [s.bundle], lambda s: [s.bundle]),
    ("CEnum", "values", lambda _: ["a"], lambda _: ["a"]),
    ("CEnum", "bundles", lambda s: s.bundle, lambda s: [s.bundle]),
    ("CMetaclass", "superclasses", lambda s: s.metaclass, lambda s: [s.metaclass]),
    ("CMetaclass", "bundles", lambda s: s.bundle, lambda s: [s.bundle]),
    ("CMetaclass", "stereotypes", lambda s: s.stereotype, lambda s: [s.stereotype]),
    ("CStereotype", "extended", lambda s: s.metaclass, lambda s: [s.metaclass]),
    ("CStereotype", "superclasses", lambda s: [s.stereotype], lambda s: [s.stereotype]),
    ("CStereotype", "bundles", lambda s: s.bundle, lambda s: [s.bundle]),
    ("CClass", "superclasses", lambda s: [s.cl], lambda s: [s.cl]),
    ("CClass", "bundles", lambda s: s.bundle, lambda s: [s.bundle]),
    ("CClass", "values", lambda _: {"size": 3}, lambda _: {"size": 3}),
    ("CClass", "stereotype_instances", lambda s: s.stereotype, lambda s: [s.stereotype]),
    ("CObject", "values", lambda _: {"x": 3}, lambda _: {"x": 3}),
    ("CObject", "bundles", lambda s: s.bundle, lambda s: [s.bundle]),
    ("CMetaclass.association", "name", lambda _: "label", lambda _: "label"),
    ("CMetaclass.association", "multiplicity", lambda _: "2", lambda _: "2"),
    ("CMetaclass.association", "role_name", lambda _: "r", lambda _: "r"),
    ("CMetaclass.association", "source_multiplicity", lambda _: "2", lambda _: "2"),
    ("CMetaclass.association", "source_role_name", lambda _: "r", lambda _: "r"),
    ("CMetaclass.association", "aggregation", lambda _: True, lambda _: True),
    ("CMetaclass.association", "composition", lambda _: True, lambda _: True),
    (
        "CMetaclass.association",
        "stereotypes",
        lambda s: s.relation_stereotype,
        lambda s: [s.relation_stereotype],
    ),
    ("CMetaclass.association", "superclasses", lambda s: s.metaclass, lambda s: [s.metaclass]),
    ("CMetaclass.association", "bundles", lambda s: s.bundle, lambda s: [s.bundle]),
    ("CClass.association", "derived_from", lambda s: s.relation, lambda s: s.relation),
    ("CLink", "stereotype_instances", lambda s: s.relation_stereotype, lambda s: [s.relation_stereotype]),
]


@pytest.mark.parametrize(
    ("kind", "keyword", "given", "read"), LEGAL_KEYWORDS, ids=[f"{k[0]}-{k[1]}" for k in LEGAL_KEYWORDS]
)
def test_1_2_a_keyword_assigns_the_property_of_that_name(kind, keyword, given, read):
    setting = Setting()
    element = setting.make(kind, **{keyword: given(setting)})
    assert getattr(element, keyword) == read(setting)


@pytest.mark.parametrize("kind", ["CMetaclass", "CStereotype", "CClass"])
def test_1_2_attributes_keyword(kind):
    assert Setting().make(kind, attributes={"a": int, "b": "x"}).attribute_names == ["a", "b"]


def test_1_2_class_tagged_values_keyword():
    setting = Setting()
    cl = setting.make("CClass", stereotype_instances=setting.stereotype, tagged_values={"tag": "t"})
    assert cl.tagged_values == {"tag": "t"}


def test_1_2_association_stereotype_instances_and_tagged_values_keywords():
    setting = Setting()
    derived = setting.make(
        "CClass.association",
        derived_from=setting.relation,
        stereotype_instances=setting.relation_stereotype,
        tagged_values={"tag": "t"},
    )
    assert derived.stereotype_instances == [setting.relation_stereotype]
    assert derived.tagged_values == {"tag": "t"}


def test_1_2_stereotype_default_values_keyword():
    setting = Setting()
    stereotype = setting.make("CStereotype", extended=setting.metaclass, default_values={"size": 7})
    assert stereotype.default_values == {"size": 7}


@pytest.mark.parametrize("kind", Setting().makers())
def test_1_2_an_unknown_keyword_raises(kind):
    with refusal():
        Setting().make(kind, unknown=1)


ILLEGAL_KEYWORDS = [
    ("CNamedElement", "bundles", []),
    ("CBundlable", "elements", []),
    ("CBundle", "sub_layer", None),
    ("CPackage", "super_layer", None),
    ("CPackage", "values", []),
    ("CLayer", "values", []),
    ("CEnum", "elements", []),
    ("CEnum", "superclasses", []),
    ("CMetaclass", "extended", []),
    ("CMetaclass", "stereotype_instances", []),
    ("CMetaclass", "values", {}),
    ("CStereotype", "stereotypes", []),
    ("CStereotype", "tagged_values", {}),
    ("CClass", "stereotypes", []),
    ("CClass", "default_values", {}),
    ("CClass", "links", []),
    ("CObject", "attributes", {}),
    ("CObject", "stereotype_instances", []),
    ("CObject", "classifier", None),
    ("CMetaclass.association", "values", {}),
    ("CLink", "label", "x"),
    ("CLink", "tagged_values", {}),
    ("CLink", "values", {}),
    ("CLink", "bundles", []),
    ("CLink", "name", "x"),
]


@pytest.mark.parametrize(("kind", "keyword", "value"), ILLEGAL_KEYWORDS)
def test_1_2_a_keyword_of_another_class_raises(kind, keyword, value):
    with refusal():
        Setting().make(kind, **{keyword: value})


@pytest.mark.parametrize("keyword", ["name", "classifier", "values"])
def test_1_2_attribute_takes_type_and_default_only(keyword):
    with refusal():
        CAttribute(**{keyword: None})


@pytest.mark.parametrize("attributes", [{}, None, {"a": int}])
def test_1_2_association_knows_attributes_but_always_raises(attributes):
    with refusal():
        Setting().make("CMetaclass.association", attributes=attributes)


def test_1_2_rule_1_keywords_are_assigned_in_the_order_written():
    metaclass = CMetaclass("M", attributes={"size": int})
    assert CStereotype(extended=metaclass, default_values={"size": 1}).default_values == {"size": 1}
    with refusal():
        CStereotype(default_values={"size": 1}, extended=metaclass)


def test_1_2_rule_1_keywords_before_an_unknown_one_have_taken_effect():
    bundle, late = CBundle("B"), CBundle("late")
    with refusal():
        CEnum("E", bundles=bundle, unknown=1, values=["a"])
    assert [e.name for e in bundle.elements] == ["E"]
    assert bundle.elements[0].values == []
    with refusal():
        CEnum("E", unknown=1, bundles=late)
    assert late.elements == []


@pytest.mark.parametrize(
    "make", [CNamedElement, CBundlable, CBundle, CPackage, CLayer, CEnum, CMetaclass, CStereotype]
)
def test_1_2_rule_1_name_may_be_given_by_keyword(make):
    assert make(name="given").name == "given"


def test_1_2_rule_1_name_by_keyword_of_classes_objects_and_associations():
    setting = Setting()
    assert CClass(setting.metaclass, name="given").name == "given"
    assert CObject(setting.cl, name="given").name == "given"
    assert CAssociation(setting.cl, setting.cl, name="given").name == "given"


@pytest.mark.parametrize("make", [CBundle, CPackage, CLayer, CEnum, CMetaclass, CStereotype])
def test_1_2_rule_2_the_name_may_be_left_out(make):
    assert make().name is None
    assert make(None).name is None


@pytest.mark.parametrize("bad", [1, 1.5, b"x", ["x"], object(), True])
def test_1_2_rule_2_a_name_that_is_no_text_raises(bad):
    setting = Setting()
    for make in (CNamedElement, CBundlable, CBundle, CPackage, CLayer, CEnum, CMetaclass, CStereotype):
        with refusal():
            make(bad)
    with refusal():
        CClass(setting.metaclass, bad)
    with refusal():
        CObject(setting.cl, bad)
    with refusal():
        CAssociation(setting.cl, setting.cl, "* -> *", name=bad)


def test_1_2_rule_2_later_assignment_of_the_name_is_unchecked():
    cl = Setting().cl
    cl.name = 17
    assert cl.name == 17


def test_1_2_rule_4_equality_and_hash_are_identity():
    setting = Setting()
    [link] = add_links({setting.cl: setting.cl}, association=setting.relation)
    twins = [
        (CNamedElement("x"), CNamedElement("x")),
        (CBundle("x"), CBundle("x")),
        (CEnum("x"), CEnum("x")),
        (CMetaclass("x"), CMetaclass("x")),
        (CStereotype("x"), CStereotype("x")),
        (CClass(setting.metaclass, "x"), CClass(setting.metaclass, "x")),
        (CObject(setting.cl, "x"), CObject(setting.cl, "x")),
        (setting.relation, setting.metaclass.association(setting.metaclass, "[from] * -> [to] *")),
        (link, CLink(setting.relation, setting.cl.class_object, setting.cl.class_object)),
    ]
    for one, other in twins:
        assert one == one
        assert one != other
        assert {one: 1, other: 2} == {one: 1, other: 2}
        assert len({one, other}) == 2
