"""What is wrong in an open module that was not loaded as it is now, and why a study does not load."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from codeable.checks import Diagnostic
from codeable.checks.rules.structure import conflict_of, merge_conflict
from codeable.editor.python.unknown_names import ModuleScopes
from codeable.editor.study.study_process import LoadProblem
from codeable.editor.study.study_view import StudyView
from codeable.editor.texts.documents import key_of
from codeable.files import shown_path
from codeable.kernel.place import Span
from codeable.lines import Lines
from codeable.names.modules import Module
from codeable.names.toml_texts import toml_texts
from codeable.settings import SETTINGS_FILE
from codeable.source_reader import parse

_TABLE = re.compile(r"\[(?P<table>tool\.codeable[\w.-]*)\](?:[ .](?P<key>[\w-]+))?")
_QUOTED = re.compile(r"'([^']+)'")
_OURS = ("tool", "codeable")

LOAD, SYNTAX, UNKNOWN_NAME = "load", "syntax", "unknown-name"
"""The codes of what no rule reports: a study does not load, a module is no Python, a name is nowhere."""


def of_modules(view: StudyView) -> Iterator[Diagnostic]:
    """What is wrong in open modules that were changed since the load, and why the study does not load."""
    wrong: set[str] = set()
    names = ModuleScopes(str(view.folder or ""), view.modules)
    for path, module in view.modules.items():
        found: Iterable[Diagnostic] = ()
        if key_of(path) in view.documents:
            found = () if _is_loaded(view, module) else _of_module(path, module, names)
        elif view.problem is not None:
            found = _conflicts_in(module)
        for one in found:
            wrong.add(key_of(path))
            yield one
    problem = view.problem
    if problem is not None and key_of(problem.span.path) not in wrong:
        document = view.document(problem.span.path)
        message, line = _message(problem), problem.span.line
        if line == 1 and Path(problem.span.path).name == SETTINGS_FILE:
            line = _line_of_setting(message, document.lines)
        yield _error(LOAD, message, _line(document.lines, line))


def _message(problem: LoadProblem) -> str:
    """What does not load, without the place, which the diagnostic has, and without the line that is there."""
    first, *others = problem.message.split("\n")
    place = f"{shown_path(problem.span.path)}:{problem.span.line}: "
    return "\n".join([first.removeprefix(place), *(line for line in others if not line.startswith("    "))])


def _line_of_setting(message: str, lines: Lines) -> int:
    """The line of the key that a message about the settings names, or of its table; else the first."""
    table = _TABLE.search(message)
    path = tuple(table["table"].split(".")) if table is not None else ()
    names = {*_QUOTED.findall(message), table["key"] if table is not None else None}
    keys = [each for each in toml_texts(lines.path, lines.text) if each.is_key and each.keys[:2] == _OURS]
    named = [each for each in keys if each.value in names and each.keys[: len(path)] == path]
    found = [*named, *(each for each in keys if each.keys == path)]
    return found[0].span.line if found else 1


def _is_loaded(view: StudyView, module: Module) -> bool:
    """Whether a module ran to its end as it is now."""
    loaded = view.model.modules.get(module.path) if view.model is not None else None
    return loaded is not None and loaded.text == module.text


def _of_module(path: str, module: Module, names: ModuleScopes) -> Iterator[Diagnostic]:
    if module.tree is not None:
        for each in names.unknown_in(path):
            yield _error(UNKNOWN_NAME, each.message, each.span)
        return
    conflicts = _conflicts_in(module)
    yield from conflicts
    if conflicts:
        return
    try:
        parse(module.text, path)
    except SyntaxError as error:
        yield _error(SYNTAX, f"this is no Python: {error.msg}", _line(module.lines, error.lineno or 1))


def _conflicts_in(module: Module) -> list[Diagnostic]:
    return [merge_conflict.diagnostic(each) for each in conflict_of(module)]


def _line(lines: Lines, number: int) -> Span:
    """The whole of a line, counted from 1, without the blanks around it."""
    index = min(max(number - 1, 0), len(lines.lines) - 1)
    return lines.of_lines(index, index)


def _error(code: str, message: str, span: Span) -> Diagnostic:
    return Diagnostic(code, "error", message, span)
