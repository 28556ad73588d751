"""The variables of a REFI-QDA project: what is known about sources and cases."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from codeable.exchange.readers.refi.refi_file import RefiFile, elements_in
from codeable.exchange.readers.safe_xml import Element
from codeable.text import FreeNames

_YES_NO = {"true": "yes", "1": "yes", "false": "no", "0": "no"}
_FIELD_OF_CASE = "case"


def source_values(file: RefiFile) -> Mapping[str, Mapping[str, str]]:
    """Key of a source → name of a variable → value. Values of cases go to the sources of the case.

    Raises:
        CodeableError: A variable has no GUID.
    """
    names = _names(file)
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for source in elements_in(file.root, "Sources"):
        key = file.optional_guid(source, "guid")
        if key is not None:
            found[key].update(_values(file, source, names))
    _add_cases(file, names, found)
    return found


def _names(file: RefiFile) -> dict[str, str]:
    """Key of a variable → its name, each name once."""
    names: dict[str, str] = {}
    free = FreeNames("{} {}")
    for variable in elements_in(file.root, "Variables", "Variable"):
        key = file.guid(variable)
        names[key] = free.take(variable.get("name") or "variable")
        if variable.text_of("Description").strip():
            reason = "fields of field notes have no description"
            file.discard("descriptions of variables", variable, reason, name=names[key])
    return names


def _values(file: RefiFile, element: Element, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for value in element.all("VariableValue"):
        key = file.target(value, "VariableRef")
        name = names.get(key or "")
        text = next((_text(each) for each in value.children if each.name.endswith("Value")), "")
        if name is None:
            reason = "the file does not have these variables"
            file.discard("values of unknown variables", value, reason, name=text)
        elif text:
            yield name, text


def _text(value: Element) -> str:
    """A value on one line; yes and no as these words."""
    text = " ".join(value.text.split())
    return _YES_NO.get(text.casefold(), text) if value.name == "BooleanValue" else text


def _add_cases(file: RefiFile, names: Mapping[str, str], found: dict[str, dict[str, str]]) -> None:
    """Give the values of each case to its sources. What else a case has is left out."""
    for case in elements_in(file.root, "Cases", "Case"):
        values = dict(_values(file, case, names))
        if case.get("name"):
            values.setdefault(_FIELD_OF_CASE, case.get("name"))
        sources = [file.guid(each, "targetGUID") for each in case.all("SourceRef")]
        known = [each for each in sources if each in found]
        for key in known:
            for name, text in values.items():
                if found[key].setdefault(name, text) != text:
                    reason = "the source has another value of its own, or of another case"
                    file.discard("values of cases", case, reason, name=f"{name} of {case.get('name')}")
        if not known or case.text_of("Description").strip() or any(case.all("CodeRef", "SelectionRef")):
            reason = "a study has no cases; the values of variables go to the sources of a case"
            file.discard("cases", case, reason)
