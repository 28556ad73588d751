"""Promises about graphs that have to fit a column of a paper."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import codeable
from codeable.diagrams import Diagram, FigureOptions, build, figure_options
from codeable.diagrams.diagram import Draft
from codeable.diagrams.graph.fitting import Fitted, fit
from codeable.diagrams.graph.split_hints import restricted, split_boxes
from codeable.diagrams.styles import SMALLEST_ON_PAPER
from codeable.engines import engine
from codeable.engines.cache import PictureCache
from codeable.engines.measuring import GraphvizMeasurer
from codeable.registry import Registry

from .pictures import graphviz_svg
from .studies import DECISIONS, study, view


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return study(tmp_path, model=DECISIONS)


def drafted(registry: Registry, name: str) -> Draft:
    return lambda options: build(view(registry, name), registry, options)


def graph(**options: object) -> FigureOptions:
    return figure_options({"layout": "graph", "style": "paper"}, **options)


def as_wide_as_the_wrap(diagram: Diagram) -> tuple[float, float]:
    """A stand-in for a layout: ten points per column, ten times as wide from top to bottom."""
    return diagram.options.wrap * 10.0 * (10 if diagram.options.direction == "TB" else 1), 100.0


def test_a_figure_without_a_width_is_left_as_it_is(registry: Registry) -> None:
    fitted = fit(drafted(registry, "hosting"), graph(), as_wide_as_the_wrap)
    assert (fitted.scale, fitted.messages) == (1.0, ())
    assert (fitted.diagram.options.wrap, fitted.diagram.options.direction) == (28, "LR")


def test_a_figure_that_fits_is_not_enlarged(registry: Registry) -> None:
    fitted = fit(drafted(registry, "hosting"), graph(width="178mm"), as_wide_as_the_wrap)
    assert (fitted.scale, fitted.diagram.options.wrap) == (1.0, 28)


def test_a_figure_that_is_too_wide_gets_narrower_lines(registry: Registry) -> None:
    fitted = fit(drafted(registry, "hosting"), graph(width="84mm", wrap=28), as_wide_as_the_wrap)
    assert fitted.diagram.options.wrap == 24
    assert fitted.width_mm <= 84
    assert fitted.smallest_text >= SMALLEST_ON_PAPER


def test_a_figure_that_fits_in_the_other_direction_only_is_turned(registry: Registry) -> None:
    options = graph(width="84mm", direction="TB", wrap=24)
    fitted = fit(drafted(registry, "hosting"), options, as_wide_as_the_wrap)
    assert fitted.diagram.options.direction == "LR"


def test_a_figure_a_little_taller_than_the_page_is_made_smaller(registry: Registry) -> None:
    fitted = fit(drafted(registry, "hosting"), graph(width="84mm"), lambda _: (200.0, 700.0))
    assert fitted.height_mm == pytest.approx(240)
    assert fitted.smallest_text >= SMALLEST_ON_PAPER


def test_the_page_may_be_lower(registry: Registry) -> None:
    options = graph(width="84mm", height="100mm")
    fitted = fit(drafted(registry, "hosting"), options, lambda _: (200.0, 300.0))
    assert fitted.height_mm == pytest.approx(100)


def large_unless(condition: Callable[[Diagram], bool]) -> Callable[[Diagram], tuple[float, float]]:
    """A stand-in for a layout: too wide for any paper, unless a diagram meets the condition."""
    return lambda diagram: (200.0, 100.0) if condition(diagram) else (5000.0, 100.0)


def message(
    registry: Registry, condition: Callable[[Diagram], bool], place: str = "python", name: str = "hosting"
) -> str:
    fitted: Fitted = fit(drafted(registry, name), graph(width="84mm"), large_unless(condition), place)
    (found,) = fitted.messages
    return found


def has_relations(diagram: Diagram) -> bool:
    return any(edge.kind.key == "relation" for edge in diagram.edges)


class TestAFigureThatCannotFit:
    def test_says_how_small_the_text_would_be(self, registry: Registry) -> None:
        found = message(registry, lambda _: False)
        assert found.startswith("hosting does not fit 84 x 240 mm: its text would be 0.4 pt, and less than 7")

    @pytest.mark.parametrize(
        ("place", "words"),
        [
            ("command line", "--relations none"),
            ("settings", 'relations = "none"'),
            ("python", 'relations="none"'),
        ],
    )
    def test_says_what_would_make_it_fit_as_it_is_written_there(
        self, registry: Registry, place: str, words: str
    ) -> None:
        found = message(registry, lambda diagram: not has_relations(diagram), place)
        assert f"; it would fit with {words}; it is drawn " in found

    @pytest.mark.parametrize(
        ("condition", "advice"),
        [
            (lambda diagram: not any(node.impacts for node in diagram.nodes), 'forces="none"'),
            (lambda diagram: not diagram.legend, "legend=False"),
            (lambda diagram: diagram.options.width_mm > 100, 'width="178mm"'),
            (
                lambda diagram: (
                    not has_relations(diagram) and not any(node.impacts for node in diagram.nodes)
                ),
                'relations="none" and forces="none"',
            ),
        ],
    )
    def test_tries_more_than_one_saving(
        self, registry: Registry, condition: Callable[[Diagram], bool], advice: str
    ) -> None:
        assert f"; it would fit with {advice}; it is drawn " in message(registry, condition)

    def test_gets_no_advice_that_changes_nothing(self, tmp_path: Path) -> None:
        text = "d, e = CClass(decision, 'D'), CClass(decision, 'E')\n"
        registry = study(tmp_path, model=text + "d.add_links(e, role_name='next decision')\n")
        tried: list[FigureOptions] = []
        message(registry, lambda diagram: bool(tried.append(diagram.options)), name="overview")
        assert {(options.relations, options.forces, options.evidence) for options in tried} == {
            ("lines", "lines", "count")
        }

    def test_is_not_proposed_without_any_of_its_arrows(self, tmp_path: Path) -> None:
        text = "x, y = CClass(practice, 'X'), CClass(practice, 'Y')\n"
        text += "add_stereotyped_design_solution_link(x, y, uses)\nb = CBundle('B', elements=[x, y])\n"
        found = message(study(tmp_path, model=text), lambda diagram: not diagram.edges, name="b")
        assert "relations" not in found

    def test_is_proposed_to_be_split_where_each_bundle_fits(self, tmp_path: Path) -> None:
        text = "a, b, c, d, e = (CClass(decision, name) for name in 'ABCDE')\n"
        text += "".join(
            f"{one}.add_links({two}, role_name='next decision')\n" for one, two in ("ab", "bc", "cd", "de")
        )
        found = message(study(tmp_path, model=text), lambda diagram: len(diagram.nodes) <= 3, name="overview")
        assert (
            'it would fit if you split the view into two bundles, such as CBundle("overview 1", '
            'elements=[a, b, c]) and CBundle("overview 2", elements=[c, d, e]); it is drawn'
        ) in found

    def test_is_split_into_more_bundles_where_two_do_not_fit(self, tmp_path: Path) -> None:
        text = "how = CClass(decision, 'How?')\n" + "".join(
            f"x{number} = CClass(practice, 'X {number}')\nadd_decision_option_link(how, x{number})\n"
            for number in range(9)
        )
        found = message(study(tmp_path, model=text), lambda diagram: len(diagram.nodes) <= 4, name="how")
        assert "it would fit if you split the view into 3 bundles of at most 4 boxes each" in found
        assert 'CBundle("how 1", elements=[how, x0, x1, x2])' in found

    def test_with_nothing_to_split_gets_the_hint_to_shorten_its_texts(self, tmp_path: Path) -> None:
        registry = study(tmp_path, model="d = CClass(decision, 'A decision')\n")
        found = message(registry, lambda _: False, name="d")
        assert "; bundles of its boxes would not fit either; give them shorter texts; it is drawn" in found


def test_a_figure_that_is_readable_on_more_than_a_page_is_drawn_so(registry: Registry) -> None:
    fitted = fit(drafted(registry, "hosting"), graph(width="84mm"), lambda _: (200.0, 1500.0))
    (found,) = fitted.messages
    assert found.startswith("hosting is 530 mm tall, more than a page has (240 mm); bundles of its ")
    assert fitted.scale == 1
    assert fitted.diagram.options.height_mm == 531


def test_a_figure_whose_text_would_be_tiny_is_drawn_larger_than_asked(registry: Registry) -> None:
    fitted = fit(drafted(registry, "hosting"), graph(width="84mm"), lambda _: (5000.0, 3000.0))
    (found,) = fitted.messages
    assert fitted.smallest_text == pytest.approx(3, abs=0.05)
    assert found.startswith("hosting does not fit 84 x 240 mm: its text would be 0.4 pt")
    assert found.endswith(f"; it is drawn {fitted.width_mm:.0f} x {fitted.height_mm:.0f} mm")
    assert fitted.width_mm > 600


def test_a_graph_with_a_word_that_no_width_can_have_is_laid_out_twice_at_most(tmp_path: Path) -> None:
    """Other lines, directions and options are not tried: the word alone is too wide for each."""
    model = "".join(
        f"p{number} = CClass(practice, {'x' * 10_000!r} * (1 + {number}))\n" for number in range(3)
    )
    model += "long = CBundle('Long', elements=[p0, p1, p2])\n"
    measured = []

    def measure(diagram: Diagram) -> tuple[float, float]:
        measured.append(diagram)
        return 300_000.0, 500.0

    draft = drafted(study(tmp_path, model=model), "long")
    (found,) = fit(draft, graph(width="84mm"), measure).messages
    assert len(measured) <= 2
    assert found.startswith("long does not fit 84 x 240 mm: its text would be less than 0.1 pt, and less")
    assert "its longest word is 'xxx" in found
    assert "shorter one; it is drawn 2000 x " in found


def test_a_long_name_of_short_words_is_tried(tmp_path: Path) -> None:
    registry = study(
        tmp_path, model=f"p = CClass(practice, {'word ' * 2_000!r})\nb = CBundle('b', elements=p)\n"
    )
    fitted = fit(drafted(registry, "b"), graph(width="84mm"), as_wide_as_the_wrap)
    assert fitted.messages == ()


class TestBundles:
    """Every arrow of a split view is in one of its bundles."""

    @pytest.mark.parametrize("count", [2, 3, 4])
    @pytest.mark.parametrize("name", ["hosting", "everything"])
    def test_have_every_box_and_arrow(self, registry: Registry, name: str, count: int) -> None:
        diagram = drafted(registry, name)(graph())
        parts = [restricted(diagram, bundle) for bundle in split_boxes(diagram, count)]
        assert 1 < len(parts) <= count
        assert {edge for part in parts for edge in part.edges} == set(diagram.edges)
        assert {node for part in parts for node in part.nodes} == set(diagram.nodes)


class TestAFigureOfAStudy:
    TEXT = "".join(
        f"d{i} = CClass(decision, 'A decision with a name')\n"
        + (f"d{i - 1}.add_links(d{i}, role_name='next decision')\n" if i else "")
        for i in range(12)
    )

    def test_is_made_to_fit(self, tmp_path: Path) -> None:
        texts = "how, x = CClass(decision, 'How? ' * 20), CClass(practice, 'Do something ' * 10)\n"
        study(tmp_path, model=texts + "add_decision_option_link(how, x, 'because of that ' * 10)\n")
        figure = codeable.load(tmp_path).diagram("how", layout="graph", style="paper", width="84mm", wrap=60)
        assert figure.diagram.options.wrap < 60

    def test_of_a_decision_is_proposed_as_rails_where_they_fit(self, tmp_path: Path) -> None:
        text = "how = CClass(decision, 'How?')\n" + "".join(
            f"x{i} = CClass(practice, 'Practice {i}')\nadd_decision_option_link(how, x{i}, 'use it')\n"
            f"if {i}: add_stereotyped_design_solution_link(x{i - 1}, x{i}, uses)\n"
            for i in range(12)
        )
        study(tmp_path, model=text.replace("x-1", "x0"))
        with pytest.warns(UserWarning, match='it would fit with layout="rails"'):
            codeable.load(tmp_path).diagram("how", layout="graph", style="paper", width="84mm")

    def test_warns_when_it_cannot_fit(self, tmp_path: Path) -> None:
        study(tmp_path, model=self.TEXT)
        loaded = codeable.load(tmp_path)
        with pytest.warns(UserWarning, match="overview does not fit|mm tall"):
            loaded.diagram("overview", width="20mm")


@pytest.mark.parametrize("width", ["84mm", "178mm"])
def test_what_graphviz_draws_has_the_width_and_the_text_size_promised(
    registry: Registry, tmp_path: Path, width: str
) -> None:
    with engine("graphviz") as graphviz:
        measurer = GraphvizMeasurer(graphviz, PictureCache(tmp_path / "cache"))
        fitted = fit(drafted(registry, "exchange"), graph(width=width), measurer.size)
    drawn = re.search(r'<svg width="([\d.]+)pt"', graphviz_svg(fitted.diagram).decode())
    assert drawn is not None
    assert float(drawn[1]) / 72 * 25.4 == pytest.approx(fitted.width_mm, abs=1)
    assert fitted.width_mm <= float(width.removesuffix("mm")) + 0.01
    assert fitted.smallest_text >= SMALLEST_ON_PAPER
    assert fitted.messages == ()


def text_sizes(svg: bytes) -> set[float]:
    """The sizes of all texts in points, as they are on paper."""
    scale = re.search(rb"scale\(([\d.]+)", svg)
    assert scale is not None
    return {float(size) * float(scale[1]) for size in re.findall(rb'font-size="([\d.]+)"', svg)}


@pytest.mark.parametrize("wrap", [10, 13, 16, 20, 24, 28])
def test_no_text_that_graphviz_draws_is_smaller_than_promised(
    registry: Registry, tmp_path: Path, wrap: int
) -> None:
    with engine("graphviz") as graphviz:
        measurer = GraphvizMeasurer(graphviz, PictureCache(tmp_path / "cache"))
        fitted = fit(drafted(registry, "hosting"), graph(width="60mm", wrap=wrap), measurer.size)
    assert min(text_sizes(graphviz_svg(fitted.diagram))) >= fitted.smallest_text - 0.005


@pytest.mark.parametrize("style", ["screen", "paper", "own"])
def test_texts_are_drawn_in_the_sizes_of_the_style(registry: Registry, style: str) -> None:
    own = {"own": {"font_size": 11, "small_size": 7.25}}
    diagram = build(view(registry, "hosting"), registry, figure_options(style=style, legend=False), own)
    sizes = {diagram.style.font_size, diagram.style.small_size}
    assert text_sizes(graphviz_svg(diagram)) == sizes


def test_the_smallest_text_may_be_that_of_the_names(registry: Registry) -> None:
    own = {"own": {"font_size": 7, "small_size": 9}}

    def draft(options: FigureOptions) -> Diagram:
        return build(view(registry, "hosting"), registry, options, own)

    assert fit(draft, figure_options(style="own"), as_wide_as_the_wrap).smallest_text == 7
