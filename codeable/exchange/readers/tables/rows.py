"""What the rows of a table of codes say: names, nesting, descriptions, kinds."""

from collections.abc import Mapping, Sequence

from attrs import define

from codeable.exchange.incoming.code_kinds import METACLASSES
from codeable.exchange.readers.code_paths import paths_of
from codeable.exchange.readers.discarded import Discarded
from codeable.exchange.readers.tables.code_rows import CodeRow
from codeable.exchange.readers.tables.columns import Role, TableColumns, kind_of
from codeable.exchange.readers.tables.parents import TableLine, find_parents
from codeable.exchange.readers.tables.sheets import RowSheet, cell_of
from codeable.text import counted


@define
class CodeTable:
    """A table of codes while it is read.

    Attributes:
        sheet: The table.
        columns: What its columns hold.
        head: The number of the row that is its head; 0 where it has none.
        discarded: Collects what is not taken over.
        messages: Collects what a user must know about how it is read.
    """

    sheet: RowSheet
    columns: TableColumns
    head: int
    discarded: Discarded
    messages: list[str]

    def tell(self, message: str) -> None:
        """Add a message about the table."""
        self.messages.append(f"{self.sheet.where}: {message}")

    def texts(self, cells: Sequence[str], role: Role) -> list[str]:
        """What the columns of a role have in a row."""
        return [text for each in self.columns.of(role) if (text := cell_of(cells, each.index))]

    def first(self, cells: Sequence[str], role: Role) -> str:
        """What the first of these columns with a text has; empty where none has."""
        return next(iter(self.texts(cells, role)), "")

    def name(self, cells: Sequence[str], role: Role) -> str:
        """The same on one line."""
        return " ".join(self.first(cells, role).split())


def rows_of_table(table: CodeTable) -> list[CodeRow]:
    """What the rows below the head of a table say.

    Raises:
        CodeableError: A code is in too many others.
    """
    below = {row: cells for row, cells in _unmerged(table.sheet, table.columns).items() if row > table.head}
    lines = _nested(table, below) if table.columns.of("level") else _named(table, below)
    find_parents(lines, table.sheet, table.discarded)
    return [_row(table, each) for each in lines]


def _unmerged(sheet: RowSheet, columns: TableColumns) -> Mapping[int, Sequence[str]]:
    """The rows, with the text of a merged cell that tells the nesting in every row that it covers."""
    nesting = {each.index for each in (*columns.of("level"), *columns.of("parent"))}
    rows = {row: list(cells) for row, cells in sheet.rows.items()}
    for top, left, bottom, right in sheet.merged:
        text = cell_of(sheet.rows.get(top + 1, ()), left)
        if left in nesting and text and left == right:
            for row in range(top + 2, bottom + 2):
                if row in rows and not cell_of(rows[row], left):
                    rows[row] += [""] * (left + 1 - len(rows[row]))
                    rows[row][left] = text
    return rows


def _nested(table: CodeTable, below: Mapping[int, Sequence[str]]) -> list[TableLine]:
    """The rows of a table whose columns nest. An empty cell left of a filled one stands for the one above."""
    levels = table.columns.of("level")
    above: list[str] = []
    filled_in = 0
    lines: list[TableLine] = []
    for number, cells in below.items():
        names = [" ".join(cell_of(cells, each.index).split()) for each in levels]
        deepest = max((at for at, name in enumerate(names) if name), default=None)
        if deepest is None:
            _no_name(table, number)
            continue
        first = next(at for at, name in enumerate(names) if name)
        if any(above[:first]):
            filled_in += 1
            names[:first] = above[:first]
        above = names[: deepest + 1] + [""] * (len(levels) - deepest - 1)
        own = [each for each in names[: deepest + 1] if each]
        further = table.name(cells, "name")
        if further:
            own.append(further)
        codable = levels[deepest].is_codable or bool(further)
        identifier = table.first(cells, "identifier")
        lines.append(
            TableLine(len(lines), number, cells, tuple(own), identifier=identifier, is_codable=codable)
        )
    if filled_in:
        rows = counted(filled_in, "row")
        table.tell(f"in {rows} an empty cell of an outer level was read as the one above.")
    return lines


def _named(table: CodeTable, below: Mapping[int, Sequence[str]]) -> list[TableLine]:
    """The rows of a table with a column of names or paths, and perhaps one of parents."""
    has_paths = bool(table.columns.of("path"))
    lines: list[TableLine] = []
    for number, cells in below.items():
        text = table.name(cells, "path") or table.name(cells, "name")
        if text:
            above = table.name(cells, "parent")
            key, identifier = table.first(cells, "key"), table.first(cells, "identifier")
            lines.append(TableLine(len(lines), number, cells, (text,), above, key, identifier))
        else:
            _no_name(table, number)
    if has_paths or not table.columns.of("parent"):
        names = [each.own[0] for each in lines]
        split = paths_of(names, are_paths=has_paths, dots=_is_of_tags(table))
        for message in split.messages("name", "; give the table a column parent if it is none"):
            table.tell(message)
        for line, path in zip(lines, split.paths, strict=True):
            name = table.name(line.cells, "name")
            line.own = (*path, name) if has_paths and name and path[-1] != name else path
    called = {text for each in lines for text in (*each.own, each.key, each.identifier) if text}
    if called.isdisjoint(each.parent for each in lines):
        _fill_parents(table, lines)
    return lines


def _is_of_tags(table: CodeTable) -> bool:
    """Whether the names are tags of Taguette, in which a dot nests."""
    if "number of highlights" in map(str.casefold, table.columns.counts):
        return True
    return any(each.head.casefold() == "tag" for each in table.columns.of("name"))


def _fill_parents(table: CodeTable, lines: Sequence[TableLine]) -> None:
    """Give rows the category above them, where the table says each only once, above its codes."""
    said = [each.parent for each in lines if each.parent]
    is_grouped = table.columns.is_grouped and not table.sheet.merged
    has_gaps = bool(said) and bool(lines[0].parent) and len(said) < len(lines)
    if not is_grouped or not has_gaps or len(said) != len(set(said)):
        return
    last = ""
    for each in lines:
        each.parent = last = each.parent or last
    head = table.columns.of("parent")[0].head
    cells = counted(len(lines) - len(said), "empty cell was", "empty cells were")
    table.tell(f'the column "{head}" has each of its texts once; its {cells} read as the one above.')


def _no_name(table: CodeTable, number: int) -> None:
    place, reason = table.sheet.place(number), "a code has a name; fill it in"
    table.discarded.add("rows without a name", f"row {number}", place=place, reason=reason)


def _row(table: CodeTable, line: TableLine) -> CodeRow:
    cells, place = line.cells, table.sheet.place(line.number)
    kind_text = table.first(cells, "kind")
    kind = kind_of(kind_text) if kind_text else None
    if kind_text and kind is None:
        table.discarded.add(
            "kinds that a study does not have",
            kind_text,
            place=place,
            reason=f"kinds are {', '.join(METACLASSES)}; give them with --kind",
        )
    identifier = line.identifier
    if identifier and not identifier.isidentifier():
        table.discarded.add(
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
        description="\n\n".join(table.texts(cells, "description")),
        memo="\n\n".join(table.texts(cells, "memo")),
        kind=kind,
        identifier=identifier or None,
        values=_values(table, cells),
        is_codable=line.is_codable,
    )


def _values(table: CodeTable, cells: Sequence[str]) -> Mapping[str, str]:
    others = table.columns.others if table.columns.has_values else ()
    return {each.head: text for each in others if (text := cell_of(cells, each.index))}
