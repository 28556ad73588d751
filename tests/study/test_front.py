"""What `import codeable` offers, and what it costs."""

import subprocess
import sys

import pytest

import codeable
import codeable.kernel


def test_all_is_sorted_and_every_name_is_there() -> None:
    assert list(codeable.__all__) == sorted(codeable.__all__)
    assert all(getattr(codeable, name) is not None for name in codeable.__all__)


def test_the_names_of_the_kernel_are_the_kernels_own() -> None:
    assert codeable.CClass is codeable.kernel.CClass
    assert {"CMetaclass", "CLink", "add_links", "set_links", "delete_links"} <= set(codeable.__all__)


def test_it_offers_a_study_and_what_a_study_returns() -> None:
    assert {"Study", "Figure", "View", "Diagram", "load", "read_note"} <= set(codeable.__all__)
    assert codeable.read_note is codeable.notes.read_note
    assert not hasattr(codeable, "Registry")


def test_a_star_import_brings_all_names() -> None:
    namespace: dict[str, object] = {}
    exec("from codeable import *", namespace)
    assert set(codeable.__all__) <= set(namespace)


def test_a_misspelt_name_is_reported_with_the_nearest() -> None:
    with pytest.raises(AttributeError, match="codeable has no 'laod'; did you mean 'load'"):
        codeable.laod  # noqa: B018


def test_all_names_are_offered_for_completion() -> None:
    assert set(codeable.__all__) <= set(dir(codeable))
    assert "importlib" not in dir(codeable)


@pytest.mark.parametrize("name", ["checks", "dsl", "kernel", "notes"])
def test_a_module_is_there_without_an_import_of_its_own(name: str) -> None:
    code = f"import codeable; print(codeable.{name}.__name__, {name!r} in dir(codeable))"
    shown = subprocess.run([sys.executable, "-I", "-c", code], check=True, capture_output=True, text=True)
    assert shown.stdout.split() == [f"codeable.{name}", "True"]


def test_importing_codeable_imports_nothing_heavy() -> None:
    code = "import sys; before = set(sys.modules); import codeable; print(*sorted(set(sys.modules) - before))"
    imported = subprocess.run([sys.executable, "-I", "-c", code], check=True, capture_output=True, text=True)
    packages = {name.partition(".")[0] for name in imported.stdout.split()}
    assert not packages & {"attrs", "attr", "click", "rich", "pygraphviz", "markdown_it", "parso", "asyncio"}
