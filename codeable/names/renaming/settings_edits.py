"""Changes of the names in the settings: uses that follow a rename, and entries of `renames` that come and go.

Every other byte of the file stays. A change is made only when the text, read again, says what it should.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from codeable.lines import Edit
from codeable.names.identifiers import normal
from codeable.names.in_settings import occurrences_in_settings
from codeable.names.renaming.settings_entries import table_entry
from codeable.names.renaming.text_edits import edits_between
from codeable.names.toml_texts import TomlText, toml_texts
from codeable.notes.build.notes_entry import toml_text
from codeable.notes.decoding import edited

_RENAMES = ("tool", "codeable", "renames")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_LINE_END = re.compile(r"\r\n|\n|\Z")


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
        after = _with_entries(path, _after(text, [*left, *without]), entries, _newline(text))
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
                yield Edit(path, one.span.start, one.span.end, written)


def _document(text: str) -> dict[str, Any] | None:
    try:
        document = tomllib.loads(text.replace("\r\n", "\n"))
    except (ValueError, RecursionError):
        return None
    table = document.get("tool", {}).get("codeable", {})
    if not table.get("renames", True):
        del table["renames"]
    for holder, key in ((document.get("tool", {}), "codeable"), (document, "tool")):
        if holder.get(key) == {}:
            del holder[key]
    return document


def _wanted(
    document: dict[str, Any] | None, names: Mapping[str, str], entries: Mapping[str, str]
) -> dict[str, Any] | None:
    """What the settings should say afterwards."""
    if document is None:
        return None

    def name(value: Any) -> Any:
        if isinstance(value, list):
            listed = [name(each) for each in value]
            return (
                list(dict.fromkeys(listed)) if listed != value and set(map(type, listed)) == {str} else listed
            )
        if not isinstance(value, str):
            return value
        qualifier, colon, last = value.rpartition(":")
        return f"{qualifier}{colon}{names[normal(last)]}" if normal(last) in names else value

    table = dict(document.get("tool", {}).get("codeable", {}))
    renames = {old: name(new) for old, new in table.pop("renames", {}).items()}
    renames = {old: new for old, new in renames.items() if normal(old) not in names.values()} | dict(entries)
    if "order" in table:
        table["order"] = name(table["order"])
    if "views" in table:
        table["views"] = {names.get(normal(key), key): value for key, value in table["views"].items()}
    for key, keys in (("figures", ("view", "elements")), ("reports", ("decisions",))):
        if key in table:
            table[key] = {each: _changed(one, keys, name) for each, one in table[key].items()}
    if renames:
        table["renames"] = renames
    wanted = {**document, "tool": {**document.get("tool", {}), "codeable": table}}
    if not table:
        del wanted["tool"]["codeable"]
    if not wanted["tool"]:
        del wanted["tool"]
    return wanted


def _changed(table: Any, keys: Sequence[str], name: Callable[[Any], Any]) -> Any:
    if not isinstance(table, dict):
        return table
    return {key: name(value) if key in keys else value for key, value in table.items()}


def _as_written(text: str, start: int, name: str) -> str:
    """A name as a key or in a string; a key without quotes gets them where it needs them."""
    in_string = start > 0 and (text[start - 1] in "\"'" or text[start - 1] == ":")
    return name if in_string or _BARE_KEY.fullmatch(name) else toml_text(name)


def _removals(path: str, text: str, old_names: set[str]) -> Iterator[list[Edit]]:
    """Ways to take the entries of some names out of `renames`."""
    texts = toml_texts(path, text)
    mine = [
        one for one in texts if one.is_key and one.keys[:-1] == _RENAMES and normal(one.value) in old_names
    ]
    if not mine:
        yield []
        return
    entries = [one for one in texts if one.is_key and one.keys[:-1] == _RENAMES]
    lines = [_whole_lines(text, key.span.start, _value_of(texts, key).span.end) for key in mine]
    if len(mine) == len(entries):  # the table goes, too
        header = next((one for one in texts if one.is_key and one.keys == _RENAMES), mine[0])
        start, _ = _whole_lines(text, header.span.start, header.span.end)
        before = re.search(r"(?:\r?\n)*\Z", text[:start])
        blank = start if before is None or not text[:start].strip() else before.start() + len(_newline(text))
        _, end = max(lines)
        yield [Edit(path, min(blank, start), end, "")]
        yield [Edit(path, start, end, "")]
    yield [Edit(path, start, end, "") for start, end in lines]
    yield [Edit(path, *_inline(text, key.span.start, _value_of(texts, key).span.end), "") for key in mine]


def _value_of(texts: Sequence[TomlText], key: TomlText) -> TomlText:
    return next(one for one in texts if not one.is_key and one.keys == key.keys)


def _whole_lines(text: str, start: int, end: int) -> tuple[int, int]:
    behind = _LINE_END.search(text, end)
    return text.rfind("\n", 0, start) + 1, behind.end() if behind is not None else len(text)


def _inline(text: str, start: int, end: int) -> tuple[int, int]:
    """An entry of an inline table with the comma behind it, or before it."""
    comma = re.compile(r"\s*,\s*").match(text, end)
    if comma is not None:
        return start, comma.end()
    before = re.search(r"\s*,\s*\Z", text[:start])
    return (before.start() if before is not None else start), end


def _newline(text: str) -> str:
    """The line end of all lines; a line feed where they differ."""
    return "\r\n" if "\r\n" in text and re.search(r"(?<!\r)\n", text) is None else "\n"
