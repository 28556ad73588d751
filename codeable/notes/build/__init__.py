"""A study built from field notes alone: modules in the order and wording of the traces.

`codeable notes build` calls `build`, then `apply` or `difference`.
"""

import os
from collections.abc import Iterable
from pathlib import Path

from attrs import frozen

from codeable.notes.build.accept import accept
from codeable.notes.build.collect import collect
from codeable.notes.build.dry_run import DryRun
from codeable.notes.build.files import Change, NameClash, apply, compare, difference, name_clashes
from codeable.notes.build.modules import compose
from codeable.notes.build.plan import LeftOut
from codeable.notes.model import FieldNote
from codeable.settings import SETTINGS_FILE, Settings, read_settings

__all__ = ["Build", "Change", "LeftOut", "NameClash", "apply", "build", "difference", "left_out_of"]


@frozen
class Build:
    """The result of building a study from notes, before anything is written.

    Attributes:
        changes: What building means for each file.
        left_out: What in the notes is not in the study, and why.
        sources: How many sources it has.
        decisions: How many decisions the notes declare.
        name_clashes: The names that modules of the study which were not built declare already.
    """

    changes: tuple[Change, ...]
    left_out: tuple[LeftOut, ...]
    sources: int
    decisions: int
    name_clashes: tuple[NameClash, ...]


def build(notes: Iterable[FieldNote], folder: Path) -> Build:
    """Build a study from notes.

    Nothing from a note is executed: the modules hold names, literals and calls of the vocabulary. The renames
    in the settings of the folder are applied.

    Args:
        notes: The notes, in the order of coding.
        folder: The study's folder; it need not exist.

    Raises:
        CodeableError: The settings in the folder are wrong, or a file in it cannot be read.
    """
    from codeable import dsl

    settings = read_settings(folder)
    models, sources = settings.models[0], settings.sources[0]
    plan = collect(notes, settings, dsl.NAMES)
    accepted = accept(plan, DryRun(dsl.fresh_vocabulary()))
    modules = compose(accepted.items, plan, models, sources)
    changes = compare(modules, folder, (models, sources))
    clashes = tuple(name_clashes(changes, folder, settings))
    if not (folder / SETTINGS_FILE).exists():
        changes.append(
            Change(
                SETTINGS_FILE,
                "new",
                None,
                _settings_text([note for one in plan.sources for note in one.notes], folder),
            )
        )
    return Build(
        changes=tuple(changes),
        left_out=(*plan.left_out, *accepted.left_out),
        sources=len(plan.sources),
        decisions=len(plan.decisions),
        name_clashes=clashes,
    )


def left_out_of(notes: Iterable[FieldNote], settings: Settings) -> tuple[LeftOut, ...]:
    """What `build` leaves out of the study, and why.

    Args:
        notes: The notes, in the order of coding.
        settings: The settings of the study, with its renames.
    """
    from codeable import dsl

    plan = collect(notes, settings, dsl.NAMES)
    accepted = accept(plan, DryRun(dsl.fresh_vocabulary()))
    return (*plan.left_out, *accepted.left_out)


def _settings_text(notes: list[FieldNote], folder: Path) -> str:
    """The settings of a new study: where its notes are, for the checks and the chain of evidence."""
    paths = dict.fromkeys(_from(folder, Path(note.path).absolute()) for note in notes)
    entries = "".join(f"    {_toml_text(path)},\n" for path in paths)
    return f"[tool.codeable]\nnotes = [\n{entries}]\n"


def _from(folder: Path, path: Path) -> str:
    try:
        return Path(os.path.relpath(path, folder.absolute())).as_posix()
    except ValueError:  # on another drive
        return path.as_posix()


def _toml_text(text: str) -> str:
    escaped = "".join(
        character if character.isprintable() and character not in '"\\' else f"\\U{ord(character):08x}"
        for character in text
    )
    return f'"{escaped}"'
