"""Where the parts of a column of rails are: no text can belong to two lines, and nothing overlaps."""

import functools
import itertools
import random
from collections.abc import Iterable, Sequence

import pytest
from attrs import evolve

from codeable.diagrams.diagram import Edge, ForceLine, Node
from codeable.diagrams.kinds import NODE_KINDS, OPTION, RELATION, NodeKind
from codeable.diagrams.rails.boxes import BoxSetter
from codeable.diagrams.rails.column import Column, ColumnBuilder
from codeable.diagrams.rails.outline import Outline, Rail, RelatedSolution
from codeable.diagrams.rails.scene import Box, Item, Polyline, TextLine
from codeable.diagrams.rails.setting import Setting, Sizes
from codeable.diagrams.rails.typesetter import Typesetter, Word
from codeable.diagrams.styles import PAPER, SCREEN, Style
from tests.diagrams.hostile import HOSTILE_TEXTS

DECISION = NodeKind("decision", "decision")
WORDS = ["expose", "events", "as", "state", "transitions", "for", "clients", "of", "data", "products"]
SIZES = Sizes(9, 8)
SHARES = (0.42, 0.34, 0.5, 0.0)


def measured(words: Sequence[Word]) -> dict[Word, float]:
    return {word: len(word.text) * (0.55 if word.bold else 0.5) for word in words}


def outline(options: int, seed: int = 1, texts: Sequence[str] = ()) -> Outline:
    """A decision with options of many kinds and sizes."""
    chance = random.Random(seed)

    def some(most: int) -> str:
        return " ".join(chance.choices(WORDS, k=chance.randint(1, most)))

    kinds = [kind for kind in NODE_KINDS if kind.key in ("practice", "pattern", "do_nothing", "decision")]
    nodes = [
        Node(
            f"n_{number}",
            chance.choice(kinds),
            some(9),
            tuple(
                ForceLine(chance.choice("+−o"), some(4), str(each)) for each in range(chance.randint(0, 9))
            ),
            chance.choice(["", "3 sources"]),
            tuple(some(6) for _ in range(chance.randint(0, 2))),
        )
        for number in range(1, options + 1)
    ]
    rails = []
    for number, node in enumerate(nodes, 1):
        relations = []
        for position in range(chance.choice([0, 0, 1, 3])):
            to = chance.choice(nodes)
            edge = Edge(node.identifier, to.identifier, RELATION)
            numbers = (nodes.index(to) + 1,) if position else ()
            relations.append(RelatedSolution(f"«{some(3)}» {some(3)}", to, numbers, edge))
        text = texts[number - 1] if texts else chance.choice(["", some(3), some(14)])
        edge = Edge("n_which", node.identifier, OPTION, text, number=number)
        description = chance.choice(["", "", some(20)])
        rails.append(Rail(number, text, node, {}, tuple(relations), (), edge, description))
    return Outline(Node("n_which", DECISION, "Which way is taken?"), ("category: Ways",), tuple(rails), {})


def column(
    given: Outline,
    *,
    width: float = 500,
    share: float = 0.42,
    style: Style = PAPER,
    boxes: bool = False,
    sizes: Sizes = SIZES,
) -> Column:
    setting = Setting(given, Typesetter(measured), sizes, style, width, relation_boxes=boxes)
    builder = ColumnBuilder(setting, share=share, force_lines=True)
    return builder.column(given.rails)


@functools.cache
def all_columns() -> tuple[Column, ...]:
    """Columns of few and many options in every arrangement, placed once for all tests."""
    return tuple(_all_columns())


def _all_columns() -> Iterable[Column]:
    for options, share, width, boxes in itertools.product((3, 14), SHARES, (238.0, 504.0), (False, True)):
        for sizes in (SIZES, Sizes(7, 7, is_dense=True)):
            yield column(outline(options, options), share=share, width=width, boxes=boxes, sizes=sizes)


def of(found: Column, kind: type, part: str) -> dict[str, list]:
    """The items whose identifier has this part at its end, by what is before it."""
    grouped: dict[str, list] = {}
    for item in found.scene().items:
        head, _, tail = item.identifier.rpartition(".")
        if isinstance(item, kind) and tail.rstrip("0123456789") == part:
            grouped.setdefault(head, []).append(item)
    return grouped


def bottom_and_top(texts: Sequence[TextLine]) -> tuple[float, float]:
    return texts[-1].middle + texts[-1].size / 2, texts[0].middle - texts[0].size / 2


def test_every_text_is_directly_above_its_own_line_and_clear_of_every_other() -> None:
    for found in all_columns():
        lines = {head: line for head, (line,) in of(found, Polyline, "rail").items()}
        for head, texts in of(found, TextLine, "text").items():
            own = lines.pop(head)
            bottom, top = bottom_and_top(texts)
            left, right = texts[0].left, texts[0].left + texts[0].width
            to_own = own.points[0][1] - bottom
            assert to_own > 0
            for other in lines.values():
                (start, height), (end, _) = other.points
                if start < right and end > left:
                    away = height - bottom if height > bottom else top - height
                    assert away > 6 and away > to_own
            lines[head] = own


def test_a_text_below_the_small_box_of_a_relation_is_nearer_to_its_own_rail() -> None:
    practice, pattern = NODE_KINDS[1], next(kind for kind in NODE_KINDS if kind.key == "pattern")
    first, second = Node("a", practice, "Here"), Node("b", pattern, "There")
    relation = RelatedSolution("«Uses»", first, (1,), Edge("a", "a", RELATION))
    rails = [
        Rail(number, "Go", node, {}, relations, (), Edge("how", node.identifier, OPTION, "Go", number=number))
        for number, node, relations in ((1, first, (relation,)), (2, second, ()))
    ]
    given = Outline(Node("how", DECISION, "How?"), (), tuple(rails), {})
    for sizes in (SIZES, Sizes(7, 7, is_dense=True)):
        found = column(given, share=0, boxes=True, sizes=sizes)
        lines, texts = of(found, Polyline, "rail"), of(found, TextLine, "text")
        bottom, top = bottom_and_top(texts["how.2"])
        own, other = (lines[name][0].points[0][1] for name in ("how.2", "how.1.relation1"))
        assert own - bottom + 1 < top - other


def test_a_number_is_beside_its_text_or_above_its_line_and_clear_of_the_trunk() -> None:
    for found in all_columns():
        rails, texts = of(found, Polyline, "rail"), of(found, TextLine, "text")
        for head, (number,) in of(found, TextLine, "number").items():
            trunk = rails[head][0].points[0][0]
            width = len(number.text) * 0.55 * number.size
            assert number.left + number.width - width > trunk + 2
            bottom = number.middle + number.size / 2
            assert bottom < rails[head][0].points[0][1]
            if head in texts:
                larger = number.size - texts[head][-1].size  # than a description
                assert number.middle == pytest.approx(texts[head][-1].middle, abs=0.1 + 0.6 * larger)
                assert number.left + number.width < texts[head][0].left


def test_nothing_overlaps_and_every_text_of_a_box_is_in_it() -> None:
    for found in all_columns():
        items = found.scene().items
        boxes = {item.identifier: item for item in items if isinstance(item, Box)}
        for one, other in itertools.combinations(boxes.values(), 2):
            beside = one.left + one.width <= other.left or other.left + other.width <= one.left
            assert beside or one.top + one.height <= other.top or other.top + other.height <= one.top
        for text in (item for item in items if isinstance(item, TextLine)):
            box = boxes.get(text.identifier.rpartition(".")[0])
            height = text.size / 2
            if box:
                assert box.top < text.middle - height and text.middle + height < box.top + box.height
                assert box.left < text.left and text.left + text.width < box.left + box.width
            else:
                for each in boxes.values():
                    across = text.left < each.left + each.width and each.left < text.left + text.width
                    above, below = text.middle - height, text.middle + height
                    assert not across or below <= each.top or each.top + each.height <= above


def test_a_line_ends_at_the_border_of_its_box_and_starts_at_the_trunk() -> None:
    for found in all_columns():
        items = {item.identifier: item for item in found.scene().items}
        trunk = items["n_which.trunk1"]
        for head, (line,) in of(found, Polyline, "rail").items():
            box = items[f"{head}.box"]
            (start, height), (tip, _) = line.points
            assert tip == box.left - box.style.line_width / 2
            assert box.top < height < box.top + box.height
            if "relation" not in head:
                assert start == trunk.points[0][0]
        assert trunk.points[0][1] == found.bar
        assert trunk.points[1][1] == found.rows[-1].line


def test_options_are_in_order_and_their_rows_do_not_overlap() -> None:
    for found in all_columns():
        assert [row.rail.number for row in found.rows] == [*range(1, len(found.rows) + 1)]
        for row, following in itertools.pairwise(found.rows):
            assert row.top < row.line < row.bottom < following.top
        assert found.height == found.rows[-1].bottom


@pytest.mark.parametrize("share", SHARES)
def test_a_word_that_is_too_wide_is_reported_with_what_it_needs_more(share: float) -> None:
    long = outline(3, texts=["a", "b" * 60, "c"])
    found = column(long, share=share, width=200)
    assert not found.fits
    assert column(long, share=share, width=200 + found.excess / (share or 1) + 1).fits
    assert column(outline(3), share=share, width=800).fits


@pytest.mark.parametrize("style", [SCREEN, PAPER], ids=lambda style: style.name)
def test_a_column_with_any_texts_is_placed_and_never_cuts_a_word(style: Style) -> None:
    texts = [text for text in HOSTILE_TEXTS if text.strip()]
    given = outline(len(texts), texts=texts)
    for share in SHARES:
        found = column(given, share=share, width=300, style=style)
        drawn = of(found, TextLine, "text")
        assert "a" * 700 in [text.text for texts in drawn.values() for text in texts]


def test_an_option_without_text_has_a_line_with_its_number() -> None:
    found = column(outline(1, texts=[""]))
    assert [item.text for item in found.scene().items if isinstance(item, TextLine)].count("1") == 1
    assert not of(found, TextLine, "text")


@pytest.mark.parametrize("share", SHARES)
def test_a_number_has_one_place_above_its_line_with_and_without_a_text(share: float) -> None:
    found = column(outline(3, texts=["", "as events", ""]), share=share)
    rails, above = of(found, Polyline, "rail"), []
    for head, (number,) in of(found, TextLine, "number").items():
        line = rails[head][0].points[0][1]
        box = next(item for item in found.scene().items if item.identifier == f"{head}.box")
        assert isinstance(box, Box)
        above.append((box.top if share == 0 else line) - number.middle)
        assert number.middle - number.size / 2 > found.bar
    assert above == [pytest.approx(above[1])] * 3


@pytest.mark.parametrize("share", [0, 0.42])
@pytest.mark.parametrize(("sizes", "gap"), [(Sizes(9, 8), 0), (Sizes(7, 7), 2)])
def test_a_description_is_below_its_text_and_smaller_or_set_off(
    share: float, sizes: Sizes, gap: float
) -> None:
    given = outline(1, texts=["Go"])
    rail = evolve(given.rails[0], description="Quickly")
    (text, description), *_ = of(
        column(evolve(given, rails=(rail,)), share=share, sizes=sizes), TextLine, "text"
    ).values()
    assert description.size == 7
    line = (sizes.small_line + sizes.fine_line) / 2
    assert description.middle - text.middle >= line + gap


def test_a_decision_without_options_is_a_bar() -> None:
    found = column(outline(0))
    assert found.rows == ()
    assert found.height == found.bar > 0
    assert not [item for item in found.scene().items if isinstance(item, Polyline)]


def test_relations_are_boxes_when_asked_else_lines() -> None:
    given = outline(12)
    relations = sum(len(rail.relations) for rail in given.rails)
    for share in SHARES:
        with_boxes = column(given, share=share, boxes=True)
        ends = [each for each in of(with_boxes, Polyline, "rail") if "relation" in each]
        assert len(ends) == relations > 0
        assert not any("→" in item.text for item in with_boxes.scene().items if isinstance(item, TextLine))
        lines = [item for item in column(given, share=share).scene().items if isinstance(item, TextLine)]
        assert any("→" in item.text for item in lines)


def test_a_relation_of_several_lines_is_indented_from_the_second_on() -> None:
    relation = "«Can Use» → a solution with quite a long name that is no option (practice, 12 sources)"
    setter, node = Typesetter(measured), Node("a", NODE_KINDS[1], "Name")
    boxes, style = BoxSetter(setter, SIZES, PAPER), PAPER.node("practice")
    box = boxes.filled(node, style, 150, lines=(relation, "«Uses» → 2"))
    first, *others, last = [entry for entry in box.entries if not entry.bold][1:]
    assert first.indent == last.indent == 0
    assert others and {entry.indent for entry in others} == {others[0].indent}
    assert others[0].indent > 0
    assert all(entry.indent + setter.width(entry.text, SIZES.small) <= 150 for entry in box.entries)


def test_a_name_has_more_room_below_it_than_the_other_lines_of_its_box() -> None:
    items: list[Item] = []
    setter = BoxSetter(Typesetter(measured), SIZES, PAPER)
    node = Node("a", NODE_KINDS[1], "Name")
    setter.draw(items, "a", setter.filled(node, PAPER.node("practice"), 200, lines=("x", "y")), 0, 0)
    name, first, second = [item.middle for item in items if isinstance(item, TextLine)][1:]
    between = (SIZES.name_line + SIZES.small_line) / 2
    assert first - name > between + 1
    assert second - first == pytest.approx(SIZES.small_line)
    (box,) = (item for item in items if isinstance(item, Box))
    assert box.height - second == pytest.approx(SIZES.small_line / 2 + SIZES.padding(box.style)[1])


def test_a_rail_is_longer_than_its_arrowhead() -> None:
    for found in all_columns():
        for (line,) in of(found, Polyline, "rail").values():
            (start, _), (end, _) = line.points
            assert end - start > 12


def test_an_impact_in_many_words_is_in_the_line_of_its_forces() -> None:
    impacts = (ForceLine("+", "Cost", "c"), ForceLine("helpful in the long run", "Speed", "s"))
    given = outline(1)
    node = given.rails[0].node._replace(impacts=impacts, notes=())
    rail = Rail(1, "", node, {}, (), (), given.rails[0].edge)
    found = column(Outline(given.decision, (), (rail,), {}))
    shown = [item.text for item in found.scene().items if isinstance(item, TextLine)]
    assert "helpful in the long run: Speed" in shown
    assert {"+", "Cost"} <= {*shown}
