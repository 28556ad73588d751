"""The studies of which files are open: which one a file belongs to, and what happens when files change."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from codeable.editor.server.checker import Editor, StudyChecker
from codeable.editor.study.editor_study import EditorStudy
from codeable.editor.study.study_folders import StudyFolders, is_note_alone
from codeable.editor.study.study_process import Loader
from codeable.editor.texts.documents import Document, Documents, key_of

_MOST_LOOKED_UP = 50
"""Of so many saved files the studies are found. More are saved by a program such as git: all are checked."""


class OpenStudies:
    """The studies of one client. Called in the event loop.

    Attributes:
        load_seconds: How long the modules of a study that is opened next may take.
    """

    def __init__(self, documents: Documents, editor: Editor) -> None:
        self.load_seconds = 30.0
        self._documents, self._editor = documents, editor
        self._folders = StudyFolders()
        self._checkers: dict[str, StudyChecker] = {}
        self._checks_alone = ThreadPoolExecutor(1, "codeable-check")  # of all notes without a study

    def all(self) -> list[StudyChecker]:
        """Their checkers."""
        return list(self._checkers.values())

    def of(self, path: str) -> StudyChecker | None:
        """The checker of the study that reads a file; one of its own for an open note without a study."""
        folder, alone = self._folders.of(path), key_of(path)
        if folder is None:
            if alone not in self._checkers:
                document = self._documents.get(path)
                if document is None or not is_note_alone(document):
                    return None
                self._begin(alone, None, path)
            return self._checkers[alone]
        if alone in self._checkers:  # meanwhile a study was begun above it
            self._forget(alone)
        if not self._folders.reads(path):
            return None
        key = key_of(str(folder))
        if key not in self._checkers:
            self._begin(key, folder, "")
        return self._checkers[key]

    def opened(self, path: str) -> None:
        """Check a document that was opened, which may be the first of a study."""
        self._folders.forget()
        self.changed(path, 0.0)

    def changed(self, path: str, delay: float) -> None:
        """Check after a change of a document, and some seconds without another one."""
        checker = self.of(path)
        if checker is not None:
            checker.want_check(delay)

    def saved(self, *paths: str) -> None:
        """Check after files were saved, made or deleted, by whomever; load where the model depends on one."""
        self._folders.forget()
        for document in self._documents.snapshot().values():
            self.of(document.path)  # it may be in another study now
        keys: set[str] = set(self._checkers)
        if len(paths) <= _MOST_LOOKED_UP:
            folders = {folder for folder in map(self._folders.of, paths) if folder is not None}
            keys = {*(key_of(str(folder)) for folder in folders), *map(key_of, paths)}
        for key in keys & self._checkers.keys():
            self._checkers[key].want_check()

    def closed(self, document: Document) -> None:
        """Check again with the text that is saved; forget a note that is in no study."""
        checker = self.of(document.path)
        self._documents.close(document.uri)
        if checker is None:
            return
        if checker.study.folder is None:
            self._forget(key_of(document.path))
        else:
            checker.want_check()

    def removed(self, folders: list[Path]) -> None:
        """Forget the studies in folders that the client has closed, unless a file of them is open."""
        self._folders.forget()
        paths = [document.path for document in self._documents.snapshot().values()]
        used = {key_of(str(folder)) for folder in map(self._folders.of, paths) if folder is not None}
        for key, checker in list(self._checkers.items()):
            folder = checker.study.folder
            if folder is not None and key not in used and any(map(folder.is_relative_to, folders)):
                self._forget(key)

    def check_again(self, load_seconds: float) -> None:
        """Check all after the options have changed; load what may be loaded now.

        Args:
            load_seconds: How long the modules of a study may take.
        """
        self.load_seconds = load_seconds
        for checker in self._checkers.values():
            checker.study.loader.seconds = load_seconds
            checker.want_check()

    def close(self) -> None:
        """End every check and every child process."""
        for checker in self._checkers.values():
            checker.close()
        self._checks_alone.shutdown(wait=False, cancel_futures=True)

    def _begin(self, key: str, folder: Path | None, alone: str) -> None:
        loader = Loader(self.load_seconds)
        study = EditorStudy(folder, loader, alone=alone, units=self._documents.units)
        self._checkers[key] = StudyChecker(study, self._editor, None if folder else self._checks_alone)

    def _forget(self, key: str) -> None:
        checker = self._checkers.pop(key)
        checker.close()
        self._editor.publish(checker, {})
