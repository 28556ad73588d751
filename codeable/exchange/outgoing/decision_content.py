"""What the record of a decision says, before it is Markdown. All texts are as the study has them."""

from collections.abc import Iterable, Iterator, Mapping

from attrs import field, frozen

from codeable.coded.coded_study import CodedStudy
from codeable.diagrams.impact_signs import sign_of
from codeable.kernel import CClass, CNamedElement
from codeable.registry import Impact, Option, Relation
from codeable.registry.values import attribute_text, given_values, stereotype_names, value_text

_UNSHOWN = ("memo", "description")
_LABELS = {"aka": "Also known as", "background reading": "Background reading"}
_ARGUMENTS = {
    "++": ("Good", "a very positive impact on"),
    "+": ("Good", "a positive impact on"),
    "o": ("Neutral", "a neutral impact on"),
    "+/−": ("Neutral", "positive and negative impacts on"),
    "−": ("Bad", "a negative impact on"),
    "−−": ("Bad", "a very negative impact on"),
}
_WORDS = ("Good", "Neutral", "Bad")


@frozen
class DescribedElement:
    """An element that a record describes.

    Attributes:
        title: Its display name.
        description: What it means, as its module or a note says.
        facts: Its further values, each with a label.
        sources: The names of the sources that are evidence for it.
        file: The record about it, if it is a decision.
    """

    title: str
    description: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()
    file: str = ""


@frozen
class Argument:
    """An impact of an option on a force.

    Attributes:
        word: "Good", "Neutral" or "Bad".
        reason: What comes before the name of the force: "a positive impact on".
        force: The name of the force.
        sources: The sources whose notes state the impact.
        both: Where no note states it, the sources that are evidence for the option and for the force.
    """

    word: str
    reason: str
    force: str
    sources: tuple[str, ...] = ()
    both: tuple[str, ...] = ()


@frozen
class Connected:
    """A relation to another element, as words before and behind the names of its ends.

    Attributes:
        start: Where it starts.
        label: What it says: its stereotype, its label.
        end: Where it leads.
        sources: The sources that are evidence for it.
    """

    start: DescribedElement
    label: str
    end: DescribedElement
    sources: tuple[str, ...] = ()


@frozen
class ConsideredOption:
    """An option of a decision.

    Attributes:
        solution: The solution.
        text: What choosing it means.
        arguments: Its impacts, the good ones first.
    """

    solution: DescribedElement
    text: str = ""
    arguments: tuple[Argument, ...] = ()


@frozen
class CitedSource:
    """A source that a record cites: its name, title and address."""

    name: str
    title: str
    url: str = ""


@frozen
class DecisionContent:
    """The content of a record.

    Attributes:
        identifier: The name of the decision in the study.
        decision: The decision.
        category: Its category; empty for none.
        contexts: Its contexts.
        answers: Its stereotypes, such as "Single Answers".
        order: What it comes after, and the decisions that come after it, whichever option is chosen.
        drivers: The forces on which its options act.
        options: Its options.
        relations: The relations of its options, and the decisions that come after them.
        sources: The sources that the record cites, in their order.
    """

    identifier: str
    decision: DescribedElement
    category: str = ""
    contexts: tuple[DescribedElement, ...] = ()
    answers: tuple[str, ...] = ()
    order: tuple[Connected, ...] = ()
    drivers: tuple[DescribedElement, ...] = ()
    options: tuple[ConsideredOption, ...] = ()
    relations: tuple[Connected, ...] = ()
    sources: tuple[CitedSource, ...] = field(default=(), repr=False)


class DecisionReader:
    """Reads what the records of the decisions of a study say.

    Args:
        study: The study.
        files: Decision → its record.

    Example:
        >>> from codeable.dsl import *
        >>> from codeable.registry import Registry
        >>> storage = CClass(decision, "How is data stored?")
        >>> _ = add_decision_option_link(storage, CClass(practice, "Files"), "Keep it simple")
        >>> content = DecisionReader(CodedStudy(Registry.of({"storage": storage})), {}).content(storage)
        >>> [(option.solution.title, option.text) for option in content.options]
        [('Files', 'Keep it simple')]
    """

    def __init__(self, study: CodedStudy, files: Mapping[CClass, str]) -> None:
        self._study = study
        self._registry = registry = study.registry
        self._files = files
        self._cited: dict[str, None] = {}
        self._before: dict[CClass, list[Relation]] = {}
        for start in registry.in_order([*registry.decisions, *registry.solutions]):
            for relation in registry.next_decisions_of(start):
                self._before.setdefault(relation.target_element, []).append(relation)

    def content(self, decision: CClass) -> DecisionContent:
        """What the record of a decision says."""
        self._cited = {}
        registry = self._registry
        options = registry.options_of(decision)
        forces = dict.fromkeys(
            impact.force_element
            for option in options
            for impact in registry.forces_of(option.solution_element)
        )
        category = registry.category_of(decision)
        return DecisionContent(
            self._study.name_of(decision),
            self._described(decision),
            self._study.title_of(category) if category is not None else "",
            tuple(map(self._described, registry.contexts_of(decision))),
            tuple(stereotype_names(decision)),
            tuple(self._connected([*self._before.get(decision, ()), *registry.next_decisions_of(decision)])),
            tuple(map(self._described, forces)),
            tuple(
                ConsideredOption(
                    self._described(each.solution_element),
                    each.words,
                    tuple(self._arguments(each.solution_element)),
                )
                for each in options
            ),
            tuple(self._connected(each for option in options for each in self._relations(option))),
            tuple(self._sources()),
        )

    def _described(self, element: CNamedElement) -> DescribedElement:
        study = self._study
        code = study.code_of.get(element)
        description = attribute_text(element, "description")
        definitions = study.definitions_of(code) if code is not None and not description else ()
        facts = (
            (_LABELS.get(name, name.capitalize()), value_text(value))
            for name, value in given_values(element)
            if name not in _UNSHOWN and value_text(value).strip()
        )
        return DescribedElement(
            study.title_of(element),
            description or "\n\n".join(each.text for each in definitions),
            tuple(facts),
            self._citing(study.evidence_of(element)),
            self._files.get(element, "") if isinstance(element, CClass) else "",
        )

    def _citing(self, sources: Iterable[str]) -> tuple[str, ...]:
        found = tuple(sources)
        self._cited.update(dict.fromkeys(found))
        return found

    def _arguments(self, solution: CClass) -> Iterator[Argument]:
        found = [self._argument(each) for each in self._registry.forces_of(solution)]
        yield from sorted(found, key=lambda argument: _WORDS.index(argument.word))

    def _argument(self, impact: Impact) -> Argument:
        force = impact.force_element
        own = f"an impact “{impact.impact}” on" if impact.impact else "an impact of unknown direction on"
        word, reason = _ARGUMENTS.get(sign_of(impact.impact), ("Neutral", own))
        study = self._study
        stated = study.chain.sources_of_impacts.get((impact.solution, impact.force), ())
        of_force = study.evidence_of(force)
        both = (
            ()
            if stated
            else [each for each in study.evidence_of(impact.solution_element) if each in of_force]
        )
        return Argument(word, reason, study.title_of(force), self._citing(stated), self._citing(both))

    def _relations(self, option: Option) -> Iterator[Relation]:
        registry, solution = self._registry, option.solution_element
        yield from registry.relations_of(solution)
        yield from registry.relations_to(solution)
        yield from registry.next_decisions_of(solution)

    def _connected(self, relations: Iterable[Relation]) -> Iterator[Connected]:
        """Relations in words; one that two options have is there once."""
        for each in {relation.link: relation for relation in relations}.values():
            words = (each.stereotype, each.how, each.label)
            sources = self._study.evidence_of(each.link) if each.link is not None else ()
            yield Connected(
                self._named(each.source_element),
                ": ".join(filter(None, words)) or "is related to",
                self._named(each.target_element),
                self._citing(sources),
            )

    def _named(self, element: CClass) -> DescribedElement:
        return DescribedElement(self._study.title_of(element), file=self._files.get(element, ""))

    def _sources(self) -> Iterator[CitedSource]:
        """The sources of the modules in their order, then those that only notes know."""
        study = self._study
        for name in dict.fromkeys([*study.source_names, *self._cited]):
            if name not in self._cited:
                continue
            declaration = study.named_sources.get(name)
            if declaration is None:
                note = next(iter(study.chain.notes_of(name)), None)
                yield CitedSource(name, note.title if note is not None else name)
            else:
                element = declaration.element
                title = attribute_text(element, "title") or study.title_of(element)
                yield CitedSource(name, title, attribute_text(element, "url") or "")
