"""The relations of a study that are codes, as another tool gives them back: as codes like any other."""

from collections import Counter

from attrs import evolve

from codeable.coded.coded_study import link_title
from codeable.exchange.incoming.study_codes import plain_name
from codeable.exchange.project import ProjectCode
from codeable.kernel import CLink
from codeable.registry import Registry


def with_known_relations(codes: tuple[ProjectCode, ...], registry: Registry) -> tuple[ProjectCode, ...]:
    """The codes of a project; one that is called as a relation of the study is that one.

    An export names a relation after its ends, as `Event Bus → Log-based Bus (Can Use)`, with its identifier
    behind where several have the same name. Tools keep names, but not what says that it is a relation.

    Args:
        codes: The codes of a project.
        registry: The study.
    """
    relations = _relations(registry)
    times = Counter(plain_name(code.name) for code in codes)
    above = {code.parent for code in codes}
    found = []
    for code in codes:
        name = plain_name(code.name)
        relation = relations.get(name)
        if relation and not (code.kind or code.parent or code.key in above) and times[name] == 1:
            code = evolve(code, kind="relation", identifier=relation)
        found.append(code)
    return tuple(found)


def _relations(registry: Registry) -> dict[str, str]:
    """Name in an export → identifier of each relation that a statement can name."""
    links = [each for each in registry.declarations if isinstance(each.element, CLink) and each.identifier]
    titles = {each: plain_name(link_title(each.element)) for each in links}
    times = Counter(titles.values())
    found = {}
    for each, title in titles.items():
        found[f"{title} ({each.identifier})"] = str(each.identifier)
        if times[title] == 1:
            found[title] = str(each.identifier)
    return found
