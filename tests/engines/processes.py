"""What tests of the engines ask about child processes."""

import time
from collections.abc import Callable

import psutil

__all__ = ["is_running", "wait_until"]


def is_running(process_id: int) -> bool:
    """Whether a process is there and has not ended."""
    try:
        return psutil.Process(process_id).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def wait_until(happened: Callable[[], object], seconds: float = 60.0) -> bool:
    """Whether something happens within some time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if happened():
            return True
        time.sleep(0.02)
    return False
