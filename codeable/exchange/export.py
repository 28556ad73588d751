"""Exports a study: makes the files of a format and writes them. Called by the command and by `Study`."""

from pathlib import Path

from attrs import frozen

from codeable.coded.coded_study import CodedStudy
from codeable.errors import CodeableError
from codeable.exchange.catalogue import EXPORT_FORMATS, ExportFormat, format_named
from codeable.exchange.destination import WrittenFile, archive_of, check_place, destination
from codeable.exchange.exported import Exported, ExportOptions
from codeable.files import shown_path
from codeable.text import counted, first_few, shown

_WITHOUT = {"view": "is of the whole study", "texts": "has no whole texts of sources", "excel": "is no table"}
_WITH = {"view": "show a view", "texts": "has them", "excel": "is one"}
"""Option of an export → what a message says of formats without it, and with it."""


@frozen
class ExportReport:
    """What became of an export.

    Attributes:
        path: The file, or the folder of the files.
        files: Its files.
        made: What is in them, and what is not.
        left_over: Files of earlier exports in the folder that this one does not have.
    """

    path: Path
    files: tuple[WrittenFile, ...]
    made: Exported
    left_over: tuple[Path, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """All that a user must know besides the files."""
        if not self.left_over:
            return self.made.sentences
        files = counted(len(self.left_over), "file")
        named = first_few([each.name for each in self.left_over])
        where = shown_path(self.path)
        left = f"{files} of an earlier export left in {where}: {named}; remove what you do not need"
        return left, *self.made.sentences


def export(study: CodedStudy, name: str, out: Path | str | None, options: ExportOptions) -> ExportReport:
    """Write a study in a format.

    Args:
        study: The study.
        name: The name of the format.
        out: The file, the folder or the zip; None for a place in the folder `exports` of the study.
        options: What the user chose.

    Raises:
        CodeableError: The format, an option or the place is wrong (exit status 2), the study cannot be
            written in the format, or a file cannot be written. No file has changed then.

    Example:
        `export(coded, "qdpx", Path("study.qdpx"), ExportOptions())`
    """
    file_format = format_named(name, EXPORT_FORMATS, "export")
    if not isinstance(out, Path | str | None) or str(out) in ("", "-"):
        raise CodeableError(
            f"an export is written to a path such as 'study{file_format.ending}', not {shown(out)}",
            exit_status=2,
        )
    out = None if out is None else Path(out)
    if out is not None:
        check_place(file_format, out)
    made = _made(study, file_format, options)
    place = destination(made, file_format, out, study.registry)
    files, left_over = place.write(study.registry)
    return ExportReport(place.path, files, made, left_over)


def export_for_stdout(study: CodedStudy, name: str, options: ExportOptions) -> tuple[Exported, bytes]:
    """A study in a format, as another program reads it from a pipe: several files are a zip.

    Raises:
        CodeableError: As `export`.
    """
    file_format = format_named(name, EXPORT_FORMATS, "export")
    made = _made(study, file_format, options)
    return made, archive_of(made) if file_format.has_several_files else made.only


def _made(study: CodedStudy, file_format: ExportFormat, options: ExportOptions) -> Exported:
    """The files of a study in a format.

    Raises:
        CodeableError: The format does not have an option (exit status 2), or the study cannot be written.
    """
    given = {"view": options.view is not None, "texts": options.texts, "excel": options.excel}
    for option, is_given in given.items():
        if is_given and option not in file_format.options:
            having = [each.name for each in EXPORT_FORMATS.values() if option in each.options]
            raise CodeableError(
                f"a {file_format.name} export {_WITHOUT[option]}; {', '.join(having)} {_WITH[option]}",
                exit_status=2,
            )
    made: Exported = file_format.maker(study, options)
    return made
