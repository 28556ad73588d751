"""The counts of studies are those that the syntax trees of their modules give."""

from collections import Counter
from pathlib import Path

import pytest

import codeable
from codeable import Study
from codeable.compat.convert import convert
from codeable.text import natural_key
from tests.reports.counts.syntax import evidence_in, pairs_of

ROOT = Path(__file__).parents[3]
OLD = {
    "telemetry": "telemetry_models",
    "in_packages": "study_models",
    "own_guidance": "migration",
}
"""An old study → the folder of its models."""


def _check(study: Study, evidence: dict[str, set[str]]) -> None:
    tables = study.tables
    order = sorted(evidence, key=natural_key)
    rows = tables["evidence"].to_dicts()
    shown = {row["code"]: {source for source in order if row[source]} for row in rows}
    codes = set().union(*evidence.values())
    assert list(rows[0]) == ["code", *order]
    assert shown == {code: {source for source in order if code in evidence[source]} for code in codes}

    numbers = Counter(code for found in evidence.values() for code in found)
    frequency = tables["frequency"].to_dicts()
    assert {row["code"]: row["sources"] for row in frequency} == numbers
    assert [row["sources"] for row in frequency] == sorted(numbers.values(), reverse=True)

    pairs = pairs_of(evidence)
    cooccurrence = tables["cooccurrence"].to_dicts()
    assert {frozenset((row["code_i"], row["code_j"])): row["n_ij"] for row in cooccurrence} == pairs
    for row in cooccurrence:
        one, other = numbers[row["code_i"]], numbers[row["code_j"]]
        assert (row["n_i"], row["n_j"]) == (one, other)
        assert row["c_ij"] == row["n_ij"] / (one + other - row["n_ij"])
    strength = [(row["n_ij"], row["c_ij"]) for row in cooccurrence]
    assert strength == sorted(strength, reverse=True)

    known: set[str] = set()
    for row, source in zip(tables["saturation"].to_dicts(), order, strict=True):
        new = evidence[source] - known
        known |= new
        assert (row["source"], row["codes"], row["new"], row["cumulative"]) == (
            source,
            len(evidence[source]),
            len(new),
            len(known),
        )


def test_the_study_of_this_repository() -> None:
    _check(codeable.load(ROOT), evidence_in((ROOT / "sources").glob("*.py")))


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", OLD)
def test_a_converted_study(name: str, tmp_path: Path) -> None:
    old = ROOT / "tests" / "compat" / "studies" / name
    convert(old, tmp_path / "new")
    _check(codeable.load(tmp_path / "new"), evidence_in((old / OLD[name]).rglob("*.py")))
