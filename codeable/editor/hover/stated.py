"""What is said about a code: options, impacts, relations and so on, in the model, the notes and the modules.

The model is that of the last load. Notes and modules add what was written since then, or, where the study
does not load, all of it.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any, Literal

from attrs import frozen

from codeable import dsl
from codeable.editor.python.module_statements import statements_of
from codeable.editor.study.study_view import StudyView
from codeable.kernel import CNamedElement, CStereotype
from codeable.kernel.place import Span
from codeable.notes.mentions import current_name
from codeable.notes.model import (
    DeclarationStatement,
    ForceStatement,
    Name,
    OptionStatement,
    RelationStatement,
    TraceStatement,
)
from codeable.registry import Connection, Declaration, Impact, Option, Relation
from codeable.study import Study
from codeable.study.facts import known_of


@frozen
class Said:
    """One thing that is said about a code.

    Attributes:
        label: What it is: ``options``, ``option of``, ``forces``, ``impacts``, ``relations``, ``next``, ….
        name: The other code, by identifier, or by display name where it has none.
        words: What is said of the two, such as the text of an option.
        sign: Of an impact its sign, of a relation what it is.
        arrow: Of a relation or link, whether it leads ``to`` the other code, or comes ``from`` it.
        span: Where a note or a module states it; None of what the model has.
    """

    label: str
    name: str
    words: str = ""
    sign: str = ""
    arrow: Literal["to", "from", ""] = ""
    span: Span | None = None


def said_of(view: StudyView, name: str, declaration: Declaration | None) -> tuple[Said, ...]:
    """What is said about a code, each thing once, that of the model first.

    Args:
        view: The study.
        name: The current identifier of the code.
        declaration: Its declaration in the model; None where the model does not have it.
    """
    found: dict[tuple[str, ...], Said] = {}
    of_model = [] if declaration is None or view.study is None else list(_of_model(view.study, declaration))
    for one in (*of_model, *_of_texts(view, name)):
        several = one.label in ("links", "relations")  # two codes may be related in several ways
        found.setdefault((one.label, one.name, *([one.sign, one.arrow] if several else [])), one)
    return tuple(found.values())


# -- of the model


def _of_model(study: Study, declaration: Declaration) -> Iterator[Said]:
    element = declaration.element
    for label, value in known_of(study, declaration):
        if label in ("values", "codes", "stereotypes"):
            continue
        values = [value] if isinstance(value, str | CNamedElement) or value is None else value
        for each in values:
            said = _said(study, label, element, each)
            if said is not None:
                yield said


def _said(study: Study, label: str, element: CNamedElement, value: Any) -> Said | None:
    match value:
        case str():
            return Said(label, value)
        case CNamedElement():
            return Said(label, study.name_of(value))
        case Option():
            return Said(label, value.solution if label == "options" else value.decision, value.words)
        case Impact():
            other = value.force if label == "forces" else value.solution
            return Said(label, other, sign=value.impact or "?")
        case Relation() | Connection():
            starts = value.source_element is element
            kind = value.stereotype if isinstance(value, Relation) else value.stereotypes or value.association
            how = value.how if isinstance(value, Relation) else value.values
            other = value.target if starts else value.source
            return Said(label, other, how or "", kind or value.label or "", "to" if starts else "from")
    return None


# -- of notes and modules


def _of_texts(view: StudyView, name: str) -> Iterator[Said]:
    paths = {one.span.path for one in view.names.of(name)}
    loaded = view.model.modules if view.model is not None else {}
    for path, module in view.modules.items():
        is_new = path not in loaded or loaded[path].text != module.text  # the model says the rest
        if path in paths and is_new:
            for statement in statements_of(module):
                yield from _of_statement(view, name, statement)
    for note in view.notes:
        if note.path in paths and not note.is_template:
            for statement in note.statements:
                yield from _of_statement(view, name, statement)


def _of_statement(view: StudyView, name: str, one: TraceStatement) -> Iterator[Said]:
    if isinstance(one, RelationStatement):
        yield from _of_relation(view, name, one)
        return
    for labels, first, last, words, sign, span in _pairs(one):
        ends = [current_name(view.settings.renames, each.name) for each in (first, last)]
        for label, this, other in zip(labels, ends, reversed(ends), strict=True):
            if this == name:
                yield Said(label, other, words, sign, span=span)


def _pairs(one: TraceStatement) -> Iterator[tuple[tuple[str, str], Name, Name, str, str, Span]]:
    """The pairs of codes in a statement: what the second is for the first and the other way round, ...."""
    if isinstance(one, OptionStatement):
        yield ("options", "option of"), one.decision, one.solution, one.words or "", "", one.span
    elif isinstance(one, ForceStatement):
        for each in one.impacts:
            sign = _stereotype(each.impact.name)
            yield ("forces", "impacts"), each.solution, each.force, "", sign, each.span
    elif isinstance(one, DeclarationStatement):
        for other in one.superclasses:
            yield ("sub-code of", "sub-codes"), one.identifier, other, "", "", other.span


def _of_relation(view: StudyView, name: str, one: RelationStatement) -> Iterator[Said]:
    renames = view.settings.renames
    label = {"next decision": "next", "": "relations", "to": "relations"}.get(one.role)
    kind = ", ".join(_stereotype(each.name) for each in one.stereotypes)
    text = one.tagged_text.value if one.tagged_text is not None else ""
    for ends in one.ends:
        source = current_name(renames, ends.source.name)
        for target in (current_name(renames, each.name) for each in ends.targets):
            if label is None or name not in (source, target) or (label == "next" and name != source):
                continue
            starts = name == source
            other = target if starts else source
            yield Said(label, other, text, kind, "to" if starts else "from", one.span)


@cache
def _stereotype(word: str) -> str:
    """The display name of a stereotype: ``++`` for ``very_positive``; the word itself of an unknown one."""
    found = getattr(dsl, word, None)
    return str(found.name) if isinstance(found, CStereotype) and found.name else word
