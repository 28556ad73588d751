"""Writes class models: classifiers and enums with attributes, inheritance, associations and extensions.

Studies import `ClassModelRenderer` from `plant_uml_renderer`.
"""

from collections.abc import Iterable
from typing import Any

from codeable.compat.rendering.labels import (
    LINE_BREAK,
    ValueTexts,
    attribute_type_name,
    break_label,
    encode_name,
)
from codeable.compat.rendering.model_renderer import ClassModelOptions, ModelRenderer, checked_options
from codeable.kernel import (
    CAssociation,
    CClass,
    CClassifier,
    CEnum,
    CException,
    CMetaclass,
    CNamedElement,
    CStereotype,
)


class ClassModelRenderer(ModelRenderer):
    """Writes classifiers and enums as PlantUML class models."""

    def render_class_model(self, elements: Iterable[CNamedElement], **options: Any) -> str:
        """The text of a class model.

        Args:
            elements: Classifiers and enums, in the order in which they are drawn.
            options: Fields of `codeable.compat.rendering.model_renderer.ClassModelOptions`.

        Raises:
            CException: An element is of another kind, or an option is unknown.
        """
        checked = checked_options(ClassModelOptions, options)
        writer = OlderClassModelWriter if self.chosen_format() == "older" else CurrentClassModelWriter
        return self.framed(writer(elements, checked, self.name_break_length, self.name_padding).lines())

    def render_class_model_to_file(
        self, base: str, elements: Iterable[CNamedElement], **options: Any
    ) -> None:
        """Write the text of a class model to `base.txt` in the renderer's folder, and draw it."""
        self.write(base, self.render_class_model(elements, **options))


class ClassModelWriter:
    """Writes the lines of one class model. A subclass for each format writes classifiers and labels.

    Args:
        elements: Classifiers and enums, in the order in which they are drawn.
        options: What is shown.
        limit: The length at which labels are broken.
        padding: Put before and after each line of a name.
    """

    separator: str
    guillemets: tuple[str, str]

    def __init__(
        self, elements: Iterable[CNamedElement], options: ClassModelOptions, limit: int, padding: str
    ) -> None:
        self.elements = list(elements)
        self.options = options
        self.limit = limit
        self.padding = padding
        self.values = ValueTexts(limit, self.separator)
        self.ids: dict[CNamedElement, str] = {}
        for element in self.elements:
            if not isinstance(element, CClassifier | CEnum):
                raise CException(
                    f"a class model shows classifiers and enums; {element!r} is a {type(element).__name__}"
                )
            if element not in self.ids:
                self.ids[element] = f"__{len(self.ids) + 1}{encode_name(element.name)}"
        self._drawn: set[CAssociation] = set()

    def lines(self) -> list[str]:
        """The lines between the header and the end, each with its line end."""
        lines = [self._classifier_line(element) + "\n" for element in self.elements]
        classifiers = [each for each in self.elements if isinstance(each, CClassifier)]
        if self.options.render_inheritance:
            lines += [line for each in classifiers for line in self._inheritance(each)]
        for each in classifiers:
            if self.options.render_associations:
                lines += self._associations(each)
            if self.options.render_extended_relations and isinstance(each, CStereotype):
                lines += self._extensions(each)
        return lines

    def _classifier_line(self, element: CNamedElement) -> str:
        """The line that declares a classifier or an enum, with its attribute block."""
        raise NotImplementedError

    def _association_label(self, association: CAssociation, extending: str) -> str:
        """The label of an association with its colon; `extending` names its stereotypes in the model."""
        raise NotImplementedError

    def _extension_label(self) -> str:
        """The label of the line from a stereotype to what it extends."""
        raise NotImplementedError

    def _guillemet(self, text: str) -> str:
        """A text between the guillemets of the format."""
        return f"{self.guillemets[0]}{text}{self.guillemets[1]}"

    def _attribute_block(self, element: CNamedElement) -> str:
        """The attributes with their types, or the values of an enum, one per line in braces."""
        if not self.options.render_attributes:
            return ""
        if isinstance(element, CEnum):
            lines = [f"{value}\n" for value in element.values]
        elif isinstance(element, CClassifier):
            lines = [f"{each.name}: {attribute_type_name(each)}\n" for each in element.attributes]
        return f"{{\n{''.join(lines)}}}\n" if lines else ""

    def _inheritance(self, superclass: CClassifier) -> list[str]:
        start = self.ids[superclass]
        return [f"{start} <|--- {self.ids[each]}\n" for each in superclass.subclasses if each in self.ids]

    def _associations(self, source: CClassifier) -> list[str]:
        options = self.options
        lines = []
        for association in source.associations:
            target = self.ids.get(association.target)
            if association.source is not source or target is None or association in self._drawn:
                continue
            if association in options.excluded_associations or (
                options.included_associations is not None and association not in options.included_associations
            ):
                continue
            self._drawn.add(association)
            lines.append(f"{self.ids[source]}{_arrow(association)}{target}{self._label(association)}\n")
        return lines

    def _label(self, association: CAssociation) -> str:
        names = [str(each) for each in association.stereotypes if each in self.ids]
        extending = (
            f"{LINE_BREAK}{self._guillemet('stereotypes')}{LINE_BREAK}{', '.join(names)}" if names else ""
        )
        return self._association_label(association, extending)

    def _extensions(self, stereotype: CStereotype) -> list[str]:
        options = self.options
        return [
            f"{self.ids[stereotype]} --> {self.ids[extended]}: {self._extension_label()}\n"
            for extended in stereotype.extended
            if isinstance(extended, CMetaclass)
            and extended in self.ids
            and extended not in options.excluded_extended_classes
            and (not options.included_extended_classes or extended in options.included_extended_classes)
        ]


class CurrentClassModelWriter(ClassModelWriter):
    """The format of CodeableModels since 2023: bold names, kinds and stereotypes behind the identifier."""

    separator = ", " + LINE_BREAK
    guillemets = ("<<", ">>")

    def _classifier_line(self, element: CNamedElement) -> str:
        tags = ""
        if self.options.render_tagged_values and isinstance(element, CClass):
            tags = self.values.tagged_values(element, element.stereotype_instances)
        name = break_label(element.name, self.limit, self.padding, bold=True)
        before = tags + LINE_BREAK if tags else ""
        kind = self._kind(element)
        return f'class "{before}{name}" as {self.ids[element]}{kind}{self._attribute_block(element)}'

    def _kind(self, element: CNamedElement) -> str:
        if isinstance(element, CMetaclass):
            return " <<metaclass>> "
        if isinstance(element, CStereotype):
            return " <<stereotype>> "
        if not isinstance(element, CClass):
            return ""
        stereotypes = "".join(self._guillemet(str(each)) for each in element.stereotype_instances)
        if self.options.render_metaclass_as_stereotype:
            stereotypes = self._guillemet(str(element.metaclass)) + stereotypes
        return f" {stereotypes} " if stereotypes else ""

    def _association_label(self, association: CAssociation, extending: str) -> str:
        label = break_label((association.name or "") + extending, self.limit)
        stereotypes = association.stereotype_instances
        if stereotypes:
            instances = LINE_BREAK.join(self._guillemet(str(each)) for each in stereotypes)
            label = f"{label}{LINE_BREAK}{instances}" if label else instances
            tags = self.values.tagged_values(association, stereotypes)
            label += LINE_BREAK + tags if tags and self.options.render_tagged_values else ""
        return f': "{label}"' if label else ""

    def _extension_label(self) -> str:
        return '"<<extended>>"'


class OlderClassModelWriter(ClassModelWriter):
    """The format of studies of early 2023: the kind is in the label, nothing is bold."""

    separator = ", "
    guillemets = ("«", "»")

    def _classifier_line(self, element: CNamedElement) -> str:
        kind = ""
        if isinstance(element, CMetaclass | CStereotype):
            kind = "metaclass" if isinstance(element, CMetaclass) else "stereotype"
            kind = self._guillemet(kind) + LINE_BREAK
        name = break_label(element.name, self.limit, self.padding)
        return f'class "{kind}{name}" as {self.ids[element]}{self._attribute_block(element)}'

    def _association_label(self, association: CAssociation, extending: str) -> str:
        label = (association.name or "") + extending
        return f': "{label}" ' if label else ""

    def _extension_label(self) -> str:
        return f'"{self._guillemet("extended")}{LINE_BREAK}"'


def _arrow(association: CAssociation) -> str:
    tail = f' " {association.multiplicity} " '
    if association.aggregation:
        return f" o-- {tail}"
    if association.composition:
        return f" *-- {tail}"
    return f' " {association.source_multiplicity} "  --> {tail}'
