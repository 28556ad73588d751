r"""New entries for `[tool.codeable]` in the settings of a study, as edits that keep every other byte.

The text with the edit is read back: it is TOML that says what it said before, and the entry.
"""

import re
from collections.abc import Iterator
from typing import Any

from codeable.lines import Edit
from codeable.names.toml_texts import newline_of, toml_document, toml_key, toml_texts
from codeable.notes.build.notes_entry import toml_text

_LINE_END = re.compile(r"\r?\n|\Z")
_HEADING = re.compile(r"^[ \t]*\[", re.MULTILINE)


def table_entry(path: str, text: str, table: str, key: str, value: str) -> Edit | None:
    """The edit that writes an entry into a table of `[tool.codeable]`; None where that cannot be done."""
    wanted = toml_document(text)
    if wanted is None:
        return None
    tables = _own(wanted).setdefault(table, {})
    if not isinstance(tables, dict) or key in tables:
        return None
    tables[key] = value
    line = f"{toml_key(key)} = {toml_text(value)}"
    return _first_right(path, text, _in_table(path, text, table, line), wanted)


def list_entry(path: str, text: str, key: str, value: str) -> Edit | None:
    """The edit that adds a text to a list of `[tool.codeable]`; None where that cannot be done."""
    wanted = toml_document(text)
    if wanted is None:
        return None
    listed = _own(wanted).setdefault(key, [])
    if not isinstance(listed, list) or value in listed:
        return None
    listed.append(value)
    return _first_right(path, text, _in_list(text, key, toml_text(value)), wanted)


_Change = tuple[int, str]
"""Where something is inserted, and what."""


def _in_table(path: str, text: str, table: str, line: str) -> Iterator[_Change]:
    newline = newline_of(text)
    places = [one for one in toml_texts(path, text) if one.keys[:3] == ("tool", "codeable", table)]
    if places:
        last = places[-1].span.end
        end = next(match.start() for match in _LINE_END.finditer(text, last))
        yield from ((end, f"{newline}{prefix}{line}") for prefix in ("", f"{table}."))
        yield (text.find("{", last) + 1, f" {line} ") if places[-1].is_key else (last, f", {line}")
    gap = "" if not text.strip() else newline if text.endswith("\n") else newline * 2
    yield len(text), f"{gap}[tool.codeable.{table}]{newline}{line}{newline}"


def _in_list(text: str, key: str, value: str) -> Iterator[_Change]:
    newline = newline_of(text)
    for start, end in _own_tables(text):
        there = re.search(rf"^[ \t]*{re.escape(key)}[ \t]*=[ \t]*\[", text[start:end], re.MULTILINE)
        if there is not None:
            closed = text.find("]", start + there.end())
            before = text[start + there.end() : closed].rstrip()
            at = start + there.end() + len(before)
            yield at, value if not before else f" {value}" if before.endswith(",") else f", {value}"
        yield start, f"{newline}{key} = [{value}]"
    gap = "" if not text.strip() else newline if text.endswith("\n") else newline * 2
    yield len(text), f"{gap}[tool.codeable]{newline}{key} = [{value}]{newline}"


def _own_tables(text: str) -> Iterator[tuple[int, int]]:
    """The places behind each heading that looks like `[tool.codeable]`, to the next heading."""
    for heading in re.finditer(rf"^[ \t]*\[{_dotted('tool', 'codeable')}\][^\r\n]*", text, re.MULTILINE):
        following = _HEADING.search(text, heading.end())
        yield heading.end(), following.start() if following is not None else len(text)


def _dotted(*parts: str) -> str:
    return r"[ \t]*" + r"[ \t]*\.[ \t]*".join(map(re.escape, parts)) + r"[ \t]*"


def _first_right(path: str, text: str, changes: Iterator[_Change], wanted: dict[str, Any]) -> Edit | None:
    for at, added in changes:
        if toml_document(text[:at] + added + text[at:]) == wanted:
            return Edit(path, at, at, added)
    return None


def _own(document: dict[str, Any]) -> dict[str, Any]:
    """The table `[tool.codeable]`, which is made where it is missing."""
    tool = document.setdefault("tool", {})
    found = tool.setdefault("codeable", {}) if isinstance(tool, dict) else {}
    return found if isinstance(found, dict) else {}
