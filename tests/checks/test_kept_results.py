"""A check that uses what the checks before it have found in notes that did not change."""

import random
import weakref
from collections.abc import Sequence
from pathlib import Path

import pytest

from codeable.checks.context import Context
from codeable.checks.diagnostic import Report
from codeable.checks.run import check_context
from codeable.kernel.bulk_access import collector_paused
from codeable.loading import load_folder
from codeable.notes.model import FieldNote
from codeable.notes.reader import read_text
from codeable.registry import Registry
from codeable.result_cache import ResultCache
from tests.checks.cases import note, source
from tests.checks.test_rules_model import MODEL
from tests.studies import write_study

WRITTEN = (
    "x",
    "_",
    "\n",
    "(",
    ")",
    "'''",
    "```",
    "    ",
    "positive",
    "=",
    ",",
    "{",
    "s3",
    "# ",
    "> ",
    "a",
    "b",
)
SETTINGS = """
[tool.codeable]
coders = { anna = "anna", ben = "ben" }
[tool.codeable.renames]
old_b = "b"
"""
STATEMENTS = (
    MODEL,
    "old_b = CClass(practice, 'B')\na\nold_b\nadd_decision_option_link(how, old_b, 'As before')",
    "f = CClass(force, 'F')\nadd_force_relations({a: {f: positive}, b: {f: negative}})\nnowhere",
    "k = CClass(pattern, 'K', superclasses=a)\nk_a = k.add_links(a, role_name='to')[0]",
    "add_force_relations({a: {f: very_positive}})\nadd_decision_option_link(a, how, 'swapped')\n''' a, f '''",
)
"""Declarations, a rename, a misspelt name, a relation, a code that is used as something else."""


def texts() -> dict[str, str]:
    found = {
        f"sources/{coder}/s_{number}.md": note(
            block, STATEMENTS[number % 5], number=number, title=f"Article {number}"
        )
        for number, block in enumerate(STATEMENTS, 5)
        for coder in (("anna", "ben") if number == 7 else ("anna",))
    }
    template = note("x = CClass(practice, 'X')", number="").replace("# s ", "# s")
    return {**found, "sources/anna/s_.md": template, "sources/anna/p_8.md": note("a", number=8, kind="p")}


@pytest.fixture
def study(tmp_path: Path) -> Registry:
    modules = {
        "models/a.py": f"from codeable.dsl import *\n{MODEL}",
        "sources/s7.py": source("how", "a", "b"),
    }
    return load_folder(write_study(tmp_path, {**modules, "pyproject.toml": SETTINGS}))


def edited(draw: random.Random, text: str) -> str:
    """A text with some characters more or less, or with two lines exchanged."""
    at, lines = draw.randrange(len(text)), text.split("\n")
    match draw.randrange(4):
        case 0:
            return text[:at] + draw.choice(WRITTEN) + text[at:]
        case 1:
            return text[:at] + text[at + draw.randrange(1, 20) :]
        case 2:
            one, other = draw.randrange(len(lines)), draw.randrange(len(lines))
            lines[one], lines[other] = lines[other], lines[one]
        case _:
            lines.insert(draw.randrange(len(lines)), draw.choice(lines))
    return "\n".join(lines)


def described(report: Report) -> list[object]:
    found = [
        (one, one.edits, one.covers, [(each, each.key) for each in one.loses]) for one in report.diagnostics
    ]
    return [found, report.renames, report.sources, report.texts]


def check_again_and_again(
    notes: Sequence[FieldNote], study: Registry | None, seed: int, changes: int
) -> None:
    """Compare the check after each of some changes with one that knows nothing of those before."""
    draw, results, notes = random.Random(seed), ResultCache(), list(notes)
    for _ in range(changes):
        kept = check_context(Context(tuple(notes), study, results=results))
        assert described(kept) == described(check_context(Context(tuple(notes), study)))
        for _ in range(draw.choice((1, 1, 2))):
            at = draw.randrange(len(notes))
            notes[at] = read_text(edited(draw, notes[at].text) or "\n", notes[at].path)
            if draw.random() < 0.1:
                draw.shuffle(notes)


@pytest.fixture
def notes(study: Registry) -> list[FieldNote]:
    return [read_text(text, str(study.folder / path)) for path, text in texts().items() if study.folder]


def test_it_finds_what_a_check_without_them_finds(study: Registry, notes: list[FieldNote]) -> None:
    check_again_and_again(notes, study, 0, 12)
    check_again_and_again(notes, None, 1, 5)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_it_finds_the_same_after_many_changes(study: Registry, notes: list[FieldNote], seed: int) -> None:
    check_again_and_again(notes, study if seed % 4 else None, seed, 60)


def test_it_finds_what_changed_in_the_model(tmp_path: Path, study: Registry, notes: list[FieldNote]) -> None:
    results = ResultCache()
    check_context(Context(tuple(notes), study, results=results))
    write_study(
        tmp_path, {"models/b.py": "from codeable.dsl import *\nnowhere = CClass(practice, 'Nowhere')\n"}
    )
    changed = load_folder(tmp_path)
    kept = check_context(Context(tuple(notes), changed, results=results))
    assert described(kept) == described(check_context(Context(tuple(notes), changed)))
    assert not any("'nowhere'" in one.message and one.code == "C301" for one in kept.diagnostics)


def test_nothing_of_a_check_is_left_for_the_garbage_collector(
    study: Registry, notes: list[FieldNote]
) -> None:
    context = Context(tuple(notes), study)
    was_there = weakref.ref(context)
    with collector_paused():
        check_context(context)
        del context
        assert was_there() is None
