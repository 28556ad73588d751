"""In interviews a line that names a speaker is no passage: the passages below carry the speaker."""

import pytest

from codeable.notes import read_text
from codeable.notes.model import SpeakerLabel


def _said(text: str, heading: str = "# p 1", path: str = "<text>") -> list[tuple[str | None, str]]:
    note = read_text(f"{heading}\n# coding\n{text}", path)
    return [(passage.speaker, passage.text) for passage in note.passages]


@pytest.mark.parametrize(
    ("label", "speaker"),
    [
        ("> Interviewer", "Interviewer"),
        (">Expert G", "Expert G"),
        ("> Expert B:", "Expert B"),
        ("> **Interviewee:**", "Interviewee"),
        ("> *Participant 3*:", "Participant 3"),
        ("> Anna:", "Anna"),
        ("> Dr. Smit:", "Dr. Smit"),
        ("> Interviewer [00:12:03]", "Interviewer"),
        ("> 00:12 Expert B:", "Expert B"),
        ("> expert b:", "expert b"),
    ],
)
def test_a_label_is_the_speaker_of_what_follows(label: str, speaker: str) -> None:
    assert _said(f"{label}\n\n> We wait.\n\n> And then?") == [(speaker, "We wait."), (speaker, "And then?")]


def test_a_label_and_its_text_may_be_in_one_quotation() -> None:
    text = "> Interviewer\n>So, why?\n>\n>Expert B\nBecause of this\nand that.\n"
    assert _said(text) == [("Interviewer", "So, why?"), ("Expert B", "Because of this\nand that.")]


def test_a_label_without_quotation_is_one_too() -> None:
    text = "**Interviewer:**\n\n> Why?\n\nExpert B\n\n> Because.\n"
    assert _said(text) == [("Interviewer", "Why?"), ("Expert B", "Because.")]


def test_a_name_that_stands_alone_more_than_once_is_a_speaker() -> None:
    text = "> Operator\n\n> We wait.\n\n> Yes\n\n> Operator\n\n> Still.\n\n> Yes\n"
    assert _said(text) == [
        ("Operator", "We wait."),
        ("Operator", "Yes"),
        ("Operator", "Still."),
        ("Operator", "Yes"),
    ]


def test_a_label_with_a_colon_that_stands_alone_more_than_once_is_a_speaker() -> None:
    text = "> Head of sales:\n\n> We wait.\n\n> Two points:\n\n> Head of sales:\n\n> Still.\n"
    assert _said(text) == [
        ("Head of sales", "We wait."),
        ("Head of sales", "Two points:"),
        ("Head of sales", "Still."),
    ]


def test_a_role_before_its_words_is_the_speaker() -> None:
    assert _said("> Expert B: We had no choice.\n") == [("Expert B", "Expert B: We had no choice.")]


def test_a_quotation_of_several_speakers_names_each_of_them() -> None:
    question_and_answer = "> Interviewer: Why?\n> Expert B: We had no choice.\n> Expert B: None.\n"
    assert [
        who for who, _ in _said(f"{question_and_answer}\n> It was late.\n> Interviewer: How late?\n")
    ] == [
        "Interviewer, Expert B",
        "Expert B, Interviewer",
    ]


def test_a_label_is_evidence_for_nothing() -> None:
    note = read_text(
        "# p 1\n# coding\n> Interviewer\n\n> Why?\n\n> Expert B\n\n> Cost.\n\n"
        "**AXIAL CODING TRACE:**\n```python\ncost\n```\n**Interviewer:**\n\n> Next?\n\n"
        "**AXIAL CODING TRACE:**\n```python\nspeed\n```\n"
    )
    evidence = [[(one.speaker, one.text) for one in each.evidence] for each in note.statements]
    assert evidence == [[("Interviewer", "Why?"), ("Expert B", "Cost.")], [("Interviewer", "Next?")]]
    labels = [segment.speaker for segment in note.segments if isinstance(segment, SpeakerLabel)]
    assert labels == ["Interviewer", "Expert B", "Interviewer"]


def test_a_source_that_is_no_interview_has_no_speakers() -> None:
    assert _said("> Expert B:\n\n> We wait.\n", "# s 1") == [(None, "Expert B:"), (None, "We wait.")]


def test_an_interview_is_known_by_its_file_where_the_heading_has_no_number() -> None:
    assert _said("> Interviewer\n\n> Why?\n", "", "p_3.md") == [("Interviewer", "Why?")]


@pytest.mark.parametrize(
    "text", ["> Yes.", "> Example:", "> Interviewers ask questions", "> Data mesh is new"]
)
def test_short_sentences_are_passages(text: str) -> None:
    assert [speaker for speaker, _ in _said(text)] == [None]
