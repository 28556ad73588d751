"""Reads JSON that somebody else may have written: as records with places, or as an error with the place.

Nothing of it is executed. A place is the way to a value: `study.json: links[3] source`.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

from codeable.errors import CodeableError, reason_of
from codeable.files import read_file, shown_path
from codeable.schema import Reader, called, read_table, wrong
from codeable.text import shown

_LARGEST = 500_000_000
"""In bytes. A study of 10,000 codes has twenty million."""
_TWICE = "\0twice"
"""Where an object keeps a key that it has twice."""


def read_document(source: Path | str) -> tuple[dict[str, Any], str]:
    """The object in a JSON file or in a text.

    Args:
        source: The file; or a text that begins with a brace.

    Returns:
        The object, and what messages call it.

    Raises:
        CodeableError: The file cannot be read, is no JSON, has a key twice, or holds no object.

    Example:
        >>> read_document('{"version": 1}')
        ({'version': 1}, 'the JSON text')
    """
    if isinstance(source, str) and source.lstrip("\ufeff \t\r\n").startswith("{"):
        return _parsed(source.removeprefix("\ufeff"), "the JSON text"), "the JSON text"
    if not isinstance(source, str | Path):
        raise refused(f"expected the path of a JSON file, or a JSON text, not {shown(source)}")
    name = shown_path(Path(source))
    try:
        path = Path(source).expanduser()
        if path.stat().st_size > _LARGEST:
            raise refused(f"{name}: is larger than {_LARGEST:,} bytes")
        data = read_file(path)
    except (OSError, ValueError, RuntimeError) as error:
        raise refused(f"{name}: cannot be read: {reason_of(error)}") from error
    try:
        text = data.decode(json.detect_encoding(data)).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise refused(f"{name}:{line}: is not UTF-8; save the file as UTF-8") from error
    return _parsed(text, name), name


def _parsed(text: str, name: str) -> dict[str, Any]:
    repeated: list[dict[str, Any]] = []

    def read_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        read = dict(pairs)
        if len(read) < len(pairs):
            repeated.append(read)
            counts = Counter(key for key, _ in pairs)
            read[_TWICE] = next(key for key, number in counts.items() if number > 1)
        return read

    try:
        found = json.loads(text, object_pairs_hook=read_object, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise refused(f"{name}:{error.lineno}:{error.colno}: is not JSON: {error.msg}") from error
    except RecursionError as error:
        raise refused(f"{name}: its values are nested too deeply") from error
    except ValueError as error:  # a number of thousands of digits, a constant that is no JSON
        raise refused(f"{name}: is not JSON that can be read: {error}") from error
    if not isinstance(found, dict):
        raise wrong(name, found, "an object")
    if repeated:
        where = _place_of(repeated[0], found, name)
        raise refused(f"{where}: the key {shown(repeated[0][_TWICE])} is there twice")
    return found


def _place_of(wanted: dict[str, Any], document: dict[str, Any], name: str) -> str:
    """The place of an object in a document."""
    pending: list[tuple[str, Any]] = [(name, document)]
    for where, value in pending:
        if value is wanted:
            return where
        if isinstance(value, dict):
            pending += [(called(where, key), each) for key, each in value.items()]
        elif isinstance(value, list):
            pending += [(f"{where}[{at}]", each) for at, each in enumerate(value)]
    return name  # the object is lost itself: its key is there twice, too


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def refused(message: str) -> CodeableError:
    """The error of a file that is wrong."""
    return CodeableError(message, exit_status=2)


# -- readers of values, beside those of `codeable.schema`


def string(value: object, where: str) -> str:
    """Any text, also an empty one."""
    if not isinstance(value, str):
        raise wrong(where, value, "a text")
    return value


def entries(value: object, where: str) -> list[Any]:
    """A list."""
    if not isinstance(value, list):
        raise wrong(where, value, "a list")
    return value


def table(value: object, where: str) -> dict[str, Any]:
    """An object."""
    if not isinstance(value, dict):
        raise wrong(where, value, "an object")
    return value


def strings(value: object, where: str) -> tuple[str, ...]:
    """A list of texts."""
    return tuple(string(each, f"{where}[{at}]") for at, each in enumerate(entries(value, where)))


def or_null(reader: Reader[Any]) -> Reader[Any]:
    """A reader that also takes null.

    Example:
        >>> or_null(string)(None, "name") is None
        True
    """
    return lambda value, where: None if value is None else reader(value, where)


text_or_null: Reader[str | None] = or_null(string)
"""A text, also an empty one, or null."""


def records(
    value: object, where: str, readers: Mapping[str, Reader[Any]], required: Iterable[str]
) -> Iterator[tuple[dict[str, Any], str]]:
    """The objects of a list, checked, each with its place.

    Args:
        value: What must be a list of objects.
        where: What messages call it.
        readers: The keys of an object, each with the reader of its value.
        required: The keys that must be there.

    Example:
        >>> list(records([{"id": "bus"}], "elements", {"id": string}, ["id"]))
        [({'id': 'bus'}, 'elements[0]')]
    """
    for at, each in enumerate(entries(value, where)):
        place = f"{where}[{at}]"
        yield record(each, place, readers, required), place


def record(
    value: object, where: str, readers: Mapping[str, Reader[Any]], required: Iterable[str]
) -> dict[str, Any]:
    """An object with checked values; arguments as for `records`."""
    found = read_table(value, readers, where)
    missing = [key for key in required if key not in found]
    if missing:
        raise refused(f"{where} has no {missing[0]!r}; every entry there has one")
    return found
