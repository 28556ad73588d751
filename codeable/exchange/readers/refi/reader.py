"""Reads REFI-QDA 1.0 as tools write it: a codebook (`.qdc`) and a project (`.qdpx`).

The standard is at https://www.qdasoftware.org. NVivo, ATLAS.ti, MAXQDA, QualCoder, Taguette, Quirkos, Dedoose
and others write these files, each a little differently.
"""

import re
from pathlib import Path

from codeable.errors import CodeableError
from codeable.exchange.own_note import with_own_note
from codeable.exchange.project import Project, ProjectLink
from codeable.exchange.readers.input_file import read_input, unreadable
from codeable.exchange.readers.refi.codes import codes_in_use, kind_of_set, nested_by_dots, read_codes
from codeable.exchange.readers.refi.refi_file import RefiFile, elements_in
from codeable.exchange.readers.refi.sources import read_sources
from codeable.exchange.readers.refi.texts import ProjectTexts
from codeable.exchange.readers.safe_xml import MOST_BYTES, parse_xml
from codeable.exchange.readers.safe_zip import ZipReader
from codeable.files import shown_path
from codeable.text import counted, shown

_WITH_DOTS = "taguette"
"""The tool whose codebooks have flat names that tell the nesting by dots."""
_KNOWN = re.compile(
    "(Audio|Video|PDF|Picture|Text)Source|(Audio|Video|PDF|Picture|PlainText|Transcript)Selection|"
    "(Text|Boolean|Integer|Float|Date|DateTime)Value|(Code|Note|Source|Selection|Variable)Ref|"
    "(User|Code|Variable|Case|Source|Note|Link|Set|Graph)s?|Member(Code|Source|Note)|VariableValue|"
    "Project|CodeBook|Coding|Description|PlainTextContent|Representation|TextDescription|Transcript|SyncPoint|"
    "Vertex|Edge"
)
"""The elements of the standard."""


def read_qdc(path: Path) -> Project:
    """The codebook of a file of REFI-QDA.

    Raises:
        CodeableError: It cannot be read, or is no codebook of REFI-QDA. The message has the line.

    Example:
        >>> import tempfile
        >>> code = '<Code guid="1" name="Cost" isCodable="true"/>'
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder, "a.qdc")
        ...     text = f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>{code}</Codes></CodeBook>'
        ...     _ = path.write_text(text)
        ...     [code.name for code in read_qdc(path).codes]
        ['Cost']
    """
    data = read_input(path, MOST_BYTES)
    if data.startswith(b"PK\x03\x04"):
        reason = "it is a zip file, so it is probably a project: name it .qdpx or give --format qdpx"
        raise unreadable(path, reason)
    file = _file(data, path.name, "", shown_path(path))
    file.check_root("CodeBook", "a project is read from a .qdpx file")
    codes = read_codes(file, file.root)
    if not codes:
        raise file.error(file.root, "the codebook has no codes")
    if file.origin.casefold().startswith(_WITH_DOTS) and all(each.parent is None for each in codes):
        codes = nested_by_dots(file, codes)
    _discard_the_rest(file)
    return Project(
        path.stem,
        file=shown_path(path),
        origin=file.origin,
        codes=codes,
        not_taken_over=file.discarded.listed(),
        messages=tuple(file.messages),
        has_name=False,
    )


def read_qdpx(path: Path) -> Project:
    """The project of a file of REFI-QDA: codes, texts with coded passages, coders, memos, links.

    Raises:
        CodeableError: It cannot be read, is no project of REFI-QDA, misses a text, or has a position outside
            of one. The message has the place.

    Example:
        >>> import tempfile, zipfile
        >>> source = '<TextSource guid="1" name="Talk"><PlainTextContent>Hm.</PlainTextContent></TextSource>'
        >>> root = f'<Project xmlns="urn:QDA-XML:project:1.0"><Sources>{source}</Sources></Project>'
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     with zipfile.ZipFile(Path(folder, "a.qdpx"), "w") as archive:
        ...         archive.writestr("project.qde", root)
        ...     [(source.name, source.text) for source in read_qdpx(Path(folder, "a.qdpx")).sources]
        [('Talk', 'Hm.')]
    """
    with ZipReader(path) as archive:
        name = _project_entry(archive)
        file = _file(archive.read(name), name, archive.file, archive.file)
        file.check_root("Project", "a codebook is read from a .qdc file")
        texts = ProjectTexts(archive, file.error, without_marks=file.is_own)
        file.read_users()
        file.read_notes(texts)
        codes = read_codes(file, file.root.child("CodeBook"))
        sources = read_sources(file, texts, (code.key for code in codes))
        own = file.take_own_note()
        project_memos = file.memos_of(file.root, "description")
        links = _links(file, {code.key for code in codes})
        codes = codes_in_use(file, codes, sources)
        _discard_the_rest(file)
    file.messages += [
        f"{entry} is not in UTF-8; it is read as {how}." for entry, how in texts.recoded.items()
    ]
    project = Project(
        file.root.get("name") or path.stem,
        file=shown_path(path),
        origin=file.origin,
        coders=tuple(file.coders.values()),
        codes=codes,
        sources=sources,
        links=links,
        memos=(*project_memos, *file.other_memos()),
        not_taken_over=file.discarded.listed(),
        messages=tuple(file.messages),
    )
    return with_own_note(project, own) if own is not None else project


def _file(data: bytes, name: str, archive: str, shown_file: str) -> RefiFile:
    where = f"{archive}, {name}" if archive else shown_file
    root, left_out = parse_xml(data, where)
    file = RefiFile(name, archive, root)
    if left_out:
        what = counted(left_out, "character")
        file.messages.append(f"{name} has {what} that XML forbids; they are left out.")
    return file


def _project_entry(archive: ZipReader) -> str:
    """The file of XML in a project file: `project.qde`, `NAME.qde`, also in a folder."""
    found = [each for each in archive.names if each.casefold().endswith(".qde")]
    exact = [each for each in found if each.rpartition("/")[2].casefold() == "project.qde"] or found
    top = [each for each in exact if "/" not in each] or exact
    if len(top) == 1:
        return top[0]
    if top:
        listed = ", ".join(map(shown, top))
        reason = f"it has several projects: {listed}"
    elif any(each.casefold().endswith((".qdpx", ".qdc")) for each in archive.names):
        inner = next(each for each in archive.names if each.casefold().endswith((".qdpx", ".qdc")))
        reason = f"it has no project.qde, but {shown(inner)}: unpack that file and import it"
    else:
        reason = "it has no project.qde, so it is no project of REFI-QDA"
    raise CodeableError(f"{archive.file}: {reason}.", exit_status=2)


def _links(file: RefiFile, codes: set[str]) -> tuple[ProjectLink, ...]:
    """The links between codes. Other links are left out."""
    found = []
    for link in elements_in(file.root, "Links", "Link"):
        origin, target = (file.optional_guid(link, each) for each in ("originGUID", "targetGUID"))
        if origin in codes and target in codes and origin is not None and target is not None:
            found.append(ProjectLink(origin, target, link.get("name"), place=file.place(link)))
        else:
            file.discard("links", link, "a study links codes only")
    return tuple(found)


def _discard_the_rest(file: RefiFile) -> None:
    """Note as discarded what no reader of a part of the file reads: sets, graphs, elements of no standard.

    Sets that are kinds of codes are taken over.
    """
    for each in elements_in(file.root, "Sets", "Set"):
        if kind_of_set(each, file.origin) is None:
            file.discard("sets", each, "a study has no sets; their members are taken over")
    for each in elements_in(file.root, "Graphs", "Graph"):
        file.discard("graphs", each, "a study draws its figures of decisions and relations")
    waiting = [file.root]
    while waiting:
        element = waiting.pop()
        waiting += element.children
        if not _KNOWN.fullmatch(element.name):
            file.discard(f"elements <{element.name}>", element, "the standard does not have them")
