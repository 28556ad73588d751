"""C307: renames in the settings that lead to no code, and the fix that carries renames out."""

import ast
import keyword
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from codeable import dsl
from codeable.checks.claims_from_notes import kind_and_name, names_of_codes
from codeable.checks.context import Context
from codeable.checks.diagnostic import Related, Violation, rule
from codeable.kernel.place import Span
from codeable.lines import Edit, Lines
from codeable.names.modules import Module
from codeable.notes.model import OpenTrace

_CONSTRUCTOR = re.compile(r"C[A-Z]")
_TABLE = re.compile(r"\s*\[\s*tool\s*\.\s*codeable\s*\.\s*renames\s*\]|\s*renames\s*=\s*\{")


@rule("C307", "rename-astray", "warning", "a rename of the settings leads to no code")
def rename_astray(context: Context) -> Iterator[Violation]:
    """To a name that is declared nowhere or cannot be one, in a circle, or away from a code of the model."""
    renames = context.settings.renames
    reported: set[str] = set()
    for old, new in renames.items():
        circle = _circle(renames, old)
        if circle and old not in reported:
            reported.update(circle)
            yield Violation(
                f"the renames lead in a circle: {' → '.join([*circle, circle[0]])}",
                _span(context, old),
                "keep the lines that lead to the current name",
                severity="error",
            )
        elif not circle:
            yield from _astray(context, old, new)


def _astray(context: Context, old: str, new: str) -> Iterator[Violation]:
    unfit = next((name for name in (old, new) if not is_bindable(name)), None)
    declared = context.model_elements.keys() | context.declarations.keys()
    if unfit is not None:
        yield Violation(
            f"'{unfit}' cannot be the name of a code: it is no identifier, or a name of the vocabulary",
            _span(context, old),
            f"so '{old}' is not renamed",
        )
    elif new not in context.settings.renames and new not in declared and old not in context.model_elements:
        near = context.undeclared.nearest(new)
        yield Violation(
            f"'{old}' is renamed to '{new}', which is declared nowhere",
            _span(context, old),
            f'did you mean {old} = "{near}"?' if near is not None else "declare it, or take the line out",
        )
    elif old in context.model_elements and old in context.in_model.codes:
        code = context.in_model.codes[old]
        yield Violation(
            f"'{old}' is renamed to '{context.current(old)}', but the model still declares '{old}'",
            _span(context, old),
            "rename it in its module too, or take the line out",
            (Related(context.span_of(code), f"'{old}' is declared here"),),
        )


def _circle(renames: Mapping[str, str], name: str) -> list[str]:
    """The names of the circle that a name is part of; empty when it is part of none."""
    names = [name]
    while (following := renames.get(names[-1])) is not None and following not in names:
        names.append(following)
    return names if following == name else []


def _span(context: Context, old: str) -> Span:
    """The line of the settings that renames a name; the first line when it cannot be found."""
    lines = Lines(context.settings_file, context.text_of(context.settings_file))
    key = re.compile(rf"""(?:^|[{{,])\s*(["']?){re.escape(old)}\1\s*=""")
    inside = False
    for index, line in enumerate(lines.lines):
        inside = inside or _TABLE.match(line) is not None
        match = key.search(line) if inside else None
        if match is not None:
            start = match.start() + len(match[0]) - len(match[0].lstrip("{, \t"))
            return lines.in_line(index, start, match.end() - 1)
    return lines.in_line(0, 0, 0)


def is_bindable(name: str) -> bool:
    """Whether a name can be the identifier of a code: no keyword, and no name of the vocabulary.

    Example:
        >>> is_bindable("master_data_management"), is_bindable("practice"), is_bindable("class")
        (True, False, False)
    """
    return name.isidentifier() and not keyword.iskeyword(name) and name not in dsl.NAMES


def rename_edits(context: Context, paths: Iterable[str]) -> Iterator[Edit]:
    """The edits that replace old names by the new ones that the settings give them, in notes and modules.

    Nothing is changed where both names are in use and only the user knows what is meant: in the notes when
    they declare different things under these names, in the modules when one of them has the new name already,
    or when they use two old names of one code.

    Args:
        context: The notes, and the renames of the settings.
        paths: The modules of the study.
    """
    renames = {
        old: new
        for old in context.settings.renames
        if (new := context.current(old)) != old and is_bindable(old) and is_bindable(new)
    }
    if not renames:
        return
    yield from _in_notes(context, renames)
    modules = [context.modules[path] for path in paths]
    for new in dict.fromkeys(renames.values()):
        used = [
            old
            for old in renames
            if renames[old] == new and any(old in one.text and _mentions(one, old) for one in modules)
        ]
        if len(used) == 1:
            yield from _in_modules(modules, used[0], new)


def _in_notes(context: Context, renames: Mapping[str, str]) -> Iterator[Edit]:
    certain = {old: new for old, new in renames.items() if not _disputed(context, new)}
    for note in context.all_notes:
        names = [name for statement in note.statements for name in names_of_codes(statement)]
        for segment in note.segments:
            if isinstance(segment, OpenTrace):
                names += segment.names
        for name in dict.fromkeys(name for name in names if name.name in certain):
            start = name.span.end - len(name.name)
            if note.text[start : name.span.end] == name.name:
                yield Edit(note.path, start, name.span.end, certain[name.name])


def _disputed(context: Context, new: str) -> bool:
    """Whether the notes declare different things under the old names and the new one."""
    declared = [one for _, one in context.declarations.get(new, ())]
    return (
        len({kind_and_name(one) for one in declared}) > 1
        and len({one.identifier.name for one in declared}) > 1
    )


def _in_modules(modules: list[Module], old: str, new: str) -> Iterator[Edit]:
    if any(Path(module.path).stem == old for module in modules):
        return
    edits: list[Edit] = []
    for module in modules:
        if new in module.text and _mentions(module, new):
            return
        if old in module.text:
            places = _places(module, old)
            if places is None:
                return
            edits += (Edit(module.path, start, start + len(old), new) for start in places)
    yield from edits


def _mentions(module: Module, name: str) -> bool:
    """Whether a module uses a name in any way, or may use it, as a module that is not Python may."""
    if module.tree is None:
        return True
    return any(name in _names_in(node) for node in ast.walk(module.tree))


def _names_in(node: ast.AST) -> tuple[object, ...]:
    if isinstance(node, ast.alias):
        return (node.asname, *node.name.split("."))
    if isinstance(node, ast.Global | ast.Nonlocal):
        return tuple(node.names)
    return tuple(getattr(node, field, None) for field in ("id", "attr", "arg", "name", "value"))


def _places(module: Module, name: str) -> list[int] | None:
    """Where a module uses a name as a variable; none when it uses it in another way too, or may do so."""
    if module.tree is None:
        return None
    found: list[int] = []
    known: set[ast.AST] = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.JoinedStr):
            if any(name in _names_in(part) for part in ast.walk(node)):
                return None  # the places of names in such strings differ between versions of Python
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if _CONSTRUCTOR.match(node.func.id):
                known.update(argument for argument in node.args if isinstance(argument, ast.Constant))
        elif isinstance(node, ast.ImportFrom):
            known.update(alias for alias in node.names if alias.name == name and alias.asname is None)
        is_variable = isinstance(node, ast.Name) and node.id == name
        if isinstance(node, ast.Name | ast.alias) and (is_variable or node in known):
            found.append(module.span(node).start)
        elif name in _names_in(node) and node not in known:
            return None
    return found
