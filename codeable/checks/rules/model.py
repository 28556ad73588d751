"""C4xx: decisions, options, forces and evidence of the model, or of the notes where there is no model."""

from collections.abc import Iterator, Mapping

from codeable.checks.claims import (
    BAD,
    DECISION_KINDS,
    FORCE_KINDS,
    GOOD,
    Claims,
    are_opposite,
    grouped,
    name_key,
)
from codeable.checks.claims_from_notes import sign_of
from codeable.checks.context import Context
from codeable.checks.diagnostic import Related, Violation, model_rule, rule
from codeable.kernel.place import Span
from codeable.registry import SOLUTION_KINDS, Declaration, Impact

_MANY = 3
"""From so many forces or codes on, the lack of any impact or evidence is one violation."""
_MANDATORY = frozenset({"Mandatory Next", "mandatory_next"})


def claims_checked(context: Context) -> Claims:
    """The claims of the model where there is one, else those of the notes."""
    return context.in_model if context.has_model else context.in_notes


def certain(context: Context, kinds: frozenset[str]) -> Iterator[tuple[str, Declaration]]:
    """The codes of some kinds with their names; only those of which a build reads all statements."""
    uncertain = context.uncertain | context.misused
    lost = {(one.span.path, one.span.line) for one in context.left_out if one.kind == "code"}
    for name, code in claims_checked(context).of_kind(kinds):
        if name not in uncertain and (code.span is None or code.span[:2] not in lost):
            yield name, code


@rule("C403", "unreached-solution", "warning", "no decision reaches a solution")
def unreached_solution(context: Context) -> Iterator[Violation]:
    """It is no option of a decision, and no relation or super-code connects it to one.

    What the notes say and the model lacks is reported by other rules, and so is a second identifier of one
    name. Where there is no decision at all, this is one violation.
    """
    claims = claims_checked(context)
    reached = claims.reached | context.in_notes.reached
    names = {name_key(claims.codes[name]) for name in reached if name in claims.codes}
    unreached = [
        (name, solution)
        for name, solution in certain(context, SOLUTION_KINDS)
        if name not in reached and name_key(solution) not in names
    ]
    if unreached and not claims.options and not any(True for _ in claims.of_kind(DECISION_KINDS)):
        yield _no_decision(context, [solution for _, solution in unreached])
        return
    for name, solution in unreached:
        yield Violation(
            f"no decision offers the {solution.kind} '{name}', and no option leads to it",
            context.span_of(solution),
            f'add_decision_option_link(DECISION, {name}, "TEXT")',
        )


def _no_decision(context: Context, solutions: list[Declaration]) -> Violation:
    first, *others = map(context.span_of, solutions)
    offered = "its solution is" if not others else f"its {len(solutions)} solutions are"
    return Violation(
        f"the study declares no decision, so {offered} offered by none",
        first,
        'DECISION = CClass(decision, "QUESTION")',
        covers=tuple(others),
    )


@rule("C404", "unrelated-force", "warning", "a force is related to nothing")
def unrelated_force(context: Context) -> Iterator[Violation]:
    """No solution has an impact on it. Where there is no impact at all, this is one violation."""
    claims = claims_checked(context)
    impacts = [*claims.impacts, *context.in_notes.impacts]
    used = claims.with_relatives(impact.force for impact in impacts)
    unused = [pair for pair in certain(context, FORCE_KINDS) if pair[0] not in used]
    if len(unused) >= _MANY and not impacts:
        first, *others = (context.span_of(force) for _, force in unused)
        yield Violation(
            f"the study states no impact, so no solution is related to its {len(unused)} forces",
            first,
            "add_force_relations({SOLUTION: {FORCE: positive}})",
            covers=tuple(others),
        )
        return
    for name, force in unused:
        yield Violation(
            f"no solution has an impact on the force '{name}'",
            context.span_of(force),
            f"add_force_relations({{SOLUTION: {{{name}: positive}}}})",
        )


@rule("C405", "contradictory-impacts", "warning", "a solution has opposite impacts on one force")
def contradictory_impacts(context: Context) -> Iterator[Violation]:
    """Positive in one place, negative in another, of modules and one note; or of the notes and the model.

    `positive_and_negative` says both. A later note may say the opposite: it replaces the earlier one.
    """
    for (solution, force), (first, last) in contradictions(context).items():
        yield Violation(
            f"'{solution}' has the impacts {first.impact} and {last.impact} on '{force}'",
            context.span_of(last),
            "keep one, or write positive_and_negative",
            (Related(context.span_of(first), f"{first.impact} here"),),
            covers=(context.span_of(first),),
        )


def contradictions(context: Context) -> dict[tuple[str, str], tuple[Impact, Impact]]:
    """Solution and force → two opposite impacts, in the order of their places."""
    found = {}
    for pair, resolved in context.resolution.impacts.items():
        for one, next_ in resolved.within_one_note:
            first, last = (Impact(*pair, sign_of(each.value or ""), each.span) for each in (one, next_))
            if are_opposite(first.impact, last.impact):
                found[pair] = (first, last)
    claimed = (*context.in_model.impacts, *context.impacts_that_count)
    for pair, impacts in grouped(claimed, lambda impact: (impact.solution, impact.force)).items():
        good = next((impact for impact in impacts if impact.impact in GOOD), None)
        bad = next((impact for impact in impacts if impact.impact in BAD), None)
        if good is not None and bad is not None and pair not in found:
            found[pair] = (good, bad) if context.span_of(good) <= context.span_of(bad) else (bad, good)
    return found


@model_rule("C407", "code-without-evidence", "warning", "no source is evidence for a code")
def code_without_evidence(context: Context) -> Iterator[Violation]:
    """No source contains the code. Where a note mentions it, `C501` reports what the module lacks.

    Where no source contains any code, as before the first coding, this is one violation.
    """
    model = context.in_model
    unfound = [
        (name, code)
        for name, code in model.codes.items()
        if name in model.evident
        and not (model.evidence_with_subcodes.get(name) or context.in_notes.evidence_of.get(name))
    ]
    if len(unfound) >= _MANY and len(unfound) == len(model.evident):
        first, *others = (context.span_of(code) for _, code in unfound)
        yield Violation(
            f"no source is evidence for any of the {len(unfound)} codes",
            first,
            'add_links({SOURCE: [CODE]}, role_name="contained_code")',
            covers=tuple(others),
        )
        return
    for name, code in unfound:
        yield Violation(
            f"no source is evidence for the {code.kind} '{name}'",
            context.span_of(code),
            f'add_links({{SOURCE: [{name}]}}, role_name="contained_code")',
        )


@rule("C408", "source-without-codes", "warning", "a source holds no code")
def source_without_codes(context: Context) -> Iterator[Violation]:
    """Nothing was found in it, so it can be left out, or its codes were forgotten.

    A note of which a build leaves something out is reported where that is.
    """
    claims = claims_checked(context)
    incomplete = {one.span.path for one in context.left_out}
    for source, codes in claims.codes_of.items():
        notes = {note.path for note in context.notes_of.get(source, ())}
        if not codes and source in claims.sources and notes.isdisjoint(incomplete):
            yield Violation(
                f"the source '{source}' holds no code",
                context.span_of(claims.sources[source]),
                f'add_links({{{source}: [CODE]}}, role_name="contained_code")',
            )


@rule("C409", "cycle-of-decisions", "warning", "mandatory next decisions form a cycle")
def cycle_of_decisions(context: Context) -> Iterator[Violation]:
    """Whoever takes one of these decisions has to take it again."""
    claims = claims_checked(context)
    ahead: dict[str, dict[str, Span]] = {}
    for link in claims.next_decisions:
        if link.stereotype in _MANDATORY:
            code = claims.codes.get(link.source)
            is_decision = code is not None and code.kind == "decision"
            for start in [link.source] if is_decision else claims.decisions_of.get(link.source, []):
                ahead.setdefault(start, {}).setdefault(link.target, context.span_of(link))
    for cycle in _cycles(ahead):
        yield Violation(
            f"mandatory next decisions lead in a circle: {' → '.join([*cycle, cycle[0]])}",
            ahead[cycle[-1]][cycle[0]],
            "make one of them optional_next or consider_if_not_decided_yet",
        )


def _cycles(ahead: Mapping[str, Mapping[str, Span]]) -> Iterator[list[str]]:
    """One cycle for each link that leads back to the path of a depth-first walk. Nothing recurses."""
    done: set[str] = set()
    for start in ahead:
        if start in done:
            continue
        path = [start]
        position = {start: 0}
        todo = [iter(ahead[start])]
        while todo:
            target = next(todo[-1], None)
            if target is None:
                todo.pop()
                node = path.pop()
                del position[node]
                done.add(node)
            elif target in position:
                yield path[position[target] :]
            elif target not in done:
                position[target] = len(path)
                path.append(target)
                todo.append(iter(ahead.get(target, {})))


@model_rule(
    "C410",
    "option-beyond-its-decision",
    "warning",
    "the evidence of an option is not evidence of its decision",
)
def option_beyond_its_decision(context: Context) -> Iterator[Violation]:
    """A source with an option is also a source of a decision that offers it. Reported once per option."""
    model = context.in_model
    reported = set()
    for option in model.options:
        decisions = model.decisions_of[option.solution]
        known = {source for one in decisions for source in model.evidence_of.get(one, ())}
        beyond = [s for s in model.evidence_of.get(option.solution, ()) if s not in known]
        if beyond and known and option.solution not in reported:
            reported.add(option.solution)
            named = ", ".join(f"'{decision}'" for decision in decisions)
            whose = f"its decision {named}" if len(decisions) == 1 else f"any of its decisions {named}"
            sources = ", ".join(beyond) + (" is" if len(beyond) == 1 else " are")
            yield Violation(
                f"{sources} evidence for the option '{option.solution}', but not for {whose}",
                context.span_of(option),
                f'add_links({{{beyond[0]}: [{option.decision}]}}, role_name="contained_code")',
            )
