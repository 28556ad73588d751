"""Completion in JupyterLab, which inserts an item at a token of its own."""

import importlib
import tomllib
from pathlib import Path

from lsprotocol import types

from codeable.editor.completion.jupyterlab import for_jupyterlab
from codeable.editor.texts.documents import Document

NOTE = """\
# s 1
## type
grey

# coding
> Text ends here

**OPEN CODING TRACE:**
Familiar option: event_
New forces: cost

plain one
plain two

**AXIAL CODING TRACE:**
``` python
event_
```
"""


def items(text: str, before: str, names: tuple[str, ...]) -> list[tuple[str, str | None]]:
    """Label and inserted text of items, at the place behind a text, of a word that begins there."""
    offset = text.index(before) + len(before)
    document = Document.of("s_1.md", text)
    start = offset
    while start and (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    found = types.CompletionList(
        is_incomplete=False,
        items=[
            types.CompletionItem(name, text_edit=types.TextEdit(document.range(start, offset), name))
            for name in names
        ],
    )
    return [(each.label, each.insert_text) for each in for_jupyterlab(found, document, offset).items]


def test_an_item_is_the_rest_of_its_name() -> None:
    names = ("event_bus", "event_store", "event_", "storage", "Event_x")
    rest = [("event_bus", "bus"), ("event_store", "store")]
    assert items(NOTE, "Familiar option: event_", names) == rest
    assert items(NOTE, "## ty", ("type",)) == [("type", "pe")]
    assert items(NOTE, "gre", ("grey literature",)) == []  # a letter of its paragraph is behind the place
    assert items(NOTE, "grey", ("grey literature",)) == [("grey literature", " literature")]
    assert items(NOTE, "plain two", ("two_phases",)) == [("two_phases", "_phases")]


def test_there_are_none_where_jupyterlab_writes_them_somewhere_else() -> None:
    assert items(NOTE, "``` python\nevent_", ("event_bus",)) == []
    assert items(NOTE, "plain one", ("one_phase",)) == []
    assert items(f"🙂\n\n{NOTE}", "Familiar option: event_", ("event_bus",)) == []
    tildes = NOTE.replace("``` python", "~~~~ python").replace("```\n", "~~~~\nevent_\n")
    assert items(tildes, "~~~~ python\nevent_", ("event_bus",)) == []
    assert items(tildes, "event_\n~~~~\nevent_", ("event_bus",)) == [("event_bus", "bus")]


def test_the_server_knows_that_it_serves_jupyterlab() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    module, _, function = project["project"]["entry-points"]["jupyter_lsp_spec_v1"]["codeable"].partition(":")
    servers = getattr(importlib.import_module(module), function)(None)
    assert [each["argv"][1:] for each in servers.values()] == [
        ["-m", "codeable", "lsp", "--clientName", "JupyterLab"]
    ] * 2
    assert sorted([*servers, "pylsp", "pyright", "jedi-language-server"])[-1] == "python-codeable"
