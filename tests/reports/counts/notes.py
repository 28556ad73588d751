"""A study with field notes, for the counts of passages: two coders, a source without a module."""

from collections.abc import Mapping

__all__ = ["NOTED"]

_TRACE = """
        > {quote}

        **AXIAL CODING TRACE:**

        ```python
        {codes}
        ```
        """


def _note(identifier: str, *traces: tuple[str, str]) -> str:
    body = "".join(
        _TRACE.format(quote=quote, codes="\n        ".join(codes.split())) for quote, codes in traces
    )
    return f"\n        # {identifier}\n        # coding\n{body}"


NOTED: Mapping[str, str] = {
    "models/model.py": """
        from codeable.dsl import *

        where = CClass(decision, "Where?")
        cloud = CClass(practice, "Cloud")
        edge = CClass(practice, "Edge", superclasses=cloud)
        mesh = CClass(pattern, "Mesh")
        cost = CClass(force, "Cost")
        """,
    "sources/s1.py": """
        from codeable.dsl import *
        from models.model import *

        s1 = CClass(source, "s1", values={"title": "One"})
        add_links({s1: [cloud, cost, mesh]}, role_name="contained_code")
        """,
    "sources/s2.py": """
        from codeable.dsl import *
        from models.model import *

        s2 = CClass(source, "s2", values={"title": "Two"})
        add_links({s2: [cloud, edge]}, role_name="contained_code")
        """,
    "sources/s10.py": """
        from codeable.dsl import *

        s10 = CClass(source, "s10", values={"title": "Ten"})
        """,
    "sources/anna/s_1.md": _note(
        "s1", ("Renting is cheap.", "cloud cost"), ("Costs grow.", "cost"), ("A mesh helps.", "mesh oracle")
    ),
    "sources/ben/s_1.md": _note("s1", ("Costs grow.", "cost cloud")),
    "sources/s_2.md": _note("s2", ("Near the users.", "edge")),
    "sources/s_77.md": _note("s77", ("Never published.", "cloud")),
}
"""`edge` is a sub-code of `cloud`; `oracle` and the source s77 are in the notes alone; s10 has no codes."""
