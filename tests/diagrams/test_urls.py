"""Promises about the URLs that a click in a figure opens."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from codeable import dsl, load
from codeable.diagrams import Node, NodeKind, build, figure_options, view_of
from codeable.diagrams.file_links import FileLinks
from codeable.diagrams.kinds import NODE_KINDS
from codeable.diagrams.urls import clickable
from codeable.kernel import CClass
from codeable.registry import Registry
from tests.diagrams.studies import figure, study


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://www.k2view.com/what-is-a-data-product/", "https://www.k2view.com/what-is-a-data-product/"),
        (
            "http://dataception.com/a.html#TechnicalArchitecture",
            "http://dataception.com/a.html#TechnicalArchitecture",
        ),
        ("mailto:someone@example.org", "mailto:someone@example.org"),
        (" https://example.org/a ", "https://example.org/a"),
        ("https://example.org/ä?q=[1]&r={2}", "https://example.org/%C3%A4?q=%5B1%5D&r=%7B2%7D"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
        ("https://zoë@münchen.example:80/", "https://zo%C3%AB@xn--mnchen-3ya.example:80/"),
        ("https://example.org/%41%zz%", "https://example.org/%41%25zz%25"),
        ("https://example.org/'/'*", "https://example.org/%27/%27*"),
        ('https://example.org/"onload', "https://example.org/%22onload"),
        ("HTTPS://example.org", "HTTPS://example.org"),
    ],
)
def test_an_address_is_written(address: str, written: str) -> None:
    assert clickable(address) == written


@pytest.mark.parametrize(
    "address",
    [
        "",
        "javascript:alert(1)",
        "JAVASCRIPT:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "/relative",
        "example.org",
        "https:",
        "http://",
        "https://[::1",
        "java\nscript:x",
        "vbscript:x",
        "ftp://example.org",
        "https://ä..example/",
        f"https://{'ä' * 64}.example/",
    ],
)
def test_anything_else_leads_nowhere(address: str) -> None:
    assert clickable(address) is None


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_no_address_holds_what_a_text_format_reads(rest: str) -> None:
    written = clickable(f"https://example.org/{rest}")
    assert written is None or re.fullmatch(r"[A-Za-z0-9:/?#@!$&*+,;=%._~-]+", written)


LINKS = "https://example.org/study/blob/main/{path}#L{line}"
MODEL = """
cloud = CClass(practice, "Cloud")

mesh = CClass(pattern, "Mesh")
how = CClass(decision, "How?")
add_decision_option_link(how, cloud)
add_decision_option_link(how, mesh)
"""
SOURCE = """
from models.model import mesh
s1 = CClass(source, "s1", values={"title": "On meshes"})
s2 = CClass(source, "s2", values={"title": "On clouds", "url": "https://example.org/clouds"})
b = CBundle("b", elements=[mesh, s1, s2])
"""


def urls(registry: Registry, name: str, **options: object) -> dict[str, str | None]:
    return {node.name: node.url for node in figure(registry, name, **options).nodes}


def test_a_tooltip_is_never_empty() -> None:
    assert Node("a", NODE_KINDS[1], "Cloud").tooltip == "Cloud"
    assert Node("a", NODE_KINDS[1], " ").tooltip == "practice"
    assert Node("a", NodeKind("element", ""), "", url="https://example.org").tooltip == "https://example.org"


class TestBoxesThatLinkToTheStudy:
    def test_have_no_link_unless_an_address_is_given(self, tmp_path: Path) -> None:
        assert set(urls(study(tmp_path, model=MODEL), "how").values()) == {None}

    def test_lead_to_the_lines_that_declare_them(self, tmp_path: Path) -> None:
        start = "https://example.org/study/blob/main/models/model.py#L"
        assert urls(study(tmp_path, model=MODEL), "how", links=LINKS) == {
            "How?": f"{start}6",
            "Cloud": f"{start}3",
            "Mesh": f"{start}5",
        }

    def test_need_no_line_in_the_address(self, tmp_path: Path) -> None:
        found = urls(study(tmp_path, model=MODEL), "how", links="https://example.org/{path}?plain=1")
        assert set(found.values()) == {"https://example.org/models/model.py?plain=1"}

    def test_are_percent_encoded(self, tmp_path: Path) -> None:
        folder = tmp_path / "a b"
        (folder / "models" / "sub (1) ü#?%&[x]").mkdir(parents=True)
        (folder / "models" / "sub (1) ü#?%&[x]" / "__init__.py").touch()
        file = folder / "models" / "sub (1) ü#?%&[x]" / "model.py"
        file.write_text("from codeable.dsl import *\n" + MODEL, encoding="utf-8")
        code = compile(file.read_text(encoding="utf-8"), str(file), "exec")
        names: dict[str, Any] = {}
        exec(code, names)
        links = FileLinks(LINKS, study(folder, other=""))
        assert links.of(names["cloud"], "practice") == (
            "https://example.org/study/blob/main/models/sub%20%281%29%20%C3%BC%23%3F%25%26%5Bx%5D/model.py#L3"
        )

    def test_lead_nowhere_for_elements_from_outside_the_folder(self, tmp_path: Path) -> None:
        registry = study(tmp_path, model=MODEL)
        links = FileLinks(LINKS, registry)
        assert links.of(CClass(dsl.practice, "Elsewhere"), "practice") is None
        assert links.of(dsl.practice, "element") is None

    def test_of_a_study_without_a_folder_have_no_link(self) -> None:
        registry = Registry.of({"how": CClass(dsl.decision, "How?")})
        (node,) = build(view_of(registry.decisions, "D"), registry, figure_options(links=LINKS)).nodes
        assert node.url is None

    def test_of_sources_lead_to_their_web_pages_else_to_their_notes_else_to_their_lines(
        self, tmp_path: Path
    ) -> None:
        registry = study(tmp_path, model=MODEL, s1=SOURCE)
        start = "https://example.org/study/blob/main/sources"
        assert urls(registry, "b", links=LINKS)["s1"] == f"{start}/s1.py#L4"
        (tmp_path / "sources" / "s_1.md").write_text("# s\n1\n## title\nOn meshes\n", encoding="utf-8")
        found = urls(registry, "b", links=LINKS)
        assert (found["s1"], found["s2"]) == (f"{start}/s_1.md#L1", "https://example.org/clouds")

    @pytest.mark.parametrize("layout", ["rails", "graph"])
    def test_are_links_with_a_tooltip_in_the_picture(self, layout: str, tmp_path: Path) -> None:
        study(tmp_path, model=MODEL)
        svg = etree.fromstring(load(tmp_path).diagram("how", layout=layout, links=LINKS).render())
        links = {
            (each.get("{http://www.w3.org/1999/xlink}href"), each.get("{http://www.w3.org/1999/xlink}title"))
            for each in svg.iter("{*}a")
        }
        start = "https://example.org/study/blob/main/models/model.py#L"
        assert links == {(f"{start}6", "How?"), (f"{start}3", "Cloud"), (f"{start}5", "Mesh")}
