"""The modules of a study after several codes have become one. `merge` calls it; no module is run."""

from codeable.names.merging.declarations import check_declarations, with_one_declaration
from codeable.names.merging.imports import with_imports, with_uses
from codeable.names.merging.links import with_single_links
from codeable.names.merging.work import MergeWork
from codeable.names.renaming.refusals import RenameRefusedError


def merged_modules(work: MergeWork) -> dict[str, str]:
    """File → text, of the modules that change when codes become one.

    The declarations of those that go are taken out, with the links that the one that stays has, too. What is
    left of their uses becomes uses of that one, and the imports follow.

    Raises:
        RenameRefusedError: A declaration or a link cannot be taken out of its statement, or the code that
            stays is in no module while another one is.
    """
    paths = [path for path in work.study.modules if work.places(path)]
    if not paths:
        return {}
    home_before = _home_of(work)
    check_declarations(work, paths)
    with_single_links(work, paths)
    home = with_one_declaration(work, paths, home_before)
    if home != home_before:
        with_imports(work, home_before, home, always=True)
    for path in paths:
        with_imports(work, path, home)
        with_uses(work, path)
    changed = {path: module.text for path, module in work.modules.items()}
    return {path: text for path, text in changed.items() if text != work.study.modules[path].text}


def _home_of(work: MergeWork) -> str:
    """The module that declares the code that stays."""
    for path in work.study.modules:
        for one in work.study.occurrences[path]:
            if one.name == work.into and one.role == "declaration" and not one.alias:
                return path
    raise RenameRefusedError(
        f"'{work.into}' is in no module yet; `codeable notes build` writes it, then merge"
    )
