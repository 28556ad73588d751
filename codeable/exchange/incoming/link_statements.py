"""The statement that makes a link of a project, and what of the link the vocabulary can say."""

from collections.abc import Mapping, Sequence

from codeable import dsl
from codeable.exchange.project import ProjectLink
from codeable.kernel import CStereotype
from codeable.source_writer import Expression, Verbatim, format_call

_STEREOTYPES = {
    "impact": "force_impact_type",
    "relation": "design_solution_dependency_type",
    "next decision": "solutions_to_next_decisions_relation_type",
}
"""Kind of a link → the vocabulary's word for what its stereotypes specialise."""

_VALUES = {"option": frozenset({"description"}), "relation": frozenset({"how", "role"})}
_RELATION_CALLS = {
    "how": "add_stereotyped_link_with_how_tagged_value",
    "role": "add_stereotyped_link_with_role_tagged_value",
}


def link_statement(link: ProjectLink, name: str | None, origin: Verbatim, target: Verbatim) -> str:
    """The statement that makes an option, an impact, a relation or a next decision.

    Args:
        link: The link.
        name: Its identifier, if it is a code.
        origin: The identifier of the code that it begins at.
        target: The identifier of the code that it leads to.

    Example:
        >>> link = ProjectLink("1", "2", kind="option", text="Use it")
        >>> link_statement(link, None, Verbatim("how"), Verbatim("bus"))
        'add_decision_option_link(how, bus, "Use it")'
    """
    values = values_of(link)
    if link.kind == "option":
        kwargs = {"option_description": values["description"]} if values else {}
        args: list[Expression] = [origin, target, *([link.text] if link.text.strip() else [])]
        return format_call(name, "add_decision_option_link", args, kwargs)
    stereotypes = stereotypes_of(link)
    label = (link.name or link.text) if loses_something(link) else ""
    if link.kind == "relation" and len(stereotypes) == 1 and len(values) <= 1 and not label:
        call = next((_RELATION_CALLS[each] for each in values), "add_stereotyped_design_solution_link")
        return format_call(name, call, [origin, target, stereotypes[0], *values.values()])
    return _add_links(name, link.kind, {origin: target}, stereotypes, values, label)


def loses_something(link: ProjectLink) -> bool:
    """Whether a link has stereotypes or values that the vocabulary does not have."""
    stereotypes = stereotypes_of(link)
    return len(stereotypes) < len(stereotypes_named(link)) or len(values_of(link)) < len(link.values)


def values_of(link: ProjectLink) -> dict[str, str]:
    """The values that the link can have; those of a relation belong to its stereotype."""
    possible = _VALUES.get(link.kind, ()) if link.kind == "option" or stereotypes_of(link) else ()
    return {name: text for name, text in link.values.items() if text and name in possible}


def stereotypes_of(link: ProjectLink) -> list[Verbatim]:
    """The stereotypes of a link that the vocabulary has, as its words."""
    words = STEREOTYPE_WORDS.get(link.kind, {})
    return [Verbatim(words[name]) for name in stereotypes_named(link) if name in words]


def _add_links(
    name: str | None,
    kind: str,
    ends: Mapping[Expression, Expression],
    stereotypes: Sequence[Expression],
    values: Mapping[str, str],
    label: str,
) -> str:
    """A link in the general form."""
    association, role = {
        "impact": ("force_impact_relation", ""),
        "relation": ("design_solution_dependencies", "to"),
        "next decision": ("solutions_to_next_decisions_relation", "next decision"),
    }[kind]
    kwargs: dict[str, Expression] = {"association": Verbatim(association)}
    if role:
        kwargs["role_name"] = role
    if stereotypes:
        kwargs["stereotype_instances"] = stereotypes[0] if len(stereotypes) == 1 else list(stereotypes)
    if label:
        kwargs["label"] = label
    if values:
        tagged: dict[Expression, Expression] = dict(values.items())
        kwargs["tagged_values"] = tagged
    return format_call(name, "add_links", [ends], kwargs, 0 if name is not None else None)


def stereotypes_named(link: ProjectLink) -> list[str]:
    """The display names of the stereotypes of a link."""
    return [] if link.kind == "option" else [name for name in link.text.split(", ") if name]


def _words_for(root: CStereotype) -> dict[str, str]:
    """Display name of a stereotype → the vocabulary's word for it."""
    named = ((word, getattr(dsl, word)) for word in sorted(dsl.NAMES))
    return {
        str(each.name): word
        for word, each in named
        if isinstance(each, CStereotype) and each.has_superclass(root)
    }


STEREOTYPE_WORDS = {kind: _words_for(getattr(dsl, root)) for kind, root in _STEREOTYPES.items()}
