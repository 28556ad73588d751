"""The list of the files that codeable made in a folder: a CSV file, say, can carry no mark of its own.

It is a file of lines of JSON, one for each file, so that git can merge it. Called by the job.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping

from attrs import frozen

from codeable.errors import CodeableError
from codeable.reports.document import ReportFile

MANIFEST = "codeable-reports.jsonl"
"""The name of the list."""

_HEAD = {"made_by": "codeable report", "about": "the files that it made here, and may write or remove"}
_TEXTS = frozenset({"tex", "md", "html", "csv", "bib", "svg", "jsonl"})
_NOT_IN_NAME = re.compile(r"[/\\:\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_LONGEST_NAME = 255
"""Bytes of the name of a file, on most systems."""


@frozen
class MadeFile:
    """A file that codeable made.

    Attributes:
        name: Its name in the folder.
        report: The report that it belongs to.
        file_format: The format that the report was written in.
        digest: The digest of its content.
        drawn_from: As in `ReportFile`.
    """

    name: str
    report: str
    file_format: str
    digest: str
    drawn_from: str | None = None

    @classmethod
    def of(cls, file: ReportFile, report: str, file_format: str) -> "MadeFile":
        """The entry of a file that is written now."""
        return cls(file.name, report, file_format, digest_of(file.data), file.drawn_from)

    def is_intact(self, data: bytes) -> bool:
        """Whether a file is as it was written; git may have given it other ends of lines."""
        return digest_of(data) == self.digest or digest_of(_with_line_feeds(self.name, data)) == self.digest


def digest_of(data: bytes) -> str:
    """The digest of the content of a file."""
    return hashlib.sha256(data).hexdigest()


def is_same(name: str, data: bytes, new: bytes) -> bool:
    """Whether a file has a content; git may have given it other ends of lines."""
    return data == new or _with_line_feeds(name, data) == new


def _with_line_feeds(name: str, data: bytes) -> bytes:
    """A text whose lines all end with CR LF, with LF instead; any other content as it is."""
    is_text = name.rpartition(".")[2] in _TEXTS
    if is_text and data.count(b"\r\n") == data.count(b"\n"):
        return data.replace(b"\r\n", b"\n")
    return data


def manifest_text(files: Iterable[MadeFile]) -> bytes:
    """The list as it is written: sorted by name."""
    lines = [_HEAD]
    for each in sorted(files, key=lambda file: file.name):
        line = {"file": each.name, "report": each.report, "format": each.file_format, "sha256": each.digest}
        lines.append(line if each.drawn_from is None else {**line, "drawn_from": each.drawn_from})
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode("utf-8")


def read_manifest(data: bytes | None, content: Callable[[str], bytes]) -> dict[str, MadeFile]:
    """The files of a list by name. Conflict marks that a merge left are ignored.

    A merge, or a run that was killed, leaves several lines about a file: the one that fits its content
    counts, else the last.

    Args:
        data: The content of the list; None where there is none.
        content: The content of a file that has several lines, by its name.

    Raises:
        CodeableError: The file is no such list.
    """
    if data is None:
        return {}
    found: dict[str, list[MadeFile]] = {}
    is_ours = False
    for line in data.decode("utf-8-sig", "replace").splitlines():
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(entry, Mapping):
            is_ours = is_ours or entry.get("made_by") == _HEAD["made_by"]
            file = _read(entry)
            if file is not None:
                found.setdefault(file.name, []).append(file)
    if not is_ours and data.strip():
        raise CodeableError(
            f"{MANIFEST} is no list of files that codeable made; move it away, "
            "or name another folder with --out"
        )
    return {
        name: files[0] if len(files) == 1 else _like(content(name), files[::-1])
        for name, files in found.items()
    }


def _like(data: bytes, files: list[MadeFile]) -> MadeFile:
    return next((each for each in files if each.is_intact(data)), files[0])


def _read(entry: Mapping[str, object]) -> MadeFile | None:
    """The file of a line; None where it has none, or one that is not in the folder itself."""
    match entry:
        case {"file": str(name), "report": str(report), "format": str(file_format), "sha256": str(digest)}:
            drawn_from = entry.get("drawn_from")
            if not isinstance(drawn_from, str | None) or not is_plain_name(name) or name == MANIFEST:
                return None
            if any(_NOT_IN_NAME.search(each) for each in (report, file_format, digest, drawn_from or "")):
                return None
            return MadeFile(name, report, file_format, digest, drawn_from)
    return None


def is_plain_name(name: str) -> bool:
    r"""Whether a name is that of a file in the folder itself, on every system.

    Example:
        >>> is_plain_name("sources.csv"), is_plain_name("../a.py"), is_plain_name("C:a"), is_plain_name("..")
        (True, False, False, False)
    """
    return (
        bool(name.strip(". ")) and _NOT_IN_NAME.search(name) is None and len(name.encode()) <= _LONGEST_NAME
    )
