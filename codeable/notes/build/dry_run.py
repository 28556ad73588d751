"""A dry run of the statements to be built: which of them a vocabulary accepts, before anything is written.

The arguments are data (names, literals, lists, dictionaries) and the functions those of the vocabulary, so
nothing from a note is executed. Called by `modules`.
"""

import re
from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any

from attrs import evolve

from codeable.errors import CodeableError
from codeable.kernel import CException
from codeable.notes.build.plan import Item
from codeable.source_writer import Expression, Verbatim
from codeable.text import did_you_mean

_PLACE_IN_CODEABLE = re.compile(r" ?\([^()\s]*\.py:\d+\)")


class RefusedError(ValueError):
    """The vocabulary refuses a statement; the text says why."""


class DryRun:
    """The study as far as it is built, in memory.

    Args:
        vocabulary: A fresh vocabulary, which is changed.
    """

    def __init__(self, vocabulary: ModuleType) -> None:
        self.vocabulary = {name: getattr(vocabulary, name) for name in vocabulary.__all__}
        self.names: dict[str, Any] = {}

    def holds(self, name: str) -> bool:
        """Whether something of that name is built."""
        return name in self.names

    def make(self, item: Item) -> Any:
        """Build one statement.

        Raises:
            RefusedError: The vocabulary refuses it.
        """
        receiver, _, method = item.function.rpartition(".")
        try:
            function = getattr(self._named(receiver), method) if receiver else self._named(method)
            arguments = [self._value(argument) for argument in item.args]
            keywords = {name: self._value(value) for name, value in item.kwargs.items()}
            made = function(*arguments, **keywords)
            made = made if item.index is None else made[item.index]
        except (CodeableError, TypeError, IndexError, AttributeError) as error:
            raise RefusedError(_reason(error)) from error
        if item.binds is not None:
            self.names[item.binds] = made
        return made

    def make_declaration(self, item: Item) -> tuple[Item, dict[str, str]]:
        """Build a declaration, without the values that are refused.

        Returns:
            The statement that was built, and the refused values with the reason.

        Raises:
            RefusedError: The vocabulary refuses it, also without its values.
        """
        try:
            self.make(item)
        except RefusedError as error:
            values = item.kwargs.get("values")
            if not isinstance(values, Mapping):
                raise
            rest = {name: value for name, value in item.kwargs.items() if name != "values"}
            made = self.make(evolve(item, kwargs=rest))
            refused = self._refused_values(made, values)
            if not refused:
                raise error from None
            kept = {name: value for name, value in values.items() if name not in refused}
            return evolve(item, kwargs={**rest, "values": kept} if kept else rest), refused
        return item, {}

    def link_codes(self, source: str, codes: Sequence[str]) -> list[str]:
        """Link a source to its codes.

        Returns:
            The names that are no codes, such as those of categories and bundles.
        """
        refused: list[str] = []
        for code in codes:
            try:
                links = {self.names[source]: [self.names[code]]}
                self.vocabulary["add_links"](links, role_name="contained_code")
            except CException:
                refused.append(code)
        return refused

    def _refused_values(self, made: Any, values: Mapping[Expression, Expression]) -> dict[str, str]:
        refused: dict[str, str] = {}
        for name, value in values.items():
            try:
                made.set_value(self._value(name), self._value(value))
            except (CException, TypeError) as error:
                refused[str(name)] = _reason(error)
        return refused

    def _named(self, name: str) -> Any:
        if name in self.names:
            return self.names[name]
        if name in self.vocabulary:
            return self.vocabulary[name]
        raise RefusedError(f"'{name}' is no name of the vocabulary{did_you_mean(name, self.vocabulary)}")

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
