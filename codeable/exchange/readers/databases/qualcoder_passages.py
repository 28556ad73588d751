"""The coded passages and the annotations of a project of QualCoder.

QualCoder stores positions as its editor counts them (UTF-16 units, each line end one), and in other places as
characters of the stored text. It stores the coded text, too: the way of counting that fits it is taken.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from codeable.exchange.own_note import UNKNOWN_CODER
from codeable.exchange.project import Coding, ProjectMemo, ProjectPassage, merged_passages
from codeable.exchange.readers.databases.sqlite_file import ROW, Database, Row
from codeable.exchange.readers.discarded import Discarded
from codeable.exchange.readers.refi.positions import Counting, Measure, PlainText
from codeable.text import counted

_WAYS = (
    Counting("code points", "written", counts_mark=True),
    Counting("UTF-16", "one"),
    Counting("code points", "one"),
    Counting("UTF-16", "written", counts_mark=True),
)
_ONLY_CODER = "default"
"""The coder of QualCoder where nobody said a name."""


class QualCoderPassages:
    """The passages of each source.

    Args:
        database: The database.
        codes: The keys of the codes.
        discarded: Collects what does not fit.

    Attributes:
        coders: Who coded, as far as somebody said a name.
    """

    def __init__(self, database: Database, codes: AbstractSet[str], discarded: Discarded) -> None:
        self._file = database.path.name
        self._codes = codes
        self._discarded = discarded
        coded = (ROW, "cid", "seltext", "pos0", "pos1", "owner", "memo", "important")
        self._codings = database.grouped("code_text", coded, "fid", ROW)
        annotated = (ROW, "pos0", "pos1", "owner", "memo")
        self._annotations = database.grouped("annotation", annotated, "fid", ROW)
        owners = {each.text("owner").strip() for rows in self._all() for each in rows}
        self._is_alone = owners <= {_ONLY_CODER, UNKNOWN_CODER, ""}
        self.coders: set[str] = set()
        self._by_way = dict.fromkeys(_WAYS, 0)

    def _all(self) -> list[Sequence[Row]]:
        return [*self._codings.values(), *self._annotations.values()]

    @property
    def messages(self) -> tuple[str, ...]:
        """How positions were counted, where that made a difference."""
        other = {way: number for way, number in self._by_way.items() if number and way != _WAYS[0]}
        return tuple(
            f"The positions of {counted(number, 'coding')} were read {way.described()}: so they fit the "
            "texts that QualCoder stored."
            for way, number in other.items()
        )

    def coder(self, row: Row) -> str | None:
        """Who made something; None where there is only the coder that QualCoder calls default."""
        owner = row.text("owner").strip()
        if owner in ("", UNKNOWN_CODER) or (self._is_alone and owner == _ONLY_CODER):
            return None
        self.coders.add(owner)
        return owner

    def forget(self, source: int) -> None:
        """Note that the codings of a source are left out with it."""
        for what, rows in (("codings", self._codings), ("annotations", self._annotations)):
            number = len(rows.pop(source, ()))
            if number:
                self._discarded.add(f"{what} of sources without a text", number=number)

    def discard_rest(self) -> None:
        """Note the codings and annotations of sources that the project does not have."""
        for what, rows in (("codings", self._codings), ("annotations", self._annotations)):
            number = sum(map(len, rows.values()))
            if number:
                self._discarded.add(f"{what} of sources that the project does not have", number=number)

    def of_source(self, source: int, name: str, text: PlainText) -> tuple[ProjectPassage, ...]:
        """The passages of a source, in the order of its text.

        Args:
            source: Its number.
            name: Its name, for messages.
            text: Its text.
        """
        measures = {way: Measure(text, way) for way in _WAYS}
        found: list[ProjectPassage] = []
        for each in self._codings.pop(source, ()):
            place = f"{self._file}, coding {each.number(ROW)}"
            span, code = self._span(each, name, text, measures, place), f"code {each.number('cid')}"
            if span is None:
                continue
            if code not in self._codes:
                reason = "the project does not have their codes"
                self._discarded.add("codings without a code", name, place=place, reason=reason)
                continue
            if each.number("important"):
                reason = "a coding has no such mark"
                self._discarded.add("marks of important codings", name, place=place, reason=reason)
            coder = self.coder(each)
            coding = Coding(code, coder, _memos(each, coder))
            found.append(ProjectPassage(*span, (coding,), coder, place=place))
        for each in self._annotations.pop(source, ()):
            place, coder = f"{self._file}, annotation {each.number(ROW)}", self.coder(each)
            span, memos = self._span(each, name, text, measures, place), _memos(each, coder)
            if span is not None and memos:
                found.append(ProjectPassage(*span, coder=coder, memos=memos, place=place))
        return merged_passages(found)

    def _span(
        self, row: Row, name: str, text: PlainText, measures: dict[Counting, Measure], place: str
    ) -> tuple[int, int] | None:
        """Where a passage is: where its positions fit the stored text, else where that is near them."""
        start, end = row.number("pos0"), row.number("pos1")
        stored = row.text("seltext").replace("\u2029", "\n").replace("\u2028", "\n")
        first = None
        if start is not None and end is not None and 0 <= start < end:
            for way in sorted(_WAYS, key=self._by_way.__getitem__, reverse=True):
                span = _inside(text, measures[way].span(start, end))
                if span and (not stored or _same(text.text[slice(*span)], stored)):
                    self._by_way[way] += span != measures[_WAYS[0]].span(start, end)
                    return span
                first = first or span
        near = _nearest(text.text, stored, start or 0)
        if near is None and first is None:
            self._discarded.add(
                "codings that are not in the text of their source",
                name,
                place=place,
                reason=f"their positions are outside of it or empty ({start} to {end})",
            )
            return None
        self._discarded.add(
            "codings whose stored text is not at their positions",
            name,
            place=place,
            reason="the stored text was looked for near them, and the positions count where it is nowhere; "
            "compare the passages with QualCoder",
        )
        return near or first


def _memos(row: Row, coder: str | None) -> tuple[ProjectMemo, ...]:
    memo = row.text("memo").strip()
    return (ProjectMemo(memo, coder=coder),) if memo else ()


def _inside(text: PlainText, span: tuple[int, int]) -> tuple[int, int] | None:
    """A span that lies in the text and quotes something of it."""
    start, end = span
    return span if 0 <= start < end <= len(text.text) and text.text[start:end].strip() else None


def _same(text: str, stored: str) -> bool:
    return text.replace("\u2029", "\n").replace("\u2028", "\n") == stored


def _nearest(text: str, stored: str, position: int) -> tuple[int, int] | None:
    """Where a stored text is in the text, as near to a position as it can be."""
    if not stored.strip():
        return None
    before = text.rfind(stored, 0, max(position, 0) + len(stored))
    behind = text.find(stored, max(position, 0))
    found = [each for each in (before, behind) if each >= 0]
    if not found:
        return None
    start = min(found, key=lambda each: abs(each - position))
    return start, start + len(stored)
