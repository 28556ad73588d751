"""The console script `codeable`; each command lives in its own module and is imported when it is called."""

from codeable.cli.group import main

__all__ = ["main"]
