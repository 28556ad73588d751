"""C4xx: the model itself: decisions, options, forces, evidence; where notes suffice, they serve too."""

from collections.abc import Iterator, Mapping

from codeable.checks.claims_from_notes import exchanged_option
from codeable.checks.context import Context
from codeable.checks.diagnostic import Place, Related
from codeable.checks.facts import DECISION_KINDS, SOLUTION_KINDS, Code, Facts, Impact
from codeable.checks.rule import Violation, rule

__all__ = ["RULES", "contradictions"]

_GOOD = frozenset({"+", "++"})
_BAD = frozenset({"-", "--"})
_MANDATORY = frozenset({"Mandatory Next", "mandatory_next"})


def _claims(context: Context) -> Facts:
    """The model where there is one, else what the notes claim."""
    return context.model if context.model is not None else context.noted


def _certain(context: Context, kinds: frozenset[str]) -> Iterator[Code]:
    """The codes of some kinds; without a model only those of which no statement that breaks may say more."""
    unsure = context.unsure if context.model is None else frozenset()
    return (code for code in _claims(context).of_kind(kinds) if code.identifier not in unsure)


@rule("C401", "decision-without-options", "warning", "a decision has no option")
def decision_without_options(context: Context) -> Iterator[Violation]:
    """Nothing was ever linked to it."""
    options_of = _claims(context).options_of
    for decision in _certain(context, DECISION_KINDS):
        if not options_of.get(decision.identifier):
            yield Violation(
                f"the decision '{decision.identifier}' (\"{decision.name}\") has no option",
                decision.place,
                f'add_decision_option_link({decision.identifier}, SOLUTION, "TEXT")',
            )


@rule("C402", "one-option", "warning", "a decision has one option only")
def one_option(context: Context) -> Iterator[Violation]:
    """With one option there is nothing to decide: often a second one was forgotten."""
    options_of = _claims(context).options_of
    for decision in _certain(context, DECISION_KINDS):
        options = options_of.get(decision.identifier, [])
        if len({option.solution for option in options}) == 1:
            yield Violation(
                f"the decision '{decision.identifier}' has one option only: '{options[0].solution}'",
                decision.place,
                related=(Related.at(options[0].place, "its option"),),
            )


@rule("C403", "unreached-solution", "warning", "no decision reaches a solution")
def unreached_solution(context: Context) -> Iterator[Violation]:
    """Neither an option of a decision, nor related to one."""
    reached = _claims(context).reached
    for solution in _certain(context, SOLUTION_KINDS):
        if solution.identifier not in reached:
            yield Violation(
                f"no decision offers the {solution.kind} '{solution.identifier}', and no option leads to it",
                solution.place,
                f'add_decision_option_link(DECISION, {solution.identifier}, "TEXT")',
            )


@rule("C404", "unrelated-force", "warning", "a force is related to nothing")
def unrelated_force(context: Context) -> Iterator[Violation]:
    """No solution has an impact on it."""
    used = {impact.force for impact in _claims(context).impacts}
    for force in _certain(context, frozenset({"force"})):
        if force.identifier not in used:
            yield Violation(
                f"no solution has an impact on the force '{force.identifier}'",
                force.place,
                f"add_force_relations({{SOLUTION: {{{force.identifier}: positive}}}})",
            )


@rule("C405", "contradictory-impacts", "warning", "a solution has opposite impacts on one force")
def contradictory_impacts(context: Context) -> Iterator[Violation]:
    """Positive in one place, negative in another, of notes and modules; `positive_and_negative` says both."""
    for (solution, force), (first, last) in contradictions(context).items():
        yield Violation(
            f"'{solution}' has the impacts {first.impact} and {last.impact} on '{force}'",
            last.place,
            "keep one, or write positive_and_negative",
            (Related.at(first.place, f"{first.impact} here"),),
        )


def contradictions(context: Context) -> dict[tuple[str, str], tuple[Impact, Impact]]:
    """Solution and force → two opposite impacts, in the order of their places."""
    pairs: dict[tuple[str, str], list[Impact]] = {}
    for facts in (context.model, context.noted):
        for impact in facts.impacts if facts is not None else ():
            pairs.setdefault((impact.solution, impact.force), []).append(impact)
    found = {}
    for pair, impacts in pairs.items():
        good = next((impact for impact in impacts if impact.impact in _GOOD), None)
        bad = next((impact for impact in impacts if impact.impact in _BAD), None)
        if good is not None and bad is not None:
            found[pair] = (good, bad) if good.place <= bad.place else (bad, good)
    return found


@rule("C406", "text-and-solution-exchanged", "warning", "text and solution of an option seem exchanged")
def text_and_solution_exchanged(context: Context) -> Iterator[Violation]:
    """The text stands where the solution should, or it is the name of another solution."""
    for note in context.notes:
        for statement in note.statements:
            exchanged = exchanged_option(statement)
            if exchanged is not None:
                yield Violation(
                    "the text of the option stands where its solution is expected",
                    Place.of_span(statement.span),
                    f"write {exchanged}",
                )
    facts = _claims(context)
    by_name: dict[str, dict[str, Code]] = {}
    for code in facts.codes.values():
        for name in dict.fromkeys((code.name.strip().casefold(), code.identifier.casefold())):
            by_name.setdefault(name, {})[code.identifier] = code
    for option in facts.options:
        text = (option.text or "").strip()
        named = by_name.get(text.casefold(), {})
        other = next((code for code in named.values() if code.kind in SOLUTION_KINDS), None)
        if other is not None and option.solution not in named:
            yield Violation(
                f"the text of the option '{option.solution}' is \"{text}\", the name of '{other.identifier}'",
                option.place,
                "exchange text and solution, or write what choosing the option means",
                (Related.at(other.place, f"'{other.identifier}' is declared here"),),
            )


@rule("C407", "code-without-evidence", "warning", "no source is evidence for a code")
def code_without_evidence(context: Context) -> Iterator[Violation]:
    """A code that no source contains; where a note speaks of it, `C505` tells what its module lacks."""
    facts = context.model
    if facts is None:
        return
    for code in facts.codes.values():
        noted = context.noted.evidence_of.get(code.identifier)
        if code.evident and not noted and not facts.evidence_of.get(code.identifier):
            yield Violation(
                f"no source is evidence for the {code.kind} '{code.identifier}'",
                code.place,
                f'add_links({{SOURCE: [{code.identifier}]}}, role_name="contained_code")',
            )


@rule("C408", "source-without-codes", "warning", "a source holds no code")
def source_without_codes(context: Context) -> Iterator[Violation]:
    """It was read, yet nothing was found in it: then it can be left out, or its codes were forgotten."""
    facts = _claims(context)
    for source, codes in facts.codes_of.items():
        if not codes and source in facts.sources:
            yield Violation(
                f"the source '{source}' holds no code",
                facts.sources[source],
                f'add_links({{{source}: [CODE]}}, role_name="contained_code")',
            )


@rule("C409", "cycle-of-decisions", "warning", "mandatory next decisions form a cycle")
def cycle_of_decisions(context: Context) -> Iterator[Violation]:
    """Whoever takes one of these decisions has to take it again."""
    facts = _claims(context)
    offered: dict[str, list[str]] = {}
    for option in facts.options:
        offered.setdefault(option.solution, []).append(option.decision)
    ahead: dict[str, dict[str, Place]] = {}
    for link in facts.next_decisions:
        if link.stereotype in _MANDATORY:
            code = facts.codes.get(link.source)
            starts = (
                [link.source]
                if code is not None and code.kind == "decision"
                else offered.get(link.source, [])
            )
            for start in starts:
                ahead.setdefault(start, {}).setdefault(link.target, link.place)
    for cycle in _cycles(ahead):
        yield Violation(
            f"mandatory next decisions lead in a circle: {' → '.join([*cycle, cycle[0]])}",
            ahead[cycle[-1]][cycle[0]],
            "make one of them optional_next or consider_if_not_decided_yet",
        )


def _cycles(ahead: Mapping[str, Mapping[str, Place]]) -> Iterator[list[str]]:
    """One cycle per node at which a walk comes back to its own path; without recursion."""
    done: set[str] = set()
    for start in ahead:
        path: list[str] = []
        todo = [(start, iter(ahead.get(start, {})))] if start not in done else []
        on_path = {start: 0} if todo else {}
        path = [start] if todo else []
        while todo:
            node, following = todo[-1]
            target = next(following, None)
            if target is None:
                todo.pop()
                path.pop()
                del on_path[node]
                done.add(node)
            elif target in on_path:
                yield path[on_path[target] :]
            elif target not in done:
                on_path[target] = len(path)
                path.append(target)
                todo.append((target, iter(ahead.get(target, {}))))


@rule(
    "C410",
    "option-beyond-its-decision",
    "warning",
    "the evidence of an option is not evidence of its decision",
)
def option_beyond_its_decision(context: Context) -> Iterator[Violation]:
    """A source in which an option was found speaks of a decision that offers it. Told once per option."""
    facts = context.model
    if facts is None:
        return
    offered: dict[str, list[str]] = {}
    for option in facts.options:
        offered.setdefault(option.solution, []).append(option.decision)
    told = set()
    for option in facts.options:
        decisions = offered[option.solution]
        known = {source for one in decisions for source in facts.evidence_of.get(one, ())}
        beyond = [s for s in facts.evidence_of.get(option.solution, ()) if s not in known]
        if beyond and known and option.solution not in told:
            told.add(option.solution)
            named = ", ".join(f"'{decision}'" for decision in decisions)
            whose = f"its decision {named}" if len(decisions) == 1 else f"any of its decisions {named}"
            sources = ", ".join(beyond) + (" is" if len(beyond) == 1 else " are")
            yield Violation(
                f"{sources} evidence for the option '{option.solution}', but not for {whose}",
                option.place,
                f'add_links({{{beyond[0]}: [{option.decision}]}}, role_name="contained_code")',
            )


RULES = (
    decision_without_options,
    one_option,
    unreached_solution,
    unrelated_force,
    contradictory_impacts,
    text_and_solution_exchanged,
    code_without_evidence,
    source_without_codes,
    cycle_of_decisions,
    option_beyond_its_decision,
)
