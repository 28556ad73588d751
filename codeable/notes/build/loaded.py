"""What the statements of modules make when they run, beyond what can be read in them.

A loop, a helper function or a name from `import … as` makes options, links and names that the text of a
statement does not show. The loaded study has them. `build` adds them to the statements that made them: they
count as made by hand, and are not built a second time.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from codeable.kernel import CClass, CLink
from codeable.kernel.place import Span, span_of
from codeable.notes.build.plan import Key
from codeable.notes.build.study_modules import Held, HeldModule, HeldModules
from codeable.registry import Declaration, Registry
from codeable.registry.records import with_description


def add_names(study: HeldModules, registry: Registry) -> None:
    """Add the names that modules bind, each to the statement that binds it.

    Args:
        study: Modules of the study.
        registry: The loaded study.
    """
    words = _words(registry)
    for declaration in registry.declarations:
        module = study.by_name.get(declaration.module)
        name = declaration.identifier
        if module is None or not module.statements or name is None:
            continue
        held = next((one for one in module.statements if name in one.binds), module.statements[-1])
        if held.is_built or ("code", name) in held.values:
            continue
        held.made["code", name] = declaration.name
        held.metaclasses[name] = words.get(id(getattr(declaration.element, "metaclass", None)), "")
        if name not in held.binds:
            held.binds = (*held.binds, name)


def add_links(study: HeldModules, registry: Registry) -> None:
    """Add the options, impacts, relations and codes of sources, each to the statement that makes it.

    Args:
        study: All modules of the study.
        registry: The loaded study.
    """
    words = _words(registry)
    at: dict[tuple[str, int], Held] = {
        (module.path, line): held
        for module in study.by_path.values()
        for held in module.statements
        for line in range(held.span.line, held.span.end_line + 1)
    }
    for link in _links(registry.declarations):
        key, span = _key(link, registry), span_of(link)
        if key is None or span is None:
            continue
        place = _path(span, registry), span.line
        if place not in at:  # a file that is no module of the study, such as that of a helper function
            at[place] = Held(HeldModule(place[0], place[0]), ast.Pass(), span, span.end, "")
            study.elsewhere.append(at[place])
        held = at[place]
        if not held.is_built and key not in held.values:
            held.made[key] = _value(link, key, words)


def _words(registry: Registry) -> dict[int, str]:
    """The identity of each element of the vocabulary → its name there."""
    vocabulary = registry.vocabulary
    return {id(getattr(vocabulary, name)): name for name in vocabulary.__all__}


def _links(declarations: tuple[Declaration, ...]) -> Iterator[CLink]:
    """The links between elements, each at its source."""
    for declaration in declarations:
        element = declaration.element
        if isinstance(element, CClass | CLink):
            yield from (link for link in element.links if link.source is element)


def _key(link: CLink, registry: Registry) -> Key | None:
    """What a link is about; none for one between elements without names."""
    source, target = registry.identifier_of(link.source), registry.identifier_of(link.target)
    if source is None or target is None:
        return None
    kind = registry.kind_of(link)
    if kind in ("option", "impact"):
        return kind, source, target
    if link.role_name == "contained_code":
        return "evidence", source, target
    if link.source_role_name == "contained_code":
        return "evidence", target, source
    return "relation", source, target, link.role_name or "to"


def _value(link: CLink, key: Key, words: dict[int, str]) -> str:
    """What a link says, as the statements of traces say it."""
    if key[0] == "evidence":
        return ""
    if key[0] == "option":
        values = link.tagged_values
        return with_description(values.get("name"), values.get("description"))
    names = [words.get(id(one), str(one.name)) for one in link.stereotype_instances]
    return ", ".join(names) or ("no stereotype" if key[0] == "relation" else "")


def _path(span: Span, registry: Registry) -> str:
    path, folder = Path(span.path), registry.folder
    return path.relative_to(folder).as_posix() if folder and path.is_relative_to(folder) else span.path
