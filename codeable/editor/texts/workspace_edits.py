"""Edits as the protocol sends them to a client, as far as the client can apply them."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from attrs import frozen
from lsprotocol import types
from pygls.capabilities import get_capability

from codeable.editor.texts.documents import Document, uri_of
from codeable.lines import Edit

_SPECIAL = re.compile(r"[\\$}]")


@frozen
class EditSupport:
    """What a client can do with edits.

    Attributes:
        versions: Whether it compares the version of a document before it is changed.
        creation: Whether it creates files.
        snippets: Whether it lets the user write over placeholders.
        labels: Whether it shows what a change is for.
    """

    versions: bool = False
    creation: bool = False
    snippets: bool = False
    labels: bool = False


def edit_support(capabilities: types.ClientCapabilities) -> EditSupport:
    """What a client says of itself."""
    edits = get_capability(capabilities, "workspace.workspace_edit")
    if edits is None:
        return EditSupport()
    versions = bool(edits.document_changes)
    return EditSupport(
        versions,
        versions and types.ResourceOperationKind.Create in (edits.resource_operations or ()),
        versions and bool(edits.snippet_edit_support),
        versions and edits.change_annotation_support is not None,
    )


@frozen(eq=False)
class EditTarget:
    """Where an edit goes: the document of now, and the range in it."""

    document: Document
    range: types.Range


def workspace_edit(
    edits: Iterable[Edit],
    target: Callable[[Edit], EditTarget | None],
    support: EditSupport,
    *,
    blanks: Sequence[str] = (),
    label: str | None = None,
) -> types.WorkspaceEdit | None:
    """The edits for a client; None where one of them cannot be applied.

    Args:
        edits: The edits.
        target: Gives the place of an edit in the texts of now; None where its text was changed.
        support: What the client can do.
        blanks: Words in the replacements that the user writes over.
        label: What the change is for.
    """
    edits = list(edits)
    numbers = _numbers(edits, blanks)
    of_files: dict[
        str, tuple[Document, list[types.TextEdit | types.AnnotatedTextEdit | types.SnippetTextEdit]]
    ]
    of_files = {}
    for edit in edits:
        place = target(edit)
        if place is None:
            return None
        changes = of_files.setdefault(place.document.path, (place.document, []))[1]
        changes.append(_text_edit(edit, place.range, support, numbers, label))
    new = [document for document, _ in of_files.values() if _is_new(document)]
    if new and not support.creation:
        return None
    if not support.versions:
        return types.WorkspaceEdit(
            changes={
                document.uri: [one for one in changes if isinstance(one, types.TextEdit)]
                for document, changes in of_files.values()
            }
        )
    options = types.CreateFileOptions(ignore_if_exists=True)
    created = [types.CreateFile(uri=uri_of(document.path), options=options) for document in new]
    changed = [
        types.TextDocumentEdit(
            text_document=types.OptionalVersionedTextDocumentIdentifier(
                uri=document.uri, version=document.version
            ),
            edits=changes,
        )
        for document, changes in of_files.values()
    ]
    annotations: Mapping[str, types.ChangeAnnotation] | None = None
    if label is not None and support.labels:
        annotations = {label: types.ChangeAnnotation(label=label, needs_confirmation=False)}
    return types.WorkspaceEdit(document_changes=[*created, *changed], change_annotations=annotations)


def _is_new(document: Document) -> bool:
    return document.version is None and not document.text and not Path(document.path).exists()


def _text_edit(
    edit: Edit, where: types.Range, support: EditSupport, numbers: Mapping[str, int], label: str | None
) -> types.TextEdit | types.AnnotatedTextEdit | types.SnippetTextEdit:
    if support.snippets and (snippet := _snippet(edit.replacement, numbers)) is not None:
        return types.SnippetTextEdit(range=where, snippet=types.StringValue(value=snippet))
    if label is not None and support.labels:
        return types.AnnotatedTextEdit(range=where, new_text=edit.replacement, annotation_id=label)
    return types.TextEdit(range=where, new_text=edit.replacement)


def _numbers(edits: Iterable[Edit], blanks: Sequence[str]) -> Mapping[str, int]:
    """Word that the user writes over → its number in all edits, in the order in which the words are there."""
    words = _any_of(blanks)
    found = (word for edit in edits for word in words.findall(edit.replacement)) if blanks else ()
    return {word: number for number, word in enumerate(dict.fromkeys(found), 1)}


def _snippet(text: str, numbers: Mapping[str, int]) -> str | None:
    r"""A text with placeholders for the words that the user writes over; None where none is in it.

    Example:
        >>> _snippet("add(SOLUTION, '$')", {"SOLUTION": 1})
        "add(${1:SOLUTION}, '\\$')"
    """
    parts, end = [], 0
    for match in _any_of(numbers).finditer(text) if numbers else ():
        parts += [_escaped(text[end : match.start()]), f"${{{numbers[match[0]]}:{_escaped(match[0])}}}"]
        end = match.end()
    return "".join([*parts, _escaped(text[end:])]) if parts else None


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in words))


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)
