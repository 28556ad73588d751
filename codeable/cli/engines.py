"""The command `codeable engines`: what can draw here, and what is missing for the rest."""

from pathlib import Path

import click

from codeable.engines import EngineState, engine_states
from codeable.settings import read_settings

__all__ = ["engines_command"]


@click.command("engines", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("study", type=click.Path(path_type=Path, file_okay=False, exists=True), default=Path())
def engines_command(study: Path) -> int:
    """List what can draw pictures here, with the settings of the study in the folder STUDY."""
    settings = read_settings(study)
    states = engine_states(settings.engines, study.resolve())
    width = max(len(_name(state)) for state in states)
    for state in states:
        default = "  (default)" if state.engine == settings.engine and state.ready else ""
        click.echo(f"{_name(state):<{width}}  {_what(state)}{default}")
        if not state.ready and state.install:
            click.echo(f"{'':<{width}}  install: {state.install}")
    return 0


def _name(state: EngineState) -> str:
    return f"{state.engine}: {state.backend}"


def _what(state: EngineState) -> str:
    if not state.ready:
        return f"missing: {state.missing or 'it cannot be used here'}"
    version = f" {state.version}" if state.version else ""
    return f"ready{version}, writes {', '.join(state.formats)}"
