"""What is known of each code, decision and source by name, of the model, the notes and the modules together.

Completion, hints, lenses and hovers show it. The model is that of the last load; what was written since then
is added from the texts.
"""

import ast
from collections.abc import Iterable, Mapping

from attrs import define, field, frozen

from codeable.names.modules import Module
from codeable.notes.mentions import codes_mentioned, current_name
from codeable.notes.model import DeclarationStatement, FieldNote, OptionStatement
from codeable.notes.vocabulary import CONSTRUCTORS
from codeable.registry.kinds import CLASS_KINDS
from codeable.result_cache import ResultCache
from codeable.study import Study
from codeable.text import natural_key

_KIND_OF: Mapping[str, str] = dict(CLASS_KINDS)


@frozen
class KnownCode:
    """What is known of one name.

    Attributes:
        identifier: The name.
        kind: Its kind, such as ``practice``; ``source`` for a source.
        name: The display name; empty where there is none.
        sources: The sources that are evidence for it, in natural order: those of the model and of the notes.
        decisions: Of a solution, the decisions of which it is an option.
        in_model: Whether the model that was last loaded has it.
        module: The file of the module that declares it; none where only notes do.
    """

    identifier: str
    kind: str
    name: str
    sources: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    in_model: bool = False
    module: str | None = None

    @property
    def title(self) -> str:
        """The display name; empty where it only repeats the identifier."""
        return self.name if self.name != self.identifier else ""


@define
class _Collected:
    kind: str
    name: str
    in_model: bool = False
    module: str | None = None
    sources: set[str] = field(factory=set)
    decisions: dict[str, None] = field(factory=dict)


@frozen
class _InNote:
    """What one note says: (name, kind, display name) of each declaration, and the codes that it mentions."""

    source: str
    declared: tuple[tuple[str, str, str], ...]
    mentioned: tuple[str, ...]
    options: tuple[tuple[str, str], ...]


@frozen
class _InModel:
    """What the model says: as of a note, and (source, codes) of each source."""

    declared: tuple[tuple[tuple[str, ...], str, str], ...]
    coded: tuple[tuple[str, tuple[str, ...]], ...]
    options: tuple[tuple[str, str], ...]


@frozen
class _Said:
    """What all texts of a study say."""

    model: _InModel | None
    modules: Mapping[str, Mapping[str, tuple[str, str]]]
    notes: tuple[_InNote, ...]
    renames: Mapping[str, str]


class CodesByName:
    """Gives what is known of each name. What a text says is found once, as long as it does not change."""

    def __init__(self) -> None:
        self._results = ResultCache()
        self._modules: dict[str, Mapping[str, tuple[str, str]]] = {}
        self._last: tuple[_Said, Mapping[str, KnownCode]] | None = None

    def of(
        self,
        study: Study | None,
        notes: Iterable[FieldNote],
        modules: Iterable[Module],
        renames: Mapping[str, str],
    ) -> Mapping[str, KnownCode]:
        """Identifier → what is known of it, in natural order.

        Args:
            study: The model as last loaded.
            notes: The notes with their newest texts.
            modules: The modules with their newest texts.
            renames: Old name → new name.
        """
        said = _Said(
            self._results.of(_in_model, study) if study is not None else None,
            {module.path: self._in_module(module) for module in modules},
            tuple(self._results.of(_in_note, note) for note in notes if not note.is_template),
            dict(renames),
        )
        self._results.forget_unused()
        codes = self._last[1] if self._last is not None and self._last[0] == said else _codes_of(said)
        self._last = said, codes  # equal records are compared faster with themselves
        return codes

    def _in_module(self, module: Module) -> Mapping[str, tuple[str, str]]:
        """What a module declares; while it is no Python, what it had before."""
        if module.tree is not None or module.path not in self._modules:
            self._modules[module.path] = self._results.of(declared_in, module)
        return self._modules[module.path]


def _codes_of(said: _Said) -> Mapping[str, KnownCode]:
    found: dict[str, _Collected] = {}
    if said.model is not None:
        _add_model(found, said.model)
    for path, declared in said.modules.items():
        for name, (kind, display_name) in declared.items():
            one = found.setdefault(name, _Collected(kind, display_name))
            one.module = one.module or path
    for note in said.notes:
        for name, kind, display_name in note.declared:
            found.setdefault(current_name(said.renames, name), _Collected(kind, display_name))
    for note in said.notes:
        _add_uses(found, note, said.renames)
    sources = sorted(set().union(*(one.sources for one in found.values())), key=natural_key)
    rank = {source: number for number, source in enumerate(sources)}
    return {
        name: KnownCode(
            name,
            one.kind,
            one.name,
            tuple(sorted(one.sources, key=rank.__getitem__)),
            tuple(one.decisions),
            one.in_model,
            one.module,
        )
        for name, one in sorted(found.items(), key=lambda pair: natural_key(pair[0]))
    }


def _in_model(study: Study) -> _InModel:
    declared = []
    for declaration in study.declarations:
        title = declaration.element.get_value("title") if declaration.kind == "source" else None
        names = [name for name in (declaration.identifier, *declaration.aliases) if name is not None]
        declared.append((tuple(names), str(declaration.kind), str(title or declaration.name)))
    coded = []
    for source in study.sources:
        codes = (study.identifier_of(code) for code in study.codes_of(source))
        coded.append((study.name_of(source), tuple(name for name in codes if name is not None)))
    options = [
        (option.decision, option.solution)
        for decision in study.decisions
        for option in study.options_of(decision)
    ]
    return _InModel(tuple(declared), tuple(coded), tuple(options))


def _in_note(note: FieldNote) -> _InNote:
    declared = [(note.identifier, "source", note.title)] if note.identifier else []
    declared += [
        (one.identifier.name, _kind(one.kind or one.constructor.name), one.name)
        for one in note.statements
        if isinstance(one, DeclarationStatement) and not one.is_source_like
    ]
    options = [
        (one.decision.name, one.solution.name) for one in note.statements if isinstance(one, OptionStatement)
    ]
    return _InNote(note.identifier or "", tuple(declared), tuple(codes_mentioned(note, {})), tuple(options))


def _add_model(found: dict[str, _Collected], said: _InModel) -> None:
    for names, kind, display_name in said.declared:
        one = _Collected(kind, display_name, in_model=True)
        for name in names:
            found.setdefault(name, one)
    for source, codes in said.coded:
        for name in codes:
            if name in found:
                found[name].sources.add(source)
    for decision, solution in said.options:
        if solution in found:
            found[solution].decisions[decision] = None


def _add_uses(found: dict[str, _Collected], said: _InNote, renames: Mapping[str, str]) -> None:
    if said.source:
        for name in said.mentioned:
            known = found.get(current_name(renames, name))
            if known is not None:
                known.sources.add(said.source)
    for decision, solution in said.options:
        known = found.get(current_name(renames, solution))
        if known is not None:
            known.decisions[current_name(renames, decision)] = None


def declared_in(module: Module) -> dict[str, tuple[str, str]]:
    """Name → kind and display name, of the declarations at the top of a module."""
    found = {}
    for statement in module.tree.body if module.tree is not None else ():
        match statement:
            case ast.Assign(
                targets=[ast.Name(id=name)], value=ast.Call(func=ast.Name(id=constructor), args=arguments)
            ) if constructor in CONSTRUCTORS:
                kinds = [each.id for each in arguments if isinstance(each, ast.Name)]
                texts = [each.value for each in arguments if isinstance(each, ast.Constant)]
                found[name] = (_kind(kinds[0] if kinds else constructor), str(texts[0]) if texts else "")
    return found


def _kind(metaclass: str) -> str:
    """The kind of the instances of a metaclass."""
    return _KIND_OF.get(metaclass, metaclass)
