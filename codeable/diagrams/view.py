"""The views of a study: which figures it has, and which elements each of them shows.

`views` lists them for the main job and for `Study`; `shown_elements` is called by `build`.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

from attrs import field, frozen

from codeable.diagrams.options import FigureOptions
from codeable.errors import CodeableError
from codeable.kernel import CAssociation, CBundle, CClass, CLink
from codeable.kernel.class_objects import represented
from codeable.kernel.place import Place, place_of, shown_place
from codeable.registry import OPTION_KINDS, Registry
from codeable.text import did_you_mean, first_few, folded, shown, slug

ViewKind = Literal["overview", "decision", "bundle", "everything"]

_MOST_BYTES_IN_A_FILE_NAME = 120
_MOST_LISTED = 20
OF_ALL_DECISIONS = ("overview", "everything")
"""The views that a study has only if it has decisions."""
_OVERVIEW = "Overview of the decisions"
_EVERYTHING = "All codes and their relations"
NO_VIEWS = (
    "The study has no view: it declares no decision and no bundle. "
    'Declare a decision, or a bundle of what is to be drawn: name = CBundle("Title", elements=[...])'
)
_NOT_A_FILE_NAME = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))]
)


def _represented(elements: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(map(represented, elements)))


@frozen(eq=False)
class View:
    """One figure of a study: which elements it shows.

    Attributes:
        identifier: The identifier of the decision or bundle, else a slug of its display name.
        title: The question or display name.
        kind: What the view shows.
        elements: The elements that it shows, in order, each once; a class object stands for its class.
        place: The place of the declaration; None for the views that every study with decisions has.
    """

    identifier: str
    title: str
    kind: ViewKind
    elements: tuple[Any, ...] = field(repr=False, converter=_represented)
    place: Place | None = None

    @property
    def file_name(self) -> str:
        """The name of its files without the ending, valid on every file system.

        Example:
            >>> View("con", "Connections", "bundle", ()).file_name
            'con_view'
        """
        name = self.identifier if self.identifier.isidentifier() else slug(self.identifier)
        if name.casefold() in _NOT_A_FILE_NAME:
            return f"{name}_view"
        if len(name.encode()) <= _MOST_BYTES_IN_A_FILE_NAME:
            return name
        digest = hashlib.blake2s(name.encode(), digest_size=4).hexdigest()
        start = name.encode()[: _MOST_BYTES_IN_A_FILE_NAME - 9].decode("utf-8", "ignore")
        return f"{start}_{digest}"

    def describe(self) -> str:
        """The view in a message: its kind, identifier, title and place."""
        if self.place is None:
            return f"the view {self.identifier!r} that every study with decisions has"
        return f"the {self.kind} {self.identifier!r}, {self.title!r} ({shown_place(self.place)})"


def views(registry: Registry) -> tuple[View, ...]:
    """The views of a study: the overview, each decision, each bundle, and everything.

    Decisions and bundles are in the order of their declarations. A study without decisions has its bundles
    alone, for the overview and everything would be empty.

    Raises:
        CodeableError: Two views have the same file name, regardless of capital letters.

    Example:
        >>> from codeable.dsl import CClass, decision
        >>> study = Registry.of({"hosting_decision": CClass(decision, "Where does it run?")})
        >>> [view.identifier for view in views(study)]
        ['overview', 'hosting_decision', 'everything']
    """
    found = tuple(_all_views(registry))
    by_file: dict[str, View] = {}
    for view in found:
        other = by_file.setdefault(folded(view.file_name), view)
        if other is not view:
            raise CodeableError(
                f"two views have the file name {view.file_name!r}:\n"
                f"  {other.describe()}\n  {view.describe()}\n"
                "Bind them to variables of different names; capital letters alone do not tell files apart"
            )
    return found


def view_of(elements: Iterable[Any], title: str, identifier: str | None = None) -> View:
    """A view of any elements, drawn like a bundle.

    Args:
        elements: The elements that it shows, in order; a bundle stands for the elements in it, and a class
            object for its class.
        title: The title that a reader sees.
        identifier: The identifier of the view; by default a slug of the title.

    Example:
        >>> view_of([], "Data & events").identifier
        'data_events'
    """
    return View(identifier or slug(title), title, "bundle", _without_bundles(elements))


def find_view(views: Sequence[View], name: str) -> View:
    """The view of that identifier, title or file name. Capital letters count only where they tell two apart.

    Raises:
        CodeableError: No view, or more than one, has this name. The message has the nearest names.
    """
    for wanted, names in (
        (name, lambda view: (view.identifier,)),
        (name, lambda view: (view.title, view.file_name)),
        (folded(name), lambda view: tuple(map(folded, (view.identifier, view.title, view.file_name)))),
    ):
        found = [view for view in views if wanted in names(view)]
        if len(found) == 1:
            return found[0]
        if found:
            which = "\n".join(f"  {view.identifier}: {view.describe()}" for view in found)
            raise CodeableError(f"{shown(name)} is the name of {len(found)} views:\n{which}", exit_status=2)
    if folded(name) in map(folded, (*OF_ALL_DECISIONS, _OVERVIEW, _EVERYTHING)):
        reason = ": the study has no decision, and only a study with decisions is drawn as a whole"
    else:
        known = [known for view in views for known in (view.identifier, view.title)]
        reason = did_you_mean(name, known)
    raise CodeableError(f"there is no view {shown(name)}{reason}\n{known_views(views)}", exit_status=2)


def known_views(views: Sequence[View]) -> str:
    """The views of a study in a message; for a study without views, how it gets one."""
    if not views:
        return NO_VIEWS
    return f"The views are: {first_few([view.identifier for view in views], _MOST_LISTED)}"


def _all_views(registry: Registry) -> Iterator[View]:
    has_decisions = len(registry.decisions) > 0
    if has_decisions:
        yield View("overview", _OVERVIEW, "overview", tuple(_overview_elements(registry)))
    for decision in registry.in_order(registry.decisions):
        yield _declared_view(registry, decision, "decision", _decision_elements(registry, decision))
    for bundle in registry.in_order(registry.bundles):
        yield _declared_view(registry, bundle, "bundle", _without_bundles([bundle]))
    if has_decisions:
        codes = registry.in_order(code for code in registry.codes if isinstance(code, CClass))
        yield View("everything", _EVERYTHING, "everything", tuple(codes))


def _declared_view(registry: Registry, element: Any, kind: ViewKind, elements: tuple[Any, ...]) -> View:
    identifier = registry.identifier_of(element)
    title = element.name or identifier or f"unnamed {kind}"
    return View(identifier or slug(title), title, kind, elements, place_of(element))


def _decision_elements(registry: Registry, decision: CClass) -> tuple[Any, ...]:
    """A decision, its options, and the solutions that its options relate to.

    Another decision is shown only where it is an option itself. The search never goes beyond it.
    """
    found: dict[Any, None] = {decision: None}
    options = _solutions_of(registry, decision)
    pending = list(options)
    for solution in pending:
        is_decision = registry.kind_of(solution) == "decision"
        if solution in found or (is_decision and solution not in options):
            continue
        found[solution] = None
        if not is_decision:
            pending.extend(relation.target_element for relation in registry.relations_of(solution))
    return tuple(found)


def _overview_elements(registry: Registry) -> Iterator[Any]:
    """All decisions, and the solutions of no decision that lead to a next decision."""
    yield from registry.in_order(registry.decisions)
    for solution in registry.in_order(registry.solutions):
        if registry.next_decisions_of(solution) and not registry.decisions_of(solution):
            yield solution


def _without_bundles(elements: Iterable[Any]) -> tuple[Any, ...]:
    """The elements, each once, and then those of the bundles among them and of the bundles in these."""
    found: dict[Any, None] = {}
    pending: list[Iterable[Any]] = [elements]
    entered: set[CBundle] = set()
    while pending:
        for element in pending.pop(0):
            if not isinstance(element, CBundle):
                found[element] = None
            elif element not in entered:
                entered.add(element)
                pending.append(element.elements)
    return tuple(found)


def shown_elements(
    kind: str, elements: Iterable[Any], registry: Registry, options: FigureOptions
) -> tuple[Any, ...]:
    """The elements of a view that become nodes under the given options, in order, each once.

    Forces become nodes when the options ask for it: of a bundle that holds forces, these; of another view all
    on which its solutions act. When the options show forces as lines, a force that no solution of the view
    acts on becomes a node, because it would be invisible otherwise.
    """
    found: dict[Any, None] = {
        element: None
        for element in elements
        if not element.is_deleted and not isinstance(element, (CLink, CAssociation))
    }
    if kind == "overview":
        return tuple(found)
    if kind == "decision" and options.relations == "none":
        found = _without_relations(found, registry)
    if options.contexts or options.categories:
        _add_surroundings(found, registry, options)
    if len(registry.forces) > 0:
        return tuple(_with_forces(kind, found, registry, options))
    return tuple(found)


def _add_surroundings(found: dict[Any, None], registry: Registry, options: FigureOptions) -> None:
    for decision in registry.in_order(each for each in registry.decisions if each in found):
        if options.contexts:
            found.update(dict.fromkeys(registry.contexts_of(decision)))
        category = registry.category_of(decision) if options.categories else None
        if category is not None:
            found.setdefault(category)


def _without_relations(found: dict[Any, None], registry: Registry) -> dict[Any, None]:
    decision = next(iter(found))
    options = (solution for solution in _solutions_of(registry, decision) if solution in found)
    return dict.fromkeys((decision, *options))


def _solutions_of(registry: Registry, decision: Any) -> dict[Any, None]:
    """The solutions that a decision offers, each once."""
    return dict.fromkeys(option.solution_element for option in registry.options_of(decision))


def _with_forces(
    kind: str, found: dict[Any, None], registry: Registry, options: FigureOptions
) -> Iterable[Any]:
    forces = set(registry.forces)
    own = [element for element in found if element in forces]
    others = [element for element in found if element not in forces]
    if options.forces == "none" or not (own or options.forces == "nodes"):
        return others
    has_forces = [element for element in others if registry.kind_of(element) in OPTION_KINDS]
    acted_on = dict.fromkeys(
        impact.force_element for element in has_forces for impact in registry.forces_of(element)
    )
    if options.forces == "nodes":
        return found if own and kind == "bundle" else dict.fromkeys((*found, *acted_on))
    lost = {force for force in own if force not in acted_on}
    return [element for element in found if element not in forces or element in lost]
