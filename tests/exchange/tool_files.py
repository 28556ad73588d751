"""Makes projects of REFI-QDA as the tools write them. Positions are found from the text that is selected."""

import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from uuid import NAMESPACE_DNS, uuid5
from xml.sax.saxutils import escape, quoteattr

from codeable.exchange.project import Project, ProjectSource
from codeable.exchange.readers.refi.reader import read_qdpx

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"


def guid(name: str) -> str:
    """A GUID for a name, always the same."""
    return str(uuid5(NAMESPACE_DNS, name))


def element(tag: str, /, *children: str, **attributes: object) -> str:
    """An element; attributes of None are left out."""
    given = "".join(
        f" {key}={quoteattr(str(value))}" for key, value in attributes.items() if value is not None
    )
    return f"<{tag}{given}>{''.join(children)}</{tag}>" if children else f"<{tag}{given}/>"


def text_element(name: str, text: str) -> str:
    return element(name, escape(text))


def code(name: str, *children: str, key: str | None = None, **attributes: object) -> str:
    return element(
        "Code", *children, guid=key or guid(name), name=name, **{"isCodable": "true", **attributes}
    )


def coding(code_name: str, *children: str, user: str | None = None) -> str:
    reference = element("CodeRef", targetGUID=guid(code_name))
    creator = guid(user) if user else None
    return element("Coding", reference, *children, guid=guid(f"coding {code_name}"), creatingUser=creator)


def note_reference(name: str) -> str:
    return element("NoteRef", targetGUID=guid(name))


def codes_of(*codes: str) -> str:
    return element("CodeBook", element("Codes", *codes))


def qdc(*codes: str, namespace: str = CODEBOOK, more: str = "", origin: str | None = None) -> bytes:
    root = element("CodeBook", element("Codes", *codes), more, xmlns=namespace, origin=origin)
    return (HEADER + root).encode()


HEADER = '<?xml version="1.0" encoding="utf-8"?>\n'


def qde(*parts: str, namespace: str = PROJECT, name: str | None = "Study", origin: str | None = None) -> str:
    return HEADER + element("Project", *parts, name=name, origin=origin, xmlns=namespace)


def write_zip(path: Path, files: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


class Positions:
    """How a tool counts the positions of its selections.

    Args:
        utf_16: Whether characters beyond the basic plane count as two.
        line_end: How many positions a line end has.
        mark: Whether a byte order mark has a position.
        inclusive: Whether the end is the last character.
    """

    def __init__(
        self, *, utf_16: bool = False, line_end: int = 1, mark: bool = False, inclusive: bool = False
    ) -> None:
        self.utf_16 = utf_16
        self.line_end = line_end
        self.mark = mark
        self.inclusive = inclusive

    def of(self, text: str, index: int) -> int:
        before = text[:index]
        wide = sum(each > "\uffff" for each in before) if self.utf_16 else 0
        return len(before) + wide + before.count("\n") * (self.line_end - 1) + self.mark

    def span(self, text: str, selected: str) -> tuple[int, int]:
        start = text.index(selected)
        return self.of(text, start), self.of(text, start + len(selected)) - self.inclusive


def selection(
    text: str,
    selected: str,
    *children: str,
    positions: Positions | None = None,
    name: str | None = None,
    user: str | None = None,
) -> str:
    """A selection of a part of a text, by its first place there."""
    start, end = (positions or Positions()).span(text, selected)
    creator = guid(user) if user else None
    return element(
        "PlainTextSelection",
        *children,
        guid=guid(f"selection {selected}"),
        name=name,
        startPosition=start,
        endPosition=end,
        creatingUser=creator,
    )


def text_source(name: str, *children: str, path: str | None = None, **attributes: object) -> str:
    return element("TextSource", *children, guid=guid(name), name=name, plainTextPath=path, **attributes)


def project_file(
    folder: Path,
    text: str,
    selected: Iterable[str],
    *,
    positions: Positions | None = None,
    origin: str | None = None,
    file: str | None = None,
    encoded: Callable[[str], bytes] = str.encode,
    name_of: Callable[[str], str | None] = lambda _: None,
    entry: str = "project.qde",
) -> Path:
    """A project of one text with selections that all have one code.

    Args:
        folder: Where it is written.
        text: The text, with line feeds.
        selected: The selected texts.
        positions: How positions are counted.
        origin: The tool that says to have written it.
        file: What the attribute `plainTextPath` says; the text is inline where there is none.
        encoded: Makes the bytes of the text.
        name_of: Makes the name of a selection of what it selects.
        entry: The name of the file of XML.
    """
    selections = [
        selection(text, each, coding("Code"), positions=positions, name=name_of(each)) for each in selected
    ]
    inline = [] if file else [text_element("PlainTextContent", text)]
    sources = element("Sources", text_source("Interview", *inline, *selections, path=file))
    files: dict[str, str | bytes] = {entry: qde(codes_of(code("Code")), sources, origin=origin)}
    if file:
        name = file.partition(":")[2].lstrip("/") if ":" in file else file
        files[f"{entry.rpartition('/')[0]}/sources/{name}".lstrip("/")] = encoded(text)
    return write_zip(folder / "study.qdpx", files)


def texts_of(source: ProjectSource) -> list[str]:
    """The texts of the passages of a source."""
    return [source.text[each.start : each.end] for each in source.passages]


def read(folder: Path, *parts: str, files: dict[str, str | bytes] | None = None, **named: str) -> Project:
    """The project of a file that has these parts, and the other files of its archive."""
    return read_qdpx(write_zip(folder / "study.qdpx", {"project.qde": qde(*parts, **named), **(files or {})}))
