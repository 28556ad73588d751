"""Size and resolution of a PNG."""

import io

import pytest

from codeable.engines import Drawing, Picture
from codeable.engines.graphviz import GraphvizEngine
from codeable.engines.sizes import png_size, with_resolution


def png(**more: object) -> bytes:
    image = pytest.importorskip("PIL.Image")
    written = io.BytesIO()
    image.new("RGB", (300, 20), "white").save(written, "PNG", **more)
    return written.getvalue()


def resolution(data: bytes) -> object:
    image = pytest.importorskip("PIL.Image")
    return image.open(io.BytesIO(data)).info.get("dpi")


def test_the_size_is_read() -> None:
    assert png_size(png()) == (300, 20)


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", b"GIF89a" * 20])
def test_what_is_no_png_has_no_size_and_is_left_as_it_is(data: bytes) -> None:
    assert png_size(data) is None
    assert with_resolution(data, 300) == data


def test_the_resolution_is_stated() -> None:
    assert resolution(with_resolution(png(), 300)) == pytest.approx((300, 300), rel=1e-3)


def test_a_resolution_that_is_stated_already_stays() -> None:
    stated = png(dpi=(72, 72))
    assert with_resolution(stated, 300) == stated


def test_a_png_of_graphviz_is_as_large_on_a_page_as_its_svg() -> None:
    with GraphvizEngine() as engine:
        (result,) = engine.draw([Drawing("x", "digraph { a [width=3] }", "dot")], "png", dpi=200)
    assert isinstance(result, Picture)
    assert resolution(result.data) == pytest.approx((200, 200), rel=1e-3)
