"""The statements that declare imported codes. `planned_codes` calls this."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from codeable import dsl
from codeable.exchange.incoming.code_kinds import METACLASSES
from codeable.exchange.project import NotTakenOver, ProjectCode, ProjectMemo
from codeable.kernel import CMetaclass
from codeable.registry.records import Kind
from codeable.source_writer import Expression, Verbatim, format_call
from codeable.text import with_line_feeds


def declaration(code: ProjectCode, kind: Kind, identifier: str, parents: Sequence[str]) -> str:
    """The statement that declares a code.

    Args:
        code: The code.
        kind: Its kind.
        identifier: Its identifier.
        parents: The identifiers of the codes that it specialises.

    Example:
        >>> print(declaration(ProjectCode("2", "Cost", parent="1"), "force", "cost", ["forces"]))
        cost = CClass(force, "Cost", superclasses=forces)
    """
    kwargs: dict[str, Expression] = {}
    if parents:
        named = [Verbatim(parent) for parent in parents]
        kwargs["superclasses"] = named[0] if len(named) == 1 else named
    values: dict[Expression, Expression] = dict(_values(code, kind))
    if values:
        kwargs["values"] = values
    return format_call(identifier, "CClass", [Verbatim(METACLASSES[kind]), code.name.strip()], kwargs)


def memo_text(memos: Iterable[ProjectMemo]) -> str:
    """Memos as one text, each behind its title."""
    return "\n\n".join(
        f"{memo.name.strip()}: {memo.text.strip()}" if memo.name.strip() else memo.text.strip()
        for memo in memos
        if memo.text.strip()
    )


def values_left_out(codes: Iterable[ProjectCode], kinds: Mapping[str, Kind]) -> tuple[NotTakenOver, ...]:
    """The values that a code of its kind cannot have."""
    found = [
        (code, name)
        for code in codes
        for name, text in code.values.items()
        if text.strip() and name not in _attributes(kinds[code.key])
    ]
    named = (f"{name} of {code.name}" for code, name in found)
    reason = "a code of this kind has no such attribute; its description can say it"
    return NotTakenOver.of_names(
        "values of codes", named, reason, next((code.place for code, _ in found), "")
    )


def paragraphs(codes: Sequence[ProjectCode], statements: Mapping[str, str]) -> Iterator[str]:
    """The statements in paragraphs: a code with all below it, or codes that have none below and above them.

    Args:
        codes: The codes, each behind its parent.
        statements: Key → statement.
    """
    parents = {code.parent for code in codes}
    family: dict[str, str | None] = {}
    for code in codes:
        own = code.key if code.key in parents else None
        family[code.key] = family.get(code.parent or "", own)
    for _, together in groupby(codes, lambda code: family[code.key]):
        yield "\n".join(statements[code.key] for code in together)


def _values(code: ProjectCode, kind: Kind) -> Iterator[tuple[str, str]]:
    texts = {**code.values, "description": code.description, "memo": memo_text(code.memos)}
    for name, text in texts.items():
        if text.strip() and name in _attributes(kind):
            yield name, text_of(text)


def text_of(text: str) -> str:
    """A text as the value of an attribute: without blanks around it, with line feeds."""
    return with_line_feeds(text.strip())


def text_attributes(metaclass: CMetaclass) -> frozenset[str]:
    """The names of the attributes of a metaclass that are texts, with those of its superclasses."""
    return frozenset(
        str(each.name)
        for classifier in metaclass.class_path
        for each in classifier.attributes
        if each.type is str
    )


def _attributes(kind: Kind) -> frozenset[str]:
    return text_attributes(getattr(dsl, METACLASSES[kind]))
