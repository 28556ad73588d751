"""Which codes of a project a study has already, and where the two differ. `planned_codes` asks."""

import unicodedata
from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Sequence

from attrs import field, frozen

from codeable.exchange.incoming.code_identifiers import identifier_from
from codeable.exchange.incoming.code_order import CodeOrder
from codeable.exchange.incoming.code_statements import memo_text, text_attributes, text_of
from codeable.exchange.incoming.planned import Difference
from codeable.exchange.outgoing.keys import Keys
from codeable.exchange.project import ProjectCode
from codeable.kernel import CClass
from codeable.kernel.place import shown_place
from codeable.notes.mentions import current_name
from codeable.notes.model import DeclarationStatement, FieldNote
from codeable.registry import Declaration, Registry
from codeable.registry.values import attribute_text
from codeable.settings import Settings


def plain_name(name: str) -> str:
    """A name as two codes are compared by: normal form, single blanks."""
    return " ".join(unicodedata.normalize("NFC", name).split())


@frozen(eq=False)
class StudyCode:
    """A code of the study.

    Attributes:
        identifier: Its identifier; None for one that no statement can name, such as one made in a loop.
        called: What records call it: its identifier, else its display name; the qualified name of several.
        name: Its display name, as names are compared.
        declaration: Its declaration.
        parents: What records call the codes that it specialises.
    """

    identifier: str | None
    called: str
    name: str
    declaration: Declaration = field(repr=False)
    parents: tuple[str, ...]

    @property
    def place(self) -> str:
        """File and line of its declaration."""
        span = self.declaration.span
        return shown_place(span) if span is not None else ""


def codes_of(registry: Registry) -> list[StudyCode]:
    """The codes of a study, without relations."""
    return [
        StudyCode(
            each.identifier,
            registry.name_of(each.element),
            plain_name(each.name),
            each,
            tuple(map(registry.name_of, each.element.superclasses)),
        )
        for each in registry.declarations
        if isinstance(each.element, CClass) and registry.is_code(each.element)
    ]


def codes_not_built(
    notes: Iterable[FieldNote], registry: Registry, settings: Settings
) -> dict[str, DeclarationStatement]:
    """Current identifier of each code that notes declare and no module does → its first declaration."""
    there = {name for each in registry.declarations for name in (each.identifier, *each.aliases)}
    found: dict[str, DeclarationStatement] = {}
    for note in notes:
        for one in note.statements:
            if isinstance(one, DeclarationStatement) and not one.is_source_like:
                found.setdefault(current_name(settings.renames, one.identifier.name), one)
    return {name: one for name, one in found.items() if name not in there}


class KnownCodes:
    """The codes of a project that the study has.

    A code is known by the identifier that the file states, or by its name below the same parent. A study may
    have renamed a code that an earlier import of the project made, or put it below another parent.

    Args:
        order: The codes of the project.
        in_study: The codes of the study.
        settings: The settings of the study, for their renames.
        modules: The names of the modules that an import of the project makes.

    Attributes:
        found: Key → code of the study.
    """

    def __init__(
        self,
        order: CodeOrder,
        in_study: Sequence[StudyCode],
        settings: Settings,
        modules: Collection[str],
    ) -> None:
        self.found: dict[str, StudyCode] = {}
        self._claimed: set[StudyCode] = set()
        self._renames = settings.renames
        self._order = order
        self._by_identifier: dict[str, StudyCode] = {}
        self._by_name: dict[str, list[StudyCode]] = {}
        self._below: dict[tuple[str, str | None], list[StudyCode]] = {}
        for each in in_study:
            for name in (each.identifier, *each.declaration.aliases):
                if name is not None:
                    self._by_identifier.setdefault(name, each)
            self._by_name.setdefault(each.name, []).append(each)
        for each in reversed(in_study):
            for parent in each.parents or (None,):
                self._below.setdefault((each.name, parent), []).append(each)
        keys = Keys(settings.name)
        by_key = {keys.of("code", each.called): each for each in in_study}
        for code in order.codes:
            stated = self._by_identifier.get(self._current(code.identifier or ""))
            self._claim(code, stated or by_key.get(code.key.strip("{}").lower()))
        self._names = Counter(plain_name(code.name) for code in order.codes)
        for code in order.codes:  # a parent is found before its sub-codes
            if code.key not in self.found:
                self._claim(code, self._below_same_parent(code) or self._changed_by_hand(code, modules))

    def _claim(self, code: ProjectCode, known: StudyCode | None) -> None:
        if known is not None and known not in self._claimed:
            self.found[code.key] = known
            self._claimed.add(known)

    def _current(self, identifier: str) -> str:
        return current_name(self._renames, identifier)

    def _below_same_parent(self, code: ProjectCode) -> StudyCode | None:
        """The first free code of the study with this name below the same parent."""
        keys = self._order.parents[code.key]
        parents = [self.found[key].called for key in keys if key in self.found]
        if keys and not parents:
            return None
        above = parents[0] if parents else None
        candidates = self._below.get((plain_name(code.name), above), [])
        while candidates:
            known = candidates.pop()
            if known not in self._claimed:
                return known
        return None

    def _is_free_below_parent(self, known: StudyCode, code: ProjectCode) -> bool:
        if known in self._claimed:
            return False
        keys = self._order.parents[code.key]
        if not keys:
            return not known.parents
        return any(key in self.found and self.found[key].called in known.parents for key in keys)

    def _changed_by_hand(self, code: ProjectCode, modules: Collection[str]) -> StudyCode | None:
        """The code of an earlier import that a person has put below another parent, or has renamed."""
        name = plain_name(code.name)
        if self._names[name] == 1:
            own = [each for each in self._by_name.get(name, ()) if each.declaration.module in modules]
            if len(own) == 1:
                return own[0]
        plain = identifier_from(code.name)
        same = self._by_identifier.get(self._current(plain))
        if same is None or not self._is_free_below_parent(same, code):
            return None
        is_renamed = identifier_from(same.name) != same.identifier and not self._names[same.name]
        return same if is_renamed and (same.declaration.module in modules or plain in self._renames) else None


@frozen
class CodeDifference:
    """That the file says something else than the study about a code that both have.

    Attributes:
        what: What differs: ``name``, ``kind``, ``parent``, or an attribute.
        in_file: What the file says.
        in_study: What the study says.
        is_empty_in_study: Whether the study says nothing.
    """

    what: str
    in_file: str
    in_study: str
    is_empty_in_study: bool = False

    def of(self, known: StudyCode) -> Difference:
        """The difference, as an import names it."""
        return Difference(f"{self.what} of {known.called}", self.in_file, self.in_study, known.place)


def differences_of(
    code: ProjectCode, known: StudyCode, kind: str | None, parents: Sequence[str], noted: Container[str]
) -> Iterator[CodeDifference]:
    """Where the file says something else than the study about a code that both have.

    What the file does not say is no difference.

    Args:
        code: The code in the file.
        known: The code in the study.
        kind: The kind that the file or the user gives it.
        parents: What records call the codes that it specialises in the file.
        noted: The words of the memos and definitions in the notes of the study.
    """
    element = known.declaration.element
    if plain_name(code.name) != known.name:
        yield CodeDifference("name", code.name, known.declaration.name)
    if kind is not None and kind != known.declaration.kind:
        is_no_kind = element.metaclass.name == "Code"
        yield CodeDifference("kind", kind, known.declaration.kind, is_no_kind)
    if set(parents) - set(known.parents):
        yield CodeDifference("parent", ", ".join(parents), ", ".join(known.parents))
    attributes = text_attributes(element.metaclass)
    for what, text in {**code.values, "description": code.description}.items():
        in_study = attribute_text(element, what) or ""
        is_said = plain_name(text) == plain_name(in_study) or plain_name(text) in noted
        if text.strip() and what in attributes and not is_said:
            yield CodeDifference(what, text_of(text), in_study, not in_study)
    memo = attribute_text(element, "memo") or ""
    missing = [each for each in code.memos if not _is_noted(each.text, memo, noted)]
    if missing:
        yield CodeDifference("memo", memo_text(missing), memo, not memo)


def _is_noted(text: str, memo: str, noted: Container[str]) -> bool:
    words = plain_name(text)
    return words in plain_name(memo) or words in noted
