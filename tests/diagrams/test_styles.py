"""Promises about how figures look, and about a study's own styles."""

import itertools
import re

import pytest

from codeable.diagrams import Style, style_named, style_names
from codeable.diagrams.style_tables import contrast
from codeable.diagrams.styles import PAPER, SCREEN
from codeable.errors import CodeableError

KINDS = ("decision", "practice", "pattern", "do_nothing", "force", "category")


def hue(colour: str) -> int | None:
    """The hue in steps of 30 degrees; None for a grey."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    most, least = max(red, green, blue), min(red, green, blue)
    if most - least < 12:
        return None
    if most == red:
        degrees = 60 * ((green - blue) / (most - least) % 6)
    elif most == green:
        degrees = 60 * ((blue - red) / (most - least) + 2)
    else:
        degrees = 60 * ((red - green) / (most - least) + 4)
    return round(degrees / 30) % 12


@pytest.mark.parametrize("style", [SCREEN, PAPER], ids=lambda style: style.name)
class TestEveryStyle:
    def test_can_be_read_on_every_fill(self, style: Style) -> None:
        fills = [each.fill for each in style.nodes.values()] + [style.background]
        assert min(contrast(text, fill) for text in (style.text, style.muted) for fill in fills) >= 7

    def test_tells_the_kinds_apart_without_colour(self, style: Style) -> None:
        styles = [(style.node(kind).shape, style.node(kind).line_style) for kind in KINDS]
        assert len(set(styles)) == len(styles)

    def test_has_a_background_of_its_own(self, style: Style) -> None:
        assert re.fullmatch("#[0-9A-F]{6}", style.background)

    def test_has_lines_that_print(self, style: Style) -> None:
        styles = [*style.nodes.values(), *style.edges.values()]
        assert all(0.5 <= each.line_width <= 1.5 for each in styles)


def test_the_screen_style_has_at_most_five_hues() -> None:
    colours = [colour for each in SCREEN.nodes.values() for colour in (each.fill, each.line)]
    colours += [each.line for each in SCREEN.edges.values()]
    assert len({hue(colour) for colour in colours} - {None}) <= 5


def test_the_lines_of_the_screen_style_can_be_seen() -> None:
    assert all(contrast(each.line, SCREEN.background) >= 3 for each in SCREEN.edges.values())


def test_the_fills_of_decisions_practices_and_patterns_differ_for_the_colour_blind() -> None:
    """Deuteranopia after Viénot, Brettel and Mollon (1999), on linear light."""
    fills = [deuteranope(SCREEN.node(kind).line) for kind in ("decision", "practice", "pattern", "force")]
    for one, other in itertools.combinations(fills, 2):
        assert sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5 > 0.05


def deuteranope(colour: str) -> tuple[float, float, float]:
    red, green, blue = ((int(colour[at : at + 2], 16) / 255) ** 2.2 for at in (1, 3, 5))
    yellow = 0.29275 * red + 0.70725 * green
    return yellow, yellow, -0.02234 * red + 0.02234 * green + blue


def test_the_paper_style_is_black_on_white() -> None:
    styles = [*PAPER.nodes.values()]
    assert {each.fill for each in styles} == {"#FFFFFF"}
    assert {PAPER.text, PAPER.muted} | {each.line for each in PAPER.edges.values()} == {"#000000"}
    assert PAPER.small_size >= 7


def test_the_paper_style_draws_a_decision_as_a_plain_box_with_a_thick_line() -> None:
    decision = PAPER.node("decision")
    assert (decision.shape, decision.line_style, decision.line_width) == ("box", "solid", 1.2)


def test_the_paper_style_is_printed_in_fonts_of_the_widths_of_helvetica_alone() -> None:
    assert "sans-serif" not in PAPER.font


class TestOwnStyles:
    def test_take_what_they_do_not_say_from_their_base(self) -> None:
        style = style_named("mine", {"mine": {"base": "paper", "font_size": 11, "decision": "#ddd"}})
        assert (style.name, style.font_size, style.font) == ("mine", 11.0, PAPER.font)
        assert style.node("decision").fill == "#dddddd"
        assert style.node("decision").shape == PAPER.node("decision").shape

    def test_have_a_page_of_240_mm_unless_they_say_otherwise(self) -> None:
        assert [style_named(name).page for name in ("screen", "paper")] == [240.0, 240.0]
        assert style_named("mine", {"mine": {"page": "22.5 cm"}}).page == 225.0

    def test_can_give_every_part_of_a_kind(self) -> None:
        box = {"shape": "box", "fill": "#EEEEEE", "line": "#222222", "line_style": "dashed", "line_width": 2}
        style = style_named("mine", {"mine": {"pattern": box, "relation": {"line_style": "solid"}}})
        pattern = style.node("pattern")
        assert (pattern.shape, pattern.fill, pattern.line, pattern.line_style) == (
            "box",
            "#EEEEEE",
            "#222222",
            "dashed",
        )
        assert style.edge("relation").line_style == "solid"

    def test_may_change_a_style_that_every_study_has(self) -> None:
        assert style_named("paper", {"paper": {"font": "Arimo"}}).font == "Arimo"
        assert style_named("paper", {"paper": {"font": "Arimo"}}).small_size == PAPER.small_size

    def test_can_colour_the_signs_of_a_matrix(self) -> None:
        style = style_named("mine", {"mine": {"base": "screen", "signs": {"--": "#A00", "+++": "#003060"}}})
        assert (style.signs["−−"], style.signs["+++"]) == ("#AA0000", "#003060")
        assert style.signs["++"] == SCREEN.signs["++"]

    def test_can_do_without_colours_of_signs(self) -> None:
        assert style_named("mine", {"mine": {"base": "screen", "signs": "none"}}).signs == {}

    def test_are_named_with_the_others(self) -> None:
        assert style_names({"mine": {}}) == ("screen", "paper", "mine")

    @pytest.mark.parametrize(
        ("table", "message"),
        [
            ({"base": "papre"}, "did you mean 'paper'"),
            ({"fnt": "Arial"}, "no key 'fnt'; did you mean 'font'"),
            ({"decision": "orange"}, "#RRGGBB"),
            ({"decision": {"fill": "#FFF", "colour": "#000"}}, r"decision has no key 'colour'"),
            ({"decision": {"shape": "circle"}}, "box, rounded"),
            ({"relation": {"line_style": "wavy"}}, "solid, dashed"),
            ({"signs": {"++": "blue"}}, r"signs: \+\+ must be a colour"),
            ({"signs": "blue"}, "signs must be a table of signs and their colours"),
            ({"page": "tall"}, "page must be a length"),
            ({"font_size": 2}, "from 5 to 40"),
            ({"font_size": "10"}, "number of points"),
            ({"font_size": 9.5}, "font_size must be a whole number of points, not 9.5"),
            ({"font": 'A"; }'}, "font family"),
            ({"decision": "#222222"}, "cannot be read"),
            ("paper", "must be a table"),
        ],
    )
    def test_that_are_wrong_are_told_why(self, table: object, message: str) -> None:
        with pytest.raises(CodeableError, match=message) as raised:
            style_named("mine", {"mine": table})  # type: ignore[dict-item]
        assert str(raised.value).startswith("[tool.codeable.styles.mine]")

    def test_that_do_not_exist_are_told_which_do(self) -> None:
        with pytest.raises(CodeableError, match=r"(?s)did you mean 'screen'.*screen, paper, mine"):
            style_named("scren", {"mine": {}})
