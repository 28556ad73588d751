"""The declaration of a code, from all statements that declare it. Called by `collect`."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from attrs import evolve

from codeable.notes.build.plain_calls import PlainCall, names_in
from codeable.notes.build.plan import Item, Part
from codeable.notes.model import DeclarationStatement, TraceStatement
from codeable.source_writer import Expression, Verbatim

Prune = Callable[[Mapping[str, Expression], TraceStatement], dict[str, Expression]]
"""Takes unknown names out of the keyword arguments of a statement, and reports them."""


def described(declaration: DeclarationStatement) -> str:
    """Kind and display name of a declared code, for a message."""
    return f"{kind_of(declaration)} {declaration.name!r}"


def kind_of(declaration: DeclarationStatement) -> str:
    """The metaclass of a declaration; what it calls where no metaclass is given."""
    return declaration.kind or declaration.constructor.name


def declaration_item(
    identifier: str,
    statements: Sequence[DeclarationStatement],
    source: str,
    call: Callable[[TraceStatement], PlainCall],
    known: Prune,
    definition: str | None = None,
    apart: Callable[[], Iterable[Item]] = tuple,
) -> Item:
    """The declaration of a code or a reference.

    The statement that counts gives kind and display name. What it does not say about values, superclasses
    and elements comes from the others.

    Args:
        identifier: The code.
        statements: Its declarations, in the order in which they count.
        source: The source of the note of the first one.
        call: Gives the call of a statement.
        known: Takes unknown names out.
        definition: What an open trace says the code means; a `description` in the declaration counts more.
        apart: Makes one item of each statement.
    """
    counts = statements[0]
    made = call(counts)
    kwargs = known(made.kwargs, counts)
    for other in statements[1:]:
        for name, value in known(call(other).kwargs, other).items():
            kwargs[name] = _merged(kwargs[name], value) if name in kwargs else value
    if definition is not None:
        description: Expression = {"description": definition}
        kwargs["values"] = _merged(kwargs["values"], description) if "values" in kwargs else description
    used = [name for value in kwargs.values() for name in names_in(value)]
    return Item(
        kind="reference" if counts.is_source_like else "code",
        source=source,
        span=counts.span,
        function=counts.constructor.name,
        args=made.args,
        kwargs=kwargs,
        index=made.index,
        binds=identifier,
        parts=(
            Part(
                ("code", identifier),
                counts.span,
                value=counts.name,
                again=tuple(other.span for other in statements[1:]),
                instead=apart,
            ),
        ),
        others=tuple(dict.fromkeys(used)),
    )


def joined(items: Sequence[Item]) -> Item:
    """One declaration of several of the same code, the one that counts first."""
    first, *others = items
    kwargs = dict(first.kwargs)
    for other in others:
        for name, value in other.kwargs.items():
            kwargs[name] = _merged(kwargs[name], value) if name in kwargs else value
    return evolve(first, kwargs=kwargs, others=tuple(name for one in items for name in one.others))


class _Gone:
    """What is left of an expression that is nothing but unknown names."""


_GONE = _Gone()


def _without(expression: Expression, unknown: Collection[str]) -> Expression | _Gone:
    """An expression without the names that are unknown."""
    if isinstance(expression, Verbatim):
        return _GONE if expression.text in unknown else expression
    if isinstance(expression, Mapping):
        return {
            key: kept
            for key, value in expression.items()
            if not isinstance(_without(key, unknown), _Gone)
            and not isinstance(kept := _without(value, unknown), _Gone)
        }
    if isinstance(expression, list | tuple):
        kept_of = [_without(element, unknown) for element in expression]
        rest = [kept for kept in kept_of if not isinstance(kept, _Gone)]
        return _GONE if expression and not rest else rest
    return expression


def kwargs_without(kwargs: Mapping[str, Expression], unknown: Collection[str]) -> dict[str, Expression]:
    """Keyword arguments without the names that are unknown."""
    return {
        name: kept
        for name, value in kwargs.items()
        if not isinstance(kept := _without(value, unknown), _Gone)
    }


def _merged(first: Expression, second: Expression) -> Expression:
    """Two values of one keyword argument: the entries of both, those of the first where they differ."""
    if isinstance(first, Mapping) and isinstance(second, Mapping):
        return {**first, **{name: value for name, value in second.items() if name not in first}}
    names = [*_listed(first), *_listed(second)]
    if all(isinstance(name, Verbatim) for name in names):
        merged = list(dict.fromkeys(names))
        return first if len(merged) == len(_listed(first)) else merged
    return first


def _listed(value: Expression) -> Sequence[Expression]:
    return value if isinstance(value, list | tuple) else [value]
