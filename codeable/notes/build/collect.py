"""Collects the statements of the notes into the plan of the study that is to be built. Called by `build`.

Of several statements about one thing the plan has the one that counts (see `notes.resolution`). It keeps the
place of the first, so that the order of the traces is the order of the study. What the plan does not hold,
although a note states it, is in `left_out`, except what another statement replaces.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from attrs import evolve

from codeable.kernel.place import Span
from codeable.notes.build.broken import lost_with
from codeable.notes.build.declarations import declaration_item, kwargs_without
from codeable.notes.build.declared_names import DeclaredNames, takes_values
from codeable.notes.build.losses import LOST_WITH
from codeable.notes.build.plain_calls import NotPlainError, names_in
from codeable.notes.build.plan import (
    TYPES,
    BuildPlan,
    Item,
    ItemKind,
    Key,
    LeftOut,
    Lost,
    Mention,
    Part,
    SourcePlan,
    one_line,
)
from codeable.notes.build.sources import source_item
from codeable.notes.model import (
    BrokenStatement,
    CodeMention,
    DeclarationStatement,
    FieldNote,
    ForceStatement,
    Name,
    OptionStatement,
    RelationStatement,
    SourceDeclaration,
    TraceStatement,
)
from codeable.notes.resolution import Stated, Versions
from codeable.notes.vocabulary import vocabulary
from codeable.result_cache import ResultCache
from codeable.settings import Settings
from codeable.source_writer import Expression

V = TypeVar("V")


def collect(
    notes: Iterable[FieldNote],
    settings: Settings,
    vocabulary: frozenset[str],
    held: Collection[str] = (),
    results: ResultCache | None = None,
    proceed: Callable[[], None] = lambda: None,
) -> BuildPlan:
    """Plan a study from the notes. What it cannot hold is in `left_out`, with the reason.

    Args:
        notes: The notes, in the order of coding.
        settings: The settings of the study, with its renames and coders.
        vocabulary: The names of the vocabulary.
        held: The names that modules made by hand declare.
        results: What was found before in single notes.
        proceed: Called for each note; it may raise an error of its own.
    """
    collector = _Collector(list(notes), settings, vocabulary, held, results or ResultCache())
    return collector.plan(proceed)


class _Collector(DeclaredNames):
    def __init__(
        self,
        notes: list[FieldNote],
        settings: Settings,
        vocabulary: frozenset[str],
        held: Collection[str],
        results: ResultCache,
    ) -> None:
        super().__init__(notes, settings, vocabulary, held, results)
        self.placed: set[Key] = set()

    def plan(self, proceed: Callable[[], None]) -> BuildPlan:
        notes = [(source, note) for source, found in self.sources.items() for note in found]
        declared = self.find_declared(notes)
        self.find_bound_links(notes)
        items: list[Item] = []
        for source, (first, *others) in self.sources.items():
            item, refused = self.results.of(source_item, first, tuple(others), source)
            items.append(item)
            for value, reason in refused:
                self.refuse_value(value, reason)
        mentions: dict[str, list[Mention]] = {source: [] for source in self.sources}
        for source, note in notes:
            proceed()
            for one in note.statements:
                self.report_refused(one)
                made = list(self._items(one, source, declared))
                items += made
                mentions[source] += self._mentions(one, declared)
            self.report_outside(note)
        self.report_definitions(declared)
        decisions = [name for name, statements in declared.items() if statements[0].kind == "decision"]
        plans = [
            SourcePlan(source, tuple(found), tuple(mentions[source]))
            for source, found in self.sources.items()
        ]
        return BuildPlan(tuple(items), tuple(decisions), tuple(plans), tuple(self.left_out))

    def _items(
        self,
        one: TraceStatement,
        source: str,
        declared: Mapping[str, Sequence[DeclarationStatement]],
    ) -> Iterator[Item]:
        try:
            if isinstance(one, BrokenStatement):
                self._broken(one, source)
            elif isinstance(one, DeclarationStatement):
                yield from self._declaration(one, source, declared)
            elif isinstance(one, OptionStatement):
                yield from self._option(one)
            elif isinstance(one, ForceStatement):
                yield from self._impacts(one, source)
            elif isinstance(one, RelationStatement):
                yield from self._relation(one, source)
        except NotPlainError as error:
            self.leave_out(LOST_WITH.get(type(one), "statement"), one, str(error))

    def _broken(self, one: BrokenStatement, source: str) -> None:
        """Leave out a broken statement: each code of a list. The note's source is built from its head."""
        kind = lost_with(one)
        reason, cause = one.problem.message, one.problem.span
        if kind == "source" and (one.identifier is None or one.identifier.name == source):
            kind = "statement"
        is_list = "contained_code" in one.source
        codes = [name for name in one.names if name.name in self.names and name.name not in self.source_like]
        for code in codes if is_list else ():
            self.left_out.append(LeftOut("evidence", self.current(code.name), code.span, reason, cause))
        if not (is_list and codes):
            self.leave_out(kind, one, reason, cause)

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
        sources = {id(each.statement): each.source for each in stated}
        definition = self.definitions.get(identifier)
        text = definition.text if definition is not None and takes_values(statements[0]) else None

        described = any(value.name.value == "description" for one in statements for value in one.values)
        own_text = None if described else text

        def apart() -> Iterator[Item]:
            for each in statements if len(statements) > 1 else ():
                of = sources.get(id(each), source)
                yield declaration_item(identifier, [each], of, self.call, self._keep_known, own_text)

        of = sources.get(id(statements[0]), source)
        yield declaration_item(identifier, statements, of, self.call, self._keep_known, text, apart)

    def _option(self, one: OptionStatement) -> Iterator[Item]:
        key: Key = self.keys(one)[0]
        ends = self._ends("option", one, one.decision, one.solution)
        if ends is None or key in self.placed:
            return
        stated = self.resolution.options[key[1], key[2]]
        for counts in stated.candidates(self.coders):
            statement = counts.statement
            if not isinstance(statement, OptionStatement):
                continue
            try:
                call = self.call(statement)
            except NotPlainError as error:
                self.leave_out("option", statement, str(error))
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
            if each.impact.name not in vocabulary().impacts:
                reason = f"'{each.impact.name}' is no impact"
                self.leave_out("impact", one, reason, each.impact.span, each.span)
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

    def _relation(self, one: RelationStatement, source: str) -> Iterator[Item]:
        """A link, with those of its ends that are declared and for which this statement counts."""
        all_keys = self.keys(one)
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
                elif isinstance(other, RelationStatement) and len(all_keys) == 1 == len(self.keys(other)):
                    yield from self._link(other, counts.source, [self._part(key, ends, other)])
        if parts:
            yield from self._link(one, source, parts)

    def _part(
        self, key: Key, ends: tuple[str, str], one: RelationStatement, span: Span | None = None
    ) -> Part:
        value = ", ".join(stereotype.name for stereotype in one.stereotypes) or "no stereotype"
        stated = self.resolution.relations[key[1], key[2], key[3]]

        def instead() -> Iterator[Item]:
            for each in stated.candidates(self.coders):
                other = each.statement
                if other is not one and isinstance(other, RelationStatement):
                    yield from self._instead(other, each.source, Part(key, other.span, ends))

        return Part(key, span or one.span, ends, value, _others(stated, stated.counts), instead)

    def _instead(self, one: RelationStatement, source: str, part: Part) -> list[Item]:
        """A link in place of a refused one; none where something of its statement is left out itself."""
        number = len(self.left_out)
        try:
            made = list(self._link(one, source, [part]))
        except NotPlainError:
            return []
        return made if len(self.left_out) == number else []

    def _link(self, one: RelationStatement, source: str, parts: list[Part]) -> Iterator[Item]:
        call = self.call(one)
        name = self.name_of_link.get(parts[0].key)
        self.placed.update(part.key for part in parts)
        of_source = any(name in self.source_like for part in parts for name in part.names)
        kind: ItemKind = "reference link" if of_source else "relation"
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
            key = self.keys(one)[0]
            yield from (Mention(code, key, one.span) for code in key[1:] if key in self.placed)
        elif isinstance(one, ForceStatement):
            for each in one.impacts:
                ends = self.current(each.solution.name), self.current(each.force.name)
                if each.impact.name in vocabulary().impacts:
                    yield from (Mention(code, ("impact", *ends), each.span) for code in ends)
        elif isinstance(one, RelationStatement) and one.identifier is not None:
            name = self.current(one.identifier.name)
            if name in self.bound:
                yield Mention(name, self.bound[name], one.span)

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
        reason, cause = self.why_unknown(current)
        what = current if kind == "evidence" else one_line(one.source)
        self.left_out.append(LeftOut(kind, what, span, reason, cause or name.span))
        return None

    def _keep_known(self, kwargs: Mapping[str, Expression], one: TraceStatement) -> dict[str, Expression]:
        """The keyword arguments without the names that are declared nowhere, or not before a code."""
        unknown: set[str] = set()
        spans: dict[str, Span] = {}
        belongs_to_model = isinstance(one, DeclarationStatement) and not one.is_source_like
        for keyword, value in kwargs.items():
            for name in dict.fromkeys(names_in(value)):
                known = name in self.names or name in self.held or name in self.vocabulary or name in TYPES
                if known and not (belongs_to_model and name in self.source_like):
                    continue
                unknown.add(name)
                kind: Lost = "value" if keyword == "values" else "relation"
                spans = spans or {self.current(each.name): each.span for each in one.names}
                span = spans.get(name, one.span)
                reason, cause = self.why_unknown(name)
                if known:
                    reason, cause = f"a model cannot import the source or reference '{name}'", None
                self.left_out.append(LeftOut(kind, f"{keyword}={name}", span, reason, cause or span))
        return kwargs_without(kwargs, unknown)


def _others(stated: Versions[V], counts: Stated[V]) -> tuple[Span, ...]:
    """The places of the other statements about the same."""
    return tuple(one.span for one in stated.stated if one is not counts)
