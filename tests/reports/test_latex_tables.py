"""Tables in LaTeX: what a paper sets, whatever is in the cells, in one column and in two."""

import random
import re
from pathlib import Path

import pytest

from codeable.reports.formats.latex_words import word_in_latex
from codeable.reports.report_table import Cell, ReportColumn, ReportTable, Width
from tests.reports.hostile import HOSTILE as HOSTILE_CELLS
from tests.reports.latex_documents import ONE_COLUMN, T1, TWO_COLUMNS, compiled, in_document, words
from tests.reports.test_latex_escape import HOSTILE

LOREM = ["teams", "publish", "data", "products", "from", "the", "lake,", "and", "find", "them", "in", "a"]
LOREM += ["catalogue", "of", "our", "platform"]


def table_of(
    columns: str,
    *rows: tuple[Cell, ...],
    notes: tuple[str, ...] = (),
    width: Width = "page",
    long: bool | None = None,
    caption: str = "Sample",
    label: str = "tab:sample",
) -> ReportTable:
    """A table with columns such as `id:name codes:number`; `+` after a kind makes groups."""
    made = []
    for each in columns.split():
        key, kind = each.split(":")
        made.append(ReportColumn(key, key.capitalize(), kind.rstrip("+"), grouped=kind.endswith("+")))  # type: ignore[arg-type]
    return ReportTable("sample", caption, tuple(made), rows, label, notes, width, long)


def body(table: ReportTable) -> list[str]:
    """The lines of the rows, heads included."""
    return [line.strip() for line in table.to_latex().splitlines() if " & " in line]


def sentence(words: int, seed: int = 1) -> str:
    return " ".join(random.Random(seed).choices(LOREM, k=words))


def test_a_small_table_is_a_float_with_booktabs_rules() -> None:
    rows = [("a_code_of_the_study_with_a_long_name", 12), ("s6", 3)]
    table = table_of("id:name codes:number", *rows, notes=("Codes of the modules.",))
    latex = table.to_latex()
    assert latex.count(r"\begin{table*}[htbp]") == 1
    assert r"\caption{Sample}" in latex
    assert r"\label{tab:sample}" in latex
    assert r"\begin{tabular}{@{}lr@{}}" in latex
    assert r"\item Codes of the modules." in latex
    rules = [line.strip() for line in latex.splitlines() if "rule" in line]
    assert rules == [r"\toprule", r"\midrule", r"\bottomrule"]
    assert body(table)[::2] == [r"Id & Codes \\", r"s6 & 3 \\"]


def test_what_pdflatex_cannot_set_is_said_in_the_file() -> None:
    columns = (ReportColumn("title", "Title"),)
    first = ReportTable("t", "T", columns, (("漢字",),)).to_latex().partition("\\begin")[0]
    assert "\n% pdfLaTeX cannot set 2 characters and shows: 字 [U+5B57], 漢 [U+6F22]; LuaLaTeX sets" in first
    assert "cannot" not in ReportTable("t", "T", columns, (("Größe",),)).to_latex()


def test_code_in_a_note_is_set_as_code() -> None:
    latex = table_of("id:name", ("s4",), notes=("The option `rows_of` sets `100 %`, `", "`a`")).to_latex()
    assert r"\item The option \texttt{rows\_of} sets \texttt{100 \%}, \codeableown" in latex
    assert r"\item \texttt{a}" in latex


def test_notes_below_a_narrow_table_have_room() -> None:
    latex = table_of("id:name n:number", ("s4", 12), notes=("A note.",)).to_latex()
    assert r"\begin{tabular*}{0.5\linewidth}{@{\extracolsep{\fill}}lr@{}}" in latex


def test_a_table_with_many_notes_becomes_wide_before_it_becomes_long() -> None:
    notes = tuple(sentence(30) for _ in range(8))
    latex = table_of("id:name codes:number", *((f"s{n}", n) for n in range(12)), notes=notes).to_latex()
    assert r"\begin{tabular*}{0.95\linewidth}" in latex
    assert r"\begin{table*}" in latex


@pytest.mark.parametrize("long", [False, True])
def test_french_adds_no_spaces_to_the_texts(long: bool) -> None:
    assert r"\NoAutoSpacing\fi" in table_of("id:name", ("s4",), long=long).to_latex()


def test_columns_of_text_wrap_before_they_are_cut_into_parts() -> None:
    columns = "code:name kind:name definition:text sources:number passages:number example:quotation from:name"
    row = ("a_code_of_the_study", "practice", sentence(9), 3, 12, sentence(20), "s4")
    assert "(part 1" not in table_of(columns, row).to_latex()


@pytest.mark.parametrize("room", [40, 60, 90, 120])
def test_an_address_breaks_at_a_stroke_before_it_breaks_at_a_point(room: int) -> None:
    latex = word_in_latex("https://bit.ly/data-as-a-product-s4", room, is_url=True)
    assert r"https://\allowbreak{}bit" in latex
    assert "bit.\\allowbreak" not in latex


def test_the_width_chooses_the_float() -> None:
    assert r"\begin{table}[htbp]" in table_of("id:name", ("s4",), width="column").to_latex()
    assert r"\begin{table*}[htbp]" in table_of("id:name", ("s4",), width="page").to_latex()


def test_a_column_of_long_texts_takes_the_width_that_is_left() -> None:
    latex = table_of("id:name text:quotation n:number", ("s4", sentence(40), 3)).to_latex()
    assert r"\begin{tabularx}{\linewidth}{@{}l>{\raggedright\arraybackslash\hsize1.000\hsize}Xr@{}}" in latex


def test_rows_of_several_lines_have_space_between_them() -> None:
    rows = [("s4", sentence(40)), ("s6", sentence(40))]
    assert table_of("id:name text:text", *rows).to_latex().count(r"\addlinespace[2pt]") == 1


def test_values_are_shown_as_readers_see_them() -> None:
    table = table_of(
        "a:share b:coefficient c:mark d:number e:name",
        (0.125, -0.4, True, -3, ("s4", "s6")),
        (None, None, False, 0, ()),
    )
    assert body(table)[1:] == [
        r"12.5\% & \ensuremath{-}0.400 & yes & \ensuremath{-}3 & s4, s6 \\",
        r"&  & no & 0 &  \\",
    ]


def test_a_value_of_a_group_is_shown_once() -> None:
    table = table_of(
        "decision:text+ option:text+ force:text",
        ("a", "x", "1"),
        ("a", "x", "2"),
        ("a", "y", "2"),
        ("b", "y", "2"),
    )
    rows = [[cell.strip() for cell in line.removesuffix(r"\\").split("&")] for line in body(table)[1:]]
    assert rows == [["a", "x", "1"], ["", "", "2"], ["", "y", "2"], ["b", "y", "2"]]
    assert table.to_latex().count(r"\addlinespace") == 1


def test_a_long_table_repeats_its_head_and_ends_with_its_notes() -> None:
    latex = table_of("id:name n:number", *((f"s{n}", n) for n in range(100)), notes=("A note.",)).to_latex()
    assert r"\begin{longtable}" in latex
    assert latex.count(r"Id & N \\") == 2
    assert "(continued)" in latex
    assert latex.index("A note.") > latex.index(r"\end{longtable}")
    assert r"\begin{table" not in latex


def test_a_long_table_is_cut_where_the_memory_of_tex_ends_and_says_again_which_group_it_is() -> None:
    rows = [("s1", number, sentence(60, number % 9)) for number in range(800)]
    table = table_of("source:name+ line:number text:quotation", *rows)
    latex = table.to_latex()
    assert latex.count(r"\begin{xltabular}") == 2
    assert r"\caption{Sample (part 2 of 2)}" in latex
    groups = [line for line in body(table) if line.startswith("s1 & ")]
    assert len(groups) == 2
    assert groups[0].startswith("s1 & 0 & ")


def test_a_row_that_is_higher_than_a_page_is_cut_between_sentences() -> None:
    passage = " ".join(f"{sentence(12, seed).capitalize()}." for seed in range(200))
    rows = [("s4", passage, "event_bus"), ("s4", "Short.", "queue")]
    latex = table_of("source:name+ text:quotation code:name", *rows).to_latex()
    first, *others, last = re.findall(
        r"^  (\S*) & (.*) & (\S*) \\\\$", latex.split(r"\endlastfoot")[1], re.MULTILINE
    )
    assert (first[0], first[2]) == ("s4", r"event\_bus")
    assert len(others) > 3
    assert {(source, code) for source, _, code in others} == {("", "")}
    assert " ".join(text for _, text, _ in (first, *others)) == passage
    assert all(text.endswith(".") for _, text, _ in others)
    assert last == ("", "Short.", "queue")


@pytest.mark.slow
@pytest.mark.parametrize("document", [ONE_COLUMN, ONE_COLUMN.replace("{article}", "[12pt]{article}")])
def test_a_long_passage_stays_on_its_pages(document: str, tmp_path: Path) -> None:
    texts = [sentence(1500), "x" * 5000, "\n".join(map(sentence, [40] * 40)), "漢" * 800]
    table = table_of("source:name text:quotation code:name", *(("s4", text, "bus") for text in texts))
    assert compiled(in_document(table.to_latex(), document), tmp_path).complaints == ()


def test_the_settings_choose_whether_a_table_is_long() -> None:
    assert r"\begin{longtable}" in table_of("id:name", ("s4",), long=True).to_latex()
    assert r"\begin{xltabular}" in table_of("id:name text:text", ("s4", sentence(60)), long=True).to_latex()
    assert r"\begin{table*}" in table_of("id:name", *((f"s{n}",) for n in range(100)), long=False).to_latex()


def test_columns_that_do_not_fit_become_parts_with_the_first_column() -> None:
    columns = "code:name " + " ".join(f"s{n}:number" for n in range(60))
    table = table_of(columns, *((f"code_{code}", *([1] * 60)) for code in range(3)))
    latex = table.to_latex()
    parts = latex.count(r"\begin{table*}")
    assert parts > 1
    assert rf"\caption{{Sample (part 1 of {parts})}}" in latex
    assert r"\label{tab:sample}" in latex
    assert r"\label{tab:sample-2}" in latex
    heads = [line.removesuffix(r" \\").split(" & ") for line in body(table) if line.startswith("Code &")]
    assert [head for part in heads for head in part[1:]] == [f"S{n}" for n in range(60)]
    assert max(map(len, heads)) - min(map(len, heads)) <= parts


def test_each_part_has_the_columns_that_say_what_a_row_is_about() -> None:
    numbers = " ".join(f"s{n}:number" for n in range(60))
    rows = [(one, other, *([1] * 60)) for one in ("bus", "queue") for other in ("cache", "log")]
    heads = [line for line in body(table_of(f"one:name other:name {numbers}", *rows)) if "S" in line]
    assert len(heads) > 1
    assert all(head.startswith("One & Other & S") for head in heads)


def test_a_long_table_has_the_width_of_the_page() -> None:
    columns = "code:name " + " ".join(f"count{n}:number" for n in range(8))
    rows = [(f"code_{row}", *([row] * 8)) for row in range(100)]
    latex = table_of(columns, *rows, width="column").to_latex()
    assert latex == table_of(columns, *rows, long=True).to_latex()
    assert latex.count(r"\begin{longtable}") == 1
    assert table_of(columns, *rows[:9], width="column").to_latex().count(r"\begin{table}") > 1


def test_a_table_is_cut_only_where_the_page_is_narrow() -> None:
    columns = "code:name " + " ".join(f"s{n}:number" for n in range(20))
    latex = table_of(columns, ("code", *([100] * 20))).to_latex()
    narrow, wide = latex.split(r"\ifdim\textwidth<405pt")[1].split("\\else\n")
    assert narrow.count(r"\begin{table*}") == 2
    assert wide.count(r"\begin{table*}") == 1
    assert wide.rstrip().endswith(r"\fi")


def test_a_table_of_many_parts_does_not_float() -> None:
    columns = "code:name " + " ".join(f"s{n}:number" for n in range(300))
    latex = table_of(columns, ("code", *([1] * 300))).to_latex()
    assert r"\begin{table" not in latex
    assert latex.count(r"\begin{longtable}") > 8


def test_a_table_without_rows_says_so() -> None:
    assert r"\multicolumn{2}{@{}l@{}}{No rows} \\" in table_of("id:name n:number").to_latex()


def test_no_cell_is_taken_for_an_option_of_the_row_before() -> None:
    assert [line[:3] for line in body(table_of("a:text b:text", ("[x]", "1"), ("*", "2")))[1:]] == [
        "{[}",
        "{*}",
    ]


@pytest.mark.parametrize("label", ["tab:a b", "tab:ä{}", "tab:%#\\", "fig:x_1"])
def test_a_label_is_one_that_latex_can_write(label: str) -> None:
    written = table_of("a:text", ("x",), label=label).to_latex().split(r"\label{")[1].split("}")[0]
    assert written.isascii()
    assert not set(written) & set(" {}%#\\")


def test_a_file_names_the_packages_that_it_needs() -> None:
    float_, long = table_of("a:text", ("x",)).to_latex(), table_of("a:text", ("x",), long=True).to_latex()
    assert float_.splitlines()[1] == r"%   \usepackage{booktabs,tabularx,threeparttable}"
    assert long.splitlines()[1] == r"%   \usepackage{booktabs,xltabular}"


def test_lines_of_a_cell_stay_lines() -> None:
    assert (
        body(table_of("a:name b:quotation", ("x", "\nA: why?\n\nB: because\r\n")))[1]
        == r"x & A: why? \newline B: because \\"
    )


WIDE = (
    "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente",
    "a_rather_long_identifier_of_a_practice_that_somebody_named_in_full",
    "https://example.org/blog/2021/a-very-long-title-of-a-post/?utm_source=x&utm_campaign=yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy#top",
    "x" * 120,
    "0123456789" * 12,
    "漢字" * 30,
    "Ж" * 40,
    "-" * 90,
    "_" * 90,
    "AbstractSingletonProxyFactoryBeanConfigurationException",
    "é" * 80,
    "→" * 60,
)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("width", "long"), [("column", False), ("column", True), ("page", False), ("page", True)]
)
@pytest.mark.parametrize("document", [ONE_COLUMN, TWO_COLUMNS])
def test_no_word_is_wider_than_its_column(width: Width, long: bool, document: str, tmp_path: Path) -> None:
    texts = (*WIDE, *HOSTILE)
    heads = ["_".join(LOREM[start : start + 3]) for start in range(12)]
    everything = [(text[:30], text, text, f"{text} {sentence(9)}", 10**9, True) for text in texts]
    given = [
        ("id:name text:text link:url quotation:quotation n:number yes:mark", everything),
        ("a:text", [(text,) for text in texts]),
        ("a:number b:mark c:share", [(text, text, text) for text in texts]),
        (" ".join(f"{head}:number" for head in heads), [tuple(range(12))]),
    ]
    tables = [
        table_of(
            columns, *rows, width=width, long=long, notes=texts, caption=caption, label=f"tab:{columns[0]}"
        )
        for (columns, rows), caption in zip(given, (texts[2] + texts[6], *texts[:3]), strict=True)
    ]
    latex = "\n\\clearpage\n".join(table.to_latex() for table in tables)
    for engine, preamble in (("pdflatex", ""), ("pdflatex", T1), ("lualatex", "")):
        page = compiled(in_document(latex, document + preamble), tmp_path, engine, runs=2)
        assert [line for line in page.complaints if "too large" not in line or long] == []


@pytest.mark.slow
@pytest.mark.parametrize(("engine", "preamble"), [("pdflatex", T1), ("lualatex", "")])
def test_the_cells_are_on_the_page(engine: str, preamble: str, tmp_path: Path) -> None:
    texts = (*HOSTILE[:4], *WIDE[:3], *(sentence(30, seed) for seed in range(20)))
    for long in (False, True):
        table = table_of(
            "id:name text:text n:number", *((f"s{n}", text, n) for n, text in enumerate(texts)), long=long
        )
        page = compiled(in_document(table.to_latex(), ONE_COLUMN + preamble), tmp_path, engine, runs=2)
        shown = words(page.text)
        for number, text in enumerate(texts):
            assert words(text) in shown, text
            assert f"s{number}" in shown


@pytest.mark.slow
@pytest.mark.parametrize("long", [False, True])
def test_a_table_needs_only_the_packages_that_it_names(long: bool, tmp_path: Path) -> None:
    rows = [(text[:40], text, 3) for text in (*HOSTILE_CELLS, *HOSTILE)][: None if long else 12]
    latex = table_of("id:name text:text n:number", *rows, long=long, notes=HOSTILE[:5]).to_latex()
    packages = next(line for line in latex.splitlines() if "usepackage" in line).removeprefix("%")
    for engine in ("pdflatex", "lualatex"):
        page = compiled(in_document(latex, rf"\documentclass{{article}}{packages}"), tmp_path, engine, runs=2)
        assert page.complaints == ()


@pytest.mark.parametrize(
    ("rows", "long", "is_said"), [(90, False, True), (90, None, False), (9, False, False)]
)
def test_a_float_that_is_higher_than_a_page_is_said(rows: int, long: bool | None, is_said: bool) -> None:
    table = table_of("id:name", *((f"s{number}",) for number in range(rows)), long=long)
    (file,) = table.files(("tex",))
    assert [message.split(",")[0] for message in file.messages] == [
        "the table is higher than a page"
    ] * is_said


@pytest.mark.slow
@pytest.mark.parametrize("size", ["10pt", "12pt", "12pt,twocolumn"])
def test_a_float_fits_on_a_page(size: str, tmp_path: Path) -> None:
    notes = (sentence(30), "A short note.")
    tables = [
        table_of("id:name n:number", *((f"s{n}", n) for n in range(count)), notes=notes, label=f"tab:{count}")
        for count in range(20, 60, 2)
    ]
    tables += [
        table_of("id:name text:text", *((f"s{n}", sentence(40)) for n in range(count)), label=f"tab:t{count}")
        for count in range(5, 20)
    ]
    latex = "\n\\clearpage\n".join(table.to_latex() for table in tables)
    document = ONE_COLUMN.replace("{article}", f"[{size}]{{article}}")
    assert compiled(in_document(latex, document), tmp_path, runs=2).complaints == ()


def test_signs_are_centred_in_narrow_columns() -> None:
    columns = "option:name Handle_large_data_volumes_in_time:text Security_of_all_the_data_of_users:text"
    latex = table_of(columns, (sentence(12), "++", ""), (sentence(12), "", "-")).to_latex()
    assert latex.count(r">{\centering\arraybackslash}p{") == 2


@pytest.mark.slow
@pytest.mark.parametrize(("words_of_row", "notes"), [(12, ()), (25, ("A short note.", sentence(60)))])
def test_each_page_of_a_long_table_begins_with_its_head(
    words_of_row: int, notes: tuple[str, ...], tmp_path: Path
) -> None:
    """Wherever on a page the table ends."""
    rows = [(f"s{number}", sentence(words_of_row)) for number in range(60)]
    tables = [
        table_of("id:name text:text", *rows[:end], notes=notes, long=True).to_latex() for end in range(20, 60)
    ]
    body = "\n".join(
        f"\\vspace*{{{height}pt}}\n{table}\\clearpage" for height in range(0, 12, 4) for table in tables
    )
    pages = compiled(in_document(body), tmp_path, runs=2).text.split("\f")
    assert [page[:40] for page in pages if page.strip() and "Id" not in page.split("\ns", 1)[0]] == []


@pytest.mark.slow
@pytest.mark.parametrize("long", [False, True])
def test_signs_that_the_language_of_a_paper_makes_commands_are_signs(long: bool, tmp_path: Path) -> None:
    text = "a=b: \"c\" and \"o; d! e? <f> 'g' `h' `` '' - -- ~ | / https://example.org/?q=1&r=\"2\""
    table = table_of(
        "text:text url:url", (f"{sentence(40)} {text}", text), long=long, caption=text, notes=(text,)
    )
    command = (
        r"\begingroup\lccode`\~`\SIGN\lowercase{\endgroup\protected\def~}{\stringSIGN}\catcode`\SIGN\active "
    )
    commands = "".join(command.replace("SIGN", sign) for sign in "\":;!?'|=")
    page = compiled(in_document(commands + table.to_latex(), ONE_COLUMN + T1), tmp_path, runs=2)
    assert page.complaints == ()
    assert words(page.text).count(words(text)) >= 3


@pytest.mark.slow
def test_a_reference_finds_its_table(tmp_path: Path) -> None:
    table = table_of("id:name", ("s4",)).to_latex()
    page = compiled(in_document(f"See Table \\ref{{tab:sample}}.\n{table}", ONE_COLUMN), tmp_path, runs=2)
    assert page.complaints == ()
    assert "SeeTable1." in words(page.text)


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["pdflatex", "lualatex"])
def test_a_matrix_of_300_sources_compiles(engine: str, tmp_path: Path) -> None:
    columns = "code:name " + " ".join(f"s{n}:number" for n in range(300))
    table = table_of(columns, *((f"a_code_of_the_study_{code}", *([1] * 300)) for code in range(30)))
    for document in (ONE_COLUMN, TWO_COLUMNS):
        assert compiled(in_document(table.to_latex(), document), tmp_path, engine).complaints == ()


@pytest.mark.slow
def test_a_table_of_10000_rows_compiles(tmp_path: Path) -> None:
    rows = [(f"s{n // 30}", n, f"code_{n % 37}", sentence(12, n % 50)) for n in range(10_000)]
    page = compiled(
        in_document(table_of("id:name line:number code:name text:quotation", *rows).to_latex()), tmp_path
    )
    assert page.complaints == ()
    assert "9999" in page.text
