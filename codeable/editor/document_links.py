"""What in a note leads to a page or a file: the addresses of the metadata, figures, screenshots."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from lsprotocol import types

from codeable.editor.server.server import CodeableServer
from codeable.editor.study.study_view import StudyView
from codeable.editor.texts.documents import Document, uri_of
from codeable.notes.model import DeclarationStatement, FieldNote, Passage

_ADDRESS = re.compile(r"https?://[^\s<>\"'`]+")
_IMAGE = re.compile(r"!\[[^\]]*\]\(\s*(?:<(?P<bracketed>[^>\n]*)>|(?P<plain>[^\s)]+(?:\([^\s)]*\)[^\s)]*)*))")
_NOT_AT_END = ".,;:!?"


def register(server: CodeableServer) -> None:
    """Register the answer."""

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_LINK)
    async def links(params: types.DocumentLinkParams) -> list[types.DocumentLink] | None:
        return await server.answer(params.text_document.uri, links_of)


def links_of(view: StudyView, document: Document) -> list[types.DocumentLink]:
    """The links of a note; none of a module, in which editors find addresses themselves.

    A figure in a file is a link where the file is there.
    """
    note = view.note(document.path)
    links = sorted(set(_links(note))) if note is not None else []
    return [types.DocumentLink(document.range(start, end), target) for start, end, target in links]


def _links(note: FieldNote) -> Iterator[tuple[int, int, str]]:
    for field in note.fields:
        yield from _addresses(note.text, field.value_span.start, field.value_span.end)
    for statement in note.statements:
        if isinstance(statement, DeclarationStatement):
            for value in statement.values:
                yield from _addresses(note.text, value.value_span.start, value.value_span.end)
    for segment in note.segments:
        if isinstance(segment, Passage):
            yield from _images(note, segment)


def _addresses(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    for match in _ADDRESS.finditer(text, start, end):
        address = match[0].rstrip(_NOT_AT_END)
        if address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1]
        yield match.start(), match.start() + len(address), address


def _images(note: FieldNote, passage: Passage) -> Iterator[tuple[int, int, str]]:
    for match in _IMAGE.finditer(note.text, passage.span.start, passage.span.end):
        group = "bracketed" if match["bracketed"] is not None else "plain"
        target = match[group]
        if not target.startswith(("http://", "https://")):
            path = Path(note.path).parent / unquote(target)
            try:
                there = path.is_file()
            except (OSError, ValueError):
                there = False
            if not there:
                continue
            target = uri_of(str(path))
        yield *match.span(group), target
