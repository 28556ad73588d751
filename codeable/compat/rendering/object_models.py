"""Object models: objects and classes with their values, and the links between them."""

from collections.abc import Iterable

from codeable.compat.rendering.labels import LINE_BREAK, break_label, encode_name
from codeable.compat.rendering.options import ObjectModelOptions
from codeable.compat.rendering.values import ValueTexts
from codeable.kernel import CAssociation, CClass, CClassifier, CException, CLink, CObject

__all__ = ["CurrentObjectModelWriter", "ObjectModelWriter", "OlderObjectModelWriter"]


class ObjectModelWriter:
    """Writes the lines of one object model; a format says how an object and the label of a link look.

    Args:
        elements: Objects and classes, in the order in which they are drawn; a class stands for its object.
        options: What is shown.
        limit: At which length labels are broken.
        padding: Put before and after each line of a name.
    """

    separator: str

    def __init__(
        self, elements: Iterable[CObject | CClass], options: ObjectModelOptions, limit: int, padding: str
    ) -> None:
        self.options = options
        self.limit = limit
        self.padding = padding
        self.values = ValueTexts(limit, self.separator)
        self.objects: list[CObject] = []
        self.ids: dict[CObject | CClass, str] = {}
        for element in elements:
            if not isinstance(element, CClass | CObject):
                raise CException(
                    f"an object model shows objects and classes; {element!r} is a {type(element).__name__}"
                )
            self._add(element.class_object if isinstance(element, CClass) else element)
        self._excluded = set(options.excluded_links)
        self._association_order: dict[CClassifier, dict[CAssociation, int]] = {}

    def _add(self, element: CObject) -> None:
        self.objects.append(element)
        shown = element.class_object_class or element
        if shown not in self.ids:
            self.ids[shown] = f"__{len(self.ids) + 1}{encode_name(shown.name)}"

    def lines(self) -> list[str]:
        """The lines between the header and the end, each with its line end."""
        lines = [self.object_line(each) + "\n" for each in self.objects]
        drawn: set[CObject] = set()
        for each in self.objects:
            if each not in drawn:
                drawn.add(each)
                lines += self._links(each)
        return lines

    def object_line(self, element: CObject) -> str:
        """The line that declares an object, with the block of its values."""
        raise NotImplementedError

    def link_label(self, link: CLink) -> str:
        """The label of a link, with its colon."""
        raise NotImplementedError

    def id_of(self, element: CObject) -> str:
        """The identifier of an object; a class and its class object share one."""
        return self.ids[element.class_object_class or element]

    def value_block(self, element: CObject) -> str:
        """The attribute values of an object, if they are shown."""
        if not self.options.render_attribute_values:
            return ""
        return self.values.value_block(element, self.options.render_empty_attributes)

    def tagged_values(self, element: CClass | CLink) -> str:
        """The tagged values of a class or link, if they are shown."""
        return self.values.tagged_values(element) if self.options.render_tagged_values else ""

    def text_of_link(self, link: CLink) -> str:
        """What a link is labelled with, stereotypes apart."""
        if link.label is not None:
            return str(link.label)
        if self.options.render_association_names_when_no_label_is_given:
            return link.association.name or ""
        return ""

    def _links(self, element: CObject) -> list[str]:
        """The lines of the links that start at the element, in the order of its associations."""
        links = element.links
        if not links:
            return []
        start = element.class_object_class or element
        order = self._order(element.classifier)
        found = [
            link
            for link in links
            if link.source is start
            and link.target in self.ids
            and link.association in order
            and link not in self._excluded
        ]
        if len(order) > 1:
            found.sort(key=lambda link: order[link.association])
        return [self._link_line(link) for link in found]

    def _link_line(self, link: CLink) -> str:
        association = link.association
        arrow = " o-- " if association.aggregation else " *-- " if association.composition else " --> "
        return f"{self.ids[link.source]}{arrow}{self.ids[link.target]}{self.link_label(link)}\n"

    def _order(self, classifier: CClassifier) -> dict[CAssociation, int]:
        order = self._association_order.get(classifier)
        if order is None:
            associations = [each for one in classifier.class_path for each in one.associations]
            order = {each: rank for rank, each in enumerate(dict.fromkeys(associations))}
            self._association_order[classifier] = order
        return order


class CurrentObjectModelWriter(ObjectModelWriter):
    """The format of CodeableModels since 2023: bold names, stereotypes behind the identifier."""

    separator = ", " + LINE_BREAK

    def object_line(self, element: CObject) -> str:
        """See `ObjectModelWriter.object_line`."""
        tags = stereotypes = ""
        cl = element.class_object_class
        if cl is not None:
            tags = self.tagged_values(cl)
            stereotypes = "".join(f"<<{each}>>" for each in cl.stereotype_instances)
        name = break_label(_name_and_classifier(element), self.limit, self.padding, bold=True)
        before = tags + LINE_BREAK if tags else ""
        kind = f" {stereotypes} " if stereotypes else ""
        return f'class "{before}{name}" as {self.id_of(element)}{kind}{self.value_block(element)}'

    def link_label(self, link: CLink) -> str:
        """See `ObjectModelWriter.link_label`."""
        label = LINE_BREAK.join([f"<<{each}>>" for each in link.stereotype_instances])
        if label:
            tags = self.tagged_values(link)
            label += LINE_BREAK + tags if tags else ""
        text = self.text_of_link(link)
        if text:
            broken = break_label(text, self.limit)
            label = f"{label}{LINE_BREAK}{broken}" if label else broken
        return f": {label}" if label else ""


class OlderObjectModelWriter(ObjectModelWriter):
    """The format of studies of early 2023: stereotypes stand in the label, nothing is bold."""

    separator = ", "

    def object_line(self, element: CObject) -> str:
        """See `ObjectModelWriter.object_line`."""
        cl = element.class_object_class
        stereotypes = "" if cl is None else self._stereotypes(cl)
        return (
            f'class "{stereotypes}{self._name(element)}" as {self.id_of(element)}{self.value_block(element)}'
        )

    def _name(self, element: CObject) -> str:
        classifier = break_label(f" : {_classifier_name(element)}", self.limit)
        if element.name is None:
            return classifier
        name = break_label(element.name, self.limit, self.padding)
        return f"{name}{LINE_BREAK if len(name + classifier) > self.limit else ''}{classifier}"

    def _stereotypes(self, element: CClass | CLink) -> str:
        names = [str(each) for each in element.stereotype_instances]
        if not names:
            return ""
        tags = self.tagged_values(element)
        tags = LINE_BREAK + tags if tags else ""
        return f"{break_label('«' + ', '.join(names), self.limit)}» {tags}{LINE_BREAK}"

    def link_label(self, link: CLink) -> str:
        """See `ObjectModelWriter.link_label`."""
        stereotypes, text = self._stereotypes(link), self.text_of_link(link)
        joined = f"{stereotypes} {text}" if stereotypes and text else stereotypes + text
        return f': "{break_label(joined, self.limit)}" '


def _classifier_name(element: CObject) -> str:
    classifier = element.classifier
    return "" if classifier is None or classifier.name is None else str(classifier.name)


def _name_and_classifier(element: CObject) -> str:
    return f"{'' if element.name is None else element.name} : {_classifier_name(element)}"
