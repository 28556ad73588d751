"""The names of codes and sources in the settings of a study, with their places."""

import re
from collections.abc import Iterator, Sequence

from codeable.names.identifiers import normal
from codeable.names.occurrence import Occurrence
from codeable.names.toml_texts import TomlText, toml_texts

_NAME = re.compile(r"[^\W\d]\w*\Z")
_NAMED_IN = (
    ("renames", "*"),
    ("order",),
    ("figures", "*", "view"),
    ("figures", "*", "elements"),
    ("reports", "*", "decisions"),
)
"""The keys below `[tool.codeable]` whose strings are identifiers, or may be."""
_NAMED_BY = (("renames", "*"), ("views", "*"))
"""The keys that are identifiers."""


def occurrences_in_settings(path: str, text: str) -> tuple[Occurrence, ...]:
    r"""The names in the settings, in the order of the text; none when it is no TOML.

    Names are the keys and values of `renames`, the entries of `order`, the keys of `views`, and what `view`,
    `elements` and `decisions` of figures and reports name, unless it is a title or a display name.

    Args:
        path: The file.
        text: Its text.

    Example:
        >>> text = '[tool.codeable.renames]\nbus = "event_bus"\n[tool.codeable.views."event_bus"]\nwrap = 20'
        >>> [(one.name, one.span.line, one.span.column) for one in occurrences_in_settings("a.toml", text)]
        [('bus', 2, 1), ('event_bus', 2, 8), ('event_bus', 3, 23)]
    """
    return tuple(_names_in(toml_texts(path, text)))


def _names_in(texts: tuple[TomlText, ...]) -> Iterator[Occurrence]:
    for one in texts:
        if one.keys[:2] == ("tool", "codeable") and names_codes(one.keys[2:], is_key=one.is_key):
            name = _NAME.search(one.value)
            qualifier = one.value[: name.start()] if name is not None else ""
            if name is not None and (not qualifier or qualifier.endswith(":")):
                start = one.inner.end - len(name[0]) if qualifier else one.inner.start
                span = one.inner._replace(column=one.inner.end_column - (one.inner.end - start), start=start)
                yield Occurrence(normal(name[0]), span, "setting")


def names_codes(keys: Sequence[str], *, is_key: bool) -> bool:
    """Whether a key, or the strings that it leads to, may be identifiers.

    Args:
        keys: The keys below `[tool.codeable]`.
        is_key: Whether the last of them is asked for, and not its value.

    Example:
        >>> names_codes(("order",), is_key=False), names_codes(("views", "how"), is_key=False)
        (True, False)
    """
    return any(
        len(keys) == len(pattern) and all(want in ("*", key) for want, key in zip(pattern, keys, strict=True))
        for pattern in (_NAMED_BY if is_key else _NAMED_IN)
    )
