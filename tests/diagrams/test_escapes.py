"""Promises about the two escapes, each a table and properties."""

import html as html_entities
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeable.diagrams import dot_escape, plantuml_escape
from codeable.diagrams.wrapping import drawable

from .hostile import HOSTILE_TEXTS

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("", ""),
        ("Use pods", "Use pods"),
        ("Zoë 日本", "Zoë 日本"),
        ("e\u0301", "e\u0301"),
        ("Ⅷ ½", "Ⅷ ½"),
        ("CI/CD, R&D (all): 100 % of it!", "CI/CD, R&D (all): 100 % of it!"),
        ("https://example.org/a?b=c#d_e", "https://example.org/a?b=c#d_e"),
        ("a_b - it's [x] | 'y'; 50 %", "a_b - it's [x] | 'y'; 50 %"),
        ("dots … and — dashes → − · ×", "dots … and — dashes → − · ×"),
        ("😀 €", "😀 €"),
        ("- not a list", "<U+002D> not a list"),
        ("+ not public", "<U+002B> not public"),
        ("a\n* b\n# c", r"a\n<U+002A> b\n<U+0023> c"),
        ("__init__ and // this", "_<U+005F>init_<U+005F> and // this"),
        ("a--b--c--d", "a-<U+002D>b-<U+002D>c-<U+002D>d"),
        ("%date() of $x", "<U+0025>date() of $x"),
        ("&#36; &amp;", "<U+0026>#36; &amp;"),
        ("@enduml @home", "<U+0040>enduml @home"),
        ("[[x]]", "[<U+005B>x]<U+005D>"),
        ("/' x '/", "<U+002F>' x '<U+002F>"),
        ("{field} x", "<U+007B>field<U+007D> x"),
        ("<b>", "<U+003C>b<U+003E>"),
        ('"pods"', "<U+0022>pods<U+0022>"),
        ("“pods” – «x»", "<U+201C>pods<U+201D> <U+2013> <U+00AB>x<U+00BB>"),
        ("\u00a0x\u200d", "<U+00A0>x<U+200D>"),
        ("a\nb", r"a\nb"),
        ("a\r\nb\u2029c", r"a\nb\nc"),
        (r"a\nb", r"a<U+005C>nb"),
        (r"C:\temp\t", r"C:<U+005C><U+200C>temp<U+005C><U+200C>t"),
        ("a\tb", "a b"),
        ("\x00\x7f\ud800\ufffe\ue005", "<U+FFFD>" * 5),
        ("\U0010fffd", "<U+FFFD>"),
    ],
)
def test_plantuml_escapes(text: str, escaped: str) -> None:
    assert plantuml_escape.escape(text) == escaped


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("", '" "'),
        ("Use pods", '"Use pods"'),
        ("R&D?", '"R&D?"'),
        ("List<String>", '"List<U+003C>String<U+003E> "'),
    ],
)
def test_a_quoted_name_has_a_blank_only_where_plantuml_needs_it(name: str, written: str) -> None:
    assert plantuml_escape.quoted(plantuml_escape.escape(name)) == written


@given(ANY_TEXT)
def test_an_escaped_text_has_no_character_that_ends_it_or_cannot_be_seen(text: str) -> None:
    rest = re.sub(r"<U\+[0-9A-F]{4,5}>|\\n", "", plantuml_escape.escape(text))
    assert not set(rest) & set('<>{}"\\~«»“”–')
    assert rest.isprintable()


@given(ANY_TEXT)
def test_plantuml_shows_the_text_that_was_escaped(text: str) -> None:
    decoded = re.sub(
        r"<U\+([0-9A-F]+)>", lambda m: chr(int(m[1], 16)), plantuml_escape.escape(text).replace("\\n", "\n")
    )
    expected = "".join("\ufffd" if unicodedata.category(c) == "Co" else c for c in drawable(text))
    assert decoded.replace("\\\u200ct", "\\t") == expected.replace("\\\u200ct", "\\t")


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("", '""'),
        ("Use pods", '"Use pods"'),
        ("R&D &lt;", '"R&amp;D &amp;lt;"'),
        ('a "b"', r'"a \"b\""'),
        ("C:\\new", r'"C:\\new"'),
        ("a\nb", r'"a\nb"'),
        ("a\r\nb", r'"a\nb"'),
        ("a\tb", '"a b"'),
        ("<b>–", '"<b>–"'),
        ("\x00\ud800\ufffe", '"\ufffd\ufffd\ufffd"'),
        ("\ue005", '"\ue005"'),
    ],
)
def test_dot_quotes(text: str, quoted: str) -> None:
    assert dot_escape.quoted(text) == quoted


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("Use pods", "Use pods"),
        ("<b>R&D</b>", "&lt;b&gt;R&amp;D&lt;/b&gt;"),
        ('"', "&quot;"),
        ("\\N", r"\\N"),
        ("a\nb", "a<BR/>b"),
        ("a\x1bb", "a\ufffdb"),
    ],
)
def test_dot_escapes_in_html_like_labels(text: str, escaped: str) -> None:
    assert dot_escape.html(text) == escaped


@given(ANY_TEXT)
def test_no_text_ends_a_dot_string(text: str) -> None:
    assert re.fullmatch(r'"(?:[^"\\]|\\.)*"(?: \+ "(?:[^"\\]|\\.)*")*', dot_escape.quoted(text), re.DOTALL)


@given(ANY_TEXT)
def test_no_text_is_markup_in_an_html_like_label(text: str) -> None:
    escaped = dot_escape.html(text).replace("<BR/>", "\n")
    assert "<" not in escaped and ">" not in escaped
    assert html_entities.unescape(escaped.replace("\\\\", "\\")).count("\\") == drawable(text).count("\\")


@pytest.mark.parametrize("character", ["x", '"', "\\", "&", "é", "日", "\n"])
def test_a_long_text_becomes_several_dot_strings_none_over_the_limit(character: str) -> None:
    pieces = dot_escape.quoted(character * 20_000).split(" + ")
    assert len(pieces) > 1
    assert max(len(piece.encode()) for piece in pieces) <= 16_384
    assert all(re.fullmatch(r'"(?:[^"\\]|\\.)*"', piece) for piece in pieces)


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_no_hostile_text_is_a_directive_a_comment_or_a_link(text: str) -> None:
    lines = plantuml_escape.escape(text).split("\\n")
    assert not any(re.search(r"%\w+\(|<img|\[\[|/'|'/|^[-+*#=|.]", line) for line in lines)
