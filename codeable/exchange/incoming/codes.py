"""Plans the codes of an import: which the study has already, and the module that declares the others."""

from collections.abc import Mapping, Sequence

from attrs import evolve

from codeable.exchange.incoming.code_identifiers import FreeIdentifiers
from codeable.exchange.incoming.code_kinds import CodeKinds
from codeable.exchange.incoming.code_module import module_of_project, modules_of_project, written
from codeable.exchange.incoming.code_order import parents_first
from codeable.exchange.incoming.code_statements import declaration, paragraphs, values_left_out
from codeable.exchange.incoming.known_codes import KnownCodes, StudyCode, codes_of, differences_of
from codeable.exchange.incoming.planned import ImportOptions, PlannedCodes
from codeable.exchange.project import Project, ProjectCode
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
    named = [code if code.name.strip() else evolve(code, name=_NAMELESS) for code in project.codes]
    codes, left_out = parents_first(named)
    kinds = CodeKinds(codes, options.kinds)
    in_study = codes_of(registry) if registry is not None else []
    modules = modules_of_project(project.name, registry, settings) if registry is not None else set()
    known = KnownCodes(codes, in_study, settings, modules).found
    identifiers = _identifiers(project, codes, known, registry, settings)
    new = [code for code in codes if code.key not in known]
    differences = [
        each
        for code in codes
        if code.key in known
        for each in differences_of(code, known[code.key], kinds.stated.get(code.key), identifiers)
    ]
    files = {}
    if new:
        needed = [known[code.parent] for code in new if code.parent in known]
        module = module_of_project(
            project.name, registry, settings, {each.declaration.module for each in needed}
        )
        imports: dict[str, set[str]] = {}
        for each in needed:
            if each.declaration.module != module.name:
                imports.setdefault(each.declaration.module, set()).add(each.identifier)
        statements = {code.key: declaration(code, kinds.of(code.key), identifiers) for code in new}
        title = " ".join(f"Codes of the project {project.name}.".split())
        files[module.path] = written(module, title, imports, list(paragraphs(new, statements)))
    return PlannedCodes(
        identifiers,
        files,
        new=tuple(identifiers[code.key] for code in new),
        known=tuple(identifiers[code.key] for code in codes if code.key in known),
        differences=tuple(differences),
        messages=tuple(kinds.messages()),
        not_taken_over=(
            *left_out,
            *kinds.not_taken_over(),
            *values_left_out(new, {code.key: kinds.of(code.key) for code in new}),
        ),
    )


def _identifiers(
    project: Project,
    codes: Sequence[ProjectCode],
    known: Mapping[str, StudyCode],
    registry: Registry | None,
    settings: Settings,
) -> dict[str, str]:
    """The identifiers of the codes: those of known ones, those that the file states, and new ones."""
    taken = {each.identifier for each in project.sources}
    for each in registry.declarations if registry is not None else ():
        taken.update((each.identifier, *each.aliases))
    free = FreeIdentifiers([*filter(None, taken), *settings.renames])  # an old name leads to the new one
    stated = {
        code.key: code.identifier
        for code in codes
        if code.key not in known and code.identifier is not None and free.take_as_is(code.identifier)
    }
    found: dict[str, str] = {}
    for code in codes:
        parent = found[code.parent] if code.parent is not None else None
        if code.key in known:
            found[code.key] = known[code.key].identifier
        else:
            found[code.key] = stated.get(code.key) or free.take(code.name, parent)
    return found
