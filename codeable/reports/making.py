"""Makes the reports of a run, each with its files. One that fails fails alone. Called by `job`."""

import contextlib
from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from codeable.coded.coded_study import CodedStudy
from codeable.errors import CodeableError
from codeable.reports.catalogue import make
from codeable.reports.document import ReportDocument, ReportFile
from codeable.reports.manifest import MANIFEST, is_plain_name
from codeable.reports.report_table import ReportTable
from codeable.reports.selection import EVERY_TABLE, Selected
from codeable.text import shortened, shown


@frozen
class MadeReport:
    """A report that was made, or why it could not be.

    Attributes:
        name: Its name.
        formats: The formats in which it was made.
        files: Its files, each with its format.
        messages: What a user must know before it is used.
        failures: Why it could not be made, by the name of what is missing: a file, or the report itself.
    """

    name: str
    formats: tuple[str, ...] = ()
    files: tuple[tuple[str, ReportFile], ...] = ()
    messages: tuple[str, ...] = ()
    failures: tuple[tuple[str, str], ...] = ()


def made_reports(study: CodedStudy, chosen: Iterable[Selected], title: str) -> Iterator[MadeReport]:
    """The reports of a run, each when it is made; the page of all tables is the last.

    Args:
        study: The study.
        chosen: The reports.
        title: The title of the page of all tables.

    Raises:
        CodeableError: The options of a report are wrong; exit status 2.
    """
    tables: list[ReportTable] = []
    for each in chosen:
        name = each.definition.name
        with alone() as failure:
            document = make(study, each.definition, each.given)
        if failure:
            yield MadeReport(name, failures=((name, failure[0]),))
            continue
        yield _in_all_formats(document, each)
        if isinstance(document, ReportTable) and "html" in each.formats and each.in_page:
            tables.append(document)
    if tables:
        yield _page(title, tables)


def _in_all_formats(document: ReportDocument, chosen: Selected) -> MadeReport:
    name = chosen.definition.name
    made: list[str] = []
    files: list[tuple[str, ReportFile]] = []
    failures: list[tuple[str, str]] = []
    for file_format in chosen.formats:
        with alone() as failure:
            found = [(file_format, file) for file in _files(document, file_format, own_page=chosen.own_page)]
        if failure:
            failures.append((f"{name}.{file_format}", failure[0]))
        else:
            made.append(file_format)
            files += found
    messages = (*document.messages, *(message for _, file in files for message in file.messages))
    return MadeReport(name, tuple(made), tuple(files), messages, tuple(failures))


def _files(document: ReportDocument, file_format: str, *, own_page: bool) -> Iterator[ReportFile]:
    if isinstance(document, ReportTable) and file_format == "html":
        if own_page:
            yield ReportFile(f"{document.name}.html", document.to_html().encode("utf-8"))
        return
    for file in document.files((file_format,)):
        if not is_plain_name(file.name) or file.name == MANIFEST:
            raise CodeableError(
                f"{shown(file.name)} cannot be the name of a file; give the report another name"
            )
        yield file


def _page(title: str, tables: list[ReportTable]) -> MadeReport:
    from codeable.reports.formats.html_tables import tables_page

    with alone() as failure:
        page = ReportFile(EVERY_TABLE, tables_page(title, tables).encode("utf-8"))
    if failure:
        return MadeReport(EVERY_TABLE, failures=((EVERY_TABLE, failure[0]),))
    return MadeReport(EVERY_TABLE, ("html",), (("html", page),))


def split_messages(
    study: CodedStudy, made: Sequence[MadeReport]
) -> tuple[tuple[str, ...], list[tuple[str, tuple[str, ...]]]]:
    """The messages that are about the study and concern one of these reports; then the others by report."""
    said = {message for report in made for message in report.messages}
    of_study = tuple(message for message in study.messages if message in said) if said else ()
    return of_study, [
        (report.name, tuple(message for message in report.messages if message not in of_study))
        for report in made
    ]


@contextlib.contextmanager
def alone() -> Iterator[list[str]]:
    """Keep the failure of one report from the others: it is in the list. Wrong options end the run."""
    failure: list[str] = []
    try:
        yield failure
    except CodeableError as error:
        if error.exit_status == 2:
            raise
        failure.append(error.message)
    except Exception as error:
        failure.append(f"{type(error).__name__}: {shortened(str(error))}")
