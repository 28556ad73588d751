"""The sources of a REFI-QDA project as its file has them: texts, selections and their positions there."""

import re
from collections.abc import Iterator
from itertools import islice

from attrs import evolve, field, frozen

from codeable.exchange.readers.refi.positions import FileSelection, PlainText
from codeable.exchange.readers.refi.refi_file import RefiFile, elements_in
from codeable.exchange.readers.refi.texts import OutsideError, ProjectTexts
from codeable.exchange.readers.safe_xml import Element
from codeable.text import shown

MEDIA = {
    "PictureSource": "pictures",
    "PDFSource": "PDF files",
    "AudioSource": "recordings",
    "VideoSource": "videos",
}
"""Element of a source with a file of its own → the plural of such files."""

_SELECTIONS = {
    "PictureSelection": "selections in pictures",
    "PDFSelection": "selections of areas in PDF files",
    "AudioSelection": "selections of times in recordings",
    "VideoSelection": "selections of times in videos",
}
_BETWEEN = "\n\n"
"""Between two texts of one source."""


@frozen
class SourceDraft:
    """A source, or one text of a source that has several.

    Attributes:
        key: Its GUID.
        name: Its name.
        source: The element of the source.
        owner: The element that has the text; often the same.
        text: Its text; None where the file has none.
        selections: The elements that select passages, each with the positions that the file has.
        spans: The elements that select passages, each with start and end in the text.
    """

    key: str
    name: str
    source: Element
    owner: Element
    text: PlainText | None = None
    selections: tuple[tuple[Element, FileSelection], ...] = field(default=(), repr=False)
    spans: tuple[tuple[Element, int, int], ...] = field(default=(), repr=False)


def source_drafts(file: RefiFile, texts: ProjectTexts) -> Iterator[SourceDraft]:
    """The sources of a project, in their order.

    Raises:
        CodeableError: A text is missing, or an element has no GUID or no position.
    """
    for number, source in enumerate(elements_in(file.root, "Sources"), 1):
        if source.name == "TextSource":
            yield _text_draft(file, texts, source, source, number)
        elif source.name in MEDIA:
            yield from _media_drafts(file, texts, source, number)


def _text_draft(
    file: RefiFile, texts: ProjectTexts, source: Element, owner: Element, number: int
) -> SourceDraft:
    """A text source, or the text that stands for a source of another kind."""
    name = source.get("name") or owner.get("name") or _name_of_path(source) or f"Source {number}"
    draft = SourceDraft(file.guid(source), name, source, owner)
    if owner.get("richTextPath"):
        reason = "passages are plain text; the file stays in the project"
        file.discard("formatted texts", owner, reason, name=name, is_loss=False)
    reason = "they have no plain text; make one in the tool that wrote the file, and export again"
    text = None
    try:
        text = texts.text_of(owner)
    except OutsideError as error:
        reason = f"{shown(str(error))} is not in the project file; include the sources when exporting"
    elements = list(owner.all("PlainTextSelection"))
    if text is not None:
        return evolve(
            draft, text=text, selections=tuple((each, _selected(file, each, text)) for each in elements)
        )
    file.discard("texts of sources", owner, reason, name=name)
    for each in elements:
        file.discard("selections in missing texts", each, reason, name=name)
    return draft


def _selected(file: RefiFile, element: Element, text: PlainText) -> FileSelection:
    start, end = (file.whole_number(element, each) for each in ("startPosition", "endPosition"))
    quoted = (element.get("name"), element.text_of("Description").strip())
    return FileSelection(text, start, end, tuple(filter(None, quoted)))


def _name_of_path(source: Element) -> str:
    path = source.get("path") or source.get("richTextPath") or source.get("plainTextPath")
    return path.replace("\\", "/").rpartition("/")[2]


def _media_drafts(file: RefiFile, texts: ProjectTexts, source: Element, number: int) -> Iterator[SourceDraft]:
    """A source of another kind: the texts that stand for it, or itself where something is said about it."""
    name = source.get("name") or _name_of_path(source) or f"Source {number}"
    owners = [*source.all("TextDescription", "Representation"), *source.all("Transcript")]
    if not owners and (source.get("plainTextPath") or source.child("PlainTextContent")):
        owners = [source]
    drafts = [
        _text_draft(file, texts, source if not index else owner, owner, number)
        for index, owner in enumerate(owners)
    ]
    if len(owners) > 1:
        drafts = [_named(draft, name, index) for index, draft in enumerate(drafts, 1)]
    drafts = [_with_transcript_selections(file, each) for each in drafts]
    if not drafts and (any(source.all("Coding", "VariableValue", "NoteRef", *_SELECTIONS))):
        drafts = [SourceDraft(file.guid(source), name, source, source)]
    if source.name == "PDFSource" and drafts:
        drafts[0] = _with_snippets(file, texts, drafts[0])
    has_text = any(draft.text is not None and draft.text.text.strip() for draft in drafts)
    what, reason = MEDIA[source.name], "field notes have text only; keep the project file"
    if has_text:
        what, reason = f"{what} whose text is taken over", "the file itself stays in the project file"
    file.discard(what, source, reason, name=name, is_loss=not has_text)
    with_text = {element for draft in drafts for element, *_ in draft.spans}
    for each in source.all(*_SELECTIONS):
        if each not in with_text:
            file.discard(_SELECTIONS[each.name], each, "they are areas or times without a text")
    yield from drafts


def _named(draft: SourceDraft, name: str, number: int) -> SourceDraft:
    return evolve(draft, name=f"{name}: {draft.owner.get('name') or f'text {number}'}")


def _with_transcript_selections(file: RefiFile, draft: SourceDraft) -> SourceDraft:
    """The draft with the selections of a transcript, which begin and end at points of time with positions."""
    points = {file.guid(each): each for each in draft.owner.all("SyncPoint")}
    found = []
    for each in draft.owner.all("TranscriptSelection"):
        ends = [points.get(file.optional_guid(each, name) or "") for name in ("fromSyncPoint", "toSyncPoint")]
        at = [file.whole_number(point, "position") for point in ends if point and point.get("position")]
        if len(at) == 2 and draft.text is not None:
            found.append((each, FileSelection(draft.text, at[0], at[1])))
        else:
            reason = "their points of time have no positions in the text"
            file.discard("selections of transcripts", each, reason, name=draft.name)
    return evolve(draft, selections=(*draft.selections, *found))


def _with_snippets(file: RefiFile, texts: ProjectTexts, draft: SourceDraft) -> SourceDraft:
    """The draft of a PDF with those selections of areas that have a text.

    Their texts are looked up in the text of the PDF. Where it has none, they are its text, one below another.
    """
    snippets = []
    for each in draft.source.all("PDFSelection"):
        owner = each.child("Representation")
        text = _text_or_none(texts, owner) if owner is not None else None
        if text is not None and text.text.strip():
            snippets.append((each, text.text.strip()))
    if not snippets:
        return draft
    spans, whole = [], draft.text.text if draft.text is not None else ""
    for element, snippet in snippets:
        if draft.text is None:
            whole += f"{_BETWEEN}{snippet}" if whole else snippet
            spans.append((element, len(whole) - len(snippet), len(whole)))
        elif span := _only_span(whole, snippet):
            spans.append((element, *span))
    if draft.text is None:
        file.messages.append(f"The text of {shown(draft.name)} is put together from its coded areas.")
    return evolve(draft, text=draft.text or PlainText(whole), spans=tuple(spans))


def _text_or_none(texts: ProjectTexts, owner: Element) -> PlainText | None:
    try:
        return texts.text_of(owner)
    except OutsideError:
        return None


def _only_span(whole: str, text: str) -> tuple[int, int] | None:
    """Where a text is in a longer one, with any blanks between its words; None if nowhere or twice."""
    pattern = r"\s+".join(map(re.escape, text.split()))
    found = list(islice(re.finditer(pattern, whole), 2))
    return found[0].span() if len(found) == 1 else None
