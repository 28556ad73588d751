"""Identifiers for imported codes and their module, from the names that people read. `planned_codes` asks."""

import builtins
import keyword
import re
import sys
import unicodedata
from collections.abc import Iterable

from codeable import dsl
from codeable.registry.declarations import is_identifier
from codeable.text import folded

_LONGEST = 60
_SOURCE = re.compile(r"[sp]\d+[a-z]?", re.IGNORECASE)
_LIKE_SOURCE = re.compile(r"[sp]\d")
_RESERVED = frozenset({*dsl.NAMES, *keyword.kwlist, *keyword.softkwlist, *dir(builtins)})
_NO_MODULE = _RESERVED | sys.stdlib_module_names | {"codeable", "con", "prn", "aux", "nul"}
_MARKS = frozenset({"Mn", "Mc", "Me", "Cf"})


def identifier_from(name: str) -> str:
    """The identifier of a code, from its name.

    It is no keyword, no word of the vocabulary, no builtin, and not like the identifier of a source. Letters
    of all scripts are kept, marks on them are not: tools that look for words end a word there.

    Example:
        >>> [identifier_from(name) for name in ("Event Bus", "Force", "24/7", "S3", "++", "")]
        ['event_bus', 'force_code', 'code_24_7', 'code_s3', 'plus_sign_plus_sign', 'unnamed_code']
    """
    words = _words(name) or _words(" ".join(unicodedata.name(each, "") for each in name.strip()[:_LONGEST]))
    if not words:
        return "unnamed_code"
    if not words.isidentifier() or _LIKE_SOURCE.match(words):
        words = f"code_{words}"
    short = _shortened(words)
    return f"{short}_code" if short in _RESERVED else short


class FreeIdentifiers:
    """Gives each code an identifier that nothing else has.

    Args:
        taken: The identifiers that are not free; capital letters do not count.

    Example:
        >>> free = FreeIdentifiers({"other"})
        >>> free.take("Other", "cost"), free.take("Other", None), free.take("Other", None)
        ('cost_other', 'other_2', 'other_3')
    """

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = {identifier.casefold() for identifier in taken}
        self._last: dict[str, int] = {}

    def take(self, name: str, parent: str | None) -> str:
        """An identifier for a code, by its name, else with that of the code that it specialises."""
        plain = identifier_from(name)
        if plain in self._taken and parent is not None and len(parent) < _LONGEST // 2:
            plain = _shortened(f"{parent}_{plain}")
        identifier = plain
        while identifier.casefold() in self._taken:
            self._last[plain] = self._last.get(plain, 1) + 1
            identifier = f"{plain}_{self._last[plain]}"
        self._taken.add(identifier.casefold())
        return identifier

    def take_as_is(self, identifier: str) -> bool:
        """Whether an identifier is free as it is; it is taken then."""
        is_name = is_identifier(identifier) and unicodedata.is_normalized("NFKC", identifier)
        is_reserved = identifier in dsl.NAMES or _SOURCE.fullmatch(identifier) is not None
        if not is_name or is_reserved or identifier.casefold() in self._taken:
            return False
        self._taken.add(identifier.casefold())
        return True


def module_name_from(name: str) -> str:
    """The name of the module of an imported project, from the name of the project.

    Example:
        >>> [module_name_from(name) for name in ("Interviews 2024", "2024", "import", "???")]
        ['interviews_2024', 'codes_2024', 'import_codes', 'imported_codes']
    """
    words = _shortened(_words(name))
    if not words:
        return "imported_codes"
    if not words.isidentifier():
        return f"codes_{words}"
    return f"{words}_codes" if words in _NO_MODULE else words


def _words(name: str) -> str:
    """The words of a name in lower case, joined by underscores."""
    normal = unicodedata.normalize("NFKC", folded(name))
    kept = (each for each in normal if unicodedata.category(each) not in _MARKS)
    text = "".join(each if _is_of_word(each) else " " for each in kept).replace("_", " ")
    return "_".join(text.split())


def _is_of_word(character: str) -> bool:
    return character.isalnum() and f"a{character}".isidentifier()


def _shortened(words: str) -> str:
    """The first words, as many as fit into an identifier that people can read."""
    if len(words) <= _LONGEST:
        return words
    cut = words[: _LONGEST + 1].rpartition("_")[0]
    return cut if len(cut) > _LONGEST // 2 else words[:_LONGEST].rstrip("_")
