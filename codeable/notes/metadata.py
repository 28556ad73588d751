"""The metadata of a note: the heading `# s 44`, and a level-2 heading for each field with its value.

Called by the reader of notes for the headings before `# coding`.
"""

import re

from attrs import evolve

from codeable.kernel.place import Span
from codeable.lines import Lines
from codeable.notes.model import MetadataField, NoteHeading
from codeable.notes.trace_headings import memo_heading, trace_heading

ATTRIBUTES = {
    "url": "url",
    "tiny url": "tiny url",
    "archive url": "archive url",
    "title": "title",
    "source code": "source code",
    "example": "example",
    "source type": "type",
    "author type": "author type",
}
"""Field of a note → attribute of its source."""

FIELD_OF = {attribute: name for name, attribute in ATTRIBUTES.items()}
"""Attribute of a source → field of its note."""

TRUTH_VALUES = frozenset({"example", "source code"})
"""The fields, and attributes, that are true or false."""

FIELDS = (*ATTRIBUTES, "references")
"""The fields of a note, in the order of the template."""

BIBLIOGRAPHIC = {
    "author": ("author", "authors"),
    "date": ("published", "published on", "publication date", "date published", "publication year", "year"),
    "urldate": (
        *("urldate", "retrieved", "retrieved on", "retrieval date", "date retrieved", "accessed"),
        *("accessed on", "access date", "date accessed", "last accessed", "visited", "last visited"),
    ),
    "doi": ("doi",),
    "note": ("bibliographic reference",),
}
"""Field of an entry of the bibliography → further fields of a note that say it."""

SYNONYMS = {name: names for names in BIBLIOGRAPHIC.values() for name in names}
"""Further field of a note → the fields that say the same."""

CODER = ("coder", "coders", "coded by")
"""Names of the field that says who coded the source."""

KINDS = {"source": "s", "interview": "p"}
"""What a note may be called → the letter of its kind."""

_HEADING = re.compile(
    r"[ \t]*\#[ \t]*(?P<kind>source|interview|s|p)[ \t_-]*"
    r"(?:(?P<number>[0-9][A-Za-z0-9_]*)|\d\S*)?[ \t]*:?[ \t]*\#*[ \t]*$",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"[ \t]*(?:source|interview|s|p)?[ \t_-]*(?P<number>[0-9][A-Za-z0-9_]*)[ \t]*$", re.IGNORECASE
)
_KNOWN = "|".join(name.replace(" ", r"[ \t]+") for name in sorted((*FIELDS, *CODER), key=len, reverse=True))
_KNOWN_FIELD = re.compile(
    rf"[ \t]*\#+[ \t]*(?P<name>{_KNOWN})(?![\w-])[ \t]*(?:\([^)]*\))?[ \t]*:?[ \t]*(?P<value>.*)",
    re.IGNORECASE,
)
_OTHER_FIELD = re.compile(r"[ \t]*\#+[ \t]*(?P<name>[^:(]*)(?:\([^)]*\))?[ \t]*:?(?P<value>.*)")
_NOT_IN_NAME = re.compile("[:()]")
_LONGEST_HEADING = 200
_CODING = re.compile(r"[*_]*coding[*_]*[ \t]*:?$", re.IGNORECASE)


def is_coding(title: str) -> bool:
    """Whether a heading is `# coding`: passages and traces follow it.

    Example:
        >>> is_coding("coding"), is_coding("Coding rules")
        (True, False)
    """
    return _CODING.match(title.strip()) is not None


def heading_at(lines: Lines, index: int) -> NoteHeading | None:
    """The heading of the note that a line is; none for any other line.

    Example:
        >>> heading_at(Lines("n.md", "# s 44"), 0).identifier
        's44'
    """
    line = lines.lines[index]
    match = _HEADING.match(line) if len(line) <= _LONGEST_HEADING else None
    if match is None:
        return None
    kind = match["kind"].casefold()
    number = match["number"]
    return NoteHeading(
        kind=KINDS.get(kind, kind),
        number=number,
        span=lines.of_lines(index, index),
        number_span=lines.in_line(index, match.start("number"), match.end("number")) if number else None,
    )


def with_number(heading: NoteHeading, lines: Lines, index: int) -> NoteHeading | None:
    """The heading with the number on a line below it; none when the line is no number."""
    line = lines.lines[index]
    match = _NUMBER.match(line) if len(line) <= _LONGEST_HEADING else None
    if match is None:
        return None
    span = lines.in_line(index, match.start("number"), match.end("number"))
    return evolve(heading, number=match["number"], span=heading.span.through(span), number_span=span)


def field_at(lines: Lines, index: int) -> MetadataField:
    """The field of metadata that a heading begins, with the value on the same line if there is one.

    Example:
        >>> field_at(Lines("n.md", "## Example (yes, no): yes"), 0).value
        'yes'
        >>> [field_at(Lines("n.md", f"## {name}"), 0).known for name in ("archiv url", "Retrieved on")]
        [False, True]
    """
    line = lines.lines[index]
    match = _KNOWN_FIELD.match(line)
    is_known = match is not None
    match = match or _OTHER_FIELD.match(line)
    name_from, name_to = _trimmed(line, *match.span("name")) if match else (0, len(line))
    from_, to = _trimmed(line, *match.span("value")) if match else (0, 0)
    given = bool(line[from_:to].strip("# "))
    name = " ".join(line[name_from:name_to].casefold().split())
    return MetadataField(
        name=name,
        value=line[from_:to] if given else "",
        name_span=lines.in_line(index, name_from, name_to),
        value_span=lines.in_line(index, from_, to) if given else _place_for_value(lines, index),
        span=lines.of_lines(index, index),
        known=is_known or name in SYNONYMS,
    )


def with_value(begun: MetadataField, lines: Lines, first: int, last: int) -> MetadataField:
    """The field with the lines below its heading added to its value."""
    below = lines.joined(first, last).strip()
    span = lines.of_lines(first, last)
    start = begun.value_span if begun.value else span
    return evolve(
        begun,
        value=f"{begun.value}\n{below}" if begun.value else below,
        value_span=start.through(span),
        span=begun.span.through(span),
    )


def field_name(name: str) -> str:
    """A name that a field of a note can have, and is read with.

    Example:
        >>> field_name("Role"), field_name("Age (years):"), field_name("Memo"), field_name("Title page")
        ('role', 'age years', 'variable memo', 'variable title page')
    """
    text = " ".join(_NOT_IN_NAME.sub(" ", name.casefold()).split())
    heading = f"## {text}"
    read = field_at(Lines("", heading), 0)
    other = is_coding(text) or trace_heading(heading) is not None or memo_heading(heading) is not None
    is_own = text not in CODER and read.name == text and not read.value and not other
    return text if is_own else f"variable {text}".strip()


def _trimmed(line: str, start: int, end: int) -> tuple[int, int]:
    """First and last column of a part of a line without the blanks at its ends."""
    text = line[start:end]
    start += len(text) - len(text.lstrip())
    return start, max(start, start + len(text.strip()))


def _place_for_value(lines: Lines, index: int) -> Span:
    if index + 1 < len(lines.lines):
        return lines.in_line(index + 1, 0, 0)
    end = len(lines.lines[index])
    return lines.in_line(index, end, end)
