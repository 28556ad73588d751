"""The console script `codeable`; each command lives in its own module and is imported when it is called."""

from codeable.exits import run

__all__ = ["main"]


def main(arguments: list[str] | None = None) -> None:
    """Run a command line and exit; see `codeable.exits.run`.

    Args:
        arguments: The words after the program's name; those of this process when left out.
    """
    run("codeable.cli.group:cli", arguments)
