"""Section 1.1: what the modules offer."""

import importlib

import codeable_models
import pytest
from codeable_models import (
    CAssociation,
    CAttribute,
    CBundlable,
    CBundle,
    CClass,
    CClassifier,
    CEnum,
    CLayer,
    CLink,
    CMetaclass,
    CNamedElement,
    CObject,
    CPackage,
    CStereotype,
    add_links,
)
from codeable_models.clink import LinkKeywordsContext
from codeable_models.internal import commons
from codeable_models.internal.commons import get_links, set_keyword_args

from tests.compat.kernel.expecting import refusal

EXPORTED = [
    "CException",
    "CNamedElement",
    "CBundlable",
    "CAttribute",
    "CClassifier",
    "CMetaclass",
    "CStereotype",
    "CClass",
    "CObject",
    "CEnum",
    "CBundle",
    "CPackage",
    "CLayer",
    "CAssociation",
    "CLink",
    "set_links",
    "add_links",
    "delete_links",
]

SUBMODULE_NAMES = [
    ("cexception", "CException"),
    ("cnamedelement", "CNamedElement"),
    ("cbundlable", "CBundlable"),
    ("cattribute", "CAttribute"),
    ("cclassifier", "CClassifier"),
    ("cmetaclass", "CMetaclass"),
    ("cstereotype", "CStereotype"),
    ("cclass", "CClass"),
    ("cobject", "CObject"),
    ("cenum", "CEnum"),
    ("cbundle", "CBundle"),
    ("cbundle", "CPackage"),
    ("cbundle", "CLayer"),
    ("cassociation", "CAssociation"),
    ("clink", "CLink"),
    ("clink", "add_links"),
    ("clink", "set_links"),
    ("clink", "delete_links"),
    ("clink", "LinkKeywordsContext"),
]

SUBMODULES = {module: importlib.import_module(f"codeable_models.{module}") for module, _ in SUBMODULE_NAMES}
STAR: dict[str, object] = {}
exec("from codeable_models import *", STAR)

TESTED_CLASSES = {
    "cenum": CEnum,
    "cclassifier": CClassifier,
    "cnamedelement": CNamedElement,
    "cattribute": CAttribute,
    "cobject": CObject,
    "cclass": CClass,
    "cmetaclass": CMetaclass,
    "cstereotype": CStereotype,
    "cbundle": CBundle,
    "cbundlable": CBundlable,
    "cassociation": CAssociation,
    "clink": CLink,
}


def one_of_each():
    metaclass = CMetaclass("M")
    relation = metaclass.association(metaclass, "[from] * -> [to] *")
    first, second = CClass(metaclass, "A"), CClass(metaclass, "B")
    return [
        CNamedElement("named"),
        CBundlable("bundlable"),
        CBundle("bundle"),
        CPackage("package"),
        CLayer("layer"),
        CEnum("enum"),
        CClassifier("classifier"),
        metaclass,
        CStereotype("stereotype"),
        first,
        first.class_object,
        relation,
        CObject(first, "object"),
        add_links({first: second}, role_name="to")[0],
        CAttribute(type=int),
        None,
        "text",
        1,
        CClass,
    ]


@pytest.mark.parametrize("name", EXPORTED)
def test_1_1_codeable_models_exports(name):
    assert hasattr(codeable_models, name)


@pytest.mark.parametrize(("module", "name"), SUBMODULE_NAMES)
def test_1_1_one_lower_case_module_per_class_holds_the_same_object(module, name):
    submodule = SUBMODULES[module]
    assert getattr(submodule, name) is getattr(codeable_models, name, getattr(submodule, name))


def test_1_1_star_import_brings_the_submodule_names_too():
    assert STAR["CClass"] is CClass
    assert STAR["cclass"] is SUBMODULES["cclass"]
    assert not {name for name in EXPORTED if name not in STAR}


def test_1_1_metamodels_and_internal_are_namespace_packages():
    assert not hasattr(codeable_models, "__all__")
    assert codeable_models.internal.__file__ is None


@pytest.mark.parametrize("kind", TESTED_CLASSES)
def test_1_1_is_functions_are_isinstance_tests(kind):
    test = getattr(commons, f"is_{kind}")
    for element in one_of_each():
        assert test(element) == isinstance(element, TESTED_CLASSES[kind])


@pytest.mark.parametrize(
    "kind", ["cmetaclass", "cclassifier", "cclass", "cstereotype", "cobject", "cbundle", "cassociation"]
)
def test_1_1_check_is_functions_raise_where_the_test_fails(kind):
    check = getattr(commons, f"check_is_{kind}")
    for element in one_of_each():
        if isinstance(element, TESTED_CLASSES[kind]):
            check(element)
        else:
            with refusal():
                check(element)


def test_1_1_a_link_is_a_cobject_an_association_a_cclassifier_a_package_a_cbundle():
    metaclass = CMetaclass()
    relation = metaclass.association(metaclass, "* -> *")
    assert commons.is_cclassifier(relation)
    assert commons.is_cbundle(CPackage())
    assert commons.is_cobject(add_links({CClass(metaclass): CClass(metaclass)}, association=relation)[0])


def test_1_1_check_named_element_is_not_deleted_raises_for_a_deleted_element():
    element = CNamedElement("e")
    commons.check_named_element_is_not_deleted(element)
    element.delete()
    with refusal():
        commons.check_named_element_is_not_deleted(element)


def test_1_1_get_links_concatenates_in_list_order_with_duplicates():
    metaclass = CMetaclass("M")
    relation = metaclass.association(metaclass, "[from] * -> [to] *")
    cl = CClass(metaclass, "C")
    other = CClass(metaclass, "D")
    [link] = add_links({cl: other}, role_name="to")
    [loop] = add_links({cl: cl}, association=relation)
    assert get_links([other, cl]) == [link, link, loop]
    assert get_links([cl.class_object]) == [link, loop]
    assert get_links([link]) == []
    assert get_links([]) == []


@pytest.mark.parametrize("bad", [None, "text", 3, CMetaclass("M"), CEnum("E"), CBundle("B")])
def test_1_1_get_links_raises_for_anything_that_has_no_links(bad):
    with refusal():
        get_links([CClass(CMetaclass()), bad])


class Recorder:
    def __init__(self):
        object.__setattr__(self, "assigned", [])

    def __setattr__(self, name, value):
        self.assigned.append((name, value))


def test_1_1_set_keyword_args_assigns_in_the_order_given():
    recorder = Recorder()
    set_keyword_args(recorder, ["a", "b", "c"], c=1, a=2)
    assert recorder.assigned == [("c", 1), ("a", 2)]


def test_1_1_set_keyword_args_raises_at_the_first_unknown_keyword_and_keeps_those_before_it():
    recorder = Recorder()
    with refusal():
        set_keyword_args(recorder, ["a", "b"], b=1, x=2, a=3)
    assert recorder.assigned == [("b", 1)]


def test_1_1_link_keywords_context_has_five_plain_attributes_none_unless_given():
    context = LinkKeywordsContext()
    names = ["association", "role_name", "stereotype_instances", "label", "tagged_values"]
    assert [getattr(context, name) for name in names] == [None] * 5
    relation = CMetaclass().association(CMetaclass(), "* -> *")
    context = LinkKeywordsContext(role_name="r", label="l", association=relation, tagged_values={"a": 1})
    assert (context.role_name, context.label, context.association) == ("r", "l", relation)
    assert context.tagged_values == {"a": 1}
    context.label = "changed"
    assert context.label == "changed"


def test_1_1_link_keywords_context_raises_for_an_unknown_keyword():
    with refusal():
        LinkKeywordsContext(name="x")


@pytest.mark.parametrize("bad", ["text", 0, [], CMetaclass("M")])
def test_1_1_link_keywords_context_raises_for_an_association_that_is_none(bad):
    with refusal():
        LinkKeywordsContext(association=bad)


def test_1_1_link_keywords_context_accepts_none_as_association():
    assert LinkKeywordsContext(association=None).association is None
