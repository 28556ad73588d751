"""Reads the blocks of a note in order: metadata, then passages, traces, memos and labels of speakers.

Called by the reader of notes. No line is left out.
"""

from attrs import evolve

from codeable.kernel.place import Span
from codeable.lines import Edit, Lines
from codeable.notes.axial_coding import AxialTraceReader
from codeable.notes.blocks import Block, blocks_of
from codeable.notes.decoding import MOST_LINES
from codeable.notes.identity import identifier_of_note
from codeable.notes.metadata import field_at, heading_at, is_coding, with_number, with_value
from codeable.notes.model import (
    AxialTrace,
    BrokenStatement,
    MetadataField,
    NoteHeading,
    OtherStatement,
    Passage,
    Problem,
    SourceDeclaration,
    SpeakerLabel,
    TraceBlock,
)
from codeable.notes.open_coding import open_trace
from codeable.notes.outside import first_statement, is_stray, is_stray_list
from codeable.notes.passages import is_image, passage_of, unclosed_in
from codeable.notes.prose import is_prose, is_python
from codeable.notes.remarks import RemarkReader
from codeable.notes.speakers import (
    is_label_without_quotation,
    quoted_name,
    recurring_labels,
    speaker_before,
    speaker_label,
)
from codeable.notes.trace_headings import TraceHeading


class SegmentReader(RemarkReader):
    """Reads one note.

    Attributes:
        heading: The heading of the note.
        fields: The metadata.
        coding_span: The heading `# coding`; none where passages and traces begin without it.
    """

    def __init__(self, lines: Lines) -> None:
        super().__init__(lines)
        self.fields: list[MetadataField] = []
        self.heading: NoteHeading | None = None
        self.coding_span: Span | None = None
        self.coding = False
        self.title: str | None = None
        self.is_interview = False
        self.labels: frozenset[str] = frozenset()
        self.speaker: str | None = None

    def read(self) -> None:
        """Read all blocks."""
        self.blocks = blocks_of(self.lines.lines[:MOST_LINES])
        index = 0
        while index < len(self.blocks):
            index = self._next(index)
        self.segments.sort(key=lambda segment: segment.span.start)
        self.outside.sort(key=lambda one: one.span.start)

    def _next(self, index: int) -> int:
        """Read what begins at a block. Returns the index of the block behind it."""
        block = self.blocks[index]
        if self._is_comment(index):
            return self._comment(index)
        if block.kind == "memo":
            return self._memo(index)
        if block.misspelt is not None:
            self.problems.append(self._misspelt(block, block.misspelt))
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
        self._source_text(index)
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
            if is_stray(self.blocks[index], self.lines) or self._begins_with_statement(index):
                break
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
        if self.coding:
            return
        self.coding, self.in_group, self.pending = True, False, []
        traces = (segment for segment in self.segments if isinstance(segment, AxialTrace))
        statements = (one for trace in traces for one in trace.statements)
        declared = [one for one in statements if isinstance(one, SourceDeclaration)]
        identifier = identifier_of_note(self.heading, declared, self.lines.path) or ""
        kind = self.heading.kind if self.heading is not None and not identifier else identifier[:1]
        self.is_interview = kind == "p"
        if self.is_interview:
            self.labels = recurring_labels(line for line in self.lines.lines if line.lstrip()[:1] == ">")

    def _source_text(self, index: int) -> None:
        """Read a block outside metadata and traces: passages, labels of speakers, a stray block."""
        block = self.blocks[index]
        above = self.blocks[index - 1] if index else None
        if is_stray(block, self.lines) or is_stray_list(block, above, self.lines):
            self._stray(block)
            return
        self._outside_fence(index)
        if self.is_interview and block.kind in ("quotation", "paragraph"):
            self._speech(block)
        else:
            self._passage(block)

    def _speech(self, block: Block) -> None:
        """Read a quotation of an interview. Lines that are the label of a speaker are no passages."""
        begin = index = block.first
        while index <= block.last:
            line = self.lines.lines[index]
            if not self._is_label(line):
                index += 1
                continue
            first, last = index, index
            while first > begin and self._is_empty(first - 1):
                first -= 1
            while last < block.last and self._is_empty(last + 1):
                last += 1
            self._said(block, begin, first - 1)
            self.speaker = speaker_label(line) or quoted_name(line)
            self.segments.append(SpeakerLabel(self.speaker, self.lines.of_lines(first, last)))
            begin = index = last + 1
        self._said(block, begin, block.last)

    def _is_empty(self, index: int) -> bool:
        """Whether a line of a quotation has no text. Beside a label it belongs to the label."""
        return not self.lines.lines[index].strip("> \t")

    def _said(self, block: Block, first: int, last: int) -> None:
        """The passage of some lines of a block, which several speakers may say."""
        if first <= last:
            named = [speaker_before(line) for line in self.lines.lines[first : last + 1]]
            in_turn = dict.fromkeys([named[0] or self.speaker, *named])
            self.speaker = ", ".join(one for one in in_turn if one is not None) or None
            self._passage(evolve(block, first=first, last=last))
            self.speaker = next((one for one in reversed(named) if one is not None), self.speaker)

    def _is_label(self, line: str) -> bool:
        if line.lstrip()[:1] == ">":
            return line in self.labels or speaker_label(line) is not None
        return is_label_without_quotation(line)

    def _begins_with_statement(self, index: int) -> bool:
        """Whether a block of the metadata is a statement without a fence. It is split before one."""
        block = self.blocks[index]
        first = first_statement(self.lines.lines[block.first : block.last + 1])
        if first:
            self._split_behind(index, block.first + first - 1)
        return first == 0

    def _misspelt(self, block: Block, heading: TraceHeading) -> Problem:
        """The problem of a misspelt heading of a trace. It is certain what it is, so there is a safe fix."""
        at = self.lines.in_line(block.first, *(heading.misspelt or (0, 0)))
        words = self.lines.text[at.start : at.end]
        right = heading.words.upper() if words.isupper() else heading.words.capitalize()
        message = f"{words!r} is misspelt; it is read as {right!r}"
        edit = Edit.of(at, right)
        return Problem("trace-misspelt", message, at, right, (edit,))

    def _passage(self, block: Block) -> None:
        passage = passage_of(block, self.lines, self.title, self.speaker)
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
            index = self._skip_remarks(index)
            block = self._text_block(index)
            if block is None and index < len(self.blocks) and self.blocks[index].kind == "fence":
                fence = self._block_of_statements(self.blocks[index])
                if fence is None:
                    block = self.blocks[index]
            if block is None:
                break
            content.append((block.first, block.last))
            if block.kind != "fence":
                self._outside_fence(index, open_trace=True)
            index += 1
        trace, unclear = open_trace(self.lines, heading.text, heading.first, content, evidence, self.group)
        self.segments.append(trace)
        self.problems += unclear
        if fence is not None:
            message = "an open trace holds a block of statements; the heading of the axial trace is missing"
            self.problems.append(Problem("fence-in-open-trace", message, fence.opening_span))
            return self._axial_trace(index, None, self.blocks[index].last)
        return index

    def _block_of_statements(self, block: Block) -> TraceBlock | None:
        """A fence in an open trace that holds statements about the model; none for any other fence."""
        if not is_python(block.text) and not is_stray(block, self.lines):
            return None
        read = AxialTraceReader(self.lines, None, (), self.group).add_block(block)
        certain = [one for one in read.statements if not isinstance(one, OtherStatement | BrokenStatement)]
        return read if certain else None

    def _axial_trace(self, index: int, heading_span: Span | None, last: int) -> int:
        evidence = self._enter_group()
        reader = AxialTraceReader(self.lines, heading_span, evidence, self.group)
        while index < len(self.blocks):
            index = self._skip_remarks(index)
            block = self.blocks[index] if index < len(self.blocks) else None
            if block is not None and block.kind == "fence":
                reader.add_block(block)
            elif (text := self._text_block(index)) is not None:
                following = self.blocks[index + 1] if index + 1 < len(self.blocks) else None
                before_block = following is not None and following.kind == "fence"
                if not is_prose(self.lines.joined(text.first, text.last), before_block, bool(reader.blocks)):
                    break
                reader.add_prose(text)
                self._outside_fence(index)
                block = text
            else:
                break
            last = block.last
            index += 1
        self.segments.append(reader.trace(last, in_metadata=not self.coding))
        self.problems += reader.problems
        return index

    def _text_block(self, index: int) -> Block | None:
        """The text of a trace at an index.

        An image or the label of a speaker ends the trace, also on a line of the same block.
        """
        if index >= len(self.blocks) or self.blocks[index].kind != "paragraph":
            return None
        block = self.blocks[index]
        for line in range(block.first, block.last + 1):
            text = self.lines.lines[line]
            if is_image(text) or (self.is_interview and is_label_without_quotation(text)):
                if line == block.first:
                    return None
                self._split_behind(index, line - 1)
                return self.blocks[index]
        return block
