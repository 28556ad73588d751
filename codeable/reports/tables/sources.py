"""The table `sources`: what was read, with links, types, and the number of codes found in it."""

from collections import Counter
from collections.abc import Iterator, Sequence

from codeable.coded.coded_study import CodedStudy
from codeable.kernel import CClass
from codeable.metamodels.controlled_vocabularies import AUTHOR_TYPES, SOURCE_TYPES
from codeable.registry import Declaration
from codeable.registry.values import given_values, value_text
from codeable.reports.options import ReportOptions
from codeable.reports.report_table import Cell, ColumnKind, ReportColumn, TableContent
from codeable.text import first_few, free_name, slug

_VALUES = {
    "title": "title",
    "url": "url",
    "archive url": "archive",
    "author type": "author_type",
    "type": "source_type",
    "example": "example",
    "source code": "code",
}
"""Attribute of a source → key of its column."""

_COLUMNS = (
    ReportColumn("id", "Id", "name"),
    ReportColumn("title", "Title"),
    ReportColumn("url", "Link", "url", paper="filled"),
    ReportColumn("archive", "Archived", "url", paper="filled"),
    ReportColumn("author_type", "Author", paper="filled"),
    ReportColumn("source_type", "Source", paper="filled"),
    ReportColumn("example", "Example", "mark", paper="filled"),
    ReportColumn("code", "Code", "mark", paper="filled"),
    ReportColumn("codes", "Codes", "number"),
    ReportColumn("passages", "Passages", "number", optional=True, paper="never"),
    ReportColumn("coders", "Coders", optional=True, paper="never"),
    ReportColumn("references", "References", "name", optional=True, paper="never"),
)
_EXPECTED = ("title", "url", "author type", "type")
_MOST_NAMED = 10


def sources(study: CodedStudy, options: ReportOptions) -> TableContent:
    """One row per source, in the order of coding. Further attributes of sources are columns too."""
    own = _own_columns(study)
    passages = Counter(each.passage.source for each in study.passages)
    columns = (*_COLUMNS, *own.values())
    rows = [_row(study, own, passages, *each) for each in study.named_sources.items()]
    return TableContent(
        columns,
        rows,
        "Sources of the study",
        notes=tuple(_notes(options, rows)),
        messages=tuple(_messages(study, rows)),
    )


def _notes(options: ReportOptions, rows: Sequence[dict[str, Cell]]) -> Iterator[str]:
    if not rows:
        yield "There are no sources."
    elif options.shows("codes"):
        yield "Codes: the codes found in the source."


def _own_columns(study: CodedStudy) -> dict[str, ReportColumn]:
    """Further attributes of sources → their columns. Memos have a table of their own."""
    metaclasses = [each.element.metaclass for each in study.sources]
    metaclasses.append(getattr(study.registry.vocabulary, "source", None))
    found: dict[str, ReportColumn] = {}
    taken = {column.key for column in _COLUMNS}
    classifiers = (each for one in dict.fromkeys(metaclasses) if one is not None for each in one.class_path)
    for attribute in (each for classifier in classifiers for each in classifier.attributes):
        name = str(attribute.name)
        if name in found or name in _VALUES or name == "memo":
            continue
        key = slug(name)
        if key in taken:
            key = free_name(f"{key}_attribute", taken.__contains__)
        taken.add(key)
        kind: ColumnKind = "url" if name.endswith("url") else "text"
        head = name[:1].upper() + name[1:]
        found[name] = ReportColumn(key, head, kind, optional=True, paper="never")
    return found


def _row(
    study: CodedStudy,
    own: dict[str, ReportColumn],
    passages: Counter[str],
    name: str,
    source: Declaration,
) -> dict[str, Cell]:
    values: dict[str, Cell] = {
        attribute: value if isinstance(value, bool | int | float) else value_text(value)
        for attribute, value in given_values(source.element)
    }
    identifier = study.registry.identifier_of(source.element) or str(source.element.name)
    notes = study.chain.notes_of(identifier)
    return {
        "id": name,
        **{key: values.get(attribute) for attribute, key in _VALUES.items()},
        "codes": len(study.registry.codes_of(source.element)),
        "passages": passages[identifier] if study.notes else None,
        "coders": tuple(dict.fromkeys(note.coder for note in notes if note.coder)),
        "references": tuple(map(study.name_of, _references(study, source.element))),
        **{column.key: values.get(attribute) for attribute, column in own.items()},
    }


def _references(study: CodedStudy, source: CClass) -> list[CClass]:
    relation = getattr(study.registry.vocabulary, "reference_relation", None)
    links = source.get_links_for_association(relation) if relation is not None else ()
    return [link.target for link in links if link.source is source and link.target in study.registry]


def _has(source: CClass, attribute: str) -> bool:
    """Whether a study gives its sources this attribute; one may have a vocabulary of its own."""
    classifier = source.metaclass
    return any(attribute in each.attribute_names for each in (classifier.class_path if classifier else ()))


def _messages(study: CodedStudy, rows: Sequence[dict[str, Cell]]) -> Iterator[str]:
    interviews = {note.identifier for note in study.notes if note.kind == "p"}
    for attribute in _EXPECTED:
        key = _VALUES[attribute]
        without = [
            str(row["id"])
            for row, source in zip(rows, study.sources, strict=True)
            if row[key] in (None, "") and _has(source.element, attribute)
            if attribute == "title" or source.short_name not in interviews
        ]
        if without:
            yield f"sources without {key.replace('_', ' ')}: {first_few(without, _MOST_NAMED)}"
    swapped = [
        str(row["id"])
        for row in rows
        if row["author_type"] in SOURCE_TYPES or row["source_type"] in AUTHOR_TYPES
    ]
    if swapped:
        yield (
            f"author type and source type look swapped: {first_few(swapped, _MOST_NAMED)}; "
            "`codeable check` shows where"
        )
    declared = {source.short_name for source in study.sources}
    only_in_notes = dict.fromkeys(
        note.identifier for note in study.notes if note.identifier and note.identifier not in declared
    )
    if only_in_notes:
        yield (
            "sources of field notes that are not in the modules: "
            f"{first_few([*only_in_notes], _MOST_NAMED)}; `codeable notes build` adds them"
        )
