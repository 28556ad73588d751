"""The text of a `from` import after changes that keep its comments and its layout."""

import ast
import re
from collections.abc import Collection, Mapping

from codeable.compat.convert.module_edits import ModuleEdits

_START = re.compile(r"from\b((?:\s|\\\r?\n)*)([.\w\s\\]*?)(?:\s|\\\r?\n)*\bimport\b(?:\s|\\\r?\n)*(\(?)")
_COMMA = re.compile(r"(?:\s|#[^\r\n]*)*(,)")
_CUT = "\0"
"""Where something was; no source has this character."""
_CUT_AT_THE_END = re.compile(r",[ \t]*\0[\0 \t]*\)")
_CUT_LINE = re.compile(r"(?<![^\r\n])[ \t]*\0[\0 \t]*(?:\r\n?|\n)")
_CUT_IN_LINE = re.compile(r"\0[ \t]*")


def changed(
    module: ModuleEdits,
    statement: ast.ImportFrom,
    new: str,
    renamed: Mapping[int, str],
    removed: Collection[int],
) -> str:
    """The text of an import with another module, with other names in it, and without some of its names.

    Args:
        module: The module that it is in.
        statement: The import.
        new: The module that it names from now on; empty keeps the one that it has.
        renamed: Number of a name → what is imported in its place, with `as` where that is needed.
        removed: Numbers of names that it does not import any more; not of all.
    """
    source, begin = module.source(statement), module.span(statement).start
    found = _START.match(source)
    edits: list[tuple[int, int, str]] = []
    if new and found is not None:
        edits.append((*found.span(2), new if found[1] else f" {new}"))
    spans = [(span.start - begin, span.end - begin) for span in map(module.span, statement.names)]
    texts = [renamed.get(number) or ast.unparse(each) for number, each in enumerate(statement.names)]
    if removed and found is not None and not found[3]:
        kept = ", ".join(text for number, text in enumerate(texts) if number not in removed)
        edits.append((spans[0][0], spans[-1][1], kept))
    else:
        for number, span in enumerate(spans):
            if number in removed:
                comma = _COMMA.match(source, span[1])
                edits += [(*span, _CUT), *([(*comma.span(1), _CUT)] if comma is not None else [])]
            elif number in renamed:
                edits.append((*span, renamed[number]))
    for start, end, text in sorted(edits, reverse=True):
        source = source[:start] + text + source[end:]
    return _CUT_IN_LINE.sub("", _CUT_LINE.sub("", _CUT_AT_THE_END.sub(")", source)))
