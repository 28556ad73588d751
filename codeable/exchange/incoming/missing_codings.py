"""What a note does not have yet of what a coder says about its source. `planned_notes` asks."""

from collections import deque
from collections.abc import Mapping, Sequence

from attrs import frozen

from codeable.exchange.incoming.project_codings import CodedText, CodingsOfCoder, MemoOfCoder
from codeable.notes.mentions import codes_mentioned
from codeable.notes.model import FieldNote, Passage


@frozen
class Missing:
    """What of the codings of a coder a note does not have.

    Attributes:
        codes: The codes of the whole source.
        memos: The memos about the source.
        passages: The passages that are not in it.
        added: Passage of the note → its codes and memos that are not there.
        surplus_passages: The passages of the note that the project does not have, with their codes.
        surplus_codes: The codes of the note that the project does not give to the same passage.
    """

    codes: tuple[str, ...] = ()
    memos: tuple[MemoOfCoder, ...] = ()
    passages: tuple[CodedText, ...] = ()
    added: tuple[tuple[Passage, CodedText], ...] = ()
    surplus_passages: tuple[tuple[Passage, tuple[str, ...]], ...] = ()
    surplus_codes: tuple[tuple[Passage, tuple[str, ...]], ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether the note has all."""
        return not (self.codes or self.memos or self.passages or self.added)


def missing_in(note: FieldNote, codings: CodingsOfCoder, renames: Mapping[str, str]) -> Missing:
    """What of the codings of a coder a note does not have.

    The same text may be there several times. Then those count as the same that have the most codes in common.
    A note quotes a passage again for further codes: more quotations than the project has are still one.

    Args:
        note: The note.
        codings: The codings; their codes have their current names.
        renames: Old name → new name of a code.
    """
    of_whole, by_passage = _codes_in(note, renames)
    memos = {memo.text for memo in note.memos} | {trace.text.strip() for trace in note.open_traces}
    unmatched: dict[str, list[Passage]] = {}
    for segment in note.passages:
        unmatched.setdefault(segment.text, []).append(segment)
    matches = _matches(codings.passages, unmatched, by_passage)
    added: list[tuple[Passage, CodedText]] = []
    surplus_codes: list[tuple[Passage, tuple[str, ...]]] = []
    for number, same in sorted(matches.items()):
        passage = codings.passages[number]
        there = {code for each in same for code in by_passage.get(each, ())}
        lacking = CodedText(
            passage.text,
            tuple(code for code in passage.codes if code not in there),
            tuple(memo for memo in passage.memos if memo.text not in memos),
            passage.speaker,
        )
        if lacking.codes or lacking.memos:
            added.append((same[-1], lacking))
        for each in same:
            more = tuple(code for code in by_passage.get(each, ()) if code not in passage.codes)
            if more:
                surplus_codes.append((each, more))
    left = (each for several in unmatched.values() for each in several) if codings.passages else ()
    return Missing(
        tuple(code for code in codings.codes if code not in of_whole),
        tuple(memo for memo in codings.memos if memo.text not in memos),
        tuple(each for number, each in enumerate(codings.passages) if number not in matches),
        tuple(added),
        tuple((each, tuple(by_passage.get(each, ()))) for each in left),
        tuple(surplus_codes),
    )


def _matches(
    passages: Sequence[CodedText],
    unmatched: dict[str, list[Passage]],
    codes_of: Mapping[Passage, Mapping[str, None]],
) -> dict[int, list[Passage]]:
    """Number of a passage → the quotations of it in the note; the first is the one with the most same codes.

    Args:
        passages: The passages of the project.
        unmatched: Text → the passages of the note; those that are the same are taken out.
        codes_of: Passage of the note → its codes.
    """
    found: dict[int, Passage] = {}
    exact: dict[tuple[str, frozenset[str]], deque[Passage]] = {}
    for text, several in unmatched.items():
        for one in several:
            exact.setdefault((text, frozenset(codes_of.get(one, ()))), deque()).append(one)
    for number, passage in enumerate(passages):
        if same := exact.get((passage.text, frozenset(passage.codes))):
            found[number] = same.popleft()
    taken = set(found.values())
    for several in unmatched.values():
        several[:] = [each for each in several if each not in taken]
    for number, passage in enumerate(passages):
        if number not in found and (rest := unmatched.get(passage.text)):
            codes = set(passage.codes)
            found[number] = max(rest, key=lambda each: len(codes & codes_of.get(each, {}).keys()))
            rest.remove(found[number])
    quotations = {number: [one] for number, one in found.items()}
    numbers: dict[str, list[int]] = {}
    for number in found:
        numbers.setdefault(passages[number].text, []).append(number)
    for text, those in numbers.items():
        for again in unmatched.pop(text, ()):
            there = codes_of.get(again, {}).keys()
            number = max(those, key=lambda one: len(there & set(passages[one].codes)))
            quotations[number].append(again)
    return quotations


def _codes_in(
    note: FieldNote, renames: Mapping[str, str]
) -> tuple[dict[str, None], dict[Passage, dict[str, None]]]:
    """The codes that a note gives to the whole source, and those of each passage."""
    of_whole: dict[str, None] = {}
    by_passage: dict[Passage, dict[str, None]] = {}
    for code, mentions in codes_mentioned(note, renames).items():
        for _, statement in mentions:
            for passage in statement.evidence:
                by_passage.setdefault(passage, {})[code] = None
            if not statement.evidence:
                of_whole[code] = None
    return of_whole, by_passage
