"""Codes of which a file has one row or one path each: put together, with their categories, each one once."""

from collections.abc import Mapping, Sequence

from attrs import Factory, define, field, frozen

from codeable.exchange.project import ProjectCode, ProjectMemo
from codeable.exchange.readers.discarded import Discarded
from codeable.registry.records import Kind
from codeable.text import FreeNames

MOST_LEVELS = 100
"""How deep codes of a table may be nested."""


@frozen
class CodeRow:
    """What a row of a file says of a code.

    Attributes:
        path: The names of the codes that it is in, and its own name.
        place: Where it is.
        keys: What tells the codes of the path apart where names do not; empty for the names.
        description: What it means.
        memo: A memo about it.
        kind: What it is.
        identifier: Its identifier in a study of codeable.
        values: The values of further attributes, as a study of codeable has them.
        is_codable: Whether passages may have it.
    """

    path: tuple[str, ...]
    place: str = ""
    keys: tuple[str, ...] = ()
    description: str = ""
    memo: str = ""
    kind: Kind | None = None
    identifier: str | None = None
    values: Mapping[str, str] = field(factory=dict)
    is_codable: bool = True


@frozen
class CodeRows:
    """The codes of some rows.

    Attributes:
        codes: The codes, each behind the one that it is in.
        keys: For each row, in their order, the key of its code.
        without_row: The names of the codes that only the paths of others name.
    """

    codes: tuple[ProjectCode, ...]
    keys: tuple[str, ...]
    without_row: tuple[str, ...]


@define
class _Code:
    key: str
    name: str
    parent: str | None
    rows: list[CodeRow] = Factory(list)


def codes_of_rows(rows: Sequence[CodeRow], discarded: Discarded) -> CodeRows:
    """Make one code of the rows of each path, and one of each category that has no row.

    Where several rows are about one code, the first that says something counts.

    Args:
        rows: The rows, in the order of the file.
        discarded: Collects what several rows say differently of one code.

    Example:
        >>> found = codes_of_rows([CodeRow(("Forces", "Latency"), description="What?")], Discarded())
        >>> [(each.name, each.parent, each.is_codable) for each in found.codes]
        [('Forces', None, False), ('Latency', 'Forces', True)]
    """
    codes: dict[tuple[str, ...], _Code] = {}
    keys = FreeNames("{} ({})")
    of_rows = []
    for row in rows:
        for length in range(1, len(row.path) + 1):
            path = (row.keys or row.path)[:length]
            if path not in codes:
                parent = codes[path[:-1]].key if length > 1 else None
                # two paths may look alike when they are joined
                key = keys.take(" > ".join(path))
                codes[path] = _Code(key, row.path[length - 1], parent)
        code = codes[row.keys or row.path]
        code.rows.append(row)
        of_rows.append(code.key)
    for code in codes.values():
        _discard_differing(code, discarded)
    return CodeRows(
        tuple(map(_code, codes.values())),
        tuple(of_rows),
        tuple(each.name for each in codes.values() if not each.rows),
    )


def _code(code: _Code) -> ProjectCode:
    if not code.rows:
        return ProjectCode(code.key, code.name, code.parent, is_codable=False)
    memos = dict.fromkeys(each.memo for each in code.rows if each.memo)
    return ProjectCode(
        code.key,
        code.name,
        code.parent,
        description=next((each.description for each in code.rows if each.description), ""),
        kind=next((each.kind for each in code.rows if each.kind), None),
        identifier=next((each.identifier for each in code.rows if each.identifier), None),
        values=code.rows[0].values,
        is_codable=any(each.is_codable for each in code.rows),
        memos=tuple(ProjectMemo(each) for each in memos),
        place=code.rows[0].place,
    )


def _discard_differing(code: _Code, discarded: Discarded) -> None:
    """Note what rows say differently than the first that says something."""
    reason = "a code has one; the first row counts, so give each code one row"
    for attribute in ("description", "kind"):
        said = [each for each in code.rows if getattr(each, attribute)]
        for row in said:
            if getattr(row, attribute) != getattr(said[0], attribute):
                discarded.add(f"further {attribute}s of codes", code.name, place=row.place, reason=reason)
