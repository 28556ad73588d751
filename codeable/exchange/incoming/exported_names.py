"""The names that an export gives to codes, as another tool gives them back.

Tools keep names, but not what codeable notes for itself: identifiers, and which codes are relations.
"""

import re
from collections import Counter
from collections.abc import Mapping

from attrs import evolve

from codeable.coded.coded_study import link_title
from codeable.exchange.incoming.study_codes import plain_name
from codeable.exchange.project import ProjectCode
from codeable.kernel import CClass, CLink
from codeable.registry import Registry
from codeable.text import folded

_WITH_IDENTIFIER = re.compile(r"(.*\S) \((\w+)\)", re.DOTALL)


def with_real_names(codes: tuple[ProjectCode, ...], registry: Registry | None) -> tuple[ProjectCode, ...]:
    """The codes of a project; one with a name that an export gives to a code of the study is that one.

    Of codes with one name an export writes the identifier behind, as `Other (force_other)`. It names a
    relation after its ends, as `Event Bus → Log-based Bus (Can Use)`.

    Args:
        codes: The codes of a project.
        registry: The study; None for a new one.
    """
    if registry is None:
        return codes
    names, relations = _names(registry), _relations(registry)
    times = Counter(plain_name(code.name) for code in codes)
    above = {code.parent for code in codes}
    found = []
    for code in codes:
        name = plain_name(code.name)
        parts = _WITH_IDENTIFIER.fullmatch(name)
        if code.identifier or times[name] > 1:
            pass
        elif name in relations and not (code.kind or code.parent or code.key in above):
            code = evolve(code, kind="relation", identifier=relations[name])
        elif parts and folded(names.get(parts[2], "")) == folded(parts[1]):
            code = evolve(code, name=names[parts[2]], identifier=parts[2])
        found.append(code)
    return tuple(found)


def _names(registry: Registry) -> Mapping[str, str]:
    """Identifier → name of each code that is a class."""
    codes = (each for each in registry.declarations if isinstance(each.element, CClass) and each.identifier)
    return {str(each.identifier): plain_name(each.name) for each in codes if registry.is_code(each.element)}


def _relations(registry: Registry) -> Mapping[str, str]:
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
