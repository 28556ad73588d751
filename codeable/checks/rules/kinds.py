"""C309: codes that nobody has sorted yet, as an import of another tool's codes leaves them."""

from collections.abc import Iterator

from codeable.checks.claims import grouped
from codeable.checks.context import Context
from codeable.checks.diagnostic import Violation, model_rule
from codeable.text import counted, first_few

_MOST_LISTED = 4


@model_rule("C309", "code-of-no-kind", "info", "a code has no kind")
def code_of_no_kind(context: Context) -> Iterator[Violation]:
    """Its metaclass is `code` itself. One violation per module, since an import may bring thousands.

    A code that only groups others needs no kind: it has sub-codes and no evidence of its own.
    """
    model = context.in_model
    no_kind = getattr(context.registry.vocabulary, "code", None) if context.registry is not None else None
    groups = {above for parents in model.superclasses.values() for above in parents}
    unsorted = [
        (name, code)
        for name, code in model.codes.items()
        if code.kind == "code" and getattr(code.element, "metaclass", None) is no_kind
        if name not in groups or model.evidence_of.get(name)
    ]
    for of_module in grouped(unsorted, lambda pair: context.span_of(pair[1]).path).values():
        (first, code), *others = of_module
        names = first_few([f"'{name}'" for name, _ in of_module], _MOST_LISTED)
        message, it = (
            (f"{counted(len(of_module), 'code')} of this module have no kind: {names}", "each")
            if others
            else (f"the code '{first}' has no kind", "it")
        )
        yield Violation(
            message,
            context.span_of(code),
            f"give {it} the kind decision, practice, pattern or force instead of code",
            covers=tuple(context.span_of(other) for _, other in others),
        )
