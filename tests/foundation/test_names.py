"""Names: nearest ones, natural order, slugs."""

import pytest

from codeable.text import did_you_mean, natural_key, nearest, printable, slug


class TestNearest:
    def test_finds_a_name_whatever_its_case(self) -> None:
        assert nearest("Event_Streaming", ["event_streaming", "event_bus"])[0] == "event_streaming"

    def test_is_empty_when_nothing_is_near(self) -> None:
        assert nearest("zzz", ["event_streaming"]) == []

    def test_names_no_more_than_asked(self) -> None:
        assert len(nearest("code1", [f"code{i}" for i in range(9)], most=2)) == 2

    def test_hint_joins_the_candidates(self) -> None:
        assert did_you_mean("pattrn", ["pattern", "patterns"]) == "; did you mean 'pattern' or 'patterns'?"


class TestNaturalOrder:
    @pytest.mark.parametrize(
        ("names", "expected"),
        [
            (["s14", "s4", "s6"], ["s4", "s6", "s14"]),
            (["b", "a2", "a10", "a"], ["a", "a2", "a10", "b"]),
            (["1", "a", ""], ["", "1", "a"]),
            (["s1_10", "s1_9"], ["s1_9", "s1_10"]),
        ],
    )
    def test_numbers_inside_names_count_as_numbers(self, names: list[str], expected: list[str]) -> None:
        assert sorted(names, key=natural_key) == expected

    def test_names_that_differ_only_in_leading_zeros_keep_one_order(self) -> None:
        assert sorted(["s01", "s1"], key=natural_key) == sorted(["s1", "s01"], key=natural_key)

    def test_endless_rows_of_digits_have_an_order_too(self) -> None:
        short, long, longer = "s2", "s" + "1" * 10_000, "s" + "9" * 10_000
        assert sorted([longer, long, short], key=natural_key) == [short, long, longer]


class TestSlug:
    @pytest.mark.parametrize(
        ("title", "expected"),
        [
            ("How can data products communicate?", "how_can_data_products_communicate"),
            ("../../etc/passwd", "etc_passwd"),
            ("Ünïcode & more", "ünïcode_more"),
            ("", "unnamed"),
            ("\x00\n", "unnamed"),
        ],
    )
    def test_is_a_safe_file_name(self, title: str, expected: str) -> None:
        assert slug(title) == expected


def test_control_characters_are_spelt_out_and_letters_of_any_script_stay() -> None:
    assert (
        printable("a\x1b[2J\x07\u202eb\x9b\ud800 ü数\n\tc") == "a\\x1b[2J\\x07\\u202eb\\x9b\\ud800 ü数\n\tc"
    )


def test_a_space_of_any_width_stays() -> None:
    assert printable("a\u00a0b\u2009c") == "a\u00a0b\u2009c"
