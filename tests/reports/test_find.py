"""Study.find: passages by words, codes, sources, kinds of codes and coders."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import codeable
from codeable import Study
from codeable.errors import CodeableError
from codeable.registry import UnknownNameError
from tests.reports.studies import CODED
from tests.studies import write_study

BUS, CHEAP, BUS_BEN, LOG = "anna s2", "anna s2 uncoded", "ben s2", "anna s10"


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return codeable.load(write_study(tmp_path, CODED))


def _found(study: Study, *words: str, **wanted: Any) -> list[str]:
    return [
        f"{each.passage.coder} {each.passage.source}" + ("" if each.codes else " uncoded")
        for each in study.find(*words, **wanted)
    ]


class TestWhatIsFound:
    @pytest.mark.parametrize(
        ("words", "wanted", "found"),
        [
            ([], {}, [BUS, CHEAP, BUS_BEN, LOG]),
            (["cost"], {}, [BUS, BUS_BEN, LOG]),
            (["cost", "LOG"], {}, [LOG]),
            (["cost log"], {}, [LOG]),
            (["cafe"], {}, [BUS, BUS_BEN]),
            (["nobody"], {}, [CHEAP]),
            ([], {"code": "event_bus"}, [BUS, BUS_BEN]),
            ([], {"code": "bus"}, [BUS, BUS_BEN]),
            ([], {"code": "Event Bus"}, [BUS, BUS_BEN]),
            ([], {"code": ["log_bus", "gossip"]}, [BUS_BEN, LOG]),
            ([], {"code": "event_bus", "also": "cost"}, [BUS]),
            ([], {"also": ["cost", "log_bus"]}, [LOG]),
            ([], {"code": "event_bus", "subcodes": True}, [BUS, BUS_BEN, LOG]),
            ([], {"code": "gossip"}, [BUS_BEN]),
            ([], {"kind": "force"}, [BUS, LOG]),
            ([], {"kind": "dropped"}, [BUS_BEN]),
            ([], {"source": "s10"}, [LOG]),
            ([], {"source": ["s2", "s10"], "coder": "anna"}, [BUS, CHEAP, LOG]),
            (["cost"], {"coder": "ben"}, [BUS_BEN]),
            (["cost"], {"source": "s11"}, []),
        ],
    )
    def test_a_passage_fits_all_that_is_given(
        self, words: list[str], wanted: Mapping[str, object], found: list[str], study: Study
    ) -> None:
        assert _found(study, *words, **wanted) == found

    def test_elements_and_collections_of_them_will_do(self, study: Study) -> None:
        assert _found(study, code=study["event_bus"], source=study.sources) == [BUS, BUS_BEN]
        assert _found(study, code=study.patterns) == [BUS, BUS_BEN, LOG]

    def test_a_reloaded_study_is_searched_as_it_is_then(self, study: Study, tmp_path: Path) -> None:
        before = study.find("durable")
        note = tmp_path / "sources/anna/s_10.md"
        note.write_text(note.read_text().replace("durable", "fast"))
        study.reload()
        assert len(study.find("durable")) == 0
        assert "of an earlier state" in repr(before)


class TestWhatIsSaid:
    def test_passages_of_sub_codes_only_are_counted(self, study: Study) -> None:
        assert study.find(code="event_bus").messages == (
            "1 more passage with sub-codes (log_bus); --subcodes, in Python subcodes=True, counts them, too",
        )
        assert study.find(code="event_bus", subcodes=True).messages == ()

    def test_of_conditions_that_no_passage_fits_each_is_counted_alone(self, study: Study) -> None:
        assert study.find("nobody", code="cost").messages == (
            "no passage fits all of these; each alone: 'nobody' 1 passage, code cost 2 passages",
        )

    def test_a_word_of_no_passage_is_said_with_the_nearest(self, study: Study) -> None:
        assert study.find("durabel").messages == (
            "no passage has a word that begins with 'durabel'; did you mean 'durable'?",
        )

    @pytest.mark.parametrize(
        ("wanted", "message"),
        [
            (
                {"code": "how_to_talk"},
                "no passage of the notes mentions how_to_talk, but the modules find it in s2",
            ),
            ({"source": "s11"}, "the notes have no passage of s11"),
            ({"kind": "category"}, "no passage has a code of the kind category"),
        ],
    )
    def test_what_no_passage_fits_is_said(
        self, wanted: Mapping[str, Any], message: str, study: Study
    ) -> None:
        assert study.find(**wanted).messages == (message,)

    def test_a_study_without_passages_says_so(self, tmp_path: Path) -> None:
        study = codeable.load(write_study(tmp_path))
        assert study.find("cost").messages == ("the field notes have no passages",)

    @pytest.mark.parametrize(
        ("wanted", "message"),
        [
            (
                {"source": "s22"},
                "there is no source 's22'; did you mean 's2'?\nThe sources are: s2, s10, s11",
            ),
            ({"source": "cost"}, r"force cost .* is no source"),
            ({"coder": "ana"}, "there is no coder 'ana'; did you mean 'anna'?\nThe coders are: anna, ben"),
            (
                {"kind": "forces"},
                "there is no kind 'forces'; did you mean 'force'?\nThe kinds are: force, ",
            ),
            ({"code": "s2"}, r"source s2 .* is no code"),
            ({"code": 5}, "found by name"),
            ({"kind": 5}, "there is no kind 5"),
        ],
    )
    def test_a_wrong_name_is_said_with_the_nearest(
        self, wanted: Mapping[str, Any], message: str, study: Study
    ) -> None:
        with pytest.raises(CodeableError, match=message.replace("?", r"\?")) as raised:
            study.find(**wanted)
        assert raised.value.exit_status == 2

    def test_an_unknown_code_is_said_with_the_nearest(self, study: Study) -> None:
        with pytest.raises(UnknownNameError, match="did you mean 'event_bus'"):
            study.find(code="event_buss")

    @pytest.mark.parametrize("word", ["", "  ", 5, None])
    def test_a_word_that_is_none_is_refused(self, word: Any, study: Study) -> None:
        with pytest.raises(CodeableError, match=r"is empty|words are texts"):
            study.find(word)

    def test_a_study_of_cells_has_no_notes(self) -> None:
        with pytest.raises(CodeableError, match=r"find\(\)"):
            Study.of({}).find("cost")


class TestHowItShowsItself:
    def test_a_terminal_shows_quotations_with_places_and_codes(self, study: Study) -> None:
        lines = repr(study.find("log")).splitlines()
        assert lines[0] == "1 passage with 'log' (in 1 source)"
        assert lines[1].startswith("s10  ")
        assert lines[1].endswith("s_10.md:4-5  coded by anna  (cost, log_bus)")
        assert lines[2:] == ["> The log is durable,", "> and its costs are low."]

    def test_a_notebook_marks_the_words_and_runs_no_markup(self, study: Study) -> None:
        html = study.find("cost", coder="ben")._repr_html_()
        assert "bus has high <mark>Costs</mark> &amp; &lt;script&gt;" in html
        assert "<script" not in html

    def test_of_many_passages_the_first_are_shown_and_the_others_counted(self, tmp_path: Path) -> None:
        passages = "\n\n".join(f"> Passage {number}." for number in range(50))
        files = {**CODED, "sources/anna/s_10.md": f"# s 10\n# coding\n\n{passages}\n"}
        found = codeable.load(write_study(tmp_path, files)).find("passage", source="s10")
        assert len(found) == 50
        assert repr(found).endswith("... and 10 more")
        assert found._repr_html_().count("<blockquote>") == 40
        assert repr(found[45:]).count("> Passage") == 5

    def test_rows_frames_and_csv_have_exact_texts(self, study: Study) -> None:
        found = study.find(source="s10")
        (row,) = found.to_dicts()
        assert row == {
            "source": "s10",
            "file": "sources/anna/s_10.md",
            "line": 4,
            "end_line": 5,
            "kind": "quotation",
            "speaker": None,
            "coder": "anna",
            "heading": None,
            "codes": "cost; log_bus",
            "text": "The log is durable,\nand its costs are low.",
        }
        (read,) = csv.DictReader(io.StringIO(found.to_csv()))
        assert read == {key: "" if value is None else str(value) for key, value in row.items()}
        assert list(found.to_frame()["codes"]) == ["cost; log_bus"]

    def test_an_empty_answer_has_the_columns_and_says_why(self, study: Study) -> None:
        found = study.find("xyz")
        assert repr(found).startswith("0 passages with 'xyz'\nno passage has a word")
        assert list(found.to_frame().columns) == found.to_csv().strip().split(",")
