"""Definitions of links, ``{source: targets}``: which sources there are, and what they may be linked to."""

from __future__ import annotations

from typing import Any

from codeable.kernel import link_messages
from codeable.kernel.clazz import CClass
from codeable.kernel.exception import CException
from codeable.kernel.link import CLink
from codeable.kernel.metaclass import CMetaclass
from codeable.kernel.object import CObject

__all__ = ["Definitions", "checked"]

Definitions = dict[CObject, list[CObject]]
"""Class objects stand for classes."""


def checked(definitions: Any) -> Definitions:
    """The definitions with class objects for classes and lists for single targets.

    Raises:
        CException: When a source or a target is not of a kind that can be linked, or not with each other.
    """
    if not isinstance(definitions, dict):
        raise CException(link_messages.bad_definitions(definitions))
    result: Definitions = {}
    for given, targets in definitions.items():
        if given.__class__ is CClass:
            source = given._class_object
        elif isinstance(given, CClass):
            source = given.class_object
        elif isinstance(given, CObject):
            source = given
        else:
            raise CException(link_messages.bad_link_source(given))
        if targets is None:
            targets = []
        elif not isinstance(targets, list):
            targets = [targets]
        if source._class_object_class is not None:
            result[source] = [
                target._class_object if target.__class__ is CClass else _target_of_class(source, target)
                for target in targets
            ]
        elif isinstance(source, CLink):
            result[source] = [_target_of_link(source, target) for target in targets]
        else:
            result[source] = [_target_of_object(source, target) for target in targets]
    return result


def _target_of_class(source: CObject, target: Any) -> CObject:
    if isinstance(target, CClass):
        return target.class_object
    if isinstance(target, CLink):
        if _connects_metaclasses(target):
            return target
    elif isinstance(target, CObject) and target.class_object_class is not None:
        return target
    raise CException(link_messages.bad_link_target(source, target))


def _target_of_object(source: CObject, target: Any) -> CObject:
    if isinstance(target, CLink):
        if not _connects_metaclasses(target):
            return target
    elif isinstance(target, CObject) and target.class_object_class is None:
        return target
    raise CException(link_messages.bad_link_target(source, target))


def _target_of_link(source: CLink, target: Any) -> CObject:
    end = source.association.target
    if isinstance(end, CMetaclass):
        if isinstance(target, CClass):
            return target.class_object
        if isinstance(target, CLink) and _connects_metaclasses(target):
            return target
    elif isinstance(end, CClass):
        if isinstance(target, CLink):
            if not _connects_metaclasses(target):
                return target
        elif isinstance(target, CObject):
            return target
    raise CException(link_messages.bad_link_target(source, target))


def _connects_metaclasses(link: CLink) -> bool:
    return isinstance(link.association.source, CMetaclass)
