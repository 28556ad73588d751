"""The selections of a REFI-QDA project as spans of its texts, however the tool counts positions."""

from collections.abc import Iterator, Sequence

from attrs import evolve

from codeable.exchange.readers.refi.counting import MOST_BEHIND, counting_of
from codeable.exchange.readers.refi.drafts import SourceDraft
from codeable.exchange.readers.refi.positions import STANDARD, Counting, FileSelection, Measure
from codeable.exchange.readers.refi.refi_file import RefiFile
from codeable.exchange.readers.safe_xml import Element
from codeable.text import counted, shown

_UTF_16_TOOLS = ("nvivo", "qsr")
"""Tools that count as Windows does: in UTF-16, with each line end as long as in the file."""
_FEW = 20
"""One selection in so many may be outside of its text; it is left out then."""


def with_spans(file: RefiFile, drafts: Sequence[SourceDraft]) -> list[SourceDraft]:
    """The sources with all of their selections as spans.

    Args:
        file: The file that is read.
        drafts: The sources with the positions of the file.

    Raises:
        CodeableError: Selections are outside of their texts, more than a few.
    """
    counting = _counting(file, [selected for draft in drafts for _, selected in draft.selections])
    outside: list[tuple[Element, str, str]] = []
    measured = [_measured(each, counting, outside) for each in drafts]
    if len(outside) * _FEW > sum(len(each.selections) for each in drafts):
        element, _, reason = outside[0]
        raise file.error(element, reason)
    for element, name, _ in outside:
        reason = "their positions are wrong in the file, where nearly all others are right"
        file.discard("selections outside of their texts", element, reason, name=name)
    return measured


def _counting(file: RefiFile, selections: Sequence[FileSelection]) -> Counting:
    """How the file counts positions. What a user should know about that is told."""
    if file.is_own:
        return STANDARD
    is_utf_16 = any(each in file.origin.casefold() for each in _UTF_16_TOOLS)
    counting, message = counting_of(selections, Counting("UTF-16", "written") if is_utf_16 else STANDARD)
    if message:
        file.messages.append(message)
    return counting


def _measured(draft: SourceDraft, counting: Counting, outside: list[tuple[Element, str, str]]) -> SourceDraft:
    return evolve(draft, spans=(*draft.spans, *_spans(draft, counting, outside)))


def _spans(
    draft: SourceDraft, counting: Counting, outside: list[tuple[Element, str, str]]
) -> Iterator[tuple[Element, int, int]]:
    """The selections as spans. Those outside of the text are added to a list, with the reason."""
    if draft.text is None:
        return
    length = len(draft.text.text)
    measure = Measure(draft.text, counting)
    for element, selected in draft.selections:
        start, end = measure.span(selected.start, selected.end)
        if 0 <= start <= min(end, length) and end <= length + MOST_BEHIND:
            yield element, start, min(end, length)
        else:
            which = f"the selection from {selected.start} to {selected.end}"
            reason = (
                f"{which} is not in the text of {shown(draft.name)}, which has {counted(length, 'character')}"
            )
            outside.append((element, draft.name, reason))
