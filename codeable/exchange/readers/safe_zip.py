"""Reads entries of a zip file of others. Nothing is unpacked to the disk, and all sizes are bounded."""

import contextlib
import lzma
import stat
import struct
import zipfile
import zlib
from pathlib import Path, PurePosixPath, PureWindowsPath
from types import TracebackType
from typing import Self

from codeable.errors import CodeableError, reason_of
from codeable.files import shown_path
from codeable.text import shown

MOST_ENTRIES = 50_000
MOST_READ = 512 * 1024 * 1024
"""The bytes of all entries that are read together at most."""
LARGEST_RATIO = 300
"""How many times its packed size an entry may have; a text has about 5, XML of a project at most 60."""
_SMALL = 1024 * 1024
"""Entries up to this size may be packed as well as they can."""
_IS_UTF_8 = 0x800
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(ValueError, EOFError, OSError, RuntimeError, MemoryError),
)
"""What the ways of packing raise for what is no such packed text."""
_NOT_OURS = ("__MACOSX/", ".DS_Store")


class ZipReader:
    """The entries of a zip file. Used with `with`, so that the file is closed.

    Args:
        path: The file.

    Raises:
        CodeableError: It is no zip file, is broken, has too many entries, one that leaves the folder, a link,
            or two of one name.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     with zipfile.ZipFile(Path(folder, "a.qdpx"), "w") as archive:
        ...         archive.writestr("project.qde", "<Project/>")
        ...     with ZipReader(Path(folder, "a.qdpx")) as project:
        ...         project.read("project.qde")
        b'<Project/>'
    """

    def __init__(self, path: Path) -> None:
        self.file = shown_path(path)
        self._read = 0
        if path.exists() and not path.is_file():
            raise self._error("it is no file, or one that never ends, such as a pipe")
        try:
            self._archive = zipfile.ZipFile(path)
        except OSError as error:
            raise self._error(f"it cannot be read ({reason_of(error)})") from None
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, EOFError) as error:
            raise self._error(f"it is no zip file, or a broken one ({error})") from None
        try:
            self._take(self._archive.infolist())
        except CodeableError:
            self._archive.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._archive.close()

    def _take(self, entries: list[zipfile.ZipInfo]) -> None:
        if len(entries) > MOST_ENTRIES:
            raise self._error(f"it has {len(entries):,} entries; at most {MOST_ENTRIES:,} are read")
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for each in entries:
            self._add(each)

    def _add(self, entry: zipfile.ZipInfo) -> None:
        name = _name(entry)
        if not name or name.endswith(("/", _NOT_OURS[1])) or name.startswith(_NOT_OURS[0]):
            return
        if PurePosixPath(name).is_absolute() or PureWindowsPath(name).drive or ".." in name.split("/"):
            raise self._error(f"the entry {shown(name)} leaves the folder of the archive")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise self._error(f"the entry {shown(name)} is a link")
        if name in self._entries:
            raise self._error(f"it has two entries {shown(name)}")
        self._entries[name] = entry

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the entries, with slashes, without folders and what a desktop adds."""
        return tuple(self._entries)

    def read(self, name: str) -> bytes:
        """The content of an entry.

        Raises:
            CodeableError: It is encrypted, broken, too large, or packed so well that it must be a trap.
        """
        entry = self._entries[name]
        if entry.flag_bits & 1:
            raise self._error(f"the entry {shown(name)} is encrypted; save the project without a password")
        size, packed = entry.file_size, max(entry.compress_size, 1)
        if size > _SMALL and size > packed * LARGEST_RATIO:
            times = f"{size // packed:,} times its packed size"
            raise self._error(f"the entry {shown(name)} has {times}; at most {LARGEST_RATIO} times are read")
        self._read += size
        if self._read > MOST_READ:
            raise self._error(f"its entries have more than {MOST_READ:,} bytes")
        try:
            with self._archive.open(entry) as file:
                return file.read(size)
        except NotImplementedError as error:
            raise self._error(f"the entry {shown(name)} cannot be unpacked ({error})") from None
        except _BROKEN as error:
            problem = str(error) or type(error).__name__
            raise self._error(f"the entry {shown(name)} is broken ({problem})") from None

    def _error(self, reason: str) -> CodeableError:
        return CodeableError(f"{self.file}: {reason}.", exit_status=2)


def _name(entry: zipfile.ZipInfo) -> str:
    """The name of an entry with slashes. Many programs write UTF-8 without the flag that says so."""
    name = entry.filename
    if not entry.flag_bits & _IS_UTF_8 and not name.isascii():
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return name.replace("\\", "/")
