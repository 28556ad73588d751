"""The text of a field note with the codings of a project added to it; a new note is an empty one before.

Each coded passage has a trace of its own, because the passages between two groups of traces are the evidence
of the second one. New ones are behind the last trace; passages without codes are at the end of the note.
"""

from collections.abc import Iterable
from itertools import starmap

from attrs import define, field

from codeable.exchange.incoming.missing_codings import Missing
from codeable.exchange.incoming.project_codings import CodedText, MemoOfCoder
from codeable.exchange.own_note import OPEN_CODING
from codeable.lines import NEWLINE
from codeable.notes.decoding import edited
from codeable.notes.model import AxialTrace, Comment, FieldNote, Memo, OpenTrace, Passage
from codeable.notes.quoting import memo_lines, quoted_lines
from codeable.notes.reader import read_text
from codeable.notes.speakers import speaker_before, speaker_label
from codeable.notes.trace_headings import AXIAL_HEADING, OPEN_HEADING

"""Also below a passage with a memo and no code, so that no other memo is about that passage, too."""


def with_codings(note: FieldNote, missing: Missing) -> str:
    """The text of a note with what it lacks.

    Args:
        note: The note, with its number.
        missing: What it lacks.
    """
    return _Writing(note).text(missing)


@define
class _Writing:
    """Collects what is inserted at which offset of a note."""

    note: FieldNote
    inserted: dict[int, list[str]] = field(factory=dict)

    def text(self, missing: Missing) -> str:
        """The note with what it lacks."""
        again = [each for each in starmap(self._add_to, missing.added) if each is not None]
        whole = [_memo(memo) for memo in missing.memos]
        trace = self._trace_of_source()
        if missing.codes and trace is not None:
            self._insert(trace.span.end, [self._codes(missing.codes)])
        elif missing.codes:
            whole.append(self._trace(missing.codes))
        self._insert(self._start(), whole)
        new = [*again, *(each for each in missing.passages if each.codes or each.memos)]
        self._insert(self._behind_traces(), [each for one in new for each in self._with_trace(one)])
        marked = [each for each in missing.passages if not (each.codes or each.memos)]
        self._insert(len(self.note.text.rstrip()), [self._quotation(each) for each in marked])
        edits = ((at, at, self._block(at, chunks)) for at, chunks in self.inserted.items())
        return edited(self.note.text, edits)

    def _add_to(self, passage: Passage, lacking: CodedText) -> CodedText | None:
        """Add codes and memos to a passage. One that shares its traces with others has to be quoted again."""
        if lacking.memos:
            self._insert(passage.span.end, [_memo(memo) for memo in lacking.memos])
        if not lacking.codes:
            return None
        group = [
            each
            for each in self.note.segments
            if isinstance(each, AxialTrace | OpenTrace) and each.evidence == (passage,)
        ]
        if not group:
            return CodedText(lacking.text, lacking.codes, speaker=lacking.speaker)
        if isinstance(group[-1], AxialTrace):
            self._insert(group[-1].span.end, [self._codes(lacking.codes)])
        else:
            self._insert(group[-1].span.end, [self._trace(lacking.codes)])
        return None

    def _insert(self, at: int, chunks: list[str]) -> None:
        """Insert at the end of the line of an offset."""
        if chunks:
            found = NEWLINE.search(self.note.text, at)
            end = found.start() if found is not None else len(self.note.text)
            self.inserted.setdefault(end, []).extend(chunks)

    def _block(self, at: int, chunks: list[str]) -> str:
        newline = self.note.encoding.newline
        before, behind = self.note.text[:at], self.note.text[at:]
        block = f"{newline}{newline}".join(chunk.replace("\n", newline) for chunk in chunks)
        start = newline * 2 if before.strip() and not before.endswith(("\n", "\r")) else ""
        is_apart = not behind.strip() or behind.startswith(newline * 2)
        end = newline if not is_apart or not behind else ""
        return f"{start}{block}{end}"

    def _start(self) -> int:
        """The end of what is above the first passage: the heading `# coding`, comments, memos."""
        coding = self.note.coding_span
        at = coding.end if coding is not None else 0
        for segment in self.note.segments:
            if segment.span.start < at:
                continue
            if not isinstance(segment, Comment | Memo):
                break
            at = segment.span.end
        return at

    def _trace_of_source(self) -> AxialTrace | None:
        """The trace above the first passage."""
        for segment in self.note.segments:
            if isinstance(segment, Passage):
                return None
            if isinstance(segment, AxialTrace) and not segment.in_metadata:
                return segment
        return None

    def _behind_traces(self) -> int:
        """The end of the last trace with the memos below it; without any the place above the passages."""
        segments = self.note.segments
        traces = [
            number
            for number, each in enumerate(segments)
            if isinstance(each, OpenTrace) or (isinstance(each, AxialTrace) and not each.in_metadata)
        ]
        if not traces:
            return self._start()
        at = segments[traces[-1]].span.end
        for segment in segments[traces[-1] + 1 :]:
            if not isinstance(segment, Comment | Memo):
                break
            at = segment.span.end
        return at

    def _with_trace(self, passage: CodedText) -> list[str]:
        """A passage with its memos and the trace of its codes."""
        written = [_memo(memo) for memo in passage.memos]
        traces = [each for each in written if each.startswith(OPEN_HEADING)]
        memos = [each for each in written if not each.startswith(OPEN_HEADING)]
        if passage.codes:
            traces.append(self._trace(passage.codes))
        # The open traces are below the memos: one ends what a memo is about.
        return [self._quotation(passage), *memos, *(traces or [OPEN_HEADING])]

    def _quotation(self, passage: CodedText) -> str:
        is_interview = self.note.kind == "p"
        lines = quoted_lines(passage.text, is_interview=is_interview)
        label = f"> {passage.speaker}:"
        if is_interview and speaker_label(label) == passage.speaker != speaker_before(lines[0]):
            lines.insert(0, label)
        return "\n".join(lines)

    def _trace(self, codes: Iterable[str]) -> str:
        return f"{AXIAL_HEADING}\n\n{self._codes(codes)}"

    def _codes(self, codes: Iterable[str]) -> str:
        listed = "".join(f"    {code}\n" for code in codes)
        return f"add codes to {self.note.identifier}:\n``` python\n'''\n{listed}'''\n```"


def _memo(memo: MemoOfCoder) -> str:
    """A memo; the open trace of a study that comes back as one is an open trace again."""
    if _is_open_trace(memo):
        return _open_trace(memo.text)
    return "\n".join(memo_lines(memo.text, memo.about))


def _is_open_trace(memo: MemoOfCoder) -> bool:
    """Whether it is an open trace of a study, and is read as the same text in a note."""
    if memo.about != OPEN_CODING:
        return False
    note = read_text(f"# s 1\n\n# coding\n\n> passage\n\n{_open_trace(memo.text)}\n\n> passage\n")
    traces = note.open_traces
    return len(note.segments) == 3 and not note.problems and [one.text for one in traces] == [memo.text]


def _open_trace(text: str) -> str:
    return f"{OPEN_HEADING}\n\n{text}"
