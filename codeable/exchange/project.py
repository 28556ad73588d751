"""A coded project as tools exchange it: codes, sources with texts, coded passages, coders, memos, links.

Every writer and reader of such a format goes through these records. The terms are those of REFI-QDA, the
standard of these tools (https://www.qdasoftware.org): a passage is what it calls a selection.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Literal

from attrs import evolve, field, frozen

from codeable.registry.records import Kind
from codeable.text import first_few, on_one_line, shortened

_LONGEST_NAME = 100
"""Of a name in a message."""


@frozen
class NotTakenOver:
    """Something of a file that does not come into the study, or something of a study that is not in a file.

    Attributes:
        what: What it is, as a plural: "picture sources", "colours of codes".
        number: How many there are.
        named: Which, as far as they have names.
        place: Where the first one is: "project.qde:123", "codes.xlsx, sheet Codes, row 4"; empty if nowhere.
        reason: Why, and what a user can do instead; a clause without a full stop.
        is_loss: Whether somebody would miss it; a colour is no loss. A loss changes the exit status.
    """

    what: str
    number: int
    named: tuple[str, ...] = ()
    place: str = ""
    reason: str = ""
    is_loss: bool = True

    @classmethod
    def of_names(
        cls, what: str, named: Iterable[str], reason: str, place: str = "", *, is_loss: bool = True
    ) -> tuple["NotTakenOver", ...]:
        """Things with names that are left out; nothing where there are none.

        Example:
            >>> NotTakenOver.of_names("pictures", [], "describe them")
            ()
        """
        every = tuple(named)
        return (cls(what, len(every), every, place, reason, is_loss),) if every else ()

    @classmethod
    def of_codes(cls, what: str, codes: Iterable["ProjectCode"], reason: str) -> tuple["NotTakenOver", ...]:
        """Codes, or parts of them, that are left out; nothing where there are none."""
        every = tuple(codes)
        return cls.of_names(what, (code.name for code in every), reason, every[0].place if every else "")

    @property
    def sentence(self) -> str:
        r"""It as a line of a message; long names are shortened.

        Example:
            >>> NotTakenOver("pictures", 2, ("a.png", "b\n.png"), "project.qde:12", "describe them").sentence
            'pictures: 2 (a.png, b .png), first in project.qde:12; describe them'
        """
        names = [shortened(on_one_line(each), _LONGEST_NAME) for each in self.named]
        named = f" ({first_few(names)})" if names else ""
        first = "first in" if self.number > 1 else "in"
        place = f", {first} {self.place}" if self.place else ""
        reason = f"; {self.reason}" if self.reason else ""
        return f"{self.what}: {self.number}{named}{place}{reason}"


@frozen
class ProjectMemo:
    """A memo: a thought of a coder.

    Attributes:
        text: The text.
        name: Its title; empty for none.
        coder: The key of who wrote it; None where the file does not say so.
    """

    text: str
    name: str = ""
    coder: str | None = None


@frozen
class Coder:
    """Who codes.

    Attributes:
        key: What the file knows the coder by.
        name: The name; empty where the file has none.
    """

    key: str
    name: str


@frozen
class ProjectCode:
    """A code.

    Attributes:
        key: What the file knows the code by: a GUID, a number, a path. It is the only one in the project.
        name: The name that people read.
        parent: The key of the code that it specialises, or of the category that it is in.
        description: What it means.
        kind: What it is, where the file says so: decision, practice, pattern, solution, force, ….
        identifier: Its identifier in a study of codeable, where the file says so.
        values: The values of further attributes, as a study of codeable has them.
        is_codable: Whether passages may have it; a category may not.
        memos: Memos about it.
        place: Where the file has it.
    """

    key: str
    name: str
    parent: str | None = None
    description: str = ""
    kind: Kind | None = None
    identifier: str | None = None
    values: Mapping[str, str] = field(factory=dict)
    is_codable: bool = True
    memos: tuple[ProjectMemo, ...] = ()
    place: str = ""


@frozen
class Coding:
    """That a coder gave a code to a passage or to a whole source.

    Attributes:
        code: The key of the code.
        coder: The key of the coder; None where the file does not say so.
        memos: Memos about it.
    """

    code: str
    coder: str | None = None
    memos: tuple[ProjectMemo, ...] = ()


@frozen
class ProjectPassage:
    """A passage of a source.

    Attributes:
        start: The offset of its first character in the text of the source, in Unicode code points.
        end: The offset behind its last character.
        codings: The codes that it has; none where somebody only marked it.
        coder: The key of who marked it, where that is known and only one did.
        marked_by: The keys of those of several coders who marked it and gave it no code.
        speaker: Who says it, in an interview.
        memos: Memos about it.
        place: Where the file has it.
    """

    start: int
    end: int
    codings: tuple[Coding, ...] = ()
    coder: str | None = None
    marked_by: tuple[str, ...] = ()
    speaker: str | None = None
    memos: tuple[ProjectMemo, ...] = ()
    place: str = ""


def merged_passages(passages: Iterable[ProjectPassage]) -> tuple[ProjectPassage, ...]:
    """Passages in the order of the text. Those of the same text are one; its coder is the one that all name.

    Example:
        >>> marked = [ProjectPassage(2, 5, (Coding("a"),)), ProjectPassage(2, 5, (Coding("b"),), "Ann")]
        >>> [([coding.code for coding in each.codings], each.coder) for each in merged_passages(marked)]
        [(['a', 'b'], None)]
    """
    by_span: defaultdict[tuple[int, int], list[ProjectPassage]] = defaultdict(list)
    for each in passages:
        by_span[each.start, each.end].append(each)
    return tuple(_merged(by_span[span]) for span in sorted(by_span))


def _merged(passages: list[ProjectPassage]) -> ProjectPassage:
    coders = dict.fromkeys(each.coder for each in passages)
    codings = dict.fromkeys(chain.from_iterable(each.codings for each in passages))
    coded_by = {each.coder for each in codings}
    marked_by = (each for each in coders if each is not None and each not in coded_by)
    return evolve(
        passages[0],
        codings=tuple(codings),
        coder=passages[0].coder if len(coders) == 1 else None,
        marked_by=() if len(coders) == 1 else tuple(marked_by),
        memos=tuple(dict.fromkeys(chain.from_iterable(each.memos for each in passages))),
    )


@frozen
class ProjectSource:
    """A source: a document with its text, or an entry of a bibliography without one.

    Attributes:
        key: What the file knows it by. It is the only one in the project.
        name: The name that people read: a title, or the name of a document.
        text: The plain text, with line feeds as line ends; empty where the file has none.
        passages: Its passages, in the order of the text.
        codings: The codes of the whole source.
        identifier: Its identifier in a study of codeable, such as ``s44`` or ``p3``, where the file says so.
        kind: ``s`` for a source, ``p`` for an interview.
        metadata: Field of a field note → value on one line: "title", "url", "author type", "doi", "author",
            "published", …. Yes and no are written as these words.
        memos: Memos about it.
        place: Where the file has it.
    """

    key: str
    name: str
    text: str = field(default="", repr=False)
    passages: tuple[ProjectPassage, ...] = ()
    codings: tuple[Coding, ...] = ()
    identifier: str | None = None
    kind: Literal["s", "p"] = "s"
    metadata: Mapping[str, str] = field(factory=dict)
    memos: tuple[ProjectMemo, ...] = ()
    place: str = ""


@frozen
class ProjectLink:
    """A relation between two codes: an option, an impact on a force, or another relation.

    Attributes:
        origin: The key of the code that it begins at.
        target: The key of the code that it leads to.
        name: What it says, as another tool shows it.
        kind: What it is in a study: "option", "impact", "relation", "next decision"; "super-code" from a code
            to a further one that it specialises; empty if not known.
        text: The text of an option, the impact on a force, the stereotypes of another link.
        values: Its further tagged values: the "description" of an option, "how" and "role" of a relation.
        code: The key of the code that the link itself is: sources can be evidence for a relation.
        place: Where the file has it.
    """

    origin: str
    target: str
    name: str = ""
    kind: str = ""
    text: str = ""
    values: Mapping[str, str] = field(factory=dict)
    code: str | None = None
    place: str = ""


@frozen
class Project:
    """A coded project.

    Attributes:
        name: Its name; where it has none, that of its file.
        file: The file that it was read from, as messages name it; empty for a project of a study.
        origin: The tool that wrote it, as the file says; empty where it does not.
        coders: Who coded.
        codes: The codes; each behind the one that it specialises.
        sources: The sources, in their order.
        links: The relations between codes.
        memos: The memos about nothing in particular.
        not_taken_over: What of the file, or of the study, is not in these records.
        messages: What a user must know about how the file was read, in whole sentences.
        has_name: Whether the name is its own. Else a new study is named after its folder.
    """

    name: str
    file: str = ""
    origin: str = ""
    coders: tuple[Coder, ...] = ()
    codes: tuple[ProjectCode, ...] = ()
    sources: tuple[ProjectSource, ...] = ()
    links: tuple[ProjectLink, ...] = ()
    memos: tuple[ProjectMemo, ...] = ()
    not_taken_over: tuple[NotTakenOver, ...] = ()
    messages: tuple[str, ...] = ()
    has_name: bool = True
