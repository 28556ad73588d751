"""`codeable engines`: what can draw here, and what is missing for the rest."""

from collections.abc import Iterator
from pathlib import Path

import click

from codeable.engines import EngineState, engine_states
from codeable.loading import existing_folder
from codeable.settings import read_settings
from codeable.study_option import study_folder, study_option
from codeable.terminal import facts, write


@click.command("engines")
@study_option
def engines_command(study: Path | None) -> None:
    """List what can draw pictures here, with the settings of the study."""
    folder = existing_folder(study_folder(study))
    settings = read_settings(folder)
    states = engine_states(settings.engines, folder)
    write(facts([(_name(state), list(_lines(state, settings.engine))) for state in states], indent=0))


def _name(state: EngineState) -> str:
    return f"{state.engine}: {state.backend}"


def _lines(state: EngineState, default: str) -> Iterator[str]:
    if not state.ready:
        yield f"missing: {state.missing or 'it cannot be used here'}"
        if state.install:
            yield f"install: {state.install}"
        return
    version = f" {state.version}" if state.version else ""
    note = "  (default)" if state.engine == default else ""
    yield f"ready{version}, writes {', '.join(state.formats)}{note}"
