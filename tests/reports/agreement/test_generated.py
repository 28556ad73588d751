"""Agreement on generated studies, worked out again from what the generator wrote, pair by pair."""

import random
from collections.abc import Callable
from itertools import combinations, product
from pathlib import Path

import pytest

from codeable.reports.agreement.report import agreement
from codeable.reports.job import coded_study
from codeable.reports.options import ReportOptions, Unit
from codeable.study import Study
from tests.reports.agreement.study_of_coders import SOURCES, Group, study_of_coders

CODERS = ("ben", "anna", "clara")
CODES = ("cache", "event_bus", "latency", "queue", "transport_decision")
Coded = dict[tuple[str, str], dict[str, set[str]]]
"""Coder and source → passage → codes."""


def generated(seed: int) -> Coded:
    chance = random.Random(seed)
    found: Coded = {}
    for coder, source in product(CODERS, SOURCES):
        if chance.random() < 0.75:
            passages = [f"Passage {number} of {source}." for number in range(4) if chance.random() < 0.6]
            found[coder, source] = {
                each: set(chance.sample(CODES, chance.randint(1, 3)))
                for each in passages or ["Nothing else."]
            }
    return found


def written(coded: Coded, folder: Path) -> Study:
    notes: dict[str, tuple[Group, ...]] = {
        f"{coder}/{source[0]}_{source[1:]}.md": tuple(
            (f"> {text}", "\n".join(sorted(codes))) for text, codes in passages.items()
        )
        for (coder, source), passages in coded.items()
    }
    return study_of_coders(folder, notes)


def answers(coded: Coded, unit: Unit, coders: tuple[str, ...]) -> list[tuple[bool | None, ...]]:
    """For each unit and code what each coder says; None where a coder did not rate the unit."""
    given: dict[tuple[str, str], dict[str, set[str]]] = {}
    for (coder, source), passages in coded.items():
        for text, codes in passages.items():
            key = (source, text if unit == "passage" else "")
            given.setdefault(key, {}).setdefault(coder, set()).update(codes)
    shared = [by for by in given.values() if len(by) > 1]
    return [
        tuple(code in by[coder] if coder in by else None for coder in coders)
        for by, code in product(shared, CODES)
    ]


def kappa_of_pairs(found: list[tuple[bool | None, ...]]) -> float:
    pairs = [pair for pair in found if None not in pair]
    agreed = sum(one == other for one, other in pairs) / len(pairs)
    chance = (
        sum(
            sum(one is answer for one, _ in pairs) * sum(other is answer for _, other in pairs)
            for answer in (True, False)
        )
        / len(pairs) ** 2
    )
    return (agreed - chance) / (1 - chance)


def alpha_of_pairs(found: list[tuple[bool | None, ...]]) -> float:
    units = [[each for each in unit if each is not None] for unit in found]
    units = [unit for unit in units if len(unit) > 1]
    every = [each for unit in units for each in unit]
    observed = sum(
        sum(one != other for one, other in combinations(unit, 2)) * 2 / (len(unit) - 1) for unit in units
    ) / len(every)
    unlike = 2 * sum(every) * (len(every) - sum(every))
    return 1 - observed / (unlike / (len(every) * (len(every) - 1)))


def equal_of_pairs(found: list[tuple[bool | None, ...]]) -> float:
    pairs = [pair for unit in found for pair in combinations(unit, 2) if None not in pair]
    return sum(one == other for one, other in pairs) / len(pairs)


def presence_of_pairs(found: list[tuple[bool | None, ...]]) -> float:
    pairs = [pair for unit in found for pair in combinations(unit, 2) if None not in pair]
    return 2 * sum(all(pair) for pair in pairs) / sum(each is True for pair in pairs for each in pair)


def defined(
    coefficient: Callable[[list[tuple[bool | None, ...]]], float], found: list[tuple[bool | None, ...]]
) -> object:
    try:
        return pytest.approx(coefficient(found))
    except ZeroDivisionError:
        return "undefined"


@pytest.mark.parametrize("unit", ["source", "passage"])
@pytest.mark.parametrize("seed", range(4))
def test_coefficients_are_those_of_the_answers_written_down(seed: int, unit: Unit, tmp_path: Path) -> None:
    coded = generated(seed)
    study = coded_study(written(coded, tmp_path))
    rows = agreement(study, ReportOptions(unit=unit), "agreement").coders.to_dicts()
    for row, coders in zip(rows, (*combinations(CODERS, 2), CODERS), strict=True):
        found = answers(coded, unit, coders)
        assert row["equal"] == defined(equal_of_pairs, found)
        assert row["presence"] == defined(presence_of_pairs, found)
        assert row["alpha"] == defined(alpha_of_pairs, found)
        if len(coders) == 2:
            assert row["kappa"] == defined(kappa_of_pairs, found)


@pytest.mark.parametrize("seed", range(3))
def test_every_difference_of_two_coders_is_in_the_table(seed: int, tmp_path: Path) -> None:
    coded = generated(seed)
    study = coded_study(written(coded, tmp_path))
    options = ReportOptions(unit="passage", coders=("anna", "ben"))
    rows = agreement(study, options, "agreement").disagreements.to_dicts()
    found = {(row["source"], row["text"], row["code"], row["given_by"]) for row in rows}
    expected = set()
    for source in SOURCES:
        anna, ben = coded.get(("anna", source), {}), coded.get(("ben", source), {})
        for text in set(anna) & set(ben):
            expected |= {(source, text, code, "anna") for code in anna[text] - ben[text]}
            expected |= {(source, text, code, "ben") for code in ben[text] - anna[text]}
    assert found == expected
