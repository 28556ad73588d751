"""Python source becomes a tree, or one kind of error; nothing in it is run and nothing is printed."""

import ast
import warnings
from pathlib import Path

import pytest

from codeable.lines import Lines
from codeable.source_reader import (
    NOT_LITERAL,
    NodeSpans,
    UnreadableSourceError,
    dotted_name,
    literal,
    parse,
    parse_file,
    try_parse,
)


def expression(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


@pytest.mark.parametrize("text", ["(" * 5_000, "x = " + "-" * 50_000 + "1"], ids=["brackets", "signs"])
def test_what_the_parser_gives_up_on_is_a_syntax_error(text: str) -> None:
    with pytest.raises(SyntaxError):
        parse(text)
    assert try_parse(text) is None


def test_a_zero_byte_is_a_syntax_error() -> None:
    with pytest.raises(SyntaxError):
        parse("a\0b")


def test_a_lone_surrogate_is_unreadable() -> None:
    with pytest.raises(UnreadableSourceError):
        parse("a = '\udc80'")


def test_an_odd_escape_gives_no_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert try_parse(r"a = '\d'") is not None


def test_a_module_is_decoded_as_its_cookie_says(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_bytes("# coding: latin-1\na = 'é'\n".encode("latin-1"))
    (statement,) = parse_file(path).body
    assert isinstance(statement, ast.Assign)
    assert literal(statement.value) == "é"


def test_a_codec_that_is_for_no_text_is_a_syntax_error(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(b"# coding: rot13\na = 1\n")
    with pytest.raises(SyntaxError, match="encoding problem: 'rot13' is not a text encoding"):
        parse_file(path)


def test_an_error_in_a_module_has_its_file(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("a = 1\nb c\n")
    with pytest.raises(SyntaxError) as caught:
        parse_file(path)
    assert (caught.value.filename, caught.value.lineno) == (str(path), 2)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("'a'", "a"),
        ("'a' 'b' + 'c'", "abc"),
        ("-1", -1),
        ("2.5", 2.5),
        ("True", True),
        ("None", None),
        ("b'a'", NOT_LITERAL),
        ("-True", NOT_LITERAL),
        ("1 + 1", NOT_LITERAL),
        ("f'a'", NOT_LITERAL),
        ("a", NOT_LITERAL),
        ("[]", NOT_LITERAL),
    ],
)
def test_only_literals_have_a_value(text: str, value: object) -> None:
    found = literal(expression(text))
    assert (type(found), found) == (type(value), value)


@pytest.mark.parametrize(("text", "name"), [("a", "a"), ("a.b.c", "a.b.c"), ("a().b", None), ("1", None)])
def test_a_dotted_name_is_read(text: str, name: str | None) -> None:
    assert dotted_name(expression(text)) == name


def test_a_span_counts_characters_of_the_whole_text() -> None:
    lines = Lines("n.md", "é\r\né = f('ö', x)")
    (statement,) = parse("é = f('ö', x)").body
    assert isinstance(statement, ast.Assign)
    spans = NodeSpans(lines, 0)
    span = spans.span(statement.value)
    assert (span.line, span.column, span.end_column, span.start) == (2, 5, 14, 7)
    assert spans.source(span) == "f('ö', x)"
