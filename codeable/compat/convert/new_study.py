"""Makes the modules and the settings of the new study out of the old one. `convert` calls `new_study`."""

from collections.abc import Mapping
from pathlib import Path

from attrs import evolve, field, frozen

from codeable.compat.convert.codes import keep_codes
from codeable.compat.convert.data_files import take_data_files
from codeable.compat.convert.declaring import declares, making_names
from codeable.compat.convert.drawing import take_out_drawing
from codeable.compat.convert.exports import cut_exports
from codeable.compat.convert.idle import idle_modules
from codeable.compat.convert.imports import ImportNames, rewrite_imports
from codeable.compat.convert.kinds import nothing_of_ours
from codeable.compat.convert.module_edits import ModuleEdits
from codeable.compat.convert.old_modules import OldModules
from codeable.compat.convert.old_study import OldStudy
from codeable.compat.convert.own_metamodels import use_ours
from codeable.compat.convert.stars import Stars
from codeable.compat.convert.study_settings import settings_of_models
from codeable.compat.convert.views import name_views
from codeable.kernel import CBundle, CClass
from codeable.source_names import is_main_block


@frozen(eq=False)
class NewStudy:
    """The files of the new study, and what a reader has to know about them.

    Attributes:
        files: The modules by their paths from the new study's folder on.
        settings: What the settings file may be. The first one suffices if the study says the same with it.
        left_out: Files of the old study that the new one does not have → the reason.
        notices: What was taken out, renamed or hidden, each with its place.
        lost: What the old modules did and the new ones do not, each with its place and a way out.
        views: Identifiers that bundles and decisions of the old study have in the new one only.
        modules: Full name of a module in the old study → its full name in the new one.
        warnings: What the study has none of for codeable, unless that is lost.
    """

    files: Mapping[Path, bytes]
    settings: tuple[bytes, ...]
    left_out: Mapping[Path, str] = field(factory=dict)
    notices: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    views: Mapping[CBundle | CClass, str] = field(factory=dict)
    modules: Mapping[str, str] = field(factory=dict)
    warnings: tuple[str, ...] = ()


def new_study(old: OldStudy) -> NewStudy:
    """Rewrite the modules of a study and write its settings."""
    modules = OldModules(old)
    _leave_out_idle(modules, old)
    files: dict[Path, bytes] = {}
    names = _import_names(modules)
    edited: list[ModuleEdits] = []
    for path in modules.placed:
        edits = ModuleEdits.read(path, modules.name_of[path])
        is_loaded, read_elsewhere = path not in modules.unloaded, modules.read_elsewhere(path)
        taken_out = take_out_drawing(edits, names, read_elsewhere, is_loaded=is_loaded)
        runtime = old.modules.get(edits.name)
        if runtime is not None:
            use_ours(edits, runtime, old.vocabulary, modules.others_than(path))
            keep_codes(edits, vars(runtime), old.vocabulary)
            if runtime.__name__ == "__main__":
                _run_main_block(edits, making_names(edits, names))
        for each in taken_out:
            edits.tell(each, f"taken out: {edits.source(each).splitlines()[0]}")
        edited.append(edits)
    notices = list(dict.fromkeys(each.notice() for each in modules.placed.values() if each.renamed))
    notices += modules.loaded_twice()
    lost: list[str] = []
    names = evolve(names, stars=Stars(edited, names, modules.is_ours).decide())
    for edits in edited:
        rewrite_imports(edits, names, modules.placed[edits.path].package)
        cut_exports(edits, names)
    by_file = {edits.path: edits for edits in edited}
    data = take_data_files(old.reads, modules.placed, by_file, modules.names.folder)
    new_names = {path: placed.name for path, placed in modules.placed.items()}
    views = name_views(old.registry, modules.old_modules(), by_file, new_names)
    for edits in edited:
        notices += edits.notices
        (notices if edits.path in modules.unloaded else lost).extend(edits.lost)
        files[Path(modules.placed[edits.path].path)] = edits.encoded()
    files |= {path: each for path, each in data.items() if path not in files}
    lost_kinds, warnings = nothing_of_ours(old)
    settings = [settings_of_models(models) for models in modules.entries()]
    return NewStudy(
        files,
        tuple(settings),
        modules.left_out,
        (*old.vocabulary.notices, *notices, *views.notices),
        (*lost, *lost_kinds, *views.lost),
        views.names,
        {modules.name_of[path]: name for path, name in new_names.items()},
        tuple(warnings),
    )


def _run_main_block(module: ModuleEdits, making: frozenset[str]) -> None:
    """Let the block below `if __name__ == "__main__":` run where it makes elements: a study loads modules."""
    for statement in filter(is_main_block, module.statements()):
        if any(declares(each, making) for each in statement.body if each not in module.taken_out):
            span = module.span(statement.test)
            module.replace(span.start, span.end, "True")
            module.tell(
                statement,
                f"`{module.first_line_of(statement)}` became `if True:`, since what it makes belongs to the "
                "study",
            )


def _leave_out_idle(modules: OldModules, old: OldStudy) -> None:
    """Leave out the modules that do nothing but draw, and the scripts that do nothing without these."""
    while True:
        names, tried = _import_names(modules), list[ModuleEdits]()
        for path in (path for path in modules.placed if path not in old.declaring):
            edits = ModuleEdits.read(path, modules.name_of[path])
            is_loaded, read_elsewhere = path not in modules.unloaded, modules.read_elsewhere(path)
            take_out_drawing(edits, names, read_elsewhere, is_loaded=is_loaded)
            tried.append(edits)
        found = [
            edits.path
            for edits in idle_modules(tried, names)
            if edits.path in modules.unloaded
            or (edits.taken_out and not modules.offers(edits.path, without=names.gone.get(edits.name)))
        ]
        if not found:
            return
        for path in found:
            modules.leave_out(path)


def _import_names(modules: OldModules) -> ImportNames:
    names = modules.names
    return ImportNames(
        modules.new_name,
        names.is_module,
        names.provided,
        names.known,
        modules.makers,
        modules.gone(),
    )
