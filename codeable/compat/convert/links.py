"""Statements that link elements as in the old study. `plan` makes them, `writing` writes them."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from attrs import frozen

from codeable.compat.convert.names import ModuleNames
from codeable.compat.convert.statements import Lines, Statement, one_or_list, real
from codeable.compat.convert.values import read_tagged_values, value_expression
from codeable.compat.convert.vocabulary import OldVocabulary
from codeable.kernel import CClass, CLink, CNamedElement
from codeable.source_writer import Expression, format_call

_HELPERS = {
    "how": "add_stereotyped_link_with_how_tagged_value",
    "role": "add_stereotyped_link_with_role_tagged_value",
}


@frozen
class _Shape:
    """What links that follow each other must have in common to be made by one statement."""

    kind: str
    common: tuple[object, ...] = ()


class LinkWriter:
    """Writes links by the functions of the vocabulary where one fits, else by `add_links`.

    Args:
        vocabulary: The old study's vocabulary.
    """

    def __init__(self, vocabulary: OldVocabulary) -> None:
        self._old = vocabulary.names
        self._expressions = vocabulary.expressions

    def statement(self, link: CLink) -> Statement:
        """The statement for one link."""
        needs = (link.source, link.target, link.association, *link.stereotype_instances)
        return Statement(
            tuple(map(real, needs)), lambda names: self.write_all([link], names), element=link, link=link
        )

    def write_all(self, links: Sequence[CLink], names: ModuleNames) -> Lines:
        """The statements for links that follow each other; those of one shape share one."""
        lines: Lines = []
        for shape, run in groupby(links, lambda link: self._shape(link, names)):
            lines.append(self._write(shape, list(run), names))
        return lines

    def _shape(self, link: CLink, names: ModuleNames) -> _Shape:
        association, stereotypes = link.association, tuple(link.stereotype_instances)
        plain = link.label is None and not _tagged_values(link) and names.target(link) is None
        if not plain or not _is_typed(link) or self._option_helper(link):
            return _Shape("single", (link,))
        if self._is_coding(link) and not stereotypes:
            return _Shape("codes", (link.target,))
        if self._is_impact(link):
            return _Shape("impacts")
        start = link.target if self._is_coding(link) else link.source
        return _Shape("links", (association, start, stereotypes))

    def _write(self, shape: _Shape, links: list[CLink], names: ModuleNames) -> str:
        first = links[0]
        if shape.kind == "single":
            return self._single(first, names)
        if shape.kind == "impacts":
            return format_call(None, names.word("add_force_relations"), [self._impacts(links, names)])
        if shape.kind == "codes":
            codes = [names.ref(link.source) for link in links]
            keywords: dict[str, Expression] = {"role_name": "contained_code"}
            return format_call(None, names.word("add_links"), [{names.ref(first.target): codes}], keywords)
        coding = self._is_coding(first)
        start = names.ref(first.target if coding else first.source)
        ends = one_or_list([link.source if coding else link.target for link in links], names)
        return format_call(None, names.word("add_links"), [{start: ends}], self._keywords(first, names))

    def _impacts(self, links: list[CLink], names: ModuleNames) -> Expression:
        impacts: dict[Expression, dict[Expression, Expression]] = {}
        for link in links:
            solution = impacts.setdefault(names.ref(link.source), {})
            solution[names.ref(link.target)] = names.ref(link.stereotype_instances[0])
        return {**impacts}

    def _single(self, link: CLink, names: ModuleNames) -> str:
        target = names.target(link)
        ends = (link.target, link.source) if self._is_coding(link) else (link.source, link.target)
        start, end = names.ref(ends[0]), names.ref(ends[1])
        tagged = _tagged_values(link)
        if self._option_helper(link):
            text: list[Expression] = [tagged["name"]] if "name" in tagged else []
            return format_call(target, names.word("add_decision_option_link"), [start, end, *text])
        helper = self._dependency_helper(link)
        if helper:
            stereotype = names.ref(link.stereotype_instances[0])
            return format_call(target, names.word(_HELPERS[helper]), [start, end, stereotype, tagged[helper]])
        keywords = self._keywords(link, names)
        if target is None:
            return format_call(None, names.word("add_links"), [{start: end}], keywords)
        return format_call(target, f"{start.text}.add_links", [end], keywords, index=0)

    def _keywords(self, link: CLink, names: ModuleNames) -> dict[str, Expression]:
        keywords = self._association(link, names)
        if link.stereotype_instances:
            keywords["stereotype_instances"] = one_or_list(link.stereotype_instances, names)
        if link.label is not None:
            keywords["label"] = value_expression(link.label, names)
        tagged = _tagged_values(link)
        if tagged:
            keywords["tagged_values"] = {
                name: value_expression(value, names) for name, value in tagged.items()
            }
        return keywords

    def _association(self, link: CLink, names: ModuleNames) -> dict[str, Expression]:
        """The role, if only this association has it; else the association itself."""
        if self._is_coding(link):
            return {"role_name": "contained_code"}
        association = link.association
        role = association.role_name
        if role and _is_typed(link):
            alike = [
                each
                for each in _classifier(link.source).all_associations
                if role in (each.role_name, each.source_role_name)
            ]
            if alike == [association] and association.source_role_name != role:
                return {"role_name": role}
        named: dict[str, Expression] = {"association": names.ref(association)}
        return {**named, "role_name": role} if role and association.source_role_name != role else named

    def _is_coding(self, link: CLink) -> bool:
        """Whether the link makes a source evidence for a code; such a link is written from the source."""
        return self._expressions.get(link.association) == "code.associations[0]"

    def _option_helper(self, link: CLink) -> bool:
        return (
            link.association is self._old.get("decision_solution_relation")
            and link.stereotype_instances == [self._old.get("option")]
            and link.label is None
            and set(_tagged_values(link)) <= {"name"}
            and self._is_a(link.source, "decision")
            and self._is_a(link.target, "design_solution")
        )

    def _dependency_helper(self, link: CLink) -> str | None:
        """The tagged value that a helper sets, if one fits: `how` or `role`."""
        fits = (
            link.association is self._old.get("design_solution_dependencies")
            and len(link.stereotype_instances) == 1
            and link.stereotype_instances[0] in self._expressions
            and link.label is None
            and self._is_a(link.source, "design_solution")
            and self._is_a(link.target, "design_solution")
        )
        tagged = list(_tagged_values(link))
        return tagged[0] if fits and tagged in (["how"], ["role"]) else None

    def _is_impact(self, link: CLink) -> bool:
        return (
            link.association is self._old.get("force_impact_relation")
            and len(link.stereotype_instances) == 1
            and link.stereotype_instances[0] in self._expressions
            and self._is_a(link.source, "design_solution")
            and self._is_a(link.target, "force")
        )

    def _is_a(self, element: CNamedElement, name: str) -> bool:
        return (
            isinstance(element, CClass)
            and element.metaclass is not None
            and element.metaclass.is_classifier_of_type(self._old.get(name))
        )


def _is_typed(link: CLink) -> bool:
    """Whether the target fits the association; one that was given explicitly takes any as its first."""
    return bool(_classifier(link.target).is_classifier_of_type(link.association.target))


def _tagged_values(link: CLink) -> dict[str, Any]:
    return read_tagged_values(link).plain


def _classifier(element: Any) -> Any:
    return element.metaclass if isinstance(element, CClass) else element.classifier
