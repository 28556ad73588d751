"""The page of agreement: when not to use it, what was compared, the tables, and the formulas."""

from collections.abc import Iterator, Sequence

from codeable.markdown_escape import escape_markdown
from codeable.reports.report_table import ReportTable


def _paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text, each on one line."""
    return tuple(" ".join(each.split()) for each in text.split("\n\n"))


_TITLE = "Agreement between coders"
CAUTIONS = _paragraphs(
    """
    Do not report these figures for an interpretive analysis. In grounded theory, reflexive thematic
    analysis and similar work, codes grow out of what the coders understand, and a difference between them
    is something to talk about, not an error to be counted. Reliability between raters does not apply to
    interpretive analysis, as the ACM SIGSOFT Empirical Standards say.

    They fit where several people apply the same codes, with the same definitions, to the same material,
    each without knowing what the others did. This page cannot see whether they did so; the paper must say
    so, with the units, the number of coders, and what became of the differences.

    A coefficient does not replace the table of differences. It depends on which codes and units count,
    and on how often a code is given: rare codes give a low κ even where coders differ in few units.
    """
)
"""When not to use the figures, the most important first."""

_FORMULAS = _paragraphs(
    """
    Percent agreement: equal answers among all pairs of answers to the same question. It does not allow for
    chance.

    Positive agreement: 2a / (2a + b + c), where both coders give the code a times, and one alone b and c
    times (Cicchetti and Feinstein 1990).

    Cohen’s κ: (pₒ − pₑ) / (1 − pₑ), with the observed share of equal answers pₒ and the one that chance
    gives, pₑ (Cohen 1960).

    Krippendorff’s α, nominal: 1 − Dₒ / Dₑ, with the observed and the expected disagreement; any number of
    coders, and answers may be missing. Usual reading: from .800 reliable, from .667 to .800 for
    tentative conclusions only (Hayes and Krippendorff 2007).

    Unitised α: 1 − Dₒ / Dₑ over stretches of text, where Dₒ is made of the squared distances between the
    ends of overlapping stretches and the squared lengths of stretches that the other coder does not have
    (Krippendorff 1995).

    Undefined means that the formula divides by zero: the answers do not vary, so that they say nothing
    about agreement.
    """
)
_REFERENCES = (
    (
        "ACM SIGSOFT Empirical Standards for Software Engineering.",
        "https://www2.sigsoft.org/EmpiricalStandards/",
    ),
    (
        "Cicchetti, Feinstein 1990. High agreement but low kappa: II.",
        "https://doi.org/10.1016/0895-4356(90)90159-M",
    ),
    (
        "Cohen 1960. A coefficient of agreement for nominal scales.",
        "https://doi.org/10.1177/001316446002000104",
    ),
    (
        "Hayes, Krippendorff 2007. Answering the call for a standard reliability measure for coding data.",
        "https://doi.org/10.1080/19312450709336664",
    ),
    (
        "Krippendorff 1995. On the reliability of unitizing continuous data.",
        "https://doi.org/10.2307/271061",
    ),
    (
        "McDonald, Schoenebeck, Forte 2019. Reliability and inter-rater reliability in qualitative research.",
        "https://doi.org/10.1145/3359174",
    ),
)


def agreement_markdown(facts: Sequence[str], tables: Sequence[ReportTable]) -> str:
    """The page as Markdown.

    Args:
        facts: What was compared, in sentences.
        tables: The tables; none where nothing was compared.
    """
    return "\n\n".join(_markdown(facts, tables)) + "\n"


def _markdown(facts: Sequence[str], tables: Sequence[ReportTable]) -> Iterator[str]:
    yield f"# {_TITLE}"
    yield "## When not to use these figures"
    yield from map(escape_markdown, CAUTIONS)
    yield "## What was compared"
    yield "\n".join(f"* {escape_markdown(fact)}" for fact in facts)
    if tables:
        yield "## Figures and differences"
        yield from (table.to_markdown().strip("\n") for table in tables)
    yield "## Formulas"
    yield "\n".join(f"* {escape_markdown(formula)}" for formula in _FORMULAS)
    yield "## References"
    yield "\n".join(f"* {escape_markdown(text)} <{url}>" for text, url in _REFERENCES)


def agreement_html(facts: Sequence[str], tables: Sequence[ReportTable]) -> str:
    """The page as HTML that needs no network."""
    from codeable.reports.formats.html_page import ContentsEntry, fill, page, safe
    from codeable.reports.formats.html_tables import anchor, table_section

    body = fill(
        "agreement.html.j2",
        cautions=CAUTIONS,
        facts=facts,
        tables=[safe(table_section(table)) for table in tables],
        formulas=_FORMULAS,
        references=_REFERENCES,
    )
    contents = [
        ContentsEntry("cautions", "When not to use these figures"),
        ContentsEntry("facts", "What was compared"),
        *(ContentsEntry(anchor(table), table.caption) for table in tables),
        ContentsEntry("formulas", "Formulas"),
    ]
    return page(_TITLE, body, contents=contents, is_wide=True)
