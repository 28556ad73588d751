"""Lines of an interview that say who speaks: `> Interviewer`, `> Expert B:`.

Called by the reader of notes for the quotations and paragraphs of interviews.
"""

import re
from collections import Counter
from collections.abc import Iterable

_ROLE = (
    r"(?:interviewer|interviewee|expert|participant|respondent|researcher|moderator|facilitator|informant"
    r"|practitioner|speaker|host|guest)s?"
)
_TIME = r"(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?)"
_BEFORE = rf"(?:[ \t]*>)*[ \t]*(?:{_TIME}[ \t]*)?(?P<bold>[*_]{{0,3}})"
_BEHIND = rf"[*_]{{0,3}}(?:[ \t]*{_TIME})?"
_WITH_ROLE = rf"(?i:{_ROLE})(?:[ \t]+(?:[A-Z]{{1,3}}\d{{0,2}}|[a-z]|\d{{1,3}}))?"
_ALONE = re.compile(rf"{_BEFORE}(?P<speaker>{_WITH_ROLE}){_BEHIND}[ \t]*:?{_BEHIND}[ \t]*$")
_NAMED = re.compile(
    rf"{_BEFORE}(?P<speaker>[A-Z][\w.-]*(?:[ \t]+[A-Z0-9][\w.-]*){{0,2}}){_BEHIND}[ \t]*:{_BEHIND}[ \t]*$"
)
_BEFORE_TEXT = re.compile(rf"{_BEFORE}(?P<speaker>{_WITH_ROLE}){_BEHIND}[ \t]*:{_BEHIND}[ \t]*\S")
_NO_SPEAKERS = frozenset(
    {"answer", "answers", "background", "context", "example", "examples", "note", "notes", "question"}
    | {"questions", "remark", "remarks", "summary"}
)
_NAME_ALONE = re.compile(
    r"(?:[ \t]*>)+[ \t]*"
    r"(?:[A-Z][\w.-]*(?:[ \t]+[A-Z0-9][\w.-]*)?(?<![.])|[A-Z][\w.-]*(?:[ \t]+[\w.-]+){1,4}:)[ \t]*$"
)
_NO_NAMES = frozenset(
    {"absolutely", "agreed", "correct", "exactly", "good", "great", "hmm", "indeed", "maybe", "no", "nothing"}
    | {"ok", "okay", "perfect", "right", "sure", "thanks", "true", "yeah", "yep", "yes"}
)
_LONGEST = 80


def speaker_label(line: str) -> str | None:
    """The speaker whom a line of a quotation names, when the line holds nothing else.

    Example:
        >>> speaker_label("> Interviewer"), speaker_label("> **Expert B:**"), speaker_label("> Anna Smit:")
        ('Interviewer', 'Expert B', 'Anna Smit')
        >>> speaker_label("> Yes."), speaker_label("> Interviewers ask"), speaker_label("> Example:")
        (None, None, None)
    """
    if len(line) > _LONGEST:
        return None
    match = _ALONE.match(line) or _NAMED.match(line)
    if match is None or match["speaker"].casefold() in _NO_SPEAKERS:
        return None
    return " ".join(match["speaker"].split())


def recurring_labels(lines: Iterable[str]) -> frozenset[str]:
    """The quoted lines that are labels of speakers: a name, or words with a colon, alone more than once.

    Example:
        >>> sorted(recurring_labels(["> Operator", "> We wait.", "> Operator", "> Yes", "> Yes"]))
        ['> Operator']
        >>> sorted(recurring_labels(["> Head of sales:", "> We wait.", "> Head of sales:", "> Two points:"]))
        ['> Head of sales:']
    """
    no_names = _NO_NAMES | _NO_SPEAKERS
    found = [
        line
        for line in lines
        if len(line) <= _LONGEST and _NAME_ALONE.match(line) and quoted_name(line).casefold() not in no_names
    ]
    times = Counter(map(quoted_name, found))
    return frozenset(line for line in found if times[quoted_name(line)] > 1)


def may_be_label(text: str) -> bool:
    """Whether a line of a quotation in an interview may be read as the label of a speaker.

    Some are labels only where they recur in the interview.

    Args:
        text: The line without its mark.

    Example:
        >>> may_be_label("Operator"), may_be_label("Head of sales:"), may_be_label("We waited.")
        (True, True, False)
    """
    line = f"> {text}"
    return speaker_label(line) is not None or bool(recurring_labels([line, line]))


def quoted_name(line: str) -> str:
    """The text of a quoted line without its marks and the colon at its end.

    Example:
        >>> quoted_name(">> Operator "), quoted_name("> Head of sales:")
        ('Operator', 'Head of sales')
    """
    return " ".join(line.strip("> \t:").split())


def is_label_without_quotation(line: str) -> bool:
    """Whether a line without `>` names a speaker: by a role, or by a name in bold with a colon.

    Example:
        >>> is_label_without_quotation("**Anna:**"), is_label_without_quotation("Added:")
        (True, False)
    """
    if len(line) > _LONGEST:
        return False
    if _ALONE.match(line):
        return True
    named = _NAMED.match(line)
    return named is not None and bool(named["bold"]) and speaker_label(line) is not None


def speaker_before(line: str) -> str | None:
    """The speaker whose role is named at the start of a quotation, before what is said.

    Example:
        >>> speaker_before("> Expert B: We had no choice."), speaker_before("> However: we had.")
        ('Expert B', None)
    """
    match = _BEFORE_TEXT.match(line[:_LONGEST])
    return " ".join(match["speaker"].split()) if match is not None else None
