"""The statements that a study can hold: those that a fresh vocabulary accepts in a dry run.

What hangs on something that was refused is left out with it. Called by `build`.
"""

from collections.abc import Callable, Mapping

from attrs import evolve, frozen

from codeable.kernel.place import Span
from codeable.notes.build.declarations import joined, kwargs_without
from codeable.notes.build.dry_run import DryRun, RefusedError
from codeable.notes.build.plan import BuildPlan, Item, Key, LeftOut, Lost, Part, SourcePlan, one_line

_LOST: Mapping[str, Lost] = {
    "source": "source",
    "reference": "source",
    "code": "code",
    "option": "option",
    "impact": "impact",
    "relation": "relation",
    "reference link": "relation",
}


@frozen
class Accepted:
    """What can be built.

    Attributes:
        items: The statements, each behind those that it needs.
        left_out: What the vocabulary refuses, and what hangs on it.
    """

    items: tuple[Item, ...]
    left_out: tuple[LeftOut, ...]


def accept(plan: BuildPlan, dry_run: DryRun) -> Accepted:
    """Try the statements of a plan, each as soon as what it needs is built.

    Args:
        plan: What the notes say.
        dry_run: A dry run that knows the names of modules made by hand.
    """
    return _Run(plan, dry_run).accepted()


def refused(plan: BuildPlan, dry_run: DryRun, proceed: Callable[[], None]) -> tuple[LeftOut, ...]:
    """What `accept` leaves out.

    Args:
        plan: What the notes say.
        dry_run: As for `accept`.
        proceed: Called for each statement; it may raise an error of its own.
    """
    run = _Run(plan, dry_run)
    run.try_all(proceed)
    for source in plan.sources:
        run.codes_of(source)
    return tuple(run.left_out)


class _Run:
    def __init__(self, plan: BuildPlan, dry_run: DryRun) -> None:
        self.plan = plan
        self.dry_run = dry_run
        self.left_out: list[LeftOut] = []
        self.texts: dict[Item, str] = {}
        self.items: list[Item] = []
        self.refused: set[Key] = set()
        self.failed: dict[str, Span] = {}
        self.decisions_of: dict[str, list[str]] = {}
        self.waiting: dict[int, Item] = {}
        self.waits_for: dict[str, list[int]] = {}

    def accepted(self) -> Accepted:
        self.try_all()
        for source in self.plan.sources:
            self._evidence(source)
        return Accepted(tuple(self.items), tuple(self.left_out))

    def try_all(self, proceed: Callable[[], None] = lambda: None) -> None:
        for number, item in enumerate(self.plan.items):
            proceed()
            self._try(number, item)
        for number in [number for number, item in sorted(self.waiting.items()) if item.declares]:
            if number in self.waiting:  # a declaration is built without what it waits for
                self._try(number, self._without_missing(self.waiting.pop(number)))
        for number in sorted(self.waiting):
            self._hangs(self.waiting[number])
        options = (part.names for item in self.items if item.kind == "option" for part in item.parts)
        for decision, solution in options:
            self.decisions_of.setdefault(solution, []).append(decision)

    def _try(self, number: int, item: Item) -> None:
        """Build a statement, and those that waited for it; or let it wait."""
        ready = [(number, item)]
        while ready:
            number, item = ready.pop(0)
            missing = next((name for name in item.needs if not self.dry_run.holds(name)), None)
            if missing is not None:
                self.waiting[number] = item
                self.waits_for.setdefault(missing, []).append(number)
                continue
            bound = self._make(item)
            if bound is not None:
                waiters = sorted(self.waits_for.pop(bound, ()))
                ready[:0] = [(each, self.waiting.pop(each)) for each in waiters if each in self.waiting]

    def _make(self, item: Item) -> str | None:
        """Build a statement as far as the vocabulary accepts it; the name that is bound."""
        if not item.declares:
            left, refused = self.dry_run.link(item)
            if left is not None:
                self.items.append(left)
            bound = left.binds if left is not None else None
            for part, reason in refused:
                bound = self._refuse(item, part, reason) or bound
            return bound
        try:
            made, values = self.dry_run.declare(item)
        except RefusedError as error:
            accepted = self._accepted_apart(item)
            if accepted is not None:
                return self._make(accepted)
            self._refuse(item, item.parts[0], str(error))
            self.failed[item.binds or ""] = item.span
            return None
        for name, reason in values.items():
            self.left_out.append(LeftOut("value", name, item.span, f"the value {name!r}: {reason}"))
        self.items.append(made)
        return made.binds

    def _accepted_apart(self, item: Item) -> Item | None:
        """A declaration of those of its statements that are accepted; none where they are all, or none is."""
        accepted: list[Item] = []
        refused: list[tuple[Item, str]] = []
        for one in item.parts[0].instead():
            missing = {name for name in one.others if not self.dry_run.holds(name)}
            one = evolve(one, kwargs=kwargs_without(one.kwargs, missing))
            one = evolve(one, others=tuple(name for name in one.others if name not in missing))
            try:
                self.dry_run.declare(evolve(one, binds=None))
            except RefusedError as error:
                refused.append((one, str(error)))
            else:
                accepted.append(one)
        if not accepted or not refused:
            return None
        for one, reason in refused:
            self._leave_out("code", one, one.span, reason, key=one.parts[0].key)
        again = tuple(one.span for one in accepted[1:])
        made = joined(accepted)
        return evolve(made, parts=(evolve(made.parts[0], again=again),))

    def _without_missing(self, item: Item) -> Item:
        missing = {name for name in item.others if not self.dry_run.holds(name)}
        for name in sorted(missing):
            self._leave_out("relation", item, item.span, *self._why(name))
        return evolve(
            item,
            kwargs=kwargs_without(item.kwargs, missing),
            others=tuple(name for name in item.others if name not in missing),
        )

    def _hangs(self, item: Item) -> None:
        """Leave out a link whose ends could not be built."""
        hanging: set[Key] = set()
        for part in item.parts:
            missing = self._missing(part, item)
            if missing is not None:
                hanging.add(part.key)
                self._refuse(item, part, *self._why(missing))
        left = item.without(hanging)
        if left is not None:
            self._make(left)

    def _why(self, name: str) -> tuple[str, Span | None]:
        return f"it needs '{name}', which could not be built", self.failed.get(name)

    def _missing(self, part: Part, item: Item) -> str | None:
        """The first name that a part of a statement needs and that is not built."""
        names = (*part.names, *item.others)
        return next((name for name in names if name and not self.dry_run.holds(name)), None)

    def _refuse(self, item: Item, part: Part, reason: str, cause: Span | None = None) -> str | None:
        """Leave out a part, and build what an earlier statement says in its place; the name that is bound."""
        kind = _LOST[item.kind]
        self._leave_out(kind, item, part.span, reason, cause, part.key)
        tried: set[Span] = set()
        for other in part.instead() if not item.declares else ():
            if other.binds is not None and self.dry_run.holds(other.binds):
                other = evolve(other, index=None, binds=None)
            tried.add(other.span)
            missing = self._missing(other.parts[0], other)
            left, refused = self.dry_run.link(other) if missing is None else (None, [])
            if left is not None:
                self.items.append(left)
                return left.binds
            why, at = (refused[0][1], None) if missing is None else self._why(missing)
            self._leave_out(kind, other, other.span, why, at, part.key)
        self.refused.add(part.key)
        for span in part.again:
            if span not in tried:
                self._leave_out(kind, item, span, reason, cause, part.key)
        return None

    def _leave_out(
        self,
        kind: Lost,
        item: Item,
        span: Span,
        reason: str,
        cause: Span | None = None,
        key: Key | None = None,
    ) -> None:
        if item not in self.texts:
            self.texts[item] = one_line(item.text())
        self.left_out.append(LeftOut(kind, self.texts[item], span, reason, cause, key))

    def _evidence(self, source: SourcePlan) -> None:
        """The link of a source to its codes. A decision is a code of every source that holds its options."""
        name, codes = source.identifier, self.codes_of(source)
        for solution in list(codes):
            for decision in self.decisions_of.get(solution, ()):
                codes.setdefault(decision, codes[solution])
        linked = self.dry_run.codes_of(name) if codes else set()
        parts = tuple(
            Part(("evidence", name, code), span, (name, code))
            for code, span in codes.items()
            if code not in linked and self.dry_run.is_code(code)
        )
        if parts:
            span = source.notes[0].heading.span if source.notes[0].heading is not None else parts[0].span
            kwargs = {"role_name": "contained_code"}
            self.items.append(Item("evidence", name, span, "add_links", kwargs=kwargs, parts=parts))

    def codes_of(self, source: SourcePlan) -> dict[str, Span]:
        """What a source mentions and the study has, with the first place; what is no code is left out."""
        name, codes = source.identifier, dict[str, Span]()
        if not self.dry_run.holds(name):
            return codes
        explicit: dict[str, list[Span]] = {}
        for mention in source.mentions:
            if mention.key not in self.refused and self.dry_run.holds(mention.code):
                codes.setdefault(mention.code, mention.span)
            elif mention.key is None:
                reason, cause = self._why(mention.code)
                self.left_out.append(LeftOut("evidence", mention.code, mention.span, reason, cause))
            if mention.key is None:
                explicit.setdefault(mention.code, []).append(mention.span)
        no_codes = [code for code in codes if code in explicit and not self.dry_run.is_code(code)]
        linked = self.dry_run.codes_of(name) if no_codes else set()
        reason = f"{name} cannot be evidence for it: it is no code"
        for code in no_codes:
            for span in explicit[code] if code not in linked else ():
                self.left_out.append(LeftOut("evidence", code, span, reason))
        return codes
