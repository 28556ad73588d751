"""The options of one rendering call, checked."""

from collections.abc import Iterable
from typing import Any, TypeVar

from attrs import define, fields

from codeable.kernel import CAssociation, CException, CLink, CMetaclass
from codeable.text import did_you_mean

__all__ = ["ClassModelOptions", "ObjectModelOptions", "checked_options"]


@define
class ClassModelOptions:
    """What a class model shows; see the names, all of which are keywords of `render_class_model`."""

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
    """What an object model shows; see the names, all of which are keywords of `render_object_model`."""

    render_attribute_values: bool = True
    render_empty_attributes: bool = False
    render_association_names_when_no_label_is_given: bool = False
    excluded_links: Iterable[CLink] = ()
    render_tagged_values: bool = True


Options = TypeVar("Options", ClassModelOptions, ObjectModelOptions)


def checked_options(kind: type[Options], given: dict[str, Any]) -> Options:
    """The options as a record.

    Raises:
        CException: There is an option that this kind of model does not have.
    """
    valid = [each.name for each in fields(kind)]
    for name in given:
        if name not in valid:
            raise CException(
                f"there is no option {name!r} for rendering{did_you_mean(name, valid)}; "
                f"the options are {', '.join(valid)}"
            )
    return kind(**given)
