"""The codes of a project become statements of one module; codes that the study has are found again."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from codeable.errors import CodeableError
from codeable.exchange.incoming.codes import planned_codes
from codeable.exchange.incoming.planned import ImportOptions, PlannedCodes, StudyBefore
from codeable.exchange.outgoing.keys import Keys
from codeable.exchange.outgoing.study_project import project_of
from codeable.exchange.project import Project, ProjectCode, ProjectLink, ProjectMemo, ProjectSource
from codeable.loading import load_folder
from codeable.notes.model import FieldNote
from codeable.notes.reader import read_text
from codeable.registry import Registry
from codeable.settings import Settings, read_settings
from tests.exchange.studies import coded, loaded
from tests.tools import examples

MODULE = "models/interviews.py"
CODES = (
    ProjectCode("1", "Forces", is_codable=False),
    ProjectCode("2", "Cost", "1", "What it takes.\nIn money.", memos=(ProjectMemo("Ask Anna.", "To do"),)),
    ProjectCode("3", "Event Bus", kind="pattern", values={"aka": "Broker", "colour": "red"}),
    ProjectCode("4", "Running cost", "2"),
    ProjectCode("5", "Other", "1"),
    ProjectCode("6", "Other"),
)

LINKED = (
    ProjectCode("d", "How?", kind="decision"),
    ProjectCode("m", "Messaging", kind="practice"),
    ProjectCode("b", "Event Bus", "m", kind="pattern"),
    ProjectCode("k", "Broker", kind="practice"),
    ProjectCode("c", "Cost", kind="force"),
    ProjectCode("t", "Time", kind="force"),
    ProjectCode("r", "Event Bus -> Messaging", kind="relation", identifier="bus_uses"),
    ProjectCode("o", "Own relation", kind="relation"),
    ProjectCode("l", "lost", kind="relation", identifier="lost"),
)
LINKS = (
    ProjectLink("d", "b", "Use it", "option", "Use it", {"description": "Or not."}),
    ProjectLink("d", "b", "Use it", "option", "Use it", {"description": "Or not."}),
    ProjectLink("d", "b", "Other", "option", "Other"),
    ProjectLink("b", "c", "++", "impact", "++"),
    ProjectLink("b", "t", "-", "impact", "-"),
    ProjectLink("b", "m", "Uses: per topic", "relation", "Uses", {"how": "per topic"}, "r"),
    ProjectLink("b", "k", kind="relation", text="Can Use, Requires"),
    ProjectLink("b", "k", kind="super-code"),
    ProjectLink("b", "d", kind="next decision", text="Next"),
    ProjectLink("c", "t", "is related to"),
    ProjectLink("k", "m", "Own", "relation", "Own, Else", {"how": "so"}, "o"),
)


def planned(*codes: ProjectCode, study: Path | None = None, **options: object) -> PlannedCodes:
    return plan_of(Project("Interviews", codes=codes), study, **options)


def plan_of(
    project: Project, study: Path | None = None, notes: Sequence[FieldNote] = (), **options: object
) -> PlannedCodes:
    before = StudyBefore(load_folder(study), read_settings(study), notes) if study else StudyBefore()
    return planned_codes(project, before, ImportOptions(**options))


def written(study: Path, plan: PlannedCodes) -> Registry:
    for path, data in plan.files.items():
        (study / path).parent.mkdir(exist_ok=True)
        (study / path).write_bytes(data)
    return load_folder(study)


@pytest.fixture
def study(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "s"\n[tool.codeable]\n')
    (tmp_path / "models").mkdir()
    (tmp_path / "sources").mkdir()
    return tmp_path


def test_codes_become_a_module_with_nesting_descriptions_kinds_and_memos(study: Path) -> None:
    plan = planned(*CODES, kinds={"forces/*": "force"})
    assert plan.files[MODULE].decode() == (
        '"""Codes of the project Interviews."""\n'
        "\n"
        "from codeable.dsl import *\n"
        "\n"
        'forces = CClass(code, "Forces")\n'
        "cost = CClass(\n"
        "    force,\n"
        '    "Cost",\n'
        "    superclasses=forces,\n"
        '    values={"description": "What it takes.\\nIn money.", "memo": "To do: Ask Anna."},\n'
        ")\n"
        "\n"
        'event_bus = CClass(pattern, "Event Bus", values={"aka": "Broker"})\n'
        "\n"
        'running_cost = CClass(force, "Running cost", superclasses=cost)\n'
        'other = CClass(force, "Other", superclasses=forces)\n'
        "\n"
        'other_2 = CClass(code, "Other")\n'
    )
    assert [(each.what, each.named) for each in plan.not_taken_over] == [
        ("values of codes", ("colour of Event Bus",))
    ]
    registry = written(study, plan)
    assert [str(each.name) for each in registry.subcodes_of("cost")] == ["Running cost"]


def test_importing_again_changes_nothing_and_a_changed_file_adds_and_tells(study: Path) -> None:
    first = planned(*CODES, kinds={"forces/*": "force"})
    written(study, first)
    again = planned(*CODES, study=study, kinds={"forces/*": "force"})
    assert (again.files, again.new, again.differences) == ({}, (), ())
    assert again.identifiers == first.identifiers
    changed = (
        *CODES[:1],
        ProjectCode("2", "Cost", "1", "Something else."),
        *CODES[2:-1],
        ProjectCode("7", "Licence cost", "2"),
    )
    plan = planned(*changed, study=study)
    assert plan.new == ("licence_cost",)
    assert plan.messages == (
        (
            "1 code of an earlier import is not in the file: other_2. "
            "If one was renamed there, give yours the new name before you import."
        ),
    )
    [difference] = plan.differences
    assert (difference.what, difference.in_file) == ("description of cost", "Something else.")
    assert difference.in_study == "What it takes.\nIn money."
    assert difference.place.endswith(f"{MODULE}:6")
    assert plan.files[MODULE] == first.files[MODULE] + (
        b'\nlicence_cost = CClass(code, "Licence cost", superclasses=cost)\n'
    )
    written(study, plan)


def test_codes_of_other_modules_are_known_and_imported_where_a_sub_code_needs_them(study: Path) -> None:
    model = study / "models" / "forces.py"
    model.write_text('from codeable.dsl import *\n\nprice = CClass(force, "Cost")\n')
    first = planned(ProjectCode("1", "Cost"), ProjectCode("2", "Licence", "1"), study=study)
    assert first.known == ("price",)
    assert "from models.forces import price\n" in first.files[MODULE].decode()
    written(study, first)
    # Now that module uses one of the project's, which may not import it any more.
    model.write_text(
        "from codeable.dsl import *\nfrom models.interviews import licence\n\n"
        'top = CClass(force, "Top", superclasses=licence)\n'
    )
    (study / MODULE).write_text('from codeable.dsl import *\n\nlicence = CClass(force, "Licence")\n')
    third = planned(
        ProjectCode("1", "Licence"), ProjectCode("2", "Top", "1"), ProjectCode("3", "New", "2"), study=study
    )
    assert list(third.files) == ["models/interviews_2.py"]
    assert "from models.forces import top\n" in third.files["models/interviews_2.py"].decode()
    registry = written(study, third)
    assert registry.identifier_of(registry["New"]) == "new"
    again = planned(
        ProjectCode("1", "Licence"), ProjectCode("2", "Top", "1"), ProjectCode("3", "New", "2"), study=study
    )
    assert again.files == {}


def test_a_module_that_a_person_edited_keeps_every_byte_and_gets_what_is_missing(study: Path) -> None:
    (study / "models" / "base.py").write_text('from codeable.dsl import *\n\nbase = CClass(code, "Base")\n')
    before = (
        '# -*- coding: latin-1 -*-\r\n"""Mine: ü."""\r\nfrom codeable.dsl import CClass, force\r\n'
        'caf\xe9 = CClass(force, "Caf\xe9")  # kept'
    ).encode("latin-1")
    (study / MODULE).write_bytes(before)
    plan = planned(ProjectCode("1", "Base"), ProjectCode("2", "数", "1"), study=study)
    after = plan.files[MODULE]
    kept = before.split(b"\r\n")
    assert [line for line in after.split(b"\r\n") if line in kept] == kept
    assert b"from models.base import base\r\n" in after
    assert b'CClass(code, "\\u6570", superclasses=base)\r\n' in after


def test_names_of_any_kind_give_identifiers_that_nothing_else_has(study: Path) -> None:
    names = [
        *(
            "Event Bus",
            "event-bus",
            "EVENT BUS",
            "class",
            "Force",
            "S3",
            "p1",
            "print",
            "24/7",
            "",
            "  ",
            "++",
        ),
        *(
            "Größe",
            "数量",
            "हिन्दी",
            "a\nb",
            '"""; import os',
            "x" * 500,
            "🙂",
            "\ud800",
            "_private",
            "None",
            "C",
            "C++",
        ),
    ]
    codes = [ProjectCode(str(index), name) for index, name in enumerate(names)]
    project = Project("2024", codes=tuple(codes), sources=(ProjectSource("s", "S", identifier="größe"),))
    renames = Settings(renames={"c": "d"})
    plan = planned_codes(project, StudyBefore(settings=renames), ImportOptions())
    assert [plan.identifiers[code.key] for code in codes] == [
        *("event_bus", "event_bus_2", "event_bus_3", "class_code", "force_code", "code_s3", "code_p1"),
        *(
            "print_code",
            "code_24_7",
            "unnamed_code",
            "unnamed_code_2",
            "plus_sign_plus_sign",
            "grösse_2",
            "数量",
        ),
        *("हनद", "a_b", "import_os", "x" * 60, "slightly_smiling_face", "unnamed_code_3", "private"),
        *("none", "c_2", "c_3"),
    ]
    registry = written(study, plan)
    assert list(plan.files) == ["models/codes_2024.py"]
    shown = [str(each.name) for each in registry.codes]
    assert sorted(shown) == sorted(name if name.strip() else "Unnamed code" for name in names)
    again = planned_codes(project, StudyBefore(registry, renames), ImportOptions())
    assert (again.files, again.differences, again.identifiers) == ({}, (), plan.identifiers)


def test_a_code_that_another_tool_renamed_is_known_by_the_key_of_our_export(study: Path) -> None:
    (study / "models" / "m.py").write_text('from codeable.dsl import *\n\ncost = CClass(force, "Cost")\n')
    key = Keys(read_settings(study).name).of("code", "cost")
    plan = planned(ProjectCode(f"{{{key.upper()}}}", "Price"), study=study)
    assert (plan.known, plan.files) == (("cost",), {})
    assert [(each.what, each.in_file) for each in plan.differences] == [("name of cost", "Price")]


def test_no_text_of_a_file_is_ever_run(study: Path) -> None:
    evil = "\"\"\"\\\nraise SystemExit(1) #\x00\u2028\ud800'''"
    links = (ProjectLink("1", "2", evil, "option", evil, {"description": evil}),)
    codes = (
        ProjectCode("1", evil, None, evil, "decision", values={"aka": evil, evil: evil}),
        ProjectCode("2", evil, "1", evil, "practice", evil, memos=(ProjectMemo(evil, evil),)),
    )
    plan = plan_of(Project(evil, codes=codes, links=links))
    registry = written(study, plan)
    assert [str(each.name) for each in registry.codes] == [evil, evil]
    assert all(each.get_value("description") == evil.strip() for each in registry.codes)
    assert [each.text for each in registry.options_of(plan.identifiers["1"])] == [evil]


def test_parents_that_cannot_be_are_left_out_and_told() -> None:
    plan = planned(
        ProjectCode("1", "A", "2", place="x.qdc:3"),
        ProjectCode("2", "B", "1"),
        ProjectCode("3", "C", "gone"),
        ProjectCode("4", "D", "4"),
        ProjectCode("5", "E", "6", kind="relation"),
        ProjectCode("6", "F"),
        kinds={"G*": "force"},
    )
    assert [(each.number, each.named) for each in plan.not_taken_over] == [
        (1, ("C",)),
        (2, ("B", "D")),
        (1, ("E",)),
    ]
    assert plan.new == ("b", "a", "c", "d", "f")
    assert (
        plan.messages[0]
        == "The pattern 'G*' fits no code; the codes of the file are 'B/A', 'B', 'C' and 2 more."
    )
    nested = (ProjectCode("1", "Force"), ProjectCode("2", "Cost", "1"))
    assert planned(*nested, kinds={"Forces/*": "force"}).messages == (
        "The pattern 'Forces/*' fits no code; did you mean 'Force/*'?",
    )


def test_codes_that_a_person_renamed_or_moved_after_an_import_are_known(study: Path) -> None:
    codes = [ProjectCode("1", "A"), ProjectCode("2", "Event bus", "1"), ProjectCode("3", "Moved", "1")]
    written(study, planned(*codes))
    text = (study / MODULE).read_text()
    text = text.replace('"Event bus"', '"Event Streaming"').replace('"Moved", superclasses=a', '"Moved"')
    (study / MODULE).write_text(text)
    plan = planned(*codes, study=study)
    assert plan.files == {}
    assert [each.what for each in plan.differences] == ["name of event_bus", "parent of moved"]


def test_a_list_of_names_fits_codes_that_the_study_has_below_others(study: Path) -> None:
    """A list in a spreadsheet often has no nesting. Capital letters do not count, several of a name do."""
    codes = [
        ProjectCode(str(number), name, "1") for number, name in enumerate(["Cost", "Event Bus", "Other"], 2)
    ]
    written(study, planned(ProjectCode("1", "Forces"), *codes, ProjectCode("5", "Other")))
    plan = plan_of(
        Project(
            "List",
            codes=(
                ProjectCode("a", "Cost", description="What it takes."),
                ProjectCode("b", "Event bus"),
                ProjectCode("c", "Other"),
                ProjectCode("d", "New"),
                ProjectCode("e", "New", "d"),
            ),
        ),
        study,
        update=True,
    )
    assert plan.identifiers == {"a": "cost", "b": "event_bus", "c": "other_2", "d": "new", "e": "new_new"}
    assert 'values={"description": "What it takes."}' in plan.files[MODULE].decode()
    assert plan.messages[0] == (
        "2 codes that the file has in no other are known by their names: cost, event_bus."
    )
    assert [each.what for each in plan.differences] == ["name of event_bus"]


def test_a_sign_that_begins_or_ceases_to_nest_makes_no_second_code(study: Path) -> None:
    """Whether a dot nests depends on the other tags of a project of Taguette."""
    flat = (ProjectCode("1", "Decision.How?"), ProjectCode("2", "CI/CD"))
    nested = (
        ProjectCode("a", "Decision", is_codable=False),
        ProjectCode("b", "How?", "a"),
        ProjectCode("c", "CI"),
        ProjectCode("d", "CD", "c"),
    )
    written(study, planned(*flat))
    plan = planned(*nested, study=study)
    assert plan.known == ("decision_how", "ci_cd")
    assert plan.new == ("decision_code", "ci")
    (study / MODULE).unlink()
    written(study, planned(*nested))
    assert planned(*flat, study=study).known == ("how", "cd")


def test_a_code_that_was_merged_into_another_stays_merged(study: Path) -> None:
    """The settings say what became of the code that a person took out."""
    codes = [
        ProjectCode("1", "Calls"),
        ProjectCode("2", "Direct calls", "1"),
        ProjectCode("3", "Direct client calls", "1"),
        ProjectCode("4", "Cost"),
        ProjectCode("5", "Cost", "1"),
    ]
    written(study, planned(*codes))
    kept = (study / MODULE).read_text().splitlines(keepends=True)
    kept = [line for line in kept if not line.startswith(("direct_client_calls =", "calls_cost ="))]
    (study / MODULE).write_text("".join(kept))
    with (study / "pyproject.toml").open("a") as settings:
        names = 'direct_client_calls = "direct_calls", calls_cost = "cost", other_cost = "cost"'
        settings.write(f"renames = {{{names}}}\n")
    plan = planned(*codes, study=study)
    assert (plan.files, plan.new, plan.differences, plan.messages) == ({}, (), (), ())
    assert [plan.identifiers[key] for key in "2345"] == ["direct_calls", "direct_calls", "cost", "cost"]
    plan = planned(ProjectCode("a", "Other"), ProjectCode("b", "Cost", "a"), study=study)
    assert (plan.new, plan.identifiers["b"]) == (("other",), "cost")


def test_identifiers_of_an_own_export_come_back_and_count_before_names(study: Path) -> None:
    (study / "pyproject.toml").write_text('[tool.codeable.renames]\nold = "newer"\n')
    (study / "models" / "m.py").write_text(
        'from codeable.dsl import *\n\nnewer = CClass(force, "Cost")\nevent_bus = CClass(pattern, "Bus")\n'
    )
    plan = planned(
        ProjectCode("1", "Price", identifier="old"),
        ProjectCode("2", "Event Bus", identifier="bus"),
        ProjectCode("3", "Hostile", identifier="import os"),
        ProjectCode("4", "Network", identifier="p2p_network"),
        ProjectCode("5", "Storage", identifier="s45"),
        study=study,
    )
    assert plan.identifiers == {"1": "newer", "2": "bus", "3": "hostile", "4": "p2p_network", "5": "storage"}
    assert [each.what for each in plan.differences] == ["name of newer"]
    assert plan.messages == (
        "Some identifiers are taken or cannot be: 'import os' is 'hostile' here, 's45' is 'storage' here.",
    )


def test_ten_thousand_codes_deep_and_wide() -> None:
    chain = [ProjectCode(str(n), f"Level {n}", str(n - 1) if n else None) for n in range(2000)]
    wide = [ProjectCode(f"w{n}", "Same name", "0") for n in range(8000)]
    plan = planned(*reversed(chain), *wide, kinds={"x": "force"})
    assert len(set(plan.identifiers.values())) == 10_000


def test_links_of_an_own_export_come_back_as_options_impacts_relations_and_next_decisions(
    study: Path,
) -> None:
    written(study, plan := plan_of(Project("M", codes=LINKED, links=LINKS)))
    text = plan.files["models/m.py"].decode()
    assert 'event_bus = CClass(pattern, "Event Bus", superclasses=[messaging, broker])\n' in text
    assert text[text.index("add_decision") :] == (
        'add_decision_option_link(how, event_bus, "Use it", option_description="Or not.")\n'
        "bus_uses = add_stereotyped_link_with_how_tagged_value(\n"
        '    event_bus, messaging, uses, "per topic"\n'
        ")\n"
        "add_links(\n"
        "    {event_bus: broker},\n"
        "    association=design_solution_dependencies,\n"
        '    role_name="to",\n'
        "    stereotype_instances=[can_use, requires],\n"
        ")\n"
        "add_links(\n"
        "    {event_bus: how},\n"
        "    association=solutions_to_next_decisions_relation,\n"
        '    role_name="next decision",\n'
        "    stereotype_instances=next_decision,\n"
        ")\n"
        "own_relation = add_links(\n"
        "    {broker: messaging},\n"
        "    association=design_solution_dependencies,\n"
        '    role_name="to",\n'
        '    label="Own",\n'
        ")[0]\n"
        "add_force_relations({event_bus: {cost: very_positive, time: negative}})\n"
    )
    assert (plan.identifiers["r"], plan.identifiers["o"]) == ("bus_uses", "own_relation")
    assert [(each.what, each.number, each.named) for each in plan.not_taken_over] == [
        ("links between codes", 1, ("How? -> Event Bus (Other)",)),
        ("links between codes", 1, ("Cost -> Time (is related to)",)),
        ("stereotypes and values of links", 1, ("Broker -> Messaging (Own)",)),
        ("relations that are codes", 1, ("lost",)),
    ]
    once = (*LINKS[:2], *LINKS[3:])
    again = plan_of(Project("M", codes=LINKED, links=once), study)
    assert (again.files, again.differences, again.identifiers) == ({}, (), plan.identifiers)
    changed = [
        *(link for link in LINKS[3:] if link.text != "Can Use, Requires"),
        ProjectLink("b", "k", kind="relation", text="Requires"),
        ProjectLink("d", "b", kind="option", text="Changed"),
        ProjectLink("b", "d", kind="option"),
    ]
    plan = plan_of(Project("M", codes=LINKED, links=tuple(changed)), study)
    assert [(each.what, each.in_file, each.in_study) for each in plan.differences] == [
        ("relation event_bus -> broker", "Requires", "Can Use, Requires"),
        ("option how -> event_bus", "Changed", "Use it"),
    ]
    assert "cannot have a link of the kind 'option'" in plan.not_taken_over[1].reason


def test_codes_without_an_identifier_are_known_but_nothing_can_name_them(study: Path) -> None:
    (study / "models" / "m.py").write_text(
        "from codeable.dsl import *\n\nhow = CClass(decision, 'How?')\n"
        "for name in ('Up', 'Out'):\n    add_decision_option_link(how, CClass(practice, name), name)\n"
    )
    codes = (ProjectCode("h", "How?"), ProjectCode("u", "Up"), ProjectCode("n", "New", "u"))
    links = (
        ProjectLink("h", "u", kind="option", text="Up"),
        ProjectLink("u", "h", "x", kind="next decision"),
    )
    project = Project("P", codes=codes[:2], links=links[:1])
    plan = plan_of(project, study)
    assert (plan.files, plan.known, plan.identifiers) == ({}, ("how", "Up"), {"h": "how"})
    assert (plan.differences, plan.not_taken_over) == ((), ())
    project = Project("P", codes=codes, links=links)
    plan = plan_of(project, study)
    assert plan.files["models/p.py"].endswith(b'\nnew = CClass(code, "New")\n')
    assert [(each.what, each.named) for each in plan.not_taken_over] == [
        ("parents of codes", ("New",)),
        ("links between codes", ("Up -> How? (x)",)),
    ]


@pytest.mark.parametrize(
    ("pattern", "sorted_"),
    [
        ("Forces/*", ["cost", "running_cost", "ci_cd"]),
        ("forces > Cost", ["cost"]),
        ("*Cost*", []),
        ("*/*cost*", ["cost"]),
        ("F*", ["forces"]),
        ("Forces::CI/CD", ["ci_cd"]),
        ("Forces/C???", ["cost"]),
        ("*", ["forces"]),
        ("(a+)+$[", []),
    ],
)
def test_patterns_of_paths_give_kinds(pattern: str, sorted_: list[str]) -> None:
    codes = [*CODES[:2], CODES[3], ProjectCode("8", "CI/CD", "1")]
    plan = planned(*codes, kinds={pattern: "force"})
    lines = plan.files[MODULE].decode().replace("(\n    force", "(force").splitlines()
    assert [line.partition(" = ")[0] for line in lines if "CClass(force" in line] == sorted_
    assert bool(plan.messages) == (not sorted_)


def test_codes_that_notes_declare_and_no_module_has_are_refused(study: Path) -> None:
    text = "# s\n4\n# coding\n> One.\n\n**AXIAL CODING TRACE:**\n\n``` python\n"
    notes = [read_text(f'{text}cost = CClass(force, "Price")\n```\n', "sources/s_4.md")]
    for code in (
        ProjectCode("1", "Cost"),
        ProjectCode("1", "Price"),
        ProjectCode("1", "X", identifier="cost"),
    ):
        with pytest.raises(CodeableError, match=r"'cost' \(sources/s_4.md:9\).*codeable notes build"):
            plan_of(Project("P", codes=(code,)), study, notes)
    other = Project("P", codes=(ProjectCode("1", "Time"),))
    plan = plan_of(other, study, notes)
    assert plan.new == ("time",)


def test_an_update_fills_in_kinds_descriptions_and_memos_and_nothing_else(study: Path) -> None:
    before = (
        "from codeable.dsl import *\n\n"
        'a = CClass(code, "A")  # mine\n'
        "b = CClass(\n    code,  # why\n    'B')\n"
        'c = CClass(force, "C", values={"aka": "See"})\n'
        'd = CClass(code, "D", values={"description": "Own."})\n'
        'e = CClass(code, "E".upper())\n'
    )
    (study / MODULE).write_text(before)
    codes = [ProjectCode(each, each, description=f"About {each}.") for each in "ABCDE"]
    codes.append(ProjectCode("F", "F", memos=(ProjectMemo("New."),)))
    without = planned(*codes, study=study, kinds={"*": "practice"})
    assert "--update fills in what 5 codes lack: a, b, c, d, e." in without.messages
    plan = planned(*codes, study=study, kinds={"*": "practice"}, update=True)
    assert plan.files[MODULE].decode() == (
        before.replace('CClass(code, "A")', 'CClass(practice, "A", values={"description": "About A."})')
        .replace('CClass(code, "D"', 'CClass(practice, "D"')
        .replace('"See"}', '"See", "description": "About C."}')
        + '\nf = CClass(practice, "F", values={"memo": "New."})\n'
    )
    assert "Filled in for 3 codes: a, c, d." in plan.messages
    assert [(each.what, each.in_file, each.in_study) for each in plan.differences] == [
        ("kind of b", "practice", "code"),
        ("description of b", "About B.", ""),
        ("kind of c", "practice", "force"),
        ("description of d", "About D.", "Own."),
        ("kind of e", "practice", "code"),
        ("description of e", "About E.", ""),
    ]
    written(study, plan)
    again = planned(*codes, study=study, kinds={"*": "practice"}, update=True)
    assert (again.files, again.differences) == ({}, plan.differences)


def test_a_code_with_the_name_of_one_elsewhere_stays_apart_and_is_told(study: Path) -> None:
    (study / "models" / "m.py").write_text('from codeable.dsl import *\n\ncost = CClass(force, "Cost")\n')
    plan = planned(ProjectCode("1", "Forces"), ProjectCode("2", "Cost", "1"), study=study)
    assert plan.new == ("forces", "forces_cost")
    assert plan.messages[0].startswith(
        "Codes of one name below different codes stay apart: 'forces_cost' and 'cost'."
    )


@pytest.mark.parametrize(
    ("there", "name", "path"),
    [
        ("models/interviews/a.py", "Interviews", "models/interviews_2.py"),
        ("models/Interviews.py", "Interviews", "models/interviews_2.py"),
        ("models/a.py", "../../etc/passwd", "models/etc_passwd.py"),
        ("models/a.py", "con", "models/con_codes.py"),
        ("models/a.py", "x" * 300, f"models/{'x' * 60}.py"),
    ],
)
def test_the_module_of_a_project_is_a_file_of_its_own(study: Path, there: str, name: str, path: str) -> None:
    (study / there).parent.mkdir(exist_ok=True)
    (study / there).write_text("from codeable.dsl import *\n")
    project = Project(name, codes=(ProjectCode("1", "Cost"),))
    plan = plan_of(project, study)
    assert list(plan.files) == [path]
    written(study, plan)
    again = plan_of(project, study)
    assert again.files == {}


def test_a_study_of_single_modules_gets_the_codes_in_its_first_one(study: Path) -> None:
    (study / "pyproject.toml").write_text('[tool.codeable]\nmodels = ["decisions.py"]\n')
    (study / "decisions.py").write_text("from codeable.dsl import *\n")
    plan = planned(ProjectCode("1", "Cost"), study=study)
    assert plan.files == {"decisions.py": b'from codeable.dsl import *\n\ncost = CClass(code, "Cost")\n'}


def test_the_export_of_a_study_is_known_in_it_as_a_whole(tmp_path: Path) -> None:
    coded(tmp_path)
    (tmp_path / "sources" / "more.py").write_text(
        "from codeable.dsl import *\nfrom models.communication import *\nfrom sources.all import s2\n"
        "context = CClass(domain_metaclass, 'Team')\n"
        "add_links({how_to_talk: context}, role_name='context')\n"
        "add_links({s2: add_links({log_bus: event_bus}, role_name='to')}, role_name='contained_code')\n"
    )
    study = loaded(tmp_path)
    plan = plan_of(project_of(study), tmp_path, study.notes)
    assert (plan.files, plan.new, plan.differences, plan.messages) == ({}, (), (), ())
    assert [each.what for each in plan.not_taken_over] == []
    named = {code.key: code.name for code in project_of(study).codes}
    assert {named[key]: sources for key, sources in plan.evident.items()} == {
        "Log-based Bus → Event Bus": frozenset({"s2"})
    }


def test_names_that_an_export_gives_are_known_when_another_tool_gives_them_back(tmp_path: Path) -> None:
    """Other tools keep names, and drop links and what codeable notes for itself."""
    coded(tmp_path)
    (tmp_path / "models" / "more.py").write_text(
        "from codeable.dsl import *\nother = CClass(force, 'Event bus')\n"
    )
    given = (
        ProjectCode("1", "Event Bus"),
        ProjectCode("2", "Event Bus → Log-based Bus (Can Use)"),
        ProjectCode("3", "Log-based Bus → Event Bus (Can Use)"),
        ProjectCode("4", "Event bus (other)"),
        ProjectCode("5", "Event bus (cost)"),
    )
    plan = planned(*given, study=tmp_path)
    assert dict(plan.identifiers) == {
        "1": "event_bus",
        "2": "uses_log",
        "3": "log_based_bus_event_bus_can_use",
        "4": "other",
        "5": "event_bus_cost",
    }
    assert plan.differences == ()


TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
KINDS = st.sampled_from([None, "force", "practice", "decision", "code", "domain class"])


@st.composite
def forests(draw: st.DrawFn) -> tuple[ProjectCode, ...]:
    number = draw(st.integers(1, 8))
    return tuple(
        ProjectCode(
            str(index),
            draw(st.one_of(TEXTS, st.sampled_from(["Other", "other", "Cost", "class"]))),
            draw(st.one_of(st.none(), st.integers(0, number).map(str))),
            draw(TEXTS),
            draw(KINDS),
            memos=tuple(ProjectMemo(text) for text in draw(st.lists(TEXTS, max_size=2))),
        )
        for index in range(number)
    )


@settings(max_examples=examples(100), deadline=None)
@given(forests(), forests())
@example(
    (ProjectCode("0", "\x1b\r\x1b"), ProjectCode("1", "")),
    tuple(ProjectCode(str(one), "") for one in range(3)),
)
@example(
    (ProjectCode("0", ""), ProjectCode("1", "", "0"), ProjectCode("2", "", "1")),
    (ProjectCode("0", "", "1"), ProjectCode("1", ""), ProjectCode("2", ""), ProjectCode("3", "", "1")),
)
def test_any_codes_come_in_once(
    tmp_path_factory: pytest.TempPathFactory,
    codes: tuple[ProjectCode, ...],
    others: tuple[ProjectCode, ...],
) -> None:
    folder = tmp_path_factory.mktemp("study")
    (folder / "pyproject.toml").write_text("[tool.codeable]\n")
    (folder / "models").mkdir()
    (folder / "sources").mkdir()
    first = planned(*codes)
    registry = written(folder, first)
    assert len(set(first.identifiers.values())) == len(codes) == len(registry.codes)
    for code in codes:
        element = registry[f"models.interviews:{first.identifiers[code.key]}"]
        assert element.name == (code.name.strip() or "Unnamed code")
        assert registry.kind_of(element) == (code.kind or "code")
        assert (element.get_value("description") or "").split() == code.description.split()
    again = planned(*codes, study=folder)
    assert (again.files, again.differences, again.identifiers) == ({}, (), first.identifiers)
    more = planned(*others, study=folder)
    written(folder, more)
    third = planned(*others, study=folder)
    assert (third.files, third.new, third.identifiers) == ({}, (), more.identifiers)
