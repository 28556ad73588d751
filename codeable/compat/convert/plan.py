"""The whole conversion before it is written: every statement, and its file. `convert` calls `plan`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import ModuleType

from attrs import define, field, frozen

from codeable.compat.convert.differences import differences
from codeable.compat.convert.elements import links_of, reachable
from codeable.compat.convert.links import LinkWriter
from codeable.compat.convert.old_study import OldStudy
from codeable.compat.convert.order import (
    MODELS,
    MODELS_AFTER_SOURCES,
    SOURCES,
    Position,
    chain,
    in_order,
    place_statements,
    predecessors_of,
    wishes_of,
)
from codeable.compat.convert.sources import file_per_source
from codeable.compat.convert.statements import Statement, declaration, further_statements, real
from codeable.compat.convert.views import names_of_views
from codeable.kernel import CAssociation, CBundle, CClassifier, CLink, CNamedElement
from codeable.kernel.place import place_of

_PROVIDED = "metamodels"


@frozen(eq=False)
class PlannedFile:
    """One module of the new study.

    Attributes:
        name: Its full name.
        docstring: What it says about itself.
        statements: What it holds, in order.
        aliases: Further names of its elements: alias → element.
    """

    name: str
    docstring: str
    statements: list[Statement] = field(factory=list)
    aliases: dict[str, CNamedElement] = field(factory=dict)


@frozen(eq=False)
class ConversionPlan:
    """All modules of the new study.

    Attributes:
        files: The modules, in the order in which they have to be executed.
        predecessors: What each statement must follow.
        identifiers: The names that the old study gave.
        writer: Writes links.
        views: Identifiers for bundles to which the old study gave none.
    """

    files: tuple[PlannedFile, ...]
    predecessors: Mapping[Statement, Sequence[Statement]]
    identifiers: Mapping[CNamedElement, str]
    writer: LinkWriter
    views: Mapping[CNamedElement, str]


def plan(old: OldStudy) -> ConversionPlan:
    """Work out the modules of the new study."""
    writer = LinkWriter(old.vocabulary)
    elements = _study_elements(old)
    changes = _changes(old, elements)
    statements = _statements(old, [*changes], elements, writer)
    makers = {each.element: each for each in statements if each.element is not None}
    _keep_orders(elements, makers)
    predecessors = predecessors_of(statements, makers)
    positions = _StatementPositions(old)
    position = {each: positions.of(each) for each in statements}
    _rank_links(elements, makers, position)
    _place_changes(changes, statements, predecessors, position)
    ordered = in_order(statements, predecessors, position, wishes_of(elements, makers))
    place_statements(ordered, predecessors, position)
    files = _files(old, ordered, position, predecessors)
    identifiers = _identifiers(old)
    _drop_repeated_private_names(files, identifiers)
    _add_aliases(old, files)
    views = names_of_views(old.registry, elements, _private_names(old.modules.values()))
    for file in files:
        own = {each.element for each in file.statements}
        file.aliases.update({name: view for view, name in views.items() if view in own})
    return ConversionPlan(tuple(files), predecessors, identifiers, writer, views)


def _study_elements(old: OldStudy) -> list[CNamedElement]:
    """What the study itself has declared, in order of discovery."""
    start = [each.element for each in old.registry.declarations]
    start += [value for _, value in _private_names(old.modules.values())]
    found = reachable([*start, *old.vocabulary.expressions])
    known = {*old.vocabulary.expressions, *old.vocabulary.provided}
    return [each for each in found if each not in known]


def _changes(old: OldStudy, elements: Iterable[CNamedElement]) -> list[Statement]:
    """What the study has changed in the vocabulary."""
    shown = any(_shows_sources(each, old) for each in elements if isinstance(each, CBundle))
    return list(differences(old.vocabulary, shown))


def _statements(
    old: OldStudy, statements: list[Statement], elements: Sequence[CNamedElement], writer: LinkWriter
) -> list[Statement]:
    """All statements: the given ones, the study's elements, and what they need of other metamodels."""
    pending = [*(each for one in statements for each in one.needs), *elements]
    made: set[CNamedElement] = set()
    for element in pending:
        if element in old.vocabulary.expressions or element in made or element.is_deleted:
            continue
        made.add(element)
        new = [writer.statement(element) if isinstance(element, CLink) else declaration(element)]
        new += further_statements(element)
        statements += new
        pending += [need for each in new for need in each.needs]
    return statements


def _shows_sources(bundle: CBundle, old: OldStudy) -> bool:
    source = old.vocabulary.names.get("source")
    found = [getattr(real(each), "metaclass", None) for each in bundle.elements]
    reference = old.vocabulary.names.get("reference")
    return any(
        isinstance(each, CClassifier)
        and (each.is_classifier_of_type(source) or each.is_classifier_of_type(reference))
        for each in found
    )


def _keep_orders(elements: Iterable[CNamedElement], makers: Mapping[CNamedElement, Statement]) -> None:
    """Keep the order of each element's links of one association, and of a classifier's associations."""
    associations = dict.fromkeys(each.association for each in elements if isinstance(each, CLink))
    for association in associations:
        by_end: dict[CNamedElement, list[Statement]] = {}
        for link in links_of(association):
            for end in dict.fromkeys((link.source, link.target)):
                by_end.setdefault(end, []).append(makers[link])
        for statements in by_end.values():
            chain(statements)
    classifiers = dict.fromkeys(
        end for each in elements if isinstance(each, CAssociation) for end in (each.source, each.target)
    )
    for classifier in classifiers:
        chain(makers[each] for each in classifier.associations if each in makers)


def _rank_links(
    elements: Iterable[CNamedElement],
    makers: Mapping[CNamedElement, Statement],
    position: Mapping[Statement, Position],
) -> None:
    """Let links that one statement has made follow each other as they were made."""
    for association in dict.fromkeys(each.association for each in elements if isinstance(each, CLink)):
        for rank, link in enumerate(links_of(association)):
            position[makers[link]].rank = rank


def _place_changes(
    changes: Sequence[Statement],
    statements: Sequence[Statement],
    predecessors: Mapping[Statement, Sequence[Statement]],
    position: Mapping[Statement, Position],
) -> None:
    """Put changes of the vocabulary into the first module with a statement that follows them."""
    others = [each for each in statements if each not in changes]
    for change in changes:
        followers = [each for each in others if change in predecessors[each]] or others
        first = min((position[each].module for each in followers), default=0)
        position[change].module = min(first, position[change].module or first)


@define
class _StatementPositions:
    """The places in the old study that statements come from."""

    old: OldStudy
    _numbers: dict[str, int] = field(init=False)
    _files: dict[str, int] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._numbers = {name: number for number, name in enumerate(self.old.modules, 1)}
        self._files = {str(module.__file__): self._numbers[name] for name, module in self.old.modules.items()}

    def of(self, statement: Statement) -> Position:
        """The position of a statement, before what it follows is considered."""
        element = statement.element or next(iter(statement.needs), None)
        vocabulary = self.old.vocabulary
        if element is None or element in vocabulary.expressions or element in vocabulary.provided:
            return Position(MODELS, self._of_change(statement), 0)
        place = place_of(element)
        declared = self.old.registry.declaration_of(element)
        number = self._numbers.get(declared.module) if declared is not None else None
        if number is None:
            number = self._files.get(place.path, 1) if place is not None else 1
        same_file = place is not None and self._files.get(place.path) == number
        return Position(self._part(element), number, place.line if place is not None and same_file else 0)

    def _of_change(self, statement: Statement) -> int:
        """The module that declared the metaclass that is changed; 0 for one that the study was given."""
        place = place_of(statement.about) if statement.about is not None else None
        return self._files.get(place.path, 0) if place is not None else 0

    def _part(self, element: CNamedElement) -> int:
        ends = (element.source, element.target) if isinstance(element, CLink) else (element,)
        kinds = [self.old.registry.find(real(end)).kind for end in ends if real(end) in self.old.registry]
        return SOURCES if {"source", "reference"} & set(kinds) else MODELS


def _files(
    old: OldStudy,
    ordered: Sequence[Statement],
    position: Mapping[Statement, Position],
    predecessors: Mapping[Statement, Sequence[Statement]],
) -> list[PlannedFile]:
    names = _file_names(old)
    of_sources = [each for each in ordered if position[each].part == SOURCES]
    split = file_per_source(of_sources, predecessors, old)
    files: dict[object, PlannedFile] = {}
    for statement in sorted(ordered, key=lambda each: (position[each].part, position[each].module)):
        at = position[statement]
        if at.part == SOURCES and split is not None:
            name, docstring = split[statement]
        else:
            base, docstring = names[at.module]
            name = f"{'sources' if at.part == SOURCES else 'models'}.{base}"
            name += "_with_sources" if at.part == MODELS_AFTER_SOURCES else ""
        planned = files.setdefault(name, PlannedFile(name, docstring))
        planned.statements.append(statement)
    return list(files.values())


def _file_names(old: OldStudy) -> list[tuple[str, str]]:
    """The last part of the name of each old module, made unique, with its docstring."""
    found = [(_PROVIDED, "Metamodels that the study uses besides the vocabulary.")]
    taken = {_PROVIDED}
    for name, module in old.modules.items():
        parts = [part.strip("_") or "module" for part in name.split(".")]
        base = parts.pop()
        while base.lower() in taken:
            base = f"{parts.pop() if parts else 'other'}_{base}"
        taken.add(base.lower())
        found.append((base, (module.__doc__ or "").strip()))
    return found


def _identifiers(old: OldStudy) -> dict[CNamedElement, str]:
    found = dict(old.vocabulary.provided)
    found.update((element, name) for name, element in reversed(list(_private_names(old.modules.values()))))
    for each in old.registry.declarations:
        if each.identifier is not None:
            found[each.element] = each.identifier
    return {element: name for element, name in found.items() if element not in old.vocabulary.names.values()}


def _drop_repeated_private_names(files: Iterable[PlannedFile], identifiers: dict[CNamedElement, str]) -> None:
    """Of two elements of one file with one name that is no identifier, only the first keeps it."""
    for file in files:
        seen: set[str] = set()
        for element in [each.element for each in file.statements if each.element in identifiers]:
            name = identifiers[element] if element is not None else ""
            if element is not None and name.startswith("_") and name in seen:
                del identifiers[element]
            seen.add(name)


def _private_names(modules: Iterable[ModuleType]) -> Iterator[tuple[str, CNamedElement]]:
    """Elements bound to names that begin with an underscore, which are no identifiers."""
    for module in modules:
        for name, value in list(vars(module).items()):
            if isinstance(value, CNamedElement) and name.startswith("_") and not value.is_deleted:
                yield name, value


def _add_aliases(old: OldStudy, files: Iterable[PlannedFile]) -> None:
    home = {each.element: file for file in files for each in file.statements if each.element is not None}
    for declared in old.registry.declarations:
        for alias in declared.aliases:
            if declared.element in home:
                home[declared.element].aliases[alias] = declared.element
