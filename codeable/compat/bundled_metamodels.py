"""Compares declarations of a study's own metamodel with those of CodeableModels, as sources.

`bundled` asks whether codeable can stand in for a copy, `convert` whether a function of the study is one of
ours. A copy that says anything else, or says it in another way, is a metamodel of the study's own.
"""

import ast
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path

import codeable.metamodels
from codeable.compat import shims
from codeable.compat.module_file import read_module
from codeable.source_names import Scoped
from codeable.source_reader import parse, parse_file

_IN_COPIES = """
option = CStereotype("Option", extended=decision_solution_relation, attributes={"name": str})
and_combined_group = CMetaclass("And-Combined Group", superclasses=domain_metaclass_group)
or_combined_group = CMetaclass("Or-Combined Group", superclasses=domain_metaclass_group)
web_ui = CStereotype("Web UI", superclasses=facade)
"""
"""What copies declare otherwise than `codeable.metamodels`, the last three only copies of early 2023."""
_CALLED = frozenset({"add_links", "dict", "isinstance", "len", "list", "set_links", "str"})
_ATTRIBUTES = frozenset(
    {"add_links", "append", "association", "items", "set_tagged_value", "tagged_values", "update"}
)
_NOT_IN_OURS = ast.Global | ast.Nonlocal | ast.Lambda | Scoped
_TEXTS = frozenset({"*", "1", "description", "how", "name", "role", "to"})


def is_like_ours(path: Path, name: str) -> bool:
    """Whether a file declares nothing but what a metamodel of CodeableModels declares, in the same way.

    Args:
        path: The file.
        name: The full name of the metamodel.
    """
    own = {each for each in read_module(path).own if not each.startswith("_")}
    if not own or not own <= {*shims.offered(name)}:
        return False
    return all(_says_the_same(statement) for statement in parse_file(path).body)


def is_our_function(function: ast.FunctionDef) -> bool:
    """Whether a function has the name and the parameters of one of ours, and does nothing but make links.

    Its body has no names, attributes and texts but those that making links needs.
    """
    ours = _functions().get(function.name)
    if ours is None or _parameters(function) != _parameters(ours)[: len(function.args.args)]:
        return False
    nodes = [node for statement in function.body for node in ast.walk(statement)]
    names = [node for node in nodes if isinstance(node, ast.Name)]
    bound = {each.id for each in names if isinstance(each.ctx, ast.Store)}
    known = {*bound, *(each.arg for each in function.args.args), *_CALLED, *_functions(), *_elements()}
    texts = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return (
        all(each.id in known or each.id.startswith("_") for each in names)
        and {node.attr for node in nodes if isinstance(node, ast.Attribute)} <= _ATTRIBUTES
        and texts <= {*_TEXTS, ast.get_docstring(function, clean=False)}
        and not any(isinstance(node, _NOT_IN_OURS) for node in nodes)
    )


def _parameters(function: ast.FunctionDef) -> list[str]:
    """The parameters with their defaults, without annotations."""
    given = deepcopy(function.args)
    for each in given.args:
        each.annotation = None
    return ast.unparse(given).split(", ")


def _says_the_same(statement: ast.stmt) -> bool:
    """Whether a statement says what that of CodeableModels says; bundles and lists are not compared."""
    match statement:
        case ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant()):
            return True
        case ast.FunctionDef(name=name):
            return name.startswith("_") or is_our_function(statement)
        case ast.Expr(value=value):
            return any(_plain(value) in declarations for declarations in _elements().values())
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            return name not in _elements() or _plain(value) in _elements()[name]
    return False


@cache
def _statements() -> list[ast.stmt]:
    folder = Path(str(codeable.metamodels.__file__)).parent
    trees = [parse_file(folder / f"{each}.py") for each in codeable.metamodels.VOCABULARIES]
    return [statement for tree in trees for statement in tree.body]


@cache
def _functions() -> Mapping[str, ast.FunctionDef]:
    return {each.name: each for each in _statements() if isinstance(each, ast.FunctionDef)}


@cache
def _elements() -> Mapping[str, set[str]]:
    """The ways to declare each element of the metamodels, by its name."""
    found: dict[str, set[str]] = {}
    for statement in [*_statements(), *parse(_IN_COPIES).body]:
        match statement:
            case ast.Assign(targets=[ast.Name(id="option")], value=value):  # texts show its attributes
                found["option"] = {_plain(value)}
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() as value):
                found.setdefault(name, set()).add(_plain(value))
    return found


def _plain(value: ast.expr) -> str:
    """A declaration without what may be written in several ways."""
    return ast.unparse(_Plain().visit(deepcopy(value)))


class _Plain(ast.NodeTransformer):
    def visit_List(self, node: ast.List) -> ast.AST:
        """Write a list of one as the one."""
        self.generic_visit(node)
        return node.elts[0] if len(node.elts) == 1 else node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        """Leave out the module of a name."""
        self.generic_visit(node)
        return node if node.attr == "association" else ast.Name(node.attr, node.ctx)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """Sort the named arguments."""
        self.generic_visit(node)
        node.keywords.sort(key=lambda each: str(each.arg))
        return node
