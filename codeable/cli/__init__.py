"""The console script `codeable`. Each command has a module of its own, imported when it is called."""

from codeable.exits import run


def main(arguments: list[str] | None = None) -> None:
    """Run a command line and exit; see `codeable.exits.run`.

    Args:
        arguments: The words after the program's name; those of this process when left out.
    """
    run("codeable.cli.group:cli", arguments)
