"""`codeable notes`: begin, list and show field notes, and build a study from them (see `notes_build`)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from codeable.cli.named_notes import notes_named
from codeable.cli.notes_build import build_command
from codeable.cli.notes_memos import memos_command
from codeable.cli.notes_new import new_command
from codeable.errors import CodeableError
from codeable.loading import load_folder
from codeable.notes import FieldNote, read_note
from codeable.notes.mentions import codes_mentioned
from codeable.notes.model import (
    AxialTrace,
    BrokenStatement,
    CodeMention,
    DeclarationStatement,
    ForceStatement,
    Memo,
    OpenTrace,
    OptionStatement,
    RelationStatement,
    TraceStatement,
)
from codeable.notes.quotation import line_range
from codeable.settings import is_study
from codeable.study_option import NonEmptyPath, next_commands, study_and_paths, study_option
from codeable.terminal import facts, indented, plain, table, write
from codeable.text import counted, did_you_mean

if TYPE_CHECKING:
    from rich.console import RenderableType

    from codeable.checks import Diagnostic

_NOUNS: dict[type[TraceStatement], str] = {
    CodeMention: "mention",
    OptionStatement: "option",
    ForceStatement: "force relation",
    RelationStatement: "relation",
    BrokenStatement: "broken statement",
}


@click.group("notes")
def notes_command() -> None:
    """Begin, list and show field notes, and build a study from them."""


notes_command.add_command(build_command)
notes_command.add_command(memos_command)
notes_command.add_command(new_command)


@notes_command.command("list", short_help="List field notes.")
@click.argument("paths", nargs=-1, type=NonEmptyPath(), metavar="[NOTES…]")
@study_option
def list_command(paths: tuple[Path, ...], study: Path | None) -> None:
    """List field notes: what each is about and how much it holds.

    NOTES are files or folders. Without any, the notes of the study are listed.
    """
    folder, others = study_and_paths(study, paths)
    notes = notes_named(folder, others)
    if not notes:
        write("there are no field notes (*.md beside the sources, or where the settings say: notes = [...])")
        if folder is not None:
            write(next_commands(folder, ("notes new s1", "begins the note of the first source")))
        return
    counts = ["passages", "traces", "codes", "problems"]
    coders = ["coder"] if any(note.coder for note in notes) else []
    rows = [
        (
            "empty" if note.is_template else note.identifier or "?",
            *(note.coder or "" for _ in coders),
            str(len(note.passages)),
            str(len(note.open_traces) + len(note.axial_traces)),
            str(len(codes_mentioned(note, {}))),
            str(0 if note.is_template else len(note.problems)),
            note.title or note.path,
        )
        for note in notes
    ]
    write(table(["source", *coders, *counts, "title"], rows, right=counts, whole=["source"]))
    empty = sum(note.is_template for note in notes)
    write(counted(len(notes) - empty, "note") + (", and the empty one for new notes" if empty else ""))


@notes_command.command("show", short_help="Show one field note.")
@click.argument("name")
@click.argument("paths", nargs=-1, type=NonEmptyPath(), metavar="[NOTES…]")
@study_option
def show_command(name: str, paths: tuple[Path, ...], study: Path | None) -> None:
    """Show one field note: its metadata, the codes that it mentions, its traces, its diagnostics.

    NAME is the source, such as s44, or the file of the note. NOTES are the files or folders in which the note
    is looked for; without any, these are the notes of the study.
    """
    file = Path(name)
    folder, notes = None, []
    if not file.is_file() or study is not None or paths or is_study(Path()):
        folder, others = study_and_paths(study, paths)
        notes = notes_named(folder, others)
    note = _note_in(notes, file) if file.is_file() else _note_about(notes, name)
    if note is None:
        note = read_note(file)
        notes, folder = [note], None
    write(*_shown(note, _diagnostics(note, notes, folder)))


def _note_in(notes: Iterable[FieldNote], file: Path) -> FieldNote | None:
    return next((note for note in notes if Path(note.path).resolve() == file.resolve()), None)


def _note_about(notes: Sequence[FieldNote], name: str) -> FieldNote:
    found = [note for note in notes if note.identifier == name]
    if not found:
        hint = did_you_mean(name, [note.identifier for note in notes])
        raise CodeableError(
            f"there is no field note about {name!r}{hint}\n`codeable notes list` lists those there are",
            exit_status=2,
        )
    if len(found) > 1:
        files = ", ".join(each.path for each in found)
        raise CodeableError(f"several notes are about {name!r}: {files}; name the file", exit_status=2)
    return found[0]


def _diagnostics(note: FieldNote, notes: Sequence[FieldNote], folder: Path | None) -> "list[Diagnostic]":
    """The diagnostics of a note. It is compared with the model where there is one that loads."""
    from codeable.checks import check

    try:
        loaded = load_folder(folder) if folder is not None else None
    except CodeableError:
        loaded = None
    return [one for one in check(notes, loaded).diagnostics if one.span.path == note.path]


def _shown(note: FieldNote, diagnostics: "Sequence[Diagnostic]") -> "Iterator[RenderableType]":
    """One note with all that it holds, in parts with blank lines between them."""
    yield indented(f"{note.identifier or '?'}  {note.title}".rstrip(), 0, "bold", hanging=2)
    yield f"  {note.path}{f'  coded by {note.coder}' if note.coder else ''}"
    if note.fields:
        yield ""
        yield facts((field.name, [field.value or "–"]) for field in note.fields)
    yield from _codes(note)
    yield from _traces(note)
    if diagnostics:
        yield ""
        yield plain(counted(len(diagnostics), "diagnostic"), "bold")
        yield table(
            ["place", "what"],
            [
                (f"{one.span.line}:{one.span.column}", f"{one.severity} {one.code} {one.message}")
                for one in diagnostics
            ],
            right=["place"],
            whole=["place"],
            indent=2,
            heads=False,
        )


def _codes(note: FieldNote) -> "Iterator[RenderableType]":
    mentioned = codes_mentioned(note, {})
    if not mentioned:
        return
    declared = {one.identifier.name for one in note.statements if isinstance(one, DeclarationStatement)}
    rows = []
    for code, places in mentioned.items():
        passages = {passage for _, statement in places for passage in statement.evidence}
        new = "declared here" if code in declared else ""
        rows.append((code, str(len(passages)), str(len(places)), new))
    codes, counts = counted(len(mentioned), "code"), ["passages", "mentions"]
    yield ""
    yield table([codes, *counts, ""], rows, right=counts, whole=[codes], indent=2)


def _traces(note: FieldNote) -> "Iterator[RenderableType]":
    traces = [segment for segment in note.segments if isinstance(segment, OpenTrace | AxialTrace | Memo)]
    if not traces:
        return
    rows = []
    for trace in traces:
        lines = line_range(trace.span.line, trace.span.end_line)
        if isinstance(trace, Memo):
            rows.append((lines, "memo", "", " ".join(trace.text.split())))
            continue
        if isinstance(trace, OpenTrace):
            items = [f"{item.label}: {item.text}".strip(": ") for item in trace.items]
            kind, text = "open", "; ".join(filter(None, [*items, trace.memo]))
        else:
            kind, text = "axial", _statements(trace.statements)
        rows.append((lines, kind, counted(len(trace.evidence), "passage"), " ".join(text.split())))
    yield ""
    memos = sum(isinstance(trace, Memo) for trace in traces)
    numbers = [counted(len(traces) - memos, "trace"), *([counted(memos, "memo")] if memos else [])]
    yield plain(", ".join(numbers), "bold")
    columns = ["lines", "kind", "evidence", "text"]
    yield table(columns, rows, right=["lines", "evidence"], whole=columns[:3], indent=2, heads=False)


def _statements(statements: Iterable[TraceStatement]) -> str:
    counts = Counter(
        "declaration" if isinstance(one, DeclarationStatement) else _NOUNS.get(type(one), "other statement")
        for one in statements
    )
    return ", ".join(counted(number, noun) for noun, number in counts.items()) or "nothing"
