"""The examples in docstrings run."""

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import codeable

FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE | doctest.IGNORE_EXCEPTION_DETAIL
MODULES = [
    module.name
    for module in pkgutil.walk_packages(codeable.__path__, "codeable.")
    if ".packages" not in module.name
    and ".compat.metamodels." not in module.name  # never imported in the ordinary way
    and not module.name.endswith("__main__")
]


PACKAGES = sorted({name.rpartition(".")[0] for name in MODULES})


@pytest.mark.sampled(3)
@pytest.mark.parametrize("package", PACKAGES)
def test_the_examples_of_a_package_run(package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    modules = [name for name in MODULES if name.rpartition(".")[0] == package]
    failed = {
        name: doctest.testmod(importlib.import_module(name), optionflags=FLAGS).failed for name in modules
    }
    assert failed == dict.fromkeys(modules, 0)
