"""Compares a converted study with the old one. `convert` calls `compare`."""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from operator import itemgetter
from typing import Any

from codeable.compat.rendering.class_models import ClassModelRenderer
from codeable.compat.rendering.object_models import ObjectModelRenderer
from codeable.kernel import CClass, CException, CLink, CNamedElement, CObject
from codeable.registry import Registry

_COMPARED = frozenset({"metaclass", "stereotype", "association", "enum"})
_QUESTIONS: dict[str, tuple[tuple[str, Callable[[Any], Any]], ...]] = {
    "decisions": (("options_of", lambda each: (each.solution_element, each.text)),),
    "solutions": (
        ("forces_of", lambda each: (each.force_element, each.impact)),
        ("relations_of", lambda each: (each.target_element, each.stereotype, each.how, each.label)),
    ),
    "codes": (("evidence_of", lambda each: each),),
    "sources": (("codes_of", lambda each: each),),
}


def compare(
    old: Registry, new: Registry, most: int = 10, views: Mapping[CNamedElement, str] | None = None
) -> list[str]:
    """What differs between two studies: elements, evidence, options, forces, relations, texts of views.

    Args:
        old: What the old study declares.
        new: What the converted study declares.
        most: The largest number of differences that are returned.
        views: Identifiers that the new study gives to bundles without one in the old study.

    Returns:
        A line for each difference; none when the studies are the same.
    """
    return list(islice(_differences(old, new, views or {}), most))


def _differences(old: Registry, new: Registry, views: Mapping[CNamedElement, str]) -> Iterator[str]:
    before, after = _facts(old, views), _facts(new, {})
    for fact in dict.fromkeys((*before, *after)):
        if before.get(fact) != after.get(fact):
            yield f"{fact}: {before.get(fact, 'nothing')!r} became {after.get(fact, 'nothing')!r}"


def _facts(registry: Registry, views: Mapping[CNamedElement, str]) -> dict[str, Any]:
    keys = _Keys(registry, views)
    facts: dict[str, Any] = {}
    for declared in registry.declarations:
        if declared.kind not in _COMPARED:
            facts[f"element {keys.of(declared.element)}"] = (declared.kind, declared.element.name)
            facts.update(_contents(declared.element, keys))
    for collection, questions in _QUESTIONS.items():
        for element in getattr(registry, collection):
            for question, answer in questions:
                found = [keys.of(answer(each)) for each in getattr(registry, question)(element)]
                if found:
                    facts[f"{question.removesuffix('_of')} of {keys.of(element)}"] = found
    for view in views:
        facts[f"element {keys.of(view)}"] = ("bundle", view.name)
    for bundle in [*registry.bundles, *views]:
        for text_format in ("older", "current"):
            facts[f"{text_format} text of {keys.of(bundle)}"] = text_of_view(bundle, text_format)
    return facts


def _contents(element: Any, keys: "_Keys") -> Iterator[tuple[str, Any]]:
    """Values, stereotypes, tagged values and outgoing links of an element, as far as there are any."""
    key = keys.of(element)
    if isinstance(element, CClass | CObject):
        links = [
            (str(link.association), link.role_name, keys.of(link.target), link.label, *_marks(link, keys))
            for link in _outgoing(element)
        ]
        yield f"links of {key}", links
        yield f"values of {key}", keys.of(tuple(sorted(element.values.items(), key=itemgetter(0))))
    if isinstance(element, CClass | CLink):
        yield f"stereotypes of {key}", _marks(element, keys)


def _outgoing(element: CClass | CObject) -> list[CLink]:
    """The outgoing links in the order in which a text shows them: by their associations."""
    classifier: Any = element.metaclass if isinstance(element, CClass) else element.classifier
    associations = dict.fromkeys(each for one in classifier.class_path for each in one.associations)
    rank = {each: number for number, each in enumerate(associations)}
    links = [link for link in element.links if link.source is element]
    return sorted(links, key=lambda link: rank.get(link.association, len(rank)))


def _marks(element: CClass | CLink, keys: "_Keys") -> tuple[Any, ...]:
    tagged = tuple(sorted(element.tagged_values.items(), key=itemgetter(0)))
    return tuple(str(each) for each in element.stereotype_instances), keys.of(tagged)


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


class _Keys:
    """What identifies an element in both studies: its identifier, else its name; a link's ends."""

    def __init__(self, registry: Registry, views: Mapping[CNamedElement, str]) -> None:
        self._registry = registry
        self._views = views

    def of(self, thing: Any) -> Any:
        """The key of an element; of a tuple, the keys of its parts."""
        if isinstance(thing, tuple | list):
            return tuple(self.of(each) for each in thing)
        if not isinstance(thing, CNamedElement):
            return thing
        identifier = self._registry.identifier_of(thing) or self._views.get(thing)
        if identifier is not None:
            return identifier
        if isinstance(thing, CLink):
            return f"{self.of(thing.source)} -> {self.of(thing.target)}"
        return f"{type(thing).__name__} {thing.name}"
