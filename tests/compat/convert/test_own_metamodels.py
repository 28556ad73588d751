"""A study with a metamodel of its own: what is ours becomes ours, what the study added stays."""

import pytest
from click.testing import CliRunner

from codeable.cli.group import cli
from codeable.compat.convert import convert
from codeable.compat.failures import OwnMetamodelError
from codeable.loading import load_folder
from tests.compat.run.test_run import STUDIES, write

GUIDANCE = STUDIES / "own_guidance" / "metamodels" / "guidance_metamodel.py"
KERNEL = "from codeable_models import *\n"
USE = KERNEL + "from gm import *\nd, p = CClass(decision, 'D'), CClass(practice, 'P')\n"


@pytest.fixture(autouse=True)
def _root(tmp_path):
    """Look for modules in the folder of a test only."""
    (tmp_path / ".git").mkdir()


@pytest.fixture
def convert_modules(tmp_path):
    def start(**modules):
        write(tmp_path / "old", **modules)
        return convert(tmp_path / "old", tmp_path / "new")

    return start


@pytest.fixture
def converted(convert_modules, tmp_path):
    def start(metamodel, use=USE, **modules):
        assert convert_modules(gm=metamodel, study=use, **modules).differences == ()
        path = tmp_path / "new" / "models" / "gm.py"
        return load_folder(tmp_path / "new"), path.read_bytes().decode() if path.exists() else None

    return start


SMALL = (
    "model_element = CMetaclass('Model Element', attributes={'aka': str, 'description': str})\n"
    "design_solution = CMetaclass('Design Solution', superclasses=model_element)\n"
    "decision = CMetaclass('Decision', superclasses=design_solution)\n"
    "practice = CMetaclass('Practice', superclasses=design_solution)\n"
)


def test_what_a_copy_adds_stays_in_its_module(tmp_path):
    done = convert(STUDIES / "own_guidance_elsewhere", tmp_path / "new")
    assert done.differences == ()
    text = (tmp_path / "new" / "study" / "vocabulary" / "guidance.py").read_text()
    assert text.count("CStereotype(") == 7
    assert "CMetaclass(" not in text
    assert "def " not in text
    assert "association(" not in text
    for comment in ("# ours, from here", "# ours, up to here", "# option_description: the sentence"):
        assert comment in text
    study = load_folder(tmp_path / "new")
    assert [each.name for each in study.decisions] == ["Where is it cached?"]
    assert [each.description for each in study.options_of("cache_decision")][
        1
    ] == "Invalidated by the writer."
    assert [each.stereotype for each in study.relations_of("near")] == ["Replaces"]


@pytest.mark.parametrize("name", ["gm.py", "vocabulary/guidance.py", "metamodels/guidance_metamodel.py"])
def test_a_copy_that_adds_nothing_is_left_out_and_named(tmp_path, name):
    old = tmp_path / "old"
    copy = GUIDANCE.read_text()
    added, _rest = copy.split("# ours, from here")[1].split("# ours, up to here")
    (old / name).parent.mkdir(parents=True, exist_ok=True)
    (old / name).write_text(copy.replace(added, ""))
    module = name.removesuffix(".py").replace("/", ".")
    write(old, study=USE.replace("from gm", f"from {module}") + "add_decision_option_link(d, p, 'so')\n")
    done = convert(old, tmp_path / "new")
    assert done.differences == ()
    assert not (tmp_path / "new" / name).exists()
    assert [path.name for path in (tmp_path / "new").rglob("*.py")] == ["study.py"]
    assert [each.text for each in load_folder(tmp_path / "new").options_of("d")] == ["so"]


@pytest.mark.parametrize(
    ("declaration", "expected"),
    [
        (
            "force = CMetaclass('Kraft', superclasses=model_element)",
            'from codeable.dsl import force\nforce.name = "Kraft"',
        ),
        (
            "force = CMetaclass('Force', superclasses=model_element, attributes={'weight': 1})  # memo",
            'from codeable.dsl import force\nforce.attributes = {"weight": 1}  # memo',
        ),
        (
            "thing = CMetaclass('Thing')\nforce = CMetaclass('Force', superclasses=[model_element, thing])",
            (
                "thing = CMetaclass('Thing')\nfrom codeable.dsl import force\n"
                "force.superclasses = [*force.superclasses, thing]"
            ),
        ),
        (
            "known_use = CMetaclass('Use', superclasses=model_element, attributes={'y': int, 'k': v.K})",
            (
                "from codeable.dsl import known_use\n"
                'known_use.name = "Use"\nknown_use.attributes = {"y": int, "k": v.K, "reference": str}'
            ),
        ),
        (
            "known_use = CMetaclass('Known Use', superclasses=model_element, attributes=MORE)",
            'from codeable.dsl import known_use\nknown_use.attributes = {"year": int, "reference": str}',
        ),
        (
            "force: CMetaclass = CMetaclass('Force', superclasses=model_element); x = 1",
            "from codeable.dsl import force; x = 1",
        ),
        (
            "force = CMetaclass(\n    'Force',\n    # inside\n    superclasses=model_element)",
            "# inside\nfrom codeable.dsl import force",
        ),
        (
            "if True:\n    force = CMetaclass('Force', superclasses=model_element)",
            "if True:\n    from codeable.dsl import force",
        ),
        (
            "def made(name):\n    return CMetaclass(name, superclasses=model_element)\nforce = made('Force')",
            (
                "def made(name):\n    return CMetaclass(name, superclasses=model_element)\n"
                "from codeable.dsl import force"
            ),
        ),
        (
            (
                "force = CMetaclass('Force', superclasses=model_element)\n"
                "design_solution.association(force, 'wirkt: [solutions] 1 -> [forces] *')"
            ),
            (
                "from codeable.dsl import force, force_impact_relation\n"
                'force_impact_relation.name = "wirkt"\nforce_impact_relation.source_multiplicity = "1"'
            ),
        ),
        (
            "used = practice.superclasses\nforce = power = CMetaclass('Force', superclasses=model_element)",
            "used = practice.superclasses\nfrom codeable.dsl import force, force as power",
        ),
    ],
)
def test_differences_become_the_smallest_statements(converted, declaration, expected):
    start = f"{KERNEL}import v\n{SMALL}MORE = {{'year': int}}\n"
    kinds = KERNEL + "K = CEnum('K', values=['a'])\n"
    study, text = converted(start + declaration + "\n", v=kinds)
    assert "from codeable.dsl import model_element, design_solution, decision, practice" in text
    assert text.endswith(f"MORE = {{'year': int}}\n{expected}\n")
    assert [each.name for each in study.decisions] == ["D"]


def test_line_ends_and_every_other_byte_stay(converted):
    metamodel = KERNEL + SMALL + "# Maß\t \nx = [1,\n  2]\n"
    _, text = converted(metamodel.replace("\n", "\r\n"))
    assert text == (
        "from codeable.dsl import *\r\n"
        "from codeable.dsl import model_element, design_solution, decision, practice\r\n"
        "# Maß\t \r\nx = [1,\r\n  2]\r\n"
    )


def test_a_function_that_does_more_stays(converted):
    study, text = converted(
        KERNEL + SMALL + "decision_solution_relation = decision.association(design_solution, 'has: * -> *')\n"
        "option = CStereotype('Option', extended=decision_solution_relation, attributes={'name': str})\n"
        "def add_decision_option_link(decision_, design_solution_, option_name=None):\n"
        "    return add_links({decision_: design_solution_}, association=decision_solution_relation,\n"
        "                     stereotype_instances=option,\n"
        "                     tagged_values={'name': option_name or 'unnamed'})[0]\n",
        USE + "add_decision_option_link(d, p)\n",
    )
    assert "option_name or 'unnamed'" in text
    assert [each.text for each in study.options_of("d")] == ["unnamed"]


RELATION = "relations = [design_solution.association(force, 'has force: [solutions] * -> [forces] *')]\n"


@pytest.mark.parametrize(
    ("metamodel", "use", "line", "names"),
    [
        (
            f"force = CMetaclass('Force')\n{RELATION}",
            "f = CClass(force, 'F')\nadd_links({p: f}, association=relations[0])\n",
            7,
            "'has force'",
        ),
        (
            "class Kinds:\n    force = CMetaclass('Force')\nforce = Kinds.force\n",
            "f = CClass(force, 'F')\n",
            7,
            "'Force'",
        ),
        (
            "for name in ['source', 'code']:\n    globals()[name] = CMetaclass(name)\n",
            "",
            7,
            "'code', 'source'",
        ),
    ],
)
def test_what_goes_on_to_be_declared_is_reported_with_its_place(convert_modules, metamodel, use, line, names):
    reported = convert_modules(gm=KERNEL + SMALL + metamodel, study=USE + use).differences[0]
    assert f"gm.py:{line}: {names}: codeable has it, but the study goes on to declare it" in reported


def test_copies_that_import_each_other(converted):
    study, text = converted(
        KERNEL
        + "from coding import code\n"
        + SMALL.replace("superclasses=model_element", "superclasses=[code, model_element]")
        + "extra = CMetaclass('Extra', superclasses=practice)\n",
        USE + "from coding import source\nc = CClass(extra, 'C')\ns = CClass(source, 's1')\n"
        "add_links({s: [d, c]}, role_name='contained_code')\n",
        coding=KERNEL
        + "source = CMetaclass('Source', attributes={'title': str})\ncode = CMetaclass('Code')\n"
        "code.association(source, 'contains codes: [contained_code] * -> [evidence] *')\n",
    )
    assert text.endswith("extra = CMetaclass('Extra', superclasses=practice)\n")
    assert [str(each) for each in study.codes_of("s")] == ["D", "C"]
    assert study.kind_of(study["c"]) == "practice"


def test_a_copy_of_the_component_metamodel(converted):
    study, text = converted(
        KERNEL + "component = CMetaclass('Component')\n"
        "component_type = CStereotype('Component Type', extended=component)\n"
        "connectors_relation = component.association(component, 'connected to: [source] * -> [target] *')\n"
        "connector_type = CStereotype('Connector Type', extended=connectors_relation,\n"
        "    attributes={'description': str})\n"
        "sensor = CStereotype('Sensor', superclasses=component_type)\n",
        KERNEL + "from gm import *\na = CClass(component, 'A', stereotype_instances=sensor)\n"
        "b = CClass(component, 'B')\nl = a.add_links(b, role_name='target')[0]\n",
    )
    assert "from codeable.metamodels.component import (" in text
    assert text.endswith("sensor = CStereotype('Sensor', superclasses=component_type)\n")
    assert [str(each) for each in study["a"].stereotype_instances] == ["Sensor"]


OTHER_WORDS = (
    KERNEL + "answer_base = CMetaclass('Base')\n"
    "question = CMetaclass('Question', superclasses=answer_base)\n"
    "answer = CMetaclass('Answer', superclasses=answer_base)\n"
)


@pytest.mark.parametrize(
    ("more", "is_loss"),
    [
        ("", False),
        ("source = CMetaclass('Source')\ns = CClass(source, 'S')\n", True),
        ("force = CMetaclass('Force')\n", True),
    ],
)
def test_a_study_without_decisions_practices_and_forces_is_told_loudly(convert_modules, more, is_loss):
    use = "from gm import *\nq = CClass(question, 'Q')\na, b = CClass(answer, 'A'), CClass(answer, 'B')\n"
    done = convert_modules(gm=OTHER_WORDS + more, study=KERNEL + use)
    (found,) = done.differences if is_loss else done.warnings
    assert bool(done.differences) is is_loss
    assert "3 classes have metaclasses of the study's own, 'Answer' of" in found
    assert "gm.py:4 (2), 'Question' of" in found
    assert found.endswith('as in decision = CMetaclass("Decision"), and convert it again')


def test_a_study_whose_metaclasses_get_our_names_has_decisions(converted):
    metamodel = OTHER_WORDS
    for old, new in (("question", "decision"), ("answer ", "practice ")):
        metamodel = metamodel.replace(old, new).replace(old.strip().title(), new.strip().title())
    study, _ = converted(metamodel, USE)
    assert [each.name for each in study.decisions] == ["D"]
    assert [each.name for each in study.practices] == ["P"]


def test_display_names_of_early_metamodels_are_told_once(tmp_path):
    write(
        tmp_path / "old",
        study=KERNEL + "from metamodels.domain_metamodel import *\n"
        "g = CClass(and_combined_group, 'G')\nv = CBundle('V', elements=[g])\n",
    )
    done = convert(tmp_path / "old", tmp_path / "new", text_format="older")
    assert done.differences == ()
    assert sum("And-Combined Domain Class Group" in each for each in done.notices) == 1


def test_a_relation_of_sources_and_codes_may_point_the_other_way(converted):
    study, text = converted(
        KERNEL + SMALL + "source = CMetaclass('Source')\ncode = CMetaclass('Code')\n"
        "relation = source.association(code, 'contains: [evidence] * -> [contained_code] *')\n"
        "practice.superclasses = practice.superclasses + [code]\n",
        USE + "s = CClass(source, 's1')\ns.add_links(p, role_name='contained_code')\n"
        "v = CBundle('V', elements=[s, p])\n",
    )
    assert "relation = source.association(code, " in text
    assert [each.name for each in study.evidence_of("p")] == ["s1"]


def test_no_more_than_two_blank_lines_come_together_around_what_goes(converted):
    _, text = converted(
        KERNEL + "\n\n" + SMALL.replace("\n", "\n\n\n") + "x = 1\n\n\nforce = CMetaclass('Force')\n\ny = 2\n"
    )
    assert text == (
        "from codeable.dsl import *\n\n\n"
        "from codeable.dsl import model_element, design_solution, decision, practice\n\n\n"
        "x = 1\n\n\nfrom codeable.dsl import force\n\ny = 2\n"
    )


DOMAIN = (
    KERNEL + "domain_metaclass = CMetaclass('Domain Class')\n"
    "domain_metaclass_group = CMetaclass('Domain Class Group', superclasses=domain_metaclass)\n"
    "domain_metaclass_group.association(domain_metaclass, '[collection] * <>- [class] *')\n"
    "domain_metamodel = CBundle('Domain Meta Model', elements=domain_metaclass.get_connected_elements())\n"
)


@pytest.mark.parametrize(
    "more",
    [
        "from dm import domain_metaclass, domain_metamodel\n",
        "from dm import *\nguidance_metamodel_views = [domain_metamodel, {}]\n",
        "import dm\nfor each in [dm.domain_metamodel]:\n    print(each)\n",
    ],
)
def test_bundles_about_a_metamodel_are_no_difference(converted, more):
    study, _ = converted(KERNEL + more + SMALL, USE, dm=DOMAIN)
    assert [each.name for each in study.decisions] == ["D"]


def test_relations_in_the_order_of_codeable_are_no_difference_and_are_told(convert_modules):
    done = convert_modules(
        study=KERNEL + SMALL + "team = CMetaclass('Team')\n"
        "owned = design_solution.association(team, 'owned by: [owned] * -> [owner] *')\n"
        "force = CMetaclass('Force', superclasses=model_element)\n"
        "needs = design_solution.association(design_solution, 'is dependent on: [from] * -> [to] *')\n"
        "impact = design_solution.association(force, 'has force: [solutions] * -> [forces] *')\n"
        "d, p, q = CClass(decision, 'D'), CClass(practice, 'P'), CClass(practice, 'Q')\n"
        "f, t = CClass(force, 'F'), CClass(team, 'T')\n"
        "p.add_links(q, role_name='to')\np.add_links(f, role_name='forces')\n"
        "p.add_links(t, role_name='owner')\nv = CBundle('V', elements=[p, q, f, t])\n",
    )
    assert done.differences == ()
    assert [each for each in done.notices if "links of 'Design Solution'" in each]


def test_metamodels_that_build_on_one_of_the_study_s_own_are_its_own_too(tmp_path):
    old = tmp_path / "old"
    (old / "metamodels").mkdir(parents=True)
    copy = GUIDANCE.read_text()
    (old / "metamodels" / "guidance_metamodel.py").write_text(copy)
    added = "place = CMetaclass('Place', superclasses=domain_metaclass)\n"
    (old / "metamodels" / "domain_metamodel.py").write_text(DOMAIN + added)
    write(
        old,
        study=USE.replace("from gm", "from metamodels.guidance_metamodel")
        + "from metamodels.domain_metamodel import place\nx = CClass(place, 'X')\n"
        "d.add_links(x, role_name='context')\nadd_decision_option_link(d, p)\n",
    )
    done = convert(old, tmp_path / "new")
    assert done.differences == ()
    study = load_folder(tmp_path / "new")
    assert study.kind_of(study["x"]) == "domain class"
    assert [each.name for each in study["d"].get_linked(role_name="context")] == ["X"]


def test_an_alias_that_the_user_gives_wins(tmp_path):
    name = "metamodels.guidance_metamodel"
    done = convert(STUDIES / "own_guidance", tmp_path / "new", aliases={name: name})
    assert done.differences == ()
    assert load_folder(tmp_path / "new").decisions
    old = tmp_path / "old"
    (old / "metamodels").mkdir(parents=True)
    (old / "metamodels" / "guidance_metamodel.py").write_text(KERNEL + SMALL + "never = 1\n")
    write(
        old,
        gm=KERNEL + SMALL + "more = CMetaclass('More')\n",
        study=USE.replace("gm", name) + "m = CClass(more)\n",
    )
    done = convert(old / "study.py", tmp_path / "newer", aliases={name: "gm"})
    assert done.differences == ()
    assert load_folder(tmp_path / "newer").decisions


def test_the_command_says_last_that_there_is_no_decision(tmp_path):
    write(tmp_path / "old", gm=OTHER_WORDS, study=KERNEL + "from gm import *\nq = CClass(question, 'Q')\n")
    done = CliRunner().invoke(cli, ["convert", str(tmp_path / "old"), "--out", str(tmp_path / "new")])
    assert done.exit_code == 0
    assert done.stderr.startswith("no class is a decision, a practice or a force of codeable")


OTHER_ROLES = (
    KERNEL + SMALL + "quelle = CMetaclass('Quelle')\nkode = CMetaclass('Kode')\n"
    "kode.association(quelle, 'steht in: [enthalten] * -> [beleg] *')\n"
    "for c in decision, practice:\n    c.superclasses = c.superclasses + [kode]\n"
)


def test_sources_in_other_roles_are_told_with_what_makes_them_sources(converted, tmp_path):
    use = USE + "q = CClass(quelle, 'q1')\nadd_links({q: [d, p]}, role_name='enthalten')\n"
    write(tmp_path / "roles", gm=OTHER_ROLES, study=use)
    (found,) = convert(tmp_path / "roles", tmp_path / "without").warnings
    assert found.startswith("no class is a source of codeable, so that no code has evidence: 1 class of ")
    assert "'enthalten' and 'beleg'" in found
    both = [each.replace("enthalten", "contained_code") for each in (OTHER_ROLES, use)]
    study, _ = converted(*(each.replace("beleg", "evidence") for each in both))
    assert [each.name for each in study.evidence_of("p")] == ["q1"]


def test_a_copy_elsewhere_that_the_study_needs_is_proposed_before_anything_is_written(tmp_path):
    old, copy = tmp_path / "old", tmp_path / "old" / "deep" / "ours" / "guidance_metamodel.py"
    copy.parent.mkdir(parents=True)
    copy.write_text(KERNEL + SMALL + "smell = CMetaclass('Smell')\n")
    name = "metamodels.guidance_metamodel"
    use = USE.replace("gm", name) + "s = CClass(smell, 'S')\n"
    write(old, study=use, draw="from plant_uml_renderer import PlantUMLGenerator\nfrom study import *\n")
    with pytest.raises(OwnMetamodelError) as refused:
        convert(old, tmp_path / "new")
    assert refused.value.aliases == (f"{name}=deep.ours.guidance_metamodel",)
    assert "guidance_metamodel has it" not in str(refused.value)
    assert not (tmp_path / "new").exists()
    done = convert(old, tmp_path / "new", aliases={name: "deep.ours.guidance_metamodel"})
    assert done.differences == ()
    assert [each.name for each in load_folder(tmp_path / "new").decisions] == ["D"]


def test_attributes_stay_in_the_order_in_which_texts_show_them(converted):
    metamodel = (
        KERNEL + "code = CMetaclass('Code')\n"
        "source = CMetaclass('Source', attributes={'title': str, 'url': str})\n"
        "code.association(source, 'contains codes: [contained_code] * -> [evidence] *')\n"
        "decision = CMetaclass('Decision', superclasses=code)\n"
    )
    study, text = converted(
        metamodel,
        KERNEL + "from gm import *\nd = CClass(decision, 'D')\n"
        "s = CClass(source, 'S', values={'url': 'u', 'title': 'T'})\n"
        "add_links({s: d}, role_name='contained_code')\nv = CBundle('v', elements=[s, d])\n",
    )
    assert "source.attributes = {" in text
    shown = [each.name for one in study["s"].metaclass.class_path for each in one.attributes]
    assert shown.index("title") < shown.index("url")
