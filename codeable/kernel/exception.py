"""The errors that the kernel raises; `CException` is the base class of all of them."""

from codeable.errors import CodeableError
from codeable.text import shown


class CException(CodeableError):  # noqa: N818  (the name is CodeableModels')
    """The kernel refuses something: a wrong type, a broken rule, an unknown name.

    Args:
        value: What is wrong, with which element, and what was expected; kept in ``value``.

    Example:
        >>> CException("no such attribute").value
        'no such attribute'
        >>> str(CException("no such attribute"))
        "'no such attribute'"
    """

    def __init__(self, value: object) -> None:
        super().__init__(value if isinstance(value, str) else shown(value, most=1000))
        self.args = (value,)
        self.value = value

    def __str__(self) -> str:
        return repr(self.value)

    def __repr__(self) -> str:
        return repr(self.value)


class UnregisteredLinkError(CException, ValueError):
    """A link that no link function made cannot be deleted: its ends do not know it."""


class UncopyableError(CException, TypeError):
    """An element cannot be copied or pickled: its relations lead through the whole study."""


class PrivateNameError(CException, AttributeError):
    """A private name of CodeableModels can be read, not assigned."""
