"""Finish an SVG: title and description for screen readers, ids of its own, safe links; then check it.

What an engine wrote is edited tag by tag, which keeps the other bytes and is quick. Then an XML parser reads
the result once. A script, a handler or a link to elsewhere is an error; it is not repaired. Both engines call
this module.
"""

import hashlib
import re
from collections.abc import Callable, Iterable
from xml.parsers import expat

from codeable.engines.protocol import Drawing
from codeable.text import first_few

# A title inside an engine's picture is the name of a node for machines; ours is added later.
_PROLOGUE = re.compile(
    r"<(?:\?.*?\?|!DOCTYPE[^>\[]*(?:\[.*?\])?[^>]*|!--.*?--|title\b[^>]*>.*?</title|desc\b[^>]*>.*?</desc)>\s*",
    re.S,
)
_TAG = re.compile(r"<(/?[A-Za-z][\w:.-]*)([^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*)>")
_ANY_TAG = re.compile(r"<[^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*>")
_TEXT = re.compile(r"<text\b[^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*>(.*?)</text>", re.S)
_COMMENT = re.compile(r"<!--.*?-->", re.S)
# Where no text holds a quotation mark and no value is in apostrophes, as in all that Graphviz writes, few
# tags need a look.
_QUOTE_IN_TEXT = re.compile(r">[^<\"]*\"")
_ROOT_OR_LINK = re.compile(r"<(svg|/?a)(?=[\s/>])([^>]*)>")
_ATTRIBUTE = re.compile(r"([\w:.-]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
_ID = re.compile(r"(\sid\s*=\s*[\"'])([^\"']+)")
_REFERENCE = re.compile(r"(url\([\"']?#|href\s*=\s*[\"']#)([^\"')]+)")
_GRAPH = re.compile(r'<g id="([^"]+)" class="graph"')
_NO_PART_OF_AN_ID = re.compile(r"[^\w-]")
_REPLACED_AT_ROOT = re.compile(r"\s(?:role|id|aria-[\w-]+)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_SAFE_LINK = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x20<>\"]+\Z", re.I)
_FORBIDDEN = frozenset({"script", "foreignobject", "iframe", "embed", "object", "handler", "listener"})
_WORDS_THAT_ACT = tuple(word.encode() for word in sorted({*_FORBIDDEN, "set", "animate"}))
_TAG_NAME = re.compile(rb"<([\w.:-]+)")
_HANDLER = re.compile(rb"\son[a-z]*\s*=")
_BEFORE_A_HANDLER = (b" on", b"\non", b"\ron", b"\ton")
_LENGTH = re.compile(r"\s*([\d.]+)\s*(pt|px|mm|cm|in)?\s*\Z")
POINTS_PER_PIXEL = 72 / 96
"""The sizes of an SVG are in pixels, 96 to the inch."""
_PIXELS = {None: 1.0, "px": 1.0, "pt": 1 / POINTS_PER_PIXEL, "in": 96.0, "mm": 96 / 25.4, "cm": 96 / 2.54}
# Blanks and marks without a width differ between a label and its lines in the picture; what cannot be shown
# is drawn as U+FFFD.
_NOT_COMPARED = re.compile(
    r"[\s\u200b\u200c\ufeff\ufffd\x00-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff]+"
)


class UnsoundSvgError(ValueError):
    """The SVG is not well-formed, or has something that a figure must not have."""


def finish_svg(data: bytes, drawing: Drawing) -> bytes:
    """The SVG ready for a page with other figures and for screen readers.

    Args:
        data: What the engine wrote, in UTF-8.
        drawing: What was drawn; its title and description go into the picture.

    Raises:
        UnsoundSvgError: The picture is no SVG, or holds a script.
    """
    body = _Finisher(drawing).finish(_PROLOGUE.sub("", _decoded(data)))
    result = f'<?xml version="1.0" encoding="UTF-8"?>\n{body.strip()}\n'.encode()
    _parse(result)
    if not body.lstrip().startswith("<svg"):
        raise UnsoundSvgError(f"it starts with {body.lstrip()[:20]!r}")
    if _may_act(result.lower()):
        _refuse_what_acts(result)
    return result


def svg_texts(data: bytes) -> str:
    """All text that an SVG shows, without titles and descriptions, in the order of the file; a line for each.

    Example:
        >>> svg_texts(b"<svg><title>t</title><text>R &amp; D</text></svg>")
        'R & D'
    """
    lines = _TEXT.findall(_COMMENT.sub("", _decoded(data)))
    return _unescaped(_ANY_TAG.sub("", "\n".join(lines)))


def missing_labels(data: bytes, labels: Iterable[str]) -> list[str]:
    """The labels that an SVG does not show, however they were broken into lines.

    Example:
        >>> missing_labels(b"<svg><text>Event</text><text>Bus</text></svg>", ["Event Bus", "CQRS"])
        ['CQRS']
    """
    wanted: dict[str, list[str]] = {}
    for label in labels:
        wanted.setdefault(_compared(label), []).append(label)
    if not wanted:
        return []
    shown = _compared(svg_texts(data))
    return [given[0] for compared, given in wanted.items() if compared and shown.count(compared) < len(given)]


def _compared(text: str) -> str:
    # A printable text has no other blanks and marks than these.
    if text.isprintable():
        return text.replace(" ", "").replace("\ufffd", "")
    return _NOT_COMPARED.sub("", text)


def label_problem(data: bytes, labels: Iterable[str]) -> str | None:
    """What to report when an SVG does not show all labels; None when it does."""
    missing = [repr(label) for label in missing_labels(data, labels)]
    return f"the label {first_few(missing, 1)} is missing in the picture" if missing else None


def svg_size(data: bytes) -> tuple[float, float] | None:
    """Width and height in pixels (96 to the inch), or None when the picture states none.

    Example:
        >>> svg_size(b'<svg width="72pt" height="36pt"></svg>')
        (96.0, 48.0)
    """
    root = next(
        (tag for tag in _TAG.finditer(data[:4000].decode("utf-8", "replace")) if tag[1] == "svg"), None
    )
    if root is None:
        return None
    given = {name: value[1:-1] for name, value in _ATTRIBUTE.findall(root[2])}
    width, height = (_LENGTH.match(given.get(name, "")) for name in ("width", "height"))
    if width is None or height is None:
        return None
    return float(width[1]) * _PIXELS[width[2]], float(height[1]) * _PIXELS[height[2]]


class _Finisher:
    """Edits the tags of one picture."""

    def __init__(self, drawing: Drawing) -> None:
        self._prefix = _prefix(drawing)
        self._graph = ""
        self._drawing = drawing
        self._rooted = False
        self._kept_links: list[bool] = []

    def finish(self, text: str) -> str:
        graph = _GRAPH.search(text)
        self._graph = graph[1] if graph else ""
        if "='" in text or "url(#" in text or 'href="#' in text or _QUOTE_IN_TEXT.search(text):
            return _TAG.sub(self._tag, text)
        text = text.replace(' id="', f' id="{self._prefix}.')
        if self._graph:
            given = f' id="{self._prefix}.{self._graph}'
            text = text.replace(f"{given}.", f' id="{self._prefix}.')
            text = text.replace(f'{given}"', f' id="{self._prefix}.graph"')
        return _ROOT_OR_LINK.sub(self._tag, text)

    def _tag(self, found: re.Match[str]) -> str:
        name, rest = found[1], found[2]
        if name in ("a", "/a", "svg") or "id" in rest or "(" in rest or "href" in rest:
            return self._edited(name, rest)
        return found[0]

    def _edited(self, name: str, rest: str) -> str:
        if name == "a":
            return self._link(rest)
        if name == "/a":
            return "</a>" if not self._kept_links or self._kept_links.pop() else ""
        if name == "svg" and not self._rooted:
            self._rooted = True
            return self._root(rest)
        return f"<{name}{_REFERENCE.sub(self._own, _ID.sub(self._own, rest))}>"

    def _own(self, found: re.Match[str]) -> str:
        """An id, or a reference to one, under the prefix; in its place where it starts with the graph's."""
        before, identifier = found.groups()
        if self._graph and identifier.startswith(f"{self._graph}."):
            identifier = identifier.removeprefix(f"{self._graph}.")
        elif identifier == self._graph:
            identifier = "graph"
        return f"{before}{self._prefix}.{identifier}"

    def _root(self, attributes: str) -> str:
        title = f"{self._prefix}.title"
        head = f'<title id="{title}">{_escaped(self._drawing.title or self._drawing.name)}</title>\n'
        described = ""
        if self._drawing.description:
            described = f" {self._prefix}.desc"
            head += f'<desc id="{self._prefix}.desc">{_escaped(self._drawing.description)}</desc>\n'
        kept = _REPLACED_AT_ROOT.sub("", attributes)
        end = "</svg>" if kept.endswith("/") else ""
        kept = kept.rstrip("/ ")
        return f'<svg{kept} id="{self._prefix}" role="img" aria-labelledby="{title}{described}">\n{head}{end}'

    def _link(self, attributes: str) -> str:
        if attributes.endswith("/"):
            return ""
        given = {name: value[1:-1] for name, value in _ATTRIBUTE.findall(attributes)}
        address = given.get("xlink:href", given.get("href", "")).replace('"', "&quot;")
        safe = bool(_SAFE_LINK.match(_unescaped(address)))
        self._kept_links.append(safe)
        tooltip = given.get("xlink:title", "").replace('"', "&quot;")
        title = f' xlink:title="{tooltip}"' if tooltip else ""
        return f'<a xlink:href="{address}"{title} target="_blank" rel="noopener">' if safe else ""


def _prefix(drawing: Drawing) -> str:
    """The start of every id of the figure."""
    name = _NO_PART_OF_AN_ID.sub("-", drawing.name)
    digested = [drawing.name] if name != drawing.name else []
    if drawing.unique_ids:
        digested = [drawing.name, drawing.text, drawing.title, drawing.description]
    if not digested:
        return f"figure.{name}"
    return f"figure.{name}.{hashlib.sha256(chr(0).join(digested).encode('utf-8', 'replace')).hexdigest()[:8]}"


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnsoundSvgError(f"it is not UTF-8: {error.reason} at byte {error.start}") from None


def _escaped(text: str) -> str:
    shown = re.sub(
        r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff\ufffe\uffff]", "\ufffd", text
    )
    return shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _unescaped(text: str) -> str:
    if "&" not in text:
        return text
    import html

    return html.unescape(text)


def _may_act(lower_case: bytes) -> bool:
    """Whether a closer look is needed. A label that only mentions such a thing may cause one too."""
    if b"href" in lower_case:
        return True
    if any(word in name for name in set(_TAG_NAME.findall(lower_case)) for word in _WORDS_THAT_ACT):
        return True
    return any(word in lower_case for word in _BEFORE_A_HANDLER) and bool(_HANDLER.search(lower_case))


def _refuse_what_acts(data: bytes) -> None:
    def start(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2].casefold()
        if local in _FORBIDDEN:
            raise UnsoundSvgError(f"it holds a <{name}>")
        for key, value in attributes.items():
            if key[:2].casefold() == "on":
                raise UnsoundSvgError(f"<{name}> holds the handler {key!r}")
            is_link = key.casefold().rpartition(":")[2] == "href"
            if is_link and not value.startswith("#") and not (local == "a" and _SAFE_LINK.match(value)):
                raise UnsoundSvgError(f"<{name}> points to {value[:60]!r}")
        if local in ("set", "animate") and attributes.get("attributeName", "").endswith("href"):
            raise UnsoundSvgError(f"<{name}> changes a link")

    _parse(data, start)


def _parse(data: bytes, start: Callable[[str, dict[str, str]], None] | None = None) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise UnsoundSvgError(f"it is not well-formed XML: {error}") from None
