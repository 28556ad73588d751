"""The report `guidance`: the decision guide as Markdown and as one page of HTML."""

import re
import shlex
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import ClassVar
from urllib.parse import quote

from codeable.coded.coded_study import CodedStudy
from codeable.diagrams.urls import clickable
from codeable.render.fingerprints import digest
from codeable.reports.document import ReportFile, SavedText
from codeable.reports.formats.html_page import ContentsEntry, fill, page, safe
from codeable.reports.formats.markdown_text import fill_markdown
from codeable.reports.guide.chapters import guide
from codeable.reports.guide.figures import GuideFigure, decision_figures, svg_in_html
from codeable.reports.guide.records import GuideEvidence
from codeable.reports.options import ReportOptions
from codeable.text import counted, html_text

_PARAGRAPH = re.compile(r"\n\s*\n")
_FITTED = "max-width: 100%; height: auto; background: #ffffff"
"""In a notebook, a figure is no wider than its cell, and can be read in the dark."""
_MOST_IN_NOTEBOOK = 10
"""Chapters that a notebook shows."""
_MARK = re.compile(r"<!--[0-9a-f]+ [0-9]+-->")
"""The place of a picture. No text of a study is like it: its markup is escaped."""
_BLANK_LINES = re.compile(r"\n{3,}")


class Guidance(SavedText):
    """The decision guide of a study. It shows itself in a notebook; `to_html` gives a page of its own.

    Args:
        study: The study.
        options: Its options: `decisions`, `quotations`.
        name: The name of its files.
        most: The number of chapters that it has at most; None for all.

    Attributes:
        name: As given.
        guide: What it says.

    Example:
        >>> from codeable.dsl import *
        >>> from codeable.registry import Registry
        >>> how = CClass(decision, "Where does it run?")
        >>> made = Guidance(CodedStudy(Registry.of({"how": how})), ReportOptions(), "guidance")
        >>> "## Where does it run?" in made.to_markdown()
        True
    """

    endings: ClassVar[tuple[str, ...]] = ("md", "html")

    def __init__(self, study: CodedStudy, options: ReportOptions, name: str, most: int | None = None) -> None:
        self.name = name
        self.guide = guide(study, options, most)
        self._study = study
        self._options = options

    @property
    def messages(self) -> tuple[str, ...]:
        """Where notes and modules differ, what figures leave out, what this machine lacks to draw them."""
        lacks = (message for figure in self._figures[0].values() for message in figure.messages)
        return (*self._said, *lacks)

    def to_markdown(self) -> str:
        """The guide as Markdown. Its figures are files beside it: those of `files(("md",))`."""
        figures = {name: [quote(each) for each in figure.names] for name, figure in self._figures[0].items()}
        text = fill_markdown("guidance.md.j2", figures=figures, **self._values())
        return _BLANK_LINES.sub("\n\n", text).strip() + "\n"

    def to_html(self) -> str:
        """The guide as one page that needs no network, with its figures in it."""
        return self._with_pictures(self._page, "<svg ")

    def files(self, formats: tuple[str, ...]) -> Iterator[ReportFile]:
        """Its files: `NAME.md` with a picture for each figure, `NAME.html` with the pictures in it."""
        if "md" in formats:
            yield ReportFile(f"{self.name}.md", self.to_markdown().encode("utf-8"))
            for figure in self._figures[0].values():
                for base, picture in zip(figure.names, figure.pictures, strict=True):
                    yield ReportFile(f"{base}.svg", picture, figure.drawn_from)
        if "html" in formats:
            yield ReportFile(f"{self.name}.html", self.to_html().encode("utf-8"), digest(self._page))

    def __repr__(self) -> str:
        return self.to_markdown()

    def _repr_html_(self) -> str:
        state = self._study.registry.state
        note = f"<p>{html_text(state.note)}</p>\n" if state.stale else ""
        more = len(self.guide.chapters) - _MOST_IN_NOTEBOOK
        if more > 0:
            first = Guidance(self._study, self._options, self.name, _MOST_IN_NOTEBOOK)
            return f"{first._repr_html_()}\n<p>And {counted(more, 'more decision')}; to_html() gives all.</p>"
        return note + self._with_pictures(self._body, f'<svg style="{_FITTED}" ')

    @cached_property
    def _figures(self) -> tuple[Mapping[str, GuideFigure], list[str]]:
        """The figures that can be drawn, and why others cannot."""
        elements = {code.name: element for element, code in self._study.code_of.items()}
        decisions = {each.entry.name: elements[each.entry.name] for each in self.guide.chapters}
        return decision_figures(self._study.registry, decisions, self.name)

    @property
    def _said(self) -> tuple[str, ...]:
        """The messages that are part of the guide: those that are the same on every machine."""
        return (*self._study.messages, *self._figures[1])

    @property
    def _lead(self) -> str:
        options = sum(len(chapter.options) for chapter in self.guide.chapters)
        counts = (
            counted(len(self.guide.chapters), "decision"),
            counted(options, "option"),
            counted(len(self.guide.sources), "source"),
        )
        return f"{', '.join(counts)}. What a source is evidence for is what the modules of the study say."

    @property
    def _closing(self) -> str:
        """How the quotations were chosen, and where the rest is."""
        if not self._study.passages:
            return "The study has no passages, so that none is quoted."
        most = self.guide.most_quotes
        verb = "is" if most == 1 else "are"
        return (
            f"At most {counted(most, 'passage')} of the field notes {verb} quoted for each code. A rule "
            "chooses: each source has its turn; passages with words of the code's name come first, then "
            "those that the chapter has not quoted yet, short ones, and those with few other codes. Memos "
            "are in the table memos."
        )

    def _values(self) -> dict[str, object]:
        return {
            "guide": self.guide,
            "lead": self._lead,
            "messages": self._said,
            "source_anchors": {each.name: each.anchor for each in self.guide.sources},
            "counted": counted,
            "paragraphs": _paragraphs,
            "link": clickable,
            "more": _more,
            "command": _command,
            "closing": self._closing,
        }

    @property
    def _body(self) -> str:
        """The guide as HTML, with a mark for each picture."""
        marks = {
            name: [safe(f"<!--{figure.drawn_from} {part}-->") for part in range(len(figure.pictures))]
            for name, figure in self._figures[0].items()
        }
        return fill("guidance.html.j2", figures=marks, **self._values())

    def _with_pictures(self, marked: str, begin: str) -> str:
        """HTML with the pictures in the place of their marks, each with this beginning of its SVG."""
        pictures = {
            f"<!--{figure.drawn_from} {part}-->": svg_in_html(picture).replace("<svg ", begin, 1)
            for figure in self._figures[0].values()
            for part, picture in enumerate(figure.pictures)
        }
        return _MARK.sub(lambda mark: pictures[mark[0]], marked)

    @cached_property
    def _page(self) -> str:
        """The page, with a mark for each picture."""
        contents = [
            ContentsEntry(each.entry.anchor, each.entry.title, each.category) for each in self.guide.chapters
        ]
        for anchor, title, found in (
            ("other-solutions", "Solutions of no decision", self.guide.others),
            ("all-forces", "Forces", self.guide.forces),
            ("all-sources", "Sources", self.guide.sources),
        ):
            contents += [ContentsEntry(anchor, title)] if found else []
        return page(self.guide.title, self._body, contents=contents, lead=self._lead)


def _more(evidence: GuideEvidence) -> str:
    """What is not quoted, as the beginning of a sentence; empty where nothing is left out."""
    left_out = evidence.passages - len(evidence.quotes)
    if not left_out:
        return ""
    more = "more " if evidence.quotes else ""
    return f"{left_out} {more}{'passage is' if left_out == 1 else 'passages are'} not quoted here"


def _command(name: str) -> str:
    return f"codeable show {shlex.quote(name)} --full"


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in _PARAGRAPH.split(text) if part.strip()]
