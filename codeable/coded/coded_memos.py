"""The memos of a study, with the codes that they are about: in notes, and as values in modules.

A memo is no evidence.
"""

from collections.abc import Iterator

from attrs import frozen

from codeable.coded.coded_study import Code, CodedStudy
from codeable.notes.thoughts import thoughts_in
from codeable.registry.values import given_values, value_text


@frozen
class CodedMemo:
    """A memo.

    Attributes:
        text: The text.
        source: The source of its note, or whose value it is; None for the value of a code.
        coder: Who wrote it, where note or settings say so.
        file: Its file, as reports name it; None in a cell of a notebook.
        line: Its line.
        codes: The codes that it names; without any, those of the passages that it follows.
        passages: The number of passages that it follows.
        title: What its heading has in brackets; empty without it.
    """

    text: str
    source: str | None
    coder: str | None
    file: str | None
    line: int | None
    codes: tuple[Code, ...]
    passages: int = 0
    title: str = ""


def coded_memos(study: CodedStudy) -> tuple[CodedMemo, ...]:
    """The memos of the notes in their order, then those that only modules have."""
    in_notes = tuple(_in_notes(study))
    known = {(_words(each.text), subject) for each in in_notes for subject in (*each.codes, each.source)}
    in_modules = (each for each in _in_modules(study) if (_words(each.text), _subject(each)) not in known)
    return (*in_notes, *in_modules)


def _subject(memo: CodedMemo) -> Code | str | None:
    """Whose value a memo of a module is."""
    return memo.codes[0] if memo.codes else memo.source


def _in_notes(study: CodedStudy) -> Iterator[CodedMemo]:
    by_name: dict[str, list[Code]] = {}
    for code in (*study.codes, *study.dropped_codes):
        for name in code.names_in_notes:
            by_name.setdefault(name, []).append(code)
    for note in study.notes:
        for memo in (each for each in thoughts_in(note) if each.kind == "memo"):
            names = study.chain.codes_of_thought(memo)
            yield CodedMemo(
                memo.text,
                memo.source or None,
                memo.coder,
                study.file_of(memo.span.path),
                memo.span.line,
                tuple(code for name in names for code in by_name.get(name, ())),
                len(memo.about),
                memo.title,
            )


def _in_modules(study: CodedStudy) -> Iterator[CodedMemo]:
    of_sources = ((name, each, ()) for name, each in study.named_sources.items())
    of_codes = ((None, code.declaration, (code,)) for code in study.codes if code.declaration is not None)
    for source, declaration, codes in (*of_sources, *of_codes):
        for name, value in given_values(declaration.element):
            text = value_text(value)
            if name == "memo" and text.strip():
                span = declaration.span if study.registry.has_files else None
                file, line = (study.file_of(span.path), span.line) if span is not None else (None, None)
                yield CodedMemo(text, source, None, file, line, codes)


def _words(text: str) -> str:
    return " ".join(text.split())
