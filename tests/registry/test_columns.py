"""The columns of a table of elements beside their names: numbers of links."""

from pathlib import Path

import pytest

from codeable.loading import load_folder
from codeable.registry import Registry
from tests.studies import write_study


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return load_folder(write_study(tmp_path))


def rows(collection: object) -> list[list[str]]:
    """The lines of a table below its title, each cut where two blanks or more stand."""
    return [
        [cell.strip() for cell in line.split("  ") if cell.strip()]
        for line in str(collection).splitlines()[1:]
    ]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("decisions", ["options", "evidence", "3", "1"]),
        ("practices", ["option of", "evidence", "1", "2"]),
        ("patterns", ["option of", "evidence", "1", "0"]),
        ("forces", ["impacts", "evidence", "1", "0"]),
        ("sources", ["title", "codes", "The Definitive Guide", "3"]),
    ],
)
def test_a_kind_has_columns_of_its_own(registry: Registry, kind: str, expected: list[str]) -> None:
    header, first, *_ = rows(getattr(registry, kind))
    assert header[2:] + first[2:] == expected


def test_elements_of_several_kinds_share_one_table(registry: Registry) -> None:
    header, *lines = rows(registry.codes)
    assert header == ["identifier", "name", "kind", "evidence", "impacts", "options", "option of"]
    cells = {line[0]: line[2:] for line in lines}
    assert cells["k8s_uses_orchestration"] == ["relation", "1"]
    assert cells["infrastructure_decision"] == ["decision", "1", "3"]
    assert cells["security"] == ["force", "0", "1"]
