"""The language server runs the modules of a study in a process of their own, and survives what they do."""

import asyncio
from pathlib import Path

import pytest
from lsprotocol import types

from tests.editor.session import editor, full_client, processes_below
from tests.editor.small_session import has, is_gone, lacks, session
from tests.studies import SMALL, write_study

pytestmark = pytest.mark.slow

WRITES_TO_EVERYTHING = """\
import contextlib, os
for fd in range(3, 20):
    with contextlib.suppress(OSError):
        os.write(fd, b"[(((((((")
"""


@session
async def test_a_module_that_never_ends_is_ended_with_the_server(folder: Path) -> None:
    (folder / "models" / "z.py").write_text("from codeable.dsl import *\nwhile True: pass\n")
    async with editor(folder, capabilities=full_client()) as one:
        uri = one.open(folder / "sources" / "s_15.md")
        await one.until(lambda: ("loading", "") in one.statuses)
        assert any("C202" in each for each in await one.found(uri))  # it does not wait for the model
        children = processes_below(one.process.pid)
        assert children
        one.process.kill()
        await is_gone(one.process.pid, *children)
    async with editor(folder, capabilities=full_client()) as one:
        one.open(folder / "sources" / "s_15.md")
        await one.until(lambda: ("loading", "") in one.statuses)
        await asyncio.sleep(0.5)
        children = processes_below(one.process.pid)
        assert await one.end() == 0
        await is_gone(*children)


@session
async def test_a_module_that_takes_too_long_is_ended_and_the_notes_are_checked(folder: Path) -> None:
    module = folder / "models" / "z.py"
    module.write_text("from codeable.dsl import *\nwhile True: pass\n")
    async with editor(folder, capabilities=full_client(), options={"loadSeconds": 4}) as one:
        one.settings = {"loadSeconds": 4}
        note, text = one.open(folder / "sources" / "s_15.md"), module.as_uri()
        await one.found(text, has("load"))
        (found,) = one.diagnostics(text)
        assert found.message == "the modules of the study took longer than 4 s and were stopped"
        assert found.range.start.line == 1  # that of the loop
        await one.found(note, has("C202"))
        one.open(module)
        one.write(text, "from codeable.dsl import *\n")
        one.save(text, module)
        await one.found(text, lacks("load"))
        await one.found(note, has("C501"))
        assert await one.end() == 0


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("import os; os._exit(3)", "the module ends the program (SystemExit: 3)"),
        ("import sys; sys.exit(0)", "ends the program"),
        ("import os; os.kill(os.getpid(), 9)", "a module of the study ends the process that loads it"),
        (WRITES_TO_EVERYTHING, "writes to a file that it has not opened"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("nothing_at_all", "nothing_at_all"),
        ("def f(): return f()\nf()", "RecursionError"),
        ("(", "'(' was never closed"),
    ],
)
def test_a_study_that_does_not_load_is_told_at_its_line_and_loads_when_it_is_right(
    line: str, said: str, tmp_path: Path
) -> None:
    async def test() -> None:
        module = tmp_path / "models" / "z.py"
        module.write_text(f"from codeable.dsl import *\n{line}\n")
        async with editor(tmp_path) as one:
            uri = one.open(module)
            has_line = not any(each in line for each in ("os.kill", "os.write", "KeyboardInterrupt"))
            where = uri if has_line else (tmp_path / "pyproject.toml").as_uri()
            found = await one.found(where, lambda all_found: any(said in each for each in all_found))
            assert not [each for each in found if str(module) in each]
            if line == "nothing_at_all":
                assert [(x.range.start.line, x.code) for x in one.diagnostics(uri)] == [(1, "unknown-name")]
            one.write(uri, "from codeable.dsl import *\nqueue = CClass(practice, 'Queue')\n")
            one.save(uri, module)
            await one.found(where, lambda all_found: not any(said in each for each in all_found))
            await one.found(uri, has("C4"))
            assert one.shown == []
            assert await one.end() == 0

    write_study(tmp_path, SMALL)
    asyncio.run(asyncio.wait_for(test(), 120))


@session
async def test_what_modules_print_read_and_start_disturbs_nothing(folder: Path) -> None:
    started = folder / "started"
    (folder / "models" / "z.py").write_text(
        "from codeable.dsl import *\nimport os, sys, threading, time\n"
        "print('Content-Length: 5'); os.write(1, b'Content-Length: 7\\r\\n\\r\\n'); sys.stdout.flush()\n"
        "assert sys.stdin.read() == ''\n"
        "threading.Thread(target=time.sleep, args=(1000,)).start()\n"
        f"if os.fork() == 0:\n    open({str(started)!r}, 'w').write(str(os.getpid()))\n    time.sleep(1000)\n"
        f"while not os.path.exists({str(started)!r}): time.sleep(0.01)\n"
    )
    async with editor(folder, capabilities=full_client()) as one:
        await one.found(one.open(folder / "sources" / "s_15.md"), has("C501"))
        await one.until(lambda: one.statuses[-1:] == [("loaded", "")])
        await is_gone(int(started.read_text()))
        assert await one.end() == 0


@session
async def test_an_edited_module_is_read_and_not_run(folder: Path) -> None:
    ran = folder / "ran"
    module = folder / "models" / "infrastructure.py"
    before = module.read_text()
    async with editor(folder, capabilities=full_client()) as one:
        uri = one.open(module)
        await one.until(lambda: one.statuses[-1:] == [("loaded", "")])
        version = one.write(uri, f"{before}\nopen({str(ran)!r}, 'w')\nlink = versionin\n")
        found = await one.found(uri, has("unknown-name"), version)
        assert [each for each in found if "unknown" in each] == [
            "unknown-name 'versionin' is bound nowhere; did you mean 'versioning'?"
        ]
        version = one.write(uri, f"{before}\nlink = (\n")
        assert await one.found(uri, has("syntax"), version)
        version = one.write(uri, f"# a line above\n\n{before}")
        await one.found(uri, lacks("syntax"), version)
        assert not ran.exists()
        loads = one.statuses.count(("loading", ""))
        one.write(uri, f"{before}\nopen({str(ran)!r}, 'w')\n")
        one.save(uri, module)
        await one.until(lambda: one.statuses.count(("loading", "")) > loads)
        await one.until(lambda: one.statuses[-1:] == [("loaded", "")])
        assert ran.exists()
        assert await one.end() == 0


@session
async def test_options_are_asked_for_and_a_study_is_loaded_when_it_may_or_is_asked_to(folder: Path) -> None:
    ran = folder / "ran"
    (folder / "models" / "z.py").write_text(
        f"from codeable.dsl import *\nopen({str(ran)!r}, 'a').write('x')\n"
    )
    async with editor(folder, capabilities=full_client()) as one:
        one.settings = {"loadModules": "never", "checkDelay": "soon"}
        uri = one.open(folder / "sources" / "s_15.md")
        await one.until(lambda: one.statuses[-1:] == [("notLoaded", "")])
        assert lacks("C301")(await one.found(uri, has("C202")))  # the module has k8s, as its text says
        await one.until(lambda: bool(one.shown))
        assert one.shown == ["codeable.checkDelay is 'soon'; expected a number from 0 to 60000"]
        assert not ran.exists()
        await one.client.workspace_execute_command_async(
            types.ExecuteCommandParams("codeable.loadStudy", [uri])
        )
        await one.until(lambda: one.statuses[-1:] == [("loaded", "")])
        await one.found(uri, has("C501"))
        await one.until(lambda: len(one.progress) == 2)
        assert (ran.read_text(), one.progress) == ("x", [f"Loading {folder.name}", ""])
        one.settings = {"loadModules": "onSave"}
        one.client.workspace_did_change_configuration(types.DidChangeConfigurationParams({}))
        (folder / "models" / "z.py").write_text(f"open({str(ran)!r}, 'a').write('y')\n")
        changed = [types.FileEvent((folder / "models" / "z.py").as_uri(), types.FileChangeType.Changed)]
        one.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(changed))
        await one.until(lambda: len(one.progress) == 4)
        assert (ran.read_text(), await one.end()) == ("xy", 0)
