"""The stereotypes of a box, as lines above its name. Called by the writers and by `rails`."""

from collections.abc import Callable, Iterable


def stereotype_lines(names: Iterable[str], fits: Callable[[str], bool]) -> tuple[str, ...]:
    """Names of stereotypes between guillemets, as many on each line as fit there.

    Args:
        names: The names. One that fits on no line has a line of its own, which its writer wraps.
        fits: Whether a line is not too long.

    Example:
        >>> stereotype_lines(["Service", "Web UI", "In-Memory Data Store"], lambda line: len(line) <= 24)
        ('«Service» «Web UI»', '«In-Memory Data Store»')
    """
    lines: list[str] = []
    for name in names:
        stereotype = f"«{name}»"
        if lines and fits(f"{lines[-1]} {stereotype}"):
            lines[-1] += f" {stereotype}"
        else:
            lines.append(stereotype)
    return tuple(lines)
