"""`codeable convert`: what old studies may hold, and what goes wrong."""

import pytest
from click.testing import CliRunner

from codeable.cli.group import cli
from codeable.compat.aliases import checked_aliases
from codeable.compat.convert import convert
from codeable.compat.convert.comparing import compare
from codeable.compat.missing import MissingModulesError
from codeable.errors import CodeableError
from codeable.loading import StudyModuleError, load_folder
from tests.compat.run.test_run import STUDIES, write

START = "from codeable_models import *\nfrom metamodels.guidance_metamodel import *\n"
CODING = """\
reference = CMetaclass("Reference", attributes={"title": str, "url": str})
source = CMetaclass("Source", superclasses=reference)
source.association(reference, "reference: [source] * -> [referenced] *")
code = CMetaclass("Code", attributes={"name": str, "description": str})
code.association(source, "contains codes: [contained_code] * -> [evidence] *")
for c in [decision, design_solution, force, design_solution_dependencies]:
    c.superclasses = c.superclasses + [code]
"""


@pytest.fixture
def converted(tmp_path):
    (tmp_path / ".git").mkdir()

    def start(program, **modules):
        write(tmp_path / "old", study=START + program, **modules)
        done = convert(tmp_path / "old", tmp_path / "new")
        of_its_own = "no class is a decision, a practice or a force of codeable"
        assert [each for each in done.differences if not each.startswith(of_its_own)] == []
        return load_folder(tmp_path / "new")

    return start


def text(tmp_path, *names):
    return (tmp_path / "new").joinpath(*names).read_text(encoding="utf-8")


def test_a_name_that_the_vocabulary_has_too_stays_an_identifier(converted):
    registry = converted(
        "uses = CClass(practice, 'Uses')\nforce_ = CClass(force, 'F')\nvariant = CClass(pattern, 'V')\n"
        "uses.add_links(variant, role_name='to', stereotype_instances=leads_to)\n"
        "a = CClass(practice, 'A')\na.add_links(variant, role_name='to', stereotype_instances=enables)\n"
    )
    assert registry["uses"].name == "Uses"
    assert [each.target_element.name for each in registry.relations_of("uses")] == ["V"]


def test_one_identifier_in_two_modules_stays_in_both(converted):
    registry = converted(
        "from other import thing as others\nthing = CClass(decision, 'Mine')\n"
        "add_decision_option_link(thing, others)\n",
        other=START + "thing = CClass(practice, 'Theirs')\n",
    )
    assert str(registry["models.study:thing"]) == "Mine"
    assert str(registry["models.other:thing"]) == "Theirs"


EVERYTHING = """\
thing = CMetaclass("Thing", attributes={"n": 3, "x": float("inf"), "flag": True, "l": [1], "t": "a \\"b\\""})
thing.attributes = {**{"other": thing}, **{each.name: each.type for each in thing.attributes}}
sub = CMetaclass("Sub", superclasses=thing, attributes={"n": str})
loop = []
loop.append(loop)
a, b = CClass(thing, 'a "b" \\x00 \\u2028', values={"n": -1}), CClass(sub, "b", values={"l": loop})
a.set_value("other", b)
b.set_value("n", 7, thing)
b.delete_value("flag")
globals()["1x"] = CClass(practice, "no name")
CClass(force)
team = CClass(thing, "Team", superclasses=a)
members = team.association(a, "has members: [team] 0..1 <>- [member] *")
first = team.association(a, name="a -> b", role_name="x:y", source_multiplicity="*", composition=True)
second = team.association(a, "[other] * -> [to] *")
third = team.association(a, "[another] * -> [to] *")
t, o = CObject(team, "T"), CObject(a, "O")
t.add_links([o], role_name="member")
t.add_links(o, association=third)
derived = add_decision_option_association(CClass(decision, "D"), CClass(practice, "P"), "so")
low = CLayer("low", elements=[CPackage("P", elements=[t, o])])
both = CBundle("both", elements=[low, CLayer("high", sub_layer=low, elements=[t]), a.class_object])
"""


def test_whatever_a_module_declares_comes_along(converted):
    registry = converted(EVERYTHING)
    assert registry["a"].get_value("other") is registry["b"]
    assert registry["b"].get_value("n", registry["thing"]) == 7
    assert registry["t"].links[1].association is registry["third"]
    assert registry["derived"].tagged_values == {"name": "so"}
    assert [type(each).__name__ for each in registry["both"].elements] == ["CLayer", "CLayer", "CObject"]


def test_links_of_links_and_their_values_stay(converted):
    registry = converted(
        CODING + "a, b = CClass(practice, 'A'), CClass(practice, 'B')\n"
        "a_b = a.add_links(b, role_name='to', stereotype_instances=[uses, leads_to], label='l')[0]\n"
        "a_b.set_value('description', 'told')\n"
        "a.add_links(CClass(practice, 'C'), role_name='to')[0].set_value('name', 'n')\n"
        "s = CClass(source, 's1')\nadd_links({s: [a_b, a]}, role_name='contained_code')\n"
    )
    assert registry["a_b"].get_value("description") == "told"
    assert [str(each) for each in registry["a_b"].stereotype_instances] == ["Uses", "Leads To"]
    assert registry.evidence_of("a_b") == [registry["s"]]
    assert registry["a"].links[1].get_value("name") == "n"


def test_changes_of_the_metaclasses_stay(converted):
    registry = converted(
        "thing = CMetaclass('Thing', attributes={'size': int})\n"
        "practice.superclasses = practice.superclasses + [thing]\nforce.attributes = {'weight': 2}\n"
        "p = CClass(practice, 'P', values={'size': 3})\nf = CClass(force, 'F')\n"
    )
    assert registry["p"].get_value("size") == 3
    assert registry["f"].get_value("weight") == 2


def test_metamodels_that_ours_lacks_come_along(converted):
    registry = converted(
        "from metamodels.microservice_components_metamodel import *\n"
        "shop = CClass(component, 'Shop', stereotype_instances=[service, web_ui])\n"
        "db = CClass(component, 'DB', stereotype_instances=redis_db)\n"
        "l = shop.add_links(db, role_name='target', stereotype_instances=[jdbc, http2])[0]\n"
        "view = CBundle('view', elements=[shop, db])\n"
    )
    assert [str(each) for each in registry["shop"].stereotype_instances] == ["Service", "Web UI"]
    assert [str(each) for each in registry["l"].stereotype_instances] == ["JDBC", "HTTP/2"]


def test_the_order_of_links_is_kept_across_modules(converted):
    registry = converted(
        "from zebra import *\nadd_decision_option_link(d, CClass(practice, 'last'), 'third')\n",
        ant=START
        + "d = CClass(decision, 'D')\nadd_decision_option_link(d, CClass(practice, 'one'), 'first')\n",
        zebra=START + "from ant import d\nadd_decision_option_link(d, CClass(practice, 'two'), 'second')\n",
    )
    assert [option.text for option in registry.options_of("d")] == ["first", "second", "third"]


def test_links_that_a_function_of_another_module_makes_are_kept(converted):
    registry = converted(
        "from tools import link\na, b = CClass(practice, 'A'), CClass(force, 'B')\nx = link(a, b)\n",
        tools=START + "def link(a, b):\n"
        "    return add_links({a: b}, role_name='forces', stereotype_instances=neutral)[0]\n",
    )
    assert [each.impact for each in registry.forces_of("a")] == ["o"]


def test_a_script_is_run_as_the_program_and_writes_nothing(tmp_path):
    (tmp_path / ".git").mkdir()
    script = write(
        tmp_path / "old",
        study=START + "from plant_uml_renderer import *\np = CClass(practice, 'P')\n"
        "if __name__ == '__main__':\n"
        "    PlantUMLGenerator().generate_object_model(CBundle('v', elements=[p]))\n"
        "    q = CClass(practice, 'Q')\n",
    )
    convert(script, tmp_path / "new")
    assert load_folder(tmp_path / "new")["q"].name == "Q"
    assert sorted(path.name for path in tmp_path.iterdir()) == [".git", "new", "old"]


def test_a_script_that_ends_itself_is_refused_with_the_way_out(tmp_path):
    with pytest.raises(CodeableError, match="name the folder of the study instead"):
        convert(write(tmp_path, study="import sys\nsys.exit()\n"), tmp_path / "new")


def test_classes_made_in_one_line_keep_their_order_as_instances_and_as_subclasses(converted):
    registry = converted(
        "base = CClass(practice, 'Base')\n"
        "for name in 'CBA': last = globals()[name] = CClass(pattern, name, superclasses=base)\n"
        "view = CBundle('View', elements=[base, *base.subclasses])\n"
    )
    assert [each.name for each in registry["base"].subclasses] == ["C", "B", "A"]
    assert [each.name for each in registry.vocabulary.pattern.classes] == ["C", "B", "A"]


def test_a_target_that_an_association_given_explicitly_does_not_fit_is_linked_again(converted):
    registry = converted(
        "a, b = CClass(category, 'A'), CClass(practice, 'B')\n"
        "c = CClass(decision, 'C')\n"
        "add_links({a: [c]}, role_name='decisions')\n"
        "add_links({a: [b]}, association=category_decisions_relation)\n"
    )
    assert registry["a"].get_linked(role_name="decisions") == [registry["c"], registry["b"]]


def test_links_of_two_associations_alike_are_no_difference_in_whichever_order(converted):
    registry = converted(
        "node = CMetaclass('Node')\n"
        "one, other = node.association(node, '* -> *'), node.association(node, '* -> *')\n"
        "a, b = CClass(node, 'a'), CClass(node, 'b')\n"
        "for relation, end, label in [(other, b, 'first'), (other, a, 'second'), (one, b, 'third')]:\n"
        "    add_links({a: end}, association=relation, label=label)\n"
    )
    assert {link.label for link in registry["a"].links} == {"first", "second", "third"}


def test_where_one_order_contradicts_another_a_study_is_converted_all_the_same(converted):
    registry = converted(
        "above, first = CClass(practice, 'Above'), CClass(pattern, 'First')\n"
        "second = CClass(pattern, 'Second', superclasses=above)\n"
        "first.superclasses = [second, above]\n"
        "above.superclasses = []\n"
    )
    assert registry["first"].superclasses == [registry["second"], registry["above"]]


def test_a_study_can_be_converted_again_where_its_conversion_lies_within(tmp_path):
    (tmp_path / ".git").mkdir()
    write(tmp_path, main="import maps.study\n", maps__study=START + "a = CClass(practice, 'A')\n")
    first, second = (convert(tmp_path, tmp_path / name) for name in ("new", "again"))
    assert second.elements == first.elements
    assert second.files == first.files


def test_what_the_old_study_has_drawn_stays(tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / "_generated").mkdir()
    (tmp_path / "_generated" / "A.txt").write_text("drawn before")
    write(
        tmp_path / "old",
        study=START
        + "from plant_uml_renderer import PlantUMLGenerator\n"
        + "generator = PlantUMLGenerator(delete_gen_dir_during_init=True)\n"
        + "generator.generate_object_model(CBundle('A', elements=[CClass(practice, 'A')]))\n",
    )
    convert(tmp_path / "old", tmp_path / "new")
    assert (tmp_path / "_generated" / "A.txt").read_text() == "drawn before"


WRITING = """
import os, shutil, csv
from pathlib import Path
from plant_uml_renderer import PlantUMLGenerator
p = CClass(practice, 'P')
OUT = os.path.join(os.path.dirname(__file__), "..", "_generated")
if os.path.exists(OUT):
    shutil.rmtree(OUT)
os.makedirs(OUT)
PlantUMLGenerator().generate_object_models("x", [CBundle("v", elements=[p]), {}])
with open(os.path.join(OUT, "tables", "new.csv"), "w") as f:
    csv.writer(f).writerow([p.name])
assert open(os.path.join(OUT, "tables", "new.csv")).read() == "P\\n"
Path(OUT, "old.txt").write_text("other")
with open(os.path.join(OUT, "old.txt"), "a") as f:
    f.write(" more")
assert Path(OUT, "old.txt").read_text() == "other more"
Path(OUT, "kept.txt").unlink()
"""


@pytest.mark.parametrize("way", ["script", "folder"])
def test_what_scripts_of_the_old_study_write_and_remove_stays_as_it_is(tmp_path, way):
    (tmp_path / ".git").mkdir()
    script = write(tmp_path / "old", study=START + WRITING)
    out = tmp_path / "_generated"
    out.mkdir()
    for name in ("old.txt", "kept.txt"):
        (out / name).write_text(name)
    convert(script if way == "script" else tmp_path / "old", tmp_path / "new")
    assert {path.name: path.read_text() for path in out.iterdir()} == {
        name: name for name in ("old.txt", "kept.txt")
    }


def test_a_study_that_repeats_a_link_is_reported_as_when_it_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    write(
        tmp_path / "old",
        study=START
        + "a, b = CClass(decision, 'A'), CClass(practice, 'B')\n"
        + "add_decision_option_link(a, b)\n" * 2,
    )
    with pytest.raises(StudyModuleError, match=r"^old/study\.py:5: "):
        convert(tmp_path / "old", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_study_that_lacks_modules_is_reported_and_takes_aliases(tmp_path):
    (tmp_path / ".git").mkdir()
    write(
        tmp_path / "old",
        study=START + "from lost import *\nadd_decision_option_link(d, CClass(practice, 'P'))\n",
        found=START + "d = CClass(decision, 'D')\n",
    )
    with pytest.raises(MissingModulesError, match="--alias lost=found"):
        convert(tmp_path / "old", tmp_path / "new")
    convert(tmp_path / "old", tmp_path / "new", aliases={"lost": "found"})
    assert len(load_folder(tmp_path / "new").options_of("d")) == 1


def test_a_module_that_an_alias_replaces_is_left_out_and_named(tmp_path):
    (tmp_path / ".git").mkdir()
    write(
        tmp_path / "old",
        study=START + "from decided import *\nadd_decision_option_link(d, CClass(practice, 'P'))\n",
        decided=START + "d = CClass(decision, 'Of Last Year')\n",
        renewed=START + "d = CClass(decision, 'D')\n",
    )
    done = convert(tmp_path / "old", tmp_path / "new", aliases={"decided": "renewed"})
    assert done.differences == ()
    assert list(done.left_out.values()) == ["the alias decided=renewed replaces it"]
    assert [each.name for each in load_folder(tmp_path / "new").decisions] == ["D"]


def test_a_folder_in_use_is_not_overwritten(tmp_path):
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "mine.txt").write_text("mine")
    with pytest.raises(CodeableError, match="is there already") as caught:
        convert(STUDIES / "one_module", tmp_path / "new")
    assert caught.value.exit_status == 2


@pytest.mark.parametrize("what", ["missing", "empty"])
def test_a_folder_without_a_study_is_reported(what, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(CodeableError, match=rf"{what}"):
        convert(tmp_path / what, tmp_path / "new")


def test_the_command_reports_options_of_views_that_are_left_out(tmp_path):
    write(
        tmp_path / "old",
        study=START
        + "a = CClass(practice, 'A')\nviews = [CBundle('b', elements=[a]), {'excluded_links': []}]\n",
    )
    done = CliRunner().invoke(cli, ["convert", str(tmp_path / "old"), "--out", str(tmp_path / "new")])
    assert "views: figures of codeable do not have these options: excluded_links\n" in done.stdout


def test_the_command_reports_what_it_did(tmp_path):
    words = ["convert", str(STUDIES / "in_packages"), "--out", str(tmp_path / "new")]
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 0
    assert done.stderr.startswith("Next: codeable list -C ")
    lines = done.stdout.splitlines()
    said = "2 sources, 2 decisions, 4 options, 2 forces, 3 impacts, 11 codes in sources, 2 views"
    assert lines[-1] == f"the new study says the same as the old one: {said}"
    assert lines[0].startswith("left out, codeable.dsl has all of metamodels.GT_coding: ")


def test_what_the_old_study_prints_goes_to_stderr(tmp_path):
    (tmp_path / ".git").mkdir()
    write(tmp_path / "old", study=START + "print('from print')\np = CClass(practice, 'P')\n")
    done = CliRunner().invoke(cli, ["convert", str(tmp_path / "old"), "--out", str(tmp_path / "new")])
    assert done.exit_code == 0
    assert "from print" in done.stderr and "from print" not in done.stdout


def test_names_that_two_modules_give_are_distinguished_where_both_are_used(converted):
    registry = converted(
        "import left, right\nd = CClass(decision, 'D')\nadd_decision_option_link(d, left.p)\n"
        "add_decision_option_link(d, right.p)\n",
        left=START + "p = CClass(practice, 'Left')\n",
        right=START + "p = CClass(practice, 'Right')\n",
    )
    assert [option.solution_element.name for option in registry.options_of("d")] == ["Left", "Right"]


def test_vocabulary_names_that_a_module_binds_again_are_distinguished(converted):
    registry = converted(
        "g = practice\npractice = CClass(g, 'The practice')\nother = CClass(g, 'Other')\n"
        "add_links({practice: other}, role_name='to', stereotype_instances=uses)\n"
    )
    assert registry["practice"].name == "The practice"
    assert [each.target_element.name for each in registry.relations_of("practice")] == ["Other"]


def test_a_link_repeated_in_an_imported_module_is_reached_from_the_studys_own_files_only(tmp_path):
    (tmp_path / ".git").mkdir()
    broken = "a, b = CClass(decision, 'A'), CClass(practice, 'B')\n" + "a.add_links([b, b], role_name='to')\n"
    write(tmp_path / "old", study="from parts import *\nc = CClass(practice, 'C')\n", parts=START + broken)
    with pytest.raises(StudyModuleError) as caught:
        convert(tmp_path / "old", tmp_path / "new")
    assert "repeats b" in str(caught.value)
    assert "importlib" not in str(caught.value)


def test_bundles_without_an_identifier_become_views_too(converted, tmp_path):
    registry = converted(
        "a, b = CClass(practice, 'A'), CClass(practice, 'B')\n_all = CBundle('All', elements=[a, b])\n"
        "views = [_all, {}, CBundle('only A', elements=[a.class_object]), {}]\n"
        "_kinds = CBundle('Kinds', elements=[practice])\n"
    )
    found = [(registry.identifier_of(each), each.name) for each in registry.bundles]
    assert found == [("all_view", "All"), ("only_a_view", "only A")]
    assert "_all = CBundle" in text(tmp_path, "models", "study.py")


def test_a_script_that_is_of_our_own_studies_is_reported(tmp_path):
    write(tmp_path, model="from codeable.dsl import *\na = CClass(practice, 'A')\n")
    with pytest.raises(CodeableError, match=r"model\.py declares no element with CodeableModels"):
        convert(tmp_path / "model.py", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_script_that_declares_nothing_is_reported(tmp_path):
    write(tmp_path, program="print('nothing')\n")
    with pytest.raises(CodeableError, match=r"program\.py declares no element with CodeableModels"):
        convert(tmp_path / "program.py", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_module_that_cannot_be_read_is_reported(tmp_path):
    write(tmp_path / "old", study=START + "a = CClass(practice, 'A')\n", more="b = CClass(practice, 'B'\n")
    (tmp_path / "old" / "latin.py").write_bytes(b"c = CClass(practice, '\xf6')\n")
    differences = convert(tmp_path / "old", tmp_path / "new").differences
    assert len(differences) == 2
    assert "latin.py" in differences[0]
    assert differences[1].startswith("left out, it cannot be read: ") and "more.py:1: " in differences[1]


def test_what_differs_is_reported(tmp_path):
    (tmp_path / ".git").mkdir()
    registries = []
    for name in ("P", "Q"):
        write(tmp_path / name, study=START + f"p = CClass(practice, '{name}')\n")
        convert(tmp_path / name, tmp_path / f"new{name}")
        registries.append(load_folder(tmp_path / f"new{name}"))
    assert compare(*registries).differences == ("p: ('practice', 'P') became ('practice', 'Q')",)


def test_one_alias_of_two_modules_is_refused():
    with pytest.raises(CodeableError, match="'a' is an alias twice, of 'b' and 'c'"):
        checked_aliases(["a=b", "a=c"])


def test_a_full_disk_is_one_line_and_leaves_no_half_of_a_study(tmp_path, monkeypatch):
    def full(files):
        raise OSError(28, "No space left on device", str(next(iter(files))))

    monkeypatch.setattr("codeable.compat.convert.write_together", full)
    write(tmp_path / "old", study=START + "p = CClass(practice, 'P')\n")
    with pytest.raises(CodeableError, match=r"toml cannot be written: No space left on device; nothing was"):
        convert(tmp_path / "old", tmp_path / "new")
    assert not any(path.is_file() for path in (tmp_path / "new").rglob("*"))


def test_a_new_study_that_does_not_load_is_reported_with_its_place_and_stays(tmp_path):
    (tmp_path / ".git").mkdir()
    program = "p = CClass(practice, 'P')\nif '/new/models/' in __file__: raise ValueError('here')\n"
    write(tmp_path / "old", study=START + program)
    done = convert(tmp_path / "old", tmp_path / "new")
    assert len(done.differences) == 1
    assert done.differences[0].startswith("the new study does not load; fix it there: ")
    assert "study.py:4: ValueError: here" in done.differences[0]
    assert (tmp_path / "new" / "models" / "study.py").is_file()


@pytest.mark.parametrize("name", ["variant", "uses"])
def test_a_study_of_early_metamodels_is_recognised_as_by_a_run(name, tmp_path):
    (tmp_path / ".git").mkdir()
    program = (
        "from metamodels.domain_metamodel import and_combined_group\n"
        "p, q = CClass(practice, 'P'), CClass(practice, 'Q')\n"
        f"p.add_links(q, role_name='to', stereotype_instances={name})\n"
        "g = CClass(and_combined_group, 'G')\n"
    )
    write(tmp_path / "old", study=START + program)
    done = convert(tmp_path / "old", tmp_path / "new")
    assert done.differences == ()
    told = [each for each in done.notices if "the metaclass 'And-Combined Group' of early metamodels" in each]
    assert len(told) == (name == "variant")


def test_imports_that_cannot_be_rewritten_are_to_be_of_codeable(tmp_path):
    text = "exec('from codeable_models import CClass')\nfrom metamodels.guidance_metamodel import decision\n"
    write(tmp_path / "old", study=text + "d = CClass(decision, 'D?')\n")
    done = convert(tmp_path / "old", tmp_path / "new")
    assert "import it from codeable.dsl" in done.differences[0]
    assert "codeable convert" not in done.differences[0]
