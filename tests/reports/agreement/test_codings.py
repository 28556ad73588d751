"""Who is compared with whom on what: coders, sources, passages, codes, and what does not count."""

from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from codeable.coded.coded_study import CodedStudy
from codeable.errors import CodeableError
from codeable.reports.agreement.alignment import words_of
from codeable.reports.agreement.codings import Codings, codings
from codeable.reports.job import coded_study
from codeable.reports.options import ReportOptions
from tests.reports.agreement.study_of_coders import NOTES, study_of_coders

CODES = ("cache", "event_bus", "latency", "queue", "transport_decision")


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> CodedStudy:
    return coded_study(study_of_coders(tmp_path_factory.mktemp("study")))


@pytest.fixture(scope="module")
def by_source(study: CodedStudy) -> Codings:
    return codings(study, ReportOptions())


@pytest.fixture(scope="module")
def by_passage(study: CodedStudy) -> Codings:
    return codings(study, ReportOptions(unit="passage"))


def written() -> dict[tuple[str, str], list[tuple[str, set[str]]]]:
    """Coder and source → each passage with its codes, from the texts of the notes and not by their reader.

    The passages before a trace share its codes.
    """
    found: dict[tuple[str, str], list[tuple[str, set[str]]]] = {}
    for name, groups in NOTES.items():
        coder, _, file = name.partition("/")
        rows = found.setdefault((coder, file.removesuffix(".md").replace("_", "")), [])
        waiting: list[str] = []
        for text, codes in groups:
            said = text.split("\n\n")[-1].replace("\n>", "").removeprefix("> ")
            waiting.append(said)
            if codes:
                given = {code.replace("message_bus", "event_bus") for code in codes.split()}
                rows += [(passage, given & set(CODES)) for passage in waiting]
                waiting = []
        rows += [(passage, set()) for passage in waiting]
    return found


def test_coders_are_in_the_order_of_the_settings(by_source: Codings) -> None:
    assert by_source.coders == ("ben", "anna", "clara")


def test_sources_that_two_coders_coded_are_compared_and_the_others_named(by_source: Codings) -> None:
    assert by_source.sources == ("p1", "s4", "s6")
    assert by_source.alone == {"s9": "clara"}


def test_codes_are_those_that_every_coder_could_give(by_source: Codings) -> None:
    assert tuple(code.name for code in by_source.codes) == CODES
    assert [code.name for code in by_source.undeclared] == ["backpressure"]


def test_a_code_of_the_notes_counts_when_two_coders_use_it(tmp_path: Path) -> None:
    notes = {**NOTES, "anna/s_6.md": (("> Buses are for events.", "backpressure"),)}
    compared = codings(coded_study(study_of_coders(tmp_path, notes)), ReportOptions())
    assert "backpressure" in [code.name for code in compared.codes]
    assert compared.undeclared == ()


def test_each_source_has_the_codes_that_the_notes_give_it(by_source: Codings) -> None:
    found = {
        (coder, unit.source): {code.name for code in codes}
        for unit in by_source.units
        for coder, codes in unit.given.items()
    }
    expected = {
        place: set().union(*(codes for _, codes in passages))
        for place, passages in written().items()
        if place != ("clara", "s9")
    }
    assert found == expected


def test_passages_with_the_same_words_are_one_unit(by_passage: Codings) -> None:
    expected: dict[tuple[str, tuple[str, ...]], dict[str, set[str]]] = {}
    for (coder, source), passages in written().items():
        for text, codes in passages:
            expected.setdefault((source, words_of(text)), {})[coder] = codes
    found = {
        (unit.source, words_of(next(iter(unit.passages.values()))[0].text)): {
            coder: {code.name for code in codes} for coder, codes in unit.given.items()
        }
        for unit in by_passage.units
    }
    assert found == {unit: by for unit, by in expected.items() if len(by) > 1}


def test_passages_that_one_coder_alone_quotes_are_counted_for_each(by_passage: Codings) -> None:
    assert by_passage.quoted_alone == {"ben": 2, "anna": 1, "clara": 1}


@pytest.mark.parametrize("unit", ["source", "passage"])
def test_ratings_are_those_of_every_code_and_unit(unit: str, by_source: Codings, by_passage: Codings) -> None:
    compared = by_source if unit == "source" else by_passage
    for size in (2, 3):
        for coders in combinations(compared.coders, size):
            expected = Counter(
                tuple(code in each.given[coder] if coder in each.given else None for coder in coders)
                for each in compared.units
                for code in compared.codes
            )
            assert compared.ratings(coders) == expected
    for code in compared.codes:
        assert compared.ratings_of(code) == Counter(
            tuple(code in each.given[coder] if coder in each.given else None for coder in compared.coders)
            for each in compared.units
        )


def test_kinds_choose_the_codes(study: CodedStudy) -> None:
    compared = codings(study, ReportOptions(kinds=("practice",)))
    assert [code.name for code in compared.codes] == ["cache", "queue"]
    assert {code.name for unit in compared.units for by in unit.given.values() for code in by} == {
        "cache",
        "queue",
    }


def test_chosen_coders_are_in_the_order_of_the_choice(study: CodedStudy) -> None:
    compared = codings(study, ReportOptions(coders=("anna", "clara")))
    assert (compared.coders, compared.sources) == (("anna", "clara"), ("p1", "s4"))


def test_an_unknown_coder_is_said_with_the_nearest(study: CodedStudy) -> None:
    with pytest.raises(CodeableError) as raised:
        codings(study, ReportOptions(coders=("ana", "ben")))
    assert raised.value.exit_status == 2
    assert raised.value.message == (
        "the report agreement: there is no coder 'ana'; did you mean 'anna'?\n"
        "The coders are: ben, anna, clara"
    )


def test_one_coder_cannot_be_compared(study: CodedStudy) -> None:
    with pytest.raises(CodeableError, match="'anna' is one coder; name two or more of: ben, anna, clara"):
        codings(study, ReportOptions(coders=("anna", "anna")))


def test_notes_without_coder_or_trace_do_not_count(tmp_path: Path) -> None:
    notes = {
        "s_6.md": (("> Buses are for events.", "event_bus"),),
        "anna/s_4.md": NOTES["anna/s_4.md"],
        "ben/s_4.md": (("> Queues smooth the load of a busy evening.", ""),),
    }
    compared = codings(coded_study(study_of_coders(tmp_path, notes)), ReportOptions())
    assert [Path(path).name for path in compared.without_coder] == ["s_6.md"]
    assert [Path(path).parent.name for path in compared.without_traces] == ["ben"]
    assert (compared.sources, compared.alone) == ((), {"s4": "anna"})


def test_a_passage_that_a_coder_quotes_twice_has_the_codes_of_both(tmp_path: Path) -> None:
    notes = {
        "anna/s_4.md": (("> A cache hides it.", "cache"), ("> A cache hides it.", "latency")),
        "ben/s_4.md": (("> A cache hides it.", "cache\nlatency"),),
    }
    compared = codings(coded_study(study_of_coders(tmp_path, notes)), ReportOptions(unit="passage"))
    assert [unit.given["anna"] == unit.given["ben"] for unit in compared.units] == [True]


def test_a_note_that_does_not_say_which_source_it_is_about_is_named(tmp_path: Path) -> None:
    study = study_of_coders(tmp_path)
    lost = tmp_path / "notes" / "anna" / "lost.md"
    lost.write_text("# s\n# coding\n\n> Lost.\n", encoding="utf-8")
    study.reload()
    compared = codings(coded_study(study), ReportOptions())
    assert [Path(path).name for path in compared.without_source] == ["lost.md"]


def test_codes_that_only_notes_have_do_not_count_where_kinds_are_chosen(tmp_path: Path) -> None:
    notes = {**NOTES, "anna/s_6.md": (("> Buses are for events.", "backpressure"),)}
    compared = codings(coded_study(study_of_coders(tmp_path, notes)), ReportOptions(kinds=("practice",)))
    assert [code.name for code in compared.undeclared] == ["backpressure"]
