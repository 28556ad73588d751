"""The bibliography: keys that can be cited, addresses as they are, no text that is taken for markup."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import bibtexparser
import pytest

import codeable
from codeable.reports.formats.bibtex_text import bib_address, bib_text
from codeable.reports.formats.latex_characters import character_in_latex
from codeable.study import Study
from tests.studies import write_study
from tests.tools import require_tool

HOSTILE = (
    "50% of {all} \\input{x} $5 #1 a_b ~ ^ & <b> | `q` ''",
    "An unbalanced { brace",
    "an unbalanced } brace",
    '"quoted" @article{x, title = {y}}',
    "en -- dash --- and ,, ?` !` << >>",
    "Größe → 漢字 עברית 🎉 é",
    "two\nlines\tand\x1b[31m \u202e marks",
    "\\end{document}",
    "ends with a backslash\\",
)


def entries_of(text: str) -> dict[str, dict[str, str]]:
    """Key → fields, as a library for BibTeX reads them."""
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    return {
        each.key: {"ENTRYTYPE": each.entry_type, **{field.key: field.value for field in each.fields}}
        for each in library.entries
    }


def bibliography(**sources: dict[str, object]) -> Any:
    from codeable.dsl import CClass, source

    cells = {name: CClass(source, name, values=values) for name, values in sources.items()}
    return Study.of(cells).reports.references


def plain(value: str) -> str:
    """The text that a value stands for."""
    value = value.removeprefix("{").removesuffix("}")
    for command, character in (
        (r"{\textbraceleft}", "\0"),
        (r"{\textbraceright}", "\1"),
        (r"{\textasciitilde}", "~"),
        (r"{\textasciicircum}", "^"),
        (r"{\textless}", "<"),
        (r"{\textgreater}", ">"),
        (r"{\textbar}", "|"),
        (r"{\textbackslash}", "\2"),
        (r"{\ensuremath{\rightarrow}}", "→"),
        ("{}", ""),
    ):
        value = value.replace(command, character)
    value = re.sub(r"\\([&%$#_])", r"\1", value)
    return value.replace("\0", "{").replace("\1", "}").replace("\2", "\\")


class TestEntries:
    """What an entry says."""

    def test_each_source_of_the_repository_is_an_entry_under_its_name(self) -> None:
        study = codeable.load(Path(__file__).parents[2])
        found = entries_of(study.reports.references.to_bibtex())
        assert list(found) == study.sources.names
        for name, source in study.sources.items():
            entry = found[name]
            assert entry["ENTRYTYPE"] == "online"
            assert entry["url"] == source.get_value("url")
            assert entry["eprint"] == source.get_value("archive url")
            assert plain(entry["title"]) == source.get_value("title")
            assert entry["keywords"].startswith("source, Practitioner")

    def test_a_reference_is_an_entry_too(self) -> None:
        from codeable.dsl import CClass, reference, source

        cells = {
            "r1": CClass(
                reference, "Building Microservices", values={"bibliographic reference": "S. N., 2015"}
            ),
            "s1": CClass(source, "s1", values={"title": "A & B", "url": "https://example.org"}),
        }
        found = entries_of(Study.of(cells).reports.references.to_bibtex())
        assert list(found) == ["s1", "r1"]
        assert found["r1"]["ENTRYTYPE"] == "misc"
        assert found["r1"]["note"] == "S. N., 2015"
        assert found["r1"]["title"] == "{Building Microservices}"
        assert found["r1"]["keywords"] == "reference"

    def test_a_study_without_sources_has_a_valid_file(self) -> None:
        assert entries_of(bibliography().to_bibtex()) == {}

    def test_a_source_without_title_shows_its_name_and_that_is_said(self) -> None:
        made = bibliography(s1={"url": "https://example.org"})
        assert plain(entries_of(made.to_bibtex())["s1"]["title"]) == "s1"
        assert made.messages == (
            "1 entry has no title and shows its name instead: s1; add `title` to the values of the source",
        )

    @pytest.mark.parametrize("attribute", ["archive url", "tiny url"])
    def test_a_source_without_url_has_another_address_of_it(self, attribute: str) -> None:
        made = bibliography(s1={"title": "A", attribute: "https://a.org/1"})
        entry = entries_of(made.to_bibtex())["s1"]
        assert (entry["ENTRYTYPE"], entry["url"]) == ("online", "https://a.org/1")
        assert "eprint" not in entry

    def test_a_comma_in_a_type_does_not_make_two_keywords(self) -> None:
        made = bibliography(s1={"title": "A", "type": "Slides, Video"})
        assert entries_of(made.to_bibtex())["s1"]["keywords"] == "source, Slides; Video"

    def test_the_heading_names_the_packages(self) -> None:
        assert bibliography().to_bibtex().startswith("% Sources and references of the study, for BibLaTeX:\n")


class TestDates:
    """When a source was read, from its note or an attribute of the study's own."""

    @pytest.fixture
    def study(self, tmp_path: Path) -> Study:
        write_study(
            tmp_path,
            {
                "models/m.py": "from codeable.dsl import *\nbus = CClass(pattern, 'Bus')\n",
                "sources/s1.py": """
                    from codeable.dsl import *
                    s1 = CClass(source, "s1", values={"title": "A", "url": "https://example.org"})
                    """,
                "sources/s1.md": "# s 1\n## retrieved\n15 January 2023\n## year\n2021\n# coding\n> Text.\n",
                "sources/s2.py": """
                    from codeable.dsl import *
                    s2 = CClass(source, "s2", values={"title": "B", "url": "https://example.org/b"})
                    """,
                "sources/s2.md": "# s 2\n## accessed\n03/04/2023\n# coding\n> Text.\n",
            },
        )
        return codeable.load(tmp_path)

    def test_the_note_says_when_a_source_was_read_and_published(self, study: Study) -> None:
        entry = entries_of(study.reports.references.to_bibtex())["s1"]
        assert (entry["urldate"], entry["date"]) == ("2023-01-15", "2021")

    def test_a_note_may_have_a_doi_and_several_authors(self, tmp_path: Path) -> None:
        files = {
            "models/m.py": "from codeable.dsl import *\nbus = CClass(pattern, 'Bus')\n",
            "sources/s1.py": "from codeable.dsl import *\ns1 = CClass(source, 's1', values={'title': 'A'})\n",
            "sources/s1.md": "# s 1\n## doi\nhttps://doi.org/10.1000/a_b\n## author\nA and B; C D\n# coding",
        }
        write_study(tmp_path, files)
        entry = entries_of(codeable.load(tmp_path).reports.references.to_bibtex())["s1"]
        assert entry["ENTRYTYPE"] == "online"
        assert (entry["doi"], entry["author"]) == ("10.1000/a_b", "{A and B} and {C D}")

    def test_a_date_that_may_be_two_is_left_out_and_that_is_said(self, study: Study) -> None:
        made = study.reports.references
        assert "urldate" not in entries_of(made.to_bibtex())["s2"]
        assert made.messages == (
            "s2 has no urldate: '03/04/2023' is no date, or may be two; write 2023-01-31",
        )


class TestHostileTexts:
    """Nothing in a title is markup, and no address breaks an entry."""

    @pytest.mark.parametrize("title", HOSTILE)
    def test_a_title_comes_out_as_text(self, title: str) -> None:
        from codeable.text import printable

        found = entries_of(bibliography(s1={"title": title}, s2={"title": "next"}).to_bibtex())
        assert list(found) == ["s1", "s2"]
        assert plain(found["s1"]["title"]) == " ".join(printable(title).split())

    def test_what_pdflatex_cannot_set_is_said_with_the_way_out(self) -> None:
        made = bibliography(s1={"title": "Größe → € 漢字"})
        (message,) = made.messages
        said, _, way_out = message.partition("; ")
        assert said == "pdfLaTeX stops at 2 characters of the bibliography: 字 [U+5B57], 漢 [U+6F22]"
        assert way_out == "LuaLaTeX sets them with a font that has them, chosen by `\\setmainfont`"

    def test_what_needs_another_encoding_of_fonts_is_said(self) -> None:
        made = bibliography(s1={"title": "«Größe»"}, s2={"title": "Łódź «"})
        (message,) = made.messages
        assert message == r"pdfLaTeX sets «, » of the bibliography only with `\usepackage[T1]{fontenc}`"
        assert r"\usepackage[T1]{fontenc}" in made.to_bibtex()
        assert "T1" not in bibliography(s1={"title": "Größe"}).to_bibtex()

    @pytest.mark.parametrize(
        "address", ["https://example.org/\ud800", "^^5cinput{x}", "\u202ea\x1b", "\ufffe\U0010ffff\ue000"]
    )
    def test_an_address_is_a_line_that_latex_runs_nothing_of(self, address: str) -> None:
        written = bib_address(address).encode("utf-8")
        assert written.isascii()
        assert b"^" not in written
        assert b"\\" not in written

    def test_braces_are_balanced_for_readers_that_count_those_behind_backslashes(self) -> None:
        for title in HOSTILE:
            written = bib_text(title)
            assert written.count("{") == written.count("}")
            assert not re.search(r"\\[{}]", written)

    @pytest.mark.parametrize(
        "address",
        [
            "https://example.org/a_b%20c?x=1&y=#top~",
            "http://dataception.com/Data-Mesh.html#TechnicalArchitecture",
            "https://example.org/größe",
        ],
    )
    def test_an_address_stays_as_it_is(self, address: str) -> None:
        found = entries_of(bibliography(s1={"title": "A", "url": address}).to_bibtex())
        assert found["s1"]["url"] == address

    @pytest.mark.parametrize(
        "address", ["https://e.org/{", "https://e.org/}}", "https://e.org/a\\", "a b\nc"]
    )
    def test_what_no_address_may_hold_is_percent_encoded(self, address: str) -> None:
        from urllib.parse import unquote

        assert unquote(bib_address(address)) == address
        found = entries_of(bibliography(s1={"title": "A", "url": address}, s2={"title": "B"}).to_bibtex())
        assert list(found) == ["s1", "s2"]

    def test_a_source_without_identifier_gets_a_key_that_can_be_cited(self) -> None:
        from codeable.dsl import CClass, source

        study = Study.of({"all_sources": [CClass(source, name) for name in ("A {b}, c", "A b c")]})
        assert [entry.key for entry in study.reports.references.entries] == ["A_b_c", "A_b_c_2"]

    def test_keys_that_differ_in_capital_letters_only_are_made_different(self) -> None:
        made = bibliography(s1={"title": "A"}, S1={"title": "B"})
        assert sorted(each.key.casefold() for each in made.entries) == ["s1", "s1_2"]
        assert len(made.messages) == 1
        assert "cannot be the key of an entry, or is twice" in made.messages[0]


class TestFiles:
    """The file that the job writes."""

    def test_it_is_written_where_bib_is_wanted(self) -> None:
        made = bibliography(s1={"title": "A"})
        (file,) = made.files(("tex", "bib"))
        assert (file.name, file.drawn_from) == ("references.bib", None)
        assert file.data.decode("utf-8") == made.to_bibtex() == repr(made)
        assert list(made.files(("tex",))) == []


@pytest.mark.slow
class TestWithBiber:
    """BibLaTeX and biber set every entry."""

    def test_hostile_entries_are_cited_and_printed(self, tmp_path: Path) -> None:
        if shutil.which("biber") is None:
            # 210 MB for this one test: continuous integration does without.
            pytest.skip("needs biber (apt-get install -y biber texlive-bibtex-extra)")
        for tool in ("pdflatex", "pdftotext"):
            require_tool(tool)
        sources: dict[str, dict[str, object]] = {
            f"s{number}": {
                "title": "".join(char for char in title if char.isspace() or character_in_latex(char)),
                "url": "https://example.org/a_b%20c?x={y}&z=~#top",
                "archive url": "https://archive.org/größe_{%23}\\",
                "author type": "Practitioner",
            }
            for number, title in enumerate(HOSTILE, 1)
        }
        (tmp_path / "references.bib").write_text(bibliography(**sources).to_bibtex(), encoding="utf-8")
        (tmp_path / "paper.tex").write_text(
            "\\documentclass{article}\n\\usepackage[T1]{fontenc}\n\\usepackage{lmodern}\n"
            "\\usepackage[backend=biber]{biblatex}\n\\addbibresource{references.bib}\n\\begin{document}\n"
            + "".join(f"\\cite{{{name}}}\n" for name in sources)
            + "\\printbibliography\n\\end{document}\n",
            encoding="utf-8",
        )
        latex = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "paper.tex"]
        for command in (latex, ["biber", "paper"], latex, latex):
            done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=120, check=False)
            assert done.returncode == 0, done.stdout.decode("latin-1")[-2000:]
        log = (tmp_path / "paper.log").read_text(encoding="latin-1")
        assert "undefined" not in log
        program = shutil.which("pdftotext")
        assert program is not None
        subprocess.run([program, "-layout", "paper.pdf"], cwd=tmp_path, check=True, timeout=60)
        shown = (tmp_path / "paper.txt").read_text(encoding="utf-8")
        assert "50% of {all} \\input{x} $5 #1 a_b" in shown
        assert "\\end{document}" in shown
        assert "archived: https://archive.org/gr%C3%B6%C3%9Fe_%7B" in "".join(shown.split("\n    "))
