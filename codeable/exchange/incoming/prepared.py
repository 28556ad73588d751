"""Prepares a project for the files of a study: characters that these can hold, and who wrote a memo."""

import re
from collections.abc import Mapping
from typing import Any

import attrs

from codeable.exchange.project import Project, ProjectCode, ProjectMemo

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


def signed(project: Project) -> Project:
    """A project with the authors in the titles of its memos about codes and about nothing in particular.

    Where such a memo goes, nothing else says who wrote it. With a single coder it stays as it is.

    Example:
        >>> from codeable.exchange.project import Coder
        >>> ann, ben = Coder("a", "Ann"), Coder("b", "Ben")
        >>> memo = ProjectMemo("Is it a broker?", "Buses", "b")
        >>> [each.name for each in signed(Project("P", coders=(ann, ben), memos=(memo,))).memos]
        ['Buses (Ben)']
    """
    if len(project.coders) < 2:
        return project
    names: dict[str | None, str] = {each.key: each.name for each in project.coders if each.name}

    def signed_memo(memo: ProjectMemo) -> ProjectMemo:
        author = names.get(memo.coder)
        if author is None:
            return memo
        return attrs.evolve(memo, name=f"{memo.name} ({author})" if memo.name else author)

    def signed_code(code: ProjectCode) -> ProjectCode:
        return attrs.evolve(code, memos=tuple(map(signed_memo, code.memos))) if code.memos else code

    codes, memos = tuple(map(signed_code, project.codes)), tuple(map(signed_memo, project.memos))
    return attrs.evolve(project, codes=codes, memos=memos)


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
