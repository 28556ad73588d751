"""The report `agreement`: its tables and page, its messages, and that it is made on request only."""

import csv
import io
from collections import Counter
from collections.abc import Iterable
from itertools import combinations, product
from pathlib import Path

import pytest

from codeable.coded.coded_study import CodedStudy
from codeable.errors import CodeableError
from codeable.reports.agreement.report import AgreementReport, agreement
from codeable.reports.job import coded_study
from codeable.reports.options import ReportOptions
from codeable.reports.report_table import ReportTable
from codeable.study import Study
from tests.reports.agreement.study_of_coders import NOTES, SETTINGS, Group, study_of_coders


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return study_of_coders(tmp_path_factory.mktemp("study"))


@pytest.fixture(scope="module")
def study(loaded: Study) -> CodedStudy:
    return coded_study(loaded)


@pytest.fixture(scope="module")
def report(study: CodedStudy) -> AgreementReport:
    return agreement(study, ReportOptions(), "agreement")


def made(folder: Path, notes: dict[str, tuple[Group, ...]], **options: object) -> AgreementReport:
    study = study_of_coders(folder, notes)
    found = study.reports.make("agreement", **options)
    assert isinstance(found, AgreementReport)
    return found


def column(table: ReportTable, key: str) -> list[object]:
    return [row[table.keys.index(key)] for row in table.rows]


def rows(table: ReportTable, *keys: str) -> list[tuple[object, ...]]:
    return list(zip(*(column(table, key) for key in keys), strict=True))


class TestCoefficients:
    def test_each_pair_has_a_row_and_all_together_have_one(self, report: AgreementReport) -> None:
        assert rows(report.coders, "coders", "sources", "all", "some", "none") == [
            (("ben", "anna"), 3, 6, 3, 6),
            (("ben", "clara"), 2, 2, 5, 3),
            (("anna", "clara"), 2, 2, 4, 4),
            (("ben", "anna", "clara"), 3, 3, 6, 6),
        ]

    def test_kappa_is_that_of_the_four_cells_worked_out_by_hand(self, report: AgreementReport) -> None:
        """Of 15 answers, both give 6 codes and both none of 6; Ben alone gives 2, Anna alone 1."""
        agreed, ben, anna = 12 / 15, 8 / 15, 7 / 15
        chance = ben * anna + (1 - ben) * (1 - anna)
        assert column(report.coders, "kappa")[0] == pytest.approx((agreed - chance) / (1 - chance))
        assert column(report.coders, "equal")[0] == pytest.approx(agreed)
        assert column(report.coders, "presence")[0] == pytest.approx(12 / 15)

    def test_figures_without_the_codes_that_nobody_gave_are_said(self, study: CodedStudy) -> None:
        """Without the decision, which nobody gave in 3 sources: 6, 3 and 3 answers."""
        found = agreement(study, ReportOptions(coders=("anna", "ben")), "agreement")
        agreed, anna, ben = 9 / 12, 7 / 12, 8 / 12
        chance = ben * anna + (1 - ben) * (1 - anna)
        kappa = (agreed - chance) / (1 - chance)
        note = f"If the 1 code that nobody gave is left out: anna, ben: κ {kappa:.3f}, α 0.489."
        assert note in found.coders.notes

    def test_kappa_is_for_two_coders_only(self, report: AgreementReport) -> None:
        assert column(report.coders, "kappa")[-1] is None
        assert "Cohen’s κ compares two coders. The last row has all coders." in report.coders.notes

    def test_two_coders_have_one_row(self, study: CodedStudy) -> None:
        found = agreement(study, ReportOptions(coders=("anna", "ben")), "agreement")
        assert column(found.coders, "coders") == [("anna", "ben")]

    def test_passages_are_counted_where_they_are_the_units(self, study: CodedStudy) -> None:
        found = agreement(study, ReportOptions(unit="passage"), "agreement")
        assert rows(found.coders, "sources", "units", "all", "some", "none")[0] == (3, 6, 6, 2, 22)

    def test_the_order_of_two_coders_changes_no_coefficient(self, study: CodedStudy) -> None:
        for unit, pair in product(("source", "passage"), combinations(("anna", "ben", "clara"), 2)):
            one = agreement(study, ReportOptions(unit=unit, coders=pair), "agreement")  # type: ignore[arg-type]
            other = agreement(study, ReportOptions(unit=unit, coders=pair[::-1]), "agreement")  # type: ignore[arg-type]
            keys = ("equal", "presence", "kappa", "alpha")
            assert rows(one.coders, *keys) == rows(other.coders, *keys)


class TestCodes:
    def test_each_code_that_somebody_gave_has_a_row(self, report: AgreementReport) -> None:
        assert rows(report.codes, "code", "name", "kind", "all", "some", "none") == [
            ("cache", "Cache", "practice", 1, 1, 1),
            ("event_bus", "Event Bus", "pattern", 1, 2, 0),
            ("latency", "Latency", "force", 0, 2, 1),
            ("queue", "Queue", "practice", 1, 1, 1),
        ]
        assert "Codes that no coder gave: 1. They have no row." in report.codes.notes

    def test_the_answers_of_all_codes_add_up_to_those_of_all_coders(self, report: AgreementReport) -> None:
        for key in ("all", "some"):
            assert sum(map(int, column(report.codes, key))) == column(report.coders, key)[-1]  # type: ignore[call-overload]


class TestDisagreements:
    def test_each_passage_of_a_code_that_others_did_not_give_is_there(self, study: CodedStudy) -> None:
        found = agreement(study, ReportOptions(coders=("anna", "ben")), "agreement").disagreements
        assert found.rows == (
            (
                *("p1", "queue", ("ben",), ("anna",), "notes/ben/p_1.md:20"),
                *("It is slow at night,\nand we live with that.", "anna: latency"),
            ),
            (
                *("s4", "cache", ("anna",), ("ben",), "notes/anna/s_4.md:14"),
                *("A cache hides it.", "ben: does not quote it"),
            ),
            (
                *("s4", "event_bus", ("ben",), ("anna",), "notes/ben/s_4.md:15"),
                *("An event bus is something else.", "anna: does not quote it"),
            ),
        )

    def test_a_passage_that_several_coders_quote_is_there_once_with_all_places(
        self, report: AgreementReport
    ) -> None:
        found = rows(report.disagreements, "code", "place", "others")
        assert (
            "latency",
            "notes/anna/p_1.md:20; notes/ben/p_1.md:20",
            "clara: does not quote it",
        ) in found

    def test_a_coder_who_quotes_the_passage_without_a_code_is_said_to(self, study: CodedStudy) -> None:
        found = agreement(study, ReportOptions(unit="passage"), "agreement").disagreements
        assert ("s4", "cache", "clara: no code") in rows(found, "source", "code", "others")

    def test_a_code_mentioned_without_a_passage_has_its_place(self, tmp_path: Path) -> None:
        notes: dict[str, tuple[Group, ...]] = {
            "anna/s_4.md": (("", "queue"),),
            "ben/s_4.md": (("> A cache hides it.", "cache"),),
        }
        found = made(tmp_path, notes).disagreements
        assert rows(found, "code", "place", "text", "others") == [
            ("cache", "notes/ben/s_4.md:7", "A cache hides it.", "anna: does not quote it"),
            ("queue", "notes/anna/s_4.md:11", "", "ben: not given"),
        ]

    def test_coders_who_agree_in_everything_have_none(self, tmp_path: Path) -> None:
        same = (("> A cache hides it.", "cache"), ("> And a queue.", "queue"))
        found = made(tmp_path, {"anna/s_4.md": same, "ben/s_4.md": same}, kinds=["practice"])
        assert found.disagreements.rows == ()
        assert found.disagreements.notes == ("The coders differ nowhere.",)


class TestUnitised:
    def test_the_interview_that_two_quote_whole_has_a_row_for_each_code(
        self, report: AgreementReport
    ) -> None:
        found = list(rows(report.unitised, "source", "coders", "words", "code", "stretches"))
        assert found[:5] == [
            ("p1", ("anna", "ben"), 37, "all codes", 7),
            ("p1", ("anna", "ben"), 37, "cache", 2),
            ("p1", ("anna", "ben"), 37, "event_bus", 2),
            ("p1", ("anna", "ben"), 37, "latency", 2),
            ("p1", ("anna", "ben"), 37, "queue", 1),
        ]

    def test_its_alpha_is_that_of_the_stretches_worked_out_by_hand(self, report: AgreementReport) -> None:
        """The bus: Anna to the end of the nested quotation (8 + 7 + 10 of 37 words), Ben without it."""
        observed = 2 * 10**2 / (2 * 37**2)
        lengths, gaps = (25, 15), (12, 22)
        chance = sum(
            (2 - 1) / 3 * 2 * size**3 + size**2 * sum(gap - size for gap in gaps if gap >= size)
            for size in lengths
        )
        expected = 2 / 37 * chance / ((2 * 37) ** 2 - sum(size**2 for size in lengths))
        row = rows(report.unitised, "code", "observed", "expected", "alpha")[2]
        assert row[0] == "event_bus"
        assert row[1:] == pytest.approx((observed, expected, 1 - observed / expected))

    def test_what_is_not_possible_is_said_with_the_reason(self, report: AgreementReport) -> None:
        notes = " ".join(report.unitised.notes)
        assert "Not possible for p1 for clara, s4 (anna has 57%, clara has 57% of the words of ben)" in notes
        assert "it is not known which text was read and left uncoded" in notes

    def test_a_code_on_the_whole_text_is_undefined(self, report: AgreementReport) -> None:
        assert ("s6", "event_bus", "undefined") in rows(report.unitised, "source", "code", "alpha")
        assert (
            "Undefined for s6: all codes, s6: event_bus: every coder gave each code to the whole text."
            in report.unitised.notes
        )

    def test_words_that_not_all_notes_have_are_counted(self, tmp_path: Path) -> None:
        text = "We keep one queue for every shop and another one for the stock"
        notes: dict[str, tuple[Group, ...]] = {
            "anna/s_4.md": ((f"> {text}", "queue"), ("> and we sleep", "cache")),
            "ben/s_4.md": ((f"> {text.replace('another one', 'another')}", "queue"), ("> and we sleep", "")),
        }
        found = made(tmp_path, notes).unitised
        assert rows(found, "code", "words")[0] == ("all codes", 15)
        assert "Words that not all notes have are left out: s4 1." in found.notes

    def test_without_an_interview_there_is_none(self, tmp_path: Path) -> None:
        found = made(tmp_path, {"anna/s_4.md": NOTES["anna/s_4.md"], "ben/s_4.md": NOTES["ben/s_4.md"]})
        assert found.unitised.rows == ()
        assert found.unitised.notes[0] == "No two notes of a source hold the same text."


class TestUndefined:
    def test_equal_answers_to_everything_give_no_coefficient(self, tmp_path: Path) -> None:
        same = (("> A cache hides it, and a queue.", "cache\nqueue"),)
        found = made(tmp_path, {"anna/s_4.md": same, "ben/s_4.md": same}, kinds=["practice"])
        assert rows(found.coders, "equal", "kappa", "alpha") == [(1.0, "undefined", "undefined")]
        assert found.coders.notes[1:] == (
            "Cohen’s κ of ben, anna is undefined: both coders rated every unit alike.",
            "Krippendorff’s α of ben, anna is undefined: every rating is the same.",
        )
        assert "NaN" not in found.to_markdown()

    @pytest.mark.parametrize(
        ("notes", "reason"),
        [
            ({}, "no note names its coder"),
            ({"s_4.md": NOTES["anna/s_4.md"]}, "no note names its coder"),
            ({"anna/s_4.md": NOTES["anna/s_4.md"]}, "anna is the only coder"),
            (
                {"anna/s_4.md": NOTES["anna/s_4.md"], "clara/s_9.md": NOTES["clara/s_9.md"]},
                "no source was coded by two of anna and clara",
            ),
        ],
    )
    def test_without_two_coders_of_one_source_it_says_so(
        self, notes: dict[str, tuple[Group, ...]], reason: str, tmp_path: Path
    ) -> None:
        found = made(tmp_path, notes)
        sentence = f"Agreement is undefined: {reason}."
        assert found.facts[0] == sentence
        assert sentence in found.messages
        assert sentence in found.to_markdown()
        assert sentence in found.to_html()
        if not any(table.rows for table in found.tables):
            assert "|" not in found.to_markdown()
            assert "<table" not in found.to_html()
        assert all(table.rows == () or "undefined" in column(table, "alpha") for table in found.tables)

    def test_without_a_passage_that_two_quote_it_says_so(self, tmp_path: Path) -> None:
        notes: dict[str, tuple[Group, ...]] = {
            "anna/s_4.md": (("> One.", "cache"),),
            "ben/s_4.md": (("> Two.", "cache"),),
        }
        found = made(tmp_path, notes, unit="passage")
        assert found.facts[0] == "Agreement is undefined: no passage is quoted by two coders."
        assert rows(found.coders, "units", "kappa", "alpha") == [(0, "undefined", "undefined")]

    def test_without_a_code_of_a_kind_it_says_so(self, study: CodedStudy) -> None:
        found = agreement(study, ReportOptions(kinds=("category",)), "agreement")
        assert found.facts[0] == "Agreement is undefined: there is no code that two coders could give."

    def test_a_study_of_cells_has_no_coders(self) -> None:
        found = Study.of({}).reports.agreement
        assert found.messages[1] == "Agreement is undefined: no note names its coder."


class TestPage:
    def test_it_begins_with_when_not_to_use_it(self, report: AgreementReport) -> None:
        lines = report.to_markdown().split("\n")
        assert lines[:4:2] == ["# Agreement between coders", "## When not to use these figures"]
        assert lines[4].startswith("Do not report these figures for an interpretive analysis.")
        html = report.to_html()
        assert html.index("When not to use these figures") < html.index("What was compared")

    def test_it_states_units_codes_and_what_does_not_count(self, study: CodedStudy) -> None:
        facts = agreement(study, ReportOptions(unit="passage"), "agreement").facts
        assert facts[:3] == (
            "Coders: ben, anna and clara.",
            "3 sources were coded by at least two coders: p1, s4, s6.",
            "1 source that one coder alone coded does not count: s9 (clara).",
        )
        assert facts[3].startswith("Unit: passage × code, as the notes say.")
        assert facts[4].startswith(
            "Passages that at least two coders quote: 7 of 11. Those that one coder alone quotes do not "
            "count: 2 by ben, 1 by anna and 1 by clara."
        )
        assert facts[5].startswith("Codes: 1 decision, 2 practices, 1 pattern and 1 force.")
        assert facts[-1].startswith(
            "Not counted: 1 code that only the notes of one coder have: backpressure."
        )

    def test_chosen_kinds_are_said(self, study: CodedStudy) -> None:
        facts = agreement(study, ReportOptions(kinds=("practice",)), "agreement").facts
        assert any(fact.startswith("Codes (the chosen kinds alone): 2 practices.") for fact in facts)

    def test_notes_without_a_coder_are_named_with_the_way_out(self, tmp_path: Path) -> None:
        notes = {**NOTES, "s_6.md": (("> Buses.", "event_bus"),)}
        facts = made(tmp_path, notes).facts
        assert (
            "1 note names no coder and does not count: notes/s_6.md. A note names its coder below "
            "“## coder”, or [tool.codeable.coders] names the folder of each."
        ) in facts

    def test_notes_that_say_too_little_are_named(self, tmp_path: Path) -> None:
        study = study_of_coders(tmp_path, {**NOTES, "clara/s_6.md": (("> Buses.", ""),)})
        (tmp_path / "notes" / "anna" / "lost.md").write_text("# s\n# coding\n\n> Lost.\n", encoding="utf-8")
        study.reload()
        facts = study.reports.agreement.facts
        assert "Notes without a coding trace do not count: notes/clara/s_6.md." in facts
        assert "Notes that do not say which source they are about do not count: notes/anna/lost.md." in facts

    def test_sub_codes_are_said_not_to_count_for_their_code(self, tmp_path: Path) -> None:
        study = study_of_coders(tmp_path)
        models = tmp_path / "models" / "shop.py"
        more = 'shared_cache = CClass(practice, "Shared Cache", superclasses=cache)\n'
        models.write_text(models.read_text(encoding="utf-8") + more, encoding="utf-8")
        study.reload()
        facts = study.reports.agreement.facts
        assert facts[-1] == "A sub-code is not counted for the code that it specialises."

    def test_every_table_is_on_it(self, report: AgreementReport) -> None:
        markdown, html = report.to_markdown(), report.to_html()
        for table in report.tables:
            assert table.to_markdown().strip() in markdown
            assert f'id="tab-{table.name}"' in html

    def test_hostile_texts_are_text(self, tmp_path: Path) -> None:
        text = "> <script>alert(1)</script> | *x* $y$ [a](javascript:b) \u202e & 漢"
        notes: dict[str, tuple[Group, ...]] = {
            "anna/s_4.md": ((text, "cache"),),
            "ben/s_4.md": (("> Two.", "queue"),),
        }
        found = made(tmp_path, notes)
        assert "<script>alert" not in found.to_html()
        assert "\u202e" not in found.to_html()
        assert "<script>" not in found.to_markdown().replace("\\<script>", "")


class TestFiles:
    def test_the_page_is_one_file_and_each_table_is_one(self, report: AgreementReport) -> None:
        names = [file.name for file in report.files(("md", "html", "csv"))]
        tables = ("coders", "codes", "unitised", "disagreements")
        assert names == ["agreement.md", "agreement.html", *(f"agreement_{each}.csv" for each in tables)]

    def test_csv_has_exact_cells(self, report: AgreementReport) -> None:
        (file,) = [file for file in report.files(("csv",)) if file.name == "agreement_coders.csv"]
        first = next(csv.DictReader(io.StringIO(file.data.decode("utf-8"))))
        assert first["coders"] == "ben; anna"
        assert float(first["kappa"]) == column(report.coders, "kappa")[0]

    def test_a_spreadsheet_runs_no_passage(self, tmp_path: Path) -> None:
        notes: dict[str, tuple[Group, ...]] = {
            "anna/s_4.md": (("> =HYPERLINK(1)", "cache"),),
            "ben/s_4.md": (("> Two.", "queue"),),
        }
        found = made(tmp_path, notes, excel=True)
        assert "'=HYPERLINK(1)" in found.disagreements.to_csv(excel=found.disagreements.excel)

    def test_two_runs_give_the_same_bytes(self, study: CodedStudy) -> None:
        def files() -> Iterable[tuple[str, bytes]]:
            found = agreement(study, ReportOptions(unit="passage"), "agreement")
            return [(file.name, file.data) for file in found.files(("md", "html", "csv"))]

        assert files() == files()


class TestRequest:
    def test_it_is_never_made_without_being_asked_for(self, loaded: Study) -> None:
        assert not any(isinstance(each, AgreementReport) for each in loaded.reports)
        assert "agreement" in dir(loaded.reports)

    def test_it_shows_itself_as_the_table_of_coefficients(self, report: AgreementReport) -> None:
        assert repr(report).startswith("Agreement between coders (source × code)")
        assert "<table" in report._repr_html_()

    def test_it_never_shows_itself_without_saying_when_not_to_use_it(self, report: AgreementReport) -> None:
        caution = "Do not report these figures for an interpretive analysis."
        assert caution in repr(report)
        assert report._repr_html_().index(caution) < report._repr_html_().index("<table")

    def test_settings_choose_unit_and_coders(self, tmp_path: Path) -> None:
        chosen = '\n[tool.codeable.reports.agreement]\nunit = "passage"\ncoders = ["anna", "ben"]\n'
        study = study_of_coders(tmp_path, settings=f"{SETTINGS.rstrip()}\n{chosen}".replace("\n    ", "\n"))
        assert study.reports.agreement.coders.caption == "Agreement between coders (passage × code)"
        assert column(study.reports.agreement.coders, "coders") == [("anna", "ben")]

    def test_a_report_of_ones_own_has_files_of_its_own(self, tmp_path: Path) -> None:
        chosen = '\n[tool.codeable.reports.on_passages]\nof = "agreement"\nunit = "passage"\n'
        study = study_of_coders(tmp_path, settings=f"{SETTINGS.rstrip()}\n{chosen}".replace("\n    ", "\n"))
        found = study.reports.on_passages
        assert [file.name for file in found.files(("md", "csv"))][:2] == [
            "on_passages.md",
            "on_passages_coders.csv",
        ]

    def test_a_wrong_coder_in_a_call_is_an_error_of_the_user(self, loaded: Study) -> None:
        with pytest.raises(CodeableError, match="did you mean 'clara'"):
            loaded.reports.make("agreement", coders=["claire", "anna"])


def test_answers_are_counted_once_each(report: AgreementReport) -> None:
    """Sources × codes of the table are those of the notes: 3 sources and 5 codes, or 2 sources."""
    sums = Counter(
        {
            coders: int(all_of) + int(some) + int(none)  # type: ignore[call-overload]
            for coders, all_of, some, none in rows(report.coders, "coders", "all", "some", "none")
        }
    )
    assert sorted(sums.values()) == [10, 10, 15, 15]
