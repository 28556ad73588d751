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
from codeable.compat.convert.module_edits import ModuleEdits
from codeable.compat.convert.vocabulary import OldVocabulary
from codeable.compat.module_file import ModuleFile
from codeable.files import shown_path
from codeable.kernel import CAssociation, CMetaclass, CNamedElement
from codeable.kernel.place import Span, code_of, span_of
from codeable.source_names import Scoped, bound_names
from codeable.source_reader import bodies_of
from codeable.text import first_few

_WIDTH = 100
_MOST_NAMES = 4
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
        self._own = {each: place for each in vocabulary.own if (place := _place(each, module)) is not None}
        self._taken: set[CNamedElement] = set()
        self._imported: list[tuple[ast.stmt, str]] = []
        self.homes: set[str] = set()
        self.differs = False

    def rewrite(self, body: list[ast.stmt]) -> None:
        """Rewrite the statements of a body and of the bodies in it, those of functions and classes apart."""
        together: list[_Ours] = []
        for statement in body:
            if statement in self._module.taken_out:
                continue
            inner = list(bodies_of(statement))
            if (ours := self._our_function(statement) if inner else self._ours(statement)) is not None:
                together.append(ours)
                continue
            self._put(together)
            together = []
            for each in inner if not isinstance(statement, Scoped) else ():
                self.rewrite(each)
        self._put(together)

    def report(self) -> None:
        """Add one notice about what is imported instead of declared, and one about what stays declared."""
        if self._imported:
            names = first_few([name for _, name in self._imported], _MOST_NAMES)
            self._module.tell(self._imported[0][0], f"imported, as codeable has it: {names}")
        rest: dict[int, list[str]] = {}
        for each in self._own.keys() & self._vocabulary.counterparts.keys() - self._taken:
            if isinstance(each, CMetaclass | CAssociation):
                rest.setdefault(self._own[each].line, []).append(f"'{each.name}'")
        self.differs = self.differs or bool(rest)
        for line, declared in sorted(rest.items()):
            self._module.lost.append(
                f"{shown_path(self._module.path)}:{line}: {', '.join(sorted(declared))}: codeable has it, "
                "but the study goes on to declare it; an import takes the place only of statements that bind "
                'a name to one element, such as force = CMetaclass("Force")'
            )

    def _put(self, together: list[_Ours]) -> None:
        """Put one import in the place of the first of some statements, and further lines in theirs."""
        imports = [each for ours in together for each in ours.imports]
        self.homes |= {home for home, _, _ in imports}
        self._imported += [(ours.statement, bound) for ours in together for _, _, bound in ours.imports]
        self.differs = self.differs or any(name != bound for _, name, bound in imports)
        for number, ours in enumerate(together):
            lines = [*(_import_lines(imports) if number == 0 else ()), *ours.lines]
            self.differs = self.differs or bool(ours.lines)
            if lines:
                self._module.put_instead(ours.statement, *lines)
            else:
                self._module.taken_out.add(ours.statement)

    def _our_function(self, statement: ast.stmt) -> _Ours | None:
        """What takes the place of a function that is ours, if what it uses are elements of ours."""
        used = [self._values.get(node.id) for node in ast.walk(statement) if isinstance(node, ast.Name)]
        elements = [each for each in used if isinstance(each, CNamedElement)]
        if not isinstance(statement, ast.FunctionDef) or None in map(self._vocabulary.our, elements):
            return None
        is_ours = is_our_function(statement)
        return _Ours(statement, [(DSL, statement.name, statement.name)]) if is_ours else None

    def _ours(self, statement: ast.stmt) -> _Ours | None:
        """What takes the place of a statement; None if it stays."""
        declarations = self._declarations(statement)
        for each in declarations:
            self._make_way_for_reversed_evidence(statement, each.element)
        counterparts, variables = self._vocabulary.counterparts, {each.variable for each in declarations}
        if not declarations or not {each.element for each in declarations} <= counterparts.keys():
            return None
        if not _binds_only(statement, variables):
            return None
        replaced = _Ours(statement)
        for each in declarations:
            self._taken.add(each.element)
            counterpart = counterparts[each.element]
            bound = each.variable or counterpart.name
            declared = evolve(each, variable=bound)
            lines = list(differences(declared, self._module, self._values, self._vocabulary))
            if lines or each.variable:
                replaced.imports.append((counterpart.module, counterpart.name, bound))
            replaced.lines += lines
        return replaced

    def _make_way_for_reversed_evidence(self, statement: ast.stmt, element: CNamedElement) -> None:
        """Delete our relation of codes and sources where the study has one that points the other way.

        With both, it would be ambiguous which one a link belongs to.
        """
        our, ours = self._vocabulary.our, self._vocabulary.ours.dsl
        if (
            isinstance(element, CAssociation)
            and (element.source_role_name, element.role_name) == ("evidence", "contained_code")
            and (our(element.source), our(element.target)) == (ours.source, ours.code)
        ):
            self.differs = True
            lines = f"from {DSL} import contains_codes_relation", "contains_codes_relation.delete()"
            self._module.put_before(statement, *lines)
            self._module.tell(
                statement,
                "relates sources and codes the other way round than codeable, whose relation is deleted",
            )

    def _declarations(self, statement: ast.stmt) -> list[OwnDeclaration]:
        """The elements that a simple statement makes, with their variables; `""` for those without one."""
        calls = {
            (node.lineno, node.col_offset): node for node in ast.walk(statement) if isinstance(node, ast.Call)
        }
        first = statement.lineno, statement.col_offset
        last = statement.end_lineno or statement.lineno, statement.end_col_offset or 0
        here = {
            element: calls.get((place.line, place.column - 1))
            for element, place in self._own.items()
            if first <= (place.line, place.column - 1) <= last
        }
        found = []
        for name in bound_names([statement]) if calls else ():
            value = self._values.get(name)
            if isinstance(value, CNamedElement) and (value in here or self._is_of_a_function(value)):
                found.append(OwnDeclaration(value, name, here.get(value)))
        named = {each.element for each in found}
        return [*found, *(OwnDeclaration(each, "", call) for each, call in here.items() if each not in named)]

    def _is_of_a_function(self, element: CNamedElement) -> bool:
        code = code_of(element)
        return element in self._own and code is not None and code.co_name != "<module>"


def _place(element: CNamedElement, module: ModuleEdits) -> Span | None:
    return span_of(element) if file_of(element) == str(module.path) else None


def _binds_only(statement: ast.stmt, variables: set[str]) -> bool:
    """Whether a statement binds these variables and nothing else, so that an import can take its place."""
    if variables == {""}:
        return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)
    other = ast.Attribute | ast.Subscript | ast.Starred
    stored = [each for each in ast.walk(statement) if isinstance(getattr(each, "ctx", None), ast.Store)]
    return set(bound_names([statement])) == variables and not any(isinstance(each, other) for each in stored)


def _import_lines(imports: list[_Import]) -> Iterator[str]:
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
            listed = fill(f"{', '.join(names)},", _WIDTH, initial_indent=indent, subsequent_indent=indent)
            line = f"from {home} import (\n{listed}\n)"
        yield line
