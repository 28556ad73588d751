"""Notes and studies for the tests of the rules, written in few lines."""

from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

from codeable.checks import Diagnostic, Report, check
from codeable.kernel.place import Span
from codeable.loading import load_folder
from codeable.notes import read_text
from codeable.notes.files import notes_of_study

VALUES = {
    "url": "https://example.org/7",
    "title": "Storage for data products",
    "type": "Blog Post",
    "author type": "Practitioner",
}


def note(*blocks: str, number: int | str = 7, kind: str = "s", coding: str = "", **fields: str) -> str:
    """A note that says nothing wrong, with an axial trace for each block.

    Args:
        blocks: The Python of each trace.
        number: The number of the source.
        kind: `s` or `p`.
        coding: What stands behind `# coding`, before the traces.
        fields: Other values of the header (blanks in the names as underscores).
    """
    header = _article(str(number))
    header |= {"source type": VALUES["type"], "author type": VALUES["author type"]}
    header |= {name.replace("_", " "): value for name, value in fields.items()}
    lines = [f"# {kind} {number}"]
    lines += [line for name, value in header.items() for line in (f"## {name}", value)]
    lines += ["", "# coding", "", coding or "> Data products keep their data somewhere."]
    for block in blocks:
        lines += ["", "**AXIAL CODING TRACE:**", "", "``` python", dedent(block).strip("\n"), "```", ""]
    return "\n".join(lines) + "\n"


def source(*codes_held: str, identifier: str = "s7", **values: str) -> str:
    """The module of a source."""
    table = {
        **VALUES,
        **_article(identifier[1:]),
        **{name.replace("_", " "): value for name, value in values.items()},
    }
    held = f'add_links({{{identifier}: [{", ".join(codes_held)}]}}, role_name="contained_code")\n'
    return (
        "from codeable.dsl import *\nfrom models.a import *\n\n"
        f'{identifier} = CClass(source, "{identifier}", values={table!r})\n' + (held if codes_held else "")
    )


def _article(number: str) -> dict[str, str]:
    """Address and title of an article; each source has its own."""
    own = {"url": f"https://example.org/{number}", "title": f"Article {number}"}
    return own if number != "7" else {name: VALUES[name] for name in own}


def span(path: str, line: int, column: int = 1, end_line: int = 0, end_column: int = 0) -> Span:
    """A span in a file; of no width where no end is given."""
    return Span(path, line, column, end_line or line, end_column or column)


def in_notes(*texts: str) -> list[Diagnostic]:
    """What is found in notes that are called `s_1.md`, `s_2.md`, …"""
    return list(
        check([read_text(text, f"s_{number}.md") for number, text in enumerate(texts, 1)]).diagnostics
    )


def in_study(folder: Path, files: Mapping[str, str]) -> list[Diagnostic]:
    """What is found in a study of these files."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        imports = "from codeable.dsl import *\n" if name.startswith("models/") else ""
        text = imports + dedent(text) if name.endswith(".py") else text
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return list(checked(folder).diagnostics)


def checked(folder: Path) -> Report:
    """The check of the study in a folder."""
    loaded = load_folder(folder)
    return check(notes_of_study(folder, loaded.settings), loaded)


def codes(diagnostics: list[Diagnostic]) -> list[str]:
    """The codes of diagnostics, in order."""
    return [diagnostic.code for diagnostic in diagnostics]


def reported(diagnostics: list[Diagnostic], code: str) -> list[str]:
    """The diagnostics of one rule as `file:line:column message`, files without their folder."""
    return [
        f"{Path(one.span.path).name}:{one.span.line}:{one.span.column} {one.message}"
        for one in diagnostics
        if one.code == code
    ]
