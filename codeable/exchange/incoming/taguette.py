"""Projects of Taguette: an SQLite database with one or more of them.

The format is that of https://www.taguette.org: the text of a document is HTML, and a highlight counts the
bytes (UTF-8) of its text nodes. Who made a highlight is in the list of commands.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from attrs import Factory, define, frozen

from codeable.exchange.incoming.code_paths import paths_of
from codeable.exchange.incoming.code_rows import CodeRow, CodeRows, codes_of_rows
from codeable.exchange.incoming.discarded import Discarded
from codeable.exchange.incoming.html_text import HtmlText, html_text_of
from codeable.exchange.incoming.input_file import unreadable
from codeable.exchange.incoming.sqlite_file import Database, Row, open_database
from codeable.exchange.project import (
    Coder,
    Coding,
    Project,
    ProjectMemo,
    ProjectPassage,
    ProjectSource,
    merged_passages,
)
from codeable.files import shown_path
from codeable.text import first_few, shown

_NEEDED: dict[str, Sequence[str]] = {
    "projects": ("id", "name"),
    "documents": ("id", "name", "project_id", "contents"),
    "highlights": ("id", "document_id", "start_offset", "end_offset"),
    "tags": ("id", "project_id", "path"),
    "highlight_tags": ("highlight_id", "tag_id"),
}
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
"""A description of a document that is nothing but the address from which it was taken."""
_ONLY_USER = "admin"
"""The user of Taguette on one's own computer, who is anybody."""


@frozen
class _Project:
    number: int
    name: str
    description: str


@define
class _Reading:
    """What is found while a project is read."""

    path: Path
    discarded: Discarded = Factory(Discarded)
    coders: dict[str, None] = Factory(dict)
    messages: list[str] = Factory(list)


def read_taguette(path: Path, only: str | None = None) -> Project:
    """A project of Taguette.

    Args:
        path: The database: a project that Taguette exported, or the one that it works on.
        only: The name or the number of the project that is read, where the database has several.

    Raises:
        CodeableError: There is no such database or project, it is broken or open in another program, or none
            of several projects is named.
    """
    with open_database(path, "a database of Taguette", _NEEDED) as database:
        reading = _Reading(path)
        project = _chosen(database, reading, only)
        codes, of_tag = _codes(database, reading, project)
        sources = tuple(_sources(database, reading, project, of_tag))
    return Project(
        project.name or path.stem,
        file=shown_path(path),
        origin="Taguette",
        coders=tuple(Coder(each, each) for each in reading.coders),
        codes=codes.codes,
        sources=sources,
        memos=(ProjectMemo(project.description, "Description of the project"),)
        if project.description
        else (),
        not_taken_over=reading.discarded.listed(),
        messages=tuple(reading.messages),
    )


def _chosen(database: Database, reading: _Reading, only: str | None) -> _Project:
    there = [
        _Project(each.number("id") or 0, each.text("name").strip(), each.text("description").strip())
        for each in database.rows("projects", ("id", "name", "description"), order="id")
    ]
    if not there:
        raise unreadable(reading.path, "it has no project")
    names = first_few([f"{each.number}: {shown(each.name)}" for each in there], 20)
    if only is not None:
        found = [each for each in there if each.name == only] or [
            each for each in there if str(each.number) == only
        ]
        if len(found) != 1:
            what = "several projects" if found else "no project"
            raise unreadable(reading.path, f"it has {what} {only!r}; name one by its number: {names}")
        return found[0]
    used = {
        each.number("project_id")
        for table in ("documents", "tags")
        for each in database.rows(table, ("project_id",))
    }
    filled = [each for each in there if each.number in used] or there
    if len(filled) > 1:
        raise unreadable(
            reading.path,
            f"it has {len(there)} projects; name one with --only, by its name or number: {names}",
        )
    if len(there) > 1:
        reading.messages.append(f"The only project that is not empty was read: {filled[0].name}.")
    return filled[0]


def _codes(database: Database, reading: _Reading, project: _Project) -> tuple[CodeRows, Mapping[int, str]]:
    """The codes, and the key of the code of each tag."""
    tags = _of(database.rows("tags", ("id", "project_id", "path", "description"), order="id"), project)
    names = [" ".join(each.text("path").split()) or f"tag {each.number('id')}" for each in tags]
    paths = paths_of(names, dots=True)
    rows = [
        CodeRow(path, _place(reading, "tag", tag.number("id")), description=tag.text("description").strip())
        for tag, path in zip(tags, paths.paths, strict=True)
    ]
    found = codes_of_rows(rows, reading.discarded)
    reading.messages += paths.messages("tag")
    keys = {tag.number("id") or 0: key for tag, key in zip(tags, found.keys, strict=True)}
    return found, keys


def _of(rows: Sequence[Row], project: _Project) -> list[Row]:
    return [each for each in rows if each.number("project_id") == project.number]


def _sources(
    database: Database, reading: _Reading, project: _Project, of_tag: Mapping[int, str]
) -> Iterator[ProjectSource]:
    columns = ("id", "name", "description", "filename", "project_id", "contents")
    documents = _of(database.rows("documents", columns, order="id"), project)
    highlights = _highlights(database)
    tags = _tags(database)
    who = _Coders(database, project)
    for each in documents:
        number = each.number("id") or 0
        description, file = each.text("description").strip(), each.text("filename").strip()
        name = " ".join(each.text("name").split()) or file or f"document {number}"
        if file and file != name:
            reading.discarded.add("names of uploaded files", file, is_loss=False)
        text = html_text_of(each.raw_text("contents"))
        is_address = bool(_ADDRESS.fullmatch(description))
        yield ProjectSource(
            f"document {number}",
            name,
            text.text,
            merged_passages(_passages(reading, name, text, highlights.get(number, ()), tags, of_tag, who)),
            metadata={"url": description} if is_address else {},
            memos=(ProjectMemo(description, "Description"),) if description and not is_address else (),
            place=_place(reading, "document", number),
        )


def _highlights(database: Database) -> dict[int, list[Row]]:
    """Number of a document → its highlights."""
    found: dict[int, list[Row]] = {}
    columns = ("id", "document_id", "start_offset", "end_offset", "snippet")
    for each in database.rows("highlights", columns, order="id"):
        found.setdefault(each.number("document_id") or 0, []).append(each)
    return found


def _tags(database: Database) -> dict[int, list[int]]:
    """Number of a highlight → the numbers of its tags."""
    found: dict[int, list[int]] = {}
    for each in database.rows("highlight_tags", ("highlight_id", "tag_id"), order="tag_id"):
        found.setdefault(each.number("highlight_id") or 0, []).append(each.number("tag_id") or 0)
    return found


class _Coders:
    """Who made the highlights, and who gave them their tags: from the commands of a project."""

    def __init__(self, database: Database, project: _Project) -> None:
        self._made: dict[int, str] = {}
        self._tagged: dict[int, dict[int, str]] = {}
        columns = ("id", "user_login", "project_id", "payload")
        for each in _of(database.rows("commands", columns, order="id"), project):
            self._add(each.text("user_login"), each.raw_text("payload"))
        names = {*self._made.values(), *(name for each in self._tagged.values() for name in each.values())}
        if names <= {_ONLY_USER}:
            self._made, self._tagged = {}, {}

    def _add(self, user: str, payload: str) -> None:
        try:
            said = json.loads(payload)
        except (ValueError, RecursionError):
            return
        if not isinstance(said, dict) or said.get("type") != "highlight_add" or not user:
            return
        number, tags = said.get("highlight_id"), said.get("tags")
        if isinstance(number, int) and isinstance(tags, list):
            self._made.setdefault(number, user)
            before = self._tagged.get(number, {})
            self._tagged[number] = {tag: before.get(tag, user) for tag in tags if isinstance(tag, int)}

    def of_highlight(self, number: int) -> str | None:
        return self._made.get(number)

    def of_tag(self, highlight: int, tag: int) -> str | None:
        return self._tagged.get(highlight, {}).get(tag, self._made.get(highlight))


def _passages(
    reading: _Reading,
    name: str,
    text: HtmlText,
    highlights: Sequence[Row],
    tags: Mapping[int, Sequence[int]],
    of_tag: Mapping[int, str],
    who: _Coders,
) -> Iterator[ProjectPassage]:
    for each in highlights:
        number = each.number("id") or 0
        place = _place(reading, "highlight", number)
        span = _span(reading, name, text, each, place)
        if span is None:
            continue
        codings = []
        for tag in tags.get(number, ()):
            if tag in of_tag:
                codings.append(Coding(of_tag[tag], who.of_tag(number, tag)))
            else:
                reading.discarded.add("tags of highlights that the project does not have", place=place)
        coder = who.of_highlight(number)
        users = (coder, *(coding.coder for coding in codings))
        reading.coders.update({user: None for user in users if user})
        yield ProjectPassage(*span, tuple(codings), coder, place=place)


def _span(reading: _Reading, name: str, text: HtmlText, highlight: Row, place: str) -> tuple[int, int] | None:
    """Where the text of a highlight is. Its offsets count; what it says itself is only compared."""
    start, end = highlight.number("start_offset"), highlight.number("end_offset")
    snippet = html_text_of(highlight.raw_text("snippet")).nodes
    try:
        if start is None or end is None:
            raise ValueError
        span = text.between(start, end)
    except ValueError:
        found = _only_place(text.nodes, snippet)
        if found is None:
            reading.discarded.add(
                "highlights that are not in the text of their document",
                name,
                place=place,
                reason=f"their offsets are outside of it or empty ({start} to {end} of {text.length} bytes)",
            )
            return None
        start, end = found
        span = text.between(start, end)
        _differs(reading, name, place)
    if not text.text[slice(*span)].strip():
        reading.discarded.add("highlights of white space only", name, place=place, is_loss=False)
        return None
    if snippet and snippet.split() != text.nodes_between(start, end).split():
        _differs(reading, name, place)
    return span


def _differs(reading: _Reading, name: str, place: str) -> None:
    reading.discarded.add(
        "copies of highlighted texts that differ from the document",
        name,
        place=place,
        reason="the offsets count as far as they are in the document; compare the passage with Taguette",
    )


def _only_place(nodes: str, snippet: str) -> tuple[int, int] | None:
    """The bytes of a text that is in a document exactly once."""
    at = nodes.find(snippet)
    if not snippet.strip() or at < 0 or nodes.find(snippet, at + 1) >= 0:
        return None
    start = len(nodes[:at].encode())
    return start, start + len(snippet.encode())


def _place(reading: _Reading, what: str, number: int | None) -> str:
    return f"{reading.path.name}, {what} {number}"
