"""Collects the statements of the notes into the plan of the study that is to be built. Called by `build`.

Of several statements about one thing the plan has the one that counts (see `notes.resolution`). It keeps the
place of the first, so that the order of the traces is the order of the study. What the plan does not hold,
although a note states it, is in `left_out`, except what another statement replaces.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import TypeVar

from attrs import evolve

from codeable.kernel.place import Span
from codeable.notes.build.broken import lost_with
from codeable.notes.build.declarations import declaration_item, described, kind_of, kwargs_without
from codeable.notes.build.plan import (
    TYPES,
    BuildPlan,
    Item,
    ItemKind,
    Key,
    LeftOut,
    Lost,
    Mention,
    NotPlainError,
    Part,
    SourcePlan,
    call_in,
    names_in,
    one_line,
)
from codeable.notes.build.sources import links_source, own_names, source_item
from codeable.notes.mentions import current_name
from codeable.notes.model import (
    BrokenStatement,
    CodeMention,
    DeclarationStatement,
    Definition,
    FieldNote,
    ForceStatement,
    Name,
    OptionStatement,
    RelationStatement,
    SourceDeclaration,
    TraceStatement,
    Value,
)
from codeable.notes.resolution import IMPACTS, Resolved, Stated, relation_keys, resolve
from codeable.settings import Settings
from codeable.source_writer import Expression

V = TypeVar("V")

_BUILT = frozenset({"CBundle", "CClass", "CLayer", "CPackage"})


def collect(
    notes: Iterable[FieldNote], settings: Settings, vocabulary: frozenset[str], held: Collection[str] = ()
) -> BuildPlan:
    """Plan a study from the notes. What it cannot hold is in `left_out`, with the reason.

    Args:
        notes: The notes, in the order of coding.
        settings: The settings of the study, with its renames and coders.
        vocabulary: The names of the vocabulary.
        held: The names that modules made by hand declare.
    """
    return _Collector(list(notes), settings, vocabulary, held).plan()


class _Collector:
    def __init__(
        self, notes: list[FieldNote], settings: Settings, vocabulary: frozenset[str], held: Collection[str]
    ) -> None:
        self.renames = settings.renames
        self.coders = tuple(settings.coders)
        self.vocabulary = vocabulary
        self.held = held
        self.left_out: list[LeftOut] = []
        self.sources = self._usable(notes)
        self.resolution = resolve(
            (note for found in self.sources.values() for note in found), self.renames, self.coders
        )
        self.names: dict[str, None] = {}
        """Every name that is declared or bound."""
        self.broken: dict[str, Span] = {}
        self.placed: set[Key] = set()
        self.bound: dict[str, Key] = {}
        self.name_of_link: dict[Key, str] = {}
        self.definitions = self._definitions()

    def plan(self) -> BuildPlan:
        notes = [(source, note) for source, found in self.sources.items() for note in found]
        declared = self._declared(notes)
        self._find_bound_links(notes)
        items: list[Item] = [
            source_item(source, found, self._refuse_value) for source, found in self.sources.items()
        ]
        mentions: dict[str, list[Mention]] = {source: [] for source in self.sources}
        for source, note in notes:
            own = own_names(source, note)
            for one in note.statements:
                self._report_refused(one)
                made = list(self._items(one, source, declared, own))
                items += made
                mentions[source] += self._mentions(one, declared)
            self._report_outside(note)
        self._report_definitions(declared)
        decisions = [name for name, statements in declared.items() if statements[0].kind == "decision"]
        plans = [
            SourcePlan(source, tuple(found), tuple(mentions[source]))
            for source, found in self.sources.items()
        ]
        return BuildPlan(tuple(items), tuple(decisions), tuple(plans), tuple(self.left_out))

    def current(self, name: str) -> str:
        return current_name(self.renames, name)

    # -- notes

    def _usable(self, notes: list[FieldNote]) -> dict[str, list[FieldNote]]:
        """Source → its notes, one for each coder; those of the coder that counts most first."""
        found: dict[str, list[FieldNote]] = {}
        for note in notes:
            if note.is_template:
                continue
            unread = next((one for one in note.problems if one.kind == "unreadable"), None)
            if unread is not None:
                self.left_out.append(LeftOut("note", note.path, unread.span, unread.message, unread.span))
                continue
            identifier = note.identifier
            of_source = found.get(identifier or "", [])
            if identifier is not None and all(other.coder != note.coder for other in of_source):
                found.setdefault(identifier, []).append(note)
                continue
            if identifier is not None:
                taken = next(other for other in of_source if other.coder == note.coder)
                reason = f"{taken.path} is about {identifier} already"
            elif note.heading is not None:
                reason = "the heading '# s' has no number"
            else:
                reason = "it has no heading '# s' or '# p'"
            self.left_out.append(LeftOut("note", note.path, Span(note.path, 1, 1, 1, 1), reason))
        for of_source in found.values():
            of_source.sort(key=self._rank)
        return found

    def _rank(self, note: FieldNote) -> int:
        return self.coders.index(note.coder) if note.coder in self.coders else len(self.coders)

    # -- names

    def _declared(self, notes: list[tuple[str, FieldNote]]) -> dict[str, list[DeclarationStatement]]:
        """Code → its declarations that are built, the one that counts first."""
        found: dict[str, list[DeclarationStatement]] = {}
        references: dict[str, DeclarationStatement] = {}
        for source, note in notes:
            own = note.declared_source
            for one in note.statements:
                if isinstance(one, BrokenStatement) and one.identifier is not None:
                    self.broken.setdefault(self.current(one.identifier.name), one.problem.span)
                if not isinstance(one, DeclarationStatement):
                    continue
                identifier = self.current(one.identifier.name)
                if isinstance(one, SourceDeclaration):
                    if one is not own:
                        self._leave_out("source", one, f"this is the note of {source}")
                elif (reason := self._not_built(one, identifier)) is not None:
                    self._leave_out("code", one, reason)
                elif one.is_source_like:
                    first = references.setdefault(identifier, one)
                    if described(first) != described(one):
                        reason = f"'{identifier}' is declared at {first.span} as {described(first)}"
                        self._leave_out("code", one, reason)
                    found.setdefault(identifier, [])
                else:
                    found.setdefault(identifier, []).append(one)
        self.names |= dict.fromkeys(self.sources) | dict.fromkeys(found)
        return {
            name: [references[name]] if name in references else self._of_one_kind(name, statements)
            for name, statements in found.items()
        }

    def _not_built(self, one: DeclarationStatement, identifier: str) -> str | None:
        """Why a declaration is not built."""
        if one.constructor.name not in _BUILT:
            return f"{one.constructor.name} belongs in a vocabulary, not in a trace"
        if identifier in self.vocabulary:
            return f"'{identifier}' is a name of the vocabulary"
        if identifier in self.sources:
            return f"'{identifier}' is the name of a source"
        try:
            call_in(one.python, str)
        except NotPlainError as error:
            return str(error)
        return None

    def _of_one_kind(self, name: str, statements: list[DeclarationStatement]) -> list[DeclarationStatement]:
        """The declarations of a code with the kind that counts, the one whose name counts first.

        Another kind by the same coder is left out; between coders kinds may differ.
        """
        stated = {id(one.statement): one for one in self.resolution.kinds[name].stated}
        of_kind = [one for one in statements if id(one) in stated]
        counts = next(
            (one for one in of_kind if stated[id(one)] is self.resolution.kinds[name].counts), statements[0]
        )
        kind = kind_of(counts)
        coder = stated[id(counts)].coder if id(counts) in stated else None
        kept: list[DeclarationStatement] = []
        for one in statements:
            if kind_of(one) == kind:
                kept.append(one)
            elif stated[id(one)].coder == coder:
                reason = f"'{name}' is declared at {counts.span} as {described(counts)}"
                self._leave_out("code", one, reason, counts.span if counts.span != one.span else None)
        order = {
            id(one.statement): rank
            for rank, one in enumerate(self.resolution.names[name].candidates(self.coders))
        }
        return sorted(kept, key=lambda one: order.get(id(one), len(order)))

    def _definitions(self) -> dict[str, Definition]:
        """Code → its definition in an open trace: the last one of the coder that counts most."""
        notes = [note for found in self.sources.values() for note in found]
        found: dict[str, Definition] = {}
        for note in sorted(notes, key=self._rank, reverse=True):
            for one in (each for trace in note.open_traces for each in trace.definitions):
                found[self.current(one.code.name)] = one
        return found

    def _report_definitions(self, declared: Mapping[str, Sequence[DeclarationStatement]]) -> None:
        """The definitions that are in no declaration."""
        for name, one in self.definitions.items():
            statements = declared.get(name)
            if statements is None:
                reason = "" if name in self.held else self._why_unknown(name)
            elif not _takes_values(statements[0]):
                reason = f"a {statements[0].constructor.name} has no description"
            elif any(
                value.name.value == "description" and value.value != one.text
                for each in statements
                for value in each.values
            ):
                reason = f"the declaration of '{name}' has another description"
            else:
                reason = ""
            if reason:
                self.left_out.append(LeftOut("value", f"Definition: {one.text}", one.span, reason))

    def _find_bound_links(self, notes: list[tuple[str, FieldNote]]) -> None:
        """Keep the names that links are bound to. Such a link is a code, unless something has that name."""
        for _, note in notes:
            for one in note.statements:
                if not isinstance(one, OptionStatement | RelationStatement) or one.identifier is None:
                    continue
                name = self.current(one.identifier.name)
                key = self._keys(one)[0]
                free = name not in self.names and name not in self.vocabulary
                if free and key not in self.name_of_link:
                    self.bound[name] = key
                    self.name_of_link[key] = name
                    self.names[name] = None
                elif self.bound.get(name) != key:
                    reason = f"the link is built without its name, because '{name}' is taken"
                    self.left_out.append(LeftOut("statement", name, one.span, reason))

    def _keys(self, one: OptionStatement | RelationStatement) -> list[Key]:
        if isinstance(one, OptionStatement):
            return [("option", self.current(one.decision.name), self.current(one.solution.name))]
        return [("relation", *key) for key in relation_keys(one, self.renames)] or [("relation",)]

    # -- statements

    def _items(
        self,
        one: TraceStatement,
        source: str,
        declared: Mapping[str, Sequence[DeclarationStatement]],
        own: frozenset[str],
    ) -> Iterator[Item]:
        try:
            if isinstance(one, BrokenStatement):
                self._leave_out(lost_with(one), one, one.problem.message, one.problem.span)
            elif isinstance(one, DeclarationStatement):
                yield from self._declaration(one, source, declared)
            elif isinstance(one, OptionStatement):
                yield from self._option(one)
            elif isinstance(one, ForceStatement):
                yield from self._impacts(one, source)
            elif isinstance(one, RelationStatement):
                yield from self._relation(one, source, own)
        except NotPlainError as error:
            self._leave_out(_LOST.get(type(one), "statement"), one, str(error))

    def _declaration(
        self, one: DeclarationStatement, source: str, declared: Mapping[str, Sequence[DeclarationStatement]]
    ) -> Iterator[Item]:
        identifier = self.current(one.identifier.name)
        statements = declared.get(identifier, ())
        key = ("code", identifier)
        if isinstance(one, SourceDeclaration) or key in self.placed or one not in statements:
            return
        self.placed.add(key)
        found = self.resolution.names.get(identifier)
        stated = found.stated if found is not None else ()
        of = next((each.source for each in stated if each.statement is statements[0]), source)
        definition = self.definitions.get(identifier)
        text = definition.text if definition is not None and _takes_values(statements[0]) else None
        yield declaration_item(identifier, statements, of, self.current, self._keep_known, text)

    def _option(self, one: OptionStatement) -> Iterator[Item]:
        key: Key = self._keys(one)[0]
        ends = self._ends("option", one, one.decision, one.solution)
        if ends is None or key in self.placed:
            return
        stated = self.resolution.options[key[1], key[2]]
        for counts in stated.candidates(self.coders):
            statement = counts.statement
            if not isinstance(statement, OptionStatement):
                continue
            try:
                call = call_in(statement.python, self.current)
            except NotPlainError as error:
                self._leave_out("option", statement, str(error))
                continue
            self.placed.add(key)
            text = counts.value or ""
            yield Item(
                kind="option",
                source=counts.source,
                span=statement.span,
                function=statement.function.name,
                args=call.args,
                kwargs=call.kwargs,
                binds=self.name_of_link.get(key),
                parts=(Part(key, statement.span, ends, text, _others(stated, counts)),),
            )
            return

    def _impacts(self, one: ForceStatement, source: str) -> Iterator[Item]:
        parts: list[Part] = []
        for each in one.impacts:
            if each.impact.name not in IMPACTS:
                reason = f"'{each.impact.name}' is no impact"
                self._leave_out("impact", one, reason, each.impact.span, each.span)
                continue
            ends = self._ends("impact", one, each.solution, each.force, each.span)
            if ends is None:
                continue
            key: Key = ("impact", *ends)
            stated = self.resolution.impacts[ends]
            counts = stated.counts
            if counts.statement is one and counts.span == each.span and key not in self.placed:
                self.placed.add(key)
                others = _others(stated, counts)
                parts.append(Part(key, each.span, ends, each.impact.name, others))
        if parts:
            yield Item("impact", source, one.span, one.function.name, parts=tuple(parts))

    def _relation(self, one: RelationStatement, source: str, own: frozenset[str]) -> Iterator[Item]:
        """A link, with those of its ends that are declared and for which this statement counts."""
        all_keys = self._keys(one)
        keys = iter(all_keys)
        parts: list[Part] = []
        for end in one.ends:
            for target in end.targets:
                key = next(keys)
                span = target.span if len(one.ends) + len(end.targets) > 2 else one.span
                ends = self._ends("relation", one, end.source, target, span)
                if ends is None or key in self.placed:
                    continue
                counts = self.resolution.relations[key[1], key[2], key[3]].counts
                other = counts.statement
                if other is one:
                    parts.append(self._part(key, ends, one, span))
                elif isinstance(other, RelationStatement) and len(self._keys(other)) == 1 == len(all_keys):
                    yield from self._link(other, counts.source, [self._part(key, ends, other)], own)
        if parts:
            yield from self._link(one, source, parts, own)

    def _part(
        self, key: Key, ends: tuple[str, str], one: RelationStatement, span: Span | None = None
    ) -> Part:
        value = ", ".join(stereotype.name for stereotype in one.stereotypes) or "no stereotype"
        stated = self.resolution.relations[key[1], key[2], key[3]]
        return Part(key, span or one.span, ends, value, _others(stated, stated.counts))

    def _link(
        self, one: RelationStatement, source: str, parts: list[Part], own: frozenset[str]
    ) -> Iterator[Item]:
        call = call_in(one.python, self.current)
        name = self.name_of_link.get(parts[0].key)
        self.placed.update(part.key for part in parts)
        kind: ItemKind = "reference link" if links_source(one, own) else "relation"
        kwargs = self._keep_known(call.kwargs, one)
        index = call.index if call.index is not None or name is None else 0
        item = Item(kind, source, one.span, one.function.name, call.args, kwargs, index, name, tuple(parts))
        if one.function.name in ("add_links", "set_links"):
            if not call.args:
                raise NotPlainError("what is linked is given by keyword")
            first = call.args[0]
            lists = first.values() if isinstance(first, dict) else [first]
            item = evolve(
                item,
                function="add_links",
                args=call.args[1:],
                receiver=None if isinstance(first, dict) else call.receiver,
                listed=any(isinstance(each, list) for each in lists),
            )
        yield item

    def _mentions(
        self,
        one: TraceStatement,
        declared: Mapping[str, Sequence[DeclarationStatement]],
    ) -> Iterator[Mention]:
        """The codes that a statement mentions, as far as they are known."""
        if isinstance(one, CodeMention):
            code = self._known("evidence", one, one.code, one.code.span)
            if code is not None:
                yield Mention(code, None, one.code.span)
        elif isinstance(one, DeclarationStatement):
            code = self.current(one.identifier.name)
            if not one.is_source_like and code in declared:
                yield Mention(code, ("code", code), one.span)
        elif isinstance(one, OptionStatement):
            key = self._keys(one)[0]
            yield from (Mention(code, key, one.span) for code in key[1:] if key in self.placed)
        elif isinstance(one, ForceStatement):
            for each in one.impacts:
                ends = self.current(each.solution.name), self.current(each.force.name)
                if each.impact.name in IMPACTS:
                    yield from (Mention(code, ("impact", *ends), each.span) for code in ends)
        elif isinstance(one, RelationStatement) and one.identifier is not None:
            name = self.current(one.identifier.name)
            if name in self.bound:
                yield Mention(name, self.bound[name], one.span)

    # -- what is left out

    def _ends(
        self, kind: Lost, one: TraceStatement, first: Name, second: Name, span: Span | None = None
    ) -> tuple[str, str] | None:
        """The current names of the ends of a link; none when one of them is declared nowhere."""
        source = self._known(kind, one, first, span or one.span)
        target = self._known(kind, one, second, span or one.span) if source is not None else None
        return (source, target) if source is not None and target is not None else None

    def _known(self, kind: Lost, one: TraceStatement, name: Name, span: Span) -> str | None:
        """The current name of something that is declared; what is not is left out, with its statement."""
        current = self.current(name.name)
        if current in self.names or current in self.held:
            return current
        if current in self.broken:
            cause, reason = self.broken[current], f"the declaration of '{current}' is broken"
        else:
            cause, reason = name.span, self._why_unknown(current)
        what = current if kind == "evidence" else one_line(one.source)
        self.left_out.append(LeftOut(kind, what, span, reason, cause))
        return None

    def _why_unknown(self, name: str) -> str:
        if name in self.vocabulary:
            return f"'{name}' is a name of the vocabulary"
        return f"'{name}' is declared nowhere"

    def _keep_known(self, kwargs: Mapping[str, Expression], one: TraceStatement) -> dict[str, Expression]:
        """The keyword arguments without the names in them that are declared nowhere."""
        spans = {self.current(name.name): name.span for name in one.names}
        unknown: set[str] = set()
        for keyword, value in kwargs.items():
            for name in dict.fromkeys(names_in(value)):
                if name in self.names or name in self.held or name in self.vocabulary or name in TYPES:
                    continue
                unknown.add(name)
                kind: Lost = "value" if keyword == "values" else "relation"
                cause = self.broken.get(name, spans.get(name))
                span = spans.get(name, one.span)
                reason = self._why_unknown(name)
                self.left_out.append(LeftOut(kind, f"{keyword}={name}", span, reason, cause))
        return kwargs_without(kwargs, unknown)

    def _report_refused(self, one: TraceStatement) -> None:
        """What the reader of a statement does not read."""
        for refused in one.refused:
            kind: Lost = "value" if refused.kind == "argument" else refused.kind
            problem = refused.problem
            self.left_out.append(LeftOut(kind, refused.what, refused.span, problem.message, problem.span))

    def _refuse_value(self, value: Value, reason: str) -> None:
        self.left_out.append(LeftOut("value", value.name.value, value.span, reason, value.value_span))

    def _report_outside(self, note: FieldNote) -> None:
        """The statements that count nowhere."""
        problems = sorted(note.problems, key=lambda problem: problem.span.start)
        starts = [problem.span.start for problem in problems]
        ends = list(accumulate((problem.span.end for problem in problems), max))
        for one in note.outside:
            at = bisect_right(starts, one.span.start) - 1
            while at > 0 and problems[at].span.end < one.span.end <= ends[at - 1]:
                at -= 1
            covers = at >= 0 and problems[at].span.end >= one.span.end
            reason = problems[at].message if covers else "it is outside every trace"
            self._leave_out("statement", one, reason, problems[at].span if covers else None)

    def _leave_out(
        self,
        kind: Lost,
        one: TraceStatement,
        reason: str,
        cause: Span | None = None,
        span: Span | None = None,
    ) -> None:
        self.left_out.append(LeftOut(kind, one_line(one.source), span or one.span, reason, cause))


def _takes_values(declared: DeclarationStatement) -> bool:
    return declared.constructor.name == "CClass" and not declared.is_source_like


def _others(stated: Resolved[V], counts: Stated[V]) -> tuple[Span, ...]:
    """The places of the other statements about the same."""
    return tuple(one.span for one in stated.stated if one is not counts)


_LOST: dict[type, Lost] = {
    DeclarationStatement: "code",
    OptionStatement: "option",
    ForceStatement: "impact",
    RelationStatement: "relation",
}
