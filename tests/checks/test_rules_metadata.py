"""C2xx: metadata of sources, and what differs without being wrong."""

from pathlib import Path

import pytest

from codeable.checks import Diagnostic
from tests.checks.cases import codes, in_notes, in_study, note, reported, source

DECLARED = """
s7 = CClass(source, "s7", values={
    "url": "https://example.org/7",
    "title": "Storage for data products",
    "type": "Blog Post",
    "author type": "Practitioner"})
"""


def trace(text: str = DECLARED, **fields: str) -> str:
    """A note whose metadata are in a trace too."""
    declared = f"**AXIAL CODING TRACE**: source and references\n``` python\n{text.strip()}\n```\n\n# coding"
    return note(**fields).replace("# coding", declared)


def metadata(*texts: str) -> list[str]:
    return [code for code in codes(in_notes(*texts)) if code.startswith("C2")]


def both(folder: Path, text: str, module: str, settings: str = "") -> list[Diagnostic]:
    """What is found of metadata in a note and a module."""
    files = {"models/a.py": "a = CClass(force, 'A')\n", "sources/s7.py": module, "sources/s_7.md": text}
    files["pyproject.toml"] = settings
    return [one for one in in_study(folder, files) if one.code.startswith("C2")]


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("the same in header and trace", trace()),
        ("no trace", note()),
        ("a trace that is broken", trace(DECLARED.replace("})", "}"))),
        ("no source code and no example said", note(source_code="", example="")),
        ("yes and no for true and false", trace(DECLARED.replace("})", ', "example": True})'))
         .replace("## source type", "## example\nyes\n## source type")),
        ("hints in brackets", note().replace("## source type", "## example (yes, no)\nno\n## source type")),
        ("upper case", note().replace("## url", "## URL")),
        ("references", note(references="A book")),
        ("blanks around a value", note(title="  Storage for data products  ")),
        ("a title over two lines", trace().replace("\nStorage for data", "\nStorage for\ndata", 1)),
        ("an interview without address and types", note(number=3, kind="p", url="", source_type="",
                                                          author_type="")),
    ],
)  # fmt: skip
def test_metadata_that_agree_are_not_reported(what: str, text: str) -> None:
    assert metadata(text) == []


def test_an_unknown_field_is_reported_with_the_nearest_one() -> None:
    (line,) = reported(in_notes(note().replace("## source type", "## archiv url\n\n## source type")), "C201")
    assert line == "s_1.md:6:4 'archiv url' is not a field of a source"


def test_a_field_of_the_empty_note_of_the_study_is_known(tmp_path: Path) -> None:
    files = {"sources/s_.md": "# s\n## role\n", "models/a.py": "a = CClass(force, 'A')\n"}
    files["sources/s_7.md"] = note().replace("## source type", "## role\nboss\n\n## rule\n\n## source type")
    (line,) = reported(in_study(tmp_path, files), "C201")
    assert line.endswith("s_7.md:9:4 'rule' is not a field of a source")


@pytest.mark.parametrize("field", ["retrieved", "Last visited", "authors", "DOI"])
def test_a_field_that_the_bibliography_reads_is_known(field: str) -> None:
    assert metadata(note().replace("## source type", f"## {field}\n2024-03-01\n\n## source type")) == []


def test_a_misspelt_field_of_the_bibliography_is_reported_with_the_nearest_one() -> None:
    found = in_notes(note().replace("## source type", "## retreived\n2024-03-01\n\n## source type"))
    assert [one.suggestion for one in found if one.code == "C201"] == ["write 'retrieved'"]


def test_an_unknown_value_of_a_declaration_is_reported_too() -> None:
    found = in_notes(trace(DECLARED.replace('"title"', '"titel"')))
    assert reported(found, "C201") == ["s_1.md:15:5 'titel' is not a value of a source"]


def test_what_is_only_misspelt_is_not_reported_as_lacking() -> None:
    assert metadata(trace(DECLARED.replace('"title"', '"titel"'))) == ["C201"]
    assert metadata(trace().replace("## url", "## ulr")) == ["C201"]


def test_a_value_that_only_references_have_customarily_is_known() -> None:
    assert metadata(trace(DECLARED.replace('"title"', '"bibliographic reference": "B",\n    "title"'))) == []


def test_headings_after_coding_are_no_fields() -> None:
    assert metadata(note(coding="## A heading of the article\n\n> Text.")) == []


def test_what_the_header_lacks_is_one_diagnostic() -> None:
    (line,) = reported(in_notes(note(url="", title="")), "C202")
    assert line == "s_1.md:1:1 the header of s7 lacks 'url', 'title'"


def test_what_only_the_header_has_is_reported_of_the_trace() -> None:
    found = in_notes(trace().replace("## title", "## tiny url\nhttps://t.example/7\n## title"))
    (line,) = reported(found, "C202")
    assert line == "s_1.md:15:1 the declaration in the trace of s7 lacks 'tiny url'"
    (diagnostic,) = [one for one in found if one.code == "C202"]
    assert [one.message for one in diagnostic.related] == [
        "'tiny url' is \"https://t.example/7\" in the header"
    ]


def test_what_the_module_alone_lacks_is_reported_of_the_module(tmp_path: Path) -> None:
    text = trace(DECLARED.replace('"type"', '"tiny url": "t",\n    "type"')).replace(
        "## title", "## tiny url\nt\n## title"
    )
    assert reported(both(tmp_path, text, source("a")), "C202") == [
        "s7.py:4:1 the declaration in the module of s7 lacks 'tiny url'"
    ]


def test_what_trace_and_module_lack_is_reported_once(tmp_path: Path) -> None:
    found = both(tmp_path, trace().replace("## title", "## tiny url\nt\n## title"), source("a"))
    assert codes(found) == ["C202"]
    assert [Path(one.span.path).name for one in found[0].related] == ["s_7.md", "s7.py"]


@pytest.mark.parametrize("value", ["Blog Posts", "Blog", "Practitioner audience article"])
def test_a_type_outside_the_controlled_vocabulary_is_reported(value: str) -> None:
    (line,) = reported(in_notes(note(source_type=value)), "C203")
    assert f'"{value}" is not in the controlled vocabulary of source types' in line


def test_a_value_that_is_refused_is_reported_there_alone() -> None:
    text = trace(DECLARED.replace("})", ', "example": "maybe"})'), example="yes")
    assert {"C110", "C202"} & set(codes(in_notes(text))) == {"C110"}


def test_interview_is_in_the_vocabulary_of_interviews_only() -> None:
    assert metadata(note(kind="p", source_type="Interview")) == []
    assert metadata(note(source_type="Interview")) == ["C203"]


def test_the_settings_add_types(tmp_path: Path) -> None:
    settings = '[tool.codeable]\nsource-types = ["Podcast"]\nauthor-types = ["Vendor"]\n'
    module = source("a", type="Podcast", author_type="Vendor")
    assert both(tmp_path, note(source_type="Podcast", author_type="Vendor"), module, settings) == []


def test_a_type_of_its_own_is_proposed_for_the_settings() -> None:
    (one,) = [one for one in in_notes(note(source_type="Podcast")) if one.code == "C203"]
    assert one.suggestion is not None
    assert one.suggestion.endswith('[tool.codeable] source-types = ["Podcast"]')


@pytest.mark.parametrize("address", ["http://example.org/7", "https://www.Example.org/7/", "example.org/7"])
def test_addresses_that_lead_to_one_page_do_not_differ(address: str) -> None:
    assert "C205" not in metadata(trace(DECLARED.replace("https://example.org/7", address)))


def test_another_page_is_another_address() -> None:
    assert "C205" in metadata(trace(DECLARED.replace("https://example.org/7", "https://example.org/7/a")))


def test_a_title_that_differs_in_letter_case_only_is_information() -> None:
    found = in_notes(trace(DECLARED.replace("Storage for", "Storage For")))
    assert [(one.code, one.severity) for one in found if one.code == "C205"] == [("C205", "info")]


@pytest.mark.parametrize("example", ["yes - a shop", "Yes, with code", "true (in the appendix)"])
def test_a_remark_behind_yes_is_no_difference(example: str) -> None:
    text = trace(DECLARED.replace("})", ', "example": True})'), example=example)
    assert "C205" not in metadata(text)


@pytest.mark.parametrize("value", ["Mixed", "Academic", "Unknown", "Practitioner"])
def test_every_author_type_of_the_vocabulary_is_accepted(value: str) -> None:
    assert metadata(note(author_type=value)) == []


def test_one_wrong_value_in_header_trace_and_module_is_one_diagnostic(tmp_path: Path) -> None:
    text = trace(DECLARED.replace("Blog Post", "Blog")).replace("\nBlog Post\n", "\nBlog\n")
    found = both(tmp_path, text, source("a", type="Blog"))
    assert codes(found) == ["C203"]
    assert len(found[0].related) == 2


SWAPPED = (
    DECLARED.replace("Practitioner", "P").replace("Blog Post", "Practitioner").replace('"P"', '"Blog Post"')
)


def test_a_swap_in_note_and_module_is_one_diagnostic(tmp_path: Path) -> None:
    found = both(tmp_path, trace(SWAPPED), source("a", type="Practitioner", author_type="Blog Post"))
    assert codes(found) == ["C204"]
    assert found[0].severity == "warning"


def test_a_swap_in_the_header_is_reported_there() -> None:
    (line,) = reported(in_notes(note(source_type="Practitioner", author_type="Blog Post")), "C204")
    assert line.startswith("s_1.md:9:1 ")


@pytest.mark.parametrize(
    ("kind", "author"), [("Blog Post", "Blog Post"), ("Practitioner", "Practitioner"), ("Mixed", "Slide")]
)
def test_types_that_an_exchange_would_not_correct_are_no_swap(kind: str, author: str) -> None:
    assert "C204" not in metadata(note(source_type=kind, author_type=author))


def test_a_value_that_differs_is_reported_where_it_differs(tmp_path: Path) -> None:
    found = both(tmp_path, trace(), source("a", title="Keeping data products"))
    (line,) = reported(found, "C205")
    assert line == (
        "s7.py:4:67 'title' of s7 is \"Keeping data products\" in the module, "
        'but "Storage for data products" in the header'
    )


def test_a_truth_value_that_differs_is_reported() -> None:
    text = trace(DECLARED.replace("})", ', "example": True})')).replace(
        "## source type", "## example\nno\n## source type"
    )
    (line,) = reported(in_notes(text), "C205")
    assert "'example' of s7 is True in the trace, but False in the header" in line


@pytest.mark.parametrize("name", ['" CI/CD"', '"CI/CD "', "' CI/CD'", '"""CI/CD\n"""', '"\\tCI/CD"'])
def test_a_blank_at_the_edge_of_a_name_is_reported(name: str) -> None:
    assert len(reported(in_notes(note(f"a = CClass(force, {name})")), "C208")) == 1


@pytest.mark.parametrize("name", ['"CI / CD"', '""', '" "', "NAME"])
def test_other_blanks_in_names_are_not_reported(name: str) -> None:
    assert "C208" not in metadata(note(f"a = CClass(force, {name})"))
