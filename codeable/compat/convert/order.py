"""Decides the order of the statements, and the part of the new study that each is in. `plan` calls this."""

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from attrs import define

from codeable.compat.convert.statements import Statement
from codeable.errors import CodeableError
from codeable.kernel import CClass, CClassifier, CMetaclass, CNamedElement
from codeable.kernel.describe import describe

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
    wishes: Mapping[Statement, Sequence[Statement]],
) -> list[Statement]:
    """The statements so that each follows its predecessors, else by position, else as given.

    Args:
        statements: All of them.
        predecessors: What each must follow.
        position: Where each belongs.
        wishes: What each follows besides, unless they wait for each other then.

    Raises:
        CodeableError: Some need each other in a circle.
    """
    number = {statement: each for each, statement in enumerate(statements)}
    needed = {statement: set(predecessors[statement]) for statement in statements}
    wished = {statement: set(wishes.get(statement, ())) for statement in statements}
    followers: dict[Statement, list[Statement]] = {statement: [] for statement in statements}
    for statement in statements:
        for before in dict.fromkeys((*predecessors[statement], *wishes.get(statement, ()))):
            followers[before].append(statement)

    def key(statement: Statement) -> tuple[int, int, int, int, int, Statement]:
        at = position[statement]
        return at.part, at.module, at.line, at.rank, number[statement], statement

    ready = [key(each) for each in statements if not needed[each] and not wished[each]]
    heapq.heapify(ready)
    ordered: list[Statement] = []
    while len(ordered) < len(statements):
        if not ready:
            free = [key(each) for each in statements if wished[each] and not needed[each]]
            if not free:
                raise CodeableError(_circle(each for each in statements if needed[each]))
            ready = [min(free)]
            wished[ready[0][-1]].clear()
        statement = heapq.heappop(ready)[-1]
        ordered.append(statement)
        for follower in followers[statement]:
            waited = needed[follower] | wished[follower]
            needed[follower].discard(statement)
            wished[follower].discard(statement)
            if waited and not needed[follower] and not wished[follower]:
                heapq.heappush(ready, key(follower))
    return ordered


def _circle(stuck: Iterable[Statement]) -> str:
    named = [describe(each.element) for each in stuck if each.element is not None]
    return f"these elements need each other before they are made: {', '.join(named[:5])}"


def place_statements(
    ordered: Iterable[Statement],
    predecessors: Mapping[Statement, Sequence[Statement]],
    position: Mapping[Statement, Position],
) -> None:
    """Move statements to a later part or module if a statement that they follow is in a later one."""
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


def wishes_of(
    elements: Iterable[CNamedElement], makers: Mapping[CNamedElement, Statement]
) -> dict[Statement, list[Statement]]:
    """What each statement follows if it can: the instance and the subclass before it of a classifier."""
    classifiers: dict[CClassifier, None] = {}
    for element in elements:
        above = element.superclasses if isinstance(element, CClassifier) else []
        classifiers.update(dict.fromkeys(filter(None, (_instantiated(element), *above))))
    wishes: dict[Statement, list[Statement]] = {}
    for classifier in classifiers:
        for series in (classifier.subclasses, _instances(classifier)):
            made = [makers[each] for each in series if each in makers]
            for before, statement in pairwise(made):
                wishes.setdefault(statement, []).append(before)
    return wishes


def _instances(classifier: CClassifier) -> Sequence[CNamedElement]:
    if isinstance(classifier, CMetaclass):
        return classifier.classes
    return classifier.objects if isinstance(classifier, CClass) else ()


def _classifiers(statement: Statement) -> Iterator[CNamedElement]:
    """What the element of a statement is an instance of, directly or not."""
    classifier = _instantiated(statement.element)
    if classifier is not None:
        yield from classifier.class_path


def _instantiated(element: CNamedElement | None) -> CClassifier | None:
    """What an element is a direct instance of, if it is one."""
    classifier = getattr(element, "metaclass" if isinstance(element, CClass) else "classifier", None)
    return classifier if isinstance(classifier, CClassifier) else None
