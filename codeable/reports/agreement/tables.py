"""The tables of agreement: coefficients of coders, coefficients of codes, and where the coders differ."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from codeable.coded.coded_study import Code, CodedStudy
from codeable.reports.agreement.alignment import words_of
from codeable.reports.agreement.codings import CodedUnit, Codings
from codeable.reports.agreement.coefficients import (
    Ratings,
    cohens_kappa,
    krippendorffs_alpha,
    share_of_equal_presence,
    share_of_equal_ratings,
)
from codeable.reports.report_table import Cell, ReportColumn, TableContent, shown_cell
from codeable.text import counted, first_few

UNDEFINED = "undefined"
_FIGURES = (
    ReportColumn("all", "All", "number"),
    ReportColumn("some", "Some", "number"),
    ReportColumn("none", "None", "number"),
    ReportColumn("equal", "Percent agreement", "share"),
    ReportColumn("presence", "Positive agreement", "share"),
    ReportColumn("kappa", "κ", "coefficient"),
    ReportColumn("alpha", "α", "coefficient"),
)
_WITHOUT_KAPPA = tuple(column for column in _FIGURES if column.key != "kappa")


def coefficients(compared: Codings) -> TableContent:
    """One row per pair of coders; one for all of them where there are more than two."""
    groups: list[tuple[str, ...]] = list(combinations(compared.coders, 2))
    if len(compared.coders) > 2:
        groups.append(compared.coders)
    rows: list[dict[str, Cell]] = []
    notes: list[str] = []
    of_used: list[str] = []
    for coders in groups:
        shared = [unit for unit in compared.units if sum(coder in unit.given for coder in coders) > 1]
        figures, reasons = _figures(compared.ratings(coders), len(coders))
        number = {"sources": len({unit.source for unit in shared}), "units": len(shared)}
        rows.append({"coders": coders, **number, **figures})
        notes += [f"{what} of {', '.join(coders)} is undefined: {reason}." for what, reason in reasons]
        of_used.append(f"{', '.join(coders)}: {_of_used(compared.ratings(coders, only_used=True))}")
    passages = [] if compared.unit == "source" else [ReportColumn("units", "Passages", "number")]
    columns = (
        ReportColumn("coders", "Coders", "name"),
        ReportColumn("sources", "Sources", "number"),
        *passages,
        *_FIGURES,
    )
    if len(groups) > 1:
        notes.append("Cohen’s κ compares two coders. The last row has all coders.")
    if compared.units and (unused := len(compared.codes) - len(compared.used)):
        without = counted(unused, "code that nobody gave is", "codes that nobody gave are")
        notes.append(f"If the {without} left out: {'; '.join(of_used)}.")
    caption = f"Agreement between coders ({compared.unit} × code)"
    return TableContent(columns, rows, caption, notes=(_what_is_counted(compared), *notes))


def coefficients_of_codes(compared: Codings) -> TableContent:
    """One row per code that somebody gave."""
    pair = len(compared.coders) == 2
    rows: list[dict[str, Cell]] = []
    undefined: dict[tuple[str, str], list[str]] = {}
    for code in compared.used:
        figures, reasons = _figures(compared.ratings_of(code), len(compared.coders))
        rows.append({"code": code.name, "name": code.title, "kind": code.kind, **figures})
        for reason in reasons:
            undefined.setdefault(reason, []).append(code.name)
    columns = (
        ReportColumn("code", "Code", "name"),
        ReportColumn("name", "Name", paper="never"),
        ReportColumn("kind", "Kind"),
        *(_FIGURES if pair else _WITHOUT_KAPPA),
    )
    notes = [_what_is_counted(compared)] if rows else []
    notes += [
        f"{what} is undefined for {first_few(codes)}: {reason}."
        for (what, reason), codes in undefined.items()
    ]
    if unused := len(compared.codes) - len(rows):
        notes.append(f"Codes that no coder gave: {unused}. They have no row.")
    coders = f"{', '.join(compared.coders)}; " if compared.coders else ""
    caption = f"Agreement between coders, by code ({coders}{compared.unit} × code)"
    return TableContent(columns, rows, caption, notes=tuple(notes))


_DIFFERENT = (
    ReportColumn("source", "Source", "name", grouped=True),
    ReportColumn("code", "Code", "name", grouped=True),
    ReportColumn("given_by", "Given by", "name"),
    ReportColumn("not_by", "Not by", "name", paper="never"),  # `others` names these coders, too
    ReportColumn("place", "Place"),
    ReportColumn("text", "Passage", "quotation"),
    ReportColumn("others", "Instead"),
)


def disagreements(study: CodedStudy, compared: Codings) -> TableContent:
    """One row per passage in which some coders found a code that others did not give to the unit."""
    rows: list[dict[str, Cell]] = []
    for unit, code, givers, others in compared.different():
        for place, text, instead in _passages(study, compared, unit, code, givers, others):
            rows.append(
                {
                    "source": unit.source,
                    "code": code.name,
                    "given_by": givers,
                    "not_by": others,
                    "place": place,
                    "text": text,
                    "others": instead,
                }
            )
    notes = []
    if rows:
        notes.append(
            "Instead: what the coders who did not give the code say about the same passage. "
            "A coder who coded the source but does not quote the passage is named too."
        )
    else:
        notes.append("The coders differ nowhere." if compared.units else "Nothing was compared.")
    caption = f"Where coders differ ({compared.unit} × code)"
    return TableContent(_DIFFERENT, rows, caption, notes=tuple(notes))


def _passages(
    study: CodedStudy,
    compared: Codings,
    unit: CodedUnit,
    code: Code,
    givers: Sequence[str],
    others: Sequence[str],
) -> Iterator[tuple[str, str, str]]:
    """Place, text and what the others say, of each passage of the givers."""
    if unit.passages:
        passages = [unit.passages[coder][0] for coder in givers]
        yield (
            "; ".join(f"{study.file_of(each.path)}:{each.line}" for each in passages),
            passages[0].text,
            _instead(compared, unit.source, passages[0].text, others),
        )
        return
    found: dict[tuple[str, ...], tuple[list[str], str]] = {}
    evidence = [each for each in code.in_notes if each.source == unit.source]
    for passage in (passage for each in evidence for passage in each.passages):
        if passage.coder in givers:
            places, _ = found.setdefault(words_of(passage.text), ([], passage.text))
            places.append(f"{study.file_of(passage.path)}:{passage.line}")
    for places, text in found.values():
        yield "; ".join(places), text, _instead(compared, unit.source, text, others)
    if not found:
        paths = {note.path for note in study.notes if note.coder in givers}
        mention = next(each for one in evidence for each in one.mentions if each.path in paths)
        yield (
            f"{study.file_of(mention.path)}:{mention.line}",
            "",
            "; ".join(f"{coder}: not given" for coder in others),
        )


def _instead(compared: Codings, source: str, text: str, others: Sequence[str]) -> str:
    quoted = compared.quoted.get((source, words_of(text)), {})
    said = []
    for coder in others:
        given = {code for each in quoted.get(coder, ()) for code in each.codes}
        names = [code.name for code in compared.in_order(given)]
        nothing = "no code" if coder in quoted else "does not quote it"
        said.append(f"{coder}: {', '.join(names) or nothing}")
    return "; ".join(said)


def _figures(ratings: Ratings, coders: int) -> tuple[dict[str, Cell], list[tuple[str, str]]]:
    """The cells of a row, and what is undefined with the reason."""
    rated = {unit: times for unit, times in ratings.items() if sum(each is not None for each in unit) > 1}
    all_of = sum(times for unit, times in rated.items() if all(each is not False for each in unit))
    none_of = sum(times for unit, times in rated.items() if not any(unit))
    alpha = krippendorffs_alpha(rated)
    kappa = cohens_kappa(rated) if coders == 2 else None
    cells: dict[str, Cell] = {
        "all": all_of,
        "some": sum(rated.values()) - all_of - none_of,
        "none": none_of,
        "equal": defined(share_of_equal_ratings(rated)),
        "presence": defined(share_of_equal_presence(rated)),
        "kappa": defined(kappa.value) if kappa is not None else None,
        "alpha": defined(alpha.value),
    }
    reasons = [("Cohen’s κ", kappa), ("Krippendorff’s α", alpha)]
    return cells, [(what, each.reason) for what, each in reasons if each is not None and each.reason]


def _of_used(ratings: Ratings) -> str:
    """Kappa, where there are two coders, and alpha."""
    both = [("κ", cohens_kappa(ratings))] if all(len(unit) == 2 for unit in ratings) else []
    both.append(("α", krippendorffs_alpha(ratings)))
    return ", ".join(f"{what} {shown_cell(defined(each.value), 'coefficient')}" for what, each in both)


def defined(value: float | None) -> Cell:
    """A figure as a cell; a word where it has no value."""
    return UNDEFINED if value is None else value


def _what_is_counted(compared: Codings) -> str:
    what = "source" if compared.unit == "source" else "passage that two coders quote"
    return (
        f"For each {what} and each of {counted(len(compared.codes), 'code')}: whether all, some or none of "
        "the coders gave the code. Percent agreement is the share of equal answers, also of “not given”; "
        "positive agreement leaves these out. κ is that of Cohen, α that of Krippendorff."
    )
