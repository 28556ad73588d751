"""What each coder says about a source of a project: codes, passages and memos, as a field note has them."""

from collections.abc import Iterable, Mapping

from attrs import define, evolve, field, frozen

from codeable.exchange.incoming.planned import PlannedCodes
from codeable.exchange.project import (
    Coder,
    Coding,
    NotTakenOver,
    Project,
    ProjectMemo,
    ProjectPassage,
    ProjectSource,
)
from codeable.notes.new_note import FORM, value_for_note
from codeable.notes.reader import read_text
from codeable.text import counted, free_name, with_line_feeds


@frozen
class MemoOfCoder:
    """A memo as a field note has it; `about` is in brackets: its title, its code, who wrote it."""

    text: str
    about: str = ""


@frozen
class CodedText:
    """A passage as one coder coded it.

    Attributes:
        text: The passage, without blanks around it.
        codes: The identifiers of its codes; none for one that was only marked.
        memos: The memos about it.
        speaker: Who says it, in an interview.
    """

    text: str
    codes: tuple[str, ...] = ()
    memos: tuple[MemoOfCoder, ...] = ()
    speaker: str | None = None


@frozen
class CodingsOfCoder:
    """What one coder says about one source.

    Attributes:
        coder: The name of the coder; None where nobody says it.
        codes: The codes of the whole source.
        memos: The memos about it.
        passages: The passages, in the order of the text.
    """

    coder: str | None
    codes: tuple[str, ...] = ()
    memos: tuple[MemoOfCoder, ...] = ()
    passages: tuple[CodedText, ...] = ()

    @property
    def has_codes(self) -> bool:
        """Whether there is a code in it."""
        return bool(self.codes) or any(each.codes for each in self.passages)


@define
class _Said:
    """What one coder says about a passage, or about a source."""

    codes: dict[str, None] = field(factory=dict)
    memos: list[MemoOfCoder] = field(factory=list)


_SaidBy = dict[str | None, _Said]


class ProjectCodings:
    """The codings of a project by source and coder. What is not taken over is counted on the way.

    Args:
        project: The project.
        codes: What becomes of its codes.
        sources: Key of a source → its identifier in the study.
        coder: Who coded, where the file does not say so.
    """

    def __init__(
        self, project: Project, codes: PlannedCodes, sources: Mapping[str, str], coder: str | None
    ) -> None:
        self._codes = codes
        self._sources = sources
        self._names = _names_of_coders(project.coders, coder)
        self._ranks = {name: rank for rank, name in enumerate(dict.fromkeys(self._names.values()))}
        self._coder = coder
        self._without_text: list[str] = []
        self._without_code: list[str] = []
        self._trimmed = 0

    def of_source(self, source: ProjectSource) -> tuple[CodingsOfCoder, ...]:
        """What each coder says about a source, in the order of the coders of the project."""
        of_whole: _SaidBy = {}
        self._add_codings(of_whole, source.codings, None, source)
        passages: dict[str | None, list[CodedText]] = {}
        for (start, end), (said_by, speaker) in sorted(self._by_place(source).items()):
            text = self._text(source.text[start:end], is_own=source.identifier is not None)
            for coder, said in said_by.items():
                one = CodedText(text, tuple(said.codes), tuple(said.memos), speaker)
                passages.setdefault(coder, []).append(one)
        coders = sorted(dict.fromkeys((*of_whole, *passages)), key=self._rank)
        for memo in (each for each in source.memos if each.text.strip()):
            by = self._name(memo.coder)
            of = by if by in coders else next(iter(coders), by)
            of_whole.setdefault(of, _Said()).memos.append(self._memo(memo, of))
        return _joined(
            CodingsOfCoder(
                coder,
                tuple(of_whole[coder].codes) if coder in of_whole else (),
                tuple(of_whole[coder].memos) if coder in of_whole else (),
                tuple(passages.get(coder, ())),
            )
            for coder in sorted(dict.fromkeys((*of_whole, *passages)), key=self._rank)
        )

    @property
    def not_taken_over(self) -> tuple[NotTakenOver, ...]:
        """What of the sources that were asked for is in no note."""
        losses = (
            ("passages without text", self._without_text, "they begin and end at the same place, or outside"),
            ("codings", self._without_code, "their codes are not in the file, or are not taken over"),
        )
        return tuple(
            NotTakenOver(what, len(places), place=places[0], reason=reason)
            for what, places, reason in losses
            if places
        )

    @property
    def messages(self) -> tuple[str, ...]:
        """How passages were changed so that a note can hold them."""
        if not self._trimmed:
            return ()
        passages = counted(self._trimmed, "passage")
        return (f"{passages} without the blanks at start or end, which a quotation does not keep",)

    def _by_place(self, source: ProjectSource) -> dict[tuple[int, int], tuple[_SaidBy, str | None]]:
        found: dict[tuple[int, int], tuple[_SaidBy, str | None]] = {}
        for passage in source.passages:
            place = passage.start, passage.end
            if not (0 <= place[0] < place[1] <= len(source.text) and source.text[slice(*place)].strip()):
                self._without_text.append(passage.place or source.place or source.name)
                continue
            said_by, speaker = found.get(place, ({}, None))
            self._add_passage(said_by, passage, source)
            found[place] = said_by, speaker or passage.speaker
        return found

    def _add_passage(self, said_by: _SaidBy, passage: ProjectPassage, source: ProjectSource) -> None:
        self._add_codings(said_by, passage.codings, passage.coder, source)
        for key in passage.marked_by:
            said_by.setdefault(self._name(key), _Said())
        by = self._name(passage.coder)
        if not said_by:
            said_by[by] = _Said()
        for memo in (each for each in passage.memos if each.text.strip()):
            of = next((each for each in (self._name(memo.coder), by) if each in said_by), next(iter(said_by)))
            said_by[of].memos.append(self._memo(memo, of))

    def _add_codings(
        self, said_by: _SaidBy, codings: Iterable[Coding], coder: str | None, source: ProjectSource
    ) -> None:
        for coding in codings:
            by = self._name(coding.coder if coding.coder is not None else coder)
            code = self._codes.identifiers.get(coding.code)
            if code is None and self._sources.get(source.key) in self._codes.evident.get(coding.code, ()):
                continue
            if code is None:
                self._without_code.append(source.place or source.name)
                continue
            said = said_by.setdefault(by, _Said())
            said.codes[code] = None
            said.memos += [self._memo(memo, by, code) for memo in coding.memos if memo.text.strip()]

    def _rank(self, coder: str | None) -> int:
        """The place of a coder among those of the project; nobody in particular is the first one."""
        return self._ranks.get(coder, -1)

    def _name(self, coder: str | None) -> str | None:
        return self._names.get(coder, self._coder) if coder is not None else self._coder

    def _memo(self, memo: ProjectMemo, of: str | None, code: str | None = None) -> MemoOfCoder:
        by = self._name(memo.coder)
        about = (memo.name, code, by if by != of else None)
        return MemoOfCoder(with_line_feeds(memo.text.strip()), "; ".join(each for each in about if each))

    def _text(self, text: str, *, is_own: bool) -> str:
        """The text of a passage as a note can hold it. A study's own quoted code keeps its indent."""
        stripped = text.strip("\n").rstrip() if is_own else text.strip()
        self._trimmed += stripped != text
        return with_line_feeds(stripped)


def _names_of_coders(coders: Iterable[Coder], coder: str | None) -> dict[str | None, str | None]:
    """Key → name. Those without a name are numbered, unless there is only one coder."""
    coders = tuple(coders)
    form = read_text(FORM)
    names = [value_for_note(form, "coder", " ".join(each.name.split())) or "" for each in coders]
    if len(coders) == 1 and not names[0]:
        return {coders[0].key: coder}
    taken = {name for name in names if name}
    found: dict[str | None, str | None] = {}
    for each, name in zip(coders, names, strict=True):
        chosen = name or free_name("coder 1", taken.__contains__, "coder {1}")
        taken.add(chosen)
        found[each.key] = chosen
    return found


def _joined(codings: Iterable[CodingsOfCoder]) -> tuple[CodingsOfCoder, ...]:
    """The codings by coder; what nobody coded goes to the first coder."""
    every = list(codings)
    loose = next((each for each in every if each.coder is None and not each.has_codes), None)
    named = [each for each in every if each is not loose]
    if loose is None or not named:
        return tuple(every)
    first = named[0]
    named[0] = evolve(first, memos=(*loose.memos, *first.memos), passages=(*first.passages, *loose.passages))
    return tuple(named)
