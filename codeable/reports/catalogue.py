"""The reports of a study by name: what each is, the options that it has, and how it is made.

The job writes them; `Study` gives them as `tables`, `plots` and `reports`. A user's own report is a table
`[tool.codeable.reports.NAME]` whose `of` names one of these.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, TypeAlias

from attrs import evolve, frozen

from codeable.errors import CodeableError
from codeable.reports.coded_study import CodedStudy
from codeable.reports.document import Document
from codeable.reports.options import OF_EVERY_TABLE, ReportOptions, report_options
from codeable.reports.references import references
from codeable.reports.report_table import TABLE_FORMATS, TableContent
from codeable.reports.table_choice import finished_table
from codeable.reports.tables.sources import sources
from codeable.text import did_you_mean, shown

Family = Literal["table", "plot", "text"]
"""What a report is; a table and a plot may have one name."""

DocumentMaker: TypeAlias = Callable[[CodedStudy, ReportOptions, str], Document]
"""Makes a report, given the study, its options and its name."""

TableMaker: TypeAlias = Callable[[CodedStudy, ReportOptions], TableContent]
"""Makes the content of a table."""


@frozen
class ReportDefinition:
    """A report that a study can have.

    Attributes:
        name: Its name.
        family: What it is.
        what: What it holds, in a few words.
        make: Makes it.
        options: The options that it has.
        formats: The formats that it can be written in.
        is_default: Whether it is made when no report is named.
    """

    name: str
    family: Family
    what: str
    make: DocumentMaker
    options: tuple[str, ...]
    formats: tuple[str, ...]
    is_default: bool = True


def _table(name: str, what: str, make: TableMaker, *own_options: str) -> ReportDefinition:
    def document(study: CodedStudy, options: ReportOptions, own_name: str) -> Document:
        return finished_table(own_name, make(study, options), options, study.registry.state)

    return ReportDefinition(name, "table", what, document, (*OF_EVERY_TABLE, *own_options), TABLE_FORMATS)


def _text(
    name: str, what: str, make: DocumentMaker, formats: tuple[str, ...], *options: str
) -> ReportDefinition:
    return ReportDefinition(name, "text", what, make, options, formats)


_DEFINITIONS: tuple[ReportDefinition, ...] = (
    _table("sources", "the sources, with links, types and number of codes", sources),
    _text("references", "the sources and references as a bibliography for BibLaTeX", references, ("bib",)),
)


def definitions(study: CodedStudy) -> tuple[ReportDefinition, ...]:
    """The reports that a study has: those of every study, then those that the settings add.

    Raises:
        CodeableError: The settings have a table that belongs to no report; exit status 2.
    """
    found = list(_DEFINITIONS)
    names = tuple(dict.fromkeys(each.name for each in found))
    for name, table in study.registry.settings.reports.items():
        if name in names:
            continue
        of = table.get("of", name)
        if of not in names:
            where = f"[tool.codeable.reports.{name}]"
            raise CodeableError(
                f"{where}: there is no report {shown(of)}{did_you_mean(str(of), names)}\n"
                f"The reports are: {', '.join(names)}\nA report of your own names one of them as `of`",
                exit_status=2,
            )
        found += [evolve(each, name=name) for each in _DEFINITIONS if each.name == of]
    return tuple(found)


def named(study: CodedStudy, names: Sequence[str], family: Family | None = None) -> list[ReportDefinition]:
    """The reports of some names, in the order of the names; a table and a plot of one name are both in it.

    Raises:
        CodeableError: There is no report of a name; the message has the nearest; exit status 2.
    """
    known = [each for each in definitions(study) if family in (None, each.family)]
    for name in names:
        if not any(each.name == name for each in known):
            all_names = dict.fromkeys(each.name for each in known)
            raise CodeableError(
                f"there is no {family or 'report'} {shown(name)}{did_you_mean(str(name), all_names)}\n"
                f"The {family or 'report'}s are: {', '.join(all_names)}",
                exit_status=2,
            )
    return [each for name in dict.fromkeys(names) for each in known if each.name == name]


def make(
    study: CodedStudy, definition: ReportDefinition, given: Mapping[str, object] | None = None
) -> Document:
    """The report of a definition.

    Args:
        study: The study.
        definition: The report.
        given: Options that override the settings.

    Raises:
        CodeableError: An option or its value is wrong; exit status 2.
    """
    name = definition.name
    settings = {
        key: value for key, value in study.registry.settings.reports.get(name, {}).items() if key != "of"
    }
    # A table and a plot of one name share their settings.
    alike = [each for each in definitions(study) if each.name == name]
    allowed = tuple(dict.fromkeys(option for each in alike for option in each.options))
    tables = (f"[tool.codeable.reports.{name}]", settings), (f"the report {name}", given or {})
    return definition.make(study, report_options(name, allowed, *tables), name)
