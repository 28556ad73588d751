"""C411 to C413: what the notes say of one thing more than once, with another value."""

from collections.abc import Callable, Iterator
from typing import Any

from attrs import frozen

from codeable.checks.claims import are_opposite
from codeable.checks.claims_from_notes import sign_of
from codeable.checks.context import Context
from codeable.checks.diagnostic import Related, Violation, rule
from codeable.notes.resolution import Stated, Versions


@frozen
class _Thing:
    """What statements are about, in words; the statements; and how a message shows what they say."""

    name: str
    resolved: Versions[Any]
    shown: Callable[[Stated[Any]], str]


@rule("C411", "changed-later", "info", "a later note changes what an earlier one says")
def changed_later(context: Context) -> Iterator[Violation]:
    """The text of an option, an impact, the kind of a relation, a display name. The later note counts."""
    for thing in _things(context):
        for one, later in thing.resolved.replaced:
            yield Violation(
                f"{thing.name} is {thing.shown(one)} here, and changed in {later.source} "
                f"to {thing.shown(later)}",
                one.span,
                related=(Related(later.span, f"changed in {later.source}"),),
            )


@rule("C412", "stated-twice", "warning", "one note says two things of one option, impact, relation or name")
def stated_twice(context: Context) -> Iterator[Violation]:
    """The last one counts. `C405` reports opposite impacts."""
    for thing in _things(context):
        for one, next_ in thing.resolved.within_one_note:
            if not _are_opposite(one, next_):
                yield Violation(
                    f"{thing.name} is {thing.shown(next_)} here, but {thing.shown(one)} above in this note",
                    next_.span,
                    "keep one of the two; the last one counts",
                    (Related(one.span, f"{thing.shown(one)} here"),),
                    severity="info" if _differ_in_case(one, next_) else None,
                    covers=(one.span,),
                )


@rule("C413", "coders-differ", "warning", "two coders say different things of one code, option or impact")
def coders_differ(context: Context) -> Iterator[Violation]:
    """Reported at both places. A build takes what the coder says whom the settings name first."""
    for thing in (*_things(context), *_kinds(context)):
        for counts, other in thing.resolved.between_coders:
            for one, two in ((counts, other), (other, counts)):
                yield Violation(
                    f"{thing.name} is {thing.shown(one)} for {_coder(one)}, but {thing.shown(two)} "
                    f"for {_coder(two)}",
                    one.span,
                    f"agree on one of the two; a build takes that of {_coder(counts)}",
                    (Related(two.span, f"{thing.shown(two)} for {_coder(two)}"),),
                )


def _things(context: Context) -> Iterator[_Thing]:
    """All that a later statement may change."""
    found = context.resolution
    for (decision, solution), option in found.options.items():
        yield _Thing(f"the text of the option '{solution}' of '{decision}'", option, _quoted)
    for (solution, force), impact in found.impacts.items():
        yield _Thing(f"the impact of '{solution}' on '{force}'", impact, _plain)
    for (source, target, _), relation in found.relations.items():
        yield _Thing(f"the relation of '{source}' to '{target}'", relation, _listed)
    for code, name in found.names.items():
        if len({stated.value for stated in found.kinds[code].stated}) > 1:
            continue  # `C302` and `C413` report another kind
        yield _Thing(f"the name of '{code}'", name, _quoted)


def _kinds(context: Context) -> Iterator[_Thing]:
    for code, kind in context.resolution.kinds.items():
        yield _Thing(f"the kind of '{code}'", kind, _plain)


def _quoted(stated: Stated[str]) -> str:
    return f'"{" ".join((stated.value or "").split())}"'


def _plain(stated: Stated[str]) -> str:
    return stated.value or ""


def _listed(stated: Stated[tuple[str, ...]]) -> str:
    return ", ".join(stated.value or ())


def _coder(stated: Stated[Any]) -> str:
    return stated.coder or "the note without a coder"


def _are_opposite(one: Stated[Any], other: Stated[Any]) -> bool:
    return are_opposite(*(sign_of(str(each.value)) for each in (one, other)))


def _differ_in_case(one: Stated[Any], other: Stated[Any]) -> bool:
    return str(one.value).casefold() == str(other.value).casefold()
