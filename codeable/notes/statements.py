"""Statements of a block of a trace. Called by the reader of axial traces.

Every statement of the block is in the record: read, or as a `BrokenStatement` with its problem.
"""

import ast
import keyword
import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from attrs import evolve

from codeable.kernel.place import Span
from codeable.lines import Edit
from codeable.notes.ast_reader import TreeReader
from codeable.notes.code_strings import codes_of_lines, codes_one_to_a_line, content_of, entries, is_entries
from codeable.notes.model import BrokenStatement, Name, ProblemKind, TraceStatement
from codeable.notes.recovery import Broken, Whole, parse_block, trees_of
from codeable.notes.repaired_trees import RepairedTreeReader, span_of_change
from codeable.notes.repairs import repairs_of
from codeable.notes.statement_splitter import indentation_of
from codeable.notes.tree_statements import TreeStatementReader

if TYPE_CHECKING:
    from codeable.notes.repaired_text import Repaired

_WORDS = re.compile(r"""\"[^"\n]*"|'[^'\n]*'|\#.*|(?P<name>[^\W\d]\w*)""")
_BROKEN_DECLARATION = re.compile(
    r"\s*(?P<name>\w+(?:[ \t-]+\w+)*)\s*=\s*C[A-Z]\w*\s*\W{0,2}\s*(?P<metaclass>\w*)"
)
_INDEPENDENT = frozenset({"repaired", "unknown-word", "string-of-codes", "statement-in-string"})
"""Problems that a statement may have besides the one that is repaired."""
_MOST_NAMES = 1_000
"""How many names of a broken statement are kept."""


class StatementReader(TreeStatementReader):
    """Reads the statements of one block."""

    def statements(self, lines: list[str], first: int) -> list[TraceStatement]:
        """The statements of some lines; `first` is the index of the first of them in the note."""
        codes = None if self.context.in_string else codes_one_to_a_line(self, lines, first)
        if codes is not None:
            return list(codes)
        found: list[TraceStatement] = []
        items, fault = parse_block(lines, first + 1)
        if fault is not None:
            at = self._to_end_of_line(first + fault.line, fault.column)
            edits = tuple(self._indented_alike([one for one in items if isinstance(one, Whole)], first))
            self.report("repaired", fault.message, at, edits=edits)
        for item in items:
            if isinstance(item, Broken):
                found += self._not_python(item, first)
                continue
            if self.trees.offset != first + item.offset:
                self.trees = TreeReader(self.lines, first + item.offset)
            found.extend(self.statement(item.node))
        return found

    def _indented_alike(self, statements: list[Whole], first: int) -> Iterator[Edit]:
        """The edits that indent statements as the first of them; none where some hold others."""
        indices = [first + one.offset + one.node.lineno for one in statements]
        if any(hasattr(one.node, "body") for one in statements):
            return
        begin = self.lines.lines[indices[0]]
        indentation = begin[: indentation_of(begin)]
        for index in dict.fromkeys(indices):
            line = self.lines.lines[index]
            if line[: indentation_of(line)] != indentation:
                at = self.lines.in_line(index, 0, indentation_of(line))
                yield Edit.of(at, indentation)

    # -- strings

    def _string(self, node: ast.Constant) -> Iterator[TraceStatement]:
        """A string as a statement: names of codes, statements that slipped into them, or a remark."""
        span = self.trees.span(node)
        lines = None if self.context.in_string else content_of(self, span)
        found = None if lines is None else self._codes(lines, span.line - 1)
        yield from super()._string(node) if found is None else found

    def _codes(self, lines: list[str], first: int) -> list[TraceStatement] | None:
        """The statements of the lines in a string; none of a remark."""
        inside = StatementReader(self.lines, evolve(self.context, in_string=True))
        found = codes_of_lines(inside, lines, first, inside.statements)
        if found is not None:
            self.problems += inside.problems
        return found

    def _unclosed_string(self, first: int, last: int) -> list[TraceStatement] | None:
        """The codes in a triple-quoted string that two quotes close, or nothing."""
        lines = self.lines.lines[first : last + 1]
        quotes = lines[0].strip()[:3]
        start = lines[0].index(quotes)
        lines[0] = " " * (start + 3) + lines[0][start + 3 :]
        closed = len(lines) > 1 and lines[-1].strip() == quotes[:2]
        at = self.lines.in_line(last, len(lines[-1].rstrip()), len(lines[-1].rstrip()))
        if closed:
            at = self.lines.in_line(last, indentation_of(lines[-1]), len(lines[-1].rstrip()))
            lines[-1] = ""
        if not any(line.strip() for line in lines):
            self.report("block-not-python", "the triple-quoted string is never closed", at)
            return []
        found = self._codes(lines, first)
        if found:
            text = quotes if closed else "\n" + quotes
            message = f"the list of codes is closed by {quotes}"
            self.report("repaired", message, at, quotes, (Edit.of(at, text),))
        return found or None

    # -- what is not Python

    def _not_python(self, item: Broken, first: int) -> list[TraceStatement]:
        """What can be read of a text that is not Python."""
        begin, end = first + item.first, first + item.last
        line = self.lines.lines[begin]
        text = line.strip()
        found = None
        if text.startswith(("'''", '"""')) and not self.context.in_string:
            found = self._unclosed_string(begin, end)
        elif begin == end and is_entries(line) and not keyword.iskeyword(text.split()[0]):
            return list(entries(self, line, begin, "string" if self.context.in_string else "name"))
        else:
            found = self._repaired(begin, end)
        return [self._broken(item, first)] if found is None else found

    def _repaired(self, first: int, last: int) -> list[TraceStatement] | None:
        """The statements that a broken text is certainly meant as; none when it can mean several."""
        source = self.lines.joined(first, last)
        meanings: dict[str, tuple[Repaired, StatementReader, list[TraceStatement]]] = {}
        for repaired in sorted(repairs_of(source), key=lambda one: len(one.changes)):
            lines = repaired.text.split("\n")
            trees, fault = trees_of(lines, 0, len(lines) - 1)
            if fault is not None:
                continue
            meaning = ";".join(ast.dump(tree.node) for tree in trees)
            if meaning in meanings:
                continue
            reader = StatementReader(self.lines, self.context)
            found: list[TraceStatement] = []
            for tree in trees:
                reader.trees = RepairedTreeReader(self.lines, first, repaired, tree.offset)
                found += reader.statement(tree.node)
            if all(one.kind in _INDEPENDENT for one in reader.problems):
                meanings[meaning] = repaired, reader, found
                if len(meanings) > 1:
                    return None
        if not meanings:
            return None
        ((repaired, reader, found),) = meanings.values()
        for changes in repaired.together:
            spans = [span_of_change(self.lines, first, source, one) for one in changes]
            edits = tuple(Edit.of(at, one.replacement) for at, one in zip(spans, changes, strict=True))
            suggestion = changes[0].replacement if len(changes) == 1 else ""
            self.report("repaired", changes[0].message, spans[0], suggestion or None, edits)
        self.problems += reader.problems
        return found

    def _broken(self, item: Broken, first: int) -> BrokenStatement:
        fault = item.fault
        index = first + item.first
        span = self.lines.of_lines(index, first + item.last)
        at = self._to_end_of_line(first + fault.line, fault.column)
        if fault.end is not None:
            at = self.lines.in_line(first + fault.line, fault.column, fault.end)
        kind: ProblemKind = "string-of-codes" if self.context.in_string else "block-not-python"
        problem = self.report(kind, fault.message, at, fault.suggestion)
        identifier = metaclass = None
        declared = _BROKEN_DECLARATION.match(self.lines.lines[index])
        if declared is not None:
            at_name = self.lines.in_line(index, *declared.span("name"))
            identifier = Name(re.sub(r"[ \t-]+", "_", declared["name"]), at_name)
            at_metaclass = self.lines.in_line(index, *declared.span("metaclass"))
            metaclass = Name(declared["metaclass"], at_metaclass) if declared["metaclass"] else None
        names = islice(self._words(index, first + item.last), _MOST_NAMES)
        return self.broken(problem, span, names, identifier, metaclass)

    def _to_end_of_line(self, index: int, column: int) -> Span:
        line = self.lines.lines[index]
        column = min(column, len(line))
        return self.lines.in_line(index, column, max(column, len(line.rstrip())))

    def _words(self, first: int, last: int) -> Iterator[Name]:
        for index in range(first, last + 1):
            for match in _WORDS.finditer(self.lines.lines[index]):
                if match["name"] and not keyword.iskeyword(match["name"]):
                    yield Name(match["name"], self.lines.in_line(index, match.start(), match.end()))
