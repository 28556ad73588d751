"""Every committed and every hostile text, drawn by the newest PlantUML, which runs under node."""

import json
import random
import re
import subprocess
import unicodedata
from pathlib import Path

import pytest

from codeable.diagrams import plantuml_text, visible_texts
from codeable.diagrams.plantuml_escape import escape, quoted
from codeable.engines.plantuml.text import diagram_text
from codeable.engines.svg import missing_labels
from tests.diagrams.hostile import hostile_diagram
from tests.engines.plantuml.conftest import JS
from tests.engines.plantuml.drawings import diagram_of_marks, drawing, hostile_drawing
from tests.tools import require_tool

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).parents[3]
COMMITTED = sorted([*REPOSITORY.glob("diagrams/*.puml"), *REPOSITORY.glob("tests/diagrams/expected/*.puml")])


@pytest.fixture(scope="module")
def node(node_modules: Path) -> str:
    """The program that runs the newest PlantUML."""
    return require_tool("node")


def newest(node: str, *texts: str) -> list[bytes]:
    """What the newest PlantUML draws; an error of it fails the test."""
    done = subprocess.run(
        [node, JS / "draw.mjs"],
        input=json.dumps(texts).encode(),
        capture_output=True,
        timeout=300,
        check=True,
    )
    pictures = json.loads(done.stdout)
    assert [picture.get("error") for picture in pictures] == [None] * len(texts)
    return [picture["svg"].encode() for picture in pictures]


def boxes(svg: bytes) -> set[str]:
    """The names of the boxes in a picture; a picture of an error has none."""
    return set(re.findall(r'class="entity" data-qualified-name="([^"]+)"', svg.decode()))


def test_every_committed_text_is_drawn_with_all_its_boxes(node: str) -> None:
    texts = [path.read_text(encoding="utf-8") for path in COMMITTED]
    assert len(texts) >= 12
    for path, text, svg in zip(COMMITTED, texts, newest(node, *texts), strict=True):
        declared = set(re.findall(r'^\s*class ".*?" as (\w+)', text, re.M))
        assert declared <= boxes(svg), path
        assert boxes(svg), path


def test_hostile_labels_come_out_as_plain_text(node: str) -> None:
    diagram, by_hand = hostile_diagram(), hostile_drawing()
    first, second = newest(node, plantuml_text(diagram), by_hand.text)
    assert missing_labels(first, visible_texts(diagram)) == []
    assert missing_labels(second, by_hand.labels) == []
    assert b"root:x:0:0" not in first + second


@pytest.mark.parametrize("seed", range(4))
def test_marks_at_any_place_of_any_text_come_out_as_themselves(node: str, seed: int) -> None:
    diagram = diagram_of_marks(seed)
    (svg,) = newest(node, plantuml_text(diagram))
    assert missing_labels(svg, visible_texts(diagram)) == []


def test_no_label_of_any_text_is_lost(node: str) -> None:
    chance = random.Random(5)
    drawable = [
        chr(code)
        for code in range(0x20, 0x3FFFF)
        if unicodedata.category(chr(code)) not in ("Cc", "Cs", "Co", "Cn")
    ]
    labels = ["".join(chance.choices(drawable, k=chance.randint(1, 20))) for _ in range(300)]
    text = drawing(*(f"class {quoted(escape(label))} as n_{n}" for n, label in enumerate(labels))).text
    (svg,) = newest(node, diagram_text(text).text)
    assert missing_labels(svg, labels) == []


def test_an_error_is_a_picture_without_boxes(node: str) -> None:
    """This is what the other tests rely on."""
    (svg,) = newest(node, drawing("class A", "foo bar (").text)
    assert boxes(svg) == set()
