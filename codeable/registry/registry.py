"""The registry: every element of a study by its names, and what the links between them say.

`load_folder` makes one of a folder, `Registry.of` one of a notebook's cells. Diagrams, notes, checks and the
main job ask it; `codeable.Study` is a registry with the methods that call those layers.
"""

import importlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn, Self

from codeable.errors import CodeableError
from codeable.kernel import CClass, CNamedElement
from codeable.kernel.class_objects import represented
from codeable.kernel.exception import UncopyableError
from codeable.kernel.invalidation import ELEMENTS
from codeable.kernel.place import place_of, shown_place
from codeable.registry.answer import MIXED, Answer, Heading, State
from codeable.registry.collection import Collection
from codeable.registry.declarations import declared_by_modules
from codeable.registry.kinds import CLASS_KINDS, OPTION_KINDS, Kinds
from codeable.registry.name_lookup import UnknownNameError
from codeable.registry.notebook import Notebook
from codeable.registry.records import Connection, Declaration, Impact, Kind, Option, Relation, columns_of
from codeable.registry.snapshot import Snapshot
from codeable.settings import Settings, settings_of_cells
from codeable.text import shown

Element = CNamedElement | str
"""An element, its class object, or its identifier, display name, or qualified name."""

_Accepted = tuple[str, frozenset[Kind]]
"""What a question makes sense for: in words, and as kinds; no kinds for every code."""

_DECISION: _Accepted = "a decision", frozenset({"decision"})
_SOLUTION: _Accepted = "a solution", OPTION_KINDS
_FORCE: _Accepted = "a force", frozenset({"force"})
_SOURCE: _Accepted = "a source", frozenset({"source"})
_CODE: _Accepted = "a code: a decision, a solution, a force, a domain class or a relation", frozenset()

_CODES = Heading("code", "codes", MIXED)
_SUBCODES = Heading("sub-code", "sub-codes", MIXED)
_SUPERCODES = Heading("super-code", "super-codes", MIXED)
_SOURCES = Heading("source", "sources")
_CONTEXTS = Heading("context", "contexts")
_CLASS: _Accepted = "a class", frozenset({"class", *(kind for _, kind in CLASS_KINDS)})
_LINKS = Heading("link", "links", columns_of(Connection))
_OPTIONS = Heading("option", "options", columns_of(Option))
_DECISIONS = Heading("decision", "decisions", columns_of(Option))
_FORCES = Heading("force", "forces", columns_of(Impact))
_IMPACTS = Heading("impact", "impacts", columns_of(Impact), "on")
_RELATIONS = Heading("relation", "relations", columns_of(Relation))
_RELATIONS_TO = Heading("relation", "relations", columns_of(Relation), "to")
_NEXT_DECISIONS = Heading("next decision", "next decisions", columns_of(Relation))


class Registry:
    """What a study declares.

    Every question takes an element or its name; a class object stands for its class. Links are read when a
    question is asked, so an answer is never older than the model. An element of another study, a deleted
    element, and an element that a cell run again has replaced are in no answer.

    Args:
        vocabulary: The study's `codeable.dsl`.
        modules: The study's modules by name, in the order in which they ran to their end.
        folder: The study's folder, absolute; None for a study that is no folder.
        settings: What `[tool.codeable]` says.
        files: The files of the modules, in the order in which they were loaded.
        declarations: What the study declares, where that was read from a file; None to ask the modules.
        read_from: What messages call that file; None for a study of modules or cells.

    Attributes:
        vocabulary, modules, folder, settings, files, read_from: As given.
        state: Whether the answers given so far are stale; a new one after each reload.

    Example:
        >>> from codeable.dsl import *
        >>> bus, s1 = CClass(pattern, "Event Bus"), CClass(source, "s1")
        >>> _ = add_links({s1: bus}, role_name="contained_code")
        >>> Registry.of({"bus": bus, "s1": s1}).evidence_of("bus") == [s1]
        True
    """

    def __init__(
        self,
        vocabulary: ModuleType,
        modules: Mapping[str, ModuleType],
        *,
        folder: Path | None = None,
        settings: Settings | None = None,
        files: Sequence[Path] = (),
        declarations: tuple[Declaration, ...] | None = None,
        read_from: str | None = None,
    ) -> None:
        self.vocabulary = vocabulary
        self.modules = dict(modules)
        self.folder = folder
        self.settings = settings or Settings()
        self.files = tuple(files)
        self.read_from = read_from
        self.state = State()
        self._kinds = Kinds(vocabulary)
        self._notebook: Notebook | None = None
        if declarations is None:
            declarations = declared_by_modules(vocabulary, modules, self._kinds)
        self._snapshot = self._snapshot_of(declarations)

    @classmethod
    def of(cls, namespace: Mapping[str, object], **settings: object) -> Self:
        """The study that the cells of a notebook declare: `Study.of(globals())`.

        It has no folder. It follows the namespace: after a cell is run again, it has the new elements.

        Args:
            namespace: The names that the cells bind.
            **settings: Settings of its figures and tables, as in `[tool.codeable]`: `engine`, `engines`,
                `figure`, `figures`, `notebook`, `reports`, `styles`, `views`.

        Raises:
            CodeableError: The argument is no namespace, or a setting or its value does not exist.

        Example:
            `Study.of(globals(), notebook="svg,pdf", figure={"style": "paper"})`
        """
        if not isinstance(namespace, Mapping):
            of = f"{cls.__name__}.of"
            raise CodeableError(f"{of}() takes a namespace, as in {of}(globals()); not {shown(namespace)}")
        vocabulary = importlib.import_module("codeable.dsl")
        made = cls(vocabulary, {}, settings=settings_of_cells(settings, f"{cls.__name__}.of()"))
        made._notebook = Notebook(namespace, vocabulary)
        made._snapshot = made._snapshot_of(made._notebook.declarations())
        return made

    def __reduce_ex__(self, _: object) -> NoReturn:
        """Refuse to be copied or pickled.

        Raises:
            UncopyableError: Always.
        """
        raise UncopyableError(
            "a study cannot be copied or pickled, because its elements belong to it; "
            "codeable.load(folder) loads it again, also in another process"
        )

    def folder_for(self, purpose: str) -> Path:
        """The study's folder.

        Args:
            purpose: What needs it, for the message: "check()".

        Raises:
            CodeableError: The study has no folder.
        """
        if self.folder is None:
            origin = "made of cells" if self.read_from is None else f"read from {self.read_from}"
            raise CodeableError(
                f"{purpose} needs the folder of a study, and this study has none: it is {origin}; "
                "codeable.load(folder) gives the study in a folder",
                exit_status=2,
            )
        return self.folder

    @property
    def has_files(self) -> bool:
        """Whether its elements and notes are in files of a study, or were when it was exported."""
        return self.folder is not None or self.read_from is not None

    # -- elements and their names

    @property
    def declarations(self) -> tuple[Declaration, ...]:
        """Every declaration, in order of loading."""
        return self._now().declarations

    def __iter__(self) -> Iterator[Any]:
        """The elements, in order of loading."""
        return (declaration.element for declaration in self.declarations)

    def __len__(self) -> int:
        return len(self.declarations)

    def __bool__(self) -> bool:
        """A study is true, also one that declares nothing."""
        return True

    def __contains__(self, item: object) -> bool:
        """Whether an element is declared here, or one of that identifier, display name or qualified name."""
        now = self._now()
        return represented(item) in now.by_element if isinstance(item, CNamedElement) else item in now.names

    def __getitem__(self, name: str) -> Any:
        """The element with this identifier, display name, or qualified name (`models.x:name`).

        Raises:
            UnknownNameError: There is none (a `KeyError`); the message names the nearest.
            AmbiguousNameError: There are several; the message names each.
        """
        return self._now().names.find(name).element

    def look_up(self, name_or_element: Element) -> Declaration:
        """The declaration of an element, by name or by the element itself.

        Raises:
            UnknownNameError: It is not declared here (a `KeyError`).
            AmbiguousNameError: Several elements have this name.
        """
        now = self._now()
        if not isinstance(name_or_element, CNamedElement):
            return now.names.find(name_or_element)
        found = now.by_element.get(represented(name_or_element))
        if found is None:
            raise UnknownNameError(_foreign(name_or_element), name_or_element)
        return found

    def declaration_of(self, element: CNamedElement) -> Declaration | None:
        """The declaration of an element; None when it is not declared here."""
        by_element = self._now(thorough=False).by_element
        # A figure asks about each of its classes: they are looked up first.
        return by_element.get(element) or by_element.get(represented(element))

    def identifier_of(self, element: CNamedElement) -> str | None:
        """The identifier of an element; None when it has none or is not declared here."""
        found = self.declaration_of(element)
        return found.identifier if found is not None else None

    def in_order(self, elements: Iterable[Any]) -> list[Any]:
        """Elements in order of loading, those that are not declared here at the end."""
        found = list(map(represented, elements))
        if len(found) < 2:
            return found
        positions = self._now().positions
        return sorted(found, key=lambda element: positions.get(element, len(positions)))

    def name_of(self, element: CNamedElement) -> str:
        """What a record calls an element: its identifier, or its display name where it has none.

        An identifier that several modules bind is given as qualified name, `models.x:name`.
        """
        return self._now(thorough=False).name_of(represented(element))

    def kind_of(self, element: CNamedElement) -> Kind:
        """What an element is: "decision", "practice", "source"."""
        return self._kinds.of(element)

    def is_code(self, element: CNamedElement) -> bool:
        """Whether sources can be evidence for an element."""
        return self._kinds.is_code(element)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {len(self)} elements>"

    def _ipython_key_completions_(self) -> list[str]:
        names = (name for each in self.declarations for name in (each.identifier, each.element.name))
        return list(dict.fromkeys(name for name in names if name))

    # -- collections

    @property
    def sources(self) -> Collection:
        """The sources, in the order of coding where the settings give one, else in natural order."""
        return self._now().of_kinds("source", "sources", "source")

    @property
    def references(self) -> Collection:
        """The references that are no sources themselves."""
        return self._now().of_kinds("reference", "references", "reference")

    @property
    def decisions(self) -> Collection:
        """The decisions."""
        return self._now().of_kinds("decision", "decisions", "decision")

    @property
    def practices(self) -> Collection:
        """The practices without the patterns."""
        return self._now().of_kinds("practice", "practices", "practice")

    @property
    def patterns(self) -> Collection:
        """The patterns."""
        return self._now().of_kinds("pattern", "patterns", "pattern")

    @property
    def solutions(self) -> Collection:
        """All design solutions but the decisions: practices, patterns and others."""
        return self._now().of_kinds("solution", "solutions", "practice", "pattern", "solution")

    @property
    def forces(self) -> Collection:
        """The forces."""
        return self._now().of_kinds("force", "forces", "force")

    @property
    def categories(self) -> Collection:
        """The categories of decisions."""
        return self._now().of_kinds("category", "categories", "category")

    @property
    def classes(self) -> Collection:
        """The classes of every other kind, such as the components of a system."""
        return self._now().of_kinds("class", "classes", "class")

    @property
    def bundles(self) -> Collection:
        """The bundles that have a name in a module."""
        return self._now().of_kinds("bundle", "bundles", "bundle")

    @property
    def codes(self) -> Collection:
        """What sources can be evidence for: decisions, solutions, forces, domain classes, named relations."""
        return self._now().codes()

    # -- evidence

    def evidence_of(self, code: Element) -> Collection:
        """The sources that a code was found in, in the order of the sources."""
        now, element = self._subject("evidence_of", code, _CODE)
        return now.collection(now.evidence_of(element), _SOURCES, element)

    def codes_of(self, source: Element) -> Collection:
        """The codes found in a source, in the order in which they were linked: classes and relations."""
        now, element = self._subject("codes_of", source, _SOURCE)
        return now.collection(now.codes_of(element), _CODES, element)

    def subcodes_of(self, code: Element) -> Collection:
        """The codes that specialise a code (`superclasses=`), directly or not; their evidence is its own."""
        now, element = self._subject("subcodes_of", code, _CODE)
        return now.collection(now.subcodes_of(element), _SUBCODES, element)

    def supercodes_of(self, code: Element) -> Collection:
        """The codes that a code specialises, directly or not."""
        now, element = self._subject("supercodes_of", code, _CODE)
        return now.collection(now.supercodes_of(element), _SUPERCODES, element)

    # -- options, forces and relations

    def options_of(self, decision: Element) -> Answer[Option]:
        """The options of a decision, in the order in which they were declared."""
        now, element = self._subject("options_of", decision, _DECISION)
        found = map(now.option, now.outgoing(element, "decision_solution_relation"))
        return now.answer(found, _OPTIONS, element)

    def decisions_of(self, solution: Element) -> Answer[Option]:
        """The decisions that offer a solution, as options, in the order in which they were declared."""
        now, element = self._subject("decisions_of", solution, _SOLUTION)
        found = map(now.option, now.incoming(element, "decision_solution_relation"))
        return now.answer(found, _DECISIONS, element)

    def forces_of(self, solution: Element) -> Answer[Impact]:
        """The forces that a solution acts on, with its impact on each."""
        now, element = self._subject("forces_of", solution, _SOLUTION)
        found = map(now.impact, now.outgoing(element, "force_impact_relation"))
        return now.answer(found, _FORCES, element)

    def impacts_on(self, force: Element) -> Answer[Impact]:
        """The solutions that act on a force, with the impact of each."""
        now, element = self._subject("impacts_on", force, _FORCE)
        found = map(now.impact, now.incoming(element, "force_impact_relation"))
        return now.answer(found, _IMPACTS, element)

    def relations_of(self, solution: Element) -> Answer[Relation]:
        """The relations that start at a solution and lead to another."""
        now, element = self._subject("relations_of", solution, _SOLUTION)
        found = map(now.relation, now.outgoing(element, "design_solution_dependencies"))
        return now.answer(found, _RELATIONS, element)

    def relations_to(self, solution: Element) -> Answer[Relation]:
        """The relations that start at another solution and lead to this one."""
        now, element = self._subject("relations_to", solution, _SOLUTION)
        found = map(now.relation, now.incoming(element, "design_solution_dependencies"))
        return now.answer(found, _RELATIONS_TO, element)

    def next_decisions_of(self, solution_or_decision: Element) -> Answer[Relation]:
        """The decisions that come next after a solution or a decision."""
        accepted = "a solution or a decision", OPTION_KINDS
        now, element = self._subject("next_decisions_of", solution_or_decision, accepted)
        found = map(now.relation, now.outgoing(element, "solutions_to_next_decisions_relation"))
        return now.answer(found, _NEXT_DECISIONS, element)

    def links_of(self, cl: Element) -> Answer[Connection]:
        """The links between a class and others, of every association, in the order of declaration."""
        now, element = self._subject("links_of", cl, _CLASS)
        return now.answer(map(now.connection, now.links_of(element)), _LINKS, element)

    def contexts_of(self, decision: Element) -> Collection:
        """The domain classes that are the context of a decision."""
        now, element = self._subject("contexts_of", decision, _DECISION)
        found = (link.target for link in now.outgoing(element, "decision_to_contexts_relation"))
        return now.collection(found, _CONTEXTS, element)

    def category_of(self, decision: Element) -> CClass | None:
        """The category of a decision, if it has one."""
        now, element = self._subject("category_of", decision, _DECISION)
        found = now.incoming(element, "category_decisions_relation")
        return found[0].source if found else None

    # -- the snapshot

    def _snapshot_of(self, declarations: tuple[Declaration, ...]) -> Snapshot:
        self._version = ELEMENTS.number
        return Snapshot(declarations, self.vocabulary, self._kinds, self.state, self.settings.order)

    def _now(self, *, thorough: bool = True) -> Snapshot:
        """The snapshot; a new one after elements were deleted or renamed, or a notebook has changed."""
        outdated = self._version != ELEMENTS.number
        if self._notebook is not None:
            if outdated or self._notebook.has_changed(thorough=thorough):
                self._snapshot = self._snapshot_of(self._notebook.declarations())
        elif outdated:
            there = tuple(each for each in self._snapshot.declarations if not each.element.is_deleted)
            self._snapshot = self._snapshot_of(there)
        return self._snapshot

    def _subject(self, method: str, given: Element, accepted: _Accepted) -> tuple[Snapshot, Any]:
        """The snapshot and the element that a question is about.

        Args:
            method: The question.
            given: The element or its name.
            accepted: What the question makes sense for.

        Raises:
            CodeableError: The question makes no sense for the element.
            UnknownNameError: The element is not declared here.
            AmbiguousNameError: Several elements have this name.
        """
        given = represented(given)
        now = self._now(thorough=not isinstance(given, CNamedElement))
        if not isinstance(given, CNamedElement):
            element: Any = now.names.find(given).element
        elif now.holds(given):
            element = given
        else:
            raise UnknownNameError(_foreign(given), given)
        expected, kinds = accepted
        if not (self.kind_of(element) in kinds if kinds else self.is_code(element)):
            other = now.declaration(element).describe()
            raise CodeableError(f"{method}() takes {expected}, not the {other}", exit_status=2)
        return now, element


def _foreign(element: CNamedElement) -> str:
    place = place_of(element)
    where = f" ({shown_place(place)})" if place is not None else ""
    name = shown(str(element) or type(element).__name__)
    if element.is_deleted:
        return f"{name}{where} has been deleted"
    return (
        f"{name}{where} is not an element of this study: it belongs to another one, "
        "or a module or cell that was run again has replaced it; ask for it by its name"
    )
