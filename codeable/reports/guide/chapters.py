"""The decision guide of a study: a chapter for each decision, then what belongs to none. Made by `guide`."""

from collections.abc import Iterable, Iterator
from typing import Any

from codeable.coded.coded_study import Code, CodedStudy
from codeable.diagrams.impact_signs import SIGNS, sign_of
from codeable.kernel import CNamedElement
from codeable.registry import Impact, Relation
from codeable.registry.values import given_values, stereotype_names, value_text
from codeable.reports.guide.anchors import Anchors
from codeable.reports.guide.quoting import Quoting
from codeable.reports.guide.records import (
    Guide,
    GuideChapter,
    GuideEntry,
    GuideEvidence,
    GuideForces,
    GuideOption,
    GuideRelation,
    GuideSource,
)
from codeable.reports.options import ReportOptions

_LABELS = {"aka": "Also known as"}
_FIRST = ("description", "recommendation")
"""Values of an element that come before its others."""
_UNSHOWN = frozenset({"memo", "name"})
"""Memos are for the coders; the table `memos` has them."""


def guide(study: CodedStudy, options: ReportOptions, most: int | None = None) -> Guide:
    """The decision guide of a study.

    Args:
        study: The study.
        options: Its options: which decisions, and how many quotations of a code.
        most: The number of chapters that it has at most; None for all.

    Raises:
        UnknownNameError: There is no decision of a name in the options.
        AmbiguousNameError: Several decisions have it.
    """
    return _Writer(study, options, most).guide()


class _Writer:
    def __init__(self, study: CodedStudy, options: ReportOptions, most: int | None) -> None:
        self._study = study
        self._registry = study.registry
        self._most_quotes = options.quotations
        self._quoting = Quoting(study, options.quotations)
        self._anchors = Anchors(study)
        self._quoted: set[str] = set()
        self._has_known_uses = any(each.kind == "known use" for each in self._registry.declarations)
        wanted = set(study.chosen_decisions(options.decisions))
        in_order = self._registry.in_order(self._registry.decisions)
        self._decisions = [each for each in in_order if each in wanted][:most]
        self._is_whole = len(self._decisions) == len(in_order)
        self._before: dict[CNamedElement, list[Relation]] = {}
        for start in self._registry.in_order([*self._registry.decisions, *self._registry.solutions]):
            for relation in self._registry.next_decisions_of(start):
                self._before.setdefault(relation.target_element, []).append(relation)

    def guide(self) -> Guide:
        registry, anchors = self._registry, self._anchors
        # Every place has its name before a text leads to it.
        for decision in self._decisions:
            anchors.add(decision)
        related = {decision: self._related(decision) for decision in self._decisions}
        for decision, found in related.items():
            for solution in (*self._options(decision), *found):
                anchors.add(solution, decision)
        others = [
            each
            for each in registry.in_order(registry.solutions)
            if self._is_whole and not anchors.mention(each).anchor
        ]
        for each in others:
            anchors.add(each)
        forces = [each for each in registry.in_order(registry.forces) if self._is_whole or self._acts(each)]
        for each in forces:
            anchors.add(each)
        return Guide(
            f"Decision guide: {registry.settings.name}",
            tuple(self._chapter(decision, found) for decision, found in related.items()),
            tuple(self._solution(each, None) for each in others),
            tuple(self._entry(each, None) for each in forces),
            tuple(self._sources()),
            self._most_quotes,
        )

    def _options(self, decision: Any) -> list[Any]:
        return [each.solution_element for each in self._registry.options_of(decision)]

    def _acts(self, force: Any) -> bool:
        return bool(self._anchors.mention(force).anchor) or any(
            self._anchors.mention(each.solution_element).anchor for each in self._registry.impacts_on(force)
        )

    def _related(self, decision: Any) -> list[Any]:
        """The solutions to which relations lead from its options, without options and decisions."""
        options = self._options(decision)
        pending = list(options)
        seen = {decision, *options}
        found = []
        for solution in pending:
            for relation in self._registry.relations_of(solution):
                target = relation.target_element
                if target in seen or self._registry.kind_of(target) == "decision":
                    continue
                seen.add(target)
                found.append(target)
                pending.append(target)
        return found

    def _chapter(self, decision: Any, related: list[Any]) -> GuideChapter:
        registry, anchors = self._registry, self._anchors
        self._quoted.clear()
        how = {each.target_element: each.stereotypes or "" for each in registry.links_of(decision)}
        return GuideChapter(
            self._entry(decision, None),
            self._category(decision),
            tuple(stereotype_names(decision)),
            tuple((anchors.mention(each), how.get(each, "")) for each in registry.contexts_of(decision)),
            tuple(
                self._solution(each.solution_element, decision, each.text, each.description)
                for each in registry.options_of(decision)
            ),
            tuple(self._solution(each, decision) for each in related),
            self._forces(decision, related),
            tuple(self._relations(registry.next_decisions_of(decision), decision)),
            tuple(self._relations(self._before.get(decision, ()), decision)),
        )

    def _category(self, decision: Any) -> str:
        """The category of a decision, behind those that it is a part of; empty without one."""
        category: Any = self._registry.category_of(decision)
        path: list[Any] = []
        while category is not None and category not in path:
            path.insert(0, category)
            links = self._registry.links_of(category)
            parents = (each.source_element for each in links if each.target_element is category)
            category = next((each for each in parents if self._registry.kind_of(each) == "category"), None)
        return " › ".join(map(self._study.title_of, path))

    def _solution(
        self, solution: Any, decision: Any, text: str | None = None, description: str | None = None
    ) -> GuideOption:
        registry = self._registry
        relations = [*registry.relations_of(solution), *registry.relations_to(solution)]
        is_decision = registry.kind_of(solution) == "decision"
        return GuideOption(
            self._entry(solution, decision),
            text or "",
            description or "",
            tuple(self._relations(relations, decision)),
            tuple(self._relations(registry.next_decisions_of(solution), decision)),
            self._anchors.mention(solution).anchor if is_decision else "",
        )

    def _relations(self, relations: Iterable[Relation], decision: Any) -> Iterator[GuideRelation]:
        for each in dict.fromkeys(relations):
            if each.link is None:
                continue
            values = [value_text(value) for name, value in given_values(each.link) if name != "description"]
            texts = [*values, *([each.label] if each.label else [])]
            yield GuideRelation(
                self._anchors.mention(each.source_element, decision),
                each.stereotype or "is related to",
                self._anchors.mention(each.target_element, decision),
                "; ".join(dict.fromkeys(filter(None, texts))),
                self._study.evidence_of(each.link),
            )

    def _forces(self, decision: Any, related: list[Any]) -> GuideForces:
        anchors, registry = self._anchors, self._registry
        solutions = list(dict.fromkeys([decision, *self._options(decision), *related]))
        impacts = {each: list(registry.forces_of(each)) for each in solutions}
        acting = [each for each in solutions if impacts[each]]
        forces = dict.fromkeys(impact.force_element for each in acting for impact in impacts[each])
        signs = {sign_of(impact.impact) for each in acting for impact in impacts[each]}
        return GuideForces(
            tuple(anchors.mention(each, decision) for each in acting),
            tuple(
                (anchors.mention(force), tuple(_signs(impacts[each], force) for each in acting))
                for force in forces
            ),
            tuple((sign, meaning) for sign, meaning in SIGNS.items() if sign in signs),
            tuple(anchors.mention(each, decision) for each in solutions[1:] if not impacts[each]),
        )

    def _entry(self, element: Any, chapter: Any) -> GuideEntry:
        study = self._study
        return GuideEntry(
            self._anchors.add(element, chapter),
            study.name_of(element),
            study.title_of(element),
            self._registry.kind_of(element),
            tuple(self._facts(element)),
            self._evidence(study.code_of.get(element)),
        )

    def _facts(self, element: Any) -> Iterator[tuple[str, str]]:
        values = {name: text for name, value in given_values(element) if (text := value_text(value).strip())}
        others = sorted(set(values) - set(_FIRST) - _UNSHOWN)
        for name in (*_FIRST, *others):
            if name in values:
                label = "" if name == "description" else _LABELS.get(name, name[:1].upper() + name[1:])
                yield label, values[name]
        yield from (("Known use", text) for text in self._known_uses(element))
        code = self._study.code_of.get(element)
        for each in self._study.definitions_of(code) if code is not None else ():
            if each.text.strip() != values.get("description"):
                yield f"Definition in {each.source}", each.text

    def _known_uses(self, element: Any) -> Iterator[str]:
        """Where a solution is used, with the references that the study has."""
        for link in self._registry.links_of(element) if self._has_known_uses else ():
            use = link.other_end(element)
            if self._registry.kind_of(use) == "known use":
                texts = (value_text(value).strip() for _, value in given_values(use))
                yield ": ".join([self._study.title_of(use), *filter(None, texts)])

    def _evidence(self, code: Code | None) -> GuideEvidence | None:
        if code is None or code.element is None:
            return None
        study = self._study
        quotes = self._quoting.quotes(code, self._quoted)
        self._quoted.update(each.text for each in quotes)
        subcodes = [
            (study.title_of(each), len(study.evidence_of(each)))
            for each in self._registry.subcodes_of(code.element)
        ]
        return GuideEvidence(
            code.name,
            code.sources,
            len(code.passages),
            tuple(quotes),
            tuple((title, sources) for title, sources in subcodes if sources),
        )

    def _sources(self) -> Iterator[GuideSource]:
        for name, source in self._study.named_sources.items():
            values = source.element.values
            title, url = str(values.get("title") or source.name), str(values.get("url") or "")
            yield GuideSource(self._anchors.add(source.element), name, title, url)


def _signs(impacts: Iterable[Impact], force: CNamedElement) -> str:
    return ", ".join(sign_of(each.impact) for each in impacts if each.force_element is force)
