"""Which formats there are, out and in, and what makes and reads each. Modules are imported when used."""

import importlib
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import field, frozen

from codeable.errors import CodeableError
from codeable.text import did_you_mean, shown

T = TypeVar("T")


@frozen
class ExportFormat:
    """A format that a study is written in.

    Attributes:
        name: Its name on the command line.
        what: What it is, for the list of formats.
        ending: The ending of its file, with the dot.
        where: What makes it, as `module:function` of `codeable.exchange`. The function takes a
            `CodedStudy` and `ExportOptions`, and gives `Exported`.
        options: The names of the options that it understands.
        has_several_files: Whether it is a folder of files, or a zip of them.
    """

    name: str
    what: str
    ending: str
    where: str = field(repr=False)
    options: tuple[str, ...] = ()
    has_several_files: bool = False

    @property
    def maker(self) -> Any:
        """The function that makes it."""
        return _imported(self.where)


@frozen
class ImportFormat:
    """A format that is read into a study.

    Attributes:
        name: Its name on the command line.
        what: What it is, for the list of formats.
        endings: The endings of its files, with the dot, in lower case.
        where: What reads it, as `module:function` of `codeable.exchange`. The function takes a path
            and gives a `Project`.
        has_parts: Whether a file may have several projects or sheets. The function then also takes
            `only`, the name of the one that is wanted.
    """

    name: str
    what: str
    endings: tuple[str, ...]
    where: str = field(repr=False)
    has_parts: bool = False

    @property
    def reader(self) -> Any:
        """The function that reads it."""
        return _imported(self.where)


def format_named(name: str, formats: Mapping[str, T], to: str) -> T:
    """The format of a name.

    Args:
        name: The name.
        formats: `EXPORT_FORMATS` or `IMPORT_FORMATS`.
        to: What is done with it: "export" or "import".

    Raises:
        CodeableError: There is none; the message has the nearest and all names; exit status 2.
    """
    if not isinstance(name, str) or name not in formats:
        raise CodeableError(
            f"there is no format {shown(name)} to {to}{did_you_mean(name, formats)}\n"
            f"The formats are: {', '.join(formats)}",
            exit_status=2,
        )
    return formats[name]


def _imported(where: str) -> Any:
    module, _, function = where.partition(":")
    return getattr(importlib.import_module(f"codeable.exchange.{module}"), function)


_EXPORTS = (
    ExportFormat(
        "csv",
        "codes, links, sources and codings as tables",
        ".csv",
        "outgoing.tables:export_csv",
        ("excel",),
        has_several_files=True,
    ),
    ExportFormat(
        "dot", "the text of a figure for Graphviz", ".dot", "outgoing.figure_texts:export_dot", ("view",)
    ),
    ExportFormat("graphml", "a graph for network tools", ".graphml", "outgoing.graphml:export_graphml"),
    ExportFormat(
        "json", "the whole study; codeable.load_json reads it", ".json", "study_json.writer:export_json"
    ),
    ExportFormat(
        "madr",
        "a decision record for each decision",
        ".md",
        "outgoing.decision_records:export_madr",
        has_several_files=True,
    ),
    ExportFormat(
        "mermaid",
        "the text of a figure for Mermaid",
        ".mmd",
        "outgoing.figure_texts:export_mermaid",
        ("view",),
    ),
    ExportFormat(
        "plantuml",
        "the text of a figure for PlantUML",
        ".puml",
        "outgoing.figure_texts:export_plantuml",
        ("view",),
    ),
    ExportFormat(
        "qdc",
        "a codebook for NVivo, ATLAS.ti, MAXQDA, QualCoder, …",
        ".qdc",
        "outgoing.refi_codebook:export_qdc",
    ),
    ExportFormat(
        "qdpx",
        "a project for NVivo, ATLAS.ti, MAXQDA, QualCoder, …",
        ".qdpx",
        "outgoing.refi_project:export_qdpx",
        ("texts",),
    ),
)

EXPORT_FORMATS = {each.name: each for each in _EXPORTS}
"""Name → format that a study is written in."""

_IMPORTS = (
    ImportFormat(
        "bibtex",
        "sources of BibTeX or BibLaTeX",
        (".bib",),
        "readers.bibliography.bibtex_entries:read_bibtex",
    ),
    ImportFormat(
        "csl",
        "sources of CSL JSON, as Zotero and pandoc have it",
        (".json",),
        "readers.bibliography.csl_entries:read_csl_json",
    ),
    ImportFormat("qdc", "the codebook of another tool", (".qdc",), "readers.refi.reader:read_qdc"),
    ImportFormat("qdpx", "the project of another tool", (".qdpx",), "readers.refi.reader:read_qdpx"),
    ImportFormat(
        "qualcoder", "a project folder of QualCoder", (".qda",), "readers.databases.qualcoder:read_qualcoder"
    ),
    ImportFormat(
        "ris",
        "sources of RIS, as Zotero, EndNote and libraries have it",
        (".ris",),
        "readers.bibliography.ris_entries:read_ris",
    ),
    ImportFormat(
        "table",
        "codes in a table",
        (".csv", ".tsv", ".xlsx", ".xls", ".ods"),
        "readers.tables.code_tables:read_codes",
        has_parts=True,
    ),
    ImportFormat(
        "taguette",
        "a project of Taguette",
        (".sqlite3",),
        "readers.databases.taguette:read_taguette",
        has_parts=True,
    ),
)

IMPORT_FORMATS = {each.name: each for each in _IMPORTS}
"""Name → format that is read."""
