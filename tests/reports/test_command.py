"""The command `codeable report`: what it says, where it writes, how it ends."""

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from codeable.cli.group import cli
from tests.cli.running import run
from tests.render.test_display import shown_on_a_terminal
from tests.studies import SMALL, write_study

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write_study(tmp_path, SMALL)


def lines(text: str) -> list[str]:
    """The lines of an output, without the time of the summary."""
    return re.sub(r" +\d+\.\d s$", "", text, flags=re.MULTILINE).splitlines()


@pytest.mark.usefixtures("study")
class TestWhatItSays:
    def test_it_names_each_file_and_sums_up(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("report", "sources", "--format", "csv") == 0
        assert lines(capsys.readouterr().out) == [
            "  wrote reports/sources.csv",
            "  1 report: 1 written, 0 unchanged",
        ]

    def test_unchanged_files_are_only_counted(self, capsys: pytest.CaptureFixture[str]) -> None:
        run("report", "sources", "--format", "csv")
        capsys.readouterr()
        assert run("report", "--only", "sources", "--format", "csv") == 0
        assert lines(capsys.readouterr().out) == ["  1 report: 0 written, 1 unchanged"]

    def test_the_page_of_all_tables_counts_as_a_report(
        self, study: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        text = "[tool.codeable.report]\nformats = 'html'\nonly = ['sources']\n"
        (study / "pyproject.toml").write_text(text, encoding="utf-8")
        assert run("report") == 0
        output = capsys.readouterr()
        assert lines(output.out) == ["  wrote reports/tables.html", "  1 report: 1 written, 0 unchanged"]
        assert "no report to make" not in output.err

    def test_a_check_names_what_is_out_of_date(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("report", "sources", "frequency", "--format", "csv", "--check") == 1
        output = capsys.readouterr()
        assert lines(output.err)[:2] == [
            "  out of date: reports/sources.csv: missing",
            "  out of date: reports/frequency.csv: missing",
        ]
        assert lines(output.out) == ["  2 reports: 2 out of date, 0 up to date"]

    def test_quiet_says_nothing(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("report", "references", "--format", "bib", "--quiet") == 0
        assert capsys.readouterr() == ("", "")

    def test_it_lists_the_reports(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("report", "--list") == 0
        found = capsys.readouterr().out.splitlines()
        assert found[0].split()[:3] == ["sources", "table", "tex,md,html,csv"]

    def test_it_lists_the_options_of_one(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("report", "--list", "evidence") == 0
        found = capsys.readouterr().out
        assert found.startswith("evidence, a table")
        assert "options: columns, order, caption, label, width, long, rows, excel, kinds" in found

    def test_messages_are_said_once_for_all_reports(
        self, study: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (study / "sources" / "s14.md").symlink_to("nowhere")
        for _ in range(2):
            run("report", "sources", "frequency", "--format", "csv")
            assert capsys.readouterr().err.count("1 note cannot be read") == 1


@pytest.mark.usefixtures("study")
class TestStdout:
    def test_one_report_can_be_read_by_a_program(self, capfd: pytest.CaptureFixture[str]) -> None:
        assert run("report", "sources", "--format", "csv", "--out", "-", "--columns", "id,codes") == 0
        assert capfd.readouterr().out == "id,codes\ns6,3\ns14,2\n"
        assert not Path("reports").exists()

    @pytest.mark.parametrize(
        "arguments",
        [[], ["sources", "frequency", "--format", "csv"], ["sources", "--format", "csv,tex"]],
    )
    def test_one_file_only(self, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        assert run("report", *arguments, "--out", "-") == 2
        assert "--out - writes one" in capsys.readouterr().err

    def test_without_a_format_it_is_markdown_whatever_the_settings_say(
        self, study: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        text = "[tool.codeable.report]\nformats = 'csv,svg'\n"
        (study / "pyproject.toml").write_text(text, encoding="utf-8")
        assert run("report", "evidence", "--out", "-") == 0
        assert capfd.readouterr().out.startswith("**Evidence for the codes")

    def test_an_option_of_the_plot_alone_is_refused(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("report", "frequency", "--unit", "passage", "--out", "-") == 2
        assert "the plot frequency has it: --format svg,pdf" in capsys.readouterr().err

    def test_the_parts_of_a_report_are_left_out_of_csv(self, capfd: pytest.CaptureFixture[str]) -> None:
        assert run("report", "saturation", "--format", "csv", "--out", "-") == 0
        output = capfd.readouterr()
        assert output.out.startswith("position,source")
        assert "left out: saturation_runs; --out DIR writes all" in output.err

    def test_reports_without_a_common_format_are_refused(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("report", "sources", "references", "--out", "-") == 2
        assert "sources, references would be several" in capsys.readouterr().err

    def test_figures_beside_a_text_are_named(self, capfd: pytest.CaptureFixture[str]) -> None:
        assert run("report", "guidance", "--out", "-") == 0
        output = capfd.readouterr()
        assert output.out.startswith("# ")
        assert "1 file beside it is left out: guidance_infrastructure_decision.svg" in output.err

    def test_several_tables_are_one_text(self, capfd: pytest.CaptureFixture[str]) -> None:
        assert run("report", "sources", "memos", "--format", "tex", "--out", "-") == 0
        assert capfd.readouterr().out.count("\\label{tab:") == 2

    def test_a_report_of_several_csv_files_is_refused(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("report", "agreement", "--format", "csv", "--out", "-") == 2
        assert "agreement would be several" in capsys.readouterr().err

    @pytest.mark.parametrize("option", ["--check", "--prune", "--watch"])
    def test_what_is_about_files_is_refused(self, option: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("report", "sources", "--out", "-", option) == 2
        assert "--out - writes no file" in capsys.readouterr().err


@pytest.mark.usefixtures("study")
class TestAFileInsteadOfAFolder:
    @pytest.mark.parametrize("options", [[], ["--check"], ["--watch"]])
    def test_a_new_one_is_refused_with_the_way_out(
        self, options: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run("report", "sources", "--out", "paper/sources.CSV", *options) == 2
        error = " ".join(capsys.readouterr().err.split())
        assert "--out names a folder, and paper/sources.CSV looks like a file" in error
        assert "`codeable report NAME --format csv --out -`" in error
        assert not Path("paper").exists()

    def test_a_folder_that_is_there_may_have_any_name(self) -> None:
        Path("paper.tex").mkdir()
        assert run("report", "sources", "--format", "csv", "--out", "paper.tex") == 0
        assert Path("paper.tex/sources.csv").exists()

    def test_another_ending_is_no_file(self) -> None:
        assert run("report", "sources", "--format", "csv", "--out", "paper-1.2") == 0
        assert Path("paper-1.2/sources.csv").exists()


@pytest.mark.usefixtures("study")
class TestOptions:
    def test_options_of_a_report_are_those_of_the_settings(self) -> None:
        arguments = ["--columns", "id", "--columns", "codes", "--order", "-codes", "--rows", "1"]
        assert run("report", "sources", "--format", "csv", *arguments) == 0
        assert Path("reports/sources.csv").read_text(encoding="utf-8") == "id,codes\ns6,3\n"

    def test_a_spreadsheet_runs_nothing(self, study: Path) -> None:
        path = study / "sources" / "s6.py"
        path.write_text(path.read_text(encoding="utf-8").replace("The Definitive", "=cmd()"))
        run("report", "sources", "--format", "csv", "--columns", "title", "--excel")
        assert "'=cmd()" in Path("reports/sources.csv").read_text(encoding="utf-8")

    def test_the_settings_may_ask_for_a_spreadsheet(self, study: Path) -> None:
        text = "[tool.codeable.report]\nexcel = true\nformats = 'csv'\nonly = ['sources']\n"
        (study / "pyproject.toml").write_text(text, encoding="utf-8")
        run("report")
        with_settings = Path("reports/sources.csv").read_bytes()
        Path("reports/sources.csv").unlink()
        run("report", "sources", "--excel", "--format", "csv")
        assert Path("reports/sources.csv").read_bytes() == with_settings

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["--check", "--prune"], "give one of them"),
            (["--check", "--watch"], "give one of them"),
            (["--format", "txt"], "--format"),
            (["--only", ""], "--only names nothing"),
            (["sources", "--columns", ","], "--columns names nothing"),
            (["frequncy"], "did you mean 'frequency'"),
            (["--format", "csv", "--coders", "anna"], "none of the reports has the option coders"),
            (["sources", "--rows", "0"], "rows must be a whole number"),
            (["sources", "--width", "colum"], "did you mean 'column'"),
        ],
    )
    def test_wrong_usage_says_what_is_right(
        self, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run("report", *arguments) == 2
        assert message in capsys.readouterr().err
        assert not Path("reports").exists()


class TestCompletion:
    def proposed(self, word: str) -> list[str]:
        completion = ShellComplete(cli, {}, "codeable", "_CODEABLE_COMPLETE")
        return [item.value for item in completion.get_completions(["report"], word)]

    def test_names_of_reports_complete_and_no_module_runs(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        settings = "[tool.codeable.reports.solutions]\nof = 'sources'\n"
        write_study(tmp_path, {"models/a.py": "x = 1/0", "pyproject.toml": settings})
        assert self.proposed("so") == ["sources", "solutions"]

    def test_settings_that_are_broken_propose_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        write_study(tmp_path, {"models/a.py": "", "pyproject.toml": "[tool"})
        assert self.proposed("so") == []


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals and pseudo-terminals are POSIX")
class TestProcess:
    """Cases that need a process of their own."""

    def test_on_a_terminal_a_bar_shows_the_progress_and_goes_away(
        self, study: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        text = shown_on_a_terminal(
            monkeypatch, "codeable", "report", "sources", "frequency", "--format", "csv"
        )
        assert "0/2" in text
        assert "2 reports: 2 written, 0 unchanged" in text
        assert not re.search(r"wrote .*csv", text)

    def test_reports_are_the_same_from_everywhere(self, tmp_path: Path) -> None:
        """In any folder, with any hash seed, locale and time zone."""
        here = copy_of_repository(tmp_path / "here" / "codeable")
        first = written_by(here, here, PYTHONHASHSEED="1", LC_ALL="C", TZ="Asia/Tokyo")
        there = copy_of_repository(tmp_path / "there" / "codeable")
        second = written_by(there, tmp_path, PYTHONHASHSEED="2", LC_ALL="C.UTF-8", TZ="America/Lima")
        assert len(first) > 40
        assert first == second
        assert not [name for name, data in first.items() if str(tmp_path).encode() in data]

    def test_a_saved_note_is_a_reason_to_write_again(self, study: Path) -> None:
        process = subprocess.Popen(
            [sys.executable, "-m", "codeable", "report", "frequency", "--format", "csv", "--watch"],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        try:
            assert process.stdout is not None
            output = iter(process.stdout)
            assert any("watching" in line for line in output)
            (study / "sources" / "s6.md").write_text("# s\n6\n## title\nA\n# coding\n> A new passage.\n")
            assert any("1 report:" in line for line in output)
            process.send_signal(signal.SIGINT)
            assert process.wait(60) == 0
        finally:
            process.kill()


def copy_of_repository(folder: Path) -> Path:
    """A copy of the study in this repository."""
    for name in ("models", "sources"):
        shutil.copytree(REPOSITORY / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def written_by(study: Path, current: Path, **environment: str) -> dict[str, bytes]:
    """The reports of a study, written by a process of its own."""
    subprocess.run(
        [sys.executable, "-m", "codeable", "report", "-C", str(study), "--quiet"],
        cwd=current,
        env={**os.environ, **environment},
        check=True,
    )
    return {path.name: path.read_bytes() for path in (study / "reports").iterdir()}
