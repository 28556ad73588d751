"""Which calls of a module write files, make folders, or start other programs."""

import ast
import re
from collections.abc import Collection

_NAMES = frozenset({"makedirs", "mkdir", "rmtree", "rmdir"})
_METHODS = frozenset({"savefig", "to_csv", "to_excel", "to_json", "write_bytes", "write_text", *_NAMES})
_OF_MODULES = {
    "os": frozenset({"popen", "remove", "rename", "replace", "startfile", "system", "unlink"}),
    "shutil": frozenset({"copy", "copy2", "copyfile", "copytree", "make_archive", "move"}),
    "subprocess": frozenset({"Popen", "call", "check_call", "check_output", "run"}),
}
_WRITING_MODE = re.compile(r"[wax][bt+]*")


def writes_files(call: ast.Call, writing: Collection[str] = ()) -> bool:
    """Whether a call makes, changes or removes a file or a folder, or starts another program.

    Args:
        call: The call.
        writing: Functions of the module that do so.

    Example:
        >>> texts = ["open(p, 'w')", "open('w', encoding='ascii')", "Path(p).open('wb')", "items.remove(x)"]
        >>> [writes_files(ast.parse(text, mode="eval").body) for text in texts]
        [True, False, True, False]
    """
    if isinstance(call.func, ast.Attribute):
        name, owner = call.func.attr, ast.unparse(call.func.value)
        if name == "open":
            return _opens_to_write(call.args[int(owner in ("io", "codecs", "os")) :], call)
        return name in _METHODS or name in _OF_MODULES.get(owner, ())
    if not isinstance(call.func, ast.Name):
        return False
    name = call.func.id
    return name in writing or name in _NAMES or (name == "open" and _opens_to_write(call.args[1:], call))


def _opens_to_write(arguments: list[ast.expr], call: ast.Call) -> bool:
    modes = [*arguments[:1], *(each.value for each in call.keywords if each.arg == "mode")]
    return any(
        isinstance(each, ast.Constant) and _WRITING_MODE.fullmatch(str(each.value)) is not None
        for each in modes
    )
