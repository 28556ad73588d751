"""When a study is loaded and checked, without a server and a child process."""

import asyncio
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from attrs import define, field

from codeable.editor.diagnostics.findings import Published
from codeable.editor.server import checker as checker_module
from codeable.editor.server.checker import LoadState, StudyChecker
from codeable.editor.study.editor_study import EditorStudy
from codeable.editor.study.study_process import LoadedModel, LoadProblem
from codeable.editor.study.study_view import StudyView
from codeable.editor.texts.documents import Document
from tests.editor.study_views import LoaderInThisProcess, open_document
from tests.studies import SMALL, write_study

NOTE = """\
# s
15
# coding
> Text.

**AXIAL CODING TRACE:**
```python
add_links({s15: [k8s]}, role_name="contained_code")
```
"""


class SlowLoader(LoaderInThisProcess):
    """Loads when it is told to go on, or stopped."""

    def __init__(self) -> None:
        super().__init__()
        self.begun = self.ended = 0
        self._go_on = threading.Event()

    def load(self, folder: Path) -> LoadedModel | LoadProblem:
        self.begun += 1
        self._go_on.wait(20)
        self._go_on.clear()
        self.ended += 1
        return super().load(folder)

    def stop(self) -> None:
        if self.begun > self.ended:
            self._go_on.set()

    def go_on(self) -> None:
        self._go_on.set()


async def until_begun(loader: SlowLoader, number: int) -> None:
    while loader.begun < number:
        await asyncio.sleep(0)


@define(eq=False)
class FakeEditor:
    """Remembers what a checker says."""

    documents: dict[str, Document] = field(factory=dict)
    loads: bool = True
    published: list[Published] = field(factory=list)
    states: list[LoadState] = field(factory=list)
    errors: list[str] = field(factory=list)
    news: asyncio.Event = field(factory=asyncio.Event)

    def documents_now(self) -> Mapping[str, Document]:
        return dict(self.documents)

    def may_load(self, view: StudyView) -> bool:
        return self.loads and view.folder is not None

    def publish(self, checker: StudyChecker, found: Published) -> None:
        self.published.append(found)
        self.news.set()

    def load_changed(self, checker: StudyChecker, state: LoadState) -> None:
        self.states.append(state)
        self.news.set()

    def failed(self, error: BaseException) -> None:
        self.errors.append(str(error))
        self.news.set()

    async def until(self, is_so: Callable[[], bool]) -> None:
        async with asyncio.timeout(20):
            while not is_so():
                self.news.clear()
                await self.news.wait()

    def codes(self, path: Path) -> list[object]:
        return [each.code for each in self.published[-1].get(str(path), ())]


@pytest.fixture
def study(tmp_path: Path) -> Path:
    write_study(tmp_path, SMALL)
    (tmp_path / "sources" / "s_15.md").write_text(NOTE, "utf-8")
    return tmp_path


def test_it_loads_first_and_again_where_a_module_was_saved_by_whomever(study: Path) -> None:
    async def test() -> None:
        editor = FakeEditor()
        checker = StudyChecker(EditorStudy(study, LoaderInThisProcess()), editor)
        checker.want_check()
        await editor.until(lambda: editor.states[-1:] == ["loaded"])
        assert [len(editor.published), editor.states] == [1, ["loading", "loaded"]]
        assert "C501" in editor.codes(study / "sources" / "s_15.md")
        checker.want_check()
        await checker.is_checked()
        assert editor.published[0] == editor.published[1]
        (study / "models" / "queue.py").write_text(
            "from codeable.dsl import *\nqueue = CClass(practice, 'Queue')\n"
        )
        checker.want_check()
        await editor.until(lambda: editor.states.count("loaded") == 3)
        assert "C407" in editor.codes(study / "models" / "queue.py")
        (study / "models" / "queue.py").write_text("nothing\n")
        checker.want_check()
        await editor.until(lambda: editor.states[-1:] == ["failed"])
        loads = editor.states.count("loading")
        checker.want_check()  # it is not loaded again as it is
        await checker.is_checked()
        assert (editor.states.count("loading"), len(editor.errors)) == (loads, 1)
        checker.close()

    asyncio.run(test())


def test_a_check_does_not_wait_for_a_load_but_for_the_first(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def test() -> None:
        editor, loader = FakeEditor(open_document(study, "sources/s_15.md")), SlowLoader()
        checker = StudyChecker(EditorStudy(study, loader), editor)
        checker.want_check()
        await editor.until(lambda: editor.states == ["loading"])
        assert editor.published == []
        loader.go_on()
        await editor.until(lambda: len(editor.published) == 1)
        checker.want_load()
        editor.documents |= open_document(study, "sources/s_15.md", NOTE.replace("k8s", "nowhere"))
        checker.want_check()
        await editor.until(lambda: len(editor.published) == 2)
        assert ("C301" in editor.codes(study / "sources" / "s_15.md"), loader.ended) == (True, 1)
        await until_begun(loader, 2)
        checker.want_load()  # that one is out of date now
        await until_begun(loader, 3)
        loader.go_on()
        await editor.until(lambda: editor.states[-1:] == ["loaded"])
        checker.close()
        monkeypatch.setattr(checker_module, "_FIRST_LOAD_SECONDS", 0.01)
        patient = StudyChecker(EditorStudy(study, loader), editor)
        patient.want_check()
        await editor.until(lambda: len(editor.published) == 4)
        assert "C301" in editor.codes(study / "sources" / "s_15.md")
        patient.close()
        loader.go_on()  # or its thread keeps the process of the tests

    asyncio.run(test())


def test_a_fault_of_a_rule_is_told_and_the_next_check_is_made(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def test() -> None:
        editor = FakeEditor(open_document(study, "sources/s_15.md"), loads=False)
        checker = StudyChecker(EditorStudy(study, LoaderInThisProcess()), editor)

        def fails(view: StudyView, proceed: Callable[[], None]) -> None:
            raise ZeroDivisionError("a fault")

        with monkeypatch.context() as patch:
            patch.setattr(checker_module, "checked", fails)
            checker.want_check()
            await checker.is_checked()
            assert (editor.errors, editor.published) == (["a fault"], [])
        checker.want_check()
        await editor.until(lambda: len(editor.published) == 1)
        assert editor.states == ["notLoaded"]
        checker.close()

    asyncio.run(test())


def test_a_change_ends_the_check_of_the_text_before(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def test() -> None:
        editor = FakeEditor(open_document(study, "sources/s_15.md"), loads=False)
        checker = StudyChecker(EditorStudy(study, LoaderInThisProcess()), editor)
        begun, ends = threading.Event(), []
        checked = checker_module.checked

        def waits(view: StudyView, proceed: Callable[[], None]) -> object:
            if not ends:
                begun.set()
                try:
                    while True:
                        proceed()
                except BaseException as error:
                    ends.append(type(error).__name__)
                    raise
            return checked(view, proceed)

        monkeypatch.setattr(checker_module, "checked", waits)
        checker.want_check()
        await asyncio.to_thread(begun.wait, 20)
        checker.want_check(0.001)
        await editor.until(lambda: len(editor.published) == 1)
        assert (ends, editor.errors) == (["CheckEndedError"], [])
        checker.close()

    asyncio.run(test())
