"""A page of HTML that is one file: style, script and pictures are in it, and it needs no network.

The pages of tables, of guidance and of agreement are made by `page`. A content security policy in the page
allows its own script and nothing else. Whatever a template inserts is text: markup is escaped, and control
characters and marks of direction are spelled out.
"""

import base64
import functools
import hashlib
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from attrs import frozen

from codeable.template_filling import filled, template_environment
from codeable.text import html_text, printable

if TYPE_CHECKING:
    from jinja2 import Environment

_CODE = re.compile(r"`([^`\n]+)`")


@frozen
class ContentsEntry:
    """An entry in the navigation of a page.

    Attributes:
        anchor: The id of the element that it leads to.
        title: Its text.
        detail: A few words beside it; empty for none.
    """

    anchor: str
    title: str
    detail: str = ""


def page(
    title: str, body: str, *, contents: Sequence[ContentsEntry] = (), lead: str = "", is_wide: bool = False
) -> str:
    """A whole page.

    It is light or dark as the reader's system is, can be read on a phone, and can be printed. The style has:
    `section`, `h2`, `h3`, `blockquote` with `cite` or `footer`, `dl`, `figure` with `figcaption`, `table`
    inside `div.scroll`, and the classes `note`, `warning`, `number` (a cell set right) and `sortable`
    (a table that is sorted by a click on a head).

    Args:
        title: The title of the page, as text.
        body: What is below the title, as HTML that is safe already; `fill` makes it.
        contents: The navigation; none without an entry.
        lead: A sentence below the title, as text.
        is_wide: Whether the body takes the whole width of the window, as tables do, or that of a text.

    Example:
        >>> html = page("R&D", fill("<p>{{ text }}</p>", text="<b>1 < 2"))
        >>> "<title>R&amp;D</title>" in html, "<p>&lt;b&gt;1 &lt; 2</p>" in html
        (True, True)
    """
    style, script = _source("page.css"), _source("page.js")
    return fill(
        "page.html.j2",
        title=title,
        body=safe(body),
        contents=contents,
        lead=lead,
        is_wide=is_wide,
        style=safe(style),
        script=safe(script),
        script_digest=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )


def fill(template: str, **values: object) -> str:
    r"""A template of this module's environment, filled. What is no `safe` HTML is escaped.

    Args:
        template: The name of a file in `templates`, or the text of a template.
        **values: What the template names.

    Example:
        >>> print(fill("<i>{{ name }}</i>", name="a<b\u202e"))
        <i>a&lt;b\u202e</i>
    """
    return filled(_environment(), template, values)


def safe(html: str) -> Any:
    """HTML that templates insert as it is."""
    from markupsafe import Markup

    return Markup(html)


@functools.cache
def _environment() -> "Environment":
    environment = template_environment("codeable.reports.formats", autoescape=True, finalize=_spelled_out)
    environment.filters["code"] = _with_code
    return environment


def _with_code(message: str) -> Any:
    """A message with what is between backticks as code."""
    return safe(_CODE.sub(r"<code>\1</code>", html_text(message)))


def _spelled_out(value: object) -> object:
    """Texts of users only: safe HTML is a text too, of a class of its own."""
    return printable(value) if type(value) is str else value


@functools.cache
def _source(name: str) -> str:
    loader = _environment().loader
    assert loader is not None
    return loader.get_source(_environment(), name)[0]
