"""The table `memos`: what the coders thought, with the codes that it is about."""

from codeable.coded.coded_memos import CodedMemo, coded_memos
from codeable.coded.coded_study import CodedStudy
from codeable.reports.options import ReportOptions
from codeable.reports.report_table import Cell, ReportColumn, TableContent

_COLUMNS = (
    ReportColumn("source", "Source", "name", grouped=True),
    ReportColumn("coder", "Coder", optional=True),
    ReportColumn("file", "File", "name", paper="never"),
    ReportColumn("line", "Line", "number", paper="never"),
    ReportColumn("codes", "Code ids", "name", paper="never"),
    ReportColumn("code_names", "Codes"),
    ReportColumn("passages", "Passages before it", "number", paper="never"),
    ReportColumn("title", "Title", optional=True),
    ReportColumn("text", "Memo", "quotation"),
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
    return TableContent(_COLUMNS, rows, "Memos of the coders", notes=notes)


def _row(memo: CodedMemo) -> dict[str, Cell]:
    return {
        "source": memo.source,
        "coder": memo.coder,
        "file": memo.file,
        "line": memo.line,
        "codes": tuple(code.name for code in memo.codes),
        "code_names": tuple(code.title for code in memo.codes),
        "passages": memo.passages,
        "title": memo.title or None,
        "text": memo.text,
    }
