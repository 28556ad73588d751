"""The tests below import as studies written for CodeableModels do: `from codeable_models import CClass`."""

import sys
from types import ModuleType

import codeable.compat
import codeable.kernel

SUBMODULES = [
    "cexception",
    "cnamedelement",
    "cbundlable",
    "cattribute",
    "cclassifier",
    "cmetaclass",
    "cstereotype",
    "cclass",
    "cobject",
    "cenum",
    "cbundle",
    "cassociation",
    "clink",
    "internal",
    "internal.commons",
]


def alias_the_kernel() -> None:
    """Puts modules named as CodeableModels' into `sys.modules`, each offering all of `codeable.kernel`."""
    for name in ("codeable_models", *(f"codeable_models.{submodule}" for submodule in SUBMODULES)):
        module = ModuleType(name)
        module.__path__ = []
        vars(module).update({key: value for key, value in vars(codeable.kernel).items() if key[:1] != "_"})
        sys.modules[name] = module


if hasattr(codeable.compat, "install"):
    codeable.compat.install()
else:
    alias_the_kernel()
