"""C506: what the model says and no note states."""

from collections.abc import Iterator

from attrs import frozen

from codeable.checks.claims import grouped
from codeable.checks.context import Context
from codeable.checks.diagnostic import Related, Violation, model_rule
from codeable.kernel.place import Span
from codeable.text import counted, first_few

_MOST_LISTED = 4
_MOST_RELATED = 5


@frozen
class _Said:
    """Something that the model says: in words, the codes that it is about, where, and of which decision."""

    what: str
    codes: tuple[str, str]
    span: Span
    decision: str | None


@model_rule("C506", "not-in-notes", "warning", "the model says what no note states")
def not_in_notes(context: Context) -> Iterator[Violation]:
    """Options, impacts and relations whose sources all have notes. One violation per decision.

    `C502` and `C505` report codes.
    """
    if not context.notes:
        return
    for decision, said in grouped(_unstated(context), lambda one: one.decision).items():
        first, *others = sorted(said, key=lambda one: one.span)
        of = f" of '{decision}'" if decision is not None else ""
        yield Violation(
            f"the model says {counted(len(said), 'thing')}{of} that no note states: "
            f"{first_few([one.what for one in (first, *others)], _MOST_LISTED)}",
            first.span,
            "state it in the axial trace of a note, or take it out of the model",
            tuple(Related(one.span, one.what) for one in others[:_MOST_RELATED]),
            covers=tuple(one.span for one in others),
        )


def _unstated(context: Context) -> Iterator[_Said]:
    """What the model says and the notes do not, as far as the notes of its codes are there and are read."""
    passed_over = context.unmentioned.keys() | context.uncertain
    stated = context.resolution
    links = {frozenset(key[:2]) for key in stated.relations}
    for one in _said(context, links):
        if passed_over.isdisjoint(one.codes) and all(_is_noted(context, code) for code in one.codes):
            yield one


def _said(context: Context, links: set[frozenset[str]]) -> Iterator[_Said]:
    model, stated = context.in_model, context.resolution
    for option in model.options:
        pair = option.decision, option.solution
        if pair not in stated.options:
            what = f"the option '{option.solution}'"
            yield _Said(what, pair, context.span_of(option), option.decision)
    for impact in model.impacts:
        ends = impact.solution, impact.force
        if ends not in stated.impacts:
            sign = f" {impact.impact}" if impact.impact else ""
            what = f"the impact{sign} of '{impact.solution}' on '{impact.force}'"
            yield _Said(what, ends, context.span_of(impact), _decision_of(context, impact.solution))
    for relation in (*model.relations, *model.next_decisions):
        between = relation.source, relation.target
        if frozenset(between) not in links:
            what = f"the relation of '{relation.source}' to '{relation.target}'"
            yield _Said(what, between, context.span_of(relation), _decision_of(context, relation.source))


def _decision_of(context: Context, code: str) -> str | None:
    """The decision that a code is, or the first one that offers it."""
    known = context.in_model.codes.get(code)
    if known is not None and known.kind == "decision":
        return code
    return next(iter(context.in_model.decisions_of.get(code, ())), None)


def _is_noted(context: Context, code: str) -> bool:
    """Whether every source that is evidence for a code has a note. `C407` reports a code without evidence."""
    model = context.in_model
    sources = model.evidence_of.get(code, ())
    is_decision = code in model.codes and model.codes[code].kind == "decision"
    return (bool(sources) or is_decision) and all(source in context.notes_of for source in sources)
