"""The same model on our kernel; and, with the vocabulary of ``codeable.dsl``, its PlantUML text.

Run as a script with N and ``kernel`` (a small metamodel of its own) or ``dsl`` (the vocabulary that studies
use); writes one line of JSON.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from shape import OPTIONS, Run, check_answers, codes_of_sources, numbers

from codeable.kernel import CClass, CMetaclass, CStereotype, add_links


class OwnVocabulary:
    """Just what the shape needs."""

    def __init__(self) -> None:
        code = CMetaclass("Code")
        solution = CMetaclass("Design Solution", superclasses=code)
        self.practice = CMetaclass("Practice", superclasses=solution)
        self.decision = CMetaclass("Decision", superclasses=solution)
        self.source = CMetaclass("Source", attributes={"url": str, "title": str})
        self.decision_solution_relation = self.decision.association(solution, "* -> *")
        code.association(self.source, "[contained_code] * -> [evidence] *")
        self.option = CStereotype(
            "Option", extended=self.decision_solution_relation, attributes={"name": str}
        )


def vocabulary(kind: str) -> Any:
    """The metamodel to build with."""
    if kind == "kernel":
        return OwnVocabulary()
    from codeable.dsl import fresh_vocabulary

    return fresh_vocabulary()


def build(words: Any, n: int, codes: list[list[int]]) -> tuple[list[CClass], list[CClass], list[CClass]]:
    """The practices, decisions and sources."""
    practice_number, decision_number, source_number = numbers(n)
    practice, decision, source, option = words.practice, words.decision, words.source, words.option
    options = words.decision_solution_relation
    practices = [CClass(practice, f"Practice {i}") for i in range(practice_number)]
    decisions: list[CClass] = []
    sources: list[CClass] = []
    for d in range(decision_number):
        one = CClass(decision, f"Decision {d}")
        decisions.append(one)
        for i in range(OPTIONS * d, OPTIONS * d + OPTIONS):
            one.add_links(
                practices[i],
                association=options,
                stereotype_instances=option,
                tagged_values={"name": f"Use practice {i}"},
            )
    for s in range(source_number):
        values = {"title": f"Title of source {s}", "url": f"https://example.org/{s}"}
        sources.append(one := CClass(source, f"s{s}", values=values))
        add_links({one: [practices[i] for i in codes[s]]}, role_name="contained_code")
    return practices, decisions, sources


def measure_text(run: Run, words: Any, elements: list[CClass]) -> None:
    """From the registered model to the PlantUML text of all of it.

    What is compared with the floor is the same content: boxes with their values, arrows with their texts. The
    figures of the main job also say in each box how many sources there are; that text is measured beside it.
    """
    from codeable.diagrams import View, figure_options, plantuml_text
    from codeable.diagrams import build as diagram_of
    from codeable.registry import Registry

    module = ModuleType("models.whole")
    vars(module).update((f"element_{number}", element) for number, element in enumerate(elements))
    registry = run.phase("registry", lambda: Registry(words, {"models.whole": module}))
    view = View("whole", "Whole", "bundle", tuple(elements))
    same = figure_options(forces="none", evidence="none", legend=False)
    text = run.phase("PlantUML text", lambda: plantuml_text(diagram_of(view, registry, same)))
    more = run.phase("text with evidence", lambda: plantuml_text(diagram_of(view, registry)))
    run.notes["text bytes"], run.notes["text bytes with evidence"] = len(text), len(more)


def main(n: int, kind: str) -> None:
    """Measure our kernel."""
    run = Run(n)
    codes = codes_of_sources(n)
    words = vocabulary(kind)
    run.start_of_build()
    practices, decisions, sources = run.phase("build", lambda: build(words, n, codes))
    run.end_of_build()
    found = run.phase("evidence", lambda: sum(len(one.get_linked(role_name="evidence")) for one in practices))
    start = decisions[0].class_object
    reached = run.phase("connected set", start.get_connected_elements)
    check_answers(found, len(reached), n)
    run.notes["connected"] = len(reached)
    if kind == "dsl":
        measure_text(run, words, [*decisions, *practices, *sources])
    run.report()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "kernel")
