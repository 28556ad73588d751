"""Sections 6.2 and 6.3: header lines, and the breaking of labels."""

from importlib import import_module

import pytest
from codeable_models import CClass, CMetaclass
from hypothesis import given
from hypothesis import strategies as st

from tests.compat.renderer import models
from tests.compat.renderer.conftest import renderer
from tests.compat.renderer.rendering import body, render

COMMON = [
    "skinparam monochrome true",
    "skinparam ClassBackgroundColor White",
    "hide empty members",
    "hide circle",
]
PLAIN = [*COMMON, "skinparam defaultFontName Arial", "skinparam defaultFontSize 11"]
HANDWRITTEN = [
    *COMMON,
    "skinparam defaultFontName Segoe Print",
    "skinparam defaultFontSize 14",
    "skinparam handwritten true",
    "skinparam shadowing false",
]
HELVETICA = [*COMMON, "skinparam defaultFontName Helvetica", "skinparam defaultFontSize 11"]

# format, style, header
STYLES = [
    ("current", "PLAIN", PLAIN),
    ("current", "PLAIN_HELVETICA", HELVETICA),
    ("current", "HANDWRITTEN", HANDWRITTEN),
    ("current", "ORIGINAL", []),
    ("older", "PLAIN", [*PLAIN, "skinparam classfontstyle bold"]),
    ("older", "HANDWRITTEN", HANDWRITTEN),
    ("older", "ORIGINAL", []),
]
DIRECTIONS = [
    ("current", "left_to_right", "left to right direction"),
    ("older", "top_to_bottom", "top to bottom direction"),
    ("older", "left_to_right", "left to right direction"),
]


def style_named(name):
    return getattr(import_module("plant_uml_renderer.model_renderer").ModelStyle, name)


@pytest.mark.parametrize(("text_format", "style", "header"), STYLES)
@pytest.mark.parametrize("kind", ["class", "object"])
def test_6_2_header_of_a_style(text_format, style, header, kind):
    with renderer(text_format) as package:
        assert body(package, kind, [], style=style_named(style)) == header


@pytest.mark.parametrize(("text_format", "attribute", "line"), DIRECTIONS)
@pytest.mark.parametrize("kind", ["class", "object"])
def test_6_2_direction_line_follows_the_header(text_format, attribute, line, kind):
    with renderer(text_format) as package:
        plain = body(package, kind, [], style=style_named("PLAIN"))
        assert body(package, kind, [], style=style_named("PLAIN"), **{attribute: True}) == [*plain, line]
        assert body(package, kind, [], **{attribute: True}) == [line]


# limit, text, lines
BREAKS = [
    (10, "aaaa bbbb cccc dddd", ["aaaa bbbb cccc", "dddd"]),
    (10, "aaaaaaaaa: b ccc dddd eeee", ["aaaaaaaaa: b", "ccc dddd eeee"]),
    (10, "aaaaaaaaaaa = b ccc", ["aaaaaaaaaaa =", "b ccc"]),
    (10, "aaaaaaaaaa  b", ["aaaaaaaaaa", " b"]),
    (5, "abcdefghijkl", ["abcdefghijkl"]),
    (4, "ab\\ncd ef gh", ["ab\\ncd", "ef gh"]),
    (25, "", [""]),
    (25, None, [" "]),
    (10, "aaaa bbbbb", ["aaaa bbbbb"]),
    (10, "aaaa bbbbb c", ["aaaa bbbbb", "c"]),
    (3, "aaa bbb ccc ddd", ["aaa", "bbb", "ccc", "ddd"]),
    (3, "aaa ", ["aaa", ""]),
    (0, "a b", ["a", "b"]),
]


@pytest.mark.parametrize(("limit", "text", "lines"), BREAKS)
def test_6_3_break_name(either, limit, text, lines):
    r = either.ClassModelRenderer()
    r.name_break_length = limit
    assert r.break_name(text) == "\\n".join(lines)


@pytest.mark.parametrize(("limit", "text", "lines"), BREAKS)
def test_6_3_pad_and_break_name(either, limit, text, lines):
    r = either.ObjectModelRenderer()
    r.name_break_length = limit
    assert r.pad_and_break_name(text, "--") == "\\n".join(f"--{line}--" for line in lines)
    r.name_padding = " "
    assert r.pad_and_break_name(text) == "\\n".join(f" {line} " for line in lines)
    assert r.break_name(text) == "\\n".join(lines)


@pytest.mark.parametrize(("limit", "text", "lines"), BREAKS)
def test_6_3_bold_lines_are_wrapped_one_by_one(current, limit, text, lines):
    r = current.ClassModelRenderer()
    r.name_break_length = limit
    assert r.pad_and_break_name(text, make_bold=True) == "\\n".join(f"<b>{line}</b>" for line in lines)
    assert r.pad_and_break_name(text, "..", True) == "\\n".join(f"<b>..{line}..</b>" for line in lines)


def broken(text, limit):
    """Section 6.3, literally."""
    if len(text) <= limit:
        return text
    lines, start, count = [], 0, 0
    for index, character in enumerate(text):
        if character == " " and count >= limit:
            if text[index - 1] == ":" or text[index + 1 : index + 2] == "=":
                continue
            lines.append(text[start:index])
            start, count = index + 1, 0
        count += 1
    return "\\n".join([*lines, text[start:]])


def test_6_3_breaking_agrees_with_its_definition():
    texts = st.text(alphabet="abc :=\\n", max_size=60)

    @given(texts, st.integers(1, 20))
    def agrees(text, limit):
        r.name_break_length = limit
        assert r.break_name(text) == broken(text, limit)

    with renderer("current") as package:
        r = package.ClassModelRenderer()
        agrees()


def test_6_3_after_a_break_the_counter_is_incremented_at_the_blank_itself():
    """`bbbb` and `cccc` break at distance 5 from the previous break, blank included."""
    with renderer("current") as package:
        r = package.ClassModelRenderer()
        r.name_break_length = 5
        assert r.break_name("aaaaa bbbb cccc dddd") == "aaaaa\\nbbbb\\ncccc\\ndddd"


@pytest.mark.parametrize(("text_format", "name"), [("current", "<b>..C..</b>"), ("older", "..C..")])
def test_6_3_names_are_padded_in_models(text_format, name):
    with renderer(text_format) as package:
        lines = body(package, "class", [CClass(CMetaclass("M"), "C")], name_padding="..")
        assert lines == [f'class "{name}" as __1_C']


def test_6_3_association_labels_are_not_padded(current):
    elements = models.long_names()[:2]
    assert '"is connected to the panel\\nbeside it"' in render(current, "class", elements, name_padding="..")


def test_6_3_name_break_length_of_a_study(older):
    elements = models.long_names()[:1]
    assert body(older, "class", elements, name_break_length=45) == [
        'class "Main panel of the control room" as __1_Main_panel_of_the_control_room'
    ]
