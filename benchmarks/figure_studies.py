"""Writes studies whose figures are as hard as those of published studies: decisions, large ones, bundles.

    python benchmarks/figure_studies.py FOLDER [--decisions 26] [--seed 1]

Each folder below FOLDER is a study. The same arguments give the same text on every machine.

| study | contents |
|---|---|
| `decisions` | decisions with 3 to 25 options, 0 to 15 forces, relations between solutions, evidence |
| `stars` | the same without relations: nothing has to cross |
| `large` | 25 options and 15 forces, with and without relations, few and many impacts |
| `tower` | 14 decisions without links between them, for the overview |
| `chain` | 14 decisions that lead to each other |
| `bundles` | a domain model of classes, as a tree and as a net |
"""

from __future__ import annotations

import argparse
import random
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WORDS = """
expose publish replicate encrypt cache version monitor validate partition centralise federate document
provision automate throttle isolate aggregate transform negotiate register orchestrate archive

asynchronous shared dedicated domain-specific automated central client-side versioned long-lived
self-describing read-only event-driven cross-functional stateless schema-based fine-grained

events snapshots contracts schemas endpoints pipelines gateways containers deployments credentials tables
services consumers metadata policies queues requests identifiers components dashboards

performance scalability maintainability understandability security compliance cost reliability
interoperability modifiability observability discoverability consistency availability provenance
"""
VERBS, ADJECTIVES, NOUNS, QUALITIES = (part.split() for part in WORDS.split("\n\n"))
TAILS = """
between bounded contexts
for external consumers
across all domains
at the edge
per data product
in one transaction
before each release
with a service mesh
on a managed platform
by the owning team
for public and internal clients
in the continuous delivery pipeline
""".strip().splitlines()
SCOPES = """
of the API
of API and API Consumers
for External or Public Clients
of Data Products
under Peak Load
of Client and Server
during Migration
of the Whole Platform
of Domain Model Details
across Teams
in Case of Failure
of Small Teams
""".strip().splitlines()
ACRONYMS = ("K8s", "CQRS", "Pub/Sub", "CI/CD process", "GraphQL", "Event Bus", "ETL jobs", "Sagas")
RELATIONS = ("can_use", "requires", "leads_to", "alternative_to", "includes", "can_be_combined_with", "is_a")
IMPACTS = ("very_positive", "positive", "positive", "neutral", "negative", "negative", "very_negative")
KINDS = ("practice", "practice", "practice", "pattern", "pattern")
SOURCES = 24


@frozen
class Shape:
    """How large a decision is.

    Attributes:
        options: Number of its options.
        forces: Number of forces that its options act on.
        filled: The share of pairs of option and force that have an impact.
        relations: Relations per option, on average.
    """

    options: int
    forces: int
    filled: float
    relations: float


def phrase(chance: random.Random, shortest: int, longest: int, make: Callable[[], str]) -> str:
    """A text of a length that the two limits allow, all lengths alike."""
    wanted = chance.randint(shortest, longest)
    tries = [make() for _ in range(12)]
    return min(tries, key=lambda text: abs(len(text) - wanted))


def solution_name(chance: random.Random) -> str:
    """The name of a solution: an acronym at times, else 15 to 60 letters."""
    if chance.random() < 0.08:
        return chance.choice(ACRONYMS)

    def make() -> str:
        parts = [chance.choice(VERBS), *chance.sample(ADJECTIVES, chance.randint(0, 2)), chance.choice(NOUNS)]
        parts += [chance.choice(TAILS)] if chance.random() < 0.5 else []
        words = " ".join(parts).split()
        return " ".join(word if len(word) < 4 else word[0].upper() + word[1:] for word in words)

    return phrase(chance, 15, 60, make)


def option_text(chance: random.Random) -> str:
    """What an option means, in 25 to 70 letters."""

    def make() -> str:
        second = f" and {chance.choice(VERBS)} {chance.choice(NOUNS)}" if chance.random() < 0.4 else ""
        adjective = f"{chance.choice(ADJECTIVES)} " if chance.random() < 0.6 else ""
        return f"{chance.choice(VERBS)} {adjective}{chance.choice(NOUNS)}{second} {chance.choice(TAILS)}"

    return phrase(chance, 25, 70, make)


def force_name(chance: random.Random) -> str:
    """The name of a force, of 10 to 50 letters."""

    def make() -> str:
        words = [chance.choice(QUALITIES).capitalize()]
        words += ["and", chance.choice(QUALITIES).capitalize()] if chance.random() < 0.3 else []
        words += [chance.choice(SCOPES)] if chance.random() < 0.6 else []
        return " ".join(words)

    return phrase(chance, 10, 50, make)


def distinct(make: Callable[[], str], count: int) -> list[str]:
    """As many different texts."""
    found: dict[str, None] = {}
    while len(found) < count:
        found[make()] = None
    return list(found)


def question(chance: random.Random) -> str:
    """The question of a decision."""
    starts = ("How can we", "Which approach is chosen to", "How should the teams of a large organisation")
    return (
        f"{chance.choice(starts)} {chance.choice(VERBS)} {chance.choice(ADJECTIVES)} "
        f"{chance.choice(NOUNS)} {chance.choice(TAILS)}?"
    )


def decision_module(name: str, shape: Shape, chance: random.Random) -> str:
    """The module of one decision, with the solutions and forces of its own."""
    solutions = distinct(lambda: solution_name(chance), shape.options)
    others = distinct(lambda: solution_name(chance), 3)
    lines = ['"""A decision of an invented study."""', "", "from codeable.dsl import *", ""]
    lines.append(f"{name} = CClass(decision, {question(chance)!r})")
    for number, each in enumerate(distinct(lambda: force_name(chance), shape.forces)):
        lines.append(f"{name}_f{number} = CClass(force, {each!r})")
    for number, each in enumerate(solutions):
        nothing = number == shape.options - 1 and chance.random() < 0.2
        kind = "do_nothing_design_solution" if nothing else chance.choice(KINDS)
        lines.append(f"{name}_o{number} = CClass({kind}, {each!r})")
        lines.append(f"add_decision_option_link({name}, {name}_o{number}, {option_text(chance)!r})")
    for number, each in enumerate(others):
        lines.append(f"{name}_x{number} = CClass({chance.choice(KINDS)}, {each!r})")
    lines += _relations(name, shape, chance)
    for option in range(shape.options):
        cells = [
            f"{name}_f{number}: {chance.choice(IMPACTS)}"
            for number in range(shape.forces)
            if chance.random() < shape.filled
        ]
        if cells:
            lines.append(f"add_force_relations({{{name}_o{option}: {{{', '.join(cells)}}}}})")
    return "\n".join(lines) + "\n"


def _relations(name: str, shape: Shape, chance: random.Random) -> Iterator[str]:
    seen = set()
    for _ in range(round(shape.options * shape.relations)):
        start = f"{name}_o{chance.randrange(shape.options)}"
        inside = chance.random() < 0.7
        end = f"{name}_o{chance.randrange(shape.options)}" if inside else f"{name}_x{chance.randrange(3)}"
        if start != end and (start, end) not in seen:
            seen.add((start, end))
            yield f"add_stereotyped_design_solution_link({start}, {end}, {chance.choice(RELATIONS)})"


def source_modules(shapes: dict[str, Shape], chance: random.Random) -> Iterator[tuple[str, str]]:
    """Name and text of the sources: each has some of the decisions and of their solutions as codes."""
    for number in range(1, SOURCES + 1):
        chosen = chance.sample(sorted(shapes), min(len(shapes), 5))
        codes = []
        for name in chosen:
            options = range(shapes[name].options)
            codes += [name, *(f"{name}_o{each}" for each in options if chance.random() < 0.3)]
        lines = ['"""A source of an invented study."""', "", "from codeable.dsl import *"]
        lines += [f"from models.{name} import *" for name in chosen]
        lines += ["", f's{number} = CClass(source, "s{number}", values={{"title": "Source {number}"}})']
        lines.append(f"add_links({{s{number}: [{', '.join(codes)}]}}, role_name='contained_code')")
        yield f"s{number}", "\n".join(lines) + "\n"


def real_shapes(count: int, chance: random.Random, *, relations: bool) -> dict[str, Shape]:
    """Decisions as published studies have them: most with five to ten options, a few with 25."""
    sizes = [3, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 10, 10, 12, 14, 18, 25]
    return {
        f"d{number:02}": Shape(
            options=sizes[number % len(sizes)] if number < len(sizes) else chance.choice(sizes[:-1]),
            forces=chance.choice([0, 0, 1, 3, 4, 5, 6, 8, 9, 10, 12, 15]),
            filled=chance.choice([0.2, 0.35, 0.5, 0.65, 0.8]),
            relations=chance.choice([0, 0.2, 0.4, 0.8]) if relations else 0,
        )
        for number in range(count)
    }


def write_decisions(folder: Path, shapes: dict[str, Shape], seed: int, links: str = "") -> None:
    """Write a study of decisions.

    Args:
        folder: The new study.
        shapes: Name → size of each decision.
        seed: For its texts.
        links: What a further module has after the imports of all decisions.
    """
    chance = random.Random(seed)
    for part in ("models", "sources"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    (folder / "pyproject.toml").write_text(f'[project]\nname = "{folder.name}"\n', encoding="utf-8")
    for name, shape in shapes.items():
        (folder / f"models/{name}.py").write_text(decision_module(name, shape, chance), encoding="utf-8")
    for name, text in source_modules(shapes, chance):
        (folder / f"sources/{name}.py").write_text(text, encoding="utf-8")
    if links:
        imports = "".join(f"from models.{name} import *\n" for name in shapes)
        text = f'"""Links between decisions."""\n\nfrom codeable.dsl import *\n{imports}\n{links}'
        (folder / "models/links.py").write_text(text, encoding="utf-8")


def bundle_module(seed: int) -> str:
    """Two bundles of domain classes: a tree, and a net of associations."""
    chance = random.Random(seed)
    names = distinct(lambda: f"{chance.choice(QUALITIES)} {chance.choice(NOUNS)}", 24)
    lines = ['"""A domain model of an invented study."""', "", "from codeable.dsl import *", ""]
    for number, name in enumerate(names):
        lines.append(f"c{number} = CClass(domain_metaclass, {name!r})")
        if 0 < number < 12:
            lines.append(
                f"c{(number - 1) // 3}.association(c{number}, 'has: [w{number}] 1 <>- [p{number}] *')"
            )
        if number > 12:
            other = 12 + chance.randrange(number - 12)
            lines.append(f"c{number}.association(c{other}, 'uses: [u{number}] * -> [v{number}] *')")
    for start, name in ((0, "tree"), (12, "net")):
        elements = ", ".join(f"c{number}" for number in range(start, start + 12))
        lines.append(f'{name} = CBundle("{name.title()} of classes", elements=[{elements}])')
    return "\n".join(lines) + "\n"


def write_studies(folder: Path, *, decisions: int = 26, seed: int = 1) -> list[Path]:
    """Write all studies.

    Args:
        folder: Where; it is made where it does not exist.
        decisions: Number of decisions of the first two.
        seed: For sizes and texts.

    Returns:
        The folder of each study.
    """
    chance = random.Random(seed)
    shapes = real_shapes(decisions, chance, relations=True)
    write_decisions(folder / "decisions", shapes, seed)
    write_decisions(folder / "stars", real_shapes(decisions, chance, relations=False), seed + 1)
    large = {
        "full": Shape(25, 15, 0.8, 0.8),
        "sparse": Shape(25, 15, 0.2, 0),
        "plain": Shape(25, 0, 0, 0.4),
    }
    write_decisions(folder / "large", large, seed + 2)
    small = {f"q{number:02}": Shape(3, 2, 0.5, 0) for number in range(14)}
    write_decisions(folder / "tower", small, seed + 3)
    pairs = [(1, 0), (2, 1), (3, 1), (4, 2), (5, 3), (6, 3), (7, 0), (8, 7), (9, 7), (11, 10), (12, 10)]
    links = "".join(
        f'q{start:02}_o0.add_links(q{end:02}, role_name="next decision", stereotype_instances={kind})\n'
        for (end, start), kind in zip(pairs, cycle(("mandatory_next", "optional_next")), strict=False)
    )
    write_decisions(folder / "chain", small, seed + 3, links)
    (folder / "bundles/models").mkdir(parents=True, exist_ok=True)
    (folder / "bundles/pyproject.toml").write_text('[project]\nname = "bundles"\n', encoding="utf-8")
    (folder / "bundles/models/domain.py").write_text(bundle_module(seed + 4), encoding="utf-8")
    return [folder / name for name in ("decisions", "stars", "large", "tower", "chain", "bundles")]


def main() -> None:
    """Write the studies where the command line says."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--decisions", type=int, default=26)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for study in write_studies(given.folder, decisions=given.decisions, seed=given.seed):
        print(study)


if __name__ == "__main__":
    main()
