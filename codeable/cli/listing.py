"""`codeable list`: the sources, decisions with their options, and codes of a study, with their evidence."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import asdict, frozen

from codeable.loading import load_folder
from codeable.registry import Declaration, Registry
from codeable.study_option import study_folder, study_option
from codeable.terminal import aligned, plain, write
from codeable.text import counted, json_text, slug

if TYPE_CHECKING:
    from rich.console import RenderableType


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
    evidence: tuple[str, ...]


@frozen
class ListedDecision:
    """A decision with its options."""

    identifier: str
    name: str
    evidence: tuple[str, ...]
    options: tuple[ListedOption, ...]


@frozen
class Listing:
    """What a study holds, in natural order."""

    study: str
    sources: tuple[ListedSource, ...]
    decisions: tuple[ListedDecision, ...]
    codes: tuple[ListedCode, ...]


@click.command("list")
@study_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Text or JSON.")
def list_command(study: Path | None, form: str) -> None:
    """List what a study holds.

    Sources with the number of codes found in them; decisions with their options; all codes with their
    evidence, that is, the sources that they were found in.
    """
    registry = load_folder(study_folder(study))
    listing = _listing(registry)
    if form == "json":
        click.echo(json_text(asdict(listing)))
    else:
        write(*_text(listing))


def _listing(registry: Registry) -> Listing:
    return Listing(
        registry.settings.name,
        tuple(_source(registry, each) for each in registry.sources.declarations),
        tuple(_decision(registry, each) for each in registry.decisions.declarations),
        tuple(
            ListedCode(each.short_name, each.name, each.kind, _evidence(registry, each))
            for each in registry.codes.declarations
        ),
    )


def _source(registry: Registry, source: Declaration) -> ListedSource:
    title = source.element.get_value("title")
    shown = str(title or _other_name(source.short_name, source.name))
    return ListedSource(source.short_name, shown, len(registry.codes_of(source.element)))


def _decision(registry: Registry, decision: Declaration) -> ListedDecision:
    options = []
    for option in registry.options_of(decision.element):
        solution = registry.find(option.solution_element)
        options.append(
            ListedOption(
                solution.short_name,
                solution.name,
                solution.kind,
                option.text or "",
                _evidence(registry, solution),
            )
        )
    return ListedDecision(decision.short_name, decision.name, _evidence(registry, decision), tuple(options))


def _evidence(registry: Registry, code: Declaration) -> tuple[str, ...]:
    return tuple(registry.find(source).short_name for source in registry.evidence_of(code.element))


def _text(listing: Listing) -> "Iterator[RenderableType]":
    yield plain(listing.study, "bold")
    if not (listing.sources or listing.decisions or listing.codes):
        yield "  It declares nothing yet."
    yield from _heading("Sources", listing.sources)
    rows = [(each.identifier, counted(each.codes, "code"), each.title) for each in listing.sources]
    if rows:
        yield aligned(rows)
    yield from _heading("Decisions", listing.decisions)
    for decision in listing.decisions:
        evidence = _known(decision.evidence)
        yield aligned([(decision.identifier, evidence, _other_name(decision.identifier, decision.name))])
        options = [(each.solution, each.kind, _known(each.evidence), each.text) for each in decision.options]
        yield aligned(options, indent=4) if options else plain("    no options", "dim")
    yield from _heading("Codes", listing.codes)
    if listing.codes:
        yield aligned(
            [
                (each.identifier, each.kind, _known(each.evidence), _other_name(each.identifier, each.name))
                for each in listing.codes
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
