"""How long the language server takes, asked by a client.

    python benchmarks/editor.py [--notes 50 300] [--folder FOLDER] [--changes 20] [--check]

Writes the study of `study.py` with 50 and with 300 notes of 25 KB, misspells a code in every fourth note, and
opens it in `codeable lsp`. Then it changes a note and a module twenty times in each of several ways, and
measures the time from the change to the diagnostics of that version, and to the answers of completion, hover
and references, which are asked right after a change and in the middle of a check. The limits are those of the
documentation: they hold for the slowest of the twenty on a machine that does nothing else; on another one the
processor time of the server says more. ``--check`` exits with 1 when a limit is missed. Last come the time
after a module was saved, and the memory of the server before and after a thousand changes.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import re
import statistics
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import define
from editor_client import Editor, started
from lsprotocol import types
from study import write_study

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

DIAGNOSTICS, COMPLETION = {50: 200, 300: 500}, {50: 50, 300: 100}
"""Notes → milliseconds."""
IN_A_CHECK = 0.1
"""Seconds after a change at which a check runs."""
MANY = 1000
_MENTION = re.compile(r"^        (\w+)$", re.MULTILINE)


def misspelt(folder: Path) -> list[Path]:
    """Every fourth note; a code in it is misspelt, so that there is something to report."""
    return sorted((folder / "sources").glob("*.md"))[::4]


def misspell(folder: Path) -> None:
    """Misspell a code in every fourth note."""
    for path in misspelt(folder):
        text = path.read_text(encoding="utf-8")
        path.write_text(_MENTION.sub(r"        \1s", text, count=1), encoding="utf-8")


@define
class Row:
    """The times of one kind of measurement, in milliseconds.

    Attributes:
        what: What was measured.
        times: How long each took.
        most: How long each may take.
        processor: The processor time of the server for one, at an average.
    """

    what: str
    times: list[float]
    most: float | None = None
    processor: float | None = None

    @property
    def is_missed(self) -> bool:
        """Whether the slowest took longer than allowed."""
        return self.most is not None and max(self.times) > self.most

    def __str__(self) -> str:
        processor = "" if self.processor is None else f"{self.processor:.0f}"
        most = "" if self.most is None else f"{self.most:>8.0f}  {'MISSED' if self.is_missed else 'ok'}"
        median, worst = statistics.median(self.times), max(self.times)
        return f"{self.what:<40}{median:>8.0f}{worst:>8.0f}{processor:>11}{most}"


async def milliseconds(work: Callable[[], Awaitable[object]]) -> float:
    """How long something takes."""
    begin = time.perf_counter()
    await work()
    return (time.perf_counter() - begin) * 1000


def line_in_trace(text: str) -> int:
    """The first line inside of the last axial trace's first block."""
    return text[: text.index("\n", text.index("```", text.rindex("added:"))) + 1].count("\n")


def line_in_passage(text: str) -> int:
    """The line of the first passage."""
    return text[: text.index("\n> ")].count("\n") + 1


async def measure(folder: Path, notes: int, changes: int) -> list[Row]:
    """All measurements of one study."""
    note = next(path for path in misspelt(folder)[notes // 8 :] if "\nadded:" in path.read_text("utf-8"))
    module = min((folder / "models").glob("*.py"))
    begin = time.perf_counter()
    async with started(folder) as editor:
        rows = [Row("start of the server", [(time.perf_counter() - begin) * 1000])]
        uri = editor.open(note)
        await editor.diagnostics(uri)
        rows.append(Row("first diagnostics", [(time.perf_counter() - begin) * 1000]))
        memory = editor.memory
        text = editor.texts[uri]
        trace = line_in_trace(text)
        kinds = {
            "diagnostics after a change of a passage": (line_in_passage(text), "> a word"),
            "diagnostics after a change of a trace": (trace, "    add_decision_option_link(a_{}, b, 'x')"),
            "diagnostics after a declaration": (trace, '    new_{0} = CClass(practice, "New {0}")'),
        }
        most = _most(DIAGNOSTICS, notes)
        for what, (line, written) in kinds.items():
            rows.append(await _diagnostics(what, editor, uri, line, written, changes, most))
        rows += await _answers(editor, uri, trace, changes, _most(COMPLETION, notes))
        of_module = editor.open(module)
        last = editor.texts[of_module].count("\n")
        what = "diagnostics after a change of a module"
        rows.append(await _diagnostics(what, editor, of_module, last, "new_{} = (", changes, most))
        rows.append(await _saved(editor, of_module, module))
        before = editor.memory
        for number in range(MANY):
            editor.insert(uri, trace, f'    one_{number} = CClass(practice, "One {number}")')
            if number % 20 == 19:
                editor.reset(uri)
                await editor.diagnostics(uri)
        print(f"memory: {memory:.0f} MB, {before:.0f} MB later, {editor.memory:.0f} MB after {MANY} changes")
    return rows


async def _diagnostics(
    what: str, editor: Editor, uri: str, line: int, written: str, changes: int, most: float | None
) -> Row:
    times, before = [], editor.processor
    for number in range(changes):
        editor.insert(uri, line, written.format(number))
        times.append(await milliseconds(lambda: editor.diagnostics(uri)))
    row = Row(what, times, most, (editor.processor - before) / changes)
    editor.reset(uri)
    await editor.diagnostics(uri)
    return row


async def _answers(editor: Editor, uri: str, trace: int, changes: int, most: float | None) -> list[Row]:
    """Completion, hover and references: right after a change, and while a check runs."""
    client, document = editor.client, types.TextDocumentIdentifier(uri)
    name = editor.texts[uri].split("\n")[trace].index("(") + 2
    context = types.ReferenceContext(include_declaration=True)
    start = "    add_decision_option_link(ca"
    questions: dict[str, tuple[Callable[[], Awaitable[object]], bool, float | None]] = {
        "completion": (
            lambda: client.text_document_completion_async(
                types.CompletionParams(document, types.Position(trace, len(start)))
            ),
            editor.capabilities.completion_provider is not None,
            most,
        ),
        "hover": (
            lambda: client.text_document_hover_async(
                types.HoverParams(document, types.Position(trace + 1, name))
            ),
            bool(editor.capabilities.hover_provider),
            None,
        ),
        "references": (
            lambda: client.text_document_references_async(
                types.ReferenceParams(context, document, types.Position(trace + 1, name))
            ),
            bool(editor.capabilities.references_provider),
            None,
        ),
    }
    rows = []
    for what, (ask, is_there, limit) in questions.items():
        if not is_there:
            continue
        for when, wait in (("right after a change", 0.0), ("while a check runs", IN_A_CHECK)):
            times = []
            for _ in range(changes):
                editor.insert(uri, trace, start)
                await asyncio.sleep(wait)
                times.append(await milliseconds(ask))
                editor.reset(uri)
                await editor.diagnostics(uri)
            rows.append(Row(f"{what} {when}", times, limit))
    return rows


async def _saved(editor: Editor, uri: str, module: Path) -> Row:
    """Save a module with another code, of which no source is evidence."""
    times: list[float] = []
    try:
        for number in range(5):
            code = f'saved_{number} = CClass(practice, "Saved {number}")'
            editor.save(uri, module, f"{editor.texts[uri]}\n{code}\n")
            times.append(await milliseconds(partial(editor.told, uri, f"saved_{number}")))
    finally:
        module.write_text(editor.texts[uri], encoding="utf-8")
    return Row("diagnostics after a module was saved", times)


def _most(limits: dict[int, int], notes: int) -> float | None:
    """The limit of the smallest study that is at least as large; none for larger ones."""
    return next((float(most) for number, most in sorted(limits.items()) if notes <= number), None)


def main() -> int:
    """Write the studies, measure and report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--notes", type=int, nargs="+", default=sorted(DIAGNOSTICS))
    parser.add_argument("--folder", type=Path, help="where the studies are kept")
    parser.add_argument("--changes", type=int, default=20)
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    logging.disable()
    missed = False
    with tempfile.TemporaryDirectory() as temporary:
        for notes in given.notes:
            folder = (given.folder or Path(temporary)).resolve() / str(notes)
            if not (folder / "models").is_dir():
                write_study(folder, notes)
                misspell(folder)
            print(
                f"{f'{notes} notes':<40}{'median':>8}{'worst':>8}{'processor':>11}{'most':>8}  ms",
                flush=True,
            )
            for row in asyncio.run(measure(folder, notes, given.changes)):
                print(row, flush=True)
                missed = missed or row.is_missed
            print()
    return 1 if given.check and missed else 0


if __name__ == "__main__":
    sys.exit(main())
