"""In which order the statements stand, and in which of the new study's parts."""

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import define

from codeable.compat.convert.statements import Statement
from codeable.errors import CodeableError
from codeable.kernel import CClass, CClassifier, CNamedElement
from codeable.kernel.wording import shown

__all__ = [
    "MODELS",
    "MODELS_AFTER_SOURCES",
    "SOURCES",
    "Position",
    "chain",
    "in_order",
    "place_statements",
    "predecessors_of",
]

MODELS, SOURCES, MODELS_AFTER_SOURCES = 0, 1, 2
"""The parts of a study, in the order in which they are loaded."""


@define
class Position:
    """Where a statement belongs.

    Attributes:
        part: `MODELS`, `SOURCES` or `MODELS_AFTER_SOURCES`.
        module: The number of the old module that it comes from, by the order in which these ran.
        line: The line in that module; 0 when it is not known.
        rank: The order among those of one line.
    """

    part: int
    module: int
    line: int
    rank: int = 0


def chain(statements: Iterable[Statement]) -> None:
    """Keep some statements in the order given."""
    before: Statement | None = None
    for statement in statements:
        if before is not None:
            statement.after.append(before)
        before = statement


def in_order(
    statements: Sequence[Statement],
    predecessors: Mapping[Statement, Sequence[Statement]],
    position: Mapping[Statement, Position],
) -> list[Statement]:
    """The statements so that each follows its predecessors, else by position, else as given.

    Raises:
        CodeableError: Some need each other in a circle.
    """
    number = {statement: each for each, statement in enumerate(statements)}
    waiting = {statement: len(predecessors[statement]) for statement in statements}
    followers: dict[Statement, list[Statement]] = {statement: [] for statement in statements}
    for statement in statements:
        for before in predecessors[statement]:
            followers[before].append(statement)

    def key(statement: Statement) -> tuple[int, int, int, int, int, Statement]:
        at = position[statement]
        return at.part, at.module, at.line, at.rank, number[statement], statement

    ready = [key(statement) for statement in statements if not waiting[statement]]
    heapq.heapify(ready)
    ordered: list[Statement] = []
    while ready:
        statement = heapq.heappop(ready)[-1]
        ordered.append(statement)
        for follower in followers[statement]:
            waiting[follower] -= 1
            if not waiting[follower]:
                heapq.heappush(ready, key(follower))
    if len(ordered) < len(statements):
        stuck = [each.element for each in statements if waiting[each] and each.element is not None]
        named = ", ".join(shown(each) for each in stuck[:5])
        raise CodeableError(f"these elements need each other before they are made: {named}")
    return ordered


def place_statements(
    ordered: Iterable[Statement],
    predecessors: Mapping[Statement, Sequence[Statement]],
    position: Mapping[Statement, Position],
) -> None:
    """Move statements to a later part or module where what they follow stands in a later one."""
    for statement in ordered:
        own = position[statement]
        for before in predecessors[statement]:
            at = position[before]
            if at.part > own.part:
                own.part = MODELS_AFTER_SOURCES if own.part == MODELS else at.part
            if at.part == own.part and at.module > own.module:
                own.module = at.module


def predecessors_of(
    statements: Sequence[Statement], makers: Mapping[CNamedElement, Statement]
) -> dict[Statement, list[Statement]]:
    """What each statement must follow: what makes its needs, what changes their metaclasses, its chains."""
    changes: dict[CNamedElement, list[Statement]] = {}
    for statement in statements:
        if statement.about is not None:
            changes.setdefault(statement.about, []).append(statement)
    found = {}
    for statement in statements:
        before = [makers[each] for each in statement.needs if each in makers]
        if statement.about is None:
            before += [change for each in _classifiers(statement) for change in changes.get(each, ())]
        before += statement.after
        found[statement] = list(dict.fromkeys(each for each in before if each is not statement))
    return found


def _classifiers(statement: Statement) -> Iterator[CNamedElement]:
    """What the element of a statement is an instance of, directly or not."""
    element = statement.element
    classifier = getattr(element, "metaclass" if isinstance(element, CClass) else "classifier", None)
    if isinstance(classifier, CClassifier):
        yield from classifier.class_path
