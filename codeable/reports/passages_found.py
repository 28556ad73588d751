"""The passages that a search has found, as quotations with their words marked, as rows and as CSV.

`find` makes them; `Study.find` and `codeable find` show them.
"""

from collections.abc import Iterable, Iterator
from typing import Any, SupportsIndex, overload

from attrs import frozen

from codeable.coded.coded_study import Code
from codeable.notes.code_chain import CodePassage
from codeable.notes.quotation import Quotation
from codeable.registry.answer import Answer, Heading, State
from codeable.registry.table import Row
from codeable.reports.report_table import ReportColumn, ReportTable
from codeable.reports.tables.passages import place_cells
from codeable.reports.word_search import Marks
from codeable.text import counted, html_text, printable

_KEYS = ("source", "file", "line", "end_line", "kind", "speaker", "coder", "heading", "codes", "text")
_HEADING = Heading("passage", "passages", _KEYS, "with")
_MOST_SHOWN = 40
_NO_CODE = "no code"


@frozen(repr=False)
class FoundPassage(Quotation):
    """A passage with its codes, and the places of the words that were looked for.

    Attributes:
        passage: The passage.
        codes: Its codes; empty for a passage that nobody has coded.
        file: Its note, as seen from the folder of the study.
        marks: From where to where the text has the words.
    """

    passage: CodePassage
    codes: tuple[Code, ...]
    file: str
    marks: Marks = ()

    @property
    def text(self) -> str:
        """The text of the passage."""
        return self.passage.text

    @property
    def place(self) -> str:
        """Source, file and lines, speaker and coder, on one line."""
        return self.passage._place()

    @property
    def code_names(self) -> str:
        """The names of its codes, or that it has none."""
        return ", ".join(code.name for code in self.codes) or _NO_CODE

    def pieces(self) -> Iterator[tuple[str, bool]]:
        """The text in pieces, each with whether it is a word that was looked for."""
        at = 0
        for start, end in self.marks:
            yield self.text[at:start], False
            yield self.text[start:end], True
            at = end
        yield self.text[at:], False

    def row(self) -> Row:
        """The row of the passage in a table."""
        codes = "; ".join(code.name for code in self.codes)
        return {**place_cells(self.passage, self.file), "codes": codes, "text": self.text}

    def _place(self) -> str:
        return f"{self.place}  ({self.code_names})"

    def _quoted(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        quoted = "".join(
            f"<mark>{html_text(text)}</mark>" if marked else html_text(text) for text, marked in self.pieces()
        ).replace("\n", "<br>\n")
        return f"<blockquote>\n<p>{quoted}</p>\n<footer>{html_text(self._place())}</footer>\n</blockquote>"


class FoundPassages(Answer[FoundPassage]):
    """The passages that were found, in the order of sources, notes and lines.

    Args:
        passages: The passages.
        state: Whether the study has been loaded again since.
        looked_for: What was looked for, in words; empty for everything.
        messages: Why nothing was found, and what another search would find besides.
    """

    __slots__ = ("looked_for", "messages")

    def __init__(
        self,
        passages: Iterable[FoundPassage],
        state: State,
        looked_for: str = "",
        messages: tuple[str, ...] = (),
    ) -> None:
        super().__init__(passages, _HEADING, FoundPassage.row, state, looked_for)
        self.looked_for = looked_for
        self.messages = messages

    @overload
    def __getitem__(self, key: SupportsIndex) -> FoundPassage: ...
    @overload
    def __getitem__(self, key: slice) -> "FoundPassages": ...
    def __getitem__(self, key: Any) -> Any:
        """The passage at a position; for a slice, passages that show themselves likewise."""
        if isinstance(key, slice):
            return FoundPassages(tuple(self)[key], self._state, self.looked_for)
        return self._item_at(key)

    @property
    def title(self) -> str:
        """How many passages of how many sources."""
        sources = len({found.passage.source for found in self})
        return f"{self._title} (in {counted(sources, 'source')})" if len(self) else self._title

    def to_csv(self, *, excel: bool = False) -> str:
        """One row for each passage, as CSV with exact texts.

        Args:
            excel: Whether a cell that a spreadsheet would run as a formula begins with an apostrophe.
        """
        columns = tuple(ReportColumn(key, key) for key in _KEYS)
        rows = tuple(tuple(found.row().values()) for found in self)
        return ReportTable("passages", self.title, columns, rows).to_csv(excel=excel)

    def __repr__(self) -> str:
        shown = [f"{found!r}\n" for found in self[:_MOST_SHOWN]]
        return "\n".join([printable(self.title), *shown, *self._below("... and {} more")]).rstrip("\n")

    def _repr_html_(self) -> str:
        shown = [found._repr_html_() for found in self[:_MOST_SHOWN]]
        below = [f"<p>{html_text(note)}</p>" for note in self._below("and {} more")]
        return "\n".join(["<div>", f"<p><b>{html_text(self.title)}</b></p>", *shown, *below, "</div>"])

    def _below(self, more: str) -> list[str]:
        left_out = len(self) - _MOST_SHOWN
        note = self._state.note
        return [*([more.format(left_out)] if left_out > 0 else []), *self.messages, *([note] if note else [])]
