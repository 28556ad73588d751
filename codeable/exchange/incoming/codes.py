"""Plans the codes of an import: which the study has already, and the module that declares the others."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain

from attrs import evolve

from codeable.errors import CodeableError
from codeable.exchange.incoming.code_differences import CodeDifference, differences_of
from codeable.exchange.incoming.code_identifiers import FreeIdentifiers, identifier_from
from codeable.exchange.incoming.code_kinds import CodeKinds
from codeable.exchange.incoming.code_links import LINK_KINDS, LinkPlanner
from codeable.exchange.incoming.code_messages import (
    known_by_name_alone,
    no_longer_in_file,
    other_identifiers,
    parents_without_identifier,
    same_names,
    update_hint,
)
from codeable.exchange.incoming.code_module import module_of_project, modules_of_project, written
from codeable.exchange.incoming.code_order import CodeOrder
from codeable.exchange.incoming.code_statements import declaration, paragraphs, values_left_out
from codeable.exchange.incoming.code_updates import CodeUpdate, modules_filled_in
from codeable.exchange.incoming.exported_names import with_real_names
from codeable.exchange.incoming.known_codes import KnownCodes
from codeable.exchange.incoming.planned import Difference, ImportOptions, PlannedCodes, StudyBefore
from codeable.exchange.incoming.study_codes import StudyCode, codes_not_built, codes_of, plain_name
from codeable.exchange.project import Project, ProjectCode
from codeable.kernel import CLink
from codeable.kernel.place import shown_place
from codeable.notes.mentions import codes_mentioned
from codeable.notes.thoughts import thoughts_in
from codeable.registry.records import Kind
from codeable.text import counted, first_few

_NAMELESS = "Unnamed code"
"""The display name of a code that has none in the file."""


def planned_codes(project: Project, study: StudyBefore, options: ImportOptions) -> PlannedCodes:
    """Plan the codes of a project. Nothing is written.

    Args:
        project: The project.
        study: The study that it comes into.
        options: What the user chooses.

    Returns:
        The identifiers of all codes, and the module that declares the new ones.

    Raises:
        CodeableError: The module of an earlier import cannot be read, or notes declare codes of the file that
            no module has yet.

    Example:
        >>> project = Project("Interviews", codes=(ProjectCode("1", "Cost", description="What it takes."),))
        >>> options = ImportOptions(kinds={"Cost": "force"})
        >>> planned = planned_codes(project, StudyBefore(), options)
        >>> print(planned.files["models/interviews.py"].decode(), end="")
        \"\"\"Codes of the project Interviews.\"\"\"
        <BLANKLINE>
        from codeable.dsl import *
        <BLANKLINE>
        cost = CClass(force, "Cost", values={"description": "What it takes."})
    """
    return _Planning(project, study, options).planned()


class _Planning:
    """Plans the codes of one import."""

    def __init__(self, project: Project, study: StudyBefore, options: ImportOptions) -> None:
        self.study = study
        self.registry = registry = study.registry
        self.settings = settings = study.settings
        self.notes = study.notes
        self.project = evolve(project, codes=with_real_names(project.codes, registry))
        self.options = options
        self.only_in_notes = self._only_in_notes()
        links = {link.code for link in project.links}
        self.order = CodeOrder.of(
            [
                code if code.name.strip() else evolve(code, name=_NAMELESS)
                for code in self.project.codes
                if code.key not in links | self.only_in_notes.keys() and code.kind not in LINK_KINDS
            ],
            project.links,
        )
        self.kinds = CodeKinds(self.order.codes, options.kinds)
        self.in_study = codes_of(registry)
        self.modules = modules_of_project(project.name, study)
        known = KnownCodes(self.order, self.in_study, settings, self.modules)
        self.known, self.by_name_alone, self.merged = known.found, known.by_name_alone, known.merged
        self.free = FreeIdentifiers(self._taken())
        self.identifiers = self._identifiers()

    def planned(self) -> PlannedCodes:
        """The plan."""
        new = [code for code in self.order.codes if code.key not in self.known]
        self._check_all_built(new)
        kinds = {code.key: self._kind(code.key) for code in self.order.codes}
        called = self.identifiers | {key: code.called for key, code in self.known.items()}
        in_file = {code.key: code for code in self.project.codes}
        links = LinkPlanner(self.identifiers, called, kinds, self.registry, self.free, in_file).plan(
            self.project.links
        )
        parents = {
            code.key: [
                self.identifiers[key] for key in self.order.parents[code.key] if key in self.identifiers
            ]
            for code in new
        }
        statements = {
            code.key: declaration(code, kinds[code.key], self.identifiers[code.key], parents[code.key])
            for code in new
        }
        blocks = [*paragraphs(new, statements), *filter(None, ["\n".join(links.statements)])]
        needed = {*links.needed, *chain.from_iterable(parents.values())}
        updated, made, differences = self._compared(called)
        return PlannedCodes(
            self.identifiers | links.names | self.only_in_notes,
            self._evident(links.unnamed),
            updated | (self._files(blocks, needed, updated) if blocks else {}),
            new=tuple(self.identifiers[code.key] for code in new),
            known=tuple(code.called for code in self.known.values()),
            differences=(*differences, *links.differences),
            messages=(
                *self.kinds.messages(),
                *other_identifiers(new, self.identifiers),
                *known_by_name_alone(self.by_name_alone),
                *same_names(new, self.identifiers, self.in_study),
                *(
                    no_longer_in_file(self.in_study, self.known, self.modules, new)
                    if self.settings.model_folders
                    else ()
                ),
                *made,
            ),
            not_taken_over=(
                *self.order.not_taken_over,
                *parents_without_identifier(new, self.order.parents, self.identifiers),
                *self.kinds.not_taken_over(),
                *values_left_out(new, kinds),
                *links.not_taken_over,
            ),
        )

    def _only_in_notes(self) -> dict[str, str]:
        """The codes of an export of this study that notes mention and nothing declares: they stay so."""
        stated = {
            code.key: code.identifier for code in self.project.codes if code.identifier and not code.kind
        }
        if not stated:
            return {}
        mentioned = {name for note in self.notes for name in codes_mentioned(note, self.settings.renames)}
        declared = {name for each in self.registry.declarations for name in (each.identifier, *each.aliases)}
        declared.update(codes_not_built(self.study))
        return {key: name for key, name in stated.items() if name in mentioned - declared}

    def _evident(self, links: Mapping[str, CLink]) -> dict[str, frozenset[str]]:
        """The evidence for the codes of the study that have no identifier, so that no trace can name them."""
        elements = {key: one.declaration.element for key, one in self.known.items() if one.identifier is None}
        return {
            key: frozenset(map(self.registry.name_of, self.registry.evidence_of(element)))
            for key, element in {**elements, **links}.items()
        }

    def _check_all_built(self, new: Sequence[ProjectCode]) -> None:
        """Refuse codes that notes declare already, which the next build would declare again."""
        if not new:
            return
        waiting = codes_not_built(self.study)
        names = {plain_name(one.name): one for one in waiting.values()}
        for code in new:
            one = names.get(plain_name(code.name)) or waiting.get(
                code.identifier or identifier_from(code.name)
            )
            if one is not None:
                raise CodeableError(
                    f"nothing was written: the notes declare the code {one.identifier.name!r} "
                    f"({shown_place(one.span)}), no module has it yet, and the file has it, too; "
                    f"`codeable notes build` makes the modules, then import again"
                )

    def _taken(self) -> Iterator[str]:
        """The identifiers that no new code may have."""
        yield from self.settings.renames  # an old name leads to the new one
        names = [each.identifier for each in self.project.sources]
        for each in self.registry.declarations:
            names += [each.identifier, *each.aliases]
        yield from filter(None, names)

    def _identifiers(self) -> dict[str, str]:
        """The identifiers of the codes: those of known ones, those that the file states, and new ones."""
        stated = {
            code.key: code.identifier
            for code in self.order.codes
            if code.key not in self.known
            and code.identifier is not None
            and self.free.take_as_is(code.identifier)
        }
        found: dict[str, str] = {}
        for code in self.order.codes:
            if code.key in self.known:
                identifier = self.known[code.key].identifier
            else:
                above = next((found[key] for key in self.order.parents[code.key] if key in found), None)
                identifier = stated.get(code.key) or self.free.take(code.name, above)
            if identifier is not None:
                found[code.key] = identifier
        return found

    def _kind(self, key: str) -> Kind:
        if key in self.known:
            return self.registry.kind_of(self.known[key].declaration.element)
        return self.kinds.of(key)

    def _compared(self, called: Mapping[str, str]) -> tuple[dict[str, bytes], list[str], list[Difference]]:
        """The known codes: modules in which something is filled in, messages about it, and differences."""
        noted: set[str] = set()
        own = {known for key, known in self.known.items() if key not in self.merged}
        both = [
            code
            for code in self.order.codes
            if code.key in self.known and not (code.key in self.merged and self.known[code.key] in own)
        ]
        if both:
            noted = {plain_name(thought.text) for note in self.notes for thought in thoughts_in(note)}
        found: list[tuple[StudyCode, CodeDifference]] = []
        for code in both:
            parents = [called[key] for key in self.order.parents[code.key]]
            known, kind = self.known[code.key], self.kinds.stated.get(code.key)
            differences = differences_of(code, known, kind, parents, noted)
            by_settings = ("name", "parent") if code.key in self.merged else ()
            found += ((known, each) for each in differences if each.what not in by_settings)
        folder = self.registry.folder
        if folder is None or not self.options.update:
            lacking = dict.fromkeys(known.called for known, each in found if each.is_empty_in_study)
            return {}, list(update_hint(list(lacking))), [each.of(known) for known, each in found]
        empty: dict[StudyCode, dict[str, str]] = {}
        for known, each in found:
            if each.is_empty_in_study:
                empty.setdefault(known, {})[each.what] = each.in_file
        wanted = [CodeUpdate(known.declaration, values) for known, values in empty.items()]
        files, made = modules_filled_in(wanted, folder, self.settings)
        done = {each.declaration for each in made}
        names = [str(each.declaration.identifier) for each in made]
        return (
            files,
            [f"Filled in for {counted(len(made), 'code')}: {first_few(names)}."] if made else [],
            [
                each.of(known)
                for known, each in found
                if not (each.is_empty_in_study and known.declaration in done)
            ],
        )

    def _files(
        self, blocks: Sequence[str], needed: Collection[str], updated: Mapping[str, bytes]
    ) -> dict[str, bytes]:
        """The module of the project with new statements."""
        outside = {
            each.identifier: each.declaration.module
            for each in self.known.values()
            if each.identifier is not None and each.identifier in needed
        }
        module = module_of_project(self.project.name, self.study, set(outside.values()))
        imports: dict[str, list[str]] = {}
        for identifier, name in outside.items():
            if name != module.name:
                imports.setdefault(name, []).append(identifier)
        title = " ".join(f"Codes of the project {self.project.name}.".split())
        module = evolve(module, data=updated.get(module.path, module.data))
        return {module.path: written(module, title, imports, blocks)}
