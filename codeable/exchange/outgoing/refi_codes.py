"""The codes of a codebook or project of REFI-QDA, and the sets of their kinds."""

from collections.abc import Iterable, Iterator, Mapping
from xml.etree.ElementTree import Element

from attrs import field, frozen

from codeable.exchange.outgoing.keys import Keys
from codeable.exchange.outgoing.refi_notes import add_references
from codeable.exchange.outgoing.refi_xml import XmlTexts, add, add_description
from codeable.exchange.project import Project, ProjectCode, ProjectSource
from codeable.text import FreeNames, folded


@frozen
class WrittenNames:
    """The names that a file has for codes or sources.

    Tools know them by their names, which are on one line; two that differ in capital letters only are one.

    Attributes:
        of: Key → name.
        changed: The real names that the file has in another form.
    """

    of: Mapping[str, str] = field(factory=dict)
    changed: tuple[str, ...] = ()


def written_names(named: Iterable[ProjectCode | ProjectSource], texts: XmlTexts) -> WrittenNames:
    """A name for each that no other has; of two the second has its identifier behind, or a number."""
    names: dict[str, str] = {}
    free = FreeNames("{} ({})", same=folded)
    changed = []
    for each in named:
        wanted = texts.name(each.name, f"name of {each.identifier or each.name!r}") or each.identifier or "?"
        if wanted in free and each.identifier:
            wanted = f"{wanted} ({each.identifier})"
        name = free.take(wanted)
        names[each.key] = name
        if name != each.name:
            changed.append(each.name)
    return WrittenNames(names, tuple(changed))


def add_codes(
    parent: Element,
    project: Project,
    names: WrittenNames,
    texts: XmlTexts,
    notes_of: Mapping[str, tuple[str, ...]],
) -> None:
    """Add `Codes` with every code of a project, each inside the one that it specialises.

    Args:
        parent: The codebook.
        project: The project.
        names: Their names.
        texts: Makes their texts.
        notes_of: Key of a code → GUIDs of its notes; a codebook without a project has none.
    """
    codes = add(parent, "Codes")
    elements: dict[str, Element] = {}
    for code in project.codes:
        above = elements.get(code.parent or "", codes)
        element = elements[code.key] = add(
            above,
            "Code",
            guid=code.key,
            name=names.of[code.key],
            isCodable="true" if code.is_codable else "false",
        )
        add_description(element, texts.of(code.description, f"description of {code.identifier or code.name}"))
        add_references(element, notes_of.get(code.key, ()))


def add_sets(parent: Element, project: Project, reference: str, keys: Keys) -> None:
    """Add `Sets`: one for each kind of codes, with its members.

    Args:
        parent: The codebook or the project.
        project: The project.
        reference: The attribute of a member that has the GUID of its code.
        keys: Makes the GUIDs of the sets.
    """
    kinds = dict(_codes_by_kind(project))
    if not kinds:
        return
    sets = add(parent, "Sets")
    for kind, codes in kinds.items():
        element = add(sets, "Set", guid=keys.of("set", kind), name=kind)
        add_description(element, f"Codes that are of the kind {kind} in codeable")
        for code in codes:
            add(element, "MemberCode", **{reference: code.key})


def _codes_by_kind(project: Project) -> Iterator[tuple[str, list[ProjectCode]]]:
    for kind in dict.fromkeys(code.kind for code in project.codes if code.kind):
        yield kind, [code for code in project.codes if code.kind == kind]
