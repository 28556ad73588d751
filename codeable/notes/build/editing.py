"""Writes the drafts of the modules: new modules whole, and in others only what changes. Called by `build`.

Comments, order and every other byte of what is not changed are kept.
"""

import ast
from collections.abc import Iterable, Iterator, Sequence

from codeable.lines import Lines
from codeable.notes.build.drafts import Draft, Drafts, Slot
from codeable.notes.build.matching import Matching
from codeable.notes.build.origin import Origin
from codeable.notes.build.plan import BuildPlan, Item
from codeable.notes.build.study_modules import VOCABULARY, Held, ImportOf
from codeable.notes.decoding import apply_source_edits
from codeable.source_writer import Import, format_import, module_text
from codeable.text import natural_key

Edit = tuple[int, int, str]


def texts(drafts: Drafts, matching: Matching, plan: BuildPlan) -> dict[str, bytes | None]:
    """Path → the module as it will be, for every module that changes; none for one that goes."""
    writer = _Writer(drafts, matching, plan)
    found: dict[str, bytes | None] = {}
    for path, draft in drafts.by_path.items():
        if not draft.module.data:
            if draft.slots or path in drafts.study.by_path:
                text = writer.new_module(draft)
                if draft.slots:
                    found[path] = text.encode("utf-8", "backslashreplace")
            continue
        data = writer.edited(draft)
        if data != draft.module.data:
            found[path] = data
    return found


class _Writer:
    def __init__(self, drafts: Drafts, matching: Matching, plan: BuildPlan) -> None:
        self.drafts = drafts
        self.matching = matching
        self.plan = plan
        self.removed = set(matching.removed)

    # -- new modules

    def new_module(self, draft: Draft) -> str:
        """The text of a module that is not there yet."""
        imports = [Import(VOCABULARY, ["*"]), *self._imports(draft)]
        return module_text(" ".join(self._title(draft).split()), imports, self._blocks(draft.slots))

    def _title(self, draft: Draft) -> str:
        for slot in draft.slots:
            item = slot.item
            if item is not None and item.kind == "source":
                source = next(one for one in self.plan.sources if one.identifier == item.source)
                title = source.notes[0].title
                return f"Source {item.source}: {title}" if title else f"Source {item.source}."
            if item is not None and item.binds in self.plan.decisions:
                return item.parts[0].value or str(item.binds)
        return "Codes that belong to no decision."

    def _imports(self, draft: Draft) -> Iterator[Import]:
        order = self.drafts.order
        for other in sorted(draft.added, key=lambda other: order.get(other.module.path, len(order))):
            yield Import(other.module.name, sorted(draft.added[other], key=natural_key))

    def _blocks(self, slots: Sequence[Slot]) -> Iterator[str]:
        """The statements in paragraphs: an option with its solution, declarations of one kind together."""
        block: list[str] = []
        before: Slot | None = None
        for slot in slots:
            if slot.item is None:
                continue
            text = self._text(slot.item)
            if before is not None and not _belongs_to(slot, before, text, block[-1]):
                yield "\n".join(block)
                block = []
            block.append(text)
            before = slot
        if block:
            yield "\n".join(block)

    def _text(self, item: Item) -> str:
        return item.text(self.matching.actual, str(self._origin(item)))

    def _origin(self, item: Item) -> Origin:
        return Origin(item.source, self.matching.digests[item])

    # -- modules that are there

    def edited(self, draft: Draft) -> bytes | None:
        """The bytes of a module with its changes; none when nothing but its head is left."""
        module = draft.module
        gone = [held for held in module.statements if held in self.removed]
        edits = [*map(self._removal, gone), *self._changes(draft), *self._insertions(draft)]
        edits += self._import_edits(draft)
        if gone and not draft.slots_beside_head and "#" not in _without(module.text, edits):
            return None
        return apply_source_edits(module.data, module.encoding, edits)

    def _removal(self, held: Held) -> Edit:
        """Take a statement out with its line, and with the blank line that parted it from the others."""
        text = held.module.text
        start = held.span.start
        line_end = _line_end(text, held.end)
        if held.span.column != 1 or text[held.end : line_end].strip():  # a line that holds more
            return start, held.span.end, "pass"
        after = _next_line(text, line_end)
        before_is_blank = _blank_before(text, start)
        after_is_blank = after >= len(text) or not text[after : _line_end(text, after)].strip()
        if before_is_blank and after_is_blank:
            start = _start_of_line_before(text, start)
        return start, after, ""

    def _changes(self, draft: Draft) -> Iterator[Edit]:
        for slot in draft.slots:
            held = slot.held
            if held is None:
                continue
            if slot.item is not None:
                yield held.span.start, held.end, self._text(slot.item)
            elif held in self.matching.merged:
                names, item = self.matching.merged[held]
                yield from _longer_list(held, [self.matching.actual(name) for name in names])
                yield held.span.end, held.end, f"  # {self._origin(item)}"
            elif (outdated := self.matching.unchanged.get(held)) is not None:
                yield held.span.end, held.end, f"  # {self._origin(outdated)}"

    def _insertions(self, draft: Draft) -> Iterator[Edit]:
        """The new statements, each group behind the statement that it follows."""
        text = draft.module.text
        anchor: Held | None = None
        before: Slot | None = None
        group: list[Slot] = []
        for slot in [*draft.slots, None]:
            if slot is not None and slot.held is None:
                group.append(slot)
                continue
            if group:
                yield self._insertion(text, anchor, before, group)
                group = []
            if slot is not None:
                anchor, before = slot.held, slot

    def _insertion(self, text: str, anchor: Held | None, before: Slot | None, group: list[Slot]) -> Edit:
        inserted = "\n\n".join(self._blocks(group))
        if anchor is None or before is None:
            return 0, 0, f"{inserted}\n\n" if text.strip() else f"{inserted}\n"
        at = _line_end(text, anchor.end)
        joined = _belongs_to(group[0], before, inserted.partition("\n\n")[0], anchor.text)
        after = _next_line(text, at)
        ends = after > at
        following = text[after : _line_end(text, after)].strip()
        gap = "\n" if following and ends else ""
        return at, at, ("\n" if joined else "\n\n") + inserted + gap + ("" if ends else "\n")

    # -- imports

    def _import_edits(self, draft: Draft) -> list[Edit]:
        """What changes in the imports: names that moved or went, names that are needed."""
        wanted: dict[str, set[str]] = {other.module.name: names for other, names in draft.added.items()}
        if draft.added_words:
            wanted[VOCABULARY] = set(draft.added_words)
        head = _head(draft)
        edits = list(self._changed_imports(draft, head, wanted))
        order = [VOCABULARY, *(other.module.name for other in self.drafts.by_path.values())]
        lines = "\n".join(
            format_import(Import(name, sorted(wanted[name], key=natural_key)))
            for name in order
            if name in wanted
        )
        return _with_imports(draft.module.text, head, edits, lines) if lines else edits

    def _changed_imports(
        self, draft: Draft, head: Sequence[Held], wanted: dict[str, set[str]]
    ) -> Iterator[Edit]:
        """The imports that lose or get names. What they get is taken out of what is wanted."""
        for one in draft.module.imports:
            if not isinstance(one.held.node, ast.ImportFrom) or not one.names or one.names[0][0] == "*":
                continue
            kept = [(there, here) for there, here in one.names if self._is_there(one, there)]
            more: set[str] = set()
            if one.held in head and all(there == here for there, here in kept) and not one.held.is_commented:
                more = wanted.pop(one.module, set()) - {here for _, here in kept}
            if more or len(kept) < len(one.names):
                yield _import_edit(one, kept, more)
        for held in head:
            node = held.node
            if held.is_commented or VOCABULARY not in wanted:
                continue
            if isinstance(node, ast.ImportFrom) and node.module == VOCABULARY:
                names = [(alias.name, alias.asname or alias.name) for alias in node.names]
                one = ImportOf(held, VOCABULARY, tuple(names))
                yield _import_edit(one, names, wanted.pop(VOCABULARY))

    def _is_there(self, one: ImportOf, name: str) -> bool:
        """Whether a module still offers a name: it, or a module of that name in a package."""
        other = self.drafts.by_path.get(self.drafts.study.by_name[one.module].path)
        if other is None or f"{one.module}.{name}" in self.drafts.study.by_name:
            return True
        renamed = name in self.matching.renames
        was_there = renamed or any(name in held.binds for held in other.module.statements)
        return not was_there or self.drafts.sees(other, name)


def _head(draft: Draft) -> list[Held]:
    """The docstring and the imports at the top of a module."""
    found = []
    for held in draft.module.statements:
        if not (held.is_docstring or held.is_import):
            break
        found.append(held)
    return found


def _with_imports(text: str, head: Sequence[Held], edits: list[Edit], lines: str) -> list[Edit]:
    """The edits with more imports, behind the docstring and the imports at the top."""
    if not head:
        return [*edits, (0, 0, f"{lines}\n\n" if text.strip() else f"{lines}\n")]
    at = _line_end(text, head[-1].end)
    for position, (start, end, replacement) in enumerate(edits):
        if start == head[-1].span.start:
            joined = f"{replacement}\n{lines}" if replacement else f"{lines}\n"
            return [*edits[:position], (start, end, joined), *edits[position + 1 :]]
    gap = "\n" if head[-1].is_import else "\n\n"
    return [*edits, (at, at, gap + lines)]


def _import_edit(one: ImportOf, kept: Iterable[tuple[str, str]], more: set[str]) -> Edit:
    held = one.held
    names = [there if there == here else f"{there} as {here}" for there, here in kept]
    in_order = names == sorted(names, key=natural_key)
    names = sorted({*names, *more}, key=natural_key) if in_order else [*names, *sorted(more, key=natural_key)]
    if not names:
        text = held.module.text
        if held.span.column == 1 and not text[held.end : _line_end(text, held.end)].strip():
            return held.span.start, _next_line(text, _line_end(text, held.end)), ""
        return held.span.start, held.span.end, "pass"
    node = held.node
    level = node.level if isinstance(node, ast.ImportFrom) else 0
    module = (node.module or "") if isinstance(node, ast.ImportFrom) else one.module
    return held.span.start, held.span.end, format_import(Import("." * level + module, names))


def _longer_list(held: Held, names: Sequence[str]) -> Iterator[Edit]:
    """Add names to the list of codes in a link of a source, at its end."""
    text = held.module.text
    lists = [node for node in ast.walk(held.node) if isinstance(node, ast.List) and node.elts]
    if not lists or not names:
        return
    last = max(lists, key=lambda node: len(node.elts)).elts[-1]
    start = _offset(text, last.end_lineno or last.lineno, last.end_col_offset or 0)
    line_start = text.rfind("\n", 0, start) + 1
    indent = text[line_start:start][: len(text[line_start:start]) - len(text[line_start:start].lstrip())]
    alone = text[line_start:start].strip().count(",") == 0 and line_start > held.span.start
    yield start, start, "".join(f",\n{indent}{name}" if alone else f", {name}" for name in names)


def _offset(text: str, line: int, column: int) -> int:
    """The offset of a line (from 1) and a column in bytes of UTF-8, as trees count."""
    lines = Lines("", text)
    return lines.starts[line - 1] + len(lines.lines[line - 1].encode()[:column].decode("utf-8", "ignore"))


def _belongs_to(slot: Slot, before: Slot, text: str, text_before: str) -> bool:
    if slot.kind == "option":
        return not slot.uses.isdisjoint(before.binds) and before.kind == "code:solution"
    alike = slot.kind.startswith("code") and slot.kind == before.kind
    return alike and "\n" not in text and "\n" not in text_before


def _line_end(text: str, at: int) -> int:
    """The offset of the end of the line, before its line end."""
    ends = [end for end in (text.find("\n", at), text.find("\r", at)) if end >= 0]
    return min(ends, default=len(text))


def _next_line(text: str, line_end: int) -> int:
    return line_end + (2 if text.startswith("\r\n", line_end) else 1 if line_end < len(text) else 0)


def _start_of_line_before(text: str, start: int) -> int:
    before = start - (2 if text[:start].endswith("\r\n") else 1)
    return max(text.rfind("\n", 0, before), text.rfind("\r", 0, before)) + 1 if before > 0 else 0


def _blank_before(text: str, start: int) -> bool:
    return start > 0 and not text[_start_of_line_before(text, start) : start].strip()


def _without(text: str, edits: Iterable[Edit]) -> str:
    """A text without the stretches that edits replace."""
    pieces, done = [], 0
    for start, end, _ in sorted(edits):
        pieces.append(text[done:start])
        done = max(done, end)
    return "".join([*pieces, text[done:]])
