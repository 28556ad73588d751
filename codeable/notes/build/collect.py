"""Collects the statements of the notes into the plan of the study that is to be built. Called by `build`."""

from collections.abc import Iterable, Iterator, Mapping

from codeable.kernel.place import Span
from codeable.notes.build.plan import BuildPlan, Item, LeftOut, NotPlainError, SourcePlan, call_in
from codeable.notes.build.sources import about_source, links_source, own_names
from codeable.notes.mentions import codes_mentioned, current_name
from codeable.notes.model import (
    BrokenStatement,
    DeclarationStatement,
    FieldNote,
    ForceStatement,
    Name,
    OptionStatement,
    RelationStatement,
    TraceStatement,
)
from codeable.source_writer import Expression, Verbatim
from codeable.text import nearest

_NEAR = 0.75
"""The least ratio of an undeclared code to a declared one that the report suggests."""

_BUILT = frozenset({"CBundle", "CClass", "CLayer", "CPackage"})


def collect(notes: Iterable[FieldNote], renames: Mapping[str, str], vocabulary: frozenset[str]) -> BuildPlan:
    """Plan a study from the notes. What it cannot hold is in `left_out`, with the reason.

    Args:
        notes: The notes, in the order of coding.
        renames: Old name → new name.
        vocabulary: The names of the vocabulary.
    """
    return _Collector(list(notes), renames, vocabulary).plan()


class _Collector:
    def __init__(
        self, notes: list[FieldNote], renames: Mapping[str, str], vocabulary: frozenset[str]
    ) -> None:
        self.renames = renames
        self.vocabulary = vocabulary
        self.left_out: list[LeftOut] = []
        self.notes = list(self._usable(notes))
        self.declared: dict[str, DeclarationStatement] = {}
        self.bound: dict[str, TraceStatement] = {}
        self.broken: dict[str, Span] = {}
        self.options: dict[tuple[str, str], OptionStatement] = {}
        self.impacts: dict[tuple[str, str], str] = {}
        self.links: dict[tuple[str, str, str], tuple[str, ...]] = {}
        self.undeclared: dict[str, dict[Span, None]] = {}
        self.own: frozenset[str] = frozenset()

    def plan(self) -> BuildPlan:
        for _, note in self.notes:
            for one in note.statements:
                self._find_declaration(one)
        for _, note in self.notes:
            for one in note.statements:
                self._find_bound_link(one)
        items: list[Item] = []
        for identifier, note in self.notes:
            self.own = own_names(identifier, note)
            items += [item for one in note.statements for item in self._items(one)]
        decisions = [
            item.binds
            for item in items
            if item.declares and item.binds and self.declared[item.binds].kind == "decision"
        ]
        sources = [self._source(identifier, note) for identifier, note in self.notes]
        self._report_undeclared()
        return BuildPlan(tuple(items), tuple(decisions), tuple(sources), tuple(self.left_out))

    def current(self, name: str) -> str:
        return current_name(self.renames, name)

    def _usable(self, notes: list[FieldNote]) -> Iterator[tuple[str, FieldNote]]:
        """The notes with the identifier of a source, one note for each source."""
        taken: dict[str, FieldNote] = {}
        for note in notes:
            identifier = note.identifier
            if identifier is not None and identifier not in taken:
                taken[identifier] = note
                yield identifier, note
                continue
            if identifier is not None:
                reason = f"{taken[identifier].path} is about {identifier} already"
            elif note.heading is not None:
                reason = "the heading '# s' has no number"
            else:
                reason = "it has no heading '# s' or '# p'"
            self.left_out.append(LeftOut("note", note.path, Span(note.path, 1, 1, 1, 1), reason))

    def _find_declaration(self, one: TraceStatement) -> None:
        """Keep the first declaration of each code in all notes."""
        if isinstance(one, BrokenStatement) and one.identifier is not None:
            self.broken.setdefault(self.current(one.identifier.name), one.span)
        if not isinstance(one, DeclarationStatement) or one.is_source_like:
            return
        identifier = self.current(one.identifier.name)
        if one.constructor.name not in _BUILT:
            self._leave_out(one, f"{one.constructor.name} belongs in a vocabulary, not in a trace")
        elif identifier in self.vocabulary:
            self._leave_out(one, f"'{identifier}' is a name of the vocabulary")
        elif any(identifier == source for source, _ in self.notes):
            self._leave_out(one, f"'{identifier}' is the name of a source")
        elif identifier not in self.declared:
            self.declared[identifier] = one
        elif _described(one) != _described(self.declared[identifier]):
            first = self.declared[identifier]
            self._leave_out(one, f"'{identifier}' is declared at {first.span} as {_described(first)}")

    def _find_bound_link(self, one: TraceStatement) -> None:
        """Keep the names that links are bound to. Such a link is a code, unless a code has that name."""
        if isinstance(one, OptionStatement | RelationStatement) and one.identifier is not None:
            name = self.current(one.identifier.name)
            if name not in self.declared and name not in self.vocabulary:
                self.bound.setdefault(name, one)

    def _items(self, one: TraceStatement) -> Iterator[Item]:
        try:
            if isinstance(one, BrokenStatement):
                self._leave_out(one, one.problem.message, one.problem.span)
            elif isinstance(one, DeclarationStatement):
                if self.declared.get(self.current(one.identifier.name)) is one:
                    yield self._declaration(one)
            elif isinstance(one, OptionStatement):
                yield from self._option(one)
            elif isinstance(one, ForceStatement):
                yield from self._forces(one)
            elif isinstance(one, RelationStatement):
                yield from self._relation(one)
        except NotPlainError as error:
            self._leave_out(one, str(error))

    def _declaration(self, one: DeclarationStatement) -> Item:
        call = call_in(one.python, self.current)
        names = [self.current(name.name) for name in one.names]
        needs = [name for name in names if name in self.declared or name in self.bound]
        return Item(
            span=one.span,
            function=one.constructor.name,
            args=call.args,
            kwargs=call.kwargs,
            binds=self.current(one.identifier.name),
            needs=tuple(needs),
            declares=True,
        )

    def _option(self, one: OptionStatement) -> Iterator[Item]:
        decision, solution = self._known(one.decision), self._known(one.solution)
        if decision is None or solution is None:
            return
        first = self.options.setdefault((decision, solution), one)
        if first is not one:
            if (one.text and one.text.value) != (first.text and first.text.value):
                self._leave_out(one, f"the option is linked at {first.span} with another text")
            return
        call = call_in(one.python, self.current)
        yield Item(
            span=one.span,
            function=one.function.name,
            args=call.args,
            kwargs=call.kwargs,
            binds=self._binding(one),
            needs=(decision, solution),
            option=(decision, solution),
        )

    def _forces(self, one: ForceStatement) -> Iterator[Item]:
        table: dict[Expression, dict[Expression, Expression]] = {}
        needs: dict[str, None] = {}
        for each in one.impacts:
            solution, force = self._known(each.solution), self._known(each.force)
            if solution is None or force is None:
                continue
            key = (solution, force)
            if key in self.impacts:
                if self.impacts[key] != each.impact.name:
                    reason = f"the impact of '{solution}' on '{force}' is already {self.impacts[key]}"
                    self._leave_out(one, reason, each.span)
                continue
            self.impacts[key] = each.impact.name
            table.setdefault(Verbatim(solution), {})[Verbatim(force)] = Verbatim(each.impact.name)
            needs |= {solution: None, force: None}
        if table:
            yield Item(span=one.span, function=one.function.name, args=(table,), needs=tuple(needs))

    def _relation(self, one: RelationStatement) -> Iterator[Item]:
        """A link between codes, with those of its ends that are declared and not linked before."""
        if links_source(one, self.own):
            return
        role = one.role_name.value if one.role_name is not None else "to"
        stereotypes = tuple(stereotype.name for stereotype in one.stereotypes)
        table: dict[str, list[Expression]] = {}
        needs: dict[str, None] = {}
        for end in one.ends:
            source = self._known(end.source)
            for target in (self._known(target) for target in end.targets):
                if source is None or target is None:
                    continue
                key = (target, source, "to") if role == "from" else (source, target, role)
                if key not in self.links:
                    self.links[key] = stereotypes
                    table.setdefault(source, []).append(Verbatim(target))
                    needs |= {source: None, target: None}
                elif self.links[key] != stereotypes:
                    before = ", ".join(self.links[key]) or "no stereotype"
                    self._leave_out(one, f"'{source}' and '{target}' are already linked with {before}")
        if table:
            yield self._link(one, table, tuple(needs))

    def _link(
        self, one: RelationStatement, table: dict[str, list[Expression]], needs: tuple[str, ...]
    ) -> Item:
        call = call_in(one.python, self.current)
        function, args = one.function.name, call.args
        if function in ("add_links", "set_links"):
            if not args:
                raise NotPlainError("what is linked is given by keyword")
            targets = next(iter(table.values()))
            if call.receiver in table and not isinstance(call.args[0], dict):
                function = f"{call.receiver}.{function}"
                args = (targets if isinstance(call.args[0], list) else targets[0], *call.args[1:])
            else:
                args = ({Verbatim(source): ends for source, ends in table.items()}, *call.args[1:])
        return Item(
            span=one.span,
            function=function,
            args=args,
            kwargs=call.kwargs,
            index=call.index,
            binds=self._binding(one),
            needs=needs,
        )

    def _binding(self, one: OptionStatement | RelationStatement) -> str | None:
        """The name that a link is bound to, unless something else has this name."""
        if one.identifier is None:
            return None
        name = self.current(one.identifier.name)
        if self.bound.get(name) is one:
            return name
        self._leave_out(one, f"the link is built without its name, because '{name}' is taken")
        return None

    def _known(self, name: Name) -> str | None:
        """The current name of a declared code. An undeclared one is kept for the report."""
        current = self.current(name.name)
        if current in self.declared or current in self.bound:
            return current
        self.undeclared.setdefault(current, {})[name.span] = None
        return None

    def _source(self, identifier: str, note: FieldNote) -> SourcePlan:
        codes: dict[str, None] = {}
        for code, places in codes_mentioned(note, self.renames).items():
            # A declaration that was left out is reported already.
            names = [name for name, one in places if not isinstance(one, DeclarationStatement)]
            known = [self._known(name) for name in names]
            if code in self.declared or any(known):
                codes[code] = None
        # A decision is a code of every source that holds one of its options.
        codes |= dict.fromkeys(decision for decision, solution in self.options if solution in codes)
        items = about_source(identifier, note, self._leave_out)
        return SourcePlan(identifier, note, tuple(items), tuple(codes))

    def _leave_out(self, one: TraceStatement, reason: str, span: Span | None = None) -> None:
        what = " ".join(one.source.split())
        self.left_out.append(LeftOut("statement", what, span or one.span, reason))

    def _report_undeclared(self) -> None:
        order = {note.path: index for index, (_, note) in enumerate(self.notes)}
        for name, spans in self.undeclared.items():
            near = nearest(name, [*self.declared, *self.bound], most=1, like=_NEAR)
            if name in self.broken:
                reason = f"its declaration at {self.broken[name]} is broken"
            elif name in self.vocabulary:
                reason = "it is a name of the vocabulary"
            else:
                reason = f"the nearest code is '{near[0]}'" if near else ""
            in_order = sorted(spans, key=lambda span: (order[span.path], span.start))
            self.left_out += [LeftOut("undeclared", name, span, reason) for span in in_order]


def _described(declaration: DeclarationStatement) -> str:
    """Kind and display name of a declared code, for a message."""
    return f"{declaration.kind or declaration.constructor.name} {declaration.name!r}"
