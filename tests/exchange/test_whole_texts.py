"""A project that leaves may have the whole texts of sources, for a co-author who codes more of them."""

from pathlib import Path

import pytest

import codeable
from codeable.exchange.project import Coding, Project, ProjectCode, ProjectPassage, ProjectSource
from codeable.exchange.readers.refi.reader import read_qdpx
from codeable.exchange.whole_texts import with_whole_texts
from tests.exchange.projects import INTERVIEWS, TEXT, imported, planned


def quoted(source: ProjectSource) -> list[str]:
    return [source.text[each.start : each.end] for each in source.passages]


@pytest.mark.filterwarnings("ignore:not exported. files of memos")
def test_an_imported_study_leaves_with_its_whole_texts(tmp_path: Path) -> None:
    imported(INTERVIEWS, tmp_path / "study")
    study = codeable.load(tmp_path / "study")
    with pytest.warns(UserWarning, match=r"1 source has its passages as text; the option texts \(--texts\)"):
        study.export("qdpx", tmp_path / "passages.qdpx")
    with pytest.warns(UserWarning, match=r"files of memos: 1 \(my_interviews_memos.txt\); they are about no"):
        study.export("qdpx", tmp_path / "whole.qdpx", texts=True)
    project = read_qdpx(tmp_path / "whole.qdpx")
    assert project.sources[0].text == TEXT
    assert quoted(project.sources[0]) == ["Wir nutzen", "Événements 🙂", "> quoted line\nand on."]
    again = planned(project, tmp_path / "study")
    assert (again.changes, again.differences) == ((), ())
    (tmp_path / "study/texts/s1.txt").write_text("Another text.")
    with pytest.warns(UserWarning, match=r"whole texts of sources: 1 \(texts/s1.txt\); the notes quote what"):
        study.export("qdpx", tmp_path / "other.qdpx", texts=True)
    passages = quoted(read_qdpx(tmp_path / "other.qdpx").sources[0])
    assert sorted(passages) == sorted(quoted(project.sources[0]))
    (tmp_path / "study/texts/s1.txt").unlink()
    with pytest.warns(UserWarning, match="texts/ of the study has no whole text of a source; their passages"):
        study.export("qdpx", tmp_path / "none.qdpx", texts=True)
    with pytest.raises(codeable.CodeableError, match="a csv export has no whole texts of sources; qdpx has"):
        study.export("csv", texts=True)


def test_the_same_words_are_found_once_for_each_passage(tmp_path: Path) -> None:
    """Notes quote in the order of the text, or add a passage behind the others."""
    whole = "A bus. No bus, b. A bus. The end."
    parts = ["A bus.", "bus", "A bus.", "The end.", "No bus"]
    text = "\n\n".join(parts)
    starts = [sum(len(each) + 2 for each in parts[:number]) for number in range(len(parts))]
    passages = [
        ProjectPassage(start, start + len(part), (Coding("c"),))
        for start, part in zip(starts, parts, strict=True)
    ]
    source = ProjectSource("1", "A", text, tuple(passages), identifier="s1")
    uncoded = ProjectSource("2", "B", identifier="s2")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/s1.txt").write_bytes(f"\ufeff{whole}".encode())
    (tmp_path / "texts/s2.txt").write_bytes(b"Not coded.\r\nYet.")
    project = Project("p", codes=(ProjectCode("c", "C"),), sources=(source, uncoded))
    (one, two), unlike = (
        with_whole_texts(project, tmp_path)[0].sources,
        with_whole_texts(project, tmp_path)[1],
    )
    assert (one.text, two.text, unlike) == (whole, "Not coded.\nYet.", ())
    assert [(each.start, whole[each.start : each.end]) for each in one.passages] == [
        (0, "A bus."),
        (2, "bus"),
        (7, "No bus"),
        (18, "A bus."),
        (25, "The end."),
    ]


def test_a_text_to_which_a_link_leads_out_of_the_study_stays_there(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("A key.")
    (tmp_path / "study/texts").mkdir(parents=True)
    (tmp_path / "study/texts/s1.txt").symlink_to(tmp_path / "secret.txt")
    project = Project("p", sources=(ProjectSource("1", "A", identifier="s1"),))
    whole, (lost,) = with_whole_texts(project, tmp_path / "study")
    assert whole == project
    assert (lost.what, lost.named) == ("texts outside of the study", ("texts/s1.txt",))
