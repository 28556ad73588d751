"""Writes object models: objects and classes with their values, and the links between them.

Studies import `ObjectModelRenderer` from `plant_uml_renderer`.
"""

from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from codeable.compat.rendering.labels import LINE_BREAK, ValueTexts, break_label, encode_name
from codeable.compat.rendering.model_renderer import ModelRenderer, ObjectModelOptions, checked_options
from codeable.kernel import CAssociation, CClass, CClassifier, CException, CLink, CObject, CStereotype


class ObjectModelRenderer(ModelRenderer):
    """Writes objects and classes with their links as PlantUML class diagrams."""

    def render_object_model(self, elements: Iterable[Any], **options: Any) -> str:
        """The text of an object model.

        Args:
            elements: Objects and classes, in the order in which they are drawn.
            options: Fields of `codeable.compat.rendering.model_renderer.ObjectModelOptions`.

        Raises:
            CException: An element is of another kind, an option is unknown, or a value cannot be drawn.
        """
        checked = checked_options(ObjectModelOptions, options)
        writer = OlderObjectModelWriter if self.chosen_format() == "older" else CurrentObjectModelWriter
        return self.framed(writer(elements, checked, self.name_break_length, self.name_padding).lines())

    def render_object_model_to_file(self, base: str, elements: Iterable[Any], **options: Any) -> None:
        """Write the text of an object model to `base.txt` in the renderer's folder, and draw it."""
        self.write(base, self.render_object_model(elements, **options))


class ObjectModelWriter:
    """Writes the lines of one object model. A subclass for each format writes objects and labels.

    Args:
        elements: Objects and classes, in the order in which they are drawn; of a class its class object.
        options: What is shown.
        limit: The length at which labels are broken.
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
        self.ids: dict[CObject, str] = {}
        for element in elements:
            if not isinstance(element, CClass | CObject):
                raise CException(
                    f"an object model shows objects and classes; {element!r} is a {type(element).__name__}"
                )
            self._add(element.class_object if isinstance(element, CClass) else element)
        self._excluded = set(options.excluded_links)
        self._heads: dict[tuple[CStereotype, ...], str] = {}
        self._arrows_of: dict[CClassifier, dict[CAssociation, tuple[int, str]]] = {}

    def _add(self, element: CObject) -> None:
        self.objects.append(element)
        if element not in self.ids:
            name = (element.class_object_class or element).name
            self.ids[element] = f"__{len(self.ids) + 1}{encode_name(name)}"

    def lines(self) -> list[str]:
        """The lines between the header and the end, each with its line end."""
        lines = [self._object_line(each) + "\n" for each in self.objects]
        drawn: set[CObject] = set()
        for each in self.objects:
            if each not in drawn:
                drawn.add(each)
                lines += self._links(each)
        return lines

    def _object_line(self, element: CObject) -> str:
        """The line that declares an object, with the block of its values."""
        raise NotImplementedError

    def _link_label(self, link: CLink) -> str:
        """The label of a link, with its colon."""
        raise NotImplementedError

    def _value_block(self, element: CObject) -> str:
        """The attribute values of an object, if they are shown."""
        if not self.options.render_attribute_values:
            return ""
        return self.values.value_block(element, self.options.render_empty_attributes)

    def _stereotypes_joined(self, stereotypes: list[CStereotype]) -> str:
        """The names of some stereotypes in a label."""
        raise NotImplementedError

    def _stereotype_text(self, stereotypes: list[CStereotype]) -> str:
        """The same, kept for all elements that have these stereotypes."""
        key = tuple(stereotypes)
        text = self._heads.get(key)
        if text is None:
            text = self._heads[key] = self._stereotypes_joined(stereotypes)
        return text

    def _tagged_values(self, element: CClass | CLink, stereotypes: list[CStereotype]) -> str:
        """The tagged values that these stereotypes give to a class or link, if they are shown."""
        if not stereotypes or not self.options.render_tagged_values:
            return ""
        return self.values.tagged_values(element, stereotypes)

    def _text_of_link(self, link: CLink) -> str:
        """The label of a link without its stereotypes."""
        if link.label is not None:
            return str(link.label)
        if self.options.render_association_names_when_no_label_is_given:
            return link.association.name or ""
        return ""

    def _links(self, element: CObject) -> list[str]:
        """The lines of the links that start at the element, in the order of its associations."""
        ids, excluded = self.ids, self._excluded
        start = ids[element]
        arrows = self._arrows(element.classifier)
        found: list[tuple[int, str]] = []
        for link in element.links:
            if link._source is not element:  # the raw end; `source` would look up the class of a class object
                continue
            target = ids.get(link._target)
            arrow = arrows.get(link.association)
            if target is not None and arrow is not None and link not in excluded:
                found.append((arrow[0], f"{start}{arrow[1]}{target}{self._link_label(link)}\n"))
        if len(found) > 1:
            found.sort(key=itemgetter(0))
        return [line for _, line in found]

    def _arrows(self, classifier: CClassifier) -> dict[CAssociation, tuple[int, str]]:
        """The arrow of each association along the class path, with the rank of the association."""
        arrows = self._arrows_of.get(classifier)
        if arrows is None:
            associations = [each for one in classifier.class_path for each in one.associations]
            arrows = {each: (rank, _arrow(each)) for rank, each in enumerate(dict.fromkeys(associations))}
            self._arrows_of[classifier] = arrows
        return arrows


class CurrentObjectModelWriter(ObjectModelWriter):
    """The format of CodeableModels since 2023: bold names, stereotypes behind the identifier."""

    separator = ", " + LINE_BREAK

    def _object_line(self, element: CObject) -> str:
        before = kind = ""
        cl = element.class_object_class
        stereotypes = [] if cl is None else cl.stereotype_instances
        if cl is not None and stereotypes:
            tags = self._tagged_values(cl, stereotypes)
            before = tags + LINE_BREAK if tags else ""
            kind = f" {''.join([f'<<{each}>>' for each in stereotypes])} "
        name = "" if element.name is None else element.name
        label = break_label(f"{name} : {_classifier_name(element)}", self.limit, self.padding, bold=True)
        return f'class "{before}{label}" as {self.ids[element]}{kind}{self._value_block(element)}'

    def _stereotypes_joined(self, stereotypes: list[CStereotype]) -> str:
        return LINE_BREAK.join(f"<<{each}>>" for each in stereotypes)

    def _link_label(self, link: CLink) -> str:
        label = ""
        stereotypes = link.stereotype_instances
        if stereotypes:
            label = self._stereotype_text(stereotypes)
            tags = self._tagged_values(link, stereotypes)
            if tags:
                label += LINE_BREAK + tags
        text = self._text_of_link(link)
        if text:
            broken = break_label(text, self.limit)
            label = f"{label}{LINE_BREAK}{broken}" if label else broken
        return f": {label}" if label else ""


class OlderObjectModelWriter(ObjectModelWriter):
    """The format of studies of early 2023: stereotypes are in the label, nothing is bold."""

    separator = ", "

    def _object_line(self, element: CObject) -> str:
        cl = element.class_object_class
        before = "" if cl is None else self._stereotypes(cl)
        return f'class "{before}{self._name(element)}" as {self.ids[element]}{self._value_block(element)}'

    def _name(self, element: CObject) -> str:
        classifier = break_label(f" : {_classifier_name(element)}", self.limit)
        if element.name is None:
            return classifier
        name = break_label(element.name, self.limit, self.padding)
        return f"{name}{LINE_BREAK if len(name + classifier) > self.limit else ''}{classifier}"

    def _stereotypes(self, element: CClass | CLink) -> str:
        stereotypes = element.stereotype_instances
        if not stereotypes:
            return ""
        tags = self._tagged_values(element, stereotypes)
        return f"{self._stereotype_text(stereotypes)}{LINE_BREAK if tags else ''}{tags}{LINE_BREAK}"

    def _stereotypes_joined(self, stereotypes: list[CStereotype]) -> str:
        return break_label("«" + ", ".join(str(each) for each in stereotypes), self.limit) + "» "

    def _link_label(self, link: CLink) -> str:
        stereotypes, text = self._stereotypes(link), self._text_of_link(link)
        joined = f"{stereotypes} {text}" if stereotypes and text else stereotypes + text
        return f': "{break_label(joined, self.limit)}" ' if joined else ': "" '


def _classifier_name(element: CObject) -> str:
    classifier = element.classifier
    return "" if classifier is None or classifier.name is None else str(classifier.name)


def _arrow(association: CAssociation) -> str:
    return " o-- " if association.aggregation else " *-- " if association.composition else " --> "
