"""The sources of a study with a text that is made of their passages. `project_of` calls it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from attrs import define, field

from codeable.coded.coded_study import Code, CodedPassage, CodedStudy, place_of
from codeable.exchange.outgoing.keys import Keys
from codeable.exchange.outgoing.study_memos import StudyMemos
from codeable.exchange.project import Coding, ProjectMemo, ProjectPassage, ProjectSource
from codeable.notes.metadata import CODER, FIELD_OF
from codeable.notes.model import FieldNote
from codeable.registry import Declaration
from codeable.registry.values import given_values, value_text
from codeable.text import on_one_line, with_line_feeds

_BETWEEN = "\n\n"
_MARK = "\ufeff"
"""At the start of a file it is a byte order mark, and no part of the text."""
_INTERVIEW = re.compile(r"p\d")


@define
class _Stretch:
    """A passage of the text, with who quoted it."""

    text: str
    speaker: str | None
    coders: list[str | None] = field(factory=list)
    codings: dict[Coding, None] = field(factory=dict)
    memos: list[ProjectMemo] = field(factory=list)


def project_sources(
    study: CodedStudy,
    keys: Keys,
    codes: Mapping[Code, str],
    coders: Mapping[str, str],
    memos: StudyMemos,
) -> Iterator[ProjectSource]:
    """The sources in their order, then those that only notes know.

    The text of a source is that of its passages in the order of the notes, with a blank line between two. The
    same text quoted by several coders is there once, with a coding for each. Who speaks is in a line of its
    own where that changes. A code without a passage is one of the whole source.

    Args:
        study: The study.
        keys: Makes the keys of the sources.
        codes: Code → key.
        coders: Name of a coder → key.
        memos: The memos.
    """
    passages: dict[str, list[CodedPassage]] = {}
    for each in study.passages:
        if each.passage.text.strip():  # not an empty fence
            passages.setdefault(each.passage.source, []).append(each)
    of_whole = _codings_of_whole_sources(study, codes, coders)
    only_in_notes = (note.identifier for note in study.notes if note.identifier and not note.unread)
    for name in dict.fromkeys([*study.source_names, *only_in_notes]):
        notes = study.chain.notes_of(name)
        declaration = study.named_sources.get(name)
        metadata = _metadata(declaration, notes)
        stretches = _stretches(passages.get(name, ()), codes, coders, memos)
        text, placed = _text(stretches)
        yield ProjectSource(
            keys.of("source", name),
            metadata.get("title") or (declaration.name if declaration is not None else name),
            text,
            placed,
            tuple(of_whole.get(name, ())),
            name if declaration is None else declaration.identifier,
            _kind(name, notes),
            metadata,
            memos.of_source(name),
        )


def _kind(name: str, notes: Iterable[FieldNote]) -> Literal["s", "p"]:
    said = next((note.kind for note in notes if note.kind), None)
    return "p" if said == "p" or (said is None and _INTERVIEW.match(name)) else "s"


def _metadata(declaration: Declaration | None, notes: Iterable[FieldNote]) -> dict[str, str]:
    """The values of the module, then the fields of the notes that it does not have."""
    values = given_values(declaration.element) if declaration is not None else ()
    found = {FIELD_OF.get(name, name): value_text(value) for name, value in values if name != "memo"}
    for each in (each for note in notes for each in note.fields if each.name not in CODER):
        if not found.get(each.name, "").strip():
            found[each.name] = each.value
    texts = {name: on_one_line(value) for name, value in found.items()}
    return {name: text for name, text in texts.items() if text}


def _stretches(
    passages: Iterable[CodedPassage],
    codes: Mapping[Code, str],
    coders: Mapping[str, str],
    memos: StudyMemos,
) -> list[_Stretch]:
    found: dict[tuple[str, int], _Stretch] = {}
    times: Counter[tuple[str, str]] = Counter()
    for coded in passages:
        passage = coded.passage
        text = with_line_feeds(passage.text)
        times[passage.path, text] += 1
        at = text, times[passage.path, text]
        stretch = found.setdefault(at, _Stretch(text, passage.speaker))
        coder = coders.get(passage.coder or "")
        stretch.coders.append(coder)
        stretch.codings.update(dict.fromkeys(Coding(codes[code], coder) for code in coded.codes))
        stretch.memos += memos.of_passage(place_of(passage))
    return list(found.values())


def _text(stretches: Iterable[_Stretch]) -> tuple[str, tuple[ProjectPassage, ...]]:
    parts: list[str] = []
    placed: list[ProjectPassage] = []
    at, speaker = 0, None
    for each in stretches:
        label = f"{each.speaker}:\n" if each.speaker not in (None, speaker) else ""
        if each.text.startswith(str(each.speaker)):  # a quotation that names its speaker itself
            label = ""
        speaker = each.speaker
        before = (_BETWEEN if parts else "") + label
        if not parts and not label and each.text.startswith(_MARK):
            before = "\n"
        start = at + len(before)
        at = start + len(each.text)
        parts += [before, each.text]
        is_of_one = len(set(each.coders)) == 1
        coded_by = {coding.coder for coding in each.codings}
        marked_by = (key for key in dict.fromkeys(each.coders) if key is not None and key not in coded_by)
        placed.append(
            ProjectPassage(
                start,
                at,
                tuple(each.codings),
                each.coders[0] if is_of_one else None,
                () if is_of_one else tuple(marked_by),
                speaker=each.speaker,
                memos=tuple(each.memos),
            )
        )
    return "".join(parts), tuple(placed)


def _codings_of_whole_sources(
    study: CodedStudy, codes: Mapping[Code, str], coders: Mapping[str, str]
) -> dict[str, list[Coding]]:
    """The codes that a source is evidence for, in a module or a note, without a passage."""
    coder_of = {note.path: note.coder for note in study.notes}
    found: dict[str, dict[Coding, None]] = {}
    for code, key in codes.items():
        in_notes = {each.source: each for each in code.in_notes}
        for source in dict.fromkeys([*code.sources, *in_notes]):
            evidence = in_notes.get(source)
            mentions = evidence.mentions if evidence is not None else ()
            passages = evidence.passages if evidence is not None else ()
            with_passage = {each.coder for each in passages if each.text.strip()}
            said_by = dict.fromkeys(coder_of.get(span.path) for span in mentions)
            for coder in said_by or (() if with_passage else (None,)):
                if coder not in with_passage:
                    found.setdefault(source, {})[Coding(key, coders.get(coder or ""))] = None
    return {source: list(codings) for source, codings in found.items()}
