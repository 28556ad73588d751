"""Reads what is between passages and traces: comments, memos, and statements outside every trace.

The reader of a note is a reader of these.
"""

from collections.abc import Iterable

from codeable.lines import Lines
from codeable.notes.blocks import Block, begins_comment
from codeable.notes.decoding import MOST_LINES
from codeable.notes.model import (
    Comment,
    Memo,
    Passage,
    Problem,
    Segment,
    TraceStatement,
)
from codeable.notes.open_coding import names_in_text
from codeable.notes.outside import outside_fence, stray_block
from codeable.notes.quoting import memo_line_read
from codeable.notes.trace_headings import memo_heading


class RemarkReader:
    """The blocks of one note, and what is read of them so far.

    Attributes:
        blocks: The blocks; one that a comment ends in becomes two.
        segments: Passages, traces, comments, memos, labels of speakers, stray blocks.
        outside: The statements outside every trace.
        problems: What is not understood.
        group: The number of the current group of traces.
        in_group: Whether no passage follows that group yet.
        evidence: The passages before the group.
        pending: The passages behind it.
    """

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.blocks: list[Block] = []
        self.segments: list[Segment] = []
        self.outside: list[TraceStatement] = []
        self.problems: list[Problem] = []
        self.group = 0
        self.in_group = False
        self.evidence: tuple[Passage, ...] = ()
        self.pending: list[Passage] = []
        read_to = lines.starts[MOST_LINES] if len(lines.starts) > MOST_LINES else len(lines.text)
        self.last_comment_end = lines.text.rfind("-->", 0, read_to)

    def _is_comment(self, index: int) -> bool:
        block = self.blocks[index]
        return block.kind == "paragraph" and begins_comment(self.lines.lines[block.first])

    def _comment(self, index: int) -> int:
        """Read a comment of HTML, which may hold blank lines."""
        first = self.blocks[index].first
        if self.lines.starts[first] > self.last_comment_end:
            at = self.lines.of_lines(first, first)
            self.problems.append(Problem("comment-not-closed", "the comment is never closed", at, "-->"))
        else:
            while (last := self._line_with_comment_end(self.blocks[index])) is None:
                index += 1
            self._split_behind(index, last)
        span = self.lines.of_lines(first, self.blocks[index].last)
        self.segments.append(Comment(self.lines.text[span.start : span.end], span))
        return index + 1

    def _line_with_comment_end(self, block: Block) -> int | None:
        lines = self.lines.lines
        return next((line for line in range(block.first, block.last + 1) if "-->" in lines[line]), None)

    def _split_behind(self, index: int, line: int) -> None:
        """Make two blocks of one that continues behind a line."""
        block = self.blocks[index]
        if line < block.last:
            upper, lower = Block(block.kind, block.first, line), Block("paragraph", line + 1, block.last)
            self.blocks[index : index + 1] = [upper, lower]

    def _memo(self, index: int) -> int:
        """Read a memo. It is no passage, and no trace ends at it."""
        block = self.blocks[index]
        about = self.evidence if self.in_group else tuple(self.pending)
        lines = range(block.first, block.last + 1)
        names = [name for line in lines for name in names_in_text(self.lines, line)]
        below = "\n".join(map(memo_line_read, self.lines.lines[block.first + 1 : block.last + 1]))
        text = f"{block.text}\n{below}".strip()
        heading = memo_heading(self.lines.lines[block.first])
        span = self.lines.of_lines(block.first, block.last)
        self.segments.append(Memo(text, span, tuple(names), about, heading.title if heading else ""))
        self._outside_fence(index)
        return index + 1

    def _skip_remarks(self, index: int) -> int:
        """Read the comments and memos at an index. A trace continues behind them."""
        while index < len(self.blocks):
            if self._is_comment(index):
                index = self._comment(index)
            elif self.blocks[index].kind == "memo":
                index = self._memo(index)
            else:
                break
        return index

    def _stray(self, block: Block) -> None:
        """Read a fence with statements that is in no trace."""
        segment, problem = stray_block(block, self.lines, self.group)
        self.segments.append(segment)
        self._count_nowhere(segment.block.statements, problem)

    def _outside_fence(self, index: int, *, open_trace: bool = False) -> None:
        """Report statements in a block of text that has no fence around them."""
        above = self.blocks[index - 1] if index else None
        block = self.blocks[index]
        unfenced = outside_fence(block, above, self.lines, self.group, open_trace=open_trace)
        if unfenced is not None:
            self._count_nowhere(*unfenced)

    def _count_nowhere(self, statements: Iterable[TraceStatement], problem: Problem) -> None:
        self.problems.append(problem)
        self.outside += statements
