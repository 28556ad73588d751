"""`codeable list`: the sources, decisions with their options, and codes of a study, with their evidence."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import click
from attrs import asdict, frozen

from codeable.loading import load_folder
from codeable.registry import Declaration, Registry
from codeable.registry.records import with_description
from codeable.registry.values import stereotype_names
from codeable.study_option import study_folder, study_option
from codeable.terminal import aligned, plain, write, write_json
from codeable.text import counted, slug

if TYPE_CHECKING:
    from rich.console import RenderableType

    from codeable.kernel import CNamedElement


@frozen
class ListedSource:
    """A source with the number of codes that were found in it."""

    identifier: str
    title: str
    codes: int


@frozen
class ListedCode:
    """A code with the sources that it was found in."""

    identifier: str
    name: str
    kind: str
    evidence: tuple[str, ...]


@frozen
class ListedOption:
    """An option of a decision: the solution, and what choosing it means."""

    solution: str
    name: str
    kind: str
    text: str
    description: str
    evidence: tuple[str, ...]


@frozen
class ListedDecision:
    """A decision with its options."""

    identifier: str
    name: str
    evidence: tuple[str, ...]
    options: tuple[ListedOption, ...]


@frozen
class ListedClass:
    """A class of another kind, such as a component, with the number of its links."""

    identifier: str
    name: str
    metaclass: str
    stereotypes: tuple[str, ...]
    links: int


Listed: TypeAlias = ListedSource | ListedDecision | ListedCode | ListedClass

_SHOWN = ("sources", "decisions", "codes", "classes")
_MORE = ("practices", "patterns", "solutions", "forces", "categories", "bundles", "references")


@click.command("list")
@click.argument("what", required=False, type=click.Choice((*_SHOWN, *_MORE)), metavar="[WHAT]")
@study_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Text or JSON.")
def list_command(what: str | None, study: Path | None, form: str) -> None:
    """List what a study holds.

    Sources with the number of codes found in them; decisions with their options; all codes with their
    evidence, that is, the sources that they were found in; classes of other kinds, such as components, with
    their stereotypes and the number of their links.

    WHAT chooses one list: sources, decisions, codes, classes, practices, patterns, solutions, forces,
    categories, bundles or references.
    """
    registry = load_folder(study_folder(study))
    lister = _Lister(registry)
    lists = {each: lister.listed(each) for each in ((what,) if what else _SHOWN)}
    name = registry.settings.name
    if form == "json":
        listed = {each: list(map(asdict, found)) for each, found in lists.items()}
        write_json({"study": name, **listed})
    else:
        write(*_text(name, lists))


class _Lister:
    """Makes the lists of one study. The evidence of a code, which several of them show, is looked up once."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._sources = {each.element: each.short_name for each in registry.sources.declarations}
        self._evidence: dict[CNamedElement, tuple[str, ...]] = {}

    def listed(self, what: str) -> tuple[Listed, ...]:
        """The elements of one collection of the study, in natural order."""
        describers: dict[str, Callable[[Declaration], Listed]] = {
            "sources": self._source,
            "decisions": self._decision,
            "classes": self._class,
        }
        describe = describers.get(what, self._code)
        return tuple(map(describe, getattr(self._registry, what).declarations))

    def _source(self, source: Declaration) -> ListedSource:
        title = source.element.get_value("title")
        shown = str(title or _other_name(source.short_name, source.name))
        return ListedSource(source.short_name, shown, len(self._registry.codes_of(source.element)))

    def _decision(self, decision: Declaration) -> ListedDecision:
        options = []
        for option in self._registry.options_of(decision.element):
            solution = self._registry.look_up(option.solution_element)
            options.append(
                ListedOption(
                    solution.short_name,
                    solution.name,
                    solution.kind,
                    option.text or "",
                    option.description or "",
                    self._evidence_of(solution),
                )
            )
        evidence = self._evidence_of(decision)
        return ListedDecision(decision.short_name, decision.name, evidence, tuple(options))

    def _code(self, code: Declaration) -> ListedCode:
        return ListedCode(code.short_name, code.name, code.kind, self._evidence_of(code))

    def _class(self, declaration: Declaration) -> ListedClass:
        element = declaration.element
        stereotypes = tuple(stereotype_names(element))
        number = len(self._registry.links_of(element))
        metaclass = str(element.metaclass)
        return ListedClass(declaration.short_name, declaration.name, metaclass, stereotypes, number)

    def _evidence_of(self, code: Declaration) -> tuple[str, ...]:
        if not self._registry.is_code(code.element):
            return ()
        found = self._evidence.get(code.element)
        if found is None:
            found = tuple(self._sources[source] for source in self._registry.evidence_of(code.element))
            self._evidence[code.element] = found
        return found


def _text(study: str, lists: Mapping[str, Sequence[Listed]]) -> "Iterator[RenderableType]":
    yield plain(study, "bold")
    if not any(lists.values()):
        nothing = f"no {next(iter(lists))}" if len(lists) == 1 else "nothing yet"
        yield f"  It declares {nothing}."
    for what, found in lists.items():
        yield from _heading(what.capitalize(), found)
        yield from _rows(found)
        yield from _class_rows(found)


def _rows(found: Sequence[Listed]) -> "Iterator[RenderableType]":
    sources = [each for each in found if isinstance(each, ListedSource)]
    if sources:
        yield aligned([(each.identifier, counted(each.codes, "code"), each.title) for each in sources])
    for decision in found:
        if not isinstance(decision, ListedDecision):
            continue
        evidence = _known(decision.evidence)
        yield aligned([(decision.identifier, evidence, _other_name(decision.identifier, decision.name))])
        options = [
            (each.solution, each.kind, _known(each.evidence), with_description(each.text, each.description))
            for each in decision.options
        ]
        yield aligned(options, indent=4) if options else plain("    no options", "dim")
    codes = [each for each in found if isinstance(each, ListedCode)]
    if codes:
        yield aligned(
            [
                (each.identifier, each.kind, _known(each.evidence), _other_name(each.identifier, each.name))
                for each in codes
            ]
        )


def _class_rows(found: Sequence[Listed]) -> "Iterator[RenderableType]":
    classes = [each for each in found if isinstance(each, ListedClass)]
    if classes:
        yield aligned(
            [
                (
                    each.identifier,
                    each.metaclass,
                    counted(each.links, "link"),
                    " ".join(f"«{stereotype}»" for stereotype in each.stereotypes) or "-",
                    _other_name(each.identifier, each.name),
                )
                for each in classes
            ]
        )


def _heading(title: str, found: Sequence[object]) -> "Iterator[RenderableType]":
    if found:
        yield ""
        yield plain(f"{title} ({len(found)})", "bold")


def _known(evidence: Sequence[str]) -> str:
    return " ".join(evidence) or "-"


def _other_name(identifier: str, name: str) -> str:
    """The display name where it tells more than the identifier."""
    return name if slug(name) != slug(identifier) else ""
