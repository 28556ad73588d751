"""The modules of a built study: which statement is in which module, in which order, and the text of each.

`build` calls `compose`. A statement that the vocabulary refuses in a dry run is left out.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import ModuleType

from attrs import frozen

from codeable.notes.build.dry_run import DryRun, RefusedError
from codeable.notes.build.plan import BuildPlan, Item, LeftOut, SourcePlan
from codeable.notes.model import FieldNote
from codeable.source_writer import Expression, Import, Verbatim, format_call, module_text
from codeable.text import natural_key

REST = "other_codes"
"""The module of the codes that belong to no decision."""


@frozen
class BuiltModule:
    """A module that is to be written: its path in the study, with slashes, and its text."""

    path: str
    text: str


def compose(
    plan: BuildPlan, vocabulary: ModuleType, models: str = "models", sources: str = "sources"
) -> tuple[list[BuiltModule], list[LeftOut]]:
    """The modules of a study, and what the vocabulary refuses.

    Args:
        plan: What the notes say.
        vocabulary: A fresh vocabulary; the dry run of the statements fills it.
        models: The folder of the models in the study, with slashes.
        sources: The folder of the sources.
    """
    return _Composer(plan, DryRun(vocabulary), models, sources).modules()


class _Composer:
    def __init__(self, plan: BuildPlan, dry_run: DryRun, models: str, sources: str) -> None:
        self.plan = plan
        self.dry_run = dry_run
        self.models = models
        self.sources = sources
        self.left_out: list[LeftOut] = []
        self.names = _module_names(plan.decisions)
        self.home = _homes(plan)
        self.note_names = _note_names(source.note for source in plan.sources)

    def modules(self) -> tuple[list[BuiltModule], list[LeftOut]]:
        placed: list[list[Item]] = [[] for _ in self.names]
        for item in self.plan.items:
            placed[self._place(item)].append(item)
        found: list[BuiltModule] = []
        for index, name in enumerate(self.names):
            built = list(self._built(placed[index]))
            if built:
                found.append(self._model(index, name, built))
        return [*found, *map(self._source, self.plan.sources)], self.left_out

    def _place(self, item: Item) -> int:
        """The index of the module of a statement: the last of the modules of its codes."""
        own = [self.home[item.binds]] if item.binds is not None and item.binds in self.home else []
        return max([*own, *(self.home.get(name, 0) for name in item.needs)], default=0)

    def _built(self, items: list[Item]) -> Iterator[Item]:
        """The statements of a module that the dry run accepts, each behind the declarations that it needs."""
        waiting: list[Item] = []
        for item in items:
            waiting.append(item)
            while (ready := next(filter(self._is_ready, waiting), None)) is not None:
                waiting.remove(ready)
                made = self._made(ready)
                if made is not None:
                    yield made
        for item in waiting:
            missing = [name for name in item.needs if not self.dry_run.holds(name)]
            self._leave_out(item, f"it needs {', '.join(map(repr, missing))}, which could not be built")

    def _is_ready(self, item: Item) -> bool:
        return all(map(self.dry_run.holds, item.needs))

    def _made(self, item: Item) -> Item | None:
        """The statement as the dry run builds it; none when it is refused."""
        try:
            if not item.declares:
                self.dry_run.make(item)
                return item
            made, refused = self.dry_run.make_declaration(item)
        except RefusedError as error:
            self._leave_out(item, str(error))
            return None
        for name, reason in refused.items():
            self._leave_out(item, f"the value {name!r}: {reason}")
        return made

    def _model(self, index: int, name: str, items: list[Item]) -> BuiltModule:
        needed = {need for item in items for need in item.needs}
        title = "Codes that belong to no decision."
        if index:
            title = str(self.dry_run.names[self.plan.decisions[index - 1]].name or name)
        text = module_text(" ".join(title.split()), self._imports(needed, index), self._blocks(items))
        return BuiltModule(f"{self.models}/{name}.py", text)

    def _source(self, source: SourcePlan) -> BuiltModule:
        items = [made for item in source.items if (made := self._made(item)) is not None]
        codes = [code for code in source.codes if self.dry_run.holds(code)]
        held = self.dry_run.holds(source.identifier)
        refused = self.dry_run.link_codes(source.identifier, codes) if held else []
        self._report_no_codes(source, refused)
        codes = [code for code in codes if code not in refused]
        blocks = list(self._blocks(items))
        if codes and held:
            table: Expression = {Verbatim(source.identifier): [Verbatim(code) for code in codes]}
            blocks.append(format_call(None, "add_links", [table], {"role_name": "contained_code"}))
        title = source.note.title
        docstring = f"Source {source.identifier}: {title}" if title else f"Source {source.identifier}."
        text = module_text(" ".join(docstring.split()), self._imports(set(codes), len(self.names)), blocks)
        return BuiltModule(f"{self.sources}/{source.identifier}.py", text)

    def _report_no_codes(self, source: SourcePlan, names: list[str]) -> None:
        """Report the names that the note mentions as codes and that are none. Declarations do not count."""
        path = source.note.path
        declared = {item.binds for item in self.plan.items if item.declares and item.span.path == path}
        for name in names:
            if name not in declared:
                reason = f"{source.identifier} cannot be evidence for it: it is no code"
                self.left_out.append(LeftOut("statement", name, source.items[0].span, reason))

    def _imports(self, needed: set[str], index: int) -> Iterator[Import]:
        """The vocabulary, and the codes of other modules."""
        yield Import("codeable.dsl", ["*"])
        package = self.models.replace("/", ".")
        for other, name in enumerate(self.names):
            codes = sorted((code for code in needed if self.home.get(code) == other), key=natural_key)
            if codes and other != index:
                yield Import(f"{package}.{name}", codes)

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
        place = f"{self.note_names[item.span.path]}:{item.span.line}"
        return format_call(item.binds, item.function, item.args, item.kwargs, item.index, comment=place)

    def _leave_out(self, item: Item, reason: str) -> None:
        what = format_call(item.binds, item.function, item.args, item.kwargs, item.index)
        self.left_out.append(LeftOut("statement", " ".join(what.split()), item.span, reason))


def _belongs_to(item: Item, before: Item, text: str, text_before: str) -> bool:
    if item.option is not None and before.declares:
        return item.option[1] == before.binds
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


def _homes(plan: BuildPlan) -> dict[str, int]:
    """Code → the index of its module: that of the first decision that offers it, else 0.

    A module imports only modules before it, also when the notes link codes in the other direction.
    """
    home = {decision: index for index, decision in enumerate(plan.decisions, 1)}
    offered = [item.option for item in plan.items if item.option is not None]
    for decision, solution in sorted(offered, key=lambda option: home.get(option[0], 0)):
        if decision in home:
            home.setdefault(solution, home[decision])
    bound = [item for item in plan.items if item.binds is not None]
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


def _note_names(notes: Iterable[FieldNote]) -> Mapping[str, str]:
    """Path of a note → its name in comments: the path from the folder that all notes share."""
    paths = [note.path for note in notes]
    if not paths:
        return {}
    try:
        common = os.path.commonpath([Path(path).absolute().parent for path in paths])
    except ValueError:  # on several drives
        return {path: _printable(Path(path).name) for path in paths}
    return {path: _printable(Path(os.path.relpath(path, common)).as_posix()) for path in paths}


def _printable(name: str) -> str:
    """A name without characters that would end a comment."""
    return "".join(character if character.isprintable() else "?" for character in name)
