"""One slip in a note: whatever is not read as before has a problem.

A slip hits a word of the vocabulary, a bracket, a comma, a quote, or any character of the trace. Names of
codes and texts are free: a slip in one of them makes another name or text, which the reader cannot know.
"""

import random
import re
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from codeable.notes import FieldNote, read_text
from codeable.notes.model import BrokenStatement
from tests.notes.described import statement_line
from tests.tools import examples

HEAD = "# s 1\n# coding\n> A passage.\n\n**AXIAL CODING TRACE:**\nadd codes to s1:\n``` python\n"
FOOT = "\n```\n"
CODE = '''\
s1 = CClass(source, "s1", values={
    "title": "An essay", "url": "https://study.org/1",
    "example": True, "source code": False})
book = CClass(reference, "A book")
add_links({s1: [book]}, role_name="referenced")
read_decision = CClass(decision, "How to read?", values={"recommendation": "Measure first"})
next_one = CClass(decision, "What then?")
cache = CClass(pattern, "Cache")
queue = CClass(practice, "Queue", superclasses=cache)
speed = CClass(force, "Speed")
cost = CClass(force, "Cost")
add_decision_option_link(read_decision, cache, "Keep copies")
add_decision_option_link(read_decision, queue,
                         "Wait in line")
add_force_relations({cache: {speed: very_positive,
                             cost: negative},
                     queue: {speed: neutral}})
uses_it = cache.add_links(queue, role_name="to", stereotype_instances=can_use)[0]
add_stereotyped_link_with_how_tagged_value(queue, cache, uses, "now and then")
add_links({cache: [next_one]}, role_name="next decision", stereotype_instances=optional_next)
add_links({s1: [cache, queue]}, role_name="contained_code")
speed
cost, queue
"""
    cache, queue
    speed
"""'''
VOCABULARY = re.compile(
    r"\b(?:CClass|source|reference|decision|pattern|practice|force|add_\w+|role_name|stereotype_instances|"
    r"superclasses|values|contained_code|referenced|next decision|title|url|example|recommendation|"
    r"very_positive|negative|neutral|can_use|uses|optional_next)\b"
)
PUNCTUATION = re.compile(r"(?<!https)[(){}\[\],:=]|\"\"\"|\"")


def block(code: str) -> FieldNote:
    return read_text(HEAD + code + FOOT)


def said(note: FieldNote) -> Counter[str]:
    """What the statements say, each code and impact for itself."""
    lines = [statement_line(one) for one in note.statements if not isinstance(one, BrokenStatement)]
    return Counter(lines)


BEFORE = said(block(CODE))


def slipped(text: str, start: int, end: int, draw: random.Random) -> str:
    """The text with a slip in one of its words."""
    word = text[start:end]
    at = draw.randrange(len(word))
    other = draw.choice("abcdefghijklmnoprstuvwxyz_")
    match draw.randrange(5):
        case 0:
            changed = word[:at] + word[at + 1 :]
        case 1:
            changed = word[:at] + other + word[at:]
        case 2:
            changed = word[:at] + other + word[at + 1 :]
        case 3:
            changed = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
        case _:
            changed = word.replace("_", " ") if "_" in word else word.capitalize()
    return text[:start] + changed + text[end:]


def is_reported(note: FieldNote) -> bool:
    """Whether something is reported. A check reports the unknown values of a source by another rule."""
    return bool(note.problems) or any(one.refused for one in note.statements)


def assert_reported(code: str) -> None:
    note = block(code)
    assert said(note) == BEFORE or is_reported(note), code


def test_the_note_without_a_slip_has_no_problem() -> None:
    note = block(CODE)
    assert note.problems == ()
    assert len(note.statements) == 23


@settings(max_examples=examples(300), deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_slip_in_a_word_of_the_vocabulary_is_reported(draw: random.Random) -> None:
    match = draw.choice(list(VOCABULARY.finditer(CODE)))
    assert_reported(slipped(CODE, *match.span(), draw))


@settings(max_examples=examples(300), deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_bracket_a_comma_or_a_quote_that_is_lost_doubled_or_another_is_reported(
    draw: random.Random,
) -> None:
    match = draw.choice(list(PUNCTUATION.finditer(CODE)))
    changed = draw.choice(["", match[0] * 2, *"(){}[],.:='\"”"])
    assert_reported(CODE[: match.start()] + changed + CODE[match.end() :])
