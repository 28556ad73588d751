"""A study as tables of CSV: its codes, its links, its sources, and what was coded where.

The tables name codes and sources by their identifiers. Cells are exact, in UTF-8 with line feeds, or safe
for a spreadsheet.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from codeable.coded.coded_study import CodedStudy, different
from codeable.exchange.exported import Exported, ExportOptions, with_values
from codeable.exchange.outgoing.study_project import project_of
from codeable.exchange.project import Coding, NotTakenOver, Project, ProjectMemo
from codeable.spreadsheet import BYTE_ORDER_MARK, without_formula

_Row = Mapping[str, object]
_SURROGATE = re.compile("[\ud800-\udfff]")


def export_csv(study: CodedStudy, options: ExportOptions) -> Exported:
    """Four tables: `codes.csv`, `links.csv`, `codings.csv`, `sources.csv`.

    A row of `codings.csv` is a code in a passage, or in a whole source where it has no passage; a passage
    without codes has a row without one. The passages of a source are numbered.
    """
    project = project_of(study)
    tables = _Tables(project)
    texts = {
        "codes.csv": _csv(tables.codes(), ("identifier", "name", "parent", "kind", "description", "memo")),
        "links.csv": _csv(tables.links(), ("identifier", "from", "to", "kind", "name", "text")),
        "codings.csv": _csv(
            tables.codings(),
            ("source", "passage", "text", "code", "code name", "coder", "speaker", "memo", "memo of passage"),
        ),
        "sources.csv": _csv(tables.sources(), ("identifier", "name", "kind", "memo", "number of passages")),
    }
    if options.excel:
        texts = {name: f"{BYTE_ORDER_MARK}{_safe(text)}" for name, text in texts.items()}
    halves = sum(len(_SURROGATE.findall(text)) for text in texts.values())
    lost = [*project.not_taken_over]
    if halves:
        reason = "halves of characters have no form in UTF-8, so they are spelled out; remove them"
        lost.append(NotTakenOver("characters", halves, reason=reason))
    files = {name: text.encode("utf-8", "backslashreplace") for name, text in texts.items()}
    return Exported(files, tuple(lost), study.messages)


class _Tables:
    """The rows of the tables of a project."""

    def __init__(self, project: Project) -> None:
        self._project = project
        of_codes = {code.key: code.identifier or code.name for code in project.codes}
        of_sources = {source.key: source.identifier or source.name for source in project.sources}
        keys = [*of_codes, *of_sources]
        self._names = dict(zip(keys, different([*of_codes.values(), *of_sources.values()]), strict=True))
        self._titles = {code.key: code.name for code in project.codes}
        self._coders = {coder.key: coder.name for coder in project.coders}
        self._relations = {link.code for link in project.links if link.code is not None}
        every = [*_codings(project)]
        self._passages = Counter(coding.code for _, at, coding in every if at)
        self._sources = Counter(code for code, _ in {(coding.code, source) for source, _, coding in every})

    def codes(self) -> Iterator[_Row]:
        for code in self._project.codes:
            if code.key in self._relations:
                continue
            row = {
                "identifier": self._names[code.key],
                "name": code.name,
                "parent": self._names.get(code.parent or "", ""),
                "kind": code.kind,
                "description": code.description,
                "memo": self._memo(code.memos),
                "number of sources": self._sources[code.key],
                "number of passages": self._passages[code.key],
            }
            yield with_values(row, code.values.items())

    def links(self) -> Iterator[_Row]:
        for link in self._project.links:
            row = {
                "identifier": self._names.get(link.code or "", ""),
                "from": self._names[link.origin],
                "to": self._names[link.target],
                "kind": link.kind or "link",
                "name": link.name,
                "text": link.text,
            }
            yield with_values(row, link.values.items())

    def codings(self) -> Iterator[_Row]:
        for source in self._project.sources:
            for coding in source.codings:
                yield {"source": self._names[source.key], **self._coding(coding)}
            for number, passage in enumerate(source.passages, 1):
                row = {
                    "source": self._names[source.key],
                    "passage": number,
                    "text": source.text[passage.start : passage.end],
                    "speaker": passage.speaker,
                    "memo of passage": self._memo(passage.memos),
                }
                for coding in passage.codings:
                    yield {**row, **self._coding(coding)}
                for coder in passage.marked_by or (() if passage.codings else (passage.coder,)):
                    yield {**row, "coder": self._coders.get(coder or "", "")}

    def _coding(self, coding: Coding) -> _Row:
        return {
            "code": self._names[coding.code],
            "code name": self._titles[coding.code],
            "coder": self._coders.get(coding.coder or "", ""),
            "memo": self._memo(coding.memos),
        }

    def sources(self) -> Iterator[_Row]:
        for source in self._project.sources:
            row = {
                "identifier": self._names[source.key],
                "name": source.name,
                "kind": "interview" if source.kind == "p" else "source",
                "memo": self._memo(source.memos),
                "number of passages": len(source.passages),
            }
            yield with_values(row, source.metadata.items())

    def _memo(self, memos: Iterable[ProjectMemo]) -> str:
        """Memos as one text, each with its title and who wrote it."""
        texts = []
        for memo in memos:
            said_by = self._coders.get(memo.coder or "", "")
            before = ", ".join(filter(None, (memo.name, said_by)))
            texts.append(f"{before}: {memo.text}" if before else memo.text)
        return "\n\n".join(texts)


def _codings(project: Project) -> Iterator[tuple[str, int, Coding]]:
    """The key of the source, the number of the passage (0 for a whole source) and the coding."""
    for source in project.sources:
        yield from ((source.key, 0, coding) for coding in source.codings)
        for number, passage in enumerate(source.passages, 1):
            yield from ((source.key, number, coding) for coding in passage.codings)


def _csv(rows: Iterable[_Row], first: Sequence[str]) -> str:
    """Rows as CSV: some columns first, then the others as they occur."""
    found = list(rows)
    columns = dict.fromkeys([*first, *(name for row in found for name in row)])
    target = io.StringIO()
    writer = csv.DictWriter(target, list(columns), lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: value for name, value in row.items() if value is not None} for row in found)
    return target.getvalue()


def _safe(text: str) -> str:
    """The same CSV, of which a spreadsheet runs no cell as a formula."""
    target = io.StringIO()
    rows = csv.reader(io.StringIO(text, newline=""))
    csv.writer(target, lineterminator="\n").writerows(map(without_formula, row) for row in rows)
    return target.getvalue()
