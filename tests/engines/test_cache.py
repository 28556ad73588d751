"""What was drawn once is not drawn again, and a damaged cache does no harm."""

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from attrs import evolve

from codeable.engines import Drawing, EngineError, EngineState, Picture, engine
from codeable.engines.cache import PictureCache, cache_folder, draw_cached
from codeable.engines.fonts import font_folders
from codeable.engines.graphviz import GraphvizEngine


class Counting(GraphvizEngine):
    """Draws a picture that says how many were drawn before."""

    def __init__(self, version: str = "1") -> None:
        super().__init__()
        self.drawn: list[str] = []
        self._version = version

    def version(self) -> str:
        return self._version

    def states(self) -> tuple[EngineState, ...]:
        return ()

    def draw(
        self, drawings: Iterable[Drawing], picture_format: str, **options: object
    ) -> Iterator[Picture | EngineError]:
        for drawing in drawings:
            self.drawn.append(drawing.name)
            if drawing.text == "broken":
                yield EngineError("counting", drawing.name, "no")
            else:
                yield Picture(drawing.name, picture_format, f"{drawing.name} {len(self.drawn)}".encode())


def one(name: str = "a", text: str = "digraph {}", **more: str) -> Drawing:
    return Drawing(name, text, "dot", **more)  # type: ignore[arg-type]


def drawn(
    engine: Counting, cache: PictureCache, *drawings: Drawing, picture_format: str = "svg", dpi: int = 300
) -> list[object]:
    return [
        result.data if isinstance(result, Picture) else result
        for result in draw_cached(engine, cache, drawings, picture_format, dpi=dpi)
    ]


@pytest.fixture
def cache(tmp_path: Path) -> PictureCache:
    return PictureCache(tmp_path)


def test_results_come_in_order_whatever_is_in_the_cache(cache: PictureCache) -> None:
    engine, names = Counting(), "abcdefg"
    drawn(engine, cache, one("a"), one("c"), one("d"), one("g"))
    engine.drawn.clear()
    results = draw_cached(engine, cache, map(one, names), "svg")
    assert [result.name for result in results if isinstance(result, Picture)] == list(names)
    assert engine.drawn == ["b", "e", "f"]


def test_a_picture_is_drawn_before_the_next_drawing_is_made(cache: PictureCache) -> None:
    engine, made = Counting(), []

    def drawings() -> Iterator[Drawing]:
        for name in "abc":
            made.append((name, list(engine.drawn)))
            yield one(name)

    assert len(list(draw_cached(engine, cache, drawings(), "svg"))) == 3
    assert made == [("a", []), ("b", ["a"]), ("c", ["a", "b"])]


def test_what_is_told_about_a_picture_is_told_again(cache: PictureCache) -> None:
    class Telling(Counting):
        def draw(
            self, drawings: Iterable[Drawing], picture_format: str, **options: object
        ) -> Iterator[Picture | EngineError]:
            for result in super().draw(drawings, picture_format, **options):
                assert isinstance(result, Picture)
                yield evolve(result, messages=("no font\nfor λ", "second"), lacks_fonts=True)

    first, second = (list(draw_cached(Telling(), cache, [one()], "svg")) for _ in range(2))
    assert first == second
    assert first[0].messages == ("no font\nfor λ", "second")  # type: ignore[union-attr]


def test_a_picture_is_drawn_once(cache: PictureCache) -> None:
    engine = Counting()
    assert drawn(engine, cache, one()) == drawn(engine, cache, one()) == [b"a 1"]


def test_kept_and_new_pictures_come_in_the_order_asked_for(cache: PictureCache) -> None:
    engine = Counting()
    drawn(engine, cache, one("b"))
    assert drawn(engine, cache, one("a"), one("b"), one("c")) == [b"a 2", b"b 1", b"c 3"]


@pytest.mark.parametrize(
    "other",
    [one(text="graph {}"), one("b"), one(title="t"), one(description="d")],
    ids=["text", "name", "title", "desc"],
)
def test_another_drawing_is_another_picture(cache: PictureCache, other: Drawing) -> None:
    engine = Counting()
    drawn(engine, cache, one())
    drawn(engine, cache, other)
    assert len(engine.drawn) == 2


def test_another_format_resolution_or_version_is_another_picture(cache: PictureCache) -> None:
    engine, newer = Counting(), Counting("2")
    drawn(engine, cache, one())
    drawn(engine, cache, one(), picture_format="png")
    drawn(engine, cache, one(), picture_format="png", dpi=72)
    drawn(newer, cache, one())
    assert (len(engine.drawn), len(newer.drawn)) == (3, 1)


def test_errors_are_not_kept(cache: PictureCache) -> None:
    engine = Counting()
    drawn(engine, cache, one(text="broken"))
    (result,) = drawn(engine, cache, one(text="broken"))
    assert isinstance(result, EngineError)
    assert len(engine.drawn) == 2


@pytest.mark.parametrize("damage", [b"", b"codeable", b"\x00" * 200])
def test_a_damaged_entry_is_ignored_and_replaced(cache: PictureCache, tmp_path: Path, damage: bytes) -> None:
    engine = Counting()
    drawn(engine, cache, one())
    (entry,) = (path for path in tmp_path.rglob("*") if path.is_file())
    entry.write_bytes(damage)
    assert drawn(engine, cache, one()) == [b"a 2"]
    assert drawn(engine, cache, one()) == [b"a 2"]


def test_an_entry_cut_at_its_end_is_ignored(cache: PictureCache, tmp_path: Path) -> None:
    engine = Counting()
    drawn(engine, cache, one())
    (entry,) = (path for path in tmp_path.rglob("*") if path.is_file())
    entry.write_bytes(entry.read_bytes()[:-1])
    assert drawn(engine, cache, one()) == [b"a 2"]


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    engine = Counting()
    assert drawn(engine, PictureCache(tmp_path / "file"), one()) == [b"a 1"]
    assert drawn(engine, PictureCache(None), one()) == [b"a 2"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_in_the_place_of_an_entry_is_not_waited_for(cache: PictureCache, tmp_path: Path) -> None:
    engine = Counting()
    drawn(engine, cache, one())
    (entry,) = (path for path in tmp_path.rglob("*") if path.is_file())
    entry.unlink()
    os.mkfifo(entry)
    assert drawn(engine, cache, one()) == [b"a 2"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_in_the_place_of_the_folder_costs_nothing_but_time(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "cache")
    assert drawn(Counting(), PictureCache(tmp_path / "cache"), one()) == [b"a 1"]


def test_what_was_used_least_recently_goes_when_there_is_too_much(tmp_path: Path) -> None:
    roomy, engine = PictureCache(tmp_path), Counting()
    drawn(engine, roomy, one("old"), one("used"))
    for path in tmp_path.rglob("*"):
        if path.is_file():
            os.utime(path, (1, 1))
    drawn(engine, roomy, one("used"))
    drawn(engine, PictureCache(tmp_path, largest=240), one("new"))
    engine.drawn.clear()
    drawn(engine, roomy, one("used"), one("new"), one("old"))
    assert engine.drawn == ["old"]


def test_the_folder_can_be_named_and_turned_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CODEABLE_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path
    monkeypatch.setenv("CODEABLE_CACHE", "")
    assert cache_folder() is None


@pytest.mark.skipif(os.name == "nt", reason="home folders are found otherwise there")
class TestAUserWithoutAHomeFolder:
    """As in a container that runs under a number of its own."""

    @pytest.fixture(autouse=True)
    def homeless(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("CODEABLE_CACHE", raising=False)
        monkeypatch.setattr("os.path.expanduser", lambda path: path)

    def test_keeps_no_pictures(self) -> None:
        assert cache_folder() is None

    def test_can_name_a_folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CODEABLE_CACHE", str(tmp_path))
        assert cache_folder() == tmp_path
        monkeypatch.setenv("CODEABLE_CACHE", "~/pictures")
        assert cache_folder() is None

    def test_draws_with_graphviz(self) -> None:
        with GraphvizEngine() as graphviz:
            (result,) = draw_cached(
                graphviz, PictureCache(None), [Drawing("x", "digraph { a }", "dot")], "svg"
            )
        assert isinstance(result, Picture)

    def test_is_reported_of_a_jar_that_is_not_there(self, tmp_path: Path) -> None:
        with engine("plantuml", {"plantuml": {"jar": "~/x.jar"}}, tmp_path) as plantuml:
            assert "~/x.jar" in (plantuml.states()[0].missing or "")

    def test_has_the_fonts_of_the_system(self) -> None:
        assert Path("/usr/share/fonts") in font_folders() or sys.platform != "linux"


@pytest.mark.skipif(os.name == "nt", reason="XDG folders are POSIX")
def test_otherwise_it_is_in_the_users_cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CODEABLE_CACHE", raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "codeable"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert cache_folder() == tmp_path / "home" / ".cache" / "codeable"
