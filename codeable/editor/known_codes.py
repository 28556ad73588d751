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
from codeable.study import Study
from codeable.text import natural_key


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
    """

    identifier: str
    kind: str
    name: str
    sources: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    in_model: bool = False


@define
class _Collected:
    kind: str
    name: str
    in_model: bool = False
    sources: dict[str, None] = field(factory=dict)
    decisions: dict[str, None] = field(factory=dict)


def codes_by_name(
    study: Study | None, notes: Iterable[FieldNote], modules: Iterable[Module], renames: Mapping[str, str]
) -> Mapping[str, KnownCode]:
    """Identifier → what is known of it, in natural order.

    Args:
        study: The model as last loaded.
        notes: The notes with their newest texts.
        modules: The modules with their newest texts.
        renames: Old name → new name.
    """
    found: dict[str, _Collected] = {}
    if study is not None:
        _add_model(found, study)
    for module in modules:
        for name, (kind, display_name) in _declared_in(module).items():
            found.setdefault(name, _Collected(kind, display_name))
    notes = [note for note in notes if not note.is_template]
    for note in notes:
        if note.identifier:
            found.setdefault(note.identifier, _Collected("source", note.title))
        for one in note.statements:
            if isinstance(one, DeclarationStatement) and not one.is_source_like:
                name = current_name(renames, one.identifier.name)
                found.setdefault(name, _Collected(one.kind or one.constructor.name, one.name))
    for note in notes:
        _add_uses(found, note, renames)
    return {
        name: KnownCode(
            name,
            one.kind,
            one.name,
            tuple(sorted(one.sources, key=natural_key)),
            tuple(one.decisions),
            one.in_model,
        )
        for name, one in sorted(found.items(), key=lambda pair: natural_key(pair[0]))
    }


def _add_model(found: dict[str, _Collected], study: Study) -> None:
    for declaration in study.declarations:
        title = declaration.element.get_value("title") if declaration.kind == "source" else None
        one = _Collected(str(declaration.kind), str(title or declaration.name), in_model=True)
        for name in (declaration.identifier, *declaration.aliases):
            if name is not None:
                found.setdefault(name, one)
    for source in study.sources:
        for code in study.codes_of(source):
            name = study.identifier_of(code)
            if name is not None and name in found:
                found[name].sources[study.name_of(source)] = None
    for decision in study.decisions:
        for option in study.options_of(decision):
            if option.solution in found:
                found[option.solution].decisions[option.decision] = None


def _add_uses(found: dict[str, _Collected], note: FieldNote, renames: Mapping[str, str]) -> None:
    for name in codes_mentioned(note, renames):
        if name in found and note.identifier:
            found[name].sources[note.identifier] = None
    for one in note.statements:
        if isinstance(one, OptionStatement):
            solution = current_name(renames, one.solution.name)
            if solution in found:
                found[solution].decisions[current_name(renames, one.decision.name)] = None


def _declared_in(module: Module) -> dict[str, tuple[str, str]]:
    """Name → kind and display name, of the declarations at the top of a module."""
    found = {}
    for statement in module.tree.body if module.tree is not None else ():
        match statement:
            case ast.Assign(
                targets=[ast.Name(id=name)], value=ast.Call(func=ast.Name(id=constructor), args=arguments)
            ) if constructor in CONSTRUCTORS:
                kinds = [each.id for each in arguments if isinstance(each, ast.Name)]
                texts = [each.value for each in arguments if isinstance(each, ast.Constant)]
                found[name] = (kinds[0] if kinds else constructor, str(texts[0]) if texts else "")
    return found
