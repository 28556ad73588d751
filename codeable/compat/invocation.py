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
    further = list(further)
    pairs = (alias.partition("=") for alias in further)
    keyword = f"aliases={ {**aliases, **{old: new for old, _, new in pairs}} }"
    return _again([word for alias in further for word in ("--alias", alias)], keyword)


def again_with_the_copy() -> str | None:
    """How to do the same again with the copy of CodeableModels; None if the command cannot do that."""
    context = _context()
    if context is not None and not any(each.name == "keep_bundled" for each in context.command.params):
        return None
    return _again(["--keep-bundled"], "keep_bundled=True")


def _again(words: list[str], keyword: str) -> str:
    context = _context()
    if context is None:
        return f"run again with {keyword}"
    return f"run again with: {context.command_path} {shlex.join([*words, *context.meta[_WORDS]])}"


def _context() -> click.Context | None:
    context = click.get_current_context(silent=True)
    return context if context is not None and isinstance(context.command, ProposedCommand) else None
