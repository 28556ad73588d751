"""What is offered at a place of a note, which is written as ¦: only what fits there."""

from pathlib import Path

import pytest
from attrs import evolve

from codeable.editor.study.editor_study import EditorStudy
from codeable.editor.study.study_process import Loader
from tests.editor.completing import CLIENT, Completing

HEAD = """\
# s 45
## title
A Title
## example
yes
# coding
> A passage about buses.

"""
OPEN = f"{HEAD}**OPEN CODING TRACE:**\n\n"
AXIAL = f"{OPEN}Familiar options: k8s\nNew force: data_gravity\n\n**AXIAL CODING TRACE:**\n\n``` python\n"
DECISIONS = ["hosting_decision", "next_decision_of_all"]
SOLUTIONS = ["k8s", "event_bus"]
IMPACTS = ["very_positive", "positive", "neutral", "negative", "very_negative", "positive_and_negative"]


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Completing:
    return Completing(tmp_path_factory.mktemp("study"))


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("statement", "labels"),
    [
        ("add_decision_option_link(¦", DECISIONS),
        ("add_decision_option_link(¦, k8s, 'text')", DECISIONS),
        ("add_decision_option_link(hosting_decision, ¦)", [*SOLUTIONS, "next_decision_of_all"]),
        (
            "add_decision_option_link(decision_=hosting_decision, design_solution_=¦)",
            [*SOLUTIONS, *DECISIONS],
        ),
        ("add_decision_option_link(hosting_decision, k8s, '¦')", []),
        ("add_decision_option_link(hosting_decision, k8s, 'x', opt¦", ["option_description="]),
        ("add_force_relations(¦)", ["{solution: {force: impact}}"]),
        ("add_force_relations({¦", [*SOLUTIONS, *DECISIONS]),
        ("add_force_relations({k8s: ¦", ["{force: impact}"]),
        ("add_force_relations({k8s: {¦}})", ["lag", "cost"]),
        ("add_force_relations({k8s: {lag: positive, ¦}})", ["cost"]),
        ("add_force_relations({k8s: {lag: ¦}})", IMPACTS),
        ("add_force_relations({k8s: {lag: very¦}})", ["very_positive", "very_negative"]),
        ("add_stereotyped_design_solution_link(k8s, ¦, uses)", ["event_bus", *DECISIONS]),
        ("add_stereotyped_design_solution_link(k8s, event_bus, uses¦)", ["uses"]),
        ("add_links({s45: [cost, ¦]}, role_name='contained_code')", [*SOLUTIONS, "lag", *DECISIONS]),
        ("add_links({¦: [cost]}, role_name='contained_code')", ["s45", "s1", "s2"]),
        ("add_links({k8s: ¦}, role_name='next decision')", DECISIONS),
        ("add_links({k8s: hosting_decision}, role_name='¦')", ["to", "from", "next decision"]),
        ("add_links({k8s: cost}, role_name=¦)", ["forces"]),
        ("add_links({k8s: event_bus}, role_name='to', stereotype_instances=us¦)", ["uses", "can_use"]),
        (
            "add_links({k8s: hosting_decision}, role_name='next decision', stereotype_instances=¦)",
            ["mandatory_next", "optional_next", "next_decision", "consider_if_not_decided_yet"],
        ),
        ("k8s.add_links(¦", [*SOLUTIONS[1:], "lag", "cost", *DECISIONS]),
        ("k8s.¦", ["add_links"]),
        ("unknown.¦", []),
        ("models.ev¦", ["event_bus"]),
        ("models.hosting.ev¦", ["event_bus"]),
        ("a = CClass(force, '🙂; b'); k8¦", ["k8s"]),
        ("x = CClass(deci¦", ["decision"]),
        ("x = CClass(decision, 'X', stereotype_instances=¦)", ["single_answer", "multiple_answers"]),
        ("x = CClass(force, 'X', sup¦)", ["superclasses="]),
        ("x = CClass(practice, 'X', superclasses=¦)", [*SOLUTIONS, *DECISIONS]),
        ("s45 = CClass(source, 's45', values={'titl¦'})", ["title"]),
        ("s45 = CClass(source, 's45', values={'title': ¦})", ["A Title"]),
        ("s45 = CClass(source, 's45', values={'example': ¦})", ["True", "False"]),
        ("s45 = CClass(source, 's45', values={'type': 'blog¦'})", ["Blog Post"]),
        ("data_gravity = CClass(force, '¦')", ["Data Gravity"]),
        ("event_b¦", ["event_bus"]),
        ("event bu¦", ["event_bus"]),
        ("k8s, ¦", ["event_bus", "lag", "cost", *DECISIONS]),
        ("data¦", ["data_gravity"]),
        ("'''\n  k8s,\n  ¦\n'''", ["event_bus", "lag", "cost", *DECISIONS]),
        ("'''\n  k8s\n  eve¦", ["event_bus"]),
        ("'''\n  k8s\n  a = CClass(for¦\n'''", ["force"]),
        ("'''\n  k8s\n  add_force_relations({k8s: {\n    ¦\n'''", ["lag", "cost"]),
        ("x = \\\n    k8s.¦", ["add_links"]),
        ("x = k8¦", ["k8s"]),
        ("# event¦", []),
        ("'a remark about event¦'", []),
    ],
)
def test_an_axial_trace(study: Completing, statement: str, labels: list[str]) -> None:
    assert study.labels(f"{AXIAL}{statement}\n```\n") == labels


def test_a_statement_above_that_is_broken_changes_nothing(study: Completing) -> None:
    broken = f"{AXIAL}a = CClass(force, 'A\nb = [}}\nadd_force_relations({{k8s: {{¦"
    assert study.labels(f"{broken}}}}})\n```\n") == ["lag", "cost"]
    assert study.labels(broken) == ["lag", "cost"], "the fence is not closed yet"


def test_the_beginning_of_a_statement(study: Completing) -> None:
    labels = study.labels(f"{AXIAL}¦\n```\n")
    assert labels[:2] == ["data_gravity", "k8s"], "what the open trace names comes first"
    assert "add_decision_option_link" in labels
    assert labels.index("add_force_relations") < labels.index("cost")
    added = study.labels(f"{HEAD}**AXIAL CODING TRACE:**\nadd codes to s45:\n``` python\n¦\n```\n")
    assert added.index("cost") < added.index("add_force_relations")
    declared = study.written(f"{AXIAL}data¦\n```\n", "data_gravity")
    assert declared == f'{AXIAL}data_gravity = CClass(force, "Data Gravity")\n```\n'


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("line", "labels"),
    [
        ("Familiar options: ¦", ["event_bus", "k8s", *DECISIONS]),
        ("- <ins>Option: </ins> event¦", ["event_bus"]),
        ("Familiar options: k8s, ¦", ["event_bus", *DECISIONS]),
        ("Familiar options: k8s,\n¦", ["event_bus", *DECISIONS]),
        ("Familiar forces: ¦", ["lag", "cost"]),
        ("New decision: ¦", DECISIONS),
        ("Reoccurring codes: tim¦", ["lag"]),
        ("Definition of eve¦", ["event_bus"]),
        ("even¦", ["event_bus"]),
        ("Fam¦", ["Familiar options:", "Familiar forces:", "Familiar decisions:"]),
        ("cost, k8s, ¦", ["event_bus", "lag", *DECISIONS]),
        ("The text speaks of event¦", []),
        ("The text speaks of event_¦", ["event_bus"]),
        ("The text speaks of event b¦", []),
        ("The text speaks of event bu¦", ["event_bus"]),
        ("Option, as it says, ¦", []),
    ],
)
def test_an_open_trace(study: Completing, line: str, labels: list[str]) -> None:
    assert study.labels(f"{OPEN}{line}\n\n> Another passage.\n") == labels


def test_new_options_are_first_those_that_this_note_declares(study: Completing) -> None:
    axial = "\n\n**AXIAL CODING TRACE:**\n``` python\nzoo = CClass(practice, 'Zoo')\n```\n"
    assert study.labels(f"{OPEN}New option: ¦{axial}")[0] == "zoo"


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("¦", ["note of a new source, s45", "note of a new interview, p45"]),
        ("# ¦", ["# s 45", "# p 45", "# coding"]),
        ("# s ¦", ["45"]),
        ("# s\n¦", ["45"]),
        ("# s 45\n## ¦", ["## url", "## title", "## quality (high, low)", "## source type"]),
        ("# s 45\n## url\n## ti¦", ["## title", "## tiny url"]),
        ("# s 45\n## title\nA\n\n¦", ["declaration of s45", "## url", "## quality (high, low)"]),
        ("# s 45\n## source type\n¦", ["Blog Post", "Discussion Forum Post"]),
        ("# s 45\n## source type\nblog¦", ["Blog Post"]),
        ("# s 45\n## source type: b¦", ["Blog Post"]),
        ("# s 45\n## quality\n¦", ["high"]),
        ("# s 45\n## example\n¦", ["yes", "no"]),
        ("# s 45\n## title\n¦", []),
        ("# s 45\n## url\nhttp¦", []),
    ],
)
def test_the_head_of_a_note(study: Completing, text: str, first: list[str]) -> None:
    labels = study.labels(text)
    assert labels[: len(first)] == first
    assert first or not labels


def test_a_number_is_that_of_the_file_or_the_next_free_one(study: Completing) -> None:
    assert study.labels("# s ¦", "notes/new one.md") == ["46"]
    assert study.labels("# p ¦", "notes/new one.md") == ["1"]


def test_values_that_the_trace_says_come_first_in_the_head(study: Completing) -> None:
    values = "{'title': 'T', 'example': False}"
    trace = f"**AXIAL CODING TRACE**\n``` python\ns45 = CClass(source, 's45', values={values})\n```"
    assert study.labels(f"# s 45\n## title\n¦\n\n{trace}\n") == ["T"]
    assert study.labels(f"# s 45\n## example\n¦\n\n{trace}\n") == ["no", "yes"]


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    "text",
    [
        "> A passage about event¦",
        "> A passage\nthat goes on with event_¦",
        "Bare text that names event_bu¦",
        "The open¦",
        "![image](event_¦)",
        "## Open¦",
        "```sql\nselect event_¦\n```",
        "> A passage.\n\n**AXIAL CODING TRACE:**\n``` python\nk8s\n```\n\n> another event_¦",
    ],
)
def test_nothing_is_offered_in_passages_and_ordinary_text(study: Completing, text: str) -> None:
    assert study.labels(f"# s 45\n# coding\n{text}\n") == []


def test_traces_begin_on_lines_of_their_own(study: Completing) -> None:
    assert study.labels(f"{HEAD}¦") == [
        "open coding trace",
        "axial coding trace",
        "axial coding trace with codes",
        "memo",
    ]
    assert study.labels(f"{HEAD}op¦") == ["open coding trace"]
    for typed in ("**A", "**AX", "*ax"):
        assert study.labels(f"{HEAD}{typed}¦") == ["axial coding trace", "axial coding trace with codes"]
    assert study.labels(f"{HEAD}**O¦") == ["open coding trace"]
    block = f"{HEAD}**AXIAL CODING TRACE:**\n```{{.python}}\nk8s\n```\n"
    assert study.labels(f"{block}\nadd¦") == ["add codes to"]
    written = study.written(f"{block}\nadd¦", "add codes to")
    assert written == f"{block}\nadd codes to s45:\n```{{.python}}\n'''\n    ${{1}}\n'''\n```\n"


@pytest.mark.parametrize("said", ["Just words.", "Familiar options: k8s\nNew option: "])
def test_an_axial_trace_or_a_memo_follows_an_open_trace(study: Completing, said: str) -> None:
    traces = ["axial coding trace", "axial coding trace with codes"]
    for typed in ("a", "ax", "**ax", "**AXIAL CODING TRA"):
        assert study.labels(f"{OPEN}{said}\n\n{typed}¦")[:2] == traces
    assert study.labels(f"{OPEN}{said}\n\n\nme¦\n") == ["memo"]
    assert study.labels(f"{OPEN}{said}\n\n¦")[:4] == [*traces, "Familiar options:", "Familiar forces:"]
    assert "axial coding trace" not in study.labels(f"{OPEN}{said}\n¦")
    assert study.labels(f"{OPEN}¦")[0] == "Familiar options:"
    assert study.labels(f"{OPEN}\n**¦")[:2] == traces, "stars begin no line of an open trace"


def test_a_line_above_a_block_names_the_source(study: Completing) -> None:
    axial = f"{HEAD}**AXIAL CODING TRACE:**\n\nadd codes to ¦\n``` python\nk8s\n```\n"
    assert study.labels(axial)[0] == "s45"


def test_new_codes_of_the_open_trace_are_declared_by_their_display_names(study: Completing) -> None:
    lines = "Option (pattern): Search Engine\nForce: Security\nFamiliar option: strange\nNew terms: a_term"
    text = f"{OPEN}{lines}\n\n**AXIAL CODING TRACE:**\n``` python\n¦\n```\n"
    assert study.labels(text)[:3] == ["search_engine", "security", "a_term"]
    declared = study.written(text, "search_engine")
    assert 'python\nsearch_engine = CClass(pattern, "Search Engine")\n' in declared
    named = text.replace("¦", "search_engine = CClass(pattern, '¦')")
    assert study.labels(named) == ["Search Engine"]
    begun = text.replace("¦", "sea¦ = CClass(practice, 'x')")
    assert "python\nsearch_engine = CClass(practice, 'x')\n" in study.written(begun, "search_engine")


def test_a_decision_with_an_option_takes_the_new_solution_of_the_open_trace(study: Completing) -> None:
    text = (
        f"{OPEN}New force: Cost\nNew pattern: Search Engine\n\n**AXIAL CODING TRACE:**\n``` python\n¦\n```\n"
    )
    written = study.written(text, "decision with an option", client=evolve(CLIENT, snippets=False))
    assert written.splitlines()[-4:-1] == [
        'name_decision = CClass(decision, "How …?")',
        'search_engine = CClass(pattern, "Search Engine")',
        'add_decision_option_link(name_decision, search_engine, "what one does")',
    ]


def test_the_trace_of_the_head_declares_the_source(study: Completing) -> None:
    head = "# s 45\n## title\nOne\n\n**AXIAL CODING TRACE**: source and references\n``` python\n"
    assert study.written(f"{head}¦\n```\n# coding\n", "s45") == (
        f'{head}s45 = CClass(source, "s45", values={{\n    "title": "One"}})\n```\n# coding\n'
    )
    declared = f"{head}s45 = CClass(source, 's45')\n¦\n```\n# coding\n"
    assert "s45" not in study.labels(declared)


def test_a_note_without_a_study_knows_its_own_codes(tmp_path: Path) -> None:
    alone = Completing(tmp_path, {})
    alone.study = EditorStudy(None, Loader(), alone=str(tmp_path / "s_45.md"))
    statements = (
        "bus = CClass(pattern, 'Bus')\nhow = CClass(decision, 'How?')\nadd_decision_option_link(how, ¦"
    )
    assert alone.labels(f"{AXIAL}{statements}", "s_45.md") == ["bus"]


def test_a_memo_names_codes(study: Completing) -> None:
    assert study.labels(f"{HEAD}**MEMO:** is event_¦ the same?\n") == ["event_bus"]
    assert study.labels(f"{HEAD}**MEMO:** is event¦\n") == []


def test_suppressions_name_rules(study: Completing) -> None:
    items = study.items(f"{HEAD}<!-- codeable: ignore[C301, C40¦] -->\n")
    assert items[0].label == "C401"
    assert items[0].detail == "a decision has no option"
    assert "C301" not in [item.label for item in items]
    assert study.written(f"{HEAD}<!-- code¦", "codeable: ignore[…]") == (
        f"{HEAD}<!-- codeable: ignore[${{1:C401}}] ${{2:reason}} -->"
    )


def test_a_blank_alone_asks_for_nothing_on_an_empty_line(study: Completing) -> None:
    assert study.at(f"{HEAD} ¦", typed=" ") is None
    assert study.at(f"{OPEN}Familiar options: ¦", typed=" ") is not None
