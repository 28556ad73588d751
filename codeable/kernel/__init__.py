"""The modelling kernel: metaclasses and their classes, objects, associations and their links, stereotypes.

The names are those of CodeableModels, so that studies written for it run on this kernel. `__all__` is the one
list of them: the package front, the DSL and the modules for CodeableModels studies are derived from it.
"""

from codeable.kernel.association import CAssociation
from codeable.kernel.attribute import CAttribute, CEnum
from codeable.kernel.bundle import CBundlable, CBundle, CLayer, CPackage
from codeable.kernel.classifier import CClassifier
from codeable.kernel.clazz import CClass
from codeable.kernel.exception import CException
from codeable.kernel.link import CLink
from codeable.kernel.link_functions import add_links, delete_links, set_links
from codeable.kernel.metaclass import CMetaclass
from codeable.kernel.named_element import CNamedElement
from codeable.kernel.object import CObject
from codeable.kernel.place import Place as Place
from codeable.kernel.place import place_of as place_of
from codeable.kernel.private_names import add_private_names
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
    "add_links",
    "delete_links",
    "set_links",
]

add_private_names(
    (CAssociation, CAttribute, CClass, CEnum, CLayer, CLink, CMetaclass, CStereotype),
    [
        (CLink, "source", "_source"),  # a class object stays a class object
        (CLink, "target", "_target"),
        (CAttribute, "type", "_type"),  # also one that has been deleted
        (CAttribute, "default", "_default"),
    ],
)
