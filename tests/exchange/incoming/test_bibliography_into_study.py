"""A bibliography that comes into a study: notes that are checked, known again, and written back."""

import json
from pathlib import Path

import codeable
from codeable.exchange.readers.bibliography.bibtex_entries import read_bibtex
from codeable.exchange.readers.bibliography.csl_entries import read_csl_json
from tests.exchange.projects import imported, planned

TITLES = (
    *("# coding", "## title", "**MEMO:** x", "**AXIAL CODING TRACE:**", "``` python", "<!-- x", "> q", "s 4"),
    *("\\", "- ", "“”", "a\u2028b", "\u202eabc", "\x1b[31mred", "x" * 3000, "  padded  ", "漢字 🎉 é", "---"),
    *('\'"""\' + exit()', "yes", "| a | c |", "<script>", "[link](http://x)", "\ud800", "\0zero", "C", "C++"),
    *("<<<<<<< HEAD", "coder", "s9 = CClass(source, 's9')"),
)
SIGNS = ("```", "???", "…", "#", ">", "**", "----")
VALUES = ("# coding", "javascript:alert(1)", "http://[::1", "; ;", "``` python\nx\n```", "\n\n## x\n")


def test_entries_of_any_text_become_notes_that_are_known_again(tmp_path: Path) -> None:
    items: list[dict[str, object]] = [
        {"id": f"t{number}", "type": "webpage", "title": title, "URL": f"https://x.org/{number}"}
        for number, title in enumerate(TITLES)
    ]
    items += [
        {
            "id": f"v{n}",
            "title": f"V {n}",
            "URL": each,
            "author": [{"literal": each}],
            "publisher": each,
            "note": each,
        }
        for n, each in enumerate(VALUES)
    ]
    items += [{"id": f"s{n}", "title": title} for n, title in enumerate(SIGNS)]
    (tmp_path / "refs.json").write_text(json.dumps(items))
    project = read_csl_json(tmp_path / "refs.json")
    done = imported(project, tmp_path / "study")
    assert len(done.notes.new) == len(items)
    study = codeable.load(tmp_path / "study")
    assert len(study.sources) == len(done.notes.new)
    assert {each.code for each in study.check().diagnostics} <= {"C202", "C408"}  # no types, no codes
    again = planned(project, tmp_path / "study")
    assert (again.changes, again.differences, again.is_complete) == ((), (), True)


def test_the_bibliography_of_a_study_starts_another_one(tmp_path: Path) -> None:
    text = codeable.load(Path(__file__).parents[3]).reports.references.to_bibtex()
    (tmp_path / "references.bib").write_text(text, encoding="utf-8")
    done = imported(read_bibtex(tmp_path / "references.bib"), tmp_path / "study")
    assert done.is_complete
    made = codeable.load(tmp_path / "study").reports.references.to_bibtex()
    assert made.partition("@")[2] == text.partition("@")[2]


def test_a_changed_file_adds_what_is_new_and_tells_what_differs(tmp_path: Path) -> None:
    path, folder = tmp_path / "refs.bib", tmp_path / "study"
    path.write_text("@misc{a, title = {Mesh}, url = {https://x.org/m}, year = 2020}")
    imported(read_bibtex(path), folder)
    path.write_text(
        "@misc{a, title = {Mesh}, url = {http://www.x.org/m/}, year = 2021, doi = {10.1000/m}}\n"
        "@misc{b, title = {Fabric}}"
    )
    done = imported(read_bibtex(path), folder, update=True)
    assert [each.what for each in done.differences] == ["published of s1"]
    assert not done.is_complete
    assert sorted(Path(each).name for each in done.notes.new) == ["s_2.md"]
    note = (folder / "sources/s_1.md").read_text(encoding="utf-8")
    assert "## doi\n10.1000/m\n" in note
    assert "## published\n2020\n" in note
    assert imported(read_bibtex(path), folder, update=True).changes == ()
