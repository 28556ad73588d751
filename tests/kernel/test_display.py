import pytest

from codeable.kernel import CBundle, CClass
from codeable.kernel.display import set_display_hook


@pytest.fixture
def hook():
    calls = []

    def show(element, include, exclude):
        calls.append((element, include, exclude))
        return {"text/html": f"<b>{element}</b>"}

    set_display_hook(show)
    yield calls
    set_display_hook(None)


def test_without_a_hook_an_element_leaves_its_display_to_the_notebook():
    set_display_hook(None)
    assert CBundle("view")._repr_mimebundle_() == {}


def test_the_hook_shows_every_element(words, hook):
    versioning = CClass(words.practice, "Versioning")
    shown = versioning._repr_mimebundle_(include=["text/html"], exclude=None)
    assert shown == {"text/html": "<b>Versioning</b>"}
    assert hook == [(versioning, ["text/html"], None)]
