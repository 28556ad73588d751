"""C301, C302, C304 to C306, C308: codes are declared once and spelt in one way, and used as what they are."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from codeable.checks.claims import FORCE_KINDS, grouped
from codeable.checks.claims_from_notes import KNOWN_KINDS, kind_and_name
from codeable.checks.context import Context
from codeable.checks.diagnostic import Related, Violation, rule
from codeable.checks.uses import Use
from codeable.kernel.place import Span
from codeable.lines import Edit
from codeable.notes.model import (
    DeclarationStatement,
    FieldNote,
    ForceStatement,
    Name,
    TraceStatement,
)
from codeable.registry import OPTION_KINDS, Declaration
from codeable.registry.declarations import Bindings

_MOST_RELATED = 5


def _elsewhere(written: list[Name]) -> tuple[Related, ...]:
    """The other lines on which a name is written."""
    first = written[0].span
    lines = {(name.span.path, name.span.line): name.span for name in written}
    del lines[first.path, first.line]
    return tuple(Related(span, "also here") for span in islice(lines.values(), _MOST_RELATED))


@rule("C301", "undeclared-code", "warning", "a code is used but declared nowhere")
def undeclared_code(context: Context) -> Iterator[Violation]:
    """One violation per name. `C305` reports a second spelling of a decision."""
    for name, uses in context.undeclared.uses.items():
        if name not in context.undeclared.second_spellings:
            yield _undeclared(context, name, "used", [use.name for use in uses], uses)
    for name, mentions in context.undeclared.mentioned.items():
        yield _undeclared(context, name, "mentioned", mentions)


def _undeclared(
    context: Context, name: str, verb: str, written: list[Name], uses: Sequence[Use] = ()
) -> Violation:
    near = context.undeclared.nearest(name, uses)
    number = f" ({len(written)} times)" if len(written) > 1 else ""
    return Violation(
        f"'{written[0].name}' is {verb}{number} but declared nowhere",
        written[0].span,
        f"did you mean '{near}'? If it was renamed: [tool.codeable.renames] {name} = \"{near}\""
        if near is not None
        else "declare it, or take it out",
        _elsewhere(written),
        covers=tuple(name.span for name in written),
    )


@rule("C302", "declared-twice", "error", "one identifier is declared with different kinds")
def declared_twice(context: Context) -> Iterator[Violation]:
    """Reported at the declaration that differs from the first. `C411` to `C413` report other names.

    A difference between a note and a module is a warning, since the code may have grown since the note was
    written. So is one name in two modules.
    """
    written = list(context.declared_codes())
    for declared in grouped(written, lambda pair: context.current(pair[1].identifier.name)).values():
        yield from _of_other_kinds(declared)
    for identifier, declared in grouped(written, lambda pair: pair[1].identifier.name).items():
        yield from _of_links(context, declared[0][1])
        renamed = context.current(identifier) != identifier
        model = context.in_model.codes.get(identifier) if not renamed else None
        last = _counting(context, identifier) or declared[-1][1]
        of_other_name = last.identifier.name != identifier  # by a rename, which is reported above
        if of_other_name and kind_and_name(last)[0] != kind_and_name(declared[-1][1])[0]:
            continue
        if model is not None and not _same(last, model):
            alike = (model.kind, model.name.casefold()) == (kind_and_name(last)[0], last.name.casefold())
            yield Violation(
                f"'{identifier}' is {_described(last)} here, but {_described(model)} in the model",
                last.identifier.span,
                related=(Related(context.span_of(model), "declared in the model here"),),
                severity="info" if alike else "warning",
            )
    yield from _twice_in_model(context)


def _of_other_kinds(declared: list[tuple[FieldNote, DeclarationStatement]]) -> Iterator[Violation]:
    """The first declaration of each coder that gives another kind than the coder's first one.

    A rename may make one code of two that are declared with two names.
    """
    for of_coder in grouped(declared, lambda pair: pair[0].coder).values():
        (_, first), *others = of_coder
        kind = kind_and_name(first)[0]
        other = next((one for _, one in others if kind_and_name(one)[0] != kind), None)
        if other is not None:
            name, before = other.identifier.name, first.identifier.name
            renamed = "" if name == before else f"'{before}', one code with it by the renames, "
            yield Violation(
                f"'{name}' is declared as {_described(other)}, but {renamed}before as {_described(first)}",
                other.identifier.span,
                "take out the rename, or keep one declaration"
                if renamed
                else "keep one declaration, or give one of them another identifier",
                (Related(first.identifier.span, f"first declared here as {_described(first)}"),),
            )


def _of_links(context: Context, code: DeclarationStatement) -> Iterator[Violation]:
    """The links that are bound to the name of a code."""
    name = code.identifier.name
    for link in context.bound_links.get(name, ()):
        yield Violation(
            f"'{name}' is the name of a link here, but that of {_described(code)} too",
            link.span,
            "give the link another name, or none",
            (Related(code.identifier.span, "the code is declared here"),),
        )


def _counting(context: Context, identifier: str) -> DeclarationStatement | None:
    """The declaration in the notes that a build writes: of the kind and with the name that count."""
    kind, name = context.resolution.kinds.get(identifier), context.resolution.names.get(identifier)
    for stated in (one.counts.statement for one in (name, kind) if one is not None):
        if isinstance(stated, DeclarationStatement) and kind is not None and stated.kind == kind.counts.value:
            return stated
    return None


def _same(declared: DeclarationStatement, code: Declaration) -> bool:
    """Whether a note declares what a module does. Kinds of the study's own vocabulary are not compared."""
    kind, name = kind_and_name(declared)
    return (kind == code.kind or kind not in KNOWN_KINDS) and name == " ".join(code.name.split())


def _twice_in_model(context: Context) -> Iterator[Violation]:
    """A name that modules give to two codes, so that nobody can tell which one is meant.

    In one module the first code loses its name, which is certainly wrong when the two differ.
    """
    first_of: dict[str, Declaration] = {}
    for code in sorted(_of_one_name(context.in_model.declared), key=context.span_of):
        bound = context.bound_name(code)
        if bound is None or bound.startswith("_"):
            continue
        first = first_of.setdefault(bound, code)
        differ = (first.kind, first.name) != (code.kind, code.name)
        in_one = context.span_of(first).path == context.span_of(code).path
        if first is not code and (differ or in_one):
            yield Violation(
                f"'{bound}' is declared as {_described(code)}, but before as {_described(first)}",
                context.span_of(code),
                "keep one declaration, or give one of them another identifier",
                (Related(context.span_of(first), f"first declared here as {_described(first)}"),),
                severity=None if differ and in_one else "warning",
            )


def _of_one_name(codes: Iterable[Declaration]) -> Iterator[Declaration]:
    """The codes that are bound to a name which is bound to another one, too. No module is parsed for it."""
    bindings = Bindings()
    for name, same in grouped(codes, lambda code: bindings.name_of(code.element)).items():
        if name is not None and len(same) > 1:
            yield from same


def _described(one: DeclarationStatement | Declaration) -> str:
    kind, name = (one.kind, one.name) if isinstance(one, Declaration) else kind_and_name(one)
    return f'{kind or "something"} "{name}"'


@rule("C304", "used-before-declared", "warning", "a code is used before the notes declare it")
def used_before_declared(context: Context) -> Iterator[Violation]:
    """In the same block, the same note, or an earlier note. Interviews are compared with interviews."""
    seen = set()
    for use in context.uses:
        name = context.current(use.name.name)
        declared = context.declarations.get(name)
        if declared is None or name in seen:
            continue
        note, declaration = declared[0]
        below = note is use.note and use.name.span.start < declaration.span.start
        if below or context.is_before(use.note, note):
            seen.add(name)
            where = "below" if below else f"only in the later note {note.identifier or note.path}"
            yield Violation(
                f"'{use.name.name}' is used here but declared {where}",
                use.name.span,
                related=(Related(declaration.identifier.span, "declared here"),),
            )


@rule("C305", "two-spellings", "warning", "one decision is spelt in two ways")
def two_spellings(context: Context) -> Iterator[Violation]:
    """A name that is used as a decision, declared nowhere, and almost the name of another decision."""
    for name, other in context.undeclared.second_spellings.items():
        uses = context.undeclared.uses[name]
        yield Violation(
            f"'{uses[0].name.name}' is declared nowhere, but the decision '{other}' is spelt almost so",
            uses[0].name.span,
            f"write '{other}', or [tool.codeable.renames] {name} = \"{other}\"",
            _elsewhere([use.name for use in uses]),
            covers=tuple(use.name.span for use in uses),
            proposed=tuple(dict.fromkeys(_renamed(use.name, other) for use in uses)),
        )


def _renamed(name: Name, other: str) -> Edit:
    """The edit that writes another name in the place of one."""
    return Edit(name.span.path, name.span.end - len(name.name), name.span.end, other)


@rule("C306", "wrong-kind", "error", "a code is used as something that it is not")
def wrong_kind(context: Context) -> Iterator[Violation]:
    """A force as a decision, a practice with options, a solution where a force is expected, and the like."""
    misuses = {use.name.span: use for use in context.misuses}
    for note in context.notes:
        for statement in note.statements:
            for one in _exchanged(context, statement, misuses):
                yield one
                for span in (one.span, *one.covers):
                    misuses.pop(span, None)
    for use in misuses.values():
        code = context.code(use.name.name)
        if code is not None:
            yield Violation(
                f"'{use.name.name}' is a {code.kind}, used here as {use.expected}",
                use.name.span,
                related=(Related(context.span_of(code), f"declared here as a {code.kind}"),),
            )


def _exchanged(context: Context, statement: TraceStatement, misuses: Mapping[Span, Use]) -> list[Violation]:
    """The impacts of a force on a solution, in which the two are exchanged."""
    found = []
    for one in statement.impacts if isinstance(statement, ForceStatement) else ():
        solution, force = context.code(one.force.name), context.code(one.solution.name)
        if solution is None or force is None or {one.solution.span, one.force.span} - misuses.keys():
            continue
        if solution.kind in OPTION_KINDS and force.kind in FORCE_KINDS:
            found.append(
                Violation(
                    f"'{one.solution.name}' is a force, and '{one.force.name}' is a {solution.kind}: "
                    "they are exchanged",
                    one.solution.span,
                    f"write {one.force.name}: {{{one.solution.name}: {one.impact.name}}}",
                    covers=(one.force.span,),
                    proposed=(_renamed(one.solution, one.force.name), _renamed(one.force, one.solution.name)),
                )
            )
    return found


@rule(
    "C308",
    "recognised-not-added",
    "warning",
    "an open trace names a code that the axial traces forget",
)
def recognised_not_added(context: Context) -> Iterator[Violation]:
    """So the source is no evidence for it. Only codes that are declared somewhere count."""
    for note, code, name in context.recognised:
        source = note.identifier or "the note"
        yield Violation(
            f"the open trace names '{name.name}', but no axial trace of {source} adds it",
            name.span,
            f"write '{code}' in the axial trace, or take it out here",
        )
