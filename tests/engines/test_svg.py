"""A finished SVG is safe on a page, beside others, and for a screen reader."""

import re
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeable.engines import Drawing
from codeable.engines.svg import UnsoundSvgError, finish_svg, missing_labels, svg_size, svg_texts

SVG = "{http://www.w3.org/2000/svg}"
HEAD = '<svg width="72pt" height="36pt" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'


def finished(body: str, title: str = "Title", description: str = "What it shows", text: str = "") -> str:
    drawing = Drawing("view", text, "dot", title, description)
    return finish_svg(f"{HEAD}{body}</svg>".encode(), drawing).decode()


class TestScreenReaders:
    """Title and description."""

    @pytest.mark.parametrize(
        "text", ["Plain", "a < b & 'c' > \"d\"", "<script>x</script>", "数据 λ", "a\x00b", "--> x"]
    )
    def test_title_and_description_come_first_and_hold_their_text(self, text: str) -> None:
        root = ElementTree.fromstring(finished("<g/>", text, text))
        assert [child.tag for child in root][:2] == [f"{SVG}title", f"{SVG}desc"]
        assert {child.text for child in list(root)[:2]} == {text.replace("\x00", "\ufffd")}

    def test_the_picture_is_labelled_by_them(self) -> None:
        root = ElementTree.fromstring(finished("<g/>"))
        assert root.get("role") == "img"
        assert (root.get("aria-labelledby") or "").split() == [child.get("id") for child in list(root)[:2]]

    def test_a_title_has_no_character_that_turns_the_text_around(self) -> None:
        root = ElementTree.fromstring(finished("<g/>", title="a\u202eb\x1b[31m", description="\u202dc"))
        assert [child.text for child in root][:2] == ["a\ufffdb\ufffd[31m", "\ufffdc"]

    def test_without_a_title_the_name_is_the_title(self) -> None:
        root = ElementTree.fromstring(finished("<g/>", title="", description=""))
        assert [child.text for child in root if child.tag == f"{SVG}title"] == ["view"]
        assert not [child for child in root if child.tag == f"{SVG}desc"]

    def test_the_machine_names_of_nodes_are_not_read_out(self) -> None:
        assert "n_12" not in finished("<g><title>n_12</title><text>Bus</text></g><!-- n_12 -->")


class TestIds:
    """Ids that stay when a figure changes, and two figures on one page."""

    BODY = (
        '<linearGradient id="g0"/>'
        '<g id="node1" class="node"><rect fill="url(#g0)"/><use xlink:href="#node1"/></g>'
    )

    @staticmethod
    def ids(drawing: Drawing, body: str = BODY) -> list[str]:
        return re.findall(r' id="([^"]+)"', finish_svg(f"{HEAD}{body}</svg>".encode(), drawing).decode())

    def test_ids_come_from_the_name_and_stay_when_the_content_changes(self) -> None:
        before, after = (Drawing("view", text, "dot", text, text) for text in ("old", "new"))
        assert self.ids(before) == self.ids(after)
        assert self.ids(before)[0] == "figure.view"

    @pytest.mark.parametrize("name", ["other", "view-2", "view-title", "view 2", "λ", 'a"b', ""])
    def test_figures_of_different_names_share_no_id(self, name: str) -> None:
        one, other = set(self.ids(Drawing("view", "", "dot"))), set(self.ids(Drawing(name, "", "dot")))
        assert len(one) == len(other) == 4
        assert not one & other
        assert not any(re.search(r"\s", each) for each in other)

    @pytest.mark.parametrize(("one", "other"), [("a b", "a-b"), ("a.title", "a"), ("a.b", "a_b")])
    def test_names_that_differ_in_marks_alone_share_no_id(self, one: str, other: str) -> None:
        assert not set(self.ids(Drawing(one, "", "dot"))) & set(self.ids(Drawing(other, "", "dot")))

    def test_figures_of_one_name_share_no_id_where_ids_are_unique(self) -> None:
        one, other = (set(self.ids(Drawing("view", text, "dot", unique_ids=True))) for text in "ab")
        assert len(one) == len(other) == 4
        assert not one & other

    @pytest.mark.parametrize("text", ["plain", "with a &quot; in &lt;it", 'with a " in it'])
    def test_the_name_that_a_graph_has_in_its_text_is_not_said_twice(self, text: str) -> None:
        body = (
            '<g id="figure.d" class="graph" transform="scale(1)">'
            f'<g id="figure.d.n_1" class="node"><text>{text}</text></g>'
            '<g id="a_figure.d.n_1"/></g>'
        )
        assert self.ids(Drawing("file", "", "dot"), body)[2:] == [
            "figure.file.graph",
            "figure.file.n_1",
            "figure.file.a_figure.d.n_1",
        ]

    def test_references_follow_their_ids(self) -> None:
        for more in (
            "",
            '<g id="figure.d" class="graph"><g id="figure.d.x"/><use xlink:href="#figure.d.x"/></g>',
        ):
            svg = finished(self.BODY + more)
            ids = set(re.findall(r' id="([^"]+)"', svg))
            references = set(re.findall(r'(?:url\(|href=")#([^")]+)', svg))
            assert references
            assert references <= ids

    def test_what_looks_like_an_id_in_a_text_stays(self) -> None:
        assert '<text>put id="x" and href="#x" here</text>' in finished(
            '<text>put id="x" and href="#x" here</text>'
        )


class TestLinks:
    """Only addresses of pages and of people."""

    @pytest.mark.parametrize("address", ["http://x.org/?a=1&amp;b=2", "https://x.org/#y", "mailto:a@b.org"])
    def test_a_link_to_a_page_or_a_person_stays_and_opens_apart(self, address: str) -> None:
        svg = finished(f'<a xlink:href="{address}" target="_top"><text>x</text></a>')
        assert f'<a xlink:href="{address}" target="_blank" rel="noopener"><text>x</text></a>' in svg

    @pytest.mark.parametrize(
        "address",
        [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            " javascript:alert(1)",
            "java&#9;script:alert(1)",
            "&#106;avascript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "//x.org",
            "/local",
            "",
        ],
    )
    def test_every_other_link_goes_and_its_text_stays(self, address: str) -> None:
        svg = finished(f'<a xlink:href="{address}" onclick="x()"><text>shown</text></a><text>after</text>')
        assert "<a" not in svg
        assert "</a>" not in svg
        assert "<text>shown</text><text>after</text>" in svg

    @pytest.mark.parametrize(
        "body",
        [
            "<script>x()</script>",
            '<SCRIPT xlink:href="x"/>',
            '<g onload="x()"/>',
            "<g\nonclick='x()'/>",
            "<foreignObject><p>x</p></foreignObject>",
            '<image xlink:href="https://x.org/track.png"/>',
            '<image href="file:///etc/passwd"/>',
            '<a xlink:href="https://x.org"><set attributeName="xlink:href" to="javascript:x()"/></a>',
        ],
    )
    def test_what_acts_or_loads_is_an_error(self, body: str) -> None:
        with pytest.raises(UnsoundSvgError):
            finished(body)

    def test_a_text_that_speaks_of_such_things_is_drawn(self) -> None:
        text = "set onload = javascript: href &lt;script&gt;"
        assert f"<text>{text}</text>" in finished(f"<text>{text}</text>")


class TestSoundness:
    """What is no SVG never becomes a picture."""

    @pytest.mark.parametrize(
        "data", [b"", b"<html/>", b"<svg>", b"<svg></svg><svg></svg>", b"\xff\xfe", b"nothing"]
    )
    def test_what_is_not_one_whole_svg_is_an_error(self, data: bytes) -> None:
        with pytest.raises(UnsoundSvgError):
            finish_svg(data, Drawing("view", "", "dot"))

    def test_an_external_document_type_goes(self) -> None:
        data = b'<?xml version="1.0"?><!DOCTYPE svg SYSTEM "http://x.org/a.dtd"><svg><g/></svg>'
        assert b"x.org" not in finish_svg(data, Drawing("view", "", "dot"))

    @given(title=st.text(), description=st.text(), name=st.text(min_size=1))
    def test_it_is_well_formed_whatever_the_title_says(self, title: str, description: str, name: str) -> None:
        data = finish_svg(f"{HEAD}<g id='a'/></svg>".encode(), Drawing(name, "", "dot", title, description))
        ElementTree.fromstring(data.decode())


class TestLabels:
    """Labels that got lost are noticed."""

    def test_a_label_may_be_broken_into_lines_anywhere(self) -> None:
        assert (
            missing_labels(b"<svg><text>Event</text>\n<text>Bus &amp; Co</text></svg>", ["Event Bus & Co"])
            == []
        )

    def test_a_label_that_two_nodes_share_must_be_there_twice(self) -> None:
        assert missing_labels(b"<svg><text>Bus</text></svg>", ["Bus", "Bus"]) == ["Bus"]

    def test_the_names_of_groups_do_not_count_as_text(self) -> None:
        assert missing_labels(b"<svg><g><title>Bus</title></g></svg>", ["Bus"]) == ["Bus"]

    def test_blanks_and_what_cannot_be_shown_are_not_compared(self) -> None:
        svg = "<svg><text>a\u00a0b\ufffd</text></svg>".encode()
        assert missing_labels(svg, ["a b\x07", " ", ""]) == []

    def test_neither_a_comment_nor_an_attribute_counts_as_text(self) -> None:
        svg = b'<svg><!-- <text>Bus</text> --><text x="<text>Bus</text>">Car</text></svg>'
        assert missing_labels(svg, ["Bus", "Car"]) == ["Bus"]

    @given(st.text())
    def test_a_text_is_found_in_a_picture_of_it(self, text: str) -> None:
        svg = f"<svg><text>{escape(text)}</text></svg>".encode("utf-8", "replace")
        assert missing_labels(svg, [text.encode("utf-8", "replace").decode()]) == []

    def test_texts_are_given_without_entities(self) -> None:
        assert svg_texts(b"<svg><desc>no</desc><text>&lt;&#45;&gt;</text></svg>") == "<->"


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="72pt" height="36pt"', (96.0, 48.0)),
        ('width="100" height="50px"', (100.0, 50.0)),
        ("width='25.4mm' height='2.54cm'", (96.0, 96.0)),
        ('width="100%" height="5"', None),
        ("", None),
    ],
)
def test_the_size_is_known_in_pixels(attributes: str, size: tuple[float, float] | None) -> None:
    found = svg_size(f"<?xml version='1.0'?><svg {attributes} viewBox='0 0 1 1'></svg>".encode())
    assert found == (None if size is None else pytest.approx(size))
