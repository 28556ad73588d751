"""Makes databases as Taguette writes them."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from attrs import frozen

_TABLES = """
CREATE TABLE users (login VARCHAR(30) NOT NULL, created DATETIME NOT NULL, hashed_password VARCHAR(192));
CREATE TABLE projects (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, name VARCHAR(200) NOT NULL,
  description TEXT NOT NULL, created DATETIME NOT NULL);
CREATE TABLE documents (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, name VARCHAR(200) NOT NULL,
  description TEXT NOT NULL, filename VARCHAR(200) NOT NULL, created DATETIME NOT NULL,
  project_id INTEGER NOT NULL, text_direction VARCHAR(13) NOT NULL, contents TEXT NOT NULL);
CREATE TABLE commands (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, date DATETIME NOT NULL,
  user_login VARCHAR(30) NOT NULL, project_id INTEGER NOT NULL, document_id INTEGER, payload TEXT NOT NULL);
CREATE TABLE highlights (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, document_id INTEGER NOT NULL,
  start_offset INTEGER NOT NULL, end_offset INTEGER NOT NULL, snippet TEXT NOT NULL);
CREATE TABLE tags (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, project_id INTEGER NOT NULL,
  path VARCHAR(200) NOT NULL, description TEXT NOT NULL);
CREATE TABLE highlight_tags (highlight_id INTEGER NOT NULL, tag_id INTEGER NOT NULL);
"""
_WHEN = "2026-01-01 00:00:00"


@frozen
class TaguetteHighlight:
    """A highlight of the words of a text, wherever markup stands between them.

    Attributes:
        document: The name of the document.
        before: The text nodes before it.
        text: Its text nodes.
        tags: Its tags.
        user: Who made it.
        snippet: The copy that Taguette keeps; None for the text.
    """

    document: str
    before: str
    text: str
    tags: Sequence[str] = ()
    user: str = "admin"
    snippet: str | None = None


def taguette(
    path: Path,
    documents: Mapping[str, str],
    tags: Sequence[str] = (),
    highlights: Sequence[TaguetteHighlight] = (),
    *,
    name: str = "Study",
    more_projects: Sequence[str] = (),
) -> Path:
    """A database with a project, and perhaps others that have a tag each."""
    with closing(sqlite3.connect(path)) as database:
        database.executescript(f"PRAGMA synchronous = OFF; BEGIN; {_TABLES}")
        for each in (name, *more_projects):
            database.execute("INSERT INTO projects VALUES (NULL, ?, '', ?)", (each, _WHEN))
        for number in range(len(more_projects)):
            database.execute("INSERT INTO tags VALUES (NULL, ?, 'other', '')", (number + 2,))
        for title, html in documents.items():
            row = (title, "", title, _WHEN, "LEFT_TO_RIGHT", html)
            database.execute("INSERT INTO documents VALUES (NULL, ?, ?, ?, ?, 1, ?, ?)", row)
        for tag in tags:
            database.execute("INSERT INTO tags VALUES (NULL, 1, ?, ?)", (tag, f"About {tag}."))
        for each in highlights:
            _highlight(database, each)
        database.commit()
    return path


def _highlight(database: sqlite3.Connection, highlight: TaguetteHighlight) -> None:
    document = _number(database, "documents", "name", highlight.document)
    start = len(highlight.before.encode())
    end = start + len(highlight.text.encode())
    snippet = highlight.text if highlight.snippet is None else highlight.snippet
    row = (document, start, end, snippet)
    number = database.execute("INSERT INTO highlights VALUES (NULL, ?, ?, ?, ?)", row).lastrowid
    tags = [_number(database, "tags", "path", each) for each in highlight.tags]
    for tag in tags:
        database.execute("INSERT INTO highlight_tags VALUES (?, ?)", (number, tag))
    payload = json.dumps({"type": "highlight_add", "highlight_id": number, "tags": tags})
    database.execute(
        "INSERT INTO commands VALUES (NULL, ?, ?, 1, ?, ?)", (_WHEN, highlight.user, document, payload)
    )


def _number(database: sqlite3.Connection, table: str, column: str, value: str) -> int:
    return int(database.execute(f"SELECT id FROM {table} WHERE {column} = ?", (value,)).fetchone()[0])
