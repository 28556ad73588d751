"""What is known of one element, as plain values for JSON. `codeable show --format json` writes it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from codeable.files import path_in
from codeable.kernel import CNamedElement
from codeable.kernel.place import Span
from codeable.notes import FieldNote
from codeable.notes.code_chain import CodeChain, CodePassage
from codeable.notes.evidence import kinds_in
from codeable.notes.mentions import codes_mentioned
from codeable.notes.model import Passage
from codeable.notes.thoughts import Thought, thoughts_in
from codeable.registry import Declaration, LinkRecord
from codeable.registry.records import row_of
from codeable.study import Study
from codeable.study.facts import known_of
from codeable.text import shown

_LARGEST = 1e300
_LONGEST = 200


def codes_at(study: Study, note: FieldNote) -> Mapping[Passage, list[str]]:
    """The codes that the traces about each passage mention."""
    found: dict[Passage, dict[str, None]] = {}
    for code, places in codes_mentioned(note, study.settings.renames, kinds_in(study)).items():
        for _, statement in places:
            for passage in statement.evidence:
                found.setdefault(passage, {})[code] = None
    return {passage: list(codes) for passage, codes in found.items()}


def element_record(study: Study, chain: CodeChain, declaration: Declaration | None) -> dict[str, Any]:
    """Everything that is known of one element, with files relative to the study's folder.

    Args:
        study: The study.
        chain: The element's chain of evidence.
        declaration: Its declaration; None of a code that only the notes know.
    """
    record: dict[str, Any] = {"identifier": chain.identifier, "name": chain.name, "kind": chain.kind}
    if declaration is not None:
        record |= _model_record(study, declaration)
    record["declared_in_notes"] = [
        {"source": one.source, "identifier": one.identifier, **_place(study, one.span)}
        for one in chain.declared
    ]
    record["stated_in_notes"] = [
        {one.kind: list(one.names), "source": one.source, **_place(study, one.span)} for one in chain.stated
    ]
    record["definitions"] = [_thought(study, one) for one in chain.thoughts if one.kind == "definition"]
    record["memos"] = [_thought(study, one) for one in chain.thoughts if one.kind == "memo"]
    record["renamed"] = [{"old": one.old, "new": one.new} for one in chain.renamed]
    record["figures"] = list(chain.figures)
    if declaration is not None and declaration.kind == "source":
        notes = study.notes_of(declaration.element)
        record["memos"] += [
            _thought(study, thought)
            for note in notes
            for thought in thoughts_in(note)
            if thought.kind == "memo"
        ]
        record["passages"] = [
            {
                **_passage_record(study, note.path, passage),
                "coder": note.coder,
                "codes": codes.get(passage, []),
            }
            for note in notes
            for codes in [codes_at(study, note)]
            for passage in note.passages
        ]
    else:
        record["evidence"] = [
            {
                "source": one.source,
                "title": one.title,
                "in_model": one.in_model,
                "mentions": [_place(study, span) for span in one.mentions],
                "passages": [
                    {**_passage_record(study, passage.path, passage), "coder": passage.coder}
                    for passage in one.passages
                ],
            }
            for one in chain.evidence
        ]
        record["evidence_of_subcodes"] = {one.code: list(one.sources) for one in chain.subcodes}
    return record


def _model_record(study: Study, declaration: Declaration) -> dict[str, Any]:
    record: dict[str, Any] = {
        "qualified_name": declaration.qualified_name,
        "aliases": list(declaration.aliases),
        **(_place(study, declaration.span) if declaration.span is not None else {}),
    }
    for label, value in known_of(study, declaration):
        record[label.replace(" ", "_").replace("-", "")] = (
            {each.name: _plain(study, each.value) for each in value}
            if label == "values"
            else _linked(study, value)
        )
    return record


def _linked(study: Study, value: Any) -> Any:
    """A text, an element by its name, a record of a link as its row, or a list of these."""
    match value:
        case None | str():
            return value
        case CNamedElement():
            return study.name_of(value)
        case _ if isinstance(value, LinkRecord):
            return row_of(value)
    return [_linked(study, each) for each in value]


def _plain(study: Study, value: object) -> str | int | float:
    """A value as JSON has it; a number that JSON cannot hold is a text."""
    if isinstance(value, CNamedElement):
        return study.name_of(value)
    if isinstance(value, str) or (isinstance(value, int | float) and abs(value) < _LARGEST):
        return value
    return shown(value, _LONGEST)


def _passage_record(study: Study, path: str, passage: Passage | CodePassage) -> dict[str, Any]:
    return {
        "file": _file(study, path),
        "line": passage.line,
        "end_line": passage.end_line,
        "kind": passage.kind,
        "heading": passage.heading,
        "speaker": passage.speaker,
        "text": passage.text,
    }


def _thought(study: Study, thought: Thought) -> dict[str, Any]:
    at = _place(study, thought.span)
    return {"text": thought.text, "source": thought.source, "coder": thought.coder, **at}


def _place(study: Study, span: Span) -> dict[str, Any]:
    return {"file": _file(study, span.path), "line": span.line}


def _file(study: Study, path: str) -> str:
    return path_in(study.folder_for("show"), Path(path).absolute())
