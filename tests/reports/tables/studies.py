"""A study with everything that tables show: decisions, forces, relations, sub-codes, notes of two coders."""

from collections.abc import Mapping

__all__ = ["RICH", "rows"]

RICH: Mapping[str, str] = {
    "models/model.py": """
        from codeable.dsl import *

        hosting_area = CClass(category, "Hosting")
        cluster = CClass(domain_metaclass, "Cluster")
        hosting = CClass(decision, "Where does it run?", stereotype_instances=single_answer,
                         values={"recommendation": "Begin small.", "description": "Asked early."})
        exchange = CClass(decision, "How do they talk?")
        later = CClass(decision, "What comes later?")
        cloud = CClass(practice, "Cloud", values={"description": "Machines of somebody else."})
        mesh = CClass(pattern, "Mesh", superclasses=cloud)
        nothing = CClass(do_nothing_design_solution, "Do nothing")
        bus = CClass(pattern, "Bus", values={"memo": "Is it one bus?"})
        cost = CClass(force, "Cost", values={"description": "What it costs."})
        delay = CClass(force, "Delay")
        trust = CClass(force, "Trust")
        add_links({hosting_area: [hosting]}, role_name="decisions")
        add_links({hosting: [cluster]}, role_name="context", stereotype_instances=decide_for_all_instances_of)
        add_decision_option_link(hosting, cloud, "Rent it", option_description="By the hour.")
        add_decision_option_link(hosting, nothing)
        add_decision_option_link(exchange, bus, "Share one")
        add_decision_option_link(exchange, cloud, "Use its queues")
        add_force_relations({cloud: {cost: very_negative, delay: positive_and_negative}})
        add_force_relations({bus: {cost: positive}})
        add_stereotyped_link_with_how_tagged_value(cloud, mesh, uses, "per tenant")
        bus_needs_cloud = add_stereotyped_design_solution_link(bus, cloud, requires)
        add_links({cloud: [exchange]}, role_name="next decision", stereotype_instances=optional_next)
        """,
    "models/system.py": """
        from codeable.dsl import *
        from codeable.metamodels.component import *

        jdbc = CStereotype("JDBC", superclasses=connector_type)
        shop = CClass(component, "Shop")
        store = CClass(component, "Store")
        shop.add_links([store], role_name="target", stereotype_instances=jdbc,
                       tagged_values={"description": "read only"}, label="reads")
        """,
    "sources/s1.py": """
        from codeable.dsl import *
        from models.model import *

        s1 = CClass(source, "s1", values={"title": "One", "url": "https://one.example/", "example": True,
            "author type": "Practitioner", "type": "Blog Post", "memo": "Read it again."})
        add_links({s1: [hosting, cloud, cost, bus_needs_cloud]}, role_name="contained_code")
        """,
    "sources/s2.py": """
        from codeable.dsl import *
        from models.model import *

        s2 = CClass(source, "s2", values={"title": "Two", "author type": "Blog Post", "type": "Mixed",
            "tiny url": "https://t.example/2"})
        r9 = CClass(reference, "r9", values={"title": "Cited"})
        s2.add_links([r9], role_name="referenced")
        add_links({s2: [mesh, cost]}, role_name="contained_code")
        """,
    "sources/anna/s_1.md": """
        # s1
        ## title
        One
        # coding

        > Renting is cheap at first.

        > Costs grow with use.

        **OPEN CODING TRACE:**

        Familiar options: cloud
        Definition of bus: a shared line

        **AXIAL CODING TRACE:**

        ```python
        cloud
        cost
        ```

        **MEMO:** Compare cloud with what s2 says.

        > Ask the oracle.

        **AXIAL CODING TRACE:**

        ```python
        oracle
        ```
        """,
    "sources/ben/s_1.md": """
        # s1
        ## title
        One
        # coding

        > Costs grow with use.

        **AXIAL CODING TRACE:**

        ```python
        cost
        ```

        **MEMO:** Why only cost?

        > Nobody codes this.
        """,
}
"""Anna and Ben code one source. `mesh` is a sub-code of `cloud`; `oracle` is in the notes alone."""


def rows(table: object, *keys: str) -> list[tuple[object, ...]]:
    """Some columns of all rows of a table."""
    return [tuple(row[key] for key in keys) for row in table.to_dicts()]  # type: ignore[attr-defined]
