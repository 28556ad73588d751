"""Writes each decision of a study as an architectural decision record after MADR 4.0.

Source: https://adr.github.io/madr/. Drivers are the forces on which the options act; pros and cons are their
impacts. The study chooses nothing, so the outcome is left open for the team that takes the record over.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from codeable.coded.coded_study import CodedStudy, different
from codeable.diagrams.urls import clickable
from codeable.errors import CodeableError
from codeable.exchange.exported import Exported, ExportOptions, file_name
from codeable.exchange.outgoing.decision_content import DecisionContent, DecisionReader
from codeable.exchange.project import NotTakenOver
from codeable.markdown_escape import escape_markdown
from codeable.template_filling import filled, template_environment
from codeable.text import counted

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATE = "madr.md.j2"
_BLANK_LINES = re.compile(r"\n{3,}")
_PARAGRAPH = re.compile(r"\n\s*\n")


def export_madr(study: CodedStudy, _: ExportOptions) -> Exported:
    """A Markdown file for each decision, named by its identifier.

    Raises:
        CodeableError: The study has no decision.
    """
    registry = study.registry
    decisions = registry.in_order(registry.decisions)
    if not decisions:
        raise CodeableError("the study declares no decision, so there is no decision record to write")
    names = different(file_name(study.name_of(each)) for each in decisions)
    files = {decision: f"{name}.md" for decision, name in zip(decisions, names, strict=True)}
    reader = DecisionReader(study, files)
    texts = {file: _record(reader.content(each), registry.settings.name) for each, file in files.items()}
    return Exported(
        {name: text.encode("utf-8", "replace") for name, text in texts.items()},
        tuple(_not_taken_over(study)),
        study.messages,
    )


def _record(content: DecisionContent, study: str) -> str:
    values = {"it": content, "study": study, "link": clickable, "paragraphs": _paragraphs, "counted": counted}
    return _BLANK_LINES.sub("\n\n", filled(_environment(), _TEMPLATE, values)).strip() + "\n"


@cache
def _environment() -> "Environment":
    environment = template_environment("codeable.exchange.outgoing")
    environment.filters["md"] = escape_markdown
    return environment


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in _PARAGRAPH.split(text) if part.strip()]


def _not_taken_over(study: CodedStudy) -> Iterator[NotTakenOver]:
    """The solutions and forces that are in no record."""
    registry = study.registry
    offered = {option.solution_element for each in registry.decisions for option in registry.options_of(each)}
    acted_on = {impact.force_element for each in offered for impact in registry.forces_of(each)}
    for what, every, shown, reason in (
        ("solutions", registry.solutions, offered, "no decision offers them"),
        ("forces", registry.forces, acted_on, "no option of a decision acts on them"),
    ):
        missing = [each for each in every if each not in shown]
        yield from NotTakenOver.of_names(what, map(study.name_of, missing), reason, is_loss=False)
