"""Fills in what the study does not say about codes that it has: a kind, a description, a memo.

`planned_codes` calls this for `--update`. Nothing that a person has written is replaced.
"""

import ast
from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import frozen

from codeable.exchange.incoming.code_kinds import METACLASSES
from codeable.files import path_in
from codeable.notes.build.plain_calls import NotPlainError, call_in
from codeable.notes.build.study_modules import VOCABULARY, Held, read_modules
from codeable.notes.decoding import apply_source_edits
from codeable.registry import Declaration
from codeable.settings import Settings
from codeable.source_writer import Expression, Verbatim, format_call

_NO_KIND = Verbatim("code")


@frozen
class CodeUpdate:
    """What is filled in about one code.

    Attributes:
        declaration: The declaration of the code.
        values: Attribute → its text; ``kind`` → the kind of a code of no kind.
    """

    declaration: Declaration
    values: Mapping[str, str]


def modules_filled_in(
    updates: Sequence[CodeUpdate], folder: Path, settings: Settings
) -> tuple[dict[str, bytes], list[CodeUpdate]]:
    """The modules with the updates, by path, and the updates that are made.

    A statement stays as it is where it computes something, has a comment inside, or is built from a note.

    Args:
        updates: The updates.
        folder: The folder of the study.
        settings: Its settings.
    """
    by_path: dict[str, dict[str, CodeUpdate]] = {}
    for each in updates:
        if each.declaration.span is not None and each.declaration.identifier is not None:
            of_path = by_path.setdefault(each.declaration.span.path, {})
            of_path[each.declaration.identifier] = each
    files: dict[str, bytes] = {}
    made: list[CodeUpdate] = []
    modules = read_modules(folder, settings, {Path(path) for path in by_path}) if by_path else None
    for module in modules.by_path.values() if modules is not None else ():
        of_path = by_path.get(str(folder / module.path), {})
        edits = []
        for held in module.statements if VOCABULARY in module.stars else ():
            update = of_path.get(held.binds[0]) if len(held.binds) == 1 else None
            text = _filled_in(held, update) if update is not None else None
            if update is not None and text is not None:
                edits.append((held.span.start, held.span.end, text))
                made.append(update)
        if edits:
            files[path_in(folder, folder / module.path)] = apply_source_edits(
                module.data, module.encoding, edits
            )
    return files, made


def _filled_in(held: Held, update: CodeUpdate) -> str | None:
    """A statement with an update; None where it stays as it is."""
    node = held.node
    if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Call):
        return None
    if ast.unparse(node.value.func) != "CClass" or held.origin or held.is_commented:
        return None
    try:
        call = call_in(held.text, str)
    except NotPlainError:
        return None
    args, values = list(call.args), call.kwargs.get("values", {})
    if not args or not isinstance(values, Mapping):
        return None
    texts = dict(update.values)
    kind = texts.pop("kind", None)
    if kind is not None:
        if args[0] != _NO_KIND:
            return None
        args[0] = Verbatim(METACLASSES[kind])
    if any(values.get(name) for name in texts):
        return None
    kwargs = dict(call.kwargs)
    if texts:
        filled: dict[Expression, Expression] = dict(values.items())
        filled.update(texts.items())
        kwargs["values"] = filled
    return format_call(held.binds[0], "CClass", args, kwargs)
