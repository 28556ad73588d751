"""Decision records after MADR 4.0."""

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

import codeable
from codeable.coded.coded_study import CodedStudy
from codeable.errors import CodeableError
from codeable.exchange.exported import Exported, ExportOptions
from codeable.exchange.outgoing.decision_records import export_madr
from tests.studies import write_study

EXPECTED = Path(__file__).parent / "expected" / "hosting_decision.md"

MODEL = """
    from codeable.dsl import *

    operations = CClass(domain_metaclass, "Operations")
    infrastructure = CClass(category, "Infrastructure")
    hosting_decision = CClass(
        decision, "Where does it run?", stereotype_instances=single_answer,
        values={"description": "Teams begin small.\\n\\nThen they grow.", "recommendation": "Rent first."},
    )
    scaling_decision = CClass(decision, "How does it grow?")
    cloud = CClass(pattern, "Cloud", values={"description": "Machines for rent.", "aka": "IaaS"})
    cellar = CClass(practice, "Cellar")
    cost = CClass(force, "Cost", values={"description": "Money per month."})
    speed = CClass(force, "Speed")
    fun = CClass(force, "Fun")
    add_links({infrastructure: hosting_decision}, role_name="decisions")
    add_links({hosting_decision: operations}, role_name="context")
    add_decision_option_link(hosting_decision, cloud, "Rent it", "By the hour.")
    add_decision_option_link(hosting_decision, cellar)
    add_decision_option_link(hosting_decision, scaling_decision, "Grow at once")
    add_force_relations({cloud: {cost: very_negative, speed: very_positive, fun: positive_and_negative}})
    add_links({cellar: cost}, role_name="forces")
    cloud_uses_cellar = cloud.add_links(
        cellar, role_name="to", stereotype_instances=can_use, tagged_values={"how": "as backup"})[0]
    cloud.add_links(scaling_decision, role_name="next decision", stereotype_instances=mandatory_next)
    alone = CClass(practice, "Alone")
    """
SOURCE = """
    from codeable.dsl import *
    from models.hosting import *

    s4 = CClass(source, "s4", values={"title": "All *about* clouds", "url": "https://example.org/a b"})
    add_links({s4: [hosting_decision, cloud, cost, cloud_uses_cellar]}, role_name="contained_code")
    """
NOTE = """
    # s5
    ## title
    More
    # coding
    > It is fast.

    **AXIAL CODING TRACE:**
    ```python
    add_force_relations({cloud: {speed: very_positive}})
    ```
    """


def exported_cells(**cells: object) -> Exported:
    return export_madr(CodedStudy(codeable.Study.of(cells)), ExportOptions())


def test_a_record_has_drivers_options_pros_and_cons_and_an_open_outcome(tmp_path: Path) -> None:
    files = {"models/hosting.py": MODEL, "sources/s4.py": SOURCE, "sources/s5.md": NOTE}
    study = codeable.load(write_study(tmp_path / "mesh", files))
    made = export_madr(study._coded(), ExportOptions())
    assert list(made.files) == ["hosting_decision.md", "scaling_decision.md"]
    assert made.files["hosting_decision.md"].decode() == EXPECTED.read_text(encoding="utf-8")
    assert [each.sentence for each in made.not_taken_over] == [
        "solutions: 1 (alone); no decision offers them"
    ]
    assert not made.has_loss


def test_a_study_without_decisions_has_no_record() -> None:
    with pytest.raises(CodeableError, match="declares no decision"):
        exported_cells()


def test_no_text_of_a_study_becomes_markup() -> None:
    from codeable.dsl import (
        CClass,
        add_decision_option_link,
        add_force_relations,
        decision,
        force,
        positive,
        practice,
    )

    hostile = "# *A* <b>&amp;</b> | `x` [l](u) {{ 7 * 7 }}\n---\n* <!-- $x$"
    one = CClass(decision, hostile, values={"description": f"{hostile}\n\n1. one", "recommendation": hostile})
    option = CClass(practice, hostile, values={"description": "- - -"})
    drivers = [CClass(force, hostile), CClass(force, "=")]
    add_decision_option_link(one, option, hostile)
    add_force_relations({option: dict.fromkeys(drivers, positive)})
    cells = {
        "one": one,
        "option": option,
        "driver": drivers[0],
        "other": drivers[1],
        "several": [CClass(decision)],
    }
    made = exported_cells(**cells)
    text = made.files["one.md"].decode().partition("\n---\n")[2]
    tokens = MarkdownIt().parse(text)
    found = [tokens[at + 1].content for at, token in enumerate(tokens) if token.type == "heading_open"]
    assert len(found) == 10
    html = MarkdownIt().render(text)
    shown = re.sub(r"<[^>]*>", "", html).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert shown.count(" ".join(hostile.split())) == 9
    assert made == exported_cells(**cells)
