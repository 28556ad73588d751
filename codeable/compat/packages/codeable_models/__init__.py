"""The kernel under the name that studies written for CodeableModels import."""

from codeable.kernel import (
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
    delete_links,
    set_links,
)

from . import (
    cassociation,
    cattribute,
    cbundlable,
    cbundle,
    cclass,
    cclassifier,
    cenum,
    cexception,
    clink,
    cmetaclass,
    cnamedelement,
    cobject,
    cstereotype,
    internal,
)
from .internal import commons as _commons  # studies reach it through the package, without importing it
