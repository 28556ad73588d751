"""The source of one module of an old study, and the edits that make it a module of the new study.

Whoever rewrites a module replaces stretches of its text or takes out whole statements. Comments of statements
that are taken out stay, and so does every other byte.
"""

import ast
import io
import tokenize
from collections.abc import Collection, Iterator
from pathlib import Path

from attrs import define, field

from codeable.files import shown_path
from codeable.kernel.place import Span
from codeable.lines import Lines
from codeable.notes.decoding import apply_edits
from codeable.notes.model import Encoding
from codeable.source_reader import NodeSpans, bodies_of, first_line, parse

_Body = list[ast.stmt]


@define(eq=False)
class ModuleEdits:
    """A module of an old study with the edits of its text so far.

    Attributes:
        path: The file.
        name: The full name of the module in the old study.
        text: The decoded text, with its own line ends.
        tree: Its syntax tree.
        taken_out: Statements that the new module does not have.
        hidden: Parts of other statements that the new module does not have.
        alone: Calls that are statements of their own in the new module only → where they begin.
        notices: What a reader has to know about the new module, each with its place.
        lost: What the old module did and the new one does not, each with its place and a way out.
    """

    path: Path
    name: str
    text: str
    tree: ast.Module
    taken_out: set[ast.stmt] = field(factory=set)
    hidden: set[ast.AST] = field(factory=set)
    alone: dict[ast.Call, int] = field(factory=dict)
    notices: list[str] = field(factory=list)
    lost: list[str] = field(factory=list)
    _data: bytes = b""
    _encoding: Encoding = field(factory=Encoding)
    _spans: NodeSpans = field(init=False)
    _edits: list[tuple[int, int, str]] = field(factory=list)
    _instead: dict[ast.stmt, tuple[str, ...]] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self._spans = NodeSpans(Lines(str(self.path), self.text))

    @classmethod
    def read(cls, path: Path, name: str) -> "ModuleEdits":
        """Read a module, decoded as Python decodes it.

        Raises:
            OSError: The file cannot be read.
            UnicodeError: The file is not in its encoding.
            SyntaxError: The file is not Python.
        """
        data = path.read_bytes()
        codec, _ = tokenize.detect_encoding(io.BytesIO(data.replace(b"\r", b"\n")).readline)
        mark = b"\xef\xbb\xbf" if codec == "utf-8-sig" else b""
        encoding = Encoding("utf-8" if mark else codec, mark=mark)
        text = data[len(mark) :].decode(encoding.name)
        return cls(path, name, text, parse(text, str(path)), data=data, encoding=encoding)

    @property
    def package(self) -> str:
        """The full name of its package in the old study, from which relative imports start."""
        return self.name if self.path.name == "__init__.py" else self.name.rpartition(".")[0]

    def span(self, node: ast.expr | ast.stmt | ast.keyword | ast.alias) -> Span:
        """Where a node is in the text."""
        return self._spans.span(node)

    def source(self, node: ast.expr | ast.stmt | ast.keyword | ast.alias) -> str:
        """The text of a node."""
        return self._spans.source(self.span(node))

    def replace(self, start: int, end: int, text: str) -> None:
        """Replace a stretch of the text, unless the statement around it is taken out."""
        self._edits.append((start, end, text))

    def put_instead(self, statement: ast.stmt, *lines: str) -> None:
        """Take a statement out and put others in its place; its comments stay.

        Args:
            statement: The statement.
            lines: The lines of the others, indented from the place of the statement on.
        """
        self.taken_out.add(statement)
        self._instead[statement] = lines

    def first_line_of(self, node: ast.expr | ast.stmt) -> str:
        """The first line of the text of a node."""
        return self.source(node).splitlines()[0]

    def indent_of(self, statement: ast.stmt) -> str:
        """The blanks before a statement in its line."""
        span = self.span(statement)
        line = self._spans.lines.lines[span.line - 1]
        return line[: len(line) - len(line.lstrip())]

    def comments_between(self, start: int, end: int) -> list[str]:
        """The comments in a stretch of the text."""
        starts = self._spans.lines.starts
        return [
            text
            for line, (column, text) in sorted(self._comments().items())
            if start <= starts[line] + column < end
        ]

    def put_before(self, statement: ast.stmt, *lines: str) -> None:
        """Put statements of one line each before another one, in lines of their own if it begins a line."""
        start = self._spans.lines.starts[first_line(statement) - 1]
        place = self.span(statement).start
        if first_line(statement) != statement.lineno:  # it has a decorator
            place = self.text.index("@", start)
        before = self.text[start:place]
        separator = "; " if before.strip() else self.newline + before
        self.replace(place, place, "".join(line + separator for line in lines))

    def leaves_nothing(self, statement: ast.stmt) -> bool:
        """Whether a statement is taken out and has nothing in its place."""
        return statement in self.taken_out and statement not in self._instead

    def tell(self, node: ast.expr | ast.stmt, text: str) -> None:
        """Add a notice about a place in the old module."""
        self.notices.append(f"{self._place(node)}: {text}")

    def lose(self, node: ast.expr | ast.stmt | ast.Module, text: str) -> None:
        """Add to what is lost, at a place in the old module."""
        self.lost.append(f"{self._place(node)}: {text}")

    def _place(self, node: ast.expr | ast.stmt | ast.Module) -> str:
        if isinstance(node, ast.Module):
            return shown_path(self.path)
        return f"{shown_path(self.path)}:{first_line(node)}"

    def append(self, *lines: str) -> None:
        """Add lines at the end of the module."""
        newline = self.newline
        end = len(self.text)
        before = "" if not self.text or self.text.endswith(("\n", "\r")) else newline
        self._edits.append((end, end, before + "".join(f"{line}{newline}" for line in lines)))

    def add_after(self, statement: ast.stmt, line: str) -> None:
        """Add a statement behind another one: in the next line, or where that cannot be in the same one."""
        span, starts = self.span(statement), self._spans.lines.starts
        index = span.end_line - 1
        indent = self.text[starts[span.line - 1] : span.start]
        after = self._spans.lines.lines[index][span.end_column - 1 :].strip()
        if indent.strip() or (after and not after.startswith("#")):
            self._edits.append((span.end, span.end, f"; {line}"))
        else:
            end = starts[index] + len(self._spans.lines.lines[index])
            self._edits.append((end, end, f"{self.newline}{indent}{line}"))

    def names(self, without: Collection[ast.stmt] = ()) -> Iterator[ast.Name]:
        """All names that statements read which are not taken out.

        Args:
            without: Further statements that do not count.
        """
        pending: list[ast.AST] = [self.tree]
        while pending:
            node = pending.pop()
            if node not in self.taken_out and node not in self.hidden and node not in without:
                pending += ast.iter_child_nodes(node)
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                    yield node

    def statements(self) -> Iterator[ast.stmt]:
        """All statements that are not taken out, in the order of the text, outer ones before inner ones."""
        pending: list[ast.stmt] = list(reversed(self.tree.body))
        while pending:
            statement = pending.pop()
            if statement not in self.taken_out:
                yield statement
                pending += [each for body in reversed(list(bodies_of(statement))) for each in reversed(body)]

    def encoded(self) -> bytes:
        """The bytes of the new module.

        Raises:
            UnicodeEncodeError: The encoding of the file has no bytes for a new text.
        """
        removed = self._without_blank_lines(sorted(self._removals()))
        kept = [
            edit
            for edit in self._edits
            if not any(start <= edit[0] < end and edit[1] <= end for start, end, _ in removed)
        ]
        return apply_edits(self._data, self._encoding, sorted({*removed, *kept}))

    # -- statements that are taken out

    @property
    def newline(self) -> str:
        """How the lines of the module end."""
        return next((each for each in ("\r\n", "\n", "\r") if each in self.text), "\n")

    def _without_blank_lines(self, removed: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
        """Take out blank lines between lines that go, and as many behind these as there are before them."""
        starts, lines = self._spans.lines.starts, self._spans.lines.lines
        line_of = {start: number for number, start in enumerate(starts)}
        found: list[tuple[int, int, str]] = []
        for start, end, text in removed:
            if not text and start in line_of and end in line_of:
                if found and found[-1][0] in line_of and not self.text[found[-1][1] : start].strip():
                    start = start if found[-1][2] else found.pop()[0]
                before, behind = line_of[start] - 1, line_of[end]
                while before >= 0 and behind < len(lines) - 1 and not (lines[before] + lines[behind]).strip():
                    before, behind, end = before - 1, behind + 1, starts[behind + 1]
            found.append((start, end, text))
        return found

    def _removals(self) -> Iterator[tuple[int, int, str]]:
        comments = self._comments() if self.taken_out else {}
        pending: list[tuple[_Body, bool]] = [(self.tree.body, False)]
        while pending:
            body, nested = pending.pop()
            needs_pass = nested and all(map(self.leaves_nothing, body))
            for run in self._in_one_line(body):
                if any(each in self.taken_out for each in run):
                    yield from self._removals_in_line(run, comments, needs_pass)
                    needs_pass = False
            for statement in body:
                if statement not in self.taken_out:
                    pending += [(each, True) for each in bodies_of(statement)]

    def _in_one_line(self, body: _Body) -> Iterator[_Body]:
        """The statements of a body, those together that stand in one line."""
        run: _Body = []
        for statement in body:
            if run and self.span(run[-1]).end_line != first_line(statement):
                yield run
                run = []
            run.append(statement)
        if run:
            yield run

    def _removals_in_line(
        self, run: _Body, comments: dict[int, tuple[int, str]], needs_pass: bool
    ) -> Iterator[tuple[int, int, str]]:
        starts = [self.span(each).start for each in run]
        line_start = self._spans.lines.starts[self.span(run[0]).line - 1]
        behind_others = bool(self.text[line_start : starts[0]].strip())
        gone = [each for each in run if each in self.taken_out and each not in self._instead]
        if len(run) == 1 and not behind_others:
            yield self._removal(run[0], run[0], comments, needs_pass)
        elif len(gone) == len(run) and not behind_others:
            yield self._removal(run[0], run[-1], comments, needs_pass)
        elif len(gone) == len(run):
            yield starts[0], self.span(run[-1]).end, "pass"
        else:
            last = max(number for number, each in enumerate(run) if each not in gone)
            for number, each in enumerate(run):
                if each in self._instead:
                    yield starts[number], self.span(each).end, "; ".join(self._instead[each])
                elif each in gone and number < last:
                    yield starts[number], starts[number + 1], ""
            if last < len(run) - 1:
                yield self.span(run[last]).end, self.span(run[-1]).end, ""

    def _removal(
        self, statement: ast.stmt, end: ast.stmt, comments: dict[int, tuple[int, str]], needs_pass: bool
    ) -> tuple[int, int, str]:
        """Take out whole lines, from that of one statement to that of another; their comments stay."""
        first, last = first_line(statement) - 1, (end.end_lineno or end.lineno) - 1
        starts, text = self._spans.lines.starts, self.text
        span = self.span(statement)
        line_end = starts[last + 1] if last + 1 < len(starts) else len(text)
        after = text[span.end : line_end].strip()
        indent = text[starts[first] : starts[first] + statement.col_offset]
        if statement in self._instead:
            inside = [line for line in range(first, last + 1) if line in comments]
            if last in inside and after:  # it is behind the statement, and stays there
                inside.remove(last)
            instead = "\n".join([*(comments[line][1] for line in inside), *self._instead[statement]])
            return span.start, span.end, instead.replace("\n", self.newline + indent)
        kept = [f"{indent}{comments[line][1]}" for line in range(first, last + 1) if line in comments]
        lines = [*kept, *([f"{indent}pass"] if needs_pass else [])]
        return starts[first], line_end, "".join(f"{line}{self.newline}" for line in lines)

    def _comments(self) -> dict[int, tuple[int, str]]:
        """Index of a line → column and text of the comment in it."""
        found: dict[int, tuple[int, str]] = {}
        tokens = tokenize.generate_tokens(io.StringIO(self.text, newline="").readline)
        for token in tokens:
            if token.type == tokenize.COMMENT:
                found[token.start[0] - 1] = token.start[1], token.string.rstrip()
        return found
