"""Memos as the notes of a project of REFI-QDA: each a text of its own, to which what it is about refers."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from attrs import define, field

from codeable.exchange.outgoing.keys import Keys
from codeable.exchange.outgoing.refi_xml import DAY, XmlTexts, add
from codeable.exchange.own_note import UNNAMED_MEMO
from codeable.exchange.project import ProjectMemo
from codeable.text import FreeNames

FOLDER = "sources"
"""The folder of the texts in a project."""


def plain_text_path(guid: str) -> str:
    """How an element refers to its text in the folder of the texts."""
    return f"internal://{guid}.txt"


@define
class RefiNotes:
    """The notes of one project.

    Attributes:
        texts: Makes their texts.
        keys: Makes their GUIDs.
        unknown_coder: The GUID of the user for what has no coder.
        files: The path of a text in the project → its content.
    """

    texts: XmlTexts
    keys: Keys
    unknown_coder: str
    files: dict[str, bytes] = field(factory=dict)
    _elements: list[Element] = field(factory=list)
    _names: FreeNames = field(factory=lambda: FreeNames("{} ({})"))

    def of(self, memos: Iterable[ProjectMemo], about: tuple[str | int, ...], what: str) -> tuple[str, ...]:
        """Add a note for each memo.

        Args:
            memos: The memos.
            about: What tells their subject from all others.
            what: What a message calls them.

        Returns:
            Their GUIDs.
        """
        return tuple(
            self.add(memo.name or UNNAMED_MEMO, memo.text, ("memo", *about, number), what, memo.coder)
            for number, memo in enumerate(memos, 1)
        )

    def add(
        self, name: str, text: str, key: tuple[str | int, ...], what: str, coder: str | None = None
    ) -> str:
        """Add a note; its name gets a number where another note has it. Returns its GUID."""
        guid = self.keys.of(*key)
        name = self._names.take(self.texts.name(name, what))
        given = {"guid": guid, "name": name, "plainTextPath": plain_text_path(guid)}
        self._elements.append(Element("Note", given | self.made_by(coder)))
        self.files[f"{FOLDER}/{guid}.txt"] = self.texts.utf_8(text, what)
        return guid

    def made_by(self, coder: str | None) -> dict[str, str]:
        """The attributes of an element that say who made it."""
        return {"creatingUser": coder or self.unknown_coder, "creationDateTime": DAY}

    def add_to(self, project: Element) -> None:
        """Add `Notes` with all of them."""
        if self._elements:
            add(project, "Notes").extend(self._elements)


def add_references(parent: Element, guids: Iterable[str]) -> None:
    """Add a `NoteRef` for each note."""
    for guid in guids:
        add(parent, "NoteRef", targetGUID=guid)
