"""Which codes occur in which units: in sources, or in passages. Every count is made from this."""

from collections.abc import Sequence

from attrs import frozen

from codeable.coded.coded_study import Code, CodedStudy
from codeable.reports.options import ReportOptions, Unit


@frozen
class Occurrences:
    """Units with the codes that occur in them.

    Attributes:
        unit: What the units are.
        units: What each unit is called: a source, or the place of a passage; in the order of coding.
        sources: The source of each unit.
        codes: The codes that were counted, also those that occur nowhere.
        found: For each unit, the positions of its codes in `codes`.
    """

    unit: Unit
    units: tuple[str, ...]
    sources: tuple[str, ...]
    codes: tuple[Code, ...]
    found: tuple[frozenset[int], ...]

    def counts(self) -> list[int]:
        """For each code, the number of units in which it occurs."""
        found = [0] * len(self.codes)
        for numbers in self.found:
            for number in numbers:
                found[number] += 1
        return found


def occurrences(study: CodedStudy, options: ReportOptions) -> Occurrences:
    """The codes of some kinds in each source, as the modules say, or in each coded passage of the notes."""
    codes = counted_codes(study, options)
    position = {code: number for number, code in enumerate(codes)}
    if options.unit == "source":
        by_source: dict[str, set[int]] = {name: set() for name in study.source_names}
        for code, number in position.items():
            for source in code.sources:
                by_source[source].add(number)
        found = [(name, name, numbers) for name, numbers in by_source.items()]
    else:
        found = [
            (
                each.passage.source,
                f"{each.passage.source} {study.file_of(each.passage.path)}:{each.passage.line}",
                numbers,
            )
            for each in study.passages
            if (numbers := {position[code] for code in each.codes if code in position})
        ]
    sources, units, codes_found = zip(*found, strict=True) if found else ((), (), ())
    return Occurrences(options.unit, units, sources, codes, tuple(map(frozenset, codes_found)))


def counted_codes(study: CodedStudy, options: ReportOptions) -> tuple[Code, ...]:
    """The codes of the kinds that the options choose, also those without evidence."""
    return tuple(code for code in study.codes if not options.kinds or code.kind in options.kinds)


def bit_set(numbers: Sequence[int] | frozenset[int]) -> int:
    """A set of small numbers as the bits of one number.

    Example:
        >>> bit_set([0, 2])
        5
    """
    bits = bytearray(max(numbers, default=-1) // 8 + 1)
    for number in numbers:
        bits[number // 8] |= 1 << number % 8
    return int.from_bytes(bits, "little")


def share(part: int, whole: int) -> float | None:
    """A part of a whole, from 0 to 1; None of a whole that is empty."""
    return part / whole if whole else None
