"""Open traces: options, forces, decisions and known codes in the conventions that coders use."""

import pytest

from codeable.notes import read_text
from codeable.notes.model import OpenTrace


def trace(text: str) -> OpenTrace:
    return read_text(f"# s 1\n# coding\n> x\n\n**OPEN CODING TRACE:**\n\n{text}\n").open_traces[0]


@pytest.mark.parametrize(
    ("line", "kind", "status", "text", "names"),
    [
        ("Familiar option: a_b, cd", "option", "familiar", "a_b, cd", ["a_b", "cd"]),
        (
            "Familiar options: event_streaming, ",
            "option",
            "familiar",
            "event_streaming,",
            ["event_streaming"],
        ),
        (
            "Familiar terms: sql_layer, data catalogue",
            "term",
            "familiar",
            "sql_layer, data catalogue",
            ["sql_layer"],
        ),
        ("New option: master_data", "option", "new", "master_data", ["master_data"]),
        ("New options: a_b, c_d", "option", "new", "a_b, c_d", ["a_b", "c_d"]),
        ("New force: latency", "force", "new", "latency", ["latency"]),
        ("New forces: latency, cost", "force", "new", "latency, cost", ["latency", "cost"]),
        ("Option: Raw data", "option", "", "Raw data", []),
        ("Option (practice): Register it", "option", "", "Register it", []),
        ("Option (pattern): search_engine", "option", "", "search_engine", ["search_engine"]),
        ("Force: Security", "force", "", "Security", []),
        ("Decision: routing_decision", "decision", "", "routing_decision", ["routing_decision"]),
        ("Reoccurring codes: versioning", "code", "familiar", "versioning", ["versioning"]),
        ("Reocurring code: versioning", "code", "familiar", "versioning", ["versioning"]),
        ("New code identified: k8s", "code", "new", "k8s", ["k8s"]),
        ("- <ins>Option: </ins>", "option", "", "", []),
        ("- <ins>Option: </ins>rate limits", "option", "", "rate limits", []),
        ("- <ins>Decision: </ins> load_decision", "decision", "", "load_decision", ["load_decision"]),
        ("- <ins>Context: </ins>phones", "context", "", "phones", ["phones"]),
        ("- <ins>Comments: </ins>too long", "comment", "", "too long", []),
        ("**Option:** a_b", "option", "", "a_b", ["a_b"]),
        ("* new option : a_b", "option", "new", "a_b", ["a_b"]),
        ("1. Force: a_b", "force", "", "a_b", ["a_b"]),
        ("data_catalog", "list", "", "data_catalog", ["data_catalog"]),
        ("  - data_catalog,", "list", "", "data_catalog", ["data_catalog"]),
        ("alerting", "list", "", "alerting", ["alerting"]),
    ],
)
def test_a_line_is_an_item(line: str, kind: str, status: str, text: str, names: list[str]) -> None:
    (item,) = trace(line).items
    assert (item.kind, item.status, item.text) == (kind, status, text)
    assert [name.name for name in item.names] == names


@pytest.mark.parametrize(
    "line",
    [
        "Just prose about options.",
        "Confirmation for encryption and cache",
        "search -> data catalog",
        "Self-Serve UI (for generalist)",
        "VMs",
        "The option: nobody knows",
    ],
)
def test_anything_else_is_a_memo(line: str) -> None:
    assert (trace(line).items, trace(line).memo) == ((), line)


@pytest.mark.parametrize(
    "heading", ["**OPEN CODING TRACE:** ", "**OPEN CODING TRACE**:", "OPEN CODING TRACE: "]
)
def test_what_is_behind_the_heading_is_read_too(heading: str) -> None:
    first, second = (
        read_text(f"# s 1\n# coding\n> x\n\n{heading}{text}\n\nForce: e_f\n").open_traces[0]
        for text in ("Familiar options: a_b, c_d", "Confirms a_b.")
    )
    assert [(item.kind, [name.name for name in item.names]) for item in first.items] == [
        ("option", ["a_b", "c_d"]),
        ("force", ["e_f"]),
    ]
    assert first.items[0].span.column == len(heading) + 1
    assert (second.memo, [name.name for name in second.names]) == ("Confirms a_b.", ["a_b", "e_f"])


def test_identifiers_in_prose_are_kept_as_names() -> None:
    names = trace("Confirmation for quality_monitoring, see https://x.org/a_b and me@b_c.org").names
    assert [(name.name, name.span.column) for name in names] == [("quality_monitoring", 18)]


def test_names_keep_their_place() -> None:
    (item,) = trace("Familiar options: a_b,  cd").items
    assert [(name.span.line, name.span.column, name.span.end_column) for name in item.names] == [
        (7, 19, 22),
        (7, 25, 27),
    ]


def test_a_list_of_names_goes_on_behind_a_comma() -> None:
    items = trace("New forces: latency, cost,\nfairness").items
    assert [(item.kind, item.status, [name.name for name in item.names]) for item in items] == [
        ("force", "new", ["latency", "cost"]),
        ("force", "new", ["fairness"]),
    ]


def test_the_texts_of_one_kind_can_be_asked_for() -> None:
    one = trace("New option: a_b\n\nOption: c_d\n\nNew force: e_f")
    assert one.texts("option") == ("a_b", "c_d")
    assert one.texts("option", "new") == ("a_b",)


def test_a_trace_keeps_its_whole_text() -> None:
    assert trace("One.\n\nOption: a_b\n\nTwo.").text == "One.\n\nOption: a_b\n\nTwo."


def test_a_memo_is_what_is_no_item() -> None:
    assert trace("One.\n\nOption: a_b\n\nTwo,\nthree.").memo == "One.\n\nTwo,\nthree."
