"""The cache of pictures and measurements, in the user's cache folder: the same text is not drawn twice.

`codeable.render` and `codeable.study` draw through it.
"""

import contextlib
import hashlib
import itertools
import json
import os
import sys
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path

from codeable.engines.documents import DATED_FORMATS, creation_time
from codeable.engines.fonts import font_folders_stamp
from codeable.engines.protocol import Drawing, Engine, EngineError, Picture
from codeable.files import write_whole

CACHE_VARIABLE = "CODEABLE_CACHE"
LARGEST = 256 * 1024 * 1024
"""Bytes; when there are more, the entries used least recently are removed."""

_EDITION = 4
_MAGIC = b"codeable-picture 1\n"
_DIGEST_SIZE = 32


def cache_folder() -> Path | None:
    """The folder of the cache: `CODEABLE_CACHE`, else the user's cache folder; None when there is none.

    An empty `CODEABLE_CACHE` turns the cache off.
    """
    given = os.environ.get(CACHE_VARIABLE)
    with contextlib.suppress(RuntimeError):  # in some containers the user has no home folder
        if given is not None:
            return Path(given).expanduser() if given.strip() else None
        if sys.platform == "darwin":
            return Path.home() / "Library/Caches/codeable"
        if sys.platform == "win32":
            return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local") / "codeable/Cache"
        base = os.environ.get("XDG_CACHE_HOME", "")
        return (Path(base) if Path(base).is_absolute() else Path.home() / ".cache") / "codeable"
    return None


class PictureCache:
    """A folder of pictures and of widths of words, each under the digest of all that made it.

    Two runs may use it at once: an entry is written whole or not at all, and both write the same. A damaged
    entry, anything else than a file in its place, and a folder that cannot be read or written count as a
    picture not drawn before.

    Args:
        folder: The folder; None keeps nothing.
        largest: Bytes that may be kept.
    """

    def __init__(self, folder: Path | None, largest: int = LARGEST) -> None:
        self._folder = folder
        self._largest = largest
        self._wrote = False

    @staticmethod
    def key(*parts: str) -> str:
        """The key of an entry that these texts determine."""
        encoded = [part.encode("utf-8", "surrogatepass") for part in (str(_EDITION), *parts)]
        framed = b"".join([len(data).to_bytes(8, "big") + data for data in encoded])
        return hashlib.sha256(framed).hexdigest()

    def get(self, key: str) -> bytes | None:
        """The picture or the widths under a key, or None."""
        path = self._path(key)
        try:
            if path is None or not path.is_file():  # a pipe would be waited for
                return None
            entry = path.read_bytes()
        except OSError:
            return None
        head, data = entry[: len(_MAGIC) + _DIGEST_SIZE], entry[len(_MAGIC) + _DIGEST_SIZE :]
        if head != _head(data):
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return data

    def put(self, key: str, data: bytes) -> None:
        """Keep a picture or widths; a folder that cannot be written is no error."""
        path = self._path(key)
        if path is None:
            return
        try:
            write_whole(path, _head(data) + data)
        except OSError:
            return
        self._wrote = True

    def prune(self) -> None:
        """Remove the entries used least recently until the rest fits, if any was written."""
        if self._folder is None or not self._wrote:
            return
        self._wrote = False
        entries = sorted(self._entries(), reverse=True)
        kept = 0
        for _, size, path in entries:
            kept += size
            if kept > self._largest:
                with contextlib.suppress(OSError):
                    path.unlink()

    def _entries(self) -> Iterator[tuple[int, int, Path]]:
        assert self._folder is not None
        for bucket in sorted(self._folder.glob("pictures/??")):
            for path in bucket.glob("*"):
                with contextlib.suppress(OSError):
                    status = path.stat()
                    yield status.st_mtime_ns, status.st_size, path

    def _path(self, key: str) -> Path | None:
        return None if self._folder is None else self._folder / "pictures" / key[:2] / key[2:]


def draw_cached(
    engine: Engine,
    cache: PictureCache,
    drawings: Iterable[Drawing],
    picture_format: str,
    *,
    dpi: int = 300,
    timeout: float = 60.0,
    jobs: int | None = None,
) -> Generator[Picture | EngineError, None, None]:
    """Yield what `engine.draw` does, in the order given; only what is not in the cache is drawn.

    Drawings may be made one by one: earlier ones are drawn meanwhile.

    Errors are not kept. The cache is pruned at the end.

    Raises:
        CodeableError: `SOURCE_DATE_EPOCH` holds no number of seconds; exit status 2.
    """
    # Raises for a wrong value, before anything is drawn.
    created = str(creation_time()) if picture_format in DATED_FORMATS else ""
    settings = (*machine_stamp(engine), picture_format, str(dpi), created)
    asked: deque[tuple[Drawing, str, bytes | None]] = deque()

    def missing() -> Iterator[Drawing]:
        for drawing in drawings:
            key = _key(cache, drawing, settings)
            asked.append((drawing, key, cache.get(key)))
            if asked[-1][2] is None:
                yield drawing

    def found() -> Iterator[Picture]:
        while asked and (data := asked[0][2]) is not None:
            yield _unpacked(asked.popleft()[0].name, picture_format, data)

    undrawn = missing()
    for first in undrawn:  # where all is in the cache, the engine is not called
        drawn = engine.draw(
            itertools.chain([first], undrawn), picture_format, dpi=dpi, timeout=timeout, jobs=jobs
        )
        for result in drawn:
            yield from found()
            _, key, _ = asked.popleft()
            if isinstance(result, Picture):
                cache.put(key, _packed(result))
            yield result
    yield from found()
    cache.prune()


def machine_stamp(engine: Engine) -> tuple[str, ...]:
    """What a drawing or a measurement depends on besides its text. It is part of the cache's keys."""
    import importlib.metadata

    return engine.name, engine.version(), importlib.metadata.version("codeable"), font_folders_stamp()


def _packed(picture: Picture) -> bytes:
    """What an entry holds: one line of JSON about the picture, and its bytes."""
    about = {"messages": picture.messages, "lacks_fonts": picture.lacks_fonts}
    return json.dumps(about).encode() + b"\n" + picture.data


def _unpacked(name: str, picture_format: str, entry: bytes) -> Picture:
    about, _, data = entry.partition(b"\n")
    read = json.loads(about)
    return Picture(name, picture_format, data, tuple(read["messages"]), read["lacks_fonts"])


def _head(data: bytes) -> bytes:
    return _MAGIC + hashlib.sha256(data).digest()


def _key(cache: PictureCache, drawing: Drawing, settings: tuple[str, ...]) -> str:
    return cache.key(
        "picture",
        *settings,
        drawing.language,
        drawing.name,
        drawing.text,
        drawing.title,
        drawing.description,
        str(drawing.unique_ids),
        str(drawing.width_mm),
        str(len(drawing.labels)),
        *drawing.labels,
        *drawing.pages,
    )
