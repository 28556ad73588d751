"""A dry run of the statements to be built: which of them a vocabulary accepts, before anything is written.

The arguments are data (names, literals, lists, dictionaries) and the functions those of the vocabulary, so
nothing from a note is executed. Called by `accept`.
"""

import re
from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any

from attrs import evolve

from codeable.errors import CodeableError
from codeable.kernel import CException
from codeable.notes.build.plan import TYPES, Item, Part
from codeable.registry.kinds import Kinds
from codeable.source_writer import Expression, Verbatim

_PLACE_IN_CODEABLE = re.compile(r" ?\([^()\s]*\.py:\d+\)")


class RefusedError(ValueError):
    """The vocabulary refuses a statement; the text says why."""


class DryRun:
    """The study as far as it is built, in memory.

    Args:
        vocabulary: A fresh vocabulary, which is changed.
    """

    def __init__(self, vocabulary: ModuleType) -> None:
        self.vocabulary = {name: getattr(vocabulary, name) for name in vocabulary.__all__} | dict(TYPES)
        self.names: dict[str, Any] = {}
        self.opaque: set[str] = set()
        self._kinds = Kinds(vocabulary)

    def holds(self, name: str) -> bool:
        """Whether something of that name is built, or known, or in the vocabulary."""
        return name in self.names or name in self.opaque or name in self.vocabulary

    def assume(self, name: str, metaclass: str, display_name: str) -> None:
        """Make a name known that a module made by hand declares.

        Where it is no class of the vocabulary nothing is known about it, and what uses it is accepted.
        """
        try:
            self.names[name] = self.vocabulary["CClass"](self.vocabulary[metaclass], display_name)
        except (KeyError, CodeableError, TypeError):
            self.opaque.add(name)

    def declare(self, item: Item) -> tuple[Item, dict[str, str]]:
        """Build a declaration, without the values that are refused.

        Returns:
            The statement that was built, and the refused values with the reason.

        Raises:
            RefusedError: The vocabulary refuses it, also without its values.
        """
        if self._is_opaque(item):
            self.opaque.add(item.binds or "")
            return item, {}
        try:
            self._make(item)
        except RefusedError as error:
            values = item.kwargs.get("values")
            if not isinstance(values, Mapping):
                raise
            rest = {name: value for name, value in item.kwargs.items() if name != "values"}
            made = self._make(evolve(item, kwargs=rest))
            refused = self._refused_values(made, values)
            if not refused:
                raise error from None
            kept = {name: value for name, value in values.items() if name not in refused}
            return evolve(item, kwargs={**rest, "values": kept} if kept else rest), refused
        return item, {}

    def link(self, item: Item) -> tuple[Item | None, list[tuple[Part, str]]]:
        """Build the links of a statement one by one.

        Returns:
            The statement without the links that are refused, none when all are; and these with the reason.
        """
        refused: list[tuple[Part, str]] = []
        links: list[Any] = []
        alone = len(item.parts) == 1 and item.binds is None and item.index is None
        for part in item.parts:
            one = item if alone else evolve(item, parts=(part,), index=None, binds=None)
            if self._is_opaque(one):
                continue
            try:
                made = self._make(one)
            except RefusedError as error:
                refused.append((part, str(error)))
            else:
                links += made if isinstance(made, list) else [made]
        left = item.without({part.key for part, _ in refused}) if refused else item
        if left is None or left.binds is None:
            return left, refused
        if left.index is not None and not 0 <= left.index < len(left.parts):
            left = evolve(left, index=0)
        if len(links) == len(left.parts):
            self.names[left.binds or ""] = links[left.index or 0]
        else:
            self.opaque.add(left.binds or "")
        return left, refused

    def is_code(self, name: str) -> bool:
        """Whether sources can be evidence for something."""
        return name in self.opaque or (name in self.names and self._kinds.is_code(self.names[name]))

    def codes_of(self, source: str) -> set[str]:
        """The codes that relations link a source to already."""
        element = self.names.get(source)
        linked = element.get_linked(role_name="contained_code") if element is not None else ()
        return {name for name, made in self.names.items() if made in linked} if linked else set()

    def _is_opaque(self, item: Item) -> bool:
        return bool(self.opaque) and any(name in self.opaque for name in item.needs)

    def _make(self, item: Item) -> Any:
        try:
            called = item.function
            function = getattr(self._named(item.receiver), called) if item.receiver else self._named(called)
            arguments = [self._value(argument) for argument in item.arguments()]
            keywords = {name: self._value(value) for name, value in item.kwargs.items()}
            made = function(*arguments, **keywords)
            made = made if item.index is None else made[item.index]
        except (CodeableError, TypeError, IndexError, AttributeError, ValueError, KeyError) as error:
            raise RefusedError(_reason(error)) from error
        if item.binds is not None:
            self.names[item.binds] = made
        return made

    def _refused_values(self, made: Any, values: Mapping[Expression, Expression]) -> dict[str, str]:
        refused: dict[str, str] = {}
        for name, value in values.items():
            try:
                made.set_value(self._value(name), self._value(value))
            except (CException, TypeError, RefusedError) as error:
                refused[str(name)] = _reason(error)
        return refused

    def _named(self, name: str) -> Any:
        if name in self.names:
            return self.names[name]
        if name in self.vocabulary:
            return self.vocabulary[name]
        raise RefusedError(f"'{name}' is no name of the vocabulary")

    def _value(self, expression: Expression) -> Any:
        if isinstance(expression, Verbatim):
            return self._named(expression.text)
        if isinstance(expression, Mapping):
            return {self._value(key): self._value(value) for key, value in expression.items()}
        if isinstance(expression, Sequence) and not isinstance(expression, str):
            return [self._value(element) for element in expression]
        return expression


def _reason(error: Exception) -> str:
    """The message of the vocabulary, without places in modules of codeable."""
    return _PLACE_IN_CODEABLE.sub("", str(getattr(error, "value", error)))
