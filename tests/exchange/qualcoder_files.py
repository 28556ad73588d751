"""Makes projects as QualCoder writes them, of several versions of its database."""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

_TABLES: Mapping[str, str] = {
    "project": "databaseversion text, date text, memo text, about text",
    "source": "id integer primary key, name text, fulltext text, mediapath text, memo text, owner text",
    "code_image": "imid integer primary key, id integer, x1 integer, cid integer, memo text, owner text",
    "code_av": "avid integer primary key, id integer, pos0 integer, pos1 integer, cid integer, owner text",
    "annotation": (
        "anid integer primary key, fid integer, pos0 integer, pos1 integer, memo text, owner text, date text"
    ),
    "attribute_type": "name text primary key, date text, owner text, memo text, caseOrFile text",
    "attribute": (
        "attrid integer primary key, name text, attr_type text, value text, id integer, date text, owner text"
    ),
    "case_text": "id integer primary key, caseid integer, fid integer, pos0 integer, pos1 integer, memo text",
    "cases": "caseid integer primary key, name text, memo text, owner text, date text",
    "code_cat": "catid integer primary key, name text, owner text, date text, memo text, supercatid integer",
    "code_text": (
        "cid integer, fid integer, seltext text, pos0 integer, pos1 integer, owner text, date text, memo text"
    ),
    "code_name": (
        "cid integer primary key, name text, memo text, catid integer, owner text, date text, color text"
    ),
    "journal": "jid integer primary key, name text, jentry text, date text, owner text",
}
_LATER: Mapping[str, str] = {
    "source": ", av_text_id integer, risid integer",
    "code_text": ", avid integer, important integer, ctid integer primary key",
    "code_name": ", supercid integer",
}
_ONLY_LATER: Mapping[str, str] = {
    "ris": "risid integer, tag text, longtag text, value text",
    "graph": "grid integer primary key, name text",
    "stored_sql": "title text, ssql text",
    "coder_names": "name text, visibility integer",
}


def qualcoder(
    folder: Path, rows: Mapping[str, Sequence[Mapping[str, str | int | None]]], *, is_old: bool = False
) -> Path:
    """A project folder. The columns of a row that are not given are NULL.

    Args:
        folder: The folder, which ends with `.qda`.
        rows: Table → its rows.
        is_old: Whether the database lacks what later versions have.
    """
    folder.mkdir()
    for each in ("audio", "documents", "images", "video"):
        (folder / each).mkdir()
    tables = _TABLES if is_old else {**_TABLES, **_ONLY_LATER}
    with closing(sqlite3.connect(folder / "data.qda")) as database:
        database.execute("PRAGMA synchronous = OFF")
        database.execute("BEGIN")
        for table, columns in tables.items():
            database.execute(f"CREATE TABLE {table} ({columns}{'' if is_old else _LATER.get(table, '')})")
        if "project" not in rows:
            database.execute("INSERT INTO project (databaseversion) VALUES ('v17')")
        for table, given in rows.items():
            for row in given:
                marks = ", ".join("?" * len(row))
                names = ", ".join(row)
                database.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values()))
        database.commit()
    return folder
