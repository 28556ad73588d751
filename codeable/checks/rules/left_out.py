"""C111: what a study built from the notes does not hold, and no other rule reports."""

from collections.abc import Iterator

from codeable.checks.context import Context
from codeable.checks.diagnostic import Violation, rule


@rule("C111", "left-out", "error", "a build leaves out what the notes say")
def left_out(context: Context) -> Iterator[Violation]:
    """One violation for each loss. The check moves it to the diagnostic of another rule that is its cause."""
    for one in context.left_out:
        if one.cause is not None and context.undeclared.is_added(one.cause):
            continue  # a build after the module is saved has it
        yield Violation(
            f"a build leaves '{one.what}' out" + (f": {one.reason}" if one.reason else ""),
            one.span,
            loses=(one,),
        )
