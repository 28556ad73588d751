"""What is offered at a place of a module, which is written as ¦, and the import that comes with it."""

from pathlib import Path

import pytest

from tests.editor.completing import Completing

TOP = '"""New things."""\n\nfrom codeable.dsl import *\n'
NEW = "models/new.py"


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Completing:
    return Completing(tmp_path_factory.mktemp("study"))


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("statement", "labels"),
    [
        ("add_decision_option_link(¦", ["hosting_decision", "next_decision_of_all"]),
        ("add_decision_option_link(hosting_decision, k¦)", ["k8s"]),
        ("add_force_relations({k8s: {¦", ["cost"]),
        ("def f():\n    add_force_relations({k8s: {¦}})", ["cost"]),
        ("for one in [ev¦]:", ["event_bus"]),
        ("def f():\n    return ev¦", ["event_bus"]),
        ("x = 1; ev¦", ["event_bus"]),
        ("if not k8s == ev¦:", ["event_bus"]),
        ("def ev¦", []),
        ("from models.¦", ["models.hosting", "models.later"]),
        ("from models import l¦", ["later"]),
        ("import codeable.metamodels.dep¦", ["codeable.metamodels.deployment"]),
        ("from models.hosting import k8s, ¦", ["event_bus", "cost", "hosting_decision"]),
        ("from models.hosting import (\n    k8s,\n    c¦", ["cost"]),
        ("from models.later import ev¦", ["event_bus"]),
        ("import models.hosting as m\nx = m.¦", ["event_bus", "k8s", "cost", "hosting_decision"]),
        ("import models.hosting\nadd_decision_option_link(models.hosting.¦", ["hosting_decision"]),
        ("from models import hosting\nadd_force_relations({k8s: {hosting.¦}})", ["cost"]),
        ("s3 = CClass(source, 's3', values={'type': 'blog¦'})", ["Blog Post"]),
        ("x = CClass(pract¦", ["practice"]),
        ("# codeable: ignore[C401¦", ["C401"]),
        ("# a comment about k8¦", []),
        ("'''A text about k8¦'''", []),
        ("print(k8s.¦", []),
    ],
)
def test_a_module(study: Completing, statement: str, labels: list[str]) -> None:
    found = study.labels(f"{TOP}\n{statement}\n", NEW)
    assert found[: len(labels)] == labels
    assert labels or not found
    assert len(found) == len(labels)


def test_metamodels_that_are_imported_offer_their_words(study: Completing) -> None:
    statement = "x = CClass(device, 'X', stereotype_instances=cloud_v¦)"
    text = f"{TOP}from codeable.metamodels.deployment import *\n{statement}\n"
    assert study.labels(text, NEW)[0] == "cloud_vm_device_type"
    assert "device" in study.labels(text.replace(statement, "x = CClass(dev¦"), NEW)


def test_a_code_of_another_module_comes_with_its_import(study: Completing) -> None:
    statement = "\nadd_force_relations({k8¦: 1})\n"
    after = "\nadd_force_relations({k8s: 1})\n"

    def written(imports: str) -> str:
        return study.written(f"{imports}{statement}", "k8s", NEW)

    assert written(TOP) == f"{TOP}from models.hosting import k8s\n{after}"
    assert (
        written(f"{TOP}from models.hosting import k8s\n") == f"{TOP}from models.hosting import k8s\n{after}"
    )
    assert written(f"{TOP}from models.hosting import *\n") == f"{TOP}from models.hosting import *\n{after}"
    assert (
        written(f"{TOP}from models.hosting import cost\n")
        == f"{TOP}from models.hosting import cost, k8s\n{after}"
    )
    lines = f"{TOP}from models.hosting import (\n    cost,\n)\n"
    assert written(lines) == f"{lines.replace('cost,', 'cost, k8s,')}{after}"
    relative = f"{TOP}from .later import next_decision_of_all\n"
    assert written(relative) == f"{relative}from .hosting import k8s\n{after}"
    assert written('"""New."""\n') == f'"""New."""\nfrom models.hosting import k8s\n{after}'
    assert written("") == f"from models.hosting import k8s\n{after}"
    assert written("# 🙂\r\nfrom codeable.dsl import *\r\n").startswith(
        "# 🙂\r\nfrom codeable.dsl import *\r\nfrom models"
    )


def test_a_name_under_which_a_code_is_imported_is_offered(study: Completing) -> None:
    text = f"{TOP}from models.hosting import k8s as kubernetes\nadd_force_relations({{kub¦"
    assert study.written(text, "kubernetes", NEW) == f"{text[:-4]}kubernetes"


def test_no_import_makes_a_circle(study: Completing) -> None:
    hosting = (study.folder / "models/hosting.py").read_text(encoding="utf-8")
    labels = study.labels(f"{hosting}add_decision_option_link(¦", "models/hosting.py")
    assert labels == ["hosting_decision"], "models.later imports this module"


def test_codes_of_notes_alone_are_in_no_module(study: Completing) -> None:
    assert study.labels(f"{TOP}add_force_relations({{k8s: {{la¦", NEW) == []


def test_a_module_that_is_no_python_keeps_its_names(study: Completing, tmp_path: Path) -> None:
    hosting = (study.folder / "models/hosting.py").read_text(encoding="utf-8")
    assert study.labels(f"{hosting}x = (]\nadd_force_relations({{k8s: {{¦", "models/hosting.py") == ["cost"]
