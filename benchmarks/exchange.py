"""How long exports and imports take, and how much memory, beside loading the study.

    python benchmarks/exchange.py [--folder FOLDER] [--check]

Writes the study of `benchmarks/study.py` (300 sources with 30 codes each, 7 MB of notes), loads it with its
notes, exports it, and imports its project into an empty folder, twice. Then it imports ten thousand codes
from a CSV file, and a project of ten transcripts of 1 MB. Each is a process of its own; the ratio is that to
loading. ``--check`` exits with 1 when one is above its target. A ``--folder`` is kept, and used again when it
holds the study.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5
from zipfile import ZIP_DEFLATED, ZipFile

from attrs import frozen
from notes import WORDS, sentence
from study import write_study

LOAD = """
import sys
from codeable import load
from codeable.notes.files import notes_of_study
study = load(sys.argv[1])
notes_of_study(study.folder, study.settings)
"""
CODES = 10_000
TRANSCRIPTS, SIZE, PASSAGES = 10, 1_000_000, 200
MOST = {
    "export qdc": 2.0,
    "export qdpx": 5.0,
    "export csv": 3.5,
    "export json": 4.0,
    "export graphml": 3.0,
    "import qdpx": 8.0,
    "import qdpx again": 6.0,
    "import 10,000 codes": 4.0,
    "import 10 MB": 2.0,
}
"""The most that each may take: times the time of loading the study with its notes."""
MEMORY = 5.0
"""Times the memory of loading."""


@frozen
class Cost:
    """What a process took: processor time in seconds, and MB of memory at its peak."""

    seconds: float
    megabytes: float


def cost(*words: str) -> Cost:
    """Run Python with these arguments. A status of 1 is fine: something is left out of a file."""
    process = subprocess.Popen([sys.executable, *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1) or b"Traceback" in said:
        sys.exit(f"{' '.join(words)}: {said.decode()}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def write_codes(path: Path) -> None:
    """A codebook with categories, as a spreadsheet has it."""
    draw = random.Random(1)
    rows = [f"Theme {number % 100}/Code {number},{sentence(draw, 12)}" for number in range(CODES)]
    path.write_text("\n".join(["path,description", *rows]) + "\n", encoding="utf-8")


def write_transcripts(path: Path) -> None:
    """A project of long transcripts with passages that are coded."""
    draw = random.Random(2)
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        codes = "".join(
            f'<Code guid="{guid("code", n)}" name="Code {n}" isCodable="true"/>' for n in range(50)
        )
        sources = []
        for number in range(TRANSCRIPTS):
            text = "\n".join(sentence(draw, 12) for _ in range(SIZE // 70))
            archive.writestr(f"sources/{guid('text', number)}.txt", text)
            selections = []
            for each in range(PASSAGES):
                start = each * len(text) // PASSAGES
                end = text.index("\n", start + 60)
                where = guid("selection", number, each)
                selections.append(
                    f'<PlainTextSelection guid="{where}" startPosition="{start}" endPosition="{end}">'
                    f'<Coding guid="{guid("coding", number, each)}">'
                    f'<CodeRef targetGUID="{guid("code", each % 50)}"/></Coding></PlainTextSelection>'
                )
            sources.append(
                f'<TextSource guid="{guid("source", number)}" name="{draw.choice(WORDS)} {number}" '
                f'plainTextPath="internal://{guid("text", number)}.txt">{"".join(selections)}</TextSource>'
            )
        archive.writestr(
            "project.qde",
            '<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:1.0" name="Long">'
            f"<CodeBook><Codes>{codes}</Codes></CodeBook><Sources>{''.join(sources)}</Sources></Project>",
        )


def guid(*parts: object) -> str:
    """A GUID that is the same in every run."""
    return str(uuid5(NAMESPACE_URL, " ".join(map(str, parts))))


def measure(folder: Path, work: Path) -> list[str]:
    """Print a line for each process; the targets that are missed."""
    command = ("-m", "codeable")
    project, imported, codes, long = (
        work / "p.qdpx",
        work / "imported",
        work / "codes.csv",
        work / "long.qdpx",
    )
    write_codes(codes)
    write_transcripts(long)
    runs = {
        "export qdc": ("export", "qdc", "-C", str(folder), "--out", str(work / "c.qdc")),
        "export qdpx": ("export", "qdpx", "-C", str(folder), "--out", str(project)),
        "export csv": ("export", "csv", "-C", str(folder), "--out", str(work / "tables.zip")),
        "export json": ("export", "json", "-C", str(folder), "--out", str(work / "s.json")),
        "export graphml": ("export", "graphml", "-C", str(folder), "--out", str(work / "g.graphml")),
        "import qdpx": ("import", str(project), "-C", str(imported)),
        "import qdpx again": ("import", str(project), "-C", str(imported)),
        "import 10,000 codes": ("import", str(codes), "-C", str(work / "codes")),
        "import 10 MB": ("import", str(long), "-C", str(work / "long")),
    }
    loading = cost("-c", LOAD, str(folder))
    print(f"{'':<20}{'s':>8}{'ratio':>8}{'most':>7}{'MB':>8}{'ratio':>8}{'most':>7}")
    print(f"{'loading':<20}{loading.seconds:>8.2f}{1:>8.2f}{'':>7}{loading.megabytes:>8.0f}")
    missed = []
    for what, words in runs.items():
        one = cost(*command, *words)
        time, memory = one.seconds / loading.seconds, one.megabytes / loading.megabytes
        is_missed = time > MOST[what] or memory > MEMORY
        print(
            f"{what:<20}{one.seconds:>8.2f}{time:>8.2f}{MOST[what]:>7.1f}"
            f"{one.megabytes:>8.0f}{memory:>8.2f}{MEMORY:>7.1f}  {'MISSED' if is_missed else 'ok'}",
            flush=True,
        )
        if is_missed:
            missed.append(what)
    return missed


def main() -> int:
    """Write the study, measure and report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--folder", type=Path, help="where the study is kept")
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        folder = (given.folder or work / "study").resolve()
        if not (folder / "models").is_dir():
            write_study(folder)
        missed = measure(folder, work)
    return 1 if given.check and missed else 0


if __name__ == "__main__":
    sys.exit(main())
