"""Decides in which module each statement belongs: that of its decision, that of its source, or of the rest.

Called by `build`.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from codeable.notes.build.drafts import Draft, Drafts, Slot, slot_of
from codeable.notes.build.matching import Matching
from codeable.notes.build.plan import Item
from codeable.notes.build.study_modules import Held, HeldModule, HeldModules, name_of_module

REST = "other_codes"
"""The module of the codes that belong to no decision."""

_OF_SOURCES = ("source", "reference", "reference link", "evidence")


def place(
    items: Sequence[Item],
    decisions: Sequence[str],
    matching: Matching,
    study: HeldModules,
    roots: tuple[str, str],
) -> Drafts:
    """The modules as they will be.

    Args:
        items: All statements to be built.
        decisions: The decisions, in the order of the notes.
        matching: What becomes of the statements of the modules.
        study: The modules as they are.
        roots: The folders of new models and of new sources.
    """
    return _Placement(items, decisions, matching, study, roots).drafts()


class _Placement:
    def __init__(
        self,
        items: Sequence[Item],
        decisions: Sequence[str],
        matching: Matching,
        study: HeldModules,
        roots: tuple[str, str],
    ) -> None:
        self.matching = matching
        self.actual: Callable[[str], str] = matching.actual
        self.study = study
        self.models, self.sources = roots
        self.decisions = list(decisions)
        self.home = _homes(items, self.decisions)
        self.result = Drafts(study)

    def drafts(self) -> Drafts:
        removed = set(self.matching.removed)
        for module in self.study.by_path.values():
            slots = [self._slot(held) for held in module.statements if held not in removed]
            self.result.add(Draft(module, slots))
        self.paths = self._paths()
        self.result.order = {path: at for at, path in enumerate(self.paths)}
        for item in self.matching.new:
            self._place(item)
        self._settle()
        for held, (names, _) in self.matching.merged.items():
            draft = self.result.by_path[held.module.path]
            self.result.import_names(draft, map(self.actual, names))
        return self.result

    def _slot(self, held: Held) -> Slot:
        item = self.matching.replaced.get(held)
        if item is not None:
            return slot_of(item, self.actual, held)
        uses = held.uses
        if held in self.matching.merged:
            uses = uses | set(map(self.actual, self.matching.merged[held][0]))
        return Slot(held, None, held.binds, uses, held.kind)

    def _settle(self) -> None:
        """Give statements what they need; move those whose place cannot have it, and what needs them."""
        for _ in range(1 + len(self.matching.digests)):
            moved: list[Item] = []
            for draft in list(self.result.by_path.values()):
                for slot in list(draft.slots):
                    item = self._item_of(slot)
                    if item is None:
                        continue
                    if self.result.may_import(draft, list(slot.uses)):
                        self.result.import_needs(item, draft, self.actual)
                    else:
                        moved.append(self._lifted(draft, slot))
            for item in moved:
                self._place(item)
            late = [draft for draft in self.result.by_path.values() if self._put_in_order(draft)]
            if not moved and not late:
                break

    def _put_in_order(self, draft: Draft) -> bool:
        """Move statements that use what is bound below them behind it; whether there are any."""
        moved = False
        for _ in range(len(draft.slots) ** 2):
            bound_at = {name: at for at, slot in enumerate(draft.slots) for name in slot.binds}
            late = next(
                (
                    (at, slot)
                    for at, slot in enumerate(draft.slots)
                    if self._item_of(slot) is not None
                    and any(bound_at.get(name, -1) > at for name in slot.uses)
                ),
                None,
            )
            if late is None:
                break
            _, slot = late
            behind = max(bound_at.get(name, -1) for name in slot.uses)
            item = self._lifted(draft, slot)
            draft.slots.insert(behind, slot_of(item, self.actual))
            draft.binds.update(slot.binds)
            self.result.where.update(dict.fromkeys(slot.binds, draft))
            moved = True
        return moved

    def _item_of(self, slot: Slot) -> Item | None:
        """The statement that is to be built in a slot; none for one that a person made or edited."""
        return slot.item or (self.matching.items.get(slot.held) if slot.held is not None else None)

    def _lifted(self, draft: Draft, slot: Slot) -> Item:
        """Take a statement out of a module, to be placed elsewhere."""
        item = self._item_of(slot)
        if item is None:
            raise ValueError("a statement that a person made is not moved")
        self.result.lift(slot, draft)
        if slot.held is not None:
            self.matching.removed.append(slot.held)
            self.matching.replaced.pop(slot.held, None)
            self.matching.unchanged.pop(slot.held, None)
        return item

    def _place(self, item: Item) -> None:
        needs = [self.actual(name) for name in item.needs]
        for draft in self._candidates(item, needs):
            if self.result.may_import(draft, needs):
                self.result.place(item, draft, self.actual)
                return
        self.result.place(item, self._nobody_imports(needs), self.actual)

    def _candidates(self, item: Item, needs: list[str]) -> Iterator[Draft]:
        """The modules in which a statement may be, the best one first."""
        if item.kind in _OF_SOURCES:
            home = self.result.where.get(item.source)
            yield home if home is not None else self._draft(self._path_of_source(item.source))
        elif item.declares:
            yield self._draft(self.paths[self.home.get(item.binds or "", 0)])
        elif item.kind == "option" and needs[0] in self.result.where:
            yield self.result.where[needs[0]]
        homes = list(dict.fromkeys(self.result.where[name] for name in needs if name in self.result.where))
        order = self.result.order
        yield from sorted(homes, key=lambda draft: -order.get(draft.module.path, -1))

    def _nobody_imports(self, needs: list[str]) -> Draft:
        """A module that no module imports, so that it may import all others."""
        imported = {other for draft in self.result.by_path.values() for other in self.result.imports(draft)}
        root = f"{self.models}/"
        for draft in self.result.by_path.values():
            is_free = draft not in imported and draft.module.path.startswith(root)
            if is_free and self.result.may_import(draft, needs):
                return draft
        return self._draft(self._free_path(self.models, "more_links"))

    # -- paths

    def _draft(self, path: str) -> Draft:
        if path not in self.result.by_path:
            self.result.add(Draft(HeldModule(path, name_of_module(path))))
        return self.result.by_path[path]

    def _paths(self) -> list[str]:
        """The module of the rest, then that of each decision."""
        found = [self._free_path(self.models, REST)]
        for decision in self.decisions:
            draft = self.result.where.get(self.actual(decision))
            if draft is not None:
                found.append(draft.module.path)
                continue
            name = f"decision{decision}" if decision.startswith("_") else decision
            found.append(self._free_path(self.models, name, found))
        return found

    def _path_of_source(self, source: str) -> str:
        return self._free_path(self.sources, source)

    def _free_path(self, root: str, name: str, taken: Sequence[str] = ()) -> str:
        """The path of a module; another one where a file system may take it for that of another module."""
        others = {path.casefold(): path for path in (*self.result.by_path, *taken)}
        stem, number = name, 2
        while True:
            path = f"{root}/{name}.py"
            folder = self.study.folder / root / name
            same = others.get(path.casefold())
            if (same is None or (same == path and path not in taken)) and not _is_folder(folder):
                return path
            name, number = f"{stem}_{number}", number + 1


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _homes(items: Sequence[Item], decisions: Sequence[str]) -> dict[str, int]:
    """Code → the index of its module: that of the first decision that offers it, else 0.

    A module imports only modules before it, also when the notes link codes in the other direction.
    """
    home = {decision: index for index, decision in enumerate(decisions, 1)}
    items = [item for item in items if item.kind not in _OF_SOURCES]
    offered = [part.names for item in items if item.kind == "option" for part in item.parts]
    for decision, solution in sorted(offered, key=lambda option: home.get(option[0], 0)):
        if decision in home:
            home.setdefault(solution, home[decision])
    bound = [item for item in items if item.binds is not None]
    for item in bound:
        home.setdefault(str(item.binds), 0)
    changed = True
    while changed:
        changed = False
        for item in bound:
            last = max((home.get(name, 0) for name in item.needs), default=0)
            if home[str(item.binds)] < last:
                home[str(item.binds)] = last
                changed = True
    return home
