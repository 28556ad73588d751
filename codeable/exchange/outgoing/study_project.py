"""A study as a project that other tools know: what the writers of their formats take.

Sources have their passages as text. Options, impacts and relations are links.
"""

from collections.abc import Iterable, Iterator, Mapping

from codeable.coded.coded_study import Code, CodedStudy
from codeable.exchange.outgoing.keys import Keys
from codeable.exchange.outgoing.study_links import project_links, superclass_codes
from codeable.exchange.outgoing.study_memos import StudyMemos
from codeable.exchange.outgoing.study_sources import project_sources
from codeable.exchange.project import (
    Coder,
    Coding,
    NotTakenOver,
    Project,
    ProjectCode,
    ProjectMemo,
    ProjectSource,
)
from codeable.kernel import CClass
from codeable.registry.values import value_text

_IN_JSON = "this format has no place for them; `codeable export json` has them"
_KEPT_KINDS = ("source", "option", "impact", "relation", "next decision", "link")
_MISSED_KINDS = {
    "reference": "references that are no sources",
    "category": "categories of decisions",
    "known use": "known uses",
    "class": "classes that are no codes",
    "object": "objects",
}
"""Kind of an element that is no code → its plural."""


def project_of(study: CodedStudy) -> Project:
    """The project of a study: codes, sources with passages and codings, coders, links, memos.

    Args:
        study: The study.

    Returns:
        The project. Its keys are GUIDs that depend only on the names of the study and of its parts.

    Example:
        >>> from codeable.dsl import *
        >>> from codeable.registry import Registry
        >>> s1, bus = CClass(source, "s1"), CClass(pattern, "Event Bus")
        >>> _ = add_links({s1: bus}, role_name="contained_code")
        >>> project = project_of(CodedStudy(Registry.of({"s1": s1, "bus": bus})))
        >>> [(code.name, code.kind) for code in project.codes]
        [('Event Bus', 'pattern')]
        >>> project.sources[0].codings[0].code == project.codes[0].key
        True
    """
    name = study.registry.settings.name
    keys = Keys(name)
    coders = {
        coder: Coder(keys.of("coder", coder), coder)
        for coder in dict.fromkeys(note.coder for note in study.notes if note.coder)
    }
    coder_keys = {coder: each.key for coder, each in coders.items()}
    code_keys = {
        code: keys.of("code" if code.declaration is not None else "dropped code", code.name)
        for code in (*study.codes, *study.dropped_codes)
    }
    memos = StudyMemos(study, coder_keys)
    links, missed_links = project_links(study, code_keys)
    sources = tuple(project_sources(study, keys, code_keys, coder_keys, memos))
    return Project(
        name,
        coders=tuple(coders.values()),
        codes=tuple(_codes(study, code_keys, memos)),
        sources=sources,
        links=links,
        not_taken_over=(*missed_links, *_not_taken_over(study), *_idle_coders(study, sources, coder_keys)),
    )


def _codes(study: CodedStudy, keys: dict[Code, str], memos: StudyMemos) -> Iterator[ProjectCode]:
    """The codes in the order of the study; behind each those that specialise it."""
    parents = {code: next(iter(superclass_codes(study, code)), None) for code in keys}
    below: dict[Code | None, list[Code]] = {}
    for code, parent in parents.items():
        below.setdefault(parent, []).append(code)
    waiting = below.get(None, [])[::-1]
    while waiting:
        code = waiting.pop()
        yield _code(study, code, keys, memos, parents[code])
        waiting += below.get(code, [])[::-1]


def _code(
    study: CodedStudy, code: Code, keys: dict[Code, str], memos: StudyMemos, parent: Code | None
) -> ProjectCode:
    declaration = code.declaration
    values = dict(code.element.values) if isinstance(code.element, CClass) else {}
    texts = {name: value_text(value) for name, value in values.items() if value is not None}
    described = texts.pop("description", "").strip()
    memo = texts.pop("memo", "")
    defined = [each for each in study.definitions_of(code) if _words(each.text) != _words(described)]
    if not described and defined:
        described = defined.pop(0).text
    return ProjectCode(
        keys[code],
        code.title,
        keys[parent] if parent is not None else None,
        description=described,
        kind=study.registry.kind_of(declaration.element) if declaration is not None else None,
        identifier=_identifier(code),
        values={name: text for name, text in texts.items() if text.strip()},
        memos=memos.of_code(code, memo, defined),
    )


def _identifier(code: Code) -> str | None:
    """The identifier of a code; of one that only notes know its name there."""
    return code.name if code.declaration is None else code.declaration.identifier


def _not_taken_over(study: CodedStudy) -> Iterator[NotTakenOver]:
    of_kind: dict[str, list[str]] = {}
    for each in study.registry.declarations:
        if each.element not in study.code_of and each.kind not in _KEPT_KINDS:
            of_kind.setdefault(each.kind, []).append(each.short_name)
    for kind, named in of_kind.items():
        what, is_loss = _MISSED_KINDS.get(kind, f"elements of the kind {kind}"), kind in _MISSED_KINDS
        yield from NotTakenOver.of_names(what, named, _IN_JSON, is_loss=is_loss)
    unread = [study.file_of(note.path) for note in study.notes if note.unread or not note.identifier]
    reason = "they cannot be read or name no source; `codeable check` says why"
    yield from NotTakenOver.of_names("field notes", unread, reason, "".join(unread[:1]))
    classes = [code for code in study.codes if isinstance(code.element, CClass)]
    more = (each.name for each in classes if each.element.stereotype_instances or each.element.tagged_values)
    yield from NotTakenOver.of_names("stereotypes and tagged values of codes", more, _IN_JSON)


def _idle_coders(
    study: CodedStudy, sources: Iterable[ProjectSource], keys: Mapping[str, str]
) -> tuple[NotTakenOver, ...]:
    """The coders of notes in which they have coded and written nothing yet."""
    at_work: set[tuple[str | None, str | None]] = set()
    for source in sources:
        said: list[Coding | ProjectMemo] = [*source.codings, *source.memos]
        for passage in source.passages:
            said += (*passage.codings, *passage.memos)
            at_work |= {(source.identifier, coder) for coder in (passage.coder, *passage.marked_by)}
        at_work |= {(source.identifier, each.coder) for each in said}
    idle = [
        f"{note.coder} of {note.identifier}"
        for note in study.notes
        if note.coder and note.identifier and (note.identifier, keys[note.coder]) not in at_work
    ]
    reason = "a project says who coded a passage, not who is to code a source"
    return NotTakenOver.of_names("coders of sources that they have not coded", idle, reason, is_loss=False)


def _words(text: str) -> str:
    return " ".join(text.split())
