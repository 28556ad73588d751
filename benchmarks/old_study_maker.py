"""Writes random studies for CodeableModels, in the manner of published ones. `old_studies` runs them.

Each has a coding metamodel of its own, a domain model, decisions, sources, components, views by traversals and
by lists, a table, and a generator. The same seed gives the same text on every machine.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from figure_studies import ADJECTIVES, NOUNS, QUALITIES, TAILS, VERBS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RELATIONS = [
    "requires",
    "uses",
    "can_use",
    "can_be_combined_with",
    "can_be_realized_with",
    "variant",
    "can_be_realized_by",
    "has_variant",
    "extension",
    "is_a",
    "realizes",
    "includes",
    "can_include",
    "alternative_to",
    "rules_out",
    "influences",
    "leads_to",
    "enables",
]
IMPACTS = ["very_positive", "positive", "neutral", "negative", "very_negative", "positive_and_negative"]
NEXT = ["mandatory_next", "optional_next", "consider_if_not_decided_yet"]
ODD = (
    "Pub/Sub",
    "a “quoted” name",
    'with "straight" quotes',
    "Ümläut – ß",
    "two\nlines",
    "CQRS: commands = queries",
    "100 %",
    "<b>bold</b>",
    "back\\slash",
    "x" * 60,
    "",
    "日本語",
)
COMPONENTS = [
    "service",
    "database",
    "message_broker",
    "api_gateway",
    "web_ui",
    "redis_db",
    "in_memory_data_store",
    "client",
]
CONNECTORS = [
    "restful_http",
    "jdbc",
    "resp",
    "publisher",
    "subscriber",
    "https",
    "directed",
    "asynchronous_connector",
]
METAMODEL_VIEWS = {
    "guidance_metamodel": (
        "guidance_metamodel_hierarchy",
        "guidance_metamodel_details",
        "force_impact_type_bundle",
        "design_solution_dependency_type_bundle",
        "context_relations_type_bundle",
    ),
    "microservice_components_metamodel": ("component_stereotypes", "connector_stereotypes"),
    "domain_metamodel": ("domain_metamodel",),
    "activity_metamodel": ("_all",),
    "technology_metamodel": ("_all",),
}
CODING = """\
from codeable_models import CEnum, CMetaclass

kind = CEnum("Kind", values=["Blog Post", "Book", "Interview"])
reference = CMetaclass("Reference", attributes={"title": str, "url": str, "year": int, "example": bool, "type": kind})
source = CMetaclass("Source", superclasses=reference)
source.association(reference, "reference: [source] * -> [referenced] *")
code = CMetaclass("Code", attributes={"name": str, "description": str})
code.association(source, "contains codes: [contained_code] * -> [evidence] *")
"""
CODES = """\
for each in [decision, design_solution, force, design_solution_dependencies, domain_metaclass]:
    each.superclasses = each.superclasses + [code]
"""
TABLE = """\
def table():
    rows = [f"{each} {[str(f) for f in each.get_linked(role_name='forces')]} {len(each.links)}" for each in design_solution.all_classes]
    rows += [f"{s.name}: {sorted(map(str, s.get_linked(role_name='contained_code')))} {s.values}" for s in source.classes]
    return "\\n".join(rows)
"""


def write_old_study(folder: Path, seed: int) -> None:
    """Write a random study into a folder: its metamodel, models, sources and generator."""
    maker = _Maker(random.Random(seed))
    files = {
        "metamodels/GT_coding.py": CODING,
        "models/domain.py": "\n".join(maker.domain()) + "\n",
        "models/decisions.py": "\n".join(maker.decisions()) + "\n",
        "models/sources.py": "\n".join(maker.sources()) + "\n",
        "models/components.py": "\n".join(maker.components()) + "\n",
        "generators/generate.py": "\n".join(maker.generator()) + "\n",
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


class _Maker:
    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._names: dict[str, list[str]] = {}
        self._used: set[tuple[str, str, str]] = set()

    def _one(self, kind: str) -> str:
        return self._chance.choice(self._names[kind])

    def _some(self, kind: str, least: int = 1, most: int = 6) -> list[str]:
        names = self._names[kind]
        return self._chance.sample(names, min(len(names), self._chance.randint(least, most)))

    def _text(self, *parts: list[str]) -> str:
        if self._chance.random() < 0.1:
            return repr(self._chance.choice(ODD))
        words = " ".join(self._chance.choice(part) for part in parts)
        return repr(words.capitalize())

    def _new(self, kind: str, statement: str) -> str:
        names = self._names.setdefault(kind, [])
        names.append(f"{kind}_{len(names) + 1}")
        return f"{names[-1]} = {statement}"

    def _is_new(self, role: str, start: str, end: str) -> bool:
        known = (role, start, end) in self._used
        self._used.add((role, start, end))
        return start != end and not known

    def _times(self, least: int, most: int) -> range:
        return range(self._chance.randint(least, most))

    def domain(self) -> Iterator[str]:
        """Classes with attributes, associations, superclasses, and groups."""
        yield "from codeable_models import CClass, CEnum"
        yield "from metamodels.domain_metamodel import *"
        yield "level = CEnum('Level', values=['low', 'high'])"
        for _ in self._times(2, 7):
            attributes = self._chance.choice(
                ["{}", "{'size': int, 'title': 'none'}", "{'level': level, 'on': True}"]
            )
            above = (
                f", superclasses={self._one('thing')}"
                if "thing" in self._names and self._chance.random() < 0.3
                else ""
            )
            yield self._new(
                "thing",
                f"CClass(domain_metaclass, {self._text(ADJECTIVES, NOUNS)}{above}, attributes={attributes})",
            )
        for number in self._times(0, 5):
            shape = self._chance.choice(
                ["a{0}: [from{0}] 1 -> [to{0}] *", "[x{0}] 0..1 <>- [y{0}] 1..*", "b{0}: * <*>- *"]
            )
            yield f"{self._one('thing')}.association({self._one('thing')}, {shape.format(number)!r})"
        yield f"group = CClass({self._chance.choice(['and_combined_group', 'or_combined_group'])}, 'Group')"
        yield f"group.add_links([{', '.join(self._some('thing'))}], role_name='class')"

    def decisions(self) -> Iterator[str]:
        """Decisions, options, forces, relations, categories, contexts, next decisions, and views of them."""
        yield "from codeable_models import CBundle, CClass, add_links"
        yield "from metamodels.guidance_metamodel import *"
        yield "from metamodels.GT_coding import code"
        yield "from models.domain import *"
        yield CODES
        for _ in self._times(2, 6):
            yield self._new("force", f"CClass(force, {self._text(QUALITIES, TAILS)})")
        for _ in self._times(3, 10):
            kind = self._chance.choice(["practice", "pattern", "do_nothing_design_solution"])
            values = self._chance.choice(
                ["", ", values={'aka': 'other'}", ", values={'description': 'no brackets'}"]
            )
            yield self._new(
                "solution",
                f"CClass({kind}, {self._text(VERBS, ADJECTIVES, NOUNS)}{values})",
            )
        for _ in self._times(1, 4):
            stereotype = self._chance.choice(["", ", stereotype_instances=single_answer"])
            yield self._new("decision", f"CClass(decision, {self._text(VERBS, NOUNS, TAILS)}{stereotype})")
            for solution in self._some("solution"):
                text = self._chance.choice([f", {self._text(ADJECTIVES, NOUNS)}", ""])
                yield f"add_decision_option_link({self._names['decision'][-1]}, {solution}{text})"
        for solution in self._names["solution"]:
            for force in self._some("force", 0, 3):
                label = self._chance.choice(["", ", label='per version'"])
                yield f"add_links({{{solution}: {force}}}, role_name='forces', stereotype_instances={self._chance.choice(IMPACTS)}{label})"
        for _ in self._times(0, 8):
            yield from self._relation(self._one("solution"), self._one("solution"))
        yield "kind = CClass(category, 'Kind')"
        yield f"add_links({{kind: [{', '.join(self._some('decision'))}]}}, role_name='decisions')"
        yield f"{self._one('decision')}.add_links(group, role_name='context', stereotype_instances=decide_for_all_instances_of)"
        for _ in self._times(0, 3):
            start, end = self._one("solution"), self._one("decision")
            if self._is_new("next", start, end):
                yield f"{start}.add_links({end}, role_name='next decision', stereotype_instances={self._chance.choice(NEXT)})"
        yield from self._views()

    def _relation(self, start: str, end: str) -> Iterator[str]:
        if not self._is_new("to", start, end):
            return
        stereotype = self._chance.choice(RELATIONS)
        if self._chance.random() < 0.4:
            yield self._new(
                "relation",
                f"add_stereotyped_link_with_how_tagged_value({start}, {end}, {stereotype}, 'how it is')",
            )
        else:
            yield self._new(
                "relation",
                f"{start}.add_links({end}, role_name='to', stereotype_instances=[{stereotype}])[0]",
            )

    def _views(self) -> Iterator[str]:
        yield "views = []"
        for decision in self._names["decision"]:
            stops = ", ".join(f"{each}.class_object" for each in self._some("decision", 0, 2))
            kind = self._chance.choice(["stop_elements_inclusive", "stop_elements_exclusive"])
            name = self._chance.choice(["'_all'", f"'View of {decision}'"])
            yield f"{decision}_view = CBundle({name}, elements={decision}.class_object.get_connected_elements({kind}=[{stops}]))"
            yield f"views += [{decision}_view, {self._chance.choice(['{}', repr({'render_empty_attributes': True})])}]"
        some = ", ".join(self._some("solution") + self._some("force"))
        yield f"views += [CBundle('Some', elements=[{some}]), {{'render_association_names_when_no_label_is_given': True}}]"
        yield f"class_view = CBundle('Domain', elements={self._one('thing')}.get_connected_elements())"

    def sources(self) -> Iterator[str]:
        """Sources with values, references and codes."""
        yield "from codeable_models import CClass, add_links"
        yield "from metamodels.GT_coding import source, reference"
        yield "from models.decisions import *"
        codes = [
            *self._names["solution"],
            *self._names["decision"],
            *self._names["force"],
            *self._names.get("relation", []),
        ]
        for _ in self._times(1, 5):
            values = f"{{'title': {self._text(ADJECTIVES, NOUNS)}, 'year': {self._chance.randint(1999, 2024)}, 'type': 'Book'}}"
            yield self._new("s", f"CClass(source, 's{self._chance.randint(1, 99)}', values={values})")
            chosen = self._chance.sample(codes, min(len(codes), self._chance.randint(1, 12)))
            yield f"add_links({{{self._names['s'][-1]}: [{', '.join(chosen)}]}}, role_name='contained_code')"
        yield "add_links({s_1: CClass(reference, 'r1')}, role_name='referenced')"
        yield f"source_view = CBundle('Sources', elements=[{', '.join(self._names['s'])}, *s_1.get_linked(role_name='contained_code')[:1]])"

    def components(self) -> Iterator[str]:
        """Components with stereotypes and tagged values, and their connectors."""
        yield "from codeable_models import CBundle, CClass"
        yield "from metamodels.microservice_components_metamodel import *"
        for _ in self._times(2, 6):
            chosen = ", ".join(self._chance.sample(COMPONENTS, self._chance.randint(0, 2)))
            yield self._new(
                "part", f"CClass(component, {self._text(ADJECTIVES, NOUNS)}, stereotype_instances=[{chosen}])"
            )
        for _ in self._times(1, 7):
            start, end = self._one("part"), self._one("part")
            if self._is_new("target", start, end):
                connector = self._chance.choice(CONNECTORS)
                values = ", tagged_values={'read': ['a', 'b']}" if connector == "jdbc" else ""
                yield f"{start}.add_links({end}, role_name='target', stereotype_instances={connector}{values})"
        yield "component_view = CBundle('Components', elements=part_1.class_object.get_connected_elements())"

    def generator(self) -> Iterator[str]:
        """A program that writes all views, those of metamodels, and a table."""
        yield "from codeable_models.internal.commons import get_links"
        yield "from plant_uml_renderer import PlantUMLGenerator"
        yield "from metamodels.guidance_metamodel import design_solution"
        yield "from models.sources import *\nfrom models.components import component_view"
        yield TABLE
        yield "generator = PlantUMLGenerator()\ngenerator.directory = '../_generated'"
        for each in ("object", "class"):
            yield f"generator.{each}_model_renderer.name_break_length = {self._chance.choice([10, 25, 45])}"
            yield f"generator.{each}_model_renderer.left_to_right = {self._chance.choice([True, False])}"
        yield "generator.generate_object_models('views', views)"
        left_out = ", ".join(self._some("solution"))
        yield f"generator.generate_object_models('few', [views[0], {{'excluded_links': get_links([{left_out}])}}, source_view, {{}}, component_view, {{}}])"
        yield "generator.generate_class_models('domain', [class_view, {}, class_view, {'render_attributes': False}])"
        metamodel = self._chance.choice(sorted(METAMODEL_VIEWS))
        view = self._chance.choice(METAMODEL_VIEWS[metamodel])
        yield f"from metamodels.{metamodel} import {view} as metamodel_view"
        yield "generator.generate_class_models('metamodel', [metamodel_view, {}])"
        yield "open('../_generated/table.txt', 'w').write(table())"
