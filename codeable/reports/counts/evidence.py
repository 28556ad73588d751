"""The table `evidence`: a matrix of sources and codes, with 0 and 1, or with numbers of passages."""

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from codeable.coded.coded_study import Code, CodedStudy, different
from codeable.registry.values import attribute_text
from codeable.reports.counts.occurrences import occurrences
from codeable.reports.counts.scope import left_out_note, occurring, scope_notes, sentences
from codeable.reports.options import ReportOptions, Unit
from codeable.reports.report_table import Cell, ReportColumn, TableContent
from codeable.text import counted, first_few

_OF_CODES = (
    ReportColumn("code", "Code", "name"),
    ReportColumn("name", "Name"),
    ReportColumn("kind", "Kind"),
    ReportColumn("total", "Total", "number"),
)
_OF_SOURCES = (
    ReportColumn("source", "Source", "name"),
    ReportColumn("title", "Title"),
    ReportColumn("total", "Total", "number"),
)


@frozen
class EvidenceMatrix:
    """Sources and codes.

    Attributes:
        unit: What a cell counts: whether the source has the code (0 or 1), or passages of the source with it.
        sources: The sources, in the order of coding.
        codes: The codes.
        cells: For each code, the number in each source.
        notes: What was counted, and what is left out.
    """

    unit: Unit
    sources: tuple[str, ...]
    codes: tuple[Code, ...]
    cells: tuple[tuple[int, ...], ...]
    notes: tuple[str, ...]


def evidence_matrix(study: CodedStudy, options: ReportOptions) -> EvidenceMatrix:
    """The matrix of all sources and the codes of some kinds."""
    found = occurrences(study, options)
    kept, left_out = occurring(found, options)
    column = {name: number for number, name in enumerate(study.source_names)}
    cells = {number: [0] * len(column) for number in kept}
    elsewhere: dict[str, int] = {}
    for source, numbers in zip(found.sources, found.found, strict=True):
        if source not in column:
            elsewhere[source] = elsewhere.get(source, 0) + 1
            continue
        for number in numbers:
            cells[number][column[source]] += 1
    notes = (
        "1: the source has the code; 0: it has not"
        if options.unit == "source"
        else "Number of passages with the code",
        *scope_notes(study, options, options.unit),
        *left_out_note(left_out, options.unit),
        *_elsewhere_note(elsewhere),
    )
    codes = tuple(found.codes[number] for number in kept)
    rows = tuple(tuple(each) for each in cells.values())
    return EvidenceMatrix(options.unit, study.source_names, codes, rows, sentences(notes))


def evidence(study: CodedStudy, options: ReportOptions) -> TableContent:
    """The matrix as a table, by default with a row per code and a column per source."""
    matrix = evidence_matrix(study, options)
    codes = [code.name for code in matrix.codes]
    counts = "Evidence for the codes" if matrix.unit == "source" else "Passages with the codes"
    caption = f"{counts}, by source"
    first: tuple[ReportColumn, ...]
    heads: list[dict[str, Cell]]
    cells: Sequence[tuple[int, ...]]
    if options.across == "sources":
        first, names = _OF_CODES, matrix.sources
        heads = [{"code": each.name, "name": each.title, "kind": each.kind} for each in matrix.codes]
        cells = matrix.cells
    else:
        first, names = _OF_SOURCES, tuple(codes)
        heads = [
            {"source": name, "title": attribute_text(each.element, "title")}
            for name, each in study.named_sources.items()
        ]
        cells = list(zip(*matrix.cells, strict=True)) if codes else [()] * len(heads)
    # A source or code may be called as one of the first columns.
    keys = different([*(column.key for column in first), *names])[len(first) :]
    place = {key: number for number, key in enumerate(keys)}
    columns = (*first, *(ReportColumn(key, name, "number") for key, name in zip(keys, names, strict=True)))
    rows = [
        _MatrixRow({**head, "total": sum(row)}, place, row) for head, row in zip(heads, cells, strict=True)
    ]
    return TableContent(columns, rows, caption, (first[0].key, *keys), matrix.notes, messages=study.messages)


class _MatrixRow(Mapping[str, Cell]):
    """A row of the table, made of a row of the matrix. Dictionaries would take ten times the memory."""

    __slots__ = ("_cells", "_head", "_place")

    def __init__(self, head: dict[str, Cell], place: Mapping[str, int], cells: Sequence[int]) -> None:
        self._head, self._place, self._cells = head, place, cells

    def __getitem__(self, key: str) -> Cell:
        return self._head[key] if key in self._head else self._cells[self._place[key]]

    def __iter__(self) -> Iterator[str]:
        return iter((*self._head, *self._place))

    def __len__(self) -> int:
        return len(self._head) + len(self._place)


def _elsewhere_note(passages: Mapping[str, int]) -> Iterator[str]:
    """The passages that no column counts, since the modules do not declare their source."""
    if passages:
        number = counted(sum(passages.values()), "coded passage")
        yield (f"Left out: {number} of sources that the model does not declare ({first_few([*passages])})")
