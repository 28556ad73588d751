"""C206, C207, C209 to C211: which source a note is about, and sources that are there twice."""

from pathlib import Path

import pytest

from tests.checks.cases import checked, codes, in_notes, in_study, note, reported, source
from tests.checks.test_rules_metadata import metadata, trace


@pytest.mark.parametrize(
    ("declared", "message"),
    [
        ('s15 = CClass(source, "s15", values={})', "the note is s7, but it declares s15"),
        ('s7 = CClass(source, "s15", values={})', 's7 is declared with the name "s15"'),
    ],
)
def test_identifiers_that_differ_are_reported_once(declared: str, message: str) -> None:
    (line,) = reported(in_notes(trace(declared)), "C206")
    assert line.endswith(message)


@pytest.mark.parametrize("prose", ["add codes to s7:", "add codes to s:", "add codes to the model:", "added:",
                                   "codes to add for mesh:"])  # fmt: skip
def test_codes_that_are_added_to_the_own_source_are_not_reported(prose: str) -> None:
    assert metadata(note("a = CClass(force, 'A')").replace("``` python", f"{prose}\n``` python")) == []


def test_codes_that_are_added_to_another_source_are_one_diagnostic() -> None:
    text = note("'''\na, b\n'''", "'''\nc\n'''").replace("``` python", "add codes to s15:\n``` python")
    found = [one for one in in_notes(text) if one.code == "C207"]
    assert [one.message for one in found] == ["3 codes added to s15 in the note of s7; they count for s7"]
    assert [one.span.line for one in found[0].related] == [27]


def test_the_same_as_code_is_reported_too() -> None:
    found = in_notes(note('a = CClass(force, "A")\nadd_links({s15: [a]}, role_name="contained_code")'))
    assert len(reported(found, "C207")) == 1


def test_of_two_notes_of_one_source_the_first_counts_and_the_second_costs_what_hangs_on_it() -> None:
    one, two = note('a = CClass(force, "A")'), note('b = CClass(practice, "B")')
    found = in_notes(one, two, note("add_force_relations({b: {a: positive}})", number=8))
    (second,) = [each for each in found if each.code == "C209"]
    assert second.span.path == "s_2.md"
    assert [(lost.kind, lost.span.path) for lost in second.loses] == [
        ("note", "s_2.md"),
        ("impact", "s_3.md"),
    ]
    assert "C403" not in codes(found)
    assert not {"C111", "C301"} & set(codes(found))


def test_a_source_and_an_interview_of_one_number_are_two() -> None:
    assert metadata(note(number=3), note(number=3, kind="p")) == []


def test_the_notes_of_two_coders_are_no_duplicates() -> None:
    one, other = (note("a = CClass(force, 'A')", coder=coder) for coder in ("anna", "ben"))
    assert metadata(one, other) == []
    assert metadata(one, other, other) == ["C209"]


def test_two_sources_of_one_identifier_are_an_error_at_the_second(tmp_path: Path) -> None:
    files = {"models/a.py": "a = CClass(force, 'A')\n", "sources/s7.py": source("a")}
    found = in_study(
        tmp_path, {**files, "sources/s7_b.py": source("a", url="https://example.org/b", title="B")}
    )
    assert reported(found, "C210") == ["s7_b.py:4:1 the source s7 is declared in another place too"]
    assert codes(found).count("C210") == 1


@pytest.mark.parametrize(
    ("url", "title", "reports"),
    [
        ("http://www.Example.org/7/", "Another title", "url"),
        ("https://example.org/8", "Storage for Data Products.", "title"),
        ("https://example.org/77", "Storage for data", None),
        ("", "Another title", None),
    ],
)
def test_one_article_under_two_identifiers_is_reported_once(
    url: str, title: str, reports: str | None
) -> None:
    found = in_notes(note(), note(number=8, url=url, title=title))
    messages = reported(found, "C211")
    assert len(messages) == (reports is not None)
    assert all(f"s8 has the {reports} of s7" in one for one in messages)


def test_what_says_nothing_of_an_article_is_not_compared() -> None:
    for url in ("-", "n/a", "none", "https://"):
        assert "C211" not in metadata(note(url=url), note(number=8, url=url))
    assert "C211" not in metadata(note(title="Data Mesh"), note(number=8, title="Data Mesh"))


def test_interviews_may_have_one_title_and_address() -> None:
    notes = (
        note(number=number, kind="p", url="https://a.org", title="An interview on it") for number in (1, 2)
    )
    assert "C211" not in metadata(*notes)


def test_a_copied_heading_is_one_finding() -> None:
    declared = (
        's2 = CClass(source, "s2", values={"title": "Article 2", "url": "https://example.org/2", '
        '"type": "Blog Post", "author type": "Practitioner"})\ncache\n'
    )
    copied = note(number=1).replace(
        "\n# coding", f"\n**AXIAL CODING TRACE:**\n```python\n{declared}```\n# coding"
    )
    found = in_notes(note('cache = CClass(pattern, "Cache")', number=1), copied)
    assert [one.code for one in found if one.span.path == "s_2.md"] == ["C206"]


def test_folders_of_two_notes_are_proposed_as_those_of_coders(tmp_path: Path) -> None:
    files = {"models/a.py": "a = CClass(force, 'A')\n", "sources/s7.py": source("a")}
    files |= {f"sources/{coder}/s_7.md": note("a") for coder in ("anna", "ben")}
    (one,) = [one for one in in_study(tmp_path, files) if one.code == "C209"]
    coders = '[tool.codeable] coders = { "anna" = "sources/anna", "ben" = "sources/ben" }'
    assert (one.severity, one.suggestion) == ("warning", f"say so: {coders}")
    assert "it counts as that of another coder, 'ben', because of its folder" in one.message
    assert not one.loses
    (tmp_path / "pyproject.toml").write_text(coders.replace("] ", "]\n"), encoding="utf-8")
    assert "C209" not in codes(list(checked(tmp_path).diagnostics))


def test_a_note_in_a_folder_below_the_other_is_a_second_note(tmp_path: Path) -> None:
    files = {"models/a.py": "a = CClass(force, 'A')\n", "sources/s7.py": source("a")}
    files |= {name: note("a") for name in ("sources/s_7.md", "sources/old/s_7.md")}
    (one,) = [one for one in in_study(tmp_path, files) if one.code == "C209"]
    assert (one.severity, [lost.kind for lost in one.loses]) == ("error", ["note"])
    assert one.suggestion is not None
    assert 'if two persons coded it: [tool.codeable] coders = { "' in one.suggestion
