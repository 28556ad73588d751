"""What a run of the reports is asked for, and what `[tool.codeable.report]` says where it is not.

The command makes a request; `job` carries it out.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import field, frozen

from codeable.schema import Reader, list_of, read_table, switch, text, words_of

if TYPE_CHECKING:
    from codeable.registry import Registry

FORMATS = ("tex", "md", "html", "csv", "bib", "svg", "pdf")
"""Every format that a report can be written in."""
DEFAULT_FORMATS = ("tex", "md", "html", "csv", "bib")

_WHERE = "[tool.codeable.report]"


@frozen(kw_only=True)
class ReportRequest:
    """Which reports to write, where, and how.

    Attributes:
        names: The reports; none for those of the settings, else for all that are not on request.
        out: The folder; None for the one in the settings.
        formats: Some of `FORMATS`; None for those of the settings.
        excel: Whether CSV files are safe for a spreadsheet; None leaves that to the settings.
        check: Write nothing, only report what is out of date.
        prune: Remove the files that no report makes any more.
        given: Options of the reports, over those in the settings.
    """

    names: tuple[str, ...] = ()
    out: Path | None = None
    formats: tuple[str, ...] | None = None
    excel: bool | None = None
    check: bool = False
    prune: bool = False
    given: Mapping[str, object] = field(factory=dict)


@frozen(kw_only=True)
class RunSettings:
    """The settings of `[tool.codeable.report]`.

    Attributes:
        output: The folder of the reports, relative to that of the study.
        formats: The formats that reports are written in.
        only: The reports that are made when none is named; empty for all.
        excel: Whether CSV files are safe for a spreadsheet.
    """

    output: str = "reports"
    formats: tuple[str, ...] = DEFAULT_FORMATS
    only: tuple[str, ...] = ()
    excel: bool = False


_READERS: Mapping[str, Reader[object]] = {
    "output": text,
    "formats": words_of(*FORMATS),
    "only": list_of(text, "names of reports"),
    "excel": switch,
}


def run_settings(registry: "Registry") -> RunSettings:
    """The settings of the command, checked.

    Raises:
        CodeableError: There is an unknown key, or a value of the wrong type; exit status 2.
    """
    given = read_table(registry.settings.report, _READERS, _WHERE)
    return RunSettings(**given)
