"""Projects of QualCoder: a folder `<name>.qda` with the SQLite database `data.qda`.

Versions of the database up to 17 (QualCoder 4.0) differ in tables and columns; what a database lacks is not
read. See https://github.com/ccbogel/QualCoder.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from attrs import evolve

from codeable.exchange.incoming.code_order import CodeOrder
from codeable.exchange.project import Coder, Project, ProjectCode, ProjectMemo, ProjectSource
from codeable.exchange.readers.databases.qualcoder_passages import QualCoderPassages
from codeable.exchange.readers.databases.qualcoder_values import source_values
from codeable.exchange.readers.databases.sqlite_file import Database, open_database
from codeable.exchange.readers.discarded import Discarded
from codeable.exchange.readers.input_file import unreadable
from codeable.exchange.readers.refi.positions import plain_text
from codeable.files import is_folder, shown_path

_NEEDED: dict[str, Sequence[str]] = {
    "source": ("id", "name", "fulltext"),
    "code_name": ("cid", "name"),
    "code_cat": ("catid", "name"),
    "code_text": ("cid", "fid", "pos0", "pos1"),
}
_DATABASE = "data.qda"


def read_qualcoder(path: Path) -> Project:
    """A project of QualCoder.

    Args:
        path: Its folder, or the database in it.

    Raises:
        CodeableError: There is no such project, its database is broken, too large or open in another program,
            or it leads out of the folder by a link.
    """
    file = _database_of(path)
    folder = file.parent if file.name == _DATABASE else file
    with open_database(file, "a project of QualCoder", _NEEDED) as database:
        discarded = Discarded()
        codes = _codes(database, discarded)
        passages = QualCoderPassages(database, {each.key for each in codes}, discarded)
        sources = tuple(_sources(database, passages, discarded))
        passages.discard_rest()
        memos = tuple(_memos(database, passages))
        _discard_the_rest(database, discarded)
    return Project(
        folder.stem,
        file=shown_path(path),
        origin="QualCoder",
        coders=tuple(Coder(each, each) for each in sorted(passages.coders)),
        codes=codes,
        sources=sources,
        memos=memos,
        not_taken_over=discarded.listed(),
        messages=passages.messages,
    )


def _database_of(path: Path) -> Path:
    if not is_folder(path):
        return path
    file = path / _DATABASE
    if file.is_symlink() and not file.resolve().is_relative_to(path.resolve()):
        raise unreadable(file, "it is a link that leads out of the project")
    if not file.exists():
        reason = f"a project of QualCoder is a folder with a file {_DATABASE}; there is none"
        raise unreadable(path, reason)
    return file


def _codes(database: Database, discarded: Discarded) -> tuple[ProjectCode, ...]:
    """The categories and codes. A memo of QualCoder says what a code means."""
    found = [
        ProjectCode(
            f"category {each.number('catid')}",
            each.line("name") or f"category {each.number('catid')}",
            _key("category", each.number("supercatid")),
            description=each.text("memo").strip(),
            is_codable=False,
            place=f"{_DATABASE}, category {each.number('catid')}",
        )
        for each in database.rows("code_cat", ("catid", "name", "memo", "supercatid"), order="catid")
    ]
    columns = ("cid", "name", "memo", "catid", "color", "supercid")
    for each in database.rows("code_name", columns, order="cid"):
        number = each.number("cid")
        above = _key("code", each.number("supercid")) or _key("category", each.number("catid"))
        memo, place = each.text("memo").strip(), f"{_DATABASE}, code {number}"
        name = each.line("name") or f"code {number}"
        found.append(ProjectCode(f"code {number}", name, above, description=memo, place=place))
        if each.text("color"):
            discarded.add("colours of codes", is_loss=False)
    order = CodeOrder.of(found)
    for lost in order.not_taken_over:
        for name in lost.named:
            discarded.add(lost.what, name, place=lost.place, reason=lost.reason)
    return tuple(evolve(each, parent=next(iter(order.parents[each.key]), None)) for each in order.codes)


def _key(what: str, number: int | None) -> str | None:
    """The key of what a code is in. QualCoder writes none as NULL, 0 or an empty text."""
    return f"{what} {number}" if number else None


def _sources(
    database: Database, passages: QualCoderPassages, discarded: Discarded
) -> Iterator[ProjectSource]:
    values = source_values(database, discarded)
    columns = ("id", "name", "fulltext", "mediapath", "memo", "owner")
    for each in database.rows("source", columns, order="id"):
        number, name = each.key("id"), each.line("name") or f"source {each.number('id')}"
        media = _media(each.text("mediapath"))
        text = plain_text(each.raw_text("fulltext"))
        memo = each.text("memo").strip()
        if media and not text.text.strip():
            reason = "codeable keeps texts; export a transcript from QualCoder"
            discarded.add(media, name, place=f"{_DATABASE}, source {number}", reason=reason)
            if memo:
                discarded.add("memos of pictures, sounds and videos", name)
            passages.forget(number)
            continue
        yield ProjectSource(
            f"source {number}",
            name,
            text.text,
            passages.of_source(number, name, text),
            metadata=values.get(number, {}),
            memos=(ProjectMemo(memo, coder=passages.coder(each)),) if memo else (),
            place=f"{_DATABASE}, source {number}",
        )


def _media(path: str) -> str:
    """What a source is beside its text, as a plural; empty for a text."""
    for words, what in (
        (("/images/", "images:"), "pictures"),
        (("/audio/", "audio:"), "sounds"),
        (("/video/", "video:"), "videos"),
    ):
        if path.startswith(words):
            return what
    return "scanned documents" if path.lower().endswith(".pdf") else ""


def _memos(database: Database, passages: QualCoderPassages) -> Iterator[ProjectMemo]:
    """The memo of the project, and the entries of the journal."""
    for each in database.rows("project", ("memo",)):
        if each.text("memo").strip():
            yield ProjectMemo(each.text("memo").strip(), "Memo of the project")
    for each in database.rows("journal", ("jid", "name", "jentry", "owner"), order="jid"):
        if each.text("jentry").strip():
            name = each.line("name") or "Journal"
            yield ProjectMemo(each.text("jentry").strip(), name, passages.coder(each))


def _discard_the_rest(database: Database, discarded: Discarded) -> None:
    names: Mapping[str, tuple[str, str, bool]] = {
        "code_image": ("coded areas of pictures", "", True),
        "code_av": ("coded stretches of sounds and videos", "", True),
        "graph": ("graphs", "name", True),
        "stored_sql": ("stored queries", "title", False),
        "files_filter": ("filters of files", "name", False),
    }
    for table, (what, column, is_loss) in names.items():
        for each in database.rows(table, ("id", *filter(None, [column]), "imid", "avid")):
            name = each.text(column) if column else ""
            discarded.add(what, name, reason="codeable keeps texts and what they say", is_loss=is_loss)
