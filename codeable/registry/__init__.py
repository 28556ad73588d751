"""What a study declares: identifier, kind and place of each element, and the evidence both ways."""

from codeable.registry.collection import Collection
from codeable.registry.errors import AmbiguousNameError, UnknownNameError
from codeable.registry.records import (
    Declaration,
    Impact,
    Kind,
    Option,
    Relation,
)
from codeable.registry.registry import Registry

__all__ = [
    "AmbiguousNameError",
    "Collection",
    "Declaration",
    "Impact",
    "Kind",
    "Option",
    "Registry",
    "Relation",
    "UnknownNameError",
]
