"""The sources of a project of REFI-QDA: texts with selections and codings, and variables for metadata."""

import re
from collections.abc import Mapping
from datetime import date
from xml.etree.ElementTree import Element

from attrs import frozen

from codeable.exchange.outgoing.keys import Keys
from codeable.exchange.outgoing.refi_codes import WrittenNames
from codeable.exchange.outgoing.refi_notes import FOLDER, RefiNotes, add_references, plain_text_path
from codeable.exchange.outgoing.refi_xml import XmlTexts, add
from codeable.exchange.project import Coding, Project, ProjectPassage, ProjectSource
from codeable.notes.metadata import TRUTH_VALUES

_TRUTH = {"yes": "true", "no": "false"}
_INTEGER = re.compile(r"-?[1-9][0-9]{0,17}|0")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@frozen
class _Variable:
    """A field of metadata as a variable: its GUID and the type of its values."""

    guid: str
    type: str

    def value(self, text: str) -> str:
        """A value as XML has it."""
        return _TRUTH[text] if self.type == "Boolean" else text


def add_sources(
    root: Element, project: Project, names: WrittenNames, notes: RefiNotes, texts: XmlTexts, keys: Keys
) -> dict[str, bytes]:
    """Add `Variables` and `Sources`.

    Args:
        root: The project.
        project: What it is of.
        names: The names of the sources.
        notes: Takes the memos.
        texts: Makes the texts.
        keys: Makes GUIDs.

    Returns:
        Path in the project → plain text of a source.
    """
    variables = _add_variables(root, project, texts, keys)
    files: dict[str, bytes] = {}
    if not project.sources:
        return files
    sources = add(root, "Sources")
    for source in project.sources:
        files[f"{FOLDER}/{source.key}.txt"] = texts.utf_8(source.text, f"text of {names.of[source.key]}")
        path = plain_text_path(source.key)
        element = add(sources, "TextSource", guid=source.key, name=names.of[source.key], plainTextPath=path)
        what = f"memo on {names.of[source.key]}"
        for number, passage in enumerate(source.passages, 1):
            _add_selection(element, source, number, passage, notes, what, keys)
        _add_codings(element, source.codings, (source.key,), notes, what, keys)
        add_references(element, notes.of(source.memos, (source.key,), what))
        _add_values(element, source, variables, texts)
    return files


def _add_selection(
    parent: Element,
    source: ProjectSource,
    number: int,
    passage: ProjectPassage,
    notes: RefiNotes,
    what: str,
    keys: Keys,
) -> None:
    selection = add(
        parent,
        "PlainTextSelection",
        guid=keys.of("selection", source.key, number),
        startPosition=str(passage.start),
        endPosition=str(passage.end),
        creatingUser=passage.coder,
    )
    _add_codings(selection, passage.codings, (source.key, number), notes, what, keys)
    add_references(selection, notes.of(passage.memos, (source.key, number), what))


def _add_codings(
    parent: Element,
    codings: tuple[Coding, ...],
    where: tuple[str | int, ...],
    notes: RefiNotes,
    what: str,
    keys: Keys,
) -> None:
    for coding in codings:
        about = (*where, coding.code, coding.coder or "")
        element = add(parent, "Coding", guid=keys.of("coding", *about), creatingUser=coding.coder)
        add(element, "CodeRef", targetGUID=coding.code)
        add_references(element, notes.of(coding.memos, about, what))


def _add_variables(root: Element, project: Project, texts: XmlTexts, keys: Keys) -> dict[str, _Variable]:
    values: dict[str, list[str]] = {}
    for source in project.sources:
        for name, text in source.metadata.items():
            values.setdefault(name, []).append(text)
    found = {name: _Variable(keys.of("variable", name), _type(name, those)) for name, those in values.items()}
    if found:
        variables = add(root, "Variables")
        for name, one in found.items():
            shown = texts.name(name, f"name of the field {name!r}")
            add(variables, "Variable", guid=one.guid, name=shown, typeOfVariable=one.type)
    return found


def _add_values(
    parent: Element, source: ProjectSource, variables: Mapping[str, _Variable], texts: XmlTexts
) -> None:
    for name, text in source.metadata.items():
        value = add(parent, "VariableValue")
        add(value, "VariableRef", targetGUID=variables[name].guid)
        written = variables[name].value(texts.name(text, f"{name} of {source.name}"))
        add(value, f"{variables[name].type}Value", written)


def _type(name: str, values: list[str]) -> str:
    """The type that all values of a variable have; each of these is written as it is, or as yes and no."""
    if name in TRUTH_VALUES and all(each in _TRUTH for each in values):
        return "Boolean"
    if all(map(_INTEGER.fullmatch, values)):
        return "Integer"
    return "Date" if all(map(_is_day, values)) else "Text"


def _is_day(text: str) -> bool:
    try:
        return _DAY.fullmatch(text) is not None and bool(date.fromisoformat(text))
    except ValueError:
        return False
