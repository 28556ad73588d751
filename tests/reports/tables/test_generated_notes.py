"""The tables of passages and of codes of generated field notes are what the generator wrote into them."""

import random
from collections import Counter
from pathlib import Path

import pytest

import codeable
from codeable.text import natural_key
from tests.reports.tables.studies import rows
from tests.studies import write_study

_CODERS = ("anna", "ben")
_CODES = [f"code{number}" for number in range(1, 8)]


class Written:
    """A study of two coders in a folder, and the passages with their codes as they were written."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._chance = random.Random(seed)
        self.rows: list[tuple[object, ...]] = []
        self.uncoded = 0
        model = "".join(f'{code} = CClass(practice, "{code}")\n' for code in _CODES)
        write_study(folder, {"models/model.py": f"from codeable.dsl import *\n{model}"})
        sources = "".join(f's{number} = CClass(source, "s{number}")\n' for number in range(1, 5))
        write_study(folder, {"sources/all_sources.py": f"from codeable.dsl import *\n{sources}"})
        for number in range(1, 5):
            for coder in _CODERS:
                path = f"sources/{coder}/s_{number}.md"
                write_study(folder, {path: self._note(path, coder, f"s{number}")})
        self.tables = codeable.load(folder).tables

    def _note(self, path: str, coder: str, source: str) -> str:
        lines = [f"# {source}", "# coding", ""]
        groups = self._chance.randint(1, 4)
        for group in range(groups):
            # A trace is about all passages above it, down from the last trace.
            least = 0 if group == groups - 1 else 1
            codes = self._chance.sample(_CODES, self._chance.randint(least, 3))
            for passage in range(self._chance.randint(1, 3)):
                text = f"{source} says {group} and {passage} to {coder}."
                self.uncoded += not codes
                for code in sorted(codes, key=natural_key):
                    self.rows.append((source, path, len(lines) + 1, coder, text, code))
                lines += [f"> {text}", ""]
            if codes:
                lines += ["**AXIAL CODING TRACE:**", "```python", *codes, "```", ""]
        return "\n".join(lines)


@pytest.fixture(params=range(2))
def written(request: pytest.FixtureRequest, tmp_path: Path) -> Written:
    return Written(tmp_path, request.param)


def test_every_passage_with_every_code(written: Written) -> None:
    keys = ("source", "file", "line", "coder", "text", "code")
    assert rows(written.tables.passages, *keys) == written.rows
    (note,) = written.tables.passages.notes
    assert f"; {written.uncoded} passage" in note


def test_numbers_of_passages_and_examples(written: Written) -> None:
    number = Counter(row[-1] for row in written.rows)
    found = rows(written.tables.codebook, "id", "passages", "example", "example_source", "example_line")
    assert {code: passages for code, passages, *_ in found} == {code: number[code] for code in _CODES}
    places = {(code, text, source, line) for source, _, line, _, text, code in written.rows}
    assert all((code, *example) in places for code, passages, *example in found if passages)
