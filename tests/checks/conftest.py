"""A small study with a field note, for the tests to change."""

from pathlib import Path

import pytest

MODEL = """\
from codeable.dsl import *

storage_decision = CClass(decision, "Where do data products keep their data?")
object_store = CClass(practice, "Object Store")
database = CClass(practice, "Database")
add_decision_option_link(storage_decision, object_store, "Keep files")
add_decision_option_link(storage_decision, database, "Keep rows")
"""
SOURCE = """\
from codeable.dsl import *
from models.storage import *

s7 = CClass(source, "s7", values={
    "title": "Storage for data products",
    "url": "https://example.org/7",
    "author type": "Practitioner",
    "type": "Blog Post"})
add_links({s7: [storage_decision, object_store, database]}, role_name="contained_code")
"""
NOTE = """\
# s
7
## url
https://example.org/7
## title
Storage for data products
## source type
Blog Post
## author type
Practitioner

**AXIAL CODING TRACE**: source and references
``` python
s7 = CClass(source, "s7", values={
    "title": "Storage for data products",
    "url": "https://example.org/7",
    "author type": "Practitioner",
    "type": "Blog Post"})
```

# coding

> Data products keep their data somewhere.

**AXIAL CODING TRACE:**

``` python
object_store
database
add_decision_option_link(storage_decision, object_store, "Keep files")
add_decision_option_link(storage_decision, database, "Keep rows")
```
"""


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A study in which there is nothing to find, as the current folder."""
    for name, text in (("models/storage.py", MODEL), ("sources/s7.py", SOURCE), ("sources/s_7.md", NOTE)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8", newline="\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path
