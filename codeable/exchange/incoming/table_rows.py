"""What the rows of a table of codes say: names, nesting, descriptions, kinds."""

import re
from collections.abc import Mapping, Sequence

from attrs import Factory, define, frozen

from codeable.exchange.incoming.code_kinds import METACLASSES
from codeable.exchange.incoming.code_paths import paths_of
from codeable.exchange.incoming.code_rows import CodeRow
from codeable.exchange.incoming.discarded import Discarded
from codeable.exchange.incoming.sheets import RowSheet
from codeable.exchange.incoming.table_columns import TableColumns, kind_of
from codeable.exchange.incoming.table_parents import TableLine, find_parents
from codeable.exchange.project import NotTakenOver
from codeable.text import counted

_WHITE_SPACE = re.compile(r"\s+")


@frozen
class TableRows:
    """The rows of a table of codes.

    Attributes:
        rows: What they say.
        messages: What a user must know, in sentences without the name of the file.
        not_taken_over: What is not in the rows.
    """

    rows: tuple[CodeRow, ...]
    messages: tuple[str, ...]
    not_taken_over: tuple[NotTakenOver, ...]


@define
class _Reading:
    sheet: RowSheet
    columns: TableColumns
    discarded: Discarded = Factory(Discarded)
    messages: list[str] = Factory(list)


def rows_of_table(sheet: RowSheet, columns: TableColumns, head: int) -> TableRows:
    """What the rows below the head of a table say.

    Args:
        sheet: The table.
        columns: What its columns hold.
        head: The number of the row that is its head; 0 where it has none.
    """
    reading = _Reading(sheet, columns)
    below = {row: cells for row, cells in _unmerged(sheet, columns).items() if row > head}
    lines = _nested(reading, below) if columns.of("level") else _named(reading, below)
    find_parents(lines, sheet, reading.discarded)
    rows = tuple(_row(reading, each) for each in lines)
    return TableRows(rows, tuple(reading.messages), reading.discarded.listed())


def _unmerged(sheet: RowSheet, columns: TableColumns) -> Mapping[int, Sequence[str]]:
    """The rows, with the text of a merged cell that tells the nesting in every row that it covers."""
    nesting = {each.index for each in (*columns.of("level"), *columns.of("parent"))}
    rows = {row: list(cells) for row, cells in sheet.rows.items()}
    for top, left, bottom, right in sheet.merged:
        text = _cell(sheet.rows.get(top + 1, ()), left)
        if left in nesting and text and left == right:
            for row in range(top + 2, bottom + 2):
                if row in rows and not _cell(rows[row], left):
                    rows[row] += [""] * (left + 1 - len(rows[row]))
                    rows[row][left] = text
    return rows


def _cell(cells: Sequence[str], index: int) -> str:
    return cells[index] if index < len(cells) else ""


def _name(text: str) -> str:
    """A name on one line."""
    return _WHITE_SPACE.sub(" ", text).strip()


def _first(reading: _Reading, cells: Sequence[str], role: str) -> str:
    return next((_cell(cells, each.index) for each in reading.columns.taken if each.role == role), "")


def _nested(reading: _Reading, below: Mapping[int, Sequence[str]]) -> list[TableLine]:
    """The rows of a table whose columns nest. An empty cell left of a filled one stands for the one above."""
    levels = reading.columns.of("level")
    above: list[str] = []
    filled_in = 0
    lines: list[TableLine] = []
    for number, cells in below.items():
        names = [_name(_cell(cells, each.index)) for each in levels]
        deepest = max((at for at, name in enumerate(names) if name), default=None)
        if deepest is None:
            _no_name(reading, number)
            continue
        first = next(at for at, name in enumerate(names) if name)
        if any(above[:first]):
            filled_in += 1
            names[:first] = above[:first]
        above = names[: deepest + 1] + [""] * (len(levels) - deepest - 1)
        own = [each for each in names[: deepest + 1] if each]
        further = _name(_first(reading, cells, "name"))
        if further:
            own.append(further)
        codable = levels[deepest].is_codable or bool(further)
        identifier = _first(reading, cells, "identifier")
        lines.append(
            TableLine(len(lines), number, cells, tuple(own), identifier=identifier, is_codable=codable)
        )
    if filled_in:
        reading.messages.append(
            f"in {counted(filled_in, 'row')} an empty cell of an outer level was read as the one above."
        )
    return lines


def _named(reading: _Reading, below: Mapping[int, Sequence[str]]) -> list[TableLine]:
    """The rows of a table with a column of names or paths, and perhaps one of parents."""
    parents = reading.columns.of("parent")
    path_columns = reading.columns.of("path")
    both = bool(path_columns) and bool(reading.columns.of("name"))
    found = []
    for number, cells in below.items():
        name = _name(_first(reading, cells, "name"))
        text = _name(_first(reading, cells, "path")) or name
        if text:
            found.append((number, cells, text, name if both else ""))
        else:
            _no_name(reading, number)
    split = paths_of([each[2] for each in found], are_paths=bool(path_columns), dots=_is_of_tags(reading))
    is_split = bool(path_columns) or not parents
    paths = split.paths if is_split else [(each[2],) for each in found]
    if is_split and split.separator:
        nested = sum(len(each) > 1 for each in set(paths))
        reading.messages.append(
            f'"{split.separator}" was read as nesting in {counted(nested, "name")}; give the table a column '
            "parent if it is none."
        )
    said = [_name(_first(reading, each[1], "parent")) for each in found]
    rows = {
        text
        for each, path in zip(found, paths, strict=True)
        for text in (*path, *(_first(reading, each[1], role) for role in ("key", "identifier")))
    }
    above = said if rows.intersection(said) - {""} else _parents_above(reading, said)
    return [
        TableLine(
            index,
            number,
            cells,
            path if not name or path[-1] == name else (*path, name),
            parent,
            _first(reading, cells, "key"),
            _first(reading, cells, "identifier"),
        )
        for index, ((number, cells, _, name), path, parent) in enumerate(
            zip(found, paths, above, strict=True)
        )
    ]


def _is_of_tags(reading: _Reading) -> bool:
    """Whether the names are tags of Taguette, in which a dot nests."""
    if "number of highlights" in map(str.casefold, reading.columns.counts):
        return True
    return any(each.head.casefold() == "tag" for each in reading.columns.of("name"))


def _parents_above(reading: _Reading, parents: list[str]) -> list[str]:
    """The categories, with those above where the table says each only once, above its codes."""
    said = [each for each in parents if each]
    empty = parents.count("")
    is_grouped = reading.columns.is_grouped and not reading.sheet.merged
    if not is_grouped or not parents[0] or not empty or len(said) != len(set(said)):
        return parents
    found, last = [], ""
    for each in parents:
        last = each or last
        found.append(last)
    head = reading.columns.of("parent")[0].head
    reading.messages.append(
        f'the column "{head}" has each of its texts once; its {counted(empty, "empty cell")} '
        f"{'was' if empty == 1 else 'were'} read as the one above."
    )
    return found


def _no_name(reading: _Reading, number: int) -> None:
    reading.discarded.add(
        "rows without a name",
        f"row {number}",
        place=reading.sheet.place(number),
        reason="a code has a name; fill it in",
    )


def _row(reading: _Reading, line: TableLine) -> CodeRow:
    cells, place = line.cells, reading.sheet.place(line.number)
    texts = _texts(reading, cells)
    kind_text = _first(reading, cells, "kind")
    kind = kind_of(kind_text) if kind_text else None
    if kind_text and kind is None:
        reading.discarded.add(
            "kinds that a study does not have",
            kind_text,
            place=place,
            reason=f"kinds are {', '.join(METACLASSES)}; give them with --kind",
        )
    identifier = line.identifier
    if identifier and not identifier.isidentifier():
        reading.discarded.add(
            "identifiers with other characters than letters, digits and underscores",
            identifier,
            place=place,
            reason="the code gets one made of its name",
        )
        identifier = ""
    return CodeRow(
        line.path.names,
        place,
        keys=line.path.keys,
        description=texts["description"],
        memo=texts["memo"],
        kind=kind,
        identifier=identifier or None,
        values=_values(reading, cells),
        is_codable=line.is_codable,
    )


def _values(reading: _Reading, cells: Sequence[str]) -> Mapping[str, str]:
    others = reading.columns.others if reading.columns.has_values else ()
    return {each.head: text for each in others if (text := _cell(cells, each.index))}


def _texts(reading: _Reading, cells: Sequence[str]) -> dict[str, str]:
    """Description and memo; of several columns each text, one below the other."""
    return {
        role: "\n\n".join(
            text for each in reading.columns.taken if each.role == role and (text := _cell(cells, each.index))
        )
        for role in ("description", "memo")
    }
