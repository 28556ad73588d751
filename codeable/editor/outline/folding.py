"""What can be folded away in a note or a module, and what a growing selection takes in."""

import ast
from collections.abc import Iterable, Iterator

from lsprotocol import types

from codeable.editor.outline.entries import OutlineEntry
from codeable.editor.outline.in_modules import module_outline
from codeable.editor.outline.in_notes import note_outline
from codeable.editor.server.server import CodeableServer
from codeable.editor.study.study_view import Cursor, StudyView
from codeable.editor.texts.documents import Document
from codeable.names.modules import Module
from codeable.notes.model import AxialTrace, Comment, FieldNote, StrayBlock

_Ends = tuple[int, int]


def register(server: CodeableServer) -> None:
    """Register the answers."""

    @server.feature(types.TEXT_DOCUMENT_FOLDING_RANGE)
    async def folding(params: types.FoldingRangeParams) -> list[types.FoldingRange] | None:
        return await server.answer(params.text_document.uri, folding_ranges)

    @server.feature(types.TEXT_DOCUMENT_SELECTION_RANGE)
    async def selection(params: types.SelectionRangeParams) -> list[types.SelectionRange] | None:
        def answer(view: StudyView, document: Document) -> list[types.SelectionRange]:
            offsets = map(document.offset, params.positions)
            return [selection_at(Cursor(view, document, offset)) for offset in offsets]

        return await server.answer(params.text_document.uri, answer)


def folding_ranges(view: StudyView, document: Document) -> list[types.FoldingRange]:
    """The parts of a note or module that span several lines: metadata, groups, traces, blocks, statements."""
    note, module = view.note(document.path), view.module(document.path)
    stretches = list(_of_note(view, note)) if note is not None else []
    comments = [each.span for each in note.segments if isinstance(each, Comment)] if note is not None else []
    if module is not None:
        stretches += _of_module(module)
    lines = document.lines
    found = {(lines.line_at(start), lines.line_at(max(end - 1, start))): None for start, end in stretches}
    kinds = {(span.line - 1, span.end_line - 1): types.FoldingRangeKind.Comment for span in comments}
    ranges = sorted({**found, **kinds}.items(), key=lambda one: one[0])
    return [types.FoldingRange(*ends, kind=kind) for ends, kind in ranges if ends[1] > ends[0]]


def selection_at(cursor: Cursor) -> types.SelectionRange:
    """The word at a place, and what it is in, step by step up to the whole text."""
    document, offset = cursor.document, cursor.offset
    stretches = [(0, len(document.text)), cursor.word]
    if cursor.note is not None:
        stretches += _of_note(cursor.view, cursor.note)
    elif cursor.module is not None:
        stretches += [*_ends_of(module_outline(cursor.view, cursor.module)), *_of_tree(cursor.module)]
    around = {each for each in stretches if each[0] <= offset <= each[1] and each[0] < each[1]}
    found: types.SelectionRange | None = None
    last: _Ends = (0, len(document.text))
    for start, end in sorted(around, key=lambda each: each[0] - each[1]):
        if last[0] <= start and end <= last[1]:  # stretches that cross each other do not nest
            found, last = types.SelectionRange(document.range(start, end), found), (start, end)
    return found or types.SelectionRange(document.range(offset, offset))


def _of_note(view: StudyView, note: FieldNote) -> Iterator[_Ends]:
    yield from _ends_of(note_outline(view, note)[0].parts)
    for segment in note.segments:
        yield segment.span.start, segment.span.end
        for block in segment.blocks if isinstance(segment, AxialTrace | StrayBlock) else ():
            yield block.span.start, block.span.end
            yield from ((one.span.start, one.span.end) for one in block.statements)


def _ends_of(entries: Iterable[OutlineEntry]) -> Iterator[_Ends]:
    for entry in entries:
        if entry.kind is not types.SymbolKind.Property:
            yield entry.whole
        yield from _ends_of(entry.parts)


def _of_module(module: Module) -> Iterator[_Ends]:
    """The statements of a module, also those within others."""
    for node in ast.walk(module.tree) if module.tree is not None else ():
        if isinstance(node, ast.stmt):
            yield _node(module, node)


def _of_tree(module: Module) -> Iterator[_Ends]:
    for node in ast.walk(module.tree) if module.tree is not None else ():
        if isinstance(node, ast.stmt | ast.expr | ast.keyword):
            yield _node(module, node)


def _node(module: Module, node: "ast.stmt | ast.expr | ast.keyword") -> _Ends:
    span = module.span(node)
    return span.start, span.end
