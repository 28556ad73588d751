"""What a conversion has done, in few lines: `codeable convert` shows them."""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from codeable.compat.convert import Conversion
from codeable.files import shown_path
from codeable.text import counted

_NOTICE = re.compile(r"(?P<path>[^\n]+?\.py)(?::(?P<line>\d+))?: (?P<text>.*)", re.DOTALL)
_MOST_OF_A_KIND = 12
_MOST_LINES = 12
_LONGEST = 72
_MOST_DIFFERENCES = 20


def summary(done: Conversion) -> Iterator[str]:
    """The files that were left out, by reason; what was changed, by file; and what came of it."""
    yield from _left_out(done.left_out)
    yield from _notices(done.notices)
    elements = counted(done.elements, "element")
    yield f"{elements} in {counted(len(done.files), 'file')}: {shown_path(done.folder)}"


def differences(done: Conversion) -> Iterator[str]:
    """What the new study lacks or says otherwise, the first ones of many."""
    yield "the new study differs from the old one:"
    shown = done.differences[:_MOST_DIFFERENCES]
    yield from ("  " + each.replace("\n", "\n    ") for each in shown)
    if len(done.differences) > len(shown):
        yield f"  and {len(done.differences) - len(shown)} more"
    if done.counts != done.old_counts:
        yield f"the old study: {done.old_counts}"
        yield f"the new study: {done.counts or 'does not load'}"


def _left_out(files: Mapping[Path, str]) -> Iterator[str]:
    by_reason: dict[str, list[str]] = {}
    for path, reason in files.items():
        by_reason.setdefault(reason, []).append(shown_path(path))
    for reason, paths in by_reason.items():
        if len(paths) == 1:
            yield f"left out, {reason}: {paths[0]}"
        else:
            yield f"left out, {reason}:"
            yield from (f"  {path}" for path in paths)


def _notices(notices: Iterable[str]) -> Iterator[str]:
    """Notices by file; those of one kind in one line, with the numbers of their lines."""
    by_file: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for notice in notices:
        found = _NOTICE.fullmatch(notice)
        if found is None:
            yield notice
            continue
        kind, colon, detail = found["text"].partition(": ")
        kinds = by_file.setdefault(found["path"], {})
        kinds.setdefault(kind + colon, []).append((found["line"] or "", detail))
    for path, kinds in by_file.items():
        yield f"{path}:"
        for kind, entries in sorted(kinds.items(), key=_first_line):
            lines = list(dict.fromkeys(line for line, _ in entries if line))
            if len(entries) == 1 or not any(detail for _, detail in entries):
                yield f"  {_numbered(lines)}{kind}{entries[0][1]}"
                continue
            yield f"  {kind.rstrip()}"
            shown = entries[:_MOST_OF_A_KIND]
            yield from (f"    {_numbered([line] if line else [])}{_cut(detail)}" for line, detail in shown)
            if len(entries) > len(shown):
                rest = [line for line, _ in entries[len(shown) :] if line]
                where = f" ({_numbered(rest)[:-2]})" if rest else ""
                yield f"    and {len(entries) - len(shown)} more{where}"


def _first_line(kind: tuple[str, list[tuple[str, str]]]) -> int:
    """Where notices of one kind begin; those about a whole file come last."""
    return min((int(line) for line, _ in kind[1] if line), default=sys.maxsize)


def _numbered(lines: Sequence[str]) -> str:
    more = f" and {len(lines) - _MOST_LINES} more" if len(lines) > _MOST_LINES else ""
    listed = ", ".join(lines[:_MOST_LINES])
    return f"line{'s' if len(lines) > 1 else ''} {listed}{more}: " if lines else ""


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
