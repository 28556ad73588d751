"""The notes of a study in which several codes become one, and what they say twice or of themselves then."""

from collections.abc import Iterator, Mapping

from codeable.kernel.place import Span, shown_place
from codeable.lines import Edit
from codeable.names.renaming.named_study import NamedStudy
from codeable.names.renaming.plan import PlaceRemark
from codeable.notes.model import (
    CodeMention,
    DeclarationStatement,
    FieldNote,
    ForceStatement,
    Name,
    OptionStatement,
    RelationStatement,
)


def edits_of_note(note: FieldNote, names: Mapping[str, str], into: str, study: NamedStudy) -> Iterator[Edit]:
    """A declaration becomes a mention; everywhere else the name changes; a list has it once."""
    declarations = [one.span for one in _declarations(note, names)]
    yield from (Edit.of(span, into) for span in declarations)
    again = {edit.end: edit for edit in _said_again(note, names, into)}
    yield from again.values()
    for one in study.occurrences[note.path]:
        if (
            one.name in names
            and not one.kept
            and one.span.end not in again
            and not any(_is_within(one.span, span) for span in declarations)
        ):
            yield Edit.of(one.span, into)


def _said_again(note: FieldNote, names: Mapping[str, str], into: str) -> Iterator[Edit]:
    """The edits that take names out of lists of codes which have the one that stays already."""
    mentions = (one.code for one in note.statements if isinstance(one, CodeMention))
    listed = [mentions, *(item.names for trace in note.open_traces for item in trace.items)]
    for codes in listed:
        before: Name | None = None
        seen: set[str] = set()
        for code in sorted(codes, key=lambda one: one.span.start):
            between = note.text[before.span.end : code.span.start] if before is not None else ""
            if before is None or not between or between.strip(" \t\r\n,"):
                seen = set()
            elif (
                names.get(code.name, code.name) == into and into in seen and names.keys() & {code.name, *seen}
            ):
                yield Edit(note.path, before.span.end, code.span.end, "")
            seen |= {code.name, names.get(code.name, code.name)}
            before = code


def _declarations(note: FieldNote, names: Mapping[str, str]) -> Iterator[DeclarationStatement]:
    for one in (*note.statements, *note.outside):
        if isinstance(one, DeclarationStatement) and one.identifier.name in names:
            yield one


def _is_within(span: Span, other: Span) -> bool:
    return other.start <= span.start and span.end <= other.end


def declared_in_notes(names: Mapping[str, str], into: str, study: NamedStudy) -> Iterator[PlaceRemark]:
    """The declarations of the codes that go."""
    for note in study.notes:
        for one in _declarations(note, names):
            yield PlaceRemark(one.span, f"{' '.join(one.python.split())}: it mentions '{into}' now")


def kept_in(note: FieldNote, names: Mapping[str, str], study: NamedStudy) -> Iterator[PlaceRemark]:
    """The names that stay as they are."""
    for one in study.occurrences[note.path]:
        if one.name in names and one.kept:
            yield PlaceRemark(one.span, f"'{one.name}' {one.kept}")


def said_twice(names: Mapping[str, str], study: NamedStudy) -> Iterator[PlaceRemark]:
    """Options and impacts that the notes say in different words of the codes that become one."""

    def now(name: str) -> str:
        current = study.names.current(name)
        return names.get(current, current)

    before: dict[tuple[str, ...], tuple[str, set[str], Span]] = {}
    for note in study.notes:
        for key, said, span in _claims(note):
            known = before.setdefault(tuple(map(now, key)), (said, set(), span))
            known[1].update(key)
            if known[0] != said and known[1] & names.keys():
                what = " – ".join(dict.fromkeys(map(now, key)))
                yield PlaceRemark(
                    span, f"{what} is {said!r} here, and {known[0]!r} in {shown_place(known[2])}"
                )


def links_to_itself(names: Mapping[str, str], into: str, study: NamedStudy) -> Iterator[PlaceRemark]:
    """The relations in notes that become links of the code to itself, which a build would write."""
    statements = (each for note in study.notes for each in note.statements)
    for statement in statements:
        for end in statement.ends if isinstance(statement, RelationStatement) else ():
            for target in end.targets:
                both = end.source.name, target.name
                if names.keys() & set(both) and {names.get(each, each) for each in both} == {into}:
                    yield PlaceRemark(target.span, f"links '{into}' to itself; take it out")


def _claims(note: FieldNote) -> Iterator[tuple[tuple[str, str], str, Span]]:
    """What a note says of two codes, and where."""
    for one in note.statements:
        if isinstance(one, OptionStatement):
            yield (one.decision.name, one.solution.name), one.words or "", one.text_span
        elif isinstance(one, ForceStatement):
            for each in one.impacts:
                yield (each.solution.name, each.force.name), each.impact.name, each.span
