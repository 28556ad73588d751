"""Attributes of classifiers: type, default value, the check of values; and enumerations, which are types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from codeable.kernel.bundle import CBundlable
from codeable.kernel.describe import (
    deleted_entry,
    describe,
    listed,
    quoted,
    two_vocabularies,
    unknown_keyword,
    with_article,
)
from codeable.kernel.exception import CException
from codeable.kernel.invalidation import VOCABULARY, bump
from codeable.kernel.named_element import CNamedElement, Uncopyable

if TYPE_CHECKING:
    from codeable.kernel.classifier import CClassifier

PLAIN_TYPES = (str, bool, int, float, list)
"""The Python types of attribute values; ``bool`` before ``int``, of which it is a subclass."""


def type_of_value(name: str | None, value: object) -> Any:
    """The attribute type of which ``value`` is a direct instance.

    Args:
        name: The name of the attribute, for the message.
        value: What is to be a default or a value.

    Raises:
        CException: When there is no such type, or ``value`` is a deleted object or class.
    """
    for plain in PLAIN_TYPES:
        if isinstance(value, plain):
            return plain
    inferred = value._classifier_as_value() if isinstance(value, CNamedElement) else None
    if inferred is None:
        raise CException(
            f"the value{_of_attribute(name)} has no known type: {describe(value)}; expected a str, bool, int,"
            " float, list, an object or a class (to unset a value, delete it)"
        )
    return inferred


def conforms(value: object, classifier: Any) -> bool:
    """Whether ``value`` is a direct or indirect instance of ``classifier``."""
    own = value._classifier_as_value() if isinstance(value, CNamedElement) else None
    return own is not None and own.is_classifier_of_type(classifier)


def _of_attribute(name: str | None) -> str:
    return f" of attribute {quoted(name)}" if name is not None else ""


def _expected(attribute_type: Any) -> str:
    if attribute_type is None:
        return "anything, for the attribute has no type"
    if isinstance(attribute_type, type):
        return with_article(attribute_type)
    legal = getattr(attribute_type, "values", None)
    if isinstance(legal, list):
        return f"one of {listed(legal)} ({describe(attribute_type)})"
    return f"an instance of {describe(attribute_type)}"


def _vocabularies_of_value(attribute_type: Any, value: Any) -> str:
    classifier = getattr(value, "metaclass", None) or getattr(value, "classifier", None)
    path = getattr(classifier, "class_path", ())
    return two_vocabularies(path, [attribute_type])


class CEnum(CBundlable):
    """An attribute type with a list of legal values.

    Args:
        name: The display name, or ``None``.
        values: The legal values, a list.
        bundles: A bundle or a list of bundles to join.

    Example:
        >>> CEnum("Impact", values=["+", "-"]).is_legal_value("+")
        True
    """

    __slots__ = ("_values",)

    _KIND: ClassVar[str] = "enumeration"
    _KEYWORDS: ClassVar[tuple[str, ...]] = ("values", "bundles")

    _values: list[Any]

    def __init__(self, name: str | None = None, **kw: object) -> None:
        super().__init__(name, **kw)

    def _init_slots(self) -> None:
        super()._init_slots()
        self._values = []

    @property
    def values(self) -> list[Any]:
        """The legal values, in order; the list assigned is copied."""
        return list(self._values)

    @values.setter
    def values(self, value: list[Any] | None) -> None:
        if value is not None and not isinstance(value, list):
            raise CException(f"'values' of {describe(self)} must be a list or None, not {describe(value)}")
        self._values = list(value or ())

    def is_legal_value(self, value: object) -> bool:
        """Whether ``value`` is among the legal ones."""
        try:
            return value in self._values
        except RecursionError:  # lists that contain themselves cannot be compared
            return any(value is legal for legal in self._values)

    def _allows_default(self, default: object) -> bool:
        return self.is_legal_value(default)

    def _release(self, pending: list[CNamedElement]) -> None:
        super()._release(pending)
        self._values = []


class CAttribute(Uncopyable):
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

    _KIND: ClassVar[str] = "attribute"
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
                raise CException(unknown_keyword(self, keyword, self._KEYWORDS))
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
            raise CException(
                f"the type of attribute {quoted(self._name)}, {describe(self._type)}, has been deleted"
            )

    @property
    def type(self) -> Any:
        """The type, or ``None``. A default that is there has to conform to the type assigned."""
        self.check_attribute_type_is_not_deleted()
        return self._type

    @type.setter  # noqa: A003
    def type(self, value: Any) -> None:
        if isinstance(value, CNamedElement) and value.is_deleted:
            raise CException(deleted_entry(self, "type", value))
        default = self._default
        if default is not None and default is not value:
            self._check_default(value, default)
        self._type = value
        if self._attached:
            bump(VOCABULARY)

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
                self._check_default(self._type, value)
            else:
                self._type = type_of_value(self._name, value)
            if type(value) is list:
                value = list(value)
        self._default = value
        if self._attached:
            bump(VOCABULARY)
        if value is not None and self._classifier is not None:
            self._classifier._fill_with_default(self)

    def _check_default(self, attribute_type: Any, default: Any) -> None:
        if isinstance(attribute_type, CNamedElement):
            fits = attribute_type._allows_default(default)
        else:
            try:
                fits = isinstance(default, attribute_type)
            except TypeError:
                fits = False
        if not fits:
            raise CException(
                f"the default{_of_attribute(self._name)}, {describe(default)}, is not"
                f" {_expected(attribute_type)}{_vocabularies_of_value(attribute_type, default)}"
            )

    def check_attribute_value_type_(self, name: str | None, value: Any) -> None:
        """Raise unless ``value`` may be set as the value of this attribute, called ``name``."""
        attribute_type = self._type
        if type(value) is attribute_type and attribute_type in PLAIN_TYPES:
            return
        self.check_attribute_type_is_not_deleted()
        inferred = type_of_value(name, value)
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
        raise CException(
            f"the value of attribute {quoted(name)} must be {_expected(attribute_type)}, not"
            f" {describe(value)}{_vocabularies_of_value(attribute_type, value)}"
        )

    def _described(self, name: object) -> str:  # noqa: ARG002
        of = f" of {describe(self._classifier)}" if self._classifier is not None else ""
        return f"attribute {quoted(self._name)}{of}" if self._name is not None else "attribute without a name"

    def __str__(self) -> str:
        return f"CAttribute type = {self._type}, default = {self._default}"

    __repr__ = __str__
