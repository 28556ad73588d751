"""C401, C402, C406, C414, C415: the options of decisions, of the model or of the notes."""

from collections.abc import Iterator

from codeable.checks.claims import DECISION_KINDS, grouped
from codeable.checks.claims_from_notes import corrected_option
from codeable.checks.context import Context
from codeable.checks.diagnostic import Related, Violation, rule, written_at
from codeable.checks.rules.model import certain, claims_checked
from codeable.registry import SOLUTION_KINDS, Declaration, Option


@rule("C401", "decision-without-options", "warning", "a decision has no option")
def decision_without_options(context: Context) -> Iterator[Violation]:
    """Nothing was ever linked to it."""
    options_of = claims_checked(context).options_of
    for name, decision in certain(context, DECISION_KINDS):
        if not options_of.get(name) and not context.in_notes.options_of.get(name):
            yield Violation(
                f"the decision '{name}' (\"{decision.name}\") has no option",
                context.span_of(decision),
                f'add_decision_option_link({name}, SOLUTION, "TEXT")',
            )


@rule("C402", "one-option", "warning", "a decision has one option only")
def one_option(context: Context) -> Iterator[Violation]:
    """With one option there is nothing to decide. Often a second one was forgotten."""
    options_of = claims_checked(context).options_of
    for name, decision in certain(context, DECISION_KINDS):
        options = options_of.get(name, [])
        said = [*options, *context.in_notes.options_of.get(name, ())]
        if options and len({option.solution for option in said}) == 1:
            yield Violation(
                f"the decision '{name}' has one option only: '{options[0].solution}'",
                context.span_of(decision),
                related=(Related(context.span_of(options[0]), "its option"),),
            )


@rule("C406", "text-and-solution-exchanged", "warning", "text and solution of an option seem exchanged")
def text_and_solution_exchanged(context: Context) -> Iterator[Violation]:
    """The text is in the place of the solution, or it is the name of another solution."""
    for note in context.notes:
        for statement in note.statements:
            corrected = corrected_option(statement)
            if corrected is not None:
                yield Violation(
                    "the text of the option is where its solution is expected",
                    statement.span,
                    f"write {corrected}",
                    proposed=written_at(statement.span, note.text, corrected),
                )
    claims = claims_checked(context)
    by_name: dict[str, dict[str, Declaration]] = {}
    for identifier, code in claims.codes.items():
        for name in dict.fromkeys((code.name.strip().casefold(), identifier.casefold())):
            by_name.setdefault(name, {})[identifier] = code
    for option in claims.options:
        text = (option.text or "").strip()
        named = by_name.get(text.casefold(), {})
        other = next((name for name, code in named.items() if code.kind in SOLUTION_KINDS), None)
        if other is not None and option.solution not in named:
            yield Violation(
                f"the text of the option '{option.solution}' is \"{text}\", the name of '{other}'",
                context.span_of(option),
                "exchange text and solution, or write what choosing the option means",
                (Related(context.span_of(named[other]), f"'{other}' is declared here"),),
            )


@rule("C414", "one-text-two-options", "warning", "two options of a decision have one text")
def one_text_two_options(context: Context) -> Iterator[Violation]:
    """Often the text was copied and not changed. Letter case and blanks do not count."""
    options = (option for option in _options(context) if _normal(option.text))
    for same in grouped(options, lambda option: (option.decision, _normal(option.text))).values():
        first, *others = same
        for option in others:
            yield Violation(
                f"the options '{first.solution}' and '{option.solution}' of '{option.decision}' have one "
                f'text: "{" ".join((option.text or "").split())}"',
                context.span_of(option),
                "write what choosing each of them means",
                (Related(context.span_of(first), f"the option '{first.solution}'"),),
            )


@rule("C415", "option-without-text", "warning", "an option has no text")
def option_without_text(context: Context) -> Iterator[Violation]:
    """The text says what choosing the option means."""
    for option in _options(context):
        if not _normal(option.text):
            yield Violation(
                f"the option '{option.solution}' of '{option.decision}' has no text",
                context.span_of(option),
                f'add_decision_option_link({option.decision}, {option.solution}, "TEXT")',
            )


def _options(context: Context) -> tuple[Option, ...]:
    """The options of the model where there is one, else those of the notes with the text that counts."""
    return tuple(context.in_model.options) if context.has_model else context.options_that_count


def _normal(text: str | None) -> str:
    return " ".join((text or "").split()).casefold()
