"""The scopes are those that Python compiles: a renamed module has the same code, but for the name."""

import ast
import dis
import random
import sysconfig
import types
from pathlib import Path

import pytest

from codeable.names.in_modules import occurrences_in_module
from codeable.names.modules import Module
from codeable.notes.decoding import edited

NEW = "a_fresh_name"
LIBRARY = Path(sysconfig.get_path("stdlib"))
PACKAGES = ("concurrent", "html", "importlib", "json", "logging")
OF_MODULE = ("LOAD_NAME", "STORE_NAME", "DELETE_NAME", "LOAD_GLOBAL", "STORE_GLOBAL", "DELETE_GLOBAL")


def code(compiled: types.CodeType, old: str, new: str, is_class: bool = False) -> list[object]:
    """The instructions, with `new` for each use of the module's `old`."""
    found: list[object] = []
    instructions = list(dis.get_instructions(compiled))
    own = is_class and any((one.opname, one.argval) == ("STORE_NAME", old) for one in instructions)
    for one in instructions:
        argument = one.argval
        if isinstance(argument, types.CodeType):
            inner_is_class = not argument.co_flags & 2  # CO_NEWLOCALS: a function
            found.append(code(argument, old, new, inner_is_class))
            continue
        is_own = own and one.opname.endswith("_NAME")
        if argument == old and one.opname in OF_MODULE and not is_own:
            argument = new
        if one.opname not in ("CACHE", "EXTENDED_ARG", "NOP"):
            is_name = isinstance(argument, str) and one.opname != "LOAD_CONST"
            found.append((one.opname, argument if is_name else ""))
    return found


def names_of(text: str, module: Module) -> list[str]:
    """The names that a module binds, but for those that an import binds, too."""
    imports = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import | ast.ImportFrom)]
    imported = {(each.asname or each.name).partition(".")[0] for node in imports for each in node.names}
    bound = {one.name for one in occurrences_in_module(module) if one.role == "declaration"}
    return sorted(name for name in bound - imported if not name.startswith("__"))


@pytest.mark.slow
@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.filterwarnings("ignore")
def test_a_module_with_a_renamed_name_has_the_same_code(package: str) -> None:
    chosen = random.Random(package)
    for path in sorted((LIBRARY / package).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        module = Module(str(path), text)
        names = names_of(text, module)
        for name in chosen.sample(names, min(2, len(names))):
            found = occurrences_in_module(module)
            places = [one for one in found if one.name == name and not one.alias]
            if any(one.kept for one in places):
                continue
            edits = [(one.span.start, one.span.end, NEW) for one in places if one.role != "import"]
            renamed = compile(edited(text, edits), "x", "exec", dont_inherit=True)
            before = compile(text, "x", "exec", dont_inherit=True)
            assert code(before, name, NEW) == code(renamed, "", ""), (path.name, name)
