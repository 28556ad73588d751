"""`codeable notes build`: write a study from field notes, and report what became of it."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from codeable.errors import CodeableError
from codeable.files import shown_path
from codeable.kernel.place import shown_place
from codeable.loading import existing_folder
from codeable.notes.files import note_files_in, read_notes
from codeable.settings import is_study
from codeable.study_option import NonEmptyPath, study_folder, study_option
from codeable.terminal import indented, write
from codeable.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from codeable.notes.build import Build, Change, LeftOut

_WRITTEN = {"new": "written", "changed": "written", "edited": "written over", "conflict": "written over"}
_REMOVED = "removed: no note mentions it any more"
_KEPT = {
    "edited": "edited by hand, kept; the notes say nothing new",
    "conflict": "edited by hand or not built: kept, although the notes say something new (--force, --diff)",
    "left over": "edited by hand, but no note mentions it any more: kept (--force removes it)",
}
_MOST_PLACES = 10
"""Clashes that are shown."""


@click.command("build", short_help="Build a study from field notes.")
@click.argument("paths", nargs=-1, required=True, type=NonEmptyPath(), metavar="NOTES…")
@study_option
@click.option("--out", type=NonEmptyPath(), metavar="DIR", help="Folder of a new study, instead of --study.")
@click.option("--force", is_flag=True, help="Also write over or beside files made by hand, or remove them.")
@click.option("--diff", is_flag=True, help="Show what would change, and write nothing.")
def build_command(
    paths: tuple[Path, ...], study: Path | None, out: Path | None, force: bool, diff: bool
) -> int:
    """Build a study from field notes: modules in the order and wording of the traces.

    One module per decision and one for what belongs to none go to models/, one per source to sources/. What
    no note declares is listed and left out. A second run changes nothing; a file that was edited by hand
    stays as it is. Exits with 1 when the notes say something new about such a file.
    """
    from codeable.notes.build import apply, build, difference

    folder = _target(study, out)
    built = build(read_notes(note_files_in(paths)), folder)
    if not built.sources:
        reasons = "".join(f"\n  {one.what}: {one.reason}" for one in built.left_out if one.kind == "note")
        raise CodeableError(f"none of the files is a field note of a source:{reasons}")
    if diff:
        sys.stdout.write("".join(difference(built.changes, force=force)))
        return 0
    if built.name_clashes and not force:
        raise CodeableError(_name_clashes(built))
    made = apply(built.changes, folder, force=force)
    write(*_report(built, made, folder))
    return 1 if any(change.state == "conflict" and change not in made for change in built.changes) else 0


def _target(study: Path | None, out: Path | None) -> Path:
    """The folder that is written into."""
    if study is not None and out is not None:
        raise CodeableError("--out makes a new study, --study names one; give one of them", exit_status=2)
    if out is not None:
        if out.exists() and not out.is_dir():
            raise CodeableError(f"--out names a folder, but {out} is a file", exit_status=2)
        return out
    folder = study_folder(study)
    existing_folder(folder)
    if not is_study(folder):
        raise CodeableError(
            f"there is no study in {shown_path(folder.resolve())}; --out DIR makes a new one", exit_status=2
        )
    return folder


def _name_clashes(built: "Build") -> str:
    """Why nothing was written: what modules made by hand declare would be in the study twice."""
    lines = ["nothing was written, because modules that were not built from notes declare the same:"]
    lines += [f"  {one.name}  {one.path}:{one.line}" for one in built.name_clashes[:_MOST_PLACES]]
    if len(built.name_clashes) > _MOST_PLACES:
        lines.append(f"  and {len(built.name_clashes) - _MOST_PLACES} more")
    lines.append(
        "Name another folder with --out; `codeable check` compares the notes with these modules; --force "
        "writes beside them"
    )
    return "\n".join(lines)


def _report(built: "Build", made: "Sequence[Change]", folder: Path) -> "Iterator[RenderableType]":
    """The files, what was left out of them and why, and a summary."""
    for change in built.changes:
        if change in made:
            yield f"{change.path}  {_WRITTEN.get(change.state, _REMOVED)}"
        elif change.state in _KEPT:
            yield f"{change.path}  {_KEPT[change.state]}"
    yield from _left_out(built.left_out)
    unchanged = sum(change.state == "unchanged" for change in built.changes)
    sources, decisions = counted(built.sources, "source"), counted(built.decisions, "decision")
    files = f"{counted(len(made), 'file')} written, {unchanged} unchanged"
    yield f"{shown_path(folder)}: {sources}, {decisions}; {files}"


def _left_out(left_out: "Sequence[LeftOut]") -> "Iterator[RenderableType]":
    """What was left out, each with its reason."""
    if left_out:
        yield f"\nleft out ({counted(len(left_out), 'time')}):"
    for one in left_out:
        if one.kind == "note":
            yield indented(f"{shown_path(one.what)}: {one.reason}", 2)
            continue
        yield indented(f"{shown_place(one.span)}: {one.reason}", 2)
        yield indented(one.what, 6, most_lines=1)
    if left_out:
        yield ""
