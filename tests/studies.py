"""Small studies written into a folder by the tests."""

from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

__all__ = ["SMALL", "write_study"]

SMALL: Mapping[str, str] = {
    "models/infrastructure.py": """
        from codeable.dsl import *

        infrastructure_decision = CClass(decision, "How can we manage the infrastructure?")
        versioning = CClass(practice, "Versioning")
        k8s = CClass(practice, "K8s")
        orchestration = CClass(pattern, "Orchestration")
        add_decision_option_link(infrastructure_decision, versioning, "Keep control of your versions")
        add_decision_option_link(infrastructure_decision, k8s, "Use pods")
        add_decision_option_link(infrastructure_decision, orchestration, "Integrate applications")
        """,
    "models/forces.py": """
        from codeable.dsl import *
        from models.infrastructure import *

        consistency = CClass(force, "Consistency")
        security = CClass(force, "Security")
        add_force_relations({orchestration: {consistency: positive, security: very_negative}})
        k8s_uses_orchestration = k8s.add_links(orchestration, role_name="to", stereotype_instances=uses)[0]
        """,
    "sources/s14.py": """
        from codeable.dsl import *
        from models.infrastructure import k8s, infrastructure_decision

        s14 = CClass(source, "s14", values={"title": "Data Product Pyramid", "example": True})
        add_links({s14: [k8s, infrastructure_decision]}, role_name="contained_code")
        """,
    "sources/s6.py": """
        from codeable.dsl import *
        from models.forces import *

        s6 = CClass(source, "s6", values={"title": "The Definitive Guide"})
        add_links({s6: [versioning, k8s, k8s_uses_orchestration]}, role_name="contained_code")
        """,
}
"""A decision with three options, two forces, a relation that is a code, and two sources."""


def write_study(folder: Path, files: Mapping[str, str] = SMALL) -> Path:
    """Write files below a folder, each text without the indent of the test, and return the folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    return folder
