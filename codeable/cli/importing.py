"""`codeable import`: take the project, the codes or the sources of another tool into a study."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from codeable.errors import CodeableError
from codeable.exchange.catalogue import IMPORT_FORMATS, format_named
from codeable.files import shown_path
from codeable.settings import is_study
from codeable.study_option import NonEmptyPath, next_commands, study_folder, study_option, utf_8
from codeable.terminal import aligned, console, indented, plain, write
from codeable.text import counted, did_you_mean, printable

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from rich.console import RenderableType

    from codeable.exchange.incoming.planned import ImportOptions
    from codeable.exchange.incoming.run import PlannedImport
    from codeable.notes.build import Change

_DONE = {"new": "written", "changed": "changed"}
_MOST_LISTED = 20


def _format_names(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    return [name for name in IMPORT_FORMATS if name.startswith(incomplete)]


@click.command("import", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("file", type=NonEmptyPath(), required=False)
@study_option
@click.option(
    "--format",
    "name",
    metavar="NAME",
    callback=utf_8,
    shell_complete=_format_names,
    help="What the file is.  [default: what its ending says]",
)
@click.option("--only", metavar="NAME", callback=utf_8, help="The one of its projects or sheets to import.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    metavar="PATTERN=KIND",
    callback=utf_8,
    help="Kind of the codes with such a path, as 'Forces/*=force'; the first that fits counts.",
)
@click.option("--coder", metavar="NAME", callback=utf_8, help="Who coded, where the file does not say so.")
@click.option(
    "--update", is_flag=True, help="Fill in empty fields of field notes, and kinds and texts that codes lack."
)
@click.option("--no-texts", is_flag=True, help="Do not keep the whole texts of sources in texts/.")
@click.option("--diff", is_flag=True, help="Show what would change, and write nothing.")
@click.option("--list", "list_only", is_flag=True, help="Only list the formats.")
def import_command(
    file: Path | None,
    study: Path | None,
    name: str | None,
    only: str | None,
    kinds: tuple[str, ...],
    coder: str | None,
    update: bool,
    no_texts: bool,
    diff: bool,
    list_only: bool,
) -> int:
    """Take the project, the codes or the sources of another tool into a study.

    `codeable import --list` shows the formats. Codes become a module in models/, sources field notes with
    their passages and traces, as a person writes them; then the modules of the sources are built. With
    --study DIR, a study is started where DIR holds none. What the study has already stays as it is, so
    importing a file again changes nothing. All files are written, or none.

    Exits with 1 when something of the file that somebody would miss was left out, or differs from the study;
    it is named.
    """
    if list_only:
        rows = [(each.name, " ".join(each.endings), each.what) for each in IMPORT_FORMATS.values()]
        write(aligned(rows, indent=0))
        return 0
    if file is None:
        raise CodeableError(
            "name the file to import; `codeable import --list` shows what is read", exit_status=2
        )
    from codeable.exchange.incoming.run import planned_import
    from codeable.exchange.readers.reading import format_of_file, read_project
    from codeable.notes.build import apply, difference

    options = _options(kinds, coder, update)
    folder = _folder(study)
    file_format = format_named(name, IMPORT_FORMATS, "import") if name is not None else format_of_file(file)
    with _working(f"reading {shown_path(file)}"):
        project = read_project(file, file_format, only)
    parts = counted(len(project.codes), "code"), counted(len(project.sources), "source")
    with _working(f"planning {', '.join(parts)}"):
        planned = planned_import(project, folder, options, with_texts=not no_texts)
    if diff:
        text = "".join(difference(planned.changes))
        sys.stdout.write(printable(text) if sys.stdout.isatty() else text)
    else:
        write(*_files(apply(planned.changes, folder)))
    write(*planned.messages, *_what_is_lost(planned), stderr=True)
    write(_summary(planned, folder, diff=diff), stderr=diff)
    if planned.changes and not diff:
        write(next_commands(folder, *_next(planned)), stderr=True)
    return 0 if planned.is_complete else 1


def _working(what: str) -> "AbstractContextManager[object]":
    """Shows on a terminal what goes on while it takes long."""
    if not sys.stderr.isatty():
        return nullcontext()
    return console(stderr=True).status(plain(f"{what} …"))


def _options(kinds: Sequence[str], coder: str | None, update: bool) -> "ImportOptions":
    from codeable.exchange.incoming.code_kinds import METACLASSES
    from codeable.exchange.incoming.planned import ImportOptions

    by_pattern = {}
    for given in kinds:
        pattern, _, kind = given.rpartition("=")
        if not pattern.strip() or kind.strip() not in METACLASSES:
            near = did_you_mean(kind.strip(), METACLASSES) if pattern.strip() else ""
            raise CodeableError(
                f"--kind {given!r} is not PATTERN=KIND, such as 'Forces/*=force'{near}\n"
                f"The kinds are: {', '.join(METACLASSES)}",
                exit_status=2,
            )
        by_pattern[pattern.strip()] = kind.strip()
    if coder is not None and not coder.strip():
        raise CodeableError("--coder is empty; name who coded", exit_status=2)
    return ImportOptions(kinds=by_pattern, update=update, coder=" ".join((coder or "").split()) or None)  # type: ignore[arg-type]  # checked above


def _folder(study: Path | None) -> Path:
    """The study's folder. Only a folder that is named becomes a new study."""
    folder = study_folder(study)
    if folder.exists() and not folder.is_dir():
        raise CodeableError(f"{shown_path(folder)} is a file; a study is a folder", exit_status=2)
    if study is None and not is_study(folder):
        where = shown_path(folder.resolve())
        raise CodeableError(
            f"there is no study in {where}; -C DIR starts one in another folder, -C . here", exit_status=2
        )
    return folder.resolve()


def _files(made: "Sequence[Change]") -> "Iterator[RenderableType]":
    """The files that were written."""
    shown = [change for change in made if not change.path.endswith(".gitkeep")]
    yield from _first([f"{change.path}  {_DONE[change.state]}" for change in shown], "other file")


def _first(lines: Sequence[str], other: str) -> list[str]:
    """The first of many lines, with the number of the others."""
    more = len(lines) - _MOST_LISTED
    return [*lines[:_MOST_LISTED], *([f"… and {counted(more, other)}"] if more > 0 else [])]


def _what_is_lost(planned: "PlannedImport") -> "Iterator[RenderableType]":
    """What was left out, and what differs."""
    if planned.not_taken_over:
        yield "not taken over:"
        yield from (indented(each.sentence, 2) for each in planned.not_taken_over)
    if planned.differences:
        yield "the file says something else than the study, which stays as it is:"
    differences = _first([each.sentence for each in planned.differences], "other difference")
    yield from (indented(each, 2) for each in differences)


def _summary(planned: "PlannedImport", folder: Path, *, diff: bool) -> str:
    where = shown_path(folder)
    numbers = {
        "code": len(planned.codes.new),
        "source": planned.new_sources,
        "passage": planned.notes.passages,
        "coding": planned.notes.codings,
    }
    added = ", ".join(counted(number, what) for what, number in numbers.items() if number)
    if not planned.changes:
        what = "nothing is new"
    elif not added:
        what = f"{counted(len(planned.changes), 'file')} changed"
    else:
        what = f"{added} {'would be added' if diff else 'added'}"
    return f"{'' if where == '.' else f'{where}: '}{what}"


def _next(planned: "PlannedImport") -> Iterable[tuple[str, str]]:
    yield "check", "checks what came, and asks for what is missing"
    if planned.codes.new:
        yield "list", "lists the codes with their evidence"
    elif planned.new_sources:
        yield "notes list", "lists the field notes, which are to be coded"
