"""The kernel's error."""

__all__ = ["CException"]


class CException(Exception):  # noqa: N818  (the name is CodeableModels')
    """Something that the kernel refuses: a wrong type, a broken rule, an unknown name.

    Args:
        value: What was wrong, with which element, and what was expected; kept in ``value``.

    Example:
        >>> CException("no such attribute").value
        'no such attribute'
        >>> str(CException("no such attribute"))
        "'no such attribute'"
    """

    def __init__(self, value: object) -> None:
        super().__init__(value)
        self.value = value

    def __str__(self) -> str:
        return repr(self.value)

    def __repr__(self) -> str:
        return repr(self.value)
