"""A small study whose texts are completed in tests, at a place that is written as ¦."""

from collections.abc import Mapping
from pathlib import Path

from lsprotocol import types

from codeable.editor.completion import completion_at
from codeable.editor.completion.matching import ClientItems
from codeable.editor.study.editor_study import EditorStudy
from codeable.editor.study.study_process import Loader
from codeable.editor.study.study_view import Cursor
from codeable.editor.texts.documents import Document, key_of
from tests.studies import write_study

STUDY: Mapping[str, str] = {
    "models/hosting.py": """
        from codeable.dsl import *

        hosting_decision = CClass(decision, "Where are products hosted?")
        event_bus = CClass(pattern, "Event Bus")
        k8s = CClass(practice, "Kubernetes")
        cost = CClass(force, "Cost")
        """,
    "models/later.py": """
        from codeable.dsl import *
        from models.hosting import event_bus

        next_decision_of_all = CClass(decision, "What next?")
        """,
    "notes/s_.md": """
        # s
        ## url
        ## title
        ## quality (high, low)
        ## source type
        ## author type
        ## example (yes, no)

        # coding
        """,
    "notes/s_1.md": """
        # s 1
        ## title
        One
        ## quality
        high
        ## source type
        Blog Post
        # coding
        > One.

        **AXIAL CODING TRACE:**
        ``` python
        event_bus
        lag = CClass(force, "Time Lag")
        ```
        """,
    "notes/s_2.md": """
        # s 2
        ## title
        Two
        ## quality
        high
        # coding
        > Two.

        **AXIAL CODING TRACE:**
        ``` python
        event_bus
        k8s
        ```
        """,
    "pyproject.toml": """
        [tool.codeable]
        notes = ["notes"]
        """,
}

CLIENT = ClientItems(snippets=True, replaces=False, label_details=True, commits=True)


class Completing:
    """Completes texts of a study.

    Args:
        folder: The folder of the study.
        files: Its files.
    """

    def __init__(self, folder: Path, files: Mapping[str, str] = STUDY) -> None:
        self.folder = write_study(folder, files)
        self.study = EditorStudy(folder, Loader())

    def at(
        self, text: str, file: str = "notes/s_45.md", client: ClientItems = CLIENT, typed: str | None = None
    ) -> types.CompletionList | None:
        """The list at the place."""
        cursor = self.cursor(text, file)
        return completion_at(cursor, client, typed)

    def cursor(self, text: str, file: str = "notes/s_45.md") -> Cursor:
        """The place."""
        before, after = text.split("¦")
        path = str(self.folder / file)
        document = Document.of(path, before + after, 1)
        if not Path(path).exists():
            Path(path).write_text("", encoding="utf-8")
        return Cursor(self.study.view({key_of(path): document}), document, len(before))

    def items(
        self, text: str, file: str = "notes/s_45.md", client: ClientItems = CLIENT
    ) -> list[types.CompletionItem]:
        """The items at the place."""
        found = self.at(text, file, client)
        return list(found.items) if found is not None else []

    def labels(self, text: str, file: str = "notes/s_45.md") -> list[str]:
        """The labels at the place."""
        return [item.label for item in self.items(text, file)]

    def written(
        self, text: str, label: str, file: str = "notes/s_45.md", client: ClientItems = CLIENT
    ) -> str:
        """The text after an item was taken."""
        item = next(item for item in self.items(text, file, client=client) if item.label == label)
        document = Document.of("", text.replace("¦", ""))
        edits = [item.text_edit, *(item.additional_text_edits or ())]
        changes = []
        for edit in edits:
            assert isinstance(edit, types.TextEdit)
            changes.append(
                (document.offset(edit.range.start), document.offset(edit.range.end), edit.new_text)
            )
        whole = document.text
        for start, end, new in sorted(changes, reverse=True):
            whole = whole[:start] + new + whole[end:]
        return whole
