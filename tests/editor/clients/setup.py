"""What the tests of editors share: a study, the configurations of the page, and an end without left-overs."""

import os
import re
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

import psutil

from tests.documents.test_code_blocks import blocks_of
from tests.studies import write_study

__all__ = ["NOTE", "STORAGE", "configuration", "environment", "eventually", "servers_of", "storage_study"]

PAGE = Path(__file__).parents[3] / "docs" / "editor.md"

STORAGE = """\
from codeable.dsl import *

storage_decision = CClass(decision, "Where do data products keep their data?")
object_store = CClass(practice, "Object Store")
event_bus = CClass(practice, "Event Bus")
add_decision_option_link(storage_decision, object_store, "Keep data as files in an object store")
add_decision_option_link(storage_decision, event_bus, "Keep data as events")
"""
NOTE = """\
# s 1
## url
https://example.org/object-stores
## title
Files for Everybody

# coding

> Each product keeps its data as files in an object_store 🙂.

**OPEN CODING TRACE:**
Familiar option: object_store

**AXIAL CODING TRACE:**
``` python
add_decision_option_link(storage_decision, objct_store, "Keep data as files in an object store")
```
"""
"""A note that misremembers a name."""

R = TypeVar("R")


def storage_study(folder: Path) -> Path:
    """A study with a module and a note."""
    return write_study(folder, {"models/storage.py": STORAGE, "sources/s_1.md": NOTE})


def configuration(language: str, number: int = 0) -> str:
    """A configuration as the page for users has it.

    Args:
        language: The language of its block.
        number: Which of the blocks in that language, from 0.
    """
    found = [
        block.body for block in blocks_of(PAGE.read_text(encoding="utf-8")) if block.language == language
    ]
    return found[number]


def environment(home: Path) -> Mapping[str, str]:
    """The environment of an editor of a user who has nothing set up but codeable."""
    home.mkdir(exist_ok=True)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    own = {name: value for name, value in os.environ.items() if not re.match(r"XDG_|N?VIM|EMACS", name)}
    return own | {"HOME": str(home), "PATH": path, "CODEABLE_CACHE": str(home / "cache")}


def eventually(question: Callable[[], R], seconds: float = 30) -> R:
    """The first answer that is not empty; the last one after some seconds."""
    end = time.monotonic() + seconds
    while not (answer := question()) and time.monotonic() < end:
        time.sleep(0.05)
    return answer


def servers_of(editor: psutil.Process) -> list[psutil.Process]:
    """The processes that an editor has started, and those that these have started."""
    return editor.children(recursive=True)


def left_over(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Those processes that do not end by themselves."""
    _, alive = psutil.wait_procs(processes, timeout=10)
    for each in alive:
        each.kill()
    return alive
