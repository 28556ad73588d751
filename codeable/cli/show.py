"""`codeable show`: everything that is known of one element, with its evidence down to the passages."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from codeable.cli.completion import declared_names
from codeable.cli.element_record import codes_at, element_record
from codeable.files import shown_path
from codeable.kernel import CLink
from codeable.kernel.place import Span, shown_place
from codeable.notes.code_chain import CodeChain, CodePassage, DeclaredIn, Renamed, SourceEvidence
from codeable.notes.model import Passage
from codeable.notes.quotation import line_range
from codeable.notes.thoughts import Thought, thoughts_in
from codeable.registry import Declaration, Impact, Option
from codeable.study import Study, load
from codeable.study.facts import facts_of
from codeable.study_option import study_folder, study_option, utf_8
from codeable.terminal import facts, indented, plain, write, write_json
from codeable.text import counted

if TYPE_CHECKING:
    from rich.console import RenderableType

_BEGINNING = 3
"""Lines of a passage that are shown on a terminal unless all of it is wanted."""


@click.command("show")
@click.argument("name", callback=utf_8, shell_complete=declared_names)
@study_option
@click.option("--full", is_flag=True, help="Whole passages, where a terminal shows their beginnings.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Text or JSON.")
def show_command(name: str, study: Path | None, full: bool, form: str) -> None:
    """Show everything that is known of one element.

    A code is shown with its links, its figures and its evidence: the sources, and the passages of the field
    notes that mention it. A source is shown with its metadata, its passages and the codes at each.

    NAME is an identifier (event_streaming), one from before a rename, a display name ("Event Streaming"), or,
    where several elements have the same name, the qualified one (models.communication:event_streaming).
    """
    loaded = load(study_folder(study))
    chain = loaded.chain_of_evidence(name)
    declaration = _declaration(loaded, name, chain)
    if form == "json":
        write_json(element_record(loaded, chain, declaration))
    elif declaration is not None and declaration.kind == "source":
        write(*_source_text(loaded, declaration, full))
    else:
        write(*_code_text(loaded, chain, declaration, full))


def _declaration(study: Study, name: str, chain: CodeChain) -> Declaration | None:
    """The declaration of what was named; None of a code that only the notes know."""
    if chain.kind == "dropped":
        return None
    return study.look_up(name if name in study else chain.identifier)


def _code_text(
    study: Study, chain: CodeChain, declaration: Declaration | None, full: bool
) -> "Iterator[RenderableType]":
    kind = "not in the model" if declaration is None else chain.kind
    yield _title(chain.identifier, chain.name, kind)
    known = _facts(study, declaration)
    stated: tuple[tuple[str, tuple[Option | Impact, ...]], ...] = (
        ("option of", chain.option_of),
        ("options", chain.options),
        ("forces", chain.forces),
        ("impacts", chain.impacts),
    )
    for label, links in stated:
        if links:
            known[label] = [_with_places(*pair, chain) for pair in zip(known[label], links, strict=True)]
    known["declared"] = [f"{line} in the model" for line in known.get("declared", [])]
    known["declared"] += [_declared_in(one) for one in chain.declared]
    known["declared"] = known["declared"] or ["nowhere"]
    known["definition"] = [_thought(one) for one in chain.thoughts if one.kind == "definition"]
    known["memos"] = [_thought(one) for one in chain.thoughts if one.kind == "memo"]
    known["renamed"] = [_renamed(one) for one in chain.renamed]
    known["figures"] = [", ".join(chain.figures) or "none"]
    if declaration is not None and isinstance(declaration.element, CLink):
        del known["figures"]  # a link is drawn wherever both of its ends are
    yield facts(known.items())
    if not chain.evidence and declaration is not None and not study.is_code(declaration.element):
        return
    yield ""
    yield plain(_evidence(chain), "bold")
    for source in chain.evidence:
        yield ""
        yield from _source_evidence(source, full, dropped=declaration is None)
    for subcode in chain.subcodes:
        if subcode.sources:
            yield ""
            name = f"its sub-code {subcode.code} ({subcode.name}): {', '.join(subcode.sources)}"
            yield indented(name, 2, hanging=2)


def _source_text(study: Study, declaration: Declaration, full: bool) -> "Iterator[RenderableType]":
    title = declaration.element.get_value("title")
    yield _title(declaration.short_name, str(title or declaration.name), "source")
    yield facts(_facts(study, declaration).items())
    notes = study.notes_of(declaration.element)
    if not notes:
        yield "\n  no field note is about it"
    for note in notes:
        codes_of_passage = defaultdict(list, codes_at(study, note))
        yield ""
        coded = f", coded by {note.coder}" if note.coder else ""
        yield plain(f"{shown_path(note.path)}: {counted(len(note.passages), 'passage')}{coded}", "bold")
        for thought in thoughts_in(note):
            if thought.kind == "memo":
                yield indented(f"memo, line {thought.span.line}: {thought.text}", 2, hanging=2)
        for codes, passages in groupby(note.passages, codes_of_passage.__getitem__):
            together = list(passages)
            for passage in together:
                yield from _passage(note.path, passage, full, 2)
            if codes:
                of = "" if len(together) == 1 else f" of these {len(together)} passages"
                yield indented(f"codes{of}: {', '.join(codes)}", 4, hanging=2)


def _title(identifier: str, name: str, kind: str) -> "RenderableType":
    title = f"{identifier}, {kind}" if identifier == name else f"{identifier}  {name!r}, {kind}"
    return indented(title, 0, "bold", hanging=2)


def _facts(study: Study, declaration: Declaration | None) -> dict[str, list[str]]:
    """What the model says; the title and the evidence say the rest."""
    found = facts_of(study, declaration) if declaration is not None else ()
    elsewhere = ("kind", "identifier", "evidence", "evidence of sub-codes")
    return {fact.label: list(fact.lines) for fact in found if fact.label not in elsewhere}


def _declared_in(declared: DeclaredIn) -> str:
    name = repr(declared.display_name) if declared.display_name else ""
    said = " ".join(filter(None, (declared.metaclass, name)))
    where = f"{shown_place(declared.span)} in the note of {declared.source}"
    return f"{where}: {declared.identifier}, {said}".rstrip(", ")


def _with_places(line: str, link: Option | Impact, chain: CodeChain) -> str:
    places = _places(chain.places_of(link))
    return f"{line} ({places})" if places else line


def _evidence(chain: CodeChain) -> str:
    """How much evidence a code has, also with its sub-codes, and by whom it was found."""
    sources, passages = counted(len(chain.evidence), "source"), counted(len(chain.passages), "passage")
    more = f", {len(chain.sources_with_subcodes)} with its sub-codes" if chain.subcodes else ""
    by_coder = Counter(passage.coder for passage in chain.passages if passage.coder)
    coded = ", ".join(f"{coder} {number}" for coder, number in by_coder.items())
    return f"evidence: {sources}{more}, {passages}{f' ({coded})' if coded else ''}"


def _thought(thought: Thought) -> str:
    by = f" by {thought.coder}" if thought.coder else ""
    return f"{' '.join(thought.text.split())} ({shown_place(thought.span)}{by})"


def _renamed(renamed: Renamed) -> str:
    uses = [f"last used {shown_place(renamed.last_use)}" if renamed.last_use else "in no note"]
    if renamed.first_use:
        uses.append(f"{renamed.new} first used {shown_place(renamed.first_use)}")
    return f"{renamed.old} is {renamed.new} now ({'; '.join(uses)})"


def _source_evidence(source: SourceEvidence, full: bool, *, dropped: bool) -> "Iterator[RenderableType]":
    yield indented(f"{source.source}  {source.title}".rstrip(), 2, hanging=2)
    if source.mentions:
        yield indented(f"mentioned in {_places(source.mentions)}", 4)
    else:
        yield indented("linked in the model; no note of it says where", 4, "dim")
    if not source.in_model and not dropped:
        yield indented("in the note only: the model does not link this source to it", 4)
    if source.mentions and not source.passages:
        yield indented("no passage is before the trace", 4, "dim")
    for passage in source.passages:
        yield from _passage(passage.path, passage, full, 4)


def _places(spans: Iterable[Span]) -> str:
    """Files with their lines: `s4.md:12, 40`."""
    lines: dict[str, dict[str, None]] = {}
    for span in sorted(spans):
        lines.setdefault(shown_path(span.path), {})[str(span.line)] = None
    return "; ".join(f"{path}:{', '.join(numbers)}" for path, numbers in lines.items())


def _passage(
    path: str, passage: Passage | CodePassage, full: bool, indent: int
) -> "Iterator[RenderableType]":
    lines = line_range(passage.line, passage.end_line)
    kind = "" if passage.kind in ("quotation", "text") else f" ({passage.kind})"
    said = f"  said by {passage.speaker}" if passage.speaker else ""
    coder = passage.coder if isinstance(passage, CodePassage) else None
    coded = f"  coded by {coder}" if coder else ""
    yield indented(f"{shown_path(path)}:{lines}{kind}{said}{coded}", indent, "dim")
    yield indented(passage.text, indent + 2, most_lines=None if full else _BEGINNING)
