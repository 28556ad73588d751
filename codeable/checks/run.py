"""One check of a study or of notes: read, run the rules, silence, sort."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import field, frozen

from codeable.checks.configuration import Configuration
from codeable.checks.context import Context
from codeable.checks.finding import Edit, Finding
from codeable.checks.fixes import rename_edits
from codeable.checks.modules import forget_modules, module_lines
from codeable.checks.rules import RULES
from codeable.checks.silence import UNREASONED, UNUSED, apply_silences
from codeable.loading import LoadedStudy
from codeable.notes.records import FieldNote

__all__ = ["SILENCE_CODES", "Report", "check"]

SILENCE_CODES = (UNREASONED, UNUSED)
"""The codes of the findings about comments that silence; they have no rule function of their own."""


@frozen
class Report:
    """What a check found, and what mending by renames would change besides."""

    findings: tuple[Finding, ...]
    texts: Mapping[str, str] = field(repr=False)
    renames: tuple[Edit, ...] = field(default=(), repr=False)

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(finding.severity == "error" for finding in self.findings)


def check(
    notes: Sequence[FieldNote], loaded: LoadedStudy | None = None, selected: Configuration | None = None
) -> Report:
    r"""Check field notes, and the model of a study against them.

    Args:
        notes: The notes, in the order of coding.
        loaded: The study, when there is one.
        selected: Which rules run; all of them when left out.

    Example:
        >>> from codeable.notes import read_text
        >>> note = read_text("# s\n7\n## colour\nred\n# coding\n", "s_7.md")
        >>> [finding.code for finding in check([note]).findings if finding.code == "C201"]
        ['C201']
    """
    selected = selected or Configuration()
    forget_modules()
    if loaded is None:
        context = Context(tuple(notes))
    else:
        context = Context(tuple(notes), str(loaded.folder), loaded.registry, loaded.settings.renames)
    texts = {note.path: note.text for note in notes}
    modules = {str(path): "".join(module_lines(str(path))) for path in (loaded.files if loaded else ())}
    texts |= modules
    found = [finding for rule in RULES if selected.runs(rule.code) for finding in rule.findings(context)]
    known = [code for code in (*(rule.code for rule in RULES), *SILENCE_CODES) if selected.runs(code)]
    kept = apply_silences(found, texts, frozenset(known))
    folder = Path(context.folder)
    judged = [one for finding in kept if (one := selected.judged(finding, _relative(finding, folder)))]
    return Report(
        tuple(sorted(judged, key=lambda finding: finding.sort_key)),
        texts,
        tuple(rename_edits(context, modules)),
    )


def _relative(finding: Finding, folder: Path) -> str:
    path = Path(finding.place.file)
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.as_posix()
