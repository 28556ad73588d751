"""The tables of a study as CSV: codes, links, codings, sources."""

import csv
import io
from pathlib import Path

import codeable
from codeable.coded.coded_study import CodedStudy
from codeable.exchange.exported import Exported, ExportOptions
from codeable.exchange.outgoing.tables import export_csv
from tests.studies import SMALL, write_study

NOTE = """
# s6

## title
The Definitive Guide

# coding

> Keep "versions", always;
> they pay.

**AXIAL CODING TRACE:**
```python
add_links({s6: [versioning, k8s_uses_orchestration]}, role_name="contained_code")
```

**MEMO:** Is it so?

> Nobody coded this.
"""


def rows(made: Exported, name: str) -> list[dict[str, str]]:
    text = made.files[f"{name}.csv"].decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def given(row: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in row.items() if text}


def test_the_tables_name_codes_and_sources_and_have_each_coding_and_passage(tmp_path: Path) -> None:
    study = codeable.load(write_study(tmp_path, {**SMALL, "sources/s6.md": NOTE}))
    made = export_csv(study._coded(), ExportOptions())
    codes = {row["identifier"]: row for row in rows(made, "codes")}
    assert given(codes["versioning"]) == {
        "identifier": "versioning",
        "name": "Versioning",
        "kind": "practice",
        "number of sources": "1",
        "number of passages": "1",
    }
    assert "k8s_uses_orchestration" not in codes
    links = rows(made, "links")
    assert {"identifier": "k8s_uses_orchestration", "kind": "relation", "text": "Uses"}.items() <= links[
        3
    ].items()
    assert [
        (row["from"], row["to"], row["kind"], row["text"]) for row in links if row["kind"] == "impact"
    ] == [
        ("orchestration", "consistency", "impact", "+"),
        ("orchestration", "security", "impact", "--"),
    ]
    codings = rows(made, "codings")
    text = 'Keep "versions", always;\nthey pay.'
    coded = {"source": "s6", "passage": "1", "text": text, "memo of passage": "Is it so?"}
    assert [given(row) for row in codings if row["passage"]] == [
        {**coded, "code": "k8s_uses_orchestration", "code name": "K8s → Orchestration (Uses)"},
        {**coded, "code": "versioning", "code name": "Versioning"},
        {"source": "s6", "passage": "2", "text": "Nobody coded this."},
    ]
    assert [(row["source"], row["code"]) for row in codings if not row["passage"]] == [
        ("s6", "k8s"),
        ("s14", "infrastructure_decision"),
        ("s14", "k8s"),
    ]
    s14 = rows(made, "sources")[1]
    assert (s14["identifier"], s14["title"], s14["example"]) == ("s14", "Data Product Pyramid", "yes")
    assert not made.not_taken_over


def test_every_text_is_exact_and_names_are_told_apart() -> None:
    from codeable.dsl import CClass, CMetaclass, practice

    kind = CMetaclass("Kind", superclasses=practice, attributes={"kind": str, "aka": str})
    hostile = 'a,"b"\r\n\n=1+1\t;é🙂 '
    above = CClass(kind, hostile, values={"kind": "mine", "description": hostile, "aka": "\ud800"})
    cells = {"above": above, "several": [CClass(kind, "Bus", superclasses=above), CClass(kind, "Bus")]}
    made = export_csv(CodedStudy(codeable.Study.of(cells)), ExportOptions())
    codes = {row["identifier"]: row for row in rows(made, "codes")}
    first = codes["above"]
    assert (first["name"], first["description"], first["kind"]) == (hostile, hostile.strip(), "practice")
    assert (first["kind (value)"], first["aka"]) == ("mine", "\\ud800")
    assert sorted(codes) == ["Bus", "Bus (2)", "above"]
    assert {codes[name]["parent"] for name in ("Bus", "Bus (2)")} == {"above", ""}
    assert [(each.what, each.number) for each in made.not_taken_over] == [("characters", 1)]


def test_a_spreadsheet_runs_no_text_as_a_formula(tmp_path: Path) -> None:
    name, memo = "=cmd|'/c calc'!A1", "a\n-b;+c"
    module = f'from codeable.dsl import *\n\nf = CClass(force, {name!r}, values={{"memo": {memo!r}}})\n'
    folder = write_study(tmp_path, {"models/m.py": module})
    study = codeable.load(folder)._coded()
    exact, safe = (export_csv(study, ExportOptions(excel=excel)) for excel in (False, True))
    assert rows(exact, "codes")[0]["name"] == name
    assert safe.files["codes.csv"].startswith(b"\xef\xbb\xbfidentifier,")
    row = next(csv.DictReader(io.StringIO(safe.files["codes.csv"].decode("utf-8-sig"), newline="")))
    assert (row["name"], row["memo"]) == ("'=cmd|'/c calc'!A1", "a\n'-b;'+c")
