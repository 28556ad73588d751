"""Plans the links of a project: options, impacts, relations, next decisions.

A file of another tool has links of its own kinds; only those of an export of a study say what they are. The
module of the project makes them behind its codes. `planned_codes` calls this.
"""

from collections.abc import Mapping, Sequence

from attrs import define, field

from codeable.exchange.incoming.code_identifiers import FreeIdentifiers
from codeable.exchange.incoming.code_order import SUPER_CODE
from codeable.exchange.incoming.link_statements import (
    STEREOTYPE_WORDS,
    link_statement,
    loses_something,
    stereotypes_named,
    stereotypes_of,
    values_of,
)
from codeable.exchange.incoming.planned import Difference
from codeable.exchange.project import NotTakenOver, ProjectCode, ProjectLink
from codeable.kernel import CClass, CLink
from codeable.kernel.place import shown_place, span_of
from codeable.registry import OPTION_KINDS, Registry
from codeable.registry.records import Kind
from codeable.registry.values import given_values, stereotype_names, value_text
from codeable.source_writer import Expression, Verbatim, format_call
from codeable.text import shortened

_ENDS: Mapping[str, tuple[frozenset[Kind], frozenset[Kind]]] = {
    "option": (frozenset({"decision"}), OPTION_KINDS),
    "impact": (OPTION_KINDS, frozenset({"force"})),
    "relation": (OPTION_KINDS, OPTION_KINDS),
    "next decision": (OPTION_KINDS, frozenset({"decision"})),
}
"""Kind of a link → the kinds of its origin and of its target."""

LINK_KINDS = frozenset({*_ENDS, "link"})
"""The kinds of codes that are links."""

Ends = tuple[str, str, str]
"""Kind of a link, what records call its origin and its target."""


@define
class PlannedLinks:
    """What becomes of the links of a project.

    Attributes:
        statements: The statements that make the new ones.
        needed: The identifiers that the statements need.
        names: Key of a code that is a link → the identifier of the link.
        unnamed: Key of a code that is a link of the study without an identifier → the link.
        differences: Where the file says something else about a link than the study.
        not_taken_over: The links that do not come into the study.
    """

    statements: list[str] = field(factory=list)
    needed: dict[str, None] = field(factory=dict)
    names: dict[str, str] = field(factory=dict)
    unnamed: dict[str, CLink] = field(factory=dict)
    differences: list[Difference] = field(factory=list)
    not_taken_over: list[NotTakenOver] = field(factory=list)


@define
class LinkPlanner:
    """Plans the links of one project.

    Args:
        identifiers: Key of a code → its identifier in the study, if it has one.
        called: Key of a code → what records of the study call it.
        kinds: Key of a code → its kind in the study.
        registry: The study; an empty one for a new one.
        free: Gives identifiers to new links that are codes.
        codes: Key → code of the project, of those too that are links.
    """

    identifiers: Mapping[str, str]
    called: Mapping[str, str]
    kinds: Mapping[str, Kind]
    registry: Registry
    free: FreeIdentifiers
    codes: Mapping[str, ProjectCode]
    _there: dict[Ends, CLink] = field(factory=dict, init=False)
    _found: PlannedLinks = field(factory=PlannedLinks, init=False)

    def plan(self, links: Sequence[ProjectLink]) -> PlannedLinks:
        """Plan the links; those of one kind from one code to another are one link."""
        found = self._found
        left_out: dict[str, list[ProjectLink]] = {}
        bare: list[ProjectLink] = []
        self._there = _links_of(self.registry) if links else {}
        impacts: dict[str, dict[Expression, Expression]] = {}
        done: dict[Ends, ProjectLink] = {}
        for link in links:
            if link.kind == SUPER_CODE:
                continue
            reason = self._why_not(link)
            ends = link.kind or "link", self.called.get(link.origin, ""), self.called.get(link.target, "")
            if ends in self._there:
                self._compare(link, ends)
                done.setdefault(ends, link)
                continue
            if not {link.origin, link.target} <= self.identifiers.keys():
                reason = reason or "an end has no identifier in the study, so no statement can name it"
            if not reason and ends in done:
                if _says_same(link, done[ends]):
                    continue
                reason = "a link of this kind is between them already"
            done.setdefault(ends, link)
            if reason:
                left_out.setdefault(reason, []).append(link)
                continue
            origin, target = self.identifiers[link.origin], self.identifiers[link.target]
            found.needed |= {origin: None, target: None}
            if loses_something(link):
                bare.append(link)
            if link.kind == "impact" and stereotypes_of(link):
                impacts.setdefault(origin, {})[Verbatim(target)] = stereotypes_of(link)[0]
            else:
                name = self._name_for(link)
                found.statements.append(link_statement(link, name, Verbatim(origin), Verbatim(target)))
        for origin, of_origin in impacts.items():
            found.statements.append(format_call(None, "add_force_relations", [{Verbatim(origin): of_origin}]))
        for why, lost in left_out.items():
            found.not_taken_over += self._lost("links between codes", lost, why)
        reason = "the vocabulary does not have them; they are the label of the link"
        found.not_taken_over += self._lost("stereotypes and values of links", bare, reason)
        self._find_without_link(links)
        return found

    def _lost(self, what: str, links: Sequence[ProjectLink], reason: str) -> tuple[NotTakenOver, ...]:
        place = next((link.place for link in links), "")
        return NotTakenOver.of_names(what, map(self._shown, links), reason, place)

    def _shown(self, link: ProjectLink) -> str:
        name = f" ({shortened(link.name)})" if link.name else ""
        return f"{self._name_of(link.origin)} -> {self._name_of(link.target)}{name}"

    def _find_without_link(self, links: Sequence[ProjectLink]) -> None:
        """Find the links of the study for codes that are links, but not in the file."""
        with_link = {link.code for link in links}
        lost = []
        for key, code in self.codes.items():
            if code.kind not in LINK_KINDS or key in with_link:
                continue
            if code.identifier is not None and self._is_link(code.identifier):
                self._found.names[key] = code.identifier
            else:
                lost.append(code)
        reason = "the file does not say which codes they link; codings with them are left out, too"
        self._found.not_taken_over += NotTakenOver.of_codes("relations that are codes", lost, reason)

    def _is_link(self, identifier: str) -> bool:
        named = (each for each in self.registry.declarations if each.identifier == identifier)
        return any(isinstance(each.element, CLink) for each in named)

    def _why_not(self, link: ProjectLink) -> str:
        """Why a link cannot be in a study; empty where it can."""
        if link.kind not in _ENDS:
            return "only options, impacts, relations and next decisions of an export of a study come back"
        if link.origin not in self.kinds or link.target not in self.kinds:
            return "an end is no code of the file"
        origins, targets = _ENDS[link.kind]
        if self.kinds[link.origin] not in origins or self.kinds[link.target] not in targets:
            return f"codes of these kinds cannot have a link of the kind '{link.kind}'"
        return ""

    def _compare(self, link: ProjectLink, ends: Ends) -> None:
        there = self._there[ends]
        identifier = self.registry.identifier_of(there)
        if link.code is not None and identifier is not None:
            self._found.names[link.code] = identifier
        elif link.code is not None:
            self._found.unnamed[link.code] = there
        if link.kind not in _ENDS:
            return
        values = {name: value_text(value) for name, value in given_values(there)}
        there_are = stereotype_names(there)
        in_study = values.get("name", "") if link.kind == "option" else ", ".join(there_are)
        in_file = link.text
        if link.kind != "option":  # what the vocabulary does not have was told when the link came
            known = {*there_are, *STEREOTYPE_WORDS.get(link.kind, ())}
            in_file = ", ".join(name for name in stereotypes_named(link) if name in known)
        texts = [(in_file, in_study)]
        texts += [(text, values.get(name, "")) for name, text in values_of(link).items()]
        self._found.differences += [
            Difference(f"{link.kind} {ends[1]} -> {ends[2]}", of_file, text, shown_place(span_of(there)))
            for of_file, text in texts
            if of_file.split() and of_file.split() != text.split()
        ]

    def _name_for(self, link: ProjectLink) -> str | None:
        """The identifier of a link that is a code."""
        if link.code is None:
            return None
        code = self.codes[link.code]
        name = code.identifier
        if name is None or not self.free.take_as_is(name):
            name = self.free.take(code.name, None)
        self._found.names[link.code] = name
        return name

    def _name_of(self, key: str) -> str:
        return self.codes[key].name if key in self.codes else key


def _links_of(registry: Registry) -> dict[Ends, CLink]:
    """The links of a study by kind and ends."""
    found: dict[Ends, CLink] = {}
    for each in registry.declarations:
        if isinstance(each.element, CClass):
            for link in each.element.links:
                ends = registry.name_of(link.source), registry.name_of(link.target)
                found[registry.kind_of(link), *ends] = link
    return found


def _says_same(one: ProjectLink, other: ProjectLink) -> bool:
    return (one.text, dict(one.values), one.code) == (other.text, dict(other.values), other.code)
