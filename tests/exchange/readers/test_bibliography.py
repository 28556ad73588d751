"""Bibliographies as sources: BibTeX, RIS and CSL JSON as other programs write them."""

import json
import sys
from itertools import pairwise
from pathlib import Path

import pytest

import codeable
from codeable.dsl import CClass, source
from codeable.errors import CodeableError
from codeable.exchange.incoming.known_sources import planned_sources
from codeable.exchange.incoming.planned import ImportOptions, StudyBefore
from codeable.exchange.project import Project
from codeable.exchange.readers.bibliography.bibtex_entries import read_bibtex
from codeable.exchange.readers.bibliography.csl_entries import read_csl_json
from codeable.exchange.readers.bibliography.latex_decoding import decoded
from codeable.exchange.readers.bibliography.ris_entries import read_ris
from codeable.notes.files import notes_of_study
from codeable.reports.formats.bibtex_text import bib_text
from codeable.study import Study

ZOTERO = """\

@online{dehghaniDataMeshPrinciples2020,
  title = {Data {{Mesh Principles}} and {{Logical Architecture}}},
  author = {Dehghani, Zhamak and {Google Cloud} and others},
  date = {2020-12-03},
  url = {https://martinfowler.com/articles/data-mesh_principles.html?a=1&b=50%25#top~x},
  urldate = {2021-01-05},
  abstract = {Long.},
  langid = {english},
  organization = {martinfowler.com},
  file = {C\\:\\\\Users\\\\x.html},
  annotation = {Read this {\\&} that.}
}

@article{muller,
  title = {{\\"U}ber {R\\&D}: 50\\% of ``data''},
  author = {M{\\"u}ller, Max and van der Berg, Jr., J. and family=K, given=L},
  journal = ieee # { Software}, volume = 38, number = {2}, pages = {12--19},
  month = feb, year = 2021, doi = {10.1109/MS_2020.1},
  issn = {1}, note = {Accessed: 2022-03-01}
}
"""


PROGRAMS = (Path(__file__).parent / "data" / "programs.bib").read_text(encoding="utf-8")
"""Entries as Mendeley, JabRef, DBLP, arXiv and people write them."""


def read(tmp_path: Path, text: str | bytes, name: str = "refs.bib") -> Project:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    reader = {"bib": read_bibtex, "ris": read_ris, "json": read_csl_json}[path.suffix[1:]]
    return reader(path)


def told(project: Project) -> dict[str, tuple[int, bool]]:
    return {each.what: (each.number, each.is_loss) for each in project.not_taken_over}


class TestBibTeX:
    """BibTeX and BibLaTeX."""

    def test_fields_come_as_plain_texts_and_addresses_as_they_are(self, tmp_path: Path) -> None:
        project = read(tmp_path, '@string{IEEE = "I" # {EEE}}\n' + ZOTERO)
        one, other = project.sources
        assert one.name == "Data Mesh Principles and Logical Architecture"
        assert one.metadata == {
            "url": "https://martinfowler.com/articles/data-mesh_principles.html?a=1&b=50%25#top~x",
            "author": "Zhamak Dehghani; Google Cloud; et al.",
            "published": "2020-12-03",
            "retrieved": "2021-01-05",
            "bibliographic reference": "martinfowler.com",
        }
        assert [each.text for each in one.memos] == ["Read this & that."]
        assert other.name == "Über R&D: 50% of “data”"
        assert other.metadata == {
            "url": "https://doi.org/10.1109/MS_2020.1",
            "doi": "10.1109/MS_2020.1",
            "author": "Max Müller; J. van der Berg Jr.; L K",
            "published": "2021-02",
            "retrieved": "2022-03-01",
            "bibliographic reference": "IEEE Software 38(2), pp. 12–19",
        }
        assert other.place.endswith("refs.bib:16")
        assert told(project) == {
            "fields 'citation key'": (2, False),
            "fields 'abstract'": (1, False),
            "fields 'file'": (1, False),
            "fields 'issn'": (1, False),
            "fields 'langid'": (1, False),
        }

    def test_entries_of_other_programs(self, tmp_path: Path) -> None:
        project = read(tmp_path, PROGRAMS)
        mendeley, jabref, dblp, arxiv, page, post, thesis, book = project.sources
        assert mendeley.metadata["url"] == "https://martinfowler.com/articles/data_monolith-to-mesh.html#top"
        assert mendeley.metadata["author"] == "Z Dehghani; Jörg Müller"
        assert jabref.name == 'An "unescaped" title & 100% more_of it'
        assert jabref.metadata["published"] == "2020-01-10"
        assert dblp.metadata["bibliographic reference"] == "ICSE 2020, pp. 215–232, Elsevier"
        assert arxiv.metadata["url"] == "https://arxiv.org/abs/1706.03762"
        assert page.name == "Spotify's “Backstage” – O'Reilly"
        assert page.metadata == {"url": "https://x.org/~me/a_b", "retrieved": "2021-05-04"}
        assert post.metadata == {
            "url": "https://y.org/a",
            "bibliographic reference": "Available at Blog post",
        }
        assert thesis.metadata["author"] == "María de la Cruz"
        assert (book.name, book.metadata["author"]) == ("Book: Sub", "B A")
        assert not any(is_loss for _, is_loss in told(project).values())
        assert told(project)["fields 'editor'"] == (1, False)
        (copied,) = read(
            tmp_path,
            "@online{o, url={https://y.org/b},"
            " note={An archived copy is at \\url{https://web.archive.org/web/2022/https://y.org/b}}}\n",
        ).sources
        assert copied.metadata == {
            "url": "https://y.org/b",
            "archive url": "https://web.archive.org/web/2022/https://y.org/b",
        }

    def test_what_cannot_be_read_is_told_and_the_rest_is_read(self, tmp_path: Path) -> None:
        text = (
            "@comment{jabref-meta: databaseType:bibtex;}\n@preamble{{x}}\nfree text\n"
            "@book{a, title = {open { brace}, year=2020\n}\n"
            "@book{b, title = {B}}\n@book{b, title = {B again}}\n@book{c, title={C}, title={C2}}\n"
            "@xdata{x, publisher={P}}\n@inbook{d, title={D}, crossref={b}, xdata={x}}\n"
            "@misc{, howpublished = {\\url{https://x.org/a_b%20c}}}\n"
            "@misc(e, title = {paren})\n@misc{f, title={end"
        )
        project = read(tmp_path, text)
        assert [each.name for each in project.sources] == [
            "B",
            "B again",
            "C",
            "D",
            "https://x.org/a_b%20c",
            "paren",
        ]
        assert len({each.key for each in project.sources}) == 6
        assert project.sources[3].metadata == {"bibliographic reference": "B, P"}
        (failed,) = [each for each in project.not_taken_over if each.is_loss]
        assert (failed.number, failed.named[0]) == (2, "@book{a, title = {open { brace}, year=2020")
        assert failed.place.endswith("refs.bib:4")
        assert project.origin == "JabRef"
        assert "1 entry has no title" in project.messages[0]

    def test_strings_that_grow_without_end_stay_small(self, tmp_path: Path) -> None:
        names = [f"s{number}" for number in range(60)]
        strings = "".join(f"@string{{{a} = {b} # {b}}}\n" for b, a in pairwise(names))
        project = read(tmp_path, f"@string{{s0 = {{lol}}}}\n{strings}@misc{{a, title = s59 # {{!}}}}\n")
        assert len(project.sources[0].name) == 10_001
        many = " # ".join(["s59"] * 3000)
        with pytest.raises(CodeableError, match=r"refs\.bib:62: the strings that are put in have more than"):
            read(tmp_path, f"@string{{s0 = {{lol}}}}\n{strings}\n@misc{{a, title = {many}}}\n")

    @pytest.mark.parametrize(
        ("data", "message"),
        [
            (b"", "has no entries of BibTeX"),
            (b"PK\x03\x04" + bytes(50), "is no text"),
            (b"just a text", "has no entries of BibTeX"),
            (
                b"@misc{a, title={open}",
                "entries that cannot be read: 1",
            ),
        ],
    )
    def test_a_file_of_something_else_is_refused(self, tmp_path: Path, data: bytes, message: str) -> None:
        with pytest.raises(CodeableError, match=message) as raised:
            read(tmp_path, data)
        assert raised.value.exit_status == 2
        with pytest.raises(CodeableError, match="cannot read"):
            read_bibtex(tmp_path / "missing.bib")

    def test_encodings_and_line_ends_are_those_of_other_programs(self, tmp_path: Path) -> None:
        text = "@misc{a,\r\n title = {Größe é}\r\n}\r\n"
        for data in (text.encode("utf-8-sig"), text.encode("utf-16"), text.encode("latin-1")):
            project = read(tmp_path, data)
            assert [each.name for each in project.sources] == ["Größe é"]
            assert bool(project.messages) == (data == text.encode("latin-1"))
        broken = read(tmp_path, b"@misc{a, title = {Gr\xc3\xb6\xc3\x9fe \xff}}")
        assert told(broken)["characters"] == (1, True)

    def test_latex_is_decoded_and_nothing_is_lost(self) -> None:
        for latex, text in (
            (r"\'{\i} \c{c} \v S {\o} {\ss} \L{} \H{o} \~n", "í ç Š ø ß Ł ő ñ"),
            (r"100% of \$5 \& a_b", "100% of $5 & a_b"),
            (r"\emph{a {B}} \textbf{c} {\em d} \foo{bar} \baz", r"a B c d \foo{bar} \baz"),
            (r"H$_2$O, $x^{10}$, $\alpha$-test, $5 and $6", "H₂O, x¹⁰, α-test, $5 and $6"),
            (r"``a'' -- b --- `c'", "“a” – b — `c'"),
            (
                r"\href{https://x.org/%20}{Link} \input{/etc/passwd}",
                r"Link (https://x.org/%20) \input{/etc/passwd}",
            ),
            (r"open { and } brace {", "open and brace"),
        ):
            assert decoded(latex) == text

    def test_a_text_of_our_own_bibliography_comes_back(self) -> None:
        for title in ("a {b} \\input{x} $1 #2 50% ~^ & <b> |", "-- --- ,, ?` '' ``", "α→漢 é ≤ ′"):
            assert decoded(bib_text(title)) == title


class TestOwnBibliography:
    """`references.bib` of a study, read again."""

    def test_every_source_of_this_repository_is_known_and_nothing_differs(self, tmp_path: Path) -> None:
        study = codeable.load(Path(__file__).parents[3])
        project = read(tmp_path, study.reports.references.to_bibtex())
        assert project.origin == "codeable"
        assert not project.not_taken_over
        notes = notes_of_study(study.folder_for("a test"), study.settings)
        plan = planned_sources(project, StudyBefore(study, study.settings, notes), ImportOptions())
        assert list(plan.identifiers.values()) == study.sources.names
        assert len(plan.known) == len(study.sources)
        assert plan.differences == ()

    def test_hostile_values_are_known_too(self, tmp_path: Path) -> None:
        values = [
            {
                "title": "50% of {all} \\input{x}",
                "url": "https://e.org/{a}?b=%20&c=#d~",
                "archive url": "https://bit.ly/ö",
            },
            {"title": "«Größe» → 漢字 🎉", "archive url": "https://e.org/archive", "type": "Slides, Video"},
            {"url": "https://e.org/untitled", "author type": "Practitioner"},
            {
                "title": "two\nlines",
                "author type": "Mixed",
                "type": "Blog Post",
                "bibliographic reference": "J. 1",
            },
        ]
        study = Study.of({f"s{n}": CClass(source, f"s{n}", values=each) for n, each in enumerate(values, 1)})
        project = read(tmp_path, study.reports.references.to_bibtex())
        plan = planned_sources(project, StudyBefore(study, study.settings), ImportOptions())
        assert list(plan.identifiers.values()) == ["s1", "s2", "s3", "s4"]
        assert len(plan.known) == 4
        assert plan.differences == ()
        assert project.sources[0].metadata["archive url"] == "https://bit.ly/%C3%B6"


class TestRis:
    """RIS."""

    def test_records_of_zotero_and_endnote(self, tmp_path: Path) -> None:
        text = (
            "\ufeffTY  - BLOG\r\nTI  - Data <i>Mesh</i> &amp; more\r\nAU  - Dehghani, Zhamak\r\n"
            "AU  - Fowler, Martin\r\n"
            "T2  - martinfowler.com\r\nDA  - 2020/12/03/\r\nPY  - 2020\r\nUR  - https://a.org/x;id=1\r\n"
            "UR  - https://web.archive.org/web/2021/https://a.org/x\r\nY2  - 2021/01/05/12:00\r\n"
            "AB  - Over\r\ntwo lines.\r\nKW  - a\r\nN1  - <p>My note</p><p>more</p>\r\nER  - \r\n\r\n"
            "TY  - JOUR\r\nAU  - Müller, Max\r\nT1  - A title that is\r\n broken\r\nJO  - IEEE Software\r\n"
            "VL  - 38\r\n"
            "IS  - 2\r\nSP  - 12\r\nEP  - 19\r\nDO  - 10.1/x\r\nXX  - odd\r\n"
            "TY  - PCOMM\r\nTI  - Talk\r\nN1  - first\r\nsecond\r\nER  - \r\nstray\r\n"
        )
        project = read(tmp_path, text, "refs.ris")
        blog, article, talk = project.sources
        assert (blog.name, article.name, talk.name) == ("Data Mesh & more", "A title that is broken", "Talk")
        assert blog.metadata == {
            "url": "https://a.org/x;id=1",
            "archive url": "https://web.archive.org/web/2021/https://a.org/x",
            "author": "Zhamak Dehghani; Martin Fowler",
            "published": "2020-12-03",
            "retrieved": "2021-01-05",
            "bibliographic reference": "martinfowler.com",
            "source type": "Blog Post",
        }
        assert [each.text for each in (*blog.memos, *talk.memos)] == ["My note\nmore", "first\nsecond"]
        assert article.metadata["bibliographic reference"] == "IEEE Software 38(2), pp. 12–19"
        assert (blog.kind, article.kind, talk.kind) == ("s", "s", "p")
        assert told(project) == {
            "lines": (1, True),
            "fields 'XX'": (1, False),
            "fields 'abstract'": (1, False),
            "fields 'keywords'": (1, False),
        }
        assert project.messages[0].startswith("1 entry has no line ER at the end")
        assert project.messages[0].endswith("refs.ris:17")

    def test_one_blank_before_the_dash_and_a_missing_end(self, tmp_path: Path) -> None:
        project = read(tmp_path, "TY - BOOK\nTI - One\nPY - 2020\n\nTY - BOOK\nTI - Two - 2", "refs.ris")
        assert [each.name for each in project.sources] == ["One", "Two - 2"]
        assert project.sources[0].metadata == {"published": "2020"}

    def test_what_databases_write(self, tmp_path: Path) -> None:
        text = (
            "TY  - CONF\nAU  - ThoughtWorks,\nAU  - Evans, Eric, Jr.\nTI  - Radar\nN1  - doi: 10.1000/x\n"
            "UR  - <Go to ISI>://WOS:0001\nUR  - https://x.org\nKW  - a\n    b\nER  - \n"
        )
        project = read(tmp_path, text, "refs.ris")
        assert project.sources[0].metadata == {
            "url": "https://x.org",
            "doi": "10.1000/x",
            "author": "ThoughtWorks; Eric Evans Jr.",
        }
        assert project.sources[0].memos == ()
        assert told(project) == {"fields 'keywords'": (1, False), "fields 'further addresses'": (1, False)}

    def test_dates(self, tmp_path: Path) -> None:
        for lines, published in (
            ("PY  - 2020///", "2020"),
            ("Y1  - 2020/05", "2020-05"),
            ("DA  - 2020/5/3/spring", "2020-05-03"),
            ("DA  - Dec 3\nPY  - 2020", "2020-12-03"),
            ("DA  - 2021-02-01\nPY  - 2020", "2021-02-01"),
            ("PY  - in press", "in press"),
        ):
            project = read(tmp_path, f"TY  - BOOK\nTI  - One\n{lines}\nER\n", "refs.ris")
            assert project.sources[0].metadata == {"published": published}

    def test_a_doi_is_an_address_where_there_is_no_other(self, tmp_path: Path) -> None:
        text = "TY  - JOUR\nTI  - One\nDO  - https://doi.org/10.1000/A.1\nER  -\n"
        assert read(tmp_path, text, "refs.ris").sources[0].metadata == {
            "url": "https://doi.org/10.1000/A.1",
            "doi": "10.1000/A.1",
        }

    def test_a_doi_in_another_form_stays_as_it_is(self, tmp_path: Path) -> None:
        text = "TY  - JOUR\nTI  - One\nDO  - in press\nER  -\n"
        assert read(tmp_path, text, "refs.ris").sources[0].metadata == {"doi": "in press"}

    def test_a_file_of_something_else_is_refused(self, tmp_path: Path) -> None:
        for text in ("", "%PDF-1.7\nno list of sources\n"):
            with pytest.raises(CodeableError, match="has no entries of RIS that can be read") as raised:
                read(tmp_path, text, "refs.ris")
            assert raised.value.exit_status == 2
        assert "an entry begins with a line TY" in str(raised.value)


def test_without_the_packages_the_way_out_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, module in (("refs.bib", "bibtexparser.entrypoint"), ("refs.ris", "rispy")):
        monkeypatch.setitem(sys.modules, module, None)
        with pytest.raises(
            CodeableError, match=r"install it with `pip install 'codeable\[exchange\]'`"
        ) as raised:
            read(tmp_path, "x", name)
        assert raised.value.exit_status == 2


class TestCslJson:
    """CSL JSON."""

    def test_items_of_zotero_and_pandoc(self, tmp_path: Path) -> None:
        items = [
            {
                "id": "http://zotero.org/1",
                "type": "post-weblog",
                "title": '<span class="nocase">Data</span> &amp; Mesh',
                "author": [
                    {"family": "Berg", "given": "J.", "non-dropping-particle": "van"},
                    {"literal": "Google"},
                ],
                "issued": {"date-parts": [["2020", 12, 3]]},
                "accessed": {"raw": "5 January 2021"},
                "URL": "https://a.org/b",
                "DOI": "10.1000/a",
                "abstract": "x",
                "container-title": "Blog",
                "note": "Original: y\nz",
            },
            {"id": 2, "type": "interview", "title": "Talk"},
            "no item",
        ]
        project = read(tmp_path, "\ufeff" + json.dumps(items, indent=1), "refs.json")
        blog, talk = project.sources
        assert blog.name == "Data & Mesh"
        assert blog.metadata == {
            "url": "https://a.org/b",
            "doi": "10.1000/a",
            "author": "J. van Berg; Google",
            "published": "2020-12-03",
            "retrieved": "2021-01-05",
            "bibliographic reference": "Blog",
            "source type": "Blog Post",
        }
        assert (talk.kind, talk.key) == ("p", "2")
        assert blog.place.endswith("refs.json:2")
        assert [each.text for each in blog.memos] == ["Original: y\nz"]
        assert told(project) == {"items that are no entries": (1, True), "fields 'abstract'": (1, False)}
        assert len(read(tmp_path, json.dumps({"items": items}), "refs.json").sources) == 2
        assert len(read(tmp_path, json.dumps(items[0]), "refs.json").sources) == 1

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ('[{"id": 1},\n{"id": }]', r"refs\.json:2: is not JSON: Expecting value"),
            ('[{"id": 1}]\n]', r"refs\.json:2: is not JSON: Extra data"),
            ('[{"id": 1}', "is not JSON"),
            ("[" * 100_000, "nested too deeply"),
            ('[{"id": ' + "9" * 5000 + "}]", "thousands of digits"),
            ("[1, 2]", "is no entry of CSL JSON"),
            ('{"codes": []}', "is no entry of CSL JSON"),
            ('{"format": "codeable study"}', "`codeable.load_json` reads it"),
            ("[]", "has no entries of CSL JSON"),
        ],
    )
    def test_a_file_of_something_else_is_refused(self, tmp_path: Path, text: str, message: str) -> None:
        with pytest.raises(CodeableError, match=message) as raised:
            read(tmp_path, text, "refs.json")
        assert raised.value.exit_status == 2
