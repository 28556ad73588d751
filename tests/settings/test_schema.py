"""Typed values out of tables: one wording for every mistake, with the nearest valid word."""

from typing import Any

import pytest

from codeable.errors import CodeableError
from codeable.schema import (
    Reader,
    check_keys,
    list_of,
    number,
    one_of,
    read_table,
    switch,
    table_of,
    text,
    whole_number,
    words_of,
)


def message(reader: Reader[Any], value: object) -> str:
    with pytest.raises(CodeableError) as caught:
        reader(value, "it")
    assert caught.value.exit_status == 2
    return caught.value.message


@pytest.mark.parametrize(
    ("reader", "value", "found"),
    [
        (text, "a", "a"),
        (switch, False, False),
        (one_of("LR", "TB"), "tb", "TB"),
        (number(0.5, 2), 1, 1.0),
        (whole_number(6, 200), 6, 6),
        (list_of(text), ["a", "b"], ("a", "b")),
        (table_of(switch), {"a": True}, {"a": True}),
        (words_of("svg", "pdf"), "PDF, svg,pdf", ("pdf", "svg")),
        (words_of("svg", "pdf"), ["svg"], ("svg",)),
    ],
)
def test_a_valid_value_is_returned(reader: Reader[Any], value: object, found: object) -> None:
    assert reader(value, "it") == found


@pytest.mark.parametrize(
    ("reader", "value", "told"),
    [
        (text, " ", "it must be a text that is not empty, not ' '"),
        (text, 3, "it must be a text that is not empty, not 3"),
        (text, "a\0", "it must be a text without the character U+0000, not 'a\\x00'"),
        (switch, "yes", "it must be true or false, not 'yes'"),
        (switch, 1, "it must be true or false, not 1"),
        (one_of("count", "ids"), "counts", "it must be count or ids, not 'counts'; did you mean 'count'?"),
        (one_of("a", "b", "c"), True, "it must be a, b or c, not true"),
        (number(0.5, 2), float("nan"), "it must be a number, from 0.5 to 2, not nan"),
        (number(5, 40, "a number of points"), "9", "it must be a number of points, from 5 to 40, not '9'"),
        (number(0, 1), True, "it must be a number, from 0 to 1, not true"),
        (whole_number(6, 200), 6.0, "it must be a whole number, from 6 to 200, not 6.0"),
        (whole_number(0, 1), True, "it must be a whole number, from 0 to 1, not true"),
        (list_of(text), "a", "it must be a list of texts, as in ['a'], not 'a'"),
        (list_of(text), ["a", 3], "it[1] must be a text that is not empty, not 3"),
        (words_of("svg", "pdf"), "gif", "it must be svg or pdf, not 'gif'"),
        (words_of("svg", "pdf"), " ,", "it must be svg or pdf, not ''"),
        (table_of(text), [], "it must be a table, not []"),
        (table_of(text), {"a": 3}, "it.a must be a text that is not empty, not 3"),
    ],
)
def test_a_wrong_value_is_told_with_what_must_be_there(reader: Reader[Any], value: object, told: str) -> None:
    assert message(reader, value) == told


def test_a_long_or_hostile_value_is_shortened_and_made_visible() -> None:
    assert len(message(switch, "x" * 5000)) < 100
    assert message(switch, "\x1b[2J").endswith(r"not '\x1b[2J'")


class TestTables:
    def test_each_value_is_read_by_the_reader_of_its_key(self) -> None:
        assert read_table({"a": "LR"}, {"a": one_of("lr"), "b": text}, "here") == {"a": "lr"}

    def test_a_wrong_value_is_named_by_its_key(self) -> None:
        with pytest.raises(CodeableError, match=r"^here: a must be true or false"):
            read_table({"a": 1}, {"a": switch}, "here")
        with pytest.raises(CodeableError, match=r"^\[here\] a must be true or false"):
            read_table({"a": 1}, {"a": switch}, "[here]")

    def test_what_is_no_table_is_refused(self) -> None:
        with pytest.raises(CodeableError, match=r"^here must be a table, not 'a'$"):
            read_table("a", {"a": switch}, "here")

    def test_each_unknown_key_is_told(self) -> None:
        with pytest.raises(
            CodeableError, match="here has no key 'a'\nhere has no key 'b'\nIts keys are: wrap"
        ):
            check_keys({"a": 3, "wrap": 1, "b": 4}, ["wrap"], "here")

    def test_a_table_without_keys_says_so(self) -> None:
        with pytest.raises(CodeableError, match="It has no keys at all"):
            check_keys({"a": 3}, [], "here")
