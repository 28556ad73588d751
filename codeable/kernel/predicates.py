"""Functions of CodeableModels that only its studies use; `compat` offers them under their old module."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from codeable.kernel.association import CAssociation
from codeable.kernel.attribute import CAttribute, CEnum
from codeable.kernel.bundle import CBundlable, CBundle
from codeable.kernel.classifier import CClassifier
from codeable.kernel.clazz import CClass
from codeable.kernel.describe import describe, unknown_keyword, with_article
from codeable.kernel.exception import CException
from codeable.kernel.link import CLink
from codeable.kernel.metaclass import CMetaclass
from codeable.kernel.named_element import CNamedElement
from codeable.kernel.object import CObject
from codeable.kernel.stereotype import CStereotype

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def _test(kind: type) -> Callable[[object], bool]:
    def is_of_kind(elt: object) -> bool:
        return isinstance(elt, kind)

    is_of_kind.__name__ = is_of_kind.__qualname__ = f"is_{kind.__name__.lower()}"
    is_of_kind.__doc__ = f"Whether ``elt`` is a ``{kind.__name__}``, subclasses included."
    return is_of_kind


def _check(kind: type) -> Callable[[object], None]:
    def check_is_of_kind(elt: object) -> None:
        if not isinstance(elt, kind):
            raise CException(f"expected {with_article(kind)}, not {describe(elt)}")

    check_is_of_kind.__name__ = check_is_of_kind.__qualname__ = f"check_is_{kind.__name__.lower()}"
    check_is_of_kind.__doc__ = f"Raise ``CException`` unless ``elt`` is a ``{kind.__name__}``."
    return check_is_of_kind


is_cenum = _test(CEnum)
is_cclassifier = _test(CClassifier)
is_cnamedelement = _test(CNamedElement)
is_cattribute = _test(CAttribute)
is_cobject = _test(CObject)
is_cclass = _test(CClass)
is_cmetaclass = _test(CMetaclass)
is_cstereotype = _test(CStereotype)
is_cbundle = _test(CBundle)
is_cbundlable = _test(CBundlable)
is_cassociation = _test(CAssociation)
is_clink = _test(CLink)

check_is_cmetaclass = _check(CMetaclass)
check_is_cclassifier = _check(CClassifier)
check_is_cclass = _check(CClass)
check_is_cstereotype = _check(CStereotype)
check_is_cobject = _check(CObject)
check_is_cbundle = _check(CBundle)
check_is_cassociation = _check(CAssociation)


def check_named_element_is_not_deleted(named_element: CNamedElement) -> None:
    """Raise ``CException`` when the element is deleted."""
    if named_element.is_deleted:
        raise CException(f"{describe(named_element)} is deleted and cannot be used any more")


def set_keyword_args(obj: object, allowed: Iterable[str], /, **kw: object) -> None:
    """Assign each keyword, in the order given, as an attribute of ``obj``.

    Args:
        obj: What is assigned to.
        allowed: The keywords that may occur.
        kw: The assignments.

    Raises:
        CException: At the first keyword that is not allowed; those before it stay assigned.
    """
    allowed = tuple(allowed)
    for keyword, value in kw.items():
        if keyword not in allowed:
            raise CException(unknown_keyword(obj, keyword, allowed))
        setattr(obj, keyword, value)


def get_links(elements: Iterable[Any]) -> list[CLink]:
    """The links of several classes, objects or links, one after the other, repetitions included.

    Raises:
        CException: When an entry has no links.
    """
    found: list[CLink] = []
    try:
        entries = list(elements)
    except TypeError:
        raise CException(_has_no_links(elements)) from None
    for element in entries:
        if not isinstance(element, (CClass, CObject)):
            raise CException(_has_no_links(element))
        found += element.links
    return found


def _has_no_links(value: object) -> str:
    return f"classes, objects and links have links, not {describe(value)}"
