"""The report `methods`: the sentences of a method section, each with the table that has its figures."""

from collections.abc import Iterator
from typing import ClassVar

from attrs import evolve, field, frozen

from codeable.coded.coded_study import CodedStudy
from codeable.registry.answer import State
from codeable.reports.document import ReportFile, SavedText
from codeable.reports.formats.html_page import fill
from codeable.reports.formats.latex_escape import cautions, escaped, helpers
from codeable.reports.formats.latex_words import word_in_latex, word_width
from codeable.reports.formats.markdown_text import fill_markdown
from codeable.reports.method_sentences import MethodParagraph, method_paragraphs
from codeable.reports.options import ReportOptions, report_options

_OF_SATURATION = ("kinds", "base", "threshold")
"""The options of the report `saturation` that its statement depends on."""
_BREAKABLE = 40
"""The width in points from which an identifier or an address may break in a paper."""
_DIVIDED = 150
"""The width in points up to which a word of letters is left to LaTeX, which divides it by its language."""
_HTML = """\
{% for paragraph in paragraphs %}
<p><strong>{{ paragraph.heading }}.</strong>
{% for each in paragraph.sentences %}
{{ each.text }} <small>(table {{ each.table }})</small>
{% endfor %}
</p>
{% endfor %}
"""


@frozen(repr=False)
class MethodSection(SavedText):
    """What a method section says about a study, in figures. It shows itself in a notebook.

    Attributes:
        name: The name of its files.
        study_name: The name of the study.
        paragraphs: The sentences, by what they are about.
        messages: Where notes and modules differ.

    Example:
        >>> from codeable.dsl import *
        >>> from codeable.registry import Registry
        >>> study = CodedStudy(Registry.of({"s1": CClass(source, "s1")}))
        >>> print(methods(study, ReportOptions(), "methods").to_markdown().splitlines()[2][:72])
        **Sources.** The study draws on 1 source.[^sources] The source type is s
    """

    endings: ClassVar[tuple[str, ...]] = ("md", "tex")

    name: str
    study_name: str
    paragraphs: tuple[MethodParagraph, ...]
    messages: tuple[str, ...] = ()
    _state: State = field(factory=State, eq=False)

    @property
    def tables(self) -> tuple[str, ...]:
        """The reports that have the figures, in the order of the text."""
        sentences = (each for paragraph in self.paragraphs for each in paragraph.sentences)
        return tuple(dict.fromkeys(each.table for each in sentences))

    def to_markdown(self) -> str:
        """The section as Markdown. A footnote of each sentence names its table."""
        values = {"study": self.study_name, "paragraphs": self.paragraphs, "tables": self.tables}
        return fill_markdown("methods.md.j2", **values).strip() + "\n"

    def to_latex(self) -> str:
        r"""The section as LaTeX, to be read by `\input`. A comment before each sentence names its table."""
        lines = []
        for paragraph in self.paragraphs:
            lines += ["", rf"\paragraph{{{escaped(paragraph.heading)}.}}"]
            for each in paragraph.sentences:
                lines += [f"% table {each.table}", _in_latex(each.text)]
        heading = "% Made by codeable. Needs no package. Each sentence is below the name of its table."
        begin = (r"\begingroup", r"\setlength{\emergencystretch}{3em}")
        end = (r"\par", r"\endgroup")
        return "\n".join([heading, *helpers("\n".join(lines)), *begin, *lines, *end]) + "\n"

    def files(self, formats: tuple[str, ...]) -> Iterator[ReportFile]:
        """The files `NAME.md` and `NAME.tex`."""
        if "md" in formats:
            yield ReportFile(f"{self.name}.md", self.to_markdown().encode("utf-8"))
        if "tex" in formats:
            texts = [each.text for paragraph in self.paragraphs for each in paragraph.sentences]
            data = self.to_latex().encode("utf-8")
            yield ReportFile(f"{self.name}.tex", data, messages=cautions(texts))

    def __repr__(self) -> str:
        return self.to_markdown()

    def _repr_html_(self) -> str:
        note = fill("<p>{{ note }}</p>\n", note=self._state.note) if self._state.stale else ""
        return note + fill(_HTML, paragraphs=self.paragraphs)


def methods(study: CodedStudy, _: ReportOptions, name: str) -> MethodSection:
    """The method section of a study. Its last paragraph is the statement of the report `saturation`.

    Raises:
        CodeableError: The settings of the report `saturation` are wrong; exit status 2.
    """
    settings = study.registry.settings
    given = settings.reports.get("saturation", {})
    own = {key: value for key, value in given.items() if key in _OF_SATURATION}
    options = report_options("saturation", _OF_SATURATION, ("[tool.codeable.reports.saturation]", own))
    # The band of random orders is not in a sentence.
    paragraphs = method_paragraphs(study, evolve(options, permutations=1))
    return MethodSection(name, settings.name, paragraphs, study.messages, study.registry.state)


def _in_latex(text: str) -> str:
    """A sentence; what is long may break inside: LaTeX itself divides no identifiers and no rows of signs."""
    return " ".join(
        escaped(word) if word.isalpha() and word_width(word) < _DIVIDED else word_in_latex(word, _BREAKABLE)
        for word in text.split()
    )
