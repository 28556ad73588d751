"""Collects what a reader does not take over, so that it is told by kind, number and names."""

from attrs import evolve

from codeable.exchange.project import NotTakenOver


class Discarded:
    """What of a file is not taken over, by kind, in the order in which the kinds are met.

    Example:
        >>> discarded = Discarded()
        >>> discarded.add("pictures", "a.png", place="project.qde:9")
        >>> discarded.add("pictures", "b.png", place="project.qde:12")
        >>> [(each.what, each.number, each.named, each.place) for each in discarded.listed()]
        [('pictures', 2, ('a.png', 'b.png'), 'project.qde:9')]
    """

    def __init__(self) -> None:
        self._of_kind: dict[str, NotTakenOver] = {}
        self._names: dict[str, dict[str, None]] = {}

    def add(
        self,
        what: str,
        name: str = "",
        *,
        number: int = 1,
        place: str = "",
        reason: str = "",
        is_loss: bool = True,
    ) -> None:
        """Note something that is left out.

        Args:
            what: What it is, as a plural.
            name: Its name, if it has one.
            number: How many there are of it.
            place: Where it is; the place of the first one is kept.
            reason: Why; the reason of the first one is kept.
            is_loss: Whether somebody would miss it.
        """
        before = self._of_kind.get(what)
        if before is None:
            self._of_kind[what] = NotTakenOver(what, number, (), place, reason, is_loss)
        else:
            self._of_kind[what] = evolve(before, number=before.number + number)
        if name:
            self._names.setdefault(what, {})[name] = None

    def listed(self) -> tuple[NotTakenOver, ...]:
        """What is left out, by kind."""
        return tuple(
            evolve(each, named=tuple(self._names.get(what, ()))) for what, each in self._of_kind.items()
        )
