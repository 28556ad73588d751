"""The graph of a study: as GraphML, and for networkx."""

import io
import sys
from pathlib import Path
from typing import Any

import networkx
import pytest

import codeable
from codeable.coded.coded_study import CodedStudy
from codeable.errors import CodeableError
from codeable.exchange.exported import Exported, ExportOptions
from codeable.exchange.outgoing.graphml import export_graphml
from tests.studies import write_study


def read(exported: Exported) -> Any:
    return networkx.read_graphml(io.BytesIO(exported.only), force_multigraph=True)


def exported_cells(**cells: object) -> Exported:
    return export_graphml(CodedStudy(codeable.Study.of(cells)), ExportOptions())


def parts(graph: Any) -> tuple[object, ...]:
    edges = sorted((*ends, sorted(data.items())) for *ends, data in graph.edges(data=True))
    return dict(graph.nodes(data=True)), edges


def test_codes_and_sources_are_nodes_and_what_links_them_are_edges(tmp_path: Path) -> None:
    study = codeable.load(write_study(tmp_path))
    graph = study.to_networkx()
    assert graph.nodes["orchestration"] == {
        "label": "Orchestration",
        "kind": "pattern",
        "sources": 0,
        "passages": 0,
    }
    assert graph.nodes["s14"] == {
        "label": "Data Product Pyramid",
        "kind": "source",
        "codes": 2,
        "title": "Data Product Pyramid",
        "example": True,
    }
    edges = {(source, target): data for source, target, data in graph.edges(data=True)}
    assert edges["infrastructure_decision", "k8s"] == {
        "label": "Use pods",
        "kind": "option",
        "text": "Use pods",
    }
    assert edges["orchestration", "security"] == {"label": "--", "kind": "impact", "impact": "--"}
    assert edges["k8s", "orchestration"] == {
        "label": "Uses",
        "kind": "relation",
        "stereotypes": "Uses",
        "sources": 1,
        "passages": 0,
        "evidence": "s6",
    }
    assert edges["s6", "versioning"] == {"kind": "evidence", "passages": 0}
    assert len(edges) == graph.number_of_edges() == 10
    study.export("graphml", tmp_path / "a.graphml")
    read_again = networkx.read_graphml(tmp_path / "a.graphml", force_multigraph=True)
    assert parts(read_again) == parts(graph)


def test_every_text_and_value_comes_back_from_graphml() -> None:
    from codeable.dsl import CClass, CMetaclass, practice

    kind = CMetaclass(
        "Kind", superclasses=practice, attributes={"port": int, "share": float, "kind": str, "id": int}
    )
    hostile = 'R&D <b>"x"</b> ]]> \r\n\t " é 🙂'
    one = CClass(kind, hostile, values={"port": 2**70, "share": 0.5, "kind": "mine", "id": 3})
    two = CClass(kind, "\x00\ud800", superclasses=one, values={"port": 8080})
    nameless = [CClass(kind, "Event Bus"), CClass(kind, "Event Bus")]
    made = exported_cells(one=one, größe=two, several=nameless)
    graph = read(made)
    assert graph.nodes["one"] == {
        "label": hostile,
        "kind": "practice",
        "sources": 0,
        "passages": 0,
        "port": str(2**70),
        "share": 0.5,
        "kind (value)": "mine",
        "id (value)": 3,
    }
    assert graph.nodes["größe"]["label"] == "\ufffd\ufffd"
    assert graph.edges["größe", "one", "e1"]["kind"] == "specialises"
    (lost,) = made.not_taken_over
    assert lost.sentence.startswith("characters: 2 (U+0000, U+D800); XML has no such characters")
    assert made == exported_cells(one=one, größe=two, several=nameless)


def test_classes_of_every_kind_and_their_links_are_there_and_objects_are_told() -> None:
    from codeable.dsl import CBundle, CClass, CMetaclass, CObject, add_links, category, decision

    component = CMetaclass("Component")
    component.association(component, "calls: [caller] * -> [callee] *")
    shop, stock = CClass(component, "Shop"), CClass(component, "Stock")
    shop.add_links(stock, role_name="callee", label="asks")
    special = CClass(component, "Special shop", superclasses=shop)
    storage, how = CClass(category, "Storage"), CClass(decision, "How?")
    add_links({storage: how}, role_name="decisions")
    cells = {"shop": shop, "stock": stock, "special": special, "storage": storage, "how": how}
    one, both = CObject(shop, "one"), CBundle("both", elements=[shop, stock])
    made = exported_cells(**cells, one=one, both=both)
    graph = read(made)
    assert {name: data["kind"] for name, data in graph.nodes(data=True)} == {
        "how": "decision",
        "shop": "class",
        "special": "class",
        "stock": "class",
        "storage": "category",
    }
    edges = {(start, end): (data["kind"], data["label"]) for start, end, data in graph.edges(data=True)}
    assert edges == {
        ("shop", "stock"): ("link", "calls: asks"),
        ("special", "shop"): ("specialises", "specialises"),
        ("storage", "how"): ("link", "decisions"),
    }
    assert [(each.what, each.named, each.is_loss) for each in made.not_taken_over] == [
        ("objects", ("one",), True),
        ("bundles", ("both",), False),
    ]


def test_a_study_of_nothing_is_an_empty_graph_and_networkx_is_an_extra(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert read(exported_cells()).number_of_nodes() == 0
    monkeypatch.setitem(sys.modules, "networkx", None)
    with pytest.raises(
        CodeableError, match=r"needs networkx: install it with `pip install 'codeable\[exchange\]'`"
    ):
        codeable.Study.of({}).to_networkx()
