"""The JSON of a study: what is in it, and that the study which is read from it is equal."""

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

import codeable
from codeable.exchange.exported import Exported, ExportOptions
from codeable.exchange.outgoing.study_json import export_json
from codeable.study import Study
from tests.studies import SMALL, write_study

ROOT = Path(__file__).parents[2]
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
    (data,) = made.files.values()
    errors = Draft202012Validator(SCHEMA).iter_errors(json.loads(data))
    assert [(list(each.path), each.message) for each in errors] == []
    return made


def document(study: Study) -> dict[str, Any]:
    """The JSON of a study."""
    (data,) = exported(study).files.values()
    found: dict[str, Any] = json.loads(data)
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
