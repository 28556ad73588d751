"""Keyword arguments that assign properties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeable.kernel import messages
from codeable.kernel.exception import CException

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["set_keyword_args"]


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
            raise CException(messages.unknown_keyword(obj, keyword, allowed))
        setattr(obj, keyword, value)
