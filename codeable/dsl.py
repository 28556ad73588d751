"""Every name that a study's modules may use: the kernel's and the vocabularies'.

A module of a study starts with ``from codeable.dsl import *``. A study that is loaded gets the names of a
vocabulary of its own; the ordinary module is for scripts and notebook cells.
"""

from types import FunctionType, ModuleType

from codeable import kernel
from codeable.kernel import *
from codeable.metamodels import VOCABULARIES
from codeable.metamodels.coding import *
from codeable.metamodels.controlled_vocabularies import *
from codeable.metamodels.domain import *
from codeable.metamodels.guidance import *
from codeable.metamodels.isolation import FreshModules


def _is_offered(name: str, value: object) -> bool:
    """Whether a study gets a name of this module: the kernel or a vocabulary declares it."""
    if isinstance(value, FunctionType) and value.__module__ == "codeable.metamodels.guidance":
        return True
    return isinstance(value, CNamedElement) or name in {*kernel.__all__, "AUTHOR_TYPES", "SOURCE_TYPES"}


NAMES = frozenset(name for name, value in list(globals().items()) if _is_offered(name, value))
"""The names that `import *` brings into a module of a study."""

# Not `__all__ = …`: type checkers evaluate only literal lists, and would find no names.
globals()["__all__"] = sorted(NAMES)

_MODULES = (*(f"codeable.metamodels.{name}" for name in VOCABULARIES), "codeable.dsl")
"""The modules of which every study has its own copy."""


def fresh_vocabulary() -> ModuleType:
    """Make a vocabulary that shares no element with any other; dropping it frees it.

    Returns:
        A copy of this module over newly declared metaclasses, associations and stereotypes. Its
        `__vocabulary__` maps each module name that a study may import to the module that the import gets;
        a module that this one does not import is made when it is asked for.

    Example:
        >>> own = fresh_vocabulary()
        >>> own.practice is practice
        False
        >>> own.__vocabulary__["codeable.metamodels.guidance"].practice is own.practice
        True
    """
    modules = FreshModules(_MODULES, packages=("codeable", "codeable.metamodels"))
    dsl = modules["codeable.dsl"]
    vars(dsl)["__vocabulary__"] = modules
    return dsl
