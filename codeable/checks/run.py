"""One check of a study or of notes: read, run the rules, silence, sort."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import field, frozen

from codeable.checks.configuration import Configuration
from codeable.checks.context import Context
from codeable.checks.diagnostic import Diagnostic, Edit
from codeable.checks.renames import rename_edits
from codeable.checks.rules import RULES
from codeable.checks.rules.renames import RENAMES
from codeable.checks.suppression import UNREASONED, UNUSED, apply_silences
from codeable.loading import LoadedStudy
from codeable.notes.records import FieldNote
from codeable.text import natural_key

__all__ = ["SILENCE_CODES", "Report", "check"]

SILENCE_CODES = {
    UNREASONED: "silence-without-reason: a finding is silenced without a reason",
    UNUSED: "silence-without-effect: there is nothing to silence",
}
"""Code → name and summary of the findings about comments that silence; they have no rule function."""


@frozen
class Report:
    """What a check found, and what mending by renames would change besides."""

    findings: tuple[Diagnostic, ...]
    texts: Mapping[str, str] = field(repr=False)
    renames: tuple[Edit, ...] = field(default=(), repr=False)

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(finding.severity == "error" for finding in self.findings)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:  # noqa: ARG002
        from codeable.checks.display import findings_bundle

        return findings_bundle(self.findings, self.texts)


def check(
    notes: Sequence[FieldNote], loaded: LoadedStudy | None = None, selected: Configuration | None = None
) -> Report:
    r"""Check field notes, and the model of a study against them.

    Args:
        notes: The notes; the settings may name another order of coding than theirs.
        loaded: The study, when there is one.
        selected: Which rules run; all of them when left out.

    Example:
        >>> from codeable.notes import read_text
        >>> note = read_text("# s\n7\n## colour\nred\n# coding\n", "s_7.md")
        >>> [finding.code for finding in check([note]).findings if finding.code == "C201"]
        ['C201']
    """
    selected = selected or Configuration()
    context = Context(tuple(notes))
    if loaded is not None:
        settings = loaded.settings
        context = Context(tuple(notes), str(loaded.folder), loaded.registry, settings.renames, settings.order)
    modules = [str(path) for path in (loaded.files if loaded is not None else ())]
    files = [*(note.path for note in notes), *modules]
    if context.renames:
        files.append(context.settings_file)
    texts = {file: context.text_of(file) for file in files}
    found = [finding for rule in RULES if selected.runs(rule.code) for finding in rule.findings(context)]
    every = frozenset([*(rule.code for rule in RULES), *SILENCE_CODES])
    known = frozenset(filter(selected.runs, every))
    kept = apply_silences(found, texts, known, every - known)
    folder = Path(context.folder)
    judged = [one for finding in kept if (one := selected.judged(finding, _relative(finding, folder)))]
    return Report(
        tuple(sorted(judged, key=_order)),
        texts,
        tuple(rename_edits(context, modules)) if selected.runs(RENAMES) else (),
    )


def _order(finding: Diagnostic) -> tuple[object, ...]:
    """Findings are told by file, in natural order, then by place, then by code."""
    return (natural_key(finding.place.file), finding.place, finding.code, finding.message)


def _relative(finding: Diagnostic, folder: Path) -> str:
    path = Path(finding.place.file)
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.as_posix()
