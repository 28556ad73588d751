"""Promises about the stereotypes and the values of boxes and arrows."""

import re
from pathlib import Path

import pytest

from codeable.diagrams import (
    Diagram,
    FigureOptions,
    build,
    dot_text,
    figure_options,
    plantuml_text,
    visible_texts,
)
from codeable.diagrams.alt_text import alt_text
from codeable.diagrams.graph.fitting import fit
from codeable.diagrams.layout import lay_out
from codeable.engines import engine
from codeable.engines.cache import PictureCache
from codeable.engines.measuring import GraphvizMeasurer
from codeable.registry import Registry

from .pictures import graphviz_svg, lost, plantuml_svgs
from .studies import arrows, figure, study, view

SHOP = """
component = CMetaclass("Component", attributes={"port": int, "is public": bool, "owner": str})
kind = CStereotype("Component Type", extended=component, attributes={"technology": str, "replicas": int})
broker = CStereotype("Message Broker", superclasses=kind)
store = CStereotype("In-Memory Data Store", superclasses=kind)
channel = component.association(component, "connected to: [from] * -> [to] *")
protocol = CStereotype("Connector Type", extended=channel, attributes={"topic": str, "encrypted": bool})
kafka_protocol = CStereotype("Event Stream", superclasses=protocol)
orders = CClass(component, "Orders", values={"port": 8080, "is public": False})
redis = CClass(component, "Redis", stereotype_instances=[broker, store], tagged_values={"replicas": 3})
orders.add_links(redis, role_name="to", stereotype_instances=kafka_protocol,
    tagged_values={"topic": "orders", "encrypted": True})
shop = CBundle("The shop", elements=[orders, redis])
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    return study(tmp_path_factory.mktemp("shop"), model=SHOP)


def described(diagram: Diagram) -> str:
    return alt_text(diagram.nodes, diagram.edges)


def figure_under(registry: Registry, name: str, options: FigureOptions) -> Diagram:
    return build(view(registry, name), registry, options)


def lines(diagram: Diagram) -> list[str]:
    """The lines of text in the boxes, in the order of the DOT text."""
    return re.findall(r">([^<>]+)</", dot_text(diagram))


class TestStereotypes:
    def test_of_a_class_are_in_its_box(self, shop: Registry) -> None:
        orders, redis = figure(shop, "shop").nodes
        assert orders.stereotypes == ()
        assert redis.stereotypes == ("Message Broker", "In-Memory Data Store")

    def test_are_above_the_name_between_guillemets(self, shop: Registry) -> None:
        text = dot_text(figure(shop, "shop"))
        places = [text.index(each) for each in ("«Message Broker»", "«In-Memory Data Store»", ">Redis<")]
        assert places == sorted(places)

    @pytest.mark.slow
    def test_are_drawn_by_every_engine(self, shop: Registry) -> None:
        diagram = figure(shop, "shop", values=True)
        wanted = visible_texts(diagram)
        assert {"Message Broker", "In-Memory Data Store", "port: 8080", "replicas: 3"} <= set(wanted)
        for svg in (graphviz_svg(diagram), *plantuml_svgs([plantuml_text(diagram)])):
            assert lost(wanted, svg) == []

    def test_are_told_to_readers_who_cannot_see(self, shop: Registry) -> None:
        assert "Component: Orders; Redis (Message Broker, In-Memory Data Store)." in described(
            figure(shop, "shop")
        )

    def test_of_a_link_are_on_its_arrow_with_their_values(self, shop: Registry) -> None:
        assert arrows(figure(shop, "shop")) == [
            ("Orders", "Event Stream topic: orders encrypted: yes", "Redis"),
        ]

    def test_many_are_on_as_many_lines_as_they_need(self, tmp_path: Path) -> None:
        kinds = "".join(f"s{n} = CStereotype('Kind {n}', superclasses=kind)\n" for n in range(12))
        applied = ", ".join(f"s{n}" for n in range(12))
        x = f"x = CClass(component, 'X', stereotype_instances=[{applied}])\n"
        many = "many = CBundle('Many', elements=x)\n"
        assert lines(figure(study(tmp_path, model=SHOP + kinds + x + many), "many")) == [
            "Component",
            "«Kind 0» «Kind 1» «Kind 2» «Kind 3»",
            "«Kind 4» «Kind 5» «Kind 6» «Kind 7»",
            "«Kind 8» «Kind 9» «Kind 10»",
            "«Kind 11»",
            "X",
        ]

    def test_a_long_one_is_wrapped(self, tmp_path: Path) -> None:
        name = "A stereotype whose name is much longer than any box is wide"
        long = f"long = CStereotype({name!r}, superclasses=kind)\n"
        more = "x = CClass(component, 'X', stereotype_instances=long)\none = CBundle('One', elements=x)\n"
        diagram = figure(study(tmp_path, model=SHOP + long + more), "one")
        assert lines(diagram) == [
            "Component",
            "«A stereotype whose name is much",
            "longer than any box is wide»",
            "X",
        ]
        assert f"<<{name}>>" not in plantuml_text(diagram)

    def test_one_that_is_called_as_a_kind_of_ours_has_not_its_colours(self, tmp_path: Path) -> None:
        more = "p = CStereotype('practice', superclasses=kind)\n"
        more += "x = CClass(component, 'X', stereotype_instances=p)\none = CBundle('One', elements=x)\n"
        text = plantuml_text(figure(study(tmp_path, model=SHOP + more), "one"))
        assert 'class "X" as n_x <<Component>> <<practice>> #FFFFFF ##6B6B6B' in text


class TestComponentsAndNodes:
    """Those of the vocabularies that we provide have a look of their own."""

    TEXT = """
from codeable.metamodels.deployment import *
from codeable.metamodels.component import component
shop = CClass(component, "Shop")
laptop = CClass(device, "Laptop", stereotype_instances=client_workstation_device_type)
add_links({shop: laptop}, role_name="deployment_nodes", stereotype_instances=deployed_on_type)
all = CBundle("All", elements=[shop, laptop])
"""

    def test_differ_by_their_shapes(self, tmp_path: Path) -> None:
        diagram = figure(study(tmp_path, model=self.TEXT), "all")
        assert [(node.kind.key, node.kind.word) for node in diagram.nodes] == [
            ("component", "Component"),
            ("deployment_node", "Device"),
        ]
        assert "shape=box3d" in dot_text(diagram)
        assert [entry.text for entry in diagram.legend] == ["Component", "Device"]

    def test_a_study_that_does_not_import_them_does_not_make_them(self, shop: Registry) -> None:
        figure(shop, "shop")
        assert "codeable.metamodels.component" not in shop.vocabulary.__vocabulary__.made


class TestLegend:
    def test_does_not_explain_boxes_that_look_alike_nor_mere_links(self, tmp_path: Path) -> None:
        more = "server = CClass(CMetaclass('Server'), 'Server')\n"
        more += "b = CBundle('b', elements=[orders, redis, server])\n"
        diagram = figure(study(tmp_path, model=SHOP + more), "b")
        assert {node.kind.word for node in diagram.nodes} == {"Component", "Server"}
        assert diagram.legend == ()


class TestValues:
    def test_are_shown_where_they_are_asked_for(self, shop: Registry) -> None:
        orders, redis = figure(shop, "shop", values=True).nodes
        assert orders.values == ("port: 8080", "is public: no")
        assert redis.values == ("replicas: 3",)
        assert not any(node.values for node in figure(shop, "shop").nodes)

    def test_of_objects_are_shown_too(self, tmp_path: Path) -> None:
        text = "service = CClass(component, 'Service', attributes={'zone': 'eu'})\n"
        text += "one = CObject(service, 'one')\nobjects = CBundle('Objects', elements=one)\n"
        (node,) = figure(study(tmp_path, model=SHOP + text), "objects", values=True).nodes
        assert node.values == ("zone: eu",)

    def test_a_list_that_contains_itself_is_shown(self, tmp_path: Path) -> None:
        text = (
            "c = CMetaclass('C', attributes={'parts': list})\nparts = [10 ** 5000, None]\nparts[1] = parts\n"
        )
        text += "x = CClass(c, 'X', values={'parts': parts})\nb = CBundle('b', elements=x)\n"
        (node,) = figure(study(tmp_path, model=text), "b", values=True).nodes
        assert node.values[0].startswith("parts: ") and len(node.values[0]) < 500

    def test_are_told_to_readers_who_cannot_see(self, shop: Registry) -> None:
        assert "Orders (port: 8080, is public: no)" in described(figure(shop, "shop", values=True))

    def test_of_a_source_are_shown_but_for_its_title_which_is_there_anyway(self, tmp_path: Path) -> None:
        text = 's = CClass(source, "s", values={"title": "On pods", "type": "Blog Post"})\n'
        (node,) = figure(
            study(tmp_path, model=text + "b = CBundle('b', elements=s)\n"), "b", values=True
        ).nodes
        assert (node.notes, node.values) == (("On pods",), ("type: Blog Post",))


class TestRails:
    TEXT = """
how = CClass(decision, "How?", stereotype_instances=multiple_answers, values={"recommendation": "the first"})
kind = CStereotype("Maturity", extended=design_solution, attributes={"since": int})
x = CClass(practice, "X", stereotype_instances=kind, tagged_values={"since": 2019})
y = CClass(practice, "Y", stereotype_instances=kind, tagged_values={"since": 2024})
add_decision_option_link(how, x, "Do X")
add_stereotyped_design_solution_link(x, y, uses)
"""

    def shown(self, folder: Path, **options: object) -> str:
        registry = study(folder, model=self.TEXT)
        with engine("graphviz") as graphviz:
            measurer = GraphvizMeasurer(graphviz, PictureCache(folder / "cache"))
            wanted = figure_options(**options)
            layout = lay_out(lambda tried: figure_under(registry, "how", tried), wanted, measurer)
        return "\n".join(layout.parts[0].labels)

    def test_have_the_stereotypes_of_decisions_and_solutions(self, tmp_path: Path) -> None:
        text = self.shown(tmp_path)
        assert "decision\n«Multiple Answers»\nHow?" in text
        assert "practice\n«Maturity»\nX" in text
        assert "«Uses» → Y (practice) «Maturity»" in text

    def test_have_their_values_where_they_are_asked_for(self, tmp_path: Path) -> None:
        text = self.shown(tmp_path, values=True)
        assert "How?\nrecommendation: the first" in text
        assert "X\nsince: 2019" in text
        assert "(since: 2024)" in text.replace("\n", " ")


class TestOnPaper:
    def test_a_figure_that_is_too_large_for_its_values_is_told_so(self, shop: Registry) -> None:
        def measure(diagram: Diagram) -> tuple[float, float]:
            return (2000.0 if any(node.values for node in diagram.nodes) else 200.0), 100.0

        wanted = figure_options(style="paper", width="84mm", values=True)
        fitted = fit(lambda tried: figure_under(shop, "shop", tried), wanted, measure, "command line")
        (message,) = fitted.messages
        assert "it would fit with --no-values" in message

    def test_boxes_without_arrows_are_as_wide_as_their_stereotypes(self, tmp_path: Path) -> None:
        name = "Backends for Frontends Gateway"
        more = f"long = CStereotype({name!r}, superclasses=kind)\n"
        more += "boxes = [CClass(component, str(n), stereotype_instances=long) for n in range(9)]\n"
        more += "b = CBundle('b', elements=boxes)\n"
        diagram = figure(study(tmp_path, model=SHOP + more), "b")
        svg = graphviz_svg(diagram).decode()
        assert float(re.search(r'width="(\d+)pt"', svg)[1]) < 620  # type: ignore[index]
