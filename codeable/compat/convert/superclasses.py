"""Lets metaclasses of ours stay codes where an old module assigns other superclasses to them."""

import ast
from collections.abc import Mapping

from codeable.compat.convert.differences import value_of
from codeable.compat.convert.module_edits import ModuleEdits
from codeable.compat.convert.vocabulary import OldVocabulary
from codeable.source_reader import dotted_name


def keep_codes(module: ModuleEdits, values: Mapping[str, object], vocabulary: OldVocabulary) -> None:
    """Turn `decision.superclasses = [x]` into `decision.superclasses = [*decision.superclasses, x]`.

    In the old study a decision was no code before; in codeable the assignment would take that from it.

    Args:
        module: The module; its edits are added to.
        values: The names of the module after it has run.
        vocabulary: The counterparts of the old study's elements.
    """
    for statement in module.statements():
        match statement:
            case ast.Assign(targets=[ast.Attribute(attr="superclasses", value=to) as target], value=value):
                ours = vocabulary.our(value_of(to, values)) if dotted_name(to) else None
                path = getattr(ours, "all_superclasses", ())
                if vocabulary.ours.code in path and ast.unparse(target) not in ast.unparse(value):
                    entries = _entries(value)
                    elements = [vocabulary.our(value_of(each, values)) for each in entries]
                    if entries and vocabulary.ours.code not in elements:
                        both = zip(entries, elements, strict=True)
                        further = [module.source(entry) for entry, element in both if element not in path]
                        _add_instead(module, statement, module.source(target), further)


def _add_instead(module: ModuleEdits, statement: ast.Assign, target: str, further: list[str]) -> None:
    span = module.span(statement.value)
    module.replace(span.start, span.end, f"[{', '.join([f'*{target}', *further])}]")
    module.tell(
        statement, f"adds to {target} instead of replacing them, which would take away that it is a code"
    )


def _entries(value: ast.expr) -> list[ast.expr]:
    """The elements that an expression names; none where only a run shows them."""
    entries = value.elts if isinstance(value, ast.List | ast.Tuple | ast.Set) else [value]
    return entries if all(map(dotted_name, entries)) else []
