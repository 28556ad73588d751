"""The table `memos`: what the coders thought, with the codes that it is about."""

from codeable.reports.coded_memos import CodedMemo, coded_memos
from codeable.reports.coded_study import CodedStudy
from codeable.reports.options import ReportOptions
from codeable.reports.report_table import Cell, ReportColumn, TableContent
from codeable.reports.tables.filled import filled

_COLUMNS = (
    ReportColumn("source", "Source", "name", grouped=True),
    ReportColumn("coder", "Coder"),
    ReportColumn("file", "File", "name"),
    ReportColumn("line", "Line", "number"),
    ReportColumn("codes", "Code ids", "name"),
    ReportColumn("code_names", "Codes"),
    ReportColumn("passages", "Passages before it", "number"),
    ReportColumn("text", "Memo"),
)


def memos(study: CodedStudy, _: ReportOptions) -> TableContent:
    """One row per memo: those of the notes in their order, then those that only modules have."""
    rows = [_row(each) for each in coded_memos(study)]
    notes = (
        (
            "Codes: those that the memo names; where it names none, those of the passages that it follows.",
            "A memo is no evidence.",
        )
        if rows
        else ("There are no memos.",)
    )
    keys = filled([column.key for column in _COLUMNS], rows, {"coder"})
    return TableContent(
        _COLUMNS,
        rows,
        "Memos of the coders",
        keys,
        notes,
        on_paper=tuple(key for key in keys if key in ("source", "coder", "code_names", "text")),
    )


def _row(memo: CodedMemo) -> dict[str, Cell]:
    return {
        "source": memo.source,
        "coder": memo.coder,
        "file": memo.file,
        "line": memo.line,
        "codes": tuple(code.name for code in memo.codes),
        "code_names": tuple(code.title for code in memo.codes),
        "passages": memo.passages,
        "text": memo.text,
    }
