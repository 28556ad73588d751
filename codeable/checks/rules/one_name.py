"""C303: two codes that have one display name and may be one."""

from collections.abc import Iterator, Mapping, Sequence

from codeable.checks.claims import grouped, name_key
from codeable.checks.context import Context
from codeable.checks.diagnostic import Related, Violation, rule
from codeable.registry import Declaration


@rule("C303", "two-identifiers-one-name", "warning", "two identifiers have one display name")
def two_identifiers_one_name(context: Context) -> Iterator[Violation]:
    """Often one of them is the old name of the other. A rename in the settings then joins them.

    A practice may have the name of a force or a category, and codes that specialise different ones may
    have one name. Among the solutions a name is expected only once, but for "Do Nothing", which each
    decision may have. Classes that are no codes may share a name.
    """
    model, alike = context.in_model.codes, context.in_model.alike
    codes = {**context.in_notes.codes, **model}
    in_order = (*model, *(name for name in context.in_notes.codes if name not in model))
    expected_once = (name for name in in_order if name not in alike)
    for same in grouped(expected_once, lambda name: name_key(codes[name])).values():
        for first, name in _below_one_code(same, context.in_model.superclasses):
            if _declared_by_one_name(context, codes[first], codes[name]):
                continue
            old, new = (name, first) if first in model and name not in model else (first, name)
            yield Violation(
                f"'{name}' and '{first}' are both \"{codes[name].name.strip()}\"",
                context.span_of(codes[name]),
                _joining(context, old, new, name, first),
                (Related(context.span_of(codes[first]), f"'{first}' is declared here"),),
            )


def _below_one_code(
    names: Sequence[str], superclasses: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, str]]:
    """Two codes that may be one: they specialise the same, or one of them specialises nothing.

    A code and its sub-code are two.
    """
    first_below: dict[tuple[str, ...], str] = {}
    for name in names:
        above = tuple(sorted(superclasses.get(name, ())))
        first = first_below.get(above) or first_below.get(())
        if first is None and not above:
            first = next(iter(first_below.values()), None)
        if first is not None and first not in above and name not in superclasses.get(first, ()):
            yield first, name
        first_below.setdefault(above, name)


def _joining(context: Context, old: str, new: str, name: str, first: str) -> str:
    """How to make one code of two. A rename in the settings joins them, unless modules declare both."""
    if not (old.isidentifier() and new.isidentifier()):
        where = "import it there" if "." in f"{name}{first}" else f"use '{first}' in its place"
        return f"if they are one code, delete this declaration and {where}; else give it another name"
    if {old, new} <= context.in_model.codes.keys():
        return f"if they are one code: codeable merge {old} --into {new}"
    return f'if they are one code: [tool.codeable.renames] {old} = "{new}"'


def _declared_by_one_name(context: Context, one: Declaration, other: Declaration) -> bool:
    """Whether a module declares two codes by one name. `C302` reports them."""
    bound = context.bound_name(other)
    same_file = context.span_of(one).path == context.span_of(other).path
    return bound is not None and bound == context.bound_name(one) and same_file
