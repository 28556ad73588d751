"""The names of a module and its functions that stand for something that draws. `drawing` asks."""

import ast

from attrs import define, field

from codeable.source_names import bound_names

Scoped = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@define(eq=False)
class Scope:
    """The names of a module, a function or a class.

    Attributes:
        parent: The scope around it.
        own: The names that it binds itself, where it is no module.
        drawing: Those that stand for something that draws.
    """

    parent: "Scope | None" = None
    own: frozenset[str] = frozenset()
    drawing: set[str] = field(factory=set)

    def owner(self, name: str) -> "Scope":
        """The scope that binds a name which is read in this one."""
        return self if self.parent is None or name in self.own else self.parent.owner(name)

    def draws(self, name: str) -> bool:
        """Whether a name stands for something that draws."""
        if name in self.drawing:
            return True
        return self.parent is not None and name not in self.own and self.parent.draws(name)


def bound_in(scoped: Scoped) -> set[str]:
    """The names that a function or a class binds itself."""
    nodes = list(ast.walk(scoped))
    shared = {name for each in nodes if isinstance(each, ast.Global) for name in each.names}
    arguments = {each.arg for each in nodes if isinstance(each, ast.arg)}
    return {*arguments, *bound_names(scoped.body)} - shared
