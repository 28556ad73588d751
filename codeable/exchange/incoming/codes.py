"""Plans the codes of an import: which the study has already, and the module that declares the others."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from attrs import evolve

from codeable.exchange.incoming.code_identifiers import FreeIdentifiers
from codeable.exchange.incoming.code_kinds import CodeKinds
from codeable.exchange.incoming.code_links import LINK_KINDS, LinkPlanner
from codeable.exchange.incoming.code_module import module_of_project, modules_of_project, written
from codeable.exchange.incoming.code_order import CodeOrder
from codeable.exchange.incoming.code_statements import declaration, paragraphs, values_left_out
from codeable.exchange.incoming.known_codes import (
    KnownCodes,
    StudyCode,
    codes_of,
    differences_of,
    plain_name,
)
from codeable.exchange.incoming.planned import Difference, ImportOptions, PlannedCodes
from codeable.exchange.project import Project, ProjectCode
from codeable.notes.files import notes_of_study
from codeable.notes.thoughts import thoughts_in
from codeable.registry import Registry
from codeable.settings import Settings

_NAMELESS = "Unnamed code"
"""The display name of a code that has none in the file."""


def planned_codes(
    project: Project, registry: Registry | None, settings: Settings, options: ImportOptions
) -> PlannedCodes:
    """Plan the codes of a project. Nothing is written.

    Args:
        project: The project.
        registry: The study that it comes into; None for a new one.
        settings: The settings of the study.
        options: What the user chooses.

    Returns:
        The identifiers of all codes, and the module that declares the new ones.

    Raises:
        CodeableError: The module of an earlier import cannot be read.

    Example:
        >>> project = Project("Interviews", codes=(ProjectCode("1", "Cost", description="What it takes."),))
        >>> planned = planned_codes(project, None, Settings(), ImportOptions(kinds={"Cost": "force"}))
        >>> print(planned.files["models/interviews.py"].decode(), end="")
        \"\"\"Codes of the project Interviews.\"\"\"
        <BLANKLINE>
        from codeable.dsl import *
        <BLANKLINE>
        cost = CClass(force, "Cost", values={"description": "What it takes."})
    """
    links = {link.code: link for link in project.links if link.code is not None}
    order = CodeOrder.of(
        [
            code if code.name.strip() else evolve(code, name=_NAMELESS)
            for code in project.codes
            if code.key not in links and code.kind not in LINK_KINDS
        ],
        project.links,
    )
    kinds = CodeKinds(order.codes, options.kinds)
    found = {} if registry is None else _known(project, order, registry, settings)
    free = FreeIdentifiers(_taken(project, registry, settings))
    identifiers = _identifiers(order.codes, found, free)
    planned_links = LinkPlanner(
        identifiers,
        {
            code.key: registry.kind_of(found[code.key].declaration.element)
            if registry is not None and code.key in found
            else kinds.of(code.key)
            for code in order.codes
        },
        registry,
        free,
        {code.key: code for code in project.codes},
    ).plan(project.links)
    new = [code for code in order.codes if code.key not in found]
    parents = {key: [identifiers[each] for each in above] for key, above in order.parents.items()}
    statements = {
        code.key: declaration(code, kinds.of(code.key), identifiers[code.key], parents[code.key])
        for code in new
    }
    needed = {*planned_links.needed, *(parent for code in new for parent in parents[code.key])}
    blocks = [*paragraphs(new, statements), "\n".join(planned_links.statements)]
    differences = _differences(order, found, kinds, parents, registry, settings)
    return PlannedCodes(
        {**identifiers, **planned_links.names},
        _files(project, [block for block in blocks if block], needed, found.values(), registry, settings),
        new=tuple(identifiers[code.key] for code in new),
        known=tuple(found[code.key].identifier for code in order.codes if code.key in found),
        differences=(*differences, *planned_links.differences),
        messages=tuple(kinds.messages()),
        not_taken_over=(
            *order.not_taken_over,
            *kinds.not_taken_over(),
            *values_left_out(new, {code.key: kinds.of(code.key) for code in new}),
            *planned_links.not_taken_over,
        ),
    )


def _known(
    project: Project, order: CodeOrder, registry: Registry, settings: Settings
) -> dict[str, StudyCode]:
    modules = modules_of_project(project.name, registry, settings)
    return KnownCodes(order, codes_of(registry), settings, modules).found


def _taken(project: Project, registry: Registry | None, settings: Settings) -> Iterator[str]:
    """The identifiers that no new code may have."""
    yield from settings.renames  # an old name leads to the new one
    names = [each.identifier for each in project.sources]
    for each in registry.declarations if registry is not None else ():
        names += [each.identifier, *each.aliases]
    yield from filter(None, names)


def _identifiers(
    codes: Sequence[ProjectCode], known: Mapping[str, StudyCode], free: FreeIdentifiers
) -> dict[str, str]:
    """The identifiers of the codes: those of known ones, those that the file states, and new ones."""
    stated = {
        code.key: code.identifier
        for code in codes
        if code.key not in known and code.identifier is not None and free.take_as_is(code.identifier)
    }
    found: dict[str, str] = {}
    for code in codes:
        if code.key in known:
            found[code.key] = known[code.key].identifier
        else:
            found[code.key] = stated.get(code.key) or free.take(code.name, found.get(code.parent or ""))
    return found


def _differences(
    order: CodeOrder,
    found: Mapping[str, StudyCode],
    kinds: CodeKinds,
    parents: Mapping[str, Sequence[str]],
    registry: Registry | None,
    settings: Settings,
) -> Iterator[Difference]:
    both = [code for code in order.codes if code.key in found]
    noted: set[str] = set()
    if registry is not None and registry.folder is not None and any(code.memos for code in both):
        notes = notes_of_study(registry.folder, settings)
        noted = {plain_name(thought.text) for note in notes for thought in thoughts_in(note)}
    for code in both:
        kind = kinds.stated.get(code.key)
        yield from differences_of(code, found[code.key], kind, parents[code.key], noted)


def _files(
    project: Project,
    blocks: Sequence[str],
    needed: Collection[str],
    known: Iterable[StudyCode],
    registry: Registry | None,
    settings: Settings,
) -> dict[str, bytes]:
    """The module of the project with new statements; none without new statements."""
    if not blocks:
        return {}
    outside = {each.identifier: each.declaration.module for each in known if each.identifier in needed}
    module = module_of_project(project.name, registry, settings, set(outside.values()))
    imports: dict[str, list[str]] = {}
    for identifier, name in outside.items():
        if name != module.name:
            imports.setdefault(name, []).append(identifier)
    title = " ".join(f"Codes of the project {project.name}.".split())
    return {module.path: written(module, title, imports, blocks)}
