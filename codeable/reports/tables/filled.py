"""Which columns of a table hold anything."""

from collections.abc import Collection, Mapping, Sequence

from codeable.reports.report_table import Cell


def filled(
    keys: Sequence[str], rows: Sequence[Mapping[str, Cell]], optional: Collection[str]
) -> tuple[str, ...]:
    """The keys without those of optional columns in which every cell is empty.

    Example:
        >>> filled(("source", "coder", "text"), [{"source": "s4", "coder": None, "text": ""}], {"coder"})
        ('source', 'text')
    """
    empty = (None, "", ())
    return tuple(key for key in keys if key not in optional or any(row[key] not in empty for row in rows))
