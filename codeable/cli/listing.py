"""`codeable list`: the sources, decisions with their options, and codes of a study, with their evidence."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import click

from codeable.cli.terminal import Line, columns, terminal_width, write
from codeable.kernel import CClass
from codeable.loading import load_folder
from codeable.registry import Collection, Declaration, Registry
from codeable.text import printable, slug

__all__ = ["list_command"]


@click.command("list")
@click.argument("study", type=click.Path(path_type=Path), default=Path())
def list_command(study: Path) -> None:
    """List what the study in the folder STUDY holds (by default, the one in this folder).

    Sources with the number of codes found in them; decisions with their options; all codes with their
    evidence, that is, the sources that they were found in.
    """
    registry, room = load_folder(study), terminal_width()
    write(_lines(registry.settings.name, registry, room))


def _lines(name: str, registry: Registry, room: int) -> Iterator[Line]:
    yield Line(printable(name), "heading")
    if not registry.declarations:
        yield Line("  It declares nothing yet.")
    yield from _sources(registry, room)
    yield from _decisions(registry, room)
    yield from _codes(registry, room)


def _sources(registry: Registry, room: int) -> Iterator[Line]:
    yield from _section("Sources", registry.sources)
    rows = []
    for each in registry.sources.declarations:
        count = len(registry.codes_of(each.element))
        title = cast("CClass", each.element).get_value("title")
        rows.append(
            (each.short_name, f"{count} code{'' if count == 1 else 's'}", str(title or _other_name(each)))
        )
    yield from columns(rows, 2, room)


def _decisions(registry: Registry, room: int) -> Iterator[Line]:
    yield from _section("Decisions", registry.decisions)
    for each in registry.decisions.declarations:
        yield from columns([(each.short_name, _evidence(registry, each))], 2, room, [_other_name(each)])
        rows, texts = [], []
        for option in registry.options_of(each.element):
            solution = registry.find(option.solution_element)
            rows.append((f"- {solution.short_name}", solution.kind, _evidence(registry, solution)))
            texts.append(f"  {option.text or ''}")
        yield from columns(rows, 4, room, texts)
        if not rows:
            yield Line("    no options", "quiet")


def _codes(registry: Registry, room: int) -> Iterator[Line]:
    yield from _section("Codes", registry.codes)
    found = registry.codes.declarations
    rows = [(each.short_name, each.kind, _evidence(registry, each)) for each in found]
    yield from columns(rows, 2, room, [_other_name(each) for each in found])


def _section(title: str, found: Collection) -> Iterator[Line]:
    if found:
        yield Line("")
        yield Line(f"{title} ({len(found)})", "heading")


def _other_name(declaration: Declaration) -> str:
    """The display name where it tells more than the identifier."""
    name = declaration.name
    return name if slug(name) != slug(declaration.short_name) else ""


def _evidence(registry: Registry, declaration: Declaration) -> str:
    return " ".join(_key(registry, source) for source in registry.evidence_of(declaration.element)) or "-"


def _key(registry: Registry, element: CClass) -> str:
    return registry.find(element).short_name
