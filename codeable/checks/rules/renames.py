"""C307: the renames of the settings: lines that join an old name to nothing, or to itself."""

import re
from collections.abc import Iterator, Mapping

from codeable.checks.context import Context
from codeable.checks.diagnostic import Place, Related
from codeable.checks.modules import lines_of
from codeable.checks.renames import is_bindable
from codeable.checks.rule import Violation, rule

__all__ = ["RENAMES", "RULES"]

RENAMES = "C307"
"""The rule with which the renames themselves are selected or ignored, also when they are carried out."""

_TABLE = re.compile(r"\s*\[\s*tool\s*\.\s*codeable\s*\.\s*renames\s*\]|\s*renames\s*=\s*\{")


@rule(RENAMES, "rename-astray", "warning", "a rename of the settings leads to no code")
def rename_astray(context: Context) -> Iterator[Violation]:
    """To a name that is declared nowhere or cannot be one, in a circle, or away from a code of the model."""
    renames = context.renames
    told: set[str] = set()
    for old, new in renames.items():
        circle = _circle(renames, old)
        if circle and old not in told:
            told.update(circle)
            yield Violation(
                f"the renames lead in a circle: {' → '.join([*circle, circle[0]])}",
                _place(context, old),
                "keep the lines that lead to the name of today",
                severity="error",
            )
        elif not circle:
            yield from _astray(context, old, new)


def _astray(context: Context, old: str, new: str) -> Iterator[Violation]:
    unfit = next((name for name in (old, new) if not is_bindable(name)), None)
    declared = context.model_elements.keys() | context.declarations.keys()
    if unfit is not None:
        yield Violation(
            f"'{unfit}' cannot be the name of a code: it is no identifier, or a name of the vocabulary",
            _place(context, old),
            f"so '{old}' is not renamed",
        )
    elif new not in context.renames and new not in declared and old not in context.model_elements:
        near = context.nearest_declared(new)
        yield Violation(
            f"'{old}' is renamed to '{new}', which is declared nowhere",
            _place(context, old),
            f'did you mean {old} = "{near}"?' if near is not None else "declare it, or take the line out",
        )
    elif old in context.model_elements and context.model is not None and old in context.model.codes:
        code = context.model.codes[old]
        yield Violation(
            f"'{old}' is renamed to '{context.current(old)}', but the model still declares '{old}'",
            _place(context, old),
            "rename it in its module too, or take the line out",
            (Related.at(code.place, f"'{old}' is declared here"),),
        )


def _circle(renames: Mapping[str, str], name: str) -> list[str]:
    """The names of the circle that a name is part of; empty when it is part of none."""
    names = [name]
    while (following := renames.get(names[-1])) is not None and following not in names:
        names.append(following)
    return names if following == name else []


def _place(context: Context, old: str) -> Place:
    """The line of the settings that renames a name; the first line when it cannot be found."""
    file = context.settings_file
    key = re.compile(rf"""(?:^|[{{,])\s*(["']?){re.escape(old)}\1\s*=""")
    inside = False
    for number, line in enumerate(lines_of(context.text_of(file)), start=1):
        inside = inside or _TABLE.match(line) is not None
        match = key.search(line) if inside else None
        if match is not None:
            start = match.start() + len(match[0]) - len(match[0].lstrip("{, \t"))
            return Place(file, number, start + 1, number, match.end())
    return Place(file, 1)


RULES = (rename_astray,)
