"""What REFI-QDA 1.0 asks of codebooks and projects: which elements, in which order, with which attributes.

Written from the description of the standard (https://www.qdasoftware.org), for the elements that codeable
writes.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping

from lxml import etree

_GUID = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_TYPES = {
    "guid": _GUID,
    "text": r"(?s:.*)",
    "number": r"-?\d+",
    "truth": "true|false|1|0",
    "time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ",
    "day": r"\d{4}-\d\d-\d\d",
    "variable": "Text|Boolean|Integer|Float|Date|DateTime",
    "direction": "Associative|OneWay|Bidirectional",
}

_Rule = tuple[str, Mapping[str, str], Mapping[str, str]]
"""The children of an element as a regular expression, its attributes, and those that may be missing."""

_TEXT: _Rule = ("", {}, {})
_REFERENCE: _Rule = ("", {"targetGUID": "guid"}, {})
_NAMED = {"guid": "guid", "name": "text"}
_USER = {"creatingUser": "guid", "creationDateTime": "time"}
_TEXT_SOURCE: _Rule = (
    "Description? PlainTextContent? PlainTextSelection* Coding* NoteRef* VariableValue*",
    {"guid": "guid"},
    {"name": "text", "plainTextPath": "text", **_USER},
)
_CODE = {**_NAMED, "isCodable": "truth"}

CODEBOOK: Mapping[str, _Rule] = {
    "CodeBook": ("Codes Sets?", {}, {"origin": "text"}),
    "Codes": ("Code+", {}, {}),
    "Code": ("Description? Code*", _CODE, {}),
    "Description": _TEXT,
    "Sets": ("Set+", {}, {}),
    "Set": ("Description? MemberCode*", _NAMED, {}),
    "MemberCode": ("", {"guid": "guid"}, {}),
}

PROJECT: Mapping[str, _Rule] = {
    "Project": (
        "Users? CodeBook? Variables? Cases? Sources? Notes? Links? Sets? Graphs? Description? NoteRef*",
        {"name": "text"},
        {"origin": "text", "creationDateTime": "time"},
    ),
    "Users": ("User+", {}, {}),
    "User": ("", {"guid": "guid"}, {"name": "text"}),
    "CodeBook": ("Codes", {}, {}),
    "Codes": ("Code+", {}, {}),
    "Code": ("Description? NoteRef* Code*", _CODE, {}),
    "Description": _TEXT,
    "Variables": ("Variable+", {}, {}),
    "Variable": ("Description?", {**_NAMED, "typeOfVariable": "variable"}, {}),
    "Sources": ("TextSource+", {}, {}),
    "TextSource": _TEXT_SOURCE,
    "PlainTextSelection": (
        "Description? Coding* NoteRef*",
        {"guid": "guid", "startPosition": "number", "endPosition": "number"},
        {"name": "text", **_USER},
    ),
    "Coding": ("CodeRef NoteRef*", {"guid": "guid"}, _USER),
    "CodeRef": _REFERENCE,
    "NoteRef": _REFERENCE,
    "VariableValue": (
        "VariableRef (TextValue|BooleanValue|IntegerValue|FloatValue|DateValue|DateTimeValue)?",
        {},
        {},
    ),
    "VariableRef": _REFERENCE,
    "TextValue": _TEXT,
    "BooleanValue": _TEXT,
    "IntegerValue": _TEXT,
    "DateValue": _TEXT,
    "Notes": ("Note+", {}, {}),
    "Note": _TEXT_SOURCE,
    "Links": ("Link+", {}, {}),
    "Link": (
        "NoteRef*",
        {"guid": "guid"},
        {"name": "text", "direction": "direction", "originGUID": "guid", "targetGUID": "guid"},
    ),
    "Sets": ("Set+", {}, {}),
    "Set": ("Description? MemberCode* MemberSource* MemberNote*", _NAMED, {}),
    "MemberCode": _REFERENCE,
}
_VALUES = {"BooleanValue": "truth", "IntegerValue": "number", "DateValue": "day"}


def broken_rules(data: bytes, rules: Mapping[str, _Rule], namespace: str) -> list[str]:
    """What is wrong with an XML file; nothing for one that the standard allows."""
    root = etree.fromstring(data)
    if root.tag != f"{{{namespace}}}{next(iter(rules))}":
        return [f"the root is {root.tag}"]
    guids = [each.get("guid") for each in root.iter() if each.get("guid") and each.tag[-10:] != "MemberCode"]
    known = set(guids)
    wrong = [f"{guid} is there twice" for guid in known if guids.count(guid) > 1] if len(guids) < 2000 else []
    for element in root.iter():
        wrong += _wrong(element, rules)
        for name, value in element.attrib.items():
            is_reference = name in ("targetGUID", "originGUID", "creatingUser")
            if (is_reference or element.tag.endswith("}MemberCode")) and value not in known:
                wrong.append(f"{element.tag}: there is no {value}")
    return wrong


def _wrong(element: etree._Element, rules: Mapping[str, _Rule]) -> Iterator[str]:
    tag = etree.QName(element).localname
    if tag not in rules:
        yield f"{tag} is unknown"
        return
    children, needed, possible = rules[tag]
    found = "".join(f"{etree.QName(each).localname} " for each in element)
    if not re.fullmatch(re.sub(r"(\w+|\([\w|]+\))([?*+]?) ?", r"(?:(?:\1) )\2", children), found):
        yield f"{tag}: {found.strip() or 'nothing'} is not {children}"
    yield from (f"{tag}: {name} is missing" for name in needed if name not in element.attrib)
    for name, value in element.attrib.items():
        kind = {**needed, **possible}.get(name)
        if kind is None or not re.fullmatch(_TYPES[kind], value):
            yield f"{tag}: {name}={value!r}"
    if tag in _VALUES and not re.fullmatch(_TYPES[_VALUES[tag]], element.text or ""):
        yield f"{tag}: {element.text!r}"


def broken_rules_of_project(data: bytes) -> list[str]:
    """What is wrong with the zip of a project: with its XML, with its texts and with what is selected."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    main = archive.read("project.qde")
    wrong = broken_rules(main, PROJECT, "urn:QDA-XML:project:1.0")
    files = {"project.qde"}
    for element in etree.fromstring(main).iter("{*}TextSource", "{*}Note"):
        name = f"sources/{element.get('plainTextPath', '').removeprefix('internal://')}"
        files.add(name)
        text = archive.read(name).decode("utf-8")
        if text.startswith("\ufeff") or "\r" in text or not re.fullmatch(f"sources/{_GUID}.txt", name):
            wrong.append(f"{name} begins with a mark, has a carriage return or is no GUID")
        for each in element.iter("{*}PlainTextSelection"):
            start, end = int(each.get("startPosition", "")), int(each.get("endPosition", ""))
            if not 0 <= start < end <= len(text):
                wrong.append(f"{name}: {start} to {end} of {len(text)}")
    return wrong + [f"{name} is of nothing" for name in archive.namelist() if name not in files]
