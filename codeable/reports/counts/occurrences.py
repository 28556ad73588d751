"""Which codes occur in which units: in sources, or in passages. Every count is made from this."""

from attrs import frozen

from codeable.reports.coded_study import Code, CodedStudy
from codeable.reports.options import ReportOptions, Unit


@frozen
class Occurrences:
    """Units with the codes that occur in them.

    Attributes:
        unit: What the units are.
        units: What each unit is called: a source, or the place of a passage; in the order of coding.
        codes: The codes that were counted, also those that occur nowhere.
        found: For each unit, the positions of its codes in `codes`.
    """

    unit: Unit
    units: tuple[str, ...]
    codes: tuple[Code, ...]
    found: tuple[frozenset[int], ...]


def occurrences(study: CodedStudy, options: ReportOptions) -> Occurrences:
    """The codes of some kinds in each source, as the modules say, or in each coded passage of the notes."""
    codes = tuple(code for code in study.codes if not options.kinds or code.kind in options.kinds)
    position = {code: number for number, code in enumerate(codes)}
    if options.unit == "source":
        by_source: dict[str, set[int]] = {name: set() for name in study.source_names}
        for code, number in position.items():
            for source in code.sources:
                by_source[source].add(number)
        found = list(by_source.items())
    else:
        found = [
            (f"{each.passage.source} {study.file_of(each.passage.path)}:{each.passage.line}", numbers)
            for each in study.passages
            if (numbers := {position[code] for code in each.codes if code in position})
        ]
    units = tuple(name for name, _ in found)
    return Occurrences(options.unit, units, codes, tuple(frozenset(numbers) for _, numbers in found))
