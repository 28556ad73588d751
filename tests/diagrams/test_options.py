"""Promises about the options of figures: what they accept, and what they say of anything else."""

import pytest
from attrs.exceptions import FrozenInstanceError

from codeable.diagrams import FigureOptions, figure_options, width_in_mm
from codeable.errors import CodeableError


def test_the_defaults_are_what_the_main_job_draws() -> None:
    options = figure_options()
    assert (options.evidence, options.direction, options.style) == ("count", "LR", "screen")
    assert (options.relations, options.legend, options.contexts, options.categories) == (
        "lines",
        True,
        False,
        False,
    )
    sizes = (options.width_mm, options.height_mm, options.parts, options.language, options.links)
    assert sizes == (None, None, None, None, None)


@pytest.mark.parametrize(
    "given", [{"layout": "graph"}, {"forces": "none"}, {"width": 84}, {"parts": 2}, {"language": "en_GB"}]
)
def test_a_call_asks_with_none_for_the_default_in_place_of_the_settings(given: dict[str, object]) -> None:
    assert figure_options(given, dict.fromkeys(given)) == figure_options()


def test_the_layout_and_the_forces_follow_from_the_view_when_they_are_not_given() -> None:
    assert (figure_options().layout, figure_options().forces) == (None, None)


def test_later_tables_win_and_what_is_given_wins_over_all() -> None:
    options = figure_options({"wrap": 20, "forces": "none"}, {"wrap": 24}, evidence="ids")
    assert (options.wrap, options.forces, options.evidence) == (24, "none", "ids")


def test_what_is_given_as_none_counts_as_not_given() -> None:
    assert figure_options({"wrap": 20}, wrap=None, width=None).wrap == 20


@pytest.mark.parametrize(
    ("name", "given", "becomes"),
    [
        ("forces", True, "lines"),
        ("forces", False, "none"),
        ("forces", "Nodes", "nodes"),
        ("evidence", True, "count"),
        ("evidence", False, "none"),
        ("direction", "tb", "TB"),
        ("layout", "Rails", "rails"),
        ("forces", "matrix", "matrix"),
        ("relations", True, "lines"),
        ("relations", False, "none"),
        ("relations", "graph", "graph"),
        ("parts", 3, 3),
        ("language", "en_GB", "en_GB"),
        ("links", "https://example.org/{path}#L{line}", "https://example.org/{path}#L{line}"),
        ("wrap", 40, 40),
    ],
)
def test_an_option_can_be(name: str, given: object, becomes: object) -> None:
    assert getattr(figure_options(**{name: given}), name) == becomes


@pytest.mark.parametrize(
    ("width", "millimetres"),
    [("84mm", 84), ("178 mm", 178), ("8.4cm", 84), ("7in", 177.8), ("72pt", 25.4), (178, 178), ("178", 178)],
)
def test_a_width_can_be(width: object, millimetres: float) -> None:
    assert width_in_mm(width) == pytest.approx(millimetres)
    assert figure_options(width=width).width_mm == pytest.approx(millimetres)


@pytest.mark.parametrize(
    "width", ["wide", "", "84 km", 0, -5, 5000, True, None, [84], float("nan"), float("inf"), 10**400]
)
def test_the_error_for_a_wrong_width_shows_how_to_write_one(width: object) -> None:
    with pytest.raises(CodeableError, match="such as 84mm") as raised:
        width_in_mm(width)
    assert raised.value.exit_status == 2


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"forcs": "lines"}, "no key 'forcs'; did you mean 'forces'"),
        ({"forces": "boxes"}, "none, lines, matrix or nodes"),
        ({"forces": 1}, "forces must be none, lines, matrix or nodes, not 1"),
        ({"evidence": "id"}, "did you mean 'ids'"),
        ({"wrap": 5}, "from 6 to 200"),
        ({"wrap": True}, "number of columns"),
        ({"wrap": "20"}, "number of columns"),
        ({"direction": "left"}, "LR or TB"),
        ({"relations": "no"}, "did you mean 'none'"),
        ({"legend": "no"}, "true or false"),
        ({"layout": "rail"}, "did you mean 'rails'"),
        ({"parts": 0}, "from 1 to 99"),
        ({"height": "tall"}, "such as 240mm, 24cm or 9.5in, from 20 to 2000 mm, not 'tall'"),
        ({"height": 200, "height_mm": 200}, "both height and height_mm"),
        ({"links": "https://example.org/"}, r"an address with \{path\}"),
        ({"links": "https://example.org/{path}#{column}"}, r"an address with \{path\}"),
        ({"links": "file:///{path}"}, r"an address with \{path\}"),
        ({"links": "https://{path}"}, r"an address with \{path\}"),
        ({"links": "mailto:{path}"}, r"an address with \{path\}"),
        ({"layout": "rails", "forces": "nodes"}, 'layout="graph"'),
        ({"style": 3}, "style must be a text"),
        ({"width": "84mm", "width_mm": 84}, "both width and width_mm"),
    ],
)
def test_the_error_for_a_wrong_option_names_its_values(given: dict[str, object], message: str) -> None:
    with pytest.raises(CodeableError, match=message):
        figure_options(given)


def test_the_error_for_a_wrong_option_names_its_table() -> None:
    with pytest.raises(CodeableError, match=r"^\[tool.codeable.views.overview\]"):
        figure_options({}, {"wrap": 0}, where=("[tool.codeable.figure]", "[tool.codeable.views.overview]"))


def test_options_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        FigureOptions().wrap = 3  # type: ignore[misc]


def test_forces_as_nodes_mean_a_graph_whatever_a_weaker_table_says() -> None:
    options = figure_options({"layout": "rails"}, {"forces": "nodes"})
    assert (options.layout, options.forces) == (None, "nodes")


@pytest.mark.parametrize(
    ("where", "advice"),
    [
        ("the command line", "--forces nodes; take --layout graph, or --forces matrix"),
        ("[tool.codeable.figure]", 'forces = "nodes"; take layout = "graph", or forces = "matrix"'),
        ("a call", 'forces="nodes"; take layout="graph", or forces="matrix"'),
    ],
)
def test_rails_with_forces_as_nodes_are_refused_in_the_words_of_the_place(where: str, advice: str) -> None:
    with pytest.raises(CodeableError) as caught:
        figure_options({"forces": "nodes"}, {"layout": "rails"}, where=("[a]", where))
    assert caught.value.message == f"{where}: rails have no place for the arrows of {advice}"
