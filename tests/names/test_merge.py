"""Several codes become one: what the study says of them counts for that one, and nothing is lost unsaid."""

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from codeable.errors import CodeableError
from codeable.names.merging.merge import planned_merge
from codeable.names.renaming.answers import answers_of, as_merged
from codeable.names.renaming.refusals import RenameRefusedError
from tests.names.studies import HEAD, STUDY, carried_out, study_in, written

MODEL = f"""{HEAD}
how = CClass(decision, "How?")
topic = CClass(practice, "Topic", values={{"aka": "subject"}})  # s1 123456
bus = CClass(pattern, "Bus")
cost = CClass(force, "Cost")
speed = CClass(force, "Speed")
add_decision_option_link(how, topic, "Use topics")  # s1 123456
add_decision_option_link(how, bus, "Use the bus")
add_force_relations({{
    topic: {{speed: positive, cost: negative}},
    bus: {{speed: negative}},
}})
topic.add_links(bus, role_name="to", stereotype_instances=uses)
"""
SOURCE = f"""{HEAD}from models.a import bus, how, topic

s1 = CClass(source, "s1")
s2 = CClass(source, "s2")
add_links({{
    s1: [how, topic, bus],
    s2: topic,
}}, role_name="contained_code")
"""
NOTE = """# s 1
# coding
> One.

**OPEN CODING TRACE:**

Familiar options: topic, bus

**AXIAL CODING TRACE:**

```python
topic = CClass(practice, "Topic", values={"aka": "subject"})
add_decision_option_link(how, topic, "Use topics")
add_decision_option_link(how, bus, "Use the bus")
```
"""
FILES = {"models/a.py": MODEL, "sources/s.py": SOURCE, "sources/s_1.md": NOTE}


def merged(
    folder: Path, files: dict[str, str], *names: str, into: str, notes: str = "rewritten"
) -> dict[str, str]:
    """The files that change; the study must say the same of the code that stays."""
    study = written(folder, files)
    plan = planned_merge(names, into, study, notes=notes)
    changed = carried_out(plan, study)
    before = as_merged(answers_of(study.registry, dict.fromkeys(names, into)), into)
    assert as_merged(answers_of(study_in(folder).registry), into) == before
    return changed


class TestModules:
    def test_what_both_have_is_kept_once_and_what_contradicts_is_told(self, tmp_path: Path) -> None:
        plan = planned_merge(["topic"], "bus", written(tmp_path, FILES))
        assert [str(one).replace(f"{tmp_path}/", "") for one in plan.gone] == [
            "models/a.py:8: option how – topic 'Use topics': 'bus' has 'Use the bus' (models/a.py:9)",
            "models/a.py:11: impact topic – speed 'positive': 'bus' has 'negative' (models/a.py:12)",
            "models/a.py:14: to topic – bus 'uses': a link of 'bus' to itself",
            "models/a.py:4: topic = CClass(practice, 'Topic', values={'aka': 'subject'})",
            f"sources/s_1.md:12: {NOTE.splitlines()[11]}: it mentions 'bus' now",
        ]  # fmt: skip
        assert [str(one).replace(f"{tmp_path}/", "") for one in plan.left] == [
            "sources/s_1.md:14: how – bus is 'Use the bus' here, and 'Use topics' in sources/s_1.md:13"
        ]

    def test_the_modules_and_notes_have_the_one_that_stays(self, tmp_path: Path) -> None:
        assert merged(tmp_path, FILES, "topic", into="bus") == {
            "models/a.py": f"""{HEAD}
how = CClass(decision, "How?")
bus = CClass(pattern, "Bus")
cost = CClass(force, "Cost")
speed = CClass(force, "Speed")
add_decision_option_link(how, bus, "Use the bus")
add_force_relations({{
    bus: {{speed: negative, cost: negative}},
}})
""",
            "sources/s.py": SOURCE.replace("how, topic\n", "how\n").replace("topic, ", "")
            .replace("topic", "bus"),
            "sources/s_1.md": NOTE.replace(NOTE.splitlines()[11], "bus").replace("topic, bus", "bus")
            .replace("how, topic", "how, bus"),
        }  # fmt: skip

    def test_notes_that_are_kept_lead_to_the_one_that_stays(self, tmp_path: Path) -> None:
        changed = merged(tmp_path, FILES, "topic", into="bus", notes="kept")
        assert sorted(changed) == ["models/a.py", "pyproject.toml", "sources/s.py"]
        assert changed["pyproject.toml"] == '[tool.codeable.renames]\ntopic = "bus"\n'

    def test_decisions_and_forces_become_one_too(self, tmp_path: Path) -> None:
        more = """which = CClass(decision, "Which?")
add_decision_option_link(which, bus, "x")
add_links({bus: which}, role_name="next decision")
"""
        changed = merged(tmp_path, {"models/a.py": MODEL + more}, "which", into="how")
        assert 'add_links({bus: how}, role_name="next decision")' in changed["models/a.py"]
        changed = merged(tmp_path, {"models/a.py": MODEL}, "cost", into="speed")
        assert "topic: {speed: positive}" in changed["models/a.py"]

    def test_several_become_one_and_the_settings_follow(self, tmp_path: Path) -> None:
        settings = (
            '[tool.codeable.renames]\nold = "topic"\n\n[tool.codeable.figures.x]\n'
            'elements = ["queue", "bus", "topic", "how"]\n\n[tool.codeable.views.topic]\nwrap = 9\n'
        )
        model = MODEL + 'queue = CClass(practice, "Queue")\nadd_decision_option_link(how, queue, "Queue")\n'
        files = {"models/a.py": model, "pyproject.toml": settings}
        changed = merged(tmp_path, files, "topic", "queue", into="bus")
        assert changed["pyproject.toml"] == settings.replace('"queue", ', "").replace(
            '"topic", ', ""
        ).replace("topic", "bus")

    def test_lists_of_codes_in_notes_have_it_once(self, tmp_path: Path) -> None:
        codes = "    topic\n    cost,\n    bus, queue\n    bus\n    # then\n    topic\n"
        note = f"# s 1\n# coding\n> One.\n\n**AXIAL CODING TRACE:**\n\n```python\n'''\n{codes}'''\n"
        note += "bus\ntopic\ntopic.add_links(bus, role_name='to')\n```\n"
        files = {"models/a.py": MODEL, "sources/s_1.md": note}
        path = str(tmp_path / "sources/s_1.md")
        for notes in ("rewritten", "kept"):
            left = planned_merge(["topic"], "bus", written(tmp_path, files), notes=notes).left
            assert [str(one) for one in left] == [f"{path}:18: links 'bus' to itself; take it out"]
        changed = merged(tmp_path, files, "topic", into="bus")["sources/s_1.md"]
        assert "    bus\n    cost, queue\n    # then\n    bus\n'''\nbus\nbus.add_links(bus," in changed

    def test_values_of_a_module_of_its_own_keep_their_form(self, tmp_path: Path) -> None:
        own = (
            "first, second = topic, bus\ngroup = [topic, cost, bus]\n"
            "more = {topic: [cost], bus: speed}\nall_of = {topic: 1, **more, bus: 2}\n"
        )
        files = {"models/a.py": MODEL + own}
        gone = planned_merge(["topic"], "bus", written(tmp_path, files)).gone
        told = [str(one) for one in gone if "twice" in one.reason]
        assert told == [f"{tmp_path}/models/a.py:18: 'bus' is a key twice here; only the last one counts"]
        changed = merged(tmp_path, files, "topic", into="bus")["models/a.py"]
        assert changed.endswith(
            "first, second = bus, bus\ngroup = [cost, bus]\n"
            "more = {bus: [speed, cost]}\nall_of = {bus: 1, **more, bus: 2}\n"
        )

    def test_no_empty_lines_are_left_over(self, tmp_path: Path) -> None:
        paragraphs = f'{HEAD}\nbus = CClass(pattern, "B")\n\ntopic = CClass(practice, "T")\n\nx = 1\n'
        files = {"models/a.py": paragraphs, "models/b.py": f'{HEAD}\nlast = CClass(practice, "L")\n'}
        assert merged(tmp_path, files, "topic", "last", into="bus") == {
            "models/a.py": f'{HEAD}\nbus = CClass(pattern, "B")\n\nx = 1\n',
            "models/b.py": HEAD,
        }


HOW = f'{HEAD}how = CClass(decision, "How?")\n'
BUS = f'{HEAD}bus = CClass(pattern, "Bus")  # its comment\n'
TOPIC = f"""{HEAD}from models.c import how
topic = CClass(practice, "Topic")
add_decision_option_link(how, topic, "x")
"""


def holding(code: str) -> str:
    """A source that holds a code."""
    link = f"add_links({{s1: {code}}}, role_name='contained_code')\n"
    return f"{HEAD}from models.a import {code}\ns1 = CClass(source, 's1')\n{link}"


class TestImports:
    def test_a_module_imports_the_one_that_stays(self, tmp_path: Path) -> None:
        files = {
            "models/a.py": TOPIC,
            "models/b.py": BUS,
            "models/c.py": HOW,
            "sources/s.py": holding("topic"),
        }
        changed = merged(tmp_path, files, "topic", into="bus")
        assert changed == {
            "models/a.py": f"{HEAD}from models.c import how\nfrom models.b import bus\n"
            'add_decision_option_link(how, bus, "x")\n',
            "sources/s.py": holding("bus").replace("models.a", "models.b"),
        }

    def test_where_the_other_imports_it_the_declaration_moves(self, tmp_path: Path) -> None:
        more = 'add_decision_option_link(how, bus, "y")\n'
        relation = 'bus.add_links(topic, role_name="to", stereotype_instances=uses)\n'
        star = "from models.a import *\n"
        files = {"models/a.py": TOPIC, "models/b.py": BUS.replace(HEAD, HEAD + star) + more + relation}
        files |= {"models/c.py": HOW, "sources/s.py": holding("bus").replace("models.a", "models.b")}
        assert merged(tmp_path, files, "topic", into="bus") == {
            "models/a.py": BUS.replace(HEAD, f"{HEAD}from models.c import how\n"),
            "models/b.py": f"{HEAD}{star}{more}",
        }

    def test_the_other_names_of_an_import_stay(self, tmp_path: Path) -> None:
        imports = "from models.a import (how,\n    topic as t, bus)\n"
        source = holding("t").replace("from models.a import t\n", imports)
        changed = merged(tmp_path, {"models/a.py": MODEL, "sources/s.py": source}, "topic", into="bus")
        assert "from models.a import (how,\n    bus as t, bus)" in changed["sources/s.py"]


NAMED_LINK = "x = topic.add_links(bus, role_name='from', stereotype_instances=uses)[0]\n"


class TestRefused:
    @pytest.mark.parametrize(
        ("name", "into", "more", "why"),
        [
            ("topic", "nothing", "", "there is no 'nothing' in this study"),
            ("bus", "bus", "", "name a code that becomes 'bus'"),
            (
                "cost",
                "bus",
                "",
                "force cost 'Cost' (models/a.py:6) and pattern bus 'Bus' (models/a.py:5) are ",
            ),
            ("s1", "bus", "", "'s1' is a source"),
            (
                "topic",
                "bus",
                NAMED_LINK,
                "models/a.py:15: this link would lead from bus to itself, and it has a name; ",
            ),
            ("topic", "bus", "topic, y = topic, 1\n", "models/a.py:15: 'topic' is no plain declaration; "),
        ],
    )
    @pytest.mark.sampled(1)
    def test_the_reason_is_said(self, name: str, into: str, more: str, why: str, tmp_path: Path) -> None:
        study = written(tmp_path, STUDY | FILES | {"models/a.py": MODEL + more})
        with pytest.raises(RenameRefusedError) as refusal:
            planned_merge([name], into, study)
        assert str(refusal.value).replace(f"{tmp_path}/", "").startswith(why)


codes, decisions, forces = (st.sampled_from(names) for names in (["a", "b", "c"], ["d", "e"], ["f", "g"]))
statements = st.one_of(
    st.builds("add_decision_option_link({}, {}, 'x')\n".format, decisions, codes),
    st.builds("add_force_relations({{{}: {{{}: positive}}}})\n".format, codes, forces),
    st.builds("add_force_relations({{a: {{{}: positive}}, b: {{{}: negative}}}})\n".format, forces, forces),
    st.builds("{}.add_links({}, role_name='to', stereotype_instances=uses)\n".format, codes, codes),
    st.builds("add_links({{{}: [{}]}}, role_name='next decision')\n".format, codes, decisions),
    st.builds("add_links({{s1: [{}, {}]}}, role_name='contained_code')\n".format, codes, decisions),
    st.builds("add_links({{s2: {}}}, role_name='contained_code')\n".format, st.one_of(codes, forces)),
)
DECLARED = (
    HEAD + "s1 = CClass(source, 's1')\ns2 = CClass(source, 's2')\nd = CClass(decision, 'D')\n"
    "e = CClass(decision, 'E')\na = CClass(practice, 'A')\nb = CClass(pattern, 'B')\n"
    "c = CClass(practice, 'C')\n"
    "f = CClass(force, 'F')\ng = CClass(force, 'G')\n"
)


@given(st.lists(statements, max_size=9), st.sampled_from(["ab", "ba", "ca", "cb", "de", "ed", "fg", "gf"]))
def test_after_any_merge_the_study_loads_and_says_the_same(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], pair: str
) -> None:
    folder = tmp_path_factory.mktemp("study")
    try:
        written(folder, {"models/a.py": DECLARED + "".join(lines)})
    except CodeableError:
        assume(False)  # a link is made twice already
    merged(folder, {}, pair[0], into=pair[1])
