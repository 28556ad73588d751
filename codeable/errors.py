"""The base class of the errors that a user can correct. Every layer raises it or a subclass."""

from typing import Any


class CodeableError(Exception):
    """A mistake in a study, a note, a setting or a call.

    The command line prints the message without a traceback. A layer whose callers distinguish errors
    subclasses this one (and the fitting builtin, such as ``KeyError``). Every subclass can be pickled,
    whatever its constructor takes, so that worker processes can send it.

    Args:
        message: What is wrong, with which thing, where, and what to do; one or more whole lines.
        exit_status: What the command line exits with: 1 for a failed job, 2 for wrong usage.

    Example:
        >>> str(CodeableError("there is no view 'overviev'; did you mean 'overview'?"))
        "there is no view 'overviev'; did you mean 'overview'?"
    """

    def __init__(self, message: str, *, exit_status: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.exit_status = exit_status

    def __str__(self) -> str:
        return self.message

    def __reduce__(self) -> tuple[Any, ...]:
        return _unpickled, (type(self), self.args, vars(self))


def reason_of(error: BaseException) -> str:
    """Why an operation on files failed, in the words of the system: without the number and the file.

    Example:
        >>> reason_of(PermissionError(13, "Permission denied", "/etc/shadow"))
        'Permission denied'
    """
    return str(getattr(error, "strerror", None) or error)


def _unpickled(kind: type[CodeableError], args: tuple[Any, ...], attributes: dict[str, Any]) -> CodeableError:
    """An error with these attributes. Its constructor is not called."""
    error = kind.__new__(kind)
    error.args = args
    vars(error).update(attributes)
    return error
