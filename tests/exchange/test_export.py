"""`codeable export` and `Study.export`: formats, places, what is replaced, what is told."""

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import codeable
from codeable.coded.coded_study import CodedStudy
from codeable.errors import CodeableError
from codeable.exchange import catalogue
from codeable.exchange.exported import Exported, ExportOptions
from codeable.exchange.marks import LIST
from codeable.exchange.outgoing import figure_texts
from codeable.exchange.project import NotTakenOver
from tests.cli.running import run
from tests.studies import write_study


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = write_study(tmp_path / "mesh")
    monkeypatch.chdir(folder)
    return folder


RECORDS = {"a.md": b"# A", "b.md": b"# B"}


@pytest.fixture
def records(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, bytes]]:
    """A format of several files, with what is in them."""
    files = dict(RECORDS)
    lost = NotTakenOver("bundles", 2, ("one", "two"), reason="the format has none")

    def make(_: CodedStudy, __: ExportOptions) -> Exported:
        return Exported(dict(files), (lost,), ("The notes differ.",))

    monkeypatch.setattr(figure_texts, "export_records", make, raising=False)
    form = catalogue.ExportFormat(
        "records", "records", ".md", "outgoing.figure_texts:export_records", has_several_files=True
    )
    monkeypatch.setitem(catalogue.EXPORT_FORMATS, "records", form)
    yield files


def test_a_text_of_a_figure_is_written_into_the_folder_of_the_study_and_only_once(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("export", "dot") == 0
    assert capsys.readouterr().out == "exports/overview.dot: written\n"
    loaded = codeable.load(study)
    assert (study / "exports/overview.dot").read_text() == loaded.diagram("overview").dot
    before = (study / "exports/overview.dot").stat().st_mtime_ns
    assert run("export", "dot") == 0
    assert capsys.readouterr().out == "exports/overview.dot: unchanged\n"
    assert (study / "exports/overview.dot").stat().st_mtime_ns == before

    assert run("export", "plantuml", "--view", "infrastructure_decision", "--out", "figs") == 0
    assert (study / "figs/infrastructure_decision.puml").read_text().startswith("@startuml")
    assert run("export", "plantuml", "--view", "infrastructure_decision", "--out", "-") == 0
    assert capsys.readouterr().out.endswith(loaded.diagram("infrastructure_decision").puml)


def test_formats_are_listed_and_wrong_ones_refused(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("export", "--list") == 0
    listed = capsys.readouterr().out
    assert all(each.what in listed for each in catalogue.EXPORT_FORMATS.values())
    for arguments, message in (
        ((), "name a format: csv, dot,"),
        (("dott",), "did you mean 'dot'?"),
        (("csv", "--view", "overview"), "a csv export is of the whole study; dot, mermaid, plantuml show"),
        (("dot", "--view", "overviev"), "did you mean 'overview'?"),
        (("dot", "--out", "a.puml"), "a dot export is a .dot file; .puml is the ending of plantuml; "),
        (("csv", "--out", "a.csv"), "a csv export is several files; name it a.zip or a folder"),
    ):
        assert run("export", *arguments) == 2
        assert message in capsys.readouterr().err
    assert not (study / "exports").exists()


def test_a_file_that_codeable_did_not_make_is_kept(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = study / "mine.dot"
    mine.write_text("digraph {}")
    (study / "link.dot").symlink_to(mine)
    os.mkfifo(study / "pipe.dot")
    for name, reason in (
        ("mine.dot", "was not made by codeable"),
        ("link.dot", "this is a link"),
        ("pipe.dot", "a pipe"),
        ("mine.dot/a.dot", "is a file"),
        ("sources/s6.py/a.dot", "is a file"),
    ):
        assert run("export", "dot", "--out", name) in (1, 2)
        assert reason in capsys.readouterr().err
    assert mine.read_text() == "digraph {}"


def test_several_files_are_a_folder_or_a_zip_and_losses_change_the_exit_status(
    study: Path, records: dict[str, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("export", "records") == 1
    said = capsys.readouterr()
    assert said.out == "exports/mesh-records: 2 files written\n"
    assert said.err == "not exported: bundles: 2 (one, two); the format has none\nThe notes differ.\n"
    folder = study / "exports/mesh-records"
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.name != LIST} == RECORDS

    del records["b.md"]
    records["a.md"] = b"# A, again"
    (folder / "mine.md").write_text("My thoughts")
    run("export", "records")
    said = capsys.readouterr()
    assert said.out == "exports/mesh-records: 1 file written\n"
    assert "1 file of an earlier export left in exports/mesh-records: b.md; remove what" in said.err

    (folder / "a.md").write_bytes(records["a.md"].replace(b"A", b"B"))
    records["c.md"] = b"# C"
    assert run("export", "records") == 1
    assert "a.md: somebody edited it since it was exported; move it away" in capsys.readouterr().err
    assert not (folder / "c.md").exists()
    (folder / "a.md").unlink()
    (folder / "c.md").write_text("# My C")
    assert run("export", "records") == 1
    assert "c.md was not made by codeable; move it away" in capsys.readouterr().err
    assert not (folder / "a.md").exists()

    for _ in range(2):
        assert run("export", "records", "--out", "all.zip") == 1
        with zipfile.ZipFile("all.zip") as archive:
            assert archive.namelist() == ["a.md", "c.md", LIST]
    Path("other.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    assert run("export", "records", "--out", "other.zip") == 1
    assert Path("other.zip").stat().st_size == 22
    assert run("export", "records", "--out", "sources/more") == 2
    assert not (study / "sources/more").exists()
    assert run("export", "records", "--out", "sources") == 2
    assert "sources/a.md would be read as a field note" in capsys.readouterr().err


def test_a_study_of_python_exports_itself_with_warnings(study: Path, records: dict[str, bytes]) -> None:
    loaded = codeable.load(study)
    with pytest.warns(UserWarning) as warned:
        assert loaded.export("records", "all.zip") == Path("all.zip")
    said = ["not exported: bundles: 2 (one, two); the format has none", "The notes differ."]
    assert [str(each.message) for each in warned] == said
    assert warned[0].filename == __file__
    assert loaded.export("dot", "a.dot", view=["k8s", "versioning"]) == Path("a.dot")
    assert "Versioning" in Path("a.dot").read_text()
    loaded.export("mermaid", "a.mmd", view="infrastructure_decision")
    assert Path("a.mmd").read_text() == loaded.diagram("infrastructure_decision").mermaid
    with pytest.raises(CodeableError, match="is written to a path"):
        loaded.export("dot", 5)  # type: ignore[arg-type]  # the mistake that the test is about
    with pytest.raises(CodeableError, match=r"to a path such as 'study.dot', not '-'"):  # no stdout here
        loaded.export("dot", "-")
    with pytest.raises(CodeableError, match="has no folder to write the export into; name a place, such as "):
        codeable.Study.of({}).export("records")
