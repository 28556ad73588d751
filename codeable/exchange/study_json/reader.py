"""Reads a study that was exported as JSON: an equal study, without running Python.

Called by `codeable.load_json`. See `writer`, which writes it, and `docs/study.schema.json`.
"""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from attrs import evolve

from codeable.coded.coded_study import CodedStudy
from codeable.dsl import fresh_vocabulary
from codeable.exchange.study_json.read_document import (
    entries,
    read_document,
    record,
    records,
    refused,
    string,
    strings,
    table,
)
from codeable.exchange.study_json.read_elements import ElementReader
from codeable.exchange.study_json.readable_lists import readable_lists
from codeable.exchange.study_json.writer import FORMAT, VERSION
from codeable.kernel.bulk_access import collector_paused
from codeable.metamodels import VOCABULARIES
from codeable.notes.files import GivenNotes
from codeable.notes.model import Encoding, FieldNote
from codeable.notes.reader import read_text, unread_text
from codeable.registry import Registry
from codeable.registry.kinds import Kinds
from codeable.schema import Reader, list_of, one_of, text, whole_number, wrong
from codeable.settings import Settings, settings_of_table
from codeable.text import shown

R = TypeVar("R", bound=Registry)

_LISTS = ("codes", "evidence", "passages", "definitions", "memos")
_READERS: Mapping[str, Reader[Any]] = {
    "format": string,
    "version": whole_number(1, 1_000_000),
    "written_by": string,
    "name": text,
    "settings": table,
    "modules": strings,
    "vocabularies": list_of(one_of(*VOCABULARIES)),
    **dict.fromkeys(("vocabulary_changes", "elements", "links", "declarations", "orders", "notes"), entries),
    **dict.fromkeys(_LISTS, entries),
}
_REQUIRED = ("format", "version", "name", "elements", "links", "declarations")


def _hexadecimal(value: object, where: str) -> bytes:
    try:
        return bytes.fromhex(string(value, where))
    except ValueError:
        raise wrong(where, value, "hexadecimal digits") from None


_ENCODING: Mapping[str, Reader[Any]] = {
    "name": one_of("utf-8", "utf-16-le", "utf-16-be", "cp1252", "latin-1"),
    "errors": one_of("strict", "surrogateescape", "surrogatepass"),
    "mark": _hexadecimal,
}
_NOTE: Mapping[str, Reader[Any]] = {
    "file": text,
    "source": string,
    "coder": string,
    "encoding": lambda value, where: Encoding(**record(value, where, _ENCODING, _ENCODING)),
    "unread": one_of("unreadable", "binary", "too-large"),
    "text": string,
}


@collector_paused()
def read_study(source: Path | str, cls: type[R]) -> tuple[R, GivenNotes]:
    """The study in a JSON file.

    Args:
        source: The file; or the JSON itself, a text that begins with a brace.
        cls: The class of the study: `Registry`, or one above it.

    Returns:
        The study, and its field notes.

    Raises:
        CodeableError: The file cannot be read, is no study, or contradicts itself; the message has the place.
    """
    given, name = read_document(source)
    document = _document(given, name)
    settings = settings_of_table(document.get("settings", {}), document["name"], f"{name}: settings")
    study, reader = _read_model(document, name, partial(cls, settings=settings, read_from=name), {})
    notes = GivenNotes([_note(*each) for each in _notes(document, name)], settings)
    _check_lists(document, name, CodedStudy(study, notes.all()), reader)
    return study, notes


@collector_paused()
def read_model(
    document: Mapping[str, Any], cls: type[R], folder: Path, settings: Settings, modules: Mapping[str, str]
) -> R:
    """The study in a folder whose modules another process has loaded, as `writer.model_document` gave it.

    Args:
        document: The model, with absolute files.
        cls: The class of the study: `Registry`, or one above it.
        folder: The folder of the study.
        settings: Its settings.
        modules: The files of its modules by their names. They are not run.

    Raises:
        CodeableError: The document contradicts itself.
    """
    found = {}
    for name, file in modules.items():
        found[name] = ModuleType(name)
        found[name].__file__ = file
    study, _ = _read_model(document, str(folder), partial(cls, folder=folder, settings=settings), found)
    return study


def _read_model(
    document: Mapping[str, Any], name: str, make: Callable[..., R], modules: Mapping[str, ModuleType]
) -> tuple[R, ElementReader]:
    vocabulary = fresh_vocabulary()
    names = [each for each in VOCABULARIES if each in document.get("vocabularies", ())]
    reader = ElementReader(vocabulary, names)
    reader.read(document, name)
    declarations = reader.declarations(document["declarations"], f"{name}: declarations", Kinds(vocabulary))
    files = [Path(each) for each in document.get("modules", ())]
    return make(vocabulary, modules, files=files, declarations=declarations), reader


def _document(given: dict[str, Any], name: str) -> dict[str, Any]:
    """The document with checked keys. The version comes first: a later one may have other keys."""
    if given.get("format") != FORMAT:
        raise refused(f"{name}: is no study of codeable: its 'format' is not {FORMAT!r}")
    version = given.get("version")
    if isinstance(version, int) and version > VERSION:
        by = f", written by {given['written_by']}" if isinstance(given.get("written_by"), str) else ""
        raise refused(
            f"{name}: has version {version} of the format{by}, and this codeable reads version {VERSION}; "
            "`pip install --upgrade codeable` brings one that reads it"
        )
    return record(given, name, _READERS, _REQUIRED)


def _notes(document: Mapping[str, Any], name: str) -> list[tuple[dict[str, Any], str]]:
    found = list(records(document.get("notes", []), f"{name}: notes", _NOTE, ["file", "text"]))
    seen: set[str] = set()
    for note, where in found:
        if note["file"] in seen:
            raise refused(f"{where} file: {shown(note['file'])} is there twice")
        seen.add(note["file"])
    return found


def _note(given: Mapping[str, Any], where: str) -> FieldNote:
    if "unread" in given:
        note = unread_text(given["file"], given["unread"])
    else:
        note = read_text(given["text"], given["file"], given.get("encoding"))
    if note.identifier != given.get("source"):
        says = "that of no source" if note.identifier is None else shown(note.identifier)
        raise refused(f"{where} source is {shown(given.get('source'))}, and its text is {says}")
    return evolve(note, coder=given["coder"]) if "coder" in given else note


def _check_lists(document: Mapping[str, Any], name: str, study: CodedStudy, reader: ElementReader) -> None:
    """Check that the lists for other programs say what elements, links and notes say."""
    if not any(key in document for key in _LISTS):
        return
    ids = reader.ids
    follows = readable_lists(study, ids.__getitem__)
    for key in (each for each in _LISTS if each in document):
        told, right = document[key], follows[key]
        for at, (one, other) in enumerate(zip(told, right, strict=False)):
            if one != other:
                raise refused(_contradiction(f"{name}: {key}[{at}]", one, other))
        if len(told) != len(right):
            raise refused(
                f"{name}: {key} has {len(told)} entries, and elements and notes give {len(right)}; change "
                "those, or leave out the list"
            )


def _contradiction(where: str, told: object, right: Mapping[str, Any]) -> str:
    if isinstance(told, dict):
        keys = (key for key in (*right, *told) if told.get(key) != right.get(key))
        key = next(keys)
        where, told, shown_right = f"{where} {key}", told.get(key), right.get(key)
        says = f"is {shown(told)}, and elements and notes give {shown(shown_right)}"
    else:
        says = f"is {shown(told)}, which is no object"
    return f"{where} {says}; change those, or leave out the list"
