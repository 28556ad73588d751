"""Threads work on studies of their own at the same time: loading, drawing and checking."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

import codeable
from codeable.diagrams import plantuml_text
from codeable.kernel import CMetaclass, place_of
from codeable.kernel.invalidation import VOCABULARY, bump

THREADS = 8


@pytest.fixture(autouse=True)
def frequent_switches() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


def write_study(folder: Path, number: int) -> None:
    """A study of several modules, each with a code object of its own that makes elements."""
    (folder / "models").mkdir(parents=True)
    (folder / "sources").mkdir()
    for part in range(5):
        lines = ["from codeable.dsl import *", f"how_{part} = CClass(decision, 'How {number}.{part}?')"]
        for option in range(4):
            name = f"practice_{part}_{option}"
            lines += [
                f"{name} = CClass(practice, '{name} of {number}')",
                f"add_decision_option_link(how_{part}, {name}, 'Use {option}')",
            ]
        (folder / "models" / f"part_{part}.py").write_text("\n".join(lines) + "\n", encoding="utf-8")


def answers(folder: Path) -> tuple[object, ...]:
    study = codeable.load(folder)
    places = [(place.path, place.line) for place in map(place_of, study.practices) if place is not None]
    texts = [plantuml_text(study.diagram(decision).diagram) for decision in study.decisions]
    picture = study.diagram(study.decisions["how_0"]).render(format="svg")
    return places, texts, picture, str(study.check())


@pytest.mark.slow
def test_eight_threads_load_draw_and_check_a_study_each(tmp_path: Path) -> None:
    folders = [tmp_path / f"study_{number}" for number in range(THREADS)]
    for number, folder in enumerate(folders):
        write_study(folder, number)
    alone = [answers(folder) for folder in folders]
    start = Barrier(THREADS)

    def together(folder: Path) -> tuple[object, ...]:
        start.wait()
        return answers(folder)

    with ThreadPoolExecutor(THREADS) as pool:
        assert list(pool.map(together, folders)) == alone


def test_eight_threads_work_out_the_places_of_many_code_objects() -> None:
    def run(number: int) -> None:
        for round_ in range(200):
            names: dict[str, object] = {"CMetaclass": CMetaclass}
            text = "\n" * (round_ % 7) + f"made = CMetaclass('M{number}')"
            exec(compile(text, f"part_{number}_{round_}.py", "exec"), names)
            place = place_of(names["made"])
            assert place is not None
            assert place.line == round_ % 7 + 1

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(run, range(THREADS)))


def test_a_version_never_comes_twice() -> None:
    def run(_: int) -> list[int]:
        seen = []
        for _ in range(300):
            bump(VOCABULARY)
            seen.append(VOCABULARY.number)
        return seen

    before = VOCABULARY.number
    with ThreadPoolExecutor(THREADS) as pool:
        last = [seen[-1] for seen in pool.map(run, range(THREADS))]
    bump(VOCABULARY)
    assert VOCABULARY.number > max(before, *last)
