"""What a study declares: identifier, kind and place of each element, the links between them, the evidence."""

from codeable.registry.answer import Answer
from codeable.registry.collection import Collection
from codeable.registry.kinds import CLASS_KINDS, OPTION_KINDS, SOLUTION_KINDS
from codeable.registry.name_lookup import AmbiguousNameError, UnknownNameError
from codeable.registry.records import Connection, Declaration, Impact, Kind, LinkRecord, Option, Relation
from codeable.registry.registry import Registry

__all__ = [
    "CLASS_KINDS",
    "OPTION_KINDS",
    "SOLUTION_KINDS",
    "AmbiguousNameError",
    "Answer",
    "Collection",
    "Connection",
    "Declaration",
    "Impact",
    "Kind",
    "LinkRecord",
    "Option",
    "Registry",
    "Relation",
    "UnknownNameError",
]
