"""What may be in the arguments of calls that link elements, such as `{solution: {force: impact}}`."""

import re
from collections.abc import Iterable, Iterator, Sequence

from codeable.editor.completion.candidates import Candidate, word_candidates
from codeable.editor.completion.link_ends import LinkEnds, links_by_role
from codeable.editor.completion.nameable import NO_CODES, Nameable
from codeable.editor.completion.statements import snippet_candidate
from codeable.editor.python.call_place import CallPlace, OpenBracket
from codeable.notes.vocabulary import FUNCTIONS, vocabulary
from codeable.registry.kinds import OPTION_KINDS, SOLUTION_KINDS

_ROLE = re.compile(r"""role_name\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_KEY_AND_VALUES = re.compile(r"\{\s*([\w.]+)\s*:\s*\[?([\w\s,.]*)")


def linked_elements(
    place: CallPlace, call: OpenBracket, argument: str, scope: Nameable
) -> Iterator[Candidate]:
    """What may be in `{element: [elements]}` and in `{solution: {force: impact}}`."""
    inside = place.inside
    if argument == "relations":
        yield from _of_forces(inside, scope)
    elif argument == "definitions" and not inside:
        yield snippet_candidate("{element: [elements]}", "{${1:element}: [${2:elements}]}")
    elif argument == "definitions" and inside[0].key is None:
        yield from _keys(place, inside[0].items, scope)
    else:
        key = call.receiver if argument == "targets" else (inside[0].key or "")
        yield from _targets(place, key, (*inside[-1].items, key) if inside else (key,), scope)


def _of_forces(inside: Sequence[OpenBracket], scope: Nameable) -> Iterator[Candidate]:
    depth, last = len(inside), inside[-1] if inside else None
    if last is None:
        yield snippet_candidate("{solution: {force: impact}}", "{${1:solution}: {${2:force}: ${3:positive}}}")
    elif depth == 1 and last.key is None:
        yield from scope.codes(OPTION_KINDS, SOLUTION_KINDS, without=last.items)
    elif depth == 1:
        yield snippet_candidate("{force: impact}", "{${1:force}: ${2:positive}}")
    elif last.key is None:
        yield from scope.codes({"force"}, without=last.items)
    else:
        yield from word_candidates(vocabulary().impacts)


def _keys(place: CallPlace, given: Sequence[str], scope: Nameable) -> Iterator[Candidate]:
    """What may be linked: of a link in a known role, what this role allows."""
    ends = _links(place)
    kinds = {kind for one in ends for kind in one.sources}
    if not kinds or "source" in kinds:
        yield from scope.sources(without=given)
    if kinds != {"source"}:
        yield from scope.codes(kinds - NO_CODES or None, without=given)


def _targets(place: CallPlace, key: str, given: Sequence[str], scope: Nameable) -> Iterator[Candidate]:
    """What an element may be linked to."""
    kind = scope.kind_of(key)
    ends = _links(place) or [one for links in links_by_role().values() for one in links]
    kinds = {each for one in ends if not kind or kind in one.sources for each in one.targets}
    if "source" in kinds and (kinds <= NO_CODES or kind == "source"):
        yield from scope.sources(without=given, rank=5)
    codes = None if kind == "source" or not kinds else kinds - NO_CODES  # links between codes are codes, too
    if codes is None or codes:
        yield from scope.codes(codes, without=given)


def _links(place: CallPlace) -> Sequence[LinkEnds]:
    """The links in the role that the statement names."""
    match = _ROLE.search(place.statement)
    return links_by_role().get((match[1] or match[2] or ""), ()) if match is not None else ()


def roles_of_link(place: CallPlace, call: OpenBracket, scope: Nameable) -> list[str]:
    """The roles that the linked elements allow; all roles where nothing is known of these."""
    match = _KEY_AND_VALUES.search(place.statement)
    source = call.receiver if call.receiver and match is None else (match[1] if match is not None else "")
    target = match[2].split(",")[0] if match is not None else (call.items[0] if call.items else "")
    source_kind, target_kind = scope.kind_of(source), scope.kind_of(target)
    fitting = [
        role
        for role, links in links_by_role().items()
        for one in links
        if (not source_kind or source_kind in one.sources) and (not target_kind or target_kind in one.targets)
    ]
    return list(dict.fromkeys(fitting)) or list(links_by_role())


def stereotypes_of_link(place: CallPlace, call: OpenBracket, scope: Nameable) -> Iterator[Candidate]:
    """The stereotypes that a link in the role of the statement can have, without those that are there."""
    given = {item for bracket in place.inside for item in bracket.items}
    if "stereotype_instance" in FUNCTIONS[call.function]:
        fitting: Iterable[str] = links_by_role()["to"][0].stereotypes
    else:
        links = _links(place) or [one for links in links_by_role().values() for one in links]
        fitting = [name for one in links for name in one.stereotypes]
    yield from word_candidates(
        [name for name in dict.fromkeys((*fitting, *scope.stereotypes)) if name not in given]
    )
