"""Lets the block below `if __name__ == "__main__":` run in the new study, where it declares elements."""

import ast
from typing import TypeGuard

from codeable.compat.convert.kept_parts import declares
from codeable.compat.convert.module_edits import ModuleEdits


def run_main_block(module: ModuleEdits, making: frozenset[str]) -> None:
    """Replace the condition by `True` where the block makes elements: a study loads it as a module.

    Args:
        module: A module that ran as the program; its edits are added to.
        making: The functions that make elements.
    """
    for statement in module.statements():
        if not is_main_block(statement):
            continue
        kept = [each for each in statement.body if each not in module.taken_out]
        if any(declares(each, making) for each in kept):
            span = module.span(statement.test)
            module.replace(span.start, span.end, "True")
            module.tell(
                statement,
                f"`{module.first_line_of(statement)}` became `if True:`, since what it makes belongs to the "
                "study",
            )


def is_main_block(statement: ast.stmt) -> TypeGuard[ast.If]:
    """Whether a statement runs only where its module is the program."""
    match statement:
        case ast.If(
            test=ast.Compare(
                left=ast.Name(id="__name__"), ops=[ast.Eq()], comparators=[ast.Constant(value="__main__")]
            )
            | ast.Compare(
                left=ast.Constant(value="__main__"), ops=[ast.Eq()], comparators=[ast.Name(id="__name__")]
            )
        ):
            return True
    return False
