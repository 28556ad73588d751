"""The JSON of a study: what is in it, and that the study which is read from it is equal."""

import contextlib
import json
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from jsonschema import Draft202012Validator

import codeable
from codeable.coded.coded_study import CodedStudy
from codeable.compat.convert import convert
from codeable.exchange.exported import Exported, ExportOptions
from codeable.exchange.study_json.writer import export_json
from codeable.registry import Declaration
from codeable.study import Study
from tests.compat.run.test_run import STUDIES
from tests.exchange.full_study import FULL
from tests.exchange.random_models import MODULE
from tests.studies import SMALL, write_study

ROOT = Path(__file__).parents[3]
SCHEMA = json.loads((ROOT / "docs" / "study.schema.json").read_text("utf-8"))
NOTED = {
    **SMALL,
    "sources/s14.md": """
        # s 14
        ## title
        Data Product Pyramid
        # coding
        > Pods are scheduled by "K8s" 🙂.

        **AXIAL CODING TRACE:**
        ```python
        k8s
        ```
        **MEMO:** Is k8s a platform?
        """,
}
"""The small study with a note."""


def exported(study: Study) -> Exported:
    """The export of a study, valid by the schema in the documents."""
    made = export_json(study._coded(), ExportOptions())
    errors = Draft202012Validator(SCHEMA).iter_errors(json.loads(made.only))
    assert [(list(each.path), each.message) for each in errors] == []
    return made


def document(study: Study) -> dict[str, Any]:
    """The JSON of a study."""
    found: dict[str, Any] = json.loads(exported(study).only)
    return found


class TestForOtherPrograms:
    """Lists that a program reads without knowing codeable."""

    def test_lists(self, tmp_path: Path) -> None:
        """Codes, evidence, passages with places, and memos are plain lists with the names of the codes."""
        found = document(codeable.load(write_study(tmp_path, NOTED)))
        by_code = {each["code"]: each for each in found["codes"]}
        assert by_code["k8s"] == {
            "code": "k8s",
            "name": "K8s",
            "kind": "practice",
            "element": "k8s",
            "passages": 1,
        }
        assert {"code": "k8s", "sources": ["s6", "s14"]} in found["evidence"]
        assert found["passages"] == [
            {
                "source": "s14",
                "file": "sources/s14.md",
                "line": 5,
                "end_line": 5,
                "kind": "quotation",
                "text": 'Pods are scheduled by "K8s" 🙂.',
                "codes": ["k8s"],
            }
        ]
        (memo,) = found["memos"]
        assert (memo["text"], memo["codes"], memo["source"]) == ("Is k8s a platform?", ["k8s"], "s14")
        option = next(each for each in found["links"] if each["kind"] == "option")
        assert option["tagged_values"] == {"name": "Keep control of your versions"}
        assert option["place"]["file"] == "models/infrastructure.py"


def again(study: Study) -> Study:
    """The study that is read from the export of a study."""
    return codeable.load_json(exported(study).only.decode())


def facts(study: Study) -> dict[str, object]:
    """What a user sees of a study, without its folder."""
    coded = study._coded()
    found: dict[str, object] = {
        "declarations": [
            (each.qualified_name, each.aliases, each.kind, each.name, place_of(coded, each))
            for each in study.declarations
        ],
        "elements": [of_element(study, each.element) for each in study.declarations],
        "notes": [(each.identifier, each.coder, each.text, len(each.problems)) for each in coded.notes],
        "found": [str(each.passage.text) for each in study.find("pods")],
        "messages": coded.messages,
        "settings": evolve(study.settings, engines={}, compat={}),
    }
    for name in study.tables._names():
        found[f"table {name}"] = getattr(study.tables, name).to_csv()
    for name in ("guidance", "methods", "references"):
        found[f"report {name}"] = [(each.name, each.data) for each in getattr(study.reports, name).files(())]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for view in study.views:
            figure = study.diagram(view)
            found[f"view {view.identifier}"] = view.title, figure.puml, figure.dot
    return found


def place_of(coded: CodedStudy, declaration: Declaration) -> object:
    """The place of a declaration, as seen from the folder."""
    span = declaration.span
    return span and (coded.file_of(span.path), *span[1:])


def of_element(study: Study, element: Any) -> object:
    """All that an element answers, with other elements by their names."""
    answers: dict[str, object] = {}
    for name in ANSWERS:
        answer = None
        with contextlib.suppress(codeable.CException):  # no default values where an association is extended
            answer = getattr(element, name, None)
        answers[name] = sorted(map(repr_of, answer)) if isinstance(answer, set) else repr_of(answer)
    connected = element.get_connected_elements() if hasattr(element, "get_connected_elements") else []
    return type(element).__name__, answers, [repr_of(each) for each in connected], study.kind_of(element)


def repr_of(answer: object) -> object:
    """An answer of an element without identities."""
    if isinstance(answer, list | tuple):
        return type(answer).__name__, [repr_of(each) for each in answer]
    if isinstance(answer, dict):
        return [(repr_of(key), repr_of(value)) for key, value in answer.items()]
    if isinstance(answer, codeable.CNamedElement | codeable.CAttribute):
        return type(answer).__name__, str(answer)
    return repr(answer) if not isinstance(answer, int) else hex(answer)


def check_random_models(seeds: Iterable[int], folder: Path) -> None:
    """Random models come back."""
    for seed in seeds:
        study = codeable.load(write_study(folder / str(seed), {"models/m.py": MODULE.format(seed=seed)}))
        first = exported(study)
        read = codeable.load_json(first.only.decode())
        assert exported(read).only == first.only, seed
        for one, other in zip(study.declarations, read.declarations, strict=True):
            assert (one.qualified_name, one.aliases) == (other.qualified_name, other.aliases), seed
            if not first.not_taken_over:
                assert of_element(study, one.element) == of_element(read, other.element), (seed, one)


_CLASSES = [getattr(codeable, name) for name in codeable.kernel.__all__ if name.startswith("C")]
_PROPERTIES = {name for cls in _CLASSES for name, each in vars(cls).items() if isinstance(each, property)}
ANSWERS = sorted({*_PROPERTIES - {"association"}, "label"})
"""Every property that some element has."""


class TestRoundTrip:
    """A study that is read from its JSON is equal to the study that was exported."""

    def test_everything_is_equal(self, tmp_path: Path) -> None:
        """Elements, places, notes, tables, reports and figures are equal, and a second export is the same."""
        study = codeable.load(write_study(tmp_path / "mesh", FULL))
        first = exported(study)
        read = codeable.load_json(first.only.decode())
        assert facts(read) == facts(study)
        assert exported(read) == first
        assert first.not_taken_over == ()

    def test_random_models(self, tmp_path: Path) -> None:
        """So it is for what random operations make."""
        check_random_models(range(60, 64), tmp_path)

    @pytest.mark.slow
    def test_many_random_models(self, tmp_path: Path) -> None:
        """So it is for many of them."""
        check_random_models(range(100), tmp_path)

    @pytest.mark.slow
    @pytest.mark.parametrize("name", sorted(each.name for each in STUDIES.iterdir() if each.is_dir()))
    def test_converted_studies(self, name: str, tmp_path: Path) -> None:
        """So it is for studies that were written for CodeableModels."""
        aliases = {"domain_models": "attic_models"} if name == "gateway_study" else {}
        convert(STUDIES / name, tmp_path / name, aliases=aliases)
        study = codeable.load(tmp_path / name)
        read = again(study)
        assert facts(read) == facts(study)
        assert exported(read) == exported(study)

    @pytest.mark.slow
    def test_this_study(self) -> None:
        """So it is for the study in this repository."""
        study = codeable.load(ROOT)
        read = again(study)
        assert facts(read) == facts(study)
        assert exported(read) == exported(study)
        assert list(read.passages_of("cqrs")) != []
        assert [each.text for each in read.passages_of("cqrs")] == [
            each.text for each in study.passages_of("cqrs")
        ]


class TestCells:
    """A study of a notebook's cells."""

    CELL = """
bus = CClass(pattern, "Event Bus", values={"description": "One \\ud83d line"})
add_links({s1: bus}, role_name="contained_code")
tool = CMetaclass("Tool", attributes={"of": pattern})
view = CBundle("view", elements=[bus, s1])
"""

    def run(self, names: dict[str, Any], text: str, number: int) -> None:
        exec(compile(text, f"<ipython-input-{number}>", "exec"), names)

    def test_what_earlier_runs_left_is_not_in_it(self) -> None:
        """Only what the study declares is in the file; a relation to what was replaced is told."""
        names: dict[str, Any] = {}
        self.run(names, "from codeable.dsl import *\ns1 = CClass(source, 's1')", 1)
        self.run(names, self.CELL, 2)
        self.run(names, "store = CClass(pattern, 'Store', superclasses=bus)", 3)
        study = Study.of(names)
        assert exported(study).not_taken_over == ()
        self.run(names, self.CELL, 4)
        again_ = exported(study)
        (lost,) = again_.not_taken_over
        assert (lost.what, lost.number) == ("relations to elements that are not in the study", 1)
        found = json.loads(again_.only)
        assert [each["id"] for each in found["elements"]] == ["s1", "bus", "tool", "view", "store"]
        assert [(each["source"], each["target"]) for each in found["links"]] == [("bus", "s1")]
        read = codeable.load_json(again_.only.decode())
        assert exported(read).only == again_.only
        assert read.tables.codebook.to_csv() == study.tables.codebook.to_csv()
        assert read["bus"].get_value("description") == "One \ud83d line"

    def test_what_no_file_can_keep(self) -> None:
        """Values of Python classes become texts, and classes of the study the kernel's; both are told."""
        names: dict[str, Any] = {}
        self.run(names, "from codeable.dsl import *\nclass Mine(CClass): pass\nclass T(str): pass", 1)
        self.run(names, "m = CMetaclass('M', attributes={'x': list, 'y': str})", 2)
        self.run(names, "loop = [1]; loop.append(loop); m.name = 7", 3)
        self.run(names, "halves = CEnum('\\ud83d\\ude42')", 3)
        self.run(names, "mine = Mine(m, 'Mine', values={'x': [object, loop, 1j], 'y': T('t')})", 4)
        study = Study.of(names)
        told = {each.what: (each.number, each.is_loss) for each in exported(study).not_taken_over}
        assert told == {
            "values of the class type": (1, True),
            "values of the class complex": (1, True),
            "lists too deep in lists, or in themselves": (1, True),
            "values of the class T": (1, False),
            "names and labels that are no texts": (1, True),
            "texts with both halves of a character, which become the character": (1, True),
            "elements of Python classes of the study": (1, True),
        }
        read = again(study)
        assert read["mine"].get_value("x")[1] == [1, "[1, [...]]"]
        assert read["mine"].get_value("y") == "t"
