"""Reads axial traces: prose and fenced blocks of Python under a heading. Called by the reader of notes."""

from codeable.kernel.place import Span
from codeable.lines import Edit, Lines
from codeable.notes.block_reader import TraceContext
from codeable.notes.blocks import Block
from codeable.notes.model import (
    AxialTrace,
    CodesAdded,
    Name,
    Passage,
    Problem,
    Prose,
    TraceBlock,
    TraceStatement,
)
from codeable.notes.outside import holds_statements, is_list_of_codes
from codeable.notes.prose import added_to, is_python
from codeable.notes.statements import StatementReader
from codeable.notes.vocabulary import misspelt

_LARGEST_BLOCK = 500_000
"""In characters. The statements of a larger block could fill the memory."""


class AxialTraceReader:
    """Reads one axial trace block by block.

    Args:
        lines: The note.
        heading_span: The span of the heading; none for a block without one.
        evidence: The passages before the trace.
        group: The number of its group of traces.
    """

    def __init__(
        self, lines: Lines, heading_span: Span | None, evidence: tuple[Passage, ...], group: int
    ) -> None:
        self.lines = lines
        self.heading_span = heading_span
        self.evidence = evidence
        self.group = group
        self.prose: list[Prose] = []
        self.blocks: list[TraceBlock] = []
        self.problems: list[Problem] = []
        self._added = self._codes_added(heading_span.line - 1) if heading_span else None

    def add_prose(self, block: Block) -> None:
        """Read a text of the coder. It may name the source of the codes in the blocks below."""
        span = self.lines.of_lines(block.first, block.last)
        self._added = None
        for index in range(block.first, block.last + 1):
            self._added = self._codes_added(index) or self._added
        self.prose.append(Prose(self.lines.text[span.start : span.end], span, self._added))

    def add_block(self, block: Block) -> TraceBlock:
        """Read a fenced block."""
        first, last = block.first + 1, block.last - 1 if block.closed else block.last
        opening = self.lines.of_lines(block.first, block.first)
        beside = self._beside_fence(block)
        python = beside is not None or is_python(block.text) or self._holds_python(block, first, last)
        statements: list[TraceStatement] = []
        source = self._added.source if self._added else None
        context = TraceContext(self.evidence, self.group, source, self._added is not None)
        reader = StatementReader(self.lines, context)
        if beside is not None:
            statements = reader.statements([beside], block.first)
        if python and first <= last and self._is_readable(first, last, opening):
            statements += reader.statements(self.lines.lines[first : last + 1], first)
        read = TraceBlock(
            span=self.lines.of_lines(block.first, block.last),
            opening_span=opening,
            closing_span=self.lines.of_lines(block.last, block.last) if block.closed else None,
            python=python,
            statements=tuple(statements),
        )
        self.problems += reader.problems
        if block.repaired:
            message = "the block is never closed; it is read up to the next trace, quotation or fence"
            self.problems.append(Problem("fence-not-closed", message, opening, "```"))
        self.blocks.append(read)
        return read

    def trace(self, last: int, in_metadata: bool = False) -> AxialTrace:
        """The trace, which ends on a line (counted from 0)."""
        begin = self.heading_span or self.blocks[0].span
        return AxialTrace(
            span=begin.through(self.lines.of_lines(last, last)),
            heading_span=self.heading_span,
            prose=tuple(self.prose),
            blocks=tuple(self.blocks),
            statements=tuple(one for block in self.blocks for one in block.statements),
            in_metadata=in_metadata,
            evidence=self.evidence,
            group=self.group,
        )

    def _beside_fence(self, block: Block) -> str | None:
        """The line of the opening fence, where a statement is on it; blanks are in the place of the fence."""
        language, *rest = block.text.split(maxsplit=1) or [""]
        says_python = is_python(language) or misspelt(language, ("python",))
        text = "".join(rest) if says_python else block.text
        if not (holds_statements([text]) or ("_" in text and is_list_of_codes([text]))):
            return None
        column = self.lines.lines[block.first].rindex(text)
        at = self.lines.in_line(block.first, column, column + len(text))
        message = "a statement begins on the line below the opening fence"
        edit = Edit(at.path, at.start, at.start, "\n")
        self.problems.append(Problem("repaired", message, at, edits=(edit,)))
        return " " * column + text

    def _holds_python(self, block: Block, first: int, last: int) -> bool:
        """Whether a fence that names another language holds statements all the same. It is reported."""
        language = block.text.split()[0]
        lines = self.lines.lines[first : last + 1]
        codes = is_list_of_codes(lines) and (self._added is not None or any("_" in line for line in lines))
        if not (codes or misspelt(language, ("python",)) or holds_statements(lines)):
            return False
        column = self.lines.lines[block.first].rindex(block.text)
        at = self.lines.in_line(block.first, column, column + len(language))
        message = f"the language of this block is {language!r}; it is read as Python"
        edit = Edit.of(at, "python")
        self.problems.append(Problem("fence-language", message, at, "python", (edit,)))
        return True

    def _is_readable(self, first: int, last: int, opening: Span) -> bool:
        """Whether a block is small enough; a larger one is reported."""
        size = self.lines.end_of(last) - self.lines.starts[first]
        if size > _LARGEST_BLOCK:
            message = f"the block has {size:,} characters; no trace is that large, so it is not read"
            self.problems.append(Problem("too-large", message, opening))
        return size <= _LARGEST_BLOCK

    def _codes_added(self, index: int) -> CodesAdded | None:
        match = added_to(self.lines.lines[index])
        if match is None:
            return None
        span = self.lines.in_line(index, match.start("source"), match.end("source"))
        return CodesAdded(Name("".join(match["source"].split()), span), self.lines.of_lines(index, index))
