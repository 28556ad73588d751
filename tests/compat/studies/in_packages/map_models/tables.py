"""A table of the options, written as text."""

from study_models.decisions import communication_decision
from metamodels.guidance_metamodel import decision_solution_relation


def options_table():
    lines = [f"{communication_decision}:"]
    for solution in communication_decision.get_linked(association=decision_solution_relation):
        evidence = ", ".join(str(each) for each in solution.get_linked(role_name="evidence"))
        lines.append(f"* {solution.name} ({evidence})")
    return "\n".join(lines) + "\n"
