"""Every cell of the tables of a generated study is what the generator put into it."""

import random
from collections import defaultdict

import pytest

from codeable import Study
from codeable.dsl import (
    CClass,
    add_decision_option_link,
    add_force_relations,
    add_links,
    decision,
    force,
    negative,
    pattern,
    positive,
    practice,
    source,
    very_positive,
)
from tests.reports.tables.studies import rows

_SIGNS = {"+": positive, "-": negative, "++": very_positive}


class Generated:
    """A study of cells, and beside it, as names alone, what it says."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(seed)
        kinds = {"d": decision, "p": practice, "q": pattern, "f": force, "s": source}
        numbers = {"d": 5, "p": 9, "q": 7, "f": 6, "s": 12}
        self.cells = {
            f"{letter}{number}": CClass(kinds[letter], f"Name of {letter}{number}")
            for letter, count in numbers.items()
            for number in range(1, count + 1)
        }
        solutions = [name for name in self.cells if name[0] in "pq"]
        self.options: dict[str, list[str]] = {}
        self.impacts: dict[tuple[str, str], str] = {}
        self.evidence: defaultdict[str, list[str]] = defaultdict(list)
        for name in self.named("d"):
            self.options[name] = chance.sample(solutions, chance.randint(0, 6))
            for solution in self.options[name]:
                add_decision_option_link(self.cells[name], self.cells[solution])
        for solution in solutions:
            for name in chance.sample(self.named("f"), chance.randint(0, 3)):
                sign = chance.choice(sorted(_SIGNS))
                self.impacts[solution, name] = sign
                add_force_relations({self.cells[solution]: {self.cells[name]: _SIGNS[sign]}})
        codes = [name for name in self.cells if name[0] != "s"]
        for name in self.named("s"):
            for code in chance.sample(codes, chance.randint(0, 8)):
                self.evidence[code].append(name)
                add_links({self.cells[name]: self.cells[code]}, role_name="contained_code")
        self.tables = Study.of(self.cells).tables

    def named(self, letter: str) -> list[str]:
        return [name for name in self.cells if name[0] == letter]

    def joined(self, code: str) -> str:
        return "; ".join(self.evidence[code])


@pytest.fixture(params=range(3))
def generated(request: pytest.FixtureRequest) -> Generated:
    return Generated(request.param)


def test_sources(generated: Generated) -> None:
    assert rows(generated.tables.sources, "id", "codes") == [
        (name, sum(name in found for found in generated.evidence.values())) for name in generated.named("s")
    ]


def test_decisions(generated: Generated) -> None:
    expected: list[tuple[object, ...]] = []
    for name, options in generated.options.items():
        for option in options:
            forces = [(each, sign) for (by, each), sign in generated.impacts.items() if by == option]
            shown = "; ".join(f"Name of {each} ({sign})" for each, sign in forces)
            expected.append((name, generated.joined(name), option, generated.joined(option), shown))
        if not options:
            expected.append((name, generated.joined(name), None, None, None))
    keys = ("decision", "decision_evidence", "option", "evidence", "forces")
    assert rows(generated.tables.decisions, *keys) == expected


def test_forces(generated: Generated) -> None:
    found = rows(generated.tables.forces, "force", "evidence", "option", "impact", "decision")
    expected: list[tuple[object, ...]] = []
    for name in generated.named("f"):
        acting = [(by, sign) for (by, each), sign in generated.impacts.items() if each == name]
        for by, sign in acting:
            offering = "; ".join(each for each, options in generated.options.items() if by in options)
            expected.append((name, generated.joined(name), by, sign, offering))
        if not acting:
            expected.append((name, generated.joined(name), None, None, None))

    def same(row: tuple[object, ...]) -> tuple[object, ...]:
        return (*row[:4], sorted(str(row[4]).split("; ")))

    assert list(map(same, found)) == list(map(same, expected))


def test_options_and_forces_of_each_decision(generated: Generated) -> None:
    for name, options in generated.options.items():
        signs = {pair: sign for pair, sign in generated.impacts.items() if pair[0] in options}
        if not signs:
            with pytest.raises(AttributeError):
                getattr(generated.tables, f"forces_{name}")
            continue
        table = getattr(generated.tables, f"forces_{name}").to_dicts()
        assert [row["option"] for row in table] == options
        found = {(row["option"], key): cell for row in table for key, cell in row.items() if key[0] == "f"}
        assert {pair: sign for pair, sign in found.items() if sign is not None} == signs


def test_codebook(generated: Generated) -> None:
    found = {row[0]: row[1:] for row in rows(generated.tables.codebook, "id", "sources", "evidence")}
    assert found == {
        name: (len(generated.evidence[name]), generated.joined(name))
        for name in generated.cells
        if name[0] != "s"
    }
