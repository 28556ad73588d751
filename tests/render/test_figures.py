"""The figures of the settings, `[tool.codeable.figures.NAME]`: drawn, kept current and checked like views."""

import shlex
from pathlib import Path

import pytest

from codeable.errors import CodeableError
from codeable.files import write_whole
from tests.render.conftest import MODEL, Job, command, states

pytestmark = pytest.mark.usefixtures("stub_engine")

PAPER = """
[tool.codeable.figures.talk]
view = "bus_decision"
style = "paper"
width = "84mm"
out = "paper/figures/talk.pdf"
"""
SELECTION = """
[tool.codeable.figures.some]
elements = ["event_bus", "database"]
title = "What we chose"
evidence = "none"
format = ["svg", "puml"]
"""


def declare(study: Path, *tables: str) -> None:
    (study / "pyproject.toml").write_text("".join(tables), encoding="utf-8")


def message(job: Job, **options: object) -> str:
    with pytest.raises(CodeableError) as caught:
        job(**options)
    assert caught.value.exit_status == 2
    return caught.value.message


class TestAPlainRun:
    """`codeable render` without names."""

    def test_they_are_drawn_kept_current_and_checked_beside_the_views(self, study: Path, job: Job) -> None:
        declare(study, PAPER, SELECTION)
        report = job()
        assert states(report)["talk.pdf"] == "drawn"
        assert [path.name for path in (study / "paper/figures").iterdir()] == ["talk.pdf"]
        assert {"some.svg", "some.puml", "bus_decision.svg"} <= states(report).keys()
        assert "figures.talk" in report.views()
        assert job(check=True).exit_status == 0

        (study / "models/bus.py").write_text(MODEL.replace("Event Bus", "Message Bus"))
        stale = {outcome.path.name for outcome in job(check=True).of("out of date")}
        assert {"talk.pdf", "some.svg", "some.puml", "bus_decision.svg"} <= stale
        assert {"talk.pdf", "some.svg", "some.puml"} <= {outcome.path.name for outcome in job().of("drawn")}
        assert job(check=True).exit_status == 0

    def test_a_format_drawn_once_is_stale_until_the_command_that_the_report_names(
        self, study: Path, job: Job
    ) -> None:
        declare(
            study, SELECTION, PAPER.replace("[tool.codeable.figures.talk]", '[tool.codeable.figures."a b"]')
        )
        job(figures=("some", "a b"), formats=("dot",))
        (study / "models/bus.py").write_text(MODEL.replace("Event Bus", "Message Bus"))
        job()
        stale = {outcome.view: outcome.reason.partition("; ")[2] for outcome in job().of("stale")}
        assert stale == {
            "figures.some": "--figure some --format dot draws it again",
            "figures.a b": "--figure 'a b' --format dot draws it again",
        }
        for advice in stale.values():
            words = shlex.split(advice.removesuffix(" draws it again"))
            assert command(study, *words).returncode == 0
        assert not job().of("stale")

    def test_only_the_output_folder_of_the_study_gets_a_page(self, study: Path, job: Job) -> None:
        declare(study, PAPER)
        job()
        assert (study / "diagrams/README.md").exists()
        assert not (study / "paper/figures/README.md").exists()

    def test_a_view_is_a_picture_for_the_screen_and_a_figure_of_a_paper(self, study: Path, job: Job) -> None:
        declare(study, PAPER, '[tool.codeable.views.bus_decision]\nevidence = "ids"\n')
        job()
        assert "s1" in (study / "diagrams/bus_decision.svg").read_text()
        assert b"s1" in (study / "paper/figures/talk.pdf").read_bytes()  # as the settings of its view say

    def test_options_of_the_command_line_are_for_the_views(self, study: Path, job: Job) -> None:
        declare(study, PAPER, SELECTION)
        job()
        report = job(figure={"style": "paper", "evidence": "ids"}, formats=("png",))
        changed = {outcome.path.name for outcome in report.of("drawn")}
        assert "bus_decision.png" in changed
        assert not {name for name in changed if name.startswith(("talk", "some"))}

    def test_elements_are_drawn_with_the_links_between_them(self, study: Path, job: Job) -> None:
        declare(study, SELECTION)
        job()
        text = (study / "diagrams/some.puml").read_text()
        assert "Event Bus" in text
        assert "Database" in text
        assert "Direct" not in text
        assert "source" not in text.partition("legend")[0].partition("}")[2]

    def test_a_run_with_a_folder_of_its_own_writes_nothing_elsewhere(
        self, study: Path, job: Job, tmp_path: Path
    ) -> None:
        declare(study, PAPER, SELECTION)
        job(out=tmp_path / "out")
        assert sorted(path.name for path in study.iterdir()) == ["models", "pyproject.toml", "sources"]
        assert (tmp_path / "out/some.svg").exists()


class TestByName:
    """`--figure NAME`."""

    def test_only_that_figure_is_drawn(self, study: Path, job: Job) -> None:
        declare(study, PAPER, SELECTION)
        assert states(job(figures=("some",))) == {"some.svg": "drawn", "some.puml": "drawn"}
        assert states(job(figures=("talk",), views=("overview",), formats=("svg",))) == {
            "overview.svg": "drawn",
            "talk.svg": "drawn",
        }

    def test_options_of_the_command_line_are_for_it(self, study: Path, job: Job) -> None:
        declare(study, SELECTION)
        job(figures=("some",))
        report = job(figures=("some",), figure={"evidence": "ids"}, formats=("puml",))
        assert states(report) == {"some.puml": "drawn"}
        assert "s1" in (study / "diagrams/some.puml").read_text()

    def test_it_goes_into_the_folder_of_the_command_line(self, study: Path, job: Job, tmp_path: Path) -> None:
        declare(study, PAPER)
        job(figures=("talk",), out=tmp_path)
        assert (tmp_path / "talk.pdf").exists()
        assert not (study / "paper").exists()

    def test_a_misspelt_name_is_reported_with_the_nearest(self, study: Path, job: Job) -> None:
        declare(study, PAPER)
        assert message(job, figures=("tlak",)) == (
            "there is no figure 'tlak' in the settings; did you mean 'talk'?\nThe figures are: talk"
        )
        declare(study)
        assert "Declare it in [tool.codeable.figures.NAME]" in message(job, figures=("talk",))

    def test_the_command_line_lists_and_draws_them(self, study: Path) -> None:
        declare(study, PAPER)
        listed = command("--list", cwd=study).stdout.splitlines()
        assert listed[-1].split() == (
            ["figures.talk", "figure", "How", "can", "*parts*", "talk?", "(paper/figures/talk.pdf)"]
        )
        drawn = command("--figure", "talk", cwd=study)
        assert (drawn.returncode, drawn.stderr) == (0, "")
        assert "drew paper/figures/talk.pdf" in drawn.stdout
        assert command("--figure", "tlak", cwd=study).returncode == 2


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("", "[tool.codeable.figures.a] needs either a view or elements"),
        (
            'view = "overview"\nelements = ["event_bus"]',
            "[tool.codeable.figures.a] needs either a view or elements",
        ),
        (
            "elements = []",
            "[tool.codeable.figures.a] needs either a view or elements",
        ),
        (
            'view = "bus_decison"',
            "[tool.codeable.figures.a]: there is no view 'bus_decison'; did you mean 'bus_decision'",
        ),
        (
            'elements = ["event_buss"]',
            "[tool.codeable.figures.a]: none of the elements has the identifier or display name 'event_buss'",
        ),
        ('veiw = "overview"', "[tool.codeable.figures.a] has no key 'veiw'; did you mean 'view'"),
        (
            'view = "overview"\nstile = "paper"',
            "[tool.codeable.figures.a] has no key 'stile'; did you mean 'style'",
        ),
        (
            'view = "overview"\nstyle = "papr"',
            "[tool.codeable.figures.a] style: there is no style 'papr'; did you mean 'paper'?",
        ),
        (
            'view = "overview"\nlanguage = "qq"',
            "[tool.codeable.figures.a] language: there is no language 'qq'",
        ),
        (
            'view = "overview"\nwidth = "1mm"',
            "[tool.codeable.figures.a] width must be a length such as 84mm",
        ),
        (
            'view = "overview"\nout = "paper/figure"',
            "[tool.codeable.figures.a] out must be a file such as paper/figures/deploy.pdf",
        ),
        (
            'view = "overview"\nout = "a.pdf"\nformat = "svg"',
            "[tool.codeable.figures.a] has out with the ending .pdf and the format svg; leave one out",
        ),
        (
            f'view = "{"x" * 5000}"',
            f"[tool.codeable.figures.a]: there is no view '{'x' * 56}...\nThe views are: overview",
        ),
        ('view = "overview"\nformat = "gif"', "[tool.codeable.figures.a] format must be puml, dot, svg"),
        (
            'view = "bus_decision"\ndirection = "TB"',
            "[tool.codeable.figures.a] direction says nothing about figures.a, which is rails: they run",
        ),
        (
            'view = "overview"\nlayout = "Rails"',
            "[tool.codeable.figures.a] layout says nothing about figures.a, which is no decision: rails draw",
        ),
        (
            'elements = ["event_bus"]\nlayout = "rails"',
            "[tool.codeable.figures.a] layout says nothing about figures.a, which is no decision: rails draw",
        ),
        (
            'view = "bus_decision"\nlayout = "graph"\nforces = "matrix"',
            "[tool.codeable.figures.a] forces says nothing about figures.a, which is a graph: only rails",
        ),
        (
            'view = "overview"\nparts = 2',
            "[tool.codeable.figures.a] parts says nothing about figures.a, which is a graph",
        ),
        (
            'view = "overview"\nout = "diagrams/bus_decision.pdf"',
            "bus_decision and figures.a would have the same files",
        ),
    ],
)
def test_what_is_wrong_in_a_table_is_reported_with_the_way_out(
    study: Path, job: Job, table: str, expected: str
) -> None:
    declare(study, "[tool.codeable.figures.a]\n", table)
    assert message(job).startswith(expected)


def test_no_two_figures_have_the_same_files(study: Path, job: Job) -> None:
    declare(study, '[tool.codeable.figures.bus_decision]\nview = "overview"\n')
    assert "bus_decision and figures.bus_decision would have the same files" in message(job)
    declare(study, '[tool.codeable.figures.bus_decision]\nview = "overview"\nout = "a/b.svg"\n')
    assert job().exit_status == 0
    other = '[tool.codeable.figures."deploy-1"]\nview = "overview"\n'
    declare(study, other, other.replace("-1", "-2024"), other.replace("-1", ""))
    assert job().exit_status == 0
    declare(study, other.replace("deploy-1", ""))
    assert "has a figure without a name" in message(job)
    declare(study, other.replace("-1", "-2"), other.replace("-1", ""))
    assert "figures.deploy and figures.deploy-2 would have the same files" in message(job)


def test_two_figures_have_the_same_files_where_their_folders_are_one_by_a_link(study: Path, job: Job) -> None:
    (study / "paper").mkdir()
    (study / "article").symlink_to("paper")
    figure = '[tool.codeable.figures.{0}]\nview = "overview"\nout = "{1}/a.svg"\n'
    declare(study, figure.format("one", "paper"), figure.format("other", "article"))
    assert "figures.one and figures.other would have the same files" in message(job)


def test_a_figure_in_the_output_folder_by_another_way_is_no_orphan(study: Path, job: Job) -> None:
    (study / "diagrams").mkdir()
    (study / "here").symlink_to("diagrams")
    declare(study, '[tool.codeable.figures.a]\nview = "overview"\nout = "here/a.svg"\n')
    assert "orphaned" not in states(job()).values()
    assert "removed" not in states(job(views=("bus_decision",), prune=True)).values()
    assert (study / "diagrams/a.svg").is_file()


def test_a_path_in_the_settings_may_begin_with_the_home_folder(
    study: Path, job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    out = '[tool.codeable.figures.a]\nview = "overview"\nout = "~/paper/a.svg"\n'
    declare(study, '[tool.codeable]\noutput = "~/drawn"\n', out)
    assert {outcome.path.parent for outcome in job().outcomes} == {
        tmp_path / "home" / "drawn",
        tmp_path / "home" / "paper",
    }
    assert (tmp_path / "home" / "drawn" / "README.md").is_file()
    assert not (study / "~").exists()


@pytest.mark.parametrize("check", [False, True])
@pytest.mark.parametrize("folder", ["paper", "paper/figures", "loop"])
def test_a_figure_whose_folder_is_a_file_fails_alone(study: Path, job: Job, folder: str, check: bool) -> None:
    (study / "paper").write_text("mine")
    (study / "loop").symlink_to("loop")
    out = f'view = "overview"\nout = "{folder}/a.svg"\n'
    declare(study, f"[tool.codeable.figures.a]\n{out}", SELECTION)
    report = job(check=check)
    assert report.exit_status == 1
    assert [outcome.path.name for outcome in report.of("failed")] == ["a.svg"]
    assert report.views("failed") == ("figures.a",)
    if not check:
        assert {states(report)[name] for name in ("some.svg", "overview.svg", "README.md")} == {"drawn"}
    assert (study / "paper").read_text() == "mine"


def test_a_figure_that_cannot_be_written_fails_alone(
    study: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(path: Path, data: bytes) -> None:
        if path.parent.name == "paper":
            raise PermissionError(13, "Permission denied")
        write_whole(path, data)

    monkeypatch.setattr("codeable.render.files.write_whole", write)
    out = 'view = "overview"\nout = "paper/a"\nformat = ["puml", "svg"]\n'
    declare(study, f"[tool.codeable.figures.a]\n{out}", SELECTION)
    report = job()
    assert (report.exit_status, report.views("failed")) == (1, ("figures.a",))
    assert {outcome.path.name for outcome in report.of("failed")} == {"a.puml", "a.svg"}
    assert "paper/a.svg cannot be written: Permission denied" in report.of("failed")[1].reason
    assert {states(report)[name] for name in ("some.svg", "overview.svg", "README.md")} == {"drawn"}


@pytest.mark.parametrize("out", ["x.PDF", "x.Pdf"])
def test_the_ending_of_a_file_may_be_in_capital_letters(study: Path, job: Job, out: str) -> None:
    declare(study, f'[tool.codeable.figures.a]\nview = "overview"\nformat = "PDF"\nout = "{out}"\n')
    (outcome,) = job(figures=("a",)).outcomes
    assert (outcome.path.name, outcome.state) == ("x.pdf", "drawn")


@pytest.mark.parametrize("name", ["a/b", "../x", "con", "ä b?", "-x", "n" * 300, "."])
def test_any_name_gives_a_file_in_the_output_folder(study: Path, job: Job, name: str) -> None:
    declare(study, f'[tool.codeable.figures."{name}"]\nview = "overview"\nformat = "svg"\n')
    (outcome,) = job(figures=(name,)).outcomes
    assert outcome.state == "drawn"
    assert outcome.path.parent == study / "diagrams"
    assert job(check=True, figures=(name,)).exit_status == 0


class TestOptionsWithoutMeaning:
    """An option that says nothing about a figure is refused where it is given for this figure."""

    @pytest.mark.parametrize(
        ("settings", "request_options"),
        [
            ('[tool.codeable.views.bus_decision]\ndirection = "TB"\n', {}),
            ("", {"views": ("bus_decision",), "figure": {"direction": "TB"}}),
            ("", {"views": ("overview",), "figure": {"parts": 2}}),
            ("", {"views": ("overview",), "figure": {"height": "100mm"}}),
            ("", {"views": ("bus_decision",), "figure": {"wrap": 20, "width": "84mm"}}),
        ],
    )
    def test_for_one_view(
        self, study: Path, job: Job, settings: str, request_options: dict[str, object]
    ) -> None:
        declare(study, settings)
        assert "says nothing about" in message(job, **request_options)

    def test_what_said_something_until_a_stronger_table_changed_the_layout_or_the_width_is_not(
        self, study: Path, job: Job
    ) -> None:
        declare(
            study,
            '[tool.codeable.views.bus_decision]\nlayout = "graph"\ndirection = "TB"\nwrap = 20\n',
            '[tool.codeable.figures.paper]\nview = "bus_decision"\nlayout = "rails"\nwidth = "84mm"\n',
        )
        assert job().exit_status == 0
        assert job(views=("bus_decision",), figure={"layout": "rails", "width": "84mm"}).exit_status == 0

    def test_for_all_views_it_applies_to_those_of_which_it_says_something(
        self, study: Path, job: Job
    ) -> None:
        declare(study, '[tool.codeable.figure]\ndirection = "TB"\nparts = 1\n')
        job(formats=("dot",))
        assert "rankdir=TB" in (study / "diagrams/overview.dot").read_text()
        assert job(figure={"direction": "LR"}, formats=("dot",)).exit_status == 0
        assert "rankdir=LR" in (study / "diagrams/overview.dot").read_text()
