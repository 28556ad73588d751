"""Compares the statements to be built with those that the modules of a study hold.

A statement that nobody edited since it was built belongs to the build: it is changed, or it goes when no note
states it any more. One that a person edited or made stays, and the build adds only what it does not say. The
statements are matched by their origin first, then by what they are about; renames of the settings count, and
so does a new name that a person gave to a declaration.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from attrs import define, field, frozen

from codeable.notes.build.origin import digest_of
from codeable.notes.build.plan import Item, Key, Part
from codeable.notes.build.study_modules import Held, HeldModules
from codeable.notes.mentions import current_name


@frozen
class Kept:
    """A statement of a module that stays although the notes say something else.

    Attributes:
        place: File and line.
        reason: What the notes say, or why it stays.
    """

    place: str
    reason: str


@define(eq=False)
class Matching:
    """What becomes of the statements of the modules, and of those to be built.

    Attributes:
        unchanged: Statements that stay as they are; with a new origin where the old one is outdated.
        replaced: Statement of a module → the one that replaces it.
        merged: Links of sources that a person edited → the codes that they lack, and the whole statement.
        removed: Statements that no note states any more.
        new: Statements that no module holds.
        kept: What stays although the notes say something else.
        names: Name in the plan → the name that the study uses for it, where they differ.
        renames: Names that a person gave to declarations, as entries of the settings.
        digests: The digests of the statements to be built.
        items: Statement of a module that nobody edited → the statement to be built that it is.
        forced: What a person edited or made, and may be overwritten.
    """

    unchanged: dict[Held, Item | None] = field(factory=dict)
    replaced: dict[Held, Item] = field(factory=dict)
    merged: dict[Held, tuple[tuple[str, ...], Item]] = field(factory=dict)
    removed: list[Held] = field(factory=list)
    new: list[Item] = field(factory=list)
    kept: list[Kept] = field(factory=list)
    names: dict[str, str] = field(factory=dict)
    renames: dict[str, str] = field(factory=dict)
    digests: dict[Item, str] = field(factory=dict)
    items: dict[Held, Item] = field(factory=dict)
    forced: set[Held] = field(factory=set)

    @property
    def given_way(self) -> list[Held]:
        """What a person edited or made, and is overwritten or removed."""
        return [held for held in (*self.replaced, *self.removed) if held in self.forced]

    def actual(self, name: str) -> str:
        """The name that the study uses for a name of the plan."""
        return self.names.get(name, name)


def match(
    items: Sequence[Item],
    study: HeldModules,
    renames: Mapping[str, str],
    unread: Collection[str] = (),
    *,
    closed: str | None = None,
    force: bool = False,
) -> Matching:
    """Compare statements to be built with those of a study.

    Args:
        items: The statements to be built.
        study: The modules of the study.
        renames: Old name → new name, from the settings.
        unread: The sources whose notes could not be read: what was built from them stays.
        closed: A folder that could not be read; as long as there is one, nothing is removed.
        force: Whether what a person edited or made gives way to what the notes say.
    """
    return _Matcher(items, study, renames, unread, closed, force).matching()


class _Matcher:
    def __init__(
        self,
        items: Sequence[Item],
        study: HeldModules,
        renames: Mapping[str, str],
        unread: Collection[str],
        closed: str | None,
        force: bool,
    ) -> None:
        self.closed = closed
        self.unread = unread
        self.items = items
        self.study = study
        self.settings_renames = renames
        self.found = Matching()
        self.found.digests = {item: digest_of(item.text()) for item in items}
        self.held = list(study.statements())
        self.bound = {name for held in self.held if not held.is_import for name in held.binds}
        self.built = {held for held in self.held if held.is_built and not self._is_unread(held)}
        if force:
            self._give_way()
        self._reasons: dict[Held, Held] = {}
        self.plan_name: dict[str, str] = {}
        self.by_origin: dict[tuple[str, str], list[Held]] = {}
        for held in self.held:
            if held.origin is not None:
                key = held.origin.source, held.origin.digest
                self.by_origin.setdefault(key, []).append(held)

    def matching(self) -> Matching:
        self._find_renames()
        self._find_old_names()
        stated = set(self.found.digests.values())
        for held in self.held:
            if held in self.built or held.is_commented or self._is_unread(held):
                continue
            if held.origin is not None:
                digest = digest_of(held.text, self._plan)
                if digest == held.origin.digest or digest in stated:
                    self.built.add(held)
        self._match()
        return self.found

    # -- names

    def _plan(self, name: str) -> str:
        """The name in the plan for a name in the study."""
        return self.plan_name.get(name) or current_name(self.settings_renames, name)

    def _key(self, key: Key) -> Key:
        return (key[0], *map(self._plan, key[1:3]), *key[3:])

    def _use(self, planned: str, actual: str) -> None:
        self.found.names[planned] = actual
        self.plan_name[actual] = planned

    def _find_renames(self) -> None:
        """Names that a person gave to declarations."""
        planned = {item.binds for item in self.items}
        by_origin = {
            (item.source, self.found.digests[item]): item for item in self.items if item.binds is not None
        }
        by_name = {
            (item.source, item.parts[0].value): item
            for item in self.items
            if item.declares and item.parts[0].value
        }
        for held in self.held:
            if held in self.built or held.is_built or held.origin is None or len(held.binds) != 1:
                continue
            (name,) = held.binds
            value = next(iter(held.values.values()), "")
            item = by_origin.get((held.origin.source, held.origin.digest))
            if item is None and held.kind.startswith("code"):
                item = by_name.get((held.origin.source, value))
            if item is None or item.binds is None or self._plan(name) in planned or name in planned:
                continue
            if item.binds not in self.bound and item.binds not in self.found.names:
                self._use(item.binds, name)
                self.found.renames[item.binds] = name

    def _find_old_names(self) -> None:
        """Old names of the settings' renames that something made by hand still declares or uses."""
        for held in (held for held in self.held if not held.is_import):
            for name in held.binds:
                new = current_name(self.settings_renames, name)
                if new == name or new in self.bound or new in self.found.names:
                    continue
                users = [other for other in self._kept() if name in other.uses]
                if held not in self.built or users:
                    self._use(new, name)
                    place = (users or [held])[0].place
                    reason = f"the old name '{name}' is still used here; write '{new}' (check --fix does it)"
                    self.found.kept.append(Kept(place, reason))

    def _kept(self) -> Iterator[Held]:
        """The statements that are not the build's, except imports."""
        return (held for held in self.held if held not in self.built and not held.is_import)

    def _give_way(self) -> None:
        """Let the build change what a person edited, and what a person made that says something else."""
        stated = {part.key: part for item in self.items for part in item.parts}
        for held in self.held:
            differs = any(
                key in stated and key[0] != "evidence" and stated[key].value.split() != value.split()
                for key, value in held.values.items()
            )
            says_only = held.values.keys() <= stated.keys() and not held.made
            if held.origin is not None or (differs and says_only):
                self.found.forced |= {held} - self.built
                self.built.add(held)

    # -- statements

    def _match(self) -> None:
        taken = {
            self._key(key): (held, value)
            for held in (*self.study.elsewhere, *self._kept())
            for key, value in (held.made | held.values).items()
        }
        matched: set[Held] = set()
        rest: list[Item] = []
        for item in self.items:
            held = self._of_same_origin(item, matched)
            if held is not None:
                matched.add(held)
                if held in self.built:
                    self.found.items[held] = item
                if held in self.built and self._is_renamed(held):
                    self.found.replaced[held] = item
                else:
                    self.found.unchanged[held] = None
                continue
            rest.append(item)
        by_key: dict[Key, list[Held]] = {}
        for held in self.held:
            if held in self.built and held not in matched:
                for key in held.values:
                    by_key.setdefault(self._key(key), []).append(held)
        left = [reduced for item in rest if (reduced := self._not_taken(item, taken)) is not None]
        for same_source in (True, False):
            left = [item for item in left if not self._replaces(item, by_key, matched, same_source)]
        self.found.new = left
        self._remove(held for held in self.held if held in self.built and held not in matched)

    def _is_unread(self, held: Held) -> bool:
        """Whether it was built from a note that cannot be read now: it stays, as if a person had made it."""
        return held.origin is not None and held.origin.source in self.unread

    def _of_same_origin(self, item: Item, matched: set[Held]) -> Held | None:
        """The statement that was built from this one, whether it was edited since or not."""
        found = self.by_origin.get((item.source, self.found.digests[item]), ())
        of_item = [held for held in found if held not in matched]
        built = next((held for held in of_item if self._says(held, item)), None)
        if built is not None:
            return built
        return next((held for held in of_item if held not in self.built), None)

    def _says(self, held: Held, item: Item) -> bool:
        return held in self.built and digest_of(held.text, self._plan) == self.found.digests[item]

    def _not_taken(self, item: Item, taken: Mapping[Key, tuple[Held, str]]) -> Item | None:
        """A statement without what is in the study already, by the hand of a person."""
        edited: Held | None = None
        for part in item.parts:
            held, value = taken.get(part.key, (None, ""))
            if held is None:
                continue
            if part.key[0] != "evidence" and value.split() != part.value.split():
                self.found.kept.append(Kept(held.place, _differs(part, item, value)))
            if held.origin is not None and held.kind == item.kind == "evidence":
                edited = held
        left = item.without({key for key in item.keys if key in taken})
        if left is not None and edited is not None:
            names = tuple(part.names[1] for part in left.parts)
            self.found.merged[edited] = names, item
            return None
        if left is not None and left is not item:
            self.found.digests[left] = digest_of(left.text())
        return left

    def _replaces(
        self, item: Item, by_key: Mapping[Key, list[Held]], matched: set[Held], same_source: bool
    ) -> bool:
        for key in (part.key for part in item.parts):
            for held in by_key.get(key, ()):
                of_source = held.origin is not None and held.origin.source == item.source
                is_other_kind = "reference" in (held.kind, item.kind) and held.kind != item.kind
                if held in matched or is_other_kind or (same_source and not of_source):
                    continue
                matched.add(held)
                self.found.items[held] = item
                if digest_of(held.text, self._plan) == self.found.digests[item] and not self._is_renamed(
                    held
                ):
                    self.found.unchanged[held] = item
                else:
                    self.found.replaced[held] = item
                return True
        return False

    def _is_renamed(self, held: Held) -> bool:
        """Whether the statement says an old name, of a rename in the settings or by hand."""
        return any(self.found.actual(self._plan(name)) != name for name in (*held.binds, *held.uses))

    def _remove(self, candidates: Iterable[Held]) -> None:
        """Remove statements that no note states any more, unless something that stays uses their names."""
        candidates = list(candidates)
        gone = set(candidates)
        rebound = {self.found.actual(name) for name in self._rebound}
        if self.closed is not None:
            gone = {held for held in gone if held.binds and rebound.issuperset(held.binds)}
            stays = [held for held in candidates if held not in gone]
            self._keep(stays, f"no note states it any more, but {self.closed} cannot be read")
        while True:
            used: dict[str, Held] = {}
            for held in self.held:
                by_hand = held not in self.built and not held.is_import
                if held not in gone and (by_hand or held in self._reasons):
                    for name in held.uses:
                        used.setdefault(name, held)
            needed = {held: used[name] for held in gone for name in held.binds if name in used}
            needed = {held: user for held, user in needed.items() if not rebound.issuperset(held.binds)}
            if not needed:
                break
            for held, user in needed.items():
                gone.discard(held)
                self._reasons[held] = user
        for held, user in self._reasons.items():
            self._keep((held,), f"no note states it any more, but {user.place} uses it")
        self.found.removed = [held for held in self.held if held in gone]

    def _keep(self, stays: Iterable[Held], reason: str) -> None:
        for held in stays:
            self.found.kept.append(Kept(held.place, reason))
            self.found.unchanged.setdefault(held, None)

    @property
    def _rebound(self) -> set[str]:
        """The names that statements to be built bind, in another place."""
        again = (*self.found.new, *self.found.replaced.values())
        return {item.binds for item in again if item.binds is not None}


def _differs(part: Part, item: Item, value: str) -> str:
    return f"the note of {item.source} says {part.value!r}, the module {value!r}"
