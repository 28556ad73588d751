"""The force matrix: which cell is where, that heads can be read, and that nothing crosses or overlaps."""

import itertools
from collections.abc import Mapping, Sequence

import pytest
from attrs import evolve

from codeable.diagrams.diagram import Edge, Node
from codeable.diagrams.impact_signs import SIGNS
from codeable.diagrams.kinds import OPTION, NodeKind
from codeable.diagrams.rails.matrix import below, beside
from codeable.diagrams.rails.matrix_style import matrix_style
from codeable.diagrams.rails.outline import Outline, Rail
from codeable.diagrams.rails.scene import Box, Polyline, Scene, TextLine
from codeable.diagrams.rails.setting import Setting, Sizes
from codeable.diagrams.rails.typesetter import Typesetter, Word
from codeable.diagrams.style_tables import contrast
from codeable.diagrams.styles import PAPER, SCREEN, Style
from tests.diagrams.hostile import HOSTILE_TEXTS

PRACTICE = NodeKind("practice", "practice")
DECISION = NodeKind("decision", "decision")
FORCES = {"cost": "Cost", "speed": "Speed of Delivery", "safety": "Safety"}
OPTIONS: Sequence[Mapping[str, Sequence[str]]] = (
    {"cost": ["+"], "speed": ["−−"]},
    {"cost": ["−"], "safety": ["+/−"]},
    {"cost": ["o"], "speed": ["++"], "safety": ["·"]},
)


def measured(words: Sequence[Word]) -> dict[Word, float]:
    return {word: len(word.text) * (0.55 if word.bold else 0.5) for word in words}


def setting(
    options: Sequence[Mapping[str, Sequence[str]]] = OPTIONS,
    forces: Mapping[str, str] = FORCES,
    *,
    width: float = 500,
    style: Style = PAPER,
    question: str = "Which Way is Taken?",
) -> Setting:
    rails = tuple(
        Rail(
            number=number,
            text=f"Take way {number}",
            node=Node(f"n_way{number}", PRACTICE, f"Way {number}"),
            signs={key: tuple(signs) for key, signs in each.items()},
            relations=(),
            lines=(),
            edge=Edge("n_which", f"n_way{number}", OPTION, f"Take way {number}", number=number),
        )
        for number, each in enumerate(options, 1)
    )
    outline = Outline(Node("n_which", DECISION, question), (), rails, forces)
    return Setting(outline, Typesetter(measured), Sizes(9, 8), style, width)


def drawn_beside(given: Setting, *, share: float = 0.42) -> Scene:
    found = beside(given, given.outline.rails, share=share)
    assert found is not None
    scene = found.scene()
    assert scene.height == found.height
    return scene


def drawn_below(given: Setting) -> Scene:
    found = below(given, given.outline.rails)
    assert found is not None
    scene = found.scene()
    assert scene.height == found.height
    return scene


def texts(scene: Scene) -> dict[str, list[TextLine]]:
    """Text → where it is; without the hair space between two minus signs."""
    found: dict[str, list[TextLine]] = {}
    for item in scene.items:
        if isinstance(item, TextLine):
            found.setdefault(item.text.replace("\u200a", ""), []).append(item)
    return found


def text(scene: Scene, words: str) -> TextLine:
    (found,) = texts(scene)[words]
    return found


def middle(item: TextLine | Box) -> float:
    return item.left + item.width / 2


def leaders(scene: Scene) -> list[Polyline]:
    return [
        item for item in scene.items if isinstance(item, Polyline) and item.identifier.endswith(".leader")
    ]


def extent(item: TextLine) -> tuple[float, float, float, float]:
    """Left, upper, right and lower side of the letters of a text."""
    wide = len(item.text) * item.size * (0.55 if item.bold else 0.5)
    left = {
        "left": item.left,
        "right": item.left + item.width - wide,
        "center": item.left + (item.width - wide) / 2,
    }[item.align]
    return left, item.middle - item.size / 2, left + wide, item.middle + item.size / 2


def overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_each_sign_is_below_the_leader_of_its_force_and_at_the_rail_of_its_option() -> None:
    scene = drawn_beside(setting())
    x_of = {line.identifier.split(".")[-2]: line.points[-1][0] for line in leaders(scene)}
    y_of = {
        item.identifier.split(".")[1]: item.points[-1][1]
        for item in scene.items
        if isinstance(item, Polyline) and item.identifier.endswith(".rail")
    }
    for number, option in enumerate(OPTIONS, 1):
        for key, (sign,) in option.items():
            cells = [(middle(each), each.middle) for each in texts(scene)[sign]]
            assert (pytest.approx(x_of[key]), pytest.approx(y_of[str(number)], abs=1)) in cells


def test_leaders_and_grid_meet_at_the_upper_side_of_the_first_band() -> None:
    scene = drawn_beside(setting())
    boxes = [item for item in scene.items if isinstance(item, Box)]
    top = min(item.top for item in boxes if item.identifier.endswith(".band"))
    grid = {item.top for item in boxes if ".grid" in item.identifier}
    ends = {line.points[-1][1] for line in leaders(scene)}
    assert max(grid | ends) - min(grid | ends) < 0.01
    assert min(grid) == pytest.approx(top)


def test_names_below_the_rails_are_clear_of_the_side_of_their_bands() -> None:
    given = setting(width=238)
    found = below(given, given.outline.rails)
    assert found is not None
    bands = [item for item in found.scene().items if item.identifier.endswith(".band")]
    assert {item.left for item in bands} == {0}
    assert all(text(found.scene(), name).left >= 2 for name in FORCES.values())


def test_signs_are_apart_where_names_and_rails_could_be_wider() -> None:
    forces = {"a": "A name that is as wide as the figure, and more", "b": "Another one, which is as wide"}
    given = setting([{"a": ["++"], "b": ["++"]}] * 5, forces, width=238)
    for scene in (drawn_beside(given, share=0), drawn_below(given)):
        assert all(extent(each)[2] - extent(each)[0] + 4 <= each.width for each in texts(scene)["++"])


def test_a_cell_is_empty_where_nothing_is_stated() -> None:
    scene = drawn_beside(setting())
    signs = [each for sign, found in texts(scene).items() if sign in SIGNS for each in found]
    assert len(signs) == sum(len(option) for option in OPTIONS)


def test_forces_have_the_order_of_the_figure_from_left_to_right() -> None:
    scene = drawn_beside(setting())
    by_column = sorted(leaders(scene), key=lambda line: line.points[-1][0])
    assert [line.identifier.split(".")[-2] for line in by_column] == list(FORCES)


def test_the_name_of_the_leftmost_column_is_the_lowest_and_each_next_one_is_higher() -> None:
    scene = drawn_beside(setting())
    heights = [text(scene, name).middle for name in FORCES.values()]
    assert heights == sorted(heights, reverse=True)


def test_a_force_that_no_option_of_the_part_acts_on_has_no_column() -> None:
    given = setting()
    found = beside(given, given.outline.rails[:1], share=0)
    assert found is not None
    assert len(leaders(found.scene())) == 2
    assert "Safety" not in texts(found.scene())


def test_a_part_whose_options_act_on_nothing_is_plain_rails() -> None:
    given = setting([{"cost": ["+"]}, {}])
    found = beside(given, given.outline.rails[1:], share=0.42)
    assert found is not None
    assert leaders(found.scene()) == []
    assert below(given, given.outline.rails[1:]) is None


def test_forces_with_one_name_have_a_column_each() -> None:
    given = setting([{"a": ["+"], "b": ["−"]}], {"a": "Cost", "b": "Cost"})
    assert len(texts(drawn_beside(given))["Cost"]) == 2
    assert len(texts(drawn_below(given))["Cost"]) == 2


LONG = [
    "Cost",
    "Maintainability of API and API Consumers",
    "Risk",
    "Avoid Exposing Domain Model Details in an API of the Company",
    "Speed",
    "Interface Design Limits Domain Model Design",
    "Data Consistency",
    "Scalability",
]


@pytest.mark.parametrize("count", [1, 2, 5, 8, 15])
@pytest.mark.parametrize("width", [236, 330, 503, 640])
@pytest.mark.parametrize("turned", [False, True])
def test_names_leaders_and_the_bar_of_a_matrix_never_touch(count: int, width: float, turned: bool) -> None:
    names = list(itertools.islice(itertools.cycle(LONG), count))
    forces = {f"f{number}": name for number, name in enumerate(reversed(names) if turned else names)}
    given = setting([{key: ["+"] for key in forces}] * 3, forces, width=width, question="Which Way? " * 6)
    found = beside(given, given.outline.rails, share=0)
    if found is None:
        assert width < 503
        return
    scene = found.scene()
    heads = [item for item in scene.items if isinstance(item, TextLine) and ".head." in item.identifier]
    bar = next(item for item in scene.items if isinstance(item, Box) and item.identifier == "n_which")
    assert bar.left >= 0 and bar.left + bar.width <= width
    for one, other in itertools.combinations(heads, 2):
        assert not overlap(extent(one), extent(other))
    for head in heads:
        box = extent(head)
        assert box[0] >= 0 and box[1] >= 0
        assert not overlap(box, (bar.left, bar.top, bar.left + bar.width, bar.top + bar.height))
    for line in leaders(scene):
        (x, top), (_, bottom) = line.points
        assert not overlap(
            (x, top, x, bottom), (bar.left, bar.top, bar.left + bar.width, bar.top + bar.height)
        )
        assert not any(overlap(extent(head), (x - 0.5, top, x + 0.5, bottom)) for head in heads)


def test_a_name_is_clear_of_bar_and_leader_where_letters_are_wider_than_measured() -> None:
    forces = {"a": "Low latency", "b": "Independent deployability of models and applications", "c": "Effort"}
    scene = drawn_beside(setting([{key: ["+"] for key in forces}] * 3, forces, width=640))
    bar = next(item for item in scene.items if isinstance(item, Box) and item.identifier == "n_which")
    for name, line in zip(forces.values(), leaders(scene), strict=True):
        head = extent(text(scene, name))
        is_beside = head[3] > bar.top and head[1] < bar.top + bar.height
        assert not is_beside or head[0] - (bar.left + bar.width) >= 7
        assert head[0] + 1.03 * (head[2] - head[0]) < line.points[0][0]


def test_the_bar_is_beside_short_names_and_above_long_ones() -> None:
    short = drawn_beside(setting(width=503))
    long = drawn_beside(setting(forces={key: name * 9 for key, name in FORCES.items()}, width=260), share=0)
    for scene, is_beside in ((short, True), (long, False)):
        bar = next(item for item in scene.items if isinstance(item, Box) and item.identifier == "n_which")
        head = next(
            item for item in scene.items if isinstance(item, TextLine) and ".head.safety" in item.identifier
        )
        assert (head.middle < bar.top + bar.height) is is_beside


@pytest.mark.parametrize("length", [1, 3, 6, 12])
@pytest.mark.parametrize("width", [236, 330, 503])
def test_a_long_question_is_not_squeezed_beside_the_names(length: int, width: float) -> None:
    forces = {f"f{number}": f"Some Force {number}" for number in range(9)}
    given = setting([{key: ["+"] for key in forces}], forces, width=width, question="Which Way? " * length)
    scene = drawn_beside(given, share=0)
    bar = next(item for item in scene.items if isinstance(item, Box) and item.identifier == "n_which")
    assert bar.width >= 2 * bar.height


def test_several_signs_of_one_option_on_one_force_are_below_each_other_in_its_row() -> None:
    given = setting([{"cost": ["++", "+", "−", "−−"]}, {"cost": ["o"]}])
    for scene in (drawn_beside(given), drawn_below(given)):
        signs = [text(scene, sign) for sign in ("++", "+", "−", "−−")]
        assert len({middle(each) for each in signs}) == 1
        heights = [each.middle for each in signs]
        assert heights == sorted(heights)
        assert all(lower - upper >= 8 for upper, lower in itertools.pairwise(heights))
        assert scene.height > heights[-1] + 4
    next_option = text(drawn_beside(given), "o")
    assert next_option.middle > text(drawn_beside(given), "−−").middle + 8


def test_a_sign_that_is_given_twice_is_shown_once() -> None:
    scene = drawn_beside(setting([{"cost": ["+", "+"]}]))
    assert len(texts(scene)["+"]) == 1


def test_below_the_rails_forces_are_rows_and_numbers_of_options_columns() -> None:
    scene = drawn_below(setting(width=236))
    for number, option in enumerate(OPTIONS, 1):
        for key, (sign,) in option.items():
            cells = [(middle(each), each.middle) for each in texts(scene)[sign]]
            column = middle(text(scene, str(number)))
            assert (pytest.approx(column), pytest.approx(text(scene, FORCES[key]).middle, abs=1)) in cells


def test_numbers_below_the_rails_are_those_of_the_part() -> None:
    given = setting()
    found = below(given, given.outline.rails[1:])
    assert found is not None
    assert {"2", "3"} <= set(texts(found.scene()))
    assert "1" not in texts(found.scene())


def test_a_wide_matrix_below_has_blocks_side_by_side_with_numbers_above_each() -> None:
    forces = {f"f{number}": f"Force {number}" for number in range(12)}
    scene = drawn_below(setting([{key: ["+"] for key in forces}] * 2, forces, width=500))
    assert len(texts(scene)["1"]) > 1
    assert scene.width <= 500
    order = sorted(
        (item for item in scene.items if isinstance(item, TextLine) and item.text.startswith("Force")),
        key=lambda item: (item.left, item.middle),
    )
    assert [item.text for item in order] == list(forces.values())


@pytest.mark.parametrize("width", [200, 236, 330, 503])
def test_names_below_are_broken_between_words_and_stay_clear_of_the_signs(width: float) -> None:
    forces = {f"f{number}": name for number, name in enumerate(LONG)}
    given = setting([{key: ["−−"] for key in forces}] * 8, forces, width=width)
    found = below(given, given.outline.rails)
    if found is None:
        assert width < 236
        return
    scene = found.scene()
    words = [item for item in scene.items if isinstance(item, TextLine)]
    assert scene.width <= width
    for one, other in itertools.combinations(words, 2):
        assert not overlap(extent(one), extent(other))
    shown = " ".join(item.text for item in words)
    assert all(word in shown for name in LONG for word in name.split())


def test_there_is_no_matrix_where_a_word_has_no_room() -> None:
    forces = {"cost": "Wirtschaftlichkeitsberechnungsverordnung" * 3}
    given = setting([{"cost": ["+"]}], forces, width=236)
    assert beside(given, given.outline.rails, share=0) is None
    assert below(given, given.outline.rails) is None


def test_there_is_no_matrix_where_the_rails_have_no_room() -> None:
    forces = {f"f{number}": "Cost" for number in range(30)}
    given = setting([{key: ["++"] for key in forces}], forces, width=236)
    assert beside(given, given.outline.rails, share=0) is None


def test_hostile_names_and_signs_are_shown_as_texts() -> None:
    forces = {f"force {number}": name for number, name in enumerate(HOSTILE_TEXTS)}
    given = setting([{key: [name[:3] or "?"] for key, name in forces.items()}], forces, width=4000)
    for scene in (drawn_beside(given), drawn_below(given)):
        assert all("\n" not in each and "\x07" not in each for each in texts(scene))
        identifiers = [item.identifier for item in scene.items]
        assert len(set(identifiers)) == len(identifiers)
        assert not any(" " in each for each in identifiers)


def test_identifiers_stay_when_texts_change() -> None:
    renamed = {key: f"Other {name}" for key, name in FORCES.items()}
    for draw in (drawn_beside, drawn_below):
        before = {item.identifier for item in draw(setting(width=503)).items}
        after = {item.identifier for item in draw(setting(forces=renamed, width=503)).items}
        assert before == after


def test_a_matrix_on_paper_has_bands_and_no_tints() -> None:
    scene = drawn_beside(setting(style=PAPER))
    kinds = [item.identifier for item in scene.items if isinstance(item, Box)]
    assert not any(each.endswith(".tint") for each in kinds)
    assert sum(each.endswith(".band") for each in kinds) == 2


def test_a_matrix_on_screen_has_a_tint_behind_each_sign() -> None:
    scene = drawn_beside(setting(style=SCREEN))
    tints = {item.identifier: item for item in scene.items if isinstance(item, Box)}
    for item in scene.items:
        if isinstance(item, TextLine) and item.text in SIGNS:
            tint = tints[f"{item.identifier}.tint"]
            assert middle(tint) == pytest.approx(middle(item))
            assert tint.style.fill == SCREEN.signs[item.text]


@pytest.mark.parametrize("letter", [0.3, 0.6, 0.85, 1.1])
def test_a_tint_is_wider_than_its_sign_in_every_font(letter: float) -> None:
    setter = Typesetter(lambda words: {word: letter * len(word.text) for word in words})
    scene = drawn_beside(evolve(setting(width=900, style=SCREEN), setter=setter))
    tints = {item.identifier: item for item in scene.items if isinstance(item, Box)}
    for item in scene.items:
        if isinstance(item, TextLine) and item.text in SIGNS:
            assert tints[f"{item.identifier}.tint"].width >= letter * len(item.text) * item.size
            assert tints[f"{item.identifier}.tint"].width < item.width


@pytest.mark.parametrize("style", [SCREEN, evolve(SCREEN, text="#FFFFFF", background="#222222")])
def test_every_sign_can_be_read_on_its_tint(style: Style) -> None:
    colors = matrix_style(style)
    for sign, tint in colors.tints.items():
        assert contrast(colors.signs[sign], tint.fill) >= 4.5


@pytest.mark.parametrize("style", [SCREEN, PAPER, evolve(PAPER, text="#FFFFFF", background="#000000")])
def test_text_can_be_read_on_a_band(style: Style) -> None:
    assert contrast(style.text, matrix_style(style).band.fill) >= 7


# Machado, Oliveira and Fernandes 2009, severity 1.0; they apply to linear light.
COLOUR_BLIND = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


@pytest.mark.parametrize("kind", COLOUR_BLIND)
def test_colour_blind_readers_tell_good_from_bad_and_strong_from_weak(kind: str) -> None:
    def seen(color: str) -> list[float]:
        linear = [(int(color[at : at + 2], 16) / 255) ** 2.2 for at in (1, 3, 5)]
        rows = COLOUR_BLIND[kind]
        mixed = (sum(part * value for part, value in zip(row, linear, strict=True)) for row in rows)
        return [255 * min(max(value, 0.0), 1.0) ** (1 / 2.2) for value in mixed]

    tints = {sign: seen(SCREEN.signs[sign]) for sign in ("++", "+", "o", "−", "−−")}
    for one, other in itertools.combinations(tints, 2):
        distance = sum((a - b) ** 2 for a, b in zip(tints[one], tints[other], strict=True)) ** 0.5
        assert distance > 25, (one, other, distance)
