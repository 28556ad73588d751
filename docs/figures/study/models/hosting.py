"""A decision that no real study has: 25 options and 40 forces, to see whether its figures can be read."""

from codeable.dsl import *

hosting = CClass(decision, "How should a large organisation host and share its analytical data products?")

FORCES = [
    "Cost",
    "Latency",
    "Security",
    "Compliance",
    "Discoverability",
    "Data quality",
    "Time to market",
    "Autonomy of teams",
    "Vendor lock-in",
    "Manual toil",
    "Consistency",
    "Scalability",
    "Availability",
    "Re-use",
    "Provenance",
    "Duplication",
    "Skills needed",
    "Interoperability",
    "Freshness of data",
    "Elasticity",
    "Energy use",
    "Ease of debugging",
    "Ease of testing",
    "Cognitive load",
    "Onboarding of consumers",
    "Privacy of customers",
    "Portability",
    "Control over schemas",
    "Recovery after failures",
    "Number of moving parts",
    "Predictability of costs",
    "Transparency for auditors",
    "Coupling between teams",
    "Throughput",
    "Governance effort",
    "Support by the vendor",
    "Observability",
    "Backward compatibility",
    "Speed of experiments",
    "Longevity of data",
]
forces = [CClass(force, name) for name in FORCES]

IMPACTS = [
    very_positive,
    positive,
    positive,
    neutral,
    negative,
    negative,
    very_negative,
    positive_and_negative,
]

OPTIONS = [
    (practice, "Central data lake", "Keep everything in one place"),
    (pattern, "Lakehouse", "Put tables with transactions on top of the lake"),
    (practice, "Data warehouse", "Model the data once, for the whole organisation"),
    (pattern, "Data mesh", "Let the domains own their data products and agree on “just enough” rules"),
    (practice, "Managed cloud platform", "Buy the platform"),
    (practice, "Own data centre", "Run it yourselves"),
    (pattern, "Hybrid cloud", "Leave sensitive data at home, send the rest to a cloud"),
    (pattern, "Data fabric", "Let metadata find and join the data"),
    (practice, "File exchange", "Put files on a share"),
    (pattern, "Event log as the source of truth", "Keep the log, derive the rest"),
    (pattern, "API per data product", "Ask a service, not a table"),
    (practice, "Shared database", "Let everybody read the same tables"),
    (pattern, "Read replica per consumer", "Copy for those who read"),
    (practice, "Nightly export", "Wait until the morning"),
    (pattern, "Change data capture", "Follow the database as it changes"),
    (pattern, "Query federation", "Leave the data where they are and query them together"),
    (
        pattern,
        "Data product container with its own storage, transformation code, policies and observability ports",
        "Ship one unit that holds all that a data product needs",
    ),
    (practice, "Self-serve portal", "Let consumers help themselves"),
    (practice, "Spreadsheet on request", "Send a spreadsheet"),
    (pattern, "Serverless pipelines", "Pay for what runs"),
    (practice, "Orchestrated containers", "Run jobs in pods"),
    (pattern, "Edge aggregation", "Summarise before anything leaves the site"),
    (practice, "Data marketplace", "Let consumers order and pay inside the organisation"),
    (pattern, "Clean room", "Compute together without showing the data"),
    (do_nothing_design_solution, "Leave it to every team", "Decide nothing"),
]
solutions = []
for number, (kind, name, text) in enumerate(OPTIONS):
    solution = CClass(kind, name)
    add_decision_option_link(hosting, solution, text)
    count = (0, 3, 1, 5, 2)[number % 5]
    add_force_relations(
        {
            solution: {
                forces[(number * 7 + step * 11) % len(forces)]: IMPACTS[(number + 3 * step) % len(IMPACTS)]
                for step in range(count)
            }
        }
    )
    solutions.append(solution)

for start, end, stereotype in [
    (1, 0, is_a),
    (3, 16, can_use),
    (3, 17, requires),
    (14, 9, leads_to),
    (15, 7, alternative_to),
    (22, 17, includes),
    (19, 20, can_be_combined_with),
]:
    add_stereotyped_design_solution_link(solutions[start], solutions[end], stereotype)
