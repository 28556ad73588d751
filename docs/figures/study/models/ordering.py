"""A decision whose options act on the same forces, to see whether a matrix can be compared."""

from codeable.dsl import *

ordering = CClass(decision, "How do clients change the state of an order?")

FORCES_OF_ORDERING = [
    CClass(force, name)
    for name in (
        "Effort of the first release",
        "Coupling of clients to the server",
        "Latency",
        "Consistency of the data",
        "Traces for auditors",
        "Ease of testing",
        "Behaviour under peak load",
    )
]

OPTIONS = [
    (practice, "Update the fields of a resource", "Send the new state", "++ -- +  o  -- ++ o"),
    (pattern, "Command", "Send what the client wants to happen", "+  +  +  +  o  +  o"),
    (
        pattern,
        "State Transition Operation",
        "Offer only the steps that are allowed now",
        "-  ++ o  ++ +  +  o",
    ),
    (pattern, "Event Sourcing", "Append what has happened, and derive the state", "-- +  -  +  ++ -  ++"),
    (
        practice,
        "Batch file every night",
        "Collect the changes and apply them together",
        "+  o  -- -  +  .  ++",
    ),
    (
        do_nothing_design_solution,
        "Call the back office",
        "Let people change the order",
        "++ .  -- +  -  .  --",
    ),
]
SIGNS = {"++": very_positive, "+": positive, "o": neutral, "-": negative, "--": very_negative}

solutions = []
for kind, name, text, signs in OPTIONS:
    solution = CClass(kind, name)
    add_decision_option_link(ordering, solution, text)
    stated = zip(FORCES_OF_ORDERING, signs.split(), strict=True)
    add_force_relations({solution: {each: SIGNS[sign] for each, sign in stated if sign in SIGNS}})
    solutions.append(solution)

add_stereotyped_design_solution_link(solutions[2], solutions[1], extension)
add_stereotyped_design_solution_link(solutions[3], solutions[1], can_be_combined_with)
