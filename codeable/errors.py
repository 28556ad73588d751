"""The error that every layer above the kernel raises when the user can mend what is wrong."""

__all__ = ["CodeableError"]


class CodeableError(Exception):
    """A mistake in a study, a note, a setting or a call, told so that the user can mend it.

    The command line prints the message without a traceback. A layer that lets callers tell errors apart
    subclasses this one (and the fitting builtin, such as ``KeyError``).

    Args:
        message: What was wrong, with which thing, where, and the way out; one or more whole lines.
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
