"""A study of three coders: an interview that two of them quote whole, and sources of which all quote parts.

Ben uses the name that the event bus had before, and quotes what Anna quotes with other marks. Clara did not
code everything.
"""

from collections.abc import Iterable
from pathlib import Path
from textwrap import dedent

import codeable
from codeable.study import Study

MODELS = """
    from codeable.dsl import *

    transport_decision = CClass(decision, "How do services talk?")
    event_bus = CClass(pattern, "Event Bus")
    queue = CClass(practice, "Queue")
    cache = CClass(practice, "Cache")
    latency = CClass(force, "Latency")
    """
SETTINGS = """
    [tool.codeable]
    sources = ["sources"]
    notes = ["notes"]

    [tool.codeable.coders]
    ben = "notes/ben"
    anna = "notes/anna"
    clara = "notes/clara"

    [tool.codeable.renames]
    message_bus = "event_bus"
    """

Group = tuple[str, str]
"""A passage, as it is written in the note, and the codes that it is given; no codes for no trace."""

ANNA_P1: tuple[Group, ...] = (
    ("> Interviewer\n\n> How do your services talk to each other?", ""),
    (
        "> Expert A\n\n> We put an event bus between them. It is slow at night, and we live with that.",
        "event_bus",
    ),
    ("> It is slow at night, and we live with that.", "latency"),
    ("> Interviewer\n\n> What about reports?", ""),
    ("> Expert A\n\n> Reports come from a cache. Nobody waits for them.", "cache"),
)
BEN_P1: tuple[Group, ...] = (
    ("> Interviewer\n\n> How do your services talk to each other?", ""),
    ("> Expert A\n\n> We put an event bus between them.", "message_bus"),
    ("> It is slow at night,\n> and we live with that.", "latency\nqueue"),
    ("> Interviewer\n\n> What about reports?", ""),
    ("> Expert A\n\n> Reports come from a cache. Nobody waits for them.", "cache"),
)
NOTES: dict[str, tuple[Group, ...]] = {
    "anna/p_1.md": ANNA_P1,
    "ben/p_1.md": BEN_P1,
    "clara/p_1.md": (("> Reports come from a cache.", "cache"),),
    "anna/s_4.md": (
        ("> Queues smooth the load of a *busy* evening.", "queue"),
        ("> A cache hides it.", "cache\nlatency"),
    ),
    "ben/s_4.md": (
        ("> Queues smooth the load of a busy evening!", "queue\nlatency"),
        ("> An event bus is something else.", "message_bus"),
    ),
    "clara/s_4.md": (("> queues smooth the load of a busy evening", "queue"), ("> A cache hides it.", "")),
    "anna/s_6.md": (("> Buses are for events.", "event_bus"),),
    "ben/s_6.md": (("> Buses are for events.", "message_bus\nbackpressure"),),
    "clara/s_9.md": (("> We cache.", "cache"),),
}
SOURCES = ("p1", "s4", "s6", "s9")


def note_text(source: str, groups: Iterable[Group]) -> str:
    """A field note about a source."""
    traces = "".join(
        f"{passage}\n\n" + (f"**AXIAL CODING TRACE:**\n```python\n{codes}\n```\n\n" if codes else "")
        for passage, codes in groups
    )
    return f"# {source[0]} {source[1:]}\n## title\nAbout {source}\n\n# coding\n\n{traces}"


def study_of_coders(
    folder: Path, notes: dict[str, tuple[Group, ...]] = NOTES, settings: str = SETTINGS
) -> Study:
    """The study, written into a folder and loaded."""
    files = {"models/shop.py": MODELS, "pyproject.toml": settings}
    for source in SOURCES:
        files[f"sources/{source}.py"] = f"""
            from codeable.dsl import *
            from models.shop import *

            {source} = CClass(source, "{source}", values={{"title": "About {source}"}})
            """
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    (folder / "notes").mkdir(exist_ok=True)
    for name, groups in notes.items():
        path = folder / "notes" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(note_text(path.stem.replace("_", ""), groups), encoding="utf-8")
    return codeable.load(folder)
