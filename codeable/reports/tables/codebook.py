"""The table `codebook`: every code with its definition, evidence, an example, and memos."""

from collections.abc import Iterator, Sequence
from typing import Any

from codeable.coded.coded_memos import coded_memos
from codeable.coded.coded_study import Code, CodedStudy
from codeable.kernel import CClass
from codeable.registry.kinds import CLASS_KINDS, OPTION_KINDS
from codeable.registry.values import attribute_text
from codeable.reports.counts.occurrences import counted_codes
from codeable.reports.example_passages import CUT, ExamplePassage, example_passages
from codeable.reports.options import ReportOptions
from codeable.reports.report_table import Cell, ReportColumn, TableContent
from codeable.text import first_few

_COLUMNS = (
    ReportColumn("id", "Id", "name", paper="never"),
    ReportColumn("name", "Code"),
    ReportColumn("kind", "Kind"),
    ReportColumn("aka", "Also known as", optional=True, paper="never"),
    ReportColumn("definition", "Definition", paper="filled"),
    ReportColumn("parents", "Parent id", "name", optional=True, paper="never"),
    ReportColumn("parent_names", "Parent", optional=True, paper="filled"),
    ReportColumn("decisions", "Decision", "name", paper="never"),
    ReportColumn("first_source", "First source", "name", paper="never"),
    ReportColumn("evidence", "Evidence", "name", paper="never"),
    ReportColumn("sources", "Sources", "number", paper="filled"),
    ReportColumn("sources_with_subcodes", "Sources with sub-codes", "number", optional=True, paper="never"),
    ReportColumn("passages", "Passages", "number", paper="filled"),
    ReportColumn("example", "Example", "quotation", paper="filled"),
    ReportColumn("example_source", "From", "name", paper="filled"),
    ReportColumn("example_file", "File of example", "name", paper="never"),
    ReportColumn("example_line", "Line of example", "number", paper="never"),
    ReportColumn("memos", "Memos", paper="never"),
)
_OF_NOTES = {"passages", "example", "example_source", "example_file", "example_line", "memos"}
_MOST_NAMED = 10


def codebook(study: CodedStudy, options: ReportOptions) -> TableContent:
    """One row per code that the modules declare, by kind and in natural order."""
    order = [kind for _, kind in CLASS_KINDS]
    codes = list(counted_codes(study, options))
    codes.sort(key=lambda code: order.index(code.kind) if code.kind in order else len(order))
    examples = example_passages(study)
    memos: dict[Code, list[str]] = {}
    for memo in coded_memos(study):
        for code in memo.codes:
            memos.setdefault(code, []).append(memo.text)
    rows = [_row(study, code, examples.get(code), memos.get(code, ())) for code in codes]
    return TableContent(
        _COLUMNS,
        rows,
        "Codebook",
        tuple(column.key for column in _COLUMNS if study.notes or column.key not in _OF_NOTES),
        tuple(_notes(study, options, rows)),
        messages=(*study.messages, *_undefined(rows)),
    )


def _row(
    study: CodedStudy, code: Code, example: ExamplePassage | None, memos: Sequence[str]
) -> dict[str, Cell]:
    element = code.element
    above = element.superclasses if isinstance(element, CClass) else ()
    parents = [study.code_of[each] for each in above if each in study.code_of]
    subcodes = set(study.evidence_of_subcodes(element))
    passage = example.passage if example is not None else None
    return {
        "id": code.name,
        "name": code.title,
        "kind": code.kind,
        "aka": attribute_text(element, "aka"),
        "definition": _definitions(study, code),
        "parents": tuple(each.name for each in parents),
        "parent_names": tuple(each.title for each in parents),
        "decisions": tuple(map(study.name_of, _decisions(study, element, code.kind))),
        "first_source": code.sources[0] if code.sources else None,
        "evidence": code.sources,
        "sources": len(code.sources),
        "sources_with_subcodes": len(subcodes.union(code.sources)) if subcodes else None,
        "passages": len(code.passages) if study.notes else None,
        "example": example.text if example is not None else None,
        "example_source": passage.source if passage is not None else None,
        "example_file": study.file_of(passage.path) if passage is not None else None,
        "example_line": passage.line if passage is not None else None,
        "memos": tuple(memos),
    }


def _definitions(study: CodedStudy, code: Code) -> tuple[str, ...]:
    """The description in the module, then each definition of the notes that says something else."""
    described = attribute_text(code.element, "description")
    texts = [described or "", *(each.text for each in study.definitions_of(code))]
    return tuple({" ".join(text.split()): text for text in reversed(texts) if text}.values())[::-1]


def _decisions(study: CodedStudy, element: Any, kind: str) -> list[CClass]:
    """The decisions that offer a solution; of a force, those that offer a solution that acts on it."""
    registry = study.registry
    solutions = [element] if kind in OPTION_KINDS else []
    if kind == "force":
        solutions = [each.solution_element for each in registry.impacts_on(element)]
    found = (each.decision_element for solution in solutions for each in registry.decisions_of(solution))
    return list(dict.fromkeys(found))


def _notes(study: CodedStudy, options: ReportOptions, rows: Sequence[dict[str, Cell]]) -> Iterator[str]:
    if not rows:
        yield "There are no codes."
        return
    if options.kinds:
        yield f"Only codes of the kinds {', '.join(options.kinds)}."
    if options.shows("sources"):
        yield "Sources: those that are evidence in the modules."
    if study.notes and options.shows("passages"):
        several = len({note.coder for note in study.notes}) > 1
        each = "; one that several coders coded counts for each of them" if several else ""
        yield f"Passages: those of the field notes{each}."
    if options.shows("example") and any(row["example"] for row in rows):
        yield "Example: of the passages of a code one with the words of its name, where there is one."
    if options.shows("sources") and any(row["sources_with_subcodes"] for row in rows):
        yield "The sources of a code do not include those of its sub-codes."
    if options.shows("example") and any(str(row["example"] or "").endswith(CUT) for row in rows):
        yield f"An example that ends with {CUT.strip()} may be cut; the table passages has all of it."


def _undefined(rows: Sequence[dict[str, Cell]]) -> Iterator[str]:
    undefined = [str(row["id"]) for row in rows if not row["definition"]]
    if undefined:
        named = first_few(undefined, _MOST_NAMED) if len(undefined) < len(rows) else "all of them"
        yield (
            f"codes without a definition: {named}; the value `description` of a code is one, "
            "and a line `Definition: …` in a field note"
        )
