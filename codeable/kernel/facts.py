"""What follows from a classifier's place in the vocabulary, worked out once and kept until that changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from codeable.kernel.named_element import CNamedElement

if TYPE_CHECKING:
    from codeable.kernel.association import CAssociation
    from codeable.kernel.attribute import CAttribute
    from codeable.kernel.classifier import CClassifier

__all__ = ["AttributeSlot", "Facts", "class_path_of"]


class AttributeSlot:
    """The key under which elements store the values of one attribute name of one classifier.

    It outlives the attribute: the values of names that stay are kept when attributes are assigned anew.
    """

    __slots__ = ("classifier", "name")

    def __init__(self, classifier: CClassifier, name: str) -> None:
        self.classifier = classifier
        self.name = name


def class_path_of(classifier: CClassifier) -> list[CClassifier]:
    """The classifier and its superclasses, depth first, each once.

    A superclass met again has left nothing to add: its own path stands in the result already.
    """
    path: dict[CClassifier, None] = {}
    pending = [classifier]
    while pending:
        current = pending.pop()
        if current not in path:
            path[current] = None
            if current._superclasses:
                pending += reversed(current._superclasses)
    return list(path)


class Facts:
    """Derived facts of one classifier.

    Attributes:
        time: The time of the classifier's clock when they were worked out.
        path: The class path.
        types: The class path as a set: what the classifier is of the type of.
        attributes: For each attribute name the first declaration on the path, and its slot.
        fillable: The attributes that default filling has to look at, with their slots, in path order.
        resolved: Associations found for links from instances of this classifier (see ``resolution``).
        extended: What a stereotype and its superclasses extend.
    """

    __slots__ = ("_associations", "attributes", "extended", "fillable", "path", "resolved", "time", "types")

    def __init__(self, classifier: CClassifier, time: int) -> None:
        self.time = time
        self.path = class_path_of(classifier)
        self.types = frozenset(self.path)
        self.attributes: dict[str, tuple[CAttribute, AttributeSlot]] = {}
        fillable: list[tuple[CAttribute, AttributeSlot]] = []
        self.extended: dict[Any, None] = {}
        for ancestor in self.path:
            if ancestor._attributes:
                for name, attribute in ancestor._attributes.items():
                    declared = (attribute, ancestor._slot(name))
                    self.attributes.setdefault(name, declared)
                    if attribute._default is not None or isinstance(attribute._type, CNamedElement):
                        fillable.append(declared)
            self.extended.update(ancestor._extensions())
        self.fillable = tuple(fillable)
        self.resolved: dict[Any, tuple[CAssociation, bool]] = {}
        self._associations: list[CAssociation] | None = None

    @property
    def associations(self) -> list[CAssociation]:
        """All associations of the classifier, inherited ones included, each once."""
        if self._associations is None:
            found: dict[CAssociation, None] = {}
            for ancestor in self.path:
                if ancestor._associations:
                    found.update(ancestor._associations)
            self._associations = list(found)
        return self._associations
