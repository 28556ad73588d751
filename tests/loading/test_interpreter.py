"""Modules of a study may do what they like to Python: commands of codeable still answer."""

import os
import subprocess
import sys
import threading
from pathlib import Path
from types import ModuleType

import pytest

from codeable.loading import load_folder
from tests.studies import write_study

NATIVE = "from codeable.dsl import *\nbus = CClass(practice, 'Bus')\n"
OLD = NATIVE.replace(
    "from codeable.dsl import *",
    "from codeable_models import CClass\nfrom metamodels.guidance_metamodel import practice",
)
DEEDS = {
    "builtins": "import builtins as b\nb.isinstance = lambda a, b: False\nb.open = b.print = None",
    "finders": "import sys\nsys.meta_path.clear()\nsys.path.clear()",
    "no finders": "import sys\nsys.meta_path = sys.path = sys.argv = None",
    "recursion": "import sys\nsys.setrecursionlimit(70)",
    "closed": "import sys\nsys.stdout.close()",
    "both closed": "import sys\nsys.stdout.close()\nsys.stderr.close()\nsys.stdout = sys.stderr = None",
    "wrapped": "import io, sys\nsys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding='utf-8')",
    "detached": "import io, sys\nsys.stdout = io.TextIOWrapper(sys.stdout.detach(), encoding='utf-8')",
    "module without attributes": "def __getattr__(name):\n    raise RuntimeError(name)",
    "no module": "import sys\nsys.modules['other'] = object()\nsys.modules['none'] = None",
    "value without a class": "class E:\n    __class__ = property(lambda self: 1 / 0)\ne = [E()]\nf = E()",
}

SOME_ONLY_IN_CI = [
    deed if deed == "no finders" else pytest.param(deed, marks=pytest.mark.slow) for deed in DEEDS
]
"""For the commands that take longer than to list a study."""


def codeable(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "codeable", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.sampled(4)
@pytest.mark.parametrize("deed", DEEDS)
def test_a_study_is_listed_whatever_its_modules_do(tmp_path: Path, deed: str) -> None:
    write_study(tmp_path, {"models/a.py": NATIVE + DEEDS[deed]})
    done = codeable("list", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "bus  practice  " in done.stdout


@pytest.mark.parametrize("deed", SOME_ONLY_IN_CI)
def test_an_old_study_is_converted_whatever_its_modules_do(tmp_path: Path, deed: str) -> None:
    write_study(tmp_path, {"old/a.py": OLD + DEEDS[deed]})
    done = codeable("convert", "old", "--out", "new", folder=tmp_path)
    assert done.returncode == 0
    assert done.stderr.startswith("Next: codeable list -C new ")
    assert "the new study says the same as the old one" in done.stdout


@pytest.mark.parametrize("deed", SOME_ONLY_IN_CI)
def test_an_old_script_runs_whatever_it_does(tmp_path: Path, deed: str) -> None:
    write_study(tmp_path, {"a.py": "print('begun', flush=True)\n" + OLD + DEEDS[deed]})
    done = codeable("compat", "run", "a.py", folder=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "begun\n", "")


def test_a_module_that_ends_the_process_is_named_and_left_out(tmp_path: Path) -> None:
    ends = OLD.replace("Bus", "Queue") + "import os\nos._exit(0)\n"
    write_study(tmp_path, {"old/a.py": OLD, "old/b.py": ends})
    done = codeable("convert", "old", "--out", "new", folder=tmp_path)
    assert done.returncode == 1
    assert f"{Path('old/b.py')}:5: it ends the program (status 0)" in done.stderr
    assert [path.name for path in (tmp_path / "new" / "models").iterdir()] == ["a.py"]


def test_an_old_script_ends_the_process_as_with_python(tmp_path: Path) -> None:
    write_study(tmp_path, {"a.py": OLD + "import os\nos._exit(3)\n"})
    assert codeable("compat", "run", "a.py", folder=tmp_path).returncode == 3


def test_threads_that_load_at_the_same_time_leave_python_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = ModuleType("events")
    events.first, events.second, events.over = (threading.Event() for _ in range(3))
    monkeypatch.setitem(sys.modules, "events", events)
    write_study(tmp_path / "one", {"models/a.py": "from events import *\nfirst.set()\nsecond.wait(20)\n"})
    write_study(tmp_path / "two", {"models/a.py": "from events import *\nsecond.set()\nover.wait(20)\n"})
    end_process = os._exit
    one, two = (threading.Thread(target=load_folder, args=[tmp_path / name]) for name in ("one", "two"))
    one.start()
    events.first.wait(20)
    two.start()
    one.join(20)
    events.over.set()
    two.join(20)
    assert os._exit is end_process
