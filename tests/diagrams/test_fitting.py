"""Promises about figures that have to fit a column of a paper."""

import re
from pathlib import Path

import pytest

import codeable
from codeable.diagrams import Diagram, FigureOptions, build, figure_options
from codeable.diagrams.fitting import fit
from codeable.diagrams.styles import SMALLEST_ON_PAPER
from codeable.engines import engine
from codeable.engines.cache import PictureCache
from codeable.engines.sizes import measuring
from codeable.registry import Registry

from .pictures import graphviz_svg
from .studies import DECISIONS, study, view


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return study(tmp_path, model=DECISIONS)


def drafted(registry: Registry, name: str):
    return lambda options: build(view(registry, name), registry, options)


def as_wide_as_the_wrap(diagram: Diagram) -> tuple[float, float]:
    """A stand-in for a layout: ten points per column, ten times as wide from top to bottom."""
    return diagram.options.wrap * 10.0 * (10 if diagram.options.direction == "TB" else 1), 100.0


def test_a_figure_without_a_width_is_left_as_it_is(registry: Registry) -> None:
    fitted = fit(drafted(registry, "hosting"), FigureOptions(), as_wide_as_the_wrap)
    assert (fitted.scale, fitted.warnings) == (1.0, ())
    assert fitted.diagram.options == FigureOptions()


def test_a_figure_that_fits_is_not_enlarged(registry: Registry) -> None:
    options = figure_options(style="paper", width="178mm")
    fitted = fit(drafted(registry, "hosting"), options, as_wide_as_the_wrap)
    assert (fitted.scale, fitted.diagram.options) == (1.0, options)


def test_a_figure_that_is_too_wide_gets_narrower_lines(registry: Registry) -> None:
    options = figure_options(style="paper", width="84mm", wrap=28)
    fitted = fit(drafted(registry, "hosting"), options, as_wide_as_the_wrap)
    assert fitted.diagram.options.wrap == 24
    assert fitted.width_mm <= 84
    assert fitted.smallest_text >= SMALLEST_ON_PAPER


def test_a_figure_that_fits_in_the_other_direction_only_is_turned(registry: Registry) -> None:
    options = figure_options(style="paper", width="84mm", direction="TB", wrap=24)
    fitted = fit(drafted(registry, "hosting"), options, as_wide_as_the_wrap)
    assert fitted.diagram.options.direction == "LR"


class TestAFigureThatCannotFit:
    def too_wide(self, diagram: Diagram) -> tuple[float, float]:
        relations = 1000 if any(edge.kind.key == "relation" for edge in diagram.edges) else 0
        return 200.0 + relations, 100.0

    def test_says_how_small_the_text_would_be(self, registry: Registry) -> None:
        fitted = fit(drafted(registry, "hosting"), figure_options(style="paper", width="84mm"), self.too_wide)
        assert fitted.smallest_text < SMALLEST_ON_PAPER
        assert "hosting does not fit 84 mm: its text would be 1.6 pt" in fitted.warnings[0]

    def test_proposes_a_bundle_for_the_relations(self, registry: Registry) -> None:
        fitted = fit(drafted(registry, "hosting"), figure_options(style="paper", width="84mm"), self.too_wide)
        assert 'CBundle("hosting relations", elements=[mesh, sidecar, proxy])' in fitted.warnings[0]

    def test_says_which_option_would_make_it_fit(self, registry: Registry) -> None:
        fitted = fit(drafted(registry, "hosting"), figure_options(style="paper", width="84mm"), self.too_wide)
        assert fitted.warnings[0].endswith("it would fit with relations=false")

    def test_proposes_to_cut_a_chain_in_the_middle(self, tmp_path: Path) -> None:
        text = "a, b, c, d, e = (CClass(decision, name) for name in 'ABCDE')\n"
        text += "".join(
            f"{one}.add_links({two}, role_name='next decision')\n" for one, two in ("ab", "bc", "cd", "de")
        )
        registry = study(tmp_path, model=text)
        options = figure_options(style="paper", width="84mm")
        fitted = fit(drafted(registry, "overview"), options, lambda _: (2000.0, 100.0))
        assert 'CBundle("overview 1", elements=[a, b, c])' in fitted.warnings[0]
        assert 'CBundle("overview 2", elements=[c, d, e])' in fitted.warnings[0]


def test_a_figure_taller_than_a_page_gets_a_hint_how_to_split(registry: Registry) -> None:
    options = figure_options(style="paper", width="84mm")
    fitted = fit(drafted(registry, "hosting"), options, lambda _: (200.0, 1500.0))
    assert "529 mm tall" in fitted.warnings[0]
    assert (
        'into 3 bundles of about 2 boxes each, the first such as CBundle("hosting 1", elements=[hosting, '
        in (fitted.warnings[0])
    )


def test_a_figure_with_nothing_to_split_gets_the_hint_to_shorten_its_texts(tmp_path: Path) -> None:
    registry = study(tmp_path, model="d = CClass(decision, 'A decision')\n")
    fitted = fit(drafted(registry, "d"), figure_options(width="84mm"), lambda _: (200.0, 1500.0))
    assert fitted.warnings[0].endswith("; its boxes are too few to be split: give them shorter texts")


class TestAFigureOfAStudy:
    TEXT = "".join(
        f"d{i} = CClass(decision, 'A decision with a name')\n"
        + (f"d{i - 1}.add_links(d{i}, role_name='next decision')\n" if i else "")
        for i in range(12)
    )

    def test_is_made_to_fit(self, tmp_path: Path) -> None:
        texts = "how, x = CClass(decision, 'How? ' * 20), CClass(practice, 'Do something ' * 10)\n"
        study(tmp_path, model=texts + "add_decision_option_link(how, x, 'because of that ' * 10)\n")
        figure = codeable.load(tmp_path).diagram("how", style="paper", width="84mm", wrap=60)
        assert figure.diagram.options.wrap < 60

    def test_warns_when_it_cannot_fit(self, tmp_path: Path) -> None:
        study(tmp_path, model=self.TEXT)
        loaded = codeable.load(tmp_path)
        with pytest.warns(UserWarning, match="overview does not fit|mm tall"):
            loaded.diagram("overview", width="20mm")


@pytest.mark.parametrize("width", ["84mm", "178mm"])
def test_what_graphviz_draws_has_the_width_and_the_text_size_promised(
    registry: Registry, tmp_path: Path, width: str
) -> None:
    options = figure_options(style="paper", width=width)
    with engine("graphviz") as graphviz:
        fitted = fit(
            drafted(registry, "exchange"), options, measuring(graphviz, PictureCache(tmp_path / "cache"))
        )
    drawn = re.search(r'<svg width="([\d.]+)pt"', graphviz_svg(fitted.diagram).decode())
    assert drawn is not None
    assert float(drawn[1]) / 72 * 25.4 == pytest.approx(fitted.width_mm, abs=1)
    assert fitted.width_mm <= float(width.removesuffix("mm")) + 0.01
    assert fitted.smallest_text >= SMALLEST_ON_PAPER
    assert fitted.warnings == ()


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
        measure = measuring(graphviz, PictureCache(tmp_path / "cache"))
        fitted = fit(
            drafted(registry, "hosting"), figure_options(style="paper", width="60mm", wrap=wrap), measure
        )
    assert min(text_sizes(graphviz_svg(fitted.diagram))) >= fitted.smallest_text - 0.005


@pytest.mark.parametrize("style", ["screen", "paper", "own"])
def test_texts_are_drawn_in_the_sizes_of_the_style(registry: Registry, style: str) -> None:
    own = {"own": {"font_size": 11, "small_size": 7.25}}
    diagram = build(view(registry, "hosting"), registry, figure_options(style=style), own)
    sizes = {diagram.style.font_size, diagram.style.small_size}
    assert text_sizes(graphviz_svg(diagram)) == sizes


def test_the_smallest_text_may_be_that_of_the_names(registry: Registry) -> None:
    own = {"own": {"font_size": 7, "small_size": 9}}

    def draft(options: FigureOptions) -> Diagram:
        return build(view(registry, "hosting"), registry, options, own)

    assert fit(draft, figure_options(style="own"), as_wide_as_the_wrap).smallest_text == 7
