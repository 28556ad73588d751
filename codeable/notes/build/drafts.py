"""The modules of a study as they will be: which statement is where, and what each module sees of the others.

A new statement is placed in the module where it belongs, behind the last one of its kind and behind what it
needs. No import is made that would close a circle. `placement` fills the drafts, `editing` writes them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module

from attrs import define, field

from codeable.notes.build.plain_calls import names_in
from codeable.notes.build.plan import Item
from codeable.notes.build.study_modules import Held, HeldModule, HeldModules

_SOLUTIONS = frozenset({"practice", "pattern", "design_solution"})


@define(eq=False)
class Slot:
    """A statement of a module as it will be: as it is there, changed, or new."""

    held: Held | None
    item: Item | None
    binds: tuple[str, ...]
    uses: frozenset[str]
    kind: str


@define(eq=False)
class Draft:
    """A module as it will be.

    Attributes:
        module: The module as it is; without data where it is new.
        slots: Its statements.
        added: The names that are to be imported from other modules.
        added_words: The names of the vocabulary that are to be imported.
        binds: The names that its own statements bind.
    """

    module: HeldModule
    slots: list[Slot] = field(factory=list)
    added: dict["Draft", set[str]] = field(factory=dict)
    added_words: set[str] = field(factory=set)
    binds: set[str] = field(init=False)

    @binds.default
    def _own_names(self) -> set[str]:
        return {name for slot in self.slots if not _is_import(slot) for name in slot.binds}

    @property
    def slots_beside_head(self) -> bool:
        """Whether it says anything besides its docstring and its imports."""
        return any(
            slot.held is None or not (slot.held.is_import or slot.held.is_docstring) for slot in self.slots
        )

    def insert(self, item: Item, actual: Callable[[str], str]) -> None:
        """Place a new statement: behind the last of its kind, behind what it needs, before what uses it."""
        slot = slot_of(item, actual)
        low = max((at + 1 for at, one in enumerate(self.slots) if _must_precede(one, slot)), default=0)
        high = next((at for at, one in enumerate(self.slots) if _uses(one, slot)), len(self.slots))
        alike = [at for at, one in enumerate(self.slots) if one.kind == slot.kind]
        if not self.module.data:  # a new module has the order of the traces
            alike = []
        position = max(low, alike[-1] + 1 if alike else len(self.slots))
        while alike and position < len(self.slots) and self._is_joined(position):
            position += 1
        self.slots.insert(max(low, min(position, high)), slot)
        self.binds.update(slot.binds)

    def _is_joined(self, position: int) -> bool:
        """Whether a statement is on the line below the one before it."""
        before, here = self.slots[position - 1].held, self.slots[position].held
        return before is not None and here is not None and here.span.line <= before.span.end_line + 1


@define(eq=False)
class Drafts:
    """The drafts of all modules of a study, by path.

    `where` has the draft that binds a name, `order` the position of the paths in lists of imports.
    """

    study: HeldModules
    by_path: dict[str, Draft] = field(factory=dict)
    where: dict[str, Draft] = field(factory=dict)
    order: dict[str, int] = field(factory=dict)
    _by_name: dict[str, Draft] = field(factory=dict)
    _imported: set[str] = field(factory=set)

    def add(self, draft: Draft) -> None:
        """Add a module."""
        self.by_path[draft.module.path] = draft
        self._by_name[draft.module.name] = draft
        self._imported.update(one.module for one in draft.module.imports)
        for name in draft.binds:
            self.where.setdefault(name, draft)

    def place(self, item: Item, draft: Draft, actual: Callable[[str], str]) -> None:
        """Place a new statement in a module, and import what it needs."""
        draft.insert(item, actual)
        if item.binds is not None:
            self._bind(actual(item.binds), draft)
        self.import_needs(item, draft, actual)

    def lift(self, slot: Slot, draft: Draft) -> None:
        """Take a statement out of a module, with the new imports of its names and of what it alone needs."""
        draft.slots.remove(slot)
        draft.binds.difference_update(slot.binds)
        for name in slot.binds:
            self.where.pop(name, None)
        used = {name for one in draft.slots for name in one.uses}
        for other in self.by_path.values():
            for home, names in list(other.added.items()):
                names -= {name for name in slot.binds if home is draft}
                if other is draft:
                    names &= used
                if not names:
                    del other.added[home]

    def import_needs(self, item: Item, draft: Draft, actual: Callable[[str], str]) -> None:
        """Let a module import what a statement needs and it does not see yet."""
        self.import_names(draft, map(actual, item.needs))
        if draft.module.data:  # a new module imports the whole vocabulary
            draft.added_words |= {word for word in words_of(item) if not self._knows(draft, word)}

    def import_names(self, draft: Draft, names: Iterable[str]) -> None:
        """Let a module import names that it does not see yet."""
        for name in names:
            home = self.where.get(name)
            if home is not None and home is not draft and not self.sees(draft, name):
                draft.added.setdefault(home, set()).add(name)
                self._imported.add(home.module.name)

    def _bind(self, name: str, home: Draft) -> None:
        """Let a module bind a name; where another one did, nothing is to be imported from that one."""
        before = self.where.get(name, home)
        self.where[name] = home
        for draft in self.by_path.values() if before is not home else ():
            names = draft.added.pop(before, set()) - {name}
            if names:
                draft.added[before] = names

    def may_import(self, draft: Draft, names: Sequence[str]) -> bool:
        """Whether a module may import what declares these names: no circle of imports is closed."""
        if draft.module.name not in self._imported:
            return True
        homes = {self.where[name] for name in names if name in self.where and not self.sees(draft, name)}
        return not any(home is not draft and self._reaches(home, draft, set()) for home in homes)

    def imports(self, draft: Draft) -> Iterator["Draft"]:
        """The modules that a module imports, or will import."""
        for one in draft.module.imports:
            if one.module in self._by_name:
                yield self._by_name[one.module]
        yield from draft.added

    def sees(self, draft: Draft, name: str) -> bool:
        """Whether a module binds a name of the study, or imports it."""
        return self._sees(draft, name, set())

    def _knows(self, draft: Draft, word: str) -> bool:
        """Whether a module has a word of the vocabulary, also by a star of a module of codeable."""
        return self._sees(draft, word, set(), by_stars=True)

    def _sees(self, draft: Draft, name: str, seen: set[tuple[str, str]], *, by_stars: bool = False) -> bool:
        if name in draft.binds or name in draft.module.outside:
            return True
        if by_stars and any(name in _offered_by(star) for star in draft.module.stars):
            return True
        if any(name in names for names in draft.added.values()):
            return True
        if (draft.module.path, name) in seen:
            return False
        seen.add((draft.module.path, name))
        for one in draft.module.imports:
            other = self._by_name.get(one.module)
            if other is None:
                continue
            for there, here in one.names:
                offered = not name.startswith("_") and name in (other.module.exports or (name,))
                if here == name and self._sees(other, there, seen, by_stars=by_stars):
                    return True
                if there == "*" and offered and self._sees(other, name, seen, by_stars=by_stars):
                    return True
        return False

    def _reaches(self, start: Draft, goal: Draft, seen: set[str]) -> bool:
        todo = [start]
        while todo:
            draft = todo.pop()
            if draft is goal:
                return True
            if draft.module.path not in seen:
                seen.add(draft.module.path)
                todo += self.imports(draft)
        return False


def slot_of(item: Item, actual: Callable[[str], str], held: Held | None = None) -> Slot:
    """The slot of a statement that is to be built."""
    binds = () if item.binds is None else (actual(item.binds),)
    return Slot(held, item, binds, frozenset(map(actual, item.needs)), kind_of(item))


def kind_of(item: Item) -> str:
    """The kind of a statement, as those of modules have it."""
    if item.kind == "code":
        metaclass = next(iter(names_in(item.args)), item.function)
        return f"code:{'solution' if metaclass in _SOLUTIONS else metaclass}"
    return "relation" if item.kind == "reference link" else item.kind


def words_of(item: Item) -> set[str]:
    """The names of the vocabulary that a statement uses."""
    needs = {*item.needs, item.binds}
    values = (*item.arguments(), *item.kwargs.values())
    words = {name for value in values for name in names_in(value)} - needs
    return words if item.receiver is not None else words | {item.function}


def _must_precede(one: Slot, slot: Slot) -> bool:
    """Imports, the docstring, and what binds a name that the slot uses."""
    if _is_import(one) or not slot.uses.isdisjoint(one.binds):
        return True
    return one.held is not None and one.held.is_docstring


def _uses(one: Slot, slot: Slot) -> bool:
    return not one.uses.isdisjoint(slot.binds)


@cache
def _offered_by(module: str) -> frozenset[str]:
    """The names that a star import of a module of codeable brings; none for any other module."""
    if module.partition(".")[0] != "codeable":
        return frozenset()
    try:
        names = vars(import_module(module))
    except ImportError:
        return frozenset()
    return frozenset(names.get("__all__", (name for name in names if not name.startswith("_"))))


def _is_import(slot: Slot) -> bool:
    return slot.held is not None and slot.held.is_import
