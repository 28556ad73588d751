"""Small studies for the tests of renames and merges."""

from collections.abc import Mapping
from pathlib import Path

from codeable.loading import load_folder
from codeable.names.renaming.changes import planned_changes
from codeable.names.renaming.named_study import NamedStudy, named_study
from codeable.names.renaming.plan import RenamePlan
from codeable.notes.build import apply
from codeable.notes.note_places import notes_so_far

HEAD = "from codeable.dsl import *\n"
MODEL = f"""{HEAD}
how = CClass(decision, "How?")
bus = CClass(pattern, "Bus")  # the bus
queue = CClass(practice, "bus")
speed = CClass(force, "Speed")
add_decision_option_link(how, bus, "Use the bus")
add_decision_option_link(how, queue, "Use a queue")
add_force_relations({{bus: {{speed: positive}}}})
"""
SOURCE = f"""{HEAD}from models.a import bus, how

s1 = CClass(source, "s1", values={{"title": "bus"}})
add_links({{s1: [how, bus]}}, role_name="contained_code")
"""
NOTE = """# s 1
## title
bus

# coding

> The bus is fast. bus: a_bus

**OPEN CODING TRACE:**

Familiar options: bus, queue
Definition of bus: what the bus is

**MEMO:** Is bus a queue?

**AXIAL CODING TRACE:**

add codes to s1:
```python
'''
bus
how
'''
bus = CClass(pattern, "Bus")  # bus
add_decision_option_link(how, bus, "Use the bus")
add_force_relations({bus: {speed: positive}})
```
"""
SETTINGS = """[tool.codeable]
order = ["s1"]

[tool.codeable.renames]
omnibus = "bus"

[tool.codeable.figures.one]
elements = ["bus", "how"]
"""
STUDY = {
    "models/a.py": MODEL,
    "sources/s1.py": SOURCE,
    "sources/s_1.md": NOTE,
    "pyproject.toml": SETTINGS,
}


def written(folder: Path, files: Mapping[str, str | bytes]) -> NamedStudy:
    """A study of these files."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return study_in(folder)


def study_in(folder: Path) -> NamedStudy:
    """The study in a folder, as it is now."""
    registry = load_folder(folder)
    return named_study(registry, tuple(notes_so_far(folder, registry.settings)), folder)


def files_in(folder: Path) -> dict[str, bytes]:
    """All files of a study."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def carried_out(plan: RenamePlan, study: NamedStudy) -> dict[str, str]:
    """Write the files of a plan, and give those that changed."""
    changes = apply(planned_changes(plan, study), study.folder)
    return {change.path: change.text for change in changes}
