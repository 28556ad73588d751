"""The modelling kernel: metaclasses and their classes, objects, associations and their links, stereotypes.

The names are those of CodeableModels, so that what was written for it can be read here.
"""

# The link functions come first: objects refer to them, and they to everything.
from codeable.kernel.link_functions import LinkKeywordsContext, add_links, delete_links, set_links

# isort: split
from codeable.kernel.association import CAssociation
from codeable.kernel.attribute import CAttribute
from codeable.kernel.bundlable import CBundlable
from codeable.kernel.bundle import CBundle, CLayer, CPackage
from codeable.kernel.checks import (
    check_is_cassociation,
    check_is_cbundle,
    check_is_cclass,
    check_is_cclassifier,
    check_is_cmetaclass,
    check_is_cobject,
    check_is_cstereotype,
    check_named_element_is_not_deleted,
    get_links,
    is_cassociation,
    is_cattribute,
    is_cbundlable,
    is_cbundle,
    is_cclass,
    is_cclassifier,
    is_cenum,
    is_clink,
    is_cmetaclass,
    is_cnamedelement,
    is_cobject,
    is_cstereotype,
)
from codeable.kernel.classifier import CClassifier
from codeable.kernel.clazz import CClass
from codeable.kernel.enum import CEnum
from codeable.kernel.exception import CException
from codeable.kernel.keywords import set_keyword_args
from codeable.kernel.link import CLink
from codeable.kernel.metaclass import CMetaclass
from codeable.kernel.named_element import CNamedElement
from codeable.kernel.object import CObject
from codeable.kernel.place import Place, place_of
from codeable.kernel.stereotype import CStereotype

__all__ = [
    "CAssociation",
    "CAttribute",
    "CBundlable",
    "CBundle",
    "CClass",
    "CClassifier",
    "CEnum",
    "CException",
    "CLayer",
    "CLink",
    "CMetaclass",
    "CNamedElement",
    "CObject",
    "CPackage",
    "CStereotype",
    "LinkKeywordsContext",
    "Place",
    "add_links",
    "check_is_cassociation",
    "check_is_cbundle",
    "check_is_cclass",
    "check_is_cclassifier",
    "check_is_cmetaclass",
    "check_is_cobject",
    "check_is_cstereotype",
    "check_named_element_is_not_deleted",
    "delete_links",
    "get_links",
    "is_cassociation",
    "is_cattribute",
    "is_cbundlable",
    "is_cbundle",
    "is_cclass",
    "is_cclassifier",
    "is_cenum",
    "is_clink",
    "is_cmetaclass",
    "is_cnamedelement",
    "is_cobject",
    "is_cstereotype",
    "place_of",
    "set_keyword_args",
    "set_links",
]
