"""The tables in the folder `tables`: one line per metaclass or stereotype, in order of definition.

`†` marks what only the current generation has, `‡` what only the older one has. Two display names are those
of the current and of the older generation.
"""

from pathlib import Path

from attrs import frozen

__all__ = ["Row", "rows"]

TYPES = {"str": str, "int": int, "list": list, "bool": bool}


@frozen
class Row:
    """One line of a table."""

    identifier: str
    names: tuple[str, ...]
    kind: str
    superclasses: list[str]
    extended: list[str]
    attributes: dict[str, type]
    mark: str

    def name(self, generation: str) -> str:
        return self.names[0 if generation == "current" else -1]

    def exists_in(self, generation: str) -> bool:
        return self.mark != {"current": "‡", "older": "†"}[generation]


def rows(metamodel: str) -> list[Row]:
    """The rows of one table."""
    text = (Path(__file__).parent / "tables" / f"{metamodel}.txt").read_text(encoding="utf-8")
    return [row(line) for line in text.splitlines()[1:]]


def row(line: str) -> Row:
    first, name, kind, superclasses, extended, attributes = [*line.split(" | "), *[""] * 5][:6]
    names = tuple(part.strip() for part in name.split(" / ")) if "Group /" in name else (name.strip(),)
    return Row(
        identifier=first[2:].strip(),
        names=names,
        kind=kind.strip(),
        superclasses=listed(superclasses),
        extended=listed(extended),
        attributes=dict(attribute(entry, attributes) for entry in listed(attributes)),
        mark=first[0],
    )


def listed(text: str) -> list[str]:
    return [part.strip() for part in text.strip(" |").split(",") if part.strip()]


def attribute(entry: str, attributes: str) -> tuple[str, type]:
    """Name and type; a name without type has that of the next one that has."""
    name, colon, kind = entry.partition(": ")
    if not colon:
        kind = attributes[attributes.index(entry) :].partition(": ")[2].partition(",")[0]
    return name, TYPES[kind.strip()]
