"""A study with two coders, sub-codes, a renamed and a dropped code, and passages without codes."""

from collections.abc import Mapping

CODED: Mapping[str, str] = {
    "pyproject.toml": '[tool.codeable.renames]\nbus = "event_bus"\n',
    "models/communication.py": """
        from codeable.dsl import *

        how_to_talk = CClass(decision, "How do services talk?")
        event_bus = CClass(pattern, "Event Bus")
        log_bus = CClass(pattern, "Log-based Bus", superclasses=event_bus)
        cost = CClass(force, "Cost")
        add_decision_option_link(how_to_talk, event_bus, "Publish events")
        """,
    "sources/all.py": """
        from codeable.dsl import *
        from models.communication import *

        s2 = CClass(source, "s2", values={"title": "Buses & <b>cafés</b>"})
        s10 = CClass(source, "s10", values={"title": "Logs"})
        s11 = CClass(source, "s11", values={"title": "No note"})
        add_links({s2: [event_bus, cost, how_to_talk], s10: [log_bus, cost]}, role_name="contained_code")
        """,
    "sources/anna/s_2.md": """
        # s 2
        # coding

        > The café's bus has high Costs & <script>alert(1)</script>.

        **AXIAL CODING TRACE:**
        ``` python
        add_links({s2: [bus, cost]}, role_name="contained_code")
        ```

        > A passage that nobody has coded; it is cheap.
        """,
    "sources/ben/s_2.md": """
        # s 2
        # coding

        > The café's bus has high Costs & <script>alert(1)</script>.

        **AXIAL CODING TRACE:**
        ``` python
        add_links({s2: [event_bus, gossip]}, role_name="contained_code")
        ```
        """,
    "sources/anna/s_10.md": """
        # s 10
        # coding

        > The log is durable,
        > and its costs are low.

        **AXIAL CODING TRACE:**
        ``` python
        add_links({s10: [log_bus, cost]}, role_name="contained_code")
        ```
        """,
}
