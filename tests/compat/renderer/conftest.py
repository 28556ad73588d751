"""The old renderer, importable in either format."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import codeable.compat

EXPECTED = Path(__file__).parent / "expected"
BOTH = ["current", "older"]


@contextmanager
def renderer(text_format: str) -> Iterator[ModuleType]:
    """The package `plant_uml_renderer`, which writes this format and draws no pictures."""
    codeable.compat.uninstall()
    codeable.compat.install(format=text_format, images=False)
    try:
        yield import_module("plant_uml_renderer")
    finally:
        codeable.compat.uninstall()


def expected_text(text_format: str, name: str) -> str:
    """A text of the folder `expected`; blanks at the ends of its lines count."""
    return (EXPECTED / text_format / f"{name}.txt").read_text(encoding="utf-8")


@pytest.fixture
def current():
    with renderer("current") as package:
        yield package


@pytest.fixture
def older():
    with renderer("older") as package:
        yield package


@pytest.fixture(params=BOTH)
def either(request):
    with renderer(request.param) as package:
        package.text_format = request.param
        yield package
