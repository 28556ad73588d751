"""Texts in LaTeX: every character comes out as it is, or spelt out, in every engine and encoding."""

import re
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codeable.reports.formats.latex_escape import cautions, escaped, helpers
from tests.reports.latex_documents import ONE_COLUMN, T1, compiled, in_document, words
from tests.tools import examples

PAIRS = {
    "R&D": r"R\&D",
    "100 %": r"100 \%",
    "$HOME": r"\$HOME",
    "#1": r"\#1",
    "a_b": r"a\_b",
    "{x}": r"\{x\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    r"\input{x}": r"\textbackslash{}input\{x\}",
    "a<b>c|d": r"a\textless{}b\textgreater{}c\textbar{}d",
    "--": r"-{\kern0pt}-",
    "''": r"'{\kern0pt}'",
    ",,": r",{\kern0pt},",
    "<<": r"\textless{}{\kern0pt}\textless{}",
    "Größe – “x” …": "Größe – “x” …",
    "Gro\u0308ße": "Größe",
    "→ ≤ × α": r"\ensuremath{\rightarrow} \ensuremath{\leq} \ensuremath{\times} \ensuremath{\alpha}",
    "ά": r"\ensuremath{\acute{\alpha}}",
    "ȳ x̌ ḍ̂": r"\={y} \v{x} \d{\^{d}}",
    "а\u0301": "\\codeablechar{а\u0301}{[U+0430]\\allowbreak{}[U+0301]}",
    "ą „x“": r"\codeabletone{ą} \codeabletone{„}x“",
    "漢": r"\codeablechar{漢}{[U+6F22]}",
    "a\nb\tc\u2028d": "a b c d",
    "  a  b ": "a b",
    "a\u202eb\x07c\x00": "a[U+202E]b[U+0007]c[U+0000]",
    "\ud800": "[U+D800]",
    "\ufeff": "[U+FEFF]",
    "a\u00a0b": r"a\nobreakspace{}b",
    "": "",
}


@pytest.mark.parametrize("text", PAIRS)
def test_a_text_becomes_latex(text: str) -> None:
    assert escaped(text) == PAIRS[text]


def test_only_the_helpers_that_a_text_needs_are_defined() -> None:
    assert helpers(escaped("R&D ≤ ä")) == ()
    assert [line[16:29] for line in helpers(escaped('漢 ą "'))] == [
        "\\codeablechar",
        "\\codeabletone",
        "\\codeableown}",
    ]


def test_the_caution_names_the_characters_and_the_way_out() -> None:
    (caution,) = cautions(["漢 ä", "😀漢", "\u202e"])
    assert "2 characters" in caution
    assert "漢 [U+6F22]" in caution
    assert "LuaLaTeX" in caution
    assert "babel" not in caution
    assert cautions(["Größe → α", "\x07"]) == ()


def test_the_caution_says_how_text_from_right_to_left_is_set() -> None:
    assert "bidi=basic" in cautions(["שלום"])[0]


def test_the_caution_shows_no_invisible_character() -> None:
    assert "shows: [U+200D], 👩 [U+1F469], 💻 [U+1F4BB];" in cautions(["👩\u200d💻"])[0]


@given(st.text(max_size=30))
@settings(max_examples=examples(300), deadline=None)
def test_no_text_leaves_a_character_that_latex_interprets(text: str) -> None:
    latex = escaped(text)
    latex.encode("utf-8")
    assert "\n" not in latex
    left = re.sub(r"\\[^A-Za-z]|\\ensuremath\{[_^]\{.\}\}", "", latex)
    assert not set(left) & set('%&#$~^_|<>"')
    assert left.count("{") == left.count("}")


HOSTILE = (
    "\\input{/etc/passwd} \\end{document} \\write18{rm}",
    "100 % & # $ _ { } ~ ^ \\ | < > @ \"q\" 'q' ` ``q''",
    "a--b---c ,,d'' <<e>> ?`f !`g ``h",
    "Größe naïve Łódź Čapek façade Ångström ő ů ğ ş ż ñ",
    "ąęįų đ Đ ð þ ŋ „a“ ‚b‘ «c» ‹d›",
    "– — … • † ‡ € £ § © ® ™ ° ½ µ",
    "← → ⇒ ≤ ≥ ≠ ≈ ∞ × ÷ ± α β λ Ω λόγος ✓ ■",
    "x̌ ȳ ậ Ḥ ḱ ẓ",
    "ǅ Ħ ŀ ſ Ǽ ẞ ƒ",
    "tabs\tand\nlines\r\nand [brackets] *stars*",
    "\x00\x07\x1b[31m \u202eabc\u202c \u200f \ufeff",
)


@pytest.mark.slow
@pytest.mark.parametrize(("engine", "preamble"), [("pdflatex", ""), ("pdflatex", T1), ("lualatex", "")])
def test_the_page_shows_the_text(engine: str, preamble: str, tmp_path) -> None:
    latex = [escaped(text) for text in HOSTILE]
    body = "\n".join([*helpers("".join(latex)), r"\raggedright", *(f"{line}\\par" for line in latex)])
    page = compiled(in_document(body, rf"\documentclass{{article}}{preamble}"), tmp_path, engine)
    assert page.complaints == ()
    shown = words(page.text)
    for text in HOSTILE[:3]:
        if engine == "lualatex" or preamble:
            assert words(text) in shown
    for text in (
        "a--b---c",
        "<<e>>",
        "?`f!`g``h",
        "Größe",
        "façade",
        "←→⇒≤≥",
        "≈∞×÷±αβλΩ",
        "[brackets]*stars*",
    ):
        assert words(text) in shown
    assert "[U+0000][U+0007][U+001B][31m[U+202E]abc[U+202C]" in shown


@pytest.mark.slow
@pytest.mark.parametrize(("engine", "preamble"), [("pdflatex", ""), ("pdflatex", T1), ("lualatex", "")])
def test_every_character_compiles(engine: str, preamble: str, tmp_path) -> None:
    texts = ["".join(f"{chr(code)} " for code in range(start, start + 64)) for start in range(0, 0x3400, 64)]
    texts += ["漢字 한글 ﷽ ﬀ ＝ 😀 👩‍💻 ❤️ 🇦🇹 𝐛 \U000e0001 \U0010ffff \ud800 \ufffd \ue000"]
    latex = [escaped(text) for text in texts]
    body = "\n".join([*helpers("".join(latex)), r"\raggedright", *(f"{line}\\par" for line in latex)])
    page = compiled(in_document(body, rf"\documentclass{{article}}{preamble}"), tmp_path, engine)
    assert page.complaints == ()
    if engine == "pdflatex":
        assert "[U+6F22]" in page.text


@pytest.mark.slow
def test_lualatex_sets_what_its_font_has(tmp_path) -> None:
    latex = escaped("Дом漢 שלום")
    body = "\n".join([*helpers(latex), latex])
    font = r"\usepackage{fontspec}\setmainfont{DejaVu Sans}"
    page = compiled(in_document(body, rf"\documentclass{{article}}{font}"), tmp_path, "lualatex")
    assert page.complaints == ()
    assert "Дом" in page.text
    assert "U+" not in page.text
    assert set("שלום") <= set(page.text)


@pytest.mark.slow
def test_pdflatex_sets_a_character_that_the_document_declares(tmp_path) -> None:
    latex = escaped("漢字")
    declared = r"\documentclass{article}\DeclareUnicodeCharacter{6F22}{KANJI}"
    page = compiled(in_document("\n".join([*helpers(latex), latex]), declared), tmp_path)
    assert "KANJI[U+5B57]" in page.text


@pytest.mark.slow
def test_a_caption_and_a_heading_hold_every_text(tmp_path) -> None:
    latex = escaped(" ".join(HOSTILE) + " 漢")
    lines = [*helpers(latex), r"\tableofcontents\listoftables", rf"\section{{{latex}}}"]
    lines += [r"\begin{table}", rf"\caption{{{latex}}}", r"\end{table}"]
    for engine in ("pdflatex", "lualatex"):
        page = compiled(in_document("\n".join(lines)), tmp_path, engine, runs=2)
        assert [line for line in page.complaints if "Overfull" not in line] == []
        for leftover in tmp_path.glob("paper.*"):
            leftover.unlink()


def test_no_program_is_needed_for_the_text(monkeypatch) -> None:
    monkeypatch.setattr(subprocess, "Popen", None)
    assert escaped("a_b")


@pytest.mark.slow
def test_marks_that_only_t1_has_compile_with_microtype_and_in_a_list_of_tables(tmp_path) -> None:
    text = escaped("«Größe» „x“")
    table = rf"\begin{{table}}\caption{{{text}}}\end{{table}}"
    body = "\n".join([r"\listoftables", *helpers(text), table])
    found = compiled(in_document(body, rf"{ONE_COLUMN}\usepackage{{microtype}}"), tmp_path, runs=2)
    assert found.complaints == ()
    assert words(found.text).count(words("«Größe» „x“")) == 2
