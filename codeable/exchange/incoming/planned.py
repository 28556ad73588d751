"""The options of an import, and the records that its parts hand to each other."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import field, frozen

from codeable.exchange.project import NotTakenOver
from codeable.notes.model import FieldNote
from codeable.registry import Registry
from codeable.registry.records import Kind
from codeable.settings import Settings
from codeable.text import shown


@frozen(kw_only=True)
class ImportOptions:
    """What a user may choose for an import.

    Attributes:
        kinds: Pattern of the path of a code, such as ``Forces/*`` → its kind; the first that fits counts.
        update: Whether empty fields of notes, and kinds and texts that codes lack, are filled in.
        coder: Who coded, where the file does not say so.
    """

    kinds: Mapping[str, Kind] = field(factory=dict)
    update: bool = False
    coder: str | None = None


@frozen
class StudyBefore:
    """The study that a project comes into, as it is before.

    Attributes:
        registry: What its modules declare; nothing for a study that is not there yet.
        settings: Its settings.
        notes: Its field notes with their coders, and its empty note.
        folder: Its folder, which may not be there yet.
    """

    registry: Registry = field(factory=lambda: Registry.of({}))
    settings: Settings = field(factory=Settings)
    notes: Sequence[FieldNote] = field(default=(), repr=False)
    folder: Path = field(factory=Path)


@frozen
class Difference:
    """That a file says something else than the study; the study stays as it is.

    Attributes:
        what: What differs: "description of event_bus".
        in_file: What the file says; empty if nothing.
        in_study: What the study says; empty if nothing.
        place: Where the study says it: a file and a line.
    """

    what: str
    in_file: str
    in_study: str
    place: str = ""

    @property
    def sentence(self) -> str:
        """It as a line of a message.

        Example:
            >>> Difference("name of bus", "Event Bus", "Bus", "models/m.py:3").sentence
            "models/m.py:3: name of bus: 'Event Bus' in the file, 'Bus' in the study"
            >>> Difference("description of bus", "One for all.", "").sentence
            "description of bus: 'One for all.' in the file, nothing in the study"
        """
        place = f"{self.place}: " if self.place else ""
        in_file, in_study = (
            shown(each, 120) if each else "nothing" for each in (self.in_file, self.in_study)
        )
        return f"{place}{self.what}: {in_file} in the file, {in_study} in the study"


@frozen
class PlannedCodes:
    """What is to become of the codes of a project.

    Attributes:
        identifiers: Key of a code → its identifier in the study.
        evident: Key of a code that the study has, but that no trace can name → the identifiers of the sources
            that are evidence for it.
        files: Path from the study's folder on → the module as it will be.
        new: The identifiers of the codes that the import declares.
        known: The identifiers of the codes that the study has already.
        differences: Where the file says something else than the study.
        messages: What a user must know, in whole sentences.
        not_taken_over: What of the codes does not come into the study.
    """

    identifiers: Mapping[str, str]
    evident: Mapping[str, frozenset[str]] = field(factory=dict)
    files: Mapping[str, bytes] = field(factory=dict, repr=False)
    new: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    messages: tuple[str, ...] = ()
    not_taken_over: tuple[NotTakenOver, ...] = ()


@frozen
class PlannedSources:
    """What is to become of the sources of a project, without their passages.

    Attributes:
        identifiers: Key of a source → its identifier in the study, a new one or that of a known source.
        known: Key of a source that the study has → why it is the same: "the same url", "the same title".
        updates: Path of a note from the study's folder on → its text with empty fields filled in.
        differences: Where the file says something else than the study.
        messages: What a user must know, in whole sentences.
    """

    identifiers: Mapping[str, str]
    known: Mapping[str, str] = field(factory=dict)
    updates: Mapping[str, str] = field(factory=dict, repr=False)
    differences: tuple[Difference, ...] = ()
    messages: tuple[str, ...] = ()
