# Table 5 of the paper: which source mentions which solution
from metamodels.guidance_metamodel import design_solution, decision
from telemetry_models.sources import *


def coverage_table():
    lines = []
    for solution in design_solution.all_classes:
        names = [s.name for s in solution.get_linked(role_name="evidence")]
        lines.append(f"{solution.name} & {', '.join(names) or '-'} \\\\")
    lines.append(f"{len(decision.classes)} decisions")
    return "\n".join(sorted(lines)) + "\n"
