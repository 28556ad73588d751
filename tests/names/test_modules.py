"""Where in a module something is written, in characters, however the module is written."""

import ast
import os
from pathlib import Path

import pytest

from codeable.kernel.place import Span
from codeable.names.modules import Module


def module(folder: Path, text: str, encoding: str = "utf-8") -> Module:
    path = folder / "a.py"
    path.write_bytes(text.encode(encoding))
    return Module(str(path))


def place(one: Module, line: int, column: int) -> tuple[int, int, int, int]:
    found = one.made_at(Span(one.path, line, column, line, column))
    return found.line, found.column, found.end_line, found.end_column


class TestPlaces:
    def test_a_call_that_is_bound_begins_at_its_name(self, tmp_path: Path) -> None:
        assert place(module(tmp_path, "ab = CClass(x,\n  'y')\n"), 1, 6) == (1, 1, 2, 7)

    def test_bytes_before_a_call_become_characters(self, tmp_path: Path) -> None:
        one = module(tmp_path, "'äöü'; f(1)\n")
        assert place(one, 1, 1 + len("'äöü'; ".encode())) == (1, 8, 1, 12)

    def test_a_link_behind_an_index_begins_at_its_name(self, tmp_path: Path) -> None:
        assert place(module(tmp_path, "x = \\\n  a.add_links(b)[0]\n"), 2, 3) == (1, 1, 2, 17)

    @pytest.mark.parametrize("text", ["f(\n", "", "x = 1\n"])
    def test_what_cannot_be_found_keeps_the_place_that_is_known(self, text: str, tmp_path: Path) -> None:
        assert place(module(tmp_path, text), 1, 1) == (1, 1, 1, 1)
        assert place(module(tmp_path, text), 9, 4) == (9, 4, 9, 4)

    def test_a_module_that_is_gone_is_empty(self) -> None:
        assert Module("nowhere.py").text == ""
        assert place(Module("nowhere.py"), 3, 2) == (3, 2, 3, 2)

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
    def test_the_byte_order_mark_and_the_encoding_do_not_count(self, encoding: str, tmp_path: Path) -> None:
        one = module(tmp_path, "ä = f(1)\n", encoding)
        assert place(one, 1, 1 + len("ä = ".encode())) == (1, 1, 1, 9)


def call(one: Module, line: int, column: int, end_column: int = 0) -> ast.Call | None:
    return one.call_at(Span(one.path, line, column, line, end_column))


class TestCalls:
    def test_of_two_calls_on_a_line_the_place_tells_which_is_meant(self, tmp_path: Path) -> None:
        one = module(tmp_path, "a = CClass(x, 'A'); b = CClass(x, 'B')\n")
        found = call(one, 1, 25)
        assert found is not None
        assert ast.unparse(found) == "CClass(x, 'B')"
        assert call(one, 1, 2) is None

    def test_of_two_calls_that_begin_together_the_end_tells_which_is_meant(self, tmp_path: Path) -> None:
        one = module(tmp_path, "a = CClass(x, 'A').copy()\n")
        found = call(one, 1, 5, 19)
        assert found is not None
        assert ast.unparse(found) == "CClass(x, 'A')"


class TestLiterals:
    @pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
    def test_the_offsets_of_a_literal_are_those_of_the_text(self, newline: str, tmp_path: Path) -> None:
        one = module(tmp_path, f"'ä'{newline}x = f(a, 'ü' 'b'){newline}")
        found = call(one, 2, 5)
        assert found is not None
        literal = one.literal(found.args[1])
        assert literal is not None
        assert (literal.value, one.text[literal.span.start : literal.span.end]) == ("üb", "'ü' 'b'")

    def test_what_is_computed_is_no_literal(self, tmp_path: Path) -> None:
        one = module(tmp_path, "f(a, 'b'.upper())\n")
        found = call(one, 1, 1)
        assert found is not None
        assert one.literal(found.args[1]) is None

    @pytest.mark.parametrize("values", ["table", "{1: 'x'}", "{'type': f()}", "{**table}"])
    def test_values_that_are_not_written_out_are_passed_over(self, values: str, tmp_path: Path) -> None:
        one = module(tmp_path, f"s = CClass(source, 's', values={values})\n")
        assert one.values(Span(one.path, 1, 5, 1, 5)) == {}

    @pytest.mark.parametrize("text", ["s = CClass(source, 's')\n", "s = 1\n"])
    def test_a_call_without_values_has_none(self, text: str, tmp_path: Path) -> None:
        one = module(tmp_path, text)
        assert one.values(Span(one.path, 1, 5, 1, 5)) == {}


class TestVariables:
    @pytest.mark.parametrize(
        ("text", "line", "column", "name"),
        [
            ("a = f()\n", 1, 5, "a"),
            ("f()\n", 1, 1, None),
            ("for i in x:\n    a = f()\n", 2, 9, None),
            ("def g():\n    a = f()\n", 2, 9, None),
            ("a.b = f()\n", 1, 7, None),
        ],
    )
    def test_only_a_variable_of_the_module_counts(
        self, text: str, line: int, column: int, name: str | None, tmp_path: Path
    ) -> None:
        one = module(tmp_path, text)
        assert one.bound_at(Span(one.path, line, column, line, column)) == name


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_what_is_no_file_is_an_empty_module(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    (tmp_path / "loop.py").symlink_to("loop.py")
    assert [Module(str(tmp_path / name)).text for name in ("pipe.py", "loop.py", "gone.py")] == ["", "", ""]
