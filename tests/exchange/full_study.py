"""A study with everything that elements can have, for tests of what must lose nothing."""

from collections.abc import Mapping

from tests.studies import SMALL

__all__ = ["FULL"]

FULL: Mapping[str, str] = {
    **SMALL,
    "pyproject.toml": """
        [project]
        name = "mesh 🙂"

        [tool.codeable]
        order = ["s14", "s6"]
        source-types = ["Talk"]
        coders = {anna = "sources/anna", ben = "sources/ben"}
        renames = {kubernetes = "k8s"}

        [tool.codeable.figures.pods]
        view = "overview"
        style = "paper"
        """,
    "models/own.py": """
        from codeable.dsl import *
        from codeable.metamodels.component import *
        from models.infrastructure import *
        from models.forces import *

        protocol = CEnum("Protocol", values=["http", "grpc", None, 1.5, ["a"]])
        service = CMetaclass(
            "Service",
            superclasses=component,
            attributes={"port": 80, "protocol": protocol, "share": 0.5, "is_open": bool, "tags": ["x"],
                        "uses": practice},
        )
        critical = CStereotype(
            "Critical", extended=service, attributes={"level": 3}, default_values={"port": 443}
        )
        calls = service.association(service, "calls: [caller] 0..1 -> [callee] *", superclasses=[service])
        secured = CStereotype("Secured", extended=calls, attributes={"by": str, "of": calls})
        tool = CMetaclass("Tool", superclasses=[practice], bundles=[])
        shared = CMetaclass("Shared Code", superclasses=code)

        orders = CClass(
            service, "Orders", stereotype_instances=critical, tagged_values={"level": 9},
            values={"protocol": "grpc", "share": 1, "uses": k8s,
                    "tags": ["ü", 8080, ("a", {"b": None}), float("inf")]},
            attributes={"id": int, "owner": "ann"},
        )
        bills = CClass(service, "Bills\\x00\\u202e\\ud800", superclasses=orders, attributes={"owner": str})
        bills.delete_value("port")
        _unbound = CClass(service)
        old_name = CClass(tool, "Before", values={"memo": "From the module", "description": "What it is."})
        old_name.name = "After"
        event_store = CClass(shared, "Event Store", superclasses=[])
        alias_of_store = event_store

        first = CObject(orders, "first", values={"id": 10**5000, "owner": "eve"})
        CObject(bills, values={"id": -1})
        belongs = orders.association(bills, "belongs: [a] 1 <>- [b] 1..3", derived_from=None)
        link = orders.add_links(bills, association=calls, stereotype_instances=secured,
                                tagged_values={"by": "tls"}, label="calls it")[0]
        add_links({first: bills.objects[0]}, association=belongs)
        s99 = CClass(source, "s99", values={"title": "", "memo": "A memo of the module."})
        add_links({s99: [k8s_uses_orchestration, event_store, old_name]}, role_name="contained_code")

        low = CLayer("Low", elements=[orders, bills.class_object, link])
        high = CLayer("High", sub_layer=low, elements=[critical, calls, service, low, protocol, first])
        CPackage("unbound package", elements=[high])
        CBundle(elements=orders)
        versioning.name = "Versioning of data"
        practice.attributes = {"maturity": str}
        versioning.set_value("maturity", "high")
        pattern.superclasses = [*pattern.superclasses, component]
        service.classes[0].metaclass = service
        consistency.superclasses = [security]
        """,
    "sources/anna/s14.md": """
        # s 14
        ## title
        Data Product Pyramid
        # coding
        > Pods are scheduled by "K8s" 🙂.

        **AXIAL CODING TRACE:**
        ```python
        kubernetes
        gone = CClass(practice, "Gone", values={"description": "What is no longer."})
        ```
        **MEMO:** Is k8s a platform?

        > Nobody has coded this.
        """,
    "sources/ben/s14.md": (
        "# s 14\r\n# coding\r\n> Pods.\r\n\r\n**AXIAL CODING TRACE:**\r\n```python\r\nk8s\r\n```\r\n"
    ),
    "sources/template.md": "# s \n## title\n\n## url\n\n# coding\n",
}
"""Own metaclasses, stereotypes, associations, enums, objects, links on links, layers, a changed vocabulary.

Notes of two coders with memos, definitions, codes that are gone and other line ends.
"""
