"""A study with what an exchange carries: coders, speakers, memos, sub-codes, links, a code of notes alone."""

from collections.abc import Mapping
from pathlib import Path

from codeable.coded.coded_study import CodedStudy
from codeable.loading import load_folder
from codeable.notes.files import notes_of_study
from tests.studies import write_study

EXCHANGED: Mapping[str, str] = {
    "pyproject.toml": """
        [project]
        name = "Data Mesh"
        [tool.codeable.renames]
        bus = "event_bus"
        """,
    "models/communication.py": """
        from codeable.dsl import *

        how_to_talk = CClass(decision, "How do services talk?", values={"recommendation": "Publish."})
        event_bus = CClass(pattern, "Event Bus", values={"description": "A bus.", "memo": "Or a broker?"})
        log_bus = CClass(pattern, "Log-based Bus", superclasses=event_bus)
        cost = CClass(force, "Cost & <effort>")
        add_decision_option_link(how_to_talk, event_bus, "Publish events", "One topic each")
        add_force_relations({event_bus: {cost: negative}})
        uses_log = add_stereotyped_link_with_how_tagged_value(event_bus, log_bus, can_use, "per topic")
        talk = CClass(category, "Talk")
        """,
    "sources/all.py": """
        from codeable.dsl import *
        from models.communication import *

        s2 = CClass(source, "s2", values={
            "title": "Cafés 🙂", "url": "https://example.org/a?b=1&c", "example": True, "type": "Blog"})
        s10 = CClass(source, "s10", values={"title": "Logs", "memo": "Read again."})
        p1 = CClass(source, "p1")
        add_links({s2: [event_bus, cost, how_to_talk], s10: [log_bus, uses_log], p1: cost},
                  role_name="contained_code")
        """,
    "sources/anna/s_2.md": """
        # s 2
        ## author
        Ann Lee
        # coding

        > The café's 🙂 bus has high costs & <b>risks</b>.

        **AXIAL CODING TRACE:**
        ``` python
        add_links({s2: [bus, cost]}, role_name="contained_code")
        ```

        **MEMO (a question):** Whose cost is it?

        > A passage that nobody has coded.
        """,
    "sources/ben/s_2.md": """
        # s 2
        # coding

        > The café's 🙂 bus has high costs & <b>risks</b>.

        **AXIAL CODING TRACE:**
        ``` python
        add_links({s2: [event_bus, gossip]}, role_name="contained_code")
        ```
        """,
    "sources/anna/s_10.md": """
        # s 10
        # coding

        > The log is durable,
        > and e\u0301 stays.

        **OPEN CODING TRACE:**
        New option: log_bus
        Definition: A bus that keeps its events.

        **AXIAL CODING TRACE:**
        ``` python
        add_links({s10: [log_bus, uses_log]}, role_name="contained_code")
        ```

        **MEMO (a question):** For how long?
        """,
    "sources/anna/p_1.md": """
        # p 1
        # coding

        > Expert B:
        > We had no choice.

        **AXIAL CODING TRACE:**
        ``` python
        add_links({p1: cost}, role_name="contained_code")
        ```
        """,
}
"""Two coders of s2; a code that only a note has (gossip); how_to_talk is in s2 without a passage."""


def coded(folder: Path, files: Mapping[str, str] = EXCHANGED) -> CodedStudy:
    """A study that is written into a folder and loaded."""
    return loaded(write_study(folder, files))


def loaded(folder: Path) -> CodedStudy:
    """The study in a folder."""
    study = load_folder(folder)
    return CodedStudy(study, notes_of_study(folder, study.settings))
