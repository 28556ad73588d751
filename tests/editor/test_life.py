"""The life of the language server: it survives what studies and editors do, and leaves nothing behind."""

import asyncio
import contextlib
import json
import os
import signal
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from tests.editor.session import editor, full_client, processes_below
from tests.studies import SMALL, write_study

pytestmark = pytest.mark.slow

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
WRITES_TO_EVERYTHING = """\
import contextlib, os
for fd in range(3, 20):
    with contextlib.suppress(OSError):
        os.write(fd, b"[(((((((")
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


@session
async def test_it_ends_with_0_after_a_shutdown_and_leaves_no_process(folder: Path) -> None:
    async with editor(folder) as one:
        await one.found(one.open(folder / "sources" / "s_15.md"), has("C5"))
        children = processes_below(one.process.pid)
        assert await one.end() == 0
        await is_gone(*children)


@session
async def test_it_ends_with_1_when_it_is_told_to_end_before_a_shutdown(folder: Path) -> None:
    async with editor(folder) as one:
        one.client.exit(None)
        assert await one.process.wait() == 1


@session
async def test_it_ends_when_the_editor_is_gone(folder: Path) -> None:
    async with editor(folder) as one:
        one.open(folder / "sources" / "s_15.md")
        assert one.process.stdin is not None
        one.process.stdin.close()
        assert await one.process.wait() == 1


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
async def test_files_that_others_change_are_seen_with_and_without_a_watch(folder: Path) -> None:
    note = folder / "sources" / "s_15.md"
    for tells in (True, False):
        async with editor(folder, capabilities=full_client() if tells else None) as one:
            uri = one.open(note)
            await one.found(uri, lacks("C301"))
            if tells:
                await one.until(lambda: types.WORKSPACE_DID_CHANGE_WATCHED_FILES in one.registered)
            module = folder / "models" / "infrastructure.py"
            before = module.read_text()
            module.write_text(before.replace("k8s", "kubernetes"))
            others = [
                folder / "models" / "forces.py",
                folder / "sources" / "s14.py",
                folder / "sources" / "s6.py",
            ]
            texts = [(each, each.read_text()) for each in others]
            for each, text in texts:
                each.write_text(text.replace("k8s", "kubernetes"))
            version = None
            if tells:
                changed = [types.FileEvent(module.as_uri(), types.FileChangeType.Changed)]
                one.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(changed))
            else:
                version = one.write(uri, f"{NOTE}\n")
            await one.found(uri, has("C301"), version)
            for each, text in [*texts, (module, before)]:
                each.write_text(text)
            assert await one.end() == 0


@session
async def test_several_studies_and_other_files_are_kept_apart(folder: Path) -> None:
    second = write_study(folder / "other" / "Größe 100% study", SMALL)
    (second / "sources" / "s_15.md").write_text(NOTE.replace("k8s", "nowhere"))
    (folder / "README.md").write_text("# s\n3\n# coding\n")
    (folder / "tool.py").write_text("nothing_at_all\n")
    async with editor(folder, second) as one:
        readme, tool = one.open(folder / "README.md"), one.open(folder / "tool.py")
        first = one.open(folder / "sources" / "s_15.md")
        other = one.open(second / "sources" / "s_15.md")
        assert lacks("C301")(await one.found(first, has("C501")))
        assert has("C301")(await one.found(other, has("C301")))
        note = one.open(folder, NOTE.replace("k8s", "nowhere"), "untitled:Untitled-1", "markdown")
        assert has("C301")(await one.found(note, has("C301")))
        text = one.open(folder, "Just a text about s3.\n", "untitled:Untitled-2", "markdown")
        hover = types.HoverParams(types.TextDocumentIdentifier(readme), types.Position(0, 1))
        assert await one.client.text_document_hover_async(hover) is None
        one.close(note)
        await one.found(note, lambda found: not found)
        assert [each for each in (readme, tool, text) if one.sent(each)] == []
        one.client.workspace_did_change_workspace_folders(
            types.DidChangeWorkspaceFoldersParams(
                types.WorkspaceFoldersChangeEvent([], [types.WorkspaceFolder(second.as_uri(), "other")])
            )
        )
        one.close(other)
        assert await one.end() == 0


@session
async def test_a_study_that_vanishes_takes_its_findings_with_it(folder: Path) -> None:
    import shutil

    study = write_study(folder / "inner", SMALL)
    (study / "pyproject.toml").write_text("[tool.codeable]\nmodels = ['models']\n")
    note = study / "sources" / "s_15.md"
    note.write_text(NOTE.replace("k8s", "nowhere"))
    async with editor(study) as one:
        uri = one.open(study / "models" / "infrastructure.py")
        await one.found(note.as_uri(), has("C301"))
        shutil.rmtree(study)
        one.write(uri, "x = 1\n")
        await one.found(note.as_uri(), lambda found: not found)
        shown = list(one.shown)
        one.write(uri, "x = 2\n")
        one.close(uri)
        assert (shown, await one.end()) == ([], 0)


@session
async def test_settings_may_be_wrong_for_a_while(folder: Path) -> None:
    settings = folder / "pyproject.toml"
    settings.write_text("[tool.codeable.check]\nignore = ['C5']\n")
    async with editor(folder) as one:
        note, uri = one.open(folder / "sources" / "s_15.md"), one.open(settings)
        found = await one.found(note, has("C202"))
        assert lacks("C5")(found)
        for wrong in (
            "[tool.codeable.check\n",
            "[tool.codeable]\nmodles = ['x']\n",
            "[tool.codeable]\nmodels = ['x']\n",
        ):
            one.write(uri, wrong)
            one.save(uri, settings)
            await one.found(uri, has("load"))
            version = one.write(note, f"{NOTE}\n{wrong}")
            assert has("C202")(await one.found(note, version=version))
        one.write(uri, "[tool.codeable]\n")
        one.save(uri, settings)
        await one.found(note, has("C5"))
        assert await one.found(uri, lacks("load")) is not None
        assert (one.shown, await one.end()) == ([], 0)


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


@session
async def test_a_client_that_only_asks_for_diagnostics_gets_them(folder: Path) -> None:
    asks = types.ClientCapabilities(
        text_document=types.TextDocumentClientCapabilities(diagnostic=types.DiagnosticClientCapabilities())
    )
    async with editor(folder, capabilities=asks) as one:
        uri = one.open(folder / "sources" / "s_15.md")
        asked = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri))
        report = await one.client.text_document_diagnostic_async(asked)
        assert any(each.code == "C501" for each in report.items)  # type: ignore[union-attr]
        one.write(uri, NOTE.replace("k8s", "nowhere"))
        report = await one.client.text_document_diagnostic_async(asked)
        assert any(each.code == "C301" for each in report.items)  # type: ignore[union-attr]
        every = await one.client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams([]))
        assert uri in [each.uri for each in every.items]
        assert (one.sent(uri), await one.end()) == ([], 0)


@session
async def test_many_changes_and_cancelled_requests_are_survived(folder: Path) -> None:
    async with editor(folder) as one:
        uri = one.open(folder / "sources" / "s_15.md")
        for number in range(300):
            version = one.write(uri, NOTE.replace("k8s", f"nowhere_{number}"))
            if number % 10 == 0:
                params = types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(11, 20))
                one.client.protocol.send_request(types.TEXT_DOCUMENT_HOVER, params, msg_id=f"h{number}")
                one.client.cancel_request(types.CancelParams(f"h{number}"))
                one.client.cancel_request(types.CancelParams("no such request"))
        assert any("nowhere_299" in each for each in await one.found(uri, has("C301"), version))
        assert (one.shown, await one.end()) == ([], 0)


@session
async def test_nonsense_of_a_client_is_survived(folder: Path) -> None:
    async with editor(folder) as one:
        stream = one.process.stdin
        assert stream is not None
        for body in (
            b"{",
            b"[]",
            b"null",
            b'{"jsonrpc": "2.0", "method": 7}',
            b'{"jsonrpc": "1.0"}',
            b"\xff",
        ):
            stream.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        one.client.protocol.notify("codeable/nothing", {})
        missing = (folder / "sources" / "s_99.md").as_uri()
        one.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(2, missing),
                [types.TextDocumentContentChangeWholeDocument("x")],
            )
        )
        one.close(missing)
        for address in ("file:///%00", "file:", "http://[", "untitled:", "", "file://host/share/s_1.md"):
            one.close(one.open(folder, NOTE, address, "markdown"))
        uri = one.open(folder / "sources" / "s_15.md", NOTE.replace("a passage", "a \ud800 passage"))
        await one.found(uri, has("C202"))
        far = types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(10**6, 10**6))
        assert await one.client.text_document_hover_async(far) is None
        assert await one.end() == 0


@session
async def test_two_editors_may_have_one_study_open(folder: Path) -> None:
    async with editor(folder) as one, editor(folder) as other:
        uri = one.open(folder / "sources" / "s_15.md")
        other.open(folder / "sources" / "s_15.md", NOTE.replace("k8s", "nowhere"))
        assert lacks("C301")(await one.found(uri, has("C501")))
        assert has("C301")(await other.found(uri, has("C301")))
        assert [await one.end(), await other.end()] == [0, 0]


@session
async def test_a_bare_environment_and_a_read_only_study_suffice(folder: Path) -> None:
    study = write_study(folder / "Größe 100%", SMALL)
    note = study / "sources" / "s_15.md"
    note.write_text(NOTE.replace("k8s", "nowhere"))
    for path in (study, *study.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    bare = {"PATH": os.environ["PATH"], "LC_ALL": "C"}
    async with editor(study, environment=bare) as one:
        assert has("C301")(await one.found(one.open(note), has("C501")))
        assert (one.shown, await one.end()) == ([], 0)
    assert not list(study.rglob("__pycache__"))
    for path in (study, *study.rglob("*")):
        path.chmod(0o755)


@session
async def test_a_killed_editor_whose_pipe_is_held_open_takes_its_server_with_it(folder: Path) -> None:
    child = await asyncio.create_subprocess_exec("sleep", "1000")
    async with editor(folder, process_id=child.pid) as one:
        await one.found(one.open(folder / "sources" / "s_15.md"))
        await asyncio.sleep(3)
        child.send_signal(signal.SIGKILL)
        await child.wait()
        assert await asyncio.wait_for(one.process.wait(), 30) == 1


@pytest.mark.parametrize(("units", "column"), [("utf-16", 2), ("utf-8", 4), ("utf-32", 1), (None, 2)])
def test_columns_are_counted_as_the_client_wishes(units: str | None, column: int, tmp_path: Path) -> None:
    async def test() -> None:
        code = "```python\n'🙂'; nowhere = CClass(practice, 'Nowhere')\n"
        text = NOTE.replace("```python\n", code)
        wishes = [types.PositionEncodingKind(units)] if units is not None else None
        able = types.ClientCapabilities(general=types.GeneralClientCapabilities(position_encodings=wishes))
        async with editor(tmp_path, capabilities=able) as one:
            uri = one.open(tmp_path / "sources" / "s_15.md", text)
            await one.found(uri)
            place = types.DefinitionParams(types.TextDocumentIdentifier(uri), types.Position(11, column + 5))
            (found,) = await one.client.text_document_definition_async(place)  # type: ignore[misc]
            assert found.range.start.character == column + 4  # type: ignore[union-attr]

    write_study(tmp_path, SMALL)
    asyncio.run(asyncio.wait_for(test(), 60))


@session
async def test_a_request_that_is_wrong_is_refused_and_the_next_is_answered(folder: Path) -> None:
    async with editor(folder) as one:
        uri = one.open(folder / "sources" / "s_15.md")
        for method, params in (
            (types.TEXT_DOCUMENT_HOVER, {"textDocument": {"uri": uri}, "position": {"line": "x"}}),
            (types.TEXT_DOCUMENT_HOVER, []),
            ("textDocument/nothing", {}),
            (types.WORKSPACE_EXECUTE_COMMAND, {"command": "codeable.nothing"}),
        ):
            body = json.dumps({"jsonrpc": "2.0", "id": 77, "method": method, "params": params})
            sent: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
            one.client.protocol._request_futures[77] = sent  # type: ignore[assignment]
            assert one.process.stdin is not None
            one.process.stdin.write(f"Content-Length: {len(body)}\r\n\r\n{body}".encode())
            with pytest.raises(JsonRpcException):
                await asyncio.wait_for(sent, 20)
        place = types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(11, 19))
        assert await one.client.text_document_hover_async(place) is not None
        assert (one.shown, await one.end()) == ([], 0)


@session
async def test_a_file_that_is_not_open_is_answered_about_as_it_is_saved(folder: Path) -> None:
    async with editor(folder) as one:
        note = types.TextDocumentIdentifier((folder / "sources" / "s_15.md").as_uri())
        place = types.ReferenceParams(types.ReferenceContext(False), note, types.Position(11, 19))
        found = await one.client.text_document_references_async(place)
        assert found is not None
        assert {Path(each.uri).name for each in found} >= {"s_15.md", "s14.py", "s6.py"}
        readme = types.TextDocumentIdentifier((folder / "README.md").as_uri())
        other = types.HoverParams(readme, types.Position(0, 0))
        assert await one.client.text_document_hover_async(other) is None
        await one.found(note.uri, has("C501"))
        assert await one.end() == 0
