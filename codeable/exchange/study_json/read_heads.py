"""The records of elements and links in the JSON of a study: which keys each type has, and which it needs."""

from collections.abc import Iterable, Mapping
from typing import Any

from codeable.exchange.study_json.read_document import (
    entries,
    or_null,
    record,
    records,
    string,
    strings,
    table,
)
from codeable.kernel.place import Span
from codeable.schema import Reader, anything, one_of, switch, whole_number, wrong

_CLASSIFIER = ("superclasses", "attributes")
_HELD = ("stereotypes", "tagged_values", "further_tagged_values", "values", "further_values")
STATE_KEYS: Mapping[str, tuple[str, ...]] = {
    "association": (
        *_CLASSIFIER, "source", "target", "source_role_name", "role_name", "source_multiplicity",
        "multiplicity", "aggregation", "composition", "derived_from", *_HELD[:3],
    ),
    "bundle": ("elements",),
    "class": (*_CLASSIFIER, "metaclass", "object_name", *_HELD),
    "element": (),
    "element in bundles": (),
    "enum": ("values",),
    "layer": ("elements", "sub_layer"),
    "link": ("association", "source", "target", "label", "is_loose", *_HELD),
    "metaclass": _CLASSIFIER,
    "object": ("classifier", *_HELD),
    "package": ("elements",),
    "stereotype": (*_CLASSIFIER, "extended", "default_values", "further_default_values"),
}  # fmt: skip
"""Type → the keys of its state, besides the name."""

_NUMBER = whole_number(1, 1_000_000_000)
_PLACE: Mapping[str, Reader[Any]] = {
    "file": string,
    "line": _NUMBER,
    "column": _NUMBER,
    "end_line": _NUMBER,
    "end_column": _NUMBER,
}


def _place(value: object, where: str) -> Span:
    found = record(value, where, _PLACE, _PLACE)
    return Span(*(found[key] for key in _PLACE))


_HEAD: Mapping[str, Reader[Any]] = {
    "id": string,
    "type": one_of(*STATE_KEYS),
    "kind": string,
    "identifier": string,
    "aliases": strings,
    "module": string,
    "place": _place,
    "name": anything,
}
_NEEDED = {"class": ("metaclass",), "object": ("classifier",), "association": ("source", "target")}


def element_records(given: object, where: str) -> Iterable[tuple[dict[str, Any], str]]:
    """The records of elements. Which keys a record may have depends on its type."""
    for at, each in enumerate(entries(given, where)):
        place = f"{where}[{at}]"
        type_ = _HEAD["type"](table(each, place).get("type"), f"{place} type")
        if type_ == "link":
            raise wrong(f"{place} type", type_, "another one; links are in the list of links")
        readers = {**_HEAD, **dict.fromkeys(STATE_KEYS[type_], anything)}
        yield record(each, place, readers, ("id", "type", "kind", *_NEEDED.get(type_, ()))), place


def link_records(given: object, where: str) -> Iterable[tuple[dict[str, Any], str]]:
    """The records of links."""
    keys = dict.fromkeys(STATE_KEYS["link"], anything)
    readers = {**_HEAD, **keys, "type": one_of("link"), "is_loose": or_null(switch)}
    yield from records(given, where, readers, ("id", "type", "kind", "association", "source", "target"))
