"""Models that random operations make, for tests of what must lose nothing."""

from random import Random
from typing import TYPE_CHECKING, Any

import codeable
from codeable.kernel import CException

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["MODULE", "fill"]

MODULE = """
from codeable.dsl import *
from codeable.metamodels.component import component
from tests.exchange.random_models import fill

fill(globals(), {seed})
"""
"""A module of a study whose elements are random."""

_NAMES = (None, "a", "b", "Größe 🙂", "x\ty", "", "\ud800x", "n7")
_KEYS = ("p", "q", "r", "s t", "memo", "title")


class _Model:
    """The elements made so far, and operations that make and change elements."""

    def __init__(self, names: dict[str, Any], random: Random) -> None:
        self.names, self.random = names, random
        kinds = ("practice", "pattern", "force", "decision", "component")
        self.metaclasses = [names[kind] for kind in kinds]
        self.associations = [names["decision_solution_relation"], names["contains_codes_relation"]]
        self.classes, self.objects, self.links = [names["CClass"](names["source"], "s1")], [], []
        self.stereotypes: list[Any] = []
        self.bundles: list[Any] = []
        self.number = 0

    def some(self, elements: list[Any], most: int = 2) -> list[Any]:
        return self.random.sample(elements, min(len(elements), self.random.randrange(most + 1)))

    def keep(self, element: Any, kept: list[Any]) -> None:
        """Most elements get a name in the module, some two."""
        kept.append(element)
        self.number += 1
        for prefix, share in (("n", 0.6), ("alias", 0.1)):
            if self.random.random() < share:
                self.names[f"{prefix}{self.number}"] = element

    def name(self) -> Any:
        return self.random.choice(_NAMES)

    def value(self) -> Any:
        plain = [1, True, "t", 1.5, [1, "a"], float("nan"), 10**5000, -0.0, ["x", []], ("a", {"b": None})]
        return self.random.choice([*plain, *self.classes[:3], *self.objects[:2]])

    def attributes(self) -> dict[str, Any]:
        types = [str, int, bool, float, list, 5, "d", True, None, 0.5, ["l"], *self.metaclasses[-2:]]
        return {key: self.random.choice(types) for key in self.some(list(_KEYS[:4]))}

    def make_classifier(self) -> None:
        keywords = {"attributes": self.attributes()}
        which = self.random.randrange(6)
        if which == 0:
            above = self.some(self.metaclasses)
            made = codeable.CMetaclass(self.name(), superclasses=above, **keywords)
            self.keep(made, self.metaclasses)
        elif which == 1:
            extended = self.random.choice([self.random.choice(self.metaclasses), self.associations[-1]])
            above = self.some(self.stereotypes)
            made_ = codeable.CStereotype(self.name(), extended=extended, superclasses=above, **keywords)
            self.keep(made_, self.stereotypes)
        else:
            metaclass = self.random.choice(self.metaclasses)
            above = self.some(self.classes, 1)
            self.keep(codeable.CClass(metaclass, self.name(), superclasses=above, **keywords), self.classes)

    def make_association(self) -> None:
        ends = self.random.choice([self.metaclasses, self.classes])
        descriptor = self.random.choice(["a: [x] * -> [y] *", "[z] 0..1 <>- *", "* <*>- [w] *"])
        made = self.random.choice(ends).association(self.random.choice(ends), descriptor)
        self.keep(made, self.associations)

    def make_other(self) -> None:
        if self.random.random() < 0.5:
            self.keep(codeable.CObject(self.random.choice(self.classes), self.name()), self.objects)
        else:
            every = [*self.classes, *self.objects, *self.bundles, *self.links, self.classes[0].class_object]
            kind = self.random.choice([codeable.CBundle, codeable.CLayer, codeable.CPackage])
            self.keep(kind(self.name(), elements=self.some(every, 4)), self.bundles)

    def link(self) -> None:
        function = self.random.choice([codeable.add_links, codeable.set_links])
        kind = self.random.choice([self.classes, self.objects, [*self.links[:3], *self.classes]])
        targets = self.some(self.classes if kind is not self.objects else self.objects)
        stereotypes = self.random.choice([None, *self.stereotypes])
        association = self.random.choice(self.associations)
        for each in function(
            {self.random.choice(kind): targets}, association=association, stereotype_instances=stereotypes
        ):
            self.keep(each, self.links)

    def give(self) -> None:
        key, value = self.random.choice(_KEYS), self.value()
        which = self.random.randrange(5)
        if which == 0:
            self.random.choice(self.stereotypes).set_default_value(key, value)
        elif which == 1:
            self.random.choice(self.classes).stereotype_instances = self.some(self.stereotypes)
        elif which == 2:
            self.random.choice([*self.classes, *self.links]).set_tagged_value(key, value)
        else:
            self.random.choice([*self.classes, *self.objects]).set_value(key, value)

    def change(self) -> None:
        element = self.random.choice([*self.classes, *self.metaclasses, *self.stereotypes])
        layers = [each for each in self.bundles if isinstance(each, codeable.CLayer)]
        which = self.random.randrange(8)
        if which == 0:
            element.superclasses = self.some([*self.classes, *self.metaclasses, *self.stereotypes])
        elif which == 1:
            element.attributes = self.attributes()
        elif which == 2:
            element.name = self.name()
        elif which == 3:
            self.random.choice(self.classes).metaclass = self.random.choice(self.metaclasses)
        elif which == 4:
            self.random.choice(self.stereotypes).extended = self.some(self.metaclasses)
        elif which == 5:
            self.random.choice(self.metaclasses).stereotypes = self.some(self.stereotypes)
        elif which == 6:
            element.bundles = self.some(self.bundles)
        else:
            self.random.choice(layers).sub_layer = self.random.choice(layers)

    def delete(self) -> None:
        self.random.choice([*self.classes[1:], *self.objects, *self.links]).delete()
        for kept in (self.classes, self.objects, self.links):
            kept[:] = [each for each in kept if not each.is_deleted]


def fill(names: dict[str, Any], seed: int) -> None:
    """Make random elements.

    Args:
        names: The names of a module, with those of its vocabulary; elements get names in it.
        seed: Which model.
    """
    random = Random(seed)
    model = _Model(names, random)
    operations: list[Callable[[], None]] = [
        *[model.make_classifier] * 4,
        *[model.link, model.give, model.change] * 2,
        model.make_association,
        model.make_other,
        model.delete,
    ]
    for _ in range(20 + seed % 150):
        try:
            random.choice(operations)()
        except (CException, IndexError):
            continue
