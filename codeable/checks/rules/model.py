"""C4xx: the model itself: decisions, options, forces, evidence; where notes suffice, they serve too."""

from collections.abc import Iterator, Mapping

from codeable.checks.context import Context
from codeable.checks.facts import DECISION_KINDS, SOLUTION_KINDS, Facts, Impact
from codeable.checks.finding import Place, Related
from codeable.checks.rule import Hit, rule

__all__ = ["RULES"]

_GOOD = frozenset({"+", "++"})
_BAD = frozenset({"-", "--"})
_MANDATORY = frozenset({"Mandatory Next", "mandatory_next"})


def _claims(context: Context) -> Facts:
    """The model where there is one, else what the notes claim."""
    return context.model if context.model is not None else context.noted


@rule("C401", "decision-without-options", "warning", "a decision has no option")
def decision_without_options(context: Context) -> Iterator[Hit]:
    """Nothing was ever linked to it."""
    facts = _claims(context)
    for decision in facts.of_kind(DECISION_KINDS):
        if not facts.options_of.get(decision.identifier):
            yield Hit(
                f"the decision '{decision.identifier}' (\"{decision.name}\") has no option",
                decision.place,
                f'add_decision_option_link({decision.identifier}, SOLUTION, "TEXT")',
            )


@rule("C402", "one-option", "warning", "a decision has one option only")
def one_option(context: Context) -> Iterator[Hit]:
    """With one option there is nothing to decide: often a second one was forgotten."""
    facts = _claims(context)
    for decision in facts.of_kind(DECISION_KINDS):
        options = facts.options_of.get(decision.identifier, [])
        if len(options) == 1:
            yield Hit(
                f"the decision '{decision.identifier}' has one option only: '{options[0].solution}'",
                decision.place,
                related=(Related.at(options[0].place, "its option"),),
            )


@rule("C403", "unreached-solution", "warning", "no decision reaches a solution")
def unreached_solution(context: Context) -> Iterator[Hit]:
    """Neither an option of a decision, nor related to one."""
    facts = _claims(context)
    for solution in facts.of_kind(SOLUTION_KINDS):
        if solution.identifier not in facts.reached:
            yield Hit(
                f"no decision offers the {solution.kind} '{solution.identifier}', and no option leads to it",
                solution.place,
                f'add_decision_option_link(DECISION, {solution.identifier}, "TEXT")',
            )


@rule("C404", "unrelated-force", "warning", "a force is related to nothing")
def unrelated_force(context: Context) -> Iterator[Hit]:
    """No solution has an impact on it."""
    facts = _claims(context)
    used = {impact.force for impact in facts.impacts}
    for force in facts.of_kind(frozenset({"force"})):
        if force.identifier not in used:
            yield Hit(
                f"no solution has an impact on the force '{force.identifier}'",
                force.place,
                f"add_force_relations({{SOLUTION: {{{force.identifier}: positive}}}})",
            )


@rule("C405", "contradictory-impacts", "warning", "a solution has opposite impacts on one force")
def contradictory_impacts(context: Context) -> Iterator[Hit]:
    """Positive in one place, negative in another, of notes and modules; `positive_and_negative` says both."""
    pairs: dict[tuple[str, str], list[Impact]] = {}
    for facts in (context.model, context.noted):
        for impact in facts.impacts if facts is not None else ():
            pairs.setdefault((impact.solution, impact.force), []).append(impact)
    for (solution, force), impacts in pairs.items():
        good = [impact for impact in impacts if impact.impact in _GOOD]
        bad = [impact for impact in impacts if impact.impact in _BAD]
        if good and bad:
            last, first = sorted((good[0], bad[0]), key=lambda impact: impact.place, reverse=True)
            yield Hit(
                f"'{solution}' has the impacts {first.impact} and {last.impact} on '{force}'",
                last.place,
                "keep one, or write positive_and_negative",
                (Related.at(first.place, f"{first.impact} here"),),
            )


@rule("C406", "text-and-solution-exchanged", "warning", "text and solution of an option seem exchanged")
def text_and_solution_exchanged(context: Context) -> Iterator[Hit]:
    """The text of an option is the name of another solution."""
    facts = _claims(context)
    by_name = {code.name.strip().casefold(): code for code in facts.codes.values()}
    by_name |= {code.identifier.casefold(): code for code in facts.codes.values()}
    for option in facts.options:
        text = (option.text or "").strip()
        named = by_name.get(text.casefold())
        if named is not None and named.kind in SOLUTION_KINDS and named.identifier != option.solution:
            yield Hit(
                f"the text of the option '{option.solution}' is \"{text}\", the name of '{named.identifier}'",
                option.place,
                "exchange text and solution, or write what choosing the option means",
                (Related.at(named.place, f"'{named.identifier}' is declared here"),),
            )


@rule("C407", "code-without-evidence", "warning", "no source is evidence for a code")
def code_without_evidence(context: Context) -> Iterator[Hit]:
    """A code that no source contains; where a note speaks of it, `C505` tells what its module lacks."""
    facts = context.model
    for code in facts.codes.values() if facts is not None else ():
        found = _evidence(facts, code.identifier) or context.noted.evidence_of.get(code.identifier)
        if code.kind not in ("category", "domain class") and not found:
            yield Hit(
                f"no source is evidence for the {code.kind} '{code.identifier}'",
                code.place,
                f'add_links({{SOURCE: [{code.identifier}]}}, role_name="contained_code")',
            )


def _evidence(facts: Facts | None, code: str) -> list[str]:
    return facts.evidence_of.get(code, []) if facts is not None else []


@rule("C408", "source-without-codes", "warning", "a source holds no code")
def source_without_codes(context: Context) -> Iterator[Hit]:
    """It was read, yet nothing was found in it: then it can be left out, or its codes were forgotten."""
    facts = _claims(context)
    for source, codes in facts.codes_of.items():
        if not codes:
            yield Hit(
                f"the source '{source}' holds no code",
                _place_of_source(context, source),
                f'add_links({{{source}: [CODE]}}, role_name="contained_code")',
            )


def _place_of_source(context: Context, source: str) -> Place:
    registry = context.registry
    for declaration in registry.declarations if registry is not None else ():
        if declaration.identifier == source and declaration.place is not None:
            return Place(declaration.place.path, declaration.place.line, declaration.place.column)
    note = context.note_of.get(source)
    return (
        Place.of_span(note.heading.span) if note is not None and note.heading is not None else Place(".", 1)
    )


@rule("C409", "cycle-of-decisions", "warning", "mandatory next decisions form a cycle")
def cycle_of_decisions(context: Context) -> Iterator[Hit]:
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
        yield Hit(
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
def option_beyond_its_decision(context: Context) -> Iterator[Hit]:
    """A source in which an option was found speaks of its decision too. Told once per option."""
    facts = context.model
    if facts is None:
        return
    decisions: dict[str, int] = {}
    for option in facts.options:
        decisions[option.solution] = decisions.get(option.solution, 0) + 1
    for option in facts.options:
        known = set(_evidence(facts, option.decision))
        beyond = [source for source in _evidence(facts, option.solution) if source not in known]
        if beyond and known and decisions[option.solution] == 1:
            yield Hit(
                f"{', '.join(beyond)} is evidence for the option '{option.solution}', "
                f"but not for its decision '{option.decision}'",
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
