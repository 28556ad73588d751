"""The settings of a study: `[tool.codeable]` in its `pyproject.toml`, checked, as a frozen record."""

import keyword
import os
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from pathlib import Path, PurePosixPath, PureWindowsPath

from attrs import field, frozen

from codeable.errors import CodeableError, reason_of
from codeable.files import home_folder, is_folder, read_file
from codeable.schema import Reader, anything, list_of, read_table, table_of, text, words_of, wrong

SETTINGS_FILE = "pyproject.toml"
"""The file in a study's folder that holds its settings."""

_TABLE = "[tool.codeable]"
_TOML_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


@frozen(kw_only=True)
class Settings:
    """What a study says about itself.

    Attributes:
        name: The study's name: `[project] name`, else the name of its folder.
        models: Folders of the model's modules, relative to the study's folder, or single modules (`*.py`).
        sources: Folders of the sources' modules, or single modules.
        output: Folder into which figures are drawn.
        notes: Folders or globs of the field notes; empty means the `*.md` of sources and coders.
        coders: Name of a coder → folder of the coder's notes. The first one counts where coders differ.
        order: Identifiers of sources in the order of coding, for where it matters.
        source_types: Types of sources of the study's own, besides the controlled vocabulary.
        author_types: Types of authors of the study's own.
        engine: The engine that draws.
        engines: Settings of each engine, by its name.
        figure: Options of every figure.
        views: Options of one view, by its name.
        figures: Figures besides those of the views, by name: a view or elements, options, and a file.
        notebook: Formats in which a figure shows itself in a notebook, besides SVG.
        styles: The study's own styles, by name.
        report: Options of `codeable report`: its folder and formats.
        reports: Options of one report, by its name; a table with `of` is a further one.
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
    coders: Mapping[str, str] = field(factory=dict)
    order: tuple[str, ...] = ()
    source_types: tuple[str, ...] = ()
    author_types: tuple[str, ...] = ()
    engine: str = "graphviz"
    engines: Mapping[str, Mapping[str, object]] = field(factory=dict)
    figure: Mapping[str, object] = field(factory=dict)
    views: Mapping[str, Mapping[str, object]] = field(factory=dict)
    figures: Mapping[str, Mapping[str, object]] = field(factory=dict)
    notebook: tuple[str, ...] = ("svg",)
    styles: Mapping[str, Mapping[str, object]] = field(factory=dict)
    report: Mapping[str, object] = field(factory=dict)
    reports: Mapping[str, Mapping[str, object]] = field(factory=dict)
    renames: Mapping[str, str] = field(factory=dict)
    check: Mapping[str, object] = field(factory=dict)
    compat: Mapping[str, object] = field(factory=dict)

    @property
    def model_folders(self) -> tuple[str, ...]:
        """The entries of `models` that are folders."""
        return tuple(entry for entry in self.models if not is_module_file(entry))

    @property
    def source_folders(self) -> tuple[str, ...]:
        """The entries of `sources` that are folders."""
        return tuple(entry for entry in self.sources if not is_module_file(entry))

    @property
    def note_folders(self) -> tuple[str, ...]:
        """The folders of the notes if `notes` is empty: those of the sources, also of single modules."""
        # Around a module in the study's own folder are pages that are no notes.
        entries = [entry for entry in self.sources if "/" in entry or not is_module_file(entry)]
        return tuple(dict.fromkeys(map(folder_of, entries)))


def is_module_file(entry: str) -> bool:
    """Whether an entry of `models` or `sources` names a single module.

    Example:
        >>> is_module_file("models/decisions.py"), is_module_file("models")
        (True, False)
    """
    return entry.endswith(".py")


def folder_of(entry: str) -> str:
    """The folder that an entry of `models` or `sources` names, or that its module is in.

    Example:
        >>> folder_of("models/decisions.py"), folder_of("models"), folder_of("decisions.py")
        ('models', 'models', '.')
    """
    return str(PurePosixPath(entry).parent) if is_module_file(entry) else entry


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
        read = read_table(table, _READERS, f"{path}: {_TABLE}")
        given.update((key.replace("-", "_"), value) for key, value in read.items())
    return Settings(**given)  # type: ignore[arg-type]  # each reader returns the type of its field


def settings_of_table(table: object, name: str, where: str) -> Settings:
    """The settings in a table with the keys of `[tool.codeable]` that is in a file of another format.

    Args:
        table: The table.
        name: The study's name.
        where: What messages call the table.

    Raises:
        CodeableError: It has another key, or a value is of the wrong type.

    Example:
        >>> settings_of_table({"source-types": ["Talk"]}, "mesh", "study.json: settings").source_types
        ('Talk',)
    """
    read = read_table(table, _READERS, where)
    given = {key.replace("-", "_"): value for key, value in read.items()}
    return Settings(name=name, **given)


def settings_of_cells(given: Mapping[str, object], where: str) -> Settings:
    """The settings of a study without a folder: those of its figures.

    Args:
        given: The settings by name, such as `notebook="svg,pdf"`.
        where: What messages call them.

    Raises:
        CodeableError: There is no such setting, or a value is of the wrong type.

    Example:
        >>> settings_of_cells({"notebook": "svg,pdf"}, "Study.of()").notebook
        ('svg', 'pdf')
    """
    names = ("engine", "engines", "figure", "views", "figures", "notebook", "styles", "reports")
    read = read_table(given, {name: _READERS[name] for name in names}, where)
    return Settings(**read)


def has_settings(folder: Path) -> bool:
    """Whether the folder's `pyproject.toml` has a `[tool.codeable]` table.

    Raises:
        CodeableError: The file cannot be read or is not TOML.
    """
    path = folder / SETTINGS_FILE
    return _own_table(_read_document(path), path) is not None


def is_study(folder: Path) -> bool:
    """Whether a folder is meant to be a study: it holds `models/`, or `[tool.codeable]` settings.

    Raises:
        CodeableError: Its `pyproject.toml` cannot be read or is not TOML.
    """
    return is_folder(folder / "models") or has_settings(folder)


def study_above(folder: Path) -> Path | None:
    """The nearest folder above this one that is a study: it has settings, or both `models/` and `sources/`.

    The search ends at the root of the repository (the folder with `.git`) and at the user's home folder.

    Raises:
        CodeableError: A `pyproject.toml` on the way cannot be read or is not TOML.
    """
    below, home = Path(os.path.realpath(folder)), Path(os.path.realpath(home_folder()))
    while below != home and below != below.parent and not (below / ".git").exists():
        below = below.parent
        if has_settings(below) or (is_folder(below / "models") and is_folder(below / "sources")):
            return below
    return None


def _read_document(path: Path) -> dict[str, object]:
    try:
        content = read_file(path).decode("utf-8-sig")
        return tomllib.loads(content.replace("\r\n", "\n"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise CodeableError(f"{path}: cannot be read: {reason_of(error)}", exit_status=2) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise CodeableError(
            f"{path}:{line}: is not UTF-8 (byte 0x{error.object[error.start]:02x}); save the file as UTF-8",
            exit_status=2,
        ) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits is a plain ValueError
        raise CodeableError(_toml_message(path, content, error), exit_status=2) from error


def _toml_message(path: Path, content: str, error: Exception) -> str:
    if isinstance(error, RecursionError):
        return f"{path}: is not TOML that can be read: its values are nested too deeply"
    if not isinstance(error, tomllib.TOMLDecodeError):
        return f"{path}: is not TOML that can be read: {error}"
    found = _TOML_PLACE.search(str(error))
    problem = _TOML_PLACE.sub("", str(error))
    lines = content.split("\n")
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
        raise wrong(f"{path}: tool.codeable", table, "a table")
    return table


def _texts(value: object, where: str) -> tuple[str, ...]:
    """Texts of which no two are equal."""
    entries = list_of(text)(value, where)
    before: set[str] = set()
    for position, entry in enumerate(entries):
        if entry in before:
            raise wrong(f"{where}[{position}]", entry, "another one than those before it")
        before.add(entry)
    return entries


def _module_places(value: object, where: str) -> tuple[str, ...]:
    """Folders and modules inside the study, written with slashes: their parts name the modules."""
    entries = [entry.replace("\\", "/") for entry in _texts(value, where)]
    for position, entry in enumerate(entries):
        path = PurePosixPath(entry)
        if path.is_absolute() or PureWindowsPath(entry).drive or ".." in path.parts:
            raise wrong(
                f"{where}[{position}]", entry, "a folder or module inside the study, given relative to it"
            )
    return tuple(str(PurePosixPath(entry)) for entry in entries)


def _renames(value: object, where: str) -> Mapping[str, str]:
    """Names of codes by their old names: identifiers, because modules and notes bind them.

    They are given in the normal form in which Python reads names.
    """
    renames = table_of(text)(value, where)
    for old, new in renames.items():
        if not new.isidentifier() or keyword.iskeyword(new):
            raise wrong(f"{where}.{old}", new, "a name that Python can bind, such as master_data_management")
    return {
        unicodedata.normalize("NFKC", old): unicodedata.normalize("NFKC", new) for old, new in renames.items()
    }


def _figure_options(value: object, where: str) -> Mapping[str, object]:
    """Options of every figure. None of them is a table."""
    options = _table(value, where)
    for key, entry in options.items():
        if isinstance(entry, Mapping):
            message = f"{where} has options of every figure, and no table {key!r}"
            raise CodeableError(f"{message}; did you mean [tool.codeable.figures.{key}]?", exit_status=2)
    return options


def _named_figures(value: object, where: str) -> Mapping[str, Mapping[str, object]]:
    """A table for each figure."""
    for key, entry in _table(value, where).items():
        if not isinstance(entry, Mapping):
            expected = "a figure, which is a table [tool.codeable.figures.NAME]"
            raise wrong(
                f"{where}.{key}", entry, f"{expected} (options of every figure are in [tool.codeable.figure])"
            )
    return table_of(_table)(value, where)


_table = table_of(anything)
_READERS: Mapping[str, Reader[object]] = {
    "models": _module_places,
    "sources": _module_places,
    "output": text,
    "notes": _texts,
    "coders": table_of(text),
    "order": _texts,
    "source-types": _texts,
    "author-types": _texts,
    "engine": text,
    "engines": table_of(_table),
    "figure": _figure_options,
    "views": table_of(_table),
    "figures": _named_figures,
    "notebook": words_of("svg", "pdf", "png"),
    "styles": table_of(_table),
    "report": _table,
    "reports": table_of(_table),
    "renames": _renames,
    "check": _table,
    "compat": _table,
}
"""Key of `[tool.codeable]` → the reader of its value."""
