"""The page that shows all diagrams of a study: `README.md` in the folder that they are drawn into."""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from codeable.diagrams import View
from codeable.registry import Registry

__all__ = ["HEAD", "PAGE", "markdown_escape", "page_text"]

PAGE = "README.md"
"""The page's file name: the one that hosts of repositories show for a folder."""

HEAD = "<!-- Drawn by codeable; change the model, not this page. -->"
"""The page's first line, by which it is told from a page that somebody wrote."""

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+.!|<>~&$@:-])")
_PICTURES = ("svg", "png")
_PRINTED = ("pdf", "eps")
_WORDS = {"puml": "PlantUML", "pdf": "PDF", "eps": "EPS"}


def page_text(registry: Registry, views: Sequence[View], files: Mapping[str, Sequence[str]]) -> str:
    """The page.

    Args:
        registry: The study.
        views: The views in the order in which they stand there.
        files: For each view, by its identifier, the formats of the files that there are.
    """
    blocks = [
        HEAD,
        f"# {markdown_escape(registry.settings.name)}: diagrams",
        f"{_count(len(views), 'view')}, drawn from the model by `codeable render`.",
        _contents(views),
    ]
    for view in views:
        blocks += _section(view, files.get(view.identifier, ()), registry)
    return "\n\n".join(blocks) + "\n"


def markdown_escape(text: str) -> str:
    r"""A text that Markdown shows as it is, on one line.

    Example:
        >>> markdown_escape("What *is* <b>a</b>\nproduct_?")
        'What \\*is\\* \\<b\\>a\\</b\\> product\\_?'
    """
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _contents(views: Sequence[View]) -> str:
    return "\n".join(f"- [{markdown_escape(view.title)}](#{_anchor(view)})" for view in views)


def _section(view: View, formats: Sequence[str], registry: Registry) -> list[str]:
    title = markdown_escape(view.title)
    blocks = [f'<a id="{_anchor(view)}"></a>', f"## {title}"]
    shown = next((name for name in _PICTURES if name in formats), None)
    if shown is not None:
        blocks.append(f"![{title}]({_address(view, shown)})")
    # The rest is not named: a figure drawn once for a paper need not be committed, and the page is the same.
    named = [name for name in ("puml", *(() if shown else _PRINTED)) if name in formats]
    links = [f"[{_WORDS[name]}]({_address(view, name)})" for name in named]
    blocks.append(" · ".join([*_facts(view, registry), *links]))
    return blocks


def _facts(view: View, registry: Registry) -> list[str]:
    return _FACTS[view.kind](view, registry)


def _decision_facts(view: View, registry: Registry) -> list[str]:
    decision = next(
        (each for each in registry.decisions if registry.identifier_of(each) == view.identifier), None
    )
    if decision is None:
        return []
    options = registry.options_of(decision)
    codes = [decision, *(option.solution_element for option in options)]
    sources = {source for code in codes for source in registry.evidence_of(code)}
    return [_count(len(options), "option"), _count(len(sources), "source")]


def _overview_facts(view: View, registry: Registry) -> list[str]:  # noqa: ARG001 - one shape for all kinds
    return [_count(len(registry.decisions), "decision"), _count(len(registry.sources), "source")]


def _element_facts(view: View, registry: Registry) -> list[str]:  # noqa: ARG001 - one shape for all kinds
    return [_count(len(view.elements), "element")]


_FACTS: Mapping[str, Callable[[View, Registry], list[str]]] = {
    "decision": _decision_facts,
    "overview": _overview_facts,
    "bundle": _element_facts,
    "everything": _element_facts,
}


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _address(view: View, file_format: str) -> str:
    return quote(str(Path(f"{view.file_name}.{file_format}")))


def _anchor(view: View) -> str:
    return quote(f"view-{view.file_name}")
