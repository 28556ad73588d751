"""How rails fit a page: the size of the text, the place of the forces, parts, and what is said about it."""

from collections.abc import Mapping, Sequence
from math import ceil
from pathlib import Path

import pytest

from codeable.diagrams import Diagram, build, figure_options
from codeable.diagrams.diagram import Draft, LaidOut
from codeable.diagrams.layout import lay_out
from codeable.diagrams.options import FigureOptions
from codeable.diagrams.rails.figure import RailsFigure, rails_figure
from codeable.diagrams.rails.fit_messages import Advice
from codeable.diagrams.rails.scene import Box, Scene, TextLine
from codeable.diagrams.rails.typesetter import Typesetter, Word
from codeable.registry import Registry
from tests.diagrams.studies import study, view

POINTS_PER_MM = 72 / 25.4
SIGNS = "very_positive", "positive", "negative", "very_negative", "neutral"
LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


class Letters:
    """Measures as if all letters were about equally wide."""

    def __init__(self) -> None:
        self.calls = 0

    def size(self, diagram: Diagram) -> tuple[float, float]:
        raise AssertionError(f"{diagram.name} is measured as a graph")

    def widths(self, font: str, words: Sequence[Word]) -> Mapping[Word, float]:
        assert font
        self.calls += 1
        return {word: len(word.text) * (0.55 if word.bold else 0.5) for word in words}

    def baseline(self, font: str) -> float:
        return 0.2


def decision(
    folder: Path, options: int, forces: int = 0, *, text: str = "Take the way of teams like ours"
) -> Registry:
    """A study with one decision."""
    folder.mkdir(exist_ok=True)
    lines = ['which = CClass(decision, "How do teams exchange the data of their products?")']
    lines += [f'f{number} = CClass(force, "Force of Number {number}")' for number in range(forces)]
    for number in range(1, options + 1):
        lines.append(f'p{number} = CClass(practice, "Practice of a Team {number}")')
        lines.append(f'add_decision_option_link(which, p{number}, "{text} ({number})")')
        impacts = (f"f{each}: {SIGNS[(number + each) % 5]}" for each in range(forces))
        if forces:
            lines.append(f"add_force_relations({{p{number}: {{{', '.join(impacts)}}}}})")
    return study(folder, model="\n".join(lines))


def laid_out(registry: Registry, name: str = "which", **options: object) -> LaidOut:
    return lay_out(_draft(registry, name), figure_options(**options), Letters())


def drawn(registry: Registry, name: str = "which", **options: object) -> RailsFigure:
    draft, asked = _draft(registry, name), figure_options(**options)
    diagram = draft(asked)
    setter = Typesetter(lambda words: Letters().widths("font", words))
    return rails_figure(diagram, setter, Advice(draft, diagram.options, setter, "python"))


def _draft(registry: Registry, name: str) -> Draft:
    def draft(options: FigureOptions) -> Diagram:
        return build(view(registry, name), registry, options)

    return draft


def texts(scene: Scene) -> list[TextLine]:
    return [item for item in scene.items if isinstance(item, TextLine)]


def numbers(scene: Scene) -> list[int]:
    """The numbers beside the rails, from above to below."""
    found = [item for item in texts(scene) if item.identifier.endswith(".number")]
    return [int(item.text) for item in sorted(found, key=lambda item: (item.left > 200, item.middle))]


def smallest(scene: Scene) -> float:
    return min(text.size for text in texts(scene))


def has_words(scene: Scene, words: str) -> bool:
    return words in " ".join(text.text for text in texts(scene))


@pytest.mark.parametrize("width", [84, 120, 178])
@pytest.mark.parametrize("style", ["screen", "paper"])
@pytest.mark.parametrize(("options", "forces"), [(3, 0), (8, 4), (14, 15), (25, 15)])
def test_a_figure_is_as_wide_as_asked_and_each_part_fits_a_page(
    tmp_path: Path, width: float, style: str, options: int, forces: int
) -> None:
    figure = drawn(decision(tmp_path, options, forces), width=width, style=style)
    assert figure.messages == ()
    assert len(figure.sheets) <= (2 if options <= 20 else 3)
    for sheet in figure.sheets:
        assert sheet.whole.width == pytest.approx(width * POINTS_PER_MM)
        assert sheet.whole.height <= 240 * POINTS_PER_MM
        assert smallest(sheet.whole) >= 7
        assert has_words(sheet.whole, "empty: not stated") or not forces or options == 3
    assert [number for sheet in figure.sheets for number in numbers(sheet.whole)] == list(
        range(1, options + 1)
    )


def test_nothing_is_outside_the_figure(tmp_path: Path) -> None:
    for options in ({"width": 84}, {"width": 178}, {}, {"wrap": 12}, {"wrap": 80}):
        for sheet in drawn(decision(tmp_path, 9, 6), **options).sheets:
            for item in sheet.whole.items:
                if isinstance(item, Box | TextLine):
                    assert item.left >= 0
                    assert item.left + item.width <= sheet.whole.width + 0.01


def test_a_figure_with_room_has_the_sizes_of_its_style_and_the_matrix_beside_the_rails(
    tmp_path: Path,
) -> None:
    (sheet,) = drawn(decision(tmp_path, 5, 4), width=178, style="paper").sheets
    names = {text.size for text in texts(sheet.whole) if text.bold and "Practice" in text.text}
    assert names == {9.0}
    force = next(text for text in texts(sheet.whole) if text.text == "Force of Number 1")
    first = next(text for text in texts(sheet.whole) if text.text == "1")
    assert force.middle < first.middle


def test_in_a_narrow_figure_the_matrix_is_below_the_rails(tmp_path: Path) -> None:
    (sheet,) = drawn(decision(tmp_path, 6, 12), width=84).sheets
    force = next(text for text in texts(sheet.whole) if text.text == "Force of Number 1")
    assert all(force.middle > text.middle for text in texts(sheet.whole) if "Practice" in text.text)


@pytest.mark.slow
def test_where_an_option_is_higher_than_a_page_the_lowest_figure_is_drawn(tmp_path: Path) -> None:
    registry = decision(tmp_path, 14, 10, text="Take the way of teams like ours " * 3)

    def highest(height: int) -> float:
        sheets = drawn(registry, style="paper", width=84, height=height).sheets
        return max(sheet.whole.height for sheet in sheets) / POINTS_PER_MM

    lowest = min(map(highest, range(44, 80, 4)))
    assert highest(49) <= 49
    for height in (40, 30, 20):  # nothing fits
        assert highest(height) < lowest + 1


def test_a_figure_without_a_width_is_as_high_as_it_needs_to_be(tmp_path: Path) -> None:
    (sheet,) = drawn(decision(tmp_path, 40)).sheets
    assert 560 <= sheet.whole.width <= 640
    assert sheet.whole.height > 240 * POINTS_PER_MM
    assert {text.size for text in texts(sheet.whole) if text.bold and "Practice" in text.text} == {11.0}


def test_wrap_makes_a_figure_without_a_width_wider_or_narrower(tmp_path: Path) -> None:
    registry = decision(tmp_path, 3)
    widths = [drawn(registry, wrap=wrap).sheets[0].whole.width for wrap in (20, 28, 40)]
    assert widths == sorted(widths)
    assert widths[0] < 500 < 800 < widths[2]


def test_two_columns_hang_from_one_bar(tmp_path: Path) -> None:
    (sheet,) = drawn(decision(tmp_path, 24), width=178, style="paper").sheets
    question = [text for text in texts(sheet.whole) if "exchange the data" in text.text]
    assert len(question) == 1
    trunks = [item for item in sheet.whole.items if "trunk" in item.identifier]
    assert len(trunks) == 2
    assert numbers(sheet.whole) == list(range(1, 25))


def test_parts_are_numbered_on_and_say_which_they_are(tmp_path: Path) -> None:
    figure = drawn(decision(tmp_path, 7), parts=3)
    found = [numbers(sheet.whole) for sheet in figure.sheets]
    assert [number for part in found for number in part] == [1, 2, 3, 4, 5, 6, 7]
    assert sorted(map(len, found)) == [2, 2, 3]
    for number, sheet in enumerate(figure.sheets, 1):
        assert has_words(sheet.whole, f"({number} of 3)")
        assert has_words(sheet.whole, "exchange the data")


def test_more_parts_than_options_are_said(tmp_path: Path) -> None:
    figure = drawn(decision(tmp_path, 2), parts=5)
    assert len(figure.sheets) == 2
    assert figure.messages == ("which has 2 options, so it has 2 parts",)


def test_each_part_but_the_last_is_two_thirds_full(tmp_path: Path) -> None:
    for options in (18, 22, 28, 35):
        heights = [
            sheet.whole.height
            for sheet in drawn(decision(tmp_path / str(options), options, 8), width=84).sheets
        ]
        assert all(height >= 160 * POINTS_PER_MM for height in heights[:-1])


GATEWAY = "Provide gateways to the consumers of each domain, and monitor its requests and those of all others"


@pytest.mark.parametrize(("options", "parts", "line_height"), [(14, 2, 1.18), (20, 2, 1.1), (21, 3, 1.18)])
def test_lines_are_closer_together_only_where_parts_would_be_too_many(
    tmp_path: Path, options: int, parts: int, line_height: float
) -> None:
    figure = drawn(decision(tmp_path, options, 15, text=GATEWAY), width=84, style="paper")
    assert figure.messages == ()
    assert len(figure.sheets) == parts
    first, second = [text for text in texts(figure.sheets[0].whole) if ".1.text" in text.identifier][:2]
    assert (second.middle - first.middle) / first.size == pytest.approx(line_height)


def forces_of_the_last(folder: Path, *, without: int, forces: int) -> Registry:
    """A study with 16 options, of which the first ones act on no force."""
    lines = ['which = CClass(decision, "How do teams exchange the data of their products?")']
    lines += [f'f{number} = CClass(force, "Force of Number {number}")' for number in range(forces)]
    for number in range(16):
        lines.append(f'p{number} = CClass(practice, "Practice {number}")')
        lines.append(f'add_decision_option_link(which, p{number}, "Take the way of teams like ours")')
        if number >= without:
            lines.append(f"add_force_relations({{p{number}: {{f{number % forces}: positive}}}})")
    return study(folder, model="\n".join(lines))


@pytest.mark.parametrize("without", [3, 5, 8, 11])
def test_a_part_whose_options_act_on_nothing_is_full_too(tmp_path: Path, without: int) -> None:
    registry = forces_of_the_last(tmp_path, without=without, forces=6)
    figure = drawn(registry, width=84, height="120mm")
    heights = [sheet.whole.height / POINTS_PER_MM for sheet in figure.sheets]
    assert all(80 <= height <= 120 for height in heights[:-1])


@pytest.mark.parametrize(("without", "height"), [(8, 104), (8, 148), (14, 132)])
def test_parts_that_are_asked_for_are_about_equally_high(tmp_path: Path, without: int, height: int) -> None:
    registry = forces_of_the_last(tmp_path, without=without, forces=9)
    figure = drawn(registry, width=84, parts=2, height=f"{height}mm")
    assert figure.messages == ()
    assert all(sheet.whole.height <= height * POINTS_PER_MM for sheet in figure.sheets)


def test_a_lower_page_gives_more_parts(tmp_path: Path) -> None:
    registry = decision(tmp_path, 12)
    high, low = (len(drawn(registry, width=84, height=height).sheets) for height in ("240mm", "90mm"))
    assert high < low
    for sheet in drawn(registry, width=84, height="90mm").sheets:
        assert sheet.whole.height <= 90 * POINTS_PER_MM


def test_a_word_that_is_wider_than_the_figure_makes_it_smaller_and_is_named(tmp_path: Path) -> None:
    registry = decision(tmp_path, 2, text=LONG_WORD)
    figure = drawn(registry, width=60)
    assert figure.sheets[0].whole.width == pytest.approx(60 * POINTS_PER_MM)
    assert has_words(figure.sheets[0].whole, LONG_WORD)
    assert smallest(figure.sheets[0].whole) < 7
    (message,) = figure.messages
    assert "which does not fit 60 mm: its text is" in message
    assert message.endswith('it would fit with width="178mm"')


def test_a_word_wider_than_everything_is_named(tmp_path: Path) -> None:
    figure = drawn(decision(tmp_path, 2, text=2 * LONG_WORD), width=50, relations="none")
    (message,) = figure.messages
    assert message.endswith(f"its longest word is '{LONG_WORD[:56]}...: give it a hyphen, or a shorter one")


def test_text_is_never_smaller_than_three_points_and_the_figure_is_wider_then(tmp_path: Path) -> None:
    figure = drawn(decision(tmp_path, 2, text="W" * 700), width=84)
    whole = figure.sheets[0].whole
    assert smallest(whole) == pytest.approx(3)
    assert whole.width > 84 * POINTS_PER_MM
    assert all(item.left + item.width <= whole.width for item in whole.items if isinstance(item, Box))
    (message,) = figure.messages
    assert message.startswith(f"which does not fit 84 mm and is {whole.width / POINTS_PER_MM:.0f} mm wide: ")


def test_a_word_that_is_wider_than_a_screen_makes_the_figure_wider(tmp_path: Path) -> None:
    figure = drawn(decision(tmp_path, 2, text=3 * LONG_WORD))
    assert figure.messages == ()
    assert figure.sheets[0].whole.width > 640
    assert smallest(figure.sheets[0].whole) >= 7


def test_an_option_higher_than_a_page_is_a_message(tmp_path: Path) -> None:
    figure = drawn(decision(tmp_path, 2, text="so many words " * 150), width=84, height="60mm")
    (message,) = figure.messages
    assert "mm tall in 84 mm, more than a page has (60 mm)" in message


def test_a_figure_a_little_higher_than_a_page_is_not_said_to_be_as_high(tmp_path: Path) -> None:
    registry = decision(tmp_path, 3)
    said = {page: drawn(registry, width=84, height=page, parts=1).messages for page in range(20, 60)}
    heights = {page: int(found[0].split()[2]) for page, found in said.items() if found}
    assert len(heights) > 10
    assert all(height > page for page, height in heights.items())


def test_parts_that_are_too_few_for_an_option_higher_than_a_page_are_said(tmp_path: Path) -> None:
    registry = decision(tmp_path, 6, text="so many words " * 20)
    sheets = drawn(registry, width=84, height="30mm").sheets
    single = max(sheet.whole.height for sheet in sheets) / POINTS_PER_MM
    assert len(sheets) == 6
    (message,) = drawn(registry, width=84, height="30mm", parts=2).messages
    assert message.endswith(
        f"; with parts=6 it would still be {ceil(single)} mm tall, "
        "because one of its options alone is so tall: give it shorter texts"
    )


@pytest.mark.slow
def test_parts_that_are_too_few_for_the_page_are_said_with_how_many_it_needs(tmp_path: Path) -> None:
    registry = decision(tmp_path, 90)
    (message,) = drawn(registry, width=84, parts=2).messages
    assert "more than a page has (240 mm); it would fit with parts=" in message
    needed = int(message.rpartition("=")[2])
    assert drawn(registry, width=84, parts=needed).messages == ()


def test_small_text_of_a_style_is_said_where_the_figure_has_a_width(tmp_path: Path) -> None:
    registry = decision(tmp_path, 2)
    tiny = {"tiny": {"base": "paper", "font_size": 6, "small_size": 5}}

    def draft(options: FigureOptions) -> Diagram:
        return build(view(registry, "which"), registry, options, tiny)

    (message,) = lay_out(draft, figure_options(width=84, style="tiny"), Letters()).messages
    assert message == (
        "which has text of 5 pt, and less than 7 pt cannot be read in print; give the style tiny larger fonts"
    )
    assert lay_out(draft, figure_options(style="tiny"), Letters()).messages == ()


def test_advice_is_in_the_words_of_the_settings(tmp_path: Path) -> None:
    draft = _draft(decision(tmp_path, 2, text=LONG_WORD), "which")
    (message,) = lay_out(draft, figure_options(width=40), Letters(), "settings").messages
    assert message.endswith('it would fit with width = "178mm"')


def test_forces_that_have_no_room_as_a_matrix_are_lines_and_that_is_said(tmp_path: Path) -> None:
    figure = drawn(decision(tmp_path, 60, 3), width=50, parts=2, height="2000mm")
    assert smallest(figure.sheets[0].whole) >= 7
    (message,) = figure.messages
    why = "which has its forces as lines in the boxes, because a matrix has no room in 50 mm"
    assert message == f"{why}; it would have with parts=8"


def test_the_labels_of_a_part_are_those_that_are_in_it(tmp_path: Path) -> None:
    found = laid_out(decision(tmp_path, 6), parts=2)
    assert [part.pages for part in found.parts] == [(), ()]
    first, second = (" ".join(part.labels) for part in found.parts)
    assert "Practice of a Team 1" in first
    assert "Practice of a Team 1" not in second
    assert "Practice of a Team 6" in second


EVERYTHING = """
how = CClass(decision, "How are they hosted?")
what = CClass(decision, "What do they exchange?")
cloud, bus = CClass(practice, "Cloud"), CClass(pattern, "Event Bus")
alone, other = CClass(practice, "Nobody's Practice"), CClass(pattern, "Other Pattern")
cost, unused = CClass(force, "Cost"), CClass(force, "Unused")
add_decision_option_link(how, cloud, "Use a cloud")
add_decision_option_link(what, bus, "Use a bus")
add_stereotyped_design_solution_link(alone, other, is_a)
add_force_relations({cloud: {cost: positive}, alone: {cost: negative}})
"""


def test_everything_has_a_page_per_decision_and_one_for_the_codes_in_none(tmp_path: Path) -> None:
    (sheet,) = drawn(study(tmp_path, model=EVERYTHING), "everything").sheets
    how, what, loose = sheet.pages
    assert has_words(how, "How are they hosted?")
    assert has_words(what, "What do they exchange?")
    assert [text.text for text in texts(loose) if text.bold] == [
        "Codes in no decision",
        "Nobody's Practice",
        "Other Pattern",
        "Unused",
    ]
    assert has_words(loose, "«Is-a» → Other Pattern (pattern)")
    assert has_words(loose, "− Cost")
    for page in sheet.pages:
        assert all(has_words(sheet.whole, text.text) for text in texts(page))


def test_an_association_of_a_code_in_no_decision_is_in_its_own_words(tmp_path: Path) -> None:
    model = (
        EVERYTHING
        + """
service, signal = CClass(domain_metaclass, "Service"), CClass(domain_metaclass, "Signal")
service.association(signal, "emits: [emitter] 1 -> [signals] *")
"""
    )
    (sheet,) = drawn(study(tmp_path, model=model), "everything").sheets
    assert has_words(sheet.whole, "emits 1 → * Signal")


def test_everything_has_one_legend_and_its_pages_have_their_own(tmp_path: Path) -> None:
    (sheet,) = drawn(study(tmp_path, model=EVERYTHING), "everything").sheets
    legends = [[text.text for text in texts(page) if "legend" in text.identifier] for page in sheet.pages]
    assert legends == [["+", "positive", "empty: not stated"], [], ["− negative"]]
    assert [text.text for text in texts(sheet.whole)].count("positive") == 1
    (plain,) = drawn(study(tmp_path, model=EVERYTHING), "everything", legend=False).sheets
    assert not has_words(plain.whole, "positive")


def test_the_lines_of_a_box_have_one_order_in_all_figures(tmp_path: Path) -> None:
    model = """
how, later = CClass(decision, "How?"), CClass(decision, "When?")
here, there, now = (CClass(practice, name) for name in ("Here", "There", "Now"))
add_decision_option_link(how, here, "Stay")
add_decision_option_link(how, there, "Go")
add_decision_option_link(later, now, "Act")
add_stereotyped_design_solution_link(here, there, uses)
here.add_links(later, role_name="next decision", stereotype_instances=next_decision)
"""
    registry = study(tmp_path, model=model)
    of_view, of_everything = (
        [text.text for text in texts(drawn(registry, name).sheets[0].whole)] for name in ("how", "everything")
    )
    in_box = ("next: When?", "«Uses» → 2")
    shown = [[text for text in found if text.startswith(in_box)] for found in (of_view, of_everything)]
    assert len(shown[0]) == 2
    assert shown[0] == shown[1]


def test_everything_is_not_cut_into_parts(tmp_path: Path) -> None:
    figure = drawn(study(tmp_path, model=EVERYTHING), "everything", parts=2)
    assert len(figure.sheets) == 1
    assert figure.messages == ("everything is one figure: parts are for the figure of a decision",)


def test_the_pages_of_everything_fit_a_page(tmp_path: Path) -> None:
    codes = "\n".join(f'q{number} = CClass(practice, "Practice {number}")' for number in range(120))
    (sheet,) = drawn(study(tmp_path, model=EVERYTHING + codes), "everything", width=84).sheets
    assert len(sheet.pages) > 3
    assert all(page.height <= 240 * POINTS_PER_MM for page in sheet.pages)
    assert all(page.width == pytest.approx(84 * POINTS_PER_MM) for page in (*sheet.pages, sheet.whole))


def many_notes(words: int) -> str:
    """Codes in no decision, one of them with very many words."""
    codes = [f'q{number} = CClass(practice, "Practice {number}")' for number in range(6)]
    return EVERYTHING + "\n".join([*codes, f'tall = CClass(practice, "Tall {"word " * words}")'])


def test_a_box_in_no_decision_that_is_too_high_is_wider_and_its_text_smaller(tmp_path: Path) -> None:
    (sheet,) = drawn(study(tmp_path, model=many_notes(60)), "everything", width=84, height="60mm").sheets
    loose = [page for page in sheet.pages if has_words(page, "Codes in no decision")]
    assert all(page.height <= 60 * POINTS_PER_MM for page in loose)
    (tall,) = (box for page in loose for box in page.items if box.identifier == "loose.n_tall")
    assert tall.width > 42 * POINTS_PER_MM


def test_a_box_in_no_decision_that_is_higher_than_a_page_is_said(tmp_path: Path) -> None:
    figure = drawn(study(tmp_path, model=many_notes(300)), "everything", width=84, height="60mm")
    (message,) = figure.messages
    assert message.startswith("everything has a box of ")
    assert "mm for “Tall word word" in message
    assert message.endswith(
        "which is in no decision: no page of 60 mm has room for it; give it shorter texts"
    )
    assert all(smallest(page) >= 7 for page in figure.sheets[0].pages)


@pytest.mark.parametrize(
    "options", [{}, {"width": 84}, {"width": 30, "parts": 3}, {"language": "en_GB", "width": 25}]
)
@pytest.mark.parametrize("name", ["which", "everything"])
def test_the_words_of_a_figure_are_measured_together(
    tmp_path: Path, name: str, options: dict[str, object]
) -> None:
    if "language" in options:
        pytest.importorskip("pyphen")
    registry, letters = decision(tmp_path, 5, 5), Letters()
    lay_out(_draft(registry, name), figure_options(**options), letters)
    assert letters.calls == 1


def test_a_long_word_in_a_code_without_a_decision_is_said(tmp_path: Path) -> None:
    codes = f'long = CClass(practice, "{LONG_WORD}")'
    figure = drawn(study(tmp_path, model=EVERYTHING + codes), "everything", width=84)
    (message,) = figure.messages
    assert message.startswith("everything, its codes in no decision, does not fit 84 mm: its text is 5.2 pt")
    assert message.endswith(f"its longest word is '{LONG_WORD[:56]}...: give it a hyphen, or a shorter one")
    assert figure.sheets[0].whole.width == pytest.approx(84 * POINTS_PER_MM)
    on_screen = drawn(study(tmp_path, model=EVERYTHING + codes), "everything")
    assert on_screen.messages == ()
    assert smallest(on_screen.sheets[0].whole) >= 7
