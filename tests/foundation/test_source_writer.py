"""Source text comes out as `ruff format` leaves it."""

import ast
import random
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeable.source_writer import (
    Expression,
    Import,
    Verbatim,
    format_call,
    module_text,
    string_literal,
)

WORDS = [
    "k8s",
    "a",
    "Pub/Sub",
    'a "quoted" text',
    "it's",
    "Daten­haltung für große Mengen",
    "東京のデータ",
    "x" * 70,
    "two words",
]


def some_expression(random_: random.Random, depth: int) -> Expression:
    kind = random_.choice(["name", "text", "number", "list", "dict"] if depth else ["name", "text", "number"])
    if kind == "name":
        return Verbatim(
            random_.choice(["uses", "infrastructure_as_code", "study.dsl", "n" * random_.randint(1, 60)])
        )
    if kind == "text":
        return " ".join(random_.choices(WORDS, k=random_.randint(0, 4)))
    if kind == "number":
        return random_.choice([True, False, None, 0, -3, 2.5])
    if kind == "list":
        return [some_expression(random_, depth - 1) for _ in range(random_.randint(0, 5))]
    count = random_.randint(0, 4)
    return {Verbatim(f"key_{n}"): some_expression(random_, depth - 1) for n in range(count)}


def formatted_by_ruff(module: str) -> str:
    pytest.importorskip("ruff", reason="ruff is not installed")
    command = [sys.executable, "-m", "ruff", "format", "--isolated", "--line-length", "88", "-"]
    return subprocess.run(command, input=module.encode(), capture_output=True, check=True).stdout.decode()


@pytest.mark.parametrize("seed", range(3))
def test_statements_are_laid_out_as_ruff_formats_them(seed):
    random_ = random.Random(seed)
    lines = []
    for number in range(150):
        function = random_.choice(["CClass", "practice.add_links"])
        args = [some_expression(random_, 2) for _ in range(random_.randint(0, 3))]
        kwargs = {f"keyword_{n}": some_expression(random_, 2) for n in range(random_.randint(0, 3))}
        target = random_.choice([None, f"x{number}", "a_longer_name_for_the_target"])
        index = random_.choice([None, 0]) if target else None
        lines.append(format_call(target, function, args, kwargs, index))
    module = "\n".join(lines) + "\n"
    assert module.splitlines() == formatted_by_ruff(module).splitlines()


@given(st.text())
def test_a_text_comes_back_from_its_literal(text):
    assert ast.literal_eval(string_literal(text)) == text


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=30))
def test_a_literal_is_printable_and_is_on_one_line(text):
    assert string_literal(text).isprintable()


@given(st.text(alphabet=st.sampled_from("ab \"'\\\n\t\x00é")))
def test_a_docstring_is_read_back_without_the_blanks_around_it(text):
    module = ast.parse(module_text(text, [], ["x = 1"]))
    wanted = "\n".join(line.rstrip() for line in text.strip().split("\n"))
    assert (ast.get_docstring(module, clean=False) or "").rstrip() == wanted.rstrip()


def test_a_module_is_laid_out_as_ruff_formats_it():
    imports = [
        Import("codeable.dsl", ["*"]),
        Import("models.infrastructure", [f"name_{n}" for n in range(9)]),
    ]
    blocks = [format_call("s4", "CClass", [Verbatim("source"), "s4"]), "# a comment\nx = 1\ny = 2\n", ""]
    module = module_text('The source "s4".\n\nRead "twice"', imports, blocks)
    assert module == formatted_by_ruff(module)


@pytest.mark.parametrize("text", ['"Data products", and how?', '""" in the middle"""', '"'])
def test_a_docstring_with_quotes_at_its_edges_is_laid_out_as_ruff_formats_it(text):
    module = module_text(text, [], ["x = 1"])
    assert module == formatted_by_ruff(module)


def test_a_docstring_with_half_a_character_is_compiled_by_every_python():
    """Python 3.13 refuses one even where it is escaped."""
    namespace = {}
    exec(compile(module_text("a\ud800b", [], ["x = 1"]), "m.py", "exec"), namespace)
    assert namespace["__doc__"] == "a\ufffdb"


def test_an_empty_module_is_empty():
    assert module_text("", [], []) == ""


def test_lines_are_as_wide_as_ruff_counts_them():
    texts = ["數", "e\u0301", "👨\u200d👩\u200d👧", "❤\ufe0f", "👍🏽", "🇩🇪", "\u00ad", "\u200b"]
    blocks = [
        format_call(f"x{text_number}_{length}", "f", [text + "a" * length, Verbatim("b")])
        for text_number, text in enumerate(texts)
        for length in range(60, 80)
    ]
    module = module_text("", [], blocks)
    assert module.splitlines() == formatted_by_ruff(module).splitlines()
