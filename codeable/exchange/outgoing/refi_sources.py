"""The sources of a project of REFI-QDA: texts with selections and codings, and variables for metadata."""

import re
from collections.abc import Mapping
from datetime import date
from xml.etree.ElementTree import Element

from attrs import define, field, frozen

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


@define
class RefiSources:
    """Writes the sources of one project.

    Attributes:
        names: The names of the sources.
        notes: Takes the memos, and makes texts and GUIDs.
        files: Path in the project → plain text of a source.
    """

    names: WrittenNames
    notes: RefiNotes
    files: dict[str, bytes] = field(factory=dict)

    def add_to(self, root: Element, project: Project) -> None:
        """Add `Variables` and `Sources`."""
        variables = _add_variables(root, project, self.notes.texts, self.notes.keys)
        if not project.sources:
            return
        sources = add(root, "Sources")
        for source in project.sources:
            name = self.names.of[source.key]
            self.files[f"{FOLDER}/{source.key}.txt"] = self.notes.texts.utf_8(source.text, f"text of {name}")
            element = add(
                sources,
                "TextSource",
                guid=source.key,
                name=name,
                plainTextPath=plain_text_path(source.key),
                **self.notes.made_by(next((each.coder for each in source.passages), None)),
            )
            for number, passage in enumerate(source.passages, 1):
                self._add_selections(element, passage, (source.key, number), name)
            for coding in source.codings:
                self._add_coding(element, coding, (source.key,), name)
            add_references(element, self.notes.of(source.memos, (source.key,), f"memo on {name}"))
            _add_values(element, source, variables, self.notes.texts)

    def _add_selections(
        self, parent: Element, passage: ProjectPassage, where: tuple[str | int, ...], name: str
    ) -> None:
        """Add a selection for each coding, by its coder: many importers know one code and coder of each."""
        memos = self.notes.of(passage.memos, where, f"memo on {name}")
        by: list[tuple[Coding | None, str | None]] = [(each, each.coder) for each in passage.codings]
        by += [(None, each) for each in passage.marked_by]
        for coding, coder in by or [(None, passage.coder)]:
            about = (coding.code, coder or "") if coding is not None else (coder,) if by else ()
            selection = add(
                parent,
                "PlainTextSelection",
                guid=self.notes.keys.of("selection", *where, *about),
                startPosition=str(passage.start),
                endPosition=str(passage.end),
                **self.notes.made_by(coder),
            )
            if coding is not None:
                self._add_coding(selection, coding, where, name)
            add_references(selection, memos)
            memos = ()

    def _add_coding(self, parent: Element, coding: Coding, where: tuple[str | int, ...], name: str) -> None:
        about = (*where, coding.code, coding.coder or "")
        guid = self.notes.keys.of("coding", *about)
        element = add(parent, "Coding", guid=guid, **self.notes.made_by(coding.coder))
        add(element, "CodeRef", targetGUID=coding.code)
        add_references(element, self.notes.of(coding.memos, about, f"memo on {name}"))


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
