"""Which codes of a project a study has already. `planned_codes` asks."""

from collections import Counter
from collections.abc import Collection, Sequence
from functools import cached_property

from codeable.exchange.incoming.code_identifiers import identifier_from
from codeable.exchange.incoming.code_order import CodeOrder
from codeable.exchange.incoming.study_codes import StudyCode, plain_name
from codeable.exchange.outgoing.keys import Keys
from codeable.exchange.project import ProjectCode
from codeable.exchange.readers.code_paths import SIGNS
from codeable.notes.mentions import current_name
from codeable.settings import Settings
from codeable.text import folded

_DEEPEST = 20
"""How many levels of a path are compared."""


class KnownCodes:
    """The codes of a project that the study has.

    A code is known by the identifier that the file states, or by its name below the same parent. A study may
    have renamed a code that an earlier import of the project made, or put it below another parent. What a
    file has outside of all other codes, such as a row of a list of names, is known by its name alone.

    Args:
        order: The codes of the project.
        in_study: The codes of the study.
        settings: The settings of the study, for their renames.
        modules: The names of the modules that an import of the project makes.

    Attributes:
        found: Key → code of the study.
        merged: The keys of those that the settings name as the old names of other codes.
        by_name_alone: The codes of the study that are below others there, and outside of all in the file.
    """

    def __init__(
        self,
        order: CodeOrder,
        in_study: Sequence[StudyCode],
        settings: Settings,
        modules: Collection[str],
    ) -> None:
        self.found: dict[str, StudyCode] = {}
        self.by_name_alone: list[StudyCode] = []
        self.merged: set[str] = set()
        self._in_study = in_study
        self._modules = modules
        self._claimed: set[StudyCode] = set()
        self._renames = settings.renames
        self._order = order
        self._by_identifier: dict[str, StudyCode] = {}
        self._by_name: dict[str, list[StudyCode]] = {}
        self._by_folded: dict[str, list[StudyCode]] = {}
        self._below: dict[tuple[str, str | None], list[StudyCode]] = {}
        for each in in_study:
            for name in (each.identifier, *each.declaration.aliases):
                if name is not None:
                    self._by_identifier.setdefault(name, each)
            self._by_name.setdefault(each.name, []).append(each)
            self._by_folded.setdefault(folded(each.name), []).append(each)
        for each in reversed(in_study):
            for parent in each.parents or (None,):
                self._below.setdefault((each.name, parent), []).append(each)
        keys = Keys(settings.name)
        by_key = {keys.of("code", each.called): each for each in in_study}
        for code in order.codes:
            stated = self._by_identifier.get(self._current(code.identifier or ""))
            self._claim(code, stated or by_key.get(code.key.strip("{}").lower()))
        self._names = Counter(plain_name(code.name) for code in order.codes)
        self._folded_names = Counter(folded(plain_name(code.name)) for code in order.codes)
        self._with_sub_codes = {key for keys in order.parents.values() for key in keys}
        for code in order.codes:  # a parent is found before its sub-codes
            if code.key not in self.found:
                same = self._below_same_parent(code)
                merged = self._merged(code) if same is None else None
                if merged is not None:
                    self.found[code.key] = merged
                    self.merged.add(code.key)
                    continue
                known = same or self._changed_by_hand(code)
                self._claim(code, known or self._split_otherwise(code) or self._by_name_alone(code))

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

    def _merged(self, code: ProjectCode) -> StudyCode | None:
        """The code that the settings name as what became of this one; several may have become one."""
        plain = identifier_from(code.name)
        above = [
            self.found[key].called if key in self.found else identifier_from(self._plain_names[key])
            for key in self._order.parents[code.key]
        ]
        old = next(
            (name for name in (plain, *(f"{each}_{plain}" for each in above)) if name in self._renames), ""
        )
        return self._by_identifier.get(self._current(old))

    def _changed_by_hand(self, code: ProjectCode) -> StudyCode | None:
        """The code of an earlier import that a person has put below another parent, or has renamed."""
        name = plain_name(code.name)
        if self._names[name] == 1:
            own = [each for each in self._by_name.get(name, ()) if self._is_imported(each)]
            if len(own) == 1:
                return own[0]
        same = self._by_identifier.get(identifier_from(code.name))
        if same is None or not self._is_free_below_parent(same, code) or self._has_twin(code):
            return None
        is_renamed = identifier_from(same.name) != same.identifier and not self._names[same.name]
        return same if is_renamed and self._is_imported(same) else None

    def _has_twin(self, code: ProjectCode) -> bool:
        """Whether the file has another code of this name below the same parents."""
        return self._twins[plain_name(code.name), self._order.parents[code.key]] > 1

    @cached_property
    def _twins(self) -> Counter[tuple[str, tuple[str, ...]]]:
        return Counter((self._plain_names[key], keys) for key, keys in self._order.parents.items())

    def _is_imported(self, known: StudyCode) -> bool:
        return known.declaration.module in self._modules

    def _split_otherwise(self, code: ProjectCode) -> StudyCode | None:
        """The code of an earlier import that had the path as one name, or the name as a path.

        Whether a sign in a name nests depends on the other names of the file.
        """
        if not self._by_joined:
            return None
        names, keys = [plain_name(code.name)], self._order.parents[code.key]
        while keys and len(names) < _DEEPEST:
            names.insert(0, self._plain_names[keys[0]])
            keys = self._order.parents[keys[0]]
        joined = (self._by_joined.get((sign, sign.join(names))) for sign in SIGNS)
        found = {each[0] for each in joined if each is not None and each[1] != len(names)}
        known = next(iter(found)) if len(found) == 1 else None
        return known if known not in self._claimed else None

    @cached_property
    def _plain_names(self) -> dict[str, str]:
        return {code.key: plain_name(code.name) for code in self._order.codes}

    @cached_property
    def _by_joined(self) -> dict[tuple[str, str], tuple[StudyCode, int]]:
        """Sign, and names of the path joined by it → code of an earlier import, number of the names."""
        by_called = {each.called: each for each in self._in_study}
        found = {}
        for each in filter(self._is_imported, self._in_study):
            names, above = [each.name], each
            while above.parents and above.parents[0] in by_called and len(names) < _DEEPEST:
                above = by_called[above.parents[0]]
                names.insert(0, above.name)
            found.update({(sign, sign.join(names)): (each, len(names)) for sign in SIGNS})
        return found

    def _by_name_alone(self, code: ProjectCode) -> StudyCode | None:
        """The only code of a name, if the file says no other place. Capital letters do not count."""
        name = folded(plain_name(code.name))
        same = self._by_folded.get(name, ())
        if self._folded_names[name] > 1 or len(same) != 1 or same[0] in self._claimed:
            return None
        if self._is_free_below_parent(same[0], code):
            return same[0]
        if self._order.parents[code.key] or code.key in self._with_sub_codes:
            return None
        self.by_name_alone.append(same[0])
        return same[0]
