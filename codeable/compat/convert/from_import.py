"""The parts of a `from` import, for changes that keep its comments and its layout."""

import ast
import io
import re
import tokenize
from collections.abc import Collection, Mapping

from codeable.lines import Lines

_MODULE = re.compile(r"from\b((?:\s|\\\r?\n)*)([.\w\s\\]*?)(?:\s|\\\r?\n)*\bimport\b")
_Tokens = list[tuple[str, int, int]]


def changed(
    source: str, statement: ast.ImportFrom, module: str, renamed: Mapping[int, str], removed: Collection[int]
) -> str:
    r"""The text of an import with another module, with other names in it, and without some of its names.

    Args:
        source: Its text.
        statement: Its syntax tree.
        module: The module from now on; empty keeps the one that it has.
        renamed: Number of a name → what is imported in its place, with `as` where that is needed.
        removed: Numbers of names that it does not import any more; not of all.

    Example:
        >>> text = "from a import (\n    b,  # the first\n    c as d,\n    e,\n)"
        >>> print(changed(text, ast.parse(text).body[0], "x", {0: "y as b"}, {1}))
        from x import (
            y as b,  # the first
            e,
        )
    """
    tokens = _tokens(source)
    edits: list[tuple[int, int, str]] = []
    found = _MODULE.match(source)
    if module and found is not None:
        between = "" if found[1] else " "
        edits.append((found.start(2), found.end(2), between + module))
    names = _names(tokens)
    for number, text in renamed.items():
        if number not in removed:
            edits.append((*names[number], text))
    in_brackets = any(text == "(" for text, _, _ in tokens)
    if removed and not in_brackets:
        kept = [
            renamed.get(number) or ast.unparse(each)
            for number, each in enumerate(statement.names)
            if number not in removed
        ]
        edits = [each for each in edits if each[0] < names[0][0]]
        edits.append((names[0][0], names[-1][1], ", ".join(kept)))
    elif removed:
        edits += _removals(source, tokens, names, removed)
    for start, end, text in sorted(edits, reverse=True):
        source = source[:start] + text + source[end:]
    return source


def _tokens(source: str) -> _Tokens:
    starts = Lines("", source).starts
    return [
        (token.string, starts[token.start[0] - 1] + token.start[1], starts[token.end[0] - 1] + token.end[1])
        for token in tokenize.generate_tokens(io.StringIO(source, newline="").readline)
        if token.type in (tokenize.NAME, tokenize.OP)
    ]


def _names(tokens: _Tokens) -> list[tuple[int, int]]:
    """Start and end of each imported name, its `as` included."""
    first = next(number for number, token in enumerate(tokens) if token[0] == "import") + 1
    found: list[tuple[int, int]] = []
    open_ = False
    for text, start, end in tokens[first:]:
        if text in "(),":
            open_ = False
        elif open_:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
            open_ = True
    return found


def _removals(
    source: str, tokens: _Tokens, names: list[tuple[int, int]], removed: Collection[int]
) -> list[tuple[int, int, str]]:
    """The stretches to take out between brackets; lines that are empty then go with them."""
    commas = [start for text, start, _ in tokens if text == ","]
    cut = [False] * len(source)
    for number in removed:
        start, end = names[number]
        following = names[number + 1][0] if number + 1 < len(names) else len(source)
        comma = next((each for each in commas if end <= each < following), None)
        if comma is not None:
            if source[end:comma].strip(" \t"):  # a comment, or the end of a line
                cut[start:end] = [True] * (end - start)
                start = comma
            end = comma + 1
            while end < len(source) and source[end] in " \t":
                end += 1
        cut[start:end] = [True] * (end - start)
    last_kept = max(number for number in range(len(names)) if number not in removed)
    if last_kept < len(names) - 1:
        start = names[last_kept][1]
        comma = next((each for each in commas if start <= each < names[last_kept + 1][0]), None)
        if comma is not None and "\n" not in source[start : names[-1][1]]:
            cut[comma : names[-1][1]] = [True] * (names[-1][1] - comma)
    lines = Lines("", source)
    for start, line in zip(lines.starts, lines.lines, strict=True):
        end = start + len(line)
        left = "".join(source[each] for each in range(start, end) if not cut[each])
        if any(cut[start:end]) and not left.strip():
            end = next((each for each in lines.starts if each > start), len(source))
            cut[start:end] = [True] * (end - start)
    return _stretches(cut)


def _stretches(cut: list[bool]) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for place, gone in enumerate(cut):
        if gone and found and found[-1][1] == place:
            found[-1] = (found[-1][0], place + 1, "")
        elif gone:
            found.append((place, place + 1, ""))
    return found
