"""A notebook shows an element as the package offers."""

import pytest

import codeable
from codeable.kernel import CMetaclass


def test_the_function_of_the_package_makes_the_bundle_of_an_element(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        codeable,
        "display_element",
        lambda element, include, exclude: {"text/plain": f"{element} {include} {exclude}"},
    )
    bundle = CMetaclass("Practice")._repr_mimebundle_(include=["a"], exclude=None)
    assert bundle == {"text/plain": "Practice ['a'] None"}


def test_without_such_a_function_the_bundle_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(codeable, "display_element")
    assert CMetaclass("Practice")._repr_mimebundle_() == {}
