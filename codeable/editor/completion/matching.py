"""Makes the list of completion out of what may be written: what fits what was typed, in order."""

import re
from collections.abc import Iterator

from attrs import frozen
from lsprotocol import types
from pygls.capabilities import get_capability

from codeable.editor.completion.candidates import Candidate, Offer
from codeable.editor.texts.documents import Document

_MOST = 150
"""So many items are sent; a list with more is asked for again with the next letter."""
_MOST_WORDS = 6
_WORDS = re.compile(r"(?:\w+[ \t]+)+\w+\Z")
_CLOSING = [",", ")", "]", "}"]


@frozen
class ClientItems:
    """What a client can do with items.

    Attributes:
        snippets: Whether it fills in places of a snippet.
        replaces: Whether it knows both an insertion and a replacement.
        label_details: Whether it shows details beside the label.
        commits: Whether letters can take an item.
    """

    snippets: bool = False
    replaces: bool = False
    label_details: bool = False
    commits: bool = False

    @classmethod
    def of(cls, capabilities: types.ClientCapabilities) -> "ClientItems":
        """What a client says that it can do."""
        item = "text_document.completion.completion_item"
        return cls(
            bool(get_capability(capabilities, f"{item}.snippet_support")),
            bool(get_capability(capabilities, f"{item}.insert_replace_support")),
            bool(get_capability(capabilities, f"{item}.label_details_support")),
            bool(get_capability(capabilities, f"{item}.commit_characters_support")),
        )


@frozen
class _Match:
    """A candidate that fits what was typed, from where it replaces the text, and how well it fits, from 0."""

    candidate: Candidate
    start: int
    score: int


def completion_list(
    offer: Offer, document: Document, offset: int, client: ClientItems
) -> types.CompletionList:
    """The list for what may be written at a place."""
    matches = sorted(_matches(offer, document, offset), key=_order)
    items: list[types.CompletionItem] = []
    writer = _Items(offer, document, offset, client)
    seen: set[tuple[str, str]] = set()
    for one in matches:
        what = one.candidate.label, one.candidate.detail
        if what not in seen and len(items) < _MOST:
            seen.add(what)
            items.append(writer.item(one, len(items)))
    is_complete = items and len(matches) <= _MOST and all(map(writer.begins_as_typed, matches))
    return types.CompletionList(is_incomplete=not is_complete, items=items)


def _order(match: _Match) -> tuple[bool, int, int, int]:
    """Beginnings of words before letters that are anywhere; then what fits best, then what is used most."""
    return match.score > 1, match.candidate.rank, match.score, -match.candidate.uses


def _matches(offer: Offer, document: Document, offset: int) -> Iterator[_Match]:
    typed = document.text[offer.start : offset].casefold()
    phrases = _phrases(document, offset) if offer.phrases != "no" else []
    for one in offer.candidates:
        also = one.also.casefold()
        start = next((at for at, each in phrases if f" {each}" in f" {also}"), None) if also else None
        if start is not None:
            yield _Match(one, start, 0)
        elif offer.phrases != "only":
            score = _score(typed, one.label.casefold(), also)
            if score is not None:
                yield _Match(one, offer.start, score)


def _phrases(document: Document, offset: int) -> list[tuple[int, str]]:
    """The words before a place as beginnings of display names, the longest first: from where, and folded."""
    lines = document.lines
    index = lines.line_at(offset)
    match = _WORDS.search(lines.lines[index][: offset - lines.starts[index]])
    if match is None:
        return []
    words = list(re.finditer(r"\w+", match[0]))[-_MOST_WORDS:-1]
    begin = lines.starts[index] + match.start()
    return [(begin + each.start(), match[0][each.start() :].casefold()) for each in words]


def _score(typed: str, label: str, also: str) -> int | None:
    """How well a candidate fits what was typed, from 0; None where it does not."""
    if label.startswith(typed):
        return 0
    if f"_{typed}" in label or f" {typed}" in f" {also}":
        return 1
    return 2 if _has_letters(typed, label) else 3 if _has_letters(typed, also) else None


def _has_letters(typed: str, text: str) -> bool:
    """Whether a text has some letters in their order, the first at the start of a word."""
    begin = -1
    while (begin := text.find(typed[0], begin + 1)) >= 0:
        if begin == 0 or not text[begin - 1].isalnum():
            rest = iter(text[begin:])
            if all(letter in rest for letter in typed):
                return True
    return False


class _Items:
    """Writes the items of one list."""

    def __init__(self, offer: Offer, document: Document, offset: int, client: ClientItems) -> None:
        self._document, self._offset, self._client = document, offset, client
        self._here, self._end = document.position(offset), document.position(offer.end)
        self._starts: dict[int, types.Position] = {}

    def item(self, match: _Match, number: int) -> types.CompletionItem:
        """One item; `number` is its place in the list."""
        one, client = match.candidate, self._client
        snippet = one.snippet if client.snippets else None
        text = snippet or (one.label if one.text is None else one.text)
        details, beside = [one.detail], None
        if one.uses_text and client.label_details:
            beside = types.CompletionItemLabelDetails(description=one.uses_text)
        elif one.uses_text:
            details.append(one.uses_text)
        return types.CompletionItem(
            label=one.label,
            label_details=beside,
            kind=one.icon,
            detail=" · ".join(filter(None, details)) or None,
            sort_text=f"{number:04}",
            filter_text=self._filter_text(match),
            insert_text=text if text != one.label else None,  # for clients that know no edits
            insert_text_format=types.InsertTextFormat.Snippet if snippet else None,
            text_edit=self._edit(match.start, text),
            additional_text_edits=one.edits() or None if one.edits is not None else None,
            commit_characters=_CLOSING if one.closed and client.commits else None,
            data={"uri": self._document.uri, "about": one.about} if one.about else None,
        )

    def begins_as_typed(self, match: _Match) -> bool:
        """Whether the label of an item begins with what was typed, so that any client finds it."""
        return match.candidate.label.startswith(self._document.text[match.start : self._offset])

    def _filter_text(self, match: _Match) -> str | None:
        """The text by which the client finds an item; None for its label.

        Some clients want that it begins with what was typed, to the letter.
        """
        one = match.candidate
        if self.begins_as_typed(match):
            return f"{one.label} {one.also}" if one.also else None
        typed = self._document.text[match.start : self._offset]
        return " ".join(part for part in (typed, one.label, one.also) if part)

    def _edit(self, start: int, text: str) -> types.TextEdit | types.InsertReplaceEdit:
        """The edit that replaces the text from a character to the end of what is replaced."""
        begin = self._starts.get(start)
        if begin is None:
            begin = self._starts[start] = self._document.position(start)
        whole = types.Range(start=begin, end=self._end)
        if self._client.replaces and self._end != self._here:
            insert = types.Range(start=begin, end=self._here)
            return types.InsertReplaceEdit(new_text=text, insert=insert, replace=whole)
        return types.TextEdit(range=whole, new_text=text)
