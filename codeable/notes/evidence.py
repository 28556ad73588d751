"""The chain of evidence of a code: passages, declarations and renames in the notes, links in the model.

Called by `Study.passages_of` and `Study.chain_of_evidence`. For a code that the model no longer holds only
the notes are searched.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import evolve, field, frozen

from codeable.files import shown_path
from codeable.kernel import CClass, CNamedElement
from codeable.kernel.place import Span
from codeable.notes.mentions import Mention, codes_mentioned, current_name
from codeable.notes.model import DeclarationStatement, FieldNote, Passage
from codeable.registry import Declaration, Impact, Option, Registry, UnknownNameError
from codeable.registry.answer import State
from codeable.registry.table import Row, Table, Tabular, Value, filled, heads_of
from codeable.text import html_text, printable


@frozen(repr=False)
class CodePassage:
    """A passage that is evidence for a code. Its `repr` is a quotation.

    Attributes:
        source: The source's identifier, such as ``s44``.
        path: The note.
        line: The first line of the passage.
        end_line: The last one.
        text: The passage, without the marks of Markdown.
        kind: ``quotation``, ``text``, ``image``, ``heading`` or ``code``.
        heading: The nearest heading above it in the note.
        mentions: Where the traces of this passage mention the code.
    """

    source: str
    path: str
    line: int
    end_line: int
    text: str
    kind: str
    heading: str | None
    mentions: tuple[Span, ...]

    def __str__(self) -> str:
        return f"{self._place}  {self.text}"

    def __repr__(self) -> str:
        quoted = "\n".join(f"> {printable(line)}".rstrip() for line in self.text.splitlines())
        return f"{printable(self._place)}\n{quoted}"

    def _repr_html_(self) -> str:
        quoted = html_text(self.text).replace("\n", "<br>\n")
        place = html_text(self._place)
        return f"<blockquote>\n<p>{quoted}</p>\n<footer>{place}</footer>\n</blockquote>"

    @property
    def _place(self) -> str:
        lines = str(self.line) if self.line == self.end_line else f"{self.line}-{self.end_line}"
        return f"{self.source}  {shown_path(self.path)}:{lines}"


@frozen
class DeclaredIn:
    """A declaration of a code in a note, with the name that the code has there."""

    identifier: str
    metaclass: str | None
    display_name: str | None
    source: str
    span: Span


@frozen
class Renamed:
    """A rename in the settings. `first_use` is where the notes first use the new name."""

    old: str
    new: str
    last_use: Span | None
    first_use: Span | None


@frozen
class SourceEvidence:
    """What one source says about a code.

    Attributes:
        source: The source's identifier.
        title: Its title.
        in_model: Whether the model links the source to the code.
        mentions: Where its note mentions the code.
        passages: The passages of these mentions.
    """

    source: str
    title: str
    in_model: bool
    mentions: tuple[Span, ...]
    passages: tuple[CodePassage, ...]


@frozen(repr=False)
class CodeChain(Tabular):
    """The chain of evidence of one code. Its table has a row for each step.

    Attributes:
        identifier: The code's current identifier.
        name: Its display name.
        kind: Its kind, such as ``practice``; ``dropped`` when the model does not hold it.
        span: Where the model declares it; None when it does not.
        declared: Its declarations in the notes, in order.
        renamed: The renames that led to its current name, in order.
        evidence: What each source says about it, in the order of the sources.
        option_of: The decisions that offer it.
        options: The solutions that it offers, when it is a decision.
        forces: Its impacts on forces.
        impacts: The impacts on it, when it is a force.
        figures: The figures that show it.
    """

    identifier: str
    name: str
    kind: str
    span: Span | None
    declared: tuple[DeclaredIn, ...]
    renamed: tuple[Renamed, ...]
    evidence: tuple[SourceEvidence, ...]
    option_of: tuple[Option, ...] = ()
    options: tuple[Option, ...] = ()
    forces: tuple[Impact, ...] = ()
    impacts: tuple[Impact, ...] = ()
    figures: tuple[str, ...] = ()
    _state: State = field(factory=State, eq=False)

    def to_dicts(self) -> list[dict[str, Value]]:
        """The steps: where the code is declared, its renames, passages, links and figures."""
        return filled(list(self._steps()))

    def table(self) -> Table:
        """The steps as a table."""
        rows = self.to_dicts()
        title = f"chain of evidence of {self.identifier} ({self.name})"
        return Table(title, heads_of(rows), tuple(tuple(row.values()) for row in rows), note=self._state.note)

    def _steps(self) -> Iterator[Row]:
        if self.span is not None:
            yield _step("declared", "model", f"{self.kind} {self.name!r}", self.span)
        for one in self.declared:
            name = repr(one.display_name) if one.display_name else ""
            text = ", ".join([one.identifier, " ".join(filter(None, (one.metaclass, name)))])
            yield _step("declared", one.source, text, one.span)
        for rename in self.renamed:
            yield _step("renamed", rename.old, f"to {rename.new}", rename.first_use or rename.last_use)
        for source in self.evidence:
            for passage in source.passages:
                yield _step("evidence", source.source, passage.text, passage)
            if not source.passages:
                yield _step("evidence", source.source, source.title)
        yield from (_step("option of", one.decision, one.text) for one in self.option_of)
        yield from (_step("option", one.solution, one.text) for one in self.options)
        yield from (_step("force", one.force, one.impact) for one in self.forces)
        yield from (_step("impact", one.solution, one.impact) for one in self.impacts)
        yield from (_step("figure", figure, None) for figure in self.figures)

    @property
    def passages(self) -> tuple[CodePassage, ...]:
        """All passages, in order."""
        return tuple(passage for source in self.evidence for passage in source.passages)


class ChainOfEvidence:
    """Answers for the codes of one study. The mentions in the notes are collected once.

    Args:
        registry: What the modules declare.
        notes: The field notes of the study.
        renames: Old name → new name.
    """

    def __init__(self, registry: Registry, notes: Iterable[FieldNote], renames: Mapping[str, str]) -> None:
        self._registry = registry
        self._renames = renames
        self._mentions: dict[str, dict[str, list[Mention]]] = {}
        self._notes: dict[str, list[FieldNote]] = {}
        for note in notes:
            source = note.identifier
            if source is None:
                continue
            self._notes.setdefault(source, []).append(note)
            for name, places in codes_mentioned(note, renames).items():
                self._mentions.setdefault(name, {}).setdefault(source, []).extend(places)

    def notes_of(self, source: str) -> tuple[FieldNote, ...]:
        """The notes about a source, by its identifier; several coders may each have written one."""
        return tuple(self._notes.get(source, ()))

    def passages_of(self, code: str | CNamedElement) -> tuple[CodePassage, ...]:
        """The passages of a code, in the order of the sources and of their notes.

        Args:
            code: The element, its current identifier or an earlier one, or its display name.

        Raises:
            UnknownNameError: Neither modules nor notes know the code; a `KeyError` with the nearest names.
            AmbiguousNameError: Several codes have that name.
        """
        declaration, identifier = self._find(code)
        return tuple(one for source in self._evidence(declaration, identifier) for one in source.passages)

    def chain_of(self, code: str | CNamedElement, figures: Sequence[str] = ()) -> CodeChain:
        """Where a code was declared, renamed and found, and what it is linked to.

        Args:
            code: The element, its current identifier or an earlier one, or its display name.
            figures: The figures that show it, which only the caller knows.

        Raises:
            UnknownNameError: Neither modules nor notes know the code; a `KeyError` with the nearest names.
            AmbiguousNameError: Several codes have that name.
        """
        declaration, identifier = self._find(code)
        names = _names(declaration, identifier)
        declared = tuple(self._declared(names))
        registry = self._registry
        chain = CodeChain(
            identifier=identifier,
            name=next((one.display_name for one in declared if one.display_name), identifier),
            kind="dropped",
            span=None,
            declared=declared,
            renamed=tuple(self._renamed(names)),
            evidence=tuple(self._evidence(declaration, identifier)),
            figures=tuple(figures),
            state=registry.state,
        )
        if declaration is None:
            return chain
        element: Any = declaration.element
        is_solution = declaration.kind in ("practice", "pattern", "solution", "decision")
        return evolve(
            chain,
            name=declaration.name,
            kind=declaration.kind,
            span=declaration.span,
            option_of=tuple(registry.decisions_of(element)) if is_solution else (),
            options=tuple(registry.options_of(element)) if declaration.kind == "decision" else (),
            forces=tuple(registry.forces_of(element)) if is_solution else (),
            impacts=tuple(registry.impacts_on(element)) if declaration.kind == "force" else (),
        )

    def element(self, code: str | CNamedElement) -> CNamedElement | None:
        """The element of a code; None of a code that only the notes know.

        Args:
            code: The element, its current identifier or an earlier one, or its display name.

        Raises:
            UnknownNameError: Neither modules nor notes know the code; a `KeyError` with the nearest names.
            AmbiguousNameError: Several codes have that name.
        """
        declaration, _ = self._find(code)
        return declaration.element if declaration is not None else None

    def _find(self, code: str | CNamedElement) -> tuple[Declaration | None, str]:
        """The declaration and the identifier; of a code that the model has dropped only the identifier."""
        name = code
        if isinstance(code, str) and code not in self._registry:
            name = current_name(self._renames, code)
        try:
            declaration = self._registry.find(name)
        except UnknownNameError:
            if isinstance(name, str) and name in self._mentions:
                return None, name
            raise
        return declaration, declaration.short_name

    def _declared(self, names: tuple[str, ...]) -> Iterator[DeclaredIn]:
        for name, by_source in self._mentions.items():
            for source, places in by_source.items() if name in names else ():
                for _, one in places:
                    if isinstance(one, DeclarationStatement):
                        yield DeclaredIn(
                            one.identifier.name,
                            one.kind or None,
                            one.display_name.value if one.display_name is not None else None,
                            source,
                            one.identifier.span,
                        )

    def _renamed(self, names: tuple[str, ...]) -> Iterator[Renamed]:
        for old, new in self._renames.items():
            if current_name(self._renames, old) in names:
                before, after = self._uses(old), self._uses(new)
                yield Renamed(old, new, before[-1] if before else None, after[0] if after else None)

    def _uses(self, name: str) -> list[Span]:
        """Where the notes use a name, be it an old or a new one."""
        by_source = self._mentions.get(current_name(self._renames, name), {})
        return [one.span for places in by_source.values() for one, _ in places if one.name == name]

    def _evidence(self, declaration: Declaration | None, identifier: str) -> Iterator[SourceEvidence]:
        """By source: those of the registry in its order, then those that only the notes know."""
        mentions: dict[str, list[Mention]] = {}
        for name in _names(declaration, identifier):
            for source, places in self._mentions.get(name, {}).items():
                mentions.setdefault(source, []).extend(places)
        registry = self._registry
        element = declaration.element if declaration is not None else None
        linked = registry.evidence_of(element) if element is not None and registry.is_code(element) else ()
        in_model = [_identifier(registry, source) for source in linked]
        declared = {_identifier(registry, source): source for source in registry.sources}
        order = {name: index for index, name in enumerate(declared)}
        found = dict.fromkeys([*in_model, *mentions])
        for source in sorted(found, key=lambda one: order.get(one, len(order))):
            places = mentions.get(source, [])
            notes = self.notes_of(source)
            title = notes[0].title if notes else ""
            if not title and source in declared:
                title = _title(declared[source])
            yield SourceEvidence(
                source,
                title,
                source in in_model,
                tuple(name.span for name, _ in places),
                tuple(_passages(source, places)),
            )


def _step(step: str, name: str, text: str | None, at: Span | CodePassage | None = None) -> Row:
    file, line = (shown_path(at.path), at.line) if at is not None else (None, None)
    return {"step": step, "name": name, "file": file, "line": line, "text": text}


def _names(declaration: Declaration | None, identifier: str) -> tuple[str, ...]:
    """The names that traces may use for a code."""
    return (identifier, *(declaration.aliases if declaration is not None else ()))


def _identifier(registry: Registry, source: CNamedElement) -> str:
    return registry.identifier_of(source) or str(source.name)


def _title(source: CClass) -> str:
    return str(source.get_value("title") or "")


def _passages(source: str, places: list[Mention]) -> Iterator[CodePassage]:
    mentions: dict[Passage, list[Span]] = {}
    for name, statement in sorted(places, key=lambda place: (place[0].span.path, place[0].span.start)):
        for passage in statement.evidence:
            mentions.setdefault(passage, []).append(name.span)
    for passage, spans in mentions.items():
        yield CodePassage(
            source=source,
            path=passage.span.path,
            line=passage.line,
            end_line=passage.end_line,
            text=passage.text,
            kind=passage.kind,
            heading=passage.heading,
            mentions=tuple(spans),
        )
