"""The modules of a study while codes become one: each step reads the text that the steps before it made."""

import ast
from collections.abc import Mapping

from attrs import define, field

from codeable.files import path_in
from codeable.lines import Edit
from codeable.names.modules import Module
from codeable.names.occurrence import Occurrence
from codeable.names.renaming.named_study import NamedStudy
from codeable.names.renaming.plan import PlaceRemark
from codeable.names.renaming.refusals import RenameRefusedError
from codeable.notes.decoding import edited


@define(eq=False)
class MergeWork:
    """The modules as they are so far.

    Attributes:
        study: The study.
        names: Name that goes → the one that stays.
        into: The one that stays.
        modules: File → module, as far as it is changed.
        gone: What is said no more.
    """

    study: NamedStudy
    names: Mapping[str, str]
    into: str
    modules: dict[str, Module] = field(factory=dict)
    gone: list[PlaceRemark] = field(factory=list)

    def module(self, path: str) -> Module:
        """A module as it is so far."""
        return self.modules.get(path) or self.study.modules[path]

    def tree(self, path: str) -> ast.Module:
        """Its syntax tree.

        Raises:
            RenameRefusedError: A step before made no Python of it.
        """
        tree = self.module(path).tree
        if tree is None:
            shown = path_in(self.study.folder, path)
            raise RenameRefusedError(f"{shown} would be no Python with this; merge by hand there")
        return tree

    def edit(self, path: str, *edits: Edit) -> None:
        """Change a module."""
        text = edited(self.module(path).text, [one.change for one in edits])
        self.modules[path] = Module(path, text)

    def now(self, name: str) -> str:
        """The name that a name becomes."""
        return self.names.get(name, name)

    def names_in(self, path: str) -> tuple[Occurrence, ...]:
        """The names in a module as it is so far."""
        return self.study.names_in(self.module(path))

    def places(self, path: str) -> list[Occurrence]:
        """Where a module still has names that go; not names of its own for them."""
        return [one for one in self.names_in(path) if one.name in self.names and not one.alias]
