"""How long the commands take on a large study, beside another version of codeable.

    python benchmarks/study.py [--base PYTHON] [--folder FOLDER] [--repeat 5] [--check]

Writes a study of 300 sources with 30 codes each, 60 decisions and 7 MB of notes: the notes first, then the
modules that `codeable notes build` makes of them. Then it runs `show` of a code, `check` and `list` in fresh
processes and counts their processor time, and reads all notes in one process. With ``--base``, the Python of
an environment that holds another codeable, both take turns, and the ratios are compared with the targets;
``--check`` exits with 1 when one is missed. A version that has `why` is asked with it instead of with `show`,
which read no notes then. A ``--folder`` is kept, and used again when it holds the study already.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from attrs import define, field
from notes import WORDS, head, quotation, sentence

SOURCES, CODES, DECISIONS = 300, 30, 60
SOLUTIONS, FORCES = 540, 90
TRACES = 6
SIZE = 23_300
"""Bytes of a note; 300 make 7 MB."""
SIZE_OF_TRACE = 800

READ = """
import pathlib, sys, time
from codeable import notes
read = getattr(notes, "read_note", None) or notes.read  # the name in earlier versions
paths = sorted(pathlib.Path(sys.argv[1], "sources").glob("*.md"))
read(paths[0])
begin = time.process_time()
found = [read(path) for path in paths]
print(time.process_time() - begin)
"""
TARGETS = {"read": 0.5, "show": 0.25, "check": 0.5, "list": 0.5}


@define
class Codes:
    """The codes of the study. Those that a note already declares are only mentioned in later ones."""

    draw: random.Random
    declared: set[str] = field(factory=set)
    decisions: list[str] = field(init=False)
    solutions: dict[str, str] = field(init=False)
    forces: list[str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        names = iter(self._names(DECISIONS + SOLUTIONS + FORCES))
        self.decisions = [f"{next(names)}_decision" for _ in range(DECISIONS)]
        self.forces = [next(names) for _ in range(FORCES)]
        self.solutions = {next(names): self.decisions[one % DECISIONS] for one in range(SOLUTIONS)}

    def _names(self, number: int) -> list[str]:
        """Different identifiers of three words."""
        words = sorted({word for word in WORDS if len(word) > 2})
        found: dict[str, None] = {}
        while len(found) < number:
            found["_".join(self.draw.sample(words, 3))] = None
        return list(found)

    def force_of(self, name: str) -> str:
        """The force on which a solution has an impact."""
        return self.forces[len(name) * ord(name[0]) % FORCES]

    def statements(self, name: str) -> list[str]:
        """The statements for a solution: its declarations where they are missing, its option, its impact."""
        decision, force = self.solutions[name], self.force_of(name)
        lines = []
        for code, kind in ((name, "practice"), (decision, "decision"), (force, "force")):
            if code not in self.declared:
                self.declared.add(code)
                lines += [f'    {code} = CClass({kind}, "{code.replace("_", " ").title()}")', ""]
        return [
            *lines,
            f"    add_decision_option_link({decision}, {name},",
            f'                             "{name.replace("_", " ").capitalize()} is used.")',
            "",
            f"    add_force_relations({{{name}: {{{force}: {self.draw.choice(('positive', 'negative'))}}}}})",
        ]


def trace(codes: Codes, source: str, new: list[str], known: list[str]) -> str:
    """An open trace and its axial trace."""
    listed = ", ".join(known) or "none"
    text = [f"**OPEN CODING TRACE:**\n\nFamiliar options: {listed}\n"]
    text += [f"New option: {sentence(codes.draw, 5)}\n" for _ in new]
    text.append("\n**AXIAL CODING TRACE:**\n\n")
    if new:
        lines = "\n\n".join("\n".join(codes.statements(name)) for name in new)
        text.append(f"added:\n``` python\n{lines}\n```\n")
    mentioned = "\n".join(f"        {name}" for name in (*known, *new))
    return "".join(text) + f"add codes to {source}:\n``` python\n    '''\n{mentioned}\n    '''\n```"


def note(codes: Codes, number: int) -> str:
    """The note of a source, which mentions thirty codes in six traces."""
    draw, source = codes.draw, f"s{number}"
    parts = [head(draw, number)]
    left = dict.fromkeys(draw.sample(sorted(codes.solutions), CODES))
    mentioned: set[str] = set()
    for turn in range(1, TRACES + 1):
        size = len(parts[0]) + (SIZE - len(parts[0])) * turn // TRACES - SIZE_OF_TRACE
        while sum(map(len, parts)) < size:
            parts.append(quotation(draw))
        new: list[str] = []
        known: list[str] = []
        while len(mentioned) < CODES * turn // TRACES:
            name, _ = left.popitem()
            if name in codes.declared:
                known.append(name)
                mentioned.add(name)
            else:
                new.append(name)
                mentioned |= {name, codes.solutions[name], codes.force_of(name)}
        parts.append(trace(codes, source, new, known))
    return "\n\n".join(parts) + "\n"


def write_study(folder: Path, sources: int = SOURCES) -> None:
    """Write the notes of some sources, and the modules that follow from them."""
    notes = folder / "sources"
    notes.mkdir(parents=True)
    codes = Codes(random.Random(0))
    for number in range(1, sources + 1):
        (notes / f"s_{number}.md").write_text(note(codes, number), encoding="utf-8")
    command = [sys.executable, "-m", "codeable", "notes", "build", str(notes), "--out", str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def seconds(python: str, arguments: list[str], folder: Path) -> float:
    """The processor time of one process."""
    before = os.times()
    subprocess.run([python, *arguments], cwd=folder, stdout=subprocess.DEVNULL, check=False)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def measured(python: str, what: str, folder: Path, code: str) -> float:
    """The seconds of one run of a measurement."""
    if what == "read":
        command = [python, "-c", READ, str(folder)]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
        return float(done.stdout)
    arguments = [question(python, folder), code] if what == "show" else [what]
    return seconds(python, ["-m", "codeable", *arguments], folder)


@cache
def question(python: str, folder: Path) -> str:
    """The command of a version that shows a code with its passages."""
    command = [python, "-m", "codeable", "why", "--help"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    return "show" if done.returncode else "why"


def measure(python: str, base: str | None, folder: Path, repeat: int) -> list[str]:
    """Print a line for each measurement; the targets that are missed."""
    codes = sorted(Codes(random.Random(0)).solutions)
    missed = []
    print(f"{'':<16}{'base, s':>10}{'this, s':>10}{'ratio':>8}{'most':>7}")
    for what, most in TARGETS.items():
        turns = [
            [measured(each, what, folder, codes[turn * 7]) for each in filter(None, (python, base))]
            for turn in range(repeat)
        ]
        this = statistics.median(turn[0] for turn in turns)
        if base is None:
            print(f"{what:<16}{'-':>10}{this:>10.2f}")
            continue
        ratio = statistics.median(turn[0] / turn[1] for turn in turns)
        mark = "ok" if ratio <= most else "MISSED"
        print(
            f"{what:<16}{statistics.median(turn[1] for turn in turns):>10.2f}{this:>10.2f}{ratio:>8.2f}"
            f"{most:>7.2f}  {mark}",
            flush=True,
        )
        if ratio > most:
            missed.append(what)
    return missed


def main() -> int:
    """Write the study, measure and report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--base", metavar="PYTHON", help="Python of an environment with another codeable")
    parser.add_argument("--folder", type=Path, help="where the study is kept")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = (given.folder or Path(temporary, "study")).resolve()
        if not (folder / "models").is_dir():
            write_study(folder)
        missed = measure(sys.executable, given.base, folder, given.repeat)
    return 1 if given.check and missed else 0


if __name__ == "__main__":
    sys.exit(main())
