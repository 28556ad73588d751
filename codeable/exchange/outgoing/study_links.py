"""The links between the codes of a study, as links of a project. `project_of` calls it."""

from collections.abc import Container, Iterator, Mapping

from codeable.coded.coded_study import Code, CodedStudy
from codeable.exchange.project import NotTakenOver, ProjectLink
from codeable.kernel import CClass, CLink, CNamedElement
from codeable.registry.values import given_values, stereotype_names, value_text


def project_links(
    study: CodedStudy, keys: Mapping[Code, str]
) -> tuple[tuple[ProjectLink, ...], tuple[NotTakenOver, ...]]:
    """The links between codes in the order of the codes, and the links from codes to what is no code.

    Args:
        study: The study.
        keys: Code → its key.
    """
    links: list[ProjectLink] = []
    missed: dict[CLink, str] = {}
    for code in study.codes:
        if not isinstance(code.element, CClass):
            continue
        links += _further_supercodes(study, code, keys)
        for link in _links_of(study, code.element):
            other = link.target if link.source is code.element else link.source
            if other not in study.code_of:
                if study.registry.kind_of(other) != "source":
                    missed[link] = f"{study.name_of(link.source)} -> {study.name_of(link.target)}"
            elif link.source is code.element:
                links.append(_link(study, link, keys))
    reason = "an end is no code; `codeable export json` has them"
    return tuple(links), NotTakenOver.of_names("links of codes", missed.values(), reason)


def superclass_codes(study: CodedStudy, code: Code) -> list[Code]:
    """The codes that a code specialises; a class that is no code may be between them."""
    return [study.code_of[each] for each in nearest_superclasses(code.element, study.code_of)]


def nearest_superclasses(element: object, wanted: Container[CNamedElement]) -> list[CClass]:
    """The wanted classes that a class specialises; others may be between them."""
    found: list[CClass] = []
    waiting = list(element.superclasses) if isinstance(element, CClass) else []
    for each in waiting:  # it grows
        if each in wanted:
            found.append(each)
        else:
            waiting += [above for above in each.superclasses if above not in waiting]
    return found


def _further_supercodes(study: CodedStudy, code: Code, keys: Mapping[Code, str]) -> Iterator[ProjectLink]:
    for above in superclass_codes(study, code)[1:]:
        yield ProjectLink(keys[code], keys[above], "specialises", "super-code")


def _links_of(study: CodedStudy, element: CClass) -> list[CLink]:
    """The links of a class; those that are codes first, as an import declares them."""
    connections = study.registry.links_of(element)
    links = [each.link for each in connections if each.link is not None]
    return sorted(links, key=lambda link: link not in study.code_of)


def _link(study: CodedStudy, link: CLink, keys: Mapping[Code, str]) -> ProjectLink:
    kind = study.registry.kind_of(link)
    values = {name: value_text(value) for name, value in given_values(link)}
    stereotypes = ", ".join(stereotype_names(link))
    text = values.pop("name", "") if kind == "option" else stereotypes
    association = str(link.association.name or "")
    what = text or ("" if kind == "link" else kind) or association
    names = (what, *(each for name, each in values.items() if name == "how"), str(link.label or ""))
    code = study.code_of.get(link)
    return ProjectLink(
        keys[study.code_of[link.source]],
        keys[study.code_of[link.target]],
        ": ".join(each for each in names if each),
        "" if kind == "link" else kind,
        text,
        values,
        keys[code] if code is not None else None,
    )
