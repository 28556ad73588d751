"""What a project of QualCoder knows about its sources: attributes, references, cases."""

from collections.abc import Iterator, Mapping
from itertools import chain

from codeable.exchange.readers.databases.sqlite_file import Database
from codeable.exchange.readers.discarded import Discarded
from codeable.notes.metadata import ATTRIBUTES, SYNONYMS

_FIELDS = {*ATTRIBUTES, *SYNONYMS}
_REFERENCES = {
    "ref_title": "title",
    "ref_authors": "author",
    "ref_author": "author",
    "ref_year": "published",
    "ref_doi": "doi",
    "ref_url": "url",
}
"""Attribute that QualCoder makes of a reference, in lower case → field of a field note."""
_TAGS = {"TI": "title", "T1": "title", "AU": "author", "A1": "author", "PY": "published", "Y1": "published"}
_TAGS |= {"UR": "url", "DO": "doi"}
"""Tag of RIS → field of a field note."""


def source_values(database: Database, discarded: Discarded) -> Mapping[int, Mapping[str, str]]:
    """Number of a source → field of a field note → value.

    The attributes of a case go to the sources that are in it, and its name to the field `case`.

    Args:
        database: The database.
        discarded: Collects what has no place in a field note.
    """
    found: dict[int, dict[str, str]] = {}
    of_cases: dict[int, dict[str, str]] = {}
    columns = ("attrid", "name", "attr_type", "value", "id")
    for each in database.rows("attribute", columns, order="attrid"):
        what, number, value = each.text("attr_type").strip().lower(), each.number("id"), each.line("value")
        if not value or number is None:
            continue
        if what == "file":
            found.setdefault(number, {}).setdefault(_field(each.text("name")), value)
        elif what == "case":
            of_cases.setdefault(number, {}).setdefault(_field(each.text("name")), value)
        else:
            discarded.add("attributes of journals", each.text("name"), reason="a memo has no fields")
    _add_references(database, found)
    _add_cases(database, discarded, of_cases, found)
    return found


def _field(name: str) -> str:
    """The name of a field: that of a field note where the attribute has it in another case."""
    name = " ".join(name.split())
    lower = name.lower()
    return _REFERENCES.get(lower) or (lower if lower in _FIELDS else name)


def _add_references(database: Database, found: dict[int, dict[str, str]]) -> None:
    references: dict[int, dict[str, list[str]]] = {}
    for each in database.rows("ris", ("risid", "tag", "value")):
        name = _TAGS.get(each.text("tag").strip().upper())
        if name and each.line("value"):
            references.setdefault(each.key("risid"), {}).setdefault(name, []).append(each.line("value"))
    for each in database.rows("source", ("id", "risid")):
        for name, values in references.get(each.key("risid"), {}).items():
            value = "; ".join(values) if name == "author" else values[0]
            found.setdefault(each.key("id"), {}).setdefault(name, value)


def _add_cases(
    database: Database,
    discarded: Discarded,
    of_cases: Mapping[int, Mapping[str, str]],
    found: dict[int, dict[str, str]],
) -> None:
    """Give the values of each case to its sources."""
    stretches = database.grouped("case_text", ("id", "fid", "memo"), "caseid", "id")
    for each in chain.from_iterable(stretches.values()):
        if each.text("memo").strip():
            discarded.add("memos of cases", reason="write them into a field note")
    for each in database.rows("cases", ("caseid", "name", "memo"), order="caseid"):
        number, name = each.key("caseid"), each.line("name")
        values = {**of_cases.get(number, {}), "case": name}
        if each.text("memo").strip():
            discarded.add("memos of cases", name, reason="write them into a field note")
        if number not in stretches:
            discarded.add("cases without a source", name, reason="a case is a field of its sources")
        for source in dict.fromkeys(each.key("fid") for each in stretches.get(number, ())):
            for lost in _add(found.setdefault(source, {}), values):
                reason = "the source has another value of its own, or of another case"
                discarded.add("values of cases", f"{lost} of {name}", reason=reason)


def _add(there: dict[str, str], values: Mapping[str, str]) -> Iterator[str]:
    """Add values where there are none; the names of those that differ from what is there."""
    for name, value in values.items():
        if there.setdefault(name, value) != value:
            yield name
