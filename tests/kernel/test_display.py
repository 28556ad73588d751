"""An element shows itself in a notebook by a hook that a layer above sets."""

from collections.abc import Iterator

import pytest

from codeable.kernel import CMetaclass, display
from codeable.kernel.display import set_display_hook


@pytest.fixture(autouse=True)
def the_hook_of_the_package() -> Iterator[None]:
    before = display._hook
    yield
    set_display_hook(before)


def test_the_hook_makes_the_bundle_of_an_element() -> None:
    set_display_hook(lambda element, include, exclude: {"text/plain": f"{element} {include} {exclude}"})
    bundle = CMetaclass("Practice")._repr_mimebundle_(include=["a"], exclude=None)
    assert bundle == {"text/plain": "Practice ['a'] None"}


def test_without_a_hook_the_bundle_is_empty() -> None:
    set_display_hook(None)
    assert CMetaclass("Practice")._repr_mimebundle_() == {}
