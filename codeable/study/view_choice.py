"""Which view of a study a user means: one by its name, one of an element, or one of a list of elements."""

from collections.abc import Sequence

from codeable.diagrams import View, find_view, view_of, views
from codeable.errors import CodeableError
from codeable.kernel import CNamedElement
from codeable.registry import Collection, Registry
from codeable.registry.registry import Element
from codeable.text import first_few, shown

_MOST_NAMES_IN_A_TITLE = 3


def view_for(study: Registry, wanted: Element | View | Sequence[Element]) -> View:
    """The view that a user means.

    Args:
        study: The study.
        wanted: A view or its name, a decision or a bundle, or a list of elements or their names.

    Raises:
        CodeableError: There is no such view or element, the list is empty, or the view is not of this study.
    """
    if isinstance(wanted, View):
        if wanted.elements and not any(map(study.declaration_of, wanted.elements)):
            message = f"the view {wanted.identifier!r} is of another study or of an earlier state of this one"
            raise CodeableError(f"{message}; ask for it by its name", exit_status=2)
        return wanted
    if isinstance(wanted, list | tuple | Collection):
        found = [study.look_up(each) for each in wanted]
        if not found:
            raise CodeableError("a figure of no elements would be empty; name some", exit_status=2)
        names = [each.element.name or each.short_name for each in found]
        return view_of([each.element for each in found], first_few(names, _MOST_NAMES_IN_A_TITLE))
    name = study.look_up(wanted).short_name if isinstance(wanted, CNamedElement) else wanted
    if not isinstance(name, str):
        raise CodeableError(
            f"a view is found by its name (a text), elements are given in a list; not {shown(name)}",
            exit_status=2,
        )
    try:
        return find_view(views(study), name)
    except CodeableError as error:
        if name not in study or study.look_up(name).kind == "decision":
            raise
        message = f"{error.message}\n{name!r} is an element; study.diagram([{name!r}]) draws it"
        raise CodeableError(message, exit_status=2) from None
