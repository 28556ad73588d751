"""Writes the whole study as one JSON file. `docs/study.schema.json` describes it, `load_json` reads it.

The file has the state of every element in the order of the study, so that the study which is read is equal
to it. Other programs read the lists at its end: codes, evidence, passages, definitions and memos.
"""

import importlib.metadata
from collections.abc import Callable, Iterator
from typing import Any

from attrs import fields

from codeable.coded.coded_study import CodedStudy
from codeable.exchange.exported import Exported, ExportOptions, file_name
from codeable.exchange.project import NotTakenOver
from codeable.exchange.study_json.readable_lists import readable_lists
from codeable.exchange.study_json.written_records import ElementWriter
from codeable.exchange.study_json.written_values import Json
from codeable.kernel.bulk_access import collector_paused
from codeable.notes.model import Encoding, FieldNote
from codeable.registry import Registry
from codeable.settings import Settings
from codeable.text import json_text

FORMAT = "codeable study"
VERSION = 1
"""The version of the format. A reader refuses a higher one."""

LEFT_OUT = ("name", "engines", "compat")
"""Settings that are no property of the study: of the machine that draws, and of old scripts."""


@collector_paused()
def export_json(study: CodedStudy, options: ExportOptions) -> Exported:  # noqa: ARG001 - the signature of all
    """The study as JSON.

    Args:
        study: The study.
        options: None of them matters here.

    Example:
        >>> from codeable.dsl import *
        >>> from codeable.registry import Registry
        >>> study = CodedStudy(Registry.of({"bus": CClass(pattern, "Event Bus")}))
        >>> list(export_json(study, ExportOptions()).files)
        ['study.json']
    """
    registry = study.registry
    writer = ElementWriter(registry, study.file_of)
    document: dict[str, Json] = {
        "format": FORMAT,
        "version": VERSION,
        "written_by": f"codeable {importlib.metadata.version('codeable')}",
        "name": registry.settings.name,
        "settings": _settings(registry.settings),
        **_model(registry, writer, study.file_of),
        "notes": [_note(note, study) for note in (*study.notes, *study.templates)],
        **readable_lists(study, writer.id_of),
    }
    data = (json_text(document) + "\n").encode()
    return Exported(
        {file_name(registry.settings.name, ".json"): data}, tuple(_not_taken_over(registry.settings, writer))
    )


def model_document(registry: Registry) -> dict[str, Json]:
    """The part of the document that is about the model, with absolute files; `reader.read_model` reads it.

    A process that loads a study hands it to another one, which must not run the study's modules.
    """
    return _model(registry, ElementWriter(registry, str), str)


def _model(registry: Registry, writer: ElementWriter, file_of: Callable[[str], str]) -> dict[str, Json]:
    return {
        "modules": [file_of(str(path)) for path in registry.files],
        "vocabularies": writer.vocabularies,
        "vocabulary_changes": writer.vocabulary_changes(),
        "elements": writer.elements(),
        "links": writer.links(),
        "declarations": writer.declarations(),
        "orders": writer.orders(),
    }


def _settings(settings: Settings) -> dict[str, Json]:
    """The settings that are not the defaults, as `[tool.codeable]` has them."""
    default = Settings()
    found = {}
    for name in (each.name for each in fields(Settings) if each.name not in LEFT_OUT):
        value = getattr(settings, name)
        if value != getattr(default, name):
            found[name.replace("_", "-")] = _plain(value)
    return found


def _plain(value: Any) -> Json:
    """A value of a settings file as JSON; a date is its text."""
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value if isinstance(value, str | bool | int | float) else str(value)


def _note(note: FieldNote, study: CodedStudy) -> dict[str, Json]:
    record: dict[str, Json] = {"file": study.file_of(note.path)}
    if note.identifier is not None:
        record["source"] = note.identifier
    if note.coder is not None:
        record["coder"] = note.coder
    if note.encoding != Encoding(newline=note.encoding.newline):
        encoding = note.encoding
        record["encoding"] = {"name": encoding.name, "errors": encoding.errors, "mark": encoding.mark.hex()}
    if note.unread is not None:
        record["unread"] = note.unread.kind
    return record | {"text": note.text}


def _not_taken_over(settings: Settings, writer: ElementWriter) -> Iterator[NotTakenOver]:
    left_out = [name for name in LEFT_OUT if name != "name" and getattr(settings, name)]
    reason = "they are about the machine that draws, and about old scripts"
    yield from NotTakenOver.of_names("settings", left_out, reason, is_loss=False)
    yield from writer.values.lost
    reason = "no code is in the file; they are written as the kernel's classes that they are made of"
    yield from NotTakenOver.of_names("elements of Python classes of the study", writer.own_classes(), reason)
