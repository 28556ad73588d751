"""The import of a project into a study, as one transaction."""

from pathlib import Path

import pytest
from attrs import evolve

import codeable
from codeable.coded.coded_study import CodedStudy
from codeable.errors import CodeableError
from codeable.exchange.outgoing.study_project import project_of
from codeable.exchange.project import Coder, Coding, Project, ProjectCode, ProjectPassage, ProjectSource
from codeable.loading import load_folder
from codeable.notes import read_note
from codeable.notes.build import apply
from codeable.notes.files import notes_of_study
from codeable.notes.new_note import form_with
from codeable.settings import read_settings
from tests.exchange.projects import INTERVIEWS, TEXT, imported, planned
from tests.studies import write_study


def test_a_project_becomes_a_study_that_a_person_can_edit(tmp_path: Path) -> None:
    folder = tmp_path / "study"
    done = imported(INTERVIEWS, folder)
    assert (done.is_complete, done.not_taken_over) == (True, ())
    anna, ben = read_note(folder / "sources/s_1.md"), read_note(folder / "sources/ben/s_1.md")
    assert [each.problems for each in (anna, ben)] == [(), ()]
    assert [(each.title, each.coder) for each in (anna, ben)] == [
        ("Interview 1.docx", "Anna"),
        ("Interview 1.docx", "Ben"),
    ]
    assert [each.text for each in anna.passages] == ["Événements 🙂", "> quoted line\nand on."]
    assert [(each.text, [one.text for one in each.about]) for each in anna.memos] == [
        ("source memo", []),
        ("why\n\n# what", ["Événements 🙂"]),
    ]
    assert [(each.text, [one.text for one in each.about]) for each in ben.memos] == [("Hm", ["Wir nutzen"])]
    assert (folder / "texts/s1.txt").read_text(encoding="utf-8") == TEXT
    assert (folder / "texts/my_interviews_memos.txt").read_text(encoding="utf-8") == (
        "Overall (Ben)\n\nall in all\n"
    )
    study = codeable.load(folder)
    assert {(each.text, each.coder) for each in study.passages_of("cost")} == {
        ("> quoted line\nand on.", "Anna"),
        ("Événements 🙂", "Ben"),
    }
    assert [str(each) for each in study.evidence_of("event_bus")] == ["s1"]
    assert study["cost"].superclasses == [study["forces"]]
    assert study["s2"].values["url"] == "https://e.org/1"


def test_importing_twice_changes_nothing(tmp_path: Path) -> None:
    imported(INTERVIEWS, tmp_path / "study")
    again = planned(INTERVIEWS, tmp_path / "study")
    assert (again.changes, again.differences, again.is_complete) == ((), (), True)


def test_two_documents_of_one_title_stay_apart_where_their_texts_do(tmp_path: Path) -> None:
    """Each project has its "Interview 1"; a version of a text is the same document."""
    said = {
        word: " ".join(f"We {word} the topic {number}." for number in range(12))
        for word in ("name", "split", "archive")
    }

    def project(name: str, text: str) -> Project:
        source = ProjectSource("1", "Interview 1", text, (ProjectPassage(0, 6),))
        return Project(name, sources=(source,))

    imported(project("A", said["name"]), tmp_path)
    other = imported(project("B", said["split"]), tmp_path)
    assert dict(other.sources.identifiers) == {"1": "s2"}
    assert other.messages == ("1 new source has the title of one with another text: s2 is not s1",)
    longer = planned(project("A", f"{said['name']} {said['archive']}"), tmp_path)
    assert dict(longer.sources.identifiers) == {"1": "s1"}
    assert [each.what for each in longer.differences] == ["whole text"]
    for name, word in (("A", "name"), ("B", "split")):
        assert planned(project(name, said[word]), tmp_path).changes == ()


def test_notes_are_where_the_settings_of_the_study_have_them(tmp_path: Path) -> None:
    settings = """
        [tool.codeable]
        notes = ["notes/*.md"]
        [tool.codeable.coders]
        Anna = "of anna"
        """
    files = {"pyproject.toml": settings, "models/m.py": "", "sources/x.py": "", "notes/p-7.md": "# p 7\n"}
    folder = write_study(tmp_path, files)
    done = imported(INTERVIEWS, folder)
    notes = ["notes/ben/s-1.md", "notes/s-2.md", "of anna/s-1.md"]
    assert [one.path for one in done.changes if one.path.endswith(".md")] == notes
    assert read_settings(folder).notes == ("of anna", "notes/ben", "notes/*.md")
    assert [(one.identifier, one.coder) for one in notes_of_study(folder, read_settings(folder))] == [
        ("s1", "Ben"),
        ("s1", "Anna"),
        ("s2", None),
        ("p7", None),
    ]
    assert planned(INTERVIEWS, folder).changes == ()


@pytest.mark.parametrize("form", [None, "# s\r\n\r\n## title\r\n\r\n# coding\r\n"])
def test_fields_of_an_import_are_fields_of_the_study(tmp_path: Path, form: str | None) -> None:
    """The empty note of the study gets them, or there is one now; the check knows them."""
    folder = write_study(tmp_path / "study", {"notes/p7.md": "# p 7\n"})
    (folder / "pyproject.toml").write_text('[tool.codeable]\nnotes = ["notes"]\n')
    if form is not None:
        (folder / "notes/s_.md").write_bytes(form.encode())
    project = Project("P", sources=(ProjectSource("1", "A", metadata={"Role": "Architect", "doi": "x"}),))
    imported(project, folder)
    written = (folder / "notes/s_.md").read_bytes().decode()
    if form is None:
        assert written == form_with(["role"])
    else:
        assert written == "# s\r\n\r\n## role\r\n\r\n## title\r\n\r\n# coding\r\n"
    assert "C201" not in {one.code for one in codeable.load(folder).check().diagnostics}
    assert planned(project, folder).changes == ()


def test_a_new_coder_has_a_folder_beside_those_of_the_others(tmp_path: Path) -> None:
    settings = """
        [tool.codeable.coders]
        Cem = "sources/cem"
        Dora = "sources/dora"
        """
    note = "# s 1\n## title\nInterview 1.docx\n"
    files = {"pyproject.toml": settings, "models/m.py": "", "sources/x.py": "", "sources/cem/s_1.md": note}
    folder = write_study(tmp_path, files)
    done = imported(INTERVIEWS, folder)
    assert [one.path for one in done.changes if one.path.endswith(".md")] == [
        "sources/anna/s_1.md",
        "sources/ben/s_1.md",
        "sources/cem/s_2.md",
    ]


def test_what_a_person_made_stays(tmp_path: Path) -> None:
    folder = write_study(tmp_path / "study")
    before = {path: path.read_bytes() for path in folder.rglob("*.py")}
    done = imported(INTERVIEWS, folder)
    assert {path: path.read_bytes() for path in before} == before
    assert done.sources.identifiers == {"d1": "s15", "d2": "s16"}
    assert [str(each) for each in codeable.load(folder).evidence_of("event_bus")] == ["s15"]
    module = folder / "models/my_interviews.py"
    module.write_text(
        module.read_text(encoding="utf-8").replace("What it takes", "By hand"), encoding="utf-8"
    )
    again = planned(INTERVIEWS, folder)
    assert again.changes == ()
    assert [(one.in_file, one.in_study) for one in again.differences] == [("What it takes", "By hand")]


def test_a_note_keeps_its_encoding_and_its_line_ends(tmp_path: Path) -> None:
    folder = tmp_path / "study"
    imported(evolve(INTERVIEWS, sources=INTERVIEWS.sources[1:]), folder)
    path = folder / "sources/s_1.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n").replace(b"Empty", "Größe".encode("cp1252")))
    source = evolve(INTERVIEWS.sources[1], name="Größe", text="Straße", passages=(ProjectPassage(0, 6),))
    done = imported(Project("P", sources=(source,)), folder)
    assert [one.path for one in done.changes] == ["sources/s1.py", "sources/s_1.md"]
    assert path.read_bytes().endswith("\r\n> Straße\r\n".encode("cp1252"))
    longer = evolve(source, text="Straße 🙂", passages=(ProjectPassage(0, 6), ProjectPassage(7, 8)))
    imported(Project("P", sources=(longer,)), folder)
    assert path.read_bytes().decode("utf-8").endswith("\r\n> Straße\r\n\r\n> 🙂\r\n")


def test_nothing_is_written_where_the_study_would_not_load(tmp_path: Path) -> None:
    folder = write_study(tmp_path, {"pyproject.toml": "[tool.codeable]\n", "models/m.py": "1 / 0\n"})
    before = sorted(folder.rglob("*"))
    with pytest.raises(CodeableError, match=r"models/m\.py"):
        planned(INTERVIEWS, folder)
    assert sorted(folder.rglob("*")) == before


def test_a_file_that_is_changed_meanwhile_stops_the_whole_import(tmp_path: Path) -> None:
    plan = planned(INTERVIEWS, tmp_path / "study")
    write_study(tmp_path / "study", {"sources/s_2.md": "mine\n"})
    with pytest.raises(CodeableError, match=r"s_2\.md was changed meanwhile; run it again"):
        apply(plan.changes, tmp_path / "study")
    assert [path.name for path in (tmp_path / "study").rglob("*.*")] == ["s_2.md"]


def test_names_and_fields_that_are_no_markdown(tmp_path: Path) -> None:
    names = [
        "# Heading",
        "> quoted",
        "``` x",
        "**MEMO:** x",
        "<!-- c",
        "s1 = CClass(source, 'x')",
        "a\nb",
        "\u202e",
    ]
    sources = tuple(ProjectSource(str(number), name) for number, name in enumerate(names))
    done = imported(Project("../..", sources=sources), tmp_path / "study")
    study = codeable.load(tmp_path / "study")
    titles = [str(one.values["title"]) for one in study.sources]
    assert [title.removeprefix("\\") for title in titles] == [" ".join(name.split()) for name in names]
    assert not done.not_taken_over
    assert planned(done.project, tmp_path / "study").changes == ()


def test_an_export_that_comes_back_into_its_study_changes_nothing(tmp_path: Path) -> None:
    folder = write_study(tmp_path)  # s14 and s6 have no notes, only modules
    project = project_of(CodedStudy(load_folder(folder), ()))
    again = planned(project, folder)
    assert (again.changes, again.differences) == ((), ())


def test_the_variables_of_sources_are_fields_of_a_new_study(tmp_path: Path) -> None:
    metadata = {"Role": "architect", "Age (years)": "40", "Memo": "x", "Coder": "who?"}
    source = ProjectSource("1", "Anna", metadata=metadata)
    imported(Project("P", coders=(Coder("u", "Ben"),), sources=(source,)), tmp_path / "study")
    fields = ["coder", "role", "age years", "variable memo", "variable coder"]
    form, note = (read_note(tmp_path / "study/sources" / name) for name in ("s_.md", "s_1.md"))
    assert [one.name for one in form.fields][-6:-1] == fields
    assert [note.metadata[name].value for name in fields] == ["", "architect", "40", "x", "who?"]
    assert note.problems == ()


def test_coders_whose_names_are_long_or_markdown_have_notes_of_their_own(tmp_path: Path) -> None:
    names = ("A" * 300, "\N{HIRAGANA LETTER A}" * 300, "# h", "**MEMO:** x", "> y", "../../z", "con")
    text = "one two three"
    spoken = tuple(Coding("c", name) for name in names)
    project = Project(
        "P",
        coders=tuple(Coder(name, name) for name in names),
        codes=(ProjectCode("c", "Cost"),),
        sources=(ProjectSource("s", "Talk", text, (ProjectPassage(0, 3, spoken),)),),
    )
    assert imported(project, tmp_path / "study").is_complete
    notes = notes_of_study(tmp_path / "study", read_settings(tmp_path / "study"))
    assert [len(each.passages) for each in notes if not each.is_template] == [1] * len(names)
    again = planned(project, tmp_path / "study")
    assert (again.changes, again.differences, again.is_complete) == ((), (), True)


@pytest.mark.slow
def test_ten_thousand_passages_of_the_same_words_come_in(tmp_path: Path) -> None:
    spans = [(at, at + 3) for at in range(0, 40_000, 4)]
    passages = tuple(ProjectPassage(*span, (Coding("c"),)) for span in spans)
    source = ProjectSource("s", "Answers", "Yes " * 10_000, passages)
    project = Project("P", codes=(ProjectCode("c", "Cost"),), sources=(source,))
    done = imported(project, tmp_path / "study")
    assert (done.notes.passages, done.is_complete) == (10_000, True)
    assert planned(project, tmp_path / "study").changes == ()


@pytest.mark.slow
def test_passages_beyond_the_longest_note_are_told_and_stay_out(tmp_path: Path) -> None:
    passages = tuple(ProjectPassage(at, at + 3, (Coding("c"),)) for at in range(0, 100_000, 4))
    source = ProjectSource("s", "Answers", "Yes " * 25_000, passages)
    project = Project("P", codes=(ProjectCode("c", "Cost"),), sources=(source,))
    done = imported(project, tmp_path / "study")
    (lost,) = done.not_taken_over
    assert (lost.what, lost.is_loss, done.notes.passages) == ("passages", True, 25_000 - lost.number)
    again = planned(project, tmp_path / "study")
    assert (again.changes, again.not_taken_over) == ((), (lost,))
