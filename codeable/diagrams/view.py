"""The views of a study: which figures there are, and what each of them is about."""

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

from attrs import field, frozen

from codeable.diagrams.selection import bundle_elements, decision_elements, everything, overview
from codeable.errors import CodeableError
from codeable.files import shown_path
from codeable.kernel.place import Place, place_of
from codeable.registry import Registry
from codeable.text import did_you_mean, slug

__all__ = ["View", "find_view", "view_of", "views"]

ViewKind = Literal["overview", "decision", "bundle", "everything"]

_MOST_BYTES_IN_A_FILE_NAME = 120
_NOT_A_FILE_NAME = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))]
)


@frozen(eq=False)
class View:
    """One figure that a study has.

    Attributes:
        identifier: The name of the decision or bundle in its module, else a slug of its display name.
        title: The question or the name that a reader sees.
        kind: What it is a view of.
        elements: What it shows, in order.
        place: Where it was declared; None for the views that every study has.
    """

    identifier: str
    title: str
    kind: ViewKind
    elements: tuple[Any, ...] = field(repr=False)
    place: Place | None = None

    @property
    def file_name(self) -> str:
        """The name of its files, without the ending; one that every file system takes.

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
        """The view in a message: what it is, its identifier, and where it was declared."""
        if self.place is None:
            return f"the view {self.identifier!r} that every study has"
        place = f"{shown_path(self.place.path)}:{self.place.line}"
        return f"the {self.kind} {self.identifier!r}, {self.title!r} ({place})"


def views(registry: Registry) -> tuple[View, ...]:
    """The views of a study: the overview, each decision, each bundle, and everything.

    Raises:
        CodeableError: Two views would have the same file name, where capital letters do not count.
    """
    found = tuple(_all_views(registry))
    by_file: dict[str, View] = {}
    for view in found:
        other = by_file.setdefault(_compared(view.file_name), view)
        if other is not view:
            raise CodeableError(
                f"two views have the file name {view.file_name!r}:\n"
                f"  {other.describe()}\n  {view.describe()}\n"
                "Bind them to variables of different names; capital letters alone do not tell files apart"
            )
    return found


def view_of(elements: Iterable[Any], title: str, identifier: str | None = None) -> View:
    """A view of elements of one's own choice, drawn as a bundle of them is.

    Args:
        elements: What it shows, in order.
        title: What a reader sees.
        identifier: The name of its files; a slug of the title if left out.

    Example:
        >>> view_of([], "Data & events").identifier
        'data_events'
    """
    return View(identifier or slug(title), title, "bundle", tuple(elements))


def find_view(views: Sequence[View], name: str) -> View:
    """The view of that identifier, file name or title; where none has exactly it, in any letters' case.

    Raises:
        CodeableError: There is none, or there are several; the message has the nearest names.
    """
    for wanted, names in (
        (name, lambda view: (view.identifier,)),
        (name, lambda view: (view.title, view.file_name)),
        (_compared(name), lambda view: tuple(map(_compared, (view.identifier, view.title, view.file_name)))),
    ):
        found = [view for view in views if wanted in names(view)]
        if len(found) == 1:
            return found[0]
        if found:
            which = "\n".join(f"  {view.identifier}: {view.describe()}" for view in found)
            raise CodeableError(f"{name!r} is the name of {len(found)} views:\n{which}", exit_status=2)
    known = [known for view in views for known in (view.identifier, view.title)]
    raise CodeableError(
        f"there is no view {name!r}{did_you_mean(name, known)}\nThe views are: {_listed(views)}",
        exit_status=2,
    )


def _listed(views: Iterable[View], most: int = 20) -> str:
    names = [view.identifier for view in views]
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _compared(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _all_views(registry: Registry) -> Iterator[View]:
    yield View("overview", "Overview of the decisions", "overview", overview(registry))
    for decision in registry.decisions:
        yield _declared_view(registry, decision, "decision", decision_elements(registry, decision))
    for bundle in registry.bundles:
        yield _declared_view(registry, bundle, "bundle", bundle_elements(bundle))
    yield View("everything", "All codes and their relations", "everything", everything(registry))


def _declared_view(registry: Registry, element: Any, kind: ViewKind, elements: tuple[Any, ...]) -> View:
    identifier = registry.identifier_of(element)
    title = element.name or identifier or f"unnamed {kind}"
    return View(identifier or slug(title), title, kind, elements, place_of(element))
