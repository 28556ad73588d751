"""What all readers of parts of a REFI-QDA file share: places, GUIDs, coders, notes, what is left out."""

import re
from collections.abc import Iterator

from attrs import evolve

from codeable.errors import CodeableError
from codeable.exchange.own_note import OWN_NOTE, UNKNOWN_CODER, is_own_note
from codeable.exchange.project import Coder, ProjectMemo
from codeable.exchange.readers.discarded import Discarded
from codeable.exchange.readers.refi.texts import OutsideError, ProjectTexts
from codeable.exchange.readers.safe_xml import Element
from codeable.text import shown

_NAMESPACE = re.compile(r"urn:QDA-XML:(codebook|project):\d+[.:]\d+", re.IGNORECASE)
STANDARD_VERSION = "1.0"
OWN = "codeable"
"""What our files say about who wrote them."""


class RefiFile:
    """A file of REFI-QDA while it is read.

    Args:
        file: The name of the file of XML, as places say it.
        archive: The zip file that it is in; empty for none. Messages of errors say it too.
        root: The root element.

    Attributes:
        discarded: What is not taken over.
        messages: What a user must know about how the file is read.
        coders: Key → coder.
    """

    def __init__(self, file: str, archive: str, root: Element) -> None:
        self.file = file
        self.archive = archive
        self.root = root
        self.discarded = Discarded()
        self.messages: list[str] = []
        self.coders: dict[str, Coder] = {}
        self._nobody: set[str] = set()
        self._notes: dict[str, ProjectMemo] = {}
        self._used_notes: set[str] = set()

    @property
    def origin(self) -> str:
        """The tool that wrote the file, as it says."""
        return self.root.get("origin")

    @property
    def is_own(self) -> bool:
        """Whether codeable wrote the file."""
        return self.origin.casefold() == OWN

    def place(self, element: Element) -> str:
        """Where an element is."""
        return f"{self.file}:{element.line}"

    def error(self, element: Element, reason: str) -> CodeableError:
        """An error at an element."""
        where = f"{self.archive}, {self.place(element)}" if self.archive else self.place(element)
        return CodeableError(f"{where}: {reason}.", exit_status=2)

    def discard(
        self,
        what: str,
        element: Element,
        reason: str,
        *,
        name: str | None = None,
        number: int = 1,
        is_loss: bool = True,
    ) -> None:
        """Note that an element is not taken over; see `Discarded.add`. Its name is the default."""
        name = element.get("name") if name is None else name
        place = self.place(element)
        self.discarded.add(what, name, number=number, place=place, reason=reason, is_loss=is_loss)

    def check_root(self, name: str, other: str) -> None:
        """Check that the root is what the format has.

        Args:
            name: The name of the root element: "Project" or "CodeBook".
            other: What a user can do with a file that has the other root.

        Raises:
            CodeableError: It is not.
        """
        if self.root.name != name:
            found = f"the root element is <{self.root.name}>, not <{name}>"
            hint = f"; {other}" if self.root.name in ("Project", "CodeBook") else ""
            raise self.error(self.root, f"it is no file of REFI-QDA: {found}{hint}")
        if self.root.namespace and not _NAMESPACE.fullmatch(self.root.namespace):
            raise self.error(
                self.root, f"it is no file of REFI-QDA: its namespace is {self.root.namespace!r}"
            )
        if not self.root.namespace.endswith(f":{STANDARD_VERSION}"):
            version = shown(self.root.namespace) if self.root.namespace else "none"
            self.messages.append(
                f"The file has the namespace {version}; it is read as version {STANDARD_VERSION}."
            )

    def guid(self, element: Element, attribute: str = "guid") -> str:
        """A GUID of an element as keys have it: in lower case and without braces.

        Raises:
            CodeableError: The element has none.
        """
        key = self.optional_guid(element, attribute)
        if key is None:
            name = f" {shown(element.get('name'))}" if element.get("name") else ""
            raise self.error(element, f"<{element.name}>{name} has no {attribute}")
        return key

    def optional_guid(self, element: Element, attribute: str) -> str | None:
        """A GUID of an element; None where it has none."""
        return element.get(attribute).strip("{} ").lower() or None

    def target(self, element: Element, name: str) -> str | None:
        """The GUID that the first reference of a name in an element leads to; None where there is none."""
        reference = element.child(name)
        return self.guid(reference, "targetGUID") if reference is not None else None

    def whole_number(self, element: Element, attribute: str) -> int:
        """A number of an element.

        Raises:
            CodeableError: It has none, or it is no whole number.
        """
        value = element.get(attribute)
        if not re.fullmatch(r"[+-]?[0-9]{1,18}", value):
            problem = f"is {shown(value)}, no whole number" if value else "is missing"
            raise self.error(element, f"{attribute} of <{element.name}> {problem}")
        return int(value)

    def is_true(self, element: Element, attribute: str, *, default: bool) -> bool:
        """A value of an element that is true or false.

        Raises:
            CodeableError: It is neither.
        """
        value = element.get(attribute).casefold()
        if value not in ("", "true", "false", "1", "0"):
            reason = f"{attribute} must be true or false, not {shown(element.get(attribute))}"
            raise self.error(element, reason)
        return value in ("true", "1") if value else default

    def read_users(self) -> None:
        """Read who coded.

        Raises:
            CodeableError: Two have one GUID.
        """
        for user in elements_in(self.root, "Users", "User"):
            key = self.optional_guid(user, "guid")
            name = user.get("name") or user.get("id")
            if key is not None and name == UNKNOWN_CODER:
                self._nobody.add(key)
            elif key is not None:  # no element can refer to a user without one
                before = self.coders.setdefault(key, Coder(key, name)).name
                if before != name:
                    raise self.error(user, f"the user {shown(name)} has the GUID of {shown(before)}")

    def coder(self, element: Element, *attributes: str) -> str | None:
        """The key of who made an element; None where the file does not say so.

        A user that the file does not list is a coder without a name; one that stands for nobody is none.
        """
        for attribute in attributes or ("creatingUser",):
            key = self.optional_guid(element, attribute)
            if key is not None and key not in self._nobody:
                self.coders.setdefault(key, Coder(key, ""))
                return key
        return None

    def read_notes(self, texts: ProjectTexts) -> None:
        """Read the notes, which memos are made of."""
        for note in elements_in(self.root, "Notes", "Note"):
            try:
                text = texts.text_of(note)
            except OutsideError as error:
                reason = f"the text {shown(str(error))} is not in the project file"
                self.discard("notes", note, reason)
                continue
            words = text.text if text is not None else note.text_of("Description")
            key = self.optional_guid(note, "guid") or self.place(note)
            self._notes[key] = ProjectMemo(words, note.get("name"), self.coder(note))
            coded = sum(1 for each in note.all("PlainTextSelection", "Coding"))
            if coded:
                reason = "notes become memos, which have no codes"
                self.discard("codings of notes", note, reason, number=coded)

    def memos_of(self, element: Element, described: str = "") -> tuple[ProjectMemo, ...]:
        """The memos of an element: the notes that it refers to, and its description.

        Args:
            element: The element.
            described: The name of the memo that its description becomes; empty for none.
        """
        found = []
        text = element.text_of("Description") if described else ""
        if text.strip():
            found.append(ProjectMemo(text, described, self.coder(element)))
        for reference in element.all("NoteRef"):
            key = self.guid(reference, "targetGUID")
            self._used_notes.add(key)
            memo = self._notes.get(key)
            if memo is None:
                self.discard("missing notes", reference, "the file refers to notes that it does not have")
            elif memo.text.strip() or memo.name:
                found.append(memo if memo.text.strip() else evolve(memo, text=memo.name, name=""))
        return tuple(found)

    def take_own_note(self) -> str | None:
        """The text of the note of the project that codeable has added, which is no memo; None without one."""
        for reference in self.root.all("NoteRef"):
            key = self.guid(reference, "targetGUID")
            note = self._notes.get(key)
            if note is not None and note.name == OWN_NOTE and is_own_note(note.text):
                self._used_notes.add(key)
                self.root.children.remove(reference)
                return note.text
        return None

    def other_memos(self) -> tuple[ProjectMemo, ...]:
        """The notes that no element has referred to so far."""
        rest = (memo for key, memo in self._notes.items() if key not in self._used_notes)
        return tuple(each for each in rest if each.text.strip())


def elements_in(root: Element, container: str, *names: str) -> Iterator[Element]:
    """The elements of these names in a container of the root; none where the file has no such container.

    Args:
        root: The root element.
        container: The name of the container: "Sources".
        names: The names of the elements: "TextSource", …; all elements where no name is given.
    """
    for each in root.all(container):
        yield from each.all(*names) if names else each.children
