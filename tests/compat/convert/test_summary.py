"""What `codeable convert` prints: by file and kind, the first ones of many, and the counts of both."""

from pathlib import Path

from attrs import evolve

from codeable.compat.convert import Conversion
from codeable.compat.convert.summary import differences, summary

NOTHING = Conversion(
    folder=Path("new"),
    files=(Path("pyproject.toml"), Path("models/a.py")),
    elements=1,
    left_out={},
    notices=(),
    differences=(),
    counts="1 decision",
    old_counts="1 decision",
    warnings=(),
)


def test_a_conversion_without_changes_is_one_line():
    assert list(summary(NOTHING)) == ["1 element in 2 files: new"]


def test_files_are_grouped_by_the_reason_why_they_are_left_out():
    left_out = {Path("a.py"): "it only draws", Path("b.py"): "it is old", Path("c.py"): "it only draws"}
    assert list(summary(evolve(NOTHING, left_out=left_out)))[:-1] == [
        "left out, it only draws:",
        "  a.py",
        "  c.py",
        "left out, it is old: b.py",
    ]


def test_notices_are_grouped_by_file_and_kind():
    notices = ("a.py:3: taken out: x = 1", "b.py:1: star", "a.py:9: taken out: y = 2", "a.py: a view: v = _v")
    assert list(summary(evolve(NOTHING, notices=notices)))[:-1] == [
        "a.py:",
        "  taken out:",
        "    line 3: x = 1",
        "    line 9: y = 2",
        "  a view: v = _v",
        "b.py:",
        "  line 1: star",
    ]


def test_of_many_notices_of_a_kind_the_first_are_shown_and_long_ones_are_cut():
    notices = tuple(f"a.py:{line}: taken out: {'x' * 200}" for line in range(1, 41))
    lines = list(summary(evolve(NOTHING, notices=notices)))
    assert len(lines) < 20
    assert max(map(len, lines)) < 100
    assert lines[-2].startswith("    and 28 more (lines 13, 14, ")


def test_equal_notices_are_one_line_with_the_numbers_of_their_lines():
    notices = tuple(f"a.py:{line}: no longer imported" for line in (1, 4, 9))
    assert list(summary(evolve(NOTHING, notices=notices)))[1] == "  lines 1, 4, 9: no longer imported"


def test_of_many_differences_the_first_are_shown_with_the_counts_of_both():
    found = tuple(f"difference {number}\nmore" for number in range(50))
    lines = list(differences(evolve(NOTHING, differences=found, counts="nothing that codeable counts")))
    assert lines[0] == "the new study differs from the old one:"
    assert lines[1] == "  difference 0\n    more"
    assert lines[-3:] == [
        "  and 30 more",
        "the old study: 1 decision",
        "the new study: nothing that codeable counts",
    ]


def test_equal_counts_are_not_repeated():
    assert list(differences(evolve(NOTHING, differences=("one",)))) == [
        "the new study differs from the old one:",
        "  one",
    ]


def test_the_notices_of_a_file_are_in_the_order_of_its_lines():
    notices = ("a.py: a view got a name: v = w", "a.py:40: no longer imported", "a.py:9: taken out: x = 1")
    assert list(summary(evolve(NOTHING, notices=notices)))[1:-1] == [
        "  line 9: taken out: x = 1",
        "  line 40: no longer imported",
        "  a view got a name: v = w",
    ]
