"""Which reports a run makes, in which formats. Called by `job`; no report is made here."""

from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve, frozen

from codeable.coded.coded_study import CodedStudy
from codeable.errors import CodeableError
from codeable.reports.catalogue import ReportDefinition, definitions, named
from codeable.reports.request import ReportRequest, RunSettings

EVERY_TABLE = "tables.html"
"""The name of the page of all tables, which is a report of its own in the manifest."""


@frozen
class Selected:
    """A report that a run makes.

    Attributes:
        definition: The report.
        formats: The formats that it is written in, in the order of the report.
        given: The options of the run that it has.
        in_page: Whether a table is on the page of all tables, where it is written as HTML.
        own_page: Whether it has a page of its own.
    """

    definition: ReportDefinition
    formats: tuple[str, ...]
    given: Mapping[str, object]
    in_page: bool
    own_page: bool


def is_whole(request: ReportRequest) -> bool:
    """Whether a run is about everything that the folder of the reports holds."""
    return not request.names and request.formats is None


def selected(study: CodedStudy, request: ReportRequest, settings: RunSettings) -> tuple[Selected, ...]:
    """The reports that a request is about, in the order of the names, else of the catalogue.

    Raises:
        CodeableError: There is no report of a name, it has none of the formats, or no report has an option;
            exit status 2.
    """
    if request.names:
        chosen = named(study, request.names)
    elif settings.only:
        chosen = named(study, settings.only)
    else:
        chosen = [each for each in definitions(study) if each.is_default]
    given = _options(request, settings)
    is_named = bool(request.names)
    found = []
    for definition in chosen:
        formats = _formats(definition, request.formats or settings.formats)
        if not formats and is_named and request.formats is None and _is_alone(definition, chosen):
            formats = definition.formats
        if formats:
            own = {key: value for key, value in given.items() if key in definition.options}
            found.append(Selected(definition, formats, own, in_page=not is_named, own_page=is_named))
    _check_formats(request, chosen, found)
    _check_options(request, chosen, found)
    return tuple(found)


def with_earlier(
    study: CodedStudy, chosen: Iterable[Selected], earlier: Iterable[tuple[str, str]], settings: RunSettings
) -> tuple[Selected, ...]:
    """The reports of a whole run, with those that were made on request and are still in the folder.

    Args:
        study: The study.
        chosen: The reports that are made anyway.
        earlier: The report and the format of each file in the folder.
        settings: The settings of the command.
    """
    found = {each.definition: each for each in chosen}
    options = _options(ReportRequest(), settings)
    every = definitions(study)
    for name, file_format in dict.fromkeys(earlier):
        is_page = name == EVERY_TABLE
        for definition in every:
            is_meant = (
                definition in found and definition.family == "table" if is_page else definition.name == name
            )
            if not is_meant or file_format not in definition.formats:
                continue
            given = {key: value for key, value in options.items() if key in definition.options}
            now = found.get(definition, Selected(definition, (), given, in_page=False, own_page=False))
            is_html = definition.family == "table" and file_format == "html"
            found[definition] = evolve(
                now,
                formats=_formats(definition, (*now.formats, file_format)),
                in_page=now.in_page or is_page,
                own_page=now.own_page or (is_html and not is_page),
            )
    return tuple(found.values())


def _options(request: ReportRequest, settings: RunSettings) -> dict[str, object]:
    excel = settings.excel if request.excel is None else request.excel
    return {**request.given, **({"excel": True} if excel else {})}


def _formats(definition: ReportDefinition, wanted: Sequence[str]) -> tuple[str, ...]:
    return tuple(each for each in definition.formats if each in wanted)


def _is_alone(definition: ReportDefinition, chosen: Iterable[ReportDefinition]) -> bool:
    """Whether no other report has its name, as a plot has that of its table."""
    return sum(each.name == definition.name for each in chosen) == 1


def _check_formats(
    request: ReportRequest, chosen: Sequence[ReportDefinition], found: Sequence[Selected]
) -> None:
    made = {each.definition.name for each in found}
    for name in request.names:
        if name not in made:
            formats = [one for each in chosen if each.name == name for one in each.formats]
            wanted = ", ".join(request.formats or ())
            raise CodeableError(
                f"the report {name} cannot be written as {wanted}; its formats are: {', '.join(formats)}",
                exit_status=2,
            )
    if not found and request.formats is not None:
        raise CodeableError(
            f"no report is written as {', '.join(request.formats)}; name one that has this format",
            exit_status=2,
        )


def _check_options(
    request: ReportRequest, chosen: Sequence[ReportDefinition], found: Sequence[Selected]
) -> None:
    """Refuse an option that none of the reports has, or that a named report does not have."""
    for key in request.given:
        for name in request.names:
            if not any(each.definition.name == name and key in each.given for each in found):
                raise _no_option(name, key, [each for each in chosen if each.name == name])
        if not any(key in each.given for each in found):
            raise CodeableError(
                f"none of the reports has the option {key}; `codeable report --list NAME` shows the options",
                exit_status=2,
            )


def _no_option(name: str, key: str, definitions_of_name: Sequence[ReportDefinition]) -> CodeableError:
    with_option = [each for each in definitions_of_name if key in each.options]
    if with_option:
        family, formats = with_option[0].family, ",".join(with_option[0].formats)
        way_out = f"the {family} {name} has it: --format {formats}"
    else:
        every = dict.fromkeys(option for each in definitions_of_name for option in each.options)
        way_out = f"its options are: {', '.join(every) or 'none'}"
    return CodeableError(f"the report {name} has no option {key}; {way_out}", exit_status=2)
