"""The reports of a study by name: what each is, the options that it has, and how it is made.

The job writes them; `Study` gives them as `tables`, `plots` and `reports`. A user's own report is a table
`[tool.codeable.reports.NAME]` whose `of` names one of these.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Literal, TypeAlias

from attrs import evolve, field, frozen

from codeable.coded.coded_study import CodedStudy
from codeable.errors import CodeableError
from codeable.kernel.bulk_access import collector_paused
from codeable.reports.agreement.report import agreement
from codeable.reports.counts.cooccurrence import cooccurrence
from codeable.reports.counts.evidence import evidence
from codeable.reports.counts.frequency import frequency
from codeable.reports.counts.saturation_tables import saturation_curve, saturation_runs
from codeable.reports.document import ReportDocument
from codeable.reports.guidance import Guidance
from codeable.reports.methods import methods
from codeable.reports.options import OF_EVERY_PLOT, OF_EVERY_TABLE, ReportOptions, report_options
from codeable.reports.plots.cooccurrence import cooccurrence_plot
from codeable.reports.plots.evidence import evidence_plot
from codeable.reports.plots.frequency import frequency_plot
from codeable.reports.plots.report_plot import PLOT_FORMATS
from codeable.reports.plots.saturation import saturation_plot
from codeable.reports.references import references
from codeable.reports.report_table import TABLE_FORMATS, TableContent
from codeable.reports.table_choice import finished_table
from codeable.reports.tables.codebook import codebook
from codeable.reports.tables.decisions import decisions
from codeable.reports.tables.force_matrix import force_matrix
from codeable.reports.tables.forces import forces
from codeable.reports.tables.memos import memos
from codeable.reports.tables.passages import passages
from codeable.reports.tables.relations import relations
from codeable.reports.tables.sources import sources
from codeable.settings import Settings
from codeable.text import did_you_mean, shown

Family = Literal["table", "plot", "text"]
"""What a report is; a table and a plot may have one name."""

DocumentMaker: TypeAlias = Callable[[CodedStudy, ReportOptions, str], ReportDocument]
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
        part_of: The report that it belongs to: whoever names that one gets this one too.
    """

    name: str
    family: Family
    what: str
    make: DocumentMaker = field(eq=False)
    options: tuple[str, ...]
    formats: tuple[str, ...]
    is_default: bool = True
    part_of: str | None = None


def _table(name: str, what: str, make: TableMaker, *own_options: str) -> ReportDefinition:
    def document(study: CodedStudy, options: ReportOptions, own_name: str) -> ReportDocument:
        with collector_paused():
            return finished_table(own_name, make(study, options), options, study.registry.state)

    return ReportDefinition(name, "table", what, document, (*OF_EVERY_TABLE, *own_options), TABLE_FORMATS)


def _plot(name: str, what: str, make: DocumentMaker, *own_options: str) -> ReportDefinition:
    return ReportDefinition(name, "plot", what, make, (*OF_EVERY_PLOT, *own_options), PLOT_FORMATS)


def _text(
    name: str, what: str, make: DocumentMaker, formats: tuple[str, ...], *options: str
) -> ReportDefinition:
    return ReportDefinition(name, "text", what, make, options, formats)


def _force_matrices(study: CodedStudy) -> list[ReportDefinition]:
    """One table for each decision whose options act on forces."""
    found = []
    for name, decision in study.force_matrices.items():
        content = partial(force_matrix, decision=decision)
        definition = _table(name, f"the options and forces of {study.registry.name_of(decision)}", content)
        found.append(evolve(definition, part_of="forces"))
    return found


_COUNTED = ("kinds", "without_evidence")
_RUNS = ("kinds", "base", "threshold")
_SATURATION = (*_RUNS, "seed", "permutations")

_AGREEMENT = ("coders", "kinds", "unit", "excel")

_DEFINITIONS: tuple[ReportDefinition, ...] = (
    _table("sources", "the sources, with links, types and number of codes", sources),
    _table("decisions", "each decision with its options, their evidence and forces", decisions, "decisions"),
    _table("forces", "each force with the options that act on it", forces, "decisions"),
    _table("codebook", "every code with its definition, evidence and an example", codebook, "kinds"),
    _table("evidence", "codes × sources, 0 and 1 or passages", evidence, *_COUNTED, "unit", "across"),
    _table("frequency", "sources and passages of each code", frequency, *_COUNTED),
    _table("cooccurrence", "codes that occur together", cooccurrence, "kinds", "unit"),
    _table("relations", "the links between codes, and between classes of other kinds", relations),
    _table("passages", "every quotation with every code found in it", passages, "kinds"),
    _table("memos", "what the coders thought", memos),
    _table("saturation", "new codes by source, with a band of random orders", saturation_curve, *_SATURATION),
    evolve(
        _table("saturation_runs", "saturation by run length and threshold", saturation_runs, *_RUNS),
        part_of="saturation",
    ),
    evolve(
        _text(
            "agreement", "how much coders agree, and where they differ", agreement, TABLE_FORMATS, *_AGREEMENT
        ),
        is_default=False,
    ),
    _text("methods", "the sentences of a method section, with the figures filled in", methods, ("md", "tex")),
    _plot("evidence", "codes × sources as a heat map", evidence_plot, *_COUNTED, "unit", "across", "rows"),
    _plot("frequency", "sources or passages of each code as bars", frequency_plot, *_COUNTED, "unit", "rows"),
    _plot(
        "cooccurrence", "codes that occur together as a heat map", cooccurrence_plot, "kinds", "unit", "rows"
    ),
    _plot("saturation", "the growth of the number of codes as a curve", saturation_plot, *_SATURATION),
    _text("references", "the sources and references as a bibliography for BibLaTeX", references, ("bib",)),
    _text(
        "guidance", "the decision guide, with figures", Guidance, ("md", "html"), "decisions", "quotations"
    ),
)


def known_names(settings: Settings) -> tuple[str, ...]:
    """The names of reports that are known without loading the study, for completion in a shell."""
    return tuple(dict.fromkeys((*(each.name for each in _DEFINITIONS), *settings.reports)))


def definitions(study: CodedStudy) -> tuple[ReportDefinition, ...]:
    """The reports that a study has: those of every study, then those that the settings add.

    Raises:
        CodeableError: The settings have a table that belongs to no report; exit status 2.
    """
    of_every_study = [
        part
        for each in _DEFINITIONS
        for part in (each, *(_force_matrices(study) if each.name == "forces" else ()))
    ]
    found = list(of_every_study)
    names = tuple(dict.fromkeys(each.name for each in found))
    for name, table in study.registry.settings.reports.items():
        where = f"[tool.codeable.reports.{name}]"
        of = table.get("of", name)
        if name in names:
            if of != name:
                raise CodeableError(
                    f"{where}: every study has the report {name}, so `of` cannot make it another one; "
                    "leave it out, or give your own report another name",
                    exit_status=2,
                )
            continue
        if of not in names:
            raise CodeableError(
                f"{where}: there is no report {shown(of)}{did_you_mean(of, names)}\n"
                f"The reports are: {_listed(found)}\nA report of your own names one of them as `of`",
                exit_status=2,
            )
        found += [evolve(each, name=name, part_of=None) for each in of_every_study if each.name == of]
    return tuple(found)


def named(study: CodedStudy, names: Sequence[str], family: Family | None = None) -> list[ReportDefinition]:
    """The reports of some names, in the order of the names, each with its parts.

    A table and a plot of one name are both in it.

    Raises:
        CodeableError: There is no report of a name; the message has the nearest; exit status 2.
    """
    known = [each for each in definitions(study) if family in (None, each.family)]
    for name in names:
        if not any(each.name == name for each in known):
            near = did_you_mean(name, [each.name for each in known])
            raise CodeableError(
                f"there is no {family or 'report'} {shown(name)}{near}\n"
                f"The {family or 'report'}s are: {_listed(known)}",
                exit_status=2,
            )
    found = [each for name in names for each in known if name in (each.name, each.part_of)]
    return list({(each.family, each.name): each for each in found}.values())


def _listed(known: Sequence[ReportDefinition]) -> str:
    return ", ".join(dict.fromkeys(each.name for each in known if each.part_of is None))


def make(
    study: CodedStudy, definition: ReportDefinition, given: Mapping[str, object] | None = None
) -> ReportDocument:
    """The report of a definition.

    Args:
        study: The study.
        definition: The report.
        given: Options that override the settings.

    Raises:
        CodeableError: An option or its value is wrong; exit status 2.
    """
    name, whole = definition.name, definition.part_of
    every = study.registry.settings.reports
    settings = {key: value for key, value in every.get(name, {}).items() if key != "of"}
    # What a part counts is what its whole counts.
    shared = {
        key: value
        for key, value in every.get(whole or name, {}).items()
        if key in definition.options and key not in OF_EVERY_TABLE
    }
    # A table and a plot of one name share their settings.
    alike = [each for each in definitions(study) if each.name == name] if not definition.part_of else []
    allowed = tuple(dict.fromkeys(option for each in (definition, *alike) for option in each.options))
    tables = (
        (f"[tool.codeable.reports.{whole or name}]", shared),
        (f"[tool.codeable.reports.{name}]", settings),
        (f"the report {name}", given or {}),
    )
    return definition.make(study, report_options(name, allowed, *tables), name)
