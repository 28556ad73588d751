"""`codeable show NAME`: all that is known of one element of a study."""

from pathlib import Path

import click

from codeable.cli.terminal import Line, terminal_width, write
from codeable.loading import load_folder
from codeable.study.facts import as_text, facts_of

__all__ = ["show_command"]


@click.command("show")
@click.argument("name")
@click.option(
    "--study",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="DIR",
    help="The study's folder.  [default: this one]",
)
def show_command(name: str, study: Path) -> None:
    """Show all that is known of one element of a study.

    NAME is its identifier (event_streaming), its display name ("Event Streaming"), or, where several have
    the same, its exact name (models.communication:event_streaming).
    """
    registry = load_folder(study)
    declaration = registry.find(name)
    text = as_text(declaration.name, facts_of(registry, declaration), terminal_width())
    title, *rest = text.split("\n")
    write([Line(title, "heading"), *map(Line, rest)])
