"""Where a name that a module of a study lacks may come from. `load_errors` calls this."""

import importlib
import re
from collections.abc import Iterable, Iterator
from types import ModuleType

from codeable.kernel import CNamedElement
from codeable.loading.loader import ModuleLoader
from codeable.metamodels import VOCABULARIES
from codeable.text import did_you_mean

_NO_NAME = re.compile(r"cannot import name '(\w+)' from '([\w.]+)'")
_PACKAGE = "codeable.metamodels"


def about_name(name: str, module: str, known: Iterable[str], loader: ModuleLoader) -> Iterator[str]:
    """What to say about a name that is not defined.

    Args:
        name: The name.
        module: The module that uses it.
        known: The names that this module has.
        loader: Knows the vocabulary and the other modules of the study.
    """
    holders = [other for other, each in loader.completed.items() if name in vars(each) and other != module]
    if name in loader.offered:
        yield f"It is in the vocabulary: from codeable.dsl import {name}"
    elif holders:
        yield f"{holders[0]} has it: from {holders[0]} import {name}"
    else:
        if loader.offered and (vocabulary := _vocabulary_with(name)):
            yield f"A vocabulary has it: from {vocabulary} import {name}"
        yield from _nearest(name, [*known, *sorted(loader.offered)])


def lacking(text: str) -> tuple[str, str] | None:
    """The name that could not be imported, and the module that lacks it, by the text of the error.

    Example:
        >>> lacking("cannot import name 'practise' from 'codeable.dsl' (dsl.py)")
        ('practise', 'codeable.dsl')
    """
    found = _NO_NAME.search(text)
    return (found[1], found[2]) if found is not None else None


def about_import(text: str) -> Iterator[str]:
    """What to say about a name that a module of codeable lacks, by the text of the error.

    Example:
        >>> list(about_import("cannot import name 'practise' from 'codeable.dsl'"))
        ["Did you mean 'practice'?"]
    """
    name, module = lacking(text) or ("", "")
    if module.partition(".")[0] != "codeable":
        return
    if vocabulary := _vocabulary_with(name):
        yield f"A vocabulary has it: from {vocabulary} import {name}"
    elif module == _PACKAGE:
        yield from _nearest(name, VOCABULARIES)
    else:
        names = vars(importlib.import_module(module))
        yield from _nearest(name, names.get("__all__", names))


def about_module(name: str) -> Iterator[str]:
    """What to say about a module of codeable that is not there.

    Example:
        >>> list(about_module("codeable.metamodels.technologies"))
        ["Did you mean 'technology'?"]
    """
    if name.startswith(f"{_PACKAGE}."):
        yield from _nearest(name.removeprefix(f"{_PACKAGE}."), VOCABULARIES)


def _vocabulary_with(name: str) -> str | None:
    """The module from which a study imports a name of a vocabulary."""
    modules = ("codeable.dsl", *(f"{_PACKAGE}.{each}" for each in VOCABULARIES))
    return next((each for each in modules if _is_declared(name, importlib.import_module(each))), None)


def _is_declared(name: str, module: ModuleType) -> bool:
    names = vars(module)
    return name in names.get("__all__", ()) or isinstance(names.get(name), CNamedElement)


def _nearest(name: str, known: Iterable[str]) -> Iterator[str]:
    public = [each for each in known if not each.startswith("_")]
    longer = [each for each in public if each.startswith(f"{name}_")]
    near = did_you_mean(name, longer, parts=True) or did_you_mean(name, public)
    if near:
        yield near.replace("; d", "D", 1)
