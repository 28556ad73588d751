"""What can be named where the cursor is: the codes of a study, in a note or in a module."""

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

from attrs import define, field, frozen

from codeable.editor.completion.candidates import Candidate, Edits, code_candidate
from codeable.editor.study.known_codes import KnownCode
from codeable.editor.study.study_view import StudyView
from codeable.names.in_modules import module_name
from codeable.notes.model import FieldNote
from codeable.notes.vocabulary import vocabulary

NO_CODES = frozenset({"source", "reference"})
"""The kinds of elements that are no codes."""

_FIRST = 0
_USUAL = 4
_FURTHER = 5


@frozen
class NewCode:
    """What a trace likely declares: the metaclass, the display name, and the values in Python."""

    metaclass: str
    name: str
    values: str = ""


@define(eq=False, slots=False)
class Nameable:
    """What can be named in one text.

    Attributes:
        view: The study.
        note: The note, in a note.
        near: Names that are likely here, such as those of the open trace above, and how well they fit.
        new: Name → what it is, of what is likely declared here: the codes that the open trace above calls
            new, and the source of the note; nothing declares them yet.
        stereotypes: The stereotypes of further vocabularies that a module imports.
        metaclasses: Its metaclasses.
    """

    view: StudyView
    note: FieldNote | None = None
    near: Mapping[str, int] = field(factory=dict)
    new: Mapping[str, NewCode] = field(factory=dict)
    stereotypes: tuple[str, ...] = ()
    metaclasses: tuple[str, ...] = ()

    @cached_property
    def known(self) -> Mapping[str, KnownCode]:
        """The codes and sources that can be named, by name."""
        return self.view.codes

    def kind_of(self, name: str) -> str:
        """The kind of a name; empty where it is not known."""
        code = self.view.code(name.strip().rpartition(".")[2])
        return code.kind if code is not None else ""

    def codes(
        self,
        kinds: Collection[str] | None = None,
        first: Collection[str] = (),
        without: Collection[str] = (),
        rank: int = _USUAL,
    ) -> Iterator[Candidate]:
        """The codes of some kinds.

        Args:
            kinds: The kinds; None for all that are no sources.
            first: The kinds that come before the others.
            without: Names that do not fit, such as those that are there already.
            rank: How well the others fit.
        """
        taken = {each.strip() for each in without}
        for name, code in self.known.items():
            fits = code.kind not in NO_CODES if kinds is None else code.kind in kinds
            if fits and name not in taken:
                usual = rank - 1 if code.kind in first else rank
                yield code_candidate(code, min(self.near.get(name, usual), usual), self.edits_for(code))

    def sources(self, rank: int = _USUAL, without: Collection[str] = ()) -> Iterator[Candidate]:
        """The sources; in a note its own comes first."""
        own = self.note.identifier if self.note is not None else None
        for name, code in self.known.items():
            if code.kind == "source" and name not in without:
                yield code_candidate(code, _FIRST if name == own else rank, self.edits_for(code))

    def edits_for(self, code: KnownCode) -> Edits | None:  # noqa: ARG002
        """Gives what else changes in the text when a code is named in it; None for nothing."""
        return None

    @cached_property
    def modules(self) -> Collection[str]:
        """What can be before the name of a code, such as `models.` and `models.hosting.`."""
        folder = str(self.view.folder or "")
        parts = (module_name(path, folder).split(".") for path in self.view.modules)
        return {f"{'.'.join(one[:end])}." for one in parts for end in range(1, len(one) + 1)}

    @property
    def all_stereotypes(self) -> tuple[str, ...]:
        """The stereotypes that can be named."""
        return (*vocabulary().stereotypes, *self.stereotypes)

    @property
    def all_metaclasses(self) -> tuple[str, ...]:
        """The metaclasses that can be named."""
        return (*vocabulary().metaclasses, *self.metaclasses)
