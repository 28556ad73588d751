"""Codes of which a file has one row or one path each: put together, with their categories, each one once."""

from collections.abc import Iterable, Mapping, Sequence

from attrs import Factory, define, field, frozen

from codeable.exchange.project import NotTakenOver, ProjectCode, ProjectMemo
from codeable.registry.records import Kind

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
        differing: What several rows say differently of one code.
    """

    codes: tuple[ProjectCode, ...]
    keys: tuple[str, ...]
    without_row: tuple[str, ...]
    differing: tuple[NotTakenOver, ...]


@define
class _Code:
    key: str
    name: str
    parent: str | None
    row: CodeRow | None = None
    further: list[CodeRow] = Factory(list)


def codes_of_rows(rows: Sequence[CodeRow]) -> CodeRows:
    """Make one code of the rows of each path, and one of each category that has no row.

    Where several rows are about one code, the first that says something counts.

    Args:
        rows: The rows, in the order of the file.

    Example:
        >>> found = codes_of_rows([CodeRow(("Forces", "Latency"), description="Time to answer.")])
        >>> [(each.name, each.parent, each.is_codable) for each in found.codes]
        [('Forces', None, False), ('Latency', 'Forces', True)]
    """
    codes: dict[tuple[str, ...], _Code] = {}
    keys = []
    taken: set[str] = set()
    for row in rows:
        for length in range(1, len(row.path) + 1):
            path = (row.keys or row.path)[:length]
            if path not in codes:
                parent = codes[path[:-1]].key if length > 1 else None
                codes[path] = _Code(_free_key(path, taken), row.path[length - 1], parent)
        code = codes[row.keys or row.path]
        if code.row is None:
            code.row = row
        else:
            code.further.append(row)
        keys.append(code.key)
    return CodeRows(
        tuple(map(_code, codes.values())),
        tuple(keys),
        tuple(each.name for each in codes.values() if each.row is None),
        tuple(_differing(codes.values())),
    )


def _free_key(path: tuple[str, ...], taken: set[str]) -> str:
    """A key that no other code has; two paths may look alike when they are joined."""
    key = joined = " > ".join(path)
    number = 2
    while key in taken:
        key, number = f"{joined} ({number})", number + 1
    taken.add(key)
    return key


def _code(code: _Code) -> ProjectCode:
    if code.row is None:
        return ProjectCode(code.key, code.name, code.parent, is_codable=False)
    rows = [code.row, *code.further]
    memos = dict.fromkeys(each.memo for each in rows if each.memo)
    return ProjectCode(
        code.key,
        code.name,
        code.parent,
        description=next((each.description for each in rows if each.description), ""),
        kind=next((each.kind for each in rows if each.kind), None),
        identifier=next((each.identifier for each in rows if each.identifier), None),
        values=code.row.values,
        is_codable=any(each.is_codable for each in rows),
        memos=tuple(ProjectMemo(each) for each in memos),
        place=code.row.place,
    )


def _differing(codes: Iterable[_Code]) -> Iterable[NotTakenOver]:
    for what, attribute in (
        ("further descriptions of codes", "description"),
        ("further kinds of codes", "kind"),
    ):
        found = [
            (code.name, row.place)
            for code in codes
            if code.row is not None and code.further
            for row in _others([code.row, *code.further], attribute)
        ]
        if found:
            yield NotTakenOver(
                what,
                len(found),
                tuple(dict.fromkeys(name for name, _ in found)),
                found[0][1],
                "a code has one; the first row counts, so give each code one row",
            )


def _others(rows: Sequence[CodeRow], attribute: str) -> Iterable[CodeRow]:
    """The rows that say something else than the first that says something."""
    said = [each for each in rows if getattr(each, attribute)]
    return [each for each in said if getattr(each, attribute) != getattr(said[0], attribute)]
