"""What a user can switch in the language server. Clients send it when they start the server, and later."""

from collections.abc import Mapping
from typing import Any, Literal

from attrs import fields, frozen

from codeable.text import did_you_mean


@frozen
class EditorOptions:
    """The options, each under its name in camel case, such as `inlayHintsNames`.

    Attributes:
        inlay_hints_names: Whether display names are shown behind identifiers.
        inlay_hints_sources: Whether the number of sources is shown behind identifiers.
        code_lenses: Whether a line above each code says how many sources and decisions it has.
        load_modules: Whether the modules of a study are run, in a process of their own: `onSave`, or `never`
            where the folder is not trusted.
        load_seconds: How long they may take.
        rename_notes: Whether a rename rewrites the notes, or keeps them and adds an entry to the settings.
        check_delay: Milliseconds without a change after which the study is checked.
    """

    inlay_hints_names: bool = True
    inlay_hints_sources: bool = True
    code_lenses: bool = True
    load_modules: Literal["onSave", "never"] = "onSave"
    load_seconds: float = 30.0
    rename_notes: Literal["rewrite", "keep"] = "rewrite"
    check_delay: int = 50


_WORDS: Mapping[str, tuple[str, ...]] = {
    "load_modules": ("onSave", "never"),
    "rename_notes": ("rewrite", "keep"),
}
_NUMBERS: Mapping[str, tuple[float, float]] = {"load_seconds": (0.1, 86_400), "check_delay": (0, 60_000)}


def options_of(given: object, before: EditorOptions | None = None) -> tuple[EditorOptions, list[str]]:
    """The options that a client sends, over those before, and what is wrong with them.

    Args:
        given: What it sends: a table, as such or in a table `codeable`; anything else says nothing.
        before: The options so far.

    Example:
        >>> options_of({"codeable": {"codeLenses": False, "loadSeconds": "long"}})[1]
        ["codeable.loadSeconds is 'long'; expected a number from 0.1 to 86400"]
    """
    known = before or EditorOptions()
    table = given.get("codeable", given) if isinstance(given, Mapping) else {}
    if not isinstance(table, Mapping):
        return known, [f"codeable is {table!r}; expected a table"]
    values: dict[str, Any] = {each.name: getattr(known, each.name) for each in fields(EditorOptions)}
    names = {_camel_case(name): name for name in values}
    problems = []
    for key, value in table.items():
        name = names.get(str(key))
        if name is None:  # perhaps one of the client itself, such as the path of the server
            near = did_you_mean(str(key), names)
            problems += [f"there is no option codeable.{key}{near}"] if near else []
            continue
        if value is None:
            continue
        expected = _expected(name, values[name], value)
        if expected is None:
            values[name] = value
        else:
            problems.append(f"codeable.{key} is {value!r}; expected {expected}")
    return EditorOptions(**values), problems


def _camel_case(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(each.capitalize() for each in others)


def _expected(name: str, default: object, value: object) -> str | None:
    """What is expected instead of a value; None where the value is right."""
    if name in _WORDS:
        return None if value in _WORDS[name] else " or ".join(map(repr, _WORDS[name]))
    if isinstance(default, bool):
        return None if isinstance(value, bool) else "true or false"
    least, most = _NUMBERS[name]
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return None if is_number and least <= value <= most else f"a number from {least:g} to {most:g}"  # type: ignore[operator]
