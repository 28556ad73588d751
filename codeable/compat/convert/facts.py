"""What a study says, in terms that an old study and the new one share. `compare` asks."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from operator import itemgetter
from typing import Any

from codeable.compat.convert.descriptions import describes_a_metamodel
from codeable.kernel import CBundle, CClass, CLink, CNamedElement, CObject
from codeable.registry import Registry

_COMPARED = frozenset({"metaclass", "stereotype", "association", "enum"})
_QUESTIONS: dict[str, tuple[tuple[str, Callable[[Any], Any]], ...]] = {
    "decisions": (("options_of", lambda each: (each.solution_element, each.text, each.description)),),
    "solutions": (
        ("forces_of", lambda each: (each.force_element, each.impact)),
        ("relations_of", lambda each: (each.target_element, each.stereotype, each.how, each.label)),
    ),
    "codes": (("evidence_of", lambda each: each),),
    "sources": (("codes_of", lambda each: each),),
}


class Facts:
    """What a study says, with keys that both studies have."""

    def __init__(
        self, registry: Registry, views: Mapping[CBundle | CClass, str], modules: Mapping[str, str]
    ) -> None:
        self._registry = registry
        self._views = views
        self._keys: dict[CNamedElement, str] = {}
        seen: Counter[str] = Counter()
        names = Counter(views.get(each.element) or each.identifier for each in registry.declarations)
        for each in registry.declarations:
            key = (
                views.get(each.element)
                or each.identifier
                or f"{type(each.element).__name__} {each.element.name}"
            )
            if each.identifier and names[each.identifier] > 1 and each.element not in views:
                key = f"{modules.get(each.module, each.module).rpartition('.')[2]}:{key}"
            seen[key] += 1
            self._keys[each.element] = key if seen[key] == 1 else f"{key} ({seen[key]})"

    def elements(self) -> dict[str, tuple[str, str | None]]:
        """Key of an element → its kind and display name."""
        found = {
            self.key(declared.element): (declared.kind, declared.element.name)
            for declared in self._registry.declarations
            if declared.kind not in _COMPARED and not describes_a_metamodel(declared.element)
        }
        return found | {self._views[each]: ("bundle", each.name) for each in self._bundles()}

    def said(self) -> dict[tuple[str, str], Any]:
        """What is said of an element, and its key → that."""
        facts: dict[tuple[str, str], Any] = {}
        for declared in self._registry.declarations:
            if declared.kind not in _COMPARED:
                facts.update(self._contents(declared.element))
        for collection, questions in _QUESTIONS.items():
            for element in getattr(self._registry, collection):
                for question, answer in questions:
                    found = [self.key(answer(each)) for each in getattr(self._registry, question)(element)]
                    if found:
                        facts[question.removesuffix("_of"), self.key(element)] = found
        return facts

    def orders(self) -> dict[str, list[str]]:
        """The classes of each metaclass in the order in which they were made."""
        classes = [each.element for each in self._registry.declarations if isinstance(each.element, CClass)]
        metaclasses = dict.fromkeys(each.metaclass for each in classes if each.metaclass is not None)
        return {str(each): [self.key(cl) for cl in each.classes] for each in metaclasses}

    def views(self) -> dict[str, Any]:
        """The bundles by their keys, without those of metaclasses, which become codeable's own."""
        bundles = (*self._registry.bundles, *self._bundles())
        return {self.key(each): each for each in bundles if not describes_a_metamodel(each)}

    def _bundles(self) -> Iterator[CBundle]:
        """The bundles that have an identifier in the other study only."""
        return (each for each in self._views if isinstance(each, CBundle))

    def key(self, thing: Any, above: tuple[int, ...] = ()) -> Any:
        """What both studies call an element: its identifier, else its name; of a tuple, of its parts."""
        if isinstance(thing, tuple | list):
            if id(thing) in above:
                return "…"
            return tuple(self.key(each, (*above, id(thing))) for each in thing)
        if not isinstance(thing, CNamedElement):
            return thing
        known = self._keys.get(thing)
        if known is None and isinstance(thing, CBundle | CClass):
            known = self._views.get(thing)
        if known is not None:
            return known
        if isinstance(thing, CLink):
            return f"{self.key(thing.source)} -> {self.key(thing.target)}"
        if isinstance(thing, CObject) and thing.class_object_class is not None:
            return f"class object of {self.key(thing.class_object_class)}"
        return f"{type(thing).__name__} {thing.name}"

    def _contents(self, element: Any) -> Iterator[tuple[tuple[str, str], Any]]:
        """Values, stereotypes, tagged values and outgoing links of an element, as far as there are any."""
        key = self.key(element)
        if isinstance(element, CClass | CObject):
            links = [
                (str(link.association), link.role_name, self.key(link.target), link.label, *self._marks(link))
                for link in _outgoing(element)
            ]
            yield ("links", key), links
            yield ("values", key), list(self.key(tuple(sorted(element.values.items(), key=itemgetter(0)))))
        if isinstance(element, CClass | CLink):
            yield ("stereotypes", key), list(self._marks(element))

    def _marks(self, element: CClass | CLink) -> tuple[Any, ...]:
        tagged = tuple(sorted(element.tagged_values.items(), key=itemgetter(0)))
        return tuple(str(each) for each in element.stereotype_instances), self.key(tagged)


def _outgoing(element: CClass | CObject) -> list[CLink]:
    """The outgoing links in the order in which a text shows them: by their associations."""
    classifier: Any = element.metaclass if isinstance(element, CClass) else element.classifier
    associations = dict.fromkeys(each for one in classifier.class_path for each in one.associations)
    rank = {each: number for number, each in enumerate(associations)}
    links = [link for link in element.links if link.source is element]
    return sorted(links, key=lambda link: rank.get(link.association, len(rank)))
