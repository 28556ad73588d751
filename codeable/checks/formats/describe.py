"""How every format writes places, texts on one line, and what a build leaves out."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from codeable.checks.diagnostic import Diagnostic, Report
from codeable.files import shown_path
from codeable.kernel.place import Span
from codeable.text import counted, printable

_BLANK = re.compile(r"\s")
_NOUNS = {
    "note": "note",
    "source": "source",
    "code": "code",
    "option": "option",
    "impact": "impact",
    "relation": "relation",
    "evidence": "evidence link",
    "value": "value",
    "trace": "trace",
    "statement": "statement",
}
"""Kind of what is left out → its noun, the widest kinds first."""


def on_one_line(text: str) -> str:
    """A text on one line; every kind of blank is a space and control characters are visible."""
    return printable(_BLANK.sub(" ", text))


def file_of(span: Span) -> str:
    """The file of a span with slashes, relative to the current folder if it is in there."""
    return Path(shown_path(span.path)).as_posix()


def line_of(span: Span) -> str:
    """File and line of a span."""
    return f"{on_one_line(file_of(span))}:{span.line}"


def place_of(span: Span) -> str:
    """File, line and column of a span, as editors and terminals open it."""
    return f"{line_of(span)}:{span.column}"


def losses(diagnostics: Iterable[Diagnostic]) -> str:
    """What a build leaves out because of some diagnostics; empty for nothing.

    Example:
        >>> losses([])
        ''
    """
    numbers: Counter[str] = Counter(lost.kind for one in diagnostics for lost in one.loses)
    kinds = [*(kind for kind in _NOUNS if kind in numbers), *(kind for kind in numbers if kind not in _NOUNS)]
    return ", ".join(counted(numbers[kind], _NOUNS.get(kind, kind)) for kind in kinds)


def with_losses(message: str, diagnostics: Iterable[Diagnostic]) -> str:
    """A message, and behind it what a build leaves out."""
    lost = losses(diagnostics)
    return f"{message} (loses {lost})" if lost else message


def summary(report: Report) -> str:
    """The numbers of errors, of warnings and, where there is any, of information; and what is lost.

    Example:
        >>> summary(Report(()))
        '0 errors, 0 warnings'
    """
    number = Counter(one.severity for one in report.diagnostics)
    parts = [counted(number["error"], "error"), counted(number["warning"], "warning")]
    parts += [f"{number['info']} for information"] if number["info"] else []
    return with_losses(", ".join(parts), report.diagnostics)
