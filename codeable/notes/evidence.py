"""The chain of evidence: from a code to the passages it was met in, and everything else it rests on.

Pure functions of the registry, the notes and the renames of a study; a code that the model has dropped is
followed in the notes alone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from codeable.kernel import CClass, CNamedElement
from codeable.notes.evidence_records import (
    CodeChain,
    CodePassage,
    DeclaredIn,
    Linked,
    Renamed,
    SourceEvidence,
)
from codeable.notes.mentions import codes_met, current_name
from codeable.notes.records import Declaration, FieldNote, Name, Passage, Span, Statement
from codeable.registry import Declaration as Element
from codeable.registry import Registry, UnknownNameError

__all__ = [
    "ChainOfEvidence",
    "CodeChain",
    "CodePassage",
    "DeclaredIn",
    "Linked",
    "Renamed",
    "SourceEvidence",
    "passages_of",
    "trace_of",
]

_Place = tuple[Name, Statement]


def passages_of(
    registry: Registry,
    notes: Iterable[FieldNote],
    renames: Mapping[str, str],
    code: str | CNamedElement,
) -> tuple[CodePassage, ...]:
    """The passages that a code was met in, in the order of the sources; see `ChainOfEvidence.passages`."""
    return ChainOfEvidence(registry, notes, renames).passages_of(code)


def trace_of(
    registry: Registry,
    notes: Iterable[FieldNote],
    renames: Mapping[str, str],
    code: str | CNamedElement,
    figures: Sequence[str] = (),
) -> CodeChain:
    """Where a code was declared, renamed and found, and what it is part of; see `ChainOfEvidence.trace`."""
    return ChainOfEvidence(registry, notes, renames).trace(code, figures)


class ChainOfEvidence:
    """Answers for many codes of one study; the notes are gone through once.

    Args:
        registry: What the modules declare.
        notes: The field notes of the study.
        renames: Old name → new name.
    """

    def __init__(self, registry: Registry, notes: Iterable[FieldNote], renames: Mapping[str, str]) -> None:
        self._registry = registry
        self._renames = renames
        self._notes = [note for note in notes if note.identifier is not None]
        self._met: dict[str, dict[str, list[_Place]]] = {}
        self._titles: dict[str, str] = {}
        for note in self._notes:
            source = str(note.identifier)
            title = note.metadata.get("title")
            self._titles.setdefault(source, title.value if title is not None else "")
            for name, places in codes_met(note, renames).items():
                self._met.setdefault(name, {}).setdefault(source, []).extend(places)

    def passages_of(self, code: str | CNamedElement) -> tuple[CodePassage, ...]:
        """The passages that a code was met in, in the order of the sources and of their notes.

        Args:
            code: The element, its identifier of today or before, or its display name.

        Raises:
            UnknownNameError: Neither modules nor notes know the code; a `KeyError` with the nearest names.
            AmbiguousNameError: Several codes have that name.
        """
        element, identifier = self._find(code)
        return tuple(one for source in self._evidence(element, identifier) for one in source.passages)

    def trace(self, code: str | CNamedElement, figures: Sequence[str] = ()) -> CodeChain:
        """Where a code was declared, renamed and found, and what it is part of.

        Args:
            code: The element, its identifier of today or before, or its display name.
            figures: The figures that show it; only the layers above know.

        Raises:
            UnknownNameError: Neither modules nor notes know the code; a `KeyError` with the nearest names.
            AmbiguousNameError: Several codes have that name.
        """
        element, identifier = self._find(code)
        names = _names(element, identifier)
        declared = tuple(self._declared(names))
        in_notes = next((one.display_name for one in declared if one.display_name), None)
        span = element.span if element is not None else None
        return CodeChain(
            identifier=identifier,
            name=element.name if element is not None else in_notes or identifier,
            kind=element.kind if element is not None else "dropped",
            place=f"{span.path}:{span.line}" if span is not None else "",
            declared=declared,
            renamed=tuple(self._renamed(names)),
            evidence=tuple(self._evidence(element, identifier)),
            figures=tuple(figures),
            state=self._registry.state,
            **_links(self._registry, element),
        )

    def element(self, code: str | CNamedElement) -> CNamedElement | None:
        """The element that a code is in the model; None of one that only the notes know.

        Args:
            code: The element, its identifier of today or before, or its display name.

        Raises:
            UnknownNameError: Neither modules nor notes know the code; a `KeyError` with the nearest names.
            AmbiguousNameError: Several codes have that name.
        """
        declaration, _ = self._find(code)
        return declaration.element if declaration is not None else None

    def _find(self, code: str | CNamedElement) -> tuple[Element | None, str]:
        """The element and its identifier; of a code that the model has dropped only the identifier."""
        name = code
        if isinstance(code, str) and code not in self._registry:
            name = current_name(self._renames, code)
        try:
            element = self._registry.find(name)
        except UnknownNameError:
            if isinstance(name, str) and name in self._met:
                return None, name
            raise
        return element, element.short_name

    def _declared(self, names: tuple[str, ...]) -> Iterator[DeclaredIn]:
        for name in self._met:
            if name not in names:
                continue
            for source, places in self._met[name].items():
                for _, one in places:
                    if (
                        isinstance(one, Declaration)
                        and current_name(self._renames, one.identifier.name) == name
                    ):
                        yield DeclaredIn(
                            one.identifier.name,
                            one.metaclass.name if one.metaclass is not None else None,
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
        by_source = self._met.get(current_name(self._renames, name), {})
        return [one.span for places in by_source.values() for one, _ in places if one.name == name]

    def _evidence(self, element: Element | None, identifier: str) -> Iterator[SourceEvidence]:
        """By source: those that the registry knows in its order, then those that only the notes know."""
        met: dict[str, list[_Place]] = {}
        for name in _names(element, identifier):
            for source, places in self._met.get(name, {}).items():
                met.setdefault(source, []).extend(places)
        registry = self._registry
        is_code = element is not None and registry.is_code(element.element)
        linked = registry.evidence_of(element.element) if element is not None and is_code else []
        in_model = [_identifier(registry, source) for source in linked]
        declared = {_identifier(registry, source): source for source in registry.sources}
        order = {name: index for index, name in enumerate(declared)}
        for source in sorted(dict.fromkeys([*in_model, *met]), key=lambda one: order.get(one, len(order))):
            places = met.get(source, [])
            title = self._titles.get(source) or (_title(declared[source]) if source in declared else "")
            yield SourceEvidence(
                source,
                title,
                source in in_model,
                tuple(name.span for name, _ in places),
                tuple(_passages(source, places)),
            )


def _names(element: Element | None, identifier: str) -> tuple[str, ...]:
    """The names under which traces may speak of a code."""
    return (identifier, *(element.aliases if element is not None else ()))


def _identifier(registry: Registry, source: CNamedElement) -> str:
    return registry.identifier_of(source) or str(source.name)


def _title(source: CClass) -> str:
    return str(source.get_value("title") or "")


def _passages(source: str, places: list[_Place]) -> Iterator[CodePassage]:
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


def _links(registry: Registry, element: Element | None) -> dict[str, tuple[Linked, ...]]:
    """What the model links a code to."""

    def linked(other: CNamedElement, text: str | None = None) -> Linked:
        return Linked(registry.identifier_of(other) or str(other.name), str(other.name or ""), text)

    found: dict[str, tuple[Linked, ...]] = dict.fromkeys(("option_of", "options", "forces", "impacts"), ())
    if element is None:
        return found
    code = element.element
    if element.kind == "decision":
        found["options"] = tuple(linked(one.solution_element, one.text) for one in registry.options_of(code))
    if element.kind in ("practice", "pattern", "solution", "decision"):
        found["option_of"] = tuple(
            linked(one.decision_element, one.text) for one in registry.decisions_of(code)
        )
        found["forces"] = tuple(linked(one.force_element, one.impact) for one in registry.forces_of(code))
    if element.kind == "force":
        found["impacts"] = tuple(
            linked(one.solution_element, one.impact) for one in registry.impacts_on(code)
        )
    return found
