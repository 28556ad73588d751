"""Errors that a user can correct: what they carry, and that worker processes can send them."""

import importlib
import inspect
import pickle
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest

import codeable
from codeable.errors import CodeableError
from codeable.kernel import CException


def subclasses_of(kind: type) -> Iterator[type]:
    for subclass in kind.__subclasses__():
        if subclass.__module__.startswith("codeable."):
            yield subclass
        yield from subclasses_of(subclass)


def every_error() -> list[type]:
    for module in pkgutil.walk_packages(codeable.__path__, "codeable."):
        is_imported_otherwise = ".compat.packages" in module.name or ".compat.metamodels." in module.name
        if not is_imported_otherwise and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    return sorted({*subclasses_of(BaseException)}, key=lambda kind: kind.__qualname__)


def argument(parameter: inspect.Parameter) -> Any:
    """Some argument of the kind that a constructor asks for."""
    kind = str(parameter.annotation)
    if "Path" in kind:
        return importlib.import_module("pathlib").Path("study", parameter.name)
    if any(word in kind for word in ("Sequence", "tuple", "Iterable", "list")):
        return ()
    return 7 if "int" in kind else f"the {parameter.name}"


def made(kind: type) -> BaseException:
    signature = inspect.signature(kind.__init__)
    required = [
        each
        for each in list(signature.parameters.values())[1:]
        if each.default is each.empty and each.kind is each.POSITIONAL_OR_KEYWORD
    ]
    return kind(*map(argument, required))


@pytest.mark.parametrize("kind", every_error(), ids=lambda kind: kind.__qualname__)
def test_every_error_is_pickled_with_its_message_and_its_attributes(kind: type) -> None:
    error = made(kind)
    error.add_note("in a worker")
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is kind
    assert (str(back), repr(back), back.args) == (str(error), repr(error), error.args)
    assert vars(back) == vars(error)
    assert back.__notes__ == ["in a worker"]


def test_the_error_of_the_kernel_is_one_of_ours_and_keeps_what_codeable_models_offers() -> None:
    error = CException("no such attribute")
    assert isinstance(error, CodeableError)
    assert (error.value, error.message, error.exit_status) == ("no such attribute", "no such attribute", 1)
    assert str(error) == repr(error) == "'no such attribute'"
    assert error.args == ("no such attribute",)


def test_the_error_of_the_kernel_takes_any_value() -> None:
    error = CException(["a", 1])
    assert (error.value, error.message, str(error)) == (["a", 1], "['a', 1]", "['a', 1]")
