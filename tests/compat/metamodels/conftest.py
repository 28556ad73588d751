"""The metamodels as a study of either generation imports them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType, SimpleNamespace

import pytest

import codeable.compat

NAMES = ["domain", "guidance", "component", "activity", "technology", "deployment", "microservice_components"]


@contextmanager
def installed(generation: str) -> Iterator[None]:
    """The packages of one generation are importable inside, newly declared."""
    codeable.compat.uninstall()
    codeable.compat.install(format=generation)
    try:
        yield
    finally:
        codeable.compat.uninstall()


def imported(generation: str, names: Sequence[str] = NAMES) -> SimpleNamespace:
    """Metamodels imported in this order, as attributes named without `_metamodel`."""
    with installed(generation):
        modules: dict[str, ModuleType] = {
            name: import_module(f"metamodels.{name}_metamodel") for name in names
        }
    return SimpleNamespace(generation=generation, **modules)


@pytest.fixture(scope="session", params=["current", "older"])
def metamodels(request):
    """The metamodels of each generation; tests must not change them."""
    return imported(request.param)


@pytest.fixture(scope="session")
def current():
    return imported("current")


@pytest.fixture(scope="session")
def older():
    return imported("older")


@pytest.fixture(params=["current", "older"])
def fresh(request):
    """Metamodels of this test alone, which it may link and change."""
    return imported(request.param)
