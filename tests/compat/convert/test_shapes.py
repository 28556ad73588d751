"""Old studies of every shape: they run as they did, and `convert` keeps what they say, draw and remark."""

import ast
import difflib
import io
import json
import re
import shutil
import subprocess
import sys
import tokenize
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from attrs import frozen

from codeable.diagrams import views
from codeable.loading import load_folder
from tests.cli.running import run
from tests.compat.convert.new_facts import drawn_bundles, new_facts
from tests.compat.convert.shapes import SHAPES

COMPAT = Path(__file__).parents[1]
TEXTS = COMPAT / "run" / "expected"


@frozen
class Done:
    """What a command has said, and its exit status."""

    status: int
    output: str


def invoke(*words):
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        status = run(*map(str, words))
    return Done(status, said.getvalue())


def copied(name, folder):
    """A copy of an old study, in a repository of its own."""
    old = folder / "old"
    shutil.copytree(COMPAT / "studies" / name, old, ignore=shutil.ignore_patterns("__pycache__"))
    (old / ".git").mkdir()
    return old


@pytest.fixture(scope="module", params=SHAPES)
def name(request):
    return request.param


@pytest.fixture(scope="module")
def shape(name):
    return SHAPES[name]


@pytest.fixture(scope="module")
def old_facts(name, shape, tmp_path_factory):
    """What the old study declares, as its run in a process of its own says."""
    old = copied(name, tmp_path_factory.mktemp(name))
    modules = {
        name: str(old / other) if other.endswith(".py") else other for name, other in shape.modules.items()
    }
    call = [sys.executable, str(COMPAT / "old_facts.py"), str(old / shape.script)]
    given = json.dumps({"roots": [str(old)], "modules": modules, "format": shape.text_format})
    return json.loads(subprocess.run([*call, given], capture_output=True, text=True, check=True).stdout)


@pytest.fixture(scope="module")
def conversion(name, shape, tmp_path_factory):
    """The folders of the old and the new study, and what the command said."""
    folder = tmp_path_factory.mktemp(f"{name}_converted")
    old, new = copied(name, folder), folder / "new"
    aliases = (word for alias in shape.aliases for word in ("--alias", alias))
    return old, new, invoke("convert", old / shape.converted, "--out", new, *aliases)


@pytest.fixture(scope="module")
def registry(conversion):
    _, new, done = conversion
    assert new.is_dir(), done.output
    return load_folder(new)


def test_it_runs_and_writes_the_texts_it_always_wrote(name, shape, tmp_path):
    old = copied(name, tmp_path)
    aliases = (word for alias in shape.aliases for word in ("--alias", alias))
    done = invoke("compat", "run", "--no-images", *aliases, *shape.options, old / shape.script)
    assert done.status == 0, done.output
    written = {
        str(path.relative_to(old)).replace("_generated/", ""): path.read_bytes()
        for path in old.rglob("*.txt")
        if "_generated" in path.parts
    }
    assert written
    if (TEXTS / name).exists():  # elements from a set have another order in each process
        expected = {
            str(path.relative_to(TEXTS / name)): path.read_bytes() for path in (TEXTS / name).rglob("*.txt")
        }
        assert {path.rpartition("/")[2]: data for path, data in written.items()} == {
            path.rpartition("/")[2]: data for path, data in expected.items()
        }


def test_the_command_ends_as_it_should(shape, conversion):
    _, _, done = conversion
    assert done.status == shape.status, done.output
    said = "the new study says the same as the old one"
    assert (said in done.output) == (shape.status == 0), done.output


def test_the_counts_are_those_of_the_old_study(shape, old_facts, registry):
    counted_by_hand = shape.counts
    assert {key: len(old_facts[key]) for key in counted_by_hand} == counted_by_hand
    new = new_facts(registry)
    assert {key: len(new[key]) for key in counted_by_hand} == counted_by_hand


def test_every_fact_is_that_of_the_old_study(old_facts, registry):
    new = new_facts(registry)
    assert new == {fact: old_facts[fact] for fact in new}


def test_every_view_has_the_elements_and_an_arrow_for_each_link_among_them(shape, old_facts, registry):
    assert sorted((title, len(arrows)) for title, _, arrows in old_facts["bundles"]) == sorted(shape.arrows)
    drawn = sorted(drawn_bundles(registry))
    assert [title for title, _, _ in drawn] == [title for title, _, _ in old_facts["bundles"]]
    for (title, elements, arrows), (_, old_elements, old_arrows) in zip(
        drawn, old_facts["bundles"], strict=True
    ):
        assert sorted(elements) == sorted(old_elements), title
        assert arrows == old_arrows, title


def test_the_files_of_the_views_can_be_told_apart(registry):
    names = [view.file_name.casefold() for view in views(registry)]
    assert len(set(names)) == len(names)


def test_every_comment_stays(shape, conversion):
    old, new, done = conversion
    left = Counter(comments_in(kept_modules(old, shape)))
    assert sum(left.values()) == shape.comments
    assert new.is_dir(), done.output
    left.subtract(comments_in(new.rglob("*.py")))
    assert [comment for comment, count in left.items() if count > 0] == []


def test_every_other_byte_of_a_module_stays(name, shape, conversion):
    old, new, done = conversion
    assert new.is_dir(), done.output
    for path in kept_modules(old, shape):
        if path.parent.name in ("metamodels", "vocabulary"):
            continue
        new_name = shape.renamed.get(path.name, path.name)
        copies = [each for each in new.rglob(new_name) if each.parent.name in ("new", path.parent.name)]
        copies = copies or list(new.rglob(new_name))
        assert len(copies) == 1, (path, copies, done.output)
        before, after = (each.read_bytes().splitlines(keepends=True) for each in (path, copies[0]))
        changeable = changeable_lines(path)
        compared = difflib.SequenceMatcher(None, before, after)
        for tag, start, end, start_after, end_after in compared.get_opcodes():
            if tag != "equal":
                changed = {line for line in range(start + 1, end + 1) if before[line - 1].strip()}
                assert changed <= changeable, (
                    path.name,
                    b"".join(before[start:end]),
                    b"".join(after[start_after:end_after]),
                )


def test_the_old_study_stays_as_it_was(name, conversion):
    old, _, _ = conversion
    assert contents(old) == contents(COMPAT / "studies" / name)


@pytest.mark.parametrize("name", ["telemetry", "secrets_study", "messaging", "chaos_study", "tables_study"])
@pytest.mark.slow
def test_a_script_is_converted_as_its_folder_is(name, tmp_path):
    old, script = copied(name, tmp_path), SHAPES[name].script
    facts = []
    for what, folder in ((old, tmp_path / "by_folder"), (old / script, tmp_path / "by_script")):
        done = invoke("convert", what, "--out", folder)
        assert done.status == 0, done.output
        new = load_folder(folder)
        facts.append((new_facts(new), sorted(drawn_bundles(new))))
        assert contents(old) == contents(COMPAT / "studies" / name)
    assert facts[0] == facts[1]


def test_what_is_not_taken_is_named(shape, conversion):
    _, _, done = conversion
    for path in shape.not_taken:
        assert path in done.output, path


def test_what_an_own_metamodel_adds_stays_in_a_module_and_nothing_of_ours_is_declared_again(tmp_path):
    shape = SHAPES["own_guidance"]
    aliases = (word for alias in shape.aliases for word in ("--alias", alias))
    done = invoke("convert", copied("own_guidance", tmp_path), "--out", tmp_path / "new", *aliases)
    assert done.status == 0, done.output
    (path,) = (tmp_path / "new").rglob("guidance_metamodel.py")
    text = path.read_text(encoding="utf-8")
    added = ["replaces", "migrates_to", "conflicts_with", "monitors", "depends_on_team", "tested_by"]
    assert [name for name in added if f"{name} = CStereotype(" not in text] == []
    assert [name for name in ("practice", "can_use", "decision") if f"{name} = C" in text] == []
    assert "# Changed by us: seven further relation types, descriptions of options." in text
    assert "# ours, from here" in text
    registry = load_folder(tmp_path / "new")
    assert [each.name for each in registry.vocabulary.design_solution_dependency_type.subclasses][-7:] == [
        "Replaces",
        "Migrates To",
        "Conflicts With",
        "Monitors",
        "Depends on Team",
        "Tested By",
        "Deprecated By",
    ]


def test_a_study_with_an_own_metamodel_converts_without_an_alias_or_is_told_which(tmp_path):
    done = invoke("convert", copied("own_guidance", tmp_path), "--out", tmp_path / "new")
    alias = f"--alias {SHAPES['own_guidance'].aliases[0]}"
    assert done.status == 0 or alias in done.output


def test_converting_twice_gives_the_same_bytes(tmp_path):
    old = copied("messaging", tmp_path)
    written = []
    for folder in (tmp_path / "first", tmp_path / "second"):
        invoke("convert", old, "--out", folder)
        written.append({path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.*")})
    assert written[0] == written[1] != {}


def contents(folder):
    return {
        path.relative_to(folder): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }


def kept_modules(old, shape):
    left = {old / path for path in shape.not_taken}
    bundled = ("CodeableModels", "codeable_models", "plant_uml_renderer")
    for path in sorted(old.rglob("*.py")):
        folders = path.relative_to(old).parts[:-1]
        is_copy = any(part in bundled for part in folders) or folders[:2] == ("src", "metamodels")
        if path not in left and not is_copy and path.name != "GT_coding.py":
            yield path


def comments_in(paths):
    for path in paths:
        if "metamodels" in path.parts or "vocabulary" in path.parts:
            continue
        with tokenize.open(path) as file:
            text = file.read()
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT:
                yield token.string.strip()


CHANGED = re.compile(
    r"\.superclasses|CBundle|PlantUML|\bgenerator\b|\bfirst\b|draw\(|codeable_models\.|metamodels\."
)
"""What a statement has that may change: codes, bundles (for their names), drawing, modules by their names."""


def changeable_lines(path):
    """The lines of imports, and of statements that `CHANGED` finds something in."""
    found = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.If) and re.search(r"__name__|metamodels\.", ast.unparse(node.test)):
            found.add(node.lineno)
        is_import = isinstance(node, (ast.Import, ast.ImportFrom))
        is_small = isinstance(
            node, (ast.For, ast.Assign, ast.AugAssign, ast.Expr, ast.FunctionDef, ast.Assert)
        )
        if is_import or (is_small and CHANGED.search(ast.unparse(node))):
            found |= set(range(node.lineno, node.end_lineno + 1))
    return found
