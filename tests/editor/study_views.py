"""Studies as an editor has them, for tests of features: no server and no child process."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import codeable
from codeable.editor.study.editor_study import EditorStudy
from codeable.editor.study.study_process import LoadedModel, Loader, LoadProblem
from codeable.editor.study.study_view import Cursor, StudyView
from codeable.editor.texts.documents import Document, key_of
from codeable.kernel.place import Span
from codeable.names.modules import Module

__all__ = ["cursor_at", "cursors_at", "open_document", "text_at", "view_of"]


class LoaderInThisProcess(Loader):
    """Loads a study here, which is faster than in a child process."""

    def prepare(self, folder: Path) -> None:
        """Start no process."""

    def load(self, folder: Path) -> LoadedModel | LoadProblem:
        study = codeable.load(folder)
        return LoadedModel(study, {str(file): Module(str(file)) for file in study.files})


class LoaderThatFails(Loader):
    """A study of which a module does not run."""

    def load(self, folder: Path) -> LoadedModel | LoadProblem:
        return LoadProblem("a module does not run", Span(str(folder / "pyproject.toml"), 1, 1, 1, 1))


def view_of(
    folder: Path, documents: Mapping[str, Document] | None = None, *, loads: bool = True
) -> StudyView:
    """The view of the study in a folder."""
    study = EditorStudy(folder, LoaderInThisProcess() if loads else LoaderThatFails())
    study.load()
    return study.view(documents or {})


def open_document(folder: Path, file: str, text: str | None = None) -> dict[str, Document]:
    """An open document, with another text than the file or the same."""
    path = folder / file
    shown = path.read_text(encoding="utf-8") if text is None else text
    return {key_of(str(path)): Document.of(str(path), shown, 1)}


def cursor_at(view: StudyView, file: str, before: str, behind: str = "") -> Cursor:
    """The place between two texts, the first of which is there once."""
    return next(cursors_at(view, file, before, behind))


def cursors_at(view: StudyView, file: str, before: str, behind: str = "") -> Iterator[Cursor]:
    """Each place between two texts."""
    assert view.folder is not None
    document = view.document(str(view.folder / file))
    start = document.text.find(before + behind)
    assert start >= 0, (before, behind)
    while start >= 0:
        yield Cursor(view, document, start + len(before))
        start = document.text.find(before + behind, start + 1)


def text_at(view: StudyView, path: str, where: object) -> str:
    """The text in a range of the protocol."""
    document = view.document(path)
    start, end = (document.offset(getattr(where, name)) for name in ("start", "end"))
    return document.text[start:end]
