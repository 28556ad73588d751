"""A study: what a folder declares, with its figures and passages; what `codeable.load` returns."""

import weakref
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from codeable.diagrams import Diagram, FigureOptions, View, build, figure_options, find_view, views
from codeable.errors import CodeableError
from codeable.kernel import CClass, CNamedElement
from codeable.loading import LoadedStudy, load_folder
from codeable.notes import read
from codeable.notes.evidence import ChainOfEvidence, CodeChain, CodePassage
from codeable.notes.files import note_files_of_study
from codeable.registry import Collection, Impact, Option, Registry, Relation
from codeable.registry.records import Kind
from codeable.registry.registry import Element
from codeable.registry.table import Table
from codeable.settings import Settings
from codeable.study.figure import Figure, fitted

if TYPE_CHECKING:
    from codeable.checks import Report

__all__ = ["LIVE", "Study", "load"]

LIVE: "weakref.WeakSet[Study]" = weakref.WeakSet()
"""The studies that somebody holds; an element finds in here the study that it belongs to."""

_SOLUTIONS: tuple[Kind, ...] = ("practice", "pattern", "solution", "decision")


def load(folder: Path | str = ".") -> "Study":
    """Load the study in a folder.

    Args:
        folder: The study's folder: the one that holds `models/` and `sources/`, or settings in
            `[tool.codeable]` of its `pyproject.toml` that name others.

    Raises:
        CodeableError: There is no study in the folder, its settings are wrong, or one of its modules does not
            run to its end; the message has the file and the line.

    Example:
        `study = codeable.load(".")`
    """
    return Study(load_folder(folder))


class Study:
    """A study with everything that it declares.

    Args:
        loaded: The study as it was loaded.
    """

    def __init__(self, loaded: LoadedStudy) -> None:
        self._loaded = loaded
        self._evidence_chain: ChainOfEvidence | None = None
        LIVE.add(self)

    # -- what it is

    @property
    def folder(self) -> Path:
        """The study's folder, absolute."""
        return self._loaded.folder

    @property
    def settings(self) -> Settings:
        """What `[tool.codeable]` says."""
        return self._loaded.settings

    @property
    def name(self) -> str:
        """The study's name."""
        return self.settings.name

    @property
    def dsl(self) -> ModuleType:
        """The vocabulary of this study: its own `codeable.dsl`, which no other study shares."""
        return self._loaded.vocabulary

    @property
    def registry(self) -> Registry:
        """Identifiers, kinds, places and links of all elements."""
        return self._loaded.registry

    @property
    def modules(self) -> dict[str, ModuleType]:
        """The study's modules by name."""
        return dict(self._loaded.modules)

    @property
    def loaded(self) -> LoadedStudy:
        """What the layers below work on."""
        return self._loaded

    # -- its elements

    @property
    def sources(self) -> Collection:
        """The sources, in the order of coding where the settings give one, else in natural order."""
        return self.registry.sources

    @property
    def references(self) -> Collection:
        """The references that are no sources themselves."""
        return self.registry.references

    @property
    def decisions(self) -> Collection:
        """The decisions."""
        return self.registry.decisions

    @property
    def practices(self) -> Collection:
        """The practices without the patterns."""
        return self.registry.practices

    @property
    def patterns(self) -> Collection:
        """The patterns."""
        return self.registry.patterns

    @property
    def solutions(self) -> Collection:
        """All design solutions but the decisions: practices, patterns and others."""
        return self.registry.solutions

    @property
    def forces(self) -> Collection:
        """The forces."""
        return self.registry.forces

    @property
    def categories(self) -> Collection:
        """The categories of decisions."""
        return self.registry.categories

    @property
    def bundles(self) -> Collection:
        """The bundles."""
        return self.registry.bundles

    @property
    def codes(self) -> Collection:
        """What sources can be evidence for: decisions, solutions, forces, domain classes, named relations."""
        return self.registry.codes

    def __getitem__(self, name: str) -> Any:
        """The element with this identifier, display name, or exact name (`models.x:name`).

        Raises:
            UnknownNameError: There is none (a `KeyError`); the message names the nearest.
            AmbiguousNameError: There are several; the message names each.
        """
        return self.registry[name]

    def __contains__(self, item: object) -> bool:
        return item in self.registry

    def _ipython_key_completions_(self) -> list[str]:
        return self.registry._ipython_key_completions_()

    # -- what its links say

    def evidence_of(self, code: Element) -> list[CClass]:
        """The sources that a code was found in, in the order of the sources."""
        self._check(
            code, (), "evidence_of", "a code: a decision, a solution, a force, a domain class or a relation"
        )
        return self.registry.evidence_of(code)

    def codes_of(self, source: Element) -> list[Any]:
        """The codes found in a source, in the order in which they were linked: classes and relations."""
        self._check(source, ("source",), "codes_of", "a source")
        return self.registry.codes_of(source)

    def options_of(self, decision: Element) -> list[Option]:
        """The options of a decision: solution, text and link, in the order in which they were declared."""
        self._check(decision, ("decision",), "options_of", "a decision")
        return self.registry.options_of(decision)

    def decisions_of(self, solution: Element) -> list[Option]:
        """The decisions that offer a solution."""
        self._check(solution, _SOLUTIONS, "decisions_of", "a solution")
        return self.registry.decisions_of(solution)

    def forces_of(self, solution: Element) -> list[Impact]:
        """The forces that a solution acts on, with its impact on each."""
        self._check(solution, _SOLUTIONS, "forces_of", "a solution")
        return self.registry.forces_of(solution)

    def impacts_on(self, force: Element) -> list[Impact]:
        """The solutions that act on a force, with the impact of each."""
        self._check(force, ("force",), "impacts_on", "a force")
        return self.registry.impacts_on(force)

    def relations_of(self, solution: Element) -> list[Relation]:
        """The relations that start at a solution and lead to another."""
        self._check(solution, _SOLUTIONS, "relations_of", "a solution")
        return self.registry.relations_of(solution)

    def next_decisions_of(self, solution_or_decision: Element) -> list[Relation]:
        """The decisions that come next after a solution or a decision."""
        self._check(solution_or_decision, _SOLUTIONS, "next_decisions_of", "a solution or a decision")
        return self.registry.next_decisions_of(solution_or_decision)

    def contexts_of(self, decision: Element) -> list[CClass]:
        """The domain classes that are the context of a decision."""
        self._check(decision, ("decision",), "contexts_of", "a decision")
        return self.registry.contexts_of(decision)

    def category_of(self, decision: Element) -> CClass | None:
        """The category of a decision, if it has one."""
        self._check(decision, ("decision",), "category_of", "a decision")
        return self.registry.category_of(decision)

    # -- the chain of evidence

    def passages_of(self, code: Element) -> tuple[CodePassage, ...]:
        """The passages of the field notes that a code was met in, in the order of sources and notes.

        Raises:
            UnknownNameError: Neither modules nor notes know the code (a `KeyError`).
            AmbiguousNameError: Several codes have this name.
        """
        return self._chain().passages_of(code)

    def trace(self, code: Element) -> CodeChain:
        """Where a code was declared and renamed, its evidence, what it is part of, and in which figures.

        Raises:
            UnknownNameError: Neither modules nor notes know the code (a `KeyError`).
            AmbiguousNameError: Several codes have this name.
        """
        chain = self._chain()
        element = chain.element(code)
        figures = [view.identifier for view in self.views if element in view.elements]
        return chain.trace(code, figures)

    def _chain(self) -> ChainOfEvidence:
        if self._evidence_chain is None:
            notes = [read(path) for path in note_files_of_study(self.folder, self.settings)]
            self._evidence_chain = ChainOfEvidence(self.registry, notes, self.settings.renames)
        return self._evidence_chain

    def check(self) -> "Report":
        """What is wrong or doubtful in field notes and modules, as `codeable check` reports it.

        Raises:
            CodeableError: `[tool.codeable.check]` names a rule that does not exist.

        Example:
            `study.check().diagnostics`
        """
        from codeable.checks import check

        notes = [read(path) for path in note_files_of_study(self.folder, self.settings)]
        return check(notes, self._loaded)

    # -- its figures

    @property
    def views(self) -> tuple[View, ...]:
        """The figures that the study has: the overview, one per decision, one per bundle, and everything."""
        return views(self.registry)

    def diagram(self, name: Element = "overview", **options: object) -> Figure:
        """A figure of the study, which shows itself in a notebook.

        Args:
            name: A view by identifier or title, or a decision or bundle itself.
            **options: What it shows, over what the settings say: `forces`, `evidence`, `wrap`, `direction`,
                `relations`, `legend`, `contexts`, `categories`, `style`, `width`.

        Raises:
            CodeableError: There is no such view or option; the message has the nearest.

        Example:
            `study.diagram("infrastructure_decision", forces=True, style="paper").save("fig1.pdf")`
        """
        wanted = self.registry.find(name).short_name if isinstance(name, CNamedElement) else name
        if not isinstance(wanted, str):
            raise CodeableError(f"a view is found by its name (a text), not by {wanted!r}", exit_status=2)
        view = find_view(self.views, wanted)
        settings = self.settings
        chosen = figure_options(
            settings.figure,
            settings.views.get(view.identifier, {}),
            where=("[tool.codeable.figure]", f"[tool.codeable.views.{view.identifier}]"),
            **options,
        )

        def draft(tried: FigureOptions) -> Diagram:
            return build(view, self.registry, tried, settings.styles)

        return Figure(fitted(draft, chosen), settings, self.folder, self.registry.state)

    # -- taking up what was edited

    def reload(self) -> "Study":
        """Read the study's settings, modules and notes again.

        Elements, tables and figures made before stay what they were; tables and figures say so. When a
        module fails, the study stays as it is.

        Raises:
            CodeableError: As `load`.
        """
        loaded = load_folder(self.folder)
        self.registry.state.stale = True
        self._loaded = loaded
        self._evidence_chain = None
        return self

    # -- showing itself

    def __repr__(self) -> str:
        return self.table().as_text()

    def _repr_html_(self) -> str:
        return self.table().as_html()

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text("..." if cycle else repr(self))

    def table(self) -> Table:
        """How much the study holds."""
        parts: tuple[tuple[str, Collection], ...] = (
            ("sources", self.sources),
            ("decisions", self.decisions),
            ("practices", self.practices),
            ("patterns", self.patterns),
            ("forces", self.forces),
            ("codes", self.codes),
            ("bundles", self.bundles),
        )
        rows = tuple((name, str(len(found)), _some(found)) for name, found in parts if len(found))
        return Table(f"study {self.name} in {self.folder}", ("what", "number", "which"), rows)

    def _check(self, given: Element, kinds: tuple[Kind, ...], method: str, expected: str) -> None:
        """Refuse an element of which the question makes no sense."""
        registry = self.registry
        declaration = (
            registry.declaration_of(given) if isinstance(given, CNamedElement) else registry.find(given)
        )
        if declaration is None:
            return  # the registry tells of elements that are not its own
        fits = declaration.kind in kinds if kinds else registry.is_code(declaration.element)
        if not fits:
            raise CodeableError(
                f"{method}() takes {expected}, not the {declaration.describe()}", exit_status=2
            )


def _some(found: Collection, most: int = 4) -> str:
    more = ", ..." if len(found) > most else ""
    return ", ".join(found.names[:most]) + more
