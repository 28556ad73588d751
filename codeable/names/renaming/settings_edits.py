"""Changes of the names in the settings: uses that follow a rename, and entries of `renames` that come and go.

Every other byte of the file stays. A change is made only when the text, read again, says what it should.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from codeable.lines import Edit, Lines
from codeable.names.identifiers import normal
from codeable.names.in_settings import names_codes, occurrences_in_settings
from codeable.names.renaming.settings_entries import table_entry
from codeable.names.renaming.text_edits import edits_between
from codeable.names.toml_texts import newline_of, toml_document, toml_key, toml_texts
from codeable.notes.decoding import edited

_RENAMES = ("tool", "codeable", "renames")


def settings_edits(
    path: str, text: str, names: Mapping[str, str], entries: Mapping[str, str]
) -> list[Edit] | None:
    """The edits after which the settings name some codes by other names; None when there is no safe way.

    An entry of `renames` for one of the new names goes, because such a name is no old one any more.

    Args:
        path: The file of the settings.
        text: Its text; empty where there is none.
        names: Name → name that is written instead of it.
        entries: Old name → new name: the entries that `renames` gets.
    """
    wanted = _wanted(_document(text), names, entries)
    if wanted is None:
        return None
    uses = list(_uses(path, text, names))
    for without in _removals(path, text, {*names.values()}):
        left = [one for one in uses if not any(cut.start <= one.start < cut.end for cut in without)]
        after = _with_entries(path, _after(text, [*left, *without]), entries, newline_of(text))
        if after is not None and _document(after) == wanted:
            return edits_between(path, text, after)
    return None


def _after(text: str, edits: Sequence[Edit]) -> str | None:
    """The text after some edits; None where one overlaps another."""
    try:
        return edited(text, [one.change for one in edits])
    except ValueError:
        return None


def _with_entries(path: str, text: str | None, entries: Mapping[str, str], newline: str) -> str | None:
    for old, new in entries.items():
        edit = table_entry(path, text, "renames", old, new) if text is not None else None
        text = _after(text, [edit]) if edit is not None and text is not None else None
    if text is not None and newline == "\r\n":  # the text may have had no line left
        text = re.sub(r"(?<!\r)\n", newline, text)
    return text


def _uses(path: str, text: str, names: Mapping[str, str]) -> Iterator[Edit]:
    """The new names; in a list that has a name already, the one that becomes it is taken out."""
    listed = {(one.keys, normal(one.value)) for one in toml_texts(path, text) if not one.is_key}
    texts = {one.inner.end: one for one in toml_texts(path, text)}
    for one in occurrences_in_settings(path, text):
        if one.name in names:
            holder = texts[one.span.end]
            place = holder.keys, names[one.name]
            if place in listed and not holder.is_key and holder.keys[2:3] != ("renames",):
                yield Edit(path, *_inline(text, holder.span.start, holder.span.end), "")
            else:
                listed.add(place)
                written = _as_written(text, one.span.start, names[one.name])
                yield Edit.of(one.span, written)


def _document(text: str) -> dict[str, Any] | None:
    """What the settings say, without empty tables; None where they are broken."""
    document = toml_document(text)
    return _without_empty_tables(document) if document is not None else None


def _without_empty_tables(document: dict[str, Any]) -> dict[str, Any] | None:
    tool = document.get("tool", {})
    table = tool.get("codeable", {}) if isinstance(tool, dict) else None
    if not isinstance(table, dict) or not isinstance(table.get("renames", {}), dict):
        return None
    for holder, key in ((table, "renames"), (tool, "codeable"), (document, "tool")):
        if holder.get(key) == {}:
            del holder[key]
    return document


def _wanted(
    document: dict[str, Any] | None, names: Mapping[str, str], entries: Mapping[str, str]
) -> dict[str, Any] | None:
    """What the settings should say afterwards."""
    if document is None:
        return None
    table = _with_names(document.get("tool", {}).get("codeable", {}), (), names)
    renames = {old: new for old, new in table.get("renames", {}).items() if normal(old) not in names.values()}
    table["renames"] = renames | dict(entries)
    return _without_empty_tables({**document, "tool": {**document.get("tool", {}), "codeable": table}})


def _with_names(value: Any, keys: tuple[str, ...], names: Mapping[str, str]) -> Any:
    """A value of the settings with the new names wherever it names codes."""
    if isinstance(value, dict):
        inside = {key: (*keys, key) for key in value}
        return {
            _renamed(key, names) if names_codes(inside[key], is_key=True) else key: _with_names(
                each, inside[key], names
            )
            for key, each in value.items()
        }
    if isinstance(value, list):
        listed = [_with_names(each, keys, names) for each in value]
        is_changed = listed != value and all(isinstance(each, str) for each in listed)
        return list(dict.fromkeys(listed)) if is_changed else listed
    is_name = isinstance(value, str) and names_codes(keys, is_key=False)
    return _renamed(value, names) if is_name else value


def _renamed(written: str, names: Mapping[str, str]) -> str:
    qualifier, colon, name = written.rpartition(":")
    return f"{qualifier}{colon}{names[normal(name)]}" if normal(name) in names else written


def _as_written(text: str, start: int, name: str) -> str:
    """A name as a key or in a string; a key without quotes gets them where it needs them."""
    in_string = start > 0 and (text[start - 1] in "\"'" or text[start - 1] == ":")
    return name if in_string else toml_key(name)


def _removals(path: str, text: str, old_names: set[str]) -> Iterator[list[Edit]]:
    """Ways to take the entries of some names out of `renames`."""
    texts = toml_texts(path, text)
    values = {one.keys: one.span for one in texts if not one.is_key}
    entries = [one for one in texts if one.is_key and one.keys[:-1] == _RENAMES]
    mine = [one.span.through(values[one.keys]) for one in entries if normal(one.value) in old_names]
    if not mine:
        yield []
        return
    lines = Lines(path, text)
    last = lines.start_behind(mine[-1].end_line - 1)
    if len(mine) == len(entries):  # the table goes, too
        header = next((one.span for one in texts if one.is_key and one.keys == _RENAMES), mine[0])
        start = lines.starts[header.line - 1]
        before = text[:start].rstrip("\r\n")
        if before.strip():  # with the empty lines above it
            yield [Edit(path, min(len(before) + len(newline_of(text)), start), last, "")]
        yield [Edit(path, start, last, "")]
    yield [Edit(path, lines.starts[at.line - 1], lines.start_behind(at.end_line - 1), "") for at in mine]
    yield [Edit(path, *_inline(text, at.start, at.end), "") for at in mine]


def _inline(text: str, start: int, end: int) -> tuple[int, int]:
    """An entry of an inline table with the comma behind it, or before it."""
    comma = re.compile(r"\s*,\s*").match(text, end)
    if comma is not None:
        return start, comma.end()
    before = re.search(r"\s*,\s*\Z", text[:start])
    return (before.start() if before is not None else start), end
