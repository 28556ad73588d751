"""The memos of a study by what they are about: a passage, a source, a code. `project_of` calls it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from codeable.coded.coded_study import Code, CodedStudy, place_of
from codeable.exchange.own_note import DEFINITION, OPEN_CODING
from codeable.exchange.project import ProjectMemo
from codeable.notes.model import FieldNote, Memo, OpenTrace, Passage
from codeable.notes.thoughts import Thought, thoughts_in
from codeable.registry.values import attribute_text


class StudyMemos:
    """The memos of a study.

    A memo of a note, and an open trace, is about the last passage that it follows, else about the source.
    The value `memo` of a code or a source is about it; it is there once where note and module both have it.

    Args:
        study: The study.
        coders: Name of a coder → key.
    """

    def __init__(self, study: CodedStudy, coders: Mapping[str, str]) -> None:
        self._study = study
        self._coders = coders
        self._of_passage: dict[tuple[Any, ...], list[ProjectMemo]] = {}
        self._of_source: dict[str, list[ProjectMemo]] = {}
        self._of_code: dict[str, list[ProjectMemo]] = {}
        known = {place_of(each.passage) for each in study.passages}
        for note in study.notes:
            if note.identifier:
                self._read(note, note.identifier, known)
        for name, declaration in study.named_sources.items():
            if memo := attribute_text(declaration.element, "memo"):
                self._of_source[name] = _each_once([*self._of_source.get(name, ()), ProjectMemo(memo)])

    def _read(self, note: FieldNote, source: str, known: set[tuple[Any, ...]]) -> None:
        coder = self._coders.get(note.coder or "")
        for segment in note.segments:
            if not isinstance(segment, Memo | OpenTrace) or not segment.text.strip():
                continue
            name, about = (
                (segment.title, segment.about)
                if isinstance(segment, Memo)
                else (OPEN_CODING, segment.evidence)
            )
            memo = ProjectMemo(segment.text.strip(), name, coder)
            place = _place(source, about[-1]) if about else None
            if place in known:
                self._of_passage.setdefault(place, []).append(memo)
            else:
                self._of_source.setdefault(source, []).append(memo)
        for thought in _values_of_declarations(note):
            memo = ProjectMemo(thought.text.strip(), coder=coder)
            for name in thought.names:
                where = self._of_source if name == source else self._of_code
                where.setdefault(name, []).append(memo)

    def of_passage(self, place: tuple[Any, ...]) -> list[ProjectMemo]:
        """The memos about a passage, by its place; open traces last, as an import writes them."""
        return sorted(self._of_passage.get(place, ()), key=lambda memo: memo.name == OPEN_CODING)

    def of_source(self, source: str) -> tuple[ProjectMemo, ...]:
        """The memos about a whole source, by its name."""
        return tuple(self._of_source.get(source, ()))

    def of_code(self, code: Code, value: str, definitions: Iterable[Thought]) -> tuple[ProjectMemo, ...]:
        """The memos about a code.

        Args:
            code: The code.
            value: The value `memo` of its module; empty for none.
            definitions: Its definitions in notes that its description does not say.
        """
        defined = [
            ProjectMemo(each.text, DEFINITION, self._coders.get(each.coder or "")) for each in definitions
        ]
        in_notes = [memo for name in code.names_in_notes for memo in self._of_code.get(name, ())]
        in_module = [ProjectMemo(value.strip())] if value.strip() else []
        return tuple(_each_once([*defined, *in_notes, *in_module]))


def _values_of_declarations(note: FieldNote) -> Iterator[Thought]:
    spans = {memo.span for memo in note.memos}
    return (each for each in thoughts_in(note) if each.kind == "memo" and each.span not in spans)


def _place(source: str, passage: Passage) -> tuple[Any, ...]:
    span = passage.span
    return source, span.path, passage.line, passage.end_line, passage.text


def _each_once(memos: Iterable[ProjectMemo]) -> list[ProjectMemo]:
    """The memos without those that say the same words as one before."""
    found: dict[tuple[str, str], ProjectMemo] = {}
    for each in memos:
        name = each.name if each.name in (DEFINITION, OPEN_CODING) else ""
        found.setdefault((name, " ".join(each.text.split())), each)
    return list(found.values())
