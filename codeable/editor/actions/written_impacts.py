"""Where the word of an impact is written, in a note or a module."""

import ast

from codeable.editor.actions.correction import Case
from codeable.kernel.place import Span
from codeable.names.modules import Module
from codeable.notes.model import ForceStatement
from codeable.registry import Impact


def word_of(case: Case, impact: Impact, pair: tuple[str, str]) -> Span | None:
    """Where the word of an impact is written, in a note or a module."""
    span = case.context.span_of(impact)
    note = case.note_in(span.path)
    if note is None:
        return _word_in_module(case.context.modules[span.path], span, pair)
    entries = (entry for one in note.statements if isinstance(one, ForceStatement) for entry in one.impacts)
    return next((entry.impact.span for entry in entries if entry.span == span), None)


def _word_in_module(module: Module, span: Span, pair: tuple[str, str]) -> Span | None:
    """Where a call of `add_force_relations` has the word of an impact."""
    solution, force = pair
    for node in ast.walk(module.tree) if module.tree is not None else ():
        if not isinstance(node, ast.Dict) or not span.start <= module.span(node).start < span.end:
            continue
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Name) and key.id == solution and isinstance(value, ast.Dict):
                for inner, word in zip(value.keys, value.values, strict=True):
                    if isinstance(inner, ast.Name) and inner.id == force and isinstance(word, ast.Name):
                        return module.span(word)
    return None
