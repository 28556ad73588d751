"""A study without decisions, such as a model of components: its bundles are its figures."""

from pathlib import Path

import pytest

from tests.render.conftest import command

HEAD = "from codeable.dsl import *\n"
BUNDLE = """\
from codeable.metamodels.microservice_components import *
orders = CClass(component, "Order Service", stereotype_instances=service)
redis = CClass(component, "Redis", stereotype_instances=[message_broker, replicated],
    tagged_values={"number of replicas": 3})
add_links({orders: redis}, role_name="target", stereotype_instances=resp, tagged_values={"read": ["orders"]})
shop = CBundle("The shop", elements=[orders, redis])
"""
DECISION = 'how = CClass(decision, "How?")\n'

pytestmark = pytest.mark.usefixtures("stub_engine")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sources").mkdir()
    write(tmp_path, BUNDLE)
    return tmp_path


def write(folder: Path, text: str) -> None:
    (folder / "models").mkdir(exist_ok=True)
    (folder / "models/model.py").write_text(HEAD + text, encoding="utf-8")


def test_its_bundles_are_drawn_and_listed(folder: Path) -> None:
    assert command("--list", cwd=folder).stdout == "shop  bundle  The shop\n"
    assert command(cwd=folder).returncode == 0
    assert {path.name for path in (folder / "diagrams").iterdir()} == {"README.md", "shop.puml", "shop.svg"}
    page = (folder / "diagrams/README.md").read_text(encoding="utf-8")
    assert "1 view, drawn from the model" in page
    assert "everything" not in page and "overview" not in page.casefold()
    assert command("--check", cwd=folder).returncode == 0


def test_its_texts_have_stereotypes_and_values(folder: Path) -> None:
    command("--values", cwd=folder)
    text = (folder / "diagrams/shop.puml").read_text(encoding="utf-8")
    assert "<<Component>> <<Message Broker>> <<Replicated>>" in text
    assert "{field} number of replicas: 3" in text
    assert "<<RESP>>" in text and "read: orders" in text


def test_values_can_be_settled_for_all_figures(folder: Path) -> None:
    settings = "[tool.codeable.figure]\nvalues = true\n"
    (folder / "pyproject.toml").write_text(settings, encoding="utf-8")
    command(cwd=folder)
    assert "replicas: 3" in (folder / "diagrams/shop.puml").read_text(encoding="utf-8")
    command("--no-values", cwd=folder)
    assert "replicas: 3" not in (folder / "diagrams/shop.puml").read_text(encoding="utf-8")


@pytest.mark.parametrize("words", [["--view", "overview"], ["--list", "--view", "everything"]])
def test_asked_for_a_whole_it_says_why_there_is_none(folder: Path, words: list[str]) -> None:
    done = command(*words, cwd=folder)
    assert done.returncode == 2
    assert "the study has no decision" in done.stderr
    assert "The views are: shop" in done.stderr


def test_figures_of_former_decisions_are_removed_when_asked(folder: Path) -> None:
    write(folder, BUNDLE + DECISION)
    command(cwd=folder)
    write(folder, BUNDLE)
    said = command(cwd=folder).stdout
    assert "orphaned: diagrams/overview.svg" in said and "--prune removes it" in said
    command("--prune", cwd=folder)
    assert {path.stem for path in (folder / "diagrams").iterdir()} == {"README", "shop"}


def test_settings_of_the_overview_may_be_there_before_the_first_decision(folder: Path) -> None:
    settings = (
        "[tool.codeable.views.overview]\nstyle = 'paper'\n[tool.codeable.views.everything]\nwrap = 20\n"
    )
    (folder / "pyproject.toml").write_text(settings, encoding="utf-8")
    assert command(cwd=folder).returncode == 0
    write(folder, BUNDLE + DECISION)
    command(cwd=folder)
    assert "skinparam defaultFontSize 11" in (folder / "diagrams/overview.puml").read_text(encoding="utf-8")


class TestWithoutAnyView:
    WHY = "The study has no view: it declares no decision and no bundle."

    @pytest.mark.parametrize("words", [[], ["--quiet"], ["--check"], ["--list"]])
    def test_it_is_told_what_to_do(self, folder: Path, words: list[str]) -> None:
        write(folder, "")
        command(cwd=folder)
        done = command(*words, cwd=folder)
        assert done.returncode == 0
        assert self.WHY in done.stderr
        assert 'name = CBundle("Title", elements=[...])' in done.stderr

    def test_what_it_is_told_to_do_helps(self, folder: Path) -> None:
        write(folder, 'x = CClass(practice, "X")\nname = CBundle("Title", elements=[x])\n')
        done = command(cwd=folder)
        assert done.stderr == ""
        assert (folder / "diagrams/name.svg").exists()

    def test_its_page_is_replaced_when_there_is_a_figure(self, folder: Path) -> None:
        write(folder, "")
        command(cwd=folder)
        write(folder, BUNDLE)
        assert "README.md" in command(cwd=folder).stdout
        assert "The shop" in (folder / "diagrams/README.md").read_text(encoding="utf-8")
