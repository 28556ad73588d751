"""The words that a trace may use: metaclasses with their attributes, stereotypes, roles, functions, keywords.

The readers of statements look them up here. The words are those of `codeable.dsl`, which is imported when
the first note is read.
"""

from collections.abc import Iterable, Mapping
from functools import cache

from attrs import frozen

_CLASS = ("values", "superclasses", "stereotype_instances", "tagged_values", "attributes", "bundles")
_LINK = ("association", "role_name", "stereotype_instances", "label", "tagged_values")

CONSTRUCTORS: Mapping[str, tuple[str, ...]] = {
    "CBundle": ("name", "elements", "bundles"),
    "CClass": ("metaclass", "name", *_CLASS),
    "CLayer": ("name", "sub_layer", "super_layer", "elements", "bundles"),
    "CPackage": ("name", "elements", "bundles"),
}
"""What a trace declares elements with, and the arguments by keyword."""

_TAGGED = ("link_from", "link_to", "stereotype_instance", "tag_value")

_OPTION = ("decision_", "design_solution_", "option_name", "option_description")

FUNCTIONS: Mapping[str, tuple[str, ...]] = {
    "add_decision_option_association": _OPTION,
    "add_decision_option_link": _OPTION,
    "add_force_relations": ("relations",),
    "add_links": ("definitions", *_LINK),
    "add_stereotyped_design_solution_link": (
        "from_design_solution",
        "to_design_solution",
        "stereotype_instance",
    ),
    "add_stereotyped_link_with_how_tagged_value": _TAGGED,
    "add_stereotyped_link_with_role_tagged_value": _TAGGED,
    "set_links": ("definitions", "do_add_links", *_LINK),
}
"""What a trace links elements with, and the arguments by keyword, in the order of their positions."""

METHOD = ("targets", *_LINK)
"""The arguments of ``element.add_links(...)``."""

_SHORT = 4
"""Words of so few letters are alike when one letter differs."""


@frozen
class Vocabulary:
    """The words of `codeable.dsl`.

    Attributes:
        metaclasses: Metaclass → name and type of its attributes.
        impacts: The stereotypes of force relations.
        stereotypes: All stereotypes.
        roles: The role names of associations.
        words: The stereotypes with several words.
    """

    metaclasses: Mapping[str, Mapping[str, type]]
    impacts: tuple[str, ...]
    stereotypes: tuple[str, ...]
    roles: frozenset[str]
    words: tuple[str, ...]


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary, which is read once.

    Example:
        >>> vocabulary().metaclasses["source"]["example"], vocabulary().impacts[:2]
        (<class 'bool'>, ('very_positive', 'positive'))
    """
    from codeable import dsl
    from codeable.kernel import CMetaclass, CStereotype

    elements = vars(dsl).items()
    metaclasses = {name: one for name, one in elements if isinstance(one, CMetaclass)}
    stereotypes = {name: one for name, one in elements if isinstance(one, CStereotype)}
    impacts = (name for name, one in stereotypes.items() if one.has_superclass(dsl.force_impact_type))
    associations = [one for metaclass in metaclasses.values() for one in metaclass.associations]
    roles = {role for one in associations for role in (one.role_name, one.source_role_name) if role}
    return Vocabulary(
        {
            name: {attribute.name: attribute.type for kind in (one, *one.all_superclasses)
                   for attribute in kind.attributes}
            for name, one in metaclasses.items()
        },
        tuple(impacts),
        tuple(stereotypes),
        frozenset(roles),
        tuple(name for name in stereotypes if "_" in name),
    )  # fmt: skip


def misspelt(word: str, valid: Iterable[str]) -> str | None:
    """The valid word of which a word is a small slip; none when none is near, or two are equally near.

    One or two letters differ or are exchanged, or the parts of one word are all in the other one.

    Example:
        >>> words = ["practice", "pattern", "force", "add_links", "add_decision_option_link"]
        >>> misspelt("patern", words), misspelt("Practise", words), misspelt("add_decision_link", words)
        ('pattern', 'practice', 'add_decision_option_link')
        >>> misspelt("policy", words) is None
        True
    """
    from rapidfuzz.distance import OSA, Indel

    folded = word.casefold().replace(" ", "_").replace("-", "_")
    most = 1 if len(folded) <= _SHORT else 2
    near: dict[tuple[int, float], list[str]] = {}
    for one in valid:
        other = one.casefold().replace(" ", "_")
        distance = OSA.distance(folded, other, score_cutoff=most)
        if distance <= most:
            near.setdefault((distance, Indel.normalized_distance(folded, other)), []).append(one)
    if near:
        best = near[min(near)]
        return best[0] if len(best) == 1 else None
    parts = folded.split("_")
    longer = [one for one in valid if _is_within(parts, one.split("_"))]
    return longer[0] if len(longer) == 1 and len(parts) > 1 else None


def _is_within(parts: list[str], other: list[str]) -> bool:
    """Whether the parts of a name are parts of another one, in their order."""
    rest = iter(other)
    return all(part in rest for part in parts)
