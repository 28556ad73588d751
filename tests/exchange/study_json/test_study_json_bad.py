"""JSON of a study that is broken or hostile: an error with the place, and nothing of it runs."""

import json
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

import codeable
from codeable.exchange.exported import ExportOptions
from codeable.exchange.study_json.writer import export_json
from tests.exchange.full_study import FULL
from tests.studies import write_study

Document = dict[str, Any]


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The JSON of a study with everything."""
    study = codeable.load(write_study(tmp_path_factory.mktemp("full"), FULL))
    return export_json(study._coded(), ExportOptions()).only.decode()


def record(document: Document, id_: str) -> Document:
    """The record of an element or a link."""
    found: Document = next(each for each in (*document["elements"], *document["links"]) if each["id"] == id_)
    return found


def refused(source: str | Path) -> str:
    """The message with which a text is refused."""
    with pytest.raises(codeable.CodeableError) as caught:
        codeable.load_json(source)
    assert caught.value.exit_status == 2
    return str(caught.value)


def at(document: Document, id_: str) -> str:
    """The place of a record, as messages write it."""
    for key in ("elements", "links"):
        ids = [each["id"] for each in document[key]]
        if id_ in ids:
            return f"{key}[{ids.index(id_)}]"
    raise KeyError(id_)


def _set(id_: str, key: str, value: object) -> Callable[[Document], object]:
    return lambda document: record(document, id_).update({key: value})


RECORDS: dict[str, tuple[str, str, object, str]] = {
    "unknown id": ("k8s", "metaclass", "guidance.practise", "did you mean 'guidance.practice'"),
    "a class in itself": ("orders", "superclasses", ["orders"], "go round in a circle"),
    "twice the same": ("bills", "superclasses", ["orders", "orders"], "is there twice"),
    "no list": ("bills", "superclasses", "orders", "must be a list"),
    "an element of another type": ("k8s", "metaclass", "critical", "must be a metaclass, and"),
    "a superclass of another level": ("bills", "superclasses", ["guidance.practice"], "must be"),
    "a key of another type": ("k8s", "extended", [], "has no key 'extended'"),
    "an unknown key": ("k8s", "supperclasses", [], "did you mean 'superclasses'?"),
    "an unknown type": ("k8s", "type", "clazz", "did you mean 'class'?"),
    "another kind": ("k8s", "kind", "decision", "must be 'practice'"),
    "an identifier that is none": ("k8s", "identifier", "k8s = exit()", "a name that Python can bind"),
    "an attribute that nobody has": (
        "k8s",
        "values",
        {"titel": "x"},
        "declares the attribute 'titel'",
    ),
    "a value of another type": ("s99", "values", {"example": "yes"}, "must be a bool"),
    "a value that is none": ("s99", "values", {"title": {"eval": "1"}}, "must be a value"),
    "an integer that is none": ("s99", "values", {"title": {"integer": "1e9"}}, "must be a value"),
    "a line before the first": ("k8s", "place", {"file": "a", "line": 0}, "place: line must be"),
    "half a place": ("k8s", "place", {"file": "a", "line": 1}, "has no 'column'"),
    "an attribute without type": ("service", "attributes", [{"name": "x"}], "has no 'type'"),
    "an attribute twice": (
        "service",
        "attributes",
        [{"name": "x", "type": None}, {"name": "x", "type": None}],
        "that no other attribute has",
    ),
    "a type that is none": ("service", "attributes", [{"name": "x", "type": "complex"}], "must be str, bool"),
    "a multiplicity that is none": ("calls", "multiplicity", "many", "is no multiplicity"),
    "an end that is none": ("calls", "source", "first", "must be a classifier"),
    "a stereotype that is none": ("orders", "stereotypes", ["service"], "must be a stereotype"),
    "an association of a link that is none": ("link", "association", "service", "must be an association"),
    "a link in the list of elements": ("k8s", "type", "link", "in the list of links"),
    "a dictionary by lists": ("s99", "values", {"memo": {"dict": [[[], 1]]}}, "that can be a name"),
}
"""What is wrong → id of a record, key, value, and what the message says."""


def test_records(text: str) -> None:
    """Each message has the place of the record and says what is wrong."""
    for what, (id_, key, value, says) in RECORDS.items():
        document = json.loads(text)
        place = at(document, id_)
        record(document, id_)[key] = value
        message = refused(json.dumps(document))
        assert f"the JSON text: {place}" in message, (what, message)
        assert says in message, (what, message)


DOCUMENTS: dict[str, tuple[Callable[[Document], object], str]] = {
    "another format": (lambda document: document.update(format="qdpx"), "is no study of codeable"),
    "a later version": (
        lambda document: document.update(version=2),
        "has version 2 of the format, written",
    ),
    "no version": (lambda document: document.pop("version"), "has no 'version'"),
    "a version that is true": (lambda document: document.update(version=True), "version must be"),
    "no elements": (lambda document: document.pop("elements"), "has no 'elements'"),
    "another key": (lambda document: document.update(element=[]), "did you mean 'elements'?"),
    "an id twice": (
        lambda document: document["elements"].append(dict(document["elements"][0])),
        "another element has the id",
    ),
    "a circle of classes": (
        _set("orders", "superclasses", ["bills"]),
        "(models/own.py:21) cannot be a superclass",
    ),
    "a link to a later one": (
        lambda document: document["links"][0].update(target=document["links"][-1]["id"]),
        "links[0] target must be a class, object or link that is made before it",
    ),
    "a layer below two": (
        _set("low", "sub_layer", "low"),
        "sub_layer: this layer is below another one",
    ),
    "an id of the vocabulary": (_set("k8s", "id", "guidance.practice"), "another element has the id"),
    "an unknown vocabulary": (
        lambda document: document["vocabularies"].append("os"),
        "vocabularies[4] must",
    ),
    "a declaration that is none": (
        lambda document: document["declarations"].append("guidance.practice"),
        "the id of an element of this file",
    ),
    "a declaration twice": (
        lambda document: document["declarations"].append(document["declarations"][0]),
        "is there twice",
    ),
    "an order of others": (
        lambda document: document["orders"].append(
            {"element": "guidance.practice", "relation": "classes", "order": ["orders"]}
        ),
        "these are not 'classes' of",
    ),
    "a setting that is none": (
        lambda document: document["settings"].update(odrer=[]),
        "did you mean 'order'",
    ),
    "a setting of another type": (
        lambda document: document["settings"].update(models=["../x"]),
        "inside the study",
    ),
    "a change of what is no vocabulary": (
        lambda document: document["vocabulary_changes"].append({"id": "k8s", "name": "K"}),
        "of the vocabularies",
    ),
    "a note twice": (lambda document: document["notes"].append(document["notes"][0]), "is there twice"),
    "a note of another source": (
        lambda document: document["notes"][0].update(source="s5"),
        "notes[0] source is 's5', and its text is 's14'",
    ),
    "an encoding that is none": (
        lambda document: document["notes"][0].update(
            encoding={"name": "rot13", "errors": "strict", "mark": ""}
        ),
        "notes[0] encoding: name must be",
    ),
    "another passage": (
        lambda document: document["passages"][0].update(text="Pods!"),
        "passages[0] text is 'Pods!', and elements and notes give",
    ),
    "evidence that the links do not have": (
        lambda document: document["evidence"].append({"code": "k8s", "sources": ["s6"]}),
        "entries, and elements and notes give",
    ),
    "a list of another thing": (
        lambda document: document.update(memos=[7]),
        "memos[0] is 7, which is no",
    ),
}
"""What is wrong → how to make it so, and what the message says."""


def test_documents(text: str) -> None:
    """So it is with what is wrong in the whole."""
    for what, (change, says) in DOCUMENTS.items():
        document = json.loads(text)
        change(document)
        assert says in refused(json.dumps(document)), (what, refused(json.dumps(document)))


def test_what_is_no_json(text: str, tmp_path: Path) -> None:
    """Broken JSON is refused with line and column; what Python reads besides JSON is refused, too."""
    file = tmp_path / "study.json"
    assert "the JSON text:2:3: is not JSON" in refused("{\n  'format': 1}")
    assert "nested too deeply" in refused('{"a":' + "[" * 200_000)
    assert "NaN is no number of JSON" in refused(text.replace("1.5", "NaN"))
    assert "is not JSON that can be read" in refused(text.replace("1.5", "9" * 5000))
    twice = text.replace('"id": "k8s",', '"id": "k8s", "id": "k9s",')
    assert "the key 'id' is there twice" in refused(twice)
    assert "elements[" in refused(twice)
    for data, says in (
        (b"[]", "must be an object"),
        (b"", "is not JSON"),
        (b'{"a": "\xff\xfe"}', "1: is not UTF-8"),
    ):
        file.write_bytes(data)
        assert "study.json" in refused(file), data
        assert says in refused(file), data
    assert "No such file" in refused(tmp_path / "other.json")
    assert "cannot be read" in refused(tmp_path)
    assert refused("").startswith(".: cannot be read")
    assert "cannot be read" in refused("a\0b")
    file.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert codeable.load_json(file)["k8s"].name == "K8s"
    file.write_bytes(text.encode("utf-16"))
    assert codeable.load_json(str(file))["k8s"].name == "K8s"


def test_lists_for_other_programs_may_be_missing(text: str) -> None:
    """They follow from the rest; so do orders, where a person has moved an element."""
    document = json.loads(text)
    for key in ("codes", "evidence", "passages", "definitions", "memos", "orders", "written_by"):
        del document[key]
    study = codeable.load_json(json.dumps(document))
    assert [each.text for each in study.passages_of("k8s")] == ['Pods are scheduled by "K8s" 🙂.', "Pods."]


def test_nothing_is_run(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Modules of the study are not looked for, also where the current folder has some of the same names."""
    write_study(tmp_path, {"models/own.py": "raise SystemExit(3)", "models/forces.py": "1 / 0"})
    monkeypatch.chdir(tmp_path)
    study = codeable.load_json(text)
    assert study.modules == {}
    assert {each.span.path for each in study.check().diagnostics} <= {
        "sources/anna/s14.md",
        "sources/ben/s14.md",
    }
    with pytest.raises(codeable.CodeableError, match="it is read from the JSON text"):
        study.reload()


JUNK = (
    None,
    True,
    -1,
    1.5,
    "",
    "\0",
    [],
    {},
    [[]],
    [None],
    {"element": None},
    {"tuple": [1]},
    {"dict": [[1, 2]]},
)


def places(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to each value in a document."""
    yield way
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield from places(value[key], (*way, key))


@pytest.mark.slow
def test_any_change_is_refused_or_gives_a_study(text: str) -> None:
    """Whatever is changed, there is an error of codeable, or a study that can be asked and exported."""
    whole = json.loads(text)
    for key in ("codes", "evidence", "passages", "definitions", "memos"):
        del whole[key]
    ids = [each["id"] for each in (*whole["elements"], *whole["links"])]
    ways = [way for way in places(whole) if way]
    random = Random(7)
    read = 0
    for _ in range(200):
        document = json.loads(json.dumps(whole))
        *above, key = random.choice(ways)
        holder = document
        for each in above:
            holder = holder[each]
        other = random.choice([*JUNK, *random.sample(ids, 5), [random.choice(ids)]])
        match random.randrange(4):
            case 0:
                del holder[key]
            case 1 if isinstance(holder, list):
                random.shuffle(holder)
            case _:
                holder[key] = other
        try:
            study = codeable.load_json(json.dumps(document))
        except codeable.CodeableError:
            continue
        read += 1
        export_json(study._coded(), ExportOptions())
        assert study.tables.codebook.to_csv()
        study.check()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            assert all(study.diagram(view).puml for view in study.views)
    assert 5 < read < 150
