"""One check of notes or of a study: run the rules, apply suppressions and settings, sort."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from attrs import evolve

from codeable.checks.claims import gathered
from codeable.checks.configuration import CODES, configuration
from codeable.checks.context import Context
from codeable.checks.diagnostic import Diagnostic, Report
from codeable.checks.losses import at_their_causes
from codeable.checks.rules import RULES
from codeable.checks.rules.renames import rename_astray, rename_edits
from codeable.checks.rules.structure import conflict_of, merge_conflict
from codeable.checks.suppression import apply_suppressions
from codeable.files import path_in
from codeable.names.modules import Module
from codeable.notes.model import FieldNote
from codeable.registry import Registry
from codeable.text import natural_key


def check(
    notes: Sequence[FieldNote],
    registry: Registry | None = None,
    *,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
) -> Report:
    r"""Check field notes, and the model of a study against them.

    Args:
        notes: The notes. The settings of the study may give them another order.
        registry: The study, when there is one. Its settings select the rules.
        select: Codes of rules or their beginnings; only these rules run, whatever the settings select.
        ignore: Codes of rules or their beginnings that do not run either.

    Raises:
        CodeableError: The settings or the arguments name a rule that does not exist.

    Example:
        >>> from codeable.notes import read_text
        >>> note = read_text("# s\n7\n## colour\nred\n# coding\n", "s_7.md")
        >>> [one.code for one in check([note], select=("C201",)).diagnostics]
        ['C201']
    """
    return check_context(Context(tuple(notes), registry), select=select, ignore=ignore)


def check_context(context: Context, *, select: tuple[str, ...] = (), ignore: tuple[str, ...] = ()) -> Report:
    """As `check`, of notes and a model that were read before.

    Raises:
        CodeableError: The settings or the arguments name a rule that does not exist.
    """
    notes, registry = context.all_notes, context.registry
    selected = configuration(context.settings.check, select, ignore)
    modules = [str(path) for path in (registry.files if registry is not None else ())]
    paths = [*(note.path for note in notes), *modules]
    if context.settings.renames or context.settings.order:
        paths.append(context.settings_file)
    texts = {path: context.text_of(path) for path in paths}
    reported: list[Diagnostic] = []
    for rule in RULES:
        context.proceed()
        reported += rule.diagnostics(context)
    everything = at_their_causes(reported)
    found = [one for one in everything if selected.runs(one.code)]
    if not context.has_module_files:  # what a comment in a module suppresses is not known
        files = {note.path for note in notes}
        found = [one for one in found if one.span.path in files]
    known = frozenset(filter(selected.runs, CODES))
    kept = apply_suppressions(found, texts, known, frozenset(CODES) - known, context.results)
    adjusted = (selected.adjusted(one, path_in(context.folder, one.span.path)) for one in kept)
    report = Report(
        tuple(sorted(filter(None, adjusted), key=_order)),
        texts,
        tuple(rename_edits(context, modules)) if selected.runs(rename_astray.code) else (),
        _sources(context),
        frozenset(selected.severity),
    )
    context.results.forget_unused()
    return report


def check_conflicts(notes: Sequence[FieldNote], modules: Iterable[Path]) -> Report:
    """The merge conflicts in the notes and the modules of a study that does not load.

    Args:
        notes: The notes.
        modules: The files of the modules.
    """
    report = check(notes, select=(merge_conflict.code,))
    read = [Module(str(path)) for path in modules]
    found = [merge_conflict.diagnostic(one) for module in read for one in conflict_of(module)]
    return evolve(
        report,
        diagnostics=tuple(sorted((*report.diagnostics, *found), key=_order)),
        texts={**report.texts, **{module.path: module.text for module in read}},
    )


def _sources(context: Context) -> dict[str, str]:
    """Path → source of every note, and of every module that declares one source."""
    declared = gathered(
        (one.span.path, source) for source, one in context.in_model.sources.items() if one.span is not None
    )
    found = {path: sources[0] for path, sources in declared.items() if len(sources) == 1}
    return found | {note.path: note.identifier for note in context.all_notes if note.identifier}


def _order(diagnostic: Diagnostic) -> tuple[object, ...]:
    """By file in natural order, then by place, then by code."""
    return (natural_key(diagnostic.span.path), diagnostic.span[:5], diagnostic.code, diagnostic.message)
