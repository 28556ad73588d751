"""`codeable find`: passages of the field notes by words, codes, sources, kinds of codes and coders."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from codeable.cli.completion import declared_names
from codeable.errors import CodeableError
from codeable.reports.passages_found import FoundPassage, FoundPassages
from codeable.study import load
from codeable.study_option import Command, study_folder, study_option, utf_8
from codeable.terminal import highlighted, indented, plain, write, write_for_programs, write_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

_WORD_STYLE = "bold magenta"


def _names(
    what: str, *declarations: str, complete: Callable[..., list[str]] | None = None
) -> Callable[[Command], Command]:
    """An option that names something and may be given several times."""
    return click.option(
        *declarations, multiple=True, metavar="NAME", callback=utf_8, shell_complete=complete, help=what
    )


@click.command("find", short_help="Find passages of the field notes.")
@click.argument("words", nargs=-1, callback=utf_8, metavar="[WORD…]")
@_names("Only with this code; with one of them where several are given.", "--code", complete=declared_names)
@_names(
    "Only with this code, too; with all of them where several are given.",
    "--and",
    "also",
    complete=declared_names,
)
@_names("Only of this source.", "--source", complete=declared_names)
@_names("Only with a code of this kind, such as force or practice.", "--kind")
@_names("Only coded by this coder.", "--coder")
@click.option("--subcodes", is_flag=True, help="Count the sub-codes of a code as the code.")
@study_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    help="Text, JSON, or CSV with a row for each passage.",
)
@click.option("--excel", is_flag=True, help="CSV for a spreadsheet: no text is run as a formula.")
def find_command(
    words: tuple[str, ...],
    code: tuple[str, ...],
    also: tuple[str, ...],
    source: tuple[str, ...],
    kind: tuple[str, ...],
    coder: tuple[str, ...],
    subcodes: bool,
    study: Path | None,
    form: str,
    excel: bool,
) -> int:
    """Find passages of the field notes and show them with their codes, also passages without any.

    All words must be in a passage. A word is found by its beginning, whatever its case and accents: cost
    finds "Costs". The options narrow the search; each may be given several times. A code is given
    by its identifier, by one from before a rename, or by its display name.

    The exit status is 1 when no passage is found.
    """
    if not (words or code or also or source or kind or coder):
        raise CodeableError(
            "say what to look for: a word, --code, --and, --source, --kind or --coder",
            exit_status=2,
        )
    if excel and form == "json":
        raise CodeableError("--excel is about CSV; leave it out, or give --format csv", exit_status=2)
    found = load(study_folder(study)).find(
        *words, code=code, also=also, source=source, kind=kind, coder=coder, subcodes=subcodes
    )
    if form == "json":
        write_json(_record(found))
    elif form == "csv" or excel:
        write_for_programs(found.to_csv(excel=excel))
    else:
        write(*_text(found))
    if found.messages:
        write(*found.messages, stderr=True)
    return 0 if len(found) else 1


def _text(found: FoundPassages) -> "Iterator[RenderableType]":
    for each in found:
        yield plain(each.place, "bold")
        yield indented(highlighted(each.pieces(), _WORD_STYLE), 2)
        yield indented(f"codes: {each.code_names}" if each.codes else each.code_names, 4, "dim", hanging=2)
        yield ""
    yield plain(found.title)


def _record(found: FoundPassages) -> dict[str, Any]:
    return {"looked_for": found.looked_for, "passages": [_passage_record(each) for each in found]}


def _passage_record(found: FoundPassage) -> dict[str, Any]:
    codes = [{"identifier": code.name, "name": code.title, "kind": code.kind} for code in found.codes]
    return {**found.row(), "codes": codes, "matches": [list(mark) for mark in found.marks]}
