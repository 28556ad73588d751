"""Names and texts of messages: nearest names, numbers with nouns, values, natural order, slugs."""

import pytest

from codeable.text import FreeNames, counted, did_you_mean, natural_key, nearest, printable, shown, slug
from tests.tools import calls_of


class TestNearest:
    def test_finds_a_name_whatever_its_case(self) -> None:
        assert nearest("Event_Streaming", ["event_streaming", "event_bus"])[0] == "event_streaming"

    def test_is_empty_when_nothing_is_near(self) -> None:
        assert nearest("zzz", ["event_streaming"]) == []

    def test_names_no_more_than_asked(self) -> None:
        assert len(nearest("code1", [f"code{i}" for i in range(9)], most=2)) == 2

    def test_passes_over_what_is_no_text(self) -> None:
        assert nearest("pattrn", [None, 3, "pattern"]) == ["pattern"]

    @pytest.mark.parametrize(
        ("name", "found"),
        [
            ("cloud", ["cloud_inference"]),
            ("inference", ["cloud_inference"]),
            ("mdm", ["master_data_management"]),
            ("master_data_managment", ["master_data_management"]),
            ("cl", []),
            ("", []),
            ("a" * 10_000, []),
        ],
    )
    def test_finds_parts_and_initials_where_they_count(self, name: str, found: list[str]) -> None:
        valid = ["event_streaming", "master_data_management", "cloud_inference"]
        assert nearest(name, valid, parts=True) == found

    def test_is_fast_among_very_many_names(self) -> None:
        valid = [f"practice_number_{number}" for number in range(100_000)]
        assert nearest("practise_number_77777", valid, 1) == ["practice_number_77777"]

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


class TestCounted:
    @pytest.mark.parametrize(
        ("number", "nouns", "text"),
        [(0, ["note"], "0 notes"), (1, ["note"], "1 note"), (2, ["entry", "entries"], "2 entries")],
    )
    def test_puts_the_noun_into_its_number(self, number: int, nouns: list[str], text: str) -> None:
        assert counted(number, *nouns) == text


class TestShown:
    def test_is_the_value_as_written_in_python(self) -> None:
        assert shown("it's") == '"it\'s"'
        assert shown([1, None]) == "[1, None]"

    def test_is_shortened(self) -> None:
        assert shown("a" * 100) == "'" + "a" * 56 + "..."
        assert shown("abcdefghij", 8) == "'abcd..."

    def test_spells_out_control_characters_of_any_value(self) -> None:
        class Rude:
            def __repr__(self) -> str:
                return "\x1b[2J"

        assert shown(Rude()) == "\\x1b[2J"

    def test_has_no_address(self) -> None:
        assert shown([object(), lambda: 1], 200) == (
            "[<object object>, <function TestShown.test_has_no_address.<locals>.<lambda>>]"
        )
        assert shown("<a at 0x1f>") == "'<a at 0x1f>'"

    def test_never_ends_the_program(self) -> None:
        class Leaving:
            def __repr__(self) -> str:
                raise SystemExit(0)

        assert shown(Leaving()) == "<Leaving>"

    def test_never_fails(self) -> None:
        class Broken:
            def __repr__(self) -> str:
                raise ZeroDivisionError

        inside: list[object] = []
        inside.append(inside)
        assert shown(Broken()) == "<Broken>"
        assert shown(10**5000) == "<int>"
        assert shown(inside) == "[[...]]"


@pytest.mark.parametrize(
    "text", ["👩\u200d💻", "❤\ufe0f\u200d🔥", "👩🏽\u200d🚀\n", "می\u200cخواهم", "क्\u200dष"]
)
def test_joiners_stay_where_emoji_and_scripts_need_them(text: str) -> None:
    assert printable(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u200db", r"a\u200db"),
        ("é\u200cé", r"é\u200cé"),
        ("\u200d💻", r"\u200d💻"),
        ("💻\u200c", r"💻\u200c"),
        ("💻\u200d\u200d💻", r"💻\u200d\u200d💻"),
        ("💻\u200d\u202e💻", r"💻\u200d\u202e💻"),
    ],
)
def test_joiners_that_join_nothing_are_spelled_out(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_a_name_that_is_wanted_often_is_given_with_the_next_free_number_at_once() -> None:
    names = FreeNames("{} ({})", same=str.casefold)
    given = [names.take(each) for each in ("Memo (2)", "memo", "Memo", "MEMO", "memo (2)")]
    assert given == ["Memo (2)", "memo", "Memo (3)", "MEMO (4)", "memo (2) (2)"]

    def take_all() -> None:
        assert names.take("other") == "other"
        for number in range(2, 1000):
            assert names.take("Other") == f"Other ({number})"

    assert calls_of(take_all) < 20_000
