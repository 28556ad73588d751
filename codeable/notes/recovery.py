"""Syntax trees of the statements of a block of a trace, also when the block is not Python.

The reader of statements calls `parse_block`. Around a broken statement all others are read.
"""

import ast
import keyword
import re

from attrs import frozen

from codeable.notes.statement_splitter import Fault, Piece, indentation_of, is_code, split
from codeable.source_reader import UnreadableSourceError, parse

_BLANK_IN_NAME = re.compile(r"\s*([A-Za-z_]\w*(?:[ \t]+\w+)+)\s*(?:=(?!=)|,?\s*(?:\#.*)?$)")
_DOT_FOR_COMMA = re.compile(r"\w(\.)\s*[\"']")
_TWO_NAMES = re.compile(r"[^\W\d]\w*[ \t]+[^\W\d]\w*")
_COMMA_MISSING = "forgot a comma"
_LINE_IN_MESSAGE = re.compile(r" \(detected at line \d+\)| on line \d+")
_PROPOSAL = re.compile(r"\. (?:Maybe|Perhaps|Did) you .*")
_HYPHEN_IN_NAME = re.compile(r"\s*([^\W\d]\w*(?:-\w+)+)\s*=(?!=)")
_LONGEST = 200_000
_LONGEST_NAME = 500


@frozen(eq=False)
class Whole:
    """A statement. `offset` turns the lines of its tree (from 1) into lines of the block (from 0)."""

    node: ast.stmt
    offset: int


@frozen
class Broken:
    """Lines that are no statement, and their fault."""

    first: int
    last: int
    fault: Fault


def parse_block(lines: list[str], number: int = 1) -> tuple[list[Whole | Broken], Fault | None]:
    """All statements of a block, in order.

    Args:
        lines: The block, line by line; it may be indented as a whole.
        number: The number of the first line in its file, for the messages.

    Returns:
        The statements, whole or broken. Then the fault of the block when all its statements are whole
        and the block is not, because its indentation changes.

    Example:
        >>> statements, fault = parse_block(["    a", "    b c"])
        >>> [type(statement).__name__ for statement in statements], fault
        (['Whole', 'Broken'], None)
        >>> statements[1].fault.message
        "an identifier cannot hold a blank: 'b c'"
    """
    trees, fault = trees_of(lines, 0, len(lines) - 1)
    if fault is None:
        return list(trees), None
    pieces = split(lines, number)
    broken = [Broken(piece.first, piece.last, piece.fault) for piece in pieces if piece.fault is not None]
    if broken:
        trees, left = trees_of(_without(lines, broken), 0, len(lines) - 1)
        if left is None:
            return sorted([*trees, *broken], key=_first_line), None
    found = [one for piece in pieces for one in _statements(lines, piece)]
    is_only_long = sum(map(len, lines)) + len(lines) > _LONGEST
    return found, None if is_only_long or any(isinstance(one, Broken) for one in found) else fault


def _statements(lines: list[str], piece: Piece) -> list[Whole] | list[Broken]:
    """The statements of one piece, which is parsed alone."""
    trees, fault = trees_of(lines, piece.first, piece.last) if piece.fault is None else ([], piece.fault)
    return trees if fault is None else [Broken(piece.first, piece.last, fault)]


def _without(lines: list[str], broken: list[Broken]) -> list[str]:
    """The lines, with blank lines for broken statements."""
    left = lines.copy()
    for one in broken:
        left[one.first : one.last + 1] = [""] * (one.last + 1 - one.first)
    return left


def _first_line(statement: Whole | Broken) -> int:
    return statement.first if isinstance(statement, Broken) else statement.node.lineno + statement.offset


def trees_of(lines: list[str], first: int, last: int) -> tuple[list[Whole], Fault | None]:
    """The statements of some lines, or the fault why there are none."""
    start = next((index for index in range(first, last + 1) if is_code(lines[index])), None)
    if start is None:
        return [], None
    text = "\n".join(lines[first : last + 1])
    indented = lines[start][:1].isspace()
    try:
        if len(text) > _LONGEST:
            return [], Fault(start, 0, "the statement is too long to be read")
        body = parse(f"if 1:\n{text}" if indented else text).body
    except UnreadableSourceError as error:
        return [], Fault(start, 0, f"the statement {error.msg}")
    except SyntaxError as error:
        return [], _fault(error, lines, first, last, indented)
    if not indented:
        return [Whole(node, first - 1) for node in body], None
    (outer, *behind) = body
    if behind or not isinstance(outer, ast.If) or outer.orelse:
        node = behind[0] if behind else outer
        return [], Fault(first + node.lineno - 2, node.col_offset, "the indentation changes here")
    return [Whole(node, first - 2) for node in outer.body], None


def _fault(error: SyntaxError, lines: list[str], first: int, last: int, indented: bool) -> Fault:
    """The fault of lines that CPython refuses, worded for the coder."""
    blank = _BLANK_IN_NAME.match(lines[first]) if len(lines[first]) <= _LONGEST_NAME else None
    if blank is not None and not any(map(keyword.iskeyword, blank[1].split())):
        name = " ".join(blank[1].split())
        message = f"an identifier cannot hold a blank: {name!r}"
        return Fault(first, blank.start(1), message, name.replace(" ", "_"), blank.end(1))
    hyphen = _HYPHEN_IN_NAME.match(lines[first][:_LONGEST_NAME])
    if hyphen is not None:
        message = f"an identifier cannot hold a hyphen: {hyphen[1]!r}"
        return Fault(first, hyphen.start(1), message, hyphen[1].replace("-", "_"), hyphen.end(1))
    text = "\n".join(lines[first : last + 1])
    dot = _DOT_FOR_COMMA.search(text)
    if dot is not None:
        line = first + text.count("\n", 0, dot.start(1))
        column = dot.start(1) - (text.rfind("\n", 0, dot.start(1)) + 1)
        return Fault(line, column, "there is a dot where a comma is expected")
    line = min(max(first + (error.lineno or 1) - 1 - indented, first), last)
    column = min(max((error.offset or 1) - 1, 0), len(lines[line]))
    if isinstance(error, IndentationError):
        return Fault(line, indentation_of(lines[line]), "the indentation changes here")
    message = _LINE_IN_MESSAGE.sub("", error.msg or "invalid syntax")
    if _COMMA_MISSING in message:
        names = _TWO_NAMES.search(lines[line], column)
        if names is None:
            return Fault(line, column, "a comma is missing")
        return Fault(line, names.start(), f"a comma or '_' is missing: '{names[0]}'", end=names.end())
    return Fault(line, column, f"not Python: {_PROPOSAL.sub('', message)}")
