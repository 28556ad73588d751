"""Refuses an option that says nothing about a figure, such as the direction of rails. Called by `figures`."""

from collections.abc import Callable, Mapping, Sequence

from attrs import frozen

from codeable.diagrams import FigureOptions
from codeable.diagrams.advice import dialect_of, written
from codeable.errors import CodeableError
from codeable.schema import called


@frozen
class _NoMeaning:
    """An option that says nothing about some figures, and is refused where it is given for one of them.

    Attributes:
        option: The option.
        figures: The figures, in words.
        holds: Whether a figure with these options is one of them.
        reason: Why, with a way out. `{graph}` is the layout as the place of the option writes it.
        decisive: Options that decide it: a table weaker than one with such an option is not to blame.
        value: The value that says nothing; None for any.
    """

    option: str
    figures: str
    holds: Callable[[FigureOptions], bool]
    reason: str
    decisive: frozenset[str] = frozenset(["layout", "forces"])
    value: str | None = None

    def is_given(self, table: Mapping[str, object]) -> bool:
        """Whether a table of options has it."""
        given = table.get(self.option)
        return given is not None and self.value in (None, str(given).casefold())


def _is_rails(options: FigureOptions) -> bool:
    return options.layout == "rails"


def _is_graph(options: FigureOptions) -> bool:
    return options.layout == "graph"


_WITH_WIDTH = frozenset(["layout", "forces", "width", "width_mm"])
_NO_MEANING = (
    _NoMeaning(
        "layout",
        "no decision",
        _is_graph,
        "rails draw a decision, or everything; leave it out, or take another view",
        value="rails",
    ),
    _NoMeaning(
        "forces",
        "a graph",
        _is_graph,
        "only rails have a matrix; leave it out for lines in the boxes, or take rails of a decision",
        value="matrix",
    ),
    _NoMeaning(
        "direction",
        "rails",
        _is_rails,
        "they run from left to right; leave it out, or take {graph}",
    ),
    _NoMeaning(
        "wrap",
        "rails that have a width",
        lambda options: _is_rails(options) and options.width_mm is not None,
        "the width says where their lines are broken; leave it out",
        _WITH_WIDTH,
    ),
    _NoMeaning(
        "parts",
        "a graph",
        _is_graph,
        "only rails are cut into parts; leave it out, or split the view into bundles",
    ),
    _NoMeaning(
        "height",
        "a graph without a width",
        lambda options: _is_graph(options) and options.width_mm is None,
        "a graph is made to fit a page of a width; leave it out, or give a width too",
        _WITH_WIDTH,
    ),
)


def check_meaning(
    tables: Sequence[tuple[str, Mapping[str, object]]], options: FigureOptions, figure: str
) -> None:
    """Refuse an option that says nothing about a figure.

    An option of the first table is not refused, because it may say something about other figures; nor is one
    that said something until a stronger table gave another layout or width.

    Args:
        tables: Tables of options, the weakest first, each with the name that messages call it by. The first
            one is that of all figures.
        options: The options of the figure, with its layout.
        figure: What messages call the figure.

    Raises:
        CodeableError: With the reason and the way out.
    """
    for each in _NO_MEANING:
        if not each.holds(options):
            continue
        decisive = [number for number, (_, table) in enumerate(tables) if each.decisive & table.keys()]
        for place, table in tables[max([1, *decisive]) :]:
            if each.is_given(table):
                reason = each.reason.format(graph=written({"layout": "graph"}, dialect_of(place)))
                message = f"{called(place, each.option)} says nothing about {figure}"
                raise CodeableError(f"{message}, which is {each.figures}: {reason}", exit_status=2)
