"""Keys and strings of TOML with their places, and the names among them."""

import tomllib

import pytest

from codeable.names.in_settings import occurrences_in_settings
from codeable.names.toml_texts import toml_texts

NAMED = '''\
[project]
name = "bus"
keywords = ["bus"]  # "bus"
description = """
[tool.codeable.renames]
bus = "bus"
"""

[tool.codeable]
order = [
    "«bus»",  # "bus"
    's2', "bus or so"]
output = "bus"
renames.old = "«bus»"
"renames".'«bus»' = "bus_2"

[ tool . codeable . "views" . «bus» ] # bus
wrap = 20

[tool.codeable.figures.bus]
view = "«bus»"
title = "bus"
out = "bus.pdf"
[tool.codeable.figures]
two = {elements = ["«bus»", "models.bus:«bus»", "The bus"], format = "svg", when = 1979-05-27 07:32:00Z}
[tool.codeable.reports.bus]
decisions = ["«bus»"]
columns = ["bus"]
[[tool.other.renames]]
bus = "bus"
'''

VALUES = [
    '"a"', "'a'", '""', "''", '"""a"""', "'''a'''", '"""\na"""', '""""a""""', '"""a\\""""', "''''a''''",
    '"a\\"b"', '"# no"', "'\\'", '"""a""b"""', '["a", "b"]', '{ a = "b", c.d = "e" }', "{}", "[]", "true",
    '[ # "no"\n "a" # "no"\n, ]', "1", "1.5e3", "1979-05-27", "1979-05-27 07:32:00", "inf", "0x1F",
    '[[["a"]], {b = ["c"]}]', '"""""two"""', '"""two"""""',
]  # fmt: skip


def marked(text: str, name: str) -> str:
    for one in reversed(occurrences_in_settings("pyproject.toml", text)):
        if one.name == name:
            text = f"{text[: one.span.start]}«{text[one.span.start : one.span.end]}»{text[one.span.end :]}"
    return text


class TestNames:
    @pytest.mark.parametrize("newline", ["\n", "\r\n"])
    def test_what_names_a_code_is_told_from_every_other_text(self, newline: str) -> None:
        named = NAMED.replace("\n", newline)
        assert marked(named.replace("«", "").replace("»", ""), "bus") == named

    def test_a_name_with_escapes_or_in_another_form_is_the_name_that_it_says(self) -> None:
        text = '[tool.codeable]\norder = ["b\\u0075s", "ﬁle"]\n'
        found = occurrences_in_settings("a.toml", text)
        assert [(one.name, text[one.span.start : one.span.end]) for one in found] == [
            ("bus", "b\\u0075s"),
            ("file", "ﬁle"),
        ]

    @pytest.mark.parametrize(
        "text", ["", "[tool", "x = ", "tool = 1", "tool.codeable = [[1], {}]", "[" * 9999]
    )
    def test_other_texts_have_none(self, text: str) -> None:
        assert occurrences_in_settings("a.toml", text) == ()


class TestTexts:
    def test_the_strings_of_every_value_are_found(self) -> None:
        for value in VALUES:
            text = f"[t.'x y']\nk = {value}\nlast = 'z'\n"
            found = [one.value for one in toml_texts("a.toml", text) if not one.is_key]
            assert found == [*strings(tomllib.loads(text)["t"]["x y"])]

    def test_the_keys_lead_to_the_values(self) -> None:
        text = "a.b = 'c'\n[d]\n[d . e]\n'f.g' = { h = ['i'], j.k = 'l' }\n[[d.m]]\nn = 'o'\n"
        assert [(".".join(one.keys), one.value) for one in toml_texts("a.toml", text) if not one.is_key] == [
            ("a.b", "c"), ("d.e.f.g.h", "i"), ("d.e.f.g.j.k", "l"), ("d.m.n", "o"),
        ]  # fmt: skip


def strings(value: object) -> list[str]:
    """The strings in a value of TOML, in order."""
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [each for part in parts for each in strings(part)]
