"""The page that shows all diagrams of a study: `README.md` in the output folder. Written by the job."""

import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from codeable.diagrams import View
from codeable.markdown_escape import escape_markdown
from codeable.registry import Registry
from codeable.render.drawings import part_name
from codeable.text import counted

PAGE = "README.md"
"""File name of the page. Hosts of repositories show the file of this name for a folder."""

HEAD = "<!-- Drawn by codeable; change the model, not this page. -->"
"""First line of the page."""

_PICTURES = ("svg", "png")
_PRINTED = ("pdf", "eps")
_FORMAT_NAMES = {"puml": "PlantUML", "pdf": "PDF", "eps": "EPS"}
_OUR_LINE = re.compile(
    rf"|{re.escape(HEAD)}|\d+ views?, drawn from the model by `codeable render`\.|##? .*|- \[.*\]\(#view-.*\)"
    r'|<a id="view-.*"></a>|!\[.*\]\(.*\)|(?:\d+ (?:option|source|decision|element)s?|\[\w+\]\(\S*\)| · )+'
)


def page_text(registry: Registry, views: Sequence[View], files: Mapping[str, Mapping[str, int]]) -> str:
    """The text of the page, in Markdown.

    Args:
        registry: The study.
        views: The views, in the order of the page.
        files: Identifier of a view → the formats of its files, each with the number of parts.
    """
    blocks = [
        HEAD,
        f"# {escape_markdown(registry.settings.name)}: diagrams",
        f"{counted(len(views), 'view')}, drawn from the model by `codeable render`.",
        *filter(None, ["\n".join(f"- [{escape_markdown(view.title)}](#{_anchor(view)})" for view in views)]),
    ]
    for view in views:
        blocks += _section(view, files.get(view.identifier, {}), registry)
    return "\n\n".join(blocks) + "\n"


def is_our_page(text: str) -> bool:
    """Whether a page may be replaced: it is empty, or has our first line and only lines that our pages have.

    So a page stays when its user wrote a paragraph of their own into it.
    """
    lines = text.splitlines()
    return not text.strip() or (lines[0] == HEAD and all(map(_OUR_LINE.fullmatch, lines)))


def _section(view: View, formats: Mapping[str, int], registry: Registry) -> list[str]:
    title = escape_markdown(view.title)
    blocks = [f'<a id="{_anchor(view)}"></a>', f"## {title}"]
    picture = next((name for name in _PICTURES if name in formats), None)
    if picture is not None:
        parts = formats[picture]
        for part in range(1, parts + 1):
            shown = title if parts == 1 else f"{title} ({part} of {parts})"
            blocks.append(f"![{shown}]({_url(view, picture, part)})")
    # No link to other formats, so that the page is the same without a figure that was drawn for a paper.
    linked = [name for name in ("puml", *(() if picture else _PRINTED)) if name in formats]
    links = [f"[{_FORMAT_NAMES[name]}]({_url(view, name)})" for name in linked]
    blocks.append(" · ".join([*_counts(view, registry), *links]))
    return blocks


def _counts(view: View, registry: Registry) -> list[str]:
    if view.kind == "overview":
        return [counted(len(registry.decisions), "decision"), counted(len(registry.sources), "source")]
    if view.kind != "decision":
        return [counted(len(view.elements), "element")]
    decision = view.elements[0]
    options = registry.options_of(decision)
    codes = [decision, *(option.solution_element for option in options)]
    counted_codes = filter(registry.is_code, codes)  # metaclasses of the study's own need not be codes
    sources = {source for code in counted_codes for source in registry.evidence_of(code)}
    return [counted(len(options), "option"), counted(len(sources), "source")]


def _url(view: View, file_format: str, part: int = 1) -> str:
    return quote(f"{part_name(view.file_name, part)}.{file_format}")


def _anchor(view: View) -> str:
    return quote(f"view-{view.file_name}")
