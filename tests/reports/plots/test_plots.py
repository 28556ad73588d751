"""The plots of a study: what they show, in how many parts, and what they say."""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image
from pypdf import PdfReader

from codeable.errors import CodeableError
from codeable.reports.plots.report_plot import ReportPlot
from codeable.reports.plots.sheet import Area, PlotSheet, PlotText, Stroke, Tile
from codeable.study import Study
from tests.reports.plots.studies import hostile_study, study_holding, study_named, study_of

NAMES = ("evidence", "frequency", "cooccurrence", "saturation")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def study() -> Study:
    return study_of(12, 9)


def words(plot: ReportPlot, part: int = 1) -> list[str]:
    return [mark.text for mark in plot._sheets[part - 1].marks if isinstance(mark, PlotText)]


def boxes(plot: ReportPlot) -> list[Tile]:
    return [mark for mark in plot._sheets[0].marks if isinstance(mark, Tile)]


def corners(sheet: PlotSheet) -> Iterator[tuple[float, float]]:
    for mark in sheet.marks:
        if isinstance(mark, Tile):
            yield from ((mark.x, mark.y), (mark.x + mark.width, mark.y + mark.height))
        elif isinstance(mark, Stroke | Area):
            yield from mark.points
        else:
            yield mark.x, mark.y


class TestWhatIsShown:
    def test_bars_are_sorted_begin_at_zero_and_have_their_number(self, study: Study) -> None:
        plot = study.plots.frequency
        bars = boxes(plot)
        numbers = [int(text.split()[0]) for text in words(plot) if re.fullmatch(r"\d+ \(\d+%\)", text)]
        assert numbers == sorted(numbers, reverse=True)
        assert len({bar.x for bar in bars}) == 1
        assert [round(bar.width / bars[0].width, 3) for bar in bars] == [
            round(number / numbers[0], 3) for number in numbers
        ]
        table = study.tables.frequency.to_dicts()
        assert numbers == [row["sources"] for row in table]

    def test_the_heat_map_has_a_cell_for_each_evidence(self, study: Study) -> None:
        plot = study.plots.evidence
        codes = study.codes
        assert len(boxes(plot)) == sum(len(study.evidence_of(code)) for code in codes)
        assert set(study.sources.names) <= set(words(plot))

    def test_sources_can_have_the_rows(self, study: Study) -> None:
        plot = study.plots.make("evidence", across="codes")
        assert len(boxes(plot)) == len(boxes(study.plots.evidence))
        assert "codes" in words(plot)

    def test_co_occurrence_has_the_numbers_of_the_table(self, study: Study) -> None:
        table = study.tables.cooccurrence.to_dicts()
        both = sorted(row["n_ij"] for row in table if row["n_ij"])
        shown = words(study.plots.cooccurrence)
        ours = [each for each in shown if each.isdigit()]
        for number in set(both):
            assert ours.count(str(number)) >= both.count(number)
        marked = sum(each.endswith("*") and len(each) < 6 for each in shown)
        assert marked == sum(bool(row["unequal"]) for row in table)

    def test_saturation_has_curve_band_and_new_codes(self, study: Study) -> None:
        plot = study.plots.saturation
        table = study.tables.saturation.to_dicts()
        sheet = plot._sheets[0]
        (band,) = [mark for mark in sheet.marks if isinstance(mark, Area)]
        assert len(band.points) == 2 * len(table)
        curves = [mark for mark in sheet.marks if isinstance(mark, Stroke) and len(mark.points) == len(table)]
        heights = [[y for _, y in curve.points] for curve in curves if not curve.is_dashed]
        assert len(heights) == 1
        assert [round((heights[0][0] - y) / (heights[0][0] - heights[0][-1]), 3) for y in heights[0]] == [
            round(
                (row["cumulative"] - table[0]["cumulative"])
                / (table[-1]["cumulative"] - table[0]["cumulative"]),
                3,
            )
            for row in table
        ]
        assert "middle 95% of 1000 random orders (seed 1)" in words(plot)

    @pytest.mark.parametrize(
        "held", [[9, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 9], [1, 1, 1, 1, 1, 1], [5, 0, 0, 0, 0, 5]]
    )
    def test_the_keys_of_a_curve_hide_none_of_it(self, held: list[int]) -> None:
        sheet = study_holding(held).plots.saturation._sheets[0]
        (white,) = [mark for mark in sheet.marks if isinstance(mark, Tile) and mark.fill == "#ffffff"]
        (band,) = [mark for mark in sheet.marks if isinstance(mark, Area)]
        for x, y in band.points:
            is_beside = not white.x <= x <= white.x + white.width
            assert is_beside or not white.y <= y <= white.y + white.height

    def test_codes_have_display_names_or_identifiers(self, study: Study) -> None:
        assert "Code 0" in words(study.plots.frequency)
        assert "code_0" in words(study.plots.make("frequency", labels="identifiers"))

    @pytest.mark.parametrize(("width", "millimetres"), [("column", 84), ("page", 178)])
    @pytest.mark.parametrize("name", NAMES)
    def test_nothing_is_beyond_the_edge(self, name: str, width: str, millimetres: int, study: Study) -> None:
        plot = study.plots.make(name, width=width)
        for sheet in plot._sheets:
            assert sheet.width == millimetres
            for x, y in corners(sheet):
                assert -0.01 <= x <= sheet.width + 0.01
                assert -0.01 <= y <= sheet.height + 0.01

    @pytest.mark.parametrize("dpi", [60, 110])
    def test_letters_of_a_png_are_as_wide_as_measured(self, dpi: int) -> None:
        plot = study_named("mn" * 40).plots.frequency
        picture = Image.open(BytesIO(plot.render("png", dpi=dpi))).convert("L")
        edge = picture.crop((0, 0, 1, picture.height))
        assert edge.getextrema() == (255, 255)


class TestManyCodesAndSources:
    def test_sources_beyond_the_page_are_further_parts(self) -> None:
        plot = study_of(120, 5).plots.evidence
        assert plot.parts == 3
        shown = [each for part in range(1, 4) for each in words(plot, part) if re.fullmatch(r"s\d+", each)]
        assert shown == [f"s{number}" for number in range(1, 121)]
        assert words(plot, 2)[-1] == "Part 2 of 3: s41 to s80"

    @pytest.mark.parametrize("name", ["evidence", "frequency"])
    def test_of_many_codes_the_most_frequent_are_shown_and_the_picture_says_so(self, name: str) -> None:
        study = study_of(30, 200)
        plot = study.plots[name]
        (said,) = [text for text in words(plot) if text.startswith("The 45 codes")]
        assert re.fullmatch(
            r"The 45 codes in most sources, of 1\d\d; the others are in at most \d sources?\.", said
        )
        assert said in plot.description

    def test_all_codes_are_shown_where_the_options_say_so(self) -> None:
        study = study_of(30, 100)
        plot = study.plots.make("frequency", rows=100)
        shown = [each for part in range(1, plot.parts + 1) for each in words(plot, part)]
        assert plot.parts > 1
        held = {each.name for each in study.codes if study.evidence_of(each)}
        assert held <= set(shown)

    def test_no_part_is_higher_than_a_page(self) -> None:
        study = study_of(5, 300)
        for name in ("evidence", "frequency"):
            assert all(sheet.height <= 225 for sheet in study.plots.make(name, rows=300)._sheets)


class TestLittle:
    @pytest.mark.parametrize("name", NAMES)
    def test_a_study_of_nothing_says_so(self, name: str) -> None:
        plot = Study.of({}).plots[name]
        assert re.match(r"(The study has no|No source has)", " ".join(words(plot)))
        assert b"<svg" in plot.render()

    @pytest.mark.parametrize("name", NAMES)
    @pytest.mark.parametrize(("sources", "codes"), [(1, 1), (1, 0), (2, 3)])
    def test_a_small_study_has_every_plot(self, name: str, sources: int, codes: int) -> None:
        assert study_of(sources, codes).plots[name].parts == 1


class TestHostileNames:
    @pytest.mark.parametrize(
        "name",
        ["frequency", *(pytest.param(each, marks=pytest.mark.slow) for each in NAMES if each != "frequency")],
    )
    def test_pictures_are_valid_and_show_texts_as_they_are(self, name: str) -> None:
        plot = hostile_study().plots[name]
        root = ElementTree.fromstring(plot.render("svg"))
        assert not [each for each in root.iter() if each.tag.endswith("script")]
        title = root.find(f"{SVG}title")
        assert title is not None
        assert title.text == plot.caption
        assert PdfReader(BytesIO(plot.render("pdf"))).metadata.title == plot.caption  # type: ignore[union-attr]
        if name == "frequency":
            shown = words(plot)
            assert any("$x_1$" in text for text in shown)
            assert any("\\u202e" in text for text in shown)
            assert "שלום עולם" in shown

    def test_what_is_cut_and_what_has_no_glyph_is_said_with_the_way_out(self) -> None:
        study = hostile_study()
        cut, missing = study.plots.frequency.messages
        assert cut.startswith("the plot frequency cuts 2 texts for which there is no room: 'WordWord")
        assert 'width = "page" or labels = "identifiers"' in cut
        assert "数 (U+6570)" in missing
        assert "the option `font`" in missing
        assert study.plots.make("frequency", labels="identifiers").messages == ()

    def test_a_font_that_is_not_there_is_refused(self, study: Study) -> None:
        with pytest.raises(CodeableError, match="there is no font 'Nowhere Sans'") as error:
            study.plots.make("frequency", font="Nowhere Sans")
        assert error.value.exit_status == 1  # the other reports of a run are made all the same


class TestFiles:
    @pytest.mark.slow
    def test_a_picture_is_the_same_to_the_byte_whatever_matplotlib_is_set_to(self, study: Study) -> None:
        import matplotlib

        for ending in ("svg", "pdf"):
            first = study.plots.frequency.render(ending)
            with matplotlib.rc_context({"font.family": "serif", "lines.linewidth": 9, "savefig.dpi": 20}):
                assert study.plots.frequency.render(ending) == first

    def test_fonts_are_embedded_in_a_pdf_and_outlines_in_an_svg(self, study: Study) -> None:
        (page,) = PdfReader(BytesIO(study.plots.frequency.render("pdf"))).pages
        fonts = page["/Resources"]["/Font"].values()  # type: ignore[index]
        descendants = [font.get_object()["/DescendantFonts"][0].get_object() for font in fonts]
        assert all("/FontFile2" in each["/FontDescriptor"] for each in descendants)
        assert "Code 0" in page.extract_text()
        assert b"<text" not in study.plots.frequency.render("svg")
        assert abs(float(page.mediabox.width) - 84 / 25.4 * 72) < 0.1

    def test_an_svg_describes_itself(self, study: Study) -> None:
        root = ElementTree.fromstring(study.plots.frequency.render())
        described = root.find(f"{SVG}desc")
        assert described is not None
        assert described.text is not None
        assert described.text.startswith("Bars, the longest first. Code 0: 12 (100%), Code")
        assert root.get("role") == "img"

    def test_the_digest_follows_data_and_options(self, study: Study) -> None:
        def digest(**options: object) -> str | None:
            return next(study.plots.make("frequency", **options).files(("svg",))).drawn_from

        assert digest() == digest()
        others = [
            {"width": "page"},
            {"rows": 3},
            {"labels": "identifiers"},
            {"kinds": "force"},
            {"caption": "x"},
        ]
        assert len({digest(), *(digest(**each) for each in others)}) == 1 + len(others)

    def test_files_are_named_by_part_and_format(self) -> None:
        plot = study_of(120, 3).plots.evidence
        names = [file.name for file in plot.files(("svg", "tex"))]
        assert names == ["evidence.svg", "evidence-2.svg", "evidence-3.svg"]

    def test_a_plot_is_saved_with_its_parts(self, tmp_path: Path) -> None:
        plot = study_of(120, 3).plots.evidence
        assert plot.save(tmp_path / "fig.png", dpi=30) == tmp_path / "fig.png"
        assert sorted(each.name for each in tmp_path.iterdir()) == ["fig-2.png", "fig-3.png", "fig.png"]

    @pytest.mark.parametrize(
        ("path", "message"),
        [
            ("fig", "no ending to tell the format"),
            ("fig.doc", "the format of a plot"),
            (5, "a plot is saved to"),
        ],
    )
    def test_another_ending_is_refused(self, path: object, message: str, study: Study) -> None:
        with pytest.raises(CodeableError, match=message):
            study.plots.frequency.save(path)

    def test_without_matplotlib_it_is_said_what_to_install(
        self, study: Study, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "matplotlib", None)
        with pytest.raises(CodeableError, match=r"pip install 'codeable\[plots\]'"):
            _ = study.plots.frequency


def test_a_notebook_shows_all_parts_with_messages_and_a_description() -> None:
    plot = hostile_study().plots.frequency
    bundle = plot._repr_mimebundle_()
    assert bundle["text/html"].count("<img ") == 1
    assert "<p>the plot frequency cuts" in bundle["text/html"]
    assert 'alt="Number of sources of each code. Bars' in bundle["text/html"]
    assert "<script" not in bundle["text/html"]
    assert repr(plot).startswith("<ReportPlot frequency: Number of sources of each code>\n")


def test_letters_in_cells_can_be_read() -> None:
    from codeable.reports.plots.colors import _luminance, blue, readable_on

    for shade in range(101):
        fill = blue(shade / 100)
        one, other = sorted((_luminance(fill), _luminance(readable_on(fill))))
        assert (other + 0.05) / (one + 0.05) >= 4.5


@pytest.mark.parametrize("name", ["x" * 100_000, "x " * 50_000, "_" * 100_000])
def test_a_name_of_any_length_is_cut(name: str) -> None:
    plot = study_named(name).plots.frequency
    assert max(map(len, words(plot))) < 100
    assert "cuts 1 text" in plot.messages[0]
