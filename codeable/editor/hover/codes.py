"""What an editor shows of a code: kind, names, definition, options, forces, evidence, memos.

`hover` shows it at a name, completion beside an item. It is short: of long lists the beginning is shown.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from codeable.editor.hover.markup import Markup, items, paragraphs
from codeable.editor.hover.places import address_of, declaration_of, place_of
from codeable.editor.hover.stated import Said, said_of
from codeable.editor.study.known_codes import KnownCode
from codeable.editor.study.study_view import StudyView
from codeable.kernel import CClass, CLink
from codeable.kernel.place import Span
from codeable.notes.code_chain import CodeChain, SourceEvidence
from codeable.notes.evidence import ChainOfEvidence, names_in_notes
from codeable.notes.thoughts import Thought
from codeable.registry import Declaration, Registry
from codeable.registry.values import given_values, stereotype_names, value_text
from codeable.text import counted

_MOST_ROWS = 12
_MOST_SOURCES = 6
_MOST_THOUGHTS = 3
_MOST_PLACES = 3
_TITLES = {
    "option of": "Option of",
    "options": "Options",
    "forces": "Forces",
    "impacts": "Impacts on it",
    "relations": "Relations",
    "next": "Next decisions",
    "sub-codes": "Sub-codes",
    "sub-code of": "Sub-code of",
    "category": "Category",
    "contexts": "Contexts",
    "links": "Links",
    "bundles": "Bundles",
    "elements": "Elements",
    "from": "From",
    "to": "To",
    "label": "Label",
}


def code_text(view: StudyView, code: KnownCode, markup: Markup) -> str:
    """What is known of a code, as a text for an editor."""
    name = code.identifier
    declaration = _declaration(view, name)
    chain = _chain(view, name)
    return paragraphs(
        [
            _title(code, declaration, markup),
            *_definitions(view, chain, declaration, markup),
            *_said(view, said_of(view, name, declaration), markup),
            _values(declaration, markup),
            _evidence(view, code, chain, markup),
            *_memos(view, chain, markup),
            _renamed(chain, markup),
            _declared(view, name, markup),
        ]
    )


def _declaration(view: StudyView, name: str) -> Declaration | None:
    if view.study is None:
        return None
    try:
        return view.study.look_up(name)
    except LookupError:  # not in the model, or in several modules
        return None


def _chain(view: StudyView, name: str) -> CodeChain | None:
    """The chain of evidence, from the notes that mention the code."""
    registry = view.study if view.study is not None else Registry.of({})
    names = names_in_notes(registry, name, view.settings.renames)
    paths = {one.span.path for each in names for one in view.names.of(each)}
    notes = [note for note in view.notes if note.path in paths]
    try:
        return ChainOfEvidence(registry, notes, view.settings.renames).chain_of(name)
    except LookupError:
        return None


def _title(code: KnownCode, declaration: Declaration | None, markup: Markup) -> str:
    shown = markup.code(code.identifier)
    if code.title:
        shown = f"{markup.strong(code.title)} {shown}"
    element = declaration.element if declaration is not None else None
    stereotypes = stereotype_names(element) if isinstance(element, CClass | CLink) else []
    return " · ".join([shown, markup.text(code.kind), *map(markup.text, stereotypes)])


def _definitions(
    view: StudyView, chain: CodeChain | None, declaration: Declaration | None, markup: Markup
) -> Iterator[str]:
    """The definitions, those of the model first."""
    texts: dict[str, str | None] = {}
    if declaration is not None:
        for name, value in given_values(declaration.element):
            if name == "description" and isinstance(value, str):
                texts[" ".join(value.split())] = None
    for one in _thoughts(chain, "definition"):
        texts.setdefault(" ".join(one.text.split()), _from(view, one, markup))
    for text, place in texts.items():
        yield f"{markup.quote(text)} {place}" if place else markup.quote(text)


def _said(view: StudyView, said: Iterable[Said], markup: Markup) -> Iterator[str]:
    """The lists of what is said about the code, each under its label."""
    order = {label: number for number, label in enumerate(_TITLES)}
    ordered = sorted(said, key=lambda one: order.get(one.label, len(order)))
    for label, ones in groupby(ordered, lambda one: one.label):
        rows = [*ones]
        shown = [_row(view, one, markup) for one in rows[:_MOST_ROWS]]
        yield f"{markup.strong(_TITLES.get(label, label))}\n" + items([*shown, *_more(rows, _MOST_ROWS)])


def _row(view: StudyView, one: Said, markup: Markup) -> str:
    name = code_link(view, one.name, markup)
    if one.arrow:
        kind = markup.text(one.sign or "linked")
        name = f"{kind} → {name}" if one.arrow == "to" else f"{name} → {kind} → this"
    sign = f"{markup.code(one.sign)} " if one.sign and not one.arrow else ""
    words = f": {markup.text(one.words)}" if one.words else ""
    is_new = view.study is not None and one.span is not None
    place = f" ({place_of(view, one.span, markup)}, not in the model)" if is_new and one.span else ""
    return f"{sign}{name}{words}{place}"


def code_link(view: StudyView, name: str, markup: Markup) -> str:
    """The display name of a code that leads to its declaration; the identifier where it has none."""
    code = view.code(name)
    target = declaration_of(view, name)
    if code is None or not code.name or code.name == name:
        return markup.code_link(name, target)
    return markup.link(code.name, target)


def _values(declaration: Declaration | None, markup: Markup) -> str | None:
    if declaration is None:
        return None
    shown = [
        f"{markup.text(name)}: {markup.text(value_text(value))}"
        for name, value in given_values(declaration.element)
        if name not in ("description", "memo") or not isinstance(value, str)
    ]
    return items([*shown[:_MOST_ROWS], *_more(shown, _MOST_ROWS)]) or None


def _evidence(view: StudyView, code: KnownCode, chain: CodeChain | None, markup: Markup) -> str | None:
    """The sources, each with the number of its passages."""
    evidence = chain.evidence if chain is not None else ()
    if not evidence:
        return None if code.kind not in _CODES else markup.text("No source is evidence for it.")
    number = len(chain.passages) if chain is not None else 0
    count = counted(len(evidence), "source")
    title = ", ".join([markup.strong(count), *([counted(number, "passage")] if number else [])])
    rows = [_source(view, one, markup) for one in evidence[:_MOST_SOURCES]]
    return f"{title}\n" + items([*rows, *_more(evidence, _MOST_SOURCES)])


_CODES = ("decision", "practice", "pattern", "solution", "force", "code")


def _source(view: StudyView, one: SourceEvidence, markup: Markup) -> str:
    at: Span | None = next(iter(one.mentions), None)
    if one.passages:
        first = one.passages[0]
        at = Span(first.path, first.line, 1, first.line, 1)
    target = declaration_of(view, one.source) if at is None else address_of(view, at)
    shown = markup.link(one.source, target)
    title = f" {markup.text(one.title, 80)}" if one.title else ""
    number = len(one.passages)
    passages = f" · {counted(number, 'passage')}" if number > 1 else ""
    alone = "" if one.in_model or view.study is None else " · not in the model"
    return f"{shown}{title}{passages}{alone}"


def _memos(view: StudyView, chain: CodeChain | None, markup: Markup) -> Iterator[str]:
    memos = _thoughts(chain, "memo")
    for one in memos[:_MOST_THOUGHTS]:
        title = f" ({markup.text(one.title)})" if one.title else ""
        yield f"{markup.strong('Memo')}{title}: {markup.text(one.text)} {_from(view, one, markup)}"
    if len(memos) > _MOST_THOUGHTS:
        yield markup.text(f"… and {counted(len(memos) - _MOST_THOUGHTS, 'more memo')}")


def _thoughts(chain: CodeChain | None, kind: str) -> list[Thought]:
    return [one for one in chain.thoughts if one.kind == kind] if chain is not None else []


def _from(view: StudyView, thought: Thought, markup: Markup) -> str:
    by = f", {markup.text(thought.coder)}" if thought.coder else ""
    return f"({place_of(view, thought.span, markup)}{by})"


def _renamed(chain: CodeChain | None, markup: Markup) -> str | None:
    if chain is None or not chain.renamed:
        return None
    return f"renamed: formerly {', '.join(markup.code(one.old) for one in chain.renamed)}"


def _declared(view: StudyView, name: str, markup: Markup) -> str:
    """Where it is declared."""
    declared = view.names.declarations(name)
    places = [place_of(view, one.span, markup) for one in declared[:_MOST_PLACES]]
    shown = ", ".join([*places, *_more(declared, _MOST_PLACES)])
    return f"declared in {shown}" if shown else "declared nowhere"


def _more(rows: Sequence[object], most: int) -> list[str]:
    """How many rows there are besides the first."""
    return [f"… and {len(rows) - most} more"] if len(rows) > most else []
