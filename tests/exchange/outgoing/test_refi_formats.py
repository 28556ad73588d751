"""The formats `qdc` and `qdpx`: what REFI-QDA asks, and what an importer finds in them."""

import io
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from attrs import evolve

from codeable.coded.coded_study import CodedStudy
from codeable.dsl import CClass, code, pattern, source
from codeable.errors import CodeableError
from codeable.exchange.exported import Exported, ExportOptions
from codeable.exchange.outgoing.refi_codebook import export_qdc
from codeable.exchange.outgoing.refi_project import export_qdpx, project_files
from codeable.exchange.outgoing.study_project import project_of
from codeable.exchange.project import Project, ProjectSource
from codeable.registry import Registry
from tests.exchange.refi_rules import CODEBOOK, broken_rules, broken_rules_of_project
from tests.exchange.studies import coded

CODEBOOK_NAMESPACE = "urn:QDA-XML:codebook:1.0"


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> CodedStudy:
    """The study with everything."""
    return coded(tmp_path_factory.mktemp("exchanged"))


def test_both_files_obey_the_standard_and_are_always_the_same_bytes(
    study: CodedStudy, tmp_path: Path
) -> None:
    """Elements, order, attributes, GUIDs, references and texts."""
    again = coded(tmp_path)
    assert broken_rules(qdc(study).only, CODEBOOK, CODEBOOK_NAMESPACE) == []
    assert broken_rules_of_project(qdpx(study).only) == []
    assert (qdc(study), qdpx(study)) == (qdc(again), qdpx(again))
    assert list(qdc(study).files) + list(qdpx(study).files) == ["data_mesh.qdc", "data_mesh.qdpx"]
    assert qdpx(study).only.count(b"\x00\x00\x21\x00") >= 2 * len(archive(study).namelist())  # 1980-01-01


def test_the_rules_find_what_is_wrong(study: CodedStudy) -> None:
    """Else they would prove nothing."""
    good = qdc(study).only
    for old, new, found in (
        (b' isCodable="true"', b"", "isCodable is missing"),
        (b'isCodable="true"', b'isCodable="perhaps"', "isCodable='perhaps'"),
        (b"<Codes>", b"<Codes><Set/>", "Codes: Set Code"),
        (b'MemberCode guid="6', b'MemberCode guid="7', "there is no 7"),
        (b"codebook:1.0", b"codebook:1:0", "the root is"),
    ):
        assert any(
            found in each for each in broken_rules(good.replace(old, new, 1), CODEBOOK, CODEBOOK_NAMESPACE)
        )


def test_an_importer_finds_the_same_codings_with_the_same_texts(study: CodedStudy) -> None:
    """It knows nothing of codeable: it reads selections as the standard says."""
    root = main(study)
    codes = {each.get("guid"): each.get("name") for each in root.iter(tag("Code"))}
    users = {each.get("guid"): each.get("name") for each in root.iter(tag("User"))}
    found = []
    for text_source in root.iter(tag("TextSource")):
        text = text_of(study, text_source)
        for selection in text_source.iter(tag("PlainTextSelection")):
            start, end = (int(selection.get(f"{each}Position", "")) for each in ("start", "end"))
            for coding in selection.iter(tag("Coding")):
                reference = coding.find(tag("CodeRef"))
                assert reference is not None
                coder = users[coding.get("creatingUser")]
                found.append((text[start:end], codes[reference.get("targetGUID")], coder))
    expected = [
        (coded_passage.passage.text, each.title, coded_passage.passage.coder)
        for coded_passage in study.passages
        for each in coded_passage.codes
    ]
    assert sorted(found) == sorted(expected)
    assert len(found) == 7


def test_a_codebook_tells_what_it_has_no_place_for(study: CodedStudy) -> None:
    """In one sentence; it is no loss, because a codebook was asked for."""
    (told,) = [each for each in qdc(study).not_taken_over if not each.is_loss]
    assert told.sentence == (
        "parts of the study: 4 (3 sources, 3 links between codes, 1 memo about a code, "
        "1 further value of a code); "
        "a codebook has codes and their descriptions alone; `codeable export qdpx` has the rest"
    )


def test_codes_of_whole_sources_are_told(study: CodedStudy) -> None:
    """The standard has them; some tools know coded passages only."""
    (message,) = qdpx(study).messages
    assert message == (
        "1 code of a whole source is in the file without a passage; "
        "tools that only know coded passages leave it out"
    )


def test_memos_variables_links_and_sets_are_there(study: CodedStudy) -> None:
    """As notes, typed values, links with a direction, and one set for each kind."""
    root = main(study)
    notes = {each.get("name"): text_of(study, each) for each in root.iter(tag("Note"))}
    assert {name: text for name, text in notes.items() if name != "codeable"} == {
        "Memo": "Or a broker?",
        "a question": "Whose cost is it?",
        "Open coding": "New option: log_bus\nDefinition: A bus that keeps its events.",
        "a question (2)": "For how long?",
        "Memo (2)": "Read again.",
    }
    types = {each.get("name"): each.get("typeOfVariable") for each in root.iter(tag("Variable"))}
    assert types["example"] == "Boolean"
    assert types["url"] == "Text"
    links = [(each.get("name"), each.get("direction")) for each in root.iter(tag("Link"))]
    assert links == [("Can Use: per topic", "OneWay"), ("-", "OneWay"), ("Publish events", "OneWay")]
    sets = {each.get("name"): len(each.findall(tag("MemberCode"))) for each in root.iter(tag("Set"))}
    assert sets == {"force": 1, "pattern": 2, "decision": 1, "relation": 1}


def test_further_super_codes_are_told() -> None:
    """Other tools know one parent: a project has the others as links, a codebook loses them."""
    broker, log = CClass(code, "Broker"), CClass(code, "Log")
    both = CClass(code, "Both", superclasses=[broker, log])
    study = CodedStudy(Registry.of({"broker": broker, "log": log, "both": both}))
    (lost,) = qdc(study).not_taken_over
    assert (lost.what, lost.named, lost.is_loss) == ("further super-codes of codes", ("Both",), True)
    (message,) = qdpx(study).messages
    assert message.startswith("1 further super-code of a code is in the file as links")
    assert not qdpx(study).has_loss
    assert [each.get("name") for each in main(study).iter(tag("Link"))] == ["specialises"]


def test_types_of_variables_fit_all_their_values() -> None:
    """One value that is no number or day makes a text of all."""
    metadata = [
        {"year": "2020", "published": "2020-02-29", "code": "007", "example": "yes", "seen": "2020-01-01"},
        {"year": "-3", "published": "2021-12-31", "code": "8", "example": "perhaps", "seen": "2020-02-30"},
    ]
    guids = ["11111111-1111-5111-8111-111111111111", "22222222-2222-5222-8222-222222222222"]
    sources = tuple(ProjectSource(key, "a", metadata=each) for key, each in zip(guids, metadata, strict=True))
    files, _ = project_files(Project("x", sources=sources))
    root = ElementTree.fromstring(files["project.qde"])
    assert {each.get("name"): each.get("typeOfVariable") for each in root.iter(tag("Variable"))} == {
        "year": "Integer",
        "published": "Date",
        "code": "Text",
        "example": "Text",
        "seen": "Text",
    }


def test_what_xml_or_tools_cannot_have_is_changed_and_told() -> None:
    """Control characters and lone surrogates; names with line ends; two codes of one name; other blanks."""
    names = {"bus": "Bus", "bus_2": "BUS", "bell": "a\x07b\n<c>&'\"", "half": "x\ud800", "wide": "1\u00a0000"}
    elements = {name: CClass(pattern, title) for name, title in names.items()}
    elements["s1"] = CClass(source, "s1", values={"title": "T\x00"})
    elements["described"] = CClass(code, "D", values={"description": "one\r\nt\x0cwo"})
    study = CodedStudy(Registry.of(elements))
    for made in (qdc(study), qdpx(study)):
        sentences = "\n".join(made.sentences)
        assert "texts with characters that the format cannot have" in sentences
        assert "name of 'bell'" in sentences
        assert made.has_loss
    root = ElementTree.fromstring(qdc(study).only)
    found = [each.get("name") for each in root.iter(f"{{{CODEBOOK_NAMESPACE}}}Code")]
    assert found == ["a\ufffdb <c>&'\"", "Bus", "BUS (bus_2)", "D", "x\ufffd", "1\u00a0000"]
    description = root.find(f".//{{{CODEBOOK_NAMESPACE}}}Description")
    assert description is not None
    assert description.text == "one\nt\ufffdwo"
    assert broken_rules(qdc(study).only, CODEBOOK, CODEBOOK_NAMESPACE) == []
    assert broken_rules_of_project(qdpx(study).only) == []


def test_a_codebook_needs_a_code_and_a_project_does_not() -> None:
    """The error says what to declare."""
    nothing = CodedStudy(Registry.of({}))
    with pytest.raises(CodeableError, match="a codebook has at least one"):
        qdc(nothing)
    assert broken_rules_of_project(qdpx(nothing).only) == []


def test_codes_may_be_nested_deeper_than_python_calls() -> None:
    """Writing them is not recursive."""
    elements: dict[str, object] = {}
    above: list[CClass] = []
    for number in range(60):
        above = [CClass(code, f"Code {number}", superclasses=above)]
        elements[f"code_{number}"] = above[0]
    study = CodedStudy(Registry.of(elements))
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(_frames()) + 60)
    try:
        data = qdc(study).only
    finally:
        sys.setrecursionlimit(limit)
    assert data.count(b"<Code guid") == 60
    assert b"\n" + b" " * 61 + b"<Code guid" in data


def test_two_exports_differ_only_where_the_study_does(study: CodedStudy) -> None:
    """A further source changes no GUID of what was there."""
    before = project_of(study)
    more = ProjectSource("99999999-9999-5999-8999-999999999999", "New")
    first, _ = project_files(before)
    second, _ = project_files(evolve(before, sources=(more, *before.sources)))

    def guids(files: dict[str, bytes]) -> set[str | None]:
        return {each.get("guid") for each in ElementTree.fromstring(files["project.qde"]).iter()}

    assert guids(first) < guids(second)


def qdc(study: CodedStudy) -> Exported:
    return export_qdc(study, ExportOptions())


def qdpx(study: CodedStudy) -> Exported:
    return export_qdpx(study, ExportOptions())


def tag(name: str) -> str:
    return f"{{urn:QDA-XML:project:1.0}}{name}"


def archive(study: CodedStudy) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(qdpx(study).only))


def main(study: CodedStudy) -> ElementTree.Element:
    return ElementTree.fromstring(archive(study).read("project.qde"))


def text_of(study: CodedStudy, element: ElementTree.Element) -> str:
    path = element.get("plainTextPath", "").replace("internal://", "sources/")
    return archive(study).read(path).decode("utf-8")


def _frames() -> list[object]:
    frames, frame = [], sys._getframe()
    while frame is not None:
        frames.append(frame)
        frame = frame.f_back  # type: ignore[assignment]
    return frames
