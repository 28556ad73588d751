"""Small studies for the tests of counts: sources with codes, given as a table."""

from collections.abc import Iterable, Mapping
from itertools import chain

from codeable.coded.coded_study import CodedStudy
from codeable.dsl import *
from codeable.registry import Registry
from codeable.reports.catalogue import make, named
from codeable.reports.report_table import ReportTable

__all__ = ["coded", "column", "table", "told"]


def coded(sources: Mapping[str, Iterable[str]], *more: str, notes: tuple = ()) -> CodedStudy:
    """A study whose codes are practices, those of each source given by name; `more` are in no source."""
    codes = {
        name: CClass(practice, name.title())
        for name in dict.fromkeys([*more, *chain.from_iterable(sources.values())])
    }
    found = {name: CClass(source, name) for name in sources}
    for name, of_source in sources.items():
        add_links({found[name]: [codes[each] for each in of_source]}, role_name="contained_code")
    return CodedStudy(Registry.of({**found, **codes}), notes)


def table(study: CodedStudy, name: str, **options: object) -> ReportTable:
    """A table of a study."""
    return make(study, named(study, [name], "table")[0], options)  # type: ignore[return-value]


def column(found: ReportTable, key: str) -> list[object]:
    """All cells of a column."""
    return [row[key] for row in found.to_dicts()]


def told(found: ReportTable) -> str:
    """The notes of a table."""
    return " ".join(found.notes)
