"""Projects of Taguette: an SQLite database with one or more of them.

The format is that of https://www.taguette.org: the text of a document is HTML, and a highlight counts the
bytes (UTF-8) of its text nodes. Who made a highlight is in the list of commands.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from codeable.exchange.project import (
    Coder,
    Coding,
    Project,
    ProjectCode,
    ProjectMemo,
    ProjectPassage,
    ProjectSource,
    merged_passages,
)
from codeable.exchange.readers.code_paths import paths_of
from codeable.exchange.readers.databases.html_text import HtmlText, html_text_of
from codeable.exchange.readers.databases.sqlite_file import Database, Row, open_database
from codeable.exchange.readers.discarded import Discarded
from codeable.exchange.readers.input_file import unreadable
from codeable.exchange.readers.tables.code_rows import CodeRow, codes_of_rows
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
        reader = _Reader(database, only)
        codes = reader.codes()
        sources = tuple(reader.sources())
    description = reader.project.text("description").strip()
    return Project(
        reader.project.text("name").strip() or path.stem,
        file=shown_path(path),
        origin="Taguette",
        coders=tuple(Coder(each, each) for each in reader.coders),
        codes=codes,
        sources=sources,
        memos=(ProjectMemo(description, "Description of the project"),) if description else (),
        not_taken_over=reader.discarded.listed(),
        messages=tuple(reader.messages),
    )


class _Coders:
    """Who made the highlights, and who gave them their tags: from the commands of a project."""

    def __init__(self, commands: Iterable[Row]) -> None:
        self._made: dict[int, str] = {}
        self._tagged: dict[int, dict[int, str]] = {}
        for each in commands:
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


class _Reader:
    """Reads a project of a database."""

    def __init__(self, database: Database, only: str | None) -> None:
        self.database = database
        self.discarded = Discarded()
        self.coders: dict[str, None] = {}
        self.messages: list[str] = []
        self.project = self._chosen(only)
        self._code_of_tag: dict[int, str] = {}
        highlights = ("id", "start_offset", "end_offset", "snippet")
        self._highlights = database.grouped("highlights", highlights, "document_id", "id")
        self._tags = database.grouped("highlight_tags", ("tag_id",), "highlight_id", "tag_id")
        self._who = _Coders(self._rows("commands", "id", "user_login", "payload"))

    def _chosen(self, only: str | None) -> Row:
        path = self.database.path
        there = self.database.rows("projects", ("id", "name", "description"), order="id")
        if not there:
            raise unreadable(path, "it has no project")
        names = first_few([f"{each.key('id')}: {shown(each.text('name').strip())}" for each in there], 20)
        if only is not None:
            found = [each for each in there if each.text("name").strip() == only]
            found = found or [each for each in there if str(each.key("id")) == only]
            if len(found) != 1:
                what = "several projects" if found else "no project"
                raise unreadable(path, f"it has {what} {only!r}; name one by its number: {names}")
            return found[0]
        of_project = [self.database.rows(each, ("project_id",)) for each in ("documents", "tags")]
        used = {each.key("project_id") for rows in of_project for each in rows}
        filled = [each for each in there if each.key("id") in used] or there
        if len(filled) > 1:
            reason = f"it has {len(there)} projects; name one with --only, by its name or number: {names}"
            raise unreadable(path, reason)
        if len(there) > 1:
            name = filled[0].text("name").strip()
            self.messages.append(f"The only project that is not empty was read: {name}.")
        return filled[0]

    def _rows(self, table: str, *columns: str) -> list[Row]:
        """The rows of a table that belong to the project."""
        rows = self.database.rows(table, ("project_id", *columns), order="id")
        return [each for each in rows if each.key("project_id") == self.project.key("id")]

    def _place(self, what: str, number: int) -> str:
        return f"{self.database.path.name}, {what} {number}"

    def codes(self) -> tuple[ProjectCode, ...]:
        """The codes. From then on the code of each tag is known."""
        tags = self._rows("tags", "id", "path", "description")
        paths = paths_of([each.line("path") or f"tag {each.key('id')}" for each in tags], dots=True)
        rows = [
            CodeRow(path, self._place("tag", tag.key("id")), description=tag.text("description").strip())
            for tag, path in zip(tags, paths.paths, strict=True)
        ]
        found = codes_of_rows(rows, self.discarded)
        self.messages += paths.messages("tag")
        self._code_of_tag = {tag.key("id"): key for tag, key in zip(tags, found.keys, strict=True)}
        return found.codes

    def sources(self) -> Iterator[ProjectSource]:
        """The documents with their highlights."""
        for each in self._rows("documents", "id", "name", "description", "filename", "contents"):
            number = each.key("id")
            description, file = each.text("description").strip(), each.text("filename").strip()
            name = each.line("name") or file or f"document {number}"
            if file and file != name:
                self.discarded.add("names of uploaded files", file, is_loss=False)
            text = html_text_of(each.raw_text("contents"))
            is_address = bool(_ADDRESS.fullmatch(description))
            yield ProjectSource(
                f"document {number}",
                name,
                text.text,
                merged_passages(self._passages(number, name, text)),
                metadata={"url": description} if is_address else {},
                memos=(ProjectMemo(description, "Description"),) if description and not is_address else (),
                place=self._place("document", number),
            )

    def _passages(self, document: int, name: str, text: HtmlText) -> Iterator[ProjectPassage]:
        for each in self._highlights.get(document, ()):
            number = each.key("id")
            place = self._place("highlight", number)
            span = self._span(name, text, each, place)
            if span is None:
                continue
            codings = []
            for tag in (row.key("tag_id") for row in self._tags.get(number, ())):
                if tag in self._code_of_tag:
                    codings.append(Coding(self._code_of_tag[tag], self._who.of_tag(number, tag)))
                else:
                    self.discarded.add("tags of highlights that the project does not have", place=place)
            coder = self._who.of_highlight(number)
            users = (coder, *(coding.coder for coding in codings))
            self.coders.update({user: None for user in users if user})
            yield ProjectPassage(*span, tuple(codings), coder, place=place)

    def _span(self, name: str, text: HtmlText, highlight: Row, place: str) -> tuple[int, int] | None:
        """Where the text of a highlight is. Its offsets count; what it says itself is only compared."""
        start, end = highlight.number("start_offset"), highlight.number("end_offset")
        snippet = html_text_of(highlight.raw_text("snippet")).nodes
        try:
            if start is None or end is None:
                raise ValueError
            span = text.between(start, end)
            differs = bool(snippet) and snippet.split() != text.nodes_between(start, end).split()
        except ValueError:
            found = _only_place(text.nodes, snippet)
            if found is None:
                reason = f"their offsets are outside of it or empty ({start} to {end} of {text.length} bytes)"
                what = "highlights that are not in the text of their document"
                self.discarded.add(what, name, place=place, reason=reason)
                return None
            span, differs = text.between(*found), True
        if not text.text[slice(*span)].strip():
            self.discarded.add("highlights of white space only", name, place=place, is_loss=False)
            return None
        if differs:
            what = "copies of highlighted texts that differ from the document"
            reason = "the offsets count as far as they are in it; compare the passage with Taguette"
            self.discarded.add(what, name, place=place, reason=reason)
        return span


def _only_place(nodes: str, snippet: str) -> tuple[int, int] | None:
    """The bytes of a text that is in a document exactly once."""
    at = nodes.find(snippet)
    if not snippet.strip() or at < 0 or nodes.find(snippet, at + 1) >= 0:
        return None
    start = len(nodes[:at].encode())
    return start, start + len(snippet.encode())
