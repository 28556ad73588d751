"""The keys and strings of a TOML text with their places. `tomllib` gives the values, but no places.

`in_settings` and the rules about the settings call it; a change of one key or string keeps every other byte.
"""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from attrs import define, field, frozen

from codeable.kernel.place import Span
from codeable.lines import Lines
from codeable.notes.build.notes_entry import toml_text

_BETWEEN = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BLANKS = re.compile(r"[ \t]*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_NEWLINE = re.compile(r"\r?\n")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?!"(?!""))|\'\'\'.*?\'\'\'(?!\'(?!\'\'))|"(?:\\.|[^"\\])*"|\'[^\']*\'', re.DOTALL
)
_OTHER = re.compile(r"[^,\]}#\n]*")


@frozen
class TomlText:
    """A key or a string of a TOML text.

    Attributes:
        keys: The keys that lead to it; of a key itself with this one.
        value: What it says.
        is_key: Whether it is a key.
        span: As it is written, with its quotes.
        inner: What is between its quotes; all of a key without them.
    """

    keys: tuple[str, ...]
    value: str
    is_key: bool
    span: Span
    inner: Span


def toml_texts(path: str, text: str) -> tuple[TomlText, ...]:
    r"""The keys and strings of a text, in order; none of a text that is no TOML.

    The entries of an array have the keys of the array.

    Example:
        >>> [(one.keys, one.value, one.span.column) for one in toml_texts("a.toml", "[a]\nb.c = ['d']")]
        [(('a',), 'a', 2), (('a', 'b'), 'b', 1), (('a', 'b', 'c'), 'c', 3), (('a', 'b', 'c'), 'd', 8)]
    """
    try:
        return tuple(_Scanner(Lines(path, text)).texts()) if toml_document(text) is not None else ()
    except RecursionError:
        return ()


def toml_document(text: str) -> dict[str, Any] | None:
    """What a text says; None where it is no TOML."""
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except (ValueError, RecursionError):
        return None


def toml_key(name: str) -> str:
    """A key as TOML writes it.

    Example:
        >>> toml_key("bus"), toml_key("ﬁle")
        ('bus', '"ﬁle"')
    """
    return name if _BARE.fullmatch(name) else toml_text(name)


def newline_of(text: str) -> str:
    """The line end of all lines; a line feed where they differ."""
    return "\r\n" if {*_NEWLINE.findall(text)} == {"\r\n"} else "\n"


@define
class _Scanner:
    """Reads a text that is known to be TOML."""

    lines: Lines
    at: int = 0
    table: tuple[str, ...] = field(default=())

    def texts(self) -> Iterator[TomlText]:
        text = self.lines.text
        while self._skip(_BETWEEN) < len(text):
            if text[self.at] == "[":
                while text[self.at] == "[":
                    self.at += 1
                keys = list(self._keys(()))
                self.table = keys[-1].keys
                while text.startswith("]", self.at):
                    self.at += 1
                yield from keys
            else:
                yield from self._entry(self.table)

    def _entry(self, table: tuple[str, ...]) -> Iterator[TomlText]:
        """A key and its value."""
        keys = list(self._keys(table))
        yield from keys
        self._expect("=")
        yield from self._value(keys[-1].keys)

    def _keys(self, table: tuple[str, ...]) -> Iterator[TomlText]:
        """The parts of a dotted key; behind them the blanks are skipped."""
        while True:
            self._skip(_BLANKS)
            key = self._text((*table, ""), _BARE if self.lines.text[self.at] not in "\"'" else _STRING)
            table = (*table[: len(key.keys) - 1], key.value)
            yield TomlText(table, key.value, True, key.span, key.inner)
            self._skip(_BLANKS)
            if not self.lines.text.startswith(".", self.at):
                return
            self.at += 1

    def _value(self, keys: tuple[str, ...]) -> Iterator[TomlText]:
        self._skip(_BLANKS)
        first = self.lines.text[self.at]
        if first in "\"'":
            yield self._text(keys, _STRING)
        elif first in "[{":
            yield from self._values(keys, "]" if first == "[" else "}")
        else:
            self._skip(_OTHER)

    def _values(self, keys: tuple[str, ...], end: str) -> Iterator[TomlText]:
        """The values of an array, or the entries of an inline table."""
        self.at += 1
        while self.lines.text[self._skip(_BETWEEN)] != end:
            yield from self._value(keys) if end == "]" else self._entry(keys)
            self._skip(_BETWEEN)
            if self.lines.text[self.at] == ",":
                self.at += 1
        self.at += 1

    def _text(self, keys: tuple[str, ...], pattern: re.Pattern[str]) -> TomlText:
        start = self.at
        end = self._skip(pattern)
        written = self.lines.text[start:end]
        quotes = 0 if pattern is _BARE else 3 if written[:3] in ('"""', "'''") and len(written) > 5 else 1
        value = written
        if quotes:
            value = tomllib.loads(f"x = {written}".replace("\r\n", "\n"))["x"]
        inner = self.lines.between(start + quotes, end - quotes)
        return TomlText(keys, value, False, self.lines.between(start, end), inner)

    def _expect(self, character: str) -> None:
        self.at = self.lines.text.index(character, self.at) + 1

    def _skip(self, pattern: re.Pattern[str]) -> int:
        match = pattern.match(self.lines.text, self.at)
        if match is not None:
            self.at = match.end()
        return self.at
