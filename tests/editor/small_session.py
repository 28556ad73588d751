"""A session of an editor over a small study, for tests of the life of the server."""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from tests.studies import SMALL, write_study

NOTE = """\
# s
15
## title
A note
# coding

> a passage

**AXIAL CODING TRACE:**

```python
add_links({s15: [k8s]}, role_name="contained_code")
```
"""
UNDECLARED = "add_decision_option_link(infrastructure_decision, nowhere, 'Nothing')"


def session(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[[Path], None]:
    """A test of a study in a folder, run in an event loop of its own."""

    def run(tmp_path: Path) -> None:
        write_study(tmp_path, SMALL)
        (tmp_path / "sources" / "s_15.md").write_text(NOTE, "utf-8")
        asyncio.run(asyncio.wait_for(test(tmp_path), 120))

    run.__doc__ = test.__doc__
    return run


def has(code: str) -> Callable[[list[str]], bool]:
    return lambda found: any(one.startswith(code) for one in found)


def lacks(code: str) -> Callable[[list[str]], bool]:
    return lambda found: not has(code)(found)


async def is_gone(*processes: int) -> None:
    """Wait until some processes are no more."""
    for process in processes:
        with contextlib.suppress(OSError):
            while _is_running(process):
                await asyncio.sleep(0.05)


def _is_running(process: int) -> bool:
    try:
        return Path("/proc", str(process), "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
