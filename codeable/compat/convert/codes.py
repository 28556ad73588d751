"""Takes out of a module the statements that make metaclasses codes, as those of codeable are already."""

import ast

from codeable.compat.convert.module_edits import ModuleEdits, bodies_of


def take_out_making_codes(module: ModuleEdits, code: str = "code") -> list[ast.stmt]:
    """Take out `x.superclasses = x.superclasses + [code]`, alone or in a loop over the metaclasses.

    Args:
        module: The module; its edits are added to.
        code: The name of the metaclass of codes in it.
    """
    found: list[ast.stmt] = []
    for statement in module.statements():
        if _makes_code(statement, code) or (
            isinstance(statement, ast.For) and all(_makes_code(each, code) for each in statement.body)
        ):
            module.taken_out.add(statement)
            found.append(statement)
    return [each for each in found if not any(each in body for other in found for body in bodies_of(other))]


def _makes_code(statement: ast.stmt, code: str) -> bool:
    """Whether a statement adds the metaclass of codes, and nothing else, to superclasses."""
    match statement:
        case ast.Assign(targets=[ast.Attribute(attr="superclasses") as target], value=value):
            names = [node.id for node in ast.walk(value) if isinstance(node, ast.Name)]
            return ast.unparse(target) in ast.unparse(value) and code in names
    return False
