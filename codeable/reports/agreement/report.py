"""The report `agreement`: how much coders agree, where they differ, and when not to use such figures.

It is made on request only. The page has all tables; as LaTeX and CSV each table is a file.
"""

from collections.abc import Iterator
from typing import ClassVar

from attrs import evolve, frozen

from codeable.coded.coded_study import CodedStudy
from codeable.registry.table import Shown, Table
from codeable.reports.agreement.codings import Codings, codings
from codeable.reports.agreement.facts import compared_facts, why_undefined
from codeable.reports.agreement.page import CAUTIONS, agreement_html, agreement_markdown
from codeable.reports.agreement.tables import coefficients, coefficients_of_codes, disagreements
from codeable.reports.agreement.unitised_table import unitised
from codeable.reports.document import ReportFile, SavedText
from codeable.reports.options import ReportOptions
from codeable.reports.report_table import ReportTable, TableContent
from codeable.reports.table_choice import finished_table

_CAUTION = (
    "such figures do not measure an interpretive analysis; "
    "the page (--format md or html) says when not to report them"
)


@frozen(repr=False)
class AgreementReport(Shown, SavedText):
    """The agreement between the coders of a study. It shows itself as the table of coefficients.

    `save` writes the page; each of its tables has `save` of its own, also for LaTeX and CSV.

    Attributes:
        name: Its name, with which those of its files begin.
        facts: What was compared and what was left out, in sentences.
        coders: The coefficients of each pair of coders, and of all.
        codes: The coefficients of each code.
        disagreements: Where coders differ, with the passages.
        unitised: The agreement on stretches of text, of sources whose text several coders quote.
        messages: When not to use it, and why it is undefined.

    Example:
        >>> from codeable.registry import Registry
        >>> print(agreement(CodedStudy(Registry.of({})), ReportOptions(), "agreement").facts[0])
        Agreement is undefined: no note names its coder.
    """

    endings: ClassVar[tuple[str, ...]] = ("md", "html")

    name: str
    facts: tuple[str, ...]
    coders: ReportTable
    codes: ReportTable
    disagreements: ReportTable
    unitised: ReportTable
    messages: tuple[str, ...] = ()

    @property
    def tables(self) -> tuple[ReportTable, ...]:
        """All tables, in the order of the page."""
        return self.coders, self.codes, self.unitised, self.disagreements

    def to_markdown(self) -> str:
        """The page as Markdown."""
        return agreement_markdown(self.facts, self._on_page)

    def to_html(self) -> str:
        """The page as HTML that needs no network."""
        return agreement_html(self.facts, self._on_page)

    @property
    def _on_page(self) -> tuple[ReportTable, ...]:
        return self.tables if any(table.rows for table in self.tables) else ()

    def files(self, formats: tuple[str, ...]) -> Iterator[ReportFile]:
        """The page as `NAME.md` and `NAME.html`; each table as `NAME_TABLE.tex` and `NAME_TABLE.csv`."""
        if "md" in formats:
            yield ReportFile(f"{self.name}.md", self.to_markdown().encode("utf-8"))
        if "html" in formats:
            yield ReportFile(f"{self.name}.html", self.to_html().encode("utf-8"))
        for table in self.tables:
            yield from table.files(tuple(each for each in formats if each in ("tex", "csv")))

    def table(self) -> Table:
        """The table of coefficients, with the caution below it."""
        return evolve(self.coders.table(), note=" ".join(filter(None, (CAUTIONS[0], self.coders.state_note))))

    def _repr_html_(self) -> str:
        return evolve(self.coders, messages=CAUTIONS[:1])._repr_html_()


def agreement(study: CodedStudy, options: ReportOptions, name: str) -> AgreementReport:
    """The agreement between the coders of a study.

    Raises:
        CodeableError: `coders` names one that the study does not have, or only one; exit status 2.
    """
    compared = codings(study, options)

    def finished(part: str, content: TableContent) -> ReportTable:
        of_table = ReportOptions(excel=options.excel)
        return finished_table(f"{name}_{part}", _marked(content, compared), of_table, study.registry.state)

    undefined = why_undefined(compared)
    return AgreementReport(
        name,
        (*undefined, *compared_facts(study, options, compared)),
        finished("coders", coefficients(compared)),
        finished("codes", coefficients_of_codes(compared)),
        finished("disagreements", disagreements(study, compared)),
        finished("unitised", unitised(study, compared)),
        (_CAUTION, *undefined),
    )


def _marked(content: TableContent, compared: Codings) -> TableContent:
    """A table without rows says why."""
    undefined = why_undefined(compared)
    return evolve(content, notes=undefined) if undefined and not content.rows else content
