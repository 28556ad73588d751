"""Reads the file of a field note into its record.

The commands, the checks and `Study` call `read_note`. Nothing in a note is executed and no line is left out.
A broken note never raises an error: its problems are in the record.
"""

from collections.abc import Iterator
from pathlib import Path

from codeable.errors import CodeableError, reason_of
from codeable.kernel.bulk_access import collector_paused
from codeable.kernel.place import Span
from codeable.lines import Lines
from codeable.notes.axial_coding import AxialTraceReader, is_prose, is_python
from codeable.notes.blocks import Block, begins_comment, blocks_of
from codeable.notes.decoding import MOST_LINES, decode, is_binary, text_problems, without_surrogates
from codeable.notes.identity import identifier_of_note, outvoted_heading
from codeable.notes.metadata import CODER, field_at, heading_at, is_coding, with_number, with_value
from codeable.notes.model import (
    AxialTrace,
    BrokenStatement,
    Comment,
    Encoding,
    FieldNote,
    MetadataField,
    NoteHeading,
    OtherStatement,
    Passage,
    Problem,
    Segment,
    SourceDeclaration,
    TraceBlock,
)
from codeable.notes.open_coding import open_trace
from codeable.notes.passages import is_image, passage_of, unclosed_in

_LARGEST = 64_000_000
"""In bytes. A book has three million."""


def read_note(path: Path | str) -> FieldNote:
    r"""Read a field note.

    Args:
        path: The file; the spans of the records have it as it is given here.

    Raises:
        CodeableError: The file is missing, is a folder, or may not be read. A problem inside the file never
            raises; it is among the `problems` of the note.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     file = Path(folder, "s_1.md")
        ...     _ = file.write_text("# s 1\n## title\nA title\n")
        ...     read_note(file).metadata["title"].value
        'A title'
    """
    data = _bytes_of(path)
    place = without_surrogates(str(path))
    if len(data) > _LARGEST:
        return _unread(place, "too-large", f"the file is larger than {_LARGEST:,} bytes; no note is")
    if is_binary(data):
        return _unread(place, "binary", "the file holds no text: is it really a field note?")
    text, encoding = decode(data)
    with collector_paused():
        return _NoteReader(Lines(place, text), encoding).note()


def text_of_note(path: Path | str) -> str:
    """The text of a field note without its records; empty for a file that `read_note` does not read either.

    Raises:
        CodeableError: As `read_note`.
    """
    data = _bytes_of(path)
    return "" if len(data) > _LARGEST or is_binary(data) else decode(data)[0]


def read_text(text: str, path: str = "<text>") -> FieldNote:
    r"""Read a field note from a text.

    Args:
        text: The whole note.
        path: The file in the spans of the records.

    Example:
        >>> note = read_text(
        ...     "# s 1\n# coding\n> One.\n**AXIAL CODING TRACE:**\n```python\nevent_streaming\n```"
        ... )
        >>> [(one.code.name, one.evidence[0].text) for one in note.statements]
        [('event_streaming', 'One.')]
    """
    with collector_paused():
        return _NoteReader(Lines(path, without_surrogates(text)), Encoding()).note()


def _bytes_of(path: Path | str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            return file.read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        raise CodeableError(f"the field note {str(path)!r} cannot be read: {reason_of(error)}") from error


class _NoteReader:
    """Reads the blocks of a note in order: metadata, then passages and traces from `# coding` on."""

    def __init__(self, lines: Lines, encoding: Encoding) -> None:
        self.lines = lines
        self.encoding = encoding
        self.problems: list[Problem] = []
        self.segments: list[Segment] = []
        self.fields: list[MetadataField] = []
        self.heading: NoteHeading | None = None
        self.coding_span: Span | None = None
        self.coding = False
        self.title: str | None = None
        self.group = 0
        self.in_group = False
        self.pending: list[Passage] = []
        self.evidence: tuple[Passage, ...] = ()
        read_to = lines.starts[MOST_LINES] if len(lines.starts) > MOST_LINES else len(lines.text)
        self.last_comment_end = lines.text.rfind("-->", 0, read_to)
        self.blocks: list[Block] = []

    def note(self) -> FieldNote:
        self.blocks = blocks_of(self.lines.lines[:MOST_LINES])
        index = 0
        while index < len(self.blocks):
            index = self._next(index)
        self.segments.sort(key=lambda segment: segment.span.start)
        traces = [segment for segment in self.segments if isinstance(segment, AxialTrace)]
        statements = tuple(one for trace in traces for one in trace.statements)
        declared = [one for one in statements if isinstance(one, SourceDeclaration)]
        identifier = identifier_of_note(self.heading, declared, self.lines.path)
        outvoted = outvoted_heading(self.heading, identifier)
        self.problems += [outvoted] if outvoted is not None else []
        self.problems += text_problems(self.lines, self.encoding)
        self.problems += self._structure_problems()
        self.problems.sort(key=lambda problem: problem.span.start)
        coder = next((one.value for one in self.fields if one.name in CODER and one.value), None)
        return FieldNote(
            path=self.lines.path,
            text=self.lines.text,
            encoding=self.encoding,
            heading=self.heading,
            fields=tuple(self.fields),
            coding_span=self.coding_span,
            segments=tuple(self.segments),
            problems=tuple(self.problems),
            statements=statements,
            identifier=identifier,
            coder=coder,
        )

    def _next(self, index: int) -> int:
        """Read what begins at a block. Returns the index of the block behind it."""
        block = self.blocks[index]
        if self._is_comment(index):
            return self._comment(index)
        if block.kind == "axial trace":
            heading_span = self.lines.of_lines(block.first, block.first)
            return self._axial_trace(index + 1, heading_span, block.last)
        if block.kind == "open trace":
            self._begin_coding()
            return self._open_trace(index)
        if block.kind == "heading" and not self.coding and is_coding(block.text):
            self._begin_coding()
            self.coding_span = self.lines.of_lines(block.first, block.last)
            return index + 1
        if not self.coding:
            if block.kind == "heading" and block.level == 1 and self.heading is None:
                if self._note_heading(index):
                    return index + 1
            elif block.kind == "heading" and block.level > 1:
                return self._field(index)
            elif block.kind == "quotation":
                self._begin_coding()
        self._passage(block)
        return index + 1

    def _note_heading(self, index: int) -> bool:
        """Read `# s` with its number, which may be on the line below; false for another heading."""
        self.heading = heading_at(self.lines, self.blocks[index].first)
        if self.heading is None:
            return False
        below = self.blocks[index + 1] if index + 1 < len(self.blocks) else None
        if self.heading.number is None and below is not None and below.kind == "paragraph":
            numbered = with_number(self.heading, self.lines, below.first)
            if numbered is not None:
                self.heading = numbered
                rest = [Block(below.kind, below.first + 1, below.last)] if below.last > below.first else []
                self.blocks[index + 1 : index + 2] = rest
        return True

    def _field(self, index: int) -> int:
        """Read a field of the metadata with its value; comments above the value are none of it."""
        begun = field_at(self.lines, self.blocks[index].first)
        index += 1
        value: list[Block] = []
        while index < len(self.blocks) and self.blocks[index].kind in ("paragraph", "quotation", "fence"):
            if not self._is_comment(index):
                value.append(self.blocks[index])
                index += 1
            elif value:
                break
            else:
                index = self._comment(index)
        self.fields.append(with_value(begun, self.lines, value[0].first, value[-1].last) if value else begun)
        return index

    def _begin_coding(self) -> None:
        if not self.coding:
            self.coding, self.in_group, self.pending = True, False, []

    def _passage(self, block: Block) -> None:
        passage = passage_of(block, self.lines, self.title)
        if block.kind == "heading":
            self.title = block.text or self.title
        self.segments.append(passage)
        self.problems += unclosed_in(block, self.lines)
        if block.repaired:
            message = "the fence is never closed; it is read up to the next trace, quotation or fence"
            at = self.lines.of_lines(block.first, block.first)
            self.problems.append(Problem("fence-not-closed", message, at, "```"))
        if self.coding:
            self.in_group = False
            self.pending.append(passage)

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

    def _skip_comments(self, index: int) -> int:
        while index < len(self.blocks) and self._is_comment(index):
            index = self._comment(index)
        return index

    def _split_behind(self, index: int, line: int) -> None:
        """Make two blocks of one that continues behind a line."""
        block = self.blocks[index]
        if line < block.last:
            upper, lower = Block(block.kind, block.first, line), Block("paragraph", line + 1, block.last)
            self.blocks[index : index + 1] = [upper, lower]

    def _enter_group(self) -> tuple[Passage, ...]:
        """The evidence of a trace: the passages since the previous group of traces."""
        if not self.in_group:
            self.group += 1
            self.in_group = True
            self.evidence = tuple(self.pending) if self.coding else ()
            self.pending = []
        return self.evidence

    def _open_trace(self, index: int) -> int:
        heading = self.blocks[index]
        evidence = self._enter_group()
        content: list[tuple[int, int]] = []
        index += 1
        fence: TraceBlock | None = None
        while index < len(self.blocks):
            index = self._skip_comments(index)
            block = self._text_block(index)
            if block is None and index < len(self.blocks) and self.blocks[index].kind == "fence":
                fence = self._block_of_statements(self.blocks[index])
                if fence is None:
                    block = self.blocks[index]
            if block is None:
                break
            content.append((block.first, block.last))
            index += 1
        trace = open_trace(self.lines, heading.text, heading.first, content, evidence, self.group)
        self.segments.append(trace)
        if fence is not None:
            message = "an open trace holds a block of statements; the heading of the axial trace is missing"
            self.problems.append(Problem("fence-in-open-trace", message, fence.opening_span))
            return self._axial_trace(index, None, self.blocks[index].last)
        return index

    def _block_of_statements(self, block: Block) -> TraceBlock | None:
        """A fence in an open trace that holds statements about the model; none for any other fence."""
        if not is_python(block.text):
            return None
        read = AxialTraceReader(self.lines, None, (), self.group).add_block(block)
        certain = [one for one in read.statements if not isinstance(one, OtherStatement | BrokenStatement)]
        return read if certain else None

    def _axial_trace(self, index: int, heading_span: Span | None, last: int) -> int:
        evidence = self._enter_group()
        reader = AxialTraceReader(self.lines, heading_span, evidence, self.group)
        while index < len(self.blocks):
            index = self._skip_comments(index)
            block = self.blocks[index] if index < len(self.blocks) else None
            if block is not None and block.kind == "fence":
                reader.add_block(block)
            elif (text := self._text_block(index)) is not None:
                following = self.blocks[index + 1] if index + 1 < len(self.blocks) else None
                before_block = following is not None and following.kind == "fence"
                if not is_prose(self.lines.joined(text.first, text.last), before_block, bool(reader.blocks)):
                    break
                reader.add_prose(text)
                block = text
            else:
                break
            last = block.last
            index += 1
        self.segments.append(reader.trace(last, in_metadata=not self.coding))
        self.problems += reader.problems
        return index

    def _text_block(self, index: int) -> Block | None:
        """The text of a trace at an index. An image ends the trace, also on a line of the same block."""
        if index >= len(self.blocks) or self.blocks[index].kind != "paragraph":
            return None
        block = self.blocks[index]
        for line in range(block.first, block.last + 1):
            if is_image(self.lines.lines[line]):
                if line == block.first:
                    return None
                self._split_behind(index, line - 1)
                return self.blocks[index]
        return block

    def _structure_problems(self) -> Iterator[Problem]:
        """What a note lacks as a whole."""
        if not self.lines.text.strip():
            return
        start = self.lines.in_line(0, 0, len(self.lines.lines[0]))
        if self.heading is None:
            yield Problem("heading-missing", "the note has no heading '# s' or '# p' with its number", start)
        elif self.heading.number is None:
            message = f"the heading '# {self.heading.kind}' has no number"
            yield Problem("number-missing", message, self.heading.span)
        if self.coding and self.coding_span is None:
            first = next(segment for segment in self.segments if not isinstance(segment, AxialTrace))
            message = "passages and traces begin without the heading '# coding'"
            yield Problem("coding-missing", message, first.span, "# coding")


def _unread(path: str, kind: str, message: str) -> FieldNote:
    problem = Problem(kind, message, Span(path, 1, 1, 1, 1))
    return FieldNote(path, "", Encoding(), None, (), None, (), (problem,), ())
