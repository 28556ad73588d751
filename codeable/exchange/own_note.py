"""The note of a project that gives back what other tools have no place for: identifiers, kinds, names.

The writer of projects adds it, the reader of projects applies it. A project without it, because a tool has
dropped it, loses nothing else.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, get_args

from attrs import evolve

from codeable.exchange.project import (
    NotTakenOver,
    Project,
    ProjectCode,
    ProjectLink,
    ProjectMemo,
    ProjectPassage,
    ProjectSource,
)
from codeable.registry.records import Kind
from codeable.text import shown

OWN_NOTE = "codeable"
"""The name of the note."""

UNKNOWN_CODER = "Unknown coder"
"""The name of the user that a file has for codings whose coder is not known: importers need one.

A coder of this name in a project of another tool is nobody, too: it has taken the name from such a file."""
UNNAMED_MEMO = "Memo"
"""What a file calls a memo without a name."""
OPEN_CODING = "Open coding"
"""The name of a memo that is an open trace."""
DEFINITION = "Definition"
"""The name of a memo that says what a code means, where the code has a description besides."""

T = TypeVar("T")

_FORMAT = 1
_NUMBERED = re.compile(r"(.+) \(\d+\)", re.DOTALL)
_HEADING = "Identifiers and kinds of a study of codeable. Other tools do not need this note."
_KINDS = frozenset(get_args(Kind))


def own_note(project: Project, written: Mapping[str, str]) -> str:
    """The text of the note.

    Args:
        project: The project of a study.
        written: Key of a code or source → the name that the file has for it.
    """
    content = {
        "format": _FORMAT,
        "codes": {
            each.key: _filled(_named(each, written), kind=each.kind, values=dict(each.values))
            for each in project.codes
        },
        "sources": {each.key: _of_source(each, written) for each in project.sources},
        "links": [
            _filled(
                {"origin": each.origin, "target": each.target, "name": each.name},
                kind=each.kind,
                text=each.text,
                values=dict(each.values),
                code=each.code,
            )
            for each in project.links
        ],
    }
    return f"{_HEADING}\n{json.dumps(content, indent=1)}\n"


def _named(each: ProjectCode | ProjectSource, written: Mapping[str, str]) -> dict[str, Any]:
    """Its identifier; its name, too, where the file has another one."""
    name = written.get(each.key, each.name)
    return _filled(
        {}, identifier=each.identifier, **({"written": name, "name": each.name} if name != each.name else {})
    )


def _of_source(each: ProjectSource, written: Mapping[str, str]) -> dict[str, Any]:
    speakers = {str(one.start): one.speaker for one in each.passages if one.speaker}
    return _filled(_named(each, written), kind=each.kind, speakers=speakers)


def _filled(entry: dict[str, Any], **more: Any) -> dict[str, Any]:
    return entry | {name: value for name, value in more.items() if value}


def is_own_note(text: str) -> bool:
    """Whether a text is such a note; a user may have a note of that name, too."""
    return text.lstrip("\ufeff \r\n").startswith(_HEADING)


def with_own_note(project: Project, text: str) -> Project:
    """A project as its study had it.

    Args:
        project: The project, as its file has it. Its keys are GUIDs in lower case and without braces.
        text: The text of the note. It may be of any origin: what is of a wrong type is left out.

    Returns:
        The project with what the note says. A name that was changed in another tool stays as it is there.

    Example:
        >>> read = Project("mesh", codes=(ProjectCode("1", "Bus"),))
        >>> of_study = Project("mesh", codes=(ProjectCode("1", "Bus", kind="pattern", identifier="bus"),))
        >>> with_own_note(read, own_note(of_study, {})) == of_study
        True
    """
    try:
        content = json.loads(text[max(text.find("\n{"), 0) :].lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return _without(project, "it is not as codeable writes it")
    if not isinstance(content, dict) or content.get("format") != _FORMAT:
        found = content.get("format") if isinstance(content, dict) else content
        return _without(
            project, f"it is of the format {shown(found)}; this version of codeable reads {_FORMAT}"
        )
    codes, sources = _entries(content.get("codes"), dict), _entries(content.get("sources"), dict)
    links = content.get("links")
    project = _with_names_of_memos(project)
    return evolve(
        project,
        codes=tuple(_code(each, codes.get(each.key, {})) for each in project.codes),
        sources=tuple(_source(each, sources.get(each.key, {})) for each in project.sources),
        links=tuple(_links(project, links if isinstance(links, list) else ())),
    )


def _without(project: Project, reason: str) -> Project:
    told = NotTakenOver("notes of codeable with identifiers and kinds", 1, (OWN_NOTE,), reason=reason)
    return evolve(project, not_taken_over=(*project.not_taken_over, told))


def _code(code: ProjectCode, entry: Mapping[str, Any]) -> ProjectCode:
    return evolve(
        code,
        name=_name(code, entry),
        identifier=_text(entry, "identifier") or code.identifier,
        kind=_kind(entry) or code.kind,
        values={**code.values, **_entries(entry.get("values"), str)},
    )


def _source(source: ProjectSource, entry: Mapping[str, Any]) -> ProjectSource:
    speakers = _entries(entry.get("speakers"), str)

    def read(passage: ProjectPassage) -> ProjectPassage:
        speaker = speakers.get(str(passage.start)) or passage.speaker
        return evolve(passage, speaker=speaker)

    return evolve(
        source,
        name=_name(source, entry),
        identifier=_text(entry, "identifier") or source.identifier,
        kind=kind if (kind := entry.get("kind")) in ("s", "p") else source.kind,
        passages=tuple(map(read, source.passages)),
    )


def _links(project: Project, entries: Iterable[object]) -> Iterable[ProjectLink]:
    """The links, each with the first entry of its ends and name that no link before it has."""
    waiting: dict[tuple[object, ...], list[Mapping[str, Any]]] = {}
    for each in (each for each in entries if isinstance(each, dict)):
        key = tuple(_text(each, name) for name in ("origin", "target", "name"))
        waiting.setdefault(key, []).append(each)
    codes = {each.key for each in project.codes}
    for link in project.links:
        fitting = waiting.get((link.origin, link.target, link.name))
        if not fitting:
            yield link
            continue
        entry = fitting.pop(0)
        yield evolve(
            link,
            kind=_text(entry, "kind") or link.kind,
            text=_text(entry, "text"),
            values=_entries(entry.get("values"), str),
            code=code if (code := _text(entry, "code")) in codes else None,
        )


def _with_names_of_memos(project: Project) -> Project:
    """A project whose memos have the names that they had before the names of notes were made different."""
    passages = [passage for source in project.sources for passage in source.passages]
    having: list[ProjectCode | ProjectSource | ProjectPassage] = [*project.codes, *project.sources, *passages]
    memos = (*project.memos, *(memo for each in having for memo in each.memos))
    names = {UNNAMED_MEMO, OPEN_CODING, DEFINITION, *(memo.name for memo in memos)}

    def renamed(memos: Iterable[ProjectMemo]) -> tuple[ProjectMemo, ...]:
        return tuple(evolve(each, name=name_before(each.name)) for each in memos)

    def name_before(name: str) -> str:
        found = _NUMBERED.fullmatch(name)
        first = found[1] if found is not None and found[1] in names else name
        return "" if first == UNNAMED_MEMO else first

    return evolve(
        project,
        memos=renamed(project.memos),
        codes=tuple(evolve(each, memos=renamed(each.memos)) for each in project.codes),
        sources=tuple(
            evolve(
                each,
                memos=renamed(each.memos),
                passages=tuple(evolve(one, memos=renamed(one.memos)) for one in each.passages),
            )
            for each in project.sources
        ),
    )


def _name(each: ProjectCode | ProjectSource, entry: Mapping[str, Any]) -> str:
    return _text(entry, "name") or each.name if _text(entry, "written") == each.name else each.name


def _kind(entry: Mapping[str, Any]) -> Any:
    kind = _text(entry, "kind")
    return kind if kind in _KINDS else None


def _entries(value: object, type_: type[T]) -> dict[str, T]:
    """The values of an object that are of a type."""
    given = value if isinstance(value, dict) else {}
    return {key: each for key, each in given.items() if isinstance(each, type_)}


def _text(entry: Mapping[str, Any], name: str) -> str:
    value = entry.get(name)
    return value if isinstance(value, str) else ""
