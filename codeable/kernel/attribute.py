"""Attributes: what a classifier declares, with a type and a default value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from codeable.kernel import messages
from codeable.kernel.clock import VOCABULARY, tick
from codeable.kernel.enum import CEnum
from codeable.kernel.exception import CException
from codeable.kernel.named_element import CNamedElement

if TYPE_CHECKING:
    from codeable.kernel.classifier import CClassifier

__all__ = ["PLAIN_TYPES", "CAttribute", "inferred_type"]

PLAIN_TYPES = (str, bool, int, float, list)
"""The Python types of attribute values; ``bool`` before ``int``, of which it is a subclass."""


def inferred_type(value: object) -> Any:
    """The attribute type of which ``value`` is a direct instance; ``None`` when there is none.

    Raises:
        CException: When ``value`` is a deleted object or class.
    """
    for plain in PLAIN_TYPES:
        if isinstance(value, plain):
            return plain
    if isinstance(value, CNamedElement):
        return value._classifier_as_value()
    return None


def conforms(value: object, classifier: Any) -> bool:
    """Whether ``value`` is a direct or indirect instance of ``classifier``."""
    own = value._classifier_as_value() if isinstance(value, CNamedElement) else None
    return own is not None and own.is_classifier_of_type(classifier)


class CAttribute:
    """An attribute of a classifier. Its name and its classifier are known once it is put on one.

    Args:
        kw: ``type`` (``str bool int float list``, an enumeration or a classifier) and ``default``, assigned
            in the order given.

    Raises:
        CException: When type and default do not fit each other.

    Example:
        >>> CAttribute(default="no").type
        <class 'str'>
    """

    __slots__ = ("_attached", "_classifier", "_default", "_name", "_type")

    _KEYWORDS: ClassVar[tuple[str, ...]] = ("type", "default")

    _name: str | None
    _classifier: CClassifier | None

    def __init__(self, **kw: Any) -> None:
        self._name = None
        self._attached = False  # whether it ever was put on a classifier
        self._classifier = None
        self._type: Any = None
        self._default: Any = None
        for keyword, value in kw.items():
            if keyword not in self._KEYWORDS:
                raise CException(messages.unknown_keyword(self, keyword, self._KEYWORDS))
            setattr(self, keyword, value)

    @property
    def name(self) -> str | None:
        """The name under which it was last put on a classifier."""
        return self._name

    @property
    def classifier(self) -> CClassifier | None:
        """The classifier that it was last put on."""
        return self._classifier

    def check_attribute_type_is_not_deleted(self) -> None:
        """Raise when the type is a deleted element."""
        if isinstance(self._type, CNamedElement) and self._type.is_deleted:
            raise CException(messages.deleted_attribute_type(self))

    @property
    def type(self) -> Any:
        """The type, or ``None``. A default that is there has to conform to the type assigned."""
        self.check_attribute_type_is_not_deleted()
        return self._type

    @type.setter  # noqa: A003
    def type(self, value: Any) -> None:
        if isinstance(value, CNamedElement) and value.is_deleted:
            raise CException(messages.deleted_entry(self, "type", value))
        default = self._default
        if default is not None and default is not value and not self._default_fits(value, default):
            raise CException(messages.default_does_not_fit(self, value, default))
        self._type = value
        if self._attached:
            tick(VOCABULARY)

    @property
    def default(self) -> Any:
        """The default value, or ``None``.

        Assigning infers the type if there is none, and fills the empty slots of the instances. A list is
        copied.
        """
        self.check_attribute_type_is_not_deleted()
        return self._default

    @default.setter
    def default(self, value: Any) -> None:
        if value is not None:
            self.check_attribute_type_is_not_deleted()
            if self._type is not None:
                if not self._default_fits(self._type, value):
                    raise CException(messages.default_does_not_fit(self, self._type, value))
            else:
                inferred = inferred_type(value)
                if inferred is None:
                    raise CException(messages.unknown_value_type(self._name, value))
                self._type = inferred
            if type(value) is list:
                value = list(value)
        self._default = value
        if self._attached:
            tick(VOCABULARY)
        if value is not None and self._classifier is not None:
            self._classifier._fill_with_default(self)

    @staticmethod
    def _default_fits(attribute_type: Any, default: Any) -> bool:
        from codeable.kernel.classifier import CClassifier

        if isinstance(attribute_type, CEnum):
            return attribute_type.is_legal_value(default)
        if isinstance(attribute_type, CClassifier):
            return conforms(default, attribute_type)
        try:
            return isinstance(default, attribute_type)
        except TypeError:
            return False

    def check_attribute_value_type_(self, name: str | None, value: Any) -> None:
        """Raise unless ``value`` may be set as the value of this attribute, called ``name``."""
        attribute_type = self._type
        if type(value) is attribute_type and attribute_type in PLAIN_TYPES:
            return
        self.check_attribute_type_is_not_deleted()
        inferred = inferred_type(value)
        if inferred is None:
            raise CException(messages.unknown_value_type(name, value))
        if attribute_type is inferred:
            return
        if attribute_type is float and inferred is int:
            return
        if isinstance(attribute_type, CEnum) and inferred is str and attribute_type.is_legal_value(value):
            return
        if (
            isinstance(inferred, CNamedElement)
            and isinstance(attribute_type, CNamedElement)
            and conforms(value, attribute_type)
        ):
            return
        raise CException(messages.wrong_value_type(self, name, value))

    def __str__(self) -> str:
        return f"CAttribute type = {self._type}, default = {self._default}"

    __repr__ = __str__
