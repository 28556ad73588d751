"""What the codes of a table are in, where a column names the parent of each."""

from collections.abc import Mapping, Sequence

from attrs import define, frozen

from codeable.errors import CodeableError
from codeable.exchange.readers.code_paths import paths_of
from codeable.exchange.readers.discarded import Discarded
from codeable.exchange.readers.tables.code_rows import MOST_LEVELS
from codeable.exchange.readers.tables.sheets import RowSheet


@frozen
class CodePath:
    """Where a code belongs.

    Attributes:
        names: The names of the codes that it is in, and its own.
        keys: What tells codes of one name apart: their identifiers, where the table has them, or the names.
    """

    names: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()

    def below(self, other: "CodePath") -> "CodePath":
        """The path below another."""
        return CodePath((*other.names, *self.names), (*other.keys, *self.keys))


@define(eq=False)
class TableLine:
    """A row of a table of codes.

    Attributes:
        index: Its place among the rows with a name.
        number: Its number in the sheet.
        cells: Its cells.
        own: The names that the row itself has, from the outermost on.
        parent: What the row says that its code is in.
        key: What other rows may call it by.
        identifier: The identifier of its code in a study.
        is_codable: Whether passages may have the code.
        path: Where it belongs; empty until `find_parents`.
    """

    index: int
    number: int
    cells: Sequence[str]
    own: tuple[str, ...]
    parent: str = ""
    key: str = ""
    identifier: str = ""
    is_codable: bool = True
    path: CodePath = CodePath()

    @property
    def own_path(self) -> CodePath:
        """The path of the names that the row itself has."""
        return CodePath(self.own, (*self.own[:-1], self.identifier or self.own[-1]))


def find_parents(lines: Sequence[TableLine], sheet: RowSheet, discarded: Discarded) -> None:
    """Give each row its path, of the rows that it is in. A row that is in itself is in nothing.

    Args:
        lines: The rows.
        sheet: Their table.
        discarded: Collects the parents that could not be taken.

    Raises:
        CodeableError: A code is in too many others.
    """
    by_text = _by_text(lines)
    parents = [_parent(each, by_text, sheet, discarded) for each in lines]
    for line in lines:
        chain: dict[int, None] = {}
        at: TableLine | CodePath = line
        while isinstance(at, TableLine) and not at.path.names:
            if at.index in chain:
                last = lines[next(reversed(chain))]
                discarded.add(
                    "parents of codes that would be in themselves",
                    last.own[-1],
                    place=sheet.place(last.number),
                    reason="the code is now in nothing; correct its parent",
                )
                parents[last.index] = at = CodePath()
                break
            chain[at.index] = None
            at = parents[at.index]
        above = at.path if isinstance(at, TableLine) else at
        for index in reversed(chain):
            above = lines[index].path = lines[index].own_path.below(above)
            if len(above.names) > MOST_LEVELS:
                place = sheet.place(lines[index].number)
                reason = f"the code is in {MOST_LEVELS} others or more"
                raise CodeableError(f"cannot read {place}: {reason}", exit_status=2)


def _by_text(lines: Sequence[TableLine]) -> Mapping[str, dict[tuple[object, ...], TableLine]]:
    """What a parent may be called by → the rows that differ: by their keys, else whole paths, else names."""
    found: dict[str, dict[tuple[object, ...], TableLine]] = {}
    for texts in (
        [(text, each) for each in lines for text in (each.identifier, each.key) if text],
        [(" > ".join(each.own), each) for each in lines],
        [(each.own[-1], each) for each in lines],
    ):
        known = set(found)
        for text, line in texts:
            if text not in known:
                found.setdefault(text, {}).setdefault(_what(line), line)
    return found


def _what(line: TableLine) -> tuple[object, ...]:
    """What makes a row about another code than others of its name."""
    return line.own, line.parent, line.identifier


def _parent(
    line: TableLine,
    by_text: Mapping[str, Mapping[tuple[object, ...], TableLine]],
    sheet: RowSheet,
    discarded: Discarded,
) -> TableLine | CodePath:
    if not line.parent:
        return CodePath()
    there = by_text.get(line.parent, {})
    first = next(iter(there.values()), None)
    found = next((each for each in there.values() if each is not line), first)
    if len(there) > 1 + (there.get(_what(line)) is line):
        discarded.add(
            "parents that several codes could be",
            line.parent,
            place=sheet.place(line.number),
            reason="the first one was taken; write the whole path, such as Forces > Latency",
        )
    if found is not None:
        return found
    names = paths_of([line.parent]).paths[0]
    return CodePath(names, names)
