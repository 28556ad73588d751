"""Which passages of a code the guide quotes, and how.

The choice is a rule, and no judgement: each source gets its turn; of one source, passages of medium length
come first, those that the chapter has not quoted yet, and those that carry few other codes.
"""

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from typing import Any

from codeable.notes.code_chain import CodePassage
from codeable.notes.quotation import line_range
from codeable.reports.coded_study import CodedStudy
from codeable.reports.guide.records import GuideQuote

_MEDIUM = 60, 400
"""Characters of a passage of medium length."""
_LONGEST = 600
"""Characters of a passage that is quoted whole."""
_CUT = " […]"
_UNQUOTED = frozenset({"image", "heading"})
"""Kinds of passages that are quoted only where there is no other."""


def codes_by_passage(study: CodedStudy) -> Mapping[Any, int]:
    """The number of codes of each passage."""
    return {_key(each.passage): len(each.codes) for each in study.passages}


def chosen(
    passages: Sequence[CodePassage], most: int, codes: Mapping[Any, int], before: Container[str] = ()
) -> list[CodePassage]:
    """The passages that are quoted, in the order of the study.

    Args:
        passages: The passages of a code.
        most: How many are quoted at most.
        codes: The number of codes of each passage.
        before: The texts that the chapter has quoted already.
    """
    by_source: defaultdict[str, dict[str, CodePassage]] = defaultdict(dict)
    for passage in passages:
        # What several coders quoted counts once here.
        by_source[passage.source].setdefault(passage.text, passage)
    turns = []
    for position, found in enumerate(by_source.values()):
        ranked = sorted(found.values(), key=lambda each: _merit(each, codes, before))
        turns += [((turn, position), passage) for turn, passage in enumerate(ranked)]
    turns.sort(key=lambda each: each[0])
    kept = {id(passage) for _, passage in turns[:most]}
    return [passage for passage in passages if id(passage) in kept]


def quoted(study: CodedStudy, passage: CodePassage) -> GuideQuote:
    """A passage as the guide quotes it."""
    text = passage.text.strip()
    if len(text) > _LONGEST:
        end = text.rfind(" ", _LONGEST // 2, _LONGEST)
        text = text[: end if end > 0 else _LONGEST].rstrip() + _CUT
    parts = [f"{study.file_of(passage.path)}:{line_range(passage.line, passage.end_line)}"]
    parts += [f"said by {passage.speaker}"] if passage.speaker else []
    parts += [f"coded by {passage.coder}"] if passage.coder else []
    return GuideQuote(text, passage.source, ", ".join(parts))


def _key(passage: CodePassage) -> tuple[Any, ...]:
    return passage.source, passage.path, passage.line, passage.end_line, passage.text


def _merit(passage: CodePassage, codes: Mapping[Any, int], before: Container[str]) -> tuple[Any, ...]:
    """What comes first is smallest; equal ones keep their order."""
    shortest, longest = _MEDIUM
    length = len(passage.text)
    return (
        passage.kind in _UNQUOTED,
        passage.text in before,
        max(shortest - length, length - longest, 0),
        codes.get(_key(passage), 0),
    )
