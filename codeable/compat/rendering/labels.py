"""The labels of a text: broken into lines, with the values of attributes, and as part of an identifier.

The writers of class models and object models use them.
"""

import re
from typing import Any

from codeable.kernel import (
    CAssociation,
    CAttribute,
    CClass,
    CClassifier,
    CEnum,
    CException,
    CLink,
    CObject,
    CStereotype,
)

LINE_BREAK = "\\n"
"""What PlantUML reads as a line break inside a label: a backslash and the letter n."""

_NOT_ALPHANUMERIC = re.compile(r"\W")
_TYPE_NAMES: dict[object, str] = {
    str: "String",
    int: "Integer",
    float: "Float",
    bool: "Boolean",
    list: "List",
}


def break_label(text: str | None, limit: int, padding: str = "", bold: bool = False) -> str:
    r"""Break a label at blanks, each line at least `limit` characters long.

    A blank behind a colon or before an equals sign is no place for a break; a word is never split. Line
    breaks and markup that the text holds already count as ordinary characters.

    Args:
        text: The label; None counts as one blank.
        limit: How many characters a line has at least before it is broken; a text of at most as many stays.
        padding: Put before and after each line.
        bold: Whether each line is set in bold.

    Returns:
        The lines, joined by PlantUML's line break.

    Example:
        >>> break_label("aaaa bbbb cccc dddd", 10)
        'aaaa bbbb cccc\\ndddd'
        >>> break_label("aaaaaaaaa: b ccc dddd eeee", 10, bold=True)
        '<b>aaaaaaaaa: b</b>\\n<b>ccc dddd eeee</b>'
    """
    if text is None:
        text = " "
    before, after = ("<b>" + padding, padding + "</b>") if bold else (padding, padding)
    if len(text) <= limit:
        return before + text + after
    return LINE_BREAK.join([before + line + after for line in _lines(text, limit)])


def _lines(text: str, limit: int) -> list[str]:
    lines = []
    start = 0
    blank = text.find(" ", max(limit, 0))
    while blank >= 0:
        if text[blank - 1] == ":" or text[blank + 1 : blank + 2] == "=":
            blank = text.find(" ", blank + 1)
        else:
            lines.append(text[start:blank])
            start = blank + 1
            blank = text.find(" ", blank + max(limit, 1))
    lines.append(text[start:])
    return lines


def encode_name(name: str | None) -> str:
    """A name as part of an identifier: an underscore before it and for each character but letters and digits.

    Example:
        >>> encode_name("How to deploy?"), encode_name(None)
        ('_How_to_deploy_', '_None')
    """
    return "_" + _NOT_ALPHANUMERIC.sub("_", str(name))


def attribute_type_name(attribute: CAttribute) -> str:
    """The type of an attribute as a class diagram names it.

    Raises:
        CException: The attribute has no type that has a name in diagrams.
    """
    kind: Any = attribute.type
    if isinstance(kind, CEnum | CClassifier):
        return " " if kind.name is None else str(kind.name)
    try:
        return _TYPE_NAMES[kind]
    except (KeyError, TypeError):
        raise CException(
            f"attribute {attribute.name!r} cannot be drawn: its type {kind!r} is none of "
            "str, int, float, bool, list, an enum, a classifier"
        ) from None


class ValueTexts:
    """The texts of values in one rendering call. Keeps what many elements share.

    Args:
        limit: The length at which lines are broken.
        separator: The text between two tagged values.
    """

    def __init__(self, limit: int, separator: str) -> None:
        self._limit = limit
        self._separator = separator
        self._attributes_on_path: dict[CClassifier, list[tuple[CClassifier, CAttribute]]] = {}
        self._attributes_of_stereotypes: dict[
            tuple[CStereotype, ...], list[tuple[CStereotype, CAttribute, str]]
        ] = {}

    def value_text(self, attribute: CAttribute, value: object) -> str:
        """One attribute with its value, broken into lines; nothing is escaped.

        Raises:
            CException: The value's text has a parenthesis, which PlantUML would take for an operation's.
        """
        kind = attribute.type
        if kind is str:
            text = f'"{value}"'
        elif kind is list and value is not None:
            entries = [f'"{entry}"' if isinstance(entry, str) else str(entry) for entry in value]  # type: ignore[attr-defined]
            text = f"[{', '.join(entries)}]"
        else:
            text = str(value)
        if "(" in text or ")" in text:
            raise CException(
                f"the value of attribute {attribute.name!r} cannot be drawn, it has a parenthesis, "
                f"which would make the line an operation: {text}"
            )
        return break_label(f"{attribute.name} = {text}", self._limit)

    def value_block(self, element: CObject, with_empty: bool) -> str:
        """The values of an object, one per line in braces; nothing when there is no line."""
        if not with_empty and not element.values:
            return ""
        lines = []
        for classifier, attribute in self._on_path(element.classifier):
            value = element.get_value(str(attribute.name), classifier)
            if value is not None or with_empty:
                lines.append(self.value_text(attribute, value) + "\n")
        return f" {{\n{''.join(lines)}}}\n" if lines else ""

    def tagged_values(self, element: CClass | CLink | CAssociation, stereotypes: list[CStereotype]) -> str:
        """The tagged values of a class, link or derived association in braces; nothing when there is none.

        Args:
            element: The element that has them.
            stereotypes: The stereotypes applied to it.
        """
        texts = []
        for stereotype, attribute, name in self._of_stereotypes(tuple(stereotypes)):
            value = element.get_tagged_value(name, stereotype)
            if value is not None:
                texts.append(self.value_text(attribute, value))
        return f"{{{self._separator.join(texts)}}}" if texts else ""

    def _on_path(self, classifier: CClassifier | None) -> list[tuple[CClassifier, CAttribute]]:
        """Each attribute name's first declaration along the class path."""
        if classifier is None:
            return []
        found = self._attributes_on_path.get(classifier)
        if found is None:
            by_name: dict[str, tuple[CClassifier, CAttribute]] = {}
            for each in classifier.class_path:
                for attribute in each.attributes:
                    by_name.setdefault(attribute.name, (each, attribute))
            found = self._attributes_on_path[classifier] = list(by_name.values())
        return found

    def _of_stereotypes(self, applied: tuple[CStereotype, ...]) -> list[tuple[CStereotype, CAttribute, str]]:
        """Each attribute of the stereotypes and of those they specialise, once."""
        found = self._attributes_of_stereotypes.get(applied)
        if found is None:
            path = dict.fromkeys(each for one in applied for each in one.class_path)
            found = [(each, attribute, str(attribute.name)) for each in path for attribute in each.attributes]
            self._attributes_of_stereotypes[applied] = found
        return found
