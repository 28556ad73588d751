"""The codes of a codebook or a project of REFI-QDA."""

from collections.abc import Iterator
from itertools import chain
from typing import cast, get_args

from attrs import evolve

from codeable.exchange.project import ProjectCode, ProjectSource
from codeable.exchange.readers.code_paths import paths_of
from codeable.exchange.readers.refi.refi_file import OWN, RefiFile, elements_in
from codeable.exchange.readers.safe_xml import Element
from codeable.exchange.readers.tables.code_rows import CodeRow, codes_of_rows
from codeable.registry.records import Kind
from codeable.text import first_few, shown

_KINDS = frozenset(get_args(Kind))


def read_codes(file: RefiFile, codebook: Element | None) -> tuple[ProjectCode, ...]:
    """The codes, each behind the one that it is in.

    Args:
        file: The file that is read.
        codebook: The element that has them; None for a project without codes.

    Raises:
        CodeableError: A code has no GUID or no name.
    """
    if codebook is None:
        return ()
    found: dict[str, ProjectCode] = {}
    for element, parent in _nested(file, codebook):
        code = _code(file, element, parent)
        first = found.get(code.key)
        if first is not None and first.name == code.name:
            reason = "the file has them in several places; the first one counts"
            file.discard("repeated codes", element, reason, is_loss=False)
            continue
        if first is not None:
            reason = f"the code {shown(code.name)} has the GUID of {shown(first.name)} ({first.place})"
            raise file.error(element, reason)
        found[code.key] = code
    return _with_kinds(file, found)


def nested_by_dots(file: RefiFile, codes: tuple[ProjectCode, ...]) -> tuple[ProjectCode, ...]:
    """The codes of a tool that nests them by dots in their names: `forces.latency` is in `forces`."""
    paths = paths_of([code.name for code in codes], dots=True)
    if not paths.separator:
        return codes
    rows = [
        CodeRow(path, code.place, description=code.description, kind=code.kind)
        for code, path in zip(codes, paths.paths, strict=True)
    ]
    file.messages += paths.messages("code")
    return codes_of_rows(rows, file.discarded).codes


def codes_in_use(
    file: RefiFile, codes: tuple[ProjectCode, ...], sources: tuple[ProjectSource, ...]
) -> tuple[ProjectCode, ...]:
    """The codes. One that has codings can have them, whatever the file says about it."""
    codings = (
        each for source in sources for each in (source.codings, *(one.codings for one in source.passages))
    )
    used = {each.code for each in chain.from_iterable(codings)}
    names = [each.name for each in codes if not each.is_codable and each.key in used]
    if names:
        which = first_few(list(map(shown, names)))
        file.messages.append(
            f"The file has codings of codes that it calls not codable: {which}. They are kept."
        )
    return tuple(evolve(each, is_codable=each.is_codable or each.key in used) for each in codes)


def kind_of_set(set_: Element, origin: str) -> Kind | None:
    """The kind of the codes in a set of a file that codeable has written; None for another set.

    Args:
        set_: The set.
        origin: The tool that wrote the file. Tools keep our sets with their descriptions.
    """
    is_own = OWN in (origin.casefold(), *set_.text_of("Description").split())
    return cast("Kind", set_.get("name")) if is_own and set_.get("name") in _KINDS else None


def _with_kinds(file: RefiFile, codes: dict[str, ProjectCode]) -> tuple[ProjectCode, ...]:
    """The codes with the kinds that sets say."""
    for set_ in elements_in(file.root, "Sets", "Set"):
        kind = kind_of_set(set_, file.origin)
        for member in set_.all("MemberCode") if kind else ():
            key = file.optional_guid(member, "targetGUID") or file.optional_guid(member, "guid")
            if key in codes:
                codes[key] = evolve(codes[key], kind=kind)
    return tuple(codes.values())


def _nested(file: RefiFile, codebook: Element) -> Iterator[tuple[Element, str | None]]:
    """All elements of codes with the key of the code that each is in, in the order of the file."""
    top = [code for each in codebook.all("Codes", "Code") for code in _codes_in(each)]
    waiting: list[tuple[Element, str | None]] = [(each, None) for each in reversed(top)]
    while waiting:
        element, parent = waiting.pop()
        yield element, parent
        key = file.guid(element)
        waiting += [(each, key) for each in reversed(list(element.all("Code")))]


def _codes_in(element: Element) -> Iterator[Element]:
    return iter((element,)) if element.name == "Code" else element.all("Code")


def _code(file: RefiFile, element: Element, parent: str | None) -> ProjectCode:
    name = element.get("name")
    if not name:
        raise file.error(element, "a code has no name")
    if element.get("color"):
        reason = "figures of this study take their colours from its style"
        file.discard("colours of codes", element, reason, is_loss=False)
    return ProjectCode(
        file.guid(element),
        name,
        parent,
        description=element.text_of("Description").strip(),
        is_codable=file.is_true(element, "isCodable", default=True),
        memos=file.memos_of(element),
        place=file.place(element),
    )
