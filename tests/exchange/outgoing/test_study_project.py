"""`project_of`: a study as a project that other tools know."""

from pathlib import Path

import pytest

from codeable.coded.coded_study import CodedStudy
from codeable.dsl import CClass, code
from codeable.exchange.outgoing.study_project import project_of
from codeable.exchange.project import Project
from codeable.registry import Registry
from tests.exchange.studies import coded


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project of the study with everything."""
    return project_of(coded(tmp_path_factory.mktemp("exchanged")))


def test_codes_have_kinds_parents_descriptions_and_memos(project: Project) -> None:
    """A code comes behind the one that it specialises; a code of the notes alone has no kind."""
    by_key = {each.key: each for each in project.codes}
    found = {
        each.identifier: (each.kind, by_key[each.parent].name if each.parent else None, each.description)
        for each in project.codes
    }
    assert found == {
        "cost": ("force", None, ""),
        "event_bus": ("pattern", None, "A bus."),
        "how_to_talk": ("decision", None, ""),
        "log_bus": ("pattern", "Event Bus", "A bus that keeps its events."),
        "uses_log": ("relation", None, ""),
        "gossip": (None, None, ""),
    }
    memos = {each.identifier: [memo.text for memo in each.memos] for each in project.codes if each.memos}
    assert memos == {"event_bus": ["Or a broker?"]}
    values = [each.values for each in project.codes if each.values]
    assert values == [{"recommendation": "Publish."}]


def test_each_passage_is_a_stretch_of_the_text(project: Project) -> None:
    """What two coders quote is there once, with a coding for each; who speaks is in a line of its own."""
    names = {each.key: each.identifier for each in project.codes}
    coders = {None: None} | {each.key: each.name for each in project.coders}
    found = {
        (source.identifier, source.text[each.start : each.end]): [
            (names[coding.code], coders[coding.coder]) for coding in each.codings
        ]
        for source in project.sources
        for each in source.passages
    }
    assert found == {
        ("p1", "We had no choice."): [("cost", "anna")],
        ("s2", "The café's 🙂 bus has high costs & <b>risks</b>."): [
            ("cost", "anna"),
            ("event_bus", "anna"),
            ("event_bus", "ben"),
            ("gossip", "ben"),
        ],
        ("s2", "A passage that nobody has coded."): [],
        ("s10", "The log is durable,\nand e\u0301 stays."): [("log_bus", "anna"), ("uses_log", "anna")],
    }
    interview = project.sources[0]
    assert (interview.kind, interview.text) == ("p", "Expert B:\nWe had no choice.")
    assert interview.passages[0].speaker == "Expert B"


def test_sources_have_metadata_memos_and_codes_without_a_passage(project: Project) -> None:
    """Values of the module and fields of the note are metadata; a memo is at the passage that it follows."""
    source = next(each for each in project.sources if each.identifier == "s2")
    assert dict(source.metadata) == {
        "title": "Cafés 🙂",
        "url": "https://example.org/a?b=1&c",
        "example": "yes",
        "source type": "Blog",
        "author": "Ann Lee",
    }
    names = {each.key: each.identifier for each in project.codes}
    assert [(names[each.code], each.coder) for each in source.codings] == [("how_to_talk", None)]
    assert [memo.text for memo in source.passages[0].memos] == ["Whose cost is it?"]
    other = next(each for each in project.sources if each.identifier == "s10")
    assert [memo.text for memo in other.memos] == ["Read again."]
    assert [memo.name for memo in other.passages[0].memos] == ["a question", "Open coding"]


def test_links_are_options_impacts_and_relations(project: Project) -> None:
    """A link says what it is, and names the code that it is itself."""
    names = {None: None} | {each.key: each.identifier for each in project.codes}
    found = [
        (names[each.origin], each.kind, names[each.target], each.text, dict(each.values), names[each.code])
        for each in project.links
    ]
    assert found == [
        ("event_bus", "relation", "log_bus", "Can Use", {"how": "per topic"}, "uses_log"),
        ("event_bus", "impact", "cost", "-", {}, None),
        ("how_to_talk", "option", "event_bus", "Publish events", {"description": "One topic each"}, None),
    ]


def test_what_has_no_place_is_named(project: Project) -> None:
    """A category is no code; the message says where it is."""
    (told,) = project.not_taken_over
    assert (told.what, told.named, told.is_loss) == ("categories of decisions", ("talk",), True)
    assert "codeable export json" in told.reason


def test_keys_depend_on_names_alone(project: Project, tmp_path: Path) -> None:
    """A second load gives the same project; another name of the study gives other keys."""
    assert project_of(coded(tmp_path)) == project
    assert {each.key for each in project.codes} == {
        "6d9ab193-816f-5d65-a362-1f5dcfb09840",
        "b8f11f1d-c59b-5fb5-985c-949eabbdc194",
        "6b5564f1-53ab-548f-b430-eefadbf79390",
        "f9d0ed2b-5c7c-59b2-83ef-de480d027955",
        "299a610c-9127-5221-b3d8-34bf71ee3b94",
        "e466d1b7-05e1-5395-938d-4bcdfa28b009",
    }


def test_a_further_super_code_is_a_link() -> None:
    """Other tools know one parent of a code."""
    broker, log = CClass(code, "Broker"), CClass(code, "Log")
    both = CClass(code, "Both", superclasses=[broker, log])
    project = project_of(CodedStudy(Registry.of({"both": both, "broker": broker, "log": log})))
    keys = {each.identifier: each.key for each in project.codes}
    assert [(each.identifier, each.parent) for each in project.codes] == [
        ("broker", None),
        ("both", keys["broker"]),
        ("log", None),
    ]
    (link,) = project.links
    assert (link.origin, link.kind, link.target) == (keys["both"], "super-code", keys["log"])


def test_texts_keep_their_positions_in_a_file(tmp_path: Path) -> None:
    """No text begins with U+FEFF, which a reader drops; line ends are LF; an empty fence is no passage."""
    note = (
        "# s 1\n# coding\n\n```\n\n```\n\n> \ufeffA mark.\n\nAn\rold\u2028line.\n\n> \u00a0Blank\tends \x0b\n"
    )
    files = {"models/a.py": "from codeable.dsl import *\ns1 = CClass(source, 's1')\n", "sources/s_1.md": note}
    study = coded(tmp_path, files)
    (found,) = project_of(study).sources
    assert not found.text.startswith("\ufeff")
    assert "\r" not in found.text
    assert [found.text[each.start : each.end] for each in found.passages] == [
        each.passage.text.replace("\r", "\n") for each in study.passages if each.passage.text
    ]


def test_a_coder_without_a_passage_codes_the_whole_source(tmp_path: Path) -> None:
    """Also where another coder has a passage for the code."""
    trace = "**AXIAL CODING TRACE:**\n``` python\nadd_links({s1: [bus]}, role_name='contained_code')\n```\n"
    declared = "from codeable.dsl import *\ns1 = CClass(source, 's1')\nbus = CClass(pattern, 'Bus')\n"
    notes = {"anna": f"# s 1\n# coding\n\n> A bus.\n\n{trace}", "ben": f"# s 1\n# coding\n\n{trace}"}
    notes["cleo"] = "# s 1\n# coding\n"
    files = {f"sources/{coder}/s_1.md": note for coder, note in notes.items()}
    project = project_of(coded(tmp_path, {"models/a.py": declared, **files}))
    (found,) = project.sources
    coders = {each.key: each.name for each in project.coders}
    assert [coders[each.coder or ""] for each in found.passages[0].codings] == ["anna"]
    assert [coders[each.coder or ""] for each in found.codings] == ["ben"]
    (idle,) = (each for each in project.not_taken_over if "coders" in each.what)
    assert (idle.named, idle.is_loss) == (("cleo of s1",), False)
