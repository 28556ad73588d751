"""The settings of a study: `[tool.codeable]` in its `pyproject.toml`, checked, as a frozen record."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePosixPath, PureWindowsPath

from attrs import field, frozen

from codeable.errors import CodeableError
from codeable.text import did_you_mean

__all__ = ["SETTINGS_FILE", "Settings", "check_keys", "has_settings", "read_settings"]

SETTINGS_FILE = "pyproject.toml"
"""The file in a study's folder that holds its settings."""

_TABLE = "[tool.codeable]"
_TOML_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_TYPE_NAMES = {str: "the text", list: "the list", dict: "the table", int: "the number", float: "the number"}


@frozen(kw_only=True)
class Settings:
    """What a study says about itself.

    Attributes:
        name: The study's name: `[project] name`, else the name of its folder.
        models: Folders of the model's modules, relative to the study's folder.
        sources: Folders of the sources' modules.
        output: Folder into which figures are drawn.
        notes: Folders or globs of the field notes; empty means the `*.md` beside the sources.
        order: Identifiers of sources in the order of coding, for where it matters.
        engine: The engine that draws.
        engines: Settings of each engine, by its name.
        figure: Options of every figure.
        views: Options of one view, by its name.
        styles: The study's own styles, by name.
        renames: Old identifier → new identifier.
        check: What `codeable check` selects and ignores.
        compat: How studies written for CodeableModels are run from this folder.

    Example:
        >>> Settings(name="mesh").models
        ('models',)
    """

    name: str = "study"
    models: tuple[str, ...] = ("models",)
    sources: tuple[str, ...] = ("sources",)
    output: str = "diagrams"
    notes: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    engine: str = "graphviz"
    engines: Mapping[str, Mapping[str, object]] = field(factory=dict)
    figure: Mapping[str, object] = field(factory=dict)
    views: Mapping[str, Mapping[str, object]] = field(factory=dict)
    styles: Mapping[str, Mapping[str, object]] = field(factory=dict)
    renames: Mapping[str, str] = field(factory=dict)
    check: Mapping[str, object] = field(factory=dict)
    compat: Mapping[str, object] = field(factory=dict)


def read_settings(folder: Path) -> Settings:
    r"""Read the settings of the study in a folder; without a settings file they are the defaults.

    Raises:
        CodeableError: The file cannot be read, is not TOML, or holds an unknown key or a value of the
            wrong type; the message names the file, the key, what was expected and the nearest key.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as name:
        ...     _ = Path(name, "pyproject.toml").write_text('[tool.codeable]\nmodels = ["model"]')
        ...     read_settings(Path(name)).models
        ('model',)
    """
    path = folder / SETTINGS_FILE
    document = _read_document(path)
    project = document.get("project")
    name = project.get("name") if isinstance(project, dict) else None
    given: dict[str, object] = {
        "name": name if isinstance(name, str) and name.strip() else folder.resolve().name or "study"
    }
    table = _own_table(document, path)
    if table is not None:
        reader = _Reader(path)
        check_keys(table, _READERS, f"{path}: {_TABLE}")
        given.update((key, _READERS[key](reader, key, value)) for key, value in table.items())
    return Settings(**given)  # type: ignore[arg-type]  # each reader gives the type of its field


def has_settings(folder: Path) -> bool:
    """Whether the folder's `pyproject.toml` has a `[tool.codeable]` table.

    Raises:
        CodeableError: The file cannot be read or is not TOML.
    """
    path = folder / SETTINGS_FILE
    return _own_table(_read_document(path), path) is not None


def check_keys(table: Mapping[str, object], allowed: Iterable[str], where: str) -> None:
    """Check that a table of settings has no key but the allowed ones.

    Args:
        table: The table as read.
        allowed: Every key that it may have.
        where: What the message starts with: the file and the table, or the call.

    Raises:
        CodeableError: There is another key; the message names all such keys, the nearest and all valid ones.

    Example:
        >>> check_keys({"wrap": 30, "legends": True}, ["legend", "wrap"], "[tool.codeable.figure]")
        Traceback (most recent call last):
        codeable.errors.CodeableError: [tool.codeable.figure] has no key 'legends'; did you mean 'legend'?
        Its keys are: legend, wrap
    """
    valid = sorted(allowed)
    unknown = [key for key in table if key not in valid]
    if unknown:
        lines = [f"{where} has no key {key!r}{did_you_mean(str(key), valid)}" for key in unknown]
        known = f"Its keys are: {', '.join(valid)}" if valid else "It has no keys at all"
        raise CodeableError("\n".join([*lines, known]), exit_status=2)


def _read_document(path: Path) -> dict[str, object]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return tomllib.loads(text.replace("\r\n", "\n"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise CodeableError(f"{path}: cannot be read: {error.strerror}", exit_status=2) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise CodeableError(
            f"{path}:{line}: is not UTF-8 (byte 0x{error.object[error.start]:02x}); save the file as UTF-8",
            exit_status=2,
        ) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CodeableError(_toml_message(path, text, error), exit_status=2) from error


def _toml_message(path: Path, text: str, error: Exception) -> str:
    if isinstance(error, RecursionError):
        return f"{path}: is not TOML that can be read: its values are nested too deeply"
    found = _TOML_PLACE.search(str(error))
    problem = _TOML_PLACE.sub("", str(error))
    lines = text.split("\n")
    line, column = (int(part) if part else 0 for part in found.groups()) if found else (0, 0)
    if not line:
        line, column = len(lines), len(lines[-1]) + 1
    source = lines[line - 1] if line <= len(lines) else ""
    pointer = " " * (column - 1) + "^"
    return f"{path}:{line}:{column}: is not valid TOML: {problem}\n    {source}\n    {pointer}".rstrip()


def _own_table(document: Mapping[str, object], path: Path) -> Mapping[str, object] | None:
    tool = document.get("tool", {})
    table = tool.get("codeable") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise CodeableError(f"{path}: tool.codeable must be a table, not {_shown(table)}", exit_status=2)
    return table


class _Reader:
    """One method per type of setting; each returns the checked value or raises naming file, table and key."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def wrong(self, key: str, value: object, expected: str) -> CodeableError:
        message = f"{self.path}: {_TABLE} {key} must be {expected}, not {_shown(value)}"
        return CodeableError(message, exit_status=2)

    def text(self, key: str, value: object) -> str:
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, value, "a text that is not empty")
        if "\0" in value:
            raise self.wrong(key, value, "a text without the character U+0000")
        return value

    def texts(self, key: str, value: object) -> tuple[str, ...]:
        if not isinstance(value, list):
            example = f', as in ["{value}"]' if isinstance(value, str) and value else ""
            raise self.wrong(key, value, f"a list of texts{example}")
        for index, entry in enumerate(value):
            self.text(f"{key}[{index}]", entry)
            if entry in value[:index]:
                raise self.wrong(f"{key}[{index}]", entry, "another one than those before it")
        return tuple(value)

    def folders(self, key: str, value: object) -> tuple[str, ...]:
        """Folders of the study, in the manner of POSIX: the modules in them are named by their parts."""
        entries = self.texts(key, value)
        for index, entry in enumerate(entries):
            path = PurePosixPath(entry.replace("\\", "/"))
            if path.is_absolute() or PureWindowsPath(entry).drive or ".." in path.parts:
                raise self.wrong(f"{key}[{index}]", entry, "a folder inside the study, given relative to it")
        return tuple(str(PurePosixPath(entry.replace("\\", "/"))) for entry in entries)

    def table(self, key: str, value: object) -> Mapping[str, object]:
        if not isinstance(value, dict):
            raise self.wrong(key, value, f"a table, written as [tool.codeable.{key}]")
        return value

    def tables(self, key: str, value: object) -> Mapping[str, Mapping[str, object]]:
        return {name: self.table(f"{key}.{name}", entry) for name, entry in self.table(key, value).items()}

    def names(self, key: str, value: object) -> Mapping[str, str]:
        return {old: self.text(f"{key}.{old}", new) for old, new in self.table(key, value).items()}


_READERS: Mapping[str, Callable[[_Reader, str, object], object]] = {
    "models": _Reader.folders,
    "sources": _Reader.folders,
    "output": _Reader.text,
    "notes": _Reader.texts,
    "order": _Reader.texts,
    "engine": _Reader.text,
    "engines": _Reader.tables,
    "figure": _Reader.table,
    "views": _Reader.tables,
    "styles": _Reader.tables,
    "renames": _Reader.names,
    "check": _Reader.table,
    "compat": _Reader.table,
}
"""Key of `[tool.codeable]` → the method for its type."""


def _shown(value: object) -> str:
    """A value of TOML for a message: shortened, with its type in words."""
    text = str(value).lower() if isinstance(value, bool) else repr(value)
    short = text if len(text) <= 60 else text[:57] + "..."
    return f"{_TYPE_NAMES[type(value)]} {short}" if type(value) in _TYPE_NAMES else short
