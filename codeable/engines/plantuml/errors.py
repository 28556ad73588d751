"""Pictures of error messages: PlantUML draws most of its errors, and none may pass for a figure."""

import re
from collections.abc import Callable, Iterable
from xml.parsers import expat

from attrs import define, field, frozen

__all__ = ["INSTALL_GRAPHVIZ", "PictureError", "ShownTexts", "picture_error", "shown_texts"]

INSTALL_GRAPHVIZ = "apt-get install -y graphviz (or see https://graphviz.org/download)"

_ELEMENT_CLASSES = re.compile(r"\b(?:entity|cluster|link)\b")
_ELEMENT_COMMENT = re.compile(r"\s*(?:MD5=\[\w+\]\s*)?(?:class|entity|cluster|link|reverse link) [^\n]*")


@frozen
class PictureError:
    """What a picture of an error message says, and the line it blames, counted from 1 at `@startuml`."""

    problem: str
    line: int | None = None


@frozen
class ShownTexts:
    """The texts of an SVG, one for each text element, and whether any element of a diagram is drawn there."""

    lines: tuple[str, ...]
    has_elements: bool


def picture_error(shown: ShownTexts, labels: Iterable[str] = ()) -> PictureError | None:
    """The error that a picture shows instead of a diagram; None for a picture of the diagram.

    An error page has no classes and no arrows, so a label may say what an error page says.

    Args:
        shown: What `shown_texts` found in the picture.
        labels: Texts of the diagram itself, for kinds of diagrams whose elements cannot be told.
    """
    if shown.has_elements:
        return None
    own = tuple(labels)
    for pattern, explain in _PAGES:
        for number, line in enumerate(shown.lines):
            found = pattern.match(line)
            if found and not any(line.strip() in label for label in own):
                return explain(found, shown.lines[number + 1 :])
    return None


def shown_texts(svg: bytes) -> ShownTexts:
    """Read an SVG for its texts.

    Raises:
        ValueError: It is no well-formed SVG, or declares a document type.

    Example:
        >>> shown_texts(b'<svg><g class="entity"><text>Event</text><text>Bus</text></g></svg>')
        ShownTexts(lines=('Event', 'Bus'), has_elements=True)
    """
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    parser.CommentHandler = reader.comment
    parser.StartDoctypeDeclHandler = _refuse_document_type
    try:
        parser.Parse(svg, True)
    except expat.ExpatError as error:
        raise ValueError(f"it is not well-formed: {error}") from None
    return ShownTexts(tuple(line.replace("\xa0", " ") for line in reader.lines), reader.has_elements)


@define
class _Reader:
    lines: list[str] = field(factory=list)
    has_elements: bool = False
    _parts: list[str] | None = None
    _rooted: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._rooted:
            self._rooted = True
            if name != "svg":
                raise ValueError(f"it is <{name}>, not <svg>")
        if name == "text":
            self._parts = []
        elif _ELEMENT_CLASSES.search(attributes.get("class", "")):
            self.has_elements = True

    def end(self, name: str) -> None:
        if name == "text" and self._parts is not None:
            self.lines.append("".join(self._parts))
            self._parts = None

    def characters(self, text: str) -> None:
        if self._parts is not None:
            self._parts.append(text)

    def comment(self, text: str) -> None:
        if _ELEMENT_COMMENT.fullmatch(text):
            self.has_elements = True


def _refuse_document_type(*_: object) -> None:
    raise ValueError("it declares a document type")


def _syntax_error(found: re.Match[str], following: tuple[str, ...]) -> PictureError:
    said = [line.strip() for line in following if line.strip()]
    problem = said[-1] if said else "PlantUML cannot read it"
    faulty = f" in {said[-2]!r}" if len(said) > 1 and not said[-2].startswith("@start") else ""
    return PictureError(f"{problem}{faulty}", int(found[1]))


def _not_supported(_: re.Match[str], following: tuple[str, ...]) -> PictureError:
    said = [line.strip() for line in following if line.strip()]
    blamed = f": it does not know {said[1]!r}" if len(said) > 1 else ""
    return PictureError(f"this PlantUML does not know such a diagram{blamed}")


def _crashed(found: re.Match[str], following: tuple[str, ...]) -> PictureError:
    reason = found[1].strip(" :!")
    if any("dot/GraphViz has crashed" in line for line in following):
        return PictureError(f"Graphviz crashed inside PlantUML{f': {reason}' if reason else ''}")
    return PictureError(f"PlantUML crashed{f': {reason}' if reason else ''}; a newer PlantUML may draw it")


def _no_layout_program(_: re.Match[str], __: tuple[str, ...]) -> PictureError:
    return PictureError(f"PlantUML does not find Graphviz's program 'dot'; install it: {INSTALL_GRAPHVIZ}")


def _plain(problem: str) -> Callable[[re.Match[str], tuple[str, ...]], PictureError]:
    return lambda _, __: PictureError(problem)


# The page of a short faulty text starts with the welcome, so the order matters.
_PAGES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], tuple[str, ...]], PictureError]], ...] = (
    (re.compile(r"\s*\[From .*\(line (\d+)\)"), _syntax_error),
    (re.compile(r"\s*Diagram not supported by this release"), _not_supported),
    (re.compile(r"\s*An error has occur{1,2}ed(.*)"), _crashed),
    (re.compile(r"\s*(?:Dot [Ee]xecutable\b|Cannot find Graphviz|No dot executable)"), _no_layout_program),
    (
        re.compile(r"\s*No (?:valid )?@start\S* ?/?@end\S* found"),
        _plain("PlantUML finds no diagram between the first line and the last"),
    ),
    (re.compile(r"\s*Welcome to PlantUML!"), _plain("the diagram is empty")),
    (
        re.compile(r"\s*(?:This diagram|The diagram|Diagram)\b.*\b(?:timeout|too long|too complex)"),
        _plain("PlantUML gave up"),
    ),
)
