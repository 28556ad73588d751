"""What may be written at a place in a module: codes with their import, modules and what they declare."""

import importlib
import re
from collections.abc import Iterator, Mapping
from functools import cache, cached_property

from attrs import define, evolve
from lsprotocol.types import CompletionItemKind

from codeable.editor.completion.candidates import Candidate, Edits, Offer, code_candidate
from codeable.editor.completion.in_code import offer_in_code
from codeable.editor.completion.nameable import Nameable
from codeable.editor.completion.suppressions import offer_of_rules
from codeable.editor.python.call_place import CallPlace, call_place
from codeable.editor.python.imports import ImportsOfModule
from codeable.editor.study.known_codes import KnownCode
from codeable.editor.study.study_view import Cursor
from codeable.kernel import CMetaclass, CStereotype
from codeable.metamodels import VOCABULARIES

_FROM = re.compile(r"(?:from|import)[ \t]+(?P<module>[\w.]*)\Z")
_NAMES = re.compile(
    r"from\s+(?P<module>[\w.]+)\s+import\s*[\s(\\]\s*(?P<names>(?:[\w*]+(?:\s+as\s+\w+)?\s*,\s*)*)\Z"
)
_DOTTED = re.compile(r"(?P<receiver>[\w.]+)\.\Z")


@define(eq=False, slots=False)
class NameableInModule(Nameable):
    """What can be named in a module: what it declares and imports, and all other codes with an import.

    Attributes:
        cursor: The place.
        imports: The imports of the module.
        only: The file of the one module whose names are meant, behind its name and a dot.
    """

    cursor: Cursor | None = None
    imports: ImportsOfModule | None = None
    only: str | None = None

    @cached_property
    def known(self) -> Mapping[str, KnownCode]:
        """The codes that modules declare, under the names that they have in this one."""
        assert self.cursor is not None
        assert self.imports is not None
        path = self.cursor.path
        declared = {name: one for name, one in self.view.codes.items() if one.module is not None}
        if self.only is not None:
            exported = self.imports.study.exported_by(self.only)
            return {name: one for name, one in declared.items() if name in exported}
        others = self.imports.study.importers_of(path)
        found = {}
        for name, one in declared.items():
            local = self._visible.get(name)
            if local is not None:
                found[local] = one if local == name else evolve(one, identifier=local)
            elif one.module == path or one.module not in others:
                found[name] = one
        return found

    @cached_property
    def _visible(self) -> Mapping[str, str]:
        """Name of a code → its name here, of those that are imported."""
        assert self.imports is not None
        names = dict(self.imports.names)
        for module in self.imports.stars:
            names |= {name: name for name in self.imports.study.exported_by(module)}
        return names

    def edits_for(self, code: KnownCode) -> Edits | None:
        """Gives the import of a code of another module that is not imported yet."""
        assert self.cursor is not None
        assert self.imports is not None
        imports, module, name = self.imports, code.module, code.identifier
        if module in (None, self.cursor.path) or name in self._local_names or self.only is not None:
            return None
        return lambda: [imports.edit_for(str(module), name)]

    @cached_property
    def _local_names(self) -> frozenset[str]:
        return frozenset(self._visible.values())


def offer_in_module(cursor: Cursor) -> Offer | None:
    """What may be written at a place in a module."""
    rules = offer_of_rules(cursor, "#")
    if rules is not None:
        return rules
    place = call_place(cursor.document.lines, cursor.offset)
    if place.comment:
        return None
    return _offer(cursor, place, ImportsOfModule(cursor.view, cursor.path, cursor.document))


def _offer(cursor: Cursor, place: CallPlace, imports: ImportsOfModule) -> Offer | None:
    text = cursor.document.text
    module = _FROM.fullmatch(text[place.start : place.word[1]][: place.offset - place.start])
    if module is not None and place.string is None:
        start = place.offset - len(module["module"])
        return Offer(start, place.word[1], list(_modules(imports, module["module"])))
    names = _NAMES.fullmatch(place.before)
    if names is not None and place.string is None:
        return Offer(*place.word, list(_names_of(cursor, imports, names)))
    vocabularies = [_words_of(name) for name in imports.vocabularies]
    scope = NameableInModule(
        cursor.view,
        stereotypes=tuple(word for _, words in vocabularies for word in words),
        metaclasses=tuple(word for words, _ in vocabularies for word in words),
        cursor=cursor,
        imports=imports,
    )
    dotted = _DOTTED.search(place.before)
    if dotted is None or place.string is not None:
        return offer_in_code(place, scope, text)
    path = imports.module_called(dotted["receiver"])
    if path is None:
        return offer_in_code(place, scope, text) if place.call is None else None
    scope.only = path
    if place.call is None:
        return Offer(*place.word, list(scope.codes()))
    return offer_in_code(place, scope, text)


def _modules(imports: ImportsOfModule, written: str) -> Iterator[Candidate]:
    """The modules that can be imported; behind `models.` those of that folder alone."""
    vocabularies = ("codeable.dsl", *(f"codeable.metamodels.{each}" for each in VOCABULARIES))
    package = written[: written.rfind(".") + 1]
    for name in (*imports.modules, *vocabularies):
        if not name.startswith(package):
            continue
        rank = 1 if name in imports.modules else 2 if name == "codeable.dsl" else 4
        detail = "module of the study" if rank == 1 else "vocabulary"
        yield Candidate(label=name, icon=CompletionItemKind.Module, detail=detail, rank=rank)


def _names_of(cursor: Cursor, imports: ImportsOfModule, statement: re.Match[str]) -> Iterator[Candidate]:
    """What can be imported from a module: its codes, or the modules in a folder."""
    given = {each.split()[0] for each in statement["names"].split(",") if each.strip()}
    module = statement["module"]
    path = imports.path_of(module)
    if path is not None:
        exported = imports.study.exported_by(path)
        for name, code in cursor.view.codes.items():
            if name in exported and name not in given and code.module is not None:
                yield code_candidate(code, 3 if code.module == path else 5)
    for name in imports.modules:
        if name.rpartition(".")[0] == module:
            yield Candidate(
                label=name.rpartition(".")[2], icon=CompletionItemKind.Module, detail="module of the study"
            )
    if not given and (path is not None or module.startswith("codeable.")):
        yield Candidate(label="*", icon=CompletionItemKind.Operator, detail="all names", rank=6)


@cache
def _words_of(vocabulary: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The metaclasses and the stereotypes of a vocabulary of codeable."""
    words = vars(importlib.import_module(f"codeable.metamodels.{vocabulary}")).items()
    return (
        tuple(name for name, one in words if isinstance(one, CMetaclass)),
        tuple(name for name, one in words if isinstance(one, CStereotype)),
    )
