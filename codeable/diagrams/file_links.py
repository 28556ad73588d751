"""The address of the line of the study that declares an element, for the boxes of a figure.

Called by `build` where the options give the address of a file, such as that of a repository in the web.
"""

import os
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

from codeable.diagrams.urls import clickable
from codeable.kernel.place import place_of
from codeable.notes.files import StudyNotes
from codeable.registry import Registry


class FileLinks:
    """Makes the addresses of one study.

    Args:
        address: The address of a file, with `{path}` and perhaps `{line}` in it.
        registry: The study. Without a folder it has no files, and no addresses.

    Example:
        >>> from codeable.dsl import CClass, practice
        >>> FileLinks("https://example.org/{path}", Registry.of({})).of(CClass(practice, "Cloud"), "practice")
    """

    def __init__(self, address: str, registry: Registry) -> None:
        self._address = address
        self._registry = registry
        self._paths: dict[str, str | None] = {}

    def of(self, element: Any, kind: str) -> str | None:
        """The address of the note of a source, else of the line that declares an element.

        Args:
            element: The element.
            kind: The key of the kind of its node.

        Returns:
            None for an element that is declared outside the folder of the study, such as in a cell.
        """
        if kind == "source":
            declaration = self._registry.declaration_of(element)
            path = self._notes.get(declaration.short_name) if declaration is not None else None
            if path is not None:
                return self._filled(path, 1)
        place = place_of(element)
        return None if place is None else self._filled(place.path, place.line)

    @cached_property
    def _notes(self) -> dict[str, str]:
        """Identifier of a source → the file of its first note."""
        folder = self._registry.folder
        found: dict[str, str] = {}
        for note in StudyNotes(folder, self._registry.settings).all() if folder is not None else ():
            if note.identifier is not None:
                found.setdefault(note.identifier, note.path)
        return found

    def _filled(self, path: str, line: int) -> str | None:
        if path not in self._paths:
            self._paths[path] = self._in_study(path)
        relative = self._paths[path]
        if relative is None:
            return None
        return clickable(self._address.replace("{path}", relative).replace("{line}", str(line)))

    def _in_study(self, path: str) -> str | None:
        """The path below the folder of the study, percent-encoded; None outside it."""
        folder = self._registry.folder
        if folder is None:
            return None
        base = Path(os.path.realpath(folder))
        file = Path(os.path.realpath(folder / path))
        if not file.is_relative_to(base) or not file.is_file():
            return None
        return quote(os.fsencode(file.relative_to(base).as_posix()), safe="/")
