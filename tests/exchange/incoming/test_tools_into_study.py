"""Projects of Taguette and QualCoder, imported into a study: every coded text is there to the character."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import codeable
from codeable.exchange.project import Project
from codeable.exchange.readers.databases.html_text import html_text_of
from codeable.exchange.readers.databases.qualcoder import read_qualcoder
from codeable.exchange.readers.databases.taguette import read_taguette
from tests.exchange.projects import imported, planned
from tests.exchange.qualcoder_files import qualcoder
from tests.exchange.taguette_files import TaguetteHighlight, taguette

WORDS = [
    *("one", "é", "e\u0301", "🙂", "👩‍👩‍👧", "日本", "שלום", "# no"),
    *("> no", "- a", "**b**", "“c”", "\\", "`d`", "&", "1."),
]


def coded_texts(project: Project) -> Counter[tuple[str, str]]:
    names = {each.key: each.name for each in project.codes}
    return Counter(
        (source.text[each.start : each.end].strip(), names[coding.code])
        for source in project.sources
        for each in source.passages
        for coding in each.codings
    )


def imported_texts(project: Project, folder: Path) -> Counter[tuple[str, str]]:
    """The coded texts of a study that a project was imported into; importing it again changes nothing."""
    imported(project, folder)
    assert planned(project, folder).changes == ()
    study = codeable.load(folder)
    return Counter((each.text, code.name) for code in project.codes for each in study.passages_of(code.name))


def taguette_project(path: Path, words: list[str], spans: list[tuple[int, int]]) -> Project:
    html = "".join(
        f"<p>{word.replace('&', '&amp;').replace('>', '&gt;')} and <b>so</b> on</p>" for word in words
    )
    nodes = html_text_of(html).nodes
    highlights = [
        TaguetteHighlight("Doc", nodes[:start], nodes[start:end], ["cost" if start % 2 else "time"])
        for start, end in spans
        if nodes[start:end].strip()
    ]
    return read_taguette(taguette(path, {"Doc": html}, ["cost", "time"], highlights))


@pytest.mark.slow
def test_highlights_of_taguette_and_codings_of_qualcoder(tmp_path: Path) -> None:
    project = taguette_project(tmp_path / "t.sqlite3", WORDS, [(at, at + 9) for at in range(0, 150, 7)])
    assert len(coded_texts(project)) > 10
    assert imported_texts(project, tmp_path / "taguette") == coded_texts(project)
    text = "\r\n".join(f"{word} and so on" for word in WORDS)
    codings = [
        {"cid": 1, "fid": 1, "seltext": text[at : at + 12], "pos0": at, "pos1": at + 12, "owner": owner}
        for at in range(0, len(text) - 12, 11)
        for owner in ("ann", "bob")
    ]
    folder = qualcoder(
        tmp_path / "q.qda",
        {
            "source": [{"id": 1, "name": "a.txt", "fulltext": text}],
            "code_name": [{"cid": 1, "name": "cost"}],
            "code_text": codings,
        },
    )
    project = read_qualcoder(folder)
    assert sum(coded_texts(project).values()) == len(codings)
    assert imported_texts(project, tmp_path / "qualcoder") == coded_texts(project)


@pytest.mark.slow
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    words=st.lists(st.sampled_from(WORDS), min_size=3, max_size=12),
    spans=st.lists(st.tuples(st.integers(0, 60), st.integers(1, 40)), min_size=1, max_size=8),
)
def test_any_highlights_of_taguette(
    words: list[str], spans: list[tuple[int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("taguette")
    project = taguette_project(
        folder / "t.sqlite3", words, [(start, start + length) for start, length in spans]
    )
    assert imported_texts(project, folder / "study") == coded_texts(project)
