"""The modules of a built study: which statement is in which module, in which order, and the text of each.

`build` calls `compose`. A statement that the vocabulary refuses in a dry run is left out.
"""

from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from codeable.notes.build.origin import digest_of
from codeable.notes.build.plan import BuildPlan, Item, SourcePlan
from codeable.source_writer import Import, module_text
from codeable.text import natural_key

REST = "other_codes"
"""The module of the codes that belong to no decision."""


@frozen
class BuiltModule:
    """A module that is to be written: its path in the study, with slashes, and its text."""

    path: str
    text: str


def compose(
    items: Iterable[Item], plan: BuildPlan, models: str = "models", sources: str = "sources"
) -> list[BuiltModule]:
    """The modules of a study.

    Args:
        items: The statements, each behind those that it needs.
        plan: What the notes say.
        models: The folder of the models in the study, with slashes.
        sources: The folder of the sources.
    """
    return _Composer(tuple(items), plan, models, sources).modules()


class _Composer:
    def __init__(self, items: tuple[Item, ...], plan: BuildPlan, models: str, sources: str) -> None:
        self.items = items
        self.plan = plan
        self.models = models
        self.sources = sources
        self.names = _module_names(plan.decisions)
        self.home = _homes(items, plan.decisions)

    def modules(self) -> list[BuiltModule]:
        placed: list[list[Item]] = [[] for _ in self.names]
        of_source: dict[str, list[Item]] = {source.identifier: [] for source in self.plan.sources}
        for item in self.items:
            if item.kind in ("source", "reference", "reference link", "evidence"):
                of_source[item.source].append(item)
            else:
                placed[self._place(item)].append(item)
        found = [self._model(index, name, placed[index]) for index, name in enumerate(self.names)]
        return [
            *filter(None, found),
            *(self._source(one, of_source[one.identifier]) for one in self.plan.sources),
        ]

    def _place(self, item: Item) -> int:
        """The index of the module of a statement: the last of the modules of its codes."""
        own = [self.home[item.binds]] if item.binds is not None and item.binds in self.home else []
        return max([*own, *(self.home.get(name, 0) for name in item.needs)], default=0)

    def _model(self, index: int, name: str, items: list[Item]) -> BuiltModule | None:
        if not items:
            return None
        needed = {need for item in items for need in item.needs}
        title = "Codes that belong to no decision."
        if index:
            decision = self.plan.decisions[index - 1]
            title = next((item.parts[0].value for item in items if item.binds == decision), "") or name
        text = module_text(" ".join(title.split()), self._imports(needed, index), self._blocks(items))
        return BuiltModule(f"{self.models}/{name}.py", text)

    def _source(self, source: SourcePlan, items: list[Item]) -> BuiltModule:
        needed = {need for item in items for need in item.needs}
        title = source.notes[0].title
        docstring = f"Source {source.identifier}: {title}" if title else f"Source {source.identifier}."
        imports = self._imports(needed, len(self.names), source)
        text = module_text(" ".join(docstring.split()), imports, self._blocks(items))
        return BuiltModule(f"{self.sources}/{source.identifier}.py", text)

    def _imports(self, needed: set[str], index: int, own: SourcePlan | None = None) -> Iterator[Import]:
        """The vocabulary, and the codes of other modules."""
        yield Import("codeable.dsl", ["*"])
        package = self.models.replace("/", ".")
        for other, name in enumerate(self.names):
            codes = sorted((code for code in needed if self.home.get(code) == other), key=natural_key)
            if codes and other != index:
                yield Import(f"{package}.{name}", codes)
        for source in self.plan.sources:
            bound = {item.binds for item in self.items if item.declares and item.source == source.identifier}
            codes = sorted(
                (code for code in needed if code in bound and code not in self.home), key=natural_key
            )
            if codes and source is not own:
                yield Import(f"{self.sources}.{source.identifier}", codes)

    def _blocks(self, items: list[Item]) -> Iterator[str]:
        """The statements in paragraphs: an option with its solution, declarations of one kind together."""
        block: list[str] = []
        before: Item | None = None
        for item in items:
            text = self._text(item)
            if before is not None and not _belongs_to(item, before, text, block[-1]):
                yield "\n".join(block)
                block = []
            block.append(text)
            before = item
        if block:
            yield "\n".join(block)

    def _text(self, item: Item) -> str:
        return item.text(comment=f"{item.source} {digest_of(item.text())}")


def _belongs_to(item: Item, before: Item, text: str, text_before: str) -> bool:
    if item.kind == "option" and before.declares:
        return item.parts[0].names[1] == before.binds
    alike = item.declares and before.declares and item.args[:1] == before.args[:1]
    return alike and "\n" not in text and "\n" not in text_before


def _module_names(decisions: Iterable[str]) -> list[str]:
    """The names of the module for the rest and of the module of each decision, all different."""
    names = [REST]
    taken = {REST}
    for decision in decisions:
        name = stem = f"decision{decision}" if decision.startswith("_") else decision
        number = 2
        while name.casefold() in taken:
            name, number = f"{stem}_{number}", number + 1
        taken.add(name.casefold())
        names.append(name)
    return names


def _homes(items: Sequence[Item], decisions: Sequence[str]) -> dict[str, int]:
    """Code → the index of its module: that of the first decision that offers it, else 0.

    A module imports only modules before it, also when the notes link codes in the other direction.
    """
    home = {decision: index for index, decision in enumerate(decisions, 1)}
    items = [item for item in items if item.kind not in ("source", "reference", "reference link", "evidence")]
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
