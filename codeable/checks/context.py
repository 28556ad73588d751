"""The context of the rules: the notes and the model of one study, and what several rules derive from them.

`run.check` makes one for each check.
"""

import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from attrs import define, field

from codeable import dsl
from codeable.checks.claims import Claims, claims_of_model, grouped, joined_claims
from codeable.checks.claims_from_notes import (
    KNOWN_KINDS,
    claims_of_note,
    kind_and_name,
    names_bound,
    names_of_codes,
    option_stated,
    sign_of,
    uncertain_names,
)
from codeable.checks.source_metadata import SourceMetadata, sources_metadata
from codeable.checks.undeclared import UndeclaredNames, UnloadedNames
from codeable.checks.uses import Use, uses_in
from codeable.kernel import CClass, CNamedElement
from codeable.kernel.place import Span
from codeable.names.modules import Module, Modules, SourceLiteral
from codeable.notes.build import LeftOut, left_out_of
from codeable.notes.files import in_coding_order
from codeable.notes.identity import notes_of_sources
from codeable.notes.mentions import Mention, codes_mentioned, current_name
from codeable.notes.model import (
    DeclarationStatement,
    FieldNote,
    Name,
    OptionStatement,
    RelationStatement,
)
from codeable.notes.resolution import Resolution, resolve, without_refused
from codeable.registry import Declaration, Impact, Option, Registry, Relation
from codeable.result_cache import ResultCache
from codeable.settings import SETTINGS_FILE, Settings

_RECOGNISED = frozenset({"option", "force", "code", "term", "list"})
"""The kinds of items of an open trace that name codes."""


def _proceed() -> None:
    """Nothing ends a check of the command."""


@define(slots=False)
class Context:
    """The notes and, where there is one, the registry of the study with its model and its settings.

    The current name of a code is the one that the settings rename its old names to.

    Args:
        all_notes: The notes.
        registry: The study.
        read_modules: Path → module, as far as modules were read when the study was loaded.
        proceed: Called from time to time; it may raise an error of its own, which ends the check.
        results: What was derived from single notes and from the model, also by checks before this one.
        unloaded: The names of modules that an editor has changed since the study was loaded.
    """

    all_notes: tuple[FieldNote, ...]
    registry: Registry | None = None
    read_modules: Mapping[str, Module] = field(factory=dict)
    proceed: Callable[[], None] = _proceed
    results: ResultCache = field(factory=ResultCache)
    unloaded: UnloadedNames = field(factory=UnloadedNames)

    @cached_property
    def modules(self) -> Modules:
        """The modules of the study."""
        return self.results.of(_modules, self.read_modules, str(self.folder), are_there=self.has_module_files)

    @property
    def has_module_files(self) -> bool:
        """Whether the files of the modules are there; not for a study that was read from a JSON file."""
        return self.registry is None or self.registry.read_from is None

    @property
    def settings(self) -> Settings:
        """The settings of the study, or the defaults."""
        return self.registry.settings if self.registry is not None else Settings()

    @property
    def has_model(self) -> bool:
        """Whether there are modules to compare the notes with; before the first build there are none."""
        return self.registry is not None and bool(self.registry.files or self.registry.declarations)

    @property
    def folder(self) -> Path:
        """The folder of the study, or the current folder."""
        folder = self.registry.folder if self.registry is not None else None
        return folder or Path()

    @property
    def settings_file(self) -> str:
        """The file that holds the settings of the study."""
        return str(self.folder / SETTINGS_FILE)

    # -- the notes

    @cached_property
    def notes(self) -> tuple[FieldNote, ...]:
        """The notes in the order of coding, without the empty template that many studies keep beside them."""
        notes = (note for note in self.all_notes if not note.is_template)
        return in_coding_order(notes, self.settings)

    @cached_property
    def notes_of(self) -> dict[str, list[FieldNote]]:
        """Identifier of a source → its notes that count, one of each coder."""
        return notes_of_sources(self.notes)

    @cached_property
    def counted_notes(self) -> tuple[FieldNote, ...]:
        """The notes that count, in the order of coding. `C102`, `C116` and `C209` report the others."""
        counted = {note.path for notes in self.notes_of.values() for note in notes}
        return tuple(note for note in self.notes if note.path in counted)

    def is_before(self, one: FieldNote, other: FieldNote) -> bool:
        """Whether one note was coded before another, as far as that is known.

        Sources and interviews have numbers of their own, so their order is known from the settings only.
        """
        if self._position[one.path] >= self._position[other.path]:
            return False
        return one.kind == other.kind or {one.identifier, other.identifier} <= set(self.settings.order)

    @cached_property
    def _position(self) -> dict[str, int]:
        return {note.path: position for position, note in enumerate(self.notes)}

    def current(self, name: str) -> str:
        """The current name for a name that may be an old one."""
        return current_name(self.settings.renames, name)

    @cached_property
    def in_notes(self) -> Claims:
        """What the notes claim."""
        renames = self.settings.renames
        return joined_claims(self.results.of(claims_of_note, note, renames) for note in self.counted_notes)

    @cached_property
    def resolution(self) -> Resolution:
        """What the notes state about each thing, and which statement counts.

        A statement that no study can hold replaces nothing.
        """
        coders = tuple(self.settings.coders)
        refused: dict[tuple[str, ...], list[Span]] = {}
        for one in self.left_out:
            if one.key is not None:
                refused.setdefault(one.key, []).append(one.span)
        stated = resolve(self.counted_notes, self.settings.renames, coders, self.results)
        return without_refused(stated, refused, coders)

    @cached_property
    def options_that_count(self) -> tuple[Option, ...]:
        """The options of the notes, each with the text that counts."""
        return tuple(
            option_stated(option.counts.statement, pair)
            for pair, option in self.resolution.options.items()
            if isinstance(option.counts.statement, OptionStatement)
        )

    @cached_property
    def impacts_that_count(self) -> tuple[Impact, ...]:
        """The impacts of the notes, each with the sign that counts."""
        return tuple(
            Impact(*pair, sign_of(impact.counts.value), impact.counts.span)
            for pair, impact in self.resolution.impacts.items()
            if impact.counts.value is not None
        )

    def declared_codes(self) -> Iterator[tuple[FieldNote, DeclarationStatement]]:
        """Every declaration of a code in the notes, in order. Sources and references are no codes."""
        for note in self.notes:
            for one in note.statements:
                if isinstance(one, DeclarationStatement) and not one.is_source_like:
                    yield note, one

    @cached_property
    def declarations(self) -> dict[str, list[tuple[FieldNote, DeclarationStatement]]]:
        """Current identifier of a code → its declarations in the notes."""
        return grouped(self.declared_codes(), lambda pair: self.current(pair[1].identifier.name))

    @cached_property
    def bound_links(self) -> dict[str, list[Name]]:
        """Name that links are bound to → its places."""
        links = (
            one.identifier
            for note in self.notes
            for one in note.statements
            if isinstance(one, OptionStatement | RelationStatement) and one.identifier is not None
        )
        return grouped(links, lambda name: name.name)

    @cached_property
    def uses(self) -> tuple[Use, ...]:
        """Every use of a name in the statements of the notes, in order."""
        return tuple(use for note in self.notes for use in self.results.of(uses_in, note))

    def mentioned_in(self, note: FieldNote) -> Mapping[str, Sequence[Mention]]:
        """Each code that a note mentions, under its current name, with its places."""
        return self.results.of(codes_mentioned, note, self.settings.renames)

    def uncertain_in(self, note: FieldNote) -> set[str]:
        """The current names in the statements of a note that are broken, not understood, or do not count."""
        counts = note in self.notes_of.get(note.identifier or "", ())
        return set(map(self.current, self.results.of(_uncertain_in if counts else _named_in, note)))

    @cached_property
    def uncertain(self) -> frozenset[str]:
        """The current names of which the notes may say more than could be read."""
        return frozenset(name for note in self.notes for name in self.uncertain_in(note))

    @cached_property
    def unmentioned(self) -> dict[str, Declaration]:
        """The codes of the model that no note mentions, although each of their sources has a note."""
        model = self.in_model
        mentioned = set(self.declarations) | self.uncertain
        mentioned.update(name for _, name, _ in self.recognised)
        written = {use.name.name for use in self.uses}
        written.update(name for note in self.notes for name in self.results.of(_bound_in, note))
        mentioned.update(map(self.current, written))
        found = {}
        for name, code in model.codes.items():
            evidence = model.evidence_of.get(name, [])
            if code.kind == "decision" or name in mentioned or not evidence:
                continue
            if all(source in self.notes_of for source in evidence):
                found[name] = code
        return found

    @cached_property
    def misuses(self) -> tuple[Use, ...]:
        """The uses of codes as something that they are not, where all declarations of the code agree."""
        return tuple(use for use in self.uses if use.kinds is not None and self._is_misuse(use, use.kinds))

    def _is_misuse(self, use: Use, kinds: frozenset[str]) -> bool:
        name = self.current(use.name.name)
        kind = self.kind_of(name)
        declared = {kind_and_name(one)[0] for _, one in self.declarations.get(name, ())}
        return kind is not None and kind not in kinds and declared <= {kind}

    @cached_property
    def misused(self) -> frozenset[str]:
        """The current names of codes that a statement uses as something else; `C306` reports them."""
        return frozenset(self.current(use.name.name) for use in self.misuses)

    @cached_property
    def left_out(self) -> tuple[LeftOut, ...]:
        """What a build of the study leaves out of the notes; without files of modules there is no build."""
        if not self.has_module_files:
            return ()
        texts = self.results.of(_texts_of, self.read_modules)
        return left_out_of(self.notes, self.settings, self.registry, self.results, texts, self.proceed)

    # -- the model

    @cached_property
    def in_model(self) -> Claims:
        """What the modules claim; nothing without a model."""
        if self.registry is None:
            return Claims()
        return self.results.of(claims_of_model, self.registry, self.modules)

    @property
    def model_declarations(self) -> tuple[Declaration, ...]:
        """The declarations of the modules; none without a model."""
        return self.registry.declarations if self.registry is not None else ()

    @cached_property
    def model_elements(self) -> dict[str, CNamedElement]:
        """Identifier (or alias) → element of the model; empty without a model."""
        found: dict[str, CNamedElement] = {}
        for declaration in self.model_declarations:
            for name in (declaration.identifier, *declaration.aliases):
                if name is not None:
                    found.setdefault(name, declaration.element)
        return found

    def names_with_blanks(self) -> Iterator[tuple[Declaration, SourceLiteral]]:
        """The classes of the model with blanks around a display name that is a literal, and the literals."""
        for declaration in self.model_declarations:
            name = declaration.element.name
            if not isinstance(declaration.element, CClass) or name is None or name == name.strip():
                continue
            made = declaration.span
            if made is None:
                continue
            module = self.modules[made.path]
            call = module.call_at(made)
            literal = module.literal(call.args[1]) if call is not None and len(call.args) > 1 else None
            if literal is not None and literal.value == name:
                yield declaration, literal

    def bound_name(self, declaration: Declaration) -> str | None:
        """The name that a module gave to an element where it made it."""
        made = declaration.span if declaration.element is not None else None
        return self.modules[made.path].bound_at(made) if made is not None else None

    @cached_property
    def source_values(self) -> tuple[str, ...]:
        """The attributes that a source may have values for, in the vocabulary of the study."""
        source = getattr(self.registry.vocabulary if self.registry is not None else dsl, "source", dsl.source)
        return tuple(
            name for metaclass in (source, *source.all_superclasses) for name in metaclass.attribute_names
        )

    # -- both

    @cached_property
    def sources(self) -> tuple[SourceMetadata, ...]:
        """The metadata of every source: first those with a note, then those of the model alone."""
        return tuple(sources_metadata(self))

    @cached_property
    def _note_texts(self) -> dict[str, str]:
        return {note.path: note.text for note in self.all_notes}

    def text_of(self, path: str) -> str:
        """The text of a note, a module or the settings file, as the offsets of spans count it."""
        text = self._note_texts.get(path)
        return text if text is not None else self.modules[path].text

    def span_of(self, record: Declaration | Option | Impact | Relation) -> Span:
        """Where a note or a module declares a record."""
        return self.modules.span_of(record)

    def code(self, name: str) -> Declaration | None:
        """The declaration of a code in the model, or else in the notes."""
        current = self.current(name)
        return self.in_model.codes.get(current) or self.in_notes.codes.get(current)

    @cached_property
    def undeclared(self) -> UndeclaredNames:
        """The names in the notes that neither notes nor modules declare."""
        return UndeclaredNames(weakref.proxy(self))  # so that nothing is left when a check has ended

    @cached_property
    def recognised(self) -> tuple[tuple[FieldNote, str, Name], ...]:
        """The codes that an open trace names and no axial trace of the note mentions, once for each note.

        Only declared codes that are listed count: prose may name a code for comparison. A decision is added
        with its options. A note without any statement is not coded yet.
        """
        found: dict[tuple[str, str], tuple[FieldNote, str, Name]] = {}
        for note in self.notes:
            mentioned = {*self.mentioned_in(note), *self.uncertain_in(note)}
            items = (item for trace in note.open_traces for item in trace.items if item.kind in _RECOGNISED)
            for name in (name for item in items for name in item.names) if mentioned else ():
                code = self.current(name.name)
                known = self.code(code)
                if known is not None and known.kind != "decision" and code not in mentioned:
                    found.setdefault((note.path, code), (note, code, name))
        return tuple(found.values())

    def kind_of(self, name: str) -> str | None:
        """The kind of a declared code; none where the vocabulary does not know it."""
        code = self.code(name)
        return code.kind if code is not None and code.kind in KNOWN_KINDS else None


def _texts_of(modules: Mapping[str, Module]) -> dict[str, str]:
    return {path: module.text for path, module in modules.items()}


def _modules(read: Mapping[str, Module], folder: str, *, are_there: bool) -> Modules:
    return Modules(folder, are_there=are_there, read=read)


def _named_in(note: FieldNote) -> frozenset[str]:
    return frozenset(name.name for statement in note.statements for name in names_of_codes(statement))


def _uncertain_in(note: FieldNote) -> frozenset[str]:
    return frozenset(uncertain_names(note))


def _bound_in(note: FieldNote) -> frozenset[str]:
    return frozenset(name for statement in note.statements for name in names_bound(statement))
