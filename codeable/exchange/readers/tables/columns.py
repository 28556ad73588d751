"""Which column of a table of codes holds what: found by the words of its head."""

import re
from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

from attrs import frozen

from codeable.registry.records import Kind
from codeable.text import folded

Role: TypeAlias = Literal[
    "path", "name", "level", "parent", "description", "memo", "kind", "identifier", "key"
]

ROWS_LOOKED_AT = 20
"""The first rows of a table among which its head is."""
_PATHS = "path|code path|tag path|hierarchical name|full name|full path|pfad|code hierarchy"
_NAMES = (
    "tag|name|code name|codename|label|title|node|code label|tag name|bezeichnung|name of code|"
    "code|codes|tags"
)
_PARENTS = (
    "parent|parent code|parent name|category|category name|group|code group|folder|belongs to|"
    "obercode|kategorie|supercategory|super category|catid|supercatid|parent id|parent key|"
    "supercid|specializes|superclass"
)
_GROUPS = frozenset(("category", "category name", "code group", "folder", "group", "kategorie"))
"""The words for a parent that is a heading above its codes."""
_DESCRIPTIONS = (
    "description|definition|meaning|explanation|code description|code definition|beschreibung|"
    "erklärung|operational definition|brief definition|full definition|def|desc"
)
_MEMOS = (
    "memo|memos|comment|comments|note|notes|code memo|kommentar|kommentare|remark|remarks|anmerkung|bemerkung"
)
_KINDS = "kind|type|code type|kind of code|art|typ"
_KEYS = "id|key|guid|cid|code id|no|nr|number|code number|code no"

_WORDS: Mapping[Role, str] = {
    "key": _KEYS,
    "kind": _KINDS,
    "memo": _MEMOS,
    "description": _DESCRIPTIONS,
    "parent": _PARENTS,
    "name": _NAMES,
    "path": _PATHS,
    "identifier": "identifier",
}
_ROLES = {word: role for role, words in _WORDS.items() for word in words.split("|")}
"""Word of a head → what its column holds."""

_LEVEL_WORDS = (
    "overarching theme|aggregate dimension|dimension|theme|main theme|sub theme|subtheme|"
    "category group|main category|category|kategorie|sub category|subcategory|subkategorie|"
    "unterkategorie|parent code|main code|code|sub code|subcode|sub sub code"
)
_LEVELS = _LEVEL_WORDS.split("|")
"""Words of heads of columns that nest, from the outermost on."""
_NUMBERED_LEVEL = re.compile(r"(?:code |theme |category )?(?:level|ebene|tier|order|stufe) ?(\d{1,2})")
_COUNTS = re.compile(
    r"number of|count|frequency|references|files|sources|documents|grounded|density|cod seg|codings|"
    r"colou?r|farbe|date|owner|author|created|modified|erstellt|autor|aggregate|quotations|weight|score|"
    r"\b(id|key|guid|cid|code|no|nr)\b|user|nickname|position|"
    r"highlights|in use|häufigkeit|bold|font|scheme|%"
)
_OF_SOURCES = frozenset(
    (
        *("url", "doi", "isbn", "issn", "author", "authors", "author type", "source type", "item type"),
        *("year", "publication year", "publication title", "journal", "date added"),
    )
)
"""Words of heads of tables of literature."""
_NOT_IN_WORD = re.compile(r"[^\w%]+")

_KIND_WORDS: Mapping[str, Kind] = {
    "decision": "decision",
    "design decision": "decision",
    "architectural decision": "decision",
    "architectural design decision": "decision",
    "practice": "practice",
    "pattern": "pattern",
    "solution": "solution",
    "force": "force",
    "decision driver": "force",
    "category": "category",
    "domain class": "domain class",
    "code": "code",
}


@frozen
class CodeColumn:
    """A column of a table that holds something of codes.

    Attributes:
        index: Its number from 0 on.
        head: Its head as the file has it.
        role: What it holds.
        is_codable: Whether passages may have the codes of a level; themes and categories only hold codes.
    """

    index: int
    head: str
    role: Role
    is_codable: bool = True


@frozen
class TableColumns:
    """What the columns of a table of codes hold.

    Attributes:
        taken: The columns that hold something of codes; those of levels from the outermost on.
        counts: The heads of columns that a tool counts itself, or that are only for the eye.
        others: The other columns with a head.
    """

    taken: tuple[CodeColumn, ...]
    counts: tuple[str, ...]
    others: tuple[CodeColumn, ...]

    @property
    def is_grouped(self) -> bool:
        """Whether what codes are in is a heading above them, such as a category."""
        return any(_word(each.head) in _GROUPS for each in self.of("parent"))

    @property
    def has_values(self) -> bool:
        """Whether the other columns are attributes of codes: in a table that a study was exported to."""
        return bool(self.of("identifier"))

    def of(self, role: Role) -> tuple[CodeColumn, ...]:
        """The columns that hold this."""
        return tuple(each for each in self.taken if each.role == role)


def kind_of(text: str) -> Kind | None:
    """The kind that a word names; None for another word.

    Example:
        >>> kind_of("Forces"), kind_of("Design Decision"), kind_of("in vivo")
        ('force', 'decision', None)
    """
    word = _word(text)
    singular = word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")
    return _KIND_WORDS.get(word) or _KIND_WORDS.get(singular) or _KIND_WORDS.get(word.removesuffix("es"))


def columns_of(head: Sequence[str]) -> TableColumns | None:
    """What the columns hold that have these heads; None where none of them names codes.

    Args:
        head: The cells of a row that may be the head of a table.

    Example:
        >>> found = columns_of(["tag", "Description", "number of highlights"])
        >>> [(each.head, each.role) for each in found.taken], found.counts
        ([('tag', 'name'), ('Description', 'description')], ('number of highlights',))
        >>> [each.role for each in columns_of(["Theme", "Code", "Definition"]).taken]
        ['level', 'level', 'description']
    """
    words = [_word(each) for each in head]
    taken = _levels(head, words) or {}
    for index, word in enumerate(words):
        role = _ROLES.get(word)
        if role and index not in taken:
            taken[index] = CodeColumn(index, head[index].strip(), role)
    taken = _one_of_each(taken)
    if any(each.role == "level" for each in taken.values()):
        taken = {index: each for index, each in taken.items() if each.role not in ("parent", "path", "key")}
    if not any(each.role == "parent" for each in taken.values()):
        taken = {index: each for index, each in taken.items() if each.role != "key"}
    if not any(each.role in ("path", "name", "level") for each in taken.values()):
        return None
    rest = [index for index, word in enumerate(words) if word and index not in taken]
    counts = tuple(head[index].strip() for index in rest if _COUNTS.search(words[index]))
    others = tuple(
        CodeColumn(index, head[index].strip(), "memo") for index in rest if not _COUNTS.search(words[index])
    )
    return TableColumns(tuple(taken.values()), counts, others)


def is_of_sources(head: Sequence[str]) -> bool:
    """Whether these are the heads of a table of literature, whose titles are no codes.

    Example:
        >>> is_of_sources(["Key", "Item Type", "Author", "Title", "Url"]), is_of_sources(["Title", "Memo"])
        (True, False)
    """
    words = set(map(_word, head))
    return "title" in words and len(words & _OF_SOURCES) > 1


def _word(head: str) -> str:
    return _NOT_IN_WORD.sub(" ", folded(head).replace("_", " ")).strip()


def _levels(head: Sequence[str], words: Sequence[str]) -> dict[int, CodeColumn] | None:
    """The columns that nest, where at least two do; of a category and a name, the name is the inner one."""
    numbered = {index: int(found[1]) for index, word in enumerate(words) if (found := _numbered(word))}
    ranks = numbered or {index: _LEVELS.index(word) for index, word in enumerate(words) if word in _LEVELS}
    if len(ranks) < 2 or len(set(ranks.values())) < len(ranks):
        return None
    if not numbered and set(words) & set(_PATHS.split("|")):
        return None
    if not numbered and all(_ROLES.get(words[index]) in ("parent", "name") for index in ranks):
        return None  # a category and a code: the category is a parent
    return {
        index: CodeColumn(
            index, head[index].strip(), "level", is_codable=bool(numbered) or "code" in words[index].split()
        )
        for index in sorted(ranks, key=ranks.__getitem__)
    }


def _numbered(word: str) -> re.Match[str] | None:
    return _NUMBERED_LEVEL.fullmatch(word)


def _one_of_each(taken: Mapping[int, CodeColumn]) -> dict[int, CodeColumn]:
    """One column for each thing: a path before a name, and of two words the one that says more."""
    best: dict[int, CodeColumn] = {}
    for role in ("level", "path", "name", "parent", "description", "memo", "kind", "identifier", "key"):
        of_role = [each for each in taken.values() if each.role == role]
        if role in ("level", "memo", "description"):
            best |= {each.index: each for each in of_role}
        elif of_role:
            chosen = min(of_role, key=lambda each: (_order(each.head), each.index))
            best[chosen.index] = chosen
            if role == "name":
                best |= {
                    each.index: CodeColumn(each.index, each.head, "key")
                    for each in of_role
                    if _word(each.head) in ("code", "codes") and each is not chosen
                }
    return best


def _order(head: str) -> int:
    """How early a word comes among the words of its role."""
    return list(_ROLES).index(_word(head))
