"""Tables of a study are those of its model as it is now, though much of them is kept between two tables."""

import gc
import weakref
from pathlib import Path

import pytest

import codeable
from codeable import Study
from codeable.coded.coded_study import CodedStudy
from tests.studies import write_study


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return codeable.load(write_study(tmp_path))


def _cells(study: Study) -> dict[object, int]:
    return {row[0]: sum(row[1:]) for row in study.tables.evidence.rows}  # type: ignore[arg-type]


def test_what_two_tables_need_is_gathered_once(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    monkeypatch.setattr(CodedStudy, "__init__", _counting(made, CodedStudy.__init__))
    assert study.tables.evidence == study.tables.evidence
    assert study.tables.frequency.rows
    assert len(made) == 1


def _counting(made: list[None], init):
    def counted(*args, **given):
        made.append(None)
        init(*args, **given)

    return counted


class TestAfterAChange:
    def test_a_new_link_counts(self, study: Study) -> None:
        assert "consistency" not in _cells(study)
        study["s6"].add_links(study["consistency"], role_name="contained_code")
        assert _cells(study)["consistency"] == 1

    def test_a_link_for_another_counts(self, study: Study) -> None:
        _cells(study)
        study["s6"].delete_links([study["k8s"]], role_name="contained_code")
        study["s6"].add_links(study["security"], role_name="contained_code")
        assert (_cells(study)["k8s"], _cells(study)["security"]) == (1, 1)

    def test_a_deleted_source_counts_no_more(self, study: Study) -> None:
        assert study.tables.evidence.keys == ("code", "s6", "s14")
        study["s6"].delete()
        assert study.tables.evidence.keys == ("code", "s14")

    def test_a_new_name_is_shown(self, study: Study) -> None:
        _ = study.tables.evidence
        study["k8s"].name = "Kubernetes"
        assert "Kubernetes" in str(study.tables.frequency)

    def test_a_new_title_is_shown(self, study: Study) -> None:
        _ = study.tables.sources
        study["s6"].set_value("title", "Another title")
        assert "Another title" in str(study.tables.sources)

    def test_a_study_read_again_is_new(self, study: Study, tmp_path: Path) -> None:
        _ = study.tables.evidence
        path = tmp_path / "sources" / "s6.py"
        path.write_text(path.read_text().replace("[versioning, k8s,", "[versioning,"))
        study.reload()
        assert _cells(study)["k8s"] == 1


@pytest.mark.usefixtures("fresh_heap")
def test_a_dropped_study_is_freed(tmp_path: Path) -> None:
    study = codeable.load(write_study(tmp_path))
    _ = study.tables.evidence
    known = weakref.ref(study)
    del study
    gc.collect()
    assert known() is None
