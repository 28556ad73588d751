"""Every code block of the README and of docs/ is run, so that what the pages say is true.

The first line of a block says how it is run:

* ```` ```python ```` is run, the blocks of one page after another in one namespace, `>>>` blocks as doctests;
* ```` ```python file=PATH ```` is written to that path in the page's folder;
* ```` ```toml file=PATH ```` likewise;
* ```` ```console ```` holds commands after `$ ` with the output they must print (`...` stands for anything);
* ```` ```text ````, ```` ```sh ```` and the like are only read.

A page runs in a folder of its own that begins as a copy of the study of this repository, or empty when the
page has the line `<!-- run in: an empty folder -->`.
"""

import doctest
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from attrs import frozen

from codeable.exits import run

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
TAKE_LONG = ("engines.md", "command-line.md", "exchange.md", "reports.md")
FENCE = re.compile(
    r"^(?P<ticks>`{3,})(?P<info>[^\n`]*)\n(?P<body>.*?)^(?P=ticks)[ ]*$", re.DOTALL | re.MULTILINE
)
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@frozen
class Block:
    """One fenced block: its language, the file it is to be written to, its text and its line."""

    language: str
    file: str | None
    body: str
    line: int


def blocks_of(page: str) -> list[Block]:
    found = []
    for match in FENCE.finditer(page):
        words = match["info"].split()
        language = words[0] if words else "text"
        file = next((word.removeprefix("file=") for word in words[1:] if word.startswith("file=")), None)
        found.append(Block(language, file, match["body"], page[: match.start()].count("\n") + 1))
    return found


def run_python(block: Block, page: Path, namespace: dict[str, object]) -> None:
    if ">>>" in block.body:
        test = doctest.DocTestParser().get_doctest(block.body, namespace, page.name, str(page), block.line)
        runner = doctest.DocTestRunner(optionflags=FLAGS)
        report: list[str] = []
        runner.run(test, out=report.append, clear_globs=False)
        assert runner.failures == 0, "".join(report)
        namespace.update(test.globs)
    else:
        exec(compile("\n" * block.line + block.body, str(page), "exec"), namespace)


def run_console(block: Block, page: Path, folder: Path) -> None:
    for part in re.split(r"^\$ ", block.body, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        got = output_of(command, folder)
        same = doctest.OutputChecker().check_output(expected, got, FLAGS)
        assert same, f"{page.name}:{block.line}: $ {command}\nprinted\n{got}\ninstead of\n{expected}"


def output_of(command: str, folder: Path) -> str:
    """What a command prints. A plain command of ours is run in this process, which is quicker."""
    if command.startswith("codeable ") and not re.search(r"[|&<>$;]", command):
        output = io.StringIO()
        with redirect_stdout(output), redirect_stderr(output), pytest.raises(SystemExit):
            run("codeable.cli.group:cli", shlex.split(command)[1:], "codeable")
        return output.getvalue()
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=os.environ | {"PATH": path, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    return done.stdout + done.stderr


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    "page",
    [pytest.param(page, marks=pytest.mark.slow if page.name in TAKE_LONG else ()) for page in PAGES],
    ids=lambda page: str(page.relative_to(ROOT)),
)
def test_the_code_blocks_of_a_page_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = page.read_text(encoding="utf-8")
    folder = tmp_path / "study"
    folder.mkdir()
    if "<!-- run in: an empty folder -->" not in text:
        for name in ("models", "sources", "diagrams"):
            shutil.copytree(ROOT / name, folder / name)
        shutil.copy(ROOT / "pyproject.toml", folder)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("CODEABLE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")
    namespace: dict[str, object] = {"__name__": "__main__"}
    for block in blocks_of(text):
        if block.file is not None:
            target = folder / block.file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(block.body, encoding="utf-8")
        elif block.language == "python":
            run_python(block, page, namespace)
        elif block.language == "console":
            run_console(block, page, folder)


def test_every_link_of_a_page_to_a_file_leads_to_one() -> None:
    broken = []
    for page in PAGES:
        text = FENCE.sub("", page.read_text(encoding="utf-8"))
        targets = [t for t in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text) if ":" not in t]
        broken += [f"{page.relative_to(ROOT)}: {t}" for t in targets if not (page.parent / t).exists()]
    assert broken == []


def test_every_link_to_a_section_leads_to_one() -> None:
    texts = {page: FENCE.sub("", page.read_text(encoding="utf-8")) for page in PAGES}
    sections = {
        page: set(map(anchor, re.findall(r"^#+ (.+)$", text, re.MULTILINE))) for page, text in texts.items()
    }
    broken = [
        f"{page.relative_to(ROOT)}: {file}#{section}"
        for page, text in texts.items()
        for file, section in re.findall(r"\]\(([^)#\s:]*)#([^)\s]+)\)", text)
        if section not in sections[(page.parent / file).resolve() if file else page]
    ]
    assert broken == []


def anchor(heading: str) -> str:
    """The anchor that a heading has on GitHub."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_the_blocks_of_a_page_are_found_with_their_file_and_line() -> None:
    page = "text\n```python file=models/a.py\nx = 1\n```\n````text\n```\n````\n"
    assert blocks_of(page) == [
        Block("python", "models/a.py", "x = 1\n", 2),
        Block("text", None, "```\n", 5),
    ]
