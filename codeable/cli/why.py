"""`codeable why`: what a code rests on, back to the passages, and what rests on it."""

from pathlib import Path

import click

__all__ = ["why_command"]


@click.command("why", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("name")
@click.argument("study", type=click.Path(path_type=Path), default=Path())
@click.option("--full", is_flag=True, help="Whole passages, not their beginnings.")
def why_command(name: str, study: Path, full: bool) -> None:
    """Tell why a code is in the study: the passages it was met in, and what it is part of.

    NAME is an identifier, of today or from before a rename, or a display name. STUDY is a folder, by default
    the current one.
    """
    from codeable.cli.why_text import told
    from codeable.study import load

    click.echo(told(load(study).chain_of_evidence(name), full=full))
