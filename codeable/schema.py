"""Typed values out of tables of settings, options of a call and environment variables.

A reader takes a value and the name that messages call it by. It returns the checked value or raises the one
error of this module: what must be there, what is there, and the nearest valid word. `codeable.settings` reads
`[tool.codeable]` with these readers; the layers that own a sub-table read it with readers of their own.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias, TypeVar

from codeable.errors import CodeableError
from codeable.text import did_you_mean, shown

T = TypeVar("T")
Reader: TypeAlias = Callable[[object, str], T]

LEAST_DPI, MOST_DPI = 30, 2400
"""The limits of the resolution of pictures."""


def wrong(where: str, value: object, expected: str, valid: Iterable[str] = ()) -> CodeableError:
    """The error for a value that is not what is expected.

    Args:
        where: What the value is called: table and key, or option.
        value: What is there.
        expected: What must be there.
        valid: Words among which the nearest is suggested.

    Example:
        >>> str(wrong("[tool.codeable.figure] wrap", True, "a number of columns"))
        '[tool.codeable.figure] wrap must be a number of columns, not true'
    """
    there = str(value).lower() if isinstance(value, bool) else shown(value)
    message = f"{where} must be {expected}, not {there}{did_you_mean(value, valid)}"
    return CodeableError(message, exit_status=2)


def check_keys(table: Mapping[str, object], allowed: Iterable[str], where: str) -> None:
    """Check that a table has no key but the allowed ones.

    Args:
        table: The table as read.
        allowed: Every key that it may have.
        where: What the message starts with: the file and the table, or the call.

    Raises:
        CodeableError: There is another key; the message names all such keys, the nearest and all valid ones.

    Example:
        >>> check_keys({"wrap": 30, "legends": True}, ["legend", "wrap"], "[tool.codeable.figure]")
        Traceback (most recent call last):
        codeable.errors.CodeableError: [tool.codeable.figure] has no key 'legends'; did you mean 'legend'?
        Its keys are: legend, wrap
    """
    known_keys = frozenset(allowed)
    unknown = [key for key in table if key not in known_keys]
    if unknown:
        valid = sorted(known_keys)
        lines = [f"{where} has no key {shown(key)}{did_you_mean(key, valid)}" for key in unknown]
        known = f"Its keys are: {', '.join(valid)}" if valid else "It has no keys at all"
        raise CodeableError("\n".join([*lines, known]), exit_status=2)


def read_table(table: object, readers: Mapping[str, Reader[Any]], where: str) -> dict[str, Any]:
    """The checked values of a table, by key.

    Args:
        table: The table as read.
        readers: The keys that it may have, each with the reader of its value.
        where: What messages call the table.

    Raises:
        CodeableError: It is no table, has another key, or a reader refuses a value; exit status 2.

    Example:
        >>> read_table({"legend": True}, {"legend": switch, "wrap": whole_number(6, 200)}, "the figure")
        {'legend': True}
    """
    if not isinstance(table, Mapping):
        raise wrong(where, table, "a table")
    check_keys(table, readers, where)
    try:
        return {key: readers[key](value, where) for key, value in table.items()}
    except CodeableError:  # only now the place of each value is put into words
        return {key: readers[key](value, called(where, key)) for key, value in table.items()}


def called(where: str, key: str) -> str:
    """What messages call an entry of a table.

    Example:
        >>> called("[tool.codeable.figure]", "wrap"), called("the command line", "wrap")
        ('[tool.codeable.figure] wrap', 'the command line: wrap')
    """
    return f"{where} {key}" if where.endswith("]") else f"{where}: {key}"


def text(value: object, where: str) -> str:
    """A text that is not empty and can be part of a path."""
    if not isinstance(value, str) or not value.strip():
        raise wrong(where, value, "a text that is not empty")
    if "\0" in value:
        raise wrong(where, value, "a text without the character U+0000")
    return value


def switch(value: object, where: str) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise wrong(where, value, "true or false")
    return value


def one_of(*words: str) -> Reader[Any]:
    """A reader of one of some words, in upper or lower case; it returns the word as given here.

    Example:
        >>> one_of("LR", "TB")("lr", "direction")
        'LR'
    """
    by_folded = {word.casefold(): word for word in words}
    *first, last = words
    expected = f"{', '.join(first)} or {last}" if first else last

    def read(value: object, where: str) -> str:
        word = by_folded.get(value.casefold()) if isinstance(value, str) else None
        if word is None:
            raise wrong(where, value, expected, words)
        return word

    return read


def number(least: float, most: float, what: str = "a number") -> Reader[float]:
    """A reader of a number from ``least`` to ``most``."""
    expected = f"{what}, from {least:g} to {most:g}"

    def read(value: object, where: str) -> float:
        if not isinstance(value, int | float) or isinstance(value, bool) or not least <= value <= most:
            raise wrong(where, value, expected)
        return float(value)

    return read


def whole_number(least: int, most: int, what: str = "a whole number") -> Reader[int]:
    """A reader of a whole number from ``least`` to ``most``."""
    expected = f"{what}, from {least} to {most}"

    def read(value: object, where: str) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise wrong(where, value, expected)
        return value

    return read


def list_of(reader: Reader[T], what: str = "texts") -> Reader[tuple[T, ...]]:
    """A reader of a list; each entry is read by ``reader``.

    Example:
        >>> list_of(text)(["models"], "models")
        ('models',)
    """

    def read(value: object, where: str) -> tuple[T, ...]:
        if not isinstance(value, list | tuple):
            example = f", as in [{shown(value)}]" if isinstance(value, str) and value else ""
            raise wrong(where, value, f"a list of {what}{example}")
        return tuple(reader(entry, f"{where}[{position}]") for position, entry in enumerate(value))

    return read


def words_of(*words: str) -> Reader[tuple[str, ...]]:
    """A reader of some of these words, in a list or in one text with commas; each once, in the order given.

    Example:
        >>> words_of("svg", "pdf", "png")("svg, PDF", "the formats")
        ('svg', 'pdf')
    """
    word = one_of(*words)

    def read(value: object, where: str) -> tuple[str, ...]:
        if isinstance(value, str):
            given = tuple(word(part.strip(), where) for part in value.split(",") if part.strip())
        else:
            given = list_of(word)(value, where)
        return tuple(dict.fromkeys(given or (word("", where),)))

    return read


def table_of(reader: Reader[T]) -> Reader[Mapping[str, T]]:
    """A reader of a table with any keys; each value is read by ``reader``.

    Example:
        >>> table_of(text)({"mdm": "master_data_management"}, "renames")
        {'mdm': 'master_data_management'}
    """

    def read(value: object, where: str) -> Mapping[str, T]:
        if not isinstance(value, Mapping):
            raise wrong(where, value, "a table")
        return {key: reader(entry, f"{where}.{key}") for key, entry in value.items()}

    return read


def anything(value: object, where: str) -> object:  # noqa: ARG001 - a reader's signature
    """Any value; the layer that owns it checks it."""
    return value
