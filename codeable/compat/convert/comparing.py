"""Compares a converted study with the old one. `convert` calls `compare`."""

import ast
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from itertools import zip_longest
from pathlib import Path
from typing import Any

from attrs import frozen

from codeable.compat.convert.descriptions import describes_a_metamodel
from codeable.compat.convert.facts import Facts
from codeable.compat.rendering.class_models import ClassModelRenderer
from codeable.compat.rendering.object_models import ObjectModelRenderer
from codeable.kernel import CBundle, CClass, CException, CLink, CObject
from codeable.kernel.place import place_of
from codeable.registry import Registry
from codeable.source_reader import parse_file
from codeable.text import counted, first_few

_PLURALS = {"category": "categories", "class": "classes", "code in sources": "codes in sources"}
_MOST_LISTED = 8
_VALUE = re.compile(r'^([^"]+ = )"(.*)"$')
_TEXT_FORMATS = ("older", "current")


@frozen
class Comparison:
    """What two studies say.

    Attributes:
        differences: A line for each fact that differs.
        reordered: The bundles that have the same elements in another order, because a set gave them.
        same_order: Whether the classes of each metaclass are declared in the same order.
    """

    differences: tuple[str, ...]
    reordered: tuple[str, ...]
    same_order: bool


def compare(
    old: Registry,
    new: Registry,
    views: Mapping[CBundle | CClass, str] | None = None,
    modules: Mapping[str, str] | None = None,
) -> Comparison:
    """What differs between two studies: elements, evidence, options, forces, relations, texts of views.

    Args:
        old: What the old study declares.
        new: What the converted study declares.
        views: Identifiers that bundles and decisions of the old study have in the new one only.
        modules: Full name of a module in the old study → its full name in the new one.
    """
    facts = Facts(old, views or {}, modules or {}), Facts(new, {}, {})
    before, after = (each.elements() for each in facts)
    found = [*_only_in(before, after, "lacks"), *_only_in(after, before, "has also")]
    alike = [key for key in before if key in after]
    found += [f"{key}: {before[key]!r} became {after[key]!r}" for key in alike if before[key] != after[key]]
    said_before, said_after = (each.said() for each in facts)
    for fact in dict.fromkeys((*said_before, *said_after)):
        was, became = said_before.get(fact, []), said_after.get(fact, [])
        if was != became and fact[1] in alike:
            found.append(f"{fact[0]} of {fact[1]}: {_change(was, became)}")
    before_views, after_views = (each.views() for each in facts)
    reordered: list[str] = []
    for view, bundle in before_views.items():
        if view in after_views:
            differs = list(_of_view(view, (bundle, facts[0]), (after_views[view], facts[1])))
            if differs and _has_the_same_elements((bundle, facts[0]), (after_views[view], facts[1])):
                reordered.append(view)
            else:
                found += differs
    orders = [each.orders() for each in facts]
    return Comparison(tuple(found), tuple(reordered), orders[0] == orders[1])


def counts(registry: Registry, views: Collection[CBundle | CClass] = ()) -> str:
    """How much a study says, in words.

    Args:
        registry: What the study declares.
        views: Elements that have an identifier in the other study; the bundles among them count, too.

    Example:
        >>> from codeable.dsl import CClass, force
        >>> counts(Registry.of({"latency": CClass(force, "Latency")}))
        '1 force'
    """
    options = sum(len(registry.options_of(each)) for each in registry.decisions)
    impacts = sum(len(registry.forces_of(each)) for each in registry.solutions)
    evidence = sum(len(registry.evidence_of(each)) for each in registry.codes)
    bundles = {*registry.bundles, *(each for each in views if isinstance(each, CBundle))}
    bundles = {each for each in bundles if not describes_a_metamodel(each)}
    kinds = Counter(registry.kind_of(each.element) for each in registry.declarations)
    numbers = {
        "source": len(registry.sources),
        "decision": len(registry.decisions),
        "option": options,
        "force": len(registry.forces),
        "impact": impacts,
        "class": kinds["class"],
        "object": kinds["object"],
        "code in sources": evidence,
        "view": len(bundles),
    }
    said = [counted(number, what, _PLURALS.get(what)) for what, number in numbers.items() if number]
    return ", ".join(said) or "nothing that codeable counts"


def _only_in(
    elements: Mapping[str, tuple[str, str | None]], others: Mapping[str, Any], verb: str
) -> Iterator[str]:
    """The elements that one study has and the other one has not, by their kinds."""
    by_kind: dict[str, list[str]] = {}
    for key, (kind, _) in elements.items():
        if key not in others:
            by_kind.setdefault(kind, []).append(key)
    for kind, keys in by_kind.items():
        number = counted(len(keys), kind, _PLURALS.get(kind))
        yield f"the new study {verb} {number}: {first_few(keys, _MOST_LISTED)}"


def _change(before: list[Any], after: list[Any]) -> str:
    """What went and what came; or both as they are, where only the order differs."""
    gone = [each for each in before if each not in after]
    new = [each for each in after if each not in before]
    if not gone and not new:
        return f"in another order: {before!r} became {after!r}"
    return " and ".join(
        f"{word} {', '.join(map(repr, found))}" for word, found in (("without", gone), ("with", new)) if found
    )


def _of_view(view: str, old: tuple[CBundle, Facts], new: tuple[CBundle, Facts]) -> Iterator[str]:
    arrows = [len(_links_among(bundle)) for bundle, _ in (old, new)]
    if arrows[0] != arrows[1]:
        yield f"arrows of the view {view}: {arrows[0]} became {arrows[1]}"
    elements: list[Counter[str]] = [Counter(map(facts.key, bundle.elements)) for bundle, facts in (old, new)]
    for word, only in (("lacks", elements[0] - elements[1]), ("has also", elements[1] - elements[0])):
        if only:
            yield f"the view {view} {word} {', '.join(only.elements())}"
    if arrows[0] == arrows[1] and elements[0] == elements[1]:
        for text_format in _TEXT_FORMATS:
            texts = [_lines(text_of_view(bundle, text_format)) for bundle, _ in (old, new)]
            pairs = enumerate(zip_longest(*texts, fillvalue=""), 1)
            line = next(((number, *pair) for number, pair in pairs if pair[0] != pair[1]), None)
            if line is not None:
                number, before, after = line
                yield f"{text_format} text of the view {view}, line {number}: {before!r} became {after!r}"


def _lines(text: str) -> list[str]:
    """The lines of a text, without the quotation marks of values, which those of an enum do not have."""
    return [_VALUE.sub(r"\1\2", line) for line in text.splitlines()]


def _has_the_same_elements(old: tuple[CBundle, Facts], new: tuple[CBundle, Facts]) -> bool:
    """Whether two bundles differ in nothing but the order of elements that may come from a set."""
    first, second = (Counter(map(facts.key, bundle.elements)) for bundle, facts in (old, new))
    return first == second and _may_come_from_a_set(old[0])


def _may_come_from_a_set(bundle: CBundle) -> bool:
    """Whether the module that makes a bundle makes sets, too."""
    place = place_of(bundle)
    return place is not None and any(
        isinstance(node, ast.Set | ast.SetComp)
        or (isinstance(node, ast.Name) and node.id in ("set", "frozenset"))
        for node in ast.walk(parse_file(Path(place.path)))
    )


def _links_among(bundle: CBundle) -> dict[CLink, None]:
    elements = set(bundle.elements)
    return {
        link: None
        for each in bundle.elements
        if isinstance(each, CClass | CObject)
        for link in each.links
        if link.source in elements and link.target in elements
    }


def text_of_view(bundle: Any, text_format: str) -> str:
    """The text of a bundle: an object model where it can be one, else a class model; or why there is none."""
    elements = bundle.elements
    objects = all(isinstance(each, CClass | CObject) for each in elements)
    renderer: Any = ObjectModelRenderer() if objects else ClassModelRenderer()
    renderer.format = text_format
    try:
        render = renderer.render_object_model if objects else renderer.render_class_model
        return str(render(elements))
    except CException as error:
        return f"no text: {type(error).__name__}"
