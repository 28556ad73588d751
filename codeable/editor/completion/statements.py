"""Statements of the vocabulary as candidates: calls, constructors, arguments, declarations of new codes."""

import re
from collections.abc import Collection, Iterator, Mapping

from lsprotocol.types import CompletionItemKind

from codeable.editor.completion.candidates import Candidate
from codeable.editor.completion.nameable import NewCode
from codeable.editor.hover.words import FunctionWord, word
from codeable.registry.kinds import SOLUTION_KINDS
from codeable.source_writer import string_literal

_CALLS: Mapping[str, str] = {
    "add_decision_option_link": '(${1:decision}, ${2:solution}, "${3:what one does}")',
    "add_force_relations": "({${1:solution}: {${2:force}: ${3:positive}}})",
    "add_stereotyped_design_solution_link": "(${1:from}, ${2:to}, ${3:can_use})",
    "add_links": '({${1:element}: [${2:elements}]}, role_name="${3:to}")',
    "add_stereotyped_link_with_how_tagged_value": '(${1:from}, ${2:to}, ${3:can_use}, "${4:how}")',
    "add_stereotyped_link_with_role_tagged_value": '(${1:from}, ${2:to}, ${3:can_use}, "${4:role}")',
    "add_decision_option_association": '(${1:decision}, ${2:solution}, "${3:what one does}")',
    "set_links": '({${1:element}: [${2:elements}]}, role_name="${3:to}")',
}
"""What is called in a statement → its arguments, what is used most often first."""

_METHOD = '(${1:elements}, role_name="${2:to}")'

_DECISION = """\
${1:name}_decision = CClass(decision, "${2:How …?}")
${3:solution} = CClass(practice, "${4:Display Name}")
add_decision_option_link(${1:name}_decision, ${3:solution}, "${5:what one does}")"""
_OPTION = """\
${1:solution} = CClass(practice, "${2:Display Name}")
add_decision_option_link(${3:decision}, ${1:solution}, "${4:what one does}")
add_force_relations({${1:solution}: {${5:force}: ${6:positive}}})"""

_SOURCE_WITH_CODES = """\
${1:s1} = CClass(source, "${1:s1}", values={
    "title": "${2:Title}",
    "url": "${3:https://…}",
    "type": "${4:Blog Post}",
    "author type": "${5:Practitioner}"})
add_links({${1:s1}: [${6:codes}]}, role_name="contained_code")"""

_BLOCKS: Mapping[str, tuple[str, str]] = {
    "decision with an option": ("a decision, a practice and the option", _DECISION),
    "option with forces": ("a practice of a decision, and its impacts", _OPTION),
    "source with codes": (
        "a source, its metadata, and its codes",
        _SOURCE_WITH_CODES,
    ),
}
"""Several statements that are written together: what they are, and the snippet."""

_CONSTRUCTORS: Mapping[str, str] = {
    "CClass": '(${1:practice}, "${2:Display Name}")',
    "CBundle": '("${1:Display Name}", elements=[${2:codes}])',
    "CPackage": '("${1:Display Name}", elements=[${2:codes}])',
    "CLayer": '("${1:Display Name}", elements=[${2:codes}])',
}
_SOURCE = re.compile(r"[sp]\d+\w?")
_PLACE = re.compile(r"\\(?P<sign>[\\$}])|\$\{(?P<number>\d+)(?::(?P<word>[^}]*))?\}|\$\d+")
_SPECIAL = frozenset('"\\$}')
"""What has a meaning in the strings of a snippet."""
_VALUES = {
    **dict.fromkeys(("values", "tagged_values"), "{$1}"),
    **dict.fromkeys(("option_name", "option_description", "tag_value", "label", "role_name", "name"), '"$1"'),
    **dict.fromkeys(("elements", "bundles"), "[$1]"),
}
"""Name of an argument → its value as a snippet, where it is no name."""


def call_candidates(rank: int) -> Iterator[Candidate]:
    """The calls that link elements."""
    return (_call(name, arguments, rank) for name, arguments in _CALLS.items())


def method_candidate() -> Candidate:
    """The call that links an element, as its method."""
    return _call("add_links", _METHOD, 3)


def block_candidates(rank: int, new: Mapping[str, NewCode]) -> Iterator[Candidate]:
    """Several statements that are written together.

    Args:
        rank: How well they fit.
        new: The codes that the open trace calls new. The first solution of them is the option.
    """
    for label, (detail, snippet) in _BLOCKS.items():
        yield snippet_candidate(label, _filled(snippet, new), rank, detail)


def _filled(snippet: str, new: Mapping[str, NewCode]) -> str:
    """A snippet that declares a solution, with one that the open trace calls new."""
    for name, one in new.items():
        if one.metaclass in SOLUTION_KINDS and not _SPECIAL & set(one.name):
            named = snippet.replace(":solution}", f":{name}}}").replace("Display Name", one.name)
            return named.replace("CClass(practice", f"CClass({one.metaclass}")
    return snippet


def constructor_candidates() -> Iterator[Candidate]:
    """What elements are declared with."""
    for name, arguments in _CONSTRUCTORS.items():
        yield _call(name, arguments, 0 if name == "CClass" else 5)


def keyword_candidates(names: Collection[str], given: Collection[str]) -> Iterator[Candidate]:
    """The arguments by name that are not there yet."""
    for name in names:
        if name not in given and name not in ("definitions", "targets", "metaclass"):
            yield Candidate(
                label=f"{name}=",
                icon=CompletionItemKind.Field,
                detail="argument",
                rank=7,
                snippet=f"{name}={_VALUES.get(name, '$1')}",
            )


def new_code_candidates(codes: Mapping[str, NewCode], *, names: bool) -> Iterator[Candidate]:
    """Declarations of the codes that the open trace calls new, and of the source of the note.

    Args:
        codes: Name → what it is.
        names: Whether only their names are written, where the rest of a declaration is there.
    """
    for name, one in codes.items():
        values = f", values={one.values}" if one.values else ""
        is_source = one.metaclass == "source"
        yield Candidate(
            label=name,
            icon=CompletionItemKind.Constructor,
            detail="the source of the note" if is_source else f"new {one.metaclass} of the open trace",
            also="" if one.name == name else one.name,
            rank=0,
            text=name if names else f"{name} = CClass({one.metaclass}, {string_literal(one.name)}{values})",
        )


def snippet_candidate(label: str, snippet: str, rank: int = 0, detail: str = "", also: str = "") -> Candidate:
    """A text with places to fill in.

    Args:
        label: What the list shows.
        snippet: The text.
        rank: How well it fits.
        detail: What it is.
        also: Another text by which it is found.
    """
    icon, text = CompletionItemKind.Snippet, plain(snippet)
    return Candidate(label=label, icon=icon, detail=detail, also=also, rank=rank, text=text, snippet=snippet)


def display_name_of(identifier: str) -> str:
    """The display name that an identifier suggests; that of a source is its identifier.

    Example:
        >>> (
        ...     display_name_of("master_data_management"),
        ...     display_name_of("hosting_decision"),
        ...     display_name_of("s4"),
        ... )
        ('Master Data Management', 'Hosting', 's4')
    """
    if _SOURCE.fullmatch(identifier):
        return identifier
    words = identifier.removesuffix("_decision").split("_")
    return " ".join(word[:1].upper() + word[1:] for word in words if word) or identifier


def plain(snippet: str) -> str:
    """A snippet as plain text, for a client that knows none: the places to fill in keep their words.

    Example:
        >>> plain("add_links({${1:element}: [${2:elements}]})")
        'add_links({element: [elements]})'
    """
    named = {match["number"]: match["word"] for match in _PLACE.finditer(snippet) if match["word"]}

    def filled(match: re.Match[str]) -> str:
        return match["sign"] or named.get(match["number"], "")

    return _PLACE.sub(filled, snippet)


def escape_snippet(text: str) -> str:
    """A text in a snippet, outside of the places to fill in, as it is."""
    return re.sub(r"[\\$]", r"\\\g<0>", text)


def _call(name: str, arguments: str, rank: int) -> Candidate:
    meaning = word(name)
    return Candidate(
        label=name,
        icon=CompletionItemKind.Function,
        detail=meaning.text if isinstance(meaning, FunctionWord) else "",
        rank=rank,
        snippet=f"{name}{arguments}",
        about=name,
    )
