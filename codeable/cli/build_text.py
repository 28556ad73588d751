"""What building a study from notes came to, on a terminal."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from codeable.cli.notes_text import WIDTH, counted, shortened
from codeable.files import shown_path
from codeable.text import printable

if TYPE_CHECKING:
    from codeable.notes.build import Build, Change, LeftOut

__all__ = ["report", "told_elsewhere"]

_DONE = {"new": "written", "changed": "written", "edited": "written over", "conflict": "written over"}
_GONE = "removed: no note speaks of it any more"
_KEPT = {
    "edited": "edited by hand, kept; the notes say nothing new",
    "conflict": "edited by hand or not built: kept, although the notes say something new (--force, --diff)",
    "left over": "edited by hand, but no note speaks of it any more: kept (--force removes it)",
}

_MOST_PLACES = 10
"""Places of an undeclared code that are told."""


def report(built: "Build", made: "Sequence[Change]", folder: Path) -> str:
    """The files, what was left out of them and why, and a summary."""
    lines = [*_files(built, made), *_undeclared(built.left_out), *_left_out(built.left_out)]
    unchanged = sum(change.state == "unchanged" for change in built.changes)
    numbers = [counted(built.sources, "source"), counted(built.decisions, "decision")]
    summary = f"{shown_path(folder)}: {', '.join(numbers)}; {counted(len(made), 'file')} written"
    lines.append(f"{summary}, {unchanged} unchanged")
    return "\n".join(lines)


def told_elsewhere(built: "Build") -> str:
    """Why nothing was written: what modules that were made by hand declare would be in the study twice."""
    lines = ["nothing was written, because modules that were not built from notes declare the same:"]
    lines += [f"  {one.name}  {one.path}:{one.line}" for one in built.elsewhere[:_MOST_PLACES]]
    if len(built.elsewhere) > _MOST_PLACES:
        lines.append(f"  and {len(built.elsewhere) - _MOST_PLACES} more")
    lines.append(
        "Name another folder with --out; `codeable check` compares the notes with these modules; --force "
        "writes beside them"
    )
    return "\n".join(lines)


def _files(built: "Build", made: "Sequence[Change]") -> Iterator[str]:
    for change in built.changes:
        if change in made:
            yield f"{printable(change.path)}  {_DONE.get(change.state, _GONE)}"
        elif change.state in _KEPT:
            yield f"{printable(change.path)}  {_KEPT[change.state]}"


def _undeclared(left_out: "Sequence[LeftOut]") -> Iterator[str]:
    """The undeclared codes, each with its places and the likely reason."""
    by_name: dict[str, list[LeftOut]] = {}
    for one in left_out:
        if one.kind == "undeclared":
            by_name.setdefault(one.what, []).append(one)
    if by_name:
        yield f"\nleft out, because no note declares them ({counted(len(by_name), 'code')}):"
    for name, places in by_name.items():
        told = [f"{shown_path(one.span.path)}:{one.span.line}" for one in places[:_MOST_PLACES]]
        more = len(places) - len(told)
        where = ", ".join(told) + (f" and {more} more" if more else "")
        yield f"  {printable(name)}{_reason(places[0].reason)}"
        yield f"      {printable(where)}"


def _left_out(left_out: "Sequence[LeftOut]") -> Iterator[str]:
    """Everything else that was left out."""
    others = [one for one in left_out if one.kind != "undeclared"]
    if others:
        yield f"\nleft out ({counted(len(others), 'time')}):"
    for one in others:
        if one.kind == "note":
            yield f"  {printable(shown_path(one.what))}: {printable(one.reason)}"
            continue
        yield f"  {printable(shown_path(one.span.path))}:{one.span.line}: {printable(one.reason)}"
        yield f"      {shortened(one.what, WIDTH - 6)}"
    if left_out:
        yield ""


def _reason(reason: str) -> str:
    return f" ({printable(reason)})" if reason else ""
