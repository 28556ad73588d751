"""`codeable export`: write a study in a format that other tools read."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from codeable.errors import CodeableError
from codeable.exchange.catalogue import EXPORT_FORMATS, format_named
from codeable.files import shown_path
from codeable.study_option import NonEmptyPath, study_folder, study_option, utf_8
from codeable.terminal import aligned, plain, write, write_for_programs
from codeable.text import counted

if TYPE_CHECKING:
    from codeable.exchange.export import ExportReport

_TEXTS = (".dot", ".graphml", ".json", ".mmd", ".puml", ".qdc")
"""Endings of what may be shown on a terminal."""


def _format_names(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    return [name for name in EXPORT_FORMATS if name.startswith(incomplete)]


@click.command("export", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("name", metavar="FORMAT", required=False, callback=utf_8, shell_complete=_format_names)
@study_option
@click.option(
    "--out",
    type=NonEmptyPath(),
    metavar="PLACE",
    help="File, folder or zip to write; - writes to stdout.  [default: in the folder exports/ of the study]",
)
@click.option(
    "--view",
    metavar="NAME",
    callback=utf_8,
    help="The view that a text of a figure shows.  [default: overview]",
)
@click.option(
    "--texts",
    is_flag=True,
    help="A project has the whole texts of sources in texts/, not only their passages.",
)
@click.option("--excel", is_flag=True, help="CSV for a spreadsheet: no text is run as a formula.")
@click.option("--list", "list_only", is_flag=True, help="Only list the formats.")
def export_command(
    name: str | None,
    study: Path | None,
    out: Path | None,
    view: str | None,
    texts: bool,
    excel: bool,
    list_only: bool,
) -> int:
    """Write a study in a format that other tools read.

    `codeable export --list` shows the formats. csv and madr are several files: a folder of them, or one zip
    if the place ends with .zip. A file that codeable did not make is never replaced.

    Exits with 1 when something of the study that somebody would miss is not in the files; it is named.
    """
    if list_only:
        write(aligned([(each.name, each.ending, each.what) for each in EXPORT_FORMATS.values()], indent=0))
        return 0
    if name is None:
        raise CodeableError(
            f"name a format: {', '.join(EXPORT_FORMATS)}; `codeable export --list` says what each is",
            exit_status=2,
        )
    from codeable.coded.coded_study import CodedStudy
    from codeable.exchange.export import export, export_for_stdout
    from codeable.exchange.exported import ExportOptions
    from codeable.loading import load_folder
    from codeable.notes.files import notes_of_study

    file_format = format_named(name, EXPORT_FORMATS, "export")
    options = ExportOptions(view=view, texts=texts, excel=excel)
    folder = study_folder(study)
    registry = load_folder(folder)
    coded = CodedStudy(registry, notes_of_study(folder, registry.settings))
    if out == Path("-"):
        if sys.stdout.isatty() and (file_format.has_several_files or file_format.ending not in _TEXTS):
            raise CodeableError(
                "this is no text that a terminal can show; name a file with --out, or use a pipe",
                exit_status=2,
            )
        made, data = export_for_stdout(coded, name, options)
        write_for_programs(data)
        _warn(made.sentences)
        return int(made.has_loss)
    report = export(coded, name, out, options)
    write(f"{shown_path(report.path)}: {_what_became_of(report)}")
    _warn(report.sentences)
    return int(report.made.has_loss)


def _what_became_of(report: "ExportReport") -> str:
    files = report.files
    written = sum(each.state == "written" for each in files)
    if report.path == files[0].path:
        return files[0].state
    parts = [f"{counted(written, 'file')} written"] if written else []
    parts += [f"{counted(len(files) - written, 'file')} unchanged"] if written < len(files) else []
    return ", ".join(parts)


def _warn(sentences: Iterable[str]) -> None:
    for each in sentences:
        write(plain(each), stderr=True)
