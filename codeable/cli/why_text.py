"""The chain of evidence of one code, on a terminal of 80 columns."""

import textwrap
from collections.abc import Iterable, Iterator

from codeable.cli.notes_text import WIDTH, counted
from codeable.files import shown_path
from codeable.notes.evidence import CodeChain, CodePassage, Linked, SourceEvidence
from codeable.notes.records import Span
from codeable.text import printable

__all__ = ["told"]

_LABELS = 10
_BEGINNING = 3
"""Lines of a passage that are told unless all of it is wanted."""


def told(trace: CodeChain, *, full: bool = False) -> str:
    """Everything known of a code, plainly: one label per fact, then source by source the passages.

    Args:
        trace: The chain of evidence.
        full: Whether whole passages are told or their beginnings.
    """
    dropped = "not in the model" if trace.kind == "dropped" else trace.kind
    lines = [*_wrapped(f"{trace.identifier}  {trace.name!r}, {dropped}", 0, ""), ""]
    lines += _fact("declared", _declared(trace))
    lines += _fact("renamed", _renamed(trace))
    lines += _fact("option of", map(_option, trace.option_of))
    lines += _fact("options", map(_option, trace.options))
    lines += _fact("forces", map(_impact, trace.forces))
    lines += _fact("acted on", map(_impact, trace.impacts))
    lines += _fact("figures", [", ".join(trace.figures)] if trace.figures else ["none"])
    passages = counted(len(trace.passages), "passage")
    lines += ["", f"evidence  {counted(len(trace.evidence), 'source')}, {passages}"]
    for source in trace.evidence:
        lines += _source(source, full, dropped=trace.kind == "dropped")
    return "\n".join(lines)


def _declared(trace: CodeChain) -> Iterator[str]:
    if trace.place:
        path, _, line = trace.place.rpartition(":")
        yield f"{shown_path(path)}:{line} in the model"
    for one in trace.declared:
        said = " ".join(filter(None, (one.metaclass, repr(one.display_name) if one.display_name else "")))
        yield f"{_at(one.span)} in the note of {one.source}: {one.identifier}, {said}".rstrip(", ")
    if not trace.place and not trace.declared:
        yield "nowhere"


def _renamed(trace: CodeChain) -> Iterator[str]:
    for one in trace.renamed:
        uses = [f"last used {_at(one.last_use)}" if one.last_use else "in no note"]
        if one.first_use:
            uses.append(f"{one.new} first used {_at(one.first_use)}")
        yield f"{one.old} is {one.new} now ({'; '.join(uses)})"


def _option(linked: Linked) -> str:
    text = f": {linked.text}" if linked.text else ""
    return f"{linked.identifier} {linked.name!r}{text}"


def _impact(linked: Linked) -> str:
    return f"{linked.text or '?':3} {linked.identifier} {linked.name!r}"


def _source(source: SourceEvidence, full: bool, *, dropped: bool) -> Iterator[str]:
    yield ""
    yield from _wrapped(f"{source.source}  {source.title}".rstrip(), 2, "     ")
    if source.mentions:
        yield from _wrapped(f"said in {_places(source.mentions)}", 4, "")
    else:
        yield "    linked in the model; no note of it says where"
    if not source.in_model and not dropped:
        yield "    in the note only: the model does not link this source to it"
    if source.mentions and not source.passages:
        yield "    no passage stands before the trace"
    for passage in source.passages:
        yield from _passage(passage, full)


def _places(spans: Iterable[Span]) -> str:
    """Files with their lines: `s4.md:12, 40`."""
    lines: dict[str, dict[str, None]] = {}
    for span in sorted(spans):
        lines.setdefault(shown_path(span.path), {})[str(span.line)] = None
    return "; ".join(f"{path}:{', '.join(numbers)}" for path, numbers in lines.items())


def _passage(passage: CodePassage, full: bool) -> Iterator[str]:
    where = str(passage.line) if passage.line == passage.end_line else f"{passage.line}-{passage.end_line}"
    kind = "" if passage.kind in ("quotation", "text") else f" ({passage.kind})"
    lines = list(_wrapped(passage.text, 6, ""))
    yield f"    {shown_path(passage.path)}:{where}{kind}"
    if full or len(lines) <= _BEGINNING:
        yield from lines
        return
    yield from lines[: _BEGINNING - 1]
    last = lines[_BEGINNING - 1]
    yield f"{last if len(last) <= WIDTH - 2 else last.rpartition(' ')[0]} …"


def _fact(label: str, values: Iterable[str]) -> Iterator[str]:
    for value in values:
        first, *rest = _wrapped(value, _LABELS, "  ")
        yield f"{label:{_LABELS}}{first[_LABELS:]}"
        yield from rest
        label = ""


def _wrapped(text: str, indent: int, hanging: str) -> list[str]:
    """Lines of at most 80 columns, safe on a terminal; line breaks of the text stay."""
    lines: list[str] = []
    for line in printable(text).splitlines() or [""]:
        lines += textwrap.wrap(
            line,
            WIDTH,
            initial_indent=" " * indent,
            subsequent_indent=" " * indent + hanging,
            break_long_words=False,
            break_on_hyphens=False,
        )
    return lines or [" " * indent]


def _at(span: Span) -> str:
    return f"{shown_path(span.path)}:{span.line}"
