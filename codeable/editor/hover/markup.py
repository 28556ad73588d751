"""Markdown and plain text for what an editor shows. A client gets plain text where it shows no Markdown."""

from collections.abc import Iterable, Sequence

from attrs import frozen
from lsprotocol import types

from codeable.markdown_escape import escape_commonmark, escape_markdown
from codeable.text import on_one_line, printable, shortened

_LONGEST = 320


@frozen
class Markup:
    r"""Writes texts, of which nothing is read as markup.

    Attributes:
        plain: Whether the client shows no Markdown.
        html: Whether it shows HTML in Markdown, and may read mathematics, as JupyterLab does.

    Example:
        >>> Markup().strong("a*b"), Markup(plain=True).strong("a*b")
        ('**a\\*b**', 'a*b')
    """

    plain: bool = False
    html: bool = False

    def text(self, text: str, longest: int = _LONGEST) -> str:
        """A text on one line; its beginning, where it is long."""
        shown = shortened(on_one_line(text), longest)
        if self.plain:
            return printable(shown)
        return escape_markdown(shown) if self.html else escape_commonmark(shown)

    def strong(self, text: str) -> str:
        """A text in bold letters."""
        return self.text(text) if self.plain or not text.strip() else f"**{self.text(text)}**"

    def code(self, text: str) -> str:
        """An identifier, or a sign."""
        shown = printable(" ".join(text.split()))
        if self.plain or not shown:
            return shown
        return f"`{shown}`" if "`" not in shown else f"`` {shown} ``"

    def link(self, text: str, target: str | None) -> str:
        """A text that leads to an address; only the text where there is none."""
        return self._linked(self.text(text), target)

    def code_link(self, text: str, target: str | None) -> str:
        """An identifier that leads to an address; only the identifier where there is none."""
        return self._linked(self.code(text), target)

    def quote(self, text: str) -> str:
        """A text of somebody, as a paragraph of its own."""
        return f"“{self.text(text)}”" if self.plain else f"> {self.text(text)}"

    def block(self, source: str) -> str:
        """Lines of Python."""
        return source if self.plain else f"```python\n{source}\n```"

    def _linked(self, shown: str, target: str | None) -> str:
        if self.plain or target is None or not shown:
            return shown
        return f"[{shown}]({_address(target)})"


def markup_for(formats: Sequence[types.MarkupKind] | None, client: str) -> Markup:
    """How texts are written for a client.

    Args:
        formats: What it shows, as it says for one of its requests; None where it says nothing.
        client: Its name. JupyterLab says none.
    """
    is_plain = formats is not None and types.MarkupKind.Markdown not in formats
    return Markup(is_plain, html=not client or "jupyter" in client.lower())


def items(lines: Iterable[str]) -> str:
    """Lines as a list."""
    return "\n".join(f"- {line}" for line in lines)


def paragraphs(parts: Iterable[str | None]) -> str:
    """Parts with an empty line between them; those that say nothing are left out."""
    return "\n\n".join(part for part in parts if part)


def _address(target: str) -> str:
    """An address with nothing that ends a link."""
    return "".join(f"%{ord(each):02X}" if each in _NOT_IN_ADDRESS else each for each in target)


_NOT_IN_ADDRESS = frozenset("()<>\\ \t\r\n\"'`[]")
