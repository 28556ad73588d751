"""The table `cooccurrence`: which codes occur in the same sources, or in the same passages, and how often."""

from collections.abc import Collection, Iterator

from attrs import frozen

from codeable.coded.coded_study import Code, CodedStudy
from codeable.reports.counts.occurrences import occurrences
from codeable.reports.counts.pairs import strongest_pairs
from codeable.reports.counts.scope import scope_notes, sentences, undeclared_note
from codeable.reports.options import ReportOptions, Unit
from codeable.reports.report_table import Cell, ReportColumn, TableContent
from codeable.text import counted

MOST_PAIRS = 5000
"""The number of pairs in the table where its options do not choose it."""

_UNEQUAL = 5
"""ATLAS.ti marks a pair when one code is more than so many times as frequent as the other."""

_WARNING = "Unequal: one code is more than five times as frequent as the other, so that c cannot be high"
_COLUMNS = (
    ReportColumn("code_i", "Code i", "name"),
    ReportColumn("code_j", "Code j", "name"),
    ReportColumn("name_i", "Name of i", paper="never"),
    ReportColumn("name_j", "Name of j", paper="never"),
    ReportColumn("kind_i", "Kind of i", paper="never"),
    ReportColumn("kind_j", "Kind of j", paper="never"),
    ReportColumn("n_i", "n(i)", "number"),
    ReportColumn("n_j", "n(j)", "number"),
    ReportColumn("n_ij", "n(i,j)", "number"),
    ReportColumn("c_ij", "c(i,j)", "coefficient"),
    ReportColumn("unequal", "Unequal", "mark"),
)


@frozen
class Cooccurrence:
    """Two codes that occur in the same units.

    Attributes:
        first: The one in more units; of two in equally many that comes first in natural order.
        second: The other.
        first_units: The number of units with the first.
        second_units: The number of units with the second.
        both: The number of units with both.

    Example:
        >>> bus, queue = Code("bus", None, (), ()), Code("queue", None, (), ())
        >>> pair = Cooccurrence(bus, queue, first_units=3, second_units=2, both=2)
        >>> round(pair.coefficient, 3), pair.is_unequal
        (0.667, False)
    """

    first: Code
    second: Code
    first_units: int
    second_units: int
    both: int

    @property
    def coefficient(self) -> float:
        """Units with both, divided by units with one or both: c = n12 / (n1 + n2 - n12), as in ATLAS.ti.

        It is the Jaccard index of the two sets of units.
        """
        return self.both / (self.first_units + self.second_units - self.both)

    @property
    def is_unequal(self) -> bool:
        """Whether one code is more than five times as frequent as the other, so that c cannot be high."""
        return self.first_units > _UNEQUAL * self.second_units


@frozen
class Cooccurrences:
    """The codes that occur together.

    Attributes:
        unit: What the units are.
        units: The number of units.
        pairs: The pairs in most units first, among them those with the highest coefficient.
        number_of_pairs: How many there are in the study; more than in `pairs` where it has only the first.
        notes: What was counted, and what is left out.
    """

    unit: Unit
    units: int
    pairs: tuple[Cooccurrence, ...]
    number_of_pairs: int
    notes: tuple[str, ...]


def cooccurrences(
    study: CodedStudy,
    options: ReportOptions,
    *,
    among: Collection[Code] | None = None,
    most: int = MOST_PAIRS,
) -> Cooccurrences:
    """The pairs of codes that occur in a source, or in a passage.

    Args:
        study: The study.
        options: Choose kinds of codes, and the unit.
        among: The codes whose pairs are wanted; None for all.
        most: The number of pairs at most.
    """
    every = occurrences(study, options)
    chosen = {number for number, code in enumerate(every.codes) if among is None or code in among}
    found = [codes & chosen for codes in every.found]
    counts = every.counts()
    pairs = []
    strongest, number = strongest_pairs(found, counts, most)
    for one, other, both in strongest:
        first, second = (one, other) if counts[one] >= counts[other] else (other, one)
        codes = every.codes[first], every.codes[second]
        pairs.append(Cooccurrence(*codes, counts[first], counts[second], both))
    what = options.unit
    units = counted(len(every.units), what)
    notes = [
        f"n(i), n(j): {what}s with the code, of {units} in all; n(i,j): {what}s with both",
        *(("c(i,j) = n(i,j) / (n(i) + n(j) - n(i,j))",) if options.shows("c_ij") else ()),
        *((_WARNING,) if options.shows("unequal") else ()),
        *scope_notes(study, options, what),
        *(undeclared_note(study) if what == "passage" else ()),
    ]
    if not pairs:
        notes.append(f"No two codes are in the same {what}")
    if number > len(pairs):
        left_out = counted(number - len(pairs), "pair")
        notes.append(f"The first {len(pairs)} of {number} pairs; {left_out} left out")
    return Cooccurrences(what, len(every.units), tuple(pairs), number, sentences(notes))


def cooccurrence(study: CodedStudy, options: ReportOptions) -> TableContent:
    """One row per pair of codes."""
    most = options.rows or MOST_PAIRS
    found = cooccurrences(study, options, most=max(most, MOST_PAIRS) if options.order else most)
    titles = {code.name: code.title for code in study.codes}
    rows: list[dict[str, Cell]] = [
        {
            "code_i": pair.first.name,
            "code_j": pair.second.name,
            "name_i": titles[pair.first.name],
            "name_j": titles[pair.second.name],
            "kind_i": pair.first.kind,
            "kind_j": pair.second.kind,
            "n_i": pair.first_units,
            "n_j": pair.second_units,
            "n_ij": pair.both,
            "c_ij": pair.coefficient,
            "unequal": pair.is_unequal,
        }
        for pair in found.pairs
    ]
    caption = f"Co-occurrence of codes in {found.unit}s"
    return TableContent(
        _COLUMNS,
        rows,
        caption,
        notes=found.notes,
        messages=(*study.messages, *_cut_message(found, options)),
    )


def _cut_message(found: Cooccurrences, options: ReportOptions) -> Iterator[str]:
    """The way to all pairs, where the user has not chosen how many there are."""
    if options.rows is None and found.number_of_pairs > len(found.pairs):
        yield (
            f"only the first {len(found.pairs)} of {found.number_of_pairs} pairs are in the table; "
            "the option rows gives more"
        )
