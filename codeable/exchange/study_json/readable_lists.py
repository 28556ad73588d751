"""What other programs read in the JSON of a study: codes, evidence, passages, definitions, memos.

All of it follows from elements, links and notes. It is written with them, and checked against them when a
file is read.
"""

from collections.abc import Callable
from typing import Any

from codeable.coded.coded_memos import coded_memos
from codeable.coded.coded_study import Code, CodedStudy
from codeable.kernel import CNamedElement

Record = dict[str, Any]


def readable_lists(study: CodedStudy, id_of: Callable[[CNamedElement], str]) -> dict[str, list[Record]]:
    """The lists by name.

    Args:
        study: The study.
        id_of: Gives the id of an element in the file.

    Example:
        >>> from codeable.dsl import *
        >>> from codeable.registry import Registry
        >>> s1, bus = CClass(source, "s1"), CClass(pattern, "Event Bus")
        >>> _ = add_links({s1: bus}, role_name="contained_code")
        >>> lists = readable_lists(CodedStudy(Registry.of({"s1": s1, "bus": bus})), str)
        >>> list(lists), lists["evidence"]
        (['codes', 'evidence', 'passages', 'definitions', 'memos'], [{'code': 'bus', 'sources': ['s1']}])
    """
    return {
        "codes": [_code(code, id_of) for code in (*study.codes, *study.dropped_codes)],
        "evidence": [
            {"code": code.name, "sources": list(code.sources)} for code in study.codes if code.sources
        ],
        "passages": _passages(study),
        "definitions": _definitions(study),
        "memos": _memos(study),
    }


def _code(code: Code, id_of: Callable[[CNamedElement], str]) -> Record:
    record: Record = {"code": code.name, "name": code.title, "kind": code.kind}
    if code.element is not None:
        record["element"] = id_of(code.element)
    return record | {"passages": len(code.passages)}


def _passages(study: CodedStudy) -> list[Record]:
    found = []
    for coded in study.passages:
        passage = coded.passage
        record = {
            "source": passage.source,
            "file": study.file_of(passage.path),
            "line": passage.line,
            "end_line": passage.end_line,
            "kind": passage.kind,
            "heading": passage.heading,
            "speaker": passage.speaker,
            "coder": passage.coder,
            "text": passage.text,
            "codes": [code.name for code in coded.codes],
        }
        found.append(_given(record))
    return found


def _definitions(study: CodedStudy) -> list[Record]:
    return [
        _given(
            {
                "code": code.name,
                "text": each.text,
                "source": each.source,
                "coder": each.coder,
                "file": study.file_of(each.span.path),
                "line": each.span.line,
            }
        )
        for code in (*study.codes, *study.dropped_codes)
        for each in study.definitions_of(code)
    ]


def _memos(study: CodedStudy) -> list[Record]:
    return [
        _given(
            {
                "text": memo.text,
                "title": memo.title or None,
                "source": memo.source,
                "coder": memo.coder,
                "file": memo.file,
                "line": memo.line,
                "codes": [code.name for code in memo.codes],
                "passages": memo.passages,
            }
        )
        for memo in coded_memos(study)
    ]


def _given(record: Record) -> Record:
    return {key: value for key, value in record.items() if value is not None}
