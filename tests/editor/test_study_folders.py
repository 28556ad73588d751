"""Which files get anything at all: notes, modules and settings of a study, and notes without a study."""

import asyncio
import os
from pathlib import Path
from threading import get_ident

import pytest

from codeable.editor.serve import make_server
from codeable.editor.study.study_folders import StudyFolders, is_note_alone
from tests.studies import SMALL, write_study


def test_a_file_belongs_to_the_nearest_study_above_it_that_reads_it(tmp_path: Path) -> None:
    outer, inner = write_study(tmp_path / "outer"), write_study(tmp_path / "outer" / "sources" / "inner")
    folders = StudyFolders()
    belongs = {
        "sources/s_1.md": outer,
        "sources/inner/sources/s_1.md": inner,
        "sources/inner/models/forces.py": inner,
        "models/forces.py": outer,
        "pyproject.toml": outer,
        "README.md": outer,
    }
    for file, folder in belongs.items():
        assert folders.of(str(outer / file)) == folder
        assert folders.reads(str(outer / file)) == (file != "README.md"), file
    for file in ("tool.py", "models/new.py", "models/_hidden.py", "sources/README.md", "notes/s_1.md"):
        assert not folders.reads(str(outer / file)), file
    assert folders.of(str(tmp_path / "s_1.md")) is None
    assert folders.of("untitled:Untitled-1") is None
    (outer / "models" / "new.py").write_text("")
    (outer / "pyproject.toml").write_text("[tool.codeable]\nnotes = ['notes/*.md']\n")
    folders.forget()
    assert folders.reads(str(outer / "models" / "new.py"))
    assert folders.reads(str(outer / "notes" / "s_1.md"))
    assert not folders.reads(str(outer / "sources" / "s_1.md"))


def test_settings_that_are_no_toml_are_those_of_a_study_only_where_they_name_codeable(tmp_path: Path) -> None:
    study, other = write_study(tmp_path / "study"), write_study(tmp_path / "other")
    (study / "pyproject.toml").write_text("[tool.codeable\n")
    (other / "pyproject.toml").write_text("[project\n")
    folders = StudyFolders()
    assert folders.of(str(study / "sources" / "s_1.md")) == study
    assert folders.reads(str(study / "sources" / "s_1.md"))
    assert folders.of(str(other / "sources" / "s_1.md")) is None


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_to_a_note_is_the_note(tmp_path: Path) -> None:
    study = write_study(tmp_path / "study", {**SMALL, "sources/s_1.md": "# s\n1\n# coding\n"})
    link = tmp_path / "link.md"
    link.symlink_to(study / "sources" / "s_1.md")
    assert StudyFolders().of(str(link)) == study
    assert StudyFolders().reads(str(link))


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("address", "text", "is_note"),
    [
        ("/a/s_7.md", "# s\n7\n## title\nA\n# coding\n", True),
        ("/a/s_7.md", "**AXIAL CODING TRACE:**\n```python\nbus\n```\n", True),
        ("/a/talk.md", "\n# Interview 7\n# coding\n", True),
        ("/a/s3.md", "# Buckets\nHow to use them.\n", False),
        ("/a/README.md", "# A project\n\n## title\n", False),
        ("/a/talk.md", "# s\n7\n", False),
        ("/a/s_7.txt", "# s\n7\n# coding\n", False),
        ("untitled:Untitled-1", "# s\n7\n# coding\n", True),
        ("untitled:Untitled-1", "Just a text.\n", False),
    ],
)
def test_a_note_without_a_study_is_known_by_what_it_holds(address: str, text: str, is_note: bool) -> None:
    language = "markdown" if address.startswith("untitled:") else ""
    document = make_server().documents.open(
        address if ":" in address else f"file://{address}", text, 1, language
    )
    assert is_note_alone(document) == is_note


def test_a_folder_of_another_program_is_no_study(tmp_path: Path) -> None:
    """It has models/ and sources/, as many programs do, and nothing in it names codeable."""
    program = {"models/a.py": "import os\n", "sources/b.py": ""}
    for name, files, is_study in (
        ("program", program, False),
        ("settings", {**program, "pyproject.toml": "[tool.codeable]\n"}, True),
        ("modules", {**program, "sources/c.py": "from codeable.dsl import *\n"}, True),
        ("empty", {"models/.keep": "", "sources/s_1.md": "# s\n1\n"}, True),
    ):
        folder = write_study(tmp_path / name, files)
        server = make_server()
        for file in ("models/a.py", "sources/s_1.md"):
            assert (StudyFolders().of(str(folder / file)) == folder) is is_study, name
        assert (server.studies.of(str(folder / "sources" / "s_1.md")) is not None) is is_study
        server.close_all()


def test_no_module_is_run_before_the_options_are_known(tmp_path: Path) -> None:
    server = make_server()
    checker = server.studies.of(str(write_study(tmp_path) / "models" / "forces.py"))
    assert checker is not None
    view = checker.study.view({})
    assert server.may_load(view)
    server.options_are_known = False
    assert not server.may_load(view)
    server.options_are_known = True
    server.begin_with_options({"loadModules": "never"})
    assert not server.may_load(view)
    server.close_all()


def test_a_file_below_a_loop_of_links_is_in_no_study(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    folders = StudyFolders()
    note = str(tmp_path / "loop" / "sources" / "s_1.md")
    assert (folders.of(note), folders.reads(note)) == (None, False)


def test_notes_without_a_study_are_checked_in_one_thread(tmp_path: Path) -> None:
    server = make_server()
    threads: set[int] = set()

    async def check() -> None:
        paths = [tmp_path / f"s_{number}.md" for number in range(1, 6)]
        for path in paths:
            server.documents.open(path.as_uri(), f"# s\n{path.stem[2:]}\n# coding\n> Text.\n", 1, "markdown")
            checker = server.studies.of(str(path))
            assert checker is not None
            look = checker.study.view
            checker.study.view = lambda *given, look=look: threads.add(get_ident()) or look(*given)  # type: ignore[method-assign, misc, func-returns-value]
            checker.want_check()
        for path in paths:
            checker = server.studies.of(str(path))
            assert checker is not None
            await checker.is_checked()

    asyncio.run(check())
    server.close_all()
    assert len(threads) == 1
