"""Lines that begin a part of the coder's own: an open trace, an axial trace, a memo.

`blocks` calls this for every line that may be one.
"""

import re
from typing import Literal

from attrs import frozen

TraceKind = Literal["open trace", "axial trace"]

OPEN_HEADING = "**OPEN CODING TRACE:**"
AXIAL_HEADING = "**AXIAL CODING TRACE:**"
"""The headings as codeable itself writes them; it reads many others."""

_KINDS: dict[str, TraceKind] = {"open": "open trace", "axial": "axial trace"}
_MARK = r"(?:\#{1,6}[ \t]*[*_]*|[*_]{1,3})[ \t]*"
_END = r"[ \t]*:?[*_]*[ \t]*:?[ \t]*(?P<rest>.*)"
_COLON_OR_END = r"(?=[ \t]*[*_]*[ \t]*(?::|$))"
_BLANK = r"[ \t_-]+"
_WITH_TRACE = re.compile(
    rf"[ \t]*(?:{_MARK}(?i:(?P<marked>open|axial){_BLANK}coding{_BLANK}traces?)(?![^\W_])"
    rf"|(?P<plain>OPEN|AXIAL)[ \t]+CODING[ \t]+TRACES?\b"
    rf"|(?i:(?P<alone>open|axial){_BLANK}coding{_BLANK}traces?)(?=[ \t]*(?::|$))){_END}"
)
_WITHOUT_TRACE = re.compile(
    rf"[ \t]*(?:{_MARK}(?i:(?P<marked>open|axial){_BLANK}coding){_COLON_OR_END}"
    rf"|(?P<plain>OPEN|AXIAL){_BLANK}CODING(?=[ \t]*(?::|$))"
    rf"|(?i:(?P<alone>open|axial){_BLANK}coding)(?=[ \t]*:[ \t]*$)){_END}"
)
_WORDS = re.compile(
    rf"[ \t]*(?P<mark>{_MARK})?(?P<words>[^\W\d_](?:[^\W\d_]|[ \t_-](?=[^\W\d_])){{7,23}})"
    rf"{_COLON_OR_END}{_END}"
)
_SEPARATOR = re.compile(r"[ \t_-]+")
_FIRST_LETTERS = frozenset({"open", "axia"})
_AFTER_THEM = frozenset(" \t_-lL")
_CANONICAL: dict[str, TraceKind] = {f"{word} coding trace": kind for word, kind in _KINDS.items()}
_INFLECTED = re.compile(r"(open|axial) (?:(?:code|codes|coded) traces?|traces?)")
_MEMO = re.compile(
    r"[ \t]*(?:[*_]{1,3}[ \t]*(?i:memos?)[ \t]*(?:\((?P<title>[^)]*)\))?[ \t]*(?::[*_]*|[*_]+[ \t]*:?)"
    r"|\#{1,6}[ \t]*[*_]*(?i:memos?)[*_]*[ \t]*:?[*_]*[ \t]*$"
    r"|MEMO[ \t]*:)[ \t]*(?P<rest>.*)"
)


@frozen
class TraceHeading:
    """The heading of a trace: its kind and what follows it on the line.

    `misspelt` are the first and last column of the words where they are not spelt as they should be.
    """

    kind: TraceKind
    rest: str
    misspelt: tuple[int, int] | None = None

    @property
    def words(self) -> str:
        """The words as they are spelt rightly."""
        return next(words for words, kind in _CANONICAL.items() if kind == self.kind)


def trace_heading(line: str) -> TraceHeading | None:
    """The heading of a trace that a line is; none for any other line.

    It is read with and without `TRACE`, in bold, as a heading or plain, in any case. Without `TRACE` a colon
    or the end of the line follows, because a text may be about open coding.

    Example:
        >>> trace_heading("**AXIAL CODING**: source").rest, trace_heading("### open coding").kind
        ('source', 'open trace')
        >>> trace_heading("**AXAIL CODING TRACE:**").misspelt
        (2, 20)
        >>> trace_heading("**Open coding** is the first step of a study.") is None
        True
    """
    match = _WITH_TRACE.match(line) or _WITHOUT_TRACE.match(line)
    if match is not None:
        word = (match["marked"] or match["plain"] or match["alone"]).casefold()
        return TraceHeading(_KINDS[word], match["rest"].rstrip())
    return _misspelt(line)


def certain_trace_heading(line: str) -> bool:
    """Whether a line is the heading of a trace also inside a fence, where `# open coding` is a comment."""
    match = _WITH_TRACE.match(line) or (_WITHOUT_TRACE.match(line) if line.lstrip()[:1] == "*" else None)
    return match is not None and match["alone"] is None


def may_be_heading(line: str) -> bool:
    """Whether the first letters of a line are those of a heading of a trace or memo. It is quick.

    Example:
        >>> may_be_heading("AXAIL CODING TRACE:"), may_be_heading("Open coding:"), may_be_heading("Opening")
        (True, True, False)
    """
    return line[:2].isupper() or (line[:4].casefold() in _FIRST_LETTERS and line[4:5] in _AFTER_THEM)


@frozen
class MemoHeading:
    """The heading of a memo: the title in its brackets, empty without one, and what follows on the line."""

    title: str
    rest: str


def memo_heading(line: str) -> MemoHeading | None:
    """The heading of a memo that a line is; none for any other line.

    Example:
        >>> memo_heading("**MEMO (idea):** ask again"), memo_heading("A memo: ask again")
        (MemoHeading(title='idea', rest='ask again'), None)
    """
    match = _MEMO.match(line)
    return MemoHeading((match["title"] or "").strip(), match["rest"].rstrip()) if match is not None else None


def _misspelt(line: str) -> TraceHeading | None:
    """A heading that is wrong by a letter or two; without `TRACE` by one in each word."""
    match = _WORDS.match(line)
    if match is None or (match["mark"] is None and not match["words"].isupper()):
        return None
    words = " ".join(_SEPARATOR.split(match["words"].casefold()))
    kind = _kind_of(words)
    return TraceHeading(kind, match["rest"].rstrip(), match.span("words")) if kind is not None else None


def _kind_of(words: str) -> TraceKind | None:
    from rapidfuzz.distance import OSA

    inflected = _INFLECTED.fullmatch(words)
    if inflected is not None:
        return _KINDS[inflected[1]]
    for wanted, kind in _CANONICAL.items():
        if OSA.distance(words, wanted, score_cutoff=2) <= 2:
            return kind
        given = words.split()
        spelt = zip(given, wanted.split(), strict=False)
        if len(given) == 2 and all(OSA.distance(one, other) <= 1 for one, other in spelt):
            return kind
    return None
