"""Draws texts for the tests and reads what the pictures show."""

import os
import re
import subprocess
from collections import Counter
from collections.abc import Iterable

import pygraphviz
from lxml import etree

from codeable.diagrams import Diagram, dot_text
from tests.tools import require_tool

_QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # takes half the time for a few pictures
_DELIMITER = "___next_picture_7f3a___"
_NOT_SHOWN = re.compile("[\\s\u200b\u200c\ufeff\ufffd\x00-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff]+")


def graphviz_svg(diagram: Diagram, **options: bool) -> bytes:
    return pygraphviz.AGraph(string=dot_text(diagram, **options)).draw(format="svg", prog="dot")


def plantuml_svgs(texts: Iterable[str]) -> list[bytes]:
    """What the PlantUML of this machine draws, all in one process; an error picture fails the test."""
    program = require_tool("plantuml")
    command = [program, "-pipe", "-tsvg", "-charset", "UTF-8", "-pipedelimitor", _DELIMITER]
    environment = os.environ | {"JAVA_TOOL_OPTIONS": _QUICK_START}
    done = subprocess.run(
        command, input="".join(texts).encode(), capture_output=True, check=False, env=environment
    )
    errors = [
        line for line in done.stderr.splitlines() if not line.startswith(b"Picked up JAVA_TOOL_OPTIONS")
    ]
    assert done.returncode == 0, done.stderr.decode()
    assert errors == []
    assert b"An error has occured" not in done.stdout
    return [svg.strip() for svg in done.stdout.split(_DELIMITER.encode())[:-1]]


def lost(texts: Iterable[str], svg: bytes) -> list[str]:
    """The texts that an SVG does not show, or not as often as they are given."""
    root = etree.fromstring(svg)
    shown = _solid("".join("".join(element.itertext()) for element in root.iter("{*}text")))
    wanted = Counter(filter(None, map(_solid, texts)))
    return [text for text, times in wanted.items() if shown.count(text) < times]


def _solid(text: str) -> str:
    return _NOT_SHOWN.sub("", text)
