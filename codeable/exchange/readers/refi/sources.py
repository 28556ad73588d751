"""The sources of a REFI-QDA project with their passages, codings and variables."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from codeable.exchange.project import (
    Coding,
    ProjectMemo,
    ProjectPassage,
    ProjectSource,
    merged_passages,
)
from codeable.exchange.readers.refi.counting import quotes
from codeable.exchange.readers.refi.drafts import SourceDraft, source_drafts
from codeable.exchange.readers.refi.refi_file import RefiFile
from codeable.exchange.readers.refi.spans import with_spans
from codeable.exchange.readers.refi.texts import ProjectTexts
from codeable.exchange.readers.refi.variables import source_values
from codeable.exchange.readers.safe_xml import Element
from codeable.text import shown

_NUMBERED = re.compile(r"[^\W\d_]+[\W_]*[\d\W_]*")
"""The name of a selection that a tool has given: "Quotation 12"."""


def read_sources(file: RefiFile, texts: ProjectTexts, codes: Iterable[str]) -> tuple[ProjectSource, ...]:
    """The sources.

    Args:
        file: The file that is read.
        texts: The texts of the project.
        codes: The keys of the codes.

    Raises:
        CodeableError: A text is missing, a selection is outside of its text, or an element has no GUID.
    """
    drafts = list(source_drafts(file, texts))
    first: dict[str, SourceDraft] = {}
    for each in drafts:
        same = first.setdefault(each.key, each)
        if same is not each:
            other = f"{shown(same.name)} ({file.place(same.source)})"
            raise file.error(each.source, f"the source {shown(each.name)} has the GUID of {other}")
    known = frozenset(codes)
    values = source_values(file)
    return tuple(_source(file, each, known, values) for each in with_spans(file, drafts))


def _source(
    file: RefiFile,
    draft: SourceDraft,
    codes: frozenset[str],
    values: Mapping[str, Mapping[str, str]],
) -> ProjectSource:
    owners = [draft.source] if draft.owner is draft.source else [draft.source, draft.owner]
    codings = dict.fromkeys(chain.from_iterable(_codings(file, each, codes) for each in owners))
    memos = dict.fromkeys(chain.from_iterable(file.memos_of(each, "description") for each in owners))
    return ProjectSource(
        draft.key,
        draft.name,
        draft.text.text if draft.text is not None else "",
        passages=merged_passages(_passages(file, draft, codes)),
        codings=tuple(codings),
        metadata=values.get(draft.key, {}),
        memos=tuple(memos),
        place=file.place(draft.source),
    )


def _codings(
    file: RefiFile, element: Element, codes: frozenset[str], coder: str | None = None
) -> Iterator[Coding]:
    """The codings of a source or a selection."""
    for coding in element.all("Coding"):
        named = [file.guid(each, "targetGUID") for each in coding.all("CodeRef")]
        if not named:
            raise file.error(coding, "a <Coding> has no <CodeRef>")
        known = [each for each in named if each in codes]
        if len(known) < len(named):
            what, number = "codings with unknown codes", len(named) - len(known)
            file.discard(what, coding, "the file does not have these codes", number=number)
        if coding.get("creationDateTime") and not file.is_own:
            file.discard("dates of codings", coding, "field notes do not date each coding", is_loss=False)
        memos = file.memos_of(coding)
        yield from (Coding(code, file.coder(coding) or coder, memos) for code in known)


def _passages(file: RefiFile, draft: SourceDraft, codes: frozenset[str]) -> Iterator[ProjectPassage]:
    text = draft.text.text if draft.text is not None else ""
    for element, start, end in draft.spans:
        if text[start:end].strip():
            yield _passage(file, element, start, end, text, codes)
        else:
            file.discard("empty selections", element, "they select no text", name=draft.name)


def _passage(
    file: RefiFile, element: Element, start: int, end: int, text: str, codes: frozenset[str]
) -> ProjectPassage:
    coder = file.coder(element)
    memos = (*_said(file, element, text[start:end]), *file.memos_of(element))
    codings = tuple(_codings(file, element, codes, coder))
    return ProjectPassage(start, end, codings, coder, memos=memos, place=file.place(element))


def _said(file: RefiFile, element: Element, text: str) -> Iterator[ProjectMemo]:
    """What the name and the description of a selection say beyond the text that it selects."""
    described = element.text_of("Description").strip()
    if described and not quotes(described, text):
        yield ProjectMemo(described, coder=file.coder(element))
    name = element.get("name")
    is_given = len(name.split()) > 1 and any(map(str.isalpha, name)) and not _NUMBERED.fullmatch(name)
    if is_given and name != described and not quotes(name, text):
        yield ProjectMemo(name, coder=file.coder(element))
