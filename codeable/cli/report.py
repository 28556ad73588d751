"""`codeable report`: write the tables, plots and texts of a study for a paper."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from codeable.cli.completion import report_names
from codeable.errors import CodeableError
from codeable.files import shown_path
from codeable.render.command import format_option
from codeable.reports.request import DEFAULT_FORMATS, FORMATS, ReportRequest
from codeable.study_option import Command, NonEmptyPath, study_folder, study_option, utf_8
from codeable.terminal import aligned, facts, plain, write, write_for_programs

if TYPE_CHECKING:
    from codeable.reports.catalogue import ReportDefinition


def _words_option(name: str, what: str, **more: Any) -> Callable[[Command], Command]:
    """An option that may be given several times, each time with several words: None, or all of them."""

    def read(context: click.Context, option: click.Parameter, values: tuple[str, ...]) -> object:
        words = [word.strip() for value in utf_8(context, option, values) for word in value.split(",")]
        if values and not any(words):  # as of a variable of a shell that is not set
            raise CodeableError(f"{name} names nothing; name something, or leave it out", exit_status=2)
        return tuple(filter(None, words)) if values else None

    return click.option(name, multiple=True, callback=read, metavar="NAMES", help=what, **more)


@click.command("report", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("names", nargs=-1, callback=utf_8, metavar="[NAME…]", shell_complete=report_names)
@study_option
@_words_option("--only", "Only these reports, as NAME… does.", shell_complete=report_names)
@click.option(
    "--out",
    type=NonEmptyPath(),
    metavar="DIR",
    help="Folder for the files; - writes one report to stdout.  [default: reports/]",
)
@format_option(FORMATS, DEFAULT_FORMATS)
@click.option("--list", "list_only", is_flag=True, help="Only list the reports; of NAME… the options, too.")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if a file is out of date.")
@click.option("--prune", is_flag=True, help="Remove the files that no report makes any more.")
@click.option("--watch", is_flag=True, help="Write again after each saved file, until interrupted.")
@click.option("--quiet", "-q", is_flag=True, help="Show failures and warnings only.")
@click.option(
    "--excel", is_flag=True, default=None, help="CSV for a spreadsheet: no text is run as a formula."
)
@_words_option("--columns", "Columns, in this order.")
@_words_option("--order", "Columns to sort by; -NAME: largest first.")
@click.option("--rows", type=int, metavar="NUMBER", help="Rows of a table at most.")
@click.option("--width", metavar="HOW", help="column or page: the width in a paper.")
@click.option("--unit", metavar="HOW", help="What is counted: source or passage.")
@_words_option("--kinds", "Kinds of codes that count.")
@click.option(
    "--decision", "decisions", multiple=True, callback=utf_8, metavar="NAME", help="Only this decision."
)
@_words_option("--coders", "Coders that are compared.")
def report_command(
    names: tuple[str, ...],
    only: tuple[str, ...] | None,
    study: Path | None,
    list_only: bool,
    watch: bool,
    quiet: bool,
    **given: Any,
) -> int:
    """Write the tables, plots and texts of a study for a paper.

    NAME is a report, such as sources; `codeable report --list` shows all. Without a name, all are written but
    those on request. The options from --columns on are options of the reports, for this run only; the table
    [tool.codeable.reports.NAME] in pyproject.toml sets them for every run.

    Exits with 1 when a report failed, or --check finds a file out of date.
    """
    folder = study_folder(study)
    if given["check"] and given["prune"]:
        raise CodeableError(
            "--check writes nothing and --prune removes files; give one of them", exit_status=2
        )
    if list_only:
        return _list(folder, (*names, *(only or ())))
    of_request = {key: given.pop(key) for key in ("out", "formats", "check", "prune", "excel")}
    options = {key: value for key, value in given.items() if value not in (None, ())}
    request = ReportRequest(names=(*names, *(only or ())), given=options, **of_request)
    if request.out == Path("-"):
        return _to_stdout(folder, request, watch=watch)
    _check_out(request.out)
    if watch:
        from codeable.reports.run import watch_reports

        return watch_reports(folder, request, quiet=quiet)
    from codeable.reports.run import run_once

    return run_once(folder, request, quiet=quiet).exit_status


def _check_out(out: Path | None) -> None:
    """Refuse the name of a file that is to be written; a folder that is there may have any name.

    Raises:
        CodeableError: It is such a name; exit status 2.
    """
    ending = out.suffix.lower().removeprefix(".") if out is not None else ""
    if out is not None and ending in FORMATS and not out.exists():
        raise CodeableError(
            f"--out names a folder, and {shown_path(out)} looks like a file; "
            f"`codeable report NAME --format {ending} --out -` writes one report to stdout",
            exit_status=2,
        )


def _to_stdout(study: Path, request: ReportRequest, *, watch: bool) -> int:
    if watch or request.check or request.prune:
        raise CodeableError(
            "--out - writes no file, so give neither --check, --prune nor --watch", exit_status=2
        )
    from codeable.reports.standard_output import report_for_stdout

    messages, data = report_for_stdout(study, request)
    for message in messages:
        write(plain(message), stderr=True)
    write_for_programs(data)
    return 0


def _list(study: Path, names: tuple[str, ...]) -> int:
    """List all reports; of those that are named, also their options."""
    from codeable.coded.coded_study import CodedStudy
    from codeable.loading import load_folder
    from codeable.reports.catalogue import definitions, named

    coded = CodedStudy(load_folder(study))
    if not names:
        rows = [(each.name, each.family, ",".join(each.formats), _what(each)) for each in definitions(coded)]
        write(aligned(rows, indent=0))
        return 0
    for each in named(coded, names):
        lines = [
            _what(each),
            f"formats: {', '.join(each.formats)}",
            f"options: {', '.join(each.options) or 'none'}",
        ]
        write(facts([(f"{each.name}, a {each.family}", lines)], indent=0))
    return 0


def _what(definition: "ReportDefinition") -> str:
    return definition.what + ("" if definition.is_default else " (on request)")
