"""One report for stdout, as another program or a pipe reads it. Called by the command."""

from pathlib import Path

from attrs import evolve

from codeable.coded.coded_study import CodedStudy
from codeable.errors import CodeableError
from codeable.loading import load_folder
from codeable.reports.job import coded_study
from codeable.reports.making import made_reports, split_messages
from codeable.reports.request import FORMATS, ReportRequest, RunSettings, run_settings
from codeable.reports.selection import selected
from codeable.text import counted, first_few

_JOINABLE = ("tex", "md", "bib")
"""The formats of which several texts, one after the other, are a text again."""


def report_for_stdout(study: Path, request: ReportRequest) -> tuple[tuple[str, ...], bytes]:
    """One report in one format: the format of the request, else Markdown, else the first that it has.

    In a format that is no text, the parts of a report are left out, and named in a message.

    Args:
        study: The study's folder.
        request: The report; several may be asked for as LaTeX or Markdown, and as one page.

    Returns:
        Messages, and what is written.

    Raises:
        CodeableError: The request is not about one report in one format (exit status 2), or the report fails.
    """
    if not request.names:
        raise CodeableError(
            "--out - writes one report; name it, as in: codeable report sources --out -", exit_status=2
        )
    if request.formats is not None and len(request.formats) > 1:
        formats = ", ".join(request.formats)
        raise CodeableError(f"--out - writes one format, not {formats}; name one", exit_status=2)
    registry = load_folder(study)
    coded = coded_study(registry)
    settings = run_settings(registry)
    file_format = request.formats[0] if request.formats else _best_format(coded, request, settings)
    chosen = selected(coded, evolve(request, formats=(file_format,)), settings)
    parts = [each.definition.name for each in chosen if each.definition.name not in request.names]
    if file_format in _JOINABLE:
        parts = []
    chosen = tuple(each for each in chosen if each.definition.name not in parts)
    made = list(made_reports(coded, chosen, registry.settings.name))
    failed = [f"{name}: {reason}" for each in made for name, reason in each.failures]
    if failed:
        raise CodeableError("\n".join(failed))
    files = [file for each in made for _, file in each.files if file.name.endswith(f".{file_format}")]
    if len(files) != 1 and file_format not in _JOINABLE:
        raise _several_files(request)
    of_study, of_reports = split_messages(coded, made)
    messages = [*of_study, *(f"{name}: {one}" for name, several in of_reports for one in several)]
    if parts:
        messages.append(f"left out: {first_few(parts, 5)}; --out DIR writes all")
    for each in made:
        beside = [file.name for _, file in each.files if not file.name.endswith(f".{file_format}")]
        if beside:
            verb = "is" if len(beside) == 1 else "are"
            left_out = f"{counted(len(beside), 'file')} beside it {verb} left out"
            messages.append(f"{each.name}: {left_out}: {first_few(beside, 5)}; --out DIR writes all")
    return tuple(dict.fromkeys(messages)), b"\n".join(file.data for file in files)


def _best_format(coded: CodedStudy, request: ReportRequest, settings: RunSettings) -> str:
    """Markdown where all named reports have it, else the first format that they have."""
    every = selected(coded, evolve(request, formats=FORMATS), settings)
    for file_format in ("md", *every[0].formats):
        if {each.definition.name for each in every if file_format in each.formats} >= {*request.names}:
            return file_format
    raise _several_files(request)


def _several_files(request: ReportRequest) -> CodeableError:
    message = (
        f"--out - writes one file, and {', '.join(request.names)} would be several; --out DIR writes them"
    )
    return CodeableError(f"{message}, and --format md has them as one text", exit_status=2)
