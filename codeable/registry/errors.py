"""What a lookup raises when no element or more than one answers to a name."""

from codeable.errors import CodeableError

__all__ = ["AmbiguousNameError", "UnknownNameError"]


class UnknownNameError(CodeableError, KeyError):
    """No element has this identifier or display name.

    Attributes:
        name: What was asked for.
    """

    def __init__(self, message: str, name: object) -> None:
        super().__init__(message, exit_status=2)
        self.name = name


class AmbiguousNameError(CodeableError, LookupError):
    """More than one element has this identifier or display name.

    Attributes:
        name: What was asked for.
    """

    def __init__(self, message: str, name: str) -> None:
        super().__init__(message, exit_status=2)
        self.name = name
