"""What reports and exports are made of: the sources, codes, evidence and passages of a study, each read once.

What a source is evidence for is what the modules say. Passages, definitions and memos are in the field notes.
"""

import os
from collections.abc import Iterable
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import Any

from attrs import field, frozen

from codeable.coded.differences import differences
from codeable.errors import CodeableError
from codeable.kernel import CClass, CLink, CNamedElement
from codeable.kernel.bulk_access import collector_paused
from codeable.notes.code_chain import CodePassage, SourceEvidence
from codeable.notes.evidence import ChainOfEvidence
from codeable.notes.mentions import current_name
from codeable.notes.model import FieldNote
from codeable.notes.thoughts import Thought, thoughts_in
from codeable.registry import Declaration, Registry
from codeable.registry.values import stereotype_names
from codeable.text import FreeNames, folded, slug

_LONGEST_NAME = 60


@frozen(eq=False)
class Code:
    """A code of the study. Each is equal to itself only.

    Attributes:
        name: The name that reports call it by: its identifier, or the qualified name where several share one.
        declaration: Its declaration; None for a code that only field notes know.
        sources: The sources that are evidence for it in the modules, by name, in the order of the sources.
        in_notes: What the notes of each source say about it.
    """

    name: str
    declaration: Declaration | None
    sources: tuple[str, ...]
    in_notes: tuple[SourceEvidence, ...] = field(repr=False)

    @property
    def element(self) -> Any:
        """Its element; None for a code that only field notes know."""
        return self.declaration.element if self.declaration is not None else None

    @property
    def names_in_notes(self) -> tuple[str, ...]:
        """The names by which notes may mention it, without those from before a rename."""
        if self.declaration is None:
            return (self.name,)
        return self.declaration.short_name, *self.declaration.aliases

    @property
    def title(self) -> str:
        """The display name; the name where it has none; of a relation its ends and stereotypes."""
        if self.declaration is None:
            return self.name
        return link_title(self.element) if isinstance(self.element, CLink) else self.declaration.name

    @property
    def kind(self) -> str:
        """What it is; "dropped" when the modules do not declare it."""
        return self.declaration.kind if self.declaration is not None else "dropped"

    @property
    def passages(self) -> tuple[CodePassage, ...]:
        """The passages that mention it, in the order of sources and notes."""
        return tuple(passage for source in self.in_notes for passage in source.passages)


@frozen
class CodedPassage:
    """A passage with the codes that were found in it; without any, nobody has coded it."""

    passage: CodePassage
    codes: tuple[Code, ...]


def link_title(link: CLink) -> str:
    """A link as a code is called: by its ends and stereotypes."""
    stereotypes = ", ".join(stereotype_names(link))
    ends = " → ".join(str(each) or "unnamed" for each in (link.source, link.target))
    return f"{ends} ({stereotypes})" if stereotypes else ends


class CodedStudy:
    """One study, as reports see it. It does not change; a study that was loaded again needs another one.

    Args:
        registry: The study.
        notes: Its field notes, with their coders; empty for a study of cells.

    Example:
        >>> from codeable.dsl import *
        >>> s1, bus = CClass(source, "s1"), CClass(pattern, "Event Bus")
        >>> _ = add_links({s1: bus}, role_name="contained_code")
        >>> coded = CodedStudy(Registry.of({"s1": s1, "bus": bus}))
        >>> [(code.name, code.sources) for code in coded.codes]
        [('bus', ('s1',))]
    """

    def __init__(self, registry: Registry, notes: Iterable[FieldNote] = ()) -> None:
        self.registry = registry
        every = tuple(notes)
        self.notes = tuple(note for note in every if not note.is_template)
        self.templates = tuple(note for note in every if note.is_template)
        self._files: dict[str, str] = {}

    @cached_property
    def sources(self) -> tuple[Declaration, ...]:
        """The sources, in the order of coding where the settings give one, else in natural order."""
        return self.registry.sources.declarations

    @cached_property
    def source_names(self) -> tuple[str, ...]:
        """The names that reports call the sources by, in their order."""
        return different(self.registry.name_of(each.element) for each in self.sources)

    @cached_property
    def named_sources(self) -> dict[str, Declaration]:
        """Name → source, in the order of the sources."""
        return dict(zip(self.source_names, self.sources, strict=True))

    @cached_property
    def chain(self) -> ChainOfEvidence:
        """The chain of evidence of all notes."""
        return ChainOfEvidence(self.registry, self.notes, self.registry.settings.renames)

    @cached_property
    @collector_paused()
    def codes(self) -> tuple[Code, ...]:
        """The codes that the modules declare, in natural order; then relations without a name."""
        sources: dict[CNamedElement, list[str]] = {}
        for name, source in self.named_sources.items():
            for code in self.registry.codes_of(source.element):
                sources.setdefault(code, []).append(name)
        declared = self.registry.codes.declarations
        known = {each.element for each in declared}
        unnamed = [Declaration(None, kind="relation", element=each) for each in sources if each not in known]
        every = (*declared, *unnamed)
        names = different(
            self.registry.name_of(each.element) if each.identifier else each.name for each in every
        )
        return tuple(
            Code(name, each, tuple(sources.get(each.element, ())), self.chain.evidence_in_notes(each))
            for name, each in zip(names, every, strict=True)
        )

    @cached_property
    def dropped_codes(self) -> tuple[Code, ...]:
        """The codes that only field notes know, in the order of their first mention."""
        return tuple(
            Code(name, None, (), self.chain.evidence_in_notes(name))
            for name in self.chain.names_only_in_notes
        )

    @cached_property
    def code_of(self) -> dict[CNamedElement, Code]:
        """Element → its code."""
        return {code.element: code for code in self.codes}

    def code_named(self, code: str | CNamedElement) -> Code:
        """The code of a name: an identifier, one from before a rename, or a display name; or of an element.

        Raises:
            UnknownNameError: Neither modules nor notes know it; a `KeyError` with the nearest names.
            AmbiguousNameError: Several elements have that name.
            CodeableError: It is no code, but a source for example; exit status 2.
        """
        element = self.chain.element(code)
        if element is None:
            name = current_name(self.registry.settings.renames, str(code))
            return next(each for each in self.dropped_codes if each.name == name)
        if element not in self.code_of:
            raise CodeableError(f"{self.registry.look_up(element).describe()} is no code", exit_status=2)
        return self.code_of[element]

    def definitions_of(self, code: Code) -> tuple[Thought, ...]:
        """What the notes say that a code means, in their order; its `description` in a module is not here."""
        names = dict.fromkeys(code.names_in_notes)
        return tuple(thought for name in names for thought in self._definitions.get(name, ()))

    @cached_property
    def _definitions(self) -> dict[str, list[Thought]]:
        renames = self.registry.settings.renames
        found: dict[str, list[Thought]] = {}
        for thought in (each for note in self.notes for each in thoughts_in(note)):
            for name in thought.names if thought.kind == "definition" else ():
                found.setdefault(current_name(renames, name), []).append(thought)
        return found

    def file_of(self, path: str) -> str:
        """A file as reports name it: as seen from the folder of the study, wherever a command runs."""
        folder = self.registry.folder
        if path not in self._files:
            self._files[path] = path if folder is None else _as_seen_from(folder, path)
        return self._files[path]

    @cached_property
    @collector_paused()
    def passages(self) -> tuple[CodedPassage, ...]:
        """Every passage with its codes, in the order of sources, notes and lines."""
        found: dict[tuple[Any, ...], tuple[CodePassage, list[Code]]] = {}
        for code in (*self.codes, *self.dropped_codes):
            for passage in code.passages:
                place = place_of(passage)
                if place not in found:
                    found[place] = passage, []
                found[place][1].append(code)
        for passage in self.chain.passages:
            found.setdefault(place_of(passage), (passage, []))
        order = {name: position for position, name in enumerate(self.source_names)}
        notes = {note.path: position for position, note in enumerate(self.notes)}

        def position(coded: CodedPassage) -> tuple[int, ...]:
            each = coded.passage
            return order.get(each.source, len(order)), notes[each.path], each.line, each.end_line

        every = (CodedPassage(passage, tuple(codes)) for passage, codes in found.values())
        return tuple(sorted(every, key=position))

    @cached_property
    def _names(self) -> dict[CNamedElement, str]:
        names = {source.element: name for name, source in self.named_sources.items()}
        return names | {code.element: code.name for code in self.codes}

    def name_of(self, element: CNamedElement) -> str:
        """The name that reports call an element by."""
        return self._names[element] if element in self._names else self.registry.name_of(element)

    def title_of(self, element: CNamedElement) -> str:
        """The display name of an element; the name where it has none."""
        code = self.code_of.get(element)
        declaration = self.registry.declaration_of(element)
        if code is not None:
            return code.title
        return declaration.name if declaration is not None else self.name_of(element)

    def evidence_of(self, element: CNamedElement) -> tuple[str, ...]:
        """The sources that are evidence for an element in the modules, by name; none where it is no code."""
        code = self.code_of.get(element)
        return code.sources if code is not None else ()

    def evidence_of_subcodes(self, element: CNamedElement) -> tuple[str, ...]:
        """The sources that are evidence for the codes that specialise a code, by name."""
        if not self.registry.is_code(element):
            return ()
        subcodes = self.registry.subcodes_of(element)
        found = {source for each in subcodes for source in self.evidence_of(each)}
        return tuple(name for name in self.source_names if name in found) if found else ()

    def chosen_decisions(self, names: Iterable[str]) -> tuple[CClass, ...]:
        """The decisions of some names, in the order of the study; all where no name is given.

        Raises:
            UnknownNameError: There is no decision of a name; the message has the nearest.
            AmbiguousNameError: Several decisions have it.
        """
        every = self.registry.decisions
        chosen = {every[name] for name in names}
        return tuple(each for each in every if not chosen or each in chosen)

    @cached_property
    def force_matrices(self) -> dict[str, CClass]:
        """Name of a table of options and forces → its decision, for each decision that has any forces."""
        registry = self.registry
        having = [
            each
            for each in registry.decisions
            if any(registry.forces_of(option.solution_element) for option in registry.options_of(each))
        ]
        found: dict[str, CClass] = {}
        free = FreeNames(same=folded)  # it names a file, also where a file system folds capital letters
        for each in having:
            name = registry.name_of(each)
            base = f"forces_{name if name.isidentifier() else slug(name)[:_LONGEST_NAME]}"
            found[free.take(base)] = each
        return found

    @cached_property
    def messages(self) -> tuple[str, ...]:
        """What is counted otherwise than somebody who reads the notes would expect, or not at all."""
        return tuple(differences(self))


def different(names: Iterable[str]) -> tuple[str, ...]:
    """The names, made different by numbers: elements without identifiers may share a name."""
    free = FreeNames("{} ({})")
    return tuple(free.take(name) for name in names)


place_of = attrgetter("source", "path", "line", "end_line", "text")
"""What makes two mentions those of one passage."""


def _as_seen_from(folder: Path, path: str) -> str:
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # it is on another drive
        return path
