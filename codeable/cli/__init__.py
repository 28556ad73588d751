"""The console script `codeable`. Each command has a module of its own, imported when it is called."""

import gc

from codeable.exits import run

_COLLECTED_AFTER = 100_000
"""New objects after which garbage is searched for. A command keeps nearly all that it makes until it ends."""


def main(arguments: list[str] | None = None) -> None:
    """Run a command line and exit; see `codeable.exits.run`.

    Args:
        arguments: The words after the program's name; those of this process when left out.
    """
    gc.set_threshold(_COLLECTED_AFTER, 20, 100)
    run("codeable.cli.group:cli", arguments)
