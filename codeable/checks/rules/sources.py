"""C206, C207, C209 to C212: which source a note is about, and sources that are declared or read twice."""

import json
import re
from collections.abc import Iterator
from pathlib import Path, PurePath

from codeable.checks.claims import grouped
from codeable.checks.context import Context
from codeable.checks.diagnostic import Related, Violation, rule, written_at
from codeable.checks.rules.structure import problems
from codeable.checks.source_metadata import Entry, comparable
from codeable.files import path_in
from codeable.kernel.place import Span
from codeable.names.toml_texts import toml_texts
from codeable.notes.metadata import CODER
from codeable.notes.model import CodeMention, FieldNote, Name
from codeable.text import counted, nearest

_SOURCE = re.compile(r"[A-Za-z]+_?\d+[A-Za-z]?")
"""The form of a source's identifier; `add codes to the model` names none."""
_FEWEST_WORDS = 3
"""A shorter title may be that of two articles."""


@rule("C206", "identifiers-differ", "warning", "heading and declaration of a note name two sources")
def identifiers_differ(context: Context) -> Iterator[Violation]:
    """`# s` 16 above, `s15 = CClass(source, …)` below; or the display name of the declaration is a third.

    The display name that a module of the model gives the source is right, too; those of the sources' folders
    are built from the notes.
    """
    yield from problems(context.notes, "heading-outvoted")
    for note in context.notes:
        declared = note.declared_source
        heading = note.identifier if note.heading is not None else None
        if declared is None or heading is None or note.heading is None:
            continue
        if declared.identifier.name != heading:
            yield Violation(
                f"the note is {heading}, but it declares {declared.identifier.name}",
                declared.identifier.span,
                f"write '{heading}', or correct the heading",
                (Related(note.heading.span, f"the heading says {heading}"),),
                proposed=written_at(declared.identifier.span, note.text, heading),
            )
        elif declared.display_name is not None and not _has_name(
            context, heading, declared.display_name.value.strip()
        ):
            yield Violation(
                f'{heading} is declared with the name "{declared.display_name.value}"',
                declared.display_name.span,
                f'write "{heading}"',
                proposed=written_at(declared.display_name.span, note.text, heading),
            )


def _has_name(context: Context, source: str, name: str) -> bool:
    """Whether a name is a source's identifier, or its display name in a module that no note is built into."""
    declared = context.in_model.sources.get(source)
    if name == source or declared is None or declared.name.strip() != name:
        return name == source
    path, folder = Path(context.span_of(declared).path).resolve(), context.folder.resolve()
    return not any(path.is_relative_to(folder / entry) for entry in context.settings.sources)


@rule("C207", "codes-to-another-source", "warning", "codes of a note are added to another source")
def codes_to_another_source(context: Context) -> Iterator[Violation]:
    """A statement counts nowhere then; what only the prose above says counts for the note's own source."""
    way_out = "write the source of this note, or move it to the note of that source"
    yield from problems(context.notes, "another-source", otherwise=way_out)
    for note in context.notes:
        if note.heading is None or note.heading.number is None:
            continue
        own = {note.identifier, note.declared_source.identifier.name if note.declared_source else None}
        for name, written in grouped(_added_elsewhere(note, own), lambda name: name.name).items():
            first = written[0].span
            lines = {one.span.line: one.span for one in written if one.span.line != first.line}
            yield Violation(
                f"{counted(len(written), 'code')} added to {name} in the note of {note.identifier}; "
                f"they count for {note.identifier}",
                first,
                f"write '{note.identifier}'",
                tuple(Related(span, f"and here: {name}") for span in lines.values()),
                proposed=tuple(
                    edit
                    for one in dict.fromkeys(written)
                    for edit in written_at(one.span, note.text, note.identifier or "")
                ),
            )


def _added_elsewhere(note: FieldNote, own: set[str | None]) -> Iterator[Name]:
    """The name of another source, for each code that is added to it."""
    for one in note.statements:
        if isinstance(one, CodeMention) and one.added_to is not None:
            name = one.added_to.name
            if name not in own and _SOURCE.fullmatch(name):
                yield one.added_to


@rule("C209", "two-notes-of-one-source", "error", "two notes are about one source")
def two_notes_of_one_source(context: Context) -> Iterator[Violation]:
    """Often one was copied from the other and kept its number, so only the first counts.

    Two coders have a note each. Where only their folders show who they are, that is a warning.
    """
    for (source, _), notes in grouped(context.notes, lambda note: (note.identifier, note.coder)).items():
        first, *others = map(_begin, notes if source is not None else notes[:1])
        for one in others:
            setting = _setting(context, first, one)
            by_two = f"; if two persons coded it: {setting}" if setting else ""
            yield Violation(
                f"this note is about {source}, as another one is, so a build leaves it out",
                one,
                f"give one of them its own number, or join the two{by_two}",
                (Related(first, f"the note about {source} that is built"),),
            )
    yield from _coders_by_folder(context)


def _coders_by_folder(context: Context) -> Iterator[Violation]:
    """Two notes of one source that only their folders show to be those of two coders."""
    for source, notes in context.notes_of.items():
        by_folder = [note for note in notes if _is_by_folder(context, note)]
        for one in by_folder[1:]:
            first = by_folder[0]
            yield Violation(
                f"this note is about {source}, as that of '{first.coder}' is; it counts as that of another "
                f"coder, '{one.coder}', because of its folder",
                _begin(one),
                f"say so: {_setting(context, _begin(first), _begin(one))}",
                (Related(_begin(first), f"the note of '{first.coder}'"),),
                severity="warning",
            )


def _is_by_folder(context: Context, note: FieldNote) -> bool:
    """Whether only the folder of a note shows who coded it."""
    said = any(name in note.metadata for name in CODER)
    return note.coder is not None and not said and not context.settings.coders


def _setting(context: Context, first: Span, one: Span) -> str:
    """The setting where each coder has a folder; empty for two notes in one folder."""
    folders = [PurePath(path_in(context.folder, span.path)).parent for span in (first, one)]
    if folders[0] == folders[1] or not all(folder.name for folder in folders):
        return ""
    named = ", ".join(f"{json.dumps(folder.name)} = {json.dumps(folder.as_posix())}" for folder in folders)
    return f"[tool.codeable] coders = {{ {named} }}"


def _begin(note: FieldNote) -> Span:
    """Where a note says which source it is about."""
    named = note.heading or note.declared_source
    return named.span if named is not None else Span(note.path, 1, 1, 1, 1)


@rule("C210", "two-sources-of-one-identifier", "error", "modules declare two sources with one identifier")
def two_sources_of_one_identifier(context: Context) -> Iterator[Violation]:
    """What is evidence in one of them cannot be told from what is evidence in the other."""
    declared = (one for one in context.model_declarations if one.kind == "source")
    for identifier, same in grouped(declared, lambda one: one.short_name).items():
        first, *others = sorted(same, key=context.span_of) if len(same) > 1 else same
        for one in others:
            yield Violation(
                f"the source {identifier} is declared in another place too",
                context.span_of(one),
                "give one of them its own identifier, or delete one",
                (Related(context.span_of(first), f"{identifier} is declared here too"),),
            )


@rule("C211", "one-article-two-sources", "warning", "two sources are one article")
def one_article_two_sources(context: Context) -> Iterator[Violation]:
    """They have one address, or one title. Its evidence would count twice. Interviews are not compared."""
    first_with: dict[tuple[str, str], tuple[str, Entry]] = {}
    reported: set[str] = set()
    for source in context.sources:
        if source.identifier.startswith("p"):
            continue
        for attribute in ("url", "title"):
            for entry in source.entries(attribute):
                key = _article(attribute, str(entry.value))
                other, there = first_with.setdefault((attribute, key), (source.identifier, entry))
                if key and other != source.identifier and source.identifier not in reported:
                    reported.add(source.identifier)
                    yield Violation(
                        f"{source.identifier} has the {attribute} of {other}: {entry.shown}",
                        entry.span,
                        f"if it is one article, join the two; else correct the {attribute}",
                        (Related(there.span, f"the {attribute} of {other}"),),
                    )


def _article(attribute: str, value: str) -> str:
    """What an address or a title has in common with others of one article; empty where that says nothing."""
    if attribute == "title":
        return value.casefold().rstrip(" .") if len(value.split()) >= _FEWEST_WORDS else ""
    key = str(comparable(attribute, value))
    return key if "." in key else ""


@rule("C212", "order-astray", "warning", "the order of coding names no source", needs_model=True)
def order_astray(context: Context) -> Iterator[Violation]:
    """An entry of `order` in the settings that neither a note nor a module declares: it orders nothing."""
    declared = context.registry.declarations if context.registry is not None else ()
    known = {*context.notes_of, *(one.short_name for one in declared if one.kind in ("source", "reference"))}
    for identifier in context.settings.order:
        if identifier not in known:
            near = nearest(identifier, known)
            text = context.text_of(context.settings_file)
            at = _span_in_order(context.settings_file, text, identifier)
            yield Violation(
                f"the order of coding names '{identifier}', which is declared nowhere",
                at or Span(context.settings_file, 1, 1, 1, 1),
                f"write '{near[0]}'" if near else "begin its note, or take the entry out",
                proposed=written_at(at, text, near[0]) if near else (),
            )


def _span_in_order(path: str, text: str, identifier: str) -> Span | None:
    """The entry in the settings; none when it cannot be found."""
    keys = ("tool", "codeable", "order")
    found = (one for one in toml_texts(path, text) if not one.is_key and one.keys == keys)
    return next((one.span for one in found if one.value == identifier), None)
