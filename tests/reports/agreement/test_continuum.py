"""The text that coders quote, as one continuum: nested, overlapping and repeated quotations, other marks."""

import random

import pytest

from codeable.coded.coded_study import Code, CodedPassage
from codeable.notes.code_chain import CodePassage
from codeable.reports.agreement.alignment import alignment, words_of
from codeable.reports.agreement.continuum import Continuum, continuum_of, quoted_text
from codeable.reports.agreement.unitising import Stretch

BUS, QUEUE = (Code(name, None, (), ()) for name in ("bus", "queue"))
TALK = "We put a bus between them. It is slow at night. Nobody waits for it, as far as I know."


def quoted(*texts: str) -> list[tuple[int, int]]:
    return [(place.start, place.end) for place in quoted_text([words_of(each) for each in texts]).places]


def coded(*passages: tuple[str, tuple[Code, ...]]) -> list[CodedPassage]:
    return [
        CodedPassage(CodePassage("p1", "p_1.md", line, line, text, "quotation", None, ()), codes)
        for line, (text, codes) in enumerate(passages)
    ]


class TestQuotedText:
    def test_passages_follow_one_another(self) -> None:
        assert quoted("one two", "three") == [(0, 2), (2, 3)]

    def test_a_quotation_inside_the_one_before_is_a_part_of_it(self) -> None:
        assert quoted("We use a bus and a queue", "a bus", "Then we sleep") == [(0, 7), (2, 4), (7, 10)]

    def test_a_quotation_inside_the_one_behind_is_a_part_of_it(self) -> None:
        assert quoted("a bus", "We use a bus and a queue") == [(2, 4), (0, 7)]

    def test_a_quotation_inside_a_nested_one_is_a_part_of_the_outer_one(self) -> None:
        outer = "so we put one big bus between all of them there"
        assert quoted(outer, "we put one big bus between all", "put one big bus between") == [
            (0, 11),
            (1, 8),
            (2, 7),
        ]

    def test_a_long_quotation_that_comes_again_far_below_has_its_first_place(self) -> None:
        assert quoted("we put a bus there", "yes", "no", "We put a bus there!") == [
            (0, 5),
            (5, 6),
            (6, 7),
            (0, 5),
        ]

    def test_few_words_that_come_again_far_below_are_said_again(self) -> None:
        assert quoted("yes we do", "one two three", "four five six", "yes") == [
            (0, 3),
            (3, 6),
            (6, 9),
            (9, 10),
        ]

    def test_a_quotation_that_begins_with_the_end_of_the_one_before_overlaps_it(self) -> None:
        assert quoted("a we put one bus there", "we put one bus there and it works") == [(0, 6), (1, 9)]

    def test_nothing_is_no_text(self) -> None:
        assert quoted_text([]).words == ()
        assert quoted("") == [(0, 0)]


class TestContinuum:
    def test_other_cuts_line_ends_and_marks_are_the_same_text(self) -> None:
        anna = coded((TALK, (BUS,)))
        ben = coded(
            ("We put a **bus** between them.", (BUS,)),
            ("It is slow\nat night.", (QUEUE,)),
            ("Nobody waits for it, as far as I know!", ()),
        )
        found = continuum_of({"anna": anna, "ben": ben}, [BUS, QUEUE])
        assert isinstance(found, Continuum)
        assert (found.coders, found.length, found.left_out) == (("anna", "ben"), 20, 0)
        assert found.stretches == {
            BUS: ((Stretch(0, 20),), (Stretch(0, 6),)),
            QUEUE: ((), (Stretch(6, 11),)),
        }

    def test_passages_of_a_code_without_a_gap_between_them_are_one_stretch(self) -> None:
        passages = coded(("one two three", (BUS,)), ("four five", (BUS,)), ("six", ()), ("seven", (BUS,)))
        found = continuum_of({"anna": passages, "ben": passages}, [BUS])
        assert isinstance(found, Continuum)
        assert found.stretches[BUS][0] == (Stretch(0, 5), Stretch(6, 7))

    def test_words_that_one_note_lacks_are_counted(self) -> None:
        anna = coded((TALK, (BUS,)))
        ben = coded((TALK.replace("slow ", ""), ()))
        found = continuum_of({"anna": anna, "ben": ben}, [BUS])
        assert isinstance(found, Continuum)
        assert (found.length, found.left_out) == (19, 1)
        assert found.stretches[BUS] == ((Stretch(0, 19),), ())

    def test_notes_of_different_parts_have_no_continuum(self) -> None:
        anna = coded((TALK, (BUS,)))
        ben = coded(("It is slow at night.", ()))
        assert continuum_of({"anna": anna, "ben": ben}, [BUS]) == {"anna": 1, "ben": 5 / 20}

    def test_a_coder_who_quotes_a_part_is_left_out_of_the_others(self) -> None:
        whole = coded((TALK, (BUS,)))
        found = continuum_of({"anna": whole, "ben": coded(("at night", ())), "clara": whole}, [BUS])
        assert isinstance(found, Continuum)
        assert found.coders == ("anna", "clara")

    def test_codes_that_do_not_count_are_not_in_it(self) -> None:
        passages = coded((TALK, (BUS, QUEUE)))
        found = continuum_of({"anna": passages, "ben": passages}, [QUEUE])
        assert isinstance(found, Continuum)
        assert list(found.stretches) == [QUEUE]

    def test_notes_without_words_have_none(self) -> None:
        assert continuum_of({"anna": coded(("", ())), "ben": coded(("", ()))}, [BUS]) == {"anna": 0, "ben": 0}


def test_a_common_word_of_a_long_text_is_still_found_in_its_place() -> None:
    words = [f"w{number % 50}" for number in range(1000)]
    assert alignment(words, [*words[:500], "new", *words[500:]]) == {
        place: place + (place >= 500) for place in range(1000)
    }


@pytest.mark.parametrize("seed", range(5))
def test_a_text_with_words_left_out_and_put_in_is_laid_beside_the_whole_one(seed: int) -> None:
    chance = random.Random(seed)
    words = chance.choices("abcdefghijklmnop", k=400)
    kept = [place for place in range(400) if chance.random() > 0.02]
    other = [words[place] for place in kept]
    other.insert(chance.randrange(len(other)), "?")
    found = alignment(words, other)
    assert all(words[place] == other[its_place] for place, its_place in found.items())
    assert list(found) == sorted(found)
    assert list(found.values()) == sorted(set(found.values()))
    assert len(found) >= len(kept) - 4


def test_a_part_that_was_moved_is_found_once() -> None:
    words = [f"w{number}" for number in range(100)]
    found = alignment(words, words[80:] + words[:80])
    assert found == {place: place + 20 for place in range(80)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Publish-subscribe", "publish subscribe"),
        ("“We do”", '"we do"'),
        ("a\n b", "a b"),
        ("ﬁne", "fine"),
        ("**bold** _it_", "bold it"),
        ("STRASSE", "straße"),
        ("é", "e\u0301"),
    ],
)
def test_texts_with_the_same_words_are_the_same(one: str, other: str) -> None:
    assert words_of(one) == words_of(other)


@pytest.mark.parametrize(("one", "other"), [("e1", "e2"), ("no", "not"), ("→", "←"), ("漢", "字")])
def test_other_texts_are_not(one: str, other: str) -> None:
    assert words_of(one) != words_of(other)
