"""A study: a registry with its figures, passages, checks and reload. `codeable.load` returns one."""

import threading
import warnings
import weakref
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from codeable.diagrams import View, views
from codeable.errors import CodeableError
from codeable.kernel import CBundle, CClass, CNamedElement
from codeable.kernel.invalidation import EVERYTHING
from codeable.kernel.place import place_of
from codeable.loading import load_folder
from codeable.notes.code_chain import CodeChain, CodePassage
from codeable.notes.evidence import ChainOfEvidence, names_in_notes
from codeable.notes.files import GivenNotes, StudyNotes, notes_of_study
from codeable.registry import Answer, Collection, Registry
from codeable.registry.answer import Heading
from codeable.registry.registry import Element
from codeable.registry.table import Shown, Table
from codeable.render.figures import FigureSettings, find_figure, named_figures, view_figure
from codeable.study.rows import NOTE_COLUMNS, first_names, note_row, passage_columns, passage_rows, view_row
from codeable.study.view_choice import view_for
from codeable.text import shown as printed

if TYPE_CHECKING:
    import networkx

    from codeable.checks import Report
    from codeable.coded.coded_study import CodedStudy
    from codeable.notes.model import FieldNote
    from codeable.render.figure import Figure
    from codeable.reports.catalogue import Family
    from codeable.reports.passages_found import FoundPassages
    from codeable.reports.report_access import Reports

Several: TypeAlias = Element | Iterable[Element]
"""One element or its name, or several."""

_in_use: "weakref.WeakSet[Study]" = weakref.WeakSet()
_in_use_lock = threading.Lock()
"""Guards the set: threads may load a study each."""


def study_of(element: CNamedElement) -> "Study | None":
    """The study in use that an element belongs to. Called when an element shows itself in a notebook."""
    with _in_use_lock:
        studies = list(_in_use)
    return next((study for study in studies if study.declaration_of(element) is not None), None)


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
    return load_folder(folder, Study)


def load_json(source: Path | str) -> "Study":
    """Load the study in a JSON file that `codeable export json` has written. No code of it is run.

    It gives the same answers, tables and figures as the study that was exported. It has no folder: what needs
    its files, such as `reload()`, raises an error that says so.

    Args:
        source: The file; or the JSON itself, a text that begins with a brace.

    Raises:
        CodeableError: The file cannot be read, is of a later version, or contradicts itself; the message has
            the place.

    Example:
        `study = codeable.load_json("mesh.json")`
    """
    from codeable.exchange.study_json.reader import read_study

    study, notes = read_study(source, Study)
    study._study_notes = notes
    return study


class Study(Shown, Registry):
    """What a study declares, with its figures, passages and checks.

    `codeable.load(folder)` returns the study in a folder, `Study.of(globals())` that of a notebook's cells. A
    study of cells has no folder; methods that read field notes or modules raise an error that says so.

    Example:
        >>> from codeable.dsl import *
        >>> storage_decision = CClass(decision, "How is data stored?")
        >>> study = Study.of({"storage_decision": storage_decision})
        >>> study.diagram("storage_decision").diagram.title
        'How is data stored?'
    """

    _study_notes: StudyNotes | GivenNotes | None = None
    _known_coded: "tuple[tuple[object, ...], CodedStudy] | None" = None

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        with _in_use_lock:
            _in_use.add(self)

    @property
    def name(self) -> str:
        """The study's name."""
        return self.settings.name

    @property
    def dsl(self) -> ModuleType:
        """The vocabulary of this study: its own `codeable.dsl`, which no other study shares."""
        return self.vocabulary

    # -- the chain of evidence

    def passages_of(self, code: Element) -> Answer[CodePassage]:
        """The passages of the field notes that mention a code, in the order of sources and notes.

        Raises:
            CodeableError: The study has no folder.
            UnknownNameError: Neither modules nor notes know the code (a `KeyError`).
            AmbiguousNameError: Several codes have this name.
        """
        chain = self._chain("passages_of()", code)
        element = chain.element(code)
        name = code if element is None else self.name_of(element)
        found = chain.passages_of(code)
        columns = passage_columns(found)
        heading = Heading("passage", "passages", columns)
        return Answer(found, heading, passage_rows(self.folder, columns), self.state, subject=str(name))

    def chain_of_evidence(self, code: Element) -> CodeChain:
        """Where a code was declared and renamed, its evidence, its links, and the figures that show it.

        Raises:
            CodeableError: The study has no folder.
            UnknownNameError: Neither modules nor notes know the code (a `KeyError`).
            AmbiguousNameError: Several codes have this name.
        """
        chain = self._chain("chain_of_evidence()", code)
        element = chain.element(code)
        place = place_of(element) if isinstance(element, CBundle) else None
        figures = [
            view.identifier
            for view in self.views
            if element in view.elements or (place is not None and view.place == place)
        ]
        return chain.chain_of(code, figures)

    def notes_of(self, source: Element) -> "Answer[FieldNote]":
        """The field notes about a source; several coders may each have written one.

        Raises:
            CodeableError: The study has no folder, or the element is no source.
            UnknownNameError: The source is not declared here (a `KeyError`).
            AmbiguousNameError: Several elements have this name.
        """
        notes = self._notes("notes_of()").all()
        _, element = self._subject("notes_of", source, ("a source", frozenset({"source"})))
        identifier = self.look_up(element).short_name
        found = [note for note in notes if note.identifier == identifier]
        heading = Heading("note", "notes", NOTE_COLUMNS)
        return Answer(found, heading, partial(note_row, self.folder), self.state, subject=identifier)

    def find(
        self,
        *words: str,
        code: Several = (),
        also: Several = (),
        source: Several = (),
        kind: Several = (),
        coder: Several = (),
        subcodes: bool = False,
    ) -> "FoundPassages":
        """The passages of the field notes that have some words, codes and so on; without any, all passages.

        Each argument is one element or name, or a list of them. A passage must fit all arguments.

        Args:
            *words: Words that must all be in it. A word is found by its beginning, whatever case and accents.
            code: Codes of which it must have one.
            also: Codes of which it must have each, besides.
            source: The sources that it may be from.
            kind: Kinds of codes of which it must have one, "force" for example.
            coder: The coders that may have coded it.
            subcodes: Whether a code counts as found where one of its sub-codes is.

        Raises:
            CodeableError: The study has no folder; there is no such source, kind or coder; a word is empty.
            UnknownNameError: Neither modules nor notes know the code (a `KeyError`).
            AmbiguousNameError: Several elements have this name.

        Example:
            `study.find("cost", code="event_bus")`
        """
        from codeable.reports.find import PassageQuery, find

        self._notes("find()")
        query = PassageQuery(
            words=words, codes=code, also=also, sources=source, kinds=kind, coders=coder, subcodes=subcodes
        )
        return find(self._coded(), query)

    def _chain(self, purpose: str, code: Element) -> ChainOfEvidence:
        """The chain of evidence of the notes that mention a code; the others are not read."""
        names = names_in_notes(self, code, self.settings.renames)
        return ChainOfEvidence(self, self._notes(purpose).with_words(names), self.settings.renames)

    def _notes(self, purpose: str) -> StudyNotes | GivenNotes:
        """The field notes.

        Args:
            purpose: What reads them, for the message when the study has no folder.
        """
        if self._study_notes is None:
            self._study_notes = StudyNotes(self.folder_for(purpose), self.settings)
        return self._study_notes

    def check(self) -> "Report":
        """What is wrong or doubtful in field notes and modules, as `codeable check` reports it.

        Of a study that was read from JSON the notes alone are checked: its modules are not in the file.

        Raises:
            CodeableError: The study has no folder, or `[tool.codeable.check]` names an unknown rule.

        Example:
            `study.check().diagnostics`
        """
        from codeable.checks import check

        if self.read_from is not None:
            return check(self._notes("check()").all(), self)
        return check(notes_of_study(self.folder_for("check()"), self.settings), self)

    def answer_from(self, notes: "Iterable[FieldNote]") -> None:
        """Take the passages from these notes, as an editor holds them, and no longer from the files.

        Args:
            notes: The notes, with their coders.
        """
        self._study_notes, self._known_coded = GivenNotes(notes, self.settings), None

    # -- its figures

    @property
    def views(self) -> Answer[View]:
        """The figures of the study: the overview, one per decision, one per bundle, and everything.

        A study without decisions has those of its bundles alone.
        """
        return Answer(views(self), Heading("view", "views"), view_row, self.state)

    def diagram(self, view: "Element | View | Sequence[Element]" = "overview", **options: object) -> "Figure":
        """A figure of the study, which shows itself in a notebook.

        Args:
            view: A view, by identifier or title; a decision or bundle itself; or a list of elements or
                their names, of which all and the links between them are drawn.
            **options: What it shows, over what the settings say: `layout`, `forces`, `evidence`, `wrap`,
                `direction`, `relations`, `values`, `legend`, `contexts`, `categories`, `style`, `width`,
                `height`, `parts`, `language`, `links`.

        Raises:
            CodeableError: There is no such view, element or option, with the nearest in the message; or an
                option says nothing about this figure.

        Example:
            `study.diagram("infrastructure_decision", forces="lines", style="paper").save("fig1.pdf")`
        """
        return self._drawn(view_figure(self, view_for(self, view)), options)

    def figure(self, name: str, **options: object) -> "Figure":
        """The figure `[tool.codeable.figures.NAME]` of the settings.

        Args:
            name: Its name.
            **options: As in `diagram`, over what the settings say.

        Raises:
            CodeableError: There is no such figure, or its settings are wrong.

        Example:
            `study.figure("deploy").save("deploy.pdf")`
        """
        if not isinstance(name, str):
            raise CodeableError(
                f"a figure is found by its name (a text), not by {printed(name)}", exit_status=2
            )
        return self._drawn(find_figure(named_figures(self), name), options)

    def _drawn(self, figure: FigureSettings, given: Mapping[str, object]) -> "Figure":
        from codeable.render.figure import figure_of  # with the engines, which few commands need

        drawn = figure_of(self, figure, given)
        for message in drawn.messages:
            warnings.warn(message, stacklevel=3)  # the call of the user
        return drawn

    # -- its reports

    @property
    def tables(self) -> "Reports":
        """The tables of the study, for a paper and as data.

        Example:
            `study.tables.decisions.to_latex()`
        """
        return self._reports("table")

    @property
    def plots(self) -> "Reports":
        """The plots of the study's counts.

        Example:
            `study.plots.saturation.save("saturation.pdf")`
        """
        return self._reports("plot")

    @property
    def reports(self) -> "Reports":
        """The texts about the study: decision guide, method section, bibliography; agreement on request.

        Example:
            `study.reports.guidance.to_markdown()`
        """
        return self._reports("text")

    def export(
        self,
        file_format: str,
        out: Path | str | None = None,
        *,
        view: "Element | View | Sequence[Element] | None" = None,
        texts: bool = False,
        excel: bool = False,
    ) -> Path:
        """Write the study in a format that other tools read.

        What of the study is not in the files, and what else a user must know, are warnings.

        Args:
            file_format: `csv`, `dot`, `graphml`, `json`, `madr`, `mermaid`, `plantuml`, `qdc` or `qdpx`.
            out: The file, folder or zip; by default a place in the folder `exports` of the study.
            view: The view that a text of a figure shows, as in `diagram`.
            texts: Whether a `qdpx` project has the whole texts of sources in the folder `texts` of the study,
                not only their passages.
            excel: Whether the tables of `csv` are safe for a spreadsheet, which runs some texts as formulas.

        Returns:
            The file, or the folder of the files.

        Raises:
            CodeableError: The format, the view or the place is wrong, or a file there was not made by
                codeable or cannot be written. No file has changed then.

        Example:
            `study.export("qdpx", "study.qdpx")`
        """
        from codeable.exchange.export import export
        from codeable.exchange.exported import ExportOptions

        options = ExportOptions(view=None if view is None else view_for(self, view), texts=texts, excel=excel)
        report = export(self._coded(), file_format, out, options)
        for message in report.sentences:
            warnings.warn(message, stacklevel=2)
        return report.path

    def to_networkx(self) -> "networkx.MultiDiGraph":
        """The classes of the study as a directed graph, for example to find paths in it.

        A node has `label`, `kind`, its values and counts; an edge has `kind` (`option`, `impact`, `relation`,
        `next decision`, `specialises`, `evidence`, `link`) and its texts. Warnings tell what is not in it,
        and where notes and modules differ.

        Raises:
            CodeableError: networkx is not installed.

        Example:
            `study.to_networkx().nodes["event_bus"]["sources"]`
        """
        from codeable.exchange.outgoing.graph import graph_of, networkx_graph

        graph = graph_of(self._coded())
        missing = (f"not in the graph: {each.sentence}" for each in graph.not_taken_over)
        for message in (*missing, *self._coded().messages):
            warnings.warn(message, stacklevel=2)
        return networkx_graph(graph)

    def _reports(self, family: "Family") -> "Reports":
        """The reports of a family; their modules are imported when somebody asks for one."""
        from codeable.reports.report_access import Reports

        return Reports(self._coded, family)

    def _coded(self) -> "CodedStudy":
        """The study as reports see it; a new one after the model has changed."""
        from codeable.coded.coded_study import CodedStudy

        model = self._model()
        if self._known_coded is None or self._known_coded[0] != model:
            notes = self._notes("tables").all() if self.has_files else ()
            self._known_coded = model, CodedStudy(self, notes)
        return self._known_coded[1]

    def _model(self) -> tuple[object, ...]:
        """What reports keep of the model; it is another one when elements, links or titles have changed."""
        now = self._now()
        classes = (each.element for each in now.declarations if isinstance(each.element, CClass))
        links = [link for each in classes for link in each.links]
        titles = [source.get_value("title") for source in self.sources]
        return now, EVERYTHING.number, links, titles

    # -- reading edited files

    def reload(self) -> Self:
        """Read the study's settings, modules and notes again.

        Elements, answers and figures made before stay as they were; answers and figures say that they are of
        an earlier state. When a module fails, the study stays as it is.

        Raises:
            CodeableError: As `load`; or the study has no folder.
        """
        fresh = load_folder(self.folder_for("reload()"))
        self.state.stale = True
        vars(self).update(vars(fresh))
        self._study_notes = self._known_coded = None
        return self

    # -- showing itself

    def table(self) -> Table:
        """The number and the first names of the elements of each kind."""
        parts: tuple[tuple[str, Collection], ...] = (
            ("sources", self.sources),
            ("decisions", self.decisions),
            ("practices", self.practices),
            ("patterns", self.patterns),
            ("forces", self.forces),
            ("codes", self.codes),
            ("classes", self.classes),
            ("bundles", self.bundles),
        )
        rows = tuple((name, len(found), first_names(found)) for name, found in parts if len(found))
        where = "study of cells"
        if self.has_files:
            where = f"study {self.name} in {self.read_from or self.folder}"
        return Table(where, ("what", "number", "which"), rows)
