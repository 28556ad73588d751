"""Results of functions about single objects, such as a note, that are kept as long as the object is used.

The language server checks a study again after each change. All notes but one are the same objects then.
"""

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

S = TypeVar("S")
R = TypeVar("R")
P = ParamSpec("P")


class ResultCache:
    """Keeps the results of functions about objects that do not change. Several threads may ask it.

    Example:
        >>> cache, note = ResultCache(), ["event_bus", "data_mesh"]
        >>> first = cache.of(sorted, note)
        >>> cache.of(sorted, note) is first
        True
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[object, int], tuple[object, tuple[Any, ...], dict[str, Any], Any]] = {}
        self._used: set[tuple[object, int]] = set()

    def of(
        self, function: Callable[Concatenate[S, P], R], subject: S, *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """The result of a function, computed once for an object and the same further arguments.

        Args:
            function: The function. Its result depends on the arguments alone.
            subject: The object, which is known by its identity.
            args: Further arguments; with others than before the function is called again.
            kwargs: The same by name.
        """
        key = function, id(subject)
        self._used.add(key)
        known = self._kept.get(key)
        if known is None or known[0] is not subject or known[1] != args or known[2] != kwargs:
            known = self._kept[key] = subject, args, kwargs, function(subject, *args, **kwargs)
        result: R = known[3]
        return result

    def again(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """The result of a function; that of the call before, if all arguments are equal."""
        return self.of(_called, function, *args, **kwargs)

    def forget_unused(self) -> None:
        """Forget the results that nobody asked for since this was called last, and their objects."""
        used, self._used = self._used, set()
        known = self._kept.copy()  # another thread may ask meanwhile
        self._kept = {key: found for key, found in known.items() if key in used}


def _called(function: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
    return function(*args, **kwargs)
