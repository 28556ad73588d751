"""A study is built from notes alone: modules in the order and wording of the traces, ready to be drawn."""

import subprocess
import sys
from pathlib import Path

import pytest

from codeable.loading import load_folder
from codeable.notes import read_note, read_text
from codeable.notes.build import Build, apply, build, left_out_of
from codeable.notes.left_overs import without_left_overs
from codeable.registry import Registry
from codeable.settings import Settings
from tests.tools import calls_of

pytestmark = pytest.mark.usefixtures("trial_in_this_process")

DATA = Path(__file__).parent / "data"
EXPECTED = Path(__file__).parent / "expected"
NOTES = [DATA / name for name in ("p_2.md", "s_3.md", "s_12.md", "s_.md")]


def note(number: int, *codes: str, prose: str = "added:") -> str:
    """A note with one passage and one trace."""
    code = "\n".join(codes)
    return (
        f"# s {number}\n## title\nTitle {number}\n\n**AXIAL CODING TRACE**: source and references\n"
        f'```python\ns{number} = CClass(source, "s{number}", values={{\n'
        f'    "title": "Title {number}", "example": True}})\n```\n\n'
        f"# coding\n\n> x\n\n**AXIAL CODING TRACE:**\n{prose}\n```python\n{code}\n```\n"
    )


def built(folder: Path, *texts: str) -> Build:
    return build([read_text(text, f"s_{index}.md") for index, text in enumerate(texts, 1)], folder)


def written(folder: Path, *texts: str) -> Registry:
    apply(built(folder, *texts).changes, folder)
    return load_folder(folder)


def left_out(made: Build) -> list[tuple[str, str]]:
    return [(one.what, one.reason) for one in made.left_out]


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


DECLARED = 'd_decision = CClass(decision, "D?")', 'a = CClass(practice, "A")'
LINKED = 'add_decision_option_link(d_decision, a, "Do A")'


@pytest.mark.parametrize(
    "name", ["models/other_codes", "models/routing_decision", "sources/s3", "sources/s12"]
)
def test_a_module_reads_as_the_file_beside_the_test_says(name: str, tmp_path: Path) -> None:
    apply(build(map(read_note, NOTES), tmp_path).changes, tmp_path)
    expected = EXPECTED / f"{name.rpartition('/')[2]}.py.txt"
    assert (tmp_path / f"{name}.py").read_text("utf-8") == expected.read_text("utf-8")


def test_there_is_a_module_per_decision_one_for_the_rest_and_one_per_source(tmp_path: Path) -> None:
    apply(build(map(read_note, NOTES), tmp_path).changes, tmp_path)
    assert sorted(files(tmp_path)) == [
        "models/load_decision.py",
        "models/other_codes.py",
        "models/routing_decision.py",
        "pyproject.toml",
        "sources/p2.py",
        "sources/s12.py",
        "sources/s3.py",
    ]


def test_the_built_study_is_drawn_at_once(tmp_path: Path) -> None:
    apply(build(map(read_note, NOTES), tmp_path).changes, tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "codeable.render", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "diagrams" / "routing_decision.svg").is_file()


def test_modules_are_laid_out_as_ruff_lays_them_out(tmp_path: Path) -> None:
    apply(build(map(read_note, NOTES), tmp_path).changes, tmp_path)
    ruff = [sys.executable, "-m", "ruff", "format", "--isolated", "--check", str(tmp_path)]
    done = subprocess.run(ruff, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_what_is_declared_linked_and_met_is_in_the_study(tmp_path: Path) -> None:
    registry = written(tmp_path, note(1, *DECLARED, LINKED))
    options = registry.options_of("d_decision")
    assert [(one.solution_element.name, one.text) for one in options] == [("A", "Do A")]
    assert [code.name for code in registry.codes_of("s1")] == ["D?", "A"]
    assert registry["s1"].get_value("example") is True


def test_every_statement_names_its_note(tmp_path: Path) -> None:
    written(tmp_path, note(1, *DECLARED, LINKED))
    text = (tmp_path / "models" / "d_decision.py").read_text()
    assert 'd_decision = CClass(decision, "D?")  # s1 ' in text
    assert 'a = CClass(practice, "A")  # s1 ' in text
    assert 'role_name="contained_code")  # s1 ' in (tmp_path / "sources" / "s1.py").read_text()


def test_declarations_come_before_their_uses_whatever_the_order_in_the_notes(tmp_path: Path) -> None:
    study = written(tmp_path, note(1, LINKED, DECLARED[1]), note(2, DECLARED[0]))
    assert [one.text for one in study.options_of("d_decision")] == ["Do A"]


def test_options_shared_by_decisions_never_make_modules_import_each_other(tmp_path: Path) -> None:
    study = written(
        tmp_path,
        note(
            1,
            'd1 = CClass(decision, "1")',
            'd2 = CClass(decision, "2")',
            'a = CClass(practice, "A")',
            'b = CClass(practice, "B")',
            "add_decision_option_link(d2, a)",
            "add_decision_option_link(d1, a)",
            "add_decision_option_link(d1, b)",
            "add_decision_option_link(d2, b)",
            "b.add_links(a, role_name='to', stereotype_instances=uses)",
            "add_links({d2: [d1]}, role_name='next decision')",
        ),
    )
    assert [one.solution_element.name for one in study.options_of("d2")] == ["A", "B"]
    assert len(study.relations_of("b")) == 1
    assert len(study.next_decisions_of("d2")) == 1


def test_the_order_of_the_traces_is_kept(tmp_path: Path) -> None:
    names = ["zeta", "alpha", "mid"]
    written(tmp_path, note(1, *(f'{name} = CClass(force, "{name}")' for name in names)))
    lines = (tmp_path / "models" / "other_codes.py").read_text().splitlines()
    assert [line.split(" = ")[0] for line in lines if " = CClass" in line] == names


def test_a_display_name_keeps_its_wording(tmp_path: Path) -> None:
    study = written(tmp_path, note(1, "a = CClass(force, \" A “b” \\\\ 'c'\")"))
    assert study["a"].name == " A “b” \\ 'c'"


def test_undeclared_codes_are_left_out_at_every_place(tmp_path: Path) -> None:
    made = built(tmp_path, note(1, "catalog", DECLARED[1]), note(2, "catalog"))
    assert [(one.kind, one.what, str(one.span), str(one.cause), one.reason) for one in made.left_out] == [
        ("evidence", "catalog", f"s_{number}.md:18:1", f"s_{number}.md:18:1", "'catalog' is declared nowhere")
        for number in (1, 2)
    ]


def test_a_code_whose_declaration_is_broken_is_left_out_because_of_it(tmp_path: Path) -> None:
    made = built(tmp_path, note(1, "a = CClass(force, 'A)", "b"), note(2, "a"))
    found = {one.what: one for one in made.left_out if one.kind == "evidence"}
    assert found["a"].reason == "the declaration of 'a' is not built"
    assert str(found["a"].cause) == "s_1.md:18:19"


def test_what_hangs_on_a_refused_declaration_is_left_out_because_of_it(tmp_path: Path) -> None:
    made = built(tmp_path, note(1, DECLARED[1], "d = CClass(patern, 'D')", "add_decision_option_link(d, a)"))
    assert [(one.kind, str(one.cause)) for one in made.left_out if one.kind == "option"] == [
        ("option", "s_1.md:19:12")
    ]


def test_a_superclass_that_is_declared_nowhere_does_not_cost_the_declaration(tmp_path: Path) -> None:
    text = note(1, DECLARED[0], "a = CClass(practice, 'A', superclasses=caches)", LINKED)
    made = built(tmp_path, text)
    assert [(one.kind, one.reason, str(one.cause)) for one in made.left_out] == [
        ("relation", "'caches' is declared nowhere", "s_1.md:19:40")
    ]
    assert len(written(tmp_path, text).options_of("d_decision")) == 1


def test_a_name_of_the_vocabulary_is_no_end_of_a_link_and_no_code(tmp_path: Path) -> None:
    trace = (
        *DECLARED,
        'f = CClass(force, "F")',
        "add_force_relations({CClass: {f: positive}})",
        "CClass\npractice",
    )
    made = built(tmp_path, note(1, *trace))
    assert {what for what, _ in left_out(made)} >= {"add_force_relations({CClass: {f: positive}})"}


def test_the_last_statement_about_an_option_an_impact_and_a_relation_counts(tmp_path: Path) -> None:
    declared = (*DECLARED, 'b = CClass(practice, "B")', 'f = CClass(force, "F")')
    texts = [
        note(
            1,
            *declared,
            LINKED,
            "add_force_relations({a: {f: positive}})",
            "a.add_links(b, role_name='to', stereotype_instances=uses)",
        ),
        note(
            2,
            'a = CClass(practice, "Another A")',
            'add_decision_option_link(d_decision, a, "Do another")',
            "add_force_relations({a: {f: very_negative}})",
            "a.add_links(b, role_name='to', stereotype_instances=can_use)",
        ),
    ]
    assert built(tmp_path, *texts).left_out == ()
    registry = written(tmp_path, *texts)
    assert registry["a"].name == "Another A"
    assert [one.text for one in registry.options_of("d_decision")] == ["Do another"]
    assert [one.impact for one in registry.forces_of("a")] == ["--"]
    assert [one.stereotype for one in registry.relations_of("a")] == ["Can Use"]


def test_a_refused_statement_is_evidence_of_nothing(tmp_path: Path) -> None:
    codes = "f = CClass(force, 'F')", DECLARED[1]
    registry = written(tmp_path, note(1, *codes), note(2, "add_decision_option_link(f, a)"))
    assert registry.codes_of("s2") == []


def test_a_reference_that_another_note_declares_is_imported(tmp_path: Path) -> None:
    link = "add_links({s%d: [book]}, role_name='referenced')"
    texts = [note(1, "book = CClass(reference, 'Book')", link % 1), note(2, link % 2)]
    registry = written(tmp_path, *texts)
    assert [one.name for one in registry["s2"].get_linked(role_name="referenced")] == ["Book"]


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("add_decision_option_link(a, a)", "decision"),
        ("add_decision_option_link(d_decision, f)", ""),
        ("add_force_relations({a: {d_decision: positive}})", "force"),
        ("add_force_relations({a: {f: nice}})", "'nice' is no impact"),
        ("add_links({a: [d_decision]}, role_name='nxt decision')", ""),
        ("x = CClass(practise, 'X')", "'practise' is no metaclass of the vocabulary"),
        ("x = CMetaclass('X')", "a trace cannot call 'CMetaclass'"),
        ("positive = CClass(force, 'P')", "'positive' is a name of the vocabulary"),
        ("s1 = CClass(force, 'S')", "'s1' is the name of a source"),
        ("a = CClass(pattern, 'A')", "'a' is declared at s_1.md:19:1 as practice 'A'"),
        ("x = CClass(practice, open('f'))", "the display name must be a text in quotes"),
        ("x = CClass(practice, 'X', values={'colour': 'red'})", "colour"),
        ("x = CClass(practice, 'X', superclasses=x)", "it needs 'x'"),
        ("print('hello')", "a trace cannot call 'print'"),
        ("x = CClass(practice, 'X', **values)", "unpacked with **"),
        (
            "x = CClass(practice, 'X', tagged_values={'aka': " + "[" * 30 + "]" * 30 + "})",
            "nested too deeply",
        ),
        ("x = CClass(practice, 'X', tagged_values={(1, 2): 3})", "neither a name nor a literal"),
        ("r = a.add_links(a, role_name='to')[i]", "not a plain index"),
        ("add_links(definitions={a: [a]}, role_name='to')", "given by keyword"),
        ("s2 = CClass(source, 's2')", "this is the note of s1"),
    ],
)
def test_what_a_model_cannot_hold_is_left_out_with_the_reason(
    statement: str, reason: str, tmp_path: Path
) -> None:
    text = note(1, *DECLARED, 'f = CClass(force, "F")', LINKED, statement)
    made = built(tmp_path, text)
    assert len(made.left_out) == 1
    assert reason in made.left_out[0].reason
    assert ".py" not in made.left_out[0].reason
    apply(made.changes, tmp_path)
    assert len(load_folder(tmp_path).options_of("d_decision")) == 1


def test_the_same_statement_in_two_notes_is_built_once_and_not_reported(tmp_path: Path) -> None:
    both = (*DECLARED, 'f = CClass(force, "F")', LINKED, "add_force_relations({a: {f: positive}})")
    relation = "a.add_links(b, role_name='to', stereotype_instances=uses)"
    texts = [note(number, *both, 'b = CClass(practice, "B")', relation) for number in (1, 2)]
    assert built(tmp_path, *texts).left_out == ()
    registry = written(tmp_path, *texts)
    assert [len(registry.options_of("d_decision")), len(registry.forces_of("a"))] == [1, 1]
    assert [source.name for source in registry.evidence_of("a")] == ["s1", "s2"]


def test_no_call_from_a_note_runs(tmp_path: Path) -> None:
    hostile = "x = CClass(practice, __import__('os').system('touch hacked'))"
    written(tmp_path, note(1, hostile, "__import__('os').mkdir('hacked')"))
    assert not any("hacked" in path.name for path in (*tmp_path.rglob("*"), *Path().glob("hacked*")))
    assert "hacked" not in b"".join(files(tmp_path).values()).decode()


def test_the_name_of_a_note_cannot_end_a_comment(tmp_path: Path) -> None:
    hostile = read_text(note(1, "a = CClass(force, 'A')"), "n\nimport os\r#.md")
    apply(build([hostile], tmp_path).changes, tmp_path)
    assert "\nimport os" not in (tmp_path / "models" / "other_codes.py").read_text()


def test_a_decision_is_a_code_of_every_source_that_holds_one_of_its_options(tmp_path: Path) -> None:
    registry = written(tmp_path, note(1, *DECLARED, LINKED), note(2, "a"))
    assert [code.name for code in registry.codes_of("s2")] == ["A", "D?"]


def test_codes_added_to_another_source_count_for_the_note_they_are_in(tmp_path: Path) -> None:
    registry = written(tmp_path, note(1, *DECLARED), note(2, "'''\na\n'''", prose="add codes to s1:"))
    assert [source.name for source in registry.evidence_of("a")] == ["s1", "s2"]


def test_a_relation_that_has_a_name_is_a_code(tmp_path: Path) -> None:
    relation = "r = a.add_links(b, role_name='to', stereotype_instances=uses)[0]"
    registry = written(tmp_path, note(1, *DECLARED, 'b = CClass(practice, "B")', relation, "r"))
    assert registry["r"] in registry.codes_of("s1")


def test_a_relation_whose_name_is_taken_is_built_without_it(tmp_path: Path) -> None:
    relation = "a = a.add_links(b, role_name='to', stereotype_instances=uses)[0]"
    made = built(tmp_path, note(1, *DECLARED, 'b = CClass(practice, "B")', relation))
    assert [one.reason for one in made.left_out] == [
        "the link is built without its name, because 'a' is taken"
    ]
    apply(made.changes, tmp_path)
    assert len(load_folder(tmp_path).relations_of("a")) == 1


def test_a_reference_of_a_source_is_in_its_module(tmp_path: Path) -> None:
    code = "r = CClass(reference, 'Book')\nadd_links({s1: [r]}, role_name='referenced')"
    text = note(1, "a = CClass(force, 'A')").replace("# coding", f"```python\n{code}\n```\n# coding")
    registry = written(tmp_path, text)
    assert [reference.name for reference in registry.references] == ["Book"]
    assert [one.name for one in registry["s1"].get_linked(role_name="referenced")] == ["Book"]


def test_a_source_whose_declaration_is_broken_is_built_from_the_head_of_its_note(tmp_path: Path) -> None:
    head = "# s 7\n## title\nT\n## example (yes, no)\nyes\n## source type\nBlog Post\n## tiny url\n\n"
    registry = written(
        tmp_path, f"{head}# coding\n> x\n**AXIAL CODING TRACE:**\n```\na = CClass(force, 'A')\n```\n"
    )
    source = registry["s7"]
    assert [source.get_value(name) for name in ("title", "example", "type")] == ["T", True, "Blog Post"]


def test_values_of_the_wrong_type_are_left_out_of_a_source(tmp_path: Path) -> None:
    made = built(tmp_path, note(1, "a = CClass(force, 'A')").replace('"example": True', '"example": "maybe"'))
    assert len(made.left_out) == 1
    assert (made.left_out[0].kind, made.left_out[0].what) == ("value", "example")
    apply(made.changes, tmp_path)
    assert load_folder(tmp_path)["s1"].get_value("title") == "Title 1"


def test_a_source_whose_values_compute_something_is_built_from_the_head_of_its_note(tmp_path: Path) -> None:
    text = note(1, "a = CClass(force, 'A')").replace('"example": True', '"example": open("f")')
    registry = written(tmp_path, text)
    assert (registry["s1"].get_value("title"), registry["s1"].get_value("example")) == ("Title 1", None)


def test_relations_may_be_written_in_every_manner(tmp_path: Path) -> None:
    study = written(
        tmp_path,
        note(
            1,
            *(f"{name} = CClass(practice, '{name}')" for name in "abcd"),
            "a.add_links([b, c], role_name='to', stereotype_instances=uses)",
            "add_links({c: d}, role_name='from', stereotype_instances=requires)",
            "add_stereotyped_link_with_how_tagged_value(b, d, can_use, 'now and then')",
            "add_links({a: [b]}, role_name='to', stereotype_instances=is_a)",
            "x = CBundle('Some', elements=[a, b])",
        ),
    )
    found = [
        (one.source_element.name, one.target_element.name, one.stereotype, one.how)
        for one in study.relations_of("a")
    ]
    assert found == [("a", "c", "Uses", None), ("a", "b", "Is-a", None)]
    assert [one.how for one in study.relations_of("b")] == ["now and then"]
    assert [one.target_element.name for one in study.relations_of("d")] == ["c"]
    assert [one.name for one in study.bundles] == ["Some"]


def test_a_category_is_built_and_is_evidence_of_nothing(tmp_path: Path) -> None:
    texts = [note(1, "c = CClass(category, 'C')", "b = CBundle('B')"), note(2, "c")]
    made = built(tmp_path, *texts)
    assert left_out(made) == [("c", "s2 cannot be evidence for it: it is no code")]
    registry = written(tmp_path, *texts)
    assert [one.name for one in registry.categories] == ["C"]
    assert registry.codes_of("s1") == []


def test_two_notes_about_one_source_are_reported(tmp_path: Path) -> None:
    made = built(tmp_path, note(1, *DECLARED), note(1, "b = CClass(force, 'B')"))
    assert left_out(made) == [("s_2.md", "s_1.md is about s1 already")]


def test_renames_of_the_settings_are_followed(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.codeable.renames]\nold_a = "a"\n')
    registry = written(tmp_path, note(1, *DECLARED), note(2, "old_a = CClass(practice, 'A')", "old_a"))
    assert [source.name for source in registry.evidence_of("a")] == ["s1", "s2"]
    assert "old_a" not in registry


def test_a_decision_with_an_awkward_name_gets_a_module_that_can_be_loaded(tmp_path: Path) -> None:
    codes = [f'{name} = CClass(decision, "{name}")' for name in ("other_codes", "Big", "big", "größe")]
    registry = written(tmp_path, note(1, *codes))
    assert sorted(one.name for one in registry.decisions) == ["Big", "big", "größe", "other_codes"]


@pytest.mark.slow
def test_the_text_is_the_same_for_every_hash_seed(tmp_path: Path) -> None:
    texts = set()
    for seed in ("0", "1", "2"):
        out = tmp_path / seed
        done = subprocess.run(
            [sys.executable, "-m", "codeable", "notes", "build", *map(str, NOTES), "--out", str(out)],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=False,
        )
        texts.add((done.stdout.replace(str(out).encode(), b""), tuple(sorted(files(out).items()))))
    assert len(texts) == 1


def test_a_module_says_what_it_is_about_on_one_line(tmp_path: Path) -> None:
    written(tmp_path, note(1, 'd_decision = CClass(decision, "Which\\n  one?")'))
    module = (tmp_path / "models" / "d_decision.py").read_text()
    assert module.startswith('"""Which one?"""\n')


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("x = CClas(pattern, 'X')", "code"),
        ("x y = CClass(pattern, 'X')", "code"),
        ("add_deciion_option_link(d_decision, a)", "option"),
        ("d_decision.add_decision_option_link = 5", "option"),
        ("a: {f: positive}", "impact"),
        ("add_links({s1: [rest apis, a]}, role_name='contained_code')", "evidence"),
        ("add_links({a: [b c, a]}, role_name='to')", "relation"),
        ("message queue", "evidence"),
        ("print('hello')", "statement"),
        ("add_force_relations({a: {f: postive}})", "impact"),
        ("x = CClass(pattern, 'X', vales={})", "value"),
    ],
)
def test_what_is_not_read_is_left_out_as_what_it_is_meant_to_say(
    statement: str, kind: str, tmp_path: Path
) -> None:
    made = built(tmp_path, note(1, *DECLARED, LINKED, "f = CClass(force, 'F')", statement))
    assert [one.kind for one in made.left_out] == [kind]


def test_a_declaration_without_its_refused_values_has_none(tmp_path: Path) -> None:
    registry = written(
        tmp_path, note(1, *DECLARED, LINKED, "x = CClass(pattern, 'X', values={'colour': 'red'})")
    )
    assert registry["x"].name == "X"
    text = "".join(path.read_text("utf-8") for path in (tmp_path / "models").glob("*.py"))
    assert 'x = CClass(pattern, "X")' in text


def test_stereotypes_and_attributes_of_a_declaration_are_built(tmp_path: Path) -> None:
    made = built(
        tmp_path,
        note(
            1,
            'd_decision = CClass(decision, "D?", stereotype_instances=single_answer)',
            DECLARED[1],
            LINKED,
            'x = CClass(domain_metaclass, "X", attributes={"size": int})',
        ),
    )
    assert made.left_out == ()
    apply(made.changes, tmp_path)
    text = "".join(path.read_text("utf-8") for path in (tmp_path / "models").glob("*.py"))
    assert "stereotype_instances=single_answer" in text
    assert 'attributes={"size": int}' in text
    load_folder(tmp_path)


def test_a_code_does_not_specialise_a_reference_because_sources_import_the_models(tmp_path: Path) -> None:
    made = built(
        tmp_path,
        note(1, 'r = CClass(reference, "R")', 'a = CClass(practice, "A", superclasses=[r])'),
    )
    (lost,) = made.left_out
    assert (lost.kind, lost.what) == ("relation", "superclasses=r")
    assert lost.reason == "a model cannot import the source or reference 'r'"
    assert any('a = CClass(practice, "A")' in one.text for one in made.changes)


def test_a_name_that_is_a_code_is_no_reference_too(tmp_path: Path) -> None:
    made = built(tmp_path, note(1, 'x = CClass(practice, "X")', 'x = CClass(reference, "X")', "x"))
    (lost,) = made.left_out
    assert (lost.kind, lost.what) == ("code", 'x = CClass(reference, "X")')


def test_what_is_left_over_from_the_template_is_no_loss(tmp_path: Path) -> None:
    example = 'add_links({s: [example]}, role_name="contained_code")'
    (form,) = [read_text(f"# s\n# coding\n**AXIAL CODING TRACE:**\n```python\n{example}\n```\n", "s_.md")]
    filled = read_text(note(1, 'a = CClass(practice, "A")', example), "s_1.md")
    made = build(without_left_overs([form, filled]), tmp_path)
    assert made.left_out == ()
    assert not any("[example]" in one.text for one in made.changes)


def test_codes_of_another_source_are_evidence_that_is_left_out(tmp_path: Path) -> None:
    made = built(
        tmp_path, note(1, 'a = CClass(practice, "A")', 'add_links({s3: [a]}, role_name="contained_code")')
    )
    assert [(one.kind, one.what) for one in made.left_out] == [("evidence", "a")]


def test_a_source_is_not_called_as_the_note_that_it_was_copied_from(tmp_path: Path) -> None:
    made = built(
        tmp_path, '# s 1\n**AXIAL CODING TRACE:**\n```python\ns2 = CClass(source, "s2")\n```\n# coding\n'
    )
    assert any('s1 = CClass(source, "s1")' in one.text for one in made.changes)


@pytest.mark.parametrize(
    ("valid", "refused", "built_text"),
    [
        (
            'a.add_links(b, role_name="to", stereotype_instances=uses)',
            'a.add_links(b, role_name="to", stereotype_instances=positive)',
            'a.add_links(b, role_name="to", stereotype_instances=uses)',
        ),
        (
            'x = a.add_links(b, role_name="to", stereotype_instances=uses)[0]',
            'add_links({a: [b, c]}, role_name="to", stereotype_instances=positive)',
            'x = a.add_links(b, role_name="to", stereotype_instances=uses)[0]',
        ),
        ('e = CClass(practice, "E")', 'e = CClass(practice, "E2", superclasses=[uses])', '"E"'),
        (
            'e = CClass(practice, "E", superclasses=[a])',
            'e = CClass(practice, "E2", stereotype_instances=uses)',
            '"E", superclasses=[a])',
        ),
    ],
)
def test_what_the_vocabulary_refuses_replaces_nothing(
    valid: str, refused: str, built_text: str, tmp_path: Path
) -> None:
    codes = [f'{name} = CClass(practice, "{name.upper()}")' for name in "abc"]
    texts = note(1, *codes, valid), note(2, refused), note(3, refused)
    made = built(tmp_path, *texts)
    assert {one.span.path for one in made.left_out} == {"s_2.md", "s_3.md"}
    registry = written(tmp_path, *texts)
    assert built_text in (tmp_path / "models/other_codes.py").read_text("utf-8")
    assert "positive" not in (tmp_path / "models/other_codes.py").read_text("utf-8")
    assert registry["a"] is not None


def test_a_declaration_keeps_what_its_accepted_statements_say(tmp_path: Path) -> None:
    codes = [f'{name} = CClass(practice, "{name.upper()}")' for name in "ab"]
    made = built(
        tmp_path,
        note(1, *codes, 'e = CClass(practice, "E", superclasses=[a])'),
        note(2, 'e = CClass(practice, "E", superclasses=[uses])'),
        note(3, 'e = CClass(practice, "Last", superclasses=[b])'),
    )
    (lost,) = made.left_out
    assert lost.span.path == "s_2.md"
    text = next(one.after or b"" for one in made.changes if one.path == "models/other_codes.py").decode()
    assert 'e = CClass(practice, "Last", superclasses=[b, a])' in text


def test_many_refused_links_of_one_statement_cost_no_more_each_than_a_few() -> None:
    def work(number: int) -> int:
        names = [f"p{index}" for index in range(number)]
        codes = [f'{name} = CClass(practice, "{name}!")' for name in names]
        link = f'add_links({{p0: [{", ".join(names[1:])}]}}, role_name="to", stereotype_instances='
        texts = note(1, *codes, f"{link}uses)"), note(2, f"{link}positive)")
        notes = [read_text(text, f"s_{index}.md") for index, text in enumerate(texts, 1)]
        return calls_of(lambda: left_out_of(notes, Settings()))

    assert work(120) < 6 * work(30)
