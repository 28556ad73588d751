"""Words are found by their beginnings, whatever their case and accents."""

import pytest

from codeable.errors import CodeableError
from codeable.reports.word_search import SearchableText, SearchWord

FOUND = [
    ("cost", "The Costs of a costly thing", ["Costs", "costly"]),
    ("COST", "costs", ["costs"]),
    ("cafe", "Le CAFÉ et le cafe\u0301s", ["CAFÉ", "cafe\u0301s"]),
    ("café", "a cafe", ["cafe"]),
    ("strasse", "Die Straße", ["Straße"]),
    ("straße", "STRASSEN", ["STRASSEN"]),
    ("sorensen", "Sørensen", ["Sørensen"]),
    ("łódź", "in Lodz", ["Lodz"]),
    ("istanbul", "İstanbul", ["İstanbul"]),
    ("office", "the oﬃce", ["oﬃce"]),
    ("micro-services", "microservices, Micro Services, micro\u2010services", 3),
    ("pub/sub", "Pub/Sub, pub-sub, pub\nsub", ["Pub/Sub", "pub-sub", "pub\nsub"]),
    ("don't", "We don’t", ["don’t"]),
    ("microservices", "micro\u00adservices", ["micro\u00adservices"]),
    ("C++", "C and C++ and c++17", ["C++", "c++"]),
    (".net", "with .NET", [".NET"]),
    ("bus", "an event_bus", ["bus"]),
    ("€", "5 € each", ["€"]),
    ("平台", "大数据平台很好", ["平台"]),
    ("شبك", "تستخدم شَبَكَة", ["شَبَكَة"]),
    ("שלום", "שָׁלוֹם", ["שָׁלוֹם"]),
    ("ガ", "カとガ", ["ガ"]),
    ("2", "20 and 12", ["20"]),
]


@pytest.mark.parametrize(("word", "text", "found"), FOUND)
def test_the_whole_words_that_begin_so_are_found(word: str, text: str, found: list[str] | int) -> None:
    marks = SearchWord(word).marks(SearchableText(text))
    if isinstance(found, int):
        assert len(marks) == found
    else:
        assert [text[start:end] for start, end in marks] == found


@pytest.mark.parametrize(
    ("word", "text"),
    [("ost", "cost"), ("costs", "cost"), ("a.b", "a b".replace(" ", "x")), ("c++", "c"), ("かg", "か")],
)
def test_other_words_are_not_found(word: str, text: str) -> None:
    assert SearchWord(word).marks(SearchableText(text)) == ()


@pytest.mark.parametrize("word", ["", " ", "\u00ad", "\u0301"])
def test_an_empty_word_is_refused(word: str) -> None:
    with pytest.raises(CodeableError, match="is empty"):
        SearchWord(word)


@pytest.mark.parametrize("word", ["(a+)+$", "[", "\\", "*", "a" * 10_000])
def test_a_word_is_no_pattern(word: str) -> None:
    assert SearchWord(word).marks(SearchableText("a" * 2000 + "!")) == ()
