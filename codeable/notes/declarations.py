"""Declarations in a trace: ``x = CClass(practice, "Name")``. The reader of statements calls `declaration`.

A declaration is read without the arguments that it cannot have; each of them is reported.
"""

import ast
from collections.abc import Iterator

from codeable.lines import Edit
from codeable.notes.ast_reader import is_none
from codeable.notes.block_reader import BlockReader
from codeable.notes.model import (
    BrokenStatement,
    DeclarationStatement,
    Name,
    Problem,
    SourceDeclaration,
    Text,
    Value,
)
from codeable.notes.rewriting import place_of
from codeable.notes.vocabulary import CONSTRUCTORS, misspelt, vocabulary
from codeable.source_reader import LiteralValue, NotLiteral, literal

_TRUTH = {"true": True, "yes": True, "false": False, "no": False}
"""What is written for a truth value."""


def declaration(
    reader: BlockReader, node: ast.stmt, identifier: Name, constructor: Name, call: ast.Call
) -> DeclarationStatement | BrokenStatement:
    """The declaration of a call of a constructor.

    Args:
        reader: The reader of the block; it takes the problems.
        node: The whole statement.
        identifier: The name that the element is bound to.
        constructor: What is called, one of `CONSTRUCTORS`.
        call: The call.
    """
    return _Declaration(reader, identifier, constructor, call).read(node)


class _Declaration:
    def __init__(self, reader: BlockReader, identifier: Name, constructor: Name, call: ast.Call) -> None:
        self.reader = reader
        self.trees = reader.trees
        self.identifier = identifier
        self.constructor = constructor
        self.call = call
        self.keywords = {one.arg: one for one in call.keywords if one.arg is not None}

    def read(self, node: ast.stmt) -> DeclarationStatement | BrokenStatement:
        positional = self.call.args[:1]
        metaclass: Name | None = None
        if self.constructor.name == "CClass":
            positional = self._in_order(self.call.args[:2])
            first = self._metaclass(positional.pop(0) if positional else self._given("metaclass"))
            if isinstance(first, Problem):
                return self.reader.broken_off(node, first, self.identifier, self._guess())
            metaclass = first
        display_name = self._display_name(positional[0] if positional else self._given("name"))
        self._check_arguments()
        self.reader.stereotypes(self._given("stereotype_instances"), self.constructor.name)
        is_source = metaclass is not None and metaclass.name == "source"
        values = tuple(self._values(self._given("values"), metaclass))
        return (SourceDeclaration if is_source else DeclarationStatement)(
            identifier=self.identifier,
            constructor=self.constructor,
            metaclass=metaclass,
            display_name=display_name,
            values=values,
            superclasses=self._superclasses(),
            **self.reader.common(node),
        )

    def _given(self, keyword: str) -> ast.expr | None:
        return self.keywords[keyword].value if keyword in self.keywords else None

    def _guess(self) -> Name | None:
        """The first name, which is meant as the metaclass."""
        return next((name for one in self.call.args if (name := self.trees.name(one))), None)

    def _in_order(self, arguments: list[ast.expr]) -> list[ast.expr]:
        """Metaclass and display name, also where they are exchanged."""
        if len(arguments) == 2 and self.trees.text(arguments[0]) and self.trees.name(arguments[1]):
            text, name = arguments
            at = self.trees.span(text).through(self.trees.span(name))
            written = f"{self.trees.text_of(name)}, {self.trees.text_of(text)}"
            edit = Edit.of(at, written)
            self.reader.report(
                "repaired", "the metaclass comes first, then the display name", at, written, (edit,)
            )
            self.reader.changed |= {place_of(text): name, place_of(name): text}
            return [name, text]
        return arguments

    def _metaclass(self, node: ast.expr | None) -> Name | Problem:
        name = self.trees.name(node)
        if name is None:
            return self.reader.not_read("CClass needs the name of a metaclass first", node or self.call)
        metaclasses = vocabulary().metaclasses
        if name.name not in metaclasses and misspelt(name.name, metaclasses):
            return self.reader.unknown_word("metaclass", name.name, name.span, metaclasses)
        return name

    def _display_name(self, node: ast.expr | None) -> Text | None:
        text = self.trees.text(node)
        if text is None and node is not None and not is_none(node):
            self._refuse(node, "the display name must be a text in quotes", self.trees.in_quotes(node))
        return text

    def _check_arguments(self) -> None:
        """Refuse what the constructor does not take."""
        name = self.constructor.name
        for argument in self.call.args[2 if name == "CClass" else 1 :]:
            self._refuse(argument, f"{name} takes no other argument here; give it a keyword or take it out")
        self.reader.check_keywords(self.call, CONSTRUCTORS[name], name)

    def _superclasses(self) -> tuple[Name, ...]:
        given = self._given("superclasses")
        if given is None or is_none(given):
            return ()
        names, others = self.trees.names(given)
        for other in others:
            self._refuse(other, "the name of a superclass is expected here")
        return tuple(names)

    def _refuse(self, node: ast.expr, message: str, suggestion: str | None = None) -> None:
        self.reader.refuse("argument", node, self.reader.not_read(message, node, suggestion))

    # -- values

    def _values(self, node: ast.expr | None, metaclass: Name | None) -> Iterator[Value]:
        if node is None:
            return
        if not isinstance(node, ast.Dict):
            self._refuse(node, "the values must be a dictionary in the call itself")
            return
        for key, value in zip(node.keys, node.values, strict=True):
            name = self.trees.text(key)
            if name is None or key is None:
                message = "the name of a value must be a text in quotes"
                problem = self.reader.not_read(message, key or value, self.trees.in_quotes(key))
                self.reader.refuse("value", value, problem, key)
                continue
            read = self._value(name, value, metaclass)
            span = self.trees.span(value)
            if isinstance(read, Problem):
                self.reader.refuse("value", value, read, key, name.value)
                yield Value(name, None, False, name.span.through(span), span)
            else:
                yield Value(name, read, True, name.span.through(span), span)

    def _value(self, name: Text, node: ast.expr, metaclass: Name | None) -> LiteralValue | Problem:
        """A value, or why its attribute cannot have it."""
        reader, value = self.reader, literal(node)
        kind = metaclass.name if metaclass is not None else ""
        types = vocabulary().metaclasses.get(kind)
        if types is not None and name.value not in types:
            message = f"'{name.value}' is no value of a {kind}; there are {', '.join(sorted(types))}"
            problem = Problem("unknown-word", message, name.span, misspelt(name.value, types))
            if kind != "source":  # C201 reports that of a source
                reader.problems.append(problem)
            return problem
        expected = types[name.value] if types is not None else None
        truth = _TRUTH.get(self._word(node, value)) if expected is bool else None
        if truth is not None and not isinstance(value, bool):
            message = f"the value of '{name.value}' is written {truth} in Python"
            reader.repaired(message, node, str(truth), ast.copy_location(ast.Constant(truth), node))
            return truth
        if isinstance(value, NotLiteral) or (expected is not None and type(value) is not expected):
            needed = "True or False" if expected is bool else "a text in quotes"
            suggestion = None if expected is bool else self.trees.in_quotes(node) or _in_quotes(value)
            return reader.not_read(f"the value of '{name.value}' must be {needed}", node, suggestion)
        return value

    def _word(self, node: ast.expr, value: LiteralValue | NotLiteral) -> str:
        """A name, or a text, in lower case."""
        name = self.trees.name(node)
        return name.name.casefold() if name is not None else str(value).casefold()


def _in_quotes(value: LiteralValue | NotLiteral) -> str | None:
    """A number in quotes; none for what is no number."""
    return None if isinstance(value, NotLiteral | str | None) else f'"{value}"'
