"""The names of elements in the modules of the new study, and the imports that each module needs.

`writing` makes them; statements write their references through them.
"""

import keyword
from collections.abc import Iterable, Mapping

import codeable.dsl
from codeable.kernel import CBundle, CClass, CLink, CNamedElement, CObject
from codeable.source_writer import Import, Verbatim
from codeable.text import slug

_KINDS = {CLink: "link", CClass: "class", CBundle: "bundle"}


class Names:
    """The name of every element of the new study.

    Attributes:
        referred: The elements that some statement has referred to.

    Args:
        identifiers: The identifiers that the old study gave.
        vocabulary: How modules refer to elements of the vocabulary.
        needed: The elements that statements refer to.
    """

    def __init__(
        self,
        identifiers: Mapping[CNamedElement, str],
        vocabulary: Mapping[CNamedElement, str],
        needed: Iterable[CNamedElement],
    ) -> None:
        self._given = dict(identifiers)
        self._needed = {*identifiers, *needed}
        self.referred: set[CNamedElement] = set()
        self.vocabulary = vocabulary
        self._taken = set(identifiers.values()) | set(codeable.dsl.NAMES)

    def of(self, element: CNamedElement) -> str:
        """The name of an element; one without an identifier gets a name that does not become one."""
        if element not in self._given:
            base = "_" + slug(element.name or _kind(element))
            base = base if base.isidentifier() else f"_{_kind(element)}"
            name, number = base, 1
            while name in self._taken or keyword.iskeyword(name):
                number += 1
                name = f"{base}_{number}"
            self._taken.add(name)
            self._given[element] = name
        return self._given[element]

    def is_needed(self, element: CNamedElement) -> bool:
        """Whether an element has to have a name: an identifier, or because a statement refers to it."""
        return element in self._needed


class ModuleNames:
    """How one module refers to elements; collects the imports that it needs.

    Args:
        names: The names of all elements.
        module: The module's full name.
        home: The module that declares an element.
        own: The names that this module binds.
    """

    def __init__(
        self, names: Names, module: str, home: Mapping[CNamedElement, str], own: Iterable[str]
    ) -> None:
        self._names = names
        self._module = module
        self._home = home
        self._own = set(own)
        self._imported: dict[str, CNamedElement] = {}
        self._whole: dict[str, None] = {}

    def ref(self, element: CNamedElement) -> Verbatim:
        """The expression for an element in this module."""
        if isinstance(element, CObject) and element.class_object_class is not None:
            return Verbatim(f"{self.ref(element.class_object_class).text}.class_object")
        if element in self._names.vocabulary:
            return Verbatim(self.word(self._names.vocabulary[element]))
        self._names.referred.add(element)
        name = self._names.of(element)
        home = self._home[element]
        if home == self._module:
            return Verbatim(name)
        if name in self._own or name in codeable.dsl.NAMES:
            return self._through(home, name)
        if self._imported.setdefault(name, element) is not element:
            return self._through(home, name)
        return Verbatim(name)

    def target(self, element: CNamedElement) -> str | None:
        """What the statement that declares an element assigns it to; None when nothing refers to it."""
        return self._names.of(element) if self._names.is_needed(element) else None

    def word(self, expression: str) -> str:
        """A name of the vocabulary, qualified if the module uses it for something else."""
        if expression.partition(".")[0] not in self._own:
            return expression
        return self._through("codeable.dsl", expression).text

    def require(self, module: str) -> None:
        """Have another module loaded before this one."""
        if module not in {self._home[element] for element in self._imported.values()}:
            self._whole[module] = None

    def imports(self) -> list[Import]:
        """The import statements of the module."""
        by_module: dict[str, list[str]] = {}
        for name, element in sorted(self._imported.items()):
            by_module.setdefault(self._home[element], []).append(name)
        return [
            *(Import(module) for module in sorted(self._whole)),
            Import("codeable.dsl", ["*"]),
            *(Import(module, by_module[module]) for module in sorted(by_module)),
        ]

    def _through(self, module: str, name: str) -> Verbatim:
        self._whole[module] = None
        return Verbatim(f"{module}.{name}")


def _kind(element: CNamedElement) -> str:
    return next((kind for cls, kind in _KINDS.items() if isinstance(element, cls)), "element")
