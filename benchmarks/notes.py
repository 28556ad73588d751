"""How long reading field notes takes.

    python benchmarks/notes.py [--notes 1000] [--size 30000] [--check]

Writes notes of about that many bytes into a temporary folder, in the manner of real ones (quotations of one
to ten lines, open and axial traces, one block in sixteen not Python, codes in triple-quoted strings), and
reads them one after the other on one core. With ``--check`` the exit status is 1 when a thousand notes of
30 KB would take longer than ten seconds. The second figure is what Python's parser alone needs for the fenced
blocks of the same notes, which measures the machine.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import random
import re
import sys
import tempfile
import textwrap
import time
from pathlib import Path

from codeable.notes import FieldNote, read_note

MOST_MS_PER_NOTE = 10.0
SIZE_OF_TARGET = 30_000
VOCABULARY = """
    a the data product of team and with mesh domain owner to interface stream which quality is shared
    platform by contract schema consumer their versioned catalogue policy for event because lineage
"""
WORDS = VOCABULARY.split()
FENCED = re.compile(r"^``` python\n(.*?)^```", re.MULTILINE | re.DOTALL)
BREAKS = ("})", "(", '"', ".", "")


def sentence(draw: random.Random, words: int) -> str:
    """Some words that look like a sentence."""
    return " ".join(draw.choices(WORDS, k=words)).capitalize() + "."


def code(draw: random.Random) -> str:
    """An identifier."""
    return "_".join(draw.choices(WORDS, k=3))


def quotation(draw: random.Random) -> str:
    """A quotation, sometimes over several lines that go on without its mark."""
    return "> " + "\n".join(sentence(draw, draw.randint(10, 60)) for _ in range(draw.choice((1, 1, 2, 5))))


def passages(draw: random.Random) -> str:
    """One to six quotations."""
    return "\n\n".join(quotation(draw) for _ in range(draw.randint(1, 6)))


def trace(draw: random.Random, identifier: str) -> str:
    """An open trace and its axial trace."""
    option, force, decision = code(draw), code(draw), code(draw) + "_decision"
    block = [
        f'    {option} = CClass(practice, "{sentence(draw, 3)}")',
        "",
        f'    {force} = CClass(force, "{sentence(draw, 2)}")',
        "",
        f"    add_decision_option_link({decision}, {option},",
        f'                             "{sentence(draw, 7)}")',
        "",
        f"    add_force_relations({{{option}: {{{force}: positive}}}})",
    ]
    if draw.random() < 1 / 16:
        at = draw.randrange(len(block))
        block[at] = block[at].replace(")", draw.choice(BREAKS))
    codes = "\n".join(f"        {code(draw)}" for _ in range(draw.randint(1, 6)))
    lines = "\n".join(block)
    return (
        f"**OPEN CODING TRACE:**\n\nFamiliar options: {code(draw)}, {code(draw)}\nNew option: {option}\n\n"
        f"**AXIAL CODING TRACE:**\n\nadded:\n``` python\n{lines}\n```\n"
        f"add codes to {identifier}:\n``` python\n    '''\n{codes}\n    '''\n```"
    )


def head(draw: random.Random, number: int) -> str:
    """The metadata of a note, with the declaration of its source, to the heading above the passages."""
    identifier = f"s{number}"
    title = sentence(draw, 6)
    fields = (
        f"# s\n{number}\n## url\nhttps://example.org/{number}\n## title\n{title}\n## source code\nno\n"
        "## example\nyes\n## source type\nPractitioner Audience Article\n## author type\nPractitioner\n"
        "## references"
    )
    declaration = (
        "**AXIAL CODING TRACE**: source and references\n``` python\n"
        f'{identifier} = CClass(source, "{identifier}", values={{\n    "title": "{title}",\n'
        f'    "url": "https://example.org/{number}",\n    "author type": "Practitioner",\n'
        '    "type": "Practitioner Audience Article",\n    "example": True,\n    "source code": False})\n```'
    )
    return f"{fields}\n\n{declaration}\n\n# coding"


def note(draw: random.Random, number: int, size: int) -> str:
    """A field note of about so many bytes."""
    identifier = f"s{number}"
    parts = [head(draw, number)]
    while sum(map(len, parts)) < size:
        parts += [passages(draw), trace(draw, identifier)]
    return "\n\n".join(parts) + "\n"


def read_all(paths: list[Path]) -> tuple[float, list[FieldNote]]:
    """Seconds of processor time for reading the notes, and the notes."""
    begin = time.process_time()
    notes = [read_note(path) for path in paths]
    return time.process_time() - begin, notes


def parser_alone(paths: list[Path]) -> float:
    """Seconds of processor time that Python's parser needs for the fenced blocks of the notes."""
    texts = [path.read_text(encoding="utf-8") for path in paths]
    blocks = [textwrap.dedent(block) for text in texts for block in FENCED.findall(text)]
    begin = time.process_time()
    for block in blocks:
        with contextlib.suppress(SyntaxError):
            ast.parse(block)
    return time.process_time() - begin


def main() -> int:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--notes", type=int, default=1000)
    parser.add_argument("--size", type=int, default=SIZE_OF_TARGET)
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    draw = random.Random(0)
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"s_{number}.md") for number in range(1, given.notes + 1)]
        for number, path in enumerate(paths, 1):
            path.write_text(note(draw, number, given.size), encoding="utf-8")
        size = sum(path.stat().st_size for path in paths)
        read_all(paths[:1])
        seconds, notes = read_all(paths)
        bare = parser_alone(paths) / len(paths) * 1000
    each = seconds / len(notes) * 1000
    statements = sum(len(one.statements) for one in notes)
    print(f"{len(notes)} notes, {size / len(notes) / 1000:.1f} KB each, {statements} statements")
    print(f"{seconds:.2f} s, {each:.2f} ms a note (target: {MOST_MS_PER_NOTE:.0f} ms a note of 30 KB)")
    print(f"Python's parser alone: {bare:.2f} ms a note; reading takes {each / bare:.2f} times that")
    return 1 if given.check and each > MOST_MS_PER_NOTE * given.size / SIZE_OF_TARGET else 0


if __name__ == "__main__":
    sys.exit(main())
