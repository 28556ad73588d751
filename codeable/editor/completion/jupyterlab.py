"""Completion for Markdown in JupyterLab, which does not insert an item where the protocol says.

JupyterLab replaces the token at the place. In Markdown, a token is no word: it is the whole code of a fenced
block, or a paragraph without bold text; in other paragraphs it is empty. And behind an emoji it asks for
another place than that of the cursor. So an item is the rest of its name, which is right in a paragraph with
bold text, such as that of an open trace with its heading, and at the end of any paragraph. In other places
JupyterLab would write the name somewhere else, so it gets no items there.
"""

import itertools
import re

from lsprotocol import types

from codeable.editor.texts.documents import Document

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


def for_jupyterlab(found: types.CompletionList, document: Document, offset: int) -> types.CompletionList:
    """The items that JupyterLab inserts at the right place, and as it inserts them."""
    is_right = _is_inserted_at(document, offset)
    items = [_rest_of(item, document, offset) for item in found.items] if is_right else []
    return types.CompletionList(found.is_incomplete, [item for item in items if item is not None])


def _rest_of(item: types.CompletionItem, document: Document, offset: int) -> types.CompletionItem | None:
    """The item without what was typed; None for one that does not begin with it."""
    edit = item.text_edit
    if not isinstance(edit, types.TextEdit) or document.offset(edit.range.end) != offset:
        return None
    typed = document.text[document.offset(edit.range.start) : offset]
    rest = edit.new_text.removeprefix(typed)
    if not rest or not edit.new_text.startswith(typed):
        return None
    return types.CompletionItem(
        label=item.label,
        kind=item.kind,
        detail=item.detail,
        documentation=item.documentation,
        sort_text=item.sort_text,
        filter_text=rest,
        insert_text=rest,
        data=item.data,
    )


def _is_inserted_at(document: Document, offset: int) -> bool:
    """Whether JupyterLab inserts at a place: not in code, at the end of a paragraph or beside bold text."""
    lines = document.lines
    index = lines.line_at(offset)
    if _ASTRAL.search(document.text, 0, offset) or _is_in_fence(lines.lines[:index]):
        return False
    is_last = index + 1 >= len(lines.lines) or not lines.lines[index + 1].strip()
    if is_last and not lines.lines[index][offset - lines.starts[index] :].strip():
        return True
    if lines.lines[index].startswith("#"):
        return True
    paragraph = itertools.takewhile(_is_of_paragraph, reversed(lines.lines[: index + 1]))
    return any("**" in line for line in paragraph)


def _is_of_paragraph(line: str) -> bool:
    return bool(line.strip()) and not line.startswith("#")


def _is_in_fence(before: list[str]) -> bool:
    """Whether the line below some lines is in a fenced block."""
    fence = ""
    for line in before:
        mark = _FENCE.match(line)
        if mark is None:
            continue
        if not fence and not (mark[1][0] == "`" and "`" in mark[2]):
            fence = mark[1]
        elif fence and mark[1].startswith(fence) and not mark[2].strip():
            fence = ""
    return bool(fence)
