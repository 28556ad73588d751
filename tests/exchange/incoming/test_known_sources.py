"""Which sources of a project a study has already, and how the others are called."""

from pathlib import Path
from typing import ClassVar

import pytest
from attrs import evolve

from codeable.dsl import CClass, pattern, reference, source
from codeable.exchange.incoming.known_sources import planned_sources
from codeable.exchange.incoming.new_notes import note_fields
from codeable.exchange.incoming.planned import ImportOptions, PlannedSources, StudyBefore
from codeable.exchange.incoming.same_source import address_key, doi_key, title_key
from codeable.exchange.project import Project, ProjectPassage, ProjectSource
from codeable.loading import load_folder
from codeable.notes import read_text
from codeable.notes.decoding import decode
from codeable.notes.files import notes_of_study
from codeable.registry import Registry
from codeable.settings import Settings, read_settings

S44 = """\
# s 44
## url
https://towardsdatascience.com/data-as-a-product
## tiny url
https://tinyurl.com/s44
## archive url
https://web.archive.org/web/2021/https://old.example.org/product
## doi
10.1000/A.1
## title
An Operating Model for Data Products
## author
Mona Müller
## published
2021-03

# coding
"""


def planned(
    *sources: ProjectSource,
    notes: tuple[str, ...] = (S44,),
    renames: dict[str, str] | None = None,
    update: bool = False,
) -> PlannedSources:
    read = [
        evolve(read_text(text, f"sources/n{position}.md"), encoding=decode(text.encode())[1])
        for position, text in enumerate(notes)
    ]
    settings = Settings(renames=renames or {})
    options = ImportOptions(update=update)
    return planned_sources(Project("p", sources=sources), StudyBefore(settings=settings, notes=read), options)


def entry(key: str, title: str, identifier: str | None = None, **metadata: str) -> ProjectSource:
    return ProjectSource(key, title, metadata=metadata, identifier=identifier)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.Example.org/a/", "http://example.org/a"),
        ("example.org/a", "https://example.org:443/a/?utm_source=x&utm_medium=y&fbclid=1&gclid=2"),
        ("https://example.org/a?b=1&a=2", "https://example.org/a?a=2&b=1&mc_cid=7"),
        ("https://example.org/a#:~:text=data%20mesh", "https://example.org/a#"),
        ("https://example.org/a%20b", "https://example.org/a b"),
        ("https://medium.com/x?source=rss----1", "https://medium.com/x"),
        ("https://youtu.be/abcdefgh_1?si=z", "https://m.youtube.com/watch?t=3&v=abcdefgh_1"),
        ("https://web.archive.org/web/20200101000000/http://example.org/a", "https://example.org/a"),
    ],
)
def test_addresses_of_one_page(one: str, other: str) -> None:
    assert address_key(one) == address_key(other)


def test_addresses_of_different_pages() -> None:
    pages = ("x.org/a", "x.org/A", "x.org/a?p=1", "x.org/a?p=2", "x.org/a#c1", "y.org/a", "http://[", "", "?")
    assert len(set(map(address_key, pages))) == len(pages) - 1  # "" and "?" are none
    assert {address_key(each) for each in ("?", "..", "n/a", "-", "none yet", "/")} == {""}


def test_dois_and_titles_are_compared_without_spelling() -> None:
    assert doi_key("https://doi.org/10.1000%2FA.1") == doi_key("DOI: 10.1000/a.1;") == "10.1000/a.1"
    assert title_key("C") != title_key("C++") != title_key("C#")
    assert title_key("ﬁve “Größen” – 漢字") == title_key('FIVE "GRÖSSEN": 漢字')


def test_a_source_is_known_by_doi_address_or_title() -> None:
    plan = planned(
        entry("doi", "Other", url="https://dx.doi.org/10.1000/a.1"),
        entry("url", "Other", url="http://www.towardsdatascience.com/data-as-a-product/"),
        entry("tiny", "Other", url="https://tinyurl.com/s44"),
        entry("archived", "Other", url="https://old.example.org/product"),
        entry("title", "an operating model for data products."),
    )
    assert set(plan.identifiers.values()) == {"s44"}
    assert plan.known == {
        "doi": "the same DOI",
        "url": "the same url",
        "tiny": "the same url",
        "archived": "the same url",
        "title": "the same title",
    }
    known, again = plan.messages[:2]
    assert known == "1 source is in the study already: Other is s44 (the same DOI)"
    assert again.startswith("4 entries are in the file twice and count once: Other is s44 (the same url), ")


def test_what_is_no_address_makes_no_two_sources_one() -> None:
    source = [ProjectSource(each, f"Title {each}", metadata={"url": "n/a"}) for each in "ab"]
    found = planned(*source)
    assert (found.known, len(set(found.identifiers.values()))) == ({}, 2)


def test_other_authors_or_another_doi_make_another_source_of_the_same_title() -> None:
    title = "An Operating Model for Data Products"
    plan = planned(
        entry("authors", title, author="Zhamak Dehghani"),
        entry("doi", title, doi="10.1000/b.2", author="Mona Müller"),
        entry("same", title, author="Müller, M."),
    )
    assert plan.identifiers == {"authors": "s45", "doi": "s46", "same": "s44"}


def test_identifiers_are_continued_for_each_kind_and_never_taken() -> None:
    interview = ProjectSource("b", "Interview", kind="p")
    plan = planned(entry("a", "A"), interview, entry("c", "C"), notes=("# p 7\n", "# s 9b\n", "# s\n"))
    assert plan.identifiers == {"a": "s10", "b": "p8", "c": "s11"}
    assert planned(entry("a", "A"), notes=()).identifiers == {"a": "s1"}
    unread = evolve(read_text("", "sources/s_8.md"), identifier=None)
    plan = planned_sources(
        Project("p", sources=(entry("a", "A"),)), StudyBefore(notes=[unread]), ImportOptions()
    )
    assert plan.identifiers == {"a": "s9"}
    taken = Registry.of({"s1": CClass(source, "s1"), "s2": CClass(pattern, "Second S")})
    plan = planned_sources(Project("p", sources=(entry("a", "A"),)), StudyBefore(taken), ImportOptions())
    assert plan.identifiers == {"a": "s3"}


def test_a_reference_of_the_study_is_known_by_its_name_only() -> None:
    cited = CClass(reference, "Mesh page", values={"url": "https://x.org/m"})
    study = Registry.of({"s1": CClass(source, "s1"), "cited": cited})
    entries = entry("a", "Mesh page", "cited", url="https://x.org/m"), entry("b", "Mesh page")
    plan = planned_sources(Project("p", sources=entries), StudyBefore(study), ImportOptions())
    assert plan.identifiers == {"a": "cited", "b": "s2"}
    assert plan.messages[-1] == "1 new source is a reference of the study, too: s2 is cited"


def test_an_entry_that_is_twice_in_the_file_counts_once() -> None:
    plan = planned(
        entry("a", "Mesh", url="https://x.org/m"),
        entry("b", "Other name", url="http://x.org/m/"),
        entry("c", "MESH"),
        entry("d", "Fabric"),
    )
    assert plan.identifiers == {"a": "s45", "b": "s45", "c": "s45", "d": "s46"}
    assert plan.known == {"b": "the same url", "c": "the same title"}
    twice = "2 entries are in the file twice and count once"
    assert plan.messages == (f"{twice}: Other name is s45 (the same url), MESH is s45 (the same title)",)


def test_what_only_the_second_entry_says_is_told_and_comes_with_update() -> None:
    both = entry("a", "Mesh", url="https://x.org/m"), entry("b", "Mesh", url="https://y.org", doi="10.1000/m")
    plan = planned(*both)
    assert plan.messages[-1] == (
        "1 field is only in the second entry of a source: doi of s45; import the file again with --update, "
        "which fills them in"
    )
    note = "# s 45\n## url\nhttps://x.org/m\n## title\nMesh\n# coding\n"
    again = planned(*both, notes=(note,))
    assert again.differences == ()  # the file says no more than before
    assert again.messages[-1] == "--update fills in 1 empty field: doi of s45."
    assert "## doi\n10.1000/m\n" in planned(*both, notes=(note,), update=True).updates["sources/n0.md"]


def test_two_documents_of_one_name_are_two_sources_also_when_they_come_again() -> None:
    notes = (
        "# s 1\n## title\nInterview\n# coding\n> first\n",
        "# s 2\n## title\nInterview\n# coding\n> second\n",
    )
    one = ProjectSource("x", "Interview", "a second one", passages=(ProjectPassage(2, 8),))
    other = ProjectSource("y", "Interview", "a first one", passages=(ProjectPassage(2, 7),))
    assert planned(one, other, notes=()).identifiers == {"x": "s1", "y": "s2"}
    again = planned(one, other, notes=notes)
    assert again.identifiers == {"x": "s2", "y": "s1"}  # the passages tell them apart
    assert planned(one, other, ProjectSource("z", "Interview", "third"), notes=notes).identifiers["z"] == "s3"


def test_an_entry_without_a_text_and_a_document_of_its_title_are_one_source_again_and_again() -> None:
    """An entry keeps no document from the source that it is about, also not where it comes first."""
    entries = entry("a", "Event Bus"), ProjectSource("b", "Event Bus", "> ")
    first = planned(*entries, notes=()).identifiers
    assert first == {"a": "s1", "b": "s1"}
    assert planned(*entries, notes=("# s 1\n## title\nEvent Bus\n",)).identifiers == first


def test_a_document_that_another_tool_has_renamed_is_known_by_its_passages() -> None:
    parts = ("We put one gateway before all services.", "Each team ships when it wants to, and nobody waits.")
    note = f"# s 1\n## title\nInterview\n## url\nhttps://x.org\n# coding\n> {parts[0]}\n\n> {parts[1]}\n"
    text = " Well. ".join(parts)
    places = [ProjectPassage(text.index(part), text.index(part) + len(part)) for part in parts]
    source = ProjectSource("x", "1 - interview", text, tuple(places))
    plan = planned(source, notes=(note,))
    assert (plan.identifiers, plan.known) == ({"x": "s1"}, {"x": "the same passages"})
    assert [each.what for each in plan.differences] == ["title of s1"]
    ending = ProjectSource("x", "interview.TXT", "Short.")
    assert planned(ending, notes=(note,)).known == {"x": "the same name"}
    assert planned(ending, notes=(note,)).differences == ()
    two = (ProjectSource("a", "Talk.pdf"), ProjectSource("b", "Talk.docx"))
    assert planned(*two, notes=()).known == {}
    others = (
        evolve(source, name="B", metadata={"url": "https://y.org"}),
        evolve(source, name="B", passages=(ProjectPassage(0, 11),)),
        evolve(source, text="", passages=()),
    )
    assert all(planned(other, notes=(note,)).known == {} for other in others)


def test_the_identifier_of_a_study_counts_first_and_comes_back() -> None:
    plan = planned(
        entry("a", "s44", "s44"),  # it has nothing that could differ
        entry("b", "Renamed", "old", url="https://tinyurl.com/s44"),
        entry("c", "Another", "s44", url="https://other.org"),
        entry("d", "Free", "s7"),
        entry("e", "No name of a note", "my_blog"),
        renames={"old": "s44"},
    )
    assert plan.identifiers == {"a": "s44", "b": "s44", "c": "s45", "d": "s7", "e": "s46"}
    assert plan.known == {"a": "the same identifier", "b": "the same identifier"}
    assert "s44 is s45, my_blog is s46" in plan.messages[-1]


def test_what_a_file_says_otherwise_is_a_difference_with_its_place() -> None:
    plan = planned(
        entry(
            "a",
            "an operating model for DATA products",
            url="https://towardsdatascience.com/other",
            doi="https://doi.org/10.1000/a.1",
            author="Müller, Mona",
            published="2021-03-31",
            year="2020",
        )
    )
    assert [(each.what, each.in_file, each.in_study, each.place) for each in plan.differences] == [
        (
            "url of s44",
            "https://towardsdatascience.com/other",
            "https://towardsdatascience.com/data-as-a-product",
            "sources/n0.md:3",
        ),
        ("year of s44", "2020", "2021-03", "sources/n0.md:15"),
    ]


FORM = """\
# s 4
## url

## title (of it)
Data Mesh
## authors

## example (yes, no)

**AXIAL CODING TRACE**: source
``` python
s4 = CClass(source, "s4", values={
    "title": "Data Mesh",
    "url": ""})
```

# coding
> A passage.
"""


class TestUpdate:
    """Empty fields of notes that are there are filled in."""

    said: ClassVar[dict[str, str]] = {
        "url": "https://x.org/m",
        "doi": "10.1000/a",
        "author": "Mona Müller; J. Berg",
        "example": "yes",
        "published": "2020",
    }
    known = entry("a", "Data mesh", **said)

    def test_empty_fields_of_header_and_declaration_are_filled_in(self) -> None:
        plan = planned(self.known, notes=(FORM,), update=True)
        text = plan.updates["sources/n0.md"]
        note = read_text(text, "sources/n0.md")
        assert {name: one.value for name, one in note.metadata.items()} == {
            "doi": "10.1000/a",
            "published": "2020",
            "url": "https://x.org/m",
            "title": "Data Mesh",
            "authors": "Mona Müller; J. Berg",
            "example": "yes",
        }
        assert note.declared_source is not None
        assert {one.name.value: one.value for one in note.declared_source.values} == {
            "example": True,
            "title": "Data Mesh",
            "url": "https://x.org/m",
        }
        assert text.partition("# coding")[2] == FORM.partition("# coding")[2]
        assert plan.messages[-1].startswith("5 fields are filled in: url of s4, doi of s4")
        again = planned(self.known, notes=(text,), update=True)
        assert again.updates == {}
        assert not any("fill" in each for each in again.messages)

    def test_without_the_option_the_fields_are_only_told(self) -> None:
        plan = planned(self.known, notes=(FORM,))
        assert plan.updates == {}
        assert plan.messages[-1] == (
            "--update fills in 5 empty fields: url of s4, doi of s4, author of s4, example of s4, "
            "published of s4."
        )

    def test_what_is_written_is_never_changed(self) -> None:
        other = evolve(
            self.known, metadata={"url": "https://y.org", "title": "Data mesh", "author": "Jan Berger"}
        )
        filled = planned(self.known, notes=(FORM,), update=True).updates["sources/n0.md"]
        plan = planned(other, notes=(filled,), update=True)
        assert plan.updates == {}
        assert plan.identifiers == {"a": "s5"}  # other authors: another work
        same = evolve(other, metadata={"url": "https://x.org/m", "title": "Other", "published": "1999"})
        plan = planned(same, notes=(filled,), update=True)
        assert plan.updates == {}
        assert [each.what for each in plan.differences] == ["title of s4", "published of s4"]

    def test_line_ends_stay_and_the_note_of_each_coder_is_filled_in(self) -> None:
        windows = FORM.replace("\n", "\r\n")
        plan = planned(self.known, notes=(FORM, windows), update=True)
        assert plan.updates["sources/n1.md"] == plan.updates["sources/n0.md"].replace("\n", "\r\n")

    def test_what_cannot_be_filled_in_is_told(self) -> None:
        hostile = entry("a", "Data mesh", doi="# coding")
        plan = planned(hostile, notes=(FORM,), update=True)
        assert plan.updates == {}
        assert plan.messages[-1] == "not filled in: sources/n0.md cannot hold doi"
        study = Registry.of({"s1": CClass(source, "s1", values={"title": "Data Mesh"})})
        project = Project("p", sources=(self.known,))
        plan = planned_sources(project, StudyBefore(study), ImportOptions(update=True))
        assert plan.messages[-1] == "not filled in: s1 has no note; `codeable notes new s1` begins one"


def test_the_address_of_a_doi_is_no_other_address() -> None:
    plan = planned(entry("a", "Other authors' title", doi="10.1000/a.1", url="https://doi.org/10.1000/a.1"))
    assert [each.what for each in plan.differences] == ["title of s44"]


def test_the_sources_of_this_repository_are_known_by_what_notes_and_modules_say() -> None:
    folder = Path(__file__).parents[3]
    settings = read_settings(folder)
    registry = load_folder(folder)
    again = [
        entry(each.short_name, str(each.element.values["title"]), url=str(each.element.values["url"]))
        for each in registry.sources.declarations
    ]
    project = Project("p", sources=tuple(again))
    plan = planned_sources(
        project, StudyBefore(registry, settings, notes_of_study(folder, settings)), ImportOptions()
    )
    assert dict(plan.identifiers) == {each.key: each.key for each in again}
    assert not plan.differences


def test_the_name_of_a_document_is_the_title_of_its_note() -> None:
    assert note_fields(ProjectSource("1", "A\nname")) == {"title": "A name"}
    assert note_fields(entry("1", "s44", "s44")) == {}  # the study has no title either
