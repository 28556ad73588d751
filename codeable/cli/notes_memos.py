"""`codeable notes memos`: list what the coders thought."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import asdict, frozen

from codeable.cli.named_notes import notes_named
from codeable.files import shown_path
from codeable.notes import FieldNote
from codeable.notes.mentions import names_mentioned
from codeable.notes.thoughts import thoughts_in
from codeable.study_option import NonEmptyPath, study_and_paths, study_option
from codeable.terminal import indented, plain, write, write_json
from codeable.text import counted

if TYPE_CHECKING:
    from rich.console import RenderableType


@frozen
class ListedMemo:
    """A memo: the source of its note, who wrote it, where, the codes that it names, title and text."""

    source: str
    coder: str | None
    file: str
    line: int
    codes: tuple[str, ...]
    title: str
    text: str


@click.command("memos", short_help="List the memos in field notes.")
@click.argument("paths", nargs=-1, type=NonEmptyPath(), metavar="[NOTES…]")
@study_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Text or JSON.")
def memos_command(paths: tuple[Path, ...], study: Path | None, form: str) -> None:
    """List the memos in field notes, with the codes that they name.

    A memo is a paragraph that begins with **MEMO:**, or the value "memo" of a declaration. It is never
    evidence. NOTES are files or folders. Without any, the notes of the study are read.
    """
    notes = [note for note in notes_named(*study_and_paths(study, paths)) if not note.is_template]
    memos = list(_memos(notes))
    if form == "json":
        write_json({"memos": [asdict(memo) for memo in memos]})
    elif memos:
        write(*_text(memos))
    else:
        write("there are no memos; a paragraph of a note that begins with **MEMO:** is one")


def _memos(notes: Sequence[FieldNote]) -> Iterator[ListedMemo]:
    """The memos of notes, in the order of the notes and in each from top to bottom."""
    known = {name.name for note in notes for one in note.statements for name in names_mentioned(one)}
    for note in notes:
        for memo in thoughts_in(note):
            if memo.kind == "memo":
                codes = tuple(name for name in memo.names if name in known)
                file = shown_path(memo.span.path)
                where = (memo.source or "?", memo.coder, file, memo.span.line)
                yield ListedMemo(*where, codes, memo.title, memo.text)


def _text(memos: Sequence[ListedMemo]) -> "Iterator[RenderableType]":
    for memo in memos:
        about = f"  {', '.join(memo.codes)}" if memo.codes else ""
        by = f"  by {memo.coder}" if memo.coder else ""
        title = f"  ({memo.title})" if memo.title else ""
        yield plain(f"{memo.source}  {memo.file}:{memo.line}{by}{about}{title}", "bold")
        yield indented(memo.text, 2)
        yield ""
    yield counted(len(memos), "memo")
