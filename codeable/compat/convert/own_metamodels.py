"""Lets a module of an old study take the elements of its own metamodel from codeable, where these are ours.

Statements that declare what is ours become imports in their places; what the study added stays.
"""

import ast
from collections.abc import Iterable, Iterator
from textwrap import fill
from types import ModuleType

from attrs import define, evolve, field

from codeable.compat.bundled_metamodels import is_our_function
from codeable.compat.convert.codeable_modules import DSL
from codeable.compat.convert.counterparts import file_of
from codeable.compat.convert.descriptions import take_out_descriptions
from codeable.compat.convert.differences import OwnDeclaration, differences
from codeable.compat.convert.module_edits import ModuleEdits, bodies_of, first_line
from codeable.compat.convert.vocabulary import OldVocabulary
from codeable.compat.module_file import ModuleFile
from codeable.files import shown_path
from codeable.kernel import CAssociation, CMetaclass, CNamedElement
from codeable.kernel.place import place_of, span_of
from codeable.source_names import SCOPES, bound_names
from codeable.text import first_few

_WIDTH = 100
_MOST_NAMES = 4
_LOOPS = (ast.For, ast.While, ast.AsyncFor)
_Import = tuple[str, str, str]
"""The module, the name in it, and the name that it is bound to."""


@define
class _Ours:
    """A statement that declares what is ours.

    Attributes:
        statement: The statement.
        imports: What is imported instead.
        lines: The statements that follow the import.
    """

    statement: ast.stmt
    imports: list[_Import] = field(factory=list)
    lines: list[str] = field(factory=list)


def use_ours(
    module: ModuleEdits,
    runtime: ModuleType,
    vocabulary: OldVocabulary,
    others: Iterable[ModuleFile],
) -> str | None:
    """Rewrite the statements of a module that declare elements and functions of ours.

    Args:
        module: The module; its edits are added to.
        runtime: The module after it has run.
        vocabulary: The counterparts of the old study's elements.
        others: The other modules of the study.

    Returns:
        The module of codeable that has all that this one declares, under the same names; None if it declares
        more, or nothing of ours.
    """
    own = (each for each in vocabulary.own if file_of(each) == str(module.path))
    if not any(each in vocabulary.counterparts for each in own):
        return None
    take_out_descriptions(module, vars(runtime), others)
    rewriting = _Rewriting(module, runtime, vocabulary)
    rewriting.rewrite(module.tree.body)
    rewriting.report()
    if rewriting.differs or not all(_brings_nothing(each, module) for each in module.tree.body):
        return None
    return rewriting.homes.pop() if len(rewriting.homes) == 1 else None


def _brings_nothing(statement: ast.stmt, module: ModuleEdits) -> bool:
    """Whether a statement declares nothing that another module may use."""
    if statement in module.taken_out or isinstance(statement, ast.Import | ast.ImportFrom | ast.Pass):
        return True
    if isinstance(statement, ast.FunctionDef):
        return statement.name.startswith("_")
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


class _Rewriting:
    def __init__(self, module: ModuleEdits, runtime: ModuleType, vocabulary: OldVocabulary) -> None:
        self._module, self._values, self._vocabulary = module, vars(runtime), vocabulary
        self.homes: set[str] = set()
        self._taken: set[CNamedElement] = set()
        self._imported: list[tuple[ast.stmt, str]] = []
        self.differs = False
        self._made: dict[CNamedElement, tuple[int, int]] = {}
        self._by_functions: set[CNamedElement] = set()
        for element in vocabulary.own:
            span = span_of(element)
            if span is not None and file_of(element) == str(module.path):
                if element._code is not None and element._code.co_name in ("<module>", "<listcomp>"):
                    self._made[element] = span.line, span.column - 1
                else:
                    self._by_functions.add(element)

    def rewrite(self, body: list[ast.stmt], in_loop: bool = False) -> None:
        """Rewrite the statements of a body and of the bodies in it, those of functions and classes apart."""
        together: list[_Ours] = []
        for statement in body:
            if statement in self._module.taken_out:
                continue
            self._make_way_for_reversed_evidence(statement)
            ours = self._ours(statement, in_loop)
            if ours is not None:
                together.append(ours)
                continue
            self._put(together)
            together = []
            if not isinstance(statement, SCOPES):
                for each in bodies_of(statement):
                    self.rewrite(each, in_loop or isinstance(statement, _LOOPS))
        self._put(together)

    def report(self) -> None:
        """Add one notice about what is imported instead of declared, and one about what stays declared."""
        if self._imported:
            names = first_few([name for _, name in self._imported], _MOST_NAMES)
            self._module.tell(self._imported[0][0], f"imported, as codeable has it: {names}")
        rest = {
            each: place
            for each in self._vocabulary.own
            if each in self._vocabulary.counterparts and each not in self._taken
            if isinstance(each, CMetaclass | CAssociation) and (place := place_of(each)) is not None
            if place.path == str(self._module.path)
        }
        self.differs = self.differs or bool(rest)
        for line in dict.fromkeys(place.line for place in rest.values()):
            names = ", ".join(f"'{each.name}'" for each, place in rest.items() if place.line == line)
            self._module.lost.append(
                f"{shown_path(self._module.path)}:{line}: {names}: codeable has it, but the study goes on to "
                "declare it; an import takes the place only of statements that bind a name to one element, "
                'such as force = CMetaclass("Force")'
            )

    def _put(self, together: list[_Ours]) -> None:
        """Put one import in the place of the first of some statements, and further lines in theirs."""
        imports = [each for ours in together for each in ours.imports]
        self.homes |= {home for home, _, _ in imports}
        self._imported += [(ours.statement, bound) for ours in together for _, _, bound in ours.imports]
        self.differs = self.differs or any(name != bound for _, name, bound in imports)
        for number, ours in enumerate(together):
            lines = [*(import_lines(imports) if number == 0 else ()), *ours.lines]
            self.differs = self.differs or bool(ours.lines)
            if lines:
                self._module.put_instead(ours.statement, *lines)
            else:
                self._module.taken_out.add(ours.statement)

    def _ours(self, statement: ast.stmt, in_loop: bool) -> _Ours | None:
        """What takes the place of a statement; None if it stays."""
        if isinstance(statement, ast.FunctionDef) and self._is_ours(statement):
            return _Ours(statement, [(DSL, statement.name, statement.name)])
        declarations = list(self._declarations(statement))
        counterparts = self._vocabulary.counterparts
        ours = [each for each in declarations if each.element in counterparts]
        if not ours:
            return None
        if in_loop or len(ours) < len(declarations) or not self._binds_all(statement, ours):
            return None
        replaced = _Ours(statement)
        for each in ours:
            self._take(each, replaced)
        return replaced

    def _is_ours(self, function: ast.FunctionDef) -> bool:
        """Whether a function is one of ours, and what it uses are elements of ours."""
        used = [self._values.get(node.id) for node in ast.walk(function) if isinstance(node, ast.Name)]
        elements = [each for each in used if isinstance(each, CNamedElement)]
        return is_our_function(function) and None not in map(self._vocabulary.our, elements)

    def _make_way_for_reversed_evidence(self, statement: ast.stmt) -> None:
        """Delete our relation of codes and sources where the study has one that points the other way.

        With both, it would be ambiguous which one a link belongs to.
        """
        our, ours = self._vocabulary.our, self._vocabulary.ours.dsl
        for element in (each.element for each in self._declarations(statement)):
            if (
                isinstance(element, CAssociation)
                and (element.source_role_name, element.role_name) == ("evidence", "contained_code")
                and (our(element.source), our(element.target)) == (ours.source, ours.code)
            ):
                self.differs = True
                self._module.put_before(
                    statement,
                    f"from {DSL} import contains_codes_relation",
                    "contains_codes_relation.delete()",
                )
                self._module.tell(
                    statement,
                    "relates sources and codes the other way round than codeable, whose relation is deleted",
                )

    def _take(self, declaration: OwnDeclaration, replaced: _Ours) -> None:
        counterpart = self._vocabulary.counterparts[declaration.element]
        self._taken.add(declaration.element)
        bound = declaration.variable or counterpart.name
        declared = evolve(declaration, variable=bound)
        lines = list(differences(declared, self._module, self._values, self._vocabulary))
        if lines or declaration.variable:
            replaced.imports.append((counterpart.module, counterpart.name, bound))
        replaced.lines += lines

    def _declarations(self, statement: ast.stmt) -> Iterator[OwnDeclaration]:
        """The elements that a statement makes, with their variables."""
        if next(bodies_of(statement), None) is not None:
            return
        first = first_line(statement), statement.col_offset
        last = statement.end_lineno or statement.lineno, statement.end_col_offset or 0
        made = [each for each, place in self._made.items() if first <= place <= last]
        bound = {name: self._values.get(name) for name in bound_names([statement])}
        returned = [
            each for each in bound.values() if isinstance(each, CNamedElement) and each in self._by_functions
        ]
        if not made and not returned:
            return
        nodes = (each for each in ast.walk(statement) if isinstance(each, ast.Call))
        calls = {(each.lineno, each.col_offset): each for each in nodes}
        made += returned if calls else []
        for element in dict.fromkeys(made):
            call = calls.get(self._made[element]) if element in self._made else None
            names = [name for name, value in bound.items() if value is element]
            if len(bound) == 1 and call is not None and call is getattr(statement, "value", None):
                names = list(bound)  # also where the name is bound again later
            for name in names or [""]:
                yield OwnDeclaration(element, name, call)

    def _binds_all(self, statement: ast.stmt, ours: list[OwnDeclaration]) -> bool:
        """Whether all that a statement binds are elements of ours, so that an import can take its place."""
        if isinstance(statement, ast.Expr):
            return isinstance(statement.value, ast.Call) and all(not each.variable for each in ours)
        if not isinstance(statement, ast.Assign | ast.AnnAssign) or not all(each.variable for each in ours):
            return False
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        parts = [
            part
            for each in targets
            for part in (each.elts if isinstance(each, ast.Tuple | ast.List) else [each])
        ]
        variables = {each.variable for each in ours}
        return all(isinstance(each, ast.Name) and each.id in variables for each in parts)


def import_lines(imports: list[_Import]) -> Iterator[str]:
    """The lines of imports, one statement for each module, broken at the width of a page."""
    for home in dict.fromkeys(each[0] for each in imports):
        names = dict.fromkeys(
            name if name == bound else f"{name} as {bound}"
            for module, name, bound in imports
            if module == home
        )
        line = f"from {home} import {', '.join(names)}"
        if len(line) > _WIDTH:
            indent = " " * 4
            listed = fill(
                ", ".join(name.replace(" ", "\0") for name in names) + ",",
                _WIDTH,
                initial_indent=indent,
                subsequent_indent=indent,
            )
            line = f"from {home} import (\n{listed}\n)".replace("\0", " ")
        yield line
