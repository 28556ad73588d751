"""What the readers of statements, declarations, link calls and lists of codes share about a block."""

import ast
import re
from collections.abc import Iterable
from typing import Any, Literal

from attrs import frozen

from codeable.kernel.place import Span
from codeable.lines import Edit, Lines
from codeable.notes.ast_reader import TreeReader
from codeable.notes.model import (
    BrokenStatement,
    CodeMention,
    Name,
    PartKind,
    Passage,
    Problem,
    ProblemKind,
    Refused,
)
from codeable.notes.rewriting import Changes, place_of, rewritten
from codeable.notes.vocabulary import misspelt, vocabulary

ELLIPSIS = "'...' stands for nothing; take it out"
_COMMA_BEHIND = re.compile(r"\s{0,200},[ \t]*")
_COMMA_BEFORE = re.compile(r",\s*$")
_TWO_NAMES = re.compile(r"(\w+)(?=[ \t.]*[ \t])[ \t]*(\.)[ \t]*(\w+)")
_MOST_BLANKS = 200


@frozen
class TraceContext:
    """What every statement takes from its trace.

    Attributes:
        evidence: The passages before the trace.
        group: The number of its group of traces.
        added_to: The source that the prose above the block names.
        codes_expected: Whether that prose says that codes follow.
        in_string: Whether the statements are inside a triple-quoted string.
    """

    evidence: tuple[Passage, ...] = ()
    group: int = 0
    added_to: Name | None = None
    codes_expected: bool = False
    in_string: bool = False


class BlockReader:
    """What the readers of statements, declarations and link calls share about one block.

    Args:
        lines: The note.
        context: What the statements take from the trace.

    Attributes:
        problems: What is not understood.
        trees: Reads the tree of the current statement.
        parts: The parts of the current statement that are refused.
        changed: The nodes of the current statement that are read as another one, or not at all.
    """

    def __init__(self, lines: Lines, context: TraceContext) -> None:
        self.lines = lines
        self.context = context
        self.problems: list[Problem] = []
        self.trees = TreeReader(lines, 0)
        self.parts: list[Refused] = []
        self.changed: Changes = {}

    def mention(
        self,
        code: Name,
        how: Literal["name", "string", "contained_code", "attribute"],
        source: str,
        added_to: Name | None = None,
    ) -> CodeMention:
        """A mention of a code; without a source in the statement, that of the prose counts."""
        return CodeMention(
            code=code,
            how=how,
            added_to=added_to or self.context.added_to,
            span=code.span,
            source=source,
            names=(code,) if added_to is None else (code, added_to),
            evidence=self.context.evidence,
            group=self.context.group,
            in_string=self.context.in_string and how != "string",
        )

    def names(self, node: ast.expr) -> tuple[list[Name], list[ast.expr]]:
        """The names of a list, or a single name, and what in it is no name.

        A dotted name with a blank in it is two names: the dot is meant as a comma.
        """
        names, others = self.trees.names(node)
        found: list[Name] = []
        for name in names:
            span, text = name.span, self.trees.source(name.span)
            dot = _TWO_NAMES.fullmatch(text) if name.qualifier is not None else None
            if dot is None:
                found.append(name)
                continue
            index, column = span.line - 1, span.column - 1
            parts = [
                (dot[which], self.lines.in_line(index, column + dot.start(which), column + dot.end(which)))
                for which in (1, 2, 3)
            ]
            at = parts[1][1]
            edits = (Edit.of(at, ","),)
            self.report("repaired", "there is a dot where a comma is expected", at, ",", edits)
            found += [Name(*parts[0]), Name(*parts[2])]
        return found, others

    def only_names(self, node: ast.expr | None, message: str, kind: PartKind) -> tuple[Name, ...]:
        """The names of a list, or a single name; anything else is refused."""
        names, others = self.names(node) if node is not None else ([], [])
        for other in others:
            if isinstance(other, ast.Constant) and other.value is Ellipsis:
                self.ellipsis(other)
            else:
                text = self.trees.text(other)
                word = text.value if text is not None and text.value.isidentifier() else None
                self.refuse(kind, other, self.not_read(message, other, word))
        return tuple(names)

    def stereotypes(self, node: ast.expr | None, function: str) -> tuple[Name, ...]:
        """The stereotypes of a list, or a single one; a misspelt one is refused.

        Other names may be stereotypes of the study's own.
        """
        valid = vocabulary().stereotypes
        found = []
        nodes = {self.trees.name(each): each for each in getattr(node, "elts", [node])}
        for name in self.only_names(node, f"{function} needs the name of a stereotype here", "argument"):
            each = nodes.get(name)
            if each is None or name.name in valid or misspelt(name.name, valid) is None:
                found.append(name)
            else:
                problem = self.unknown_word("stereotype", name.name, name.span, valid)
                self.refuse("argument", each, problem)
        return tuple(found)

    def common(self, node: ast.expr | ast.stmt) -> dict[str, Any]:
        """The fields of every statement."""
        span = self.trees.span(node)
        fields = {
            "span": span,
            "source": self.trees.source(span),
            "names": self.trees.names_read(node),
            "evidence": self.context.evidence,
            "group": self.context.group,
            "in_string": self.context.in_string,
        }
        if self.parts:
            fields["refused"] = tuple(self.parts)
        if self.changed:
            fields["read_as"] = rewritten(node, self.changed)
        elif self.trees.repaired:
            fields["read_as"] = self.trees.text_of(node)
        return fields

    def report(
        self,
        kind: ProblemKind,
        message: str,
        span: Span,
        suggestion: str | None = None,
        edits: tuple[Edit, ...] = (),
    ) -> Problem:
        """Add a problem."""
        problem = Problem(kind, message, span, suggestion, edits)
        self.problems.append(problem)
        return problem

    def not_read(
        self, message: str, node: ast.expr | ast.stmt | ast.keyword, suggestion: str | None = None
    ) -> Problem:
        """Report a part of a statement that is Python but not what the statement needs."""
        return self.report("statement-not-read", message, self.trees.span(node), suggestion)

    def unknown_word(self, what: str, word: str, span: Span, valid: Iterable[str]) -> Problem:
        """Report a word that the vocabulary does not have, with the one that is near."""
        near = misspelt(word, valid)
        return self.report("unknown-word", f"'{word}' is no {what} of the vocabulary", span, near)

    def check_keywords(self, call: ast.Call, valid: tuple[str, ...], function: str) -> None:
        """Refuse the arguments by keyword that a function does not take."""
        for keyword in call.keywords:
            if keyword.arg is None:
                problem = self.not_read("arguments cannot be unpacked with ** in a trace", keyword)
                self.refuse("argument", keyword, problem)
            elif keyword.arg not in valid:
                span = self.trees.span(keyword)
                length = len(keyword.arg)
                span = span._replace(
                    end_line=span.line, end_column=span.column + length, end=span.start + length
                )
                near = misspelt(keyword.arg, valid)
                message = f"{function} has no argument '{keyword.arg}'; there are {', '.join(valid)}"
                problem = self.report("unknown-word", message, span, near)
                self.refuse("argument", keyword, problem)

    def repaired(
        self, message: str, node: ast.expr | ast.stmt, text: str, read: ast.expr, edits: tuple[Edit, ...] = ()
    ) -> None:
        """Read a node as another one, for which a text has to be written in its place."""
        span = self.trees.span(node)
        edits = edits or (Edit.of(span, text),)
        self.report("repaired", message, span, text, edits)
        self.changed[place_of(node)] = read

    def refuse(
        self,
        kind: PartKind,
        node: ast.expr | ast.keyword,
        problem: Problem,
        begin: ast.expr | None = None,
        what: str | None = None,
    ) -> None:
        """Leave out a part of the current statement.

        Args:
            kind: What the part is.
            node: What is not read. The entry of a dictionary goes with its value.
            problem: Why.
            begin: The key of the entry.
            what: What it is called; by default its text.
        """
        span = self.trees.span(node)
        names = self.trees.names_read(node)
        if begin is not None:
            span, names = self.trees.span(begin).through(span), (*self.trees.names_read(begin), *names)
        text = what or " ".join(self.trees.source(span).split())
        self.parts.append(Refused(kind, text, span, problem, names))
        self.changed[place_of(node)] = None

    def ellipsis(self, node: ast.expr) -> None:
        """Take three dots out of a list, with their comma."""
        span = self.trees.span(node)
        behind = _COMMA_BEHIND.match(self.lines.text, span.end)
        before = _COMMA_BEFORE.search(self.lines.text, max(span.start - _MOST_BLANKS, 0), span.start)
        start, end = span.start, behind.end() if behind is not None else span.end
        if behind is None and before is not None:
            start = before.start()
        edit = Edit(span.path, start, end, "")
        self.report("repaired", ELLIPSIS, span, edits=(edit,))
        self.changed[place_of(node)] = None

    def broken(
        self,
        problem: Problem,
        span: Span,
        names: Iterable[Name],
        identifier: Name | None = None,
        metaclass: Name | None = None,
    ) -> BrokenStatement:
        """A text that is not read, because of a problem that is reported already."""
        return BrokenStatement(
            problem=problem,
            identifier=identifier,
            metaclass=metaclass,
            span=span,
            source=self.lines.text[span.start : span.end],
            names=tuple(names),
            evidence=self.context.evidence,
            group=self.context.group,
            in_string=self.context.in_string,
        )

    def broken_off(
        self,
        node: ast.expr | ast.stmt,
        problem: Problem,
        identifier: Name | None = None,
        metaclass: Name | None = None,
    ) -> BrokenStatement:
        """A statement that is Python and not read, because of a problem that is reported already."""
        self.parts, self.changed = [], {}
        return BrokenStatement(
            problem=problem, identifier=identifier, metaclass=metaclass, **self.common(node)
        )
