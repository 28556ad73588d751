"""A study built from field notes: modules in the order and wording of the traces, added to what is there.

The build works statement by statement. `collect` plans the statements of the notes, `accept` tries them in a
dry run, `matching` compares them with the statements that the modules hold, `placement` decides where the
others belong, and `editing` changes only these places of the modules. `codeable notes build` calls `build`,
then `apply` or `difference`.
"""

import keyword
import os
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import partial
from pathlib import Path

from attrs import evolve, frozen

from codeable.errors import CodeableError, reason_of
from codeable.files import is_folder, read_file, shown_path
from codeable.loading import load_folder
from codeable.notes.build import editing
from codeable.notes.build.accept import accept, refused
from codeable.notes.build.collect import collect
from codeable.notes.build.dry_run import DryRun
from codeable.notes.build.files import Change, apply, difference
from codeable.notes.build.loaded import add_links, add_names
from codeable.notes.build.matching import Kept, Matching, match
from codeable.notes.build.notes_entry import missing_entries, toml_text, with_entries
from codeable.notes.build.placement import place
from codeable.notes.build.plan import BuildPlan, LeftOut
from codeable.notes.build.study_modules import HeldModules, read_modules
from codeable.notes.build.trial_load import why_not_loaded
from codeable.notes.files import note_files_of_study
from codeable.notes.mentions import current_name
from codeable.notes.model import DeclarationStatement, FieldNote
from codeable.registry import Registry
from codeable.result_cache import ResultCache
from codeable.settings import SETTINGS_FILE, Settings, read_settings

__all__ = ["Build", "Change", "Kept", "LeftOut", "apply", "build", "difference", "left_out_of"]


@frozen
class Build:
    """The result of building a study from notes, before anything is written.

    Attributes:
        changes: What building means for each file that changes.
        left_out: What in the notes is not in the study, and why.
        kept: What a person edited or made, and the notes say differently.
        renames: Names that a person gave to declarations: entries for ``[tool.codeable.renames]``.
        sources: How many sources it has.
        decisions: How many decisions the notes declare.
        unchanged: How many modules stay as they are.
    """

    changes: tuple[Change, ...]
    left_out: tuple[LeftOut, ...]
    kept: tuple[Kept, ...]
    renames: Mapping[str, str]
    sources: int
    decisions: int
    unchanged: int


def build(
    notes: Iterable[FieldNote],
    folder: Path,
    *,
    force: bool = False,
    beside: Mapping[str, bytes] | None = None,
    others_stay: bool = False,
) -> Build:
    """Build a study from notes.

    Nothing from a note is executed: the modules hold names, literals and calls of the vocabulary. The renames
    in the settings of the folder are applied. The study is loaded with the changes, in a fresh process.

    Args:
        notes: The notes, in the order of coding.
        folder: The study's folder; it need not exist.
        force: Whether what a person edited gives way to what the notes say.
        beside: Path from the folder on → file that whoever calls writes, too, such as a module of codes.
        others_stay: Whether these notes are not all, and what was built from others stays.

    Raises:
        CodeableError: The settings in the folder are wrong or cannot name the notes, a module cannot be read
            or is not Python, or the study would not load.
    """
    notes = list(notes)
    settings = read_settings(folder)
    closed = _closed_folder(notes)
    beside = beside or {}
    modules = {path: data for path, data in beside.items() if path.endswith(".py")}
    study = read_modules(folder, settings, pass_closed=closed is not None, instead=modules)
    _add_what_runs(study, folder)
    unread = _other_sources(notes, study) if others_stay else _unread(notes, study)
    plan, dry_run = _plan(notes, settings, study, unread)
    accepted = accept(plan, dry_run)
    matching = match(accepted.items, study, settings.renames, unread, closed=closed, force=force)
    if closed is not None:
        _check_not_hidden(closed, matching, study)
    roots = _roots(folder, settings, study)
    drafts = place(accepted.items, plan.decisions, matching, study, roots)
    files = editing.texts(drafts, matching, plan)
    overwritten = {held.module.path for held in matching.given_way}
    changes = [_change(path, data, study, path in overwritten) for path, data in sorted(files.items())]
    settings_change = _settings_change(notes, folder, settings)
    if changes or study.by_path:
        _check_loads(folder, {**beside, **files, **{one.path: one.after for one in settings_change}})
    return Build(
        changes=(*changes, *settings_change),
        left_out=(*plan.left_out, *accepted.left_out),
        kept=tuple(dict.fromkeys(matching.kept)),
        renames=matching.renames,
        sources=len(plan.sources),
        decisions=len(plan.decisions),
        unchanged=len(study.by_path.keys() - files.keys()),
    )


def _roots(folder: Path, settings: Settings, study: HeldModules) -> tuple[str, str]:
    """The folders that new modules go to: those with most codes, and most sources, that are there."""
    of_codes = _folder_of("models", settings.model_folders, "code:", folder, study)
    return of_codes, _folder_of("sources", settings.source_folders, "source", folder, study)


def _folder_of(name: str, folders: Sequence[str], kind: str, folder: Path, study: HeldModules) -> str:
    def declared(root: str) -> int:
        modules = (one for one in study.by_path.values() if one.path.startswith(f"{root}/"))
        return sum(held.kind.startswith(kind) for module in modules for held in module.statements)

    importable = [one for one in folders if all(map(_is_importable, one.split("/")))]
    if not importable:
        where = f"{shown_path(folder / SETTINGS_FILE)}: [tool.codeable] {name}"
        but = f", but {folders[0]!r}: Python imports nothing from it" if folders else ""
        raise CodeableError(
            f'{where} names no folder that modules can be built into{but}; add one, such as "{name}"',
            exit_status=2,
        )
    return max(importable, key=declared)


def _is_importable(name: str) -> bool:
    return name.isidentifier() and not keyword.iskeyword(name)


def left_out_of(
    notes: Iterable[FieldNote],
    settings: Settings,
    registry: Registry | None = None,
    results: ResultCache | None = None,
    texts: Mapping[str, str] | None = None,
    proceed: Callable[[], None] = lambda: None,
) -> tuple[LeftOut, ...]:
    """What `build` leaves out of the study, and why.

    Args:
        notes: The notes, in the order of coding.
        settings: The settings of the study, with its renames.
        registry: The study, where there is one: a build knows the names that its modules declare by hand.
        results: What was found before in single notes.
        texts: File → the text of a module that was loaded; it may be saved otherwise since. Others are read.
        proceed: Called from time to time; it may raise an error of its own, which ends the search.
    """
    notes, results = tuple(notes), results or ResultCache()
    study = None
    if registry is not None and registry.folder is not None:
        paths = frozenset(_declaring(_unknown_names(notes, settings, results), registry))
        if paths:
            study = results.of(_held_by_modules, registry, registry.folder, settings, paths, texts or {})
    unread = _unread(notes, study) if study is not None else set()
    plan, dry_run = _plan(notes, settings, study, unread, results, proceed)
    return (*plan.left_out, *refused(plan, dry_run, proceed))


def _held_by_modules(
    registry: Registry, folder: Path, settings: Settings, paths: Set[Path], texts: Mapping[str, str]
) -> HeldModules:
    """What some modules of a study hold."""
    loaded = {str(path): texts[str(path)] for path in paths if str(path) in texts}
    instead = {
        Path(file).relative_to(folder).as_posix(): text.encode("utf-8", "surrogatepass")
        for file, text in loaded.items()
    }
    study = read_modules(
        folder, settings, {path for path in paths if str(path) not in loaded}, instead=instead
    )
    add_names(study, registry)
    return study


def _unknown_names(notes: Iterable[FieldNote], settings: Settings, results: ResultCache) -> set[str]:
    """The names that notes use and do not declare."""
    used: set[str] = set()
    declared: set[str] = set()
    for note in notes:
        used_in, declared_in = results.of(_used_and_declared, note)
        used |= used_in
        declared |= declared_in
    current = partial(current_name, settings.renames)
    return set(map(current, used)).difference(map(current, declared))


def _used_and_declared(note: FieldNote) -> tuple[frozenset[str], frozenset[str]]:
    used = frozenset(name.name for one in note.statements for name in one.names)
    declared = (one.identifier.name for one in note.statements if isinstance(one, DeclarationStatement))
    return used, frozenset(declared)


def _declaring(names: set[str], registry: Registry) -> set[Path]:
    """The modules that declare some names."""
    modules = {one.module for one in registry.declarations if one.identifier in names}
    return {Path(file) for name in modules if (file := getattr(registry.modules.get(name), "__file__", None))}


def _add_what_runs(study: HeldModules, folder: Path) -> None:
    """Add what modules make only when they run, where a person made or edited them."""
    if all(held.is_built or held.is_import or held.is_docstring for held in study.statements()):
        return
    try:
        registry = load_folder(folder, pass_closed=True)
    except CodeableError:  # loading with the changes says why
        return
    add_names(study, registry)
    add_links(study, registry)


def _plan(
    notes: Sequence[FieldNote],
    settings: Settings,
    study: HeldModules | None,
    unread: set[str],
    results: ResultCache | None = None,
    proceed: Callable[[], None] = lambda: None,
) -> tuple[BuildPlan, DryRun]:
    """What the notes say, and a dry run that knows what stays."""
    from codeable import dsl

    dry_run = DryRun(dsl.fresh_vocabulary())
    stays = [
        held
        for held in (study.statements() if study is not None else ())
        if not held.is_import
        and (not held.is_built or (held.origin is not None and held.origin.source in unread))
    ]
    names = {name for held in stays for name in held.binds}
    plan = collect(notes, settings, dsl.NAMES, names, results, proceed)
    declared = {item.binds for item in plan.items}
    for held in stays:
        for name in held.binds:
            if name not in declared:
                display_name = (held.made | held.values).get(("code", name)) or name
                dry_run.assume(name, held.metaclasses.get(name, ""), display_name)
    return plan, dry_run


def _unread(notes: Iterable[FieldNote], study: HeldModules) -> set[str]:
    """The sources whose notes are not read, or not whole: what was built from them stays."""
    notes = list(notes)
    conflicts = {one.span.path for note in notes for one in note.problems if one.kind == "merge-conflict"}
    read = {note.identifier for note in notes if note.unread is None and note.path not in conflicts}
    if any(note.unread is not None for note in notes):  # a file or a folder of any source
        return {each for each in _sources_built(study) if each not in read}
    return {note.identifier or "" for note in notes} - read


def _other_sources(notes: Iterable[FieldNote], study: HeldModules) -> set[str]:
    """The sources from which statements were built, without those of some notes."""
    return _sources_built(study) - {note.identifier for note in notes if note.identifier is not None}


def _sources_built(study: HeldModules) -> set[str]:
    return {held.origin.source for held in study.statements() if held.origin is not None}


def _closed_folder(notes: Iterable[FieldNote]) -> str | None:
    """The first folder that could not be searched for notes. It may hold modules as well."""
    for path in (Path(note.path) for note in notes if note.unread is not None):
        if is_folder(path):
            return shown_path(path)
        if not os.access(path.parent, os.X_OK):  # listed, but not to be entered
            return shown_path(path.parent)
    return None


def _check_not_hidden(closed: str, matching: Matching, study: HeldModules) -> None:
    """Refuse to declare a source again whose module must be in a folder that cannot be read."""
    built = _sources_built(study)
    for item in matching.new:
        if item.kind == "source" and item.source in built:
            raise CodeableError(
                f"nothing was written: {closed} cannot be read, and the module of {item.source} may be in it"
            )


def _change(path: str, data: bytes | None, study: HeldModules, overwrites: bool) -> Change:
    module = study.by_path.get(path)
    before = module.data if module is not None else None
    if data is None:
        return Change(path, "removed", before, None, overwrites)
    return Change(path, "new" if before is None else "changed", before, data, overwrites)


def _check_loads(folder: Path, files: Mapping[str, bytes | None]) -> None:
    reason = why_not_loaded(folder, files)
    if reason is None:
        return
    before = why_not_loaded(folder, {}) if folder.is_dir() and any(folder.rglob("*.py")) else None
    already = "the study does not load, and would not with what the notes say" if before else ""
    what = already or "the study would not load with what the notes say"
    raise CodeableError(f"nothing was written: {what}:\n{reason}")


def _settings_change(notes: list[FieldNote], folder: Path, settings: Settings) -> tuple[Change, ...]:
    """The settings with the folders of the notes.

    Raises:
        CodeableError: They cannot be added. The next build would remove what it does not find in its notes.
    """
    entries = missing_entries((Path(note.path) for note in notes), folder, settings)
    if not entries:
        return ()
    path = folder / SETTINGS_FILE
    try:
        before: bytes | None = read_file(path)
    except FileNotFoundError:
        before = None
    except OSError as error:
        raise CodeableError(f"{path} cannot be read: {reason_of(error)}") from error
    defaults = (
        ()
        if settings.notes
        else [root for root in settings.note_folders if note_files_of_study(folder, _only(settings, root))]
    )
    text = (before or b"").decode("utf-8-sig")
    after = None if path.is_symlink() else with_entries(text, entries, list(defaults))
    if after is None:  # no file is written through a link
        listed = ", ".join(map(toml_text, (*settings.notes, *defaults, *entries)))
        raise CodeableError(
            f"nothing was written: {shown_path(path)} does not name the folder of these notes and cannot be "
            f"changed as it is; write into its [tool.codeable]:\n  notes = [{listed}]",
            exit_status=2,
        )
    mark = b"\xef\xbb\xbf" if (before or b"").startswith(b"\xef\xbb\xbf") else b""
    data = mark + after.encode()
    return (Change(SETTINGS_FILE, "new" if before is None else "changed", before, data),)


def _only(settings: Settings, root: str) -> Settings:
    return evolve(settings, sources=(root,))
