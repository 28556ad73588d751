"""The base of both renderers: the options of a call, the header and style of a text, its file."""

from collections.abc import Iterable
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

from attrs import define, fields

from codeable.compat.rendering.labels import break_label, encode_name
from codeable.compat.rendering.output import write_diagram
from codeable.compat.run_options import Format, checked_format, current_options
from codeable.kernel import CAssociation, CException, CLink, CMetaclass
from codeable.text import did_you_mean

get_encoded_name = encode_name

_COMMON = (
    "skinparam monochrome true",
    "skinparam ClassBackgroundColor White",
    "hide empty members",
    "hide circle",
)
_KEYWORDS = ("directory", "plant_uml_jar_path", "genSVG", "genPNG")
_WITHOUT_EFFECT = ("genSVG", "genPNG")


class ModelStyle(Enum):
    """How a diagram looks; the values are those of the current format."""

    PLAIN = 0
    HANDWRITTEN = 1
    PLAIN_HELVETICA = 2
    ORIGINAL = 3


_STYLE_LINES = {
    ModelStyle.PLAIN: (*_COMMON, "skinparam defaultFontName Arial", "skinparam defaultFontSize 11"),
    ModelStyle.PLAIN_HELVETICA: (
        *_COMMON,
        "skinparam defaultFontName Helvetica",
        "skinparam defaultFontSize 11",
    ),
    ModelStyle.HANDWRITTEN: (
        *_COMMON,
        "skinparam defaultFontName Segoe Print",
        "skinparam defaultFontSize 14",
        "skinparam handwritten true",
        "skinparam shadowing false",
    ),
    ModelStyle.ORIGINAL: (),
}


@define
class ClassModelOptions:
    """The keywords of `render_class_model`: what a class model shows."""

    render_associations: bool = True
    render_inheritance: bool = True
    render_attributes: bool = True
    excluded_associations: Iterable[CAssociation] = ()
    included_associations: Iterable[CAssociation] | None = None
    render_extended_relations: bool = True
    excluded_extended_classes: Iterable[CMetaclass] = ()
    included_extended_classes: Iterable[CMetaclass] | None = None
    render_metaclass_as_stereotype: bool = False
    render_tagged_values: bool = True


@define
class ObjectModelOptions:
    """The keywords of `render_object_model`: what an object model shows."""

    render_attribute_values: bool = True
    render_empty_attributes: bool = False
    render_association_names_when_no_label_is_given: bool = False
    excluded_links: Iterable[CLink] = ()
    render_tagged_values: bool = True


Options = TypeVar("Options", ClassModelOptions, ObjectModelOptions)


def checked_options(kind: type[Options], given: dict[str, Any]) -> Options:
    """The options as a record.

    Raises:
        CException: An option is unknown.
    """
    valid = [each.name for each in fields(kind)]
    for name in given:
        if name not in valid:
            raise CException(
                f"there is no option {name!r} for rendering{did_you_mean(name, valid)}; "
                f"the options are {', '.join(valid)}"
            )
    return kind(**given)


class RenderingContext:
    """The text of one rendering call, as it grows."""

    def __init__(self) -> None:
        self.result = ""

    def add_line(self, line: str) -> None:
        """Add a line and its end."""
        self.result += line + "\n"


class ModelRenderer:
    """Holds the options of texts and the folder of their files. All attributes may be assigned.

    Args:
        kw: `directory` and `plant_uml_jar_path`; `genSVG` and `genPNG` are accepted, without effect.

    Attributes:
        directory: The folder of the files, relative to the current one.
        plant_uml_jar_path: A PlantUML jar, which is used for pictures if it exists.
        render_png: Whether a PNG picture is drawn beside the text file.
        render_svg: Whether an SVG picture is drawn beside the text file.
        name_break_length: The length at which labels are broken.
        name_padding: Put before and after each line of names.
        style: How the diagram looks.
        left_to_right: Whether the text asks for this direction.
        top_to_bottom: Whether a text of the older format asks for this direction.
        format: `current` or `older`; None leaves it to the study.

    Raises:
        CException: There is another keyword.
    """

    def __init__(self, **kw: Any) -> None:
        self.directory: str = "./gen"
        self.plant_uml_jar_path: str = "../libs/plantuml.jar"
        self.render_png = True
        self.render_svg = True
        self.name_break_length = 25
        self.name_padding = ""
        self.style = ModelStyle.PLAIN
        self.left_to_right = False
        self.top_to_bottom = False
        self.ID = 0
        self.format: str | None = None
        for name, value in kw.items():
            if name not in _KEYWORDS:
                raise CException(
                    f"{type(self).__name__} has no keyword {name!r}{did_you_mean(name, _KEYWORDS)}; "
                    f"its keywords are {', '.join(_KEYWORDS)}"
                )
            if name not in _WITHOUT_EFFECT:
                setattr(self, name, value)

    def pad_and_break_name(
        self, name: str | None, name_padding: str | None = None, make_bold: bool = False
    ) -> str:
        """A label broken into lines, each padded, and bold if asked for."""
        padding = self.name_padding if name_padding is None else name_padding
        return break_label(name, self.name_break_length, padding, make_bold)

    def break_name(self, name: str | None) -> str:
        """A label broken into lines."""
        return break_label(name, self.name_break_length)

    def chosen_format(self) -> Format:
        """The format of this renderer's texts."""
        return current_options().format if self.format is None else checked_format(self.format)

    def framed(self, lines: list[str]) -> str:
        """The whole text: header, lines, end."""
        older = self.chosen_format() == "older"
        header = ["@startuml", *_STYLE_LINES[self.style]]
        if older and self.style is ModelStyle.PLAIN:
            header.append("skinparam classfontstyle bold")
        if self.left_to_right:
            header.append("left to right direction")
        if older and self.top_to_bottom:
            header.append("top to bottom direction")
        return "".join(["\n".join(header), "\n", *lines, "@enduml\n"])

    def write(self, base: str, text: str) -> None:
        """Write a text to its file and draw its pictures."""
        wanted = {"png": self.render_png, "svg": self.render_svg}
        write_diagram(
            Path(self.directory),
            base,
            text,
            tuple(picture_format for picture_format, on in wanted.items() if on),
            jar=Path(self.plant_uml_jar_path),
        )
