"""Which names in a module are those of the study. `scopes.txt` has the texts."""

from pathlib import Path

import pytest

from codeable.names.in_modules import modules_of_study, occurrences_in_module
from codeable.names.modules import Module
from codeable.names.occurrence import Occurrence

MODULES = modules_of_study(
    ["/s/models/a.py", "/s/models/bus.py", "/s/models/sub/c.py", "/s/sources/s1.py"], "/s"
)


def places(text: str, name: str = "bus") -> list[Occurrence]:
    module = Module("/s/sources/s1.py", text)
    return [one for one in occurrences_in_module(module, "sources.s1", MODULES) if one.name == name]


def marked(text: str, name: str = "bus") -> str:
    for one in reversed([one for one in places(text, name) if not one.alias]):
        text = f"{text[: one.span.start]}«{text[one.span.start : one.span.end]}»{text[one.span.end :]}"
    return text


CASES = (Path(__file__).parent / "scopes.txt").read_text(encoding="utf-8").split("\n## ")[1:]
AS_IN_PYTHON = dict(case.split("\n\n", 1) for case in CASES)
AS_IN_PYTHON["line ends"] = "x\r\n«bus» = 1\r\rf(\f«bus»)\r"


class TestNames:
    def test_the_scopes_are_those_of_python(self) -> None:
        found = {
            title: marked(text.replace("«", "").replace("»", "")) for title, text in AS_IN_PYTHON.items()
        }
        assert found == AS_IN_PYTHON

    def test_a_name_in_another_form_is_the_name_that_python_reads(self) -> None:
        assert marked("ﬁle = x\nfrom models.a import ﬁle\nfile\n", "file") == (
            "«ﬁle» = x\nfrom models.a import «ﬁle»\n«file»\n"
        )

    def test_the_place_of_another_name_is_one_of_the_name_that_it_stands_for(self) -> None:
        text = "from models.a import bus as b\nf(b)\n"
        found = [(text[one.span.start : one.span.end], one.role, one.alias) for one in places(text)]
        assert found == [("bus", "import", False), ("b", "import", True), ("b", "use", True)]

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("f'{bus} bus'\n", "is in an f-string, beside text like it"),
            ("__all__ = ['b' 'us']\n", "is written in parts or with escapes"),
            ("bus = 1\nclass A:\n    bus = bus\n", "is a name of a class, too"),
        ],
    )
    def test_what_a_rename_cannot_change_says_why(self, text: str, why: str) -> None:
        assert [one.kept for one in places(text) if one.kept] == [why]

    @pytest.mark.parametrize(
        "text", ["def (", "", "\0", "bus = [" + "[" * 5000, "x = " + "-" * 3000 + "bus\n"]
    )
    def test_what_is_no_python_has_no_names_and_no_module_is_too_deep(self, text: str) -> None:
        assert len(places(text)) <= 1

    def test_without_the_modules_of_the_study_foreign_modules_are_those_that_python_has(self) -> None:
        module = Module("a.py", "from models.x import bus\nfrom os import path\npath, bus\n")
        assert [one.name for one in occurrences_in_module(module)] == ["bus", "bus"]
