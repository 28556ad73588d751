"""The name that the statement which made an element binds it to, read from the compiled code."""

import dis
from typing import TYPE_CHECKING

from codeable.kernel import CNamedElement

if TYPE_CHECKING:
    from types import CodeType

__all__ = ["Bindings"]

_STORES = {dis.opmap["STORE_NAME"], dis.opmap["STORE_GLOBAL"]}
_SKIPPED = {dis.opmap[name] for name in ("CACHE", "COPY", "EXTENDED_ARG") if name in dis.opmap} | {0}


class Bindings:
    """Reads from the instruction that made an element what happened to it next.

    Code objects hand out their instructions as a new copy each time, so these are kept while elements are
    looked through; under the identity of the code object, since its hash takes time that grows with it.

    Example:
        >>> namespace = {}
        >>> exec("from codeable.dsl import *; bus = CClass(pattern, 'Bus'); CClass(pattern, 'x')", namespace)
        >>> Bindings().name_of(namespace["bus"])
        'bus'
    """

    def __init__(self) -> None:
        self._instructions: dict[int, tuple[CodeType, bytes]] = {}

    def name_of(self, element: CNamedElement) -> str | None:
        """The module-level name to which an element was bound as soon as it was made."""
        code = element._code
        if code is None:
            return None
        known = self._instructions.get(id(code))
        if known is None:
            known = self._instructions[id(code)] = code, code.co_code
        instructions = known[1]
        position, argument = element._instruction + 2, 0
        while position < len(instructions):
            operation, low = instructions[position], instructions[position + 1]
            if operation in _STORES:
                return code.co_names[argument | low]
            if operation not in _SKIPPED:
                return None
            argument = (argument | low) << 8 if operation == dis.EXTENDED_ARG else 0
            position += 2
        return None
