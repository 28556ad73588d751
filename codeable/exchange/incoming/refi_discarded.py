"""What a file of REFI-QDA has that a study has no place for, as the standard asks importers to tell."""

import re

from attrs import evolve

from codeable.exchange.incoming.refi_codes import kind_of_set
from codeable.exchange.incoming.refi_file import RefiFile, elements_in
from codeable.exchange.project import Coding, ProjectCode, ProjectSource
from codeable.text import first_few, shown

_KNOWN = re.compile(
    "(Audio|Video|PDF|Picture|Text)Source|(Audio|Video|PDF|Picture|PlainText|Transcript)Selection|"
    "(Text|Boolean|Integer|Float|Date|DateTime)Value|(Code|Note|Source|Selection|Variable)Ref|"
    "(User|Code|Variable|Case|Source|Note|Link|Set|Graph)s?|Member(Code|Source|Note)|VariableValue|"
    "Project|CodeBook|Coding|Description|PlainTextContent|Representation|TextDescription|Transcript|SyncPoint|"
    "Vertex|Edge"
)
"""The elements of the standard."""


def tell_discarded(file: RefiFile) -> None:
    """Note as discarded what no reader of a part of the file reads: sets, graphs, elements of no standard.

    Sets that are kinds of codes are taken over.
    """
    for each in elements_in(file.root, "Sets", "Set"):
        if kind_of_set(each, file.origin) is None:
            reason = "a study has no sets; their members are taken over"
            file.discarded.add("sets", each.get("name"), place=file.place(each), reason=reason)
    for each in elements_in(file.root, "Graphs", "Graph"):
        reason = "a study draws its figures of decisions and relations"
        file.discarded.add("graphs", each.get("name"), place=file.place(each), reason=reason)
    waiting = [file.root]
    while waiting:
        element = waiting.pop()
        waiting += element.children
        if not _KNOWN.fullmatch(element.name):
            reason = "the standard does not have them"
            file.discarded.add(f"elements <{element.name}>", place=file.place(element), reason=reason)


def codes_in_use(
    file: RefiFile, codes: tuple[ProjectCode, ...], sources: tuple[ProjectSource, ...]
) -> tuple[ProjectCode, ...]:
    """The codes. One that has codings can have them, whatever the file says about it."""
    codings: list[Coding] = []
    for source in sources:
        codings += source.codings
        for passage in source.passages:
            codings += passage.codings
    used = {each.code for each in codings}
    names = [each.name for each in codes if not each.is_codable and each.key in used]
    if names:
        which = first_few(list(map(shown, names)))
        file.messages.append(
            f"The file has codings of codes that it calls not codable: {which}. They are kept."
        )
    return tuple(evolve(each, is_codable=each.is_codable or each.key in used) for each in codes)
