"""The command that the user has given, proposed again with further aliases.

Whatever reports a failure of a CodeableModels study calls `again_with`. Commands that may be proposed are of
the class `ProposedCommand`.
"""

import shlex
from collections.abc import Iterable, Mapping

import click

_WORDS = "codeable.compat.words"


class ProposedCommand(click.Command):
    """A command that takes `--alias` and remembers the words that it was given."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Remember the words, and read them."""
        ctx.meta[_WORDS] = list(args)
        return super().parse_args(ctx, args)


def again_with(further: Iterable[str], aliases: Mapping[str, str]) -> str:
    """How to do the same again with further aliases: in a shell, or in Python where no command was given.

    Args:
        further: The further aliases, `old=new` each.
        aliases: The aliases that were given before.

    Example:
        >>> again_with(["api_models=product_models"], {"lost": "found"})
        "run again with aliases={'lost': 'found', 'api_models': 'product_models'}"
    """
    context = click.get_current_context(silent=True)
    if context is None or not isinstance(context.command, ProposedCommand):
        pairs = (alias.partition("=") for alias in further)
        return f"run again with aliases={ {**aliases, **{old: new for old, _, new in pairs}} }"
    added = [word for alias in further for word in ("--alias", alias)]
    words = shlex.join([*added, *context.meta[_WORDS]])
    return f"run again with: {context.command_path} {words}"
