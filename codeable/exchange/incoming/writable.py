"""Takes characters out of a project that no file of text can hold: zero bytes and halves of characters."""

import re
from collections.abc import Mapping
from typing import Any

import attrs

from codeable.exchange.project import Project

_UNWRITABLE = re.compile("[\0\ud800-\udfff]")


def writable(project: Project) -> tuple[Project, int]:
    r"""A project with U+FFFD in the place of each such character, so that positions stay; and their number.

    Example:
        >>> project, number = writable(Project("a\0b"))
        >>> project.name, number
        ('a\ufffdb', 1)
    """
    counter = _Counter()
    made: Project = counter.written(project)
    return made, counter.number


class _Counter:
    """Goes through the records of a project; what has no such character stays the same record."""

    def __init__(self) -> None:
        self.number = 0

    def written(self, value: Any) -> Any:
        if isinstance(value, str):
            if value.isprintable():  # nearly all; it is quick
                return value
            text, number = _UNWRITABLE.subn("\ufffd", value)
            self.number += number
            return text if number else value
        if isinstance(value, tuple):
            items = tuple(map(self.written, value))
            return items if any(one is not two for one, two in zip(items, value, strict=True)) else value
        if isinstance(value, Mapping):
            return {self.written(key): self.written(each) for key, each in value.items()}
        if attrs.has(type(value)):
            changed = {}
            for field in attrs.fields(type(value)):
                before = getattr(value, field.name)
                after = self.written(before)
                if after is not before:
                    changed[field.name] = after
            return attrs.evolve(value, **changed) if changed else value
        return value
