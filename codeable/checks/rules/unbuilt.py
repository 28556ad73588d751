"""C501: what the notes say and the model does not hold."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from codeable.checks.claims import DECISION_KINDS, FORCE_KINDS, family, grouped, name_key
from codeable.checks.claims_from_notes import KNOWN_KINDS
from codeable.checks.context import Context
from codeable.checks.diagnostic import Related, Violation, model_rule
from codeable.kernel.place import Span
from codeable.registry import OPTION_KINDS, Declaration
from codeable.spelling import Spellings
from codeable.text import counted, first_few

_MOST_LISTED = 3
_MOST_RELATED = 5


@frozen
class _Lacking:
    """Something that the model lacks: its noun, its name in words, and where a note says it."""

    noun: str
    what: str
    span: Span


@model_rule("C501", "only-in-notes", "warning", "a note says what the model does not hold")
def only_in_notes(context: Context) -> Iterator[Violation]:
    """What the next build adds: one violation per note. A code that may have been renamed has its own.

    `C303` reports a code that has another identifier in the model but the same display name.
    """
    renamed = dict(_renamed(context))
    for name, near in renamed.items():
        yield Violation(
            f"'{name}' is declared here but absent from the model",
            context.span_of(context.in_notes.codes[name]),
            f'if it was renamed: [tool.codeable.renames] {name} = "{near}"',
            (Related(context.span_of(context.in_model.codes[near]), f"'{near}' is declared here"),),
        )
    lost = {(one.span.path, one.span.line) for one in context.left_out}
    lacking = [one for one in _lacking(context, renamed) if (one.span.path, one.span.line) not in lost]
    sources = {note.path: note.identifier for note in context.counted_notes}
    for path, of_note in grouped(lacking, lambda one: one.span.path).items():
        first, *others = of_note
        yield Violation(
            f"the model lacks what the note of {sources[path]} says: {_summary(of_note)}",
            first.span,
            "`codeable notes build` adds what nobody took out by hand",
            tuple(Related(one.span, one.what) for one in others[:_MOST_RELATED]),
            covers=tuple(one.span for one in others),
        )


def _summary(lacking: list[_Lacking]) -> str:
    """The things by name where they are few, else their numbers."""
    if len(lacking) <= _MOST_LISTED:
        return first_few([one.what for one in lacking], _MOST_LISTED)
    return ", ".join(counted(number, noun) for noun, number in Counter(one.noun for one in lacking).items())


def _renamed(context: Context) -> Iterator[tuple[str, str]]:
    """The codes of the notes that the model lacks, and the codes of the model that they may be now."""
    model = context.in_model
    candidates = Spellings({name: name for name in model.codes if name not in context.in_notes.codes})
    for name, code in _absent(context):
        near = candidates.nearest(name)
        if near is not None and family(model.codes[near]) == family(code):
            yield name, near


def _absent(context: Context) -> Iterator[tuple[str, Declaration]]:
    names = {name_key(code) for code in context.in_model.codes.values()}
    for name, code in context.in_notes.codes.items():
        if name not in context.model_elements and name_key(code) not in names:
            yield name, code


def _lacking(context: Context, renamed: Iterable[str]) -> Iterator[_Lacking]:
    """What the model lacks, in the order of kinds, without what is about codes that may have been renamed."""
    model = context.in_model
    for source, declared in context.in_notes.sources.items():
        if source not in model.sources:
            yield _Lacking("source", f"the source {source}", context.span_of(declared))
    new = {name: code for name, code in _absent(context) if name not in renamed}
    for name, code in new.items():
        yield _Lacking("code", f"the {code.kind} '{name}'", context.span_of(code))
    codes = {**new, **model.codes}
    options = {(option.decision, option.solution) for option in model.options}
    for option in context.options_that_count:
        decision, solution = option.decision, option.solution
        if (decision, solution) not in options and _are(
            codes, (decision, DECISION_KINDS), (solution, OPTION_KINDS)
        ):
            yield _Lacking("option", f"the option '{solution}' of '{decision}'", context.span_of(option))
    impacts = {(impact.solution, impact.force) for impact in model.impacts}
    for impact in context.impacts_that_count:
        solution, force = impact.solution, impact.force
        if (solution, force) not in impacts and _are(codes, (solution, OPTION_KINDS), (force, FORCE_KINDS)):
            what = f"the impact {impact.impact} of '{solution}' on '{force}'"
            yield _Lacking("impact", what, context.span_of(impact))
    yield from _lacking_evidence(context)


def _lacking_evidence(context: Context) -> Iterator[_Lacking]:
    """The codes of the model that a note mentions and the module of its source does not hold.

    A decision belongs to a source that has any of its options.
    """
    model = context.in_model
    for note in context.counted_notes:
        source = note.identifier or ""
        held = set(model.codes_of.get(source, ()))
        places = context.mentioned_in(note) if source in model.codes_of else {}
        for code, mentions in places.items():
            if code not in held and code in model.codes and model.codes[code].kind != "decision":
                yield _Lacking("evidence link", f"'{code}' as a code of {source}", mentions[0][0].span)


def _are(codes: Mapping[str, Declaration], *expected: tuple[str, frozenset[str]]) -> bool:
    """Whether codes are there and of the kinds that are expected. `C306` reports one that is not."""
    return all(
        name in codes and (codes[name].kind in kinds or codes[name].kind not in KNOWN_KINDS)
        for name, kinds in expected
    )
